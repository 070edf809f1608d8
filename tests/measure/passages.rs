//! Measures passages found by rule against a site's records, beside a plain ranking (BM25) of the same passages.
//!
//! `cargo run --release --example passages -- SITE DOCUMENTS` takes the questions and records of a site and the
//! documents that the records name, and prints a table.

#![expect(clippy::print_stdout, reason = "a table for whoever runs it")]

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
/// Where the passages begin that are shown, by question and then by document, best first.
type Shown = Vec<Vec<Vec<usize>>>;
/// For each question and document that a record speaks of, where the passages begin that it quotes; none: silent.
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
    let gold = gold(&site.join("seeds"), &questions, &documents)?;
    println!("{} questions, {} documents, {} cells in records", questions.len(), documents.len(), gold.len());
    println!(
        "{:24}{:>16}{:>16}{:>16}{:>16}",
        "", "passages right", "cells right", "answered", "right silence"
    );
    let asks: Vec<SearchQuery<'_>> = questions
        .iter()
        .map(|question| SearchQuery { title: &question.title, terms: &question.terms, topic: false })
        .collect();
    let segmented: Vec<&SegmentedDocument> = documents.iter().map(|document| &document.segmented).collect();
    for share in [0.3, 0.5, 0.7] {
        print_row(&format!("BM25, cut at {share}"), &gold, &bm25(&questions, &segmented, share));
    }
    let found = find(&asks, &segmented);
    let places = |cell: Vec<_>| {
        cell.into_iter().map(|hit: sourcewise_analysis::passages::Hit| hit.passage.range.start)
    };
    let shown: Shown =
        found.into_iter().map(|row| row.into_iter().map(|cell| places(cell).collect()).collect()).collect();
    print_row("by rule", &gold, &shown);
    let cells: usize = shown.iter().flatten().filter(|cell| !cell.is_empty()).count();
    println!("by rule, {cells} of {} cells show something", questions.len() * documents.len());
    Ok(())
}

fn print_row(name: &str, gold: &Gold, shown: &Shown) {
    let mut counts = [(0, 0); 4];
    let mut count = |at: usize, right: usize, all: usize| {
        counts[at].0 += right;
        counts[at].1 += all;
    };
    for ((question, document), quoted) in gold {
        let cell = &shown[*question][*document];
        let right = cell.iter().filter(|place| quoted.contains(place)).count();
        count(0, right, cell.len());
        count(1, right.min(1), cell.len().min(1));
        if quoted.is_empty() {
            count(3, usize::from(cell.is_empty()), 1);
        } else {
            count(2, right.min(1), 1);
        }
    }
    let row = counts.iter().fold(String::new(), |mut row, (right, all)| {
        let share = f64::from(u32::try_from(*right).unwrap_or(0))
            / f64::from(u32::try_from(*all).unwrap_or(1).max(1));
        let _ = write!(row, "{:>16}", format!("{share:.2} {right}/{all}"));
        row
    });
    println!("{name:24}{row}");
}

fn sorted(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
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
    sorted(folder, "md")?.into_iter().map(read).collect()
}

fn read_documents(folder: &Path) -> Result<Vec<Document>, Failure> {
    let read = |path: PathBuf| -> Result<Document, Failure> {
        let segmented = SegmentedDocument::of(fs::read_to_string(&path)?.into(), &[], None, "en");
        Ok(Document { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), segmented })
    };
    sorted(folder, "txt")?.into_iter().map(read).collect()
}

/// What the records say, each quote at its places.
fn gold(folder: &Path, questions: &[Question], documents: &[Document]) -> Result<Gold, Failure> {
    let mut gold = Gold::new();
    for path in sorted(folder, "toml").unwrap_or_default() {
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
                cell.extend(quoted(&quote, &documents[number].segmented));
            }
        }
    }
    Ok(gold)
}

/// Where the passages begin that hold a part of a quote.
fn quoted(quote: &str, document: &SegmentedDocument) -> Vec<usize> {
    let (quote, folded) = (normal(quote), document.normalized());
    let places = folded.text().match_indices(&quote);
    let ranges: Vec<_> = places.map(|(at, found)| folded.source_range(at..at + found.len())).collect();
    let passages = document.passages().iter().map(|passage| &passage.range);
    let hit = passages.filter(|p| ranges.iter().any(|r| p.start < r.end && r.start < p.end));
    hit.map(|passage| passage.start).collect()
}

/// The plain ranking: BM25 (k1 = 1.2, b = 0.75) of stems over title and terms; at most three passages of a document,
/// none with less than a share of the question's best.
fn bm25(questions: &[Question], documents: &[&SegmentedDocument], cut: f64) -> Shown {
    let stems = Stems::of("en");
    let bag = |text: &str| -> Vec<String> {
        let text = normal(text);
        words(&text, "en").iter().map(|word| stems.stem(&word.text).into_owned()).collect()
    };
    let mut passages: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let kept = document
            .passages()
            .iter()
            .filter(|p| matches!(document.kind(p), ParagraphKind::Text | ParagraphKind::Item));
        passages.extend(kept.map(|p| (number, p.range.start, bag(document.words_of(p)))));
    }
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let all = number(passages.len());
    let mean = number(passages.iter().map(|passage| passage.2.len()).sum()) / all;
    let row = |question: &Question| -> Vec<Vec<usize>> {
        let mut wanted = bag(&format!("{} {}", question.title, question.terms.join(" ").replace('*', "")));
        wanted.sort();
        wanted.dedup();
        let mut scores = vec![0.0; passages.len()];
        for word in &wanted {
            let times =
                passages.iter().map(|(_, _, bag)| number(bag.iter().filter(|other| *other == word).count()));
            let times: Vec<f64> = times.collect();
            let holding = number(times.iter().filter(|count| **count > 0.0).count());
            let rarity = (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln();
            for ((score, count), (_, _, bag)) in scores.iter_mut().zip(times).zip(&passages) {
                *score += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * number(bag.len()) / mean));
            }
        }
        let best = scores.iter().copied().fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..passages.len()).filter(|at| scores[*at] > cut * best).collect();
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
