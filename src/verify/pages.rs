//! The author's pages: each is checked by itself, side by side with others, and again only if something has changed that it
//! depends on.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::links::{Place, page_path};
use super::lookup::{Known, Proved, Verifier};
use super::{Page, Text};
use crate::ids::SourceId;
use crate::load::{PageDraft, Prints};
use crate::memo::{Fingerprint, Memo};
use crate::problem::Problems;

/// Pages that were checked and are without fault, by what they say.
pub type Kept = Memo<Arc<Checked>>;

/// What came of checking a page.
#[derive(Debug)]
pub struct Checked {
    text: Arc<Text>,
    proved: Proved,
    problems: Problems,
    /// Sources that it quotes and that could not be read.
    lost: BTreeSet<SourceId>,
    /// What it cites, as it was then.
    cited: Vec<(SourceId, Option<Fingerprint>)>,
}

impl Verifier<'_> {
    pub(super) fn pages(&mut self, drafts: Vec<PageDraft>, memory: (&Prints, &Kept)) -> Vec<Page> {
        let known = self.known;
        let around = OnceLock::new();
        let around = || *around.get_or_init(|| around_all(known, memory.0));
        let checked: Vec<_> = drafts.par_iter().map(|draft| check(known, draft, around, memory)).collect();
        let mut pages = Vec::with_capacity(drafts.len());
        for (draft, checked) in drafts.into_iter().zip(checked) {
            let Checked { proved, lost, problems, .. } = &*checked;
            let (proved, lost, problems) = (proved.clone(), lost.clone(), problems.clone());
            self.take(Self { proved, lost, problems, ..Self::new(known) });
            let path = page_path(&draft.path);
            pages.push(Page { text: checked.text.clone(), path, head: draft.head, span: draft.span });
        }
        pages
    }
}

/// What every page depends on here: the frame of the site, and what can be linked to.
fn around_all(known: &Known<'_>, prints: &Prints) -> Fingerprint {
    Fingerprint::of(|content| {
        content.fingerprint(&prints.frame);
        known.links.add_to(content);
    })
}

/// Checks a page, unless it was before and nothing is otherwise that it depends on: its own file, what is around all
/// of them, and the sources that it cites. One with a fault is always checked again, since what is said of a
/// fault may speak of anything.
fn check(
    known: &Known<'_>,
    draft: &PageDraft,
    around: impl Fn() -> Fingerprint,
    (prints, kept): (&Prints, &Kept),
) -> Arc<Checked> {
    let now = |source: &SourceId| prints.sources.get(source).copied();
    kept.get_if(
        || {
            Fingerprint::of(|content| {
                content.fingerprint(&around());
                content.add(&draft.path);
                content.fingerprint(&prints.pages.get(&draft.path).copied().unwrap_or_default());
            })
        },
        |checked| checked.cited.iter().all(|(source, then)| now(source) == *then),
        || {
            let mut verifier = Verifier::new(known);
            let place = Place::of_file(&draft.path, &page_path(&draft.path));
            let text = verifier.text(&draft.body, &place);
            let cited = text.citations.iter().map(|citation| citation.source.clone());
            let cited = cited.map(|source| (source.clone(), now(&source))).collect();
            let Verifier { proved, lost, problems, .. } = verifier;
            Arc::new(Checked { text: text.into(), proved, problems, lost, cited })
        },
        |checked| checked.problems.is_empty() && checked.lost.is_empty(),
    )
}
