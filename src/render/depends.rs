//! What a page depends on: so that a rebuild makes again only the pages that a change touches.
//!
//! A page that the author wrote depends on its own file, on the frame of the site, and on the sources that it cites. All
//! others may show anything of any source and question. A template may show anything too, so that where the author has
//! written one, every page counts as one of the others; which templates a page is made with is read off their texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Made;
use super::exports::Subject;
use super::pages::PageToRender;
use super::search;
use super::theme::TEMPLATES;
use super::views::Views;
use crate::files::Files;
use crate::ids::SourceId;
use crate::load::{Prints, TemplateFile};
use crate::memo::{Fingerprint, Memo};
use crate::verify::{Page, Verified};

/// Pages as they were made, by all that they were made from.
pub type Kept = Memo<Arc<Made>>;

/// The template of pages that the author wrote. It shows nothing of the comparison but the number of its sources, and
/// the rows that the text has markers of.
const WRITTEN: &str = "page.html";
/// The template of every page's card.
const CARD: &str = "card.svg";

/// What pages depend on.
pub(super) struct Dependencies<'a> {
    prints: &'a Prints,
    /// What every page depends on.
    all: Fingerprint,
    /// What pages depend on that may show anything of sources and questions.
    evidence: Fingerprint,
    /// What the page depends on besides that lists all pages.
    headings: Fingerprint,
    /// The author's templates that each template is made with, itself included.
    made_with: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Dependencies<'a> {
    pub(super) fn new(views: &Views<'_>, prints: &'a Prints, files: &Files) -> Self {
        let verified = views.verified;
        let all = Fingerprint::of(|content| {
            content.fingerprint(&prints.frame);
            content.number(usize::from(verified.has_feed()));
            // A source's number is its column.
            content.list(views.comparison.columns.iter().map(SourceId::as_str));
        });
        let evidence = Fingerprint::of(|content| {
            content.fingerprint(&all);
            content.fingerprint(&prints.evidence);
            content.fingerprint(&uses(verified));
        });
        let headings = if verified.site.search { headings(verified) } else { Fingerprint::default() };
        Self { prints, all, evidence, headings, made_with: made_with(&verified.templates, files) }
    }

    /// The fingerprint of everything that a page is made from.
    pub(super) fn of(&self, page: &PageToRender<'_>) -> Fingerprint {
        Fingerprint::of(|content| {
            content.add(&page.path);
            content.add(&page.template);
            let used = [page.template.as_str(), CARD].map(|name| self.made_with.get(name));
            for template in used.into_iter().flatten().flatten() {
                content.add(template);
                content.fingerprint(&self.prints.templates.get(template).copied().unwrap_or_default());
            }
            let written = match page.subject {
                Subject::Home(page) => page,
                Subject::Page(page) => Some(page),
                _ => None,
            };
            if let Some(written) = written {
                content.fingerprint(&self.own(written));
            }
            match written.filter(|written| self.is_apart(page, written)) {
                Some(written) => {
                    content.fingerprint(&self.all);
                    for citation in &written.text.citations {
                        let source = self.prints.sources.get(&citation.source);
                        content.fingerprint(&source.copied().unwrap_or_default());
                    }
                }
                None => content.fingerprint(&self.evidence),
            }
            if page.path == search::PAGE {
                content.fingerprint(&self.headings);
            }
        })
    }

    /// The page's own file.
    fn own(&self, page: &Page) -> Fingerprint {
        let file = page.path.strip_suffix(".html").map(|stem| format!("{stem}.md"));
        file.and_then(|file| self.prints.pages.get(&file).copied()).unwrap_or_default()
    }

    /// Whether all that a page shows of sources is those that it cites.
    fn is_apart(&self, page: &PageToRender<'_>, written: &Page) -> bool {
        self.prints.templates.is_empty()
            && page.template == WRITTEN
            && written.head.mentions.is_empty()
            && !written.text.has_markers
    }
}

/// Which pages cite what: pages on sources list them, and quotes are counted.
fn uses(verified: &Verified) -> Fingerprint {
    Fingerprint::of(|content| {
        for page in &verified.pages {
            content.add(&page.path);
            content.number(page.text.citations.len());
            for citation in &page.text.citations {
                content.add(citation.source.as_str());
                content.number(usize::from(citation.quote.is_some()));
            }
        }
    })
}

/// What pages are about, below their titles.
fn headings(verified: &Verified) -> Fingerprint {
    Fingerprint::of(|content| {
        for page in &verified.pages {
            content.number(page.text.headings.len());
            for heading in &page.text.headings {
                content.number(usize::from(heading.level));
                content.add(&heading.id);
                content.add(&heading.text);
            }
        }
    })
}

/// For each template the author's templates that may take part in it: those that are named in its text, or hold a
/// component that is, and so on from them. Names that only happen to be there cost a page that is made for nothing.
fn made_with(own: &[TemplateFile], files: &Files) -> BTreeMap<String, BTreeSet<String>> {
    if own.is_empty() {
        return BTreeMap::new();
    }
    let own: Vec<(&str, Arc<str>)> =
        own.iter().map(|template| (template.name.as_str(), files.text(template.file))).collect();
    let theirs = own.iter().map(|(name, text)| (*name, &**text));
    // A template that replaces one of the theme's may still be built on it.
    let all: Vec<(&str, &str)> = TEMPLATES.iter().copied().chain(theirs).collect();
    let leads_to: Vec<Vec<usize>> = all
        .iter()
        .map(|(name, text)| {
            let named = |(other, others_text): &(&str, &str)| {
                // Within a string, an escape could hide a name.
                other == name
                    || text.contains('\\')
                    || text.contains(other)
                    || components(others_text).any(|component| text.contains(component))
            };
            (0..all.len()).filter(|at| named(&all[*at])).collect()
        })
        .collect();
    let closure = |name: &str| {
        let mut open: Vec<usize> = (0..all.len()).filter(|at| all[*at].0 == name).collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            open.extend(leads_to[at].iter().filter(|next| seen.insert(**next)));
        }
        let own = seen.into_iter().filter(|at| *at >= TEMPLATES.len());
        own.map(|at| all[at].0.to_owned()).collect()
    };
    all.iter().map(|(name, _)| ((*name).to_owned(), closure(name))).collect()
}

/// The names of the components that a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let name = |rest: &'_ str| rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let definitions = text.split("component ").skip(1).map(str::trim_start);
    definitions.map(move |rest| &rest[..name(rest)]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_made_with_what_it_names_and_with_what_that_names() {
        let mut files = Files::default();
        let mut add =
            |name: &str, text: &str| TemplateFile { name: name.to_owned(), file: files.add(name, text) };
        let own = [
            add("mine.html", "{% extends \"page.html\" %}{{ <badge /> }}"),
            add("parts.html", "{% component badge() %}{% include \"deep.html\" %}{% endcomponent %}"),
            add("deep.html", "deep"),
            add("other.html", "{% extends \"base.html\" %}"),
        ];
        let made_with = made_with(&own, &files);
        let of = |name: &str| made_with[name].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(of("mine.html"), ["deep.html", "mine.html", "parts.html"]);
        assert_eq!(of("other.html"), ["other.html"]);
        assert_eq!(of("page.html"), [""; 0]);
    }
}
