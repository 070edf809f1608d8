//! Builds the table of contents on the search page: the pages of the site's author, each with its headings of the
//! highest level. Readers see it if scripts are off, or if the query is empty or finds nothing.

use super::site_data::SiteData;
use super::view::{ContentsView, LinkView};
use super::{HOME, url_path};
use crate::verify::{CheckedMarkdown, Page};

/// Lists the pages of the site's author by folder. In each folder, its index comes first, then pages by `order`, then
/// those without `order` by path. A generated home page comes before all others.
pub(super) fn contents(data: &SiteData<'_>) -> Vec<ContentsView> {
    let mut sorted: Vec<&Page> = data.verified.pages.iter().collect();
    sorted.sort_by_key(|page| {
        let (folder, name) = page.path.rsplit_once('/').unwrap_or(("", &page.path));
        (folder, name != HOME, page.head.order.unwrap_or(u32::MAX), &page.path)
    });
    let mut contents: Vec<ContentsView> = sorted.into_iter().map(of_page).collect();
    if !data.has_home() {
        let site = &data.verified.site;
        let page = LinkView {
            title: site.title.clone(),
            description: site.description.clone(),
            path: HOME.to_owned(),
        };
        contents.insert(0, ContentsView { page, headings: Vec::new() });
    }
    contents
}

fn of_page(page: &Page) -> ContentsView {
    let path = url_path(&page.path);
    ContentsView {
        headings: headings(&page.text, &path),
        page: LinkView { title: page.head.title.clone(), description: page.head.description.clone(), path },
    }
}

/// Returns links to the headings of the highest level that the text uses. `path` is the page that they lead to; if it
/// is empty, the links are for the page itself.
pub(super) fn headings(text: &CheckedMarkdown, path: &str) -> Vec<LinkView> {
    let highest = text.headings.iter().map(|heading| heading.level).min();
    let headings = text.headings.iter().filter(|heading| Some(heading.level) == highest);
    let link = |heading: &crate::verify::Heading| LinkView {
        title: heading.text.trim().to_owned(),
        description: None,
        path: format!("{path}#{}", heading.id),
    };
    headings.map(link).collect()
}
