//! What holds for any document: words cut out of it and typed anew are found, and pages show the document's own.

use std::fmt::Write as _;

use proptest::prelude::*;
use unicode_forms::retyped;

use crate::support::SiteTest;

/// Words as a document may have them: accents composed and not, ligatures, figures, other scripts.
const WORDS: [&str; 24] = [
    "mill",
    "burnt",
    "Sunday",
    "café",
    "cafe\u{301}",
    "ﬁre",
    "3.1",
    "1,000",
    "Müller’s",
    "naïve",
    "straw",
    "Ångström",
    "U.S.",
    "well-known",
    "水車",
    "lamp",
    "the",
    "a",
    "ferry",
    "“wheel”",
    "(rope)",
    "oak",
    "ﬂood",
    "No.",
];
/// What may stand between two words.
const GAPS: [&str; 9] = [" ", " ", " ", "\u{a0}", "  ", " — ", " – ", ", ", "… "];

mod unicode_forms {
    //! How an author may type what a document has: the same words in another typography.

    /// A passage as somebody would type it; `style` chooses among ways to do so.
    pub(super) fn retyped(text: &str, style: u8) -> String {
        let plain = [
            ('’', "'"),
            ('“', "\""),
            ('”', "\""),
            ('—', "-"),
            ('–', "--"),
            ('…', "..."),
            ('\u{a0}', " "),
            ('ﬁ', "fi"),
            ('ﬂ', "fl"),
        ];
        let fine =
            [('\'', "’"), ('-', "–"), ('é', "e\u{301}"), ('ü', "u\u{308}"), (' ', "\u{2009}"), ('ﬁ', "fi")];
        let composed = text.replace("e\u{301}", "é");
        let table: &[(char, &str)] = match style % 3 {
            0 => &plain,
            1 => &fine,
            _ => return composed.replace(' ', " \n "),
        };
        let typed = |c: char| {
            table.iter().find(|(from, _)| *from == c).map_or(c.to_string(), |(_, to)| (*to).to_owned())
        };
        composed.chars().map(typed).collect()
    }
}

/// A document: paragraphs of words, each with the gap after it.
fn documents() -> impl Strategy<Value = Vec<Vec<(usize, usize)>>> {
    let word = (0..WORDS.len(), 0..GAPS.len());
    prop::collection::vec(prop::collection::vec(word, 3..14), 1..5)
}

/// A cut: which paragraph, from which word, how many words, and how it is typed.
fn cuts() -> impl Strategy<Value = Vec<(usize, usize, usize, u8)>> {
    prop::collection::vec((0..8_usize, 0..16_usize, 1..9_usize, any::<u8>()), 4..9)
}

/// Writes the document, and notes where every word begins and ends.
fn written(paragraphs: &[Vec<(usize, usize)>]) -> (String, Vec<Vec<(usize, usize)>>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        let mut of_paragraph = Vec::new();
        for (number, (word, gap)) in paragraph.iter().enumerate() {
            let start = text.len();
            text.push_str(WORDS[*word]);
            of_paragraph.push((start, text.len()));
            let last = number + 1 == paragraph.len();
            text.push_str(if last { ".\n\n" } else { GAPS[*gap] });
        }
        places.push(of_paragraph);
    }
    (text, places)
}

/// The words that a cut takes out of the document.
fn cut(
    text: &str,
    places: &[Vec<(usize, usize)>],
    (paragraph, from, count, style): (usize, usize, usize, u8),
) -> (String, String) {
    let places = &places[paragraph % places.len()];
    let first = from % places.len();
    let last = (first + count - 1).min(places.len() - 1);
    let stands = &text[places[first].0..places[last].1];
    (stands.to_owned(), retyped(stands, style))
}

const QUESTION: &str = "+++\ntitle = \"Why?\"\n[positions]\nlamp = \"A lamp\"\n+++\n";

fn site(document: &str, quotes: &[String]) -> SiteTest {
    let list = serde_json::Value::from(quotes.to_vec());
    let mut record = String::from(
        "title = \"A paper\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"So.\"\n",
    );
    let _ = writeln!(record, "quotes = {list}");
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("content/questions/cause.md", QUESTION)
        .file("seeds/a.toml", &record)
        .file("seeds/a.txt", document)
        .file("templates/home.html", "{% for question in comparison.questions %}{% for it in question.positions %}{% for answer in it.answers %}{% for quote in answer.quotes %}{{ quote.text | safe }}\u{1}{% endfor %}{% endfor %}{% endfor %}{% endfor %}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_a_document_are_found_however_they_are_typed(paragraphs in documents(), cuts in cuts()) {
        let (document, places) = written(&paragraphs);
        let (stands, typed): (Vec<String>, Vec<String>) =
            cuts.into_iter().map(|at| cut(&document, &places, at)).unzip();
        let ran = site(&document, &typed).build();
        prop_assert_eq!(&ran.stderr, "", "{:?} in {:?}", typed, document);
        let comparison = ran.comparison();
        let quotes = comparison["questions"][0]["cells"][0]["answers"][0]["quotes"].as_array().expect("quotes").clone();
        prop_assert_eq!(quotes.len(), stands.len());
        let page = ran.page("index.html").text;
        let shown: Vec<&str> = page.split_terminator('\u{1}').collect();
        for ((quote, stands), shown) in quotes.iter().zip(&stands).zip(shown) {
            let at = |key: &str| usize::try_from(quote[key].as_u64().expect("an offset")).expect("a small one");
            // It may stand earlier too, in other typography; what is shown is what stands there.
            let there = &document[at("start")..at("end")];
            prop_assert_eq!(quote["text"].as_str(), Some(there));
            prop_assert_eq!(shown, there);
            prop_assert_eq!(sourcewise_quotes::normalize::normal(there), sourcewise_quotes::normalize::normal(stands));
        }
    }

    #[test]
    fn words_that_a_document_does_not_have_are_never_found(paragraphs in documents(), at in (0..8_usize, 0..16_usize, 2..9_usize, any::<u8>())) {
        let (document, places) = written(&paragraphs);
        let (_, typed) = cut(&document, &places, at);
        let changed = typed.replacen(|c: char| c.is_alphanumeric(), "x", 1);
        prop_assume!(!sourcewise_quotes::normalize::normal(&document).contains(&sourcewise_quotes::normalize::normal(&changed)));
        let ran = site(&document, &[changed]).check().finds_problems();
        prop_assert!(ran.stderr.contains("error[quote-not-found]"), "{}", ran.stderr);
    }
}
