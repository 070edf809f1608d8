//! Classifies paragraphs: text, heading, list item, boilerplate, part of an earlier message, or reader's comment.
//!
//! In plain text, the length, final punctuation and bullet of a line decide, which works in every language. Phrases of
//! boilerplate are in `boilerplate.rs`.

use std::ops::Range;

use super::paragraphs::is_item;
use super::{Paragraph, ParagraphKind, is_quoted_message};
use crate::block::{Block, BlockKind};
use crate::boilerplate::is_boilerplate;

/// The words of the line that mail programs put before an earlier message, in lower case and without the hyphens around
/// them.
const EARLIER_MESSAGE: [&str; 3] = ["original message", "ursprüngliche nachricht", "message d'origine"];
/// A line with more words is not a heading.
const MAX_HEADING_WORDS: usize = 16;
/// A line with a question or exclamation mark at its end and at least this many words is a sentence, not a heading,
/// unless it is the first line.
const MIN_QUESTION_WORDS: usize = 10;
/// A line with more characters is not a heading. This is the limit for scripts without spaces.
const MAX_HEADING_CHARS: usize = 120;

/// Classifies the paragraphs of a plain text, which are given by their ranges. After a line that begins an earlier
/// message, all paragraphs belong to that message, and so does the line.
pub(crate) fn classify_lines(text: &str, ranges: Vec<Range<usize>>) -> Vec<Paragraph> {
    let lines: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
    let message = lines.iter().position(|line| begins_earlier_message(line)).unwrap_or(lines.len());
    let kind_at = |(index, line): (usize, &&str)| {
        if index >= message || is_quoted_message(text, ranges[index].start) {
            return ParagraphKind::QuotedMessage;
        }
        kind(line, index == 0, lines.get(index + 1).copied())
    };
    let kinds: Vec<ParagraphKind> = lines.iter().enumerate().map(kind_at).collect();
    ranges.into_iter().zip(kinds).map(|(range, kind)| Paragraph { kind, range }).collect()
}

/// Turns the blocks that a format marks up into paragraphs. Captions are boilerplate, headings never are; boilerplate
/// among other blocks is recognized as in plain text.
pub(crate) fn classify_blocks(text: &str, blocks: &[Block]) -> Vec<Paragraph> {
    let paragraph = |(index, block): (usize, &Block)| {
        let kind = match block.kind {
            BlockKind::Heading => ParagraphKind::Heading,
            BlockKind::Caption => ParagraphKind::Boilerplate,
            _ if is_boilerplate(&text[block.range.clone()], index == 0) => ParagraphKind::Boilerplate,
            BlockKind::Comment => ParagraphKind::Comment,
            BlockKind::Item => ParagraphKind::Item,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Table | BlockKind::Note => {
                ParagraphKind::Text
            }
        };
        Paragraph { kind, range: block.range.clone() }
    };
    blocks.iter().enumerate().map(paragraph).collect()
}

/// Whether a paragraph is the line that some mail programs put before the message to which a mail replies.
fn begins_earlier_message(line: &str) -> bool {
    line.starts_with("--")
        && line.ends_with("--")
        && EARLIER_MESSAGE.contains(&line.trim_matches(['-', ' ']).to_lowercase().as_str())
}

/// Classifies a paragraph. `first`: whether it is the first of the document; `next`: the paragraph after it.
fn kind(line: &str, first: bool, next: Option<&str>) -> ParagraphKind {
    if is_boilerplate(line, first) {
        ParagraphKind::Boilerplate
    } else if is_item(line) {
        ParagraphKind::Item
    } else if is_heading(line, first, next) {
        ParagraphKind::Heading
    } else {
        ParagraphKind::Text
    }
}

fn is_heading(line: &str, first: bool, next: Option<&str>) -> bool {
    let is_markdown =
        line.strip_prefix('#').is_some_and(|rest| rest.trim_start_matches('#').starts_with(' '));
    if is_markdown {
        return true;
    }
    if line.chars().nth(MAX_HEADING_CHARS).is_some()
        || line.split_whitespace().nth(MAX_HEADING_WORDS).is_some()
    {
        return false;
    }
    let last = line.trim_end_matches(['”', '"', '’', '\'', ')', '»', '」']).chars().next_back();
    // A line that ends with a full stop, colon or comma is not a heading. A line that ends with `?` or `!` may be.
    let is_open = !matches!(last, Some('.' | ':' | ';' | ',' | '…' | '。' | '：' | '；' | '،' | '।'));
    let introduces_text =
        next.is_some_and(|next| next.chars().count() > line.chars().count() || !is_item(next));
    let is_question = matches!(last, Some('?' | '!' | '？' | '！'))
        && !first
        && line.split_whitespace().nth(MIN_QUESTION_WORDS - 1).is_some();
    is_open && !is_question && (first || introduces_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(lines: &[&str]) -> Vec<ParagraphKind> {
        let text = lines.join("\n\n");
        let mut at = 0;
        let ranges = lines.iter().map(|line| {
            let start = at;
            at += line.len() + 2;
            start..start + line.len()
        });
        let ranges = ranges.collect();
        classify_lines(&text, ranges).into_iter().map(|paragraph| paragraph.kind).collect()
    }

    #[test]
    fn earlier_messages_are_the_words_of_others() {
        use ParagraphKind::{Heading, QuotedMessage, Text};
        let lines =
            ["The mill", "It burnt down, I think.", "----- Original Message -----", "Is it true? I saw it."];
        assert_eq!(kinds_of(&lines), [Heading, Text, QuotedMessage, QuotedMessage]);
        let text = "It burnt down.\n> Is it true?\n";
        let quoted = classify_lines(text, vec![0..14, 17..28]);
        assert_eq!(quoted[1].kind, QuotedMessage);
    }

    #[test]
    fn headings_are_short_lines_without_a_final_stop() {
        use ParagraphKind::{Heading, Item, Text};
        let lines = [
            "Fire at the old mill",
            "The old mill at the ford burnt down on Friday.",
            "What the night watch saw",
            "It saw lightning, it says, and nobody else was awake to see any of it.",
            "It can lead to:",
            "- more fires",
            "He had said so.",
        ];
        assert_eq!(kinds_of(&lines), [Heading, Text, Heading, Text, Text, Item, Text]);
    }
}
