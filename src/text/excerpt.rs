//! A few words of a text around a place in it.

use super::one_line;

/// Characters that are shown before the place.
const LEAD_CHARS: usize = 24;
/// Characters that are shown in all, at most.
const MAX_EXCERPT_CHARS: usize = 72;

/// The words of a text around a byte of it, in one line, with `…` where something is left out.
pub fn excerpt(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let start = match before.char_indices().rev().nth(LEAD_CHARS) {
        // A sentence that begins near by is shown from its beginning.
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
    fn a_place_far_into_a_text_is_shown_with_the_words_around_it() {
        let text = "The miller had gone to town on foot that morning, and lightning struck the granary, they \
                    said; then the roof fell in and all the flour was lost.";
        let at = text.find("lightning").expect("it is there");
        assert_eq!(
            excerpt(text, at),
            "… foot that morning, and lightning struck the granary, they said; then …"
        );
        assert_eq!(excerpt("Lightning struck.", 10), "Lightning struck.");
    }
}
