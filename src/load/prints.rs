//! Fingerprints of what was read, by what else may depend on it: so that a rebuild can tell what a change touches.
//!
//! Whatever is not named here as something that only some pages depend on is part of the frame, which all of them do.

use std::collections::{BTreeMap, BTreeSet};

use super::{BodyPlace, Loaded, SourceDraft};
use crate::files::{FileId, Files};
use crate::ids::{QuestionId, SourceId};
use crate::memo::{Content, Fingerprint};

/// Fingerprints of all that was read.
#[derive(Debug, Default)]
pub struct Prints {
    /// What every page may depend on: `site.toml`, the lock, the words, which files there are, what pages are called,
    /// fonts.
    pub frame: Fingerprint,
    /// Each source: its record and its document.
    pub sources: BTreeMap<SourceId, Fingerprint>,
    /// All sources and questions.
    pub evidence: Fingerprint,
    /// Each page by its path below `content`: its whole file.
    pub pages: BTreeMap<String, Fingerprint>,
    /// Each of the author's templates, by name.
    pub templates: BTreeMap<String, Fingerprint>,
}

impl Prints {
    /// Takes the fingerprints of everything that was read.
    pub fn of(loaded: &Loaded, files: &Files) -> Self {
        let sources: BTreeMap<SourceId, Fingerprint> =
            loaded.sources.iter().map(|draft| (draft.id.clone(), of_source(draft, files))).collect();
        let is_question = |file: &FileId| files.name(*file).starts_with("content/questions/");
        let evidence = Fingerprint::of(|content| {
            content.list(sources.values());
            content.list(files.ids().filter(is_question).map(|file| files.print(file)));
        });
        let pages = &loaded.pages;
        Self {
            frame: frame(loaded, files),
            pages: pages.iter().map(|page| (page.path.clone(), files.print(page.span.file))).collect(),
            templates: loaded.templates.iter().map(|own| (own.name.clone(), files.print(own.file))).collect(),
            sources,
            evidence,
        }
    }
}

/// A record and its document, as far as there are any.
fn of_source(draft: &SourceDraft, files: &Files) -> Fingerprint {
    Fingerprint::of(|content| {
        if draft.has_record {
            content.fingerprint(&files.print(draft.span.file));
        }
        content.number(usize::from(draft.unreadable));
        if let Some(document) = &draft.document {
            content.fingerprint(&document.reading);
            content.number(usize::from(document.is_original));
        }
    })
}

/// Everything but what only some pages depend on. Of a file of that kind, that it is there counts, and in which place:
/// all numbers of files follow from it.
fn frame(loaded: &Loaded, files: &Files) -> Fingerprint {
    let apart: BTreeSet<FileId> = loaded
        .sources
        .iter()
        .map(|source| source.span.file)
        .chain(loaded.pages.iter().map(|page| page.span.file))
        .chain(loaded.templates.iter().map(|template| template.file))
        .collect();
    Fingerprint::of(|content| {
        for file in files.ids() {
            let name = files.name(file);
            content.add(name);
            if !apart.contains(&file) && !name.starts_with("content/questions/") {
                content.fingerprint(&files.print(file));
            }
        }
        for page in &loaded.pages {
            // What pages are called, others list: their front matter is part of the frame, what follows is not.
            let end = match page.body.place {
                BodyPlace::From(span) => span.start,
                BodyPlace::Within(_) => usize::MAX,
            };
            let text = files.text(page.span.file);
            content.add(&text.as_bytes()[..end.min(text.len())]);
        }
        names(loaded, content);
        for font in &loaded.fonts {
            content.add(&font.bytes);
        }
    })
}

/// What can be pointed to.
fn names(loaded: &Loaded, content: &mut Content) {
    content.list(loaded.sources.iter().map(|source| source.id.as_str()));
    content.list(loaded.questions.iter().map(|question| question.id.as_str()));
    content.list(loaded.unread.questions.iter().map(QuestionId::as_str));
    content.list(&loaded.unread.pages);
    content.list(&loaded.unread.drafts);
    for assets in [&loaded.assets, &loaded.theme_assets, &loaded.fonts] {
        content.list(assets.iter().map(|asset| &asset.path));
    }
}
