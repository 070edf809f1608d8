//! The comparison for machines: `compare.json` and `compare.csv`. Their shape is a contract with whoever reads them.

use std::ops::Not;

use serde::Serialize;

use super::pretty;
use crate::compare::{Agreement, Cell, Row, cues};
use crate::ids::{OriginId, PositionId, QuestionId, SourceId};
use crate::load::Voice;
use crate::render::views::{Views, basis};
use crate::verify::{Answer, Checked, RestsOn, Source};

#[derive(Serialize)]
struct Json<'a> {
    sources: Vec<JsonSource<'a>>,
    questions: Vec<JsonQuestion<'a>>,
}

#[derive(Serialize)]
struct JsonSource<'a> {
    id: &'a SourceId,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rests_on: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_sha256: Option<&'a str>,
    basis: &'static str,
}

#[derive(Serialize)]
struct JsonQuestion<'a> {
    id: &'a QuestionId,
    title: &'a str,
    agreement: Agreement,
    answered: usize,
    examined: usize,
    positions: Vec<JsonPosition<'a>>,
    cells: Vec<JsonCell<'a>>,
}

#[derive(Serialize)]
struct JsonPosition<'a> {
    id: &'a PositionId,
    label: &'a str,
    #[serde(skip_serializing_if = "<[SourceId]>::is_empty")]
    sources: &'a [SourceId],
    independent: usize,
}

#[derive(Serialize)]
struct JsonCell<'a> {
    source: &'a SourceId,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<JsonAnswer<'a>>,
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    position: &'a PositionId,
    summary: &'a str,
    voice: Voice,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cues: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<JsonQuote<'a>>,
}

#[derive(Serialize)]
struct JsonQuote<'a> {
    text: &'a str,
    paragraph: usize,
    start: usize,
    end: usize,
    checked: Checked,
}

/// `compare.json`.
pub(super) fn json(views: &Views<'_>) -> Vec<u8> {
    let titles = |id: &QuestionId| views.questions[id].title.as_str();
    let questions = views.comparison.rows.iter().map(|row| JsonQuestion {
        id: &row.question,
        title: titles(&row.question),
        agreement: row.agreement,
        answered: row.answered,
        examined: row.examined,
        positions: row
            .positions
            .iter()
            .map(|position| JsonPosition {
                id: &position.id,
                label: &position.label,
                sources: &position.sources,
                independent: position.independent,
            })
            .collect(),
        cells: views.columns().zip(&row.cells).map(|(source, cell)| json_cell(source, cell)).collect(),
    });
    let json = Json { sources: views.columns().map(json_source).collect(), questions: questions.collect() };
    pretty(&json)
}

fn json_source(source: &Source) -> JsonSource<'_> {
    JsonSource {
        id: &source.id,
        title: &source.about.title,
        publisher: source.about.publisher.as_deref(),
        published: source.about.published.map(|date| date.to_string()),
        url: source.about.url.as_deref(),
        kind: source.about.kind.as_deref(),
        caution: source.about.caution.as_deref(),
        rests_on: source
            .rests_on
            .iter()
            .map(|on| match on {
                RestsOn::Origin(id) => OriginId::as_str(id),
                RestsOn::Source(id) => id.as_str(),
            })
            .collect(),
        document_sha256: source.document.as_ref().map(|document| document.sha256.as_str()),
        basis: basis(source),
    }
}

fn json_cell<'a>(source: &'a Source, cell: &'a Cell) -> JsonCell<'a> {
    let (state, reason, answers): (_, _, &[usize]) = match cell {
        Cell::Says(answers) => ("says", None, answers),
        Cell::Silent(reason) => ("silent", reason.as_deref(), &[]),
        Cell::Unexamined => ("unexamined", None, &[]),
    };
    JsonCell {
        source: &source.id,
        state,
        basis: matches!(cell, Cell::Unexamined).not().then_some("editor"),
        reason,
        answers: answers.iter().map(|index| json_answer(&source.answers[*index])).collect(),
    }
}

fn json_answer(answer: &Answer) -> JsonAnswer<'_> {
    let cues = answer.quotes.iter().flat_map(|quote| {
        let text = quote.text();
        cues(text, answer.voice).into_iter().map(move |range| &text[range])
    });
    let quotes = answer.quotes.iter().map(|quote| JsonQuote {
        text: quote.text(),
        paragraph: quote.place().paragraph,
        start: quote.place().start,
        end: quote.place().end,
        checked: quote.checked(),
    });
    JsonAnswer {
        position: &answer.position,
        summary: &answer.summary,
        voice: answer.voice,
        to: answer.to.as_deref(),
        cues: cues.collect(),
        quotes: quotes.collect(),
    }
}

/// The columns of `compare.csv`: a line for every answer, and one for every cell without.
const HEAD: [&str; 13] = [
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
];

/// `compare.csv`.
pub(super) fn csv(views: &Views<'_>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write =
        |line: &[String; 13]| writer.write_record(line).expect("a list in memory takes every line");
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

fn csv_lines(views: &Views<'_>, row: &Row, source: &Source, cell: &Cell) -> Vec<[String; 13]> {
    let line = |state: &str, answer: [String; 7], reason: &str| {
        let [position, label, voice, to, summary, quotes, paragraphs] = answer;
        [
            row.question.to_string(),
            views.questions[&row.question].title.clone(),
            source.id.to_string(),
            source.about.title.clone(),
            state.to_owned(),
            position,
            label,
            voice,
            to,
            summary,
            quotes,
            paragraphs,
            reason.to_owned(),
        ]
    };
    match cell {
        Cell::Says(indexes) => {
            let answers = indexes.iter().map(|index| csv_answer(row, &source.answers[*index]));
            answers.map(|answer| line("says", answer, "")).collect()
        }
        Cell::Silent(reason) => {
            vec![line("silent", Default::default(), reason.as_deref().unwrap_or_default())]
        }
        Cell::Unexamined => vec![line("unexamined", Default::default(), "")],
    }
}

fn csv_answer(row: &Row, answer: &Answer) -> [String; 7] {
    let label = row.positions.iter().find(|position| position.id == answer.position);
    let quotes: Vec<&str> = answer.quotes.iter().map(crate::verify::VerifiedQuote::text).collect();
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
