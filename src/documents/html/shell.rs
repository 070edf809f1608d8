//! Pages whose article is made by scripts in the browser: without scripts, the page is an empty shell. Many have
//! the article's text in their metadata, as JSON-LD.

use super::blocks::BlockDraft;
use super::meta::JsonLd;
use super::page::is_prose;
use super::tree::Tree;
use super::{Syntax, visible_text};
use crate::text::collapse_whitespace;
use crate::{BlockKind, ExtractedText, Limits, NamedParts, ReadError};

/// Maximum number of words that readers see in an empty shell.
const MAX_SHELL_WORDS: usize = 60;
/// Minimum number of words of the text in the metadata, as a multiple of the words that readers see.
const MIN_BODY_RATIO: usize = 2;

/// Returns the article in a page's metadata, if the page is an empty shell. `seen` are the blocks that were selected
/// from the page as its article.
///
/// # Errors
///
/// If the text is HTML that exceeds the limits.
pub(crate) fn article_of(
    seen: &[BlockDraft],
    json_ld: &JsonLd,
    limits: Limits,
) -> Result<Option<ExtractedText>, ReadError> {
    let Some(body) = json_ld.article_body() else { return Ok(None) };
    let words = |text: &str| text.split_whitespace().count();
    let seen_words: usize = seen.iter().map(|block| words(&block.text)).sum();
    if seen_words > MAX_SHELL_WORDS {
        return Ok(None);
    }
    let text = text_of(body, limits)?;
    let whole = collapse_whitespace(&text.text);
    // If the page shows the beginning of the article, the site withholds the rest from readers, as behind a
    // paywall. Then the rest is not taken from the metadata, either.
    let is_beginning = seen.iter().any(|block| is_prose(block) && whole.contains(&block.text));
    Ok((!is_beginning && words(&whole) >= seen_words * MIN_BODY_RATIO).then_some(text))
}

/// Reads the text of an article in the metadata: HTML, or plain text with a line for each paragraph.
fn text_of(body: &str, limits: Limits) -> Result<ExtractedText, ReadError> {
    if ["</", "<br", "<p>"].iter().any(|tag| body.contains(tag)) {
        let tree = Tree::parse_as(body, Syntax::Html, limits)?;
        return visible_text(&tree, &[], &|_| false, &NamedParts::default(), limits);
    }
    let mut text = ExtractedText::default();
    for line in body.lines() {
        text.push(BlockKind::Paragraph, &collapse_whitespace(line));
    }
    Ok(text)
}
