//! Reads subtitles in the formats `SubRip` and `WebVTT`: the spoken words, without the cues' numbers, times and markup.
//!
//! A sentence usually runs over several cues (texts with the times at which they are shown), so cues are joined to
//! paragraphs. A new speaker begins a paragraph. So does a sentence after a pause, or after a long paragraph. The
//! times at which words are shown become the divisions of the document.

use super::{BlockKind, Division, DivisionKind, Divisions, ExtractedText, Limits, ReadError, plain};

/// A longer pause after the end of a sentence begins a paragraph.
const MAX_PAUSE_MS: u32 = 2_000;
/// A paragraph that is longer than this ends at the next end of a sentence.
const MAX_PARAGRAPH_BYTES: usize = 600;
/// A plain text with fewer cues is not taken for subtitles.
const MIN_CUES: usize = 2;

/// A piece of text with the times at which it is shown.
#[derive(Debug, PartialEq, Eq)]
struct Cue<'t> {
    start_ms: u32,
    end_ms: u32,
    lines: Vec<&'t str>,
}

/// Reads a file of subtitles.
///
/// # Errors
/// If the file is not text, or has no subtitles.
pub(crate) fn read(bytes: Vec<u8>, limits: Limits) -> Result<ExtractedText, ReadError> {
    let text = plain::read(bytes)?.text;
    let cues = cues(&text);
    if cues.is_empty() {
        return Err(ReadError::Damaged(
            "it has no line with times, such as `00:00:01,000 --> 00:00:03,000`".to_owned(),
        ));
    }
    joined(&cues).checked(limits)
}

/// Reads a plain text as subtitles. `None` if it has fewer than [`MIN_CUES`] cues, if the paragraphs that are no cues
/// are at least half as many as the cues, or if no cue has words.
pub(crate) fn read_pasted(text: &str) -> Option<ExtractedText> {
    if !text.contains("-->") {
        return None;
    }
    let cues = cues(text);
    let is_other =
        |part: &&str| !part.contains("-->") && part.contains(char::is_alphabetic) && !is_header(part);
    let other_text = text.split("\n\n").flat_map(|part| part.split("\r\n\r\n")).filter(is_other).count();
    let is_subtitles = cues.len() >= MIN_CUES && other_text * 2 < cues.len();
    is_subtitles.then(|| joined(&cues)).filter(|read| !read.text.is_empty())
}

/// Whether a part of a `WebVTT` file is not spoken: its header, a comment, a style sheet or a region.
fn is_header(part: &str) -> bool {
    ["WEBVTT", "NOTE", "STYLE", "REGION"]
        .iter()
        .any(|word| part.trim_start_matches('\u{feff}').starts_with(word))
}

/// Returns the cues of a file, in the order of the file. A line with times begins a cue, which ends at a blank
/// line.
fn cues(text: &str) -> Vec<Cue<'_>> {
    let mut cues: Vec<Cue<'_>> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        if let Some((start_ms, end_ms)) = times(line) {
            cues.push(Cue { start_ms, end_ms, lines: Vec::new() });
            is_open = true;
        } else if line.trim().is_empty() {
            is_open = false;
        } else if let Some(cue) = cues.last_mut().filter(|_| is_open) {
            cue.lines.push(line);
        }
    }
    cues
}

/// Parses a line with times, such as `00:01:02,500 --> 00:01:04,000 align:start`, as milliseconds.
fn times(line: &str) -> Option<(u32, u32)> {
    let (start, rest) = line.split_once("-->")?;
    Some((time(start.trim())?, time(rest.split_whitespace().next()?)?))
}

/// Parses `00:01:02,500` or `01:02.500`, as milliseconds.
fn time(written: &str) -> Option<u32> {
    let (clock, milliseconds) = written.split_once([',', '.'])?;
    let mut seconds = 0u32;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    seconds.checked_mul(1_000)?.checked_add(milliseconds.parse().ok()?)
}

/// The text of cues that were joined, with their times.
struct Transcript {
    extracted: ExtractedText,
    times: Divisions,
    paragraph: String,
    /// Offsets in the paragraph, each with the second from which its words are shown.
    starts: Vec<(usize, usize)>,
}

impl Transcript {
    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.extracted.push(BlockKind::Paragraph, &paragraph);
        let start = self.extracted.blocks.last().map_or(0, |block| block.range.start);
        for (at, second) in self.starts.drain(..) {
            self.times.push(Division { start: start + at, number: Some(second), name: None });
        }
    }
}

/// Joins the text of cues to paragraphs.
fn joined(cues: &[Cue<'_>]) -> ExtractedText {
    let mut transcript = Transcript {
        extracted: ExtractedText::default(),
        times: Divisions { kind: DivisionKind::Time, highest: 0, list: Vec::new() },
        paragraph: String::new(),
        starts: Vec::new(),
    };
    let mut last_line = String::new();
    let mut last_end_ms = 0;
    for cue in cues {
        for (index, written) in cue.lines.iter().enumerate() {
            let line = without_markup(written);
            // Captions that roll up repeat the last line of the cue before.
            if line.is_empty() || index == 0 && line == last_line {
                continue;
            }
            let pause_ms = cue.start_ms.saturating_sub(last_end_ms);
            let so_far = &transcript.paragraph;
            let may_end = pause_ms > MAX_PAUSE_MS || so_far.len() > MAX_PARAGRAPH_BYTES;
            if begins_speech(&line) || may_end && so_far.ends_with(['.', '!', '?', '…', '"', '”', '。'])
            {
                transcript.end_paragraph();
            }
            if !transcript.paragraph.is_empty() {
                transcript.paragraph.push(' ');
            }
            let second = usize::try_from(cue.start_ms / 1_000).unwrap_or(usize::MAX);
            transcript.times.highest = transcript.times.highest.max(second);
            transcript.starts.push((transcript.paragraph.len(), second));
            transcript.paragraph.push_str(&line);
            last_line = line;
            last_end_ms = cue.end_ms;
        }
    }
    transcript.end_paragraph();
    ExtractedText { divisions: Some(transcript.times), ..transcript.extracted }
}

/// Whether a line seems to begin the words of another speaker: with a dash, `>>`, or a name of at most three words and
/// a colon.
fn begins_speech(line: &str) -> bool {
    let has_name = || {
        let name = line.split_once(": ").map_or("", |(name, _)| name);
        name.starts_with(char::is_uppercase) && name.split(' ').count() <= 3
    };
    line.starts_with(['-', '–', '—']) || line.starts_with(">>") || has_name()
}

/// Returns the words of a line. The name of the speaker in `<v Ann>` becomes `Ann: `; other markup is dropped.
fn without_markup(line: &str) -> String {
    let mut words = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, markup) = rest.split_at(at);
        words.push_str(before);
        let is_tag = markup
            .strip_prefix('<')
            .is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/'));
        let is_position = markup.starts_with("{\\");
        let end = markup.find(if is_tag { '>' } else { '}' }).filter(|_| is_tag || is_position);
        let Some(end) = end else {
            words.push_str(&markup[..1]);
            rest = &markup[1..];
            continue;
        };
        if let Some(name) = markup[..end].strip_prefix("<v").and_then(|voice| voice.split_once(' ')) {
            words.extend([name.1.trim(), ": "]);
        }
        rest = &markup[end + 1..];
    }
    words.push_str(rest);
    let words = [("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(words, |text, (entity, plain)| text.replace(entity, plain));
    super::text::collapse_whitespace(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(text: &str) -> Option<String> {
        read_pasted(text).map(|extracted| extracted.text)
    }

    const TWO_CUES: &str = "1\n00:00:01,000 --> 00:00:03,000\nThe mill burnt down,\n\n2\n00:00:03,500 --> 00:00:06,000\n<i>and</i> nobody\nsaw it.\n";

    #[test]
    fn sentences_run_over_cues() {
        assert_eq!(pasted(TWO_CUES).as_deref(), Some("The mill burnt down, and nobody saw it."));
        assert_eq!(pasted(&TWO_CUES.replace('\n', "\r\n")), pasted(TWO_CUES));
    }

    #[test]
    fn a_speaker_or_a_pause_begins_a_paragraph() {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>The bridge is shut.\n\n00:02.000 --> 00:03.000\n- Is it?\n- It is.\n\n1:00:09.000 --> 1:00:10.000\nLater, {\\an8}5 < 6 &amp; more.\n";
        assert_eq!(
            pasted(text).as_deref(),
            Some("Ann: The bridge is shut.\n\n- Is it?\n\n- It is.\n\nLater, 5 < 6 & more.")
        );
    }

    #[test]
    fn repeated_lines_of_captions_that_roll_up_are_read_once() {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe mill\n\n00:02.000 --> 00:03.000\nthe mill\n<00:02.100><c>burnt</c> down\n";
        assert_eq!(pasted(text).as_deref(), Some("the mill burnt down"));
    }

    #[test]
    fn a_text_with_an_arrow_is_no_subtitle() {
        assert_eq!(pasted("The mill --> the ford.\n\nA --> B\n"), None);
        let report = format!("{TWO_CUES}\nThe mill was old.\n\nIt was of stone.\n");
        assert_eq!(pasted(&report), None, "a report that quotes subtitles");
        let times = "00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\n";
        assert_eq!(pasted(times), None, "times without words");
        let limits = Limits { file_bytes: 1000, decompressed_bytes: 1000, seconds: 1 };
        assert!(matches!(read(b"no times".to_vec(), limits), Err(ReadError::Damaged(_))));
        assert_eq!(read(TWO_CUES.into(), limits).map(|extracted| extracted.blocks.len()), Ok(1));
    }
}
