//! Tests of the comparison: states of cells, agreement, order of rows and columns, and offsets of quotes.

use serde_json::{Value, json};

use crate::support::{RunResult, SiteTest};

/// A site with one question, `cause`, and its positions.
fn cause() -> SiteTest {
    let question =
        "+++\ntitle = \"Why did it burn?\"\n[positions]\nlamp = \"A lamp\"\nlightning = \"Lightning\"\n+++\n";
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("content/questions/cause.md", question)
}

/// A record that answers `cause`; `more` is added before the answer.
fn answering(position: &str, more: &str) -> String {
    format!(
        "title = \"A paper\"\n{more}\n[[answer]]\nquestion = \"cause\"\nposition = \"{position}\"\nsummary = \"So.\"\n"
    )
}

fn columns(ran: &RunResult) -> Vec<String> {
    let comparison = ran.comparison();
    let sources = comparison["sources"].as_array().expect("sources are a list");
    sources.iter().map(|source| source["id"].as_str().expect("ids are strings").to_owned()).collect()
}

/// Returns the agreement on `cause`, the number of answering sources, and the number of independent sources of each
/// position.
fn agreement(site: &SiteTest) -> (String, u64, Vec<u64>) {
    let comparison = site.build().succeeds().comparison();
    let row = &comparison["questions"][0];
    let positions = row["positions"].as_array().expect("positions are a list");
    let independent = positions.iter().filter_map(|position| position["independent"].as_u64());
    let agreement = row["agreement"].as_str().expect("agreement is a string").to_owned();
    (agreement, row["answered"].as_u64().expect("answered is a number"), independent.collect())
}

#[test]
fn a_cell_is_says_silent_or_unexamined() {
    let site = cause()
        .file("seeds/a.toml", &answering("lamp", ""))
        .file("seeds/b.toml", "title = \"B\"\nsilent = [\"cause\"]\n")
        .file("seeds/c.toml", "title = \"C\"\n[silent]\ncause = \"It only tells of the smoke.\"\n")
        .file("seeds/d.toml", "title = \"D\"\n");
    let comparison = site.build().succeeds().comparison();
    let row = &comparison["questions"][0];
    let answer = json!({"position": "lamp", "summary": "So.", "voice": "own"});
    let cells = json!([
        {"source": "a", "state": "says", "basis": "editor", "answers": [answer]},
        {"source": "b", "state": "silent", "basis": "editor"},
        {"source": "c", "state": "silent", "basis": "editor", "reason": "It only tells of the smoke."},
        {"source": "d", "state": "unexamined"},
    ]);
    assert_eq!(row["cells"], cells);
    assert_eq!((&row["answered"], &row["examined"]), (&json!(1), &json!(3)));
}

#[test]
fn agreement_is_one_voice_single_differ_or_unanswered() {
    let none = cause().file("seeds/a.toml", "title = \"A\"\n");
    assert_eq!(agreement(&none), ("unanswered".into(), 0, vec![0, 0]));
    let one = cause().file("seeds/a.toml", &answering("lamp", ""));
    assert_eq!(agreement(&one), ("single".into(), 1, vec![1, 0]));
    let two = one.file("seeds/b.toml", &answering("lamp", ""));
    assert_eq!(agreement(&two), ("one-voice".into(), 2, vec![2, 0]));
    let apart = two.file("seeds/c.toml", &answering("lightning", ""));
    assert_eq!(agreement(&apart), ("differ".into(), 3, vec![2, 1]));
}

#[test]
fn answers_that_differ_conflict_only_if_the_question_says_so() {
    let site = |relation: &str| {
        let question = format!(
            "+++\ntitle = \"Why did it burn?\"\n{relation}\n[positions]\nlamp = \"A lamp\"\nbolt = \"Lightning\"\n+++\n"
        );
        cause()
            .file("content/questions/cause.md", &question)
            .file("seeds/a.toml", &answering("lamp", ""))
            .file("seeds/b.toml", &answering("bolt", ""))
    };
    let says = |site: &SiteTest| {
        let ran = site.build().succeeds();
        let relation = ran.comparison()["questions"][0]["relation"].clone();
        let text = |path: &str| String::from_utf8(ran.public[path].clone()).expect("pages are text");
        (relation, text("compare.html"), text("index.html"))
    };
    let (relation, compare, home) = says(&site("relation = \"conflict\""));
    assert_eq!(relation, "conflict");
    assert!(compare.contains("2 conflicting answers") && compare.contains("can’t all be true"), "{compare}");
    assert!(home.contains("<b>1</b> real conflict"), "{home}");
    let (relation, compare, home) = says(&site("relation = \"several\""));
    assert_eq!(relation, "several");
    assert!(compare.contains("2 answers, each adds something"), "{compare}");
    assert!(home.contains("<b>1</b> answered in different ways"), "{home}");
    let (relation, compare, _) = says(&site(""));
    assert_eq!(relation, Value::Null);
    assert!(compare.contains("2 different answers"), "{compare}");
    // Without different answers, there is nothing to relate.
    let (relation, ..) = says(&site("relation = \"conflict\"").file("seeds/b.toml", &answering("lamp", "")));
    assert_eq!(relation, Value::Null);
}

#[test]
fn questions_are_sorted_by_group_then_by_order() {
    let question = |title: &str, keys: &str| format!("+++\ntitle = \"{title}\"\n{keys}\n+++\n");
    let site = SiteTest::new()
        .file("site.toml", "title = \"The mill\"\n[groups]\nfire = \"The fire\"\nafter = \"After it\"\n")
        .file("content/questions/a.md", &question("A?", "order = 1"))
        .file("content/questions/b.md", &question("B?", "group = \"after\"\norder = 2"))
        .file("content/questions/c.md", &question("C?", "group = \"fire\"\norder = 3"))
        .file("content/questions/d.md", &question("D?", "group = \"after\"\norder = 1"));
    let comparison = site.build().succeeds().comparison();
    let ids = comparison["questions"].as_array().expect("a list").iter().map(|row| row["id"].clone());
    assert_eq!(ids.collect::<Vec<_>>(), ["c", "d", "b", "a"]);
}

#[test]
fn one_source_that_reports_two_sides_differs() {
    let both = answering("lamp", "")
        + "[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"Or so.\"\n";
    assert_eq!(agreement(&cause().file("seeds/a.toml", &both)), ("differ".into(), 1, vec![1, 1]));
}

#[test]
fn sources_that_share_an_origin_count_as_one() {
    let origins = "title = \"The mill\"\ncards = false\n[origins.diary]\nname = \"The miller's diary\"\n[origins.song]\nname = \"A song\"\n";
    let rests_on = |on: &str| answering("lamp", &format!("rests_on = {on}"));
    let site = || cause().file("site.toml", origins);
    let shared =
        site().file("seeds/a.toml", &rests_on("[\"diary\"]")).file("seeds/b.toml", &rests_on("[\"diary\"]"));
    assert_eq!(agreement(&shared), ("single".into(), 2, vec![1, 0]));
    let apart =
        site().file("seeds/a.toml", &rests_on("[\"diary\"]")).file("seeds/b.toml", &rests_on("[\"song\"]"));
    assert_eq!(agreement(&apart), ("one-voice".into(), 2, vec![2, 0]));
    let bridged = apart.file("seeds/c.toml", &rests_on("[\"song\", \"diary\"]"));
    assert_eq!(agreement(&bridged), ("single".into(), 3, vec![1, 0]));
}

#[test]
fn a_chain_of_sources_leads_to_one_origin() {
    let rests_on = |on: &str| answering("lamp", &format!("rests_on = [\"{on}\"]"));
    let chain = cause()
        .file("seeds/digest.toml", &rests_on("gazette"))
        .file("seeds/gazette.toml", &rests_on("diary"))
        .file("seeds/diary.toml", "title = \"The miller's diary\"\n");
    assert_eq!(agreement(&chain), ("single".into(), 2, vec![1, 0]));
    let with_itself = chain.file("seeds/diary.toml", &answering("lamp", ""));
    assert_eq!(agreement(&with_itself), ("single".into(), 3, vec![1, 0]));
    let with_another = with_itself.file("seeds/ferryman.toml", &answering("lamp", ""));
    assert_eq!(agreement(&with_another), ("one-voice".into(), 4, vec![2, 0]));
}

#[test]
fn columns_are_sorted_by_date_then_order_then_id() {
    let record = |more: &str| format!("title = \"A paper\"\n{more}\n");
    let site = SiteTest::new()
        .file("seeds/a-undated.toml", &record(""))
        .file("seeds/b-undated-first.toml", &record("order = 1"))
        .file("seeds/c-late.toml", &record("published = 1872-06-01\norder = 1"))
        .file("seeds/d-early.toml", &record("published = 1872-05-01"))
        .file("seeds/e-same-day-first.toml", &record("published = 1872-05-01\norder = 2"))
        .file("seeds/f-undated.toml", &record(""));
    let expected = ["e-same-day-first", "d-early", "c-late", "b-undated-first", "a-undated", "f-undated"]
        .map(str::to_owned);
    assert_eq!(columns(&site.build().succeeds()), expected);
}

#[test]
fn questions_are_sorted_by_order_then_id() {
    let question = |order: &str| format!("+++\ntitle = \"Why?\"\n{order}\n+++\n");
    let site = SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("content/questions/a.md", &question(""))
        .file("content/questions/b.md", &question("order = 10"))
        .file("content/questions/c.md", &question("order = 9"))
        .file("content/questions/d.md", &question(""));
    let comparison = site.build().succeeds().comparison();
    let rows = comparison["questions"].as_array().expect("questions are a list");
    assert_eq!(rows.iter().map(|row| &row["id"]).collect::<Vec<_>>(), ["c", "b", "a", "d"]);
}

#[test]
fn csv_fields_that_look_like_formulas_are_escaped() {
    let record = "title = \"=1+2\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"@SUM(A1)\"\nvoice = \"attributed\"\nto = \"-2\"\n";
    let csv = cause().file("seeds/a.toml", record).build().succeeds().page("compare.csv");
    let csv = csv.contains("a,'=1+2,says,").contains(",attributed,'-2,'@SUM(A1),");
    csv.lacks(",=").lacks(",@").lacks(",-");
}

/// A document with typographic characters.
const DOCUMENT: &str = "\u{feff}The Ford Gazette\r\n\r\n“It’s gone,” he\u{a0}said — all  of it… The miller’s cafe\u{301} burnt\ttoo.\r\n\r\nIn the ﬁre, 3 – 4 men were hurt.\r\n";
/// Quotes, as the author types them and as they are in the document.
const TYPED: [(&str, &str); 6] = [
    ("\"It's gone,\" he said", "“It’s gone,” he\u{a0}said"),
    ("said - all of it...", "said — all  of it…"),
    ("The miller's café burnt too.", "The miller’s cafe\u{301} burnt\ttoo."),
    ("In the fire", "In the ﬁre"),
    ("3 - 4 men", "3 – 4 men"),
    ("\u{2018}It\u{2019}s gone", "It’s gone"),
];

#[test]
fn json_offsets_cut_exactly_the_quoted_words() {
    // The last one has a quotation mark that is not in the document, so it must not be found.
    let (good, bad) = TYPED.split_at(5);
    let list = |quotes: &[(&str, &str)]| {
        json!(quotes.iter().map(|(typed, _)| typed).collect::<Vec<_>>()).to_string()
    };
    let record = |quotes: &str| answering("lamp", "") + &format!("quotes = {quotes}\n");
    let site = cause().file("seeds/a.txt", DOCUMENT).file("seeds/a.toml", &record(&list(good)));
    let comparison = site.build().succeeds().comparison();
    let quotes = comparison["questions"][0]["cells"][0]["answers"][0]["quotes"]
        .as_array()
        .expect("quotes are a list")
        .clone();
    assert_eq!(quotes.len(), good.len());
    for (quote, (typed, original)) in quotes.iter().zip(good) {
        let at = |key: &str| {
            usize::try_from(quote[key].as_u64().expect("offsets are numbers"))
                .expect("offsets fit into usize")
        };
        assert_eq!(quote["text"], *original, "{typed}");
        assert_eq!(&DOCUMENT[at("start")..at("end")], *original, "{typed}");
        assert_eq!(quote["checked"], "document");
    }
    let paragraphs: Vec<&Value> = quotes.iter().map(|quote| &quote["paragraph"]).collect();
    assert_eq!(paragraphs, [2, 2, 2, 3, 3]);
    let site = site.file("seeds/a.toml", &record(&list(bad)));
    site.check().finds_problems().stderr_contains("error[quote-not-found]");
}

#[test]
fn elisions_and_insertions_are_marked_and_the_range_spans_all_parts() {
    let record =
        answering("lamp", "") + "quotes = [\"a lamp … [the] straw\", \"fell into [, say,] the dry\"]\n";
    let document = "On Sunday a lamp fell into the dry straw.";
    let site = cause().file("seeds/a.toml", &record).file("seeds/a.txt", document);
    let comparison = site.build().succeeds().comparison();
    let quotes = &comparison["questions"][0]["cells"][0]["answers"][0]["quotes"];
    let quote = |text: &str, start: usize| json!({"text": text, "paragraph": 1, "start": start, "end": 40, "checked": "document"});
    assert_eq!(
        *quotes,
        json!([
            quote("a lamp … [the] straw", 10),
            json!({"text": "fell into [, say,] the dry", "paragraph": 1, "start": 17, "end": 34, "checked": "document"})
        ])
    );
}

#[test]
fn voice_cues_in_a_quote_are_listed() {
    let record = answering("lamp", "")
        + "voice = \"hedged\"\nto = \"neighbours\"\nquotes = [\"the lamp may have been alight, reportedly\"]\n";
    let site = cause()
        .file("seeds/a.toml", &record)
        .file("seeds/a.txt", "So the lamp may have been alight, reportedly.");
    let ran = site.build().succeeds();
    let answer = &ran.comparison()["questions"][0]["cells"][0]["answers"][0];
    assert_eq!(answer["cues"], json!(["may", "reportedly"]));
    assert_eq!((&answer["voice"], &answer["to"]), (&json!("hedged"), &json!("neighbours")));
}

#[test]
fn a_source_without_an_answer_does_not_join_two_origins() {
    let origins = "title = \"The mill\"\ncards = false\n[origins.diary]\n[origins.song]\n";
    let rests_on = |on: &str| format!("title = \"S\"\nrests_on = {on}\n");
    let answers = |on: &str| answering("lamp", &format!("rests_on = {on}"));
    let site = cause()
        .file("site.toml", origins)
        .file("seeds/a.toml", &answers("[\"diary\"]"))
        .file("seeds/b.toml", &rests_on("[\"diary\", \"song\"]"))
        .file("seeds/c.toml", &answers("[\"song\"]"));
    let comparison = site.build().succeeds().comparison();
    let row = &comparison["questions"][0];
    assert_eq!((&row["agreement"], &row["positions"][0]["independent"]), (&json!("one-voice"), &json!(2)));
}
