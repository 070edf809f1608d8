//! Matches selectors with the elements of a page. `selector_parser` parses them.

use super::places::Places;
use crate::html::tree::{Id, Tree};

/// A selector with more parts never matches. This bounds the time for a match.
const MAX_COMPOUNDS: usize = 32;

/// Maximum number of nodes that are examined for `:has()`. Elements further on are not found.
const MAX_RELATED_NODES: usize = 5_000;

/// A selector, such as `ul > li.note`.
#[derive(Debug, Default)]
pub(crate) struct Selector {
    /// The parts between combinators, such as `li.note`. Each is a list of conditions, with the combinator before
    /// it. The combinator of the first part has no meaning.
    pub(super) compounds: Vec<(Combinator, Vec<Simple>)>,
    /// The pseudo-element at the end, such as `before`.
    pub(crate) pseudo_element: Option<String>,
    pub(crate) specificity: Specificity,
}

/// The numbers of ids, of classes and of names in a selector.
pub(crate) type Specificity = [u32; 3];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Combinator {
    #[default]
    Descendant,
    Child,
    NextSibling,
    LaterSibling,
}

/// A condition on one element.
#[derive(Debug)]
pub(super) enum Simple {
    Name(String),
    Id(String),
    Class(String),
    Attribute(Attribute),
    Nth(Nth),
    Root,
    Empty,
    /// The element's language is one of these tags, or starts with one: `en` matches `en-GB`.
    Language(Vec<String>),
    Any(Vec<Selector>),
    Not(Vec<Selector>),
    /// One of these selectors matches another element, relative to this one ([`Simple::Scope`]).
    Has(Vec<Selector>),
    /// The element is the one to which the selectors of a [`Simple::Has`] are relative.
    Scope,
    Never,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    /// The character before `=`: one of `~|^$*`, or `=` for equality; `None` if the attribute need only exist.
    pub(super) operator: Option<char>,
    pub(super) value: String,
    pub(super) ignores_case: bool,
}

/// The element's number among its siblings, from 1, is `step` × n + `offset` for a number n of at least 0.
#[derive(Debug)]
pub(super) struct Nth {
    pub(super) step: i64,
    pub(super) offset: i64,
    pub(super) counted: Counted,
    pub(super) from_end: bool,
}

/// Which of an element's siblings are counted, including the element itself.
#[derive(Debug)]
pub(super) enum Counted {
    All,
    /// Those of the element's name.
    OfType,
    /// Those that one of the selectors matches, as in `:nth-child(2 of .note)`.
    Matching(Vec<Selector>),
}

/// The condition in the last part of a selector by which rules are looked up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Key<'s> {
    Id(&'s str),
    Class(&'s str),
    Name(&'s str),
    Any,
}

/// The result of matching the first parts of a selector with an element. A failure says with which other elements these
/// parts may still match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Matches,
    RetryEarlierSibling,
    RetryAncestor,
    Fails,
}

impl Selector {
    pub(crate) fn key(&self) -> Key<'_> {
        let last = self.compounds.last().map_or(&[][..], |(_, simples)| simples);
        let find = |pick: for<'a> fn(&'a Simple) -> Option<Key<'a>>| last.iter().find_map(pick);
        find(|simple| if let Simple::Id(id) = simple { Some(Key::Id(id)) } else { None })
            .or_else(|| {
                find(|simple| if let Simple::Class(class) = simple { Some(Key::Class(class)) } else { None })
            })
            .or_else(|| {
                find(|simple| if let Simple::Name(name) = simple { Some(Key::Name(name)) } else { None })
            })
            .unwrap_or(Key::Any)
    }

    pub(crate) fn matches(&self, tree: &Tree, places: &Places, id: Id) -> bool {
        self.compounds.len() <= MAX_COMPOUNDS
            && self.outcome(tree, places, id, self.compounds.len() - 1) == Outcome::Matches
    }

    /// Whether any element matches this selector, which is relative to `scope`.
    fn has_match_from(&self, tree: &Tree, places: &Places, scope: Id) -> bool {
        let is_match =
            |id: &Id| places.has_steps() && !tree.name(*id).is_empty() && self.matches(tree, places, *id);
        let around = match self.compounds.get(1) {
            Some((Combinator::Child, _)) if self.compounds.len() == 2 => {
                return tree.children(scope).take(MAX_RELATED_NODES).any(|id| is_match(&id));
            }
            Some((Combinator::Descendant | Combinator::Child, _)) => Some(scope),
            _ => parent(tree, scope),
        };
        around.is_some_and(|around| tree.below(around).take(MAX_RELATED_NODES).any(|id| is_match(&id)))
    }

    /// Matches the parts up to `last` with the element `id`. After a failure, the outcome rules out elements for
    /// which the earlier parts would fail again. Without this, the time would grow with a power of the page's
    /// depth.
    fn outcome(&self, tree: &Tree, places: &Places, id: Id, last: usize) -> Outcome {
        let (combinator, simples) = &self.compounds[last];
        if !places.take_step() {
            return Outcome::Fails;
        }
        if !simples.iter().all(|simple| simple.matches(tree, places, id)) {
            return Outcome::RetryEarlierSibling;
        }
        if last == 0 {
            return Outcome::Matches;
        }
        let is_sibling = matches!(combinator, Combinator::NextSibling | Combinator::LaterSibling);
        let next = |id: Id| if is_sibling { places.previous(id) } else { parent(tree, id) };
        let mut candidate = next(id);
        while let Some(id) = candidate {
            let outcome = self.outcome(tree, places, id, last - 1);
            match (outcome, combinator) {
                (Outcome::Matches | Outcome::Fails, _)
                | (_, Combinator::NextSibling)
                | (Outcome::RetryAncestor, Combinator::LaterSibling) => return outcome,
                (_, Combinator::Child) => return Outcome::RetryAncestor,
                _ => candidate = next(id),
            }
        }
        if is_sibling { Outcome::RetryAncestor } else { Outcome::Fails }
    }
}

impl Simple {
    fn matches(&self, tree: &Tree, places: &Places, id: Id) -> bool {
        match self {
            Self::Name(name) => tree.name(id).eq_ignore_ascii_case(name),
            Self::Id(value) => tree.attribute(id, "id") == Some(value),
            Self::Class(class) => tree
                .attribute(id, "class")
                .is_some_and(|value| value.split_ascii_whitespace().any(|one| one == class)),
            Self::Attribute(attribute) => {
                tree.attribute(id, &attribute.name).is_some_and(|value| attribute.matches(value))
            }
            Self::Nth(nth) => nth.number(tree, places, id).is_some_and(|number| nth.matches(number)),
            Self::Root => tree.name(id) == "html",
            Self::Empty => {
                tree.children(id).all(|child| tree.name(child).is_empty() && tree.text(child).is_none())
            }
            Self::Language(tags) => {
                let declared = tree.up(id).find_map(|up| tree.attribute(up, "lang"));
                declared.is_some_and(|language| {
                    let language = language.to_ascii_lowercase();
                    let is_of = |tag: &String| {
                        language
                            .strip_prefix(tag.as_str())
                            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                    };
                    tags.iter().any(is_of)
                })
            }
            Self::Any(list) => list.iter().any(|selector| selector.matches(tree, places, id)),
            Self::Not(list) => !list.iter().any(|selector| selector.matches(tree, places, id)),
            Self::Has(list) => {
                let outer = places.set_scope(Some(id));
                let is_match = list.iter().any(|selector| selector.has_match_from(tree, places, id));
                places.set_scope(outer);
                is_match
            }
            Self::Scope => places.scope() == Some(id),
            Self::Never => false,
        }
    }
}

impl Attribute {
    fn matches(&self, value: &str) -> bool {
        let lower = |text: &str| if self.ignores_case { text.to_ascii_lowercase() } else { text.to_owned() };
        let (value, wanted) = (lower(value), lower(&self.value));
        let wanted = wanted.as_str();
        match self.operator {
            None => true,
            Some('~') => value.split_ascii_whitespace().any(|word| word == wanted),
            Some('|') => {
                value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
            Some('^') => !wanted.is_empty() && value.starts_with(wanted),
            Some('$') => !wanted.is_empty() && value.ends_with(wanted),
            Some('*') => !wanted.is_empty() && value.contains(wanted),
            Some(_) => value == wanted,
        }
    }
}

impl Nth {
    /// Returns the element's number; `None` if it is not counted itself.
    fn number(&self, tree: &Tree, places: &Places, id: Id) -> Option<i64> {
        let list = match &self.counted {
            Counted::All => return Some(places.number(id, false, self.from_end).into()),
            Counted::OfType => return Some(places.number(id, true, self.from_end).into()),
            Counted::Matching(list) => list,
        };
        let is_counted = |id: &Id| {
            let is_element = places.take_step() && !tree.name(*id).is_empty();
            is_element && list.iter().any(|selector| selector.matches(tree, places, *id))
        };
        if !is_counted(&id) {
            return None;
        }
        let next = |id: &Id| tree.siblings(*id)[usize::from(self.from_end)];
        i64::try_from(std::iter::successors(Some(id), next).filter(is_counted).count()).ok()
    }

    fn matches(&self, number: i64) -> bool {
        let distance = number.saturating_sub(self.offset);
        if self.step == 0 {
            return distance == 0;
        }
        distance.checked_rem(self.step) == Some(0) && distance.checked_div(self.step).is_some_and(|n| n >= 0)
    }
}

/// Returns the parent of an element, unless the parent is the document.
fn parent(tree: &Tree, id: Id) -> Option<Id> {
    tree.parent(id).filter(|parent| !tree.name(*parent).is_empty())
}
