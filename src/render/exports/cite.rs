//! *Cite this page*: a page, and a source, as one line of plain text.
//!
//! Author, title, the site or publisher, the day, the address: each as far as it is known, in no style's typography, so
//! that it can be put into any.

use super::subject::Subject;
use crate::render::site_data::SiteData;
use crate::render::view::{CiteView, DateView};

/// How to cite a page, if it is one that says something.
pub(super) fn cite(
    data: &SiteData<'_>,
    subject: Subject<'_>,
    title: &str,
    address: Option<&str>,
) -> Option<CiteView> {
    let site = &data.verified.site;
    let about;
    let (title, updated, source) = match subject {
        Subject::Home(page) => (title, page.and_then(|page| page.head.updated), None),
        Subject::Page(page) => (title, page.head.updated, None),
        Subject::Question(_) | Subject::Pair(..) => (title, None, None),
        Subject::Source(source) => {
            // What this site writes is a page on the source, not the source.
            about = data.words.fill("on_source", &[("title", title)]);
            (about.as_str(), None, Some(source))
        }
        Subject::List | Subject::Missing => return None,
    };
    let day = |date| DateView::of(date, data.words).text;
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

/// Each part with a full stop, where it has no mark of its own at its end.
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
    fn every_part_ends_in_one_mark() {
        let parts = [Some("A. B."), Some("Why did it burn?"), None, Some("4 March 2021")];
        assert_eq!(
            line(parts, Some("https://a.example/")),
            "A. B. Why did it burn? 4 March 2021. https://a.example/"
        );
        assert_eq!(line([None, Some("On “Who?”"), None, None], None), "On “Who?”");
    }
}
