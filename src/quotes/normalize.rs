//! Converts text to the normal form in which quotes and documents are compared, with a map back to the original bytes.
//! Also checks whether a match in normal form splits a word or number.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// After an apostrophe, fewer letters are the end of a contraction (*won't*) and not a word of their own.
const MIN_ELIDED_WORD_LETTERS: usize = 3;

/// A text in normal form, with a map from its bytes to those of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalizedText {
    text: String,
    mappings: Vec<Mapping>,
    /// End of the normalized part of the source, as a byte offset.
    source_end: usize,
}

/// Maps a range of normalized bytes, which ends where the next mapping begins, to bytes of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mapping {
    /// Start of the range in the normal form.
    normal: usize,
    /// Start of the range in the source.
    source: usize,
    /// Whether the two ranges are equal byte for byte. Otherwise the ranges correspond only as a whole.
    verbatim: bool,
}

impl NormalizedText {
    /// Normalizes a text as one paragraph. White space at its start and end is dropped.
    pub fn of(text: &str) -> Self {
        Self::of_paragraphs(text, std::iter::once(0..text.len()))
    }

    /// Normalizes the given paragraphs of `source`, each to one line. The result has no other line feeds, so that words
    /// without a line feed can't match across two paragraphs.
    pub fn of_paragraphs(source: &str, paragraphs: impl Iterator<Item = Range<usize>>) -> Self {
        let mut normalizer = Normalizer { out: Self::default(), pending_space: None, line_start: 0 };
        normalizer.out.text.reserve(source.len());
        for (index, range) in paragraphs.enumerate() {
            if index > 0 {
                // The line feed maps to the end of the paragraph before, not to the start of the next.
                normalizer.break_line(normalizer.out.source_end);
            }
            normalizer.push(&source[range.clone()], range.start);
            normalizer.out.source_end = range.end;
        }
        normalizer.out
    }

    /// Whether an offset in the normal form maps to an exact offset in the source. Inside the three full stops for the
    /// character `…`, for example, it doesn't.
    pub fn is_boundary(&self, normal: usize) -> bool {
        self.mapping_at(normal).is_none_or(|(_, mapping)| mapping.verbatim || mapping.normal == normal)
    }

    /// Returns the text in normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Maps a range of the normal form to bytes of the source.
    pub fn source_range(&self, normal: Range<usize>) -> Range<usize> {
        if normal.is_empty() {
            let at = self.start_of(normal.start);
            return at..at;
        }
        self.start_of(normal.start)..self.end_of(normal.end)
    }

    fn start_of(&self, normal: usize) -> usize {
        match self.mapping_at(normal) {
            Some((_, mapping)) if mapping.verbatim => mapping.source + (normal - mapping.normal),
            Some((_, mapping)) => mapping.source,
            None => self.source_end,
        }
    }

    fn end_of(&self, normal: usize) -> usize {
        match self.mapping_at(normal - 1) {
            Some((_, mapping)) if mapping.verbatim => mapping.source + (normal - mapping.normal),
            Some((index, _)) => self.mappings.get(index + 1).map_or(self.source_end, |next| next.source),
            None => self.source_end,
        }
    }

    fn mapping_at(&self, normal: usize) -> Option<(usize, Mapping)> {
        let index = self.mappings.partition_point(|mapping| mapping.normal <= normal).checked_sub(1)?;
        Some((index, self.mappings[index]))
    }
}

/// Normalizes a short text, without the map.
pub fn normal(text: &str) -> String {
    NormalizedText::of(text).text
}

/// Builds a [`NormalizedText`] from left to right.
struct Normalizer {
    out: NormalizedText,
    /// Offset in the source of white space that was read but not written yet. At the end of a line it is dropped.
    pending_space: Option<usize>,
    /// Start of the current line in the normal form.
    line_start: usize,
}

impl Normalizer {
    fn push(&mut self, text: &str, offset: usize) {
        let mut rest = 0;
        while rest < text.len() {
            // Fast path: most text is plain ASCII, and only the rest needs Unicode tables.
            let plain = plain_ascii_len(&text.as_bytes()[rest..]);
            if plain > 0 {
                self.push_verbatim(&text[rest..rest + plain], offset + rest);
                rest += plain;
                continue;
            }
            let cluster = text[rest..].graphemes(true).next().expect("text is left");
            self.push_cluster(cluster, offset + rest);
            rest += cluster.len();
        }
    }

    fn push_cluster(&mut self, cluster: &str, source: usize) {
        if cluster.chars().all(is_invisible) {
            return;
        }
        if cluster.chars().all(is_space) {
            self.pending_space.get_or_insert(source);
            return;
        }
        if cluster.chars().any(nfkc_changes_meaning) {
            self.push_verbatim(cluster, source);
            return;
        }
        // Punctuation is folded before NFKC, which would decompose `″` and `´`, and again after it, because NFKC
        // produces further punctuation.
        let plain: String = cluster.chars().map(fold_punctuation).nfkc().map(fold_punctuation).collect();
        if plain.chars().all(is_space) {
            self.pending_space.get_or_insert(source);
        } else if plain == cluster && plain != "-" {
            self.push_verbatim(cluster, source);
        } else {
            self.push_folded(&plain, source);
        }
    }

    fn push_verbatim(&mut self, text: &str, source: usize) {
        self.flush_space();
        let normal = self.out.text.len();
        let joins = self
            .out
            .mappings
            .last()
            .is_some_and(|last| last.verbatim && last.source + (normal - last.normal) == source);
        if !joins {
            self.out.mappings.push(Mapping { normal, source, verbatim: true });
        }
        self.out.text.push_str(text);
    }

    fn push_folded(&mut self, text: &str, source: usize) {
        // Several hyphens in a row are a typewriter's dash, which is one hyphen in normal form.
        if text == "-" && self.pending_space.is_none() && self.ends_with_dash(source) {
            return;
        }
        self.flush_space();
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push_str(text);
    }

    fn ends_with_dash(&self, source: usize) -> bool {
        self.out.text.len() > self.line_start
            && self.out.text.ends_with('-')
            && self.out.mappings.last().is_some_and(|last| {
                !last.verbatim && last.normal + 1 == self.out.text.len() && last.source < source
            })
    }

    fn flush_space(&mut self) {
        let Some(source) = self.pending_space.take() else { return };
        if self.out.text.len() > self.line_start {
            self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
            self.out.text.push(' ');
        }
    }

    fn break_line(&mut self, source: usize) {
        self.pending_space = None;
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push('\n');
        self.line_start = self.out.text.len();
    }
}

/// Returns the number of bytes at the start of a text that are ASCII, already in normal form, and can't combine with
/// the next character. Spaces and hyphens are included if they are single and have other ASCII on both sides.
fn plain_ascii_len(bytes: &[u8]) -> usize {
    let own = |byte: u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b'`' | b'-');
    let mut run = 0;
    while let Some(&byte) = bytes.get(run) {
        let between = || run > 0 && own(bytes[run - 1]) && bytes.get(run + 1).is_some_and(|next| own(*next));
        if !(own(byte) || matches!(byte, b' ' | b'-') && between()) {
            break;
        }
        run += 1;
    }
    match bytes.get(run) {
        // A combining mark may follow the last letter: leave that letter to its grapheme cluster.
        Some(next) if !next.is_ascii() => run.saturating_sub(1),
        _ => run,
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a character is invisible: soft hyphen, zero-width space, word joiner, direction mark, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether NFKC would change the meaning of a character: superscripts and subscripts, fractions and trade marks. 5¹ is
/// not 51, 2½ is not 21/2, and Ascend™ does not end in the letters *TM*.
fn nfkc_changes_meaning(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{218b}' | '™' | '℠')
}

/// Replaces typographic quotes and dashes by ASCII. (`…` is not here, because NFKC turns it into three full stops.)
fn fold_punctuation(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '-' => '-',
        other => other,
    }
}

/// Whether `range` in `text` splits no word and no number.
pub fn is_whole_words(text: &str, range: Range<usize>) -> bool {
    is_word_boundary(text, range.start) && is_word_boundary(text, range.end)
}

/// Whether the offset `at` in `text` is not inside a word or number.
///
/// Word boundaries are those of UAX 29 between the two characters around the offset, except that a word may end before
/// `'s`: *Nvidia* matches in *Nvidia's*, but *won* doesn't match in *won't*. A number includes its sign and the
/// characters that join its digits: `-5`, `3.1`, `1,000`, `12:30`, `10-20`.
pub fn is_word_boundary(text: &str, at: usize) -> bool {
    let joiner = |c: &char| matches!(c, '\u{200c}' | '\u{200d}');
    let mut behind = text[..at].chars().rev().filter(|c| !joiner(c));
    let mut ahead = text[at..].chars().filter(|c| !joiner(c));
    let (Some(before), Some(after)) = (behind.next(), ahead.next()) else { return true };
    let further = (behind.next(), ahead.next());
    let pair: String = [before, after].iter().collect();
    let one_word =
        (before.is_alphanumeric() || after.is_alphanumeric()) && pair.unicode_words().next() == Some(&*pair);
    let combines = pair.graphemes(true).count() == 1;
    !(one_word || combines || splits_number(before, after, further) || splits_contraction(text, at, further))
}

fn splits_number(
    before: char,
    after: char,
    (further_back, further_on): (Option<char>, Option<char>),
) -> bool {
    let joins = |c| matches!(c, '.' | ',' | '\'' | ':' | '·' | '/' | '-' | '⁄');
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    if joins(after) && before.is_numeric() {
        return digit(further_on);
    }
    if joins(before) && after.is_numeric() {
        // The joiner is between digits, or is a sign or decimal point at the start of the number.
        let starts_number = matches!(before, '-' | '.') && further_back.is_none_or(|c| !c.is_alphanumeric());
        return digit(further_back) || starts_number;
    }
    false
}

fn splits_contraction(
    text: &str,
    at: usize,
    (further_back, further_on): (Option<char>, Option<char>),
) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).count();
    if text[at..].starts_with('\'') && letter(text[..at].chars().next_back()) && letter(further_on) {
        let rest = &text[at + 1..];
        return !(letters(rest) == 1 && rest.starts_with(['s', 'S']));
    }
    // After an apostrophe, a word begins only if it is long enough: *article* in *l'article*, but not *t* in *won't*.
    text[..at].ends_with('\'')
        && letter(further_back)
        && (1..MIN_ELIDED_WORD_LETTERS).contains(&letters(&text[at..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_typography_is_normalized() {
        assert_eq!(normal("  “It’s\u{a0}here” —\r\n  ‘now’… "), "\"It's here\" - 'now'...");
        assert_eq!(normal("Nvidia"), "Nvidia");
        assert_ne!(normal("nvidia"), normal("Nvidia"));
        assert_eq!(normal("a--b---c—d"), "a-b-c-d");
        assert_eq!(normal("a - - b"), "a - - b");
        assert_eq!(normal("e\u{301}ﬁ"), "éfi");
        assert_eq!(normal("\u{feff}be\u{ad}gin"), "begin");
        assert_eq!(normal("5¹ and 2½ and Ascend™"), "5¹ and 2½ and Ascend™");
    }

    #[test]
    fn a_normalized_range_maps_to_exact_source_bytes() {
        let source = "He\u{a0} said “yes—now”…";
        let normalized = NormalizedText::of(source);
        let at = normalized.text().find("\"yes-now\"...").expect("contained");
        let range = normalized.source_range(at..at + "\"yes-now\"...".len());
        assert_eq!(&source[range], "“yes—now”…");
        assert!(
            !normalized.is_boundary(normalized.text().len() - 1),
            "an ellipsis is one character in the source"
        );
        let said = normalized.text().find("said").expect("contained");
        assert_eq!(&source[normalized.source_range(0..said)], "He\u{a0} ");
    }

    #[test]
    fn paragraphs_are_separate_lines() {
        let source = "one two\n\n  three";
        let normalized = NormalizedText::of_paragraphs(source, [0..7, 9..16].into_iter());
        assert_eq!(normalized.text(), "one two\nthree");
        assert_eq!(&source[normalized.source_range(8..13)], "three");
        let source = "said “yes”\n\n  next";
        let normalized = NormalizedText::of_paragraphs(source, [0..14, 18..22].into_iter());
        assert_eq!(&source[normalized.source_range(0..10)], "said “yes”");
    }

    #[test]
    fn a_match_may_not_split_a_word_or_a_number() {
        let alone = |text: &str, part: &str| {
            let at = text.find(part).expect("part of text");
            is_whole_words(text, at..at + part.len())
        };
        assert!(alone("Nvidia's chips", "Nvidia"));
        assert!(alone("(chips)", "chips"));
        assert!(!alone("chips", "chip"));
        assert!(!alone("microchips", "chips"));
        assert!(!alone("Gemini-Pro-3.1", "Pro-3"));
        assert!(!alone("1,000", "000"));
        assert!(alone("in 2025, 3 of 5", "in 2025"));
        assert!(alone("华为芯片", "华为"));
        assert!(!alone("q\u{303}", "q"));
        assert!(!alone("micro\u{200c}chips", "chips"));
        for (text, part) in
            [("won't pay", "won"), ("can't be", "t be"), ("they're", "they"), ("-5 percent", "5")]
        {
            assert!(!alone(text, part), "{part} in {text}");
        }
        for (text, part) in [(".5", "5"), ("12:30", "30"), ("10-20", "20"), ("1'000", "000"), ("१.५", "५")]
        {
            assert!(!alone(text, part), "{part} in {text}");
        }
        assert!(alone("the firms' chips", "firms"));
        assert!(alone("l'article", "article"));
        assert!(alone("non-Western", "Western"));
        assert!(alone("COVID-19", "COVID"));
    }

    proptest! {
        #[test]
        fn normalization_is_idempotent(text in "\\PC{0,60}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_have_one_normal_form(text in "[a-zàéîõüçñ “”’—…\u{a0}]{0,40}") {
            prop_assert_eq!(normal(&text.nfd().collect::<String>()), normal(&text.nfc().collect::<String>()));
        }

        #[test]
        fn every_range_maps_to_bytes_that_normalize_to_it(text in "[a-zé “”’—…\u{a0}ﬁ.\n-]{1,60}", a in 0usize..60, b in 0usize..60) {
            let normalized = NormalizedText::of(&text);
            let inner = normalized.text();
            let (a, b) = (a.min(inner.len()), b.min(inner.len()));
            let (a, b) = (a.min(b), a.max(b));
            prop_assume!(inner.is_char_boundary(a) && inner.is_char_boundary(b));
            let source = &text[normalized.source_range(a..b)];
            // A range that ends inside a ligature or an ellipsis maps to all of it: the source may hold more, never
            // less.
            prop_assert!(normal(source).contains(inner[a..b].trim()), "{:?} from {:?}", source, &inner[a..b]);
        }
    }
}
