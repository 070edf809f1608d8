//! Prints the topics found in folders of documents, one story per folder, with their cells, to be judged by hand.
//!
//! `cargo run --release --example topics -- FOLDER… [--judged FILE] [--brief]` reads the `.txt` files of every folder.
//! A judgement file has one line per topic with three tab-separated fields: the folder's name, the topic, and `good`
//! (worth a row of a comparison), `dull` (correct, but not worth a row) or `wrong` (not a topic, or cells about
//! something else). With such a file, the share of each judgement is printed, and topics without one are marked.

#![expect(clippy::print_stdout, reason = "prints a table")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use sourcewise_analysis::passages::{Hit, SearchQuery, find};
use sourcewise_analysis::topics::{Topic, topics};
use sourcewise_quotes::SegmentedDocument;

type Failure = Box<dyn Error>;
/// (folder, topic) → judgement.
type Judgements = BTreeMap<(String, String), String>;

/// The valid judgements.
const KINDS: [&str; 3] = ["good", "dull", "wrong"];

fn main() -> Result<(), Failure> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_brief = arguments.iter().position(|argument| argument == "--brief");
    let is_brief = is_brief.map(|at| arguments.remove(at)).is_some();
    let judged = match arguments.iter().position(|argument| argument == "--judged") {
        Some(at) if at + 1 < arguments.len() => {
            arguments.remove(at);
            read_judgements(Path::new(&arguments.remove(at)))?
        }
        _ => Judgements::new(),
    };
    if arguments.is_empty() {
        return Err("usage: topics FOLDER… [--judged FILE] [--brief]".into());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in &arguments {
        let folder = Path::new(folder);
        let story = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (names, documents) = read_documents(folder)?;
        let documents: Vec<&SegmentedDocument> = documents.iter().collect();
        let found = topics(&documents);
        println!("{story}: {} documents, {} topics", documents.len(), found.len());
        for (topic, cells) in found.iter().zip(find_cells(&found, &documents)) {
            let judgement = judged.get(&(story.clone(), topic.label.clone())).map(String::as_str);
            *counts.entry(judgement.unwrap_or("not judged")).or_default() += 1;
            println!("  {} [{}] {}", topic.label, topic.terms.join(", "), judgement.unwrap_or_default());
            if !is_brief {
                print_cells(&names, &documents, &cells);
            }
        }
    }
    print_shares(&counts);
    Ok(())
}

/// Finds the passages of every document about every topic.
fn find_cells(topics: &[Topic], documents: &[&SegmentedDocument]) -> Vec<Vec<Vec<Hit>>> {
    let asks: Vec<SearchQuery<'_>> = topics
        .iter()
        .map(|topic| SearchQuery { title: &topic.label, terms: &topic.terms, topic: true })
        .collect();
    find(&asks, documents)
}

fn print_cells(names: &[String], documents: &[&SegmentedDocument], cells: &[Vec<Hit>]) {
    for ((name, document), cell) in names.iter().zip(documents).zip(cells) {
        match cell.first() {
            Some(hit) => println!("    {name}: {}", document.words_of(&hit.passage)),
            None => println!("    {name}: —"),
        }
    }
}

fn print_shares(counts: &BTreeMap<&str, usize>) {
    let all: usize = KINDS.iter().filter_map(|kind| counts.get(kind)).sum();
    for (kind, count) in counts {
        let share =
            if KINDS.contains(kind) { format!(" {:>3} %", count * 100 / all.max(1)) } else { String::new() };
        println!("{kind:12}{count:>4}{share}");
    }
}

fn read_judgements(file: &Path) -> Result<Judgements, Failure> {
    let mut judgements = Judgements::new();
    for line in fs::read_to_string(file)?.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [story, topic, kind] = fields[..] else {
            return Err(format!("expected three tab-separated fields: {line}").into());
        };
        if !KINDS.contains(&kind) {
            return Err(format!("expected `good`, `dull` or `wrong`: {line}").into());
        }
        judgements.insert((story.to_owned(), topic.to_owned()), kind.to_owned());
    }
    Ok(judgements)
}

fn read_documents(folder: &Path) -> Result<(Vec<String>, Vec<SegmentedDocument>), Failure> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut documents = Vec::new();
    for path in &paths {
        documents.push(SegmentedDocument::of(fs::read_to_string(path)?.into(), &[], None, "en"));
    }
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok((paths.iter().map(name).collect(), documents))
}
