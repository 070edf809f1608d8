//! Builds the normal form of a text from left to right, with the map back to its bytes.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{JOINT, Layout, Mapping, NormalizedText, UNREADABLE};
use crate::characters::{
    Script, fold_punctuation, is_in_spaced_script, is_invisible, is_space, nfkc_changes_meaning, script_of,
    without_message_marks,
};

/// Builds a [`NormalizedText`] from left to right.
#[derive(Default)]
pub(super) struct Normalizer {
    pub(super) out: NormalizedText,
    pub(super) layout: Layout,
    /// White space that was read but not written yet. At the end of a paragraph it is dropped.
    pending_space: Option<PendingSpace>,
    /// Offset in the source of a zero-width character directly after a letter or digit. It becomes a [`JOINT`] if a
    /// letter or digit follows.
    pending_joint: Option<usize>,
    /// Whether the last character was raised or lowered.
    script: Script,
    /// Whether a bidirectional override is in force, so that readers see the characters in another order.
    is_overridden: bool,
    /// Start of the current line in the normal form.
    line_start: usize,
    /// Offsets in the source of the hyphens that only break a word.
    pub(super) word_breaks: BTreeSet<usize>,
    /// Whether the last character read, apart from white space, is a hyphen or soft hyphen that only breaks a word.
    is_word_broken: bool,
}

/// A run of white space.
#[derive(Clone, Copy)]
struct PendingSpace {
    /// Byte offset of its first character in the source.
    source: usize,
    has_tab: bool,
    has_line_break: bool,
}

impl Normalizer {
    /// Appends `text`, which begins at byte `offset` of the source.
    pub(super) fn push(&mut self, text: &str, offset: usize) {
        let mut rest = 0;
        while rest < text.len() {
            if self.layout == Layout::QuotedMessage && text[..rest].ends_with('\n') {
                rest = text.len() - without_message_marks(&text[rest..]).len();
                if rest == text.len() {
                    break;
                }
            }
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
            // At a line end, a soft hyphen breaks a word, which continues in the next line.
            self.is_word_broken |= cluster == "\u{ad}" && is_at_line_end(&text[rest..]);
        }
    }

    /// Appends a grapheme cluster: a letter with its combining marks, which NFKC may compose to one character.
    fn push_cluster(&mut self, cluster: &str, source: usize) {
        if self.word_breaks.contains(&source) {
            self.is_word_broken = true;
            return;
        }
        if cluster.chars().all(is_invisible) {
            self.skip_invisible(cluster, source);
            return;
        }
        if cluster.chars().all(is_space) {
            self.push_space(cluster, source);
            return;
        }
        if self.is_overridden {
            self.push_folded(UNREADABLE, source);
            return;
        }
        if let Some((script, plain)) = cluster.chars().next().and_then(script_of) {
            self.push_script(script, plain, source);
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
            self.push_space(&plain, source);
        } else if plain == cluster && plain != "-" {
            self.push_verbatim(cluster, source);
        } else {
            self.push_folded(&plain, source);
        }
    }

    fn push_space(&mut self, cluster: &str, source: usize) {
        if self.is_word_broken {
            return;
        }
        let new = PendingSpace { source, has_tab: false, has_line_break: false };
        let space = self.pending_space.get_or_insert(new);
        space.has_tab |= cluster.contains('\t');
        space.has_line_break |= cluster.contains('\n');
    }

    /// Drops invisible characters. Bidirectional overrides change the state, and zero-width characters may become a
    /// [`JOINT`].
    fn skip_invisible(&mut self, cluster: &str, source: usize) {
        for c in cluster.chars() {
            match c {
                '\u{202d}' | '\u{202e}' => self.is_overridden = true,
                '\u{202c}' => self.is_overridden = false,
                '\u{200b}' | '\u{2060}' | '\u{feff}'
                    if self.pending_space.is_none()
                        && self.out.text[self.line_start..].ends_with(is_in_spaced_script) =>
                {
                    self.pending_joint.get_or_insert(source);
                }
                _ => {}
            }
        }
    }

    /// Writes a superscript as in `10^24`, and a subscript as in `2_1`, with one mark for several such characters in a
    /// row. A subscript directly after a letter becomes an ordinary digit, because CO₂ is also written CO2.
    fn push_script(&mut self, script: Script, plain: char, source: usize) {
        let is_new = self.script != script || self.pending_space.is_some();
        let follows_letter =
            self.pending_space.is_none() && self.out.text[self.line_start..].ends_with(char::is_alphabetic);
        let mark = match script {
            Script::Superscript if is_new => "^",
            Script::Subscript if is_new && !follows_letter => "_",
            _ => "",
        };
        self.push_folded(&format!("{mark}{plain}"), source);
        self.script = script;
    }

    /// Appends text that is the same in normal form. Every offset in it maps to an exact offset of the source. Under a
    /// bidirectional override, each character becomes [`UNREADABLE`] instead.
    fn push_verbatim(&mut self, text: &str, source: usize) {
        if self.is_overridden {
            for (at, _) in text.char_indices() {
                self.push_folded(UNREADABLE, source + at);
            }
            return;
        }
        self.flush_space(text);
        self.flush_joint(text);
        self.script = Script::Baseline;
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

    /// Appends `text`, which replaces a character of the source, and maps it to that character as a whole. A hyphen
    /// directly after a hyphen or dash is left out.
    fn push_folded(&mut self, text: &str, source: usize) {
        // Several hyphens in a row are a typewriter's dash, which is one hyphen in normal form.
        if text == "-" && self.pending_space.is_none() && self.ends_with_dash(source) {
            return;
        }
        self.flush_space(text);
        self.flush_joint(text);
        self.script = Script::Baseline;
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push_str(text);
    }

    fn ends_with_dash(&self, source: usize) -> bool {
        self.out.text.len() > self.line_start
            && self.out.text.ends_with('-')
            && self.out.mappings.last().is_some_and(|last| !last.verbatim && last.source < source)
    }

    /// Writes pending white space as a space (between table cells as a tab), unless a line ends there with the hyphen
    /// of a compound, as in *non-* and *toxic*: no quote may take the second part for a word.
    fn flush_space(&mut self, next: &str) {
        self.is_word_broken = false;
        let Some(space) = self.pending_space.take() else { return };
        let line = &self.out.text[self.line_start..];
        let is_compound = line.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
            && next.starts_with(char::is_alphabetic);
        if space.has_line_break && is_compound {
            return;
        }
        self.pending_joint = None;
        self.script = Script::Baseline;
        if self.out.text.len() > self.line_start {
            self.out.mappings.push(Mapping {
                normal: self.out.text.len(),
                source: space.source,
                verbatim: false,
            });
            self.out.text.push(if space.has_tab && self.layout == Layout::Row { '\t' } else { ' ' });
        }
    }

    /// Writes a [`JOINT`] if one is pending and the next text begins with a letter or digit.
    fn flush_joint(&mut self, next: &str) {
        if let Some(source) = self.pending_joint.take()
            && next.starts_with(is_in_spaced_script)
        {
            self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
            self.out.text.push(JOINT);
        }
    }

    /// Ends a paragraph: writes a line feed that maps to the offset `source`, and forgets pending characters and
    /// states.
    pub(super) fn break_line(&mut self, source: usize) {
        (self.pending_space, self.pending_joint) = (None, None);
        (self.script, self.is_overridden, self.is_word_broken) = (Script::Baseline, false, false);
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push('\n');
        self.line_start = self.out.text.len();
    }
}

/// Whether a text begins with a line feed, perhaps after white space.
fn is_at_line_end(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
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
