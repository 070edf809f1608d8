//! Extracts topics: phrases that several documents share. They become questions if the site's author has written none.
//!
//! `text` splits documents at stop words and punctuation into *runs* of words, `phrases` finds and ranks recurring
//! phrases within the runs, `merge` clusters phrases about one topic.

mod merge;
mod phrases;
mod text;

use std::collections::BTreeSet;

use sourcewise_quotes::SegmentedDocument;

use crate::lexicons::Lexicon;

use merge::clusters;
use phrases::{Phrase, phrases};
use text::token_runs;

/// Only this many topics are returned, because more would make the comparison too long to read.
const MAX_TOPICS: usize = 12;
/// If the frequent phrases yield fewer topics, less frequent phrases are added until there are this many.
const MIN_TOPICS: usize = 3;
/// Only this many of the best phrases are clustered.
const MAX_CANDIDATES: usize = 60;
/// A topic has at most this many phrases as terms.
const MAX_TERMS: usize = 8;
/// A set with more documents is large: see the two minima below.
const MAX_SMALL_SET_DOCUMENTS: usize = 15;
/// In a small set, a topic must occur in at least this many documents.
const MIN_DOCUMENTS_IN_SMALL_SET: usize = 2;
/// In a large set, a topic must occur in at least this many documents.
const MIN_DOCUMENTS_IN_LARGE_SET: usize = 3;

/// A subject that several documents mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The best phrase of the topic, with a capital: "Ferry ropes".
    pub label: String,
    /// The phrases of the topic, best first, usable as a question's terms.
    pub terms: Vec<String>,
    /// Number of documents that mention the topic. A mention doesn't count if its passage repeats an earlier one,
    /// because copies of one text don't make a topic important.
    pub documents: usize,
}

/// Returns at most `MAX_TOPICS` topics, best first. A single document has no topics. The documents should all be in one
/// language: which phrases are specific enough is decided by the word lists for the language of the first.
pub fn topics(documents: &[&SegmentedDocument]) -> Vec<Topic> {
    if documents.len() < MIN_DOCUMENTS_IN_SMALL_SET {
        return Vec::new();
    }
    let is_small = documents.len() <= MAX_SMALL_SET_DOCUMENTS;
    let min_documents = if is_small { MIN_DOCUMENTS_IN_SMALL_SET } else { MIN_DOCUMENTS_IN_LARGE_SET };
    let mut found = phrases(&token_runs(documents), min_documents, Lexicon::of(documents[0].language()));
    found.truncate(MAX_CANDIDATES);
    let frequent = found.partition_point(Phrase::is_frequent);
    let is_enough = |count: &usize| clusters(&found[..*count]).len() >= MIN_TOPICS;
    let enough = (frequent..=found.len()).find(is_enough).unwrap_or(found.len());
    clusters(&found[..enough]).iter().take(MAX_TOPICS).map(|cluster| topic(&found, cluster)).collect()
}

/// Makes the topic of a cluster, which is given by indices into `phrases`, best first.
fn topic(phrases: &[Phrase], cluster: &[usize]) -> Topic {
    let members = || cluster.iter().map(|at| &phrases[*at]);
    let documents: BTreeSet<usize> = members().flat_map(|phrase| phrase.documents.iter().copied()).collect();
    Topic {
        label: heading(members().next().map_or("", |phrase| &phrase.form)),
        terms: members().take(MAX_TERMS).map(|phrase| phrase.form.clone()).collect(),
        documents: documents.len(),
    }
}

fn heading(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], language: &str) -> Vec<Topic> {
        let documents: Vec<SegmentedDocument> = texts
            .iter()
            .map(|text| SegmentedDocument::of((*text).into(), &[], Some(language), language))
            .collect();
        topics(&documents.iter().collect::<Vec<_>>())
    }

    fn labels(texts: &[&str], language: &str) -> Vec<String> {
        let mut labels: Vec<String> = found(texts, language).into_iter().map(|topic| topic.label).collect();
        labels.sort();
        labels
    }

    const ENGLISH: [&str; 4] = [
        "Fire at the mill\n\nThe night watch saw lightning before the fire. A night watchman of the ferry company saw it \
            too. The fire took the mill, and insurance fraud is not ruled out.",
        "What burnt\n\nThe insurance fraud unit looks into the fire. Insurance frauds are rare, said Ann Miller. The cost \
            of rebuilding is not known. The fire was hot.",
        "Ferry stopped\n\nThe ferry ropes were lost in the fire. The cost of rebuilding the mill is high, and without \
            ferry ropes no boat will go. Ann Miller saw the ferry ropes.",
        "Who pays\n\nThe cost of rebuilding is put at a million. Ann Miller will pay for the ferry ropes, she said on Monday.",
    ];

    #[test]
    fn topics_are_shared_phrases_that_are_no_names() {
        assert_eq!(labels(&ENGLISH, "en"), ["Cost of rebuilding", "Ferry ropes", "Insurance fraud"]);
        assert_eq!(labels(&ENGLISH[..1], "en"), [""; 0]);
    }

    #[test]
    fn names_of_laws_and_plans_are_topics_and_verbs_are_not() {
        let one = "We want the Deep River Act. We saw the ferry ropes. They keep records. The Deep River Act is short.";
        let other = "Who reads the Deep River Act? They keep records. We keep records. The ferry ropes and the ferry ropes.";
        assert_eq!(labels(&[one, other], "en"), ["Deep River Act", "Ferry ropes"]);
    }

    #[test]
    fn similar_phrases_are_one_topic() {
        let one = "The flood insurance pays. No flood cover is free. Flood insurance is slow, and so is flood cover.";
        let other = "A flood insurance is dear, and a flood cover dearer. The wheel bearings broke, and wheel bearings cost.";
        let topics = found(&[one, other, "Of flood insurance: wheel bearings, wheel bearings."], "en");
        let terms: Vec<&[String]> = topics.iter().map(|topic| topic.terms.as_slice()).collect();
        assert_eq!(terms, [["flood insurance", "flood cover"].as_slice(), ["wheel bearings"].as_slice()]);
        assert_eq!(topics[0].documents, 3);
    }

    #[test]
    fn german_compounds_are_topics_by_themselves() {
        let texts = ["Die Baukosten steigen. Baukosten sind hoch.", "Von den Baukosten sprach der Müller."];
        assert_eq!(labels(&texts, "de"), ["Baukosten"]);
    }

    #[test]
    fn texts_without_shared_phrases_have_no_topics() {
        assert_eq!(labels(&["", "…", "Mill"], "en"), [""; 0]);
        assert_eq!(labels(&["one two three", "四五六", "ein zwei"], "xx"), [""; 0]);
    }

    #[test]
    fn chinese_topics_are_whole_words() {
        let texts = [
            "磨坊大火之后，渡轮公司停业。渡轮公司要求保险赔偿。",
            "保险赔偿还没有到。夜班守卫看见闪电，渡轮公司也看见了。",
            "夜班守卫不在场。保险赔偿由法院决定，夜班守卫作证。",
        ];
        assert_eq!(labels(&texts, "zh"), ["保险赔偿", "夜班守卫", "渡轮公司"]);
    }

    #[test]
    fn japanese_topics_may_be_in_kanji_or_katakana() {
        let texts = [
            "水車のブレーキは古い。町はブレーキを直した。",
            "町のブレーキが壊れた。水車は止まった。",
            "古い水車を見た。水車が好きだ。",
        ];
        assert_eq!(labels(&texts, "ja"), ["ブレーキ", "水車"]);
    }
}
