//! `compare.csv`: the comparison for spreadsheets. Its columns are a contract with whoever reads them.

use crate::compare::{Cell, Row};
use crate::find::FoundPassage;
use crate::load::Basis;
use crate::render::views::Views;
use crate::verify::{Answer, Source, VerifiedQuote};

/// The columns of `compare.csv`: a line for every answer or passage, and one for every cell without.
const HEAD: [&str; 14] = [
    "question",
    "question_title",
    "source",
    "source_title",
    "state",
    "position",
    "position_label",
    "voice",
    "to",
    "summary",
    "quotes",
    "paragraphs",
    "reason",
    "basis",
];

/// `compare.csv`.
pub(super) fn csv(views: &Views<'_>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write =
        |line: &[String; 14]| writer.write_record(line).expect("a list in memory takes every line");
    write(&HEAD.map(str::to_owned));
    for row in &views.comparison.rows {
        for (source, cell) in views.columns().zip(&row.cells) {
            for line in csv_lines(views, row, source, cell) {
                write(&line.map(unarmed));
            }
        }
    }
    writer.into_inner().expect("a list in memory takes every line")
}

fn csv_lines(views: &Views<'_>, row: &Row, source: &Source, cell: &Cell) -> Vec<[String; 14]> {
    let basis = match cell.basis() {
        Some(Basis::Editor) => "editor",
        Some(Basis::Automatic) => "automatic",
        None => "",
    };
    let line = |answer: [String; 7], reason: &str| {
        let [position, label, voice, to, summary, quotes, paragraphs] = answer;
        [
            row.question.to_string(),
            views.questions[&row.question].title.clone(),
            source.id.to_string(),
            source.about.title.clone(),
            cell.state().to_owned(),
            position,
            label,
            voice,
            to,
            summary,
            quotes,
            paragraphs,
            reason.to_owned(),
            basis.to_owned(),
        ]
    };
    match cell {
        Cell::Says(indexes) => {
            let answers = indexes.iter().map(|index| csv_answer(row, &source.answers[*index]));
            answers.map(|answer| line(answer, "")).collect()
        }
        Cell::Found(found) => found.iter().map(|found| line(csv_passage(source, found), "")).collect(),
        Cell::Silent(reason) => vec![line(Default::default(), reason.as_deref().unwrap_or_default())],
        Cell::NothingFound | Cell::Unexamined => vec![line(Default::default(), "")],
    }
}

fn csv_passage(source: &Source, found: &FoundPassage) -> [String; 7] {
    let shown = &source.passages[found.number];
    let to = found.said.to.as_ref().and_then(|place| shown.part(place));
    [
        String::new(),
        String::new(),
        found.said.voice.as_str().to_owned(),
        to.unwrap_or_default().to_owned(),
        String::new(),
        shown.text.clone(),
        shown.passage.paragraph.to_string(),
    ]
}

fn csv_answer(row: &Row, answer: &Answer) -> [String; 7] {
    let label = row.positions.iter().find(|position| position.id == answer.position);
    let quotes: Vec<&str> = answer.quotes.iter().map(VerifiedQuote::text).collect();
    let paragraphs: Vec<String> =
        answer.quotes.iter().map(|quote| quote.place().paragraph.to_string()).collect();
    [
        answer.position.to_string(),
        label.map_or_else(String::new, |position| position.label.clone()),
        answer.voice.as_str().to_owned(),
        answer.to.clone().unwrap_or_default(),
        answer.summary.clone(),
        quotes.join(" | "),
        paragraphs.join(" | "),
    ]
}

/// A spreadsheet would run a field that begins like a formula; an apostrophe before it makes it text (OWASP, "CSV
/// Injection").
fn unarmed(field: String) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field }
}
