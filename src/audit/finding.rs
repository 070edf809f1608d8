//! The defects that an audit can find in a finished page or style sheet, and the problem with message and help for
//! each. `rules` finds them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::SitePaths;
use crate::files::Span;
use crate::load::BYTES_PER_KB;
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// A defect of a finished page or style sheet.
#[derive(Debug)]
pub(super) enum Finding {
    /// An address that leads to no file: the path that the address resolves to.
    MissingFile(String),
    /// An address whose path differs from that of a file only in upper and lower case.
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
    /// An id that an earlier element of the page already has.
    DuplicateId(String),
    /// An image without `alt`: the image's address.
    MissingAlt(String),
    /// A heading more than one level deeper than the heading before, whose level is `above`.
    SkippedLevel {
        above: u8,
        level: u8,
        text: String,
    },
    MissingH1,
    /// More than one `h1` element: their number.
    SeveralH1(usize),
    /// A link without an accessible name: the link's address.
    UnnamedLink(String),
    /// A page without a title, or with an empty one.
    MissingTitle,
    /// A title that at least two pages have.
    DuplicateTitle(String),
    MissingLanguage,
    /// A page that weighs more, with everything that it loads, than `page_kb` allows.
    TooHeavy {
        bytes: u64,
        max_kb: u32,
        heaviest: String,
        heaviest_bytes: u64,
    },
}

/// The existing paths and ids, from which a help suggests the most similar one.
#[derive(Clone, Copy)]
pub(super) struct HelpContext<'a> {
    pub(super) paths: &'a SitePaths<'a>,
    /// The ids of the page that the link leads to.
    pub(super) ids: Option<&'a BTreeMap<String, Range<usize>>>,
}

impl Finding {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::MissingFile(_) | Self::WrongCase { .. } | Self::OutsideSite(_) => Code::PageLink,
            Self::MissingAnchor { .. } => Code::PageAnchor,
            Self::DuplicateId(_) => Code::PageId,
            Self::MissingAlt(_) => Code::PageImage,
            Self::SkippedLevel { .. } | Self::MissingH1 | Self::SeveralH1(_) => Code::PageHeading,
            Self::UnnamedLink(_) => Code::PageLinkName,
            Self::MissingTitle | Self::DuplicateTitle(_) => Code::PageTitle,
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
            Self::SeveralH1(_) => "several".to_owned(),
            Self::DuplicateTitle(title) => format!("same {title}"),
            Self::MissingLanguage => String::new(),
            Self::TooHeavy { heaviest, .. } => heaviest.clone(),
        }
    }

    /// Returns the path of the page whose ids the help may suggest.
    pub(super) fn target_page(&self) -> Option<&str> {
        match self {
            Self::MissingAnchor { page, .. } => Some(page),
            _ => None,
        }
    }

    pub(super) fn problem(&self, span: Span, context: HelpContext<'_>) -> Problem {
        match self {
            Self::MissingFile(_) | Self::WrongCase { .. } | Self::OutsideSite(_) => {
                self.path_problem(span, context)
            }
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
                    format!("duplicate id `{id}` on this page"),
                    "give every element a unique id: a link leads only to the first",
                )
                .label("an earlier element has this id"),
            Self::MissingAlt(_) => self.error(
                span,
                "this image has no `alt`".to_owned(),
                "describe the image in `alt`; write `alt=\"\"` if it is only decorative",
            ),
            _ => self.quality_problem(span),
        }
    }

    fn path_problem(&self, span: Span, context: HelpContext<'_>) -> Problem {
        match self {
            Self::WrongCase { written, file } => self.error(
                span,
                format!("`{written}` differs in upper and lower case from the file `{file}`"),
                &format!("write `{file}`: paths are case-sensitive on most hosts"),
            ),
            Self::MissingFile(path) => {
                let help = match near_path(path, context.paths) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "link to a file of the site; files in `content/` are copied into it".to_owned(),
                };
                self.error(span, format!("there is no `{path}` in this site"), &help)
            }
            _ => self.error(
                span,
                "this address leads outside the site".to_owned(),
                "remove a `../`: addresses are relative to the folder of their page",
            ),
        }
    }

    fn quality_problem(&self, span: Span) -> Problem {
        match self {
            Self::SkippedLevel { above, level, text } => self.warning(
                span,
                format!("the heading “{text}” skips a level: `h{level}` after `h{above}`"),
                &format!("make it `h{}` and set its size in the style sheet", above + 1),
            ),
            Self::MissingH1 => self.warning(
                span,
                "this page has no `h1`".to_owned(),
                "add an `h1` with the page's headline: screen readers announce it first",
            ),
            Self::SeveralH1(count) => self.warning(
                span,
                format!("this page has {count} `h1` headings"),
                "keep one `h1` and make the others `h2`",
            ),
            Self::UnnamedLink(_) => self.warning(
                span,
                "this link has no text that says where it leads".to_owned(),
                "add text to the link, an `alt` to its image, or an `aria-label` to its icon",
            ),
            Self::DuplicateTitle(title) => self.warning(
                span,
                format!("several pages have the title “{title}”"),
                "give each page a unique title: browser tabs and search results show only that",
            ),
            Self::MissingLanguage => self.warning(
                span,
                "this page does not declare its language".to_owned(),
                "write `<html lang=\"{{ site.language }}\">` in its template",
            ),
            Self::TooHeavy { bytes, max_kb, heaviest, heaviest_bytes } => self
                .warning(
                    span,
                    format!("this page weighs {} with everything it loads", kb(*bytes)),
                    "reduce its size, or raise `page_kb` under `[limits]` in `site.toml`",
                )
                .note(format!(
                    "the limit is {max_kb} kB; the largest file is `{heaviest}` with {}",
                    kb(*heaviest_bytes)
                )),
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

fn kb(bytes: u64) -> String {
    format!("{} kB", bytes.div_ceil(BYTES_PER_KB as u64))
}

/// Finds the path that `wanted` most likely meant: the same file name in another folder, or else the most similar path.
fn near_path<'a>(wanted: &str, paths: &SitePaths<'a>) -> Option<&'a str> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let all: Vec<&str> = paths.iter().collect();
    let moved = all.iter().find(|path| name(path) == name(wanted)).copied();
    moved.or_else(|| nearest_name(wanted, all))
}
