//! *Cite this page*: plain-text citations of a page and, on source pages, of the source.
//!
//! A citation lists author, title, site or publisher, date and address, except parts that are missing, without the
//! typography of any citation style.

use super::page_kind::PageKind;
use crate::render::site_data::SiteData;
use crate::render::view::{CiteView, DateView};

/// Returns the citations of a page; `None` for lists and the 404 page, which have no content of their own.
pub(super) fn cite(
    data: &SiteData<'_>,
    page_kind: PageKind<'_>,
    title: &str,
    address: Option<&str>,
) -> Option<CiteView> {
    let site = &data.verified.site;
    let about;
    let (title, updated, source) = match page_kind {
        PageKind::Home(page) => (title, page.and_then(|page| page.head.updated), None),
        PageKind::Page(page) => (title, page.head.updated, None),
        PageKind::Question(_) | PageKind::Pair(..) => (title, None, None),
        PageKind::Source(source) => {
            // The first citation cites this site's page about the source.
            about = data.locale.fill("on_source", &[("title", title)]);
            (about.as_str(), None, Some(source))
        }
        PageKind::List | PageKind::NotFound => return None,
    };
    let day = |date| DateView::of(date, data.locale).text;
    let updated = updated.map(day);
    let name = (title != site.title).then_some(site.title.as_str());
    let page = line([site.author.as_deref(), Some(title), name, updated.as_deref()], address);
    let source = source.map(|source| {
        let about = &source.about;
        let published = about.published.map(day);
        let parts =
            [about.author.as_deref(), Some(&about.title), about.publisher.as_deref(), published.as_deref()];
        line(parts, about.url.as_deref())
    });
    Some(CiteView { page, source })
}

/// Joins the parts of a citation and its address. Each part ends in a full stop unless it has end punctuation of its
/// own.
fn line(parts: [Option<&str>; 4], address: Option<&str>) -> String {
    let mut line = String::new();
    for part in parts.into_iter().flatten() {
        let part = part.trim();
        let ends = part
            .trim_end_matches(['”', '“', '"', '»', '’', ')'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？']);
        line.push_str(part);
        line.push_str(if ends { " " } else { ". " });
    }
    line.push_str(address.unwrap_or_default());
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_ends_in_one_punctuation_mark() {
        let parts = [Some("A. B."), Some("Why did it burn?"), None, Some("4 March 2021")];
        assert_eq!(
            line(parts, Some("https://a.example/")),
            "A. B. Why did it burn? 4 March 2021. https://a.example/"
        );
        assert_eq!(line([None, Some("On “Who?”"), None, None], None), "On “Who?”");
    }
}
