//! Extracts the article of an HTML page, without the site's navigation, advertisements and other clutter.
//!
//! [`read_page`] runs these steps: `decode` converts the bytes to text, `build` parses it to a `tree` of nodes
//! (`syntax` does what XHTML needs), `meta` reads the metadata, `css` decides what readers see, `strip` removes
//! elements, `blocks`, `elements` and `tables` convert the remaining tree to blocks of text, and `article` selects the
//! blocks of the article, in the range that `candidates` finds. `named` applies the `include` and `exclude` of the
//! source's record, `shell` takes the article from the metadata if the page itself shows none, and `left_out` lists the
//! words that readers see but that are not in the text.
//!
//! Clutter is removed in several files, in this order:
//!
//! | file | removes |
//! | --- | --- |
//! | `strip` | hidden elements; other elements by tag, role, class or id (`class_names`); share links |
//! | `blocks` | the marks of footnotes (`references`) |
//! | `labelled_clutter` | boxes with a label (`phrases`), such as "Advertisement", "More from …" or "Comments" |
//! | `unlabelled_clutter` | teasers; boxes with buttons or many links |
//! | `labelled_clutter`, again | appeals to readers (`reader_address`) |
//! | `article` | links with `rel="sponsored"`; blocks that are only links; bylines and copyright lines (`phrases`) |
//! | `labelled_clutter`, again | pull quotes |
//!
//! So an advertisement is removed by its class or id, by its label, by the structure of its box, or by
//! `rel="sponsored"`. The words come from `lexicons/<language>/site.txt`, whose sections `lexicon` describes. `page`
//! holds the data for these decisions, `criteria` the conditions that several files share.
//!
//! Scripts are never run and nothing is fetched; the output is plain text.

mod article;
mod blocks;
mod build;
mod candidates;
mod chapter;
mod class_names;
mod criteria;
mod css;
mod decode;
mod elements;
mod labelled_clutter;
mod left_out;
mod lexicon;
mod meta;
mod named;
mod names;
mod page;
#[cfg(test)]
mod parts_tests;
mod phrases;
mod reader_address;
mod references;
mod selector;
mod shell;
mod strip;
mod syntax;
mod tables;
mod tree;
mod unlabelled_clutter;

use self::blocks::BlockDraft;
pub(crate) use self::chapter::{Chapter, SheetLink, ids};
use self::css::Styles;
use self::meta::JsonLd;
use self::named::NamedElements;
use self::references::References;
use self::syntax::Syntax;
use self::tree::{Id, Tree};
use super::{BlockKind, ExtractedText, Limits, Meta, NamedParts, ReadError, SetAside};

/// Reads the article of a page, or the one in its metadata if the page is an empty shell (`shell`). If there is none,
/// returns the text of the page's main element. `is_xhtml` is whether the extension of the page's file is that of
/// XHTML; if not, the start of the page decides.
///
/// # Errors
///
/// If the page is binary, has no text, or exceeds the limits.
pub(crate) fn read_page(
    bytes: &[u8],
    is_xhtml: bool,
    parts: &NamedParts,
    limits: Limits,
) -> Result<ExtractedText, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let page = decode::decode(bytes);
    if is_binary(&page) {
        return Err(ReadError::Damaged("it contains bytes that are not text".to_owned()));
    }
    let whole =
        if is_xhtml { Tree::parse_as(&page, Syntax::Xhtml, limits) } else { Tree::parse(&page, limits) }?;
    drop(page);
    let styles = Styles::of(&whole, &[], limits)?;
    let mut tree = visible_tree(&whole, &styles);
    let named = NamedElements::find(&whole, &tree, parts, limits)?;
    named.cut_excluded(&mut tree);
    let unstripped = (!named.include.is_empty()).then(|| tree.clone());
    let json_ld = JsonLd::of(&whole);
    let meta = meta::of(&whole, &json_ld);
    strip::strip_clutter(&mut tree);
    let mut article = article_of(&tree, &styles, &meta);
    drop(tree);
    if let Some(tree) = unstripped {
        article = named.add_included(article, &tree, &styles);
    } else if let Some(text) = shell::article_of(&article, &json_ld, limits)? {
        return ExtractedText { meta, is_from_metadata: true, part_faults: named.faults, ..text }
            .checked(limits);
    }
    let visible = visible_tree(&whole, &styles);
    let all = left_out::find((&whole, &visible), &styles, &article, &named.exclude, limits);
    let text = to_extracted_text(article, meta);
    ExtractedText { all, part_faults: named.faults, ..text }.checked(limits)
}

/// Reads a page without named parts.
#[cfg(test)]
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    read_page(bytes, false, &NamedParts::default(), limits)
}

/// Returns a page without the nodes that no reader sees.
fn visible_tree(whole: &Tree, styles: &Styles) -> Tree {
    let mut tree = whole.clone();
    strip::strip_non_text(&mut tree);
    strip::strip_hidden(&mut tree, styles);
    tree
}

/// Returns the blocks of the article; if none is found, those of the page's main element. `tree` is the page after
/// `strip` removed clutter.
fn article_of(tree: &Tree, styles: &Styles, meta: &Meta) -> Vec<BlockDraft> {
    let references = References::new(tree, &|_| false);
    let blocks = blocks::extract(tree, Tree::ROOT, styles, &references);
    let article = article::select(tree, blocks, meta.title.as_deref());
    if !article.is_empty() {
        return article;
    }
    let mut main = blocks::extract(tree, main_part(tree), styles, &references);
    main.retain(|block| !phrases::is_site_line(&block.text));
    main
}

/// Reads all visible text of HTML that was made from a document of another format.
///
/// # Errors
///
/// If the HTML exceeds the limits.
pub(crate) fn read_converted(page: &str, limits: Limits) -> Result<ExtractedText, ReadError> {
    let tree = Tree::parse_as(page, Syntax::Html, limits)?;
    visible_text(&tree, &[], &|_| false, &NamedParts::default(), limits)
}

/// Returns all visible text of a page that has no clutter, except the elements in `parts.exclude`, whose words are in
/// `all`. `linked` are the texts of the style sheets in other files, in the order in which they apply.
/// `leads_elsewhere` returns whether the address in a link is that of an element in another file, such as a note of a
/// book.
fn visible_text(
    whole: &Tree,
    linked: &[String],
    leads_elsewhere: &dyn Fn(&str) -> bool,
    parts: &NamedParts,
    limits: Limits,
) -> Result<ExtractedText, ReadError> {
    let styles = Styles::of(whole, linked, limits)?;
    let mut tree = visible_tree(whole, &styles);
    let named = NamedElements::find(whole, &tree, parts, limits)?;
    let all = named.excluded_words(whole, &tree, &styles, leads_elsewhere);
    named.cut_excluded(&mut tree);
    let references = References::new(&tree, leads_elsewhere);
    let meta = meta::of(whole, &JsonLd::of(whole));
    let text = to_extracted_text(blocks::extract(&tree, Tree::ROOT, &styles, &references), meta);
    Ok(ExtractedText { all, part_faults: named.faults, ..text })
}

fn to_extracted_text(blocks: Vec<BlockDraft>, meta: Meta) -> ExtractedText {
    let mut extracted = ExtractedText { meta, ..ExtractedText::default() };
    for block in blocks {
        let has_number = matches!(block.kind, BlockKind::Item | BlockKind::Heading);
        match block.number.filter(|_| has_number) {
            Some(number) => extracted.push(block.kind, &format!("{number}\t{}", block.text)),
            None => extracted.push(block.kind, &block.text),
        }
        let start = extracted.blocks.last().map_or(0, |pushed| pushed.range.end - block.text.len());
        for SetAside { reason, at, words } in &block.set_aside {
            extracted.push_set_aside(*reason, start + at, words);
        }
    }
    extracted
}

/// Returns the first element marked as main content, or the root if there is no such element or it has no text.
fn main_part(tree: &Tree) -> Id {
    let is_main = |id: &Id| {
        matches!(tree.name(*id), "article" | "main")
            || matches!(tree.attribute(*id, "role"), Some("main" | "article"))
    };
    let has_text =
        |id: &Id| tree.below(*id).filter_map(|id| tree.text(id)).any(|text| !text.trim().is_empty());
    tree.below(Tree::ROOT).find(is_main).filter(has_text).unwrap_or(Tree::ROOT)
}

/// Whether a page is not text: more than 1 % of its first characters are control or replacement characters.
fn is_binary(page: &str) -> bool {
    const MAX_CHECKED_CHARS: usize = 4096;
    let is_odd = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let start = || page.chars().take(MAX_CHECKED_CHARS);
    start().filter(is_odd).count() * 100 > start().count().max(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BlockKind;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    fn read_xhtml(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
        read_page(bytes, true, &NamedParts::default(), limits)
    }

    fn texts(page: &str) -> Vec<String> {
        let extracted = read(page.as_bytes(), LIMITS).expect("a page with text");
        extracted.blocks.into_iter().map(|block| extracted.text[block.range].to_owned()).collect()
    }

    const ONE: &str = "The ferry to the outer islands was cancelled on Monday, and again on Tuesday morning.";
    const TWO: &str =
        "No one at the harbour office could say when it would sail, or whether it would sail at all.";
    const THREE: &str =
        "“We have bread for three days,” said the owner of the only shop on the largest island.";

    #[test]
    fn clutter_with_meaningless_class_names_is_removed() {
        let page = format!(
            "<title>No ferry</title><div class=x1><div class=x2><a href=/>Home</a> <a href=/n>News</a></div><h1>No ferry</h1>\
             <div class=x3>By <a href=/a>Ada Quill</a></div><div class=x4><div class=x5>{ONE}</div>\
             <div class=x6><div>Advertisement</div><div>Buy a boat of your own, and never wait for a ferry again.</div></div>\
             <div class=x5>{TWO}</div><div class=x7><div>Ferries matter to us. Help us to write about them, please.</div>\
             <a href=/j>Support us</a></div><div class=x5>{THREE}</div></div>\
             <div class=x8><div>Comments (1)</div><div>gull</div><div>I have waited for that ferry since my childhood days.</div></div>"
        );
        assert_eq!(texts(&page), ["No ferry", ONE, TWO, THREE]);
    }

    #[test]
    fn old_pages_with_layout_tables_are_read() {
        let page = format!(
            "<table><tr><td><a href=a>Boats</a><br><a href=b>Our guestbook: sign it!</a></td><td><b>No ferry again this week</b><br><br>{ONE}<br>\
             <br>{TWO}<p>{THREE}<table border=1><tr><th>Day</th><th>Ferries</th></tr><tr><td>Monday</td><td>0</td></tr></table>\
             </td></tr></table>"
        );
        assert_eq!(texts(&page), ["No ferry again this week", ONE, TWO, THREE, "Day\tFerries", "Monday\t0"]);
    }

    #[test]
    fn blocks_are_separated_by_empty_lines_in_the_text() {
        let page = format!(
            "<article><h1>No ferry</h1><p>{ONE}<ul><li>{TWO}</ul><blockquote>{THREE}</blockquote></article>"
        );
        let extracted = read(page.as_bytes(), LIMITS).expect("a page with text");
        assert_eq!(extracted.text, ["No ferry", ONE, TWO, THREE].join("\n\n"));
        let kinds: Vec<_> = extracted.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::Item, BlockKind::Quote]);
    }

    #[test]
    fn short_pages_are_read_whole_and_empty_ones_rejected() {
        assert_eq!(texts("<nav>Home</nav><main><p>Closed today</p></main>"), ["Closed today"]);
        assert_eq!(read(b"<script>let text = 1;</script>", LIMITS), Err(ReadError::NoText));
        assert!(matches!(read(b"\x00\x01\x02\x03\x04", LIMITS), Err(ReadError::Damaged(_))));
    }

    #[test]
    fn pages_in_xhtml_are_read_by_the_rules_of_xml() {
        let page = format!(
            "<html xmlns='x'><head><title/><script src='x'/></head><body><div hidden=''/><p>{ONE}</p></body></html>"
        );
        let text = |read: Result<ExtractedText, _>| read.map(|extracted| extracted.text);
        assert_eq!(text(read_xhtml(page.as_bytes(), LIMITS)), Ok(ONE.to_owned()));
        assert_eq!(text(read(format!("<?xml version='1.0'?>{page}").as_bytes(), LIMITS)), Ok(ONE.to_owned()));
        assert_eq!(read(page.as_bytes(), LIMITS), Err(ReadError::NoText));
    }

    #[test]
    fn scripts_and_hidden_content_never_appear() {
        let evil = "alert('evil')";
        let page = format!(
            "<p>{ONE}<script>{evil}</script><style>{evil}</style><svg><script>{evil}</script><title>{evil}</title></svg>\
             <math><annotation-xml encoding=text/html><script>{evil}</script></annotation-xml></math><p>{TWO}\
             <template>{evil}</template><noscript>{evil}</noscript><iframe>{evil}</iframe><!-- {evil} --><p onclick=\"{evil}\">\
             {THREE}<select><option>{evil}</select><textarea>{evil}</textarea><xmp>{evil}</xmp><plaintext>{evil}"
        );
        assert_eq!(texts(&page), [ONE, TWO, THREE]);
    }
}
