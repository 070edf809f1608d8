//! Builds the tree of a page with html5ever, which follows the parsing rules of browsers.
//!
//! The page is fed to the parser in small chunks, and the limits are checked after each chunk.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, QualName, TokenizerResult};

use super::syntax::{Syntax, SyntaxFilter};
use super::tree::{Data, Id, Node, Tree};
use crate::deadline::Deadline;
use crate::{Limits, ReadError};

/// Maximum nesting depth of elements. Real pages stay below 100; parsing time grows with the square of the depth.
const MAX_DEPTH: u32 = 2_000;
/// Maximum number of nodes. A small page can exceed it, since unclosed formatting elements are copied into every later
/// paragraph.
const MAX_NODES: usize = if cfg!(test) { 50_000 } else { 1_000_000 };
/// The number of bytes parsed between two checks of the limits.
const CHUNK_BYTES: usize = 4 << 10;

impl Tree {
    /// Parses a page as HTML or, if it starts with an XML declaration, as XHTML.
    ///
    /// # Errors
    ///
    /// If the page exceeds the limits of time, nodes or depth.
    pub(crate) fn parse(page: &str, limits: Limits) -> Result<Self, ReadError> {
        Self::parse_as(page, Syntax::of(page), limits)
    }

    /// Parses a page in a given syntax.
    ///
    /// # Errors
    ///
    /// If the page exceeds the limits of time, nodes or depth.
    pub(crate) fn parse_as(page: &str, syntax: Syntax, limits: Limits) -> Result<Self, ReadError> {
        let deadline = Deadline::start(limits);
        let builder = TreeBuilder::new(Sink::default(), TreeBuilderOpts::default());
        let tokenizer = Tokenizer::new(SyntaxFilter { syntax, builder }, TokenizerOpts::default());
        let input = BufferQueue::default();
        let mut rest = page;
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES));
            rest = after;
            input.push_back(chunk.into());
            // The tokenizer stops at the end of each script, which a browser would run here.
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
            if let Some(error) = tokenizer.sink.builder.sink.error.take() {
                return Err(error);
            }
            deadline.check()?;
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }
}

/// The parser's handle of a node. It contains the element's name, which the parser asks for very often.
#[derive(Clone, Debug)]
struct Handle {
    id: Id,
    name: Option<Rc<QualName>>,
}

/// Builds the tree from the parser's callbacks. After an error, further nodes are ignored.
#[derive(Debug)]
struct Sink {
    tree: RefCell<Tree>,
    error: RefCell<Option<ReadError>>,
    stopped: Cell<bool>,
    /// The next id for a node after an error. These nodes are not stored, but need ids that the parser can compare.
    next_dummy_id: Cell<Id>,
    /// The line of the file that the parser has reached.
    line: Cell<u32>,
}

impl Default for Sink {
    fn default() -> Self {
        let tree = RefCell::new(Tree { nodes: vec![Node::default()] });
        Self {
            tree,
            error: RefCell::new(None),
            stopped: Cell::new(false),
            next_dummy_id: Cell::new(Id::MAX),
            line: Cell::new(1),
        }
    }
}

impl Sink {
    fn create(&self, data: Data, name: Option<QualName>) -> Handle {
        let name = name.map(Rc::new);
        if self.stopped.get() {
            let id = self.next_dummy_id.get();
            self.next_dummy_id.set(id - 1);
            return Handle { id, name };
        }
        let mut tree = self.tree.borrow_mut();
        let id = tree.add(data);
        tree.nodes[id].line = self.line.get();
        if id >= MAX_NODES {
            self.fail(ReadError::TooLarge);
        }
        Handle { id, name }
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.tree.borrow().nodes.get(id).and_then(|node| node.parent)
    }

    fn fail(&self, error: ReadError) {
        self.stopped.set(true);
        *self.error.borrow_mut() = Some(error);
    }

    fn insert(&self, parent: Id, before: Option<Id>, child: NodeOrText<Handle>) {
        if self.stopped.get() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendText(text) => tree.insert_text(parent, before, &text),
            NodeOrText::AppendNode(node) => {
                if tree.insert(parent, before, node.id) > MAX_DEPTH {
                    self.fail(ReadError::TooDeep);
                }
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Result<Tree, ReadError>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self::Output {
        self.error.take().map_or_else(|| Ok(self.tree.into_inner()), Err)
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }

    fn get_document(&self) -> Handle {
        Handle { id: Tree::ROOT, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        target.name.as_deref().expect("the parser asks only elements for their name")
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = attributes.into_iter().map(|one| (one.name.local, one.value)).collect();
        self.create(Data::Element(name.local.clone(), attributes), Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.create(Data::Other, None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create(Data::Other, None)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.parent(element.id).is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let Some(parent) = self.parent(sibling.id) {
            self.insert(parent, Some(sibling.id), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(Data::Element(_, existing)) = tree.nodes.get_mut(target.id).map(|node| &mut node.data)
        else {
            return;
        };
        for one in attributes {
            if !existing.iter().any(|(name, _)| *name == one.name.local) {
                existing.push((one.name.local, one.value));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        if !self.stopped.get() {
            self.tree.borrow_mut().detach(target.id);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        if self.stopped.get() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            tree.insert(new_parent.id, None, child);
        }
    }

    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { file_bytes: 1 << 26, decompressed_bytes: 1 << 26, seconds: 20 };

    #[test]
    fn pages_that_overload_the_parser_are_rejected() {
        let error = |page: &str| Tree::parse(page, LIMITS).err();
        assert_eq!(error(&"<div>".repeat(100_000)), Some(ReadError::TooDeep));
        assert_eq!(error(&"<p>x<li>y<td>".repeat(3_000)), None, "their end tags may be left out");
        let fonts: String =
            (0..1_500).fold(String::new(), |all, size| all + "<font size=" + &size.to_string() + ">");
        assert_eq!(error(&format!("<p>{fonts}{}", "<p>x".repeat(100))), Some(ReadError::TooLarge));
        let no_time = Limits { seconds: 0, ..LIMITS };
        let attributes: String = (0..5_000).fold(String::new(), |all, n| all + " a" + &n.to_string());
        assert_eq!(Tree::parse(&format!("<p{attributes}>"), no_time).err(), Some(ReadError::TooSlow));
    }
}
