//! Reads a finished page as browsers do, tag by tag, each with its place.
//!
//! The tokenizer is html5ever's; what its tags and texts mean is for [`super::collect`] to say.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use indexmap::IndexMap;
use memchr::memchr;

use super::collect::{Page, State};

/// Tags that were read before, by how they are written: most of a page's tags stand on other pages, too, and reading
/// them is most of the work.
#[derive(Default)]
pub(super) struct Known(IndexMap<String, Tag>);

impl Known {
    /// How many are kept.
    const MOST: usize = 20_000;
    /// Bytes of a tag that is kept.
    const LONGEST: usize = 200;

    fn keep(&mut self, written: &str, tag: Tag) {
        if written.len() <= Self::LONGEST && self.0.len() < Self::MOST {
            self.0.insert(written.to_owned(), tag);
        }
    }
}

/// Reads a page. What is known of its tags is used and added to.
pub(super) fn read(html: &str, known: &mut Known) -> Page {
    let reader = Reader {
        html,
        at: Cell::new(0),
        last: Cell::new(0),
        tag: Cell::default(),
        state: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let (reader, input, whole) = (&tokenizer.sink, BufferQueue::default(), StrTendril::from(html));
    while reader.at.get() < html.len() {
        if reader.skip(known) {
            continue;
        }
        let at = reader.at.get();
        // The tokenizer does not say where a tag ends. But every tag ends in `>`, and is told of when that is read.
        let end = memchr(b'>', &html.as_bytes()[at..]).map_or(html.len(), |end| at + end + 1);
        let piece = u32::try_from(at).ok().zip(u32::try_from(end - at).ok());
        let Some((start, length)) = piece else { break };
        let begins = reader.is_between_tags() && html[at..].starts_with('<');
        reader.at.set(end);
        input.push_back(whole.subtendril(start, length));
        // Only a sink that asks for it makes the tokenizer stop before the end.
        let _ = tokenizer.feed(&input);
        if let Some(tag) = reader.tag.take().filter(|_| begins) {
            known.keep(&html[at..end], tag);
        }
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
    /// A tag that was read just now, and that is always read so.
    tag: Cell<Option<Tag>>,
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
                let result = state.tag(&tag, range);
                if !state.is_raw() {
                    self.tag.set(Some(tag));
                }
                return result;
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.last.set(self.at.get()),
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader<'_> {
    fn is_between_tags(&self) -> bool {
        self.last.get() == self.at.get() && !self.state.borrow().is_raw()
    }

    /// Goes past what the tokenizer need not see, which is most of a page: text that nobody wants, and tags that are
    /// known. Only between tags is what comes next sure to be one of these. Returns whether it was.
    fn skip(&self, known: &Known) -> bool {
        if !self.is_between_tags() {
            return false;
        }
        let (at, mut state) = (self.at.get(), self.state.borrow_mut());
        let rest = &self.html[at..];
        let after = if rest.starts_with('<') {
            let end = memchr(b'>', rest.as_bytes()).map_or(self.html.len(), |end| at + end + 1);
            let Some(tag) = known.0.get(&self.html[at..end]) else { return false };
            // What is known is no element whose text is read otherwise.
            let _ = state.tag(tag, at..end);
            end
        } else {
            let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            let text = &rest[..end];
            if state.wants_text() {
                // What is written otherwise than it reads is left to the tokenizer.
                if text.contains(['&', '\0']) {
                    return false;
                }
                state.text(text);
            }
            at + end
        };
        self.at.set(after);
        self.last.set(after);
        true
    }

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

    fn page(html: &str) -> Page {
        let mut known = Known::default();
        let first = read(html, &mut known);
        // With all its tags known it reads the same.
        assert_eq!(format!("{first:?}"), format!("{:?}", read(html, &mut known)));
        first
    }

    fn addresses(html: &str) -> Vec<String> {
        page(html).links.into_iter().map(|link| link.address).collect()
    }

    #[test]
    fn a_tag_is_found_where_it_stands() {
        let html = "<!doctype html>\r\n<!-- <a href=no> --><p title='<a href=no>'>1 < 2 <A\nHREF=\"x?a=1&amp;b>\">y</a>";
        let found = page(html);
        assert_eq!(found.links.len(), 1);
        assert_eq!(found.links[0].address, "x?a=1&b>");
        assert_eq!(&html[found.links[0].range.clone()], "<A\nHREF=\"x?a=1&amp;b>\">");
        let html = "<title>a <b href=no></title><textarea><a href=no></textarea><i id=x>";
        assert_eq!(&html[page(html).ids["x"].clone()], "<i id=x>");
    }

    #[test]
    fn scripts_templates_and_comments_link_to_nothing() {
        let html = "<script>'<a href=no>'</script><template><a href=no></a><img src=no></template>\
                    <svg><title/><a href=yes></a></svg><style>p { background: url(also) }</style>";
        assert_eq!(addresses(html), ["yes", "also"]);
        assert_eq!(page(html).no_name.len(), 1);
    }

    #[test]
    fn a_link_is_named_by_text_a_picture_or_a_label() {
        let named = "<a href=1>x</a><a href=2><img alt=x src=y></a><a href=3 aria-label=x></a>\
                     <a href=4><svg><title>x</title></svg></a><a href=5 title=x></a><a name=x></a>";
        assert!(page(named).no_name.is_empty(), "{:?}", page(named).no_name);
        let unnamed =
            "<a href=1> \n</a><a href=2><img alt='' src=y></a><a href=3><i aria-hidden=true>x</i></a>";
        assert_eq!(page(unnamed).no_name.len(), 3);
    }

    #[test]
    fn an_id_that_stands_twice_is_told_at_its_second_place() {
        let html = "<p id=a><a name=a></a><p id=b></p><i id=a>";
        let page = page(html);
        assert_eq!(page.ids.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(page.twice, [("a".to_owned(), html.len() - 8..html.len())]);
    }

    #[test]
    fn headings_and_titles_are_read_as_text() {
        let page = page("<html lang=en><title> A  &amp;\nb </title><h1>The <em>old</em>\n mill</h1><h3>x");
        assert_eq!(page.title.map(|(text, _)| text).as_deref(), Some("A & b"));
        assert_eq!((page.headings[0].level, page.headings[0].text.as_str()), (1, "The old mill"));
        assert!(page.has_language);
    }
}
