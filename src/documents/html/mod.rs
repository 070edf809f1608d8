//! The article of an HTML page, without what its site put around it and into its midst.
//!
//! - `decode`: bytes to text
//! - `build`: text to nodes, a `tree`, within limits
//! - `strip`, by `names`: takes out what tags, roles, hiding and names say is no article
//! - `blocks`, `tables`: what is left, as blocks of text
//! - `article`: which blocks are the article, by `candidates`; which among them are not, by `labelled_clutter` (of
//!   `cues`) and `unlabelled_clutter` (of `voice`). All stand on `page` and `judge`
//! - `lexicon`: the words that `cues`, `names` and `voice` go by
//! - `meta`: what the page says of itself
//!
//! Nothing of a page is run, fetched or handed on: what leaves here is plain text.

mod article;
mod blocks;
mod build;
mod candidates;
mod cues;
mod decode;
mod judge;
mod labelled_clutter;
mod lexicon;
mod meta;
mod names;
mod page;
mod strip;
mod tables;
mod tree;
mod unlabelled_clutter;
mod voice;

use self::blocks::Draft;
use self::tree::{Id, Tree};
use super::{ExtractedText, Limits, Meta, ReadError};

/// Reads the article of a page. A page without one, a short note say, is read whole.
///
/// # Errors
///
/// If the page is no text, holds no words, or goes beyond the limits.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let page = decode::decode(bytes);
    if is_binary(&page) {
        return Err(ReadError::Damaged("it holds bytes that are no text".to_owned()));
    }
    let mut tree = Tree::parse(&page, limits)?;
    drop(page);
    let meta = meta::of(&tree);
    strip::strip_wordless(&mut tree);
    strip::strip_clutter(&mut tree);
    let drafts = blocks::drafts(&tree, Tree::ROOT);
    let (title, author) = (meta.title.as_deref(), meta.author.as_deref());
    let mut article = article::article(&tree, drafts, title, author);
    if article.is_empty() {
        article = blocks::drafts(&tree, main_part(&tree));
        article.retain(|draft| !cues::is_site_line(&draft.text));
    }
    reading(article, meta).checked(limits)
}

/// The blocks of a page that is all text, such as a chapter of a book.
pub(crate) fn read_whole(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    let page = with_ends(&decode::decode(bytes));
    let mut tree = Tree::parse(&page, limits)?;
    let meta = meta::of(&tree);
    strip::strip_wordless(&mut tree);
    strip::strip_hidden(&mut tree);
    Ok(reading(blocks::drafts(&tree, Tree::ROOT), meta))
}

fn reading(drafts: Vec<Draft>, meta: Meta) -> ExtractedText {
    let mut reading = ExtractedText { meta, ..ExtractedText::default() };
    for draft in drafts {
        reading.push(draft.kind, &draft.text);
    }
    reading
}

/// The part that says it is the page's main one, or the page.
fn main_part(tree: &Tree) -> Id {
    let is_main = |id: &Id| {
        matches!(tree.name(*id), "article" | "main")
            || matches!(tree.attribute(*id, "role"), Some("main" | "article"))
    };
    let words = |id: &Id| tree.below(*id).filter_map(|id| tree.text(id)).any(|text| !text.trim().is_empty());
    tree.below(Tree::ROOT).find(is_main).filter(words).unwrap_or(Tree::ROOT)
}

/// Whether more than one character in a hundred at its start is none that a text has.
fn is_binary(page: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    let odd = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let start = || page.chars().take(LOOKED_AT);
    start().filter(odd).count() * 100 > start().count().max(100)
}

/// XHTML may close an element as it opens. HTML may not, and would take all that follows for a title or a script.
fn with_ends(page: &str) -> String {
    const RAW: [&str; 9] =
        ["title", "script", "style", "textarea", "iframe", "noscript", "noembed", "noframes", "xmp"];
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(end) = rest.find("/>") {
        let (tag, after) = rest.split_at(end);
        let name = tag.rfind('<').and_then(|start| tag.get(start + 1..)).unwrap_or_default();
        let name = name.split_ascii_whitespace().next().unwrap_or_default();
        out.push_str(tag);
        match RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            Some(raw) => out.extend(["></", raw, ">"]),
            None => out.push_str("/>"),
        }
        rest = &after[2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BlockKind;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };

    fn texts(page: &str) -> Vec<String> {
        let reading = read(page.as_bytes(), LIMITS).expect("a page with text");
        reading.blocks.into_iter().map(|block| reading.text[block.range].to_owned()).collect()
    }

    const ONE: &str = "The ferry to the outer islands was cancelled on Monday, and again on Tuesday morning.";
    const TWO: &str =
        "Nobody at the harbour office could say when it would sail, or whether it would sail at all.";
    const THREE: &str =
        "“We have bread for three days,” said the owner of the only shop on the largest island.";

    #[test]
    fn names_that_say_nothing_hide_nothing() {
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
    fn old_pages_laid_out_by_tables_are_read() {
        let page = format!(
            "<table><tr><td><a href=a>Boats</a><br><a href=b>Our guestbook: sign it!</a></td><td><b>No ferry again this week</b><br><br>{ONE}<br>\
             <br>{TWO}<p>{THREE}<table border=1><tr><th>Day</th><th>Ferries</th></tr><tr><td>Monday</td><td>0</td></tr></table>\
             </td></tr></table>"
        );
        assert_eq!(texts(&page), ["No ferry again this week", ONE, TWO, THREE, "Day\tFerries", "Monday\t0"]);
    }

    #[test]
    fn blocks_lie_in_the_text_parted_by_empty_lines() {
        let page = format!(
            "<article><h1>No ferry</h1><p>{ONE}<ul><li>{TWO}</ul><blockquote>{THREE}</blockquote></article>"
        );
        let reading = read(page.as_bytes(), LIMITS).expect("a page with text");
        assert_eq!(reading.text, ["No ferry", ONE, TWO, THREE].join("\n\n"));
        let kinds: Vec<_> = reading.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::Item, BlockKind::Quote]);
    }

    #[test]
    fn short_pages_are_read_whole_and_empty_ones_refused() {
        assert_eq!(texts("<nav>Home</nav><main><p>Closed today</p></main>"), ["Closed today"]);
        assert_eq!(read(b"<script>let text = 1;</script>", LIMITS), Err(ReadError::NoText));
        assert!(matches!(read(b"\x00\x01\x02\x03\x04", LIMITS), Err(ReadError::Damaged(_))));
    }

    #[test]
    fn scripts_never_speak() {
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
