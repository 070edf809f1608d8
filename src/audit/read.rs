//! Tokenizes a finished page with html5ever, as browsers do, and finds the byte range of each start tag. `collect`
//! interprets the tokens.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::collect::{PageCollector, PageFacts};

pub(super) fn read(html: &str) -> PageFacts {
    let sink = PageSink { html, at: Cell::new(0), last: Cell::new(0), collector: RefCell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    // The tokenizer reports no positions. But every tag ends in `>`, so the sink receives a tag as soon as the piece
    // that ends it is fed, and can calculate where the tag is.
    for piece in html.split_inclusive('>') {
        tokenizer.sink.at.update(|at| at + piece.len());
        input.push_back(StrTendril::from(piece));
        // The tokenizer stops early only if the sink requests that, which `PageSink` never does.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.collector.into_inner().page
}

struct PageSink<'h> {
    html: &'h str,
    /// The number of bytes that the tokenizer has received so far.
    at: Cell<usize>,
    /// The byte after the last tag, comment or doctype.
    last: Cell<usize>,
    collector: RefCell<PageCollector>,
}

impl TokenSink for PageSink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut collector = self.collector.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let range = self.range();
                self.last.set(self.at.get());
                return collector.tag(&tag, range);
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.last.set(self.at.get()),
            Token::CharacterTokens(text) => collector.text(&text),
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl PageSink<'_> {
    /// Returns the range of the start tag that was just read. After the end of the previous tag, the first `<` with a
    /// letter directly after it always starts a tag. For an end tag, the range also contains the text before it; no
    /// rule uses that range.
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
    fn tags_have_their_byte_ranges() {
        let html = "<!doctype html>\r\n<!-- <a href=no> --><p title='<a href=no>'>1 < 2 <A\nHREF=\"x?a=1&amp;b>\">y</a>";
        let found = read(html);
        assert_eq!(found.links.len(), 1);
        assert_eq!(found.links[0].address, "x?a=1&b>");
        assert_eq!(&html[found.links[0].range.clone()], "<A\nHREF=\"x?a=1&amp;b>\">");
        let html = "<title>a <b href=no></title><textarea><a href=no></textarea><i id=x>";
        assert_eq!(&html[read(html).ids["x"].clone()], "<i id=x>");
    }

    #[test]
    fn links_in_scripts_templates_and_comments_are_skipped() {
        let html = "<script>'<a href=no>'</script><template><a href=no></a><img src=no></template>\
                    <svg><title/><a href=yes></a></svg><style>p { background: url(also) }</style>";
        assert_eq!(addresses(html), ["yes", "also"]);
        assert_eq!(read(html).unnamed_links.len(), 1);
    }

    #[test]
    fn a_link_is_named_by_text_an_image_or_a_label() {
        let named = "<a href=1>x</a><a href=2><img alt=x src=y></a><a href=3 aria-label=x></a>\
                     <a href=4><svg><title>x</title></svg></a><a href=5 title=x></a><a name=x></a>";
        assert!(read(named).unnamed_links.is_empty(), "{:?}", read(named).unnamed_links);
        let unnamed =
            "<a href=1> \n</a><a href=2><img alt='' src=y></a><a href=3><i aria-hidden=true>x</i></a>";
        assert_eq!(read(unnamed).unnamed_links.len(), 3);
    }

    #[test]
    fn a_duplicate_id_is_reported_at_its_second_element() {
        let html = "<p id=a><a name=a></a><p id=b></p><i id=a>";
        let page = read(html);
        assert_eq!(page.ids.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(page.duplicate_ids, [("a".to_owned(), html.len() - 8..html.len())]);
    }

    #[test]
    fn headings_and_titles_are_read_as_text() {
        let page = read("<html lang=en><title> A  &amp;\nb </title><h1>The <em>old</em>\n mill</h1><h3>x");
        assert_eq!(page.title.map(|(text, _)| text).as_deref(), Some("A & b"));
        assert_eq!((page.headings[0].level, page.headings[0].text.as_str()), (1, "The old mill"));
        assert!(page.has_language);
    }
}
