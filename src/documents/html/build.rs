//! Builds the tree of a page, by html5ever, as browsers build theirs.
//!
//! The parser is fed in small pieces, and between them it is asked whether the page has grown past what a page may be.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use super::tree::{Data, Id, Node, Tree};
use crate::{Limits, ReadError};

/// How deep elements may be nested. Real pages stay below 100; the parser's work grows with the square.
const DEPTH: u32 = 2_000;
/// How many nodes a page may have: formatting elements left open are copied into every paragraph that follows.
const NODES: usize = if cfg!(test) { 50_000 } else { 1_000_000 };
/// Bytes fed to the parser between two looks at what it made.
const PIECE: usize = 4 << 10;

impl Tree {
    /// The tree of a page, unless it is made to wear the parser out.
    pub(crate) fn parse(page: &str, limits: Limits) -> Result<Self, ReadError> {
        let started = Instant::now();
        let mut parser = parse_document(Sink::default(), ParseOpts::default());
        let mut rest = page;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            rest = after;
            parser.process(piece.into());
            let sink = &parser.tokenizer.sink.sink;
            if let Some(refusal) = sink.refusal.take() {
                return Err(refusal);
            }
            if started.elapsed() > Duration::from_secs(limits.seconds) {
                return Err(ReadError::TooSlow);
            }
        }
        parser.finish()
    }
}

/// A node as the parser holds it, with its name, which the parser asks for without end.
#[derive(Clone, Debug)]
struct Handle {
    id: Id,
    name: Option<Rc<QualName>>,
}

/// Builds the tree at the parser's word. Once it has found a reason to refuse the page it keeps nothing more.
#[derive(Debug)]
struct Sink {
    tree: RefCell<Tree>,
    refusal: RefCell<Option<ReadError>>,
    full: Cell<bool>,
    /// Handles given out for nodes that are not kept: the parser still tells them apart.
    unkept: Cell<Id>,
}

impl Default for Sink {
    fn default() -> Self {
        let tree = RefCell::new(Tree { nodes: vec![Node::default()] });
        Self { tree, refusal: RefCell::new(None), full: Cell::new(false), unkept: Cell::new(Id::MAX) }
    }
}

impl Sink {
    fn create(&self, data: Data, name: Option<QualName>) -> Handle {
        let name = name.map(Rc::new);
        if self.full.get() {
            let id = self.unkept.get();
            self.unkept.set(id - 1);
            return Handle { id, name };
        }
        let id = self.tree.borrow_mut().add(data);
        if id >= NODES {
            self.refuse(ReadError::TooLarge);
        }
        Handle { id, name }
    }

    fn parent(&self, id: Id) -> Option<Id> {
        self.tree.borrow().nodes.get(id).and_then(|node| node.parent)
    }

    fn refuse(&self, refusal: ReadError) {
        self.full.set(true);
        *self.refusal.borrow_mut() = Some(refusal);
    }

    fn insert(&self, parent: Id, before: Option<Id>, child: NodeOrText<Handle>) {
        if self.full.get() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendText(text) => tree.insert_text(parent, before, &text),
            NodeOrText::AppendNode(node) => {
                if tree.insert(parent, before, node.id) > DEPTH {
                    self.refuse(ReadError::TooDeep);
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
        self.refusal.take().map_or_else(|| Ok(self.tree.into_inner()), Err)
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

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
        self.create(Data::Bare, None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create(Data::Bare, None)
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
        let Some(Data::Element(_, standing)) = tree.nodes.get_mut(target.id).map(|node| &mut node.data)
        else {
            return;
        };
        for one in attributes {
            if !standing.iter().any(|(name, _)| *name == one.name.local) {
                standing.push((one.name.local, one.value));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        if !self.full.get() {
            self.tree.borrow_mut().detach(target.id);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        if self.full.get() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first(node.id) {
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

    const LIMITS: Limits = Limits { file_bytes: 1 << 26, unfolded_bytes: 1 << 26, seconds: 20 };

    #[test]
    fn pages_made_to_wear_the_parser_out_are_refused() {
        let refusal = |page: &str| Tree::parse(page, LIMITS).err();
        assert_eq!(refusal(&"<div>".repeat(100_000)), Some(ReadError::TooDeep));
        assert_eq!(refusal(&"<p>x<li>y<td>".repeat(3_000)), None, "their end tags may be left out");
        let fonts: String =
            (0..1_500).fold(String::new(), |all, size| all + "<font size=" + &size.to_string() + ">");
        assert_eq!(refusal(&format!("<p>{fonts}{}", "<p>x".repeat(100))), Some(ReadError::TooLarge));
        let hurried = Limits { seconds: 0, ..LIMITS };
        let attributes: String = (0..5_000).fold(String::new(), |all, n| all + " a" + &n.to_string());
        assert_eq!(Tree::parse(&format!("<p{attributes}>"), hurried).err(), Some(ReadError::TooSlow));
    }
}
