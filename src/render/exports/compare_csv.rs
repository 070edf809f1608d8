//! `compare.csv`: the comparison for spreadsheets. Its columns are a contract with programs that read it.

use std::borrow::Cow;
use std::ops::Range;

use sourcewise_quotes::VerifiedQuote;

use crate::compare::{Cell, Row};
use crate::find::FoundPassage;
use crate::load::Basis;
use crate::render::places::PageRange;
use crate::render::site_data::SiteData;
use crate::verify::{Answer, Source};

type CsvRecord<'a> = [Cow<'a, str>; 15];

/// The columns. The file has a line for every answer and every passage found by rule, and one for every cell without
/// either.
const HEADER: [&str; 15] = [
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
    "pages",
];

pub(super) fn csv(data: &SiteData<'_>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |line: &CsvRecord<'_>| {
        writer.write_record(line.iter().map(|field| field.as_bytes())).expect("writing to memory can't fail");
    };
    write(&HEADER.map(Cow::from));
    for row in &data.comparison.rows {
        for (source, cell) in data.columns().zip(&row.cells) {
            for line in csv_lines(data, row, source, cell) {
                write(&line.map(escape_formula));
            }
        }
    }
    writer.into_inner().expect("writing to memory can't fail")
}

fn csv_lines<'a>(
    data: &'a SiteData<'_>,
    row: &'a Row,
    source: &'a Source,
    cell: &'a Cell,
) -> Vec<CsvRecord<'a>> {
    let basis = cell.basis().map_or("", Basis::as_str);
    let line = |answer: [Cow<'a, str>; 8], reason: &'a str| {
        let [position, label, voice, to, summary, quotes, paragraphs, pages] = answer;
        [
            row.question.as_str().into(),
            data.questions[&row.question].title.as_str().into(),
            source.id.as_str().into(),
            source.about.title.as_str().into(),
            cell.state().into(),
            position,
            label,
            voice,
            to,
            summary,
            quotes,
            paragraphs,
            reason.into(),
            basis.into(),
            pages,
        ]
    };
    match cell {
        Cell::Says(answers) => {
            let answers = answers.iter().map(|answer| csv_answer(row, source, answer.of(&source.answers)));
            answers.map(|answer| line(answer, "")).collect()
        }
        Cell::Found(found) => found.iter().map(|found| line(csv_passage(source, found), "")).collect(),
        Cell::Silent(reason) => vec![line(Default::default(), reason.as_deref().unwrap_or_default())],
        Cell::NothingFound | Cell::Unexamined => vec![line(Default::default(), "")],
    }
}

fn csv_passage<'a>(source: &'a Source, found: &FoundPassage) -> [Cow<'a, str>; 8] {
    let shown = found.number.of(&source.passages);
    let to = found.attribution.speaker.as_ref().and_then(|place| shown.part(place));
    [
        "".into(),
        "".into(),
        found.attribution.voice.as_str().into(),
        to.unwrap_or_default().into(),
        "".into(),
        shown.text.as_str().into(),
        shown.passage.paragraph.to_string().into(),
        page_number(source, &shown.passage.range).into(),
    ]
}

fn csv_answer<'a>(row: &'a Row, source: &'a Source, answer: &'a Answer) -> [Cow<'a, str>; 8] {
    let label = row.positions.iter().find(|position| position.id == answer.position);
    let quotes: Vec<&str> = answer.quotes.iter().map(VerifiedQuote::text).collect();
    let paragraphs: Vec<String> =
        answer.quotes.iter().map(|quote| quote.place().paragraph.to_string()).collect();
    let pages: Vec<String> =
        answer.quotes.iter().map(|quote| page_number(source, &quote.place().range())).collect();
    [
        answer.position.as_str().into(),
        label.map_or("", |position| &position.label).into(),
        answer.voice.as_str().into(),
        answer.to.as_deref().unwrap_or_default().into(),
        answer.summary.as_str().into(),
        quotes.join(" | ").into(),
        paragraphs.join(" | ").into(),
        if source.divisions().is_some() { pages.join(" | ").into() } else { "".into() },
    ]
}

/// Returns where a byte range of a document is: its page or pages (`12–13`), as printed if the file states that; or
/// else the title of its chapter, or the time of its words. Empty if none is known.
fn page_number(source: &Source, range: &Range<usize>) -> String {
    let pages = PageRange::of(source, range);
    let number = |page: Option<usize>, label: Option<&str>| {
        label.map(str::to_owned).or(page.map(|page| page.to_string()))
    };
    let first = number(pages.page, pages.page_label).or(pages.chapter.map(str::to_owned)).or(pages.time);
    let last = number(pages.last_page, pages.last_page_label);
    first.into_iter().chain(last).collect::<Vec<_>>().join("–")
}

/// Neutralizes spreadsheet formulas: puts an apostrophe before a field that begins like a formula, or with a tab or
/// line break, so that the field is text (OWASP, "CSV Injection"). In East Asian versions, the full-width forms of the
/// signs begin formulas, too.
fn escape_formula(field: Cow<'_, str>) -> Cow<'_, str> {
    let is_sign = field.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_sign || field.starts_with(['\t', '\r', '\n']) { format!("'{field}").into() } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_begin_like_formulas_get_an_apostrophe() {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\u{a0}＝", "\t", "\r", "\n"] {
            assert_eq!(escape_formula(format!("{sign}1").into()), format!("'{sign}1"));
        }
        assert_eq!(escape_formula("1-2 = @".into()), "1-2 = @");
    }
}
