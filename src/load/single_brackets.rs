//! Reports sections with single brackets, `[answer]`, beside others of the same name. TOML takes such a section, and
//! each key below it, for a key that occurs twice, but only a pair of brackets is missing.

use std::ops::Range;

use toml::de::Error;

use super::keys::TABLE_LIST_KEYS;
use super::toml_line::header_name;
use super::toml_problems::single_brackets;
use crate::files::Span;
use crate::problem::Problems;

/// The lines `[answer]` in TOML text with several sections `answer`: name, and byte range of the brackets.
pub(super) struct SingleBrackets<'t> {
    text: &'t str,
    lines: Vec<(&'static str, Range<usize>)>,
}

impl<'t> SingleBrackets<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut lines = Vec::new();
        for key in TABLE_LIST_KEYS {
            let sections = headers(text).filter(|(name, _)| *name == key).map(|(_, line)| line);
            let sections: Vec<Range<usize>> = sections.collect();
            if sections.len() > 1 {
                let single = sections.into_iter().filter(|line| !text[line.clone()].starts_with("[["));
                lines.extend(single.map(|line| (key, line)));
            }
        }
        Self { text, lines }
    }

    /// Reports the lines, and returns their byte ranges. The text begins at `start`.
    pub(super) fn report(&self, start: Span, problems: &mut Problems) -> Vec<Range<usize>> {
        for (key, line) in &self.lines {
            let span = Span::new(start.file, line.start + start.start..line.end + start.start);
            problems.push(single_brackets(key, span));
        }
        self.lines.iter().map(|(_, line)| line.clone()).collect()
    }

    /// Whether the lines are the cause of an error: a key that occurs twice, in or at the top of one of the sections.
    pub(super) fn cause(&self, error: &Error) -> bool {
        let at = error.span().map_or(0, |range| range.start);
        let section = headers(self.text).take_while(|(_, line)| line.start <= at).last();
        let is_affected = section.is_some_and(|(name, _)| self.lines.iter().any(|(key, _)| *key == name));
        is_affected && error.message().contains("duplicate key")
    }
}

/// Returns the name in each line in brackets, and the byte range of the brackets.
fn headers(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((line, start))
    });
    lines.filter_map(|(line, start)| {
        let name = header_name(line)?;
        let comment = line.find('#').unwrap_or(line.len());
        let end = line[..comment].rfind(']').map_or(0, |bracket| bracket + 1);
        Some((name, start..start + end))
    })
}
