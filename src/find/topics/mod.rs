//! What documents speak of, where nobody has asked a question yet: phrases that several of them share.
//!
//! Words are read in `tokens`, by the `lists` of their language; `phrases` finds which of them come again and again
//! together, `choice` which of those may be topics; `merge` puts together what speaks of one thing, and `naming` calls it.

mod choice;
mod lists;
mod merge;
mod naming;
mod phrases;
mod tokens;

use choice::Choice;
use merge::{Candidate, clusters};
use naming::{candidate, topic};
use phrases::{Phrase, phrases, whole};
use sourcewise_quotes::Segmented;
use tokens::texts;

/// No more topics than this: a comparison has to be read.
const MOST: usize = 12;
/// This many of the best phrases are looked at.
const CANDIDATES: usize = 300;
/// Added to the number of documents where rarity is measured: of a few, most may speak of a topic.
const FEW: usize = 3;

/// What several documents speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Its most used form, as a heading: "Interest rates".
    pub label: String,
    /// The forms that belong to it, most used first, usable as a question's terms: words, phrases.
    pub terms: Vec<String>,
    /// How many documents speak of it in words of their own.
    pub documents: usize,
}

/// At most twelve topics, the most telling first. None for a single document.
pub fn topics(documents: &[&Segmented]) -> Vec<Topic> {
    if documents.len() < 2 {
        return Vec::new();
    }
    let texts = texts(documents);
    let choice = Choice::new(&texts, documents);
    let least = if documents.len() > 15 { 3 } else { 2 };
    let found = phrases(&texts.tokens, least, |phrase| choice.accepts(phrase));
    let mut scored: Vec<(f64, Phrase)> =
        found.into_iter().map(|phrase| (score(&choice, &phrase, documents.len()), phrase)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.places.cmp(&b.1.places)));
    scored.truncate(CANDIDATES);
    let candidates: Vec<Candidate> =
        scored.into_iter().map(|(_, phrase)| candidate(&choice, &texts, phrase)).collect();
    let clusters = clusters(&candidates);
    clusters.iter().take(MOST).map(|cluster| topic(&choice, &texts, &candidates, cluster)).collect()
}

/// How telling a phrase is: its worth as a term, the more the fewer documents have it and the oftener those repeat it.
fn score(choice: &Choice, phrase: &Phrase, documents: usize) -> f64 {
    let rare = 0.5 + (whole(documents + FEW) / whole(phrase.documents)).log2().min(2.0);
    let repeated = (1.0 + whole(phrase.places.len()) / whole(phrase.documents)).log2();
    let tells = match phrase.stems.len() {
        1 if choice.is_name(phrase) || choice.is_compound(phrase) => 0.6,
        1 => 0.3,
        _ if choice.is_subject(phrase) => 0.5,
        _ => 1.0,
    };
    phrase.worth() * rare * repeated * tells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(texts: &[&str], language: &str) -> Vec<String> {
        let documents: Vec<Segmented> =
            texts.iter().map(|text| Segmented::of((*text).into(), &[], Some(language), language)).collect();
        let found = topics(&documents.iter().collect::<Vec<_>>());
        found.into_iter().map(|topic| topic.label).collect()
    }

    const ENGLISH: [&str; 4] = [
        "Fire at the mill\n\nThe night watch saw lightning before the fire. A night watchman of the ferry company saw it \
            too. The fire took the mill, and insurance fraud is not ruled out.",
        "What burnt\n\nThe insurance fraud unit looks into the fire. Insurance frauds are rare, said Ann Miller. The cost \
            of rebuilding is not known. The fire was hot.",
        "Ferry stopped\n\nThe ferry company lost its ropes in the fire. The cost of rebuilding the mill is high, and the \
            ferry company will not pay. Ann Miller saw the night watch.",
        "Who pays\n\nThe cost of rebuilding is put at a million. Ann Miller will pay for the ropes, she said on Monday.",
    ];

    #[test]
    fn topics_are_phrases_that_several_documents_share() {
        let mut found = labels(&ENGLISH, "en");
        found.sort();
        assert_eq!(
            found,
            ["Ann Miller", "Cost of rebuilding", "Ferry company", "Insurance fraud", "Night watch"]
        );
        assert_eq!(labels(&ENGLISH[..1], "en"), [""; 0]);
    }

    #[test]
    fn forms_of_one_topic_are_its_terms() {
        let texts = ENGLISH.map(|text| Segmented::of(text.into(), &[], Some("en"), "en"));
        let found = topics(&texts.iter().collect::<Vec<_>>());
        let fraud = found.iter().find(|topic| topic.label == "Insurance fraud").expect("a topic");
        assert_eq!(
            (fraud.terms.as_slice(), fraud.documents),
            (["insurance fraud".into(), "Insurance frauds".into()].as_slice(), 2)
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(labels(&["", "…", "Mill"], "en"), [""; 0]);
        assert_eq!(labels(&["one two three", "四五六", "ein zwei"], "xx"), [""; 0]);
    }

    #[test]
    fn chinese_topics_are_words_and_not_pieces_of_them() {
        let texts = [
            "磨坊大火之后，渡轮公司停业。渡轮公司要求保险赔偿。",
            "保险赔偿还没有到。夜班守卫看见闪电，渡轮公司也看见了。",
            "夜班守卫不在场。保险赔偿由法院决定，夜班守卫作证。",
        ];
        let mut found = labels(&texts, "zh");
        found.sort();
        assert_eq!(found, ["保险赔偿", "夜班守卫", "渡轮公司"]);
    }
}
