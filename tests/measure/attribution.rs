//! Measures attribution against texts annotated by hand.
//!
//! `cargo run --release --example attribution -- DIR [--half first|second] [--wrong] [--cues]`
//!
//! The folder holds `NAME.txt` and `NAME.ann` in brat's stand-off format, as in the corpus `PolNeAR`: `T` lines are
//! spans, in characters; `E` lines join `Source`, `Cue` and `Content` spans to an attribution. A sentence has an
//! attribution if a cue begins in it; by a second definition, if it overlaps with a cue, source or content. `--wrong`
//! lists attributions found wrongly, attributions missed, and wrong speakers; `--cues` counts every cue found.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "prints a table")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, io};

use sourcewise_analysis::Voice;
use sourcewise_analysis::attribution::{Attribution, attributions};
use sourcewise_quotes::SegmentedDocument;

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != name);
        arguments.len() < before
    };
    let (wrong, cues) = (flag("--wrong"), flag("--cues"));
    let half = arguments.iter().position(|argument| argument == "--half").map(|at| {
        arguments.remove(at);
        if at < arguments.len() { arguments.remove(at) } else { String::new() }
    });
    let Some(folder) = arguments.first() else {
        eprintln!("attribution DIR [--half first|second] [--wrong] [--cues]");
        return Ok(());
    };
    let mut table = Table::default();
    for (index, path) in annotated_texts(Path::new(folder))?.iter().enumerate() {
        let is_first = index % 2 == 0;
        if half.as_deref().is_some_and(|half| (half == "first") != is_first) {
            continue;
        }
        let text = fs::read_to_string(path)?;
        let gold = parse_gold(&text, &fs::read_to_string(path.with_extension("ann"))?);
        let start = Instant::now();
        let document = SegmentedDocument::of(text.into(), &[], None, "en");
        table.segment_time += start.elapsed();
        let start = Instant::now();
        let found = attributions(&document);
        table.voice_time += start.elapsed();
        table.add(&document, &gold, &found, wrong);
    }
    table.print(cues);
    Ok(())
}

/// Lists the annotated texts of a folder, sorted by name.
fn annotated_texts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") && path.with_extension("ann").exists()
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// An annotated attribution: byte ranges of its parts.
#[derive(Default)]
struct GoldAttribution {
    cue: Vec<Range<usize>>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// Parses a stand-off file.
fn parse_gold(text: &str, annotation: &str) -> Vec<GoldAttribution> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |character: usize| bytes.get(character).copied().unwrap_or(text.len());
    let mut spans: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let mut events: Vec<&str> = Vec::new();
    for line in annotation.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(value)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('E') {
            events.push(value);
        } else if let Some((_, places)) = value.split_once(' ').filter(|_| id.starts_with('T')) {
            let ranges = places.split(';').filter_map(|place| {
                let (start, end) = place.split_once(' ')?;
                Some(byte(start.parse().ok()?)..byte(end.parse().ok()?))
            });
            spans.insert(id, ranges.collect());
        }
    }
    events.iter().map(|event| parse_event(event, &spans)).collect()
}

fn parse_event(event: &str, spans: &BTreeMap<&str, Vec<Range<usize>>>) -> GoldAttribution {
    let mut attribution = GoldAttribution::default();
    for (role, id) in event.split(' ').filter_map(|part| part.split_once(':')) {
        let ranges = spans.get(id).cloned().unwrap_or_default();
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Cue" => attribution.cue.extend(ranges),
            "Source" => attribution.source.extend(ranges),
            "Content" => attribution.content.extend(ranges),
            _ => {}
        }
    }
    attribution
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Counts for precision and recall.
#[derive(Clone, Copy, Default)]
struct Count {
    gold: usize,
    found: usize,
    correct: usize,
}

impl Count {
    fn add(&mut self, gold: bool, found: bool) {
        self.gold += usize::from(gold);
        self.found += usize::from(found);
        self.correct += usize::from(gold && found);
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of sentences are small")]
    fn print(self, name: &str) {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let (precision, recall) = (share(self.correct, self.found), share(self.correct, self.gold));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        println!(
            "{name:<34} {:>5} {:>5} {:>5}  {precision:.3}  {recall:.3}  {f1:.3}",
            self.gold, self.found, self.correct
        );
    }
}

#[derive(Default)]
struct Table {
    sentences: usize,
    bytes: usize,
    segment_time: Duration,
    voice_time: Duration,
    by_cue: Count,
    by_any_part: Count,
    by_content: Count,
    classes: BTreeMap<String, Count>,
    words: BTreeMap<String, Count>,
    /// Counts of correctly found attributions that have an annotated speaker: all; those for which a speaker was found;
    /// those for which the correct speaker was found.
    speakers: [usize; 3],
}

impl Table {
    fn add(
        &mut self,
        document: &SegmentedDocument,
        gold: &[GoldAttribution],
        found_attributions: &[Attribution],
        wrong: bool,
    ) {
        self.bytes += document.text().len();
        for (passage, attribution) in document.passages().iter().zip(found_attributions) {
            self.sentences += 1;
            let found = attribution.voice == Voice::Attributed;
            let within: Vec<&GoldAttribution> = gold
                .iter()
                .filter(|one| one.cue.first().is_some_and(|cue| passage.range.contains(&cue.start)))
                .collect();
            let overlaps_any =
                |ranges: &[Range<usize>]| ranges.iter().any(|range| overlaps(range, &passage.range));
            let is_gold = !within.is_empty();
            self.by_cue.add(is_gold, found);
            self.by_content.add(gold.iter().any(|one| overlaps_any(&one.content)), found);
            self.by_any_part.add(
                gold.iter().any(|one| {
                    overlaps_any(&one.content) || overlaps_any(&one.cue) || overlaps_any(&one.source)
                }),
                found,
            );
            if found {
                let class = attribution.class.map_or_else(String::new, |class| format!("{class:?}"));
                self.classes.entry(class).or_default().add(is_gold, true);
                for cue in &attribution.cues {
                    let marked = gold.iter().any(|one| one.cue.iter().any(|range| overlaps(range, cue)));
                    let word = document.text()[cue.clone()].to_lowercase();
                    self.words.entry(word).or_default().add(marked, true);
                }
            }
            if wrong && is_gold != found {
                let kind = if found { "FALSE POSITIVE" } else { "FALSE NEGATIVE" };
                let cues: Vec<&str> = if found {
                    attribution.cues.iter().map(|cue| &document.text()[cue.clone()]).collect()
                } else {
                    within.iter().flat_map(|one| &one.cue).map(|cue| &document.text()[cue.clone()]).collect()
                };
                println!(
                    "{kind} {:?} {:?} {cues:?} {}",
                    document.kind(passage),
                    attribution.class,
                    document.words_of(passage)
                );
            }
            if is_gold && found {
                self.count_speaker(document, &within, attribution, passage.range.clone(), wrong);
            }
        }
    }

    fn count_speaker(
        &mut self,
        document: &SegmentedDocument,
        within: &[&GoldAttribution],
        attribution: &Attribution,
        passage: Range<usize>,
        wrong: bool,
    ) {
        let sources: Vec<&Range<usize>> = within.iter().flat_map(|one| &one.source).collect();
        if sources.is_empty() {
            return;
        }
        self.speakers[0] += 1;
        let is_correct =
            attribution.speaker.as_ref().is_some_and(|to| sources.iter().any(|source| overlaps(source, to)));
        self.speakers[1] += usize::from(attribution.speaker.is_some());
        self.speakers[2] += usize::from(is_correct);
        if wrong && !is_correct {
            let words = |range: &Range<usize>| document.text()[range.clone()].to_owned();
            let marked: Vec<String> = sources.iter().map(|source| words(source)).collect();
            let cues: Vec<String> = attribution.cues.iter().map(words).collect();
            println!(
                "WRONG SPEAKER {:?} {cues:?}, expected {marked:?}: {}",
                attribution.speaker.as_ref().map(words),
                words(&passage)
            );
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of sentences are small")]
    fn print(&self, cues: bool) {
        println!(
            "{} sentences, {} bytes; segmented in {:?}, voices in {:?}",
            self.sentences, self.bytes, self.segment_time, self.voice_time
        );
        println!("{:<34} {:>5} {:>5} {:>5}  {:<5}  {:<5}  F1", "", "gold", "found", "correct", "P", "R");
        self.by_cue.print("cue begins in the sentence");
        self.by_any_part.print("overlaps cue, source or content");
        self.by_content.print("overlaps content");
        let [all, named, correct] = self.speakers;
        let share = |of: usize| if of == 0 { 0.0 } else { correct as f64 / of as f64 };
        println!(
            "speaker: {all} annotated and found, {named} named, {correct} correct: {:.3} of found, {:.3} of named",
            share(all),
            share(named)
        );
        for (class, count) in &self.classes {
            println!("  {class:<14} found {:>5}, correct {:>5}", count.found, count.correct);
        }
        if cues {
            let mut words: Vec<_> = self.words.iter().collect();
            words.sort_by_key(|(word, count)| (std::cmp::Reverse(count.found - count.correct), *word));
            for (word, count) in words {
                print!("{word} {}/{}; ", count.correct, count.found);
            }
            println!();
        }
    }
}
