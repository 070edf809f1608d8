//! Reads the metadata of a mail that was pasted or saved as plain text, from the header lines at its start:
//! `Subject: …`. Of the sender's address, at most the part before the `@` is kept, because sites publish the author.

use super::{Meta, text, values};

/// A text with fewer header lines is not taken for a mail.
const MIN_HEADERS: usize = 2;
/// Only so many lines at the start of a text are read as headers.
const MAX_HEADERS: usize = 40;

/// Returns the metadata of a mail. Empty if the text doesn't begin with [`MIN_HEADERS`] headers, one of them a sender.
pub(crate) fn meta(mail: &str) -> Meta {
    let mut meta = Meta::default();
    let mut headers = 0;
    let lines = mail.trim_start_matches('\u{feff}').trim_start().lines();
    for line in lines.take(MAX_HEADERS).take_while(|line| !line.trim().is_empty()) {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_lowercase().as_str() {
            "subject" | "betreff" => meta.title = text::clean_value(value),
            "from" | "von" => meta.author = name_of(value),
            "date" | "sent" | "datum" | "gesendet" => meta.published = values::day(value.trim()),
            "to" | "an" | "cc" | "bcc" | "reply-to" | "message-id" => {}
            _ => continue,
        }
        headers += 1;
    }
    if headers < MIN_HEADERS || meta.author.is_none() {
        return Meta::default();
    }
    // Without a title, callers would take the first line of the text. In a mail, that is a header, perhaps with a
    // mail address. So the author is the title.
    meta.title = meta.title.or_else(|| meta.author.clone());
    meta
}

/// Returns the name of a sender without the address: `Ada Quill <ada@mill.example>`. An address alone has no name; its
/// part before the `@` is used instead.
fn name_of(sender: &str) -> Option<String> {
    let (name, address) = sender.split_once(['<', '[', '(']).unwrap_or((sender, ""));
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let name = if name.is_empty() { address.trim_end_matches(['>', ']', ')']) } else { name };
    text::clean_value(name.split('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_give_title_author_and_date_without_the_address() {
        let mail = "From: Ada Quill <ada@mill.example>\nTo: The clerk <clerk@ford.example>\nDate: 3 May 2024\nSubject: The mill: a report\n\nIt burnt.\n";
        let found = meta(mail);
        assert_eq!(found.title.as_deref(), Some("The mill: a report"));
        assert_eq!(found.author.as_deref(), Some("Ada Quill"));
        assert_eq!(found.published, Some(jiff::civil::date(2024, 5, 3)));
        assert_eq!(meta("Von: Ada Quill\nAn: alle\n\nEs brannte.").title.as_deref(), Some("Ada Quill"));
        assert_eq!(name_of(" ada@mill.example").as_deref(), Some("ada"));
        assert_eq!(name_of("<ada@mill.example>").as_deref(), Some("ada"));
        assert_eq!(name_of("\"Quill, Ada\" [mailto:ada@mill.example]").as_deref(), Some("Quill, Ada"));
    }

    #[test]
    fn other_texts_have_no_headers() {
        for text in [
            "From: the mill\n\nIt burnt.",
            "Subject: mills\nTo: all\n\nIt burnt.",
            "The mill\n\nFrom: a\nTo: b\n",
            "",
        ] {
            assert_eq!(meta(text), Meta::default(), "{text}");
        }
    }
}
