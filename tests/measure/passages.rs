//! Measures passages found by rule against a site's records, compared with a BM25 ranking of the same passages.
//!
//! `cargo run --release --example passages -- SITE DOCUMENTS` reads the questions and records of a site and the
//! documents that the records name, and prints a table.

#![expect(clippy::print_stdout, reason = "prints a table")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sourcewise_analysis::passages::{SearchQuery, find};
use sourcewise_analysis::words::{Stems, words};
use sourcewise_quotes::normalize::normal;
use sourcewise_quotes::{ParagraphKind, SegmentedDocument};

type Failure = Box<dyn Error>;
/// Start offsets of the shown passages, by question and document, best first.
type Shown = Vec<Vec<Vec<usize>>>;
/// Start offsets of the quoted passages for each (question, document) of the records; empty if the source is silent.
type Gold = BTreeMap<(usize, usize), BTreeSet<usize>>;

struct Question {
    id: String,
    title: String,
    terms: Vec<String>,
}

struct Document {
    name: String,
    segmented: SegmentedDocument,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [site, documents] => measure(Path::new(site), Path::new(documents)),
        _ => Err("usage: passages SITE DOCUMENTS".into()),
    }
}

fn measure(site: &Path, documents: &Path) -> Result<(), Failure> {
    let questions = questions(&site.join("content/questions"))?;
    let documents = read_documents(documents)?;
    let gold = read_gold(&site.join("seeds"), &questions, &documents)?;
    println!("{} questions, {} documents, {} cells in records", questions.len(), documents.len(), gold.len());
    println!(
        "{:24}{:>18}{:>18}{:>18}{:>18}",
        "", "passages correct", "cells correct", "answers found", "silence correct"
    );
    let asks: Vec<SearchQuery<'_>> = questions
        .iter()
        .map(|question| SearchQuery { title: &question.title, terms: &question.terms, topic: false })
        .collect();
    let segmented: Vec<&SegmentedDocument> = documents.iter().map(|document| &document.segmented).collect();
    for share in [0.3, 0.5, 0.7] {
        print_row(&format!("BM25, threshold {share}"), &gold, &bm25(&questions, &segmented, share));
    }
    let found = find(&asks, &segmented);
    let places = |cell: Vec<_>| {
        cell.into_iter().map(|hit: sourcewise_analysis::passages::Hit| hit.passage.range.start)
    };
    let shown: Shown =
        found.into_iter().map(|row| row.into_iter().map(|cell| places(cell).collect()).collect()).collect();
    print_row("by rule", &gold, &shown);
    let cells: usize = shown.iter().flatten().filter(|cell| !cell.is_empty()).count();
    println!("by rule: {cells} of {} cells show a passage", questions.len() * documents.len());
    Ok(())
}

fn print_row(name: &str, gold: &Gold, shown: &Shown) {
    let mut counts = [(0, 0); 4];
    let mut count = |at: usize, correct: usize, all: usize| {
        counts[at].0 += correct;
        counts[at].1 += all;
    };
    for ((question, document), quoted) in gold {
        let cell = &shown[*question][*document];
        let correct = cell.iter().filter(|place| quoted.contains(place)).count();
        count(0, correct, cell.len());
        count(1, correct.min(1), cell.len().min(1));
        if quoted.is_empty() {
            count(3, usize::from(cell.is_empty()), 1);
        } else {
            count(2, correct.min(1), 1);
        }
    }
    let row = counts.iter().fold(String::new(), |mut row, (correct, all)| {
        let share = f64::from(u32::try_from(*correct).unwrap_or(0))
            / f64::from(u32::try_from(*all).unwrap_or(1).max(1));
        let _ = write!(row, "{:>18}", format!("{share:.2} {correct}/{all}"));
        row
    });
    println!("{name:24}{row}");
}

/// Lists the files with an extension, sorted.
fn list_files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut list =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    list.retain(|path| path.extension().is_some_and(|found| found == extension));
    list.sort();
    Ok(list)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn text(table: &toml::Table, key: &str) -> String {
    table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
}

fn texts(value: Option<&toml::Value>) -> Vec<String> {
    match value {
        Some(toml::Value::Array(list)) => list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        Some(toml::Value::Table(table)) => {
            table.values().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

fn questions(folder: &Path) -> Result<Vec<Question>, Failure> {
    let read = |path: PathBuf| -> Result<Question, Failure> {
        let page = fs::read_to_string(&path)?;
        let front: toml::Table = toml::from_str(page.split("+++").nth(1).ok_or("no front matter")?)?;
        Ok(Question { id: stem(&path), title: text(&front, "title"), terms: texts(front.get("terms")) })
    };
    list_files(folder, "md")?.into_iter().map(read).collect()
}

fn read_documents(folder: &Path) -> Result<Vec<Document>, Failure> {
    let read = |path: PathBuf| -> Result<Document, Failure> {
        let segmented = SegmentedDocument::of(fs::read_to_string(&path)?.into(), &[], None, "en");
        Ok(Document { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), segmented })
    };
    list_files(folder, "txt")?.into_iter().map(read).collect()
}

/// Reads the answers and silences of the records.
fn read_gold(folder: &Path, questions: &[Question], documents: &[Document]) -> Result<Gold, Failure> {
    let mut gold = Gold::new();
    for path in list_files(folder, "toml").unwrap_or_default() {
        let record: toml::Table = toml::from_str(&fs::read_to_string(&path)?)?;
        let file = Some(text(&record, "document")).filter(|name| !name.is_empty());
        let file = file.unwrap_or_else(|| stem(&path) + ".txt");
        let Some(number) = documents.iter().position(|document| document.name == file) else { continue };
        let question = |id: &str| questions.iter().position(|question| question.id == id);
        let silent = match record.get("silent") {
            Some(toml::Value::Table(table)) => table.keys().cloned().collect(),
            other => texts(other),
        };
        for id in silent {
            question(&id).map(|question| gold.entry((question, number)).or_default());
        }
        let answers = record.get("answer").and_then(toml::Value::as_array);
        for answer in answers.into_iter().flatten().filter_map(toml::Value::as_table) {
            let Some(question) = question(&text(answer, "question")) else { continue };
            let cell = gold.entry((question, number)).or_default();
            for quote in texts(answer.get("quotes")) {
                cell.extend(quoted_passages(&quote, &documents[number].segmented));
            }
        }
    }
    Ok(gold)
}

/// Returns the start offsets of the passages that overlap with a quote.
fn quoted_passages(quote: &str, document: &SegmentedDocument) -> Vec<usize> {
    let (quote, normalized) = (normal(quote), document.normalized());
    let places = normalized.text().match_indices(&quote);
    let ranges: Vec<_> = places.map(|(at, found)| normalized.source_range(at..at + found.len())).collect();
    let passages = document.passages().iter().map(|passage| &passage.range);
    let hit = passages.filter(|p| ranges.iter().any(|r| p.start < r.end && r.start < p.end));
    hit.map(|passage| passage.start).collect()
}

/// Ranks with BM25 (k1 = 1.2, b = 0.75) over stems of title and terms. Shows at most three passages per document, and
/// none with less than `threshold` times the question's best score.
fn bm25(questions: &[Question], documents: &[&SegmentedDocument], threshold: f64) -> Shown {
    let stems = Stems::of("en");
    let bag = |text: &str| -> Vec<String> {
        let text = normal(text);
        words(&text, "en").iter().map(|word| stems.stem(&word.text).into_owned()).collect()
    };
    let mut passages: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let texts_and_items = document
            .passages()
            .iter()
            .filter(|p| matches!(document.kind(p), ParagraphKind::Text | ParagraphKind::Item));
        passages.extend(texts_and_items.map(|p| (number, p.range.start, bag(&document.words_of(p)))));
    }
    let to_f64 = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let all = to_f64(passages.len());
    let mean = to_f64(passages.iter().map(|passage| passage.2.len()).sum()) / all;
    let row = |question: &Question| -> Vec<Vec<usize>> {
        let mut wanted = bag(&format!("{} {}", question.title, question.terms.join(" ").replace('*', "")));
        wanted.sort();
        wanted.dedup();
        let mut scores = vec![0.0; passages.len()];
        for word in &wanted {
            let times =
                passages.iter().map(|(_, _, bag)| to_f64(bag.iter().filter(|other| *other == word).count()));
            let times: Vec<f64> = times.collect();
            let document_frequency = to_f64(times.iter().filter(|count| **count > 0.0).count());
            let idf = (1.0 + (all - document_frequency + 0.5) / (document_frequency + 0.5)).ln();
            for ((score, count), (_, _, bag)) in scores.iter_mut().zip(times).zip(&passages) {
                *score += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * to_f64(bag.len()) / mean));
            }
        }
        let best = scores.iter().copied().fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..passages.len()).filter(|at| scores[*at] > threshold * best).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        let mut cells = vec![Vec::new(); documents.len()];
        for at in order {
            let cell: &mut Vec<usize> = &mut cells[passages[at].0];
            if cell.len() < 3 {
                cell.push(passages[at].1);
            }
        }
        cells
    };
    questions.iter().map(row).collect()
}
