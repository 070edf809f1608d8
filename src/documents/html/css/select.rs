//! Finds the elements that a selector matches, for selectors outside of style sheets, as in a record.

use super::places::Places;
use super::selector_parser::parse_list;
use super::selectors::Selector;
use crate::ReadError;
use crate::deadline::Deadline;
use crate::html::tree::{Id, Tree};

/// The number of elements that are matched between two checks of the deadline.
const MAX_UNCHECKED_ELEMENTS: usize = 256;
/// Maximum number of comparisons of one element with all selectors of the list.
const MAX_STEPS: usize = 200_000;

/// Finds elements of one page.
pub(crate) struct ElementFinder<'t> {
    tree: &'t Tree,
    places: Places,
    deadline: Deadline,
}

impl<'t> ElementFinder<'t> {
    pub(crate) fn new(tree: &'t Tree, deadline: Deadline) -> Self {
        Self { tree, places: Places::of(tree), deadline }
    }

    /// Returns the elements that a list of selectors matches, in document order. `None` if a selector is invalid,
    /// or names a pseudo-element such as `::before`.
    ///
    /// # Errors
    ///
    /// If the search takes longer than the limit.
    pub(crate) fn find(&self, selectors: &str) -> Result<Option<Vec<Id>>, ReadError> {
        let list = parse_list(selectors).unwrap_or_default();
        if list.is_empty() || list.iter().any(|selector| selector.pseudo_element.is_some()) {
            return Ok(None);
        }
        let mut found = Vec::new();
        let elements = self.tree.below(Tree::ROOT).filter(|id| !self.tree.name(*id).is_empty());
        for (count, id) in elements.enumerate() {
            if count % MAX_UNCHECKED_ELEMENTS == 0 {
                self.deadline.check()?;
            }
            if self.matches_any(&list, id)? {
                found.push(id);
            }
        }
        Ok(Some(found))
    }

    fn matches_any(&self, list: &[Selector], id: Id) -> Result<bool, ReadError> {
        self.places.allow_steps(MAX_STEPS);
        let is_match = list.iter().any(|selector| selector.matches(self.tree, &self.places, id));
        if self.places.has_steps() { Ok(is_match) } else { Err(ReadError::TooSlow) }
    }

    /// The number of an element among its siblings of the same name, from 1, and whether it is the only one.
    pub(crate) fn number_of_type(&self, id: Id) -> (u32, bool) {
        let [from_start, from_end] = [false, true].map(|from_end| self.places.number(id, true, from_end));
        (from_start, from_start == 1 && from_end == 1)
    }

    /// The number of an element among its siblings, from 1.
    pub(crate) fn number(&self, id: Id) -> u32 {
        self.places.number(id, false, false)
    }
}
