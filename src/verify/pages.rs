//! The author's pages: each is checked by itself, side by side with others.

use rayon::prelude::*;

use super::Page;
use super::links::{Place, page_path};
use super::lookup::Verifier;
use crate::load::PageDraft;

impl Verifier<'_> {
    pub(super) fn pages(&mut self, drafts: Vec<PageDraft>) -> Vec<Page> {
        let known = self.known;
        let checked = drafts.into_par_iter().map(|draft| {
            let mut verifier = Self::new(known);
            let path = page_path(&draft.path);
            let text = verifier.text(&draft.body, &Place::of_file(&draft.path, &path));
            (Page { path, head: draft.head, text, span: draft.span }, verifier)
        });
        let checked: Vec<_> = checked.collect();
        let pages = checked.into_iter().map(|(page, verifier)| {
            self.take(verifier);
            page
        });
        pages.collect()
    }
}
