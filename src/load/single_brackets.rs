//! Reports sections with single brackets, such as `[answer]`, if the file has several of that name. The TOML parser
//! says that they and their keys occur twice, but the mistake is only the missing pair of brackets.

use std::ops::Range;

use toml::de::Error;

use super::keys::TABLE_LIST_KEYS;
use super::toml_line::header_name;
use super::toml_problems::single_brackets;
use crate::files::Span;
use crate::problem::Problems;

/// The lines with single brackets, such as `[answer]`, of sections that occur several times in TOML text: the name and
/// the byte range of the brackets. Only names in [`TABLE_LIST_KEYS`] count.
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

    /// Reports the lines, and returns the byte ranges of their brackets. The text begins at `start`.
    pub(super) fn report(&self, start: Span, problems: &mut Problems) -> Vec<Range<usize>> {
        for (key, line) in &self.lines {
            let span = Span::new(start.file, line.start + start.start..line.end + start.start);
            problems.push(single_brackets(key, span));
        }
        self.lines.iter().map(|(_, line)| line.clone()).collect()
    }

    /// Whether an error is only a consequence of these lines: the name of such a section, or a key in it, occurs twice.
    pub(super) fn cause(&self, error: &Error) -> bool {
        let at = error.span().map_or(0, |range| range.start);
        let section = headers(self.text).take_while(|(_, line)| line.start <= at).last();
        let is_affected = section.is_some_and(|(name, _)| self.lines.iter().any(|(key, _)| *key == name));
        is_affected && error.message().contains("duplicate key")
    }
}

/// Returns, for each line such as `[name]` or `[[name]]`, the name and the byte range of the brackets.
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
