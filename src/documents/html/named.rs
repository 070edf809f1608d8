//! The elements that a record names in `include` and `exclude`. Included elements always belong to the text of a page,
//! and excluded ones never do, whatever the rules for clutter say.

use std::collections::BTreeMap;

use super::blocks::{self, BlockDraft};
use super::class_names::is_comments_name;
use super::css::{ElementFinder, Styles};
use super::phrases::{self, Label};
use super::references::References;
use super::tree::{Id, Tree};
use crate::deadline::Deadline;
use crate::parts::{NamedParts, PartFault, PartFaultReason, PartKey, PlaceInFile, WholeDocument};
use crate::{BlockKind, Limits, ReadError};

/// The elements of a page that a record names.
#[derive(Debug, Default)]
pub(crate) struct NamedElements {
    pub(crate) include: Vec<Id>,
    /// Each excluded element, with the selector in the record that names it.
    pub(crate) exclude: BTreeMap<Id, String>,
    pub(crate) faults: Vec<PartFault>,
}

impl NamedElements {
    /// Finds the elements. `tree` is the whole page; `visible` has only the nodes that readers see.
    ///
    /// # Errors
    ///
    /// If the search takes longer than the limit.
    pub(crate) fn find(
        tree: &Tree,
        visible: &Tree,
        parts: &NamedParts,
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let mut named = Self::default();
        if parts.is_empty() {
            return Ok(named);
        }
        let finder = ElementFinder::new(tree, Deadline::start(limits));
        let is_text = |id: &Id| visible.text(*id).is_some_and(|text| !text.trim().is_empty());
        let has_words = visible.around(visible.below(Tree::ROOT).filter(is_text));
        let lists = [(PartKey::Include, &parts.include), (PartKey::Exclude, &parts.exclude)];
        for (key, entry, selector) in lists
            .into_iter()
            .flat_map(|(key, list)| list.iter().enumerate().map(move |(at, one)| (key, at, one)))
        {
            let found = finder.find(selector)?;
            let reason =
                if found.is_some() { PartFaultReason::NoMatch } else { PartFaultReason::BadSelector };
            let mut found = found.unwrap_or_default();
            found.retain(|id| has_words[*id]);
            if found.is_empty() {
                named.faults.push(PartFault { key, entry, reason });
            }
            match key {
                PartKey::Include => named.include.extend(found),
                PartKey::Exclude => named.exclude.extend(found.into_iter().map(|id| (id, selector.clone()))),
            }
        }
        Ok(named)
    }

    /// Removes the elements that the record excludes.
    pub(crate) fn cut_excluded(&self, tree: &mut Tree) {
        self.exclude.keys().for_each(|id| tree.cut(*id));
    }

    /// Returns the words of the excluded elements; `None` if there are none. `tree` is the whole page, `visible` has only
    /// the nodes that readers see.
    pub(crate) fn excluded_words(
        &self,
        tree: &Tree,
        visible: &Tree,
        styles: &Styles,
        leads_elsewhere: &dyn Fn(&str) -> bool,
    ) -> Option<WholeDocument> {
        if self.exclude.is_empty() {
            return None;
        }
        let references = References::new(visible, leads_elsewhere);
        let is_outermost = |id: Id| !tree.up(id).skip(1).any(|up| self.exclude.contains_key(&up));
        let mut all = WholeDocument::default();
        for (id, selector) in self.exclude.iter().filter(|(id, _)| is_outermost(**id)) {
            let blocks = blocks::extract(visible, *id, styles, &references);
            let texts: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
            let place = PlaceInFile::Line(tree.line(*id));
            all.push_excluded(&texts.join("\n\n"), selector, place);
        }
        (!all.left_out.is_empty()).then_some(all)
    }

    /// Adds the blocks of the included elements to those of the article, in document order. `tree` has everything that
    /// readers see except the excluded elements.
    pub(crate) fn add_included(
        &self,
        article: Vec<BlockDraft>,
        tree: &Tree,
        styles: &Styles,
    ) -> Vec<BlockDraft> {
        if self.include.is_empty() {
            return article;
        }
        let is_within = within(tree, &self.include);
        let all = blocks::extract(tree, Tree::ROOT, styles, &References::new(tree, &|_| false));
        // For each node, the index of the block in `all` that has it.
        let mut index_of = vec![None; tree.len()];
        for (index, block) in all.iter().enumerate() {
            block.nodes.iter().for_each(|id| index_of[*id] = Some(index));
        }
        let has_included = |block: &BlockDraft| block.nodes.iter().any(|id| is_within[*id]);
        let mut is_taken: Vec<bool> = all.iter().map(has_included).collect();
        let is_comment = comments(tree, &all, &article);
        // If a block of the article shares nodes with blocks in `all`, and one of these has an included word, they
        // replace it.
        let mut placed: Vec<(usize, BlockDraft)> = Vec::new();
        for block in article {
            let sources = || block.nodes.iter().filter_map(|id| index_of[*id]);
            if sources().any(|index| is_taken[index]) {
                sources().collect::<Vec<_>>().into_iter().for_each(|index| is_taken[index] = true);
            } else {
                placed.push((sources().next().unwrap_or_default(), block));
            }
        }
        placed.extend(all.into_iter().enumerate().filter(|(index, _)| is_taken[*index]).map(
            |(index, block)| {
                let kind = if is_comment[block.owner] { BlockKind::Comment } else { block.kind };
                (index, BlockDraft { kind, ..block })
            },
        ));
        placed.sort_by_key(|(index, _)| *index);
        placed.into_iter().map(|(_, block)| block).collect()
    }
}

/// Returns for each node whether it is in a box with what readers of the page wrote. Such a box has a class or id
/// that says so, or a label such as *Comments (2)*, and it contains no block of the article.
fn comments(tree: &Tree, all: &[BlockDraft], article: &[BlockDraft]) -> Vec<bool> {
    let is_of_article = tree.around(article.iter().flat_map(|block| block.nodes.iter().copied()));
    let labels = all.iter().filter(|block| phrases::label(&block.text) == Some(Label::Comments));
    let labelled = labels.filter_map(|block| tree.up(block.owner).nth(1));
    let named = tree.below(Tree::ROOT).filter(|id| is_comments_box(tree, *id));
    let mut boxes: Vec<Id> = labelled.chain(named).filter(|id| !is_of_article[*id]).collect();
    // Outer boxes first, so that `within` skips those inside them.
    boxes.sort_unstable();
    within(tree, &boxes)
}

/// Whether the class or id of an element tells that it has what readers of the page wrote.
fn is_comments_box(tree: &Tree, id: Id) -> bool {
    ["class", "id"].iter().any(|key| tree.attribute(id, key).is_some_and(is_comments_name))
}

/// Returns for each node whether it is in one of these elements.
fn within(tree: &Tree, elements: &[Id]) -> Vec<bool> {
    let mut is_within = vec![false; tree.len()];
    for element in elements {
        if is_within[*element] {
            continue;
        }
        tree.below(*element).for_each(|id| is_within[id] = true);
    }
    is_within
}
