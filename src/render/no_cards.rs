//! Replaces the module `cards` in builds without the feature `cards`: no cards are drawn, but pictures that the site's
//! author put at the paths of cards are used.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "same interface as the module that draws cards"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tera::{Context, Function, Kwargs, State, TeraResult, Value};

use super::card_path;
use super::pages::PagePlan;
use super::theme::{TemplateError, Theme};
use crate::cache::Cache;
use crate::files::{Files, Span};
use crate::load::Asset;
use crate::problem::{Problem, Problems};

/// The cards of a site: always empty.
#[derive(Debug, Default)]
pub struct Cards(BTreeMap<String, Arc<str>>);

impl Cards {
    /// Returns an empty map: there are no cards.
    pub fn sources(&self) -> &BTreeMap<String, Arc<str>> {
        &self.0
    }

    pub(super) fn add(&mut self, _: (usize, &str), _: Card) {}

    /// Returns `None`, because no cards are drawn.
    pub(super) fn problem(&self, _: impl Fn(&str) -> Option<Span>, _: &mut Files) -> Option<Problem> {
        None
    }

    /// Returns `None`: there are no cards.
    pub fn only(&self, _: &str) -> Option<Self> {
        None
    }

    /// Returns no cards.
    ///
    /// # Errors
    /// Never.
    pub fn draw(
        &self,
        _: impl Fn(&str) -> Option<Vec<u8>> + Sync,
    ) -> Result<BTreeMap<String, Vec<u8>>, (String, String)> {
        Ok(BTreeMap::new())
    }

    /// Returns `None`: there are no cards.
    ///
    /// # Errors
    /// Never.
    pub fn draw_one(&self, _: &str, _: &CardCache) -> Option<Result<Bytes, String>> {
        None
    }
}

/// A cache that stays empty.
pub type CardCache = Cache<Result<Bytes, String>>;

/// What `CardRenderer` found out about the card of one page.
#[derive(Clone, Debug)]
pub(super) enum Card {
    /// The page has no card.
    None,
    /// A picture that the site's author put at the card's path.
    Own(String),
}

impl Card {
    /// Returns the picture's path in the site; `None` if the page has no picture.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Own(path) => Some(path),
            Self::None => None,
        }
    }

    /// Always false, because this build draws no cards.
    pub(super) fn is_drawn(&self) -> bool {
        false
    }
}

/// Has the same methods as the renderer of cards, but renders none: it only finds pictures by the site's author.
pub(super) struct CardRenderer;

impl CardRenderer {
    pub(super) fn new(_: bool, _: &[Asset], _: &mut Problems) -> Self {
        Self
    }

    /// Returns the template function `fit`, which only `card.svg` calls.
    pub(super) fn fit(&self) -> impl Function<TeraResult<Value>> + use<> {
        |_: Kwargs, _: &State<'_>| Ok(Value::none())
    }

    /// Returns `None`: no page has a card that is drawn.
    pub(super) fn path_for(&self, _: &PagePlan<'_>) -> Option<String> {
        None
    }

    pub(super) fn render(
        &self,
        page: &PagePlan<'_>,
        _: &Context,
        taken: &BTreeMap<String, Bytes>,
        _: &Theme<'_>,
    ) -> Result<Card, TemplateError> {
        let path = card_path(&page.path);
        Ok(if taken.contains_key(&path) { Card::Own(path) } else { Card::None })
    }

    pub(super) fn none(&self) -> Cards {
        Cards::default()
    }
}
