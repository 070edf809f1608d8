//! The tokens of one passage, looked at from any place without falling off its ends.

use std::ops::Range;

use super::tokens::{Shape, Token, Tongue, tokens};

/// A passage in tokens.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    pub(super) tongue: Tongue,
    tokens: Vec<Token<'t>>,
    end: usize,
}

impl<'t> Line<'t> {
    /// The tokens of a stretch of `text`; none if the stretch is not one of it.
    pub(super) fn of(text: &'t str, range: Range<usize>, tongue: Tongue) -> Self {
        let stretch = text.get(range.clone()).unwrap_or_default();
        Self { tongue, tokens: tokens(stretch, range.start, tongue), end: range.end }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token<'t>> {
        self.tokens.get(index)
    }

    /// The token that stands so many before another.
    pub(super) fn back(&self, index: usize, steps: usize) -> Option<&Token<'t>> {
        self.tokens.get(index.checked_sub(steps)?)
    }

    /// A token in lower case; nothing outside of the passage.
    pub(super) fn lower(&self, index: usize) -> &str {
        self.get(index).map_or("", |token| &*token.lower)
    }

    /// The token so many before another, in lower case.
    pub(super) fn lower_back(&self, index: usize, steps: usize) -> &str {
        self.back(index, steps).map_or("", |token| &*token.lower)
    }

    pub(super) fn glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| token.glued)
    }

    pub(super) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.get(index).is_some_and(|token| token.shape == Shape::Mark(mark))
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| token.shape == Shape::Word)
    }

    pub(super) fn is_number(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| matches!(token.shape, Shape::Number { .. }))
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.is_word(index) && self.get(index).is_some_and(|token| token.text.starts_with(char::is_uppercase))
    }

    /// Whether the words of `phrase`, which are parted by single spaces, stand at a place.
    pub(super) fn has(&self, index: usize, phrase: &str) -> bool {
        let first = self.lower(index);
        // Nearly all phrases fail at their first word, and this is quick.
        let begins = !first.is_empty() && phrase.starts_with(first);
        begins && phrase.split(' ').enumerate().all(|(offset, word)| self.lower(index + offset) == word)
    }

    /// The bytes of the tokens from `first` up to `next`.
    pub(super) fn bytes(&self, first: usize, next: usize) -> Range<usize> {
        let start = self.get(first).map_or(self.end, |token| token.at);
        let end = next.checked_sub(1).and_then(|last| self.get(last));
        start..end.map_or(start, |token| token.at + token.text.len()).max(start)
    }

    /// A hyphen between two tokens, without a space on either side.
    pub(super) fn is_hyphen(&self, index: usize) -> bool {
        self.is_mark(index, '-') && self.glued(index) && self.glued(index + 1)
    }

    /// Whether a sentence may begin at a place: the passage does, or a quote.
    pub(super) fn begins(&self, index: usize) -> bool {
        match self.back(index, 1).map(|token| token.shape) {
            None => true,
            Some(Shape::Mark(mark)) => {
                matches!(mark, '"' | '“' | '‘' | '„' | '«' | '.' | ':' | '?' | '!' | '(')
            }
            Some(_) => false,
        }
    }
}
