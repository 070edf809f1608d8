//! Splits a paragraph into sentences, in any language: by the rules of the crate `sentencex` (Wikimedia), with
//! corrections for its errors.
//!
//! If a split is wrong, a passage is shorter or longer than the sentence, but the words don't change.

use std::ops::Range;

use crate::language::primary;

/// Longer paragraphs are split into chunks first, because `sentencex` takes more than linear time on a long line
/// without a full stop.
const MAX_CHUNK_BYTES: usize = 8_000;
/// One typographic closing mark has three bytes. If the closing marks after a full stop are longer, they close nested
/// quotations.
const MAX_CLOSING_MARK_BYTES: usize = 3;
/// A longer word with a full stop is not an abbreviation.
const MAX_ABBREVIATION_CHARS: usize = 4;

/// Splits a paragraph into sentences: byte ranges without the surrounding white space. `language` is a BCP 47 tag.
pub fn sentences(text: &str, language: &str) -> Vec<Range<usize>> {
    let primary = primary(language).to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = Vec::new();
    for chunk in chunks(text) {
        let offset = chunk.start;
        let mut at = offset;
        for piece in sentencex::segment(&primary, &text[chunk]) {
            let whole = at..at + piece.len();
            at = whole.end;
            for range in parts(text, whole) {
                let whole = found.last().is_some_and(|last| {
                    let adjacent = last.end == range.start;
                    range.start > offset && continues(&text[last.clone()], &text[range.clone()], adjacent)
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

/// Splits a text into chunks of at most `MAX_CHUNK_BYTES`, at white space where possible.
fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while text.len() - start > MAX_CHUNK_BYTES {
        let mut end = start + MAX_CHUNK_BYTES;
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

/// Trims a sentence that `sentencex` found. If it contains two sentences, splits it before a capital: after a full
/// stop and a closing bracket, as in `(as was said.) Critics`; after a full stop, question or exclamation mark and
/// nested closing marks, as in `“‘Never.’” The`; and after the word *no.*
fn parts(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = piece.start;
    for (at, _) in text[piece.clone()].match_indices(' ') {
        let at = piece.start + at;
        // Only a capital after the space can begin a sentence. This check is cheap, so it comes first.
        let next = text[at..].chars().find(|c| !c.is_whitespace());
        if at <= start || !next.is_some_and(char::is_uppercase) {
            continue;
        }
        let closers = |c: char| matches!(c, ')' | ']' | '”' | '’' | '"' | '»');
        let closed = text[start..at].trim_end_matches(closers);
        let nested =
            text[start..at].len() - closed.len() > MAX_CLOSING_MARK_BYTES || text[start..at].ends_with(".)");
        // In *He said no. Critics*, the word *no* doesn't abbreviate *number*.
        let ends_with_no = text[start..at].ends_with(" no.");
        if ends_with_no || (nested && closed.ends_with(['.', '!', '?'])) {
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

/// Whether `after` continues the sentence of `before`: `after` begins in a way in which no sentence begins, or
/// `before` ends with a full stop that belongs to a word. `adjacent`: whether no space is between the two.
fn continues(before: &str, after: &str, adjacent: bool) -> bool {
    let first = after.chars().find(|c| !c.is_whitespace()).unwrap_or_default();
    let last = before.chars().next_back().unwrap_or_default();
    // The full stop begins a word: `.NET`.
    let dot_begins_word = before.strip_suffix('.').is_some_and(|rest| rest.ends_with(char::is_whitespace));
    if dot_begins_word && adjacent && first.is_alphanumeric() {
        return true;
    }
    // The Japanese sentence continues after a quotation: `？」と`.
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
    // A lower-case letter after a short word continues the sentence, and so does a capital after an initial, or a
    // digit after an abbreviation such as *No.*
    let abbreviated = word.chars().count() <= MAX_ABBREVIATION_CHARS
        && !word.is_empty()
        && word.chars().all(char::is_alphabetic);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let named = initial && first.is_uppercase() && !ends_sentence(before, word);
    (first.is_lowercase() && abbreviated) || named || (is_numbered(word) && first.is_numeric())
}

/// Whether the single capital letter `word` at the end of `before` ends the sentence, because the noun before it takes
/// a letter: *vitamin C.*, *plan B.*
fn ends_sentence(before: &str, word: &str) -> bool {
    let rest = before.trim_end_matches('.').strip_suffix(word).unwrap_or(before).trim_end();
    let noun = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    let noun = noun.to_lowercase();
    ["plan", "class", "vitamin", "grade", "part", "type", "group", "section", "hepatitis", "and", "or"]
        .contains(&noun.as_str())
}

/// Whether a word is an abbreviation that usually precedes a number: *No. 5*.
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
    fn sentences_are_split_without_the_space_between() {
        assert_eq!(cut("One chip. Two chips?  A third…", "en"), ["One chip.", "Two chips?", "A third…"]);
        assert_eq!(cut("磨坊烧了。没人知道！", "zh"), ["磨坊烧了。", "没人知道！"]);
    }

    #[test]
    fn full_stops_inside_a_sentence_do_not_end_it() {
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
    fn a_full_stop_inside_closing_marks_ends_a_sentence() {
        assert_eq!(
            cut("He said so (twice.) Critics laughed.", "en"),
            ["He said so (twice.)", "Critics laughed."]
        );
        assert_eq!(cut("She called it “burnt.” The miller did not.", "en").len(), 2);
        assert_eq!(cut("Asked whether it burnt he said no. Critics laughed.", "en").len(), 2);
    }

    #[test]
    fn a_long_line_without_full_stops_takes_linear_time() {
        let line = "word ".repeat(50_000);
        assert!(sentences(&line, "en").iter().map(Range::len).sum::<usize>() > 240_000);
    }
}
