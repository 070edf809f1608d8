//! Selects the blocks of a page that make up its article.
//!
//! The article is the range of blocks that `candidates` finds for its text, with the headline and the blocks
//! between headline and text. Clutter is left out (`labelled_clutter`, `unlabelled_clutter`), and so are sponsored
//! links, blocks that are only links (with exceptions), and the site's own lines, such as copyright notices
//! (`phrases`).

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::blocks::BlockDraft;
use super::candidates;
use super::criteria::{beside_prose, is_box, is_personal};
use super::labelled_clutter;
use super::page::{MIN_PROSE_BYTES, PageBlocks, is_prose};
use super::phrases;
use super::tree::{Id, Tree};
use super::unlabelled_clutter;
use crate::BlockKind;
use crate::url::{scheme, split_origin};

/// Maximum number of blocks between the headline and the article's text.
const MAX_LEAD_BLOCKS: usize = 30;
/// Maximum amount of running text before the headline, relative to the text after it.
const MAX_BEFORE_HEADLINE_PERCENT: usize = 10;
/// A shorter heading is not compared with the page title, which may contain it by chance.
const MIN_HEADLINE_CHARS: usize = 8;
/// If at least this many paragraphs are between the headline and the text, they belong to the text.
const MIN_LEAD_PARAGRAPHS: usize = 3;
/// A block between headline and text with fewer bytes or words is not taken for a subtitle.
const MIN_SUBTITLE_BYTES: usize = 60;
const MIN_SUBTITLE_WORDS: usize = 8;
/// A block whose share of link text is larger counts as a link, unless it is a sentence, an address, or an item of a
/// list that a paragraph introduces.
const MAX_LINK_PERCENT: usize = 80;
/// A paragraph with fewer words is a label, unless it ends like a sentence, is long, or is beside running text.
const MIN_PARAGRAPH_WORDS: usize = 4;

/// The properties of a block that depend on the blocks around it.
#[derive(Clone, Copy, Debug)]
struct Surroundings {
    /// Whether the block is code, or the box that contains it also contains running text.
    is_beside_text: bool,
    /// Whether the last paragraph ends with a colon, and only list items are between it and the block.
    is_introduced: bool,
}

/// Returns the blocks of the article, in order; empty if there is no running text, or if the page has a `main`
/// element and the text is outside of it.
pub(crate) fn select(tree: &Tree, blocks: Vec<BlockDraft>, title: Option<&str>) -> Vec<BlockDraft> {
    let mut page = PageBlocks::new(tree, blocks);
    labelled_clutter::exclude(&mut page);
    unlabelled_clutter::exclude_teasers(&mut page);
    let sums = page.prefix_sums();
    let Some((top, range)) = candidates::choose(&page, &sums) else { return Vec::new() };
    if is_outside_main(&page, &range) {
        return Vec::new();
    }
    unlabelled_clutter::exclude(&mut page, top, range.clone());
    let Range { mut start, end } = range;
    let headline = headline(&page, (start, end), title);
    if let Some(at) = headline.filter(|at| is_near_start(&page, (start, end), *at, title)) {
        start = at;
    }
    let text_start = text_start(&page, headline.unwrap_or(start), (start, end));
    start = start.min(text_start);
    if !is_personal(&page, &(start..end).collect::<Vec<_>>()) {
        labelled_clutter::exclude_appeals(&mut page, start..end);
    }
    let beside_text = beside_prose(&page, start..end);
    let PageBlocks { blocks, excluded, .. } = page;
    let mut article = Vec::new();
    let mut is_introduced = false;
    for (at, block) in blocks.into_iter().enumerate().take(end) {
        let in_lead = headline.is_some_and(|headline| (headline..text_start).contains(&at));
        let surroundings = Surroundings { is_beside_text: beside_text[at], is_introduced };
        let keep = match headline {
            Some(headline) if at == headline => true,
            _ if excluded[at] || phrases::is_site_line(&block.text) => false,
            _ if in_lead => is_lead(&block),
            _ => at >= start && is_text(&block, surroundings),
        };
        if block.kind != BlockKind::Item {
            is_introduced = keep && block.kind == BlockKind::Paragraph && block.text.ends_with(':');
        }
        if keep {
            article.push(block);
        }
    }
    labelled_clutter::remove_pull_quotes(tree, article)
}

/// Returns the index of the text's first paragraph: the first one in the range from `start` to `end` or, if at
/// least [`MIN_LEAD_PARAGRAPHS`] paragraphs are between the headline and that one, the first of these.
fn text_start(page: &PageBlocks, headline: usize, (start, end): (usize, usize)) -> usize {
    let prose = |range: Range<usize>| range.filter(|at| is_prose(&page.blocks[*at]) && !page.excluded[*at]);
    let text_start = prose(start..end).next().unwrap_or(start);
    let mut lead = prose(headline..text_start);
    let first = lead.next();
    if 1 + lead.count() >= MIN_LEAD_PARAGRAPHS { first.unwrap_or(text_start) } else { text_start }
}

/// Whether the page marks its main content, and a range of blocks is wholly outside of it.
fn is_outside_main(page: &PageBlocks, range: &Range<usize>) -> bool {
    let is_main = |id: &Id| page.tree.name(*id) == "main" || page.tree.attribute(*id, "role") == Some("main");
    let mut mains = page
        .tree
        .below(Tree::ROOT)
        .filter(is_main)
        .map(|id| page.spans[id])
        .filter(|(start, end)| start < end)
        .peekable();
    mains.peek().is_some() && mains.all(|(start, end)| end <= range.start || range.end <= start)
}

/// Finds the headline among the headings that don't lead to the home page: one that is in the page title
/// (`same_title`), else the first `h1` in the article's text, else the last `h1` before that text.
fn headline(page: &PageBlocks, (start, end): (usize, usize), title: Option<&str>) -> Option<usize> {
    let near = start.saturating_sub(MAX_LEAD_BLOCKS)..end;
    let is_heading = |at: &usize| page.blocks[*at].kind == BlockKind::Heading;
    let matches_title = |at: &usize| title.is_some_and(|title| same_title(title, &page.blocks[*at].text));
    let is_h1 = |at: &usize| page.blocks[*at].level == 1;
    // The page title may start with the site's name, which is usually a link to the home page. So a heading that
    // is not a link is preferred.
    let is_link = |at: &usize| page.blocks[*at].link_bytes == page.blocks[*at].text.len();
    let is_heading = |at: &usize| is_heading(at) && !leads_home(page.tree, page.blocks[*at].owner);
    let candidates = || near.clone().filter(is_heading).filter(matches_title);
    let by_title = candidates().find(|at| !is_link(at)).or_else(|| candidates().next());
    let before = || (near.start..start).rev().filter(is_heading).find(is_h1);
    let within = || (start..end).filter(is_heading).find(is_h1);
    by_title.or_else(within).or_else(before)
}

/// Whether a heading contains, or is directly in, a link to a home page. Such a heading is the site's name.
fn leads_home(tree: &Tree, heading: Id) -> bool {
    const MAX_LINK_NODES: usize = 8;
    let mut links = tree
        .below(heading)
        .take(MAX_LINK_NODES)
        .chain(tree.parent(heading))
        .filter(|id| tree.name(*id) == "a");
    links.any(|id| {
        tree.attribute(id, "href").is_some_and(|href| {
            href == "/" || scheme(href).is_some() && matches!(split_origin(href).1, "" | "/")
        })
    })
}

/// Whether the headline is in the article's range, with little text before it. In this case, that text is not part
/// of the article. If the headline is in the page title, text before it in a box of its own, such as a ticker,
/// doesn't count.
fn is_near_start(
    page: &PageBlocks,
    (start, end): (usize, usize),
    headline: usize,
    title: Option<&str>,
) -> bool {
    let is_title = title.is_some_and(|title| same_title(title, &page.blocks[headline].text));
    let is_apart = |at: &usize| {
        let around = page.tree.up(page.blocks[*at].owner).find(|id| is_box(page.tree.name(*id)));
        around.is_some_and(|id| page.spans[id].1 <= headline)
    };
    let bytes = |range: Range<usize>, counts: &dyn Fn(&usize) -> bool| -> usize {
        let prose = range.filter(|at| !page.excluded[*at] && is_prose(&page.blocks[*at]));
        prose.filter(counts).map(|at| page.blocks[at].text.len()).sum()
    };
    (start..end).contains(&headline)
        && bytes(start..headline, &|at| !is_title || !is_apart(at)) * 100
            < bytes(headline..end, &|_| true) * MAX_BEFORE_HEADLINE_PERCENT
}

/// Whether a page title consists of a heading, perhaps with the site's name before or after it. Compares only letters
/// and digits.
fn same_title(title: &str, heading: &str) -> bool {
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let heading = letters(heading);
    heading.chars().count() >= MIN_HEADLINE_CHARS
        && (letters(title).starts_with(&heading) || letters(title).ends_with(&heading))
}

/// Whether a block between headline and text belongs to the article: a subtitle or caption, but not a byline or date.
fn is_lead(block: &BlockDraft) -> bool {
    let is_long = block.text.len() >= MIN_SUBTITLE_BYTES
        && block.text.split_whitespace().nth(MIN_SUBTITLE_WORDS - 1).is_some();
    let is_text_kind =
        matches!(block.kind, BlockKind::Heading | BlockKind::Caption | BlockKind::Quote | BlockKind::Note);
    let is_sentence_item =
        block.kind == BlockKind::Item && block.link_bytes == 0 && block.text.ends_with('.');
    block.link_bytes * 2 < block.text.len()
        && (is_text_kind || is_long || is_sentence_item || is_prose(block))
}

/// Whether a block within the article is text rather than an advertisement, a teaser, links, a label or a control.
fn is_text(block: &BlockDraft, Surroundings { is_beside_text, is_introduced }: Surroundings) -> bool {
    let text = &block.text;
    let has_words = text.split_whitespace().nth(MIN_PARAGRAPH_WORDS - 1).is_some();
    let ends_sentence =
        text.ends_with(['.', '!', '?', '…', '”', '"', '»', '“', ')', ':', '。', '」', '！', '？']);
    match block.kind {
        _ if block.is_sponsored && block.link_bytes * 2 > text.len() => false,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote
            if block.link_bytes * 100 > text.len() * MAX_LINK_PERCENT =>
        {
            let is_sentence = if block.link_bytes < text.len() {
                ends_sentence
            } else {
                is_beside_text && text.ends_with(['.', '。'])
            };
            // An address that readers see is information, not navigation.
            text.contains("://")
                || if block.kind == BlockKind::Item { is_introduced } else { is_sentence && has_words }
        }
        BlockKind::Paragraph => ends_sentence || has_words || text.len() > MIN_PROSE_BYTES || is_beside_text,
        _ => true,
    }
}
