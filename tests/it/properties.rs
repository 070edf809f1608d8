//! Property tests of quotes: words of a random document, typed in another typography, are found, and pages show the
//! document's own characters.

use std::fmt::Write as _;

use proptest::prelude::*;
use sourcewise_quotes::normalize::normal;
use unicode_forms::retyped;

use crate::support::SiteTest;

/// Words of documents: composed and decomposed accents, ligatures, numbers, other scripts.
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
/// Separators between words: mostly a space, sometimes other white space, a dash or punctuation.
const SEPARATORS: [&str; 9] = [" ", " ", " ", "\u{a0}", "  ", " — ", " – ", ", ", "… "];

mod unicode_forms {
    //! Converts words of a document to another typography, as an author may type them.

    /// Retypes a passage with composed accents, in one of three styles: plain ASCII (`style` modulo 3 is 0), other
    /// typographic characters (1), other white space (2).
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

/// Generates documents: paragraphs of (word, separator after it), as indices.
fn documents() -> impl Strategy<Value = Vec<Vec<(usize, usize)>>> {
    let word = (0..WORDS.len(), 0..SEPARATORS.len());
    prop::collection::vec(prop::collection::vec(word, 3..14), 1..5)
}

/// Generates quotes: paragraph, first word, number of words, style of typing.
fn cuts() -> impl Strategy<Value = Vec<(usize, usize, usize, u8)>> {
    prop::collection::vec((0..8_usize, 0..16_usize, 1..9_usize, any::<u8>()), 4..9)
}

/// Returns the document's text, and the byte range of every word by paragraph.
fn render(paragraphs: &[Vec<(usize, usize)>]) -> (String, Vec<Vec<(usize, usize)>>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        let mut of_paragraph = Vec::new();
        for (number, (word, gap)) in paragraph.iter().enumerate() {
            let start = text.len();
            text.push_str(WORDS[*word]);
            of_paragraph.push((start, text.len()));
            let last = number + 1 == paragraph.len();
            text.push_str(if last { ".\n\n" } else { SEPARATORS[*gap] });
        }
        places.push(of_paragraph);
    }
    (text, places)
}

/// Whether a dash joins the words `index` and `index + 1` to a range of numbers, which no quote may cut.
fn is_range(text: &str, places: &[(usize, usize)], index: usize) -> bool {
    let Some([(start, end), (next, _)]) = places.get(index..index + 2) else { return false };
    let is_figure = |at: usize| text[at..].starts_with(|c: char| c.is_ascii_digit());
    is_figure(*start) && is_figure(*next) && text[*end..*next].contains(['—', '–'])
}

/// Returns the quoted words as in the document and as typed. A range of numbers is quoted as a whole.
fn cut(
    text: &str,
    places: &[Vec<(usize, usize)>],
    (paragraph, from, count, style): (usize, usize, usize, u8),
) -> (String, String) {
    let places = &places[paragraph % places.len()];
    let mut first = from % places.len();
    let mut last = (first + count - 1).min(places.len() - 1);
    while first > 0 && is_range(text, places, first - 1) {
        first -= 1;
    }
    while is_range(text, places, last) {
        last += 1;
    }
    let original = &text[places[first].0..places[last].1];
    (original.to_owned(), retyped(original, style))
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
    fn words_of_a_document_are_found_in_any_typography(paragraphs in documents(), cuts in cuts()) {
        let (document, places) = render(&paragraphs);
        let (originals, typed): (Vec<String>, Vec<String>) =
            cuts.into_iter().map(|at| cut(&document, &places, at)).unzip();
        let ran = site(&document, &typed).build();
        prop_assert_eq!(&ran.stderr, "", "{:?} in {:?}", typed, document);
        let comparison = ran.comparison();
        let quotes = comparison["questions"][0]["cells"][0]["answers"][0]["quotes"].as_array().expect("quotes are a list").clone();
        prop_assert_eq!(quotes.len(), originals.len());
        let page = ran.page("index.html").text;
        let shown: Vec<&str> = page.split_terminator('\u{1}').collect();
        for ((quote, original), shown) in quotes.iter().zip(&originals).zip(shown) {
            let at = |key: &str| usize::try_from(quote[key].as_u64().expect("offsets are numbers")).expect("offsets fit into usize");
            // The words may occur earlier, too, in other typography; the first occurrence counts.
            let found = &document[at("start")..at("end")];
            prop_assert_eq!(quote["text"].as_str(), Some(found));
            prop_assert_eq!(shown, found);
            let (found, original) = (normal(found), normal(original));
            // If the quote is in quotation marks as a whole, these are left out.
            let marked = original.strip_prefix('"').and_then(|words| words.strip_suffix('"'));
            prop_assert!(found == original || Some(found.as_str()) == marked, "{found} for {original}");
        }
    }

    #[test]
    fn words_not_in_the_document_are_never_found(paragraphs in documents(), at in (0..8_usize, 0..16_usize, 2..9_usize, any::<u8>())) {
        let (document, places) = render(&paragraphs);
        let (_, typed) = cut(&document, &places, at);
        let changed = typed.replacen(|c: char| c.is_alphanumeric(), "x", 1);
        prop_assume!(!normal(&document).contains(&normal(&changed)));
        let ran = site(&document, &[changed]).check().finds_problems();
        prop_assert!(ran.stderr.contains("error[quote-not-found]"), "{}", ran.stderr);
    }
}
