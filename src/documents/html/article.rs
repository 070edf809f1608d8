//! Which of a page's blocks are its article.
//!
//! To the part of the page that holds its text (`candidates`) the headline and what lies between the two are added. What
//! a site puts between an article's paragraphs is known by its label (`labelled_clutter`) or by its structure
//! (`unlabelled_clutter`).

use std::ops::Range;

use super::blocks::Draft;
use super::candidates;
use super::cues;
use super::judge::is_personal;
use super::labelled_clutter;
use super::page::{MIN_PROSE_BYTES, Page, is_prose, over};
use super::tree::Tree;
use super::unlabelled_clutter;
use crate::BlockKind;

/// Blocks between headline and text.
const MAX_LEAD_BLOCKS: usize = 30;

/// The blocks of a page that are its article, in order; none if no part of the page is running text.
pub(crate) fn article(
    tree: &Tree,
    drafts: Vec<Draft>,
    title: Option<&str>,
    author: Option<&str>,
) -> Vec<Draft> {
    let mut page = Page::new(tree, drafts);
    labelled_clutter::mark(&mut page);
    unlabelled_clutter::mark_teasers(&mut page);
    let sums = page.sums();
    let Some((top, range)) = candidates::choose(&page, &sums) else { return Vec::new() };
    unlabelled_clutter::mark(&mut page, top, range.clone());
    let Range { mut start, end } = range;
    let headline = headline(&page, (start, end), title);
    if let Some(at) = headline.filter(|at| is_opening(&page, (start, end), *at)) {
        start = at;
    }
    let text_starts =
        (start..end).find(|at| is_prose(&page.drafts[*at]) && !page.excluded[*at]).unwrap_or(start);
    if !is_personal(&page, &(start..end).collect::<Vec<_>>()) {
        labelled_clutter::mark_appeals(&mut page, start..end);
    }
    labelled_clutter::mark_author(&mut page, (headline.unwrap_or(start)..text_starts, start..end), author);
    let Page { drafts, excluded, .. } = page;
    let mut kept = Vec::new();
    for (at, draft) in drafts.into_iter().enumerate().take(end) {
        let lead = headline.is_some_and(|headline| (headline..text_starts).contains(&at));
        let keep = match headline {
            Some(headline) if at == headline => true,
            _ if excluded[at] || cues::is_site_line(&draft.text) => false,
            _ if lead => is_lead(&draft),
            _ => at >= start && is_text(&draft),
        };
        if keep {
            kept.push(draft);
        }
    }
    labelled_clutter::without_echoes(kept)
}

/// The headline: the heading that says the title, or else the nearest `h1` before the text's end.
fn headline(page: &Page, (start, end): (usize, usize), title: Option<&str>) -> Option<usize> {
    let near = start.saturating_sub(MAX_LEAD_BLOCKS)..end;
    let heading = |at: &usize| page.drafts[*at].kind == BlockKind::Heading;
    let titled = |at: &usize| title.is_some_and(|title| same_title(title, &page.drafts[*at].text));
    let first = |at: &usize| page.drafts[*at].level == 1;
    // A site's name may open the title as well, and leads to its first page.
    let name = |at: &usize| page.drafts[*at].linked == page.drafts[*at].text.len();
    let candidates = || near.clone().filter(heading).filter(titled);
    let by_title = candidates().find(|at| !name(at)).or_else(|| candidates().next());
    let before = || (near.start..start).rev().filter(heading).find(first);
    let within = || (start..end).filter(heading).find(first);
    by_title.or_else(within).or_else(before)
}

/// Whether so little text stands before a headline that it is none of the article's.
fn is_opening(page: &Page, (start, end): (usize, usize), headline: usize) -> bool {
    let sums = page.sums();
    (start..end).contains(&headline)
        && over(&sums, start..headline).prose * 10 < over(&sums, headline..end).prose
}

/// Whether a title is a heading, or a heading with the site's name before or behind. Letters and digits count.
fn same_title(title: &str, heading: &str) -> bool {
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let heading = letters(heading);
    heading.chars().count() >= 8
        && (letters(title).starts_with(&heading) || letters(title).ends_with(&heading))
}

/// Whether a block between headline and text belongs to the article: a subtitle, a caption, no names and dates.
fn is_lead(draft: &Draft) -> bool {
    let long = draft.text.len() >= 60 && draft.text.split_whitespace().nth(7).is_some();
    let kind =
        matches!(draft.kind, BlockKind::Heading | BlockKind::Caption | BlockKind::Quote | BlockKind::Note);
    let item = draft.kind == BlockKind::Item && draft.linked == 0 && draft.text.ends_with('.');
    draft.linked * 2 < draft.text.len() && (kind || long || item || is_prose(draft))
}

/// Whether a block within the article is its text rather than links and scraps of the page's machinery.
fn is_text(draft: &Draft) -> bool {
    let text = &draft.text;
    let words = text.split_whitespace().take(4).count();
    let stops = text.ends_with(['.', '!', '?', '…', '”', '"', '»', '“', ')', ':', '。', '」', '！', '？']);
    match draft.kind {
        _ if draft.paid || (draft.card && draft.kind != BlockKind::Caption) => false,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote if draft.linked * 10 > text.len() * 8 => {
            stops && words > 3 && draft.kind != BlockKind::Item && draft.linked < text.len()
        }
        BlockKind::Paragraph => stops || words > 3 || text.len() > MIN_PROSE_BYTES,
        _ => true,
    }
}
