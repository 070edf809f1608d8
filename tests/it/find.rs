//! Tests of passages and topics found by rule in documents without answers in records.

use serde_json::Value;
use sourcewise::ids::id_of_words;

use crate::support::{RunResult, SiteTest};

const CAUSE: &str = "+++\ntitle = \"What set fire to the mill?\"\nshort = \"The cause\"\nterms = [\"lightning\", \"lamp\"]\n[positions]\n\
    lightning = \"Lightning\"\n+++\n";
const GAZETTE: &str = "Fire at the mill\n\nThe mill at the ford burnt down on Friday. According to the night watch, lightning struck it at \
    ten in the evening.\n\nNobody was hurt.\n";
const LETTER: &str =
    "A letter\n\nIt was a lamp that fell in the night and set the flour on fire, and nothing else.\n";

fn site() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("content/questions/cause.md", CAUSE)
        .file("seeds/gazette.txt", GAZETTE)
        .file("seeds/letter.txt", LETTER)
        .file(
            "seeds/notice.txt",
            "A notice\n\nThe ferry runs at eight, at noon and at six, and on Sundays not at all.\n",
        )
}

/// Returns the cell of a source in the first row.
fn cell(ran: &RunResult, source: &str) -> Value {
    let comparison = ran.comparison();
    let cells = comparison.pointer("/questions/0/cells").and_then(Value::as_array).expect("cells are a list");
    cells.iter().find(|cell| cell["source"] == source).expect("the source has a cell").clone()
}

#[test]
fn a_document_without_a_record_answers_with_a_passage() {
    let ran = site().build().succeeds();
    let found = cell(&ran, "gazette");
    assert_eq!((&found["state"], &found["basis"]), (&"says".into(), &"automatic".into()));
    let passage = &found["passages"][0];
    let (start, end) = (
        passage["start"].as_u64().expect("offsets are numbers"),
        passage["end"].as_u64().expect("offsets are numbers"),
    );
    let (start, end) = (
        usize::try_from(start).expect("offsets fit into usize"),
        usize::try_from(end).expect("offsets fit into usize"),
    );
    assert_eq!(passage["text"], GAZETTE[start..end]);
    assert_eq!((&passage["voice"], &passage["to"]), (&"attributed".into(), &"the night watch".into()));
    assert_eq!(passage["cues"], serde_json::json!(["According to"]));
    assert_eq!(passage["words"], serde_json::json!(["lightning"]));
}

#[test]
fn a_source_in_which_rules_find_nothing_is_unexamined_not_silent() {
    let ran = site().build().succeeds();
    let nothing = cell(&ran, "notice");
    assert_eq!((&nothing["state"], &nothing["basis"]), (&"unexamined".into(), &"automatic".into()));
    ran.page("compare/cause.html")
        .contains("Nothing found automatically in:")
        .contains("2 of 3 sources have passages found automatically");
}

#[test]
fn records_take_precedence_over_rules() {
    let record = "title = \"Fire\"\npublish = \"excerpts\"\nsilent = [\"cause\"]\n";
    let ran = site().file("seeds/gazette.toml", record).build().succeeds();
    let read = cell(&ran, "gazette");
    assert_eq!((&read["state"], &read["basis"]), (&"silent".into(), &"editor".into()));
    ran.page("compare/cause.html")
        .contains("none of 1 source answers; 1 more has passages found automatically");
}

#[test]
fn quote_only_documents_are_not_searched() {
    let ran = site().file("seeds/gazette.toml", "title = \"Fire\"\n").build().succeeds();
    assert_eq!(cell(&ran, "gazette")["state"], "unexamined");
    ran.page("compare.html").lacks("struck it at ten");
}

#[test]
fn every_shown_passage_links_to_its_place() {
    let ran = site().build().succeeds();
    let page = ran.page("compare/cause.html");
    let id = id_of_words("According to the night watch, lightning struck it at ten in the evening.");
    page.contains(&format!("href=\"../sources/gazette.html#passage--{id}\""));
    ran.page("sources/gazette.html")
        .contains(&format!("id=\"passage--{id}\""))
        .contains("<b>lightning</b>")
        .contains("<mark>According to</mark>");
}

#[test]
fn sources_with_the_same_text_count_as_one() {
    let wire = "Late on Friday lightning struck the old mill at the ford, and the men of the ferry stood by until the last beam fell.";
    let ran = site()
        .file("seeds/gazette.txt", &format!("Fire at the mill\n\n{wire}\n\nNobody was hurt.\n"))
        .file("seeds/courier.txt", &format!("The mill burns\n\nOur own man was there at once. {wire}\n"))
        .build()
        .succeeds();
    let same = ran.comparison().pointer("/questions/0/same_text").cloned();
    assert_eq!(same, Some(serde_json::json!([["courier", "gazette"]])));
    assert_eq!(ran.comparison().pointer("/questions/0/independent"), Some(&2.into()));
    ran.page("compare.html").contains("Same text as");
    ran.page("compare/cause.html").contains("Same text as").contains("2 of these 3 sources are independent");
    ran.page("sources/courier.html").contains("Same text").contains("24 identical words");
    ran.page("sources/gazette.html").contains("paragraph 2 here, 2 in The mill burns");
}

#[test]
fn only_a_part_of_a_long_shared_text_is_shown() {
    let long: Vec<String> = (0..30)
        .map(|day| format!("On day {day} the ferry carried sheep number {day} over the ford."))
        .collect();
    let text = format!("A log\n\n{}\n", long.join(" "));
    let ran = SiteTest::new().file("seeds/one.txt", &text).file("seeds/two.txt", &text).build().succeeds();
    ran.page("sources/one.html")
        .contains("identical words")
        .contains("carried sheep number 0")
        .lacks("sheep number 29 over");
}

#[test]
fn answers_with_the_same_quoted_text_count_as_one() {
    let wire = "Late on Friday lightning struck the old mill at the ford, and the men of the ferry stood by until the last beam fell.";
    let record = |title: &str| {
        format!(
            "title = \"{title}\"\npublish = \"excerpts\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"Lightning.\"\n\
             quotes = [\"Late on Friday lightning struck the old mill\"]\n"
        )
    };
    let site = site().file("seeds/gazette.toml", &record("G")).file("seeds/letter.toml", &record("L"));
    let built = site.file("seeds/gazette.txt", wire).file("seeds/letter.txt", wire).build().succeeds();
    assert_eq!(built.comparison().pointer("/questions/0/agreement"), Some(&"single".into()));
    assert_eq!(built.comparison().pointer("/questions/0/positions/0/independent"), Some(&1.into()));
}

#[test]
fn documents_alone_become_a_comparison_of_topics() {
    let site = SiteTest::new()
        .file("seeds/one.txt", "Fire at the old mill\n\n\
         The flour mill burnt down at the river ford on Friday night. The night watch saw lightning over the ford.\n\n\
         The insurance company pays for the machines, says the mayor. The insurance company has asked the night watch for a report.\n\n\
         The ferry service goes on as before.")
        .file("seeds/two.txt", "Who burnt the mill?\n\n\
         Nobody in the night watch was awake when the beams fell. The ferry service stood still until Sunday.\n\n\
         Lightning is what an insurance company covers, and nothing else. The insurance company is in the capital.")
        .file("seeds/three.txt", "What the ferrymen say\n\n\
         The ferry service lost its rope in the fire. There was no night watch at the ford, says one of the men, and never had been.\n\n\
         To no insurance company is a rope worth a penny.");
    let ran = site.build().succeeds();
    let comparison = ran.comparison();
    let questions = comparison["questions"].as_array().expect("questions are a list");
    assert!((1..=12).contains(&questions.len()), "{questions:#?}");
    assert!(questions.iter().all(|question| question["basis"] == "automatic"));
    let labels: Vec<&str> = questions.iter().filter_map(|question| question["title"].as_str()).collect();
    assert!(labels.contains(&"Ferry service"), "{labels:?}");
    ran.page("compare.html").contains("found automatically").contains("The questions are topics");
}

#[test]
fn the_output_does_not_depend_on_the_originals() {
    let record = "title = \"Fire\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"Lightning.\"\nquotes = [\"lightning struck it\"]\n";
    let site = site()
        .without("seeds/gazette.txt")
        .file("seeds/gazette.toml", record)
        .file("originals/gazette.txt", GAZETTE);
    site.verify().succeeds();
    let with = site.build().succeeds().public;
    let without = site.without("originals").build().succeeds().public;
    let differ: Vec<&String> = with.keys().filter(|path| with.get(*path) != without.get(*path)).collect();
    // Only the statement how a quote was checked differs.
    assert!(
        differ
            .iter()
            .all(|path| ["annotations.jsonld", "compare.json", "sources/gazette.html"]
                .contains(&path.as_str())),
        "{differ:?}"
    );
}
