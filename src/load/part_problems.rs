//! The problems of parts of documents: entries of a record's `include` and `exclude` without effect, and documents with
//! little or no text.

use sourcewise_documents::PartFaultReason;

use crate::files::{Span, Spanned};
use crate::problem::{Code, Problem};
use crate::text::{excerpt, pluralize};

/// Part of the help for a web page whose file has little or no text: scripts may add it in the browser.
pub(super) const LOAD_WITH_SCRIPTS: &str = "its text may appear only in a browser: open the page there, wait for the text, and \
                                 save the page again";

/// The record's `exclude` leaves no text of its document. `exclude` is the key's first entry.
pub(super) fn all_excluded(exclude: &Spanned<String>, document: &str) -> Problem {
    let message = format!("`exclude` leaves no text of `{document}`");
    let help = "name smaller parts, or leave the source out of the site";
    Problem::error(Code::DocumentPart, exclude.span, message, help)
}

/// An entry of `key` (`include` or `exclude`) that has no effect. `document` is the file's name.
pub(super) fn document_part(
    key: &str,
    written: &Spanned<String>,
    reason: PartFaultReason,
    document: &str,
) -> Problem {
    let part = &written.value;
    let list =
        format!("to see the parts that are left out of `{document}`, run `sourcewise check --verbose`");
    let (message, help) = match reason {
        PartFaultReason::BadSelector => (
            format!("`{part}` is not a CSS selector of elements"),
            format!("write one such as `\"div.note\"` or `\"#note\"`; {list}"),
        ),
        PartFaultReason::NoMatch => (
            format!("`{part}` matches no visible words in `{document}`"),
            format!("correct the selector, or remove it; {list}"),
        ),
        PartFaultReason::BadPages => (
            format!("`{part}` names no pages"),
            format!("write the numbers of pages, counted from 1: `{key} = \"1, 7-9\"`"),
        ),
        PartFaultReason::NoPage(pages) => (
            format!("`{document}` has no such pages: it has {}", pluralize(pages, "page")),
            "correct the numbers: they count the pages of the file from 1, whatever is printed on them"
                .to_owned(),
        ),
        PartFaultReason::Format => (
            format!("`{key}` has no effect on `{document}`"),
            format!("remove `{key}`: {}", keys_of_kinds(key)),
        ),
    };
    Problem::error(Code::DocumentPart, written.span, message, help)
}

fn keys_of_kinds(key: &str) -> &'static str {
    match key {
        "include" => "it takes back parts that were left out, and only web pages have such parts",
        _ => "it leaves out elements of web pages and books, and pages of PDF files",
    }
}

/// A web page or PDF file with so few letters that its text is probably missing. `name` is the file's name, `kind` its
/// extension.
pub(super) fn document_short((name, kind): (&str, &str), text: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let help = match kind {
        "pdf" => format!(
            "if its pages are images, run a program for text recognition (OCR), or save its text as `{stem}.txt`"
        ),
        _ => format!("{LOAD_WITH_SCRIPTS}, or save its text as `{stem}.txt`"),
    };
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let message = format!("`{name}` has only {}: “{}”", pluralize(words, "word"), excerpt(text, 0));
    Problem::warning(Code::DocumentShort, span, message, help)
}

/// A web page in a file that is read as plain text, because of its ending. `name` is the file's name.
pub(super) fn web_page_named_as_text(name: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let message =
        format!("`{name}` is a web page, but is read as text: its tags and hidden words count as its words");
    let help = format!("rename it to `{stem}.html`, and `document` in its record if that names the file");
    Problem::warning(Code::MisnamedFile, span, message, help)
}

/// A record that is not read, because its file doesn't end in `.toml`. `id` is its name without the ending.
pub(super) fn misnamed_record(name: &str, id: &str, span: Span) -> Problem {
    let message = format!("`seeds/{name}` looks like a record, but is not read as one");
    Problem::error(Code::MisnamedFile, span, message, format!("rename it to `seeds/{id}.toml`"))
}
