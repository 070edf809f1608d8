//! The tree of an HTML page: nodes in one vector. Walks are loops over it, so that no page can overflow the stack.

use html5ever::LocalName;
use html5ever::tendril::StrTendril;

/// A node's place in its tree.
pub(crate) type Id = usize;

/// A page's nodes. The first is the document.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    depth: u32,
    pub(crate) data: Data,
}

#[derive(Debug, Default)]
pub(crate) enum Data {
    /// The document itself, comments, and other things without text.
    #[default]
    Bare,
    Text(String),
    Element(LocalName, Vec<(LocalName, StrTendril)>),
}

/// A step of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into a node.
    In(Id),
    /// Out of a node, after all below it.
    Out(Id),
}

impl Tree {
    /// The document.
    pub(crate) const ROOT: Id = 0;

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id] // ids are made by this tree alone, and nodes are never taken out
    }

    /// The first of its children.
    pub(crate) fn first(&self, id: Id) -> Option<Id> {
        self.node(id).first
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// An element's name; of other nodes, none: "".
    pub(crate) fn name(&self, id: Id) -> &str {
        if let Data::Element(name, _) = &self.node(id).data { name } else { "" }
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: Id) -> Option<&str> {
        if let Data::Text(text) = &self.node(id).data { Some(text) } else { None }
    }

    /// The value of an element's attribute.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Data::Element(_, attributes) = &self.node(id).data else { return None };
        attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }

    /// The element that a node stands in.
    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    /// The node after it in its parent.
    pub(crate) fn next(&self, id: Id) -> Option<Id> {
        self.node(id).next
    }

    /// The node itself and all it stands in, from within.
    pub(crate) fn up(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    /// Its children, in order.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).first, |id| self.next(*id))
    }

    /// A node and all below it, in the page's order.
    pub(crate) fn below(&self, top: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(top).filter_map(|step| if let Step::In(id) = step { Some(id) } else { None })
    }

    /// A walk through a node and all below it.
    pub(crate) fn walk(&self, top: Id) -> impl Iterator<Item = Step> + '_ {
        std::iter::successors(Some(Step::In(top)), move |step| match *step {
            Step::In(id) => Some(self.node(id).first.map_or(Step::Out(id), Step::In)),
            Step::Out(id) if id == top => None,
            Step::Out(id) => match self.next(id) {
                Some(next) => Some(Step::In(next)),
                None => self.parent(id).map(Step::Out),
            },
        })
    }

    /// All text below a node, as it stands.
    pub(crate) fn text_below(&self, top: Id) -> String {
        self.below(top).filter_map(|id| self.text(id)).collect()
    }

    /// Takes a node, with all below it, out of its parent.
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

    pub(crate) fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node { data, ..Node::default() });
        self.nodes.len() - 1
    }

    /// Puts a node at the end of a parent, or before one of its children. Returns its depth.
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

    /// Adds text, to the text that stands there already if there is some.
    pub(crate) fn insert_text(&mut self, parent: Id, before: Option<Id>, text: &str) {
        let previous = before.map_or(self.nodes[parent].last, |before| self.nodes[before].previous);
        if let Some(Data::Text(standing)) = previous.map(|id| &mut self.nodes[id].data) {
            standing.push_str(text);
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

    const LIMITS: Limits = Limits { file_bytes: 1 << 26, unfolded_bytes: 1 << 26, seconds: 20 };

    #[test]
    fn a_tree_is_walked_in_order_and_parts_can_be_taken_out() {
        let mut tree = Tree::parse("<p>One <b>two</b> three<p>four<table>five<tr><td>six", LIMITS)
            .expect("a file within limits");
        assert_eq!(tree.text_below(Tree::ROOT), "One two threefourfivesix");
        let bold = tree.below(Tree::ROOT).find(|id| tree.name(*id) == "b").expect("a file within limits");
        tree.detach(bold);
        assert_eq!(tree.text_below(Tree::ROOT), "One  threefourfivesix");
        let ins = tree.walk(Tree::ROOT).filter(|step| matches!(step, Step::In(_))).count();
        assert_eq!(tree.walk(Tree::ROOT).count(), ins * 2, "whatever is entered is left");
    }
}
