//! The group that a verb forms with the auxiliaries, adverbs and times before it: *has this week also said*.

use super::tokens::Token;
use super::verbs::verb;
use crate::lexicons::english;

/// No group has more words.
const MAX_GROUP_WORDS: usize = 12;

/// What stands left of a verb.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "which kinds of words stand there is told apart for each")]
pub(crate) struct VerbGroup {
    /// Its first token.
    pub(crate) start: usize,
    /// A form of *be*.
    pub(crate) be: bool,
    /// A form of *have*.
    pub(crate) have: bool,
    /// *do*, *will* and their like.
    pub(crate) modal: bool,
    /// *to*.
    pub(crate) to: bool,
    /// A verb on which the infinitive hangs: *refused to say*, not *in order to say*.
    pub(crate) has_governor: bool,
    /// An adverb, as before no noun.
    pub(crate) adverb: bool,
}

impl VerbGroup {
    /// The token before the group.
    pub(crate) fn before<'a, 't>(&self, tokens: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
        tokens.get(self.start.checked_sub(1)?)
    }
}

/// The group of the verb at `at`.
pub(crate) fn group(tokens: &[Token<'_>], at: usize) -> VerbGroup {
    let mut group = VerbGroup { start: at, ..VerbGroup::default() };
    while let Some(token) = group.before(tokens) {
        let over = at - group.start >= MAX_GROUP_WORDS;
        if over || !token.is_word() || token.quoted || !absorbs(&mut group, tokens, token, at) {
            break;
        }
        group.start -= 1;
    }
    group
}

/// Whether the word before a group belongs to it, and what that makes of the group.
fn absorbs(group: &mut VerbGroup, tokens: &[Token<'_>], token: &Token<'_>, at: usize) -> bool {
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
        // No more than stepped over.
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

/// Whether a word tells a time, or belongs to one right after it: *last week*, *on Friday*.
fn is_time(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |at: usize| tokens.get(at).is_some_and(|token| token.is_time() && !token.is("may"));
    let leads = |at: usize| {
        let lower = tokens.get(at).map_or("", |token| token.lower);
        matches!(lower, "this" | "last" | "next" | "on" | "late" | "early" | "earlier" | "later")
    };
    is(at) || leads(at) && (is(at + 1) || leads(at + 1) && is(at + 2))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn a_group_goes_back_to_its_first_auxiliary() {
        let text = "the miller has this week also refused to say";
        let tokens = tokens(text, text, 0..text.len(), &[]);
        let group = group(&tokens, tokens.len() - 1);
        assert_eq!(group.start, 2);
        assert!(group.to && group.has_governor && group.adverb && !group.be);
    }
}
