//! The places of elements among their siblings, computed once for `:nth-child` and sibling combinators. Also the
//! state of the current match of a selector with an element: how many comparisons it may still make, and its
//! scope.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::html::tree::{Id, Tree};

/// The place of each node among its siblings, and the state of the current match.
#[derive(Debug)]
pub(crate) struct Places {
    of: Vec<Place>,
    /// The number of comparisons that the current match may still make.
    steps: Cell<usize>,
    /// The element to which the current selector is relative, as in `:has(> p)`.
    scope: Cell<Option<Id>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    previous: Option<Id>,
    /// The numbers of the element, from 1: first among all its siblings, then among those of the same name; each
    /// counted from the start and from the end.
    numbers: [[u32; 2]; 2],
}

impl Places {
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut of = vec![Place::default(); tree.len()];
        for parent in tree.below(Tree::ROOT) {
            let elements: Vec<Id> = tree.children(parent).filter(|id| !tree.name(*id).is_empty()).collect();
            for (child, previous) in elements.iter().skip(1).zip(&elements) {
                of[*child].previous = Some(*previous);
            }
            number(tree, &mut of, elements.iter(), 0);
            number(tree, &mut of, elements.iter().rev(), 1);
        }
        Self { of, steps: Cell::new(0), scope: Cell::new(None) }
    }

    /// Starts a match that may make this many comparisons.
    pub(crate) fn allow_steps(&self, steps: usize) {
        self.steps.set(steps);
    }

    /// Counts a comparison. Returns false if the match has to end.
    pub(crate) fn take_step(&self) -> bool {
        self.steps.set(self.steps.get().saturating_sub(1));
        self.has_steps()
    }

    pub(crate) fn has_steps(&self) -> bool {
        self.steps.get() > 0
    }

    pub(crate) fn scope(&self) -> Option<Id> {
        self.scope.get()
    }

    /// Sets the element to which selectors are relative. Returns the element that was set until then.
    pub(crate) fn set_scope(&self, scope: Option<Id>) -> Option<Id> {
        self.scope.replace(scope)
    }

    pub(crate) fn previous(&self, id: Id) -> Option<Id> {
        self.of[id].previous
    }

    pub(crate) fn number(&self, id: Id, of_type: bool, from_end: bool) -> u32 {
        self.of[id].numbers[usize::from(of_type)][usize::from(from_end)]
    }
}

fn number<'i>(tree: &Tree, of: &mut [Place], elements: impl Iterator<Item = &'i Id>, end: usize) {
    let mut by_name: BTreeMap<&str, u32> = BTreeMap::new();
    for (number, id) in (1..).zip(elements) {
        let of_type = by_name.entry(tree.name(*id)).or_default();
        *of_type += 1;
        of[*id].numbers[0][end] = number;
        of[*id].numbers[1][end] = *of_type;
    }
}
