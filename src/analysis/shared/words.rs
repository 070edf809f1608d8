//! Extracts the words of a document for comparison with others, and marks those inside quotations.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use sourcewise_quotes::SegmentedDocument;
use unicode_segmentation::UnicodeSegmentation;

use crate::words::is_han_or_hiragana;

/// A word of a document, hashed for comparison.
#[derive(Clone, Debug)]
pub(crate) struct HashedWord {
    /// 64-bit hash of the normalized word in lower case. Words with equal hashes are taken to be equal: collisions are
    /// too rare to matter.
    pub(crate) hash: u64,
    /// Byte range in the document's text, before normalization.
    pub(crate) range: Range<usize>,
    /// Whether the word is inside quotation marks.
    pub(crate) quoted: bool,
    /// Length in half words: a single character of a script without spaces (not Katakana) counts 1, any other word 2.
    pub(crate) half_words: u8,
}

/// Returns the words of a document's text, list items and comments, without headings, boilerplate and messages that a
/// mail quotes.
pub(crate) fn words_of(document: &SegmentedDocument) -> Vec<HashedWord> {
    let normalized = document.normalized();
    let mut all = Vec::new();
    let mut start = 0;
    for (line, paragraph) in normalized.text().split('\n').zip(document.paragraphs()) {
        if paragraph.kind.can_answer() {
            let quotations = quotations(line);
            let mut ahead = quotations.iter().peekable();
            for (at, word) in line.unicode_word_indices() {
                while ahead.next_if(|quotation| quotation.end <= at).is_some() {}
                let range = normalized.source_range(start + at..start + at + word.len());
                let quoted = ahead.peek().is_some_and(|next| next.start <= at);
                all.push(HashedWord { hash: hash(word), range, quoted, half_words: half_words(word) });
            }
        }
        start += line.len() + 1;
    }
    all
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// Returns the length of a word in half words. A single character of a script without spaces counts as half a word,
/// because most Chinese words have two characters.
fn half_words(word: &str) -> u8 {
    let mut chars = word.chars();
    // The range contains Thai, Lao and Myanmar: scripts without spaces, which UAX 29 splits into single characters.
    let single = chars.next().filter(|c| is_han_or_hiragana(*c) || ('\u{e00}'..'\u{1100}').contains(c));
    if single.is_some() && chars.next().is_none() { 1 } else { 2 }
}

/// Returns the byte ranges of the quotations in a normalized paragraph. Single marks count only if the paragraph has no
/// double marks and no corner brackets (「」). An unclosed quotation in double marks extends to the end of the paragraph,
/// because in a quotation of several paragraphs, only the last is closed.
fn quotations(line: &str) -> Vec<Range<usize>> {
    let mark = if line.contains(['"', '「', '『']) { '"' } else { '\'' };
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, next)| *next);
        let opens = matches!(c, '「' | '『') || (c == mark && may_open(before, after));
        let closes = matches!(c, '」' | '』') || (c == mark && may_close(mark, before, after));
        match open {
            Some(start) if closes => {
                found.push(start..at);
                open = None;
            }
            // A second opening mark. The first had no closing mark, so it opened no quotation: start again here.
            Some(_) if opens && c == mark => open = Some(at),
            None if opens => open = Some(at),
            _ => {}
        }
        before = c;
    }
    // A single mark that is never closed is an apostrophe (*'twas*).
    found.extend(open.filter(|_| mark == '"').map(|start| start..line.len()));
    found
}

fn may_open(before: char, after: char) -> bool {
    (!before.is_alphanumeric() || is_han_or_hiragana(before)) && !after.is_whitespace()
}

fn may_close(mark: char, before: char, after: char) -> bool {
    !before.is_whitespace() && (mark == '"' || !after.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        words_of(&document).into_iter().filter(|word| word.quoted).map(|word| &text[word.range]).collect()
    }

    #[test]
    fn quotations_are_recognized_in_several_notations() {
        assert_eq!(quoted("“It burnt,” he said. “All of it.”"), ["It", "burnt", "All", "of", "it"]);
        assert_eq!(quoted("He said ‘it’s burnt’, the miller."), ["it’s", "burnt"]);
        assert_eq!(quoted("他说：“磨坊烧了。”别人不说。"), ["磨", "坊", "烧", "了"]);
        assert_eq!(quoted("彼は「水車」と言った。"), ["水", "車"]);
        assert_eq!(quoted("“It goes on.\n\n“And on,” he said."), ["It", "goes", "on", "And", "on"]);
        assert_eq!(quoted("'Twas the miller's own."), [""; 0]);
    }

    #[test]
    fn only_text_counts_and_ranges_are_the_documents() {
        let text = "The mill\n\nThe Mill’s of\u{ad}fice burnt down.\n\nPhoto by Ann Miller";
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let words: Vec<_> = words_of(&document).into_iter().map(|word| &text[word.range]).collect();
        assert_eq!(words, ["The", "Mill’s", "of\u{ad}fice", "burnt", "down"]);
    }
}
