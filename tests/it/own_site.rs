//! Tests of the repository's own site: it is complete, and all sources are compared and quoted.

use serde_json::Value;

use crate::support::SiteTest;

/// The systems that the sources name; each has a page in `systems/`.
const SYSTEMS: [&str; 12] = [
    "deepseek-v4",
    "deepseek-earlier-model",
    "huawei-ascend",
    "other-chinese-chips",
    "nvidia-h100",
    "nvidia-export-compliant",
    "smuggled-nvidia-chips",
    "google-gemini-pro-3-1",
    "openai-gpt-5-5",
    "anthropic",
    "alibaba-qwen",
    "hugging-face",
];

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Returns every cell with its row.
fn cells(comparison: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    list(comparison, "questions")
        .iter()
        .flat_map(|row| list(row, "cells").iter().map(move |cell| (row, cell)))
}

#[test]
fn five_sources_are_examined_for_every_question_and_they_differ() {
    let comparison = SiteTest::own_built().comparison();
    assert_eq!(list(&comparison, "sources").len(), 5);
    let questions = list(&comparison, "questions");
    assert!(questions.len() >= 14, "{} questions", questions.len());
    let unexamined: Vec<_> = cells(&comparison).filter(|(_, cell)| cell["state"] == "unexamined").collect();
    assert!(unexamined.is_empty(), "{unexamined:?}");
    let differ = questions.iter().filter(|row| row["agreement"] == "differ").count();
    assert!(differ >= 8, "they differ only on {differ} questions");
}

#[test]
fn every_source_has_answers_with_quotes() {
    let comparison = SiteTest::own_built().comparison();
    for source in list(&comparison, "sources") {
        let cells = cells(&comparison).filter(|(_, cell)| cell["source"] == source["id"]);
        let answers = cells.flat_map(|(_, cell)| list(cell, "answers"));
        let quoted = answers.filter(|answer| !list(answer, "quotes").is_empty()).count();
        assert!(quoted >= 5, "{}: {quoted} answers with a quote", source["id"]);
    }
}

#[test]
fn quotes_are_short_and_proved_by_the_lock() {
    let comparison = SiteTest::own_built().comparison();
    let answers = cells(&comparison).flat_map(|(_, cell)| list(cell, "answers"));
    let quotes: Vec<&Value> = answers.flat_map(|answer| list(answer, "quotes")).collect();
    assert!(quotes.len() >= 50, "{} quotes", quotes.len());
    for quote in quotes {
        let text = quote["text"].as_str().expect("the text of a quote is a string");
        assert!(text.split_whitespace().count() <= 15, "{text}");
        assert_eq!(quote["checked"], "lock", "{text}");
    }
}

#[test]
fn every_system_has_a_page_that_names_a_source() {
    let ran = SiteTest::own_built();
    for system in SYSTEMS {
        let page = ran.page(&format!("systems/{system}.html"));
        let html = page.html();
        let links_a_source = html.values("href").any(|link| link.starts_with("../sources/"));
        assert!(links_a_source, "systems/{system}.html links no source");
        assert!(
            html.values("href").any(|link| link.starts_with("#ref")),
            "systems/{system}.html cites nothing"
        );
    }
}
