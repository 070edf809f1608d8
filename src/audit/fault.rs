//! What can be wrong with a finished page, and how it is said.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::Paths;
use crate::files::Span;
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// Something that is wrong with a page.
#[derive(Debug)]
pub(super) enum Fault {
    /// An address that leads to no file, by the path that it leads to.
    NoFile(String),
    /// A path that is written in other capitals than the file's.
    Spelt { written: String, file: String },
    /// An address that leads above the site's root.
    Outside(String),
    /// A page without the id that an address ends in.
    NoAnchor { page: String, id: String },
    /// An id that another element of the page has.
    Twice(String),
    /// A picture without `alt`, by its address.
    NoAlt(String),
    /// A heading more than one level below the one before.
    Skips { above: u8, level: u8, text: String },
    /// No `h1`.
    NoHeadline,
    /// More than one `h1`.
    Headlines(usize),
    /// A link without a name, by its address.
    NoName(String),
    /// No title, or an empty one.
    NoTitle,
    /// Another page has this title.
    SameTitle(String),
    /// No `lang`.
    NoLanguage,
    /// More than a page may weigh.
    Heavy { bytes: u64, limit_kb: u32, heaviest: String, of_it: u64 },
}

/// What a fault's help is taken from.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// The paths of the site.
    pub(super) paths: &'a Paths<'a>,
    /// The ids of the page that a link leads to.
    pub(super) ids: Option<&'a BTreeMap<String, Range<usize>>>,
}

impl Fault {
    /// Its kind.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::NoFile(_) | Self::Spelt { .. } | Self::Outside(_) => Code::PageLink,
            Self::NoAnchor { .. } => Code::PageAnchor,
            Self::Twice(_) => Code::PageId,
            Self::NoAlt(_) => Code::PageImage,
            Self::Skips { .. } | Self::NoHeadline | Self::Headlines(_) => Code::PageHeading,
            Self::NoName(_) => Code::PageLinkName,
            Self::NoTitle | Self::SameTitle(_) => Code::PageTitle,
            Self::NoLanguage => Code::PageLanguage,
            Self::Heavy { .. } => Code::PageWeight,
        }
    }

    /// What it is about: two of one kind that are about the same are one finding, on several pages.
    pub(super) fn about(&self) -> String {
        match self {
            Self::NoFile(path) => path.clone(),
            Self::Spelt { written, .. } => format!("spelt {written}"),
            Self::Outside(address) => format!("outside {address}"),
            Self::NoAnchor { page, id } => format!("{page}#{id}"),
            Self::Twice(id) => id.clone(),
            Self::NoAlt(address) | Self::NoName(address) => address.clone(),
            Self::Skips { above, level, text } => format!("{above} {level} {text}"),
            Self::NoHeadline | Self::NoTitle => "none".to_owned(),
            Self::Headlines(_) => "several".to_owned(),
            Self::SameTitle(title) => format!("same {title}"),
            Self::NoLanguage => String::new(),
            Self::Heavy { heaviest, .. } => heaviest.clone(),
        }
    }

    /// The path or page whose neighbours may help.
    pub(super) fn page(&self) -> Option<&str> {
        match self {
            Self::NoAnchor { page, .. } => Some(page),
            _ => None,
        }
    }

    /// The fault as it is told.
    pub(super) fn problem(&self, span: Span, known: Known<'_>) -> Problem {
        match self {
            Self::NoFile(_) | Self::Spelt { .. } | Self::Outside(_) => self.of_path(span, known),
            Self::NoAnchor { page, id } => {
                let ids = known.ids.into_iter().flat_map(BTreeMap::keys).map(String::as_str);
                let near = nearest_name(id, ids);
                let help = near.map(|near| format!("did you mean `#{near}`?"));
                let help =
                    help.unwrap_or_else(|| "give the element an `id`, or link to the page alone".to_owned());
                self.error(span, format!("`{page}` has no place `#{id}`"), &help)
            }
            Self::Twice(id) => self
                .error(
                    span,
                    format!("the id `{id}` stands twice on this page"),
                    "give every element an id of its own: a link leads to the first alone",
                )
                .label("not the first of this id"),
            Self::NoAlt(_) => self.error(
                span,
                "this picture has no `alt`".to_owned(),
                "say in `alt` what it shows; for one that only decorates write `alt=\"\"`",
            ),
            _ => self.of_quality(span),
        }
    }

    fn of_path(&self, span: Span, known: Known<'_>) -> Problem {
        match self {
            Self::Spelt { written, file } => self.error(
                span,
                format!("`{written}` is spelt `{file}` in this site"),
                &format!("write `{file}`: most hosts tell capitals from small letters"),
            ),
            Self::NoFile(path) => {
                let help = match near_path(path, known.paths) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "link to a file of the site; what is in `content/` is copied into it".to_owned(),
                };
                self.error(span, format!("there is no `{path}` in this site"), &help)
            }
            _ => self.error(
                span,
                "this leads out of the site".to_owned(),
                "take out a `../`: addresses begin at the folder of the page that they stand on",
            ),
        }
    }

    fn of_quality(&self, span: Span) -> Problem {
        match self {
            Self::Skips { above, level, text } => self.warning(
                span,
                format!("the heading “{text}” skips a level: `h{level}` after `h{above}`"),
                &format!("make it `h{}`; its size is a matter of style", above + 1),
            ),
            Self::NoHeadline => self.warning(
                span,
                "this page has no `h1`".to_owned(),
                "give it a headline: it is what a screen reader begins with",
            ),
            Self::Headlines(count) => self.warning(
                span,
                format!("this page has {count} headlines"),
                "keep one `h1` and make the others `h2`",
            ),
            Self::NoName(_) => self.warning(
                span,
                "this link has no words that say where it leads".to_owned(),
                "write them into it; a picture says them in its `alt`, a sign in `aria-label`",
            ),
            Self::SameTitle(title) => self.warning(
                span,
                format!("several pages are called “{title}”"),
                "give each a title of its own: in a list of tabs or results it is all that tells them apart",
            ),
            Self::NoLanguage => self.warning(
                span,
                "this page doesn't say which language it is in".to_owned(),
                "write `<html lang=\"{{ site.language }}\">` in its template",
            ),
            Self::Heavy { bytes, limit_kb, heaviest, of_it } => self
                .warning(
                    span,
                    format!("this page weighs {} with all that it loads", kb(*bytes)),
                    "make it lighter, or raise `page_kb` under `[limits]` in `site.toml`",
                )
                .note(format!("{limit_kb} kB are allowed; the most of it is `{heaviest}`: {}", kb(*of_it))),
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
    format!("{} kB", bytes.div_ceil(1000))
}

/// The path that was most likely meant: one of the same name in another folder, or one that is written nearly so.
fn near_path<'a>(wanted: &str, paths: &Paths<'a>) -> Option<&'a str> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let all: Vec<&str> = paths.iter().collect();
    let moved = all.iter().find(|path| name(path) == name(wanted)).copied();
    moved.or_else(|| nearest_name(wanted, all))
}
