//! The XML syntax of XHTML pages, which the HTML parser doesn't know: every element can close itself (`<title/>`,
//! `<p/>`), a CDATA section is text, and `</br>` ends the line break before it.
//!
//! [`SyntaxFilter`] is between the parser's tokenizer and its tree builder, and rewrites the tags.

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Html,
    Xhtml,
}

impl Syntax {
    /// Returns the syntax of a page whose file extension doesn't tell it: XHTML if the page starts with an XML
    /// declaration.
    pub(crate) fn of(page: &str) -> Self {
        let start = page.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if start.starts_with("<?xml") { Self::Xhtml } else { Self::Html }
    }
}

/// Passes the tokens of a page to a tree builder, and rewrites the tags of XHTML to tags with the same meaning in HTML.
pub(crate) struct SyntaxFilter<S> {
    pub(crate) syntax: Syntax,
    pub(crate) builder: S,
}

impl<S: TokenSink> SyntaxFilter<S> {
    /// Starts an element and ends it. The builder's results are ignored: after the start of a script or title,
    /// they would make the tokenizer read what follows as the content of the element, but this element has none.
    fn process_empty_element(&self, start: Tag, line: u64) -> TokenSinkResult<S::Handle> {
        let end = Tag { kind: TagKind::EndTag, attrs: Vec::new(), ..start.clone() };
        for tag in [start, end] {
            let _ = self.builder.process_token(Token::TagToken(tag), line);
        }
        TokenSinkResult::Continue
    }
}

impl<S: TokenSink> TokenSink for SyntaxFilter<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        match token {
            Token::TagToken(mut tag) if self.syntax == Syntax::Xhtml && !is_void(&tag.name) => {
                let is_empty = std::mem::take(&mut tag.self_closing) && tag.kind == TagKind::StartTag;
                if is_empty {
                    self.process_empty_element(tag, line)
                } else {
                    self.builder.process_token(Token::TagToken(tag), line)
                }
            }
            // In HTML, `</br>` is a line break of its own.
            Token::TagToken(tag) if self.syntax == Syntax::Xhtml && tag.kind == TagKind::EndTag => {
                TokenSinkResult::Continue
            }
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    /// The tokenizer asks this to decide whether a CDATA section is text.
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.syntax == Syntax::Xhtml || self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether an element never has content, so that it has no end tag in HTML.
fn is_void(name: &str) -> bool {
    #[rustfmt::skip]
    const VOID: [&str; 17] = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::tree::Tree;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    fn tree(page: &str, syntax: Syntax) -> Tree {
        Tree::parse_as(page, syntax, LIMITS).expect("a page within limits")
    }

    #[test]
    fn elements_that_close_themselves_are_empty() {
        let raw = ["title", "script", "style", "textarea", "iframe", "noscript", "xmp", "plaintext"];
        let other = ["div", "a id='x'", "p", "i", "del", "td", "svg", "select", "span hidden=''", "param"];
        for tag in raw.into_iter().chain(other) {
            let page =
                format!("<html><body><{tag}/>The weir <b>held</b>.<{tag} />Then it broke.</body></html>");
            let tree = tree(&page, Syntax::Xhtml);
            assert_eq!(tree.text_below(Tree::ROOT), "The weir held.Then it broke.", "{tag}");
            let empty = tag.split(' ').next().expect("a name");
            let filled =
                tree.below(Tree::ROOT).find(|id| tree.name(*id) == empty && tree.first_child(*id).is_some());
            assert_eq!(filled, None, "{tag}");
        }
    }

    #[test]
    fn elements_with_content_and_void_elements_are_those_of_html() {
        let page = "<title>A</title><p>one<br/>two<br></br>three<img/>four<hr></hr></p><svg><g/><path/></svg><i>five</i>";
        let tree = tree(page, Syntax::Xhtml);
        assert_eq!(tree.text_below(Tree::ROOT), "Aonetwothreefourfive");
        let count = |name: &str| tree.below(Tree::ROOT).filter(|id| tree.name(*id) == name).count();
        assert_eq!((count("br"), count("img"), count("hr"), count("i")), (2, 1, 1, 1));
    }

    #[test]
    fn cdata_sections_are_text_only_in_xhtml() {
        let page = "<p>Tides <![CDATA[of < 2 m & more]]>.</p>";
        assert_eq!(tree(page, Syntax::Xhtml).text_below(Tree::ROOT), "Tides of < 2 m & more.");
        assert_eq!(tree(page, Syntax::Html).text_below(Tree::ROOT), "Tides .");
        assert_eq!(tree("<s/>Tides", Syntax::Html).text_below(Tree::ROOT), "Tides");
    }

    #[test]
    fn an_xml_declaration_tells_xhtml() {
        assert_eq!(Syntax::of("\u{feff}\n<?xml version='1.0'?><html/>"), Syntax::Xhtml);
        assert_eq!(Syntax::of("<!DOCTYPE html><p>A <?xml"), Syntax::Html);
    }
}
