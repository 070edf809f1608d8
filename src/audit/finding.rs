//! The defects that an audit can find in a finished page or style sheet, and the problem with message and help for
//! each. `rules` finds them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::SitePaths;
use super::listed;
use crate::files::BYTES_PER_KB;
use crate::files::Span;
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// A defect of a finished page or style sheet.
#[derive(Debug)]
pub(super) enum Finding {
    /// An address that leads to no file: the path that the address resolves to.
    MissingFile(String),
    /// An address whose path differs from a file's path only in upper and lower case.
    WrongCase {
        written: String,
        file: String,
    },
    /// An address that leads above the site's root.
    OutsideSite(String),
    /// A link with a fragment that is not an id of the target page.
    MissingAnchor {
        page: String,
        id: String,
    },
    /// An id that an earlier element of the page already has as its `id`, or an earlier `a` as its `name`.
    DuplicateId(String),
    /// An image or `area` without a text alternative: its address.
    MissingAlt(String),
    /// A heading more than one level deeper than the heading before, whose level is `above`.
    SkippedLevel {
        above: u8,
        level: u8,
        text: String,
    },
    MissingH1,
    /// More than one `h1` element.
    SeveralH1 {
        count: usize,
        /// The text of the second one.
        second: String,
    },
    /// A link without an accessible name: the link's address.
    UnnamedLink(String),
    /// A page without a title, or with an empty one.
    MissingTitle,
    /// A title that several pages have.
    DuplicateTitle {
        title: String,
        pages: Vec<String>,
    },
    MissingLanguage,
    /// A page that has more bytes, together with its style sheets, scripts and images, than `page_kb` in `site.toml`
    /// allows.
    TooHeavy {
        bytes: u64,
        max_kb: u32,
        heaviest: String,
        heaviest_bytes: u64,
    },
}

/// What help texts need: existing paths and ids, to suggest the most similar one, and the author's files.
#[derive(Clone, Copy)]
pub(super) struct HelpContext<'a> {
    pub(super) paths: &'a SitePaths<'a>,
    /// The ids of the page that the link leads to; `None` if the finding is not about the fragment of a link.
    pub(super) ids: Option<&'a BTreeMap<String, Range<usize>>>,
    /// The author's files that pages with the same title are made from; empty for other findings.
    pub(super) written: &'a [String],
}

impl Finding {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::MissingFile(_) | Self::WrongCase { .. } | Self::OutsideSite(_) => Code::PageLink,
            Self::MissingAnchor { .. } => Code::PageAnchor,
            Self::DuplicateId(_) => Code::PageId,
            Self::MissingAlt(_) => Code::PageImage,
            Self::SkippedLevel { .. } | Self::MissingH1 | Self::SeveralH1 { .. } => Code::PageHeading,
            Self::UnnamedLink(_) => Code::PageLinkName,
            Self::MissingTitle | Self::DuplicateTitle { .. } => Code::PageTitle,
            Self::MissingLanguage => Code::PageLanguage,
            Self::TooHeavy { .. } => Code::PageWeight,
        }
    }

    /// Returns the finding's identity. Findings of several pages with the same code and identity are reported as one.
    /// Problem ids are hashes of this text, and baselines contain problem ids, so the texts must not change.
    pub(super) fn identity(&self) -> String {
        match self {
            Self::MissingFile(path) => path.clone(),
            Self::WrongCase { written, .. } => format!("spelt {written}"),
            Self::OutsideSite(address) => format!("outside {address}"),
            Self::MissingAnchor { page, id } => format!("{page}#{id}"),
            Self::DuplicateId(id) => id.clone(),
            Self::MissingAlt(address) | Self::UnnamedLink(address) => address.clone(),
            Self::SkippedLevel { above, level, text } => format!("{above} {level} {text}"),
            Self::MissingH1 | Self::MissingTitle => "none".to_owned(),
            Self::SeveralH1 { .. } => "several".to_owned(),
            Self::DuplicateTitle { title, pages } => match alike_sources(pages) {
                Some(sources) => format!("alike {}", sources.join(" ")),
                None => format!("same {title}"),
            },
            Self::MissingLanguage => String::new(),
            Self::TooHeavy { heaviest, .. } => heaviest.clone(),
        }
    }

    /// Returns the path of the page whose ids the help may suggest; `None` if the finding is not about a missing id.
    pub(super) fn target_page(&self) -> Option<&str> {
        match self {
            Self::MissingAnchor { page, .. } => Some(page),
            _ => None,
        }
    }

    /// Returns the pages that the message lists; empty if it lists none.
    pub(super) fn named_pages(&self) -> &[String] {
        match self {
            Self::DuplicateTitle { pages, .. } => pages,
            _ => &[],
        }
    }

    /// Returns texts to search for in the author's files, to find where this defect was written, the likeliest first;
    /// empty if no text is known. `None` if the message already says what to change.
    pub(super) fn needles(&self) -> Option<Vec<String>> {
        let name = |address: &str| {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned)
        };
        Some(match self {
            Self::MissingFile(address)
            | Self::OutsideSite(address)
            | Self::WrongCase { written: address, .. }
            | Self::MissingAlt(address)
            | Self::UnnamedLink(address) => name(address).into_iter().collect(),
            Self::MissingAnchor { id, .. } => vec![format!("#{id}")],
            Self::DuplicateId(id) => {
                vec![format!("id=\"{id}\""), format!("id='{id}'"), format!("id={id}"), format!("{{#{id}")]
            }
            Self::SkippedLevel { text, .. } | Self::SeveralH1 { second: text, .. } if !text.is_empty() => {
                vec![text.clone()]
            }
            Self::SkippedLevel { .. } | Self::SeveralH1 { .. } | Self::MissingH1 | Self::MissingTitle => {
                Vec::new()
            }
            Self::MissingLanguage => vec!["<html>".to_owned()],
            Self::DuplicateTitle { .. } | Self::TooHeavy { .. } => return None,
        })
    }

    pub(super) fn problem(&self, span: Span, context: HelpContext<'_>) -> Problem {
        match self {
            Self::MissingFile(path) => {
                let help = match near_path(path, context.paths) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => missing_help(path),
                };
                self.error(span, format!("there is no `{path}` in this site"), &help)
            }
            Self::WrongCase { written, file } => self.error(
                span,
                format!("the file is named `{file}`, not `{written}`"),
                &format!("write `{file}`: most hosts distinguish capital letters"),
            ),
            Self::OutsideSite(address) => self.error(
                span,
                format!("`{address}` leads outside the site"),
                "remove a `../`: addresses are relative to the folder of their page",
            ),
            Self::MissingAnchor { page, id } => {
                let ids = context.ids.into_iter().flat_map(BTreeMap::keys).map(String::as_str);
                let near = nearest_name(id, ids);
                let help = near.map(|near| format!("did you mean `#{near}`?"));
                let help = help.unwrap_or_else(|| {
                    format!("add `id=\"{id}\"` to an element, or link to the page without `#{id}`")
                });
                self.error(span, format!("`{page}` has no element with the id `{id}`"), &help)
            }
            Self::DuplicateId(id) => self
                .error(
                    span,
                    format!("several elements of this page have the id `{id}`"),
                    "give each its own id in the template: links lead only to the first element",
                )
                .label("an earlier element has this id"),
            Self::MissingAlt(_) => self.error(
                span,
                "this image has no `alt`".to_owned(),
                "describe the image in `alt=\"…\"`; write `alt=\"\"` if it is only decorative",
            ),
            _ => self.quality_problem(span, context),
        }
    }

    fn quality_problem(&self, span: Span, context: HelpContext<'_>) -> Problem {
        match self {
            Self::SkippedLevel { above, level, text } => self.warning(
                span,
                format!("the heading “{text}” skips a level: `h{level}` after `h{above}`"),
                &format!("write `h{}`, and set the size of the heading in the style sheet", above + 1),
            ),
            Self::MissingH1 => self.warning(
                span,
                "this page has no `h1`".to_owned(),
                "add an `h1` with the page's headline: screen readers announce it first",
            ),
            Self::SeveralH1 { count, .. } => self.warning(
                span,
                format!("this page has {count} `h1` headings"),
                "the `title` of the page is its first `h1`: keep that, and make the others `h2` (`##` in Markdown)",
            ),
            Self::UnnamedLink(_) => self.warning(
                span,
                "this link has no text that says where it leads".to_owned(),
                "add text to the link, an `alt` to its image, or an `aria-label` to its icon",
            ),
            Self::DuplicateTitle { title, pages } => {
                let help = duplicate_title_help(pages, context.written);
                let named = listed(pages, ", ").unwrap_or_default();
                self.warning(span, format!("{} pages have the title “{title}”: {named}", pages.len()), &help)
            }
            Self::MissingLanguage => self.warning(
                span,
                "this page does not declare its language".to_owned(),
                "write `<html lang=\"{{ site.language }}\">` in its template",
            ),
            Self::TooHeavy { bytes, max_kb, heaviest, heaviest_bytes } => self
                .warning(
                    span,
                    format!(
                        "this page and everything it loads have {}; the limit is {max_kb} kB",
                        kb(*bytes)
                    ),
                    "make its largest files smaller, or raise `page_kb` under `[limits]` in `site.toml`",
                )
                .note(format!("its largest file is `{heaviest}` with {}", kb(*heaviest_bytes))),
            _ => self.warning(
                span,
                "this page has no title".to_owned(),
                "write `<title>{{ title }}</title>` in its template",
            ),
        }
    }

    fn error(&self, span: Span, message: String, help: &str) -> Problem {
        Problem::error(self.code(), span, message, help)
    }

    fn warning(&self, span: Span, message: String, help: &str) -> Problem {
        Problem::warning(self.code(), span, message, help)
    }
}

/// The help for pages with the same title. The title of a page that compares two sources consists of their names.
fn duplicate_title_help(pages: &[String], written: &[String]) -> String {
    if let Some(sources) = alike_sources(pages) {
        let records: Vec<String> = sources.iter().map(|id| format!("seeds/{id}.toml")).collect();
        let records = listed(&records, " and ").unwrap_or_default();
        return format!(
            "the sources on these pages have the same name (their publisher or title): write a different \
             `short = \"…\"` in each of {records}"
        );
    }
    match listed(written, " or ") {
        Some(files) => format!("change `title` in {files}"),
        None => {
            "give each page a title of its own: browser tabs and search results show only that".to_owned()
        }
    }
}

/// If pages with the same title each compare two sources, returns the ids of the sources whose equal names cause that:
/// those that aren't on all of these pages. `None` if a page does not compare two sources.
fn alike_sources(pages: &[String]) -> Option<Vec<&str>> {
    fn pair(page: &str) -> Option<(&str, &str)> {
        page.strip_prefix("compare/")?.strip_suffix(".html")?.split_once("--")
    }
    let pairs: Vec<(&str, &str)> = pages.iter().map(|page| pair(page)).collect::<Option<_>>()?;
    let mut sources: Vec<&str> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.retain(|id| !pairs.iter().all(|(one, other)| [one, other].contains(&id)));
    Some(sources)
}

/// The help for a path that no file of the site has.
fn missing_help(path: &str) -> String {
    let has_kind = |kinds: &[&str]| kinds.iter().any(|kind| path.to_lowercase().ends_with(kind));
    if let Some(stem) = path.strip_suffix(".html") {
        return format!("write the page `content/{stem}.md`, or correct the address");
    }
    let what = if has_kind(&[".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif"]) {
        "picture"
    } else {
        "file"
    };
    format!("put the {what} at `content/{path}`, or correct the address")
}

fn kb(bytes: u64) -> String {
    format!("{} kB", bytes.div_ceil(BYTES_PER_KB as u64))
}

/// Finds the path that `wanted` most likely means: the same file name in another folder, or else the most similar path.
/// `None` if no path is similar.
fn near_path<'a>(wanted: &str, paths: &SitePaths<'a>) -> Option<&'a str> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let all: Vec<&str> = paths.iter().collect();
    let moved = all.iter().find(|path| name(path) == name(wanted)).copied();
    moved.or_else(|| nearest_name(wanted, all))
}
