//! Cuts a short excerpt from a text, around a given offset.

use super::one_line;

/// An excerpt begins with the first word that starts at most this many characters before the offset.
const MAX_LEAD_CHARS: usize = 24;
const MAX_EXCERPT_CHARS: usize = 72;

/// Returns some words before byte offset `at` and the words from it on, on one line. `…` marks omitted text at the
/// start and at the end. A comma, semicolon or colon before the last `…` is dropped.
pub fn excerpt(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let start = match before.char_indices().rev().nth(MAX_LEAD_CHARS) {
        // The offset is near the start of the text: begin the excerpt there.
        None => 0,
        Some((lead, _)) => before[lead..].find(char::is_whitespace).map_or(at, |space| lead + space),
    };
    let rest = text[start..].trim_start();
    let shown = match rest.char_indices().nth(MAX_EXCERPT_CHARS) {
        None => rest.to_owned(),
        Some((end, _)) => {
            let end = rest[..end].rfind(char::is_whitespace).unwrap_or(end);
            format!("{} …", rest[..end].trim_end_matches([',', ';', ':', ' ']))
        }
    };
    one_line(&if start == 0 { shown } else { format!("… {shown}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_words_around_the_offset() {
        let text = "The miller had gone to town on foot that morning, and lightning struck the granary, they \
                    said; then the roof fell in and all the flour was lost.";
        let at = text.find("lightning").expect("contained");
        assert_eq!(
            excerpt(text, at),
            "… foot that morning, and lightning struck the granary, they said; then …"
        );
        assert_eq!(excerpt("Lightning struck.", 10), "Lightning struck.");
    }
}
