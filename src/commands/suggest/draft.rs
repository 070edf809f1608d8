//! An answer to be edited: quotes that hold, and nothing that a rule can't know.

use std::fmt::Write as _;
use std::ops::Range;

use sourcewise_analysis::Voice;
use sourcewise_analysis::attribution::{is_pronoun, is_supported_language};
use sourcewise_quotes::{SegmentedDocument, prove_words};

use crate::commands::stub::text;
use crate::find::FoundPassage;
use crate::ids::QuestionId;
use crate::pipeline::Compared;
use crate::verify::{Question, Source};

/// An answer to be edited.
#[derive(Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) question: QuestionId,
    /// Where it comes from, for the author to see.
    pub(super) from: Vec<String>,
    /// Words that stand in the document.
    pub(super) quotes: Vec<String>,
    /// `None` where no rule knows the language.
    pub(super) voice: Option<Voice>,
    pub(super) to: Option<String>,
}

impl Draft {
    /// As it is written into the record.
    pub(super) fn to_toml(&self, questions: &[Question]) -> String {
        let question = questions.iter().find(|question| question.id == self.question);
        let positions = question.into_iter().flat_map(|question| question.positions.keys());
        let positions: Vec<&str> = positions.map(crate::ids::PositionId::as_str).collect();
        let mut toml = String::new();
        for line in &self.from {
            // Writing to a string does not fail.
            let _ = writeln!(toml, "# {line}");
        }
        let _ = writeln!(toml, "[[answer]]\nquestion = {}", text(self.question.as_str()));
        let known =
            if positions.is_empty() { String::new() } else { format!("   # {}", positions.join(" | ")) };
        let _ = writeln!(toml, "position = \"\"{known}\nsummary = \"\"");
        let quotes: Vec<String> = self.quotes.iter().map(|quote| text(quote)).collect();
        let _ = match quotes.as_slice() {
            [one] => writeln!(toml, "quotes = [{one}]"),
            many => writeln!(toml, "quotes = [\n    {},\n]", many.join(",\n    ")),
        };
        let _ = match self.voice {
            Some(voice) => writeln!(toml, "voice = {}", text(voice.as_str())),
            None => writeln!(toml, "# voice = \"own\"   # own | attributed | hedged | forecast"),
        };
        if let Some(to) = &self.to {
            let _ = writeln!(toml, "to = {}", text(to));
        }
        toml.push('\n');
        toml
    }
}

/// What the rules found in a source for some questions, as answers to be edited.
pub(super) fn by_rule(compared: &Compared, source: &Source, questions: &[&Question]) -> Vec<Draft> {
    let Some(document) = compared.corpus.get(&source.id) else { return Vec::new() };
    let longest = compared.verified.site.quote_words;
    let drafts = questions.iter().filter_map(|question| {
        let found = compared.found.cell(&question.id, &source.id)?;
        let quoted: Vec<(String, &FoundPassage)> =
            found.iter().filter_map(|found| Some((quote(document, found, longest)?, found))).collect();
        let (_, best) = quoted.first()?;
        let to = best.attribution.speaker.as_ref().map(|range| document.text()[range.clone()].to_owned());
        Some(Draft {
            question: question.id.clone(),
            from: quoted.iter().map(|(_, found)| origin(document, found)).collect(),
            voice: is_supported_language(document.language()).then_some(best.attribution.voice),
            to: to.filter(|to| !is_pronoun(to)),
            quotes: quoted.into_iter().map(|(quote, _)| quote).collect(),
        })
    });
    drafts.collect()
}

/// "by rule, paragraph 3, match 83: fire, burnt"
fn origin(document: &SegmentedDocument, found: &FoundPassage) -> String {
    let paragraph = found.number.of(document.passages()).paragraph;
    let mut words: Vec<&str> = found.words.iter().map(|range| &document.text()[range.clone()]).collect();
    words.dedup();
    let words = crate::text::one_line(&words.join(", "));
    format!("by rule, paragraph {paragraph}, match {:.0}: {words}", found.score * 100.0)
}

/// A passage as a quote that may be made: all of it, or the stretch of so many words with the most that matched.
fn quote(document: &SegmentedDocument, found: &FoundPassage, longest: usize) -> Option<String> {
    let whole = &found.number.of(document.passages()).range;
    let words = words_in(document.text(), whole);
    let matched = |word: &Range<usize>| found.words.iter().any(|m| m.start < word.end && word.start < m.end);
    let length = longest.min(words.len());
    let best = words.windows(length.max(1)).enumerate().max_by_key(|(at, window)| {
        let hits = window.iter().filter(|word| matched(word)).count();
        // Of windows that have as many, one that begins where the sentence does, or a part of it.
        let begins =
            *at == 0 || document.text()[..window[0].start].trim_end().ends_with([',', ';', ':', '—', '–']);
        (hits, begins, std::cmp::Reverse(*at))
    });
    let (_, window) = best?;
    let (first, last) = (window.first()?, window.last()?);
    let stretch = crate::text::one_line(&document.text()[first.start..last.end]);
    let trimmed = stretch.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '—' | '–' | ' '));
    prove_words(trimmed, document).map(|_| trimmed.to_owned())
}

/// The stretches between white space.
fn words_in(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let inside = &text[range.clone()];
    let start = inside.as_ptr() as usize;
    let words = inside.split_whitespace().map(|word| {
        let at = range.start + (word.as_ptr() as usize - start);
        at..at + word.len()
    });
    words.collect()
}
