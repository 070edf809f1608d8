//! Tests of ids that readers link to. Whatever the site's author adds, moves or removes, an id never leads to another
//! quote, passage or citation than before, and no id occurs twice on a page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;
use sourcewise::ids::id_of_words;

use crate::links::Web;
use crate::support::{RunResult, SiteTest};

const QUESTIONS: [&str; 3] = ["2", "cause", "day"];
const DOCUMENT: &str = "The bridge is shut – for good. It cost two million, and the ferry’s rope tore.\n\n\
    The bridge is shut. Nobody crosses.\n";
/// Quotes of the document. Some are the same words in other typography.
const QUOTES: [&str; 7] = [
    "The bridge is shut",
    "It cost two million",
    "the ferry's rope tore",
    "the ferry’s rope",
    "shut - for good",
    "It cost … rope",
    "[t]he ferry’s rope",
];

/// An answer: indices of its question, its position and its quotes.
type RandomAnswer = (usize, usize, Vec<usize>);

/// The words that each id leads to, by page and id.
type Meanings = BTreeMap<(String, String), String>;

fn answers() -> impl Strategy<Value = Vec<RandomAnswer>> {
    let quotes = prop::collection::vec(0..QUOTES.len(), 0..4);
    prop::collection::vec((0..QUESTIONS.len(), 0..2_usize, quotes), 0..6)
}

/// Generates the citations on a page: each has the index of its quote, or no quote.
fn citations() -> impl Strategy<Value = Vec<Option<usize>>> {
    // The last quote has brackets, which citations may not have.
    prop::collection::vec(prop::option::of(0..QUOTES.len() - 1), 0..6)
}

fn site(answers: &[RandomAnswer], citations: &[Option<usize>]) -> SiteTest {
    let mut record = String::from("title = \"A paper\"\n");
    for (question, position, quotes) in answers {
        let quotes: Value = quotes.iter().map(|quote| QUOTES[*quote]).collect();
        let (question, position) = (QUESTIONS[*question], ["yes", "2"][*position]);
        // Writing to a string can't fail.
        let _ = write!(
            record,
            "[[answer]]\nquestion = \"{question}\"\nposition = \"{position}\"\nsummary = \"So.\"\nquotes = {quotes}\n"
        );
    }
    let mut page = String::from("+++\ntitle = \"A story\"\n+++\n");
    for citation in citations {
        let quote = citation.map_or_else(String::new, |quote| format!(" \"{}\"", QUOTES[quote]));
        let _ = write!(page, "So [@paper{quote}].\n\n");
    }
    let question = "+++\ntitle = \"Is it so?\"\n[positions]\nyes = \"Yes\"\n2 = \"Two\"\n+++\n";
    let site = SiteTest::new()
        .file("site.toml", "title = \"The bridge\"\ncards = false\n")
        .file("content/story.md", &page)
        .file("seeds/paper.txt", DOCUMENT)
        .file("seeds/paper.toml", &record);
    QUESTIONS.iter().fold(site, |site, id| site.file(&format!("content/questions/{id}.md"), question))
}

/// Returns the text between each `start` and the `end` after it.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

/// Returns the words that each id of a quote, an annotation or a citation with words leads to.
fn meanings(ran: &RunResult) -> Meanings {
    let mut all = Meanings::new();
    let mut add = |page: &str, id: &str, words: &str| {
        let words = words.replace("<mark>", "").replace("</mark>", "");
        let before = all.insert((page.to_owned(), id.to_owned()), words);
        assert_eq!(before, None, "`{id}` is twice on {page}");
    };
    for proof in between(&ran.page("sources/paper.html").text, "<div class=\"proof\" id=\"", "</p>") {
        let (id, rest) = proof.split_once('"').expect("an id ends");
        add("source", id, rest.split_once("<p dir=\"auto\">").expect("a quote is a paragraph").1);
    }
    let annotations: Value =
        serde_json::from_str(&ran.page("annotations.jsonld").text).expect("annotations are JSON");
    for item in annotations["first"]["items"].as_array().into_iter().flatten() {
        let exact = item["target"].as_array().expect("targets are a list").iter().map(|target| {
            let selector = &target["selector"][0];
            selector["exact"].as_str().or(selector["refinedBy"]["exact"].as_str()).expect("words are text")
        });
        let words: Vec<&str> = exact.collect();
        add("annotations", item["id"].as_str().expect("ids are text"), &words.join(" … "));
    }
    for cited in between(&ran.page("story.html").text, "<q>", "\" popovertarget") {
        let (words, rest) = cited.split_once("</q>").expect("a quote ends");
        add("story", rest.split_once("id=\"").expect("a citation has an id").1, words);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_gives_an_id_to_other_words(edits in prop::collection::vec((answers(), citations()), 2..4)) {
        let known = RefCell::new(Meanings::new());
        for (answers, citations) in &edits {
            let ran = site(answers, citations).build().succeeds();
            let faults = Web::read(&ran).faults();
            prop_assert!(faults.is_empty(), "{:?}", faults);
            let now = meanings(&ran);
            let quotes = answers.iter().map(|(_, _, quotes)| quotes.len()).sum::<usize>();
            prop_assert_eq!(now.len(), 2 * quotes + citations.iter().flatten().count());
            for (id, words) in now {
                let known = known.borrow_mut().entry(id.clone()).or_insert_with(|| words.clone()).clone();
                prop_assert_eq!(known, words, "{:?}", id);
            }
        }
    }
}

#[test]
fn an_answer_added_before_leaves_all_ids_as_they_are() {
    let cost: RandomAnswer = (1, 0, vec![1]);
    let before = meanings(&site(std::slice::from_ref(&cost), &[Some(1)]).build().succeeds());
    let edits = [(2, 0, vec![0]), (1, 1, vec![2, 4]), (2, 1, vec![1])];
    for edit in edits {
        let after = meanings(&site(&[edit, cost.clone()], &[Some(0), None, Some(1)]).build().succeeds());
        for (id, words) in &before {
            assert_eq!(after.get(id), Some(words), "{id:?}");
        }
        assert!(after.len() > before.len());
    }
    let id = format!("quote--{}", id_of_words("It cost two million"));
    assert!(before.contains_key(&("source".to_owned(), id)), "{before:?}");
}

#[test]
fn the_same_words_in_two_answers_have_two_ids_in_any_order() {
    let answers: [RandomAnswer; 3] = [(1, 0, vec![1, 0]), (2, 0, vec![1]), (1, 1, vec![1])];
    let base = format!("quote--{}", id_of_words("It cost two million"));
    let expected = [base.clone(), format!("{base}--cause--2"), format!("{base}--day")];
    let [first, second, third] = answers;
    for order in [[&first, &second, &third], [&third, &second, &first], [&second, &third, &first]] {
        let order: Vec<RandomAnswer> = order.into_iter().cloned().collect();
        let ran = site(&order, &[]).build().succeeds();
        let ids = meanings(&ran)
            .into_iter()
            .filter(|((page, _), words)| page == "source" && words == "It cost two million");
        assert_eq!(ids.map(|((_, id), _)| id).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_question_added_leaves_the_ids_of_found_passages_as_they_are() {
    let question = |term: &str| {
        format!(
            "+++\ntitle = \"What about the {term}?\"\nterms = [\"{term}\"]\n[positions]\nyes = \"Yes\"\n+++\n"
        )
    };
    let document =
        "The fire\n\nThe ferry was late that day.\n\nLightning struck the mill at the ford at ten.\n";
    let ids = |questions: &[&str]| -> Vec<String> {
        let site = SiteTest::new()
            .file("site.toml", "title = \"The mill\"\ncards = false\n")
            .file("seeds/gazette.txt", document);
        let site = questions
            .iter()
            .fold(site, |site, term| site.file(&format!("content/questions/{term}.md"), &question(term)));
        let page = site.build().succeeds().page("sources/gazette.html");
        page.html().values("id").filter(|id| id.starts_with("passage--")).map(str::to_owned).collect()
    };
    let [ferry, lightning] =
        ["The ferry was late that day.", "Lightning struck the mill at the ford at ten."]
            .map(|words| format!("passage--{}", id_of_words(words)));
    assert_eq!(ids(&["lightning"]), std::slice::from_ref(&lightning));
    assert_eq!(ids(&["ferry", "lightning"]), [ferry, lightning]);
}
