//! Questions, documents, and records that answer: for every ten cells four answers with a quote each, three that are
//! silent, and three that nobody has read.

use std::fmt::Write as _;

use super::prose::{Random, heading, paragraph, sentence, thing};

/// The positions that a question has.
const POSITIONS: [&str; 3] = ["yes", "no", "partly"];
/// How many sentences a document has: some 2,800 words, a long article. The first questions quote one each; beyond, they
/// quote the same ones again.
const SENTENCES: usize = 200;

/// The file of a question.
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

/// A source: its document and its record.
pub(super) fn source(number: usize, questions: usize) -> (String, String) {
    let mut random = Random::new(3, number);
    let sentences: Vec<String> = (0..SENTENCES).map(|_| sentence(&mut random)).collect();
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
    // Writing to a string does not fail.
    let _ = writeln!(record, "silent = {silent:?}");
    for at in (0..questions).filter(|at| state(*at) < 4) {
        let quote = &sentences[at % SENTENCES];
        let quote: Vec<&str> = quote.trim_end_matches('.').split(' ').skip(1).take(8).collect();
        let _ = write!(
            record,
            "\n[[answer]]\nquestion = \"{}\"\nposition = \"{}\"\nsummary = \"{}\"\nquotes = [\"{}\"]\nvoice = \"own\"\n",
            id(at),
            random.one(&POSITIONS),
            sentence(&mut random),
            quote.join(" "),
        );
    }
    (paragraphs.join("\n\n"), record)
}

/// The id of a question.
pub(super) fn id(question: usize) -> String {
    format!("question-{question:03}")
}
