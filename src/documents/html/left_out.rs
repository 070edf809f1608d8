//! Finds the words that readers see on a page but that are not in its text. A message about a quote of such words can
//! then say where they are, and by which selector the author can include them.
//!
//! Each part is an element that contains no text of the article: the outermost one that is labelled as navigation,
//! comments and so on, or that has text of its own rather than only other boxes. The kind of a part only describes
//! it in messages.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::{self, BlockDraft};
use super::class_names;
use super::criteria::is_box;
use super::css::{ElementFinder, Styles};
use super::page::{PageBlocks, TextStats};
use super::phrases::{self, Label};
use super::references::References;
use super::selector::SelectorWriter;
use super::tree::{Id, Tree};
use crate::deadline::Deadline;
use crate::parts::{LeftOut, LeftOutKind, PlaceInFile, WholeDocument};
use crate::{Limits, MAX_TEXT_BYTES, text};

/// Maximum number of left-out parts of a page. Further ones are not described.
const MAX_PARTS: usize = 2_000;
/// Maximum number of a box's children that are checked for beginning with the same visible label (such as *Comments*)
/// as the box.
const MAX_CHILDREN: usize = 64;
/// A part consists of links if their share of its text is larger.
const MAX_LINK_PERCENT: usize = 60;
/// Minimum mean length of the blocks of a part whose links are headlines rather than names of the site's sections.
const MIN_HEADLINE_BYTES: usize = 28;

const NAVIGATION_ROLES: [&str; 6] = ["navigation", "menu", "menubar", "tablist", "toolbar", "search"];

/// Returns all words that readers see on a page, and the parts that are not in the article. `None` if there is no such
/// part, or if the words exceed `MAX_TEXT_BYTES`. `tree` is the whole page, `visible` the nodes that readers see.
/// `excluded` are the elements that the record excludes, each with the selector in the record.
pub(crate) fn find(
    (tree, visible): (&Tree, &Tree),
    styles: &Styles,
    article: &[BlockDraft],
    excluded: &BTreeMap<Id, String>,
    limits: Limits,
) -> Option<WholeDocument> {
    let references = References::new(visible, &|_| false);
    let blocks = blocks::extract(visible, Tree::ROOT, styles, &references);
    let mut sum = 0;
    let fits = blocks.iter().all(|block| {
        sum += block.text.len() + "\n\n".len();
        sum <= MAX_TEXT_BYTES
    });
    let is_kept = visible.around(article.iter().flat_map(|block| block.nodes.iter().copied()));
    if !fits || blocks.iter().flat_map(|block| &block.nodes).all(|id| is_kept[*id]) {
        return None;
    }
    let page = PageBlocks::new(visible, blocks);
    let mut search = Search::new(&page, &is_kept, excluded);
    let (text, places) = search.run();
    let finder = ElementFinder::new(tree, Deadline::start(limits));
    let writer = SelectorWriter::new(tree, &finder, &is_kept);
    let left_out = places.into_iter().take(MAX_PARTS).map(|place| LeftOut {
        kind: search.kind(&place),
        name: match tree.up(place.element).find_map(|id| excluded.get(&id)) {
            Some(selector) => selector.clone(),
            None => writer.selector(place.element),
        },
        place: PlaceInFile::Line(tree.line(place.element)),
        range: place.range,
    });
    let left_out: Vec<LeftOut> = left_out.collect();
    (!left_out.is_empty()).then_some(WholeDocument { text, left_out })
}

/// Words that are not in the article.
struct LeftOutWords {
    /// The element that an author names in `include` to add the words to the text.
    element: Id,
    /// The index of the first block with such words.
    block: usize,
    /// The byte range of the words in the text of all blocks.
    range: Range<usize>,
}

struct Search<'p, 't> {
    page: &'p PageBlocks<'t>,
    sums: Vec<TextStats>,
    /// For each node, whether it is in the article, or contains a node that is.
    is_kept: &'p [bool],
    excluded: &'p BTreeMap<Id, String>,
    /// The boxes with text that is not in a smaller box.
    has_own_text: BTreeSet<Id>,
    /// The results of [`Self::is_part`] so far.
    is_part: BTreeMap<Id, bool>,
}

impl<'p, 't> Search<'p, 't> {
    fn new(page: &'p PageBlocks<'t>, is_kept: &'p [bool], excluded: &'p BTreeMap<Id, String>) -> Self {
        let around = |block: &BlockDraft| page.tree.up(block.owner).find(|id| is_box(page.tree.name(*id)));
        Self {
            page,
            sums: page.prefix_sums(),
            is_kept,
            excluded,
            has_own_text: page.blocks.iter().filter_map(around).collect(),
            is_part: BTreeMap::new(),
        }
    }

    /// Returns the text of all blocks, and the places in it of words that are not in the article.
    fn run(&mut self) -> (String, Vec<LeftOutWords>) {
        let mut text = String::new();
        let mut places: Vec<LeftOutWords> = Vec::new();
        let page = self.page;
        for (index, block) in page.blocks.iter().enumerate() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(&block.text);
            let left_out: Vec<Id> = block.nodes.iter().copied().filter(|id| !self.is_kept[*id]).collect();
            if left_out.len() < block.nodes.len() {
                places.extend(self.places_within(index, &left_out, start));
                continue;
            }
            let element = self.part_of(block.owner);
            match places.last_mut() {
                Some(last) if last.element == element => last.range.end = text.len(),
                _ => places.push(LeftOutWords { element, block: index, range: start..text.len() }),
            }
        }
        (text, places)
    }

    /// Returns the places of the nodes `left_out` of a block whose other nodes are in the article. `start` is the
    /// offset of the block in the text of all blocks.
    fn places_within(&self, index: usize, left_out: &[Id], start: usize) -> Vec<LeftOutWords> {
        let (tree, block) = (self.page.tree, &self.page.blocks[index]);
        let outermost = |id: &Id| tree.up(*id).take_while(|up| !self.is_kept[*up]).last();
        let mut elements: Vec<Id> = left_out.iter().filter_map(outermost).collect();
        elements.dedup();
        let mut from = 0;
        let mut places = Vec::new();
        for id in elements {
            let element = if tree.name(id).is_empty() { block.owner } else { id };
            let words = text::collapse_whitespace(&tree.text_below(id));
            let rest = block.text.get(from..).unwrap_or_default();
            // The words are not found if the block's text has them in another form, for example as superscripts.
            // Then the whole block counts.
            let range = match rest.find(words.as_str()) {
                Some(at) => from + at..from + at + words.len(),
                None => 0..block.text.len(),
            };
            from = range.end;
            if words.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some() {
                places.push(LeftOutWords {
                    element,
                    block: index,
                    range: start + range.start..start + range.end,
                });
            }
        }
        places
    }

    /// Returns the element of the part to which a block with this owner belongs.
    fn part_of(&mut self, owner: Id) -> Id {
        let is_inside = |id: &Id| !self.is_kept[*id] && !self.page.tree.name(*id).is_empty();
        let outward: Vec<Id> = self.page.tree.up(owner).take_while(is_inside).collect();
        let part = outward.iter().rev().find(|id| self.is_part(**id)).or(outward.last());
        part.copied().unwrap_or(owner)
    }

    fn is_part(&mut self, id: Id) -> bool {
        if let Some(is_part) = self.is_part.get(&id) {
            return *is_part;
        }
        let is_part =
            self.has_own_text.contains(&id) || self.named_kind(id).is_some() || self.label(id).is_some();
        self.is_part.insert(id, is_part);
        is_part
    }

    /// Returns the label with which a box begins, unless a smaller box in it begins with the same label.
    fn label(&self, id: Id) -> Option<Label> {
        let (start, end) = self.page.spans[id];
        let (first, rest) = self.page.blocks.get(start..end)?.split_first()?;
        let label = phrases::label(&first.text).filter(|_| !rest.is_empty())?;
        let is_same = |child: Id| {
            let (child_start, child_end) = self.page.spans[child];
            child_start == start && child_end > start + 1
        };
        (!self.page.tree.children(id).take(MAX_CHILDREN).any(is_same)).then_some(label)
    }

    /// Returns the kind of part that an element's tag, role, class or id names.
    fn named_kind(&self, id: Id) -> Option<LeftOutKind> {
        let tree = self.page.tree;
        let attribute = |key| tree.attribute(id, key).unwrap_or_default();
        let names = [attribute("class"), attribute("id")];
        if self.excluded.contains_key(&id) {
            Some(LeftOutKind::Excluded)
        } else if names.iter().any(|name| class_names::is_comments_name(name)) {
            Some(LeftOutKind::Comments)
        } else if matches!(tree.name(id), "nav" | "menu" | "search")
            || NAVIGATION_ROLES.contains(&attribute("role"))
            || names.iter().any(|name| class_names::is_navigation_name(name))
        {
            Some(LeftOutKind::Navigation)
        } else if names.iter().any(|name| class_names::is_teaser_name(name)) {
            Some(LeftOutKind::Teaser)
        } else {
            None
        }
    }

    /// Returns the kind of the words at a place.
    fn kind(&self, place: &LeftOutWords) -> LeftOutKind {
        let named = || self.named_kind(place.element);
        let around = || self.page.tree.up(place.element).find_map(|id| self.named_kind(id));
        let labelled =
            || (self.label(place.element) == Some(Label::Comments)).then_some(LeftOutKind::Comments);
        let is_whole = !self.is_kept[place.element];
        let by_name = if is_whole { named().or_else(labelled) } else { None };
        by_name.or_else(around).unwrap_or_else(|| self.kind_by_links(place))
    }

    /// Returns the kind of the words at a place, judging by the links in them.
    fn kind_by_links(&self, place: &LeftOutWords) -> LeftOutKind {
        let (start, end) = self.page.spans[place.element];
        let first = &self.page.blocks[place.block];
        let (stats, count) = if self.is_kept[place.element] || end <= start {
            let stats = TextStats {
                link_bytes: first.link_bytes,
                total_bytes: first.text.len(),
                ..TextStats::default()
            };
            (stats, 1)
        } else {
            (self.page.node_stats(&self.sums, place.element), end - start)
        };
        let is_linked_heading = first.level > 0 && first.link_bytes * 2 > first.text.len();
        let is_links = stats.link_bytes * 100 > stats.total_bytes * MAX_LINK_PERCENT;
        let is_headlines = is_links && stats.total_bytes / count >= MIN_HEADLINE_BYTES;
        if is_linked_heading || is_headlines || first.is_teaser {
            LeftOutKind::Teaser
        } else if is_links {
            LeftOutKind::Navigation
        } else {
            LeftOutKind::Other
        }
    }
}
