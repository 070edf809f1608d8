//! Reads a finished page as browsers do, tag by tag, each with its place.
//!
//! The tokenizer is html5ever's; what its tags and texts mean is for [`super::collect`] to say.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::collect::{Page, State};

/// Reads a page.
pub(super) fn read(html: &str) -> Page {
    let reader = Reader { html, at: Cell::new(0), last: Cell::new(0), state: RefCell::default() };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let input = BufferQueue::default();
    // The tokenizer doesn't say where a tag ends. But every tag ends in `>`, and is handed over when that is read.
    for piece in html.split_inclusive('>') {
        tokenizer.sink.at.update(|at| at + piece.len());
        input.push_back(StrTendril::from(piece));
        // Only a sink that asks for it makes the tokenizer stop before the end.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.state.into_inner().page
}

struct Reader<'h> {
    html: &'h str,
    /// Bytes that were read.
    at: Cell<usize>,
    /// Where the last tag or comment ended.
    last: Cell<usize>,
    state: RefCell<State>,
}

impl TokenSink for Reader<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let range = self.range();
                self.last.set(self.at.get());
                return state.tag(&tag, range);
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.last.set(self.at.get()),
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader<'_> {
    /// The tag that was just read: from the first `<` before a letter, which is always a tag's.
    fn range(&self) -> Range<usize> {
        let (last, at) = (self.last.get(), self.at.get());
        let text = &self.html[last..at];
        let starts = |found: &usize| text[found + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
        let start = text.match_indices('<').map(|(found, _)| found).find(starts).unwrap_or(0);
        last + start..at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(html: &str) -> Vec<String> {
        read(html).links.into_iter().map(|link| link.address).collect()
    }

    #[test]
    fn a_tag_is_found_where_it_stands() {
        let html = "<!doctype html>\r\n<!-- <a href=no> --><p title='<a href=no>'>1 < 2 <A\nHREF=\"x?a=1&amp;b>\">y</a>";
        let found = read(html);
        assert_eq!(found.links.len(), 1);
        assert_eq!(found.links[0].address, "x?a=1&b>");
        assert_eq!(&html[found.links[0].range.clone()], "<A\nHREF=\"x?a=1&amp;b>\">");
        let html = "<title>a <b href=no></title><textarea><a href=no></textarea><i id=x>";
        assert_eq!(&html[read(html).ids["x"].clone()], "<i id=x>");
    }

    #[test]
    fn scripts_templates_and_comments_link_to_nothing() {
        let html = "<script>'<a href=no>'</script><template><a href=no></a><img src=no></template>\
                    <svg><title/><a href=yes></a></svg><style>p { background: url(also) }</style>";
        assert_eq!(addresses(html), ["yes", "also"]);
        assert_eq!(read(html).no_name.len(), 1);
    }

    #[test]
    fn a_link_is_named_by_text_a_picture_or_a_label() {
        let named = "<a href=1>x</a><a href=2><img alt=x src=y></a><a href=3 aria-label=x></a>\
                     <a href=4><svg><title>x</title></svg></a><a href=5 title=x></a><a name=x></a>";
        assert!(read(named).no_name.is_empty(), "{:?}", read(named).no_name);
        let unnamed =
            "<a href=1> \n</a><a href=2><img alt='' src=y></a><a href=3><i aria-hidden=true>x</i></a>";
        assert_eq!(read(unnamed).no_name.len(), 3);
    }

    #[test]
    fn an_id_that_stands_twice_is_told_at_its_second_place() {
        let html = "<p id=a><a name=a></a><p id=b></p><i id=a>";
        let page = read(html);
        assert_eq!(page.ids.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(page.twice, [("a".to_owned(), html.len() - 8..html.len())]);
    }

    #[test]
    fn headings_and_titles_are_read_as_text() {
        let page = read("<html lang=en><title> A  &amp;\nb </title><h1>The <em>old</em>\n mill</h1><h3>x");
        assert_eq!(page.title.map(|(text, _)| text).as_deref(), Some("A & b"));
        assert_eq!((page.headings[0].level, page.headings[0].text.as_str()), (1, "The old mill"));
        assert!(page.has_language);
    }
}
