//! The tree of an HTML page, with all nodes in one vector. Traversals are loops, so no page can overflow the stack.

use std::collections::BTreeSet;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;

/// The index of a node.
pub(crate) type Id = usize;

/// The nodes of a page. The first node is the document.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    depth: u32,
    /// The line of the file in which an element's start tag ends, from 1.
    pub(crate) line: u32,
    pub(crate) data: Data,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Data {
    /// The document, comments and processing instructions.
    #[default]
    Other,
    Text(String),
    /// Replaces a hidden node. Holds its text, and whether it leaves a gap in its line.
    Hidden(String, bool),
    /// The place of a removed element that is not part of the text, such as a video or clutter.
    Gap,
    /// The place of a removed element whose words a record excludes from the text.
    Cut,
    Element(LocalName, Vec<(LocalName, StrTendril)>),
}

/// A step of a depth-first traversal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    In(Id),
    /// Leaves a node, after all its descendants.
    Out(Id),
}

impl Tree {
    pub(crate) const ROOT: Id = 0;

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id] // in range: only this tree creates ids, and nodes are never deleted
    }

    pub(crate) fn first_child(&self, id: Id) -> Option<Id> {
        self.node(id).first
    }

    /// The number of nodes, including detached ones.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The name of an element; empty for other nodes.
    pub(crate) fn name(&self, id: Id) -> &str {
        if let Data::Element(name, _) = &self.node(id).data { name } else { "" }
    }

    pub(crate) fn text(&self, id: Id) -> Option<&str> {
        if let Data::Text(text) = &self.node(id).data { Some(text) } else { None }
    }

    /// Whether the node is the place of an element that [`Self::replace_by_gap`] removed.
    pub(crate) fn is_gap(&self, id: Id) -> bool {
        matches!(self.node(id).data, Data::Gap)
    }

    /// Whether the node is the place of an element that [`Self::cut`] removed.
    pub(crate) fn is_cut(&self, id: Id) -> bool {
        matches!(self.node(id).data, Data::Cut)
    }

    /// The line of the file in which an element's start tag ends, from 1.
    pub(crate) fn line(&self, id: Id) -> u32 {
        self.node(id).line
    }

    /// The text that was hidden at a node, and whether it leaves a gap.
    pub(crate) fn hidden_text(&self, id: Id) -> Option<(&str, bool)> {
        if let Data::Hidden(text, leaves_gap) = &self.node(id).data {
            Some((text, *leaves_gap))
        } else {
            None
        }
    }

    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Data::Element(_, attributes) = &self.node(id).data else { return None };
        attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }

    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    pub(crate) fn next_sibling(&self, id: Id) -> Option<Id> {
        self.node(id).next
    }

    /// Iterates over a node and its ancestors, innermost first.
    pub(crate) fn up(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).first, |id| self.next_sibling(*id))
    }

    /// Iterates over a node and its descendants in document order.
    pub(crate) fn below(&self, top: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(top).filter_map(|step| if let Step::In(id) = step { Some(id) } else { None })
    }

    /// Traverses a node and its descendants depth first.
    pub(crate) fn walk(&self, top: Id) -> impl Iterator<Item = Step> + '_ {
        std::iter::successors(Some(Step::In(top)), move |step| match *step {
            Step::In(id) => Some(self.node(id).first.map_or(Step::Out(id), Step::In)),
            Step::Out(id) if id == top => None,
            Step::Out(id) => match self.next_sibling(id) {
                Some(next) => Some(Step::In(next)),
                None => self.parent(id).map(Step::Out),
            },
        })
    }

    /// Returns for each node of the tree whether it is one of `nodes`, or contains one of them.
    pub(crate) fn around(&self, nodes: impl IntoIterator<Item = Id>) -> Vec<bool> {
        let mut is_around = vec![false; self.len()];
        for node in nodes {
            for id in self.up(node) {
                if std::mem::replace(&mut is_around[id], true) {
                    break;
                }
            }
        }
        is_around
    }

    /// Concatenates all text below a node, unchanged.
    pub(crate) fn text_below(&self, top: Id) -> String {
        self.below(top).filter_map(|id| self.text(id)).collect()
    }

    /// Returns the nodes directly before and after a node.
    pub(crate) fn siblings(&self, id: Id) -> [Option<Id>; 2] {
        [self.node(id).previous, self.node(id).next]
    }

    /// Returns the ids of all elements, to which links such as `#note-1` lead.
    pub(crate) fn element_ids(&self) -> BTreeSet<&str> {
        self.below(Self::ROOT).filter_map(|id| self.attribute(id, "id")).collect()
    }

    /// Removes a node and its descendants from its parent.
    pub(crate) fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = self.nodes[id];
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.nodes[previous].next = next,
            None => self.nodes[parent].first = next,
        }
        match next {
            Some(next) => self.nodes[next].previous = previous,
            None => self.nodes[parent].last = previous,
        }
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Replaces an element and its descendants by a [`Data::Gap`].
    pub(crate) fn replace_by_gap(&mut self, id: Id) {
        let node = &mut self.nodes[id];
        (node.first, node.last, node.data) = (None, None, Data::Gap);
    }

    /// Replaces an element and its descendants by a [`Data::Cut`], so that a quote can't contain words from both
    /// sides of it.
    pub(crate) fn cut(&mut self, id: Id) {
        let node = &mut self.nodes[id];
        (node.first, node.last, node.data) = (None, None, Data::Cut);
    }

    /// Replaces a node and its descendants by a [`Data::Hidden`] with their text, which is no longer part of the
    /// tree's text. `leaves_gap` says whether readers see a space between the words on both sides.
    pub(crate) fn hide(&mut self, id: Id, leaves_gap: bool) {
        let text = self.below(id).filter_map(|id| self.text(id)).collect::<Vec<_>>().join(" ");
        let node = &mut self.nodes[id];
        (node.first, node.last, node.data) = (None, None, Data::Hidden(text, leaves_gap));
    }

    pub(crate) fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node { data, ..Node::default() });
        self.nodes.len() - 1
    }

    /// Inserts a node as the last child of `parent`, or before the child `before`. Returns its depth.
    pub(crate) fn insert(&mut self, parent: Id, before: Option<Id>, id: Id) -> u32 {
        self.detach(id);
        let previous = before.map_or(self.nodes[parent].last, |before| self.nodes[before].previous);
        let depth = self.nodes[parent].depth.saturating_add(1);
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, before, depth);
        match previous {
            Some(previous) => self.nodes[previous].next = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        match before {
            Some(before) => self.nodes[before].previous = Some(id),
            None => self.nodes[parent].last = Some(id),
        }
        depth
    }

    /// Inserts text; appends it to the text node before that position, if there is one.
    pub(crate) fn insert_text(&mut self, parent: Id, before: Option<Id>, text: &str) {
        let previous = before.map_or(self.nodes[parent].last, |before| self.nodes[before].previous);
        if let Some(Data::Text(existing)) = previous.map(|id| &mut self.nodes[id].data) {
            existing.push_str(text);
        } else {
            let id = self.add(Data::Text(text.to_owned()));
            self.insert(parent, before, id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    const LIMITS: Limits = Limits { file_bytes: 1 << 26, decompressed_bytes: 1 << 26, seconds: 20 };

    #[test]
    fn a_tree_is_traversed_in_order_and_nodes_can_be_detached() {
        let mut tree = Tree::parse("<p>One <b>two</b> three<p>four<table>five<tr><td>six", LIMITS)
            .expect("a file within limits");
        assert_eq!(tree.text_below(Tree::ROOT), "One two threefourfivesix");
        let bold = tree.below(Tree::ROOT).find(|id| tree.name(*id) == "b").expect("a file within limits");
        tree.detach(bold);
        assert_eq!(tree.text_below(Tree::ROOT), "One  threefourfivesix");
        let ins = tree.walk(Tree::ROOT).filter(|step| matches!(step, Step::In(_))).count();
        assert_eq!(tree.walk(Tree::ROOT).count(), ins * 2, "every entered node is left again");
    }
}
