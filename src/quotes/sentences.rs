//! Sentences, in any language: Wikimedia's rules (the crate `sentencex`), and what trials showed them to miss.
//!
//! A passage that is cut wrong is shorter or longer than its sentence, never of other words.

use std::ops::Range;

use crate::language::primary;

/// Sentences are looked for in stretches of about this many bytes: what the crate does takes more than linear time on
/// a long line without any full stop.
const STRETCH: usize = 8_000;

/// The sentences of a paragraph, as byte ranges without the white space around them. `language` is a BCP 47 tag.
pub fn sentences(text: &str, language: &str) -> Vec<Range<usize>> {
    let primary = primary(language).to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = Vec::new();
    for stretch in stretches(text) {
        let offset = stretch.start;
        let mut at = offset;
        for piece in sentencex::segment(&primary, &text[stretch]) {
            let whole = at..at + piece.len();
            at = whole.end;
            for range in parts(text, whole) {
                let whole = found.last().is_some_and(|last| {
                    let adjacent = last.end == range.start;
                    range.start > offset && goes_on(&text[last.clone()], &text[range.clone()], adjacent)
                });
                match found.last_mut().filter(|_| whole) {
                    Some(last) => last.end = range.end,
                    None => found.push(range),
                }
            }
        }
    }
    found
}

/// A text in stretches that are not too long, cut at white space.
fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while text.len() - start > STRETCH {
        let mut end = start + STRETCH;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let space = text[start..end].rfind(char::is_whitespace).map(|at| start + at);
        end = space.filter(|at| *at > start).unwrap_or(end);
        cuts.push(start..end);
        start = end;
    }
    cuts.push(start..text.len());
    cuts
}

/// A piece without the space around it, and cut once more where a full stop within closing marks ends a sentence that
/// is followed by another: `(as was said.) Critics`, `“‘Never.’” The`.
fn parts(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = piece.start;
    for (at, _) in text[piece.clone()].match_indices(' ') {
        let at = piece.start + at;
        // Of all spaces few are followed by a capital.
        let next = text[at..].chars().find(|c| !c.is_whitespace());
        if at <= start || !next.is_some_and(char::is_uppercase) {
            continue;
        }
        let closers = |c: char| matches!(c, ')' | ']' | '”' | '’' | '"' | '»');
        let closed = text[start..at].trim_end_matches(closers);
        let nested = text[start..at].len() - closed.len() > 3 || text[start..at].ends_with(".)");
        // *He said no. Critics* is no number.
        let refuses = text[start..at].ends_with(" no.");
        if refuses || (nested && closed.ends_with(['.', '!', '?'])) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..piece.end);
    parts.into_iter().filter_map(|part| trimmed(text, part)).collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let whole = &text[range.clone()];
    let inner = whole.trim();
    let start = range.start + (whole.len() - whole.trim_start().len());
    (!inner.is_empty()).then(|| start..start + inner.len())
}

/// Whether what was cut in two is one sentence: the second part goes on as only a part of a sentence does, or the first
/// ends with what is no end.
fn goes_on(before: &str, after: &str, adjacent: bool) -> bool {
    let first = after.chars().find(|c| !c.is_whitespace()).unwrap_or_default();
    let last = before.chars().next_back().unwrap_or_default();
    // `.NET` and its like: a stop that begins a word.
    let begun = before.strip_suffix('.').is_some_and(|rest| rest.ends_with(char::is_whitespace));
    if begun && adjacent && first.is_alphanumeric() {
        return true;
    }
    // A quotation that somebody utters within a sentence of another: `？」と`.
    if matches!(last, '」' | '』') && is_kana(first) {
        return true;
    }
    if last != '.' {
        return false;
    }
    let word = before
        .trim_end_matches('.')
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '’' | '\''))
        .next();
    let word = word.unwrap_or_default();
    // After an abbreviation, a letter in lower case or a figure goes on; a single capital is an initial or title.
    let abbreviated = word.chars().count() <= 4 && !word.is_empty() && word.chars().all(char::is_alphabetic);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let named = initial && first.is_uppercase() && !ends_sentence(before, word);
    (first.is_lowercase() && abbreviated) || named || (is_numbered(word) && first.is_numeric())
}

/// A capital by itself ends a sentence where it is a grade, a plan or a vitamin: then a noun of such goes before it.
fn ends_sentence(before: &str, word: &str) -> bool {
    let rest = before.trim_end_matches('.').strip_suffix(word).unwrap_or(before).trim_end();
    let noun = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    let noun = noun.to_lowercase();
    ["plan", "class", "vitamin", "grade", "part", "type", "group", "section", "hepatitis", "and", "or"]
        .contains(&noun.as_str())
}

/// Words with a full stop after which a number follows.
fn is_numbered(word: &str) -> bool {
    let word = word.to_lowercase();
    ["no", "nos", "nr", "art", "vol", "fig", "sec", "ch", "pp", "p", "abs", "núm", "ст", "§"]
        .contains(&word.as_str())
}

fn is_kana(c: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
        sentences(text, language).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_are_cut_without_the_space_between() {
        assert_eq!(cut("One chip. Two chips?  A third…", "en"), ["One chip.", "Two chips?", "A third…"]);
        assert_eq!(cut("磨坊烧了。没人知道！", "zh"), ["磨坊烧了。", "没人知道！"]);
    }

    #[test]
    fn full_stops_that_end_nothing_are_passed_over() {
        for whole in [
            "The U.S. mills of Mr. T. R. Miller made 3.5 tons of Gemini-Pro-3.1 flour, i.e. a lot.",
            "They built it on .NET and called it No. 5 of the mills.",
            "“It burnt. All of it burnt,” the miller said.",
        ] {
            let found = cut(whole, "en");
            assert_eq!(found.concat().len() + found.len() - 1, whole.len(), "{found:?}");
        }
        assert_eq!(cut("They built it on .NET and called it No. 5 of the mills.", "en").len(), 1);
        assert_eq!(cut("The U.S. mills of Mr. T. R. Miller made 3.5 tons.", "en").len(), 1);
    }

    #[test]
    fn a_stop_within_closing_marks_ends_a_sentence() {
        assert_eq!(
            cut("He said so (twice.) Critics laughed.", "en"),
            ["He said so (twice.)", "Critics laughed."]
        );
        assert_eq!(cut("She called it “burnt.” The miller did not.", "en").len(), 2);
        assert_eq!(cut("Asked whether it burnt he said no. Critics laughed.", "en").len(), 2);
    }

    #[test]
    fn a_long_line_without_an_end_takes_no_longer_than_its_length() {
        let line = "word ".repeat(50_000);
        assert!(sentences(&line, "en").iter().map(Range::len).sum::<usize>() > 240_000);
    }
}
