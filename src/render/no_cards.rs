//! Social cards built without the feature `cards`: none is drawn. A picture of the author's own at a card's path is used.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "it has the shape of the module that draws cards"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tera::{Context, Function, Kwargs, State, TeraResult, Value};

use super::card_path;
use super::pages::PageToRender;
use super::theme::{Fault, Theme};
use crate::cache::Cache;
use crate::files::{Files, Span};
use crate::load::Asset;
use crate::problem::Problems;

/// The cards of a site: none.
#[derive(Debug, Default)]
pub struct Cards(BTreeMap<String, Arc<str>>);

impl Cards {
    /// What every card is drawn from, by the path of its picture.
    pub fn sources(&self) -> &BTreeMap<String, Arc<str>> {
        &self.0
    }

    /// Whether the cards of both would come out the same.
    pub fn are_like(&self, _: &Self) -> bool {
        true
    }

    /// Draws every card, path → PNG.
    ///
    /// # Errors
    /// None.
    pub fn draw(
        &self,
        _: impl Fn(&str) -> Option<Vec<u8>> + Sync,
    ) -> Result<BTreeMap<String, Vec<u8>>, (String, String)> {
        Ok(BTreeMap::new())
    }

    /// Draws one card; `None` if there is no card at this path.
    ///
    /// # Errors
    /// None.
    pub fn draw_one(&self, _: &str, _: &CardCache) -> Option<Result<Bytes, String>> {
        None
    }
}

/// Cards that were drawn.
pub type CardCache = Cache<Result<Bytes, String>>;

/// The card of one page.
#[derive(Clone, Debug)]
pub(super) enum Card {
    /// There is none.
    None,
    /// The author's own picture, by its path.
    Own(String),
}

impl Card {
    /// The picture's path in the site, if there is one.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Own(path) => Some(path),
            Self::None => None,
        }
    }

    /// Whether it is drawn here.
    pub(super) fn is_drawn(&self) -> bool {
        false
    }
}

/// Makes no cards.
pub(super) struct CardMaker;

impl CardMaker {
    pub(super) fn new(_: bool, _: &[Asset], _: &mut Problems) -> Self {
        Self
    }

    /// The function `fit` of templates, which only `card.svg` calls.
    pub(super) fn fit(&self) -> impl Function<TeraResult<Value>> + use<> {
        |_: Kwargs, _: &State<'_>| Ok(Value::none())
    }

    pub(super) fn make(
        &self,
        page: &PageToRender<'_>,
        _: &Context,
        taken: &BTreeMap<String, Bytes>,
        _: &Theme<'_>,
    ) -> Result<Card, Fault> {
        let path = card_path(&page.path);
        Ok(if taken.contains_key(&path) { Card::Own(path) } else { Card::None })
    }

    pub(super) fn keep(&mut self, _: &str, _: Card) {}

    pub(super) fn finish(self, _: impl Fn(&str) -> Option<Span>, _: &mut Files, _: &mut Problems) -> Cards {
        Cards::default()
    }
}
