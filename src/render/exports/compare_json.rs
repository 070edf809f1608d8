//! `compare.json`: the comparison for programs. Its structure is a contract with programs that read it.

use serde::Serialize;
use sourcewise_analysis::Voice;
use sourcewise_analysis::attribution::find_cues;
use sourcewise_quotes::ProofSource;

use super::json_file;
use crate::compare::{Agreement, Cell, Row};
use crate::find::FoundPassage;
use crate::ids::{OriginId, PositionId, QuestionId, SourceId};
use crate::load::{Basis, Relation};
use crate::render::places::PageRange;
use crate::render::site_data::SiteData;
use crate::verify::{Answer, OriginRef, ShownPassage, Source};

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
    /// Whether the document's text was recognised in images by a program (OCR).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    machine_read: bool,
    /// Whether the document's text is from a web page's metadata, because the page itself shows no text.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    from_metadata: bool,
    basis: Basis,
}

#[derive(Serialize)]
struct JsonQuestion<'a> {
    id: &'a QuestionId,
    title: &'a str,
    /// `automatic` for topics found by rule, else `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    agreement: Agreement,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<Relation>,
    answered: usize,
    examined: usize,
    /// How many of the `answered` sources have no recorded answer, only passages found by rule; `None` if no source was
    /// only searched by rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<usize>,
    /// How many of the `examined` sources were only searched by rule, because their records don't mention the question;
    /// `None` if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    searched: Option<usize>,
    /// How many of the `answered` sources are independent: those that share an origin or a text count as one. `None` if
    /// no rule found passages.
    #[serde(skip_serializing_if = "Option::is_none")]
    independent: Option<usize>,
    positions: Vec<JsonPosition<'a>>,
    /// Groups of sources that answer with the same text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_text: Vec<Vec<&'a SourceId>>,
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
    basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<JsonAnswer<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passages: Vec<JsonPassage<'a>>,
}

#[derive(Serialize)]
struct JsonPassage<'a> {
    text: &'a str,
    #[serde(flatten)]
    pages: PageRange<'a>,
    paragraph: usize,
    start: usize,
    end: usize,
    score: f64,
    words: Vec<&'a str>,
    voice: Voice,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cues: Vec<&'a str>,
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
    #[serde(flatten)]
    pages: PageRange<'a>,
    paragraph: usize,
    start: usize,
    end: usize,
    checked: ProofSource,
}

pub(super) fn json(data: &SiteData<'_>) -> Vec<u8> {
    json_file(&Json {
        sources: data.columns().map(json_source).collect(),
        questions: data.comparison.rows.iter().map(|row| json_question(data, row)).collect(),
    })
}

fn json_question<'a>(data: &'a SiteData<'_>, row: &'a Row) -> JsonQuestion<'a> {
    JsonQuestion {
        id: &row.question,
        title: &data.questions[&row.question].title,
        basis: Some(row.basis).filter(|basis| *basis == Basis::Automatic),
        agreement: row.agreement,
        relation: row.relation,
        answered: row.answered,
        examined: row.examined,
        found: Some(row.found).filter(|_| row.searched > 0),
        searched: Some(row.searched).filter(|searched| *searched > 0),
        independent: Some(row.independent).filter(|_| row.found > 0),
        same_text: row.copies.iter().map(|copy| copy.iter().collect()).collect(),
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
        cells: data.columns().zip(&row.cells).map(|(source, cell)| json_cell(source, cell)).collect(),
    }
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
                OriginRef::Origin(id) => OriginId::as_str(id),
                OriginRef::Source(id) => id.as_str(),
            })
            .collect(),
        document_sha256: source.document.as_ref().map(|document| document.sha256.as_str()),
        machine_read: source.document.as_ref().is_some_and(|document| document.is_machine_read),
        from_metadata: source.document.as_ref().is_some_and(|document| document.is_from_metadata),
        basis: source.basis(),
    }
}

fn json_cell<'a>(source: &'a Source, cell: &'a Cell) -> JsonCell<'a> {
    JsonCell {
        source: &source.id,
        state: cell.state(),
        basis: cell.basis(),
        reason: match cell {
            Cell::Silent(reason) => reason.as_deref(),
            _ => None,
        },
        answers: cell
            .answers()
            .iter()
            .map(|answer| json_answer(source, answer.of(&source.answers)))
            .collect(),
        passages: cell.found().iter().map(|found| json_passage(source, found)).collect(),
    }
}

fn json_passage<'a>(source: &'a Source, found: &FoundPassage) -> JsonPassage<'a> {
    let shown @ ShownPassage { passage, text } = found.number.of(&source.passages);
    JsonPassage {
        text,
        pages: PageRange::of(source, &passage.range),
        paragraph: passage.paragraph,
        start: passage.range.start,
        end: passage.range.end,
        score: found.score,
        words: found.words.iter().filter_map(|place| shown.part(place)).collect(),
        voice: found.attribution.voice,
        to: found.attribution.speaker.as_ref().and_then(|place| shown.part(place)),
        cues: found.attribution.cues.iter().filter_map(|place| shown.part(place)).collect(),
    }
}

fn json_answer<'a>(source: &'a Source, answer: &'a Answer) -> JsonAnswer<'a> {
    let cues = answer.quotes.iter().flat_map(|quote| {
        let text = quote.text();
        find_cues(text, answer.voice).into_iter().map(move |range| &text[range])
    });
    let quotes = answer.quotes.iter().map(|quote| JsonQuote {
        text: quote.text(),
        pages: PageRange::of(source, &quote.place().range()),
        paragraph: quote.place().paragraph,
        start: quote.place().start,
        end: quote.place().end,
        checked: quote.proof_source(),
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
