//! The problems of links and paths in the verify phase: one function per message.

use std::collections::BTreeSet;
use std::path::Path;

use crate::files::Span;
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// If no heading id is similar to the written one, a help lists the page's ids up to this number.
const MAX_LISTED_IDS: usize = 8;

/// Why a link is broken. A reason with a path holds the path to which the link was probably meant to lead, except
/// `Unknown`, which holds the missing one.
pub(super) enum BrokenLinkReason<'a> {
    Draft,
    NoFeed,
    /// The path leads above `content/`.
    Outside,
    /// The path has a `%` that is not followed by two hexadecimal digits.
    BadEscape,
    /// The link names a page neither by its file nor, if it has no file, by its address. Holds the path that the
    /// link must have, from the root of the site.
    Form(String),
    /// Another path that exists: one with the same file name, or with a similar path.
    Near(&'a str),
    /// No path below `content/` is similar to this one.
    Unknown(&'a str),
}

pub(super) fn broken_link(written: &str, reason: &BrokenLinkReason<'_>, folder: &str, span: Span) -> Problem {
    let message = format!("`{written}` leads to no page or file of this site");
    let (message, help) = match reason {
        _ if written.starts_with("//") => {
            (format!("the address `{written}` has no `https:`"), format!("write `https:{written}`"))
        }
        _ if written.starts_with("www.") => {
            (format!("the address `{written}` has no `https://`"), format!("write `https://{written}`"))
        }
        _ if is_mail_address(written) => {
            (format!("the address `{written}` has no `mailto:`"), format!("write `mailto:{written}`"))
        }
        _ if scheme(written).is_some() => (
            format!("links can't begin with `{}:`", scheme(written).unwrap_or_default()),
            "link to a page or file of this site, or to a web address that begins with `https://`".to_owned(),
        ),
        BrokenLinkReason::Draft => (
            format!("`{written}` is a draft and not part of the site"),
            "remove `draft = true` from its front matter, or remove this link".to_owned(),
        ),
        BrokenLinkReason::NoFeed => (
            format!("`{written}` does not exist, because this site has no feed"),
            "to get a feed, write `base_url = \"https://…\"` in `site.toml`, and `updated = 2026-04-20` in a page or \
             `retrieved = 2026-04-20` in a record".to_owned(),
        ),
        BrokenLinkReason::Outside => (
            format!("`{written}` leads outside `content/`"),
            "move the file into `content/`, or correct the link: it is relative to the folder of this file".to_owned(),
        ),
        BrokenLinkReason::BadEscape => (
            format!("`{written}` has a `%` without two hexadecimal digits after it"),
            format!("write `%25` for a percent sign: `{}`", with_percent_signs_escaped(written)),
        ),
        BrokenLinkReason::Form(path) => {
            let fragment = written.find('#').map_or("", |at| &written[at..]);
            let address = format!("{}{fragment}", address_of(folder, path));
            let is_page_file = is_page_file_name(path);
            let names_file = is_page_file_name(written.split('#').next().unwrap_or_default());
            let why = match (is_page_file, names_file) {
                (true, true) => ": links are relative to the folder of this file",
                (true, false) => ": links name the file of a page, not its address",
                (false, _) => " to link to this generated page",
            };
            (message, format!("write `[…]({address})`{why}"))
        }
        BrokenLinkReason::Near(path) => (message, format!("did you mean `{}`?", address_of(folder, path))),
        BrokenLinkReason::Unknown(path) => {
            let stem = path.strip_suffix(".html").or_else(|| (!path.contains('.')).then_some(*path));
            let file = stem.map_or_else(|| (*path).to_owned(), |stem| format!("{stem}.md"));
            (message, format!("add the file `content/{file}`, or correct the link"))
        }
    };
    Problem::error(Code::BrokenLink, span, message, help)
}

/// What an address with spaces was meant to lead to.
pub(super) enum SpacedTarget {
    Web,
    /// A file whose name has spaces.
    File,
    /// The page, question, source or generated page with this title: its path as in a link.
    Titled(String),
    Unknown,
}

/// A link or image whose address has spaces, so that Markdown shows it as text. `words` are the brackets of the link or
/// image with the words in them.
pub(super) fn spaced_address(words: &str, address: &str, target: SpacedTarget, span: Span) -> Problem {
    let message = format!("`{address}` is not an address: addresses have no spaces");
    let help = match target {
        SpacedTarget::Web => {
            let address = address.split_whitespace().collect::<Vec<_>>().join("%20");
            format!("write `{words}({address})`, or correct the address")
        }
        SpacedTarget::File => format!("write `{words}(<{address}>)`"),
        SpacedTarget::Titled(path) => format!("write `{words}({path})`"),
        SpacedTarget::Unknown => format!(
            "name a file, as in `{words}(story.md)`; if its name has spaces, write `{words}(<{address}>)`"
        ),
    };
    Problem::error(Code::BrokenLink, span, message, help)
}

/// `[[name]]`, which Markdown shows as text. `meant` is the link, citation or marker that it was probably meant to be.
/// Only a warning if nothing fits.
pub(super) fn double_brackets(inner: &str, meant: Option<&str>, span: Span) -> Problem {
    let message = format!("`[[{inner}]]` is no link in Markdown, so it is shown as text");
    let as_text = format!("to show the characters themselves, write `\\[[{inner}]]`");
    match meant {
        Some(meant) if meant.starts_with("[@") || meant.starts_with("[?") => {
            Problem::error(Code::BadCitation, span, message, format!("write `{meant}`"))
        }
        Some(meant) => Problem::error(Code::BrokenLink, span, message, format!("write `{meant}`")),
        None => {
            let help = format!("link to a file, as in `[{inner}](story.md)`; {as_text}");
            Problem::warning(Code::BrokenLink, span, message, help)
        }
    }
}

fn is_mail_address(written: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '@', '#', '?', ':']);
    written.split_once('@').is_some_and(|(name, host)| is_name(name) && is_name(host) && host.contains('.'))
}

fn is_page_file_name(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

/// Returns the scheme of an address: `ftp` of `ftp://mill.example`.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (!scheme.is_empty() && scheme.chars().all(fits)).then_some(scheme)
}

/// Makes a path relative to `folder`. Both are given from the root of the site.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let mut from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut to: Vec<&str> = path.split('/').collect();
    while from.first().is_some_and(|first| to.len() > 1 && to.first() == Some(first)) {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}", "../".repeat(from.len()), to.join("/"))
}

/// Returns the address that a link in `folder` to `path` must have: relative, with its percent signs escaped.
fn address_of(folder: &str, path: &str) -> String {
    relative(folder, path).replace('%', "%25")
}

/// Escapes the percent signs of an address that have no two hexadecimal digits after them.
fn with_percent_signs_escaped(address: &str) -> String {
    let mut parts = address.split('%');
    let mut escaped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        escaped.push_str(if digits == 2 { "%" } else { "%25" });
        escaped.push_str(part);
    }
    escaped
}

/// A link to a heading that does not exist, or to a missing row of the comparison. `page` is the page as authors link
/// to it: `ferry.md`. `known` are the ids that the page has.
pub(super) fn broken_anchor(page: &str, fragment: &str, known: &BTreeSet<String>, span: Span) -> Problem {
    let is_comparison = page == "compare.html";
    let message = if is_comparison {
        format!("`{page}` has no row for a question `{fragment}`")
    } else {
        format!("`{page}` has no heading with the id `{fragment}`")
    };
    let ids: Vec<&str> = known.iter().map(String::as_str).collect();
    let named = ids.iter().take(MAX_LISTED_IDS).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let more = if ids.len() > MAX_LISTED_IDS { ", …" } else { "" };
    let help = match (nearest_name(fragment, ids.iter().copied()), ids.as_slice()) {
        (Some(near), _) => format!("did you mean `#{near}`?"),
        (None, []) if is_comparison => format!("this site has no questions: link without `#{fragment}`"),
        (None, []) => format!("`{page}` has no headings: link to it without `#{fragment}`"),
        (None, _) if is_comparison => format!("its rows are {named}{more}"),
        (None, [_]) => format!("its only heading has the id {named}"),
        (None, _) => format!("its headings have the ids {named}{more}"),
    };
    Problem::error(Code::BrokenAnchor, span, message, help)
}

/// What already uses a path in the site.
pub(super) enum TakenBy {
    /// Sourcewise generates a file with this path.
    Generated,
    /// A file of the author's, by its path from the site's root: `content/mill.md`.
    File(String),
    /// The site has a folder with this path, so no file can be written there.
    Folder,
    /// Sourcewise generates everything in this folder.
    GeneratedFolder(String),
    /// A file already has the path of a folder that the new file would be in.
    Parent(String),
}

/// The file `own` (from the site's root) would be written to `path`, which is taken.
pub(super) fn path_taken(own: &str, path: &str, taken_by: &TakenBy, span: Span) -> Problem {
    let (message, help) = match taken_by {
        TakenBy::Generated => (
            format!("Sourcewise writes `{path}` itself"),
            match path {
                "assets/filter.css" => {
                    "to replace it, move this file to `templates/filter.css`; otherwise remove it"
                }
                "index.html" => "write the home page as `content/index.md`, or rename this file",
                _ => "rename this file",
            }
            .to_owned(),
        ),
        TakenBy::GeneratedFolder(folder) => (
            format!("Sourcewise writes the folder `{folder}/` itself"),
            "rename this file, or move it to another folder".to_owned(),
        ),
        TakenBy::File(other) if other != own && other.to_lowercase() == own.to_lowercase() => (
            format!("`{}` and `{}` would be the same file on many disks", name_of(other), name_of(own)),
            "rename one of them".to_owned(),
        ),
        TakenBy::File(other) => (
            format!("this file and `{other}` would both be written to `{path}`"),
            "rename one of them".to_owned(),
        ),
        TakenBy::Folder => (
            format!("the built site has a folder `{path}` of its own, so no file can have this name"),
            "rename this file".to_owned(),
        ),
        TakenBy::Parent(file) => (
            format!("the site has a file `{file}`, so no folder can have this name"),
            "rename the folder of this file".to_owned(),
        ),
    };
    Problem::error(Code::PathTaken, span, message, help)
}

/// A file or folder of the site with a name that Windows can't hold. `own` is what the file comes from: a path from the
/// site's root, or a source. `reason` is a clause.
pub(super) fn unportable_name(own: &str, name: &str, is_folder: bool, reason: &str, span: Span) -> Problem {
    let (message, help) = if is_folder {
        (
            format!("people with Windows can't save the folder `{name}` of {own}: {reason}"),
            "rename the folder, and correct the links to its files",
        )
    } else if own.trim_end_matches('`').rsplit('/').next() == Some(name) {
        (
            format!("people with Windows can't save {own}: {reason}"),
            "rename the file, and correct the links to it",
        )
    } else {
        (
            format!("{own} becomes `{name}`, which people with Windows can't save: {reason}"),
            "rename the file, and correct the links to its page",
        )
    };
    Problem::warning(Code::PortableName, span, message, help)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
