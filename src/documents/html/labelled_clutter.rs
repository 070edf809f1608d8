//! Clutter between an article's paragraphs and after its end that is known by its label, not by its name: advertisements,
//! links to other pages, calls to subscribe, readers' comments, words on the author, sentences set large.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memmem;

use super::blocks::Draft;
use super::cues::{self, Cue};
use super::page::{Page, TextStats, is_prose};
use super::tree::Id;
use super::voice;
use crate::BlockKind;

/// Blocks of a box that ends with a call.
const MAX_CALL_BLOCKS: usize = 8;

/// Marks the blocks of boxes that something announces.
pub(crate) fn mark(page: &mut Page) {
    let sums = page.sums();
    let mut at = 0;
    while let Some(draft) = page.drafts.get(at) {
        let before = at;
        at += 1;
        if draft.level == 1 || draft.kind == BlockKind::Table {
            continue;
        }
        if let Some(cue) = cues::announced(&draft.text) {
            let (start, end) = announced_span(page, before, cue, &sums);
            page.excluded.get_mut(start..end).unwrap_or_default().fill(true);
            at = end.max(at);
        }
    }
}

/// The blocks that an announcement speaks of, itself the first.
fn announced_span(page: &Page, at: usize, cue: Cue, sums: &[TextStats]) -> (usize, usize) {
    let draft = &page.drafts[at];
    let all = sums.last().map_or(0, |sum| sum.prose);
    let share = match cue {
        Cue::Advert | Cue::Action => all / 6,
        Cue::Box => all / 4,
        Cue::Comments => all * 9 / 10,
    };
    let fits = |id: &Id| {
        let (sum, (start, end)) = (page.sum(sums, *id), page.spans[*id]);
        // A call ends its box, which is small; all else opens it.
        let placed =
            if cue == Cue::Action { end == at + 1 && end - start <= MAX_CALL_BLOCKS } else { start == at };
        placed && sum.prose <= share && sum.headlines == 0
    };
    let whole = |id: &Id| !matches!(page.tree.name(*id), "body" | "main");
    let Some(outer) = page.tree.up(draft.owner).take_while(whole).take_while(fits).last() else {
        return (at, at + 1);
    };
    let (start, end) = page.spans[outer];
    if end > start + 1 {
        return (start, end);
    }
    let around = page.tree.parent(outer).map_or(end, |parent| page.spans[parent].1);
    (at, at + 1 + following(page, at + 1..around, cue, draft))
}

/// How many blocks after an announcement belong to it, where no element holds them together.
fn following(page: &Page, range: Range<usize>, cue: Cue, heading: &Draft) -> usize {
    let after = page.drafts.get(range).unwrap_or_default();
    let same = |draft: &Draft| match cue {
        Cue::Comments => true,
        Cue::Advert | Cue::Action => false,
        Cue::Box => {
            let ends =
                draft.kind == BlockKind::Heading && (heading.level == 0 || draft.level <= heading.level);
            !ends
                && (draft.linked * 2 > draft.text.len() || !is_prose(draft))
                && draft.kind != BlockKind::Caption
        }
    };
    after.iter().take_while(|draft| same(draft)).count()
}

/// Marks what is said of the author, between headline and text and in the last blocks: what opens with the name.
pub(crate) fn mark_author(page: &mut Page, (lead, text): (Range<usize>, Range<usize>), author: Option<&str>) {
    const LAST: usize = 6;
    const BIOS: usize = 3;
    let names: Vec<&str> =
        author.into_iter().flat_map(|all| all.split(", ")).filter(|name| name.contains(' ')).collect();
    let kept: Vec<usize> = text.filter(|at| !page.excluded[*at]).collect();
    let last = kept.iter().rev().nth(BIOS).copied().unwrap_or(lead.end);
    for at in lead.chain(kept.into_iter().rev().take(LAST)) {
        let draft = &page.drafts[at];
        let by_name = names.iter().any(|name| draft.text.starts_with(name));
        let bio = by_name || (draft.kind == BlockKind::Paragraph && at > last && voice::is_bio(&draft.text));
        if draft.kind != BlockKind::Heading && bio {
            page.excluded[at] = true;
        }
    }
}

/// Marks what a site asks of its readers in the last blocks of a text that is not about them.
pub(crate) fn mark_appeals(page: &mut Page, text: Range<usize>) {
    const LAST: usize = 4;
    let kept: Vec<usize> = text.filter(|at| !page.excluded[*at] && is_prose(&page.drafts[*at])).collect();
    for at in kept.into_iter().rev().take(LAST) {
        let draft = &page.drafts[at];
        if draft.kind == BlockKind::Paragraph && voice::is_appeal(&draft.text) {
            page.excluded[at] = true;
        }
    }
}

/// The blocks without those that only say again, set large, what another says.
pub(crate) fn without_echoes(mut drafts: Vec<Draft>) -> Vec<Draft> {
    const BLOCKS: usize = 2_000;
    const BYTES: usize = 500_000;
    let whole = drafts.iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>().join("\n");
    if drafts.len() > BLOCKS || whole.len() > BYTES {
        return drafts;
    }
    let mut alike = BTreeMap::new();
    for draft in &drafts {
        *alike.entry(tail(&draft.text).to_owned()).or_insert(0_usize) += 1;
    }
    let mut seen = BTreeSet::new();
    drafts.retain(|draft| {
        let text = tail(&draft.text);
        let may =
            matches!(draft.kind, BlockKind::Quote | BlockKind::Paragraph) && (30..400).contains(&text.len());
        let elsewhere = || memmem::find_iter(whole.as_bytes(), text).count();
        !may || (elsewhere() <= alike.get(text).copied().unwrap_or_default() && seen.insert(text.to_owned()))
    });
    drafts
}

/// A text without quotation marks and without its first letter, which may be a capital only where it stands alone.
fn tail(text: &str) -> &str {
    let bare = text.trim_matches(|c: char| "“”\"„«»‘’'… ".contains(c));
    let mut letters = bare.chars();
    letters.next();
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_set_large_are_kept_once() {
        let draft = |kind, text: &str| Draft {
            kind,
            text: text.into(),
            owner: 0,
            linked: 0,
            paid: false,
            card: false,
            level: 0,
        };
        let said = "The bridge will not be ready before spring";
        let kept = without_echoes(vec![
            draft(BlockKind::Quote, &format!("“{said}”")),
            draft(BlockKind::Paragraph, &format!("On Friday she said: “{said}, whatever they claim.”")),
            draft(BlockKind::Paragraph, "The same words stand here twice, for good reasons."),
            draft(BlockKind::Paragraph, "The same words stand here twice, for good reasons."),
        ]);
        let texts: Vec<_> = kept.iter().map(|draft| &draft.text[..6]).collect();
        assert_eq!(texts, ["On Fri", "The sa"]);
    }
}
