//! The verb group: a verb with the auxiliaries, adverbs and time expressions before it, as in *has this week also
//! said*. If the verb is an infinitive, the group includes the words that govern it, as in *has refused to say*.

use super::tokens::Token;
use super::verbs::verb;
use crate::lexicons::english;

/// A verb group has at most this many tokens before the verb.
const MAX_GROUP_WORDS: usize = 12;

/// The part of a verb group before the verb: where it starts, and which kinds of words it contains.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each kind of word is independent of the others")]
pub(crate) struct VerbGroup {
    /// Index of the first token of the group.
    pub(crate) start: usize,
    /// Whether a form of *be* is in the group, with neither *to* nor a form of *have* between it and the verb.
    pub(crate) be: bool,
    /// Whether a form of *have* is in the group, and no *to* between it and the verb: *has said*, not *has to say*. A
    /// clitic such as *'ve* counts, too, unless the verb ends in *-ing*.
    pub(crate) have: bool,
    /// Whether *do* or a modal verb such as *will* is in the group, and no *to* between it and the verb.
    pub(crate) modal: bool,
    /// Whether *to* is in the group.
    pub(crate) to: bool,
    /// Whether a word in the group governs the infinitive: *refused to say*, but not *in order to say*.
    pub(crate) has_governor: bool,
    /// Whether an adverb other than *all* is in the group. Then the word after the group is a verb, not a noun.
    pub(crate) adverb: bool,
}

impl VerbGroup {
    /// Returns the token before the group.
    pub(crate) fn before<'a, 't>(&self, tokens: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
        tokens.get(self.start.checked_sub(1)?)
    }
}

/// Returns the verb group of the verb at `at`.
pub(crate) fn group(tokens: &[Token<'_>], at: usize) -> VerbGroup {
    let mut group = VerbGroup { start: at, ..VerbGroup::default() };
    while let Some(token) = group.before(tokens) {
        let too_long = at - group.start >= MAX_GROUP_WORDS;
        if too_long || !token.is_word() || token.quoted || !try_absorb(&mut group, tokens, token, at) {
            break;
        }
        group.start -= 1;
    }
    group
}

/// Whether the word before a group belongs to the group of the verb at `at`. If so, records the kind of word in
/// `group`.
fn try_absorb(group: &mut VerbGroup, tokens: &[Token<'_>], token: &Token<'_>, at: usize) -> bool {
    if token.is_be() {
        group.be |= !group.to && !group.have;
    } else if token.is_have() {
        group.have |= !group.to;
    } else if token.is_modal() {
        group.modal |= !group.to;
    } else if token.is_clitic() {
        let next = &tokens[group.start];
        let genitive =
            token.is_genitive() && group.start != at && !group.be && !next.is_adverb() && !next.is_be();
        group.have |= !genitive && !tokens[at].lower.ends_with("ing");
        return !genitive;
    } else if token.is("to") {
        group.to = true;
    } else if is_time(tokens, group.start - 1) {
        // A time expression belongs to the group, but sets no flag.
    } else if token.is_adverb() {
        group.adverb |= !token.is("all");
    } else {
        let governs = token.lower.ends_with("ed")
            || verb(token.lower).is_some()
            || english().catenatives.contains(token.lower);
        group.has_governor |= group.to && governs;
        return group.to && governs;
    }
    true
}

/// Whether a word is a time expression, or introduces one: *last week*, *on Friday*. *May* is never taken for the month
/// here.
fn is_time(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |at: usize| tokens.get(at).is_some_and(|token| token.is_time() && !token.is("may"));
    let introduces_time = |at: usize| {
        let lower = tokens.get(at).map_or("", |token| token.lower);
        matches!(lower, "this" | "last" | "next" | "on" | "late" | "early" | "earlier" | "later")
    };
    is(at) || introduces_time(at) && (is(at + 1) || introduces_time(at + 1) && is(at + 2))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn a_group_starts_at_its_first_auxiliary() {
        let text = "the miller has this week also refused to say";
        let tokens = tokens(text, text, 0..text.len(), &[]);
        let group = group(&tokens, tokens.len() - 1);
        assert_eq!(group.start, 2);
        assert!(group.to && group.has_governor && group.adverb && !group.be);
    }
}
