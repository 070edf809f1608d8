//! Generates questions, documents and records. Of every ten cells, four are answers with one quote each, three are
//! silent, and three are unexamined.

use std::fmt::Write as _;

use super::prose::{Random, heading, paragraph, sentence, thing};

const POSITIONS: [&str; 3] = ["yes", "no", "partly"];
/// Sentences per document: about 2,800 words, a long article. Each question quotes another sentence, starting again at
/// the first after this many questions.
const SENTENCES_PER_DOCUMENT: usize = 200;

/// Returns the text of a question's file.
pub(super) fn question(number: usize) -> String {
    let mut random = Random::new(2, number);
    let (what, other) = (thing(&mut random), thing(&mut random));
    let terms = [&what, &other].map(|thing| thing.rsplit(' ').next().unwrap_or_default().to_owned());
    format!(
        "+++\ntitle = \"Is {what} older than {other}? ({number})\"\norder = {number}\nterms = {terms:?}\n[positions]\n\
         yes = \"It is\"\nno = \"It isn't\"\npartly = \"In part\"\n+++\n{}\n",
        paragraph(&mut random, 30)
    )
}

/// Returns a source's document and its record.
pub(super) fn source(number: usize, questions: usize) -> (String, String) {
    let mut random = Random::new(3, number);
    let sentences: Vec<String> = (0..SENTENCES_PER_DOCUMENT).map(|_| sentence(&mut random)).collect();
    let paragraphs: Vec<String> = sentences.chunks(5).map(|sentences| sentences.join(" ")).collect();
    let mut record = format!(
        "title = \"{}\"\npublisher = \"The Paper {number}\"\nurl = \"https://example.com/{number}\"\n\
         published = 20{:02}-{:02}-{:02}\n",
        heading(&mut random),
        10 + number % 15,
        1 + number % 12,
        1 + number % 28,
    );
    let state = |question: usize| (number * 7 + question * 3) % 10;
    let silent: Vec<String> = (0..questions).filter(|at| (4..7).contains(&state(*at))).map(id).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(record, "silent = {silent:?}");
    for at in (0..questions).filter(|at| state(*at) < 4) {
        let quote = &sentences[at % SENTENCES_PER_DOCUMENT];
        let quote: Vec<&str> = quote.trim_end_matches('.').split(' ').skip(1).take(8).collect();
        let _ = write!(
            record,
            "\n[[answer]]\nquestion = \"{}\"\nposition = \"{}\"\nsummary = \"{}\"\nquotes = [\"{}\"]\nvoice = \"own\"\n",
            id(at),
            random.pick(&POSITIONS),
            sentence(&mut random),
            quote.join(" "),
        );
    }
    (paragraphs.join("\n\n"), record)
}

pub(super) fn id(question: usize) -> String {
    format!("question-{question:03}")
}
