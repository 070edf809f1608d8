//! Finds the quotations of a document by their quotation marks.
//!
//! Only double quotation marks count, because single marks can't be distinguished from apostrophes; two single marks in
//! a row are a double mark. A straight mark opens a quotation after white space, a dash, an opening bracket, `/` or `:`
//! if no white space follows, and closes it after any character but white space. An unclosed quotation ends with its
//! paragraph, because a speech of several paragraphs has an opening mark in each, but a closing mark only in the last.

use std::ops::Range;

use super::tokens::quotation_mark;

/// Returns the quotations in the given paragraphs, in order, including their marks.
pub(crate) fn quotations<'p>(
    text: &str,
    paragraphs: impl Iterator<Item = &'p Range<usize>>,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let mut open: Option<usize> = None;
        let mut at = paragraph.start;
        let mut before = ' ';
        while let Some(c) = text[at..paragraph.end].chars().next() {
            let rest = &text[at..paragraph.end];
            let Some(length) = quotation_mark(rest) else {
                before = c;
                at += c.len_utf8();
                continue;
            };
            match open {
                None if may_open(c, before, &rest[length..]) => open = Some(at),
                Some(start) if may_close(c, before) => {
                    found.push(start..at + length);
                    open = None;
                }
                _ => {}
            }
            before = c;
            at += length;
        }
        found.extend(open.map(|start| start..paragraph.end));
    }
    found
}

fn may_open(mark: char, before: char, after: &str) -> bool {
    let spaced = before.is_whitespace() || matches!(before, '(' | '[' | '-' | '–' | '—' | '―' | '/' | ':');
    match mark {
        '“' | '„' => true,
        '”' => false,
        _ => spaced && !after.starts_with(char::is_whitespace),
    }
}

fn may_close(mark: char, before: char) -> bool {
    !matches!(mark, '„' | '‘') && (mark == '”' || !before.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let whole = 0..text.len();
        quotations(text, std::iter::once(&whole)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn quotations_may_have_any_double_marks() {
        assert_eq!(
            quoted("“It burnt,” he said, ''all of it'' and \"more\"."),
            ["“It burnt,”", "''all of it''", "\"more\""]
        );
        assert_eq!(quoted("Don't quote 5'' or the miller's."), Vec::<&str>::new());
        assert_eq!(quoted("\"It is open."), ["\"It is open."]);
    }
}
