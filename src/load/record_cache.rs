//! Keeps parsed records from one build to the next.

use std::sync::Arc;

use super::Question;
use super::record::{SourceDraft, read};
use crate::cache::{Cache, Digest};
use crate::files::FileId;
use crate::ids::SourceId;
use crate::problem::Problems;

/// Caches each record's text, and what was parsed from it with its problems.
pub(super) type RecordCache = Cache<(Arc<str>, SourceDraft, Problems)>;

/// Returns the hash of the ids that the help of a record's problems has as examples: the questions, each with its first
/// position. A cached record is valid only for the same ids.
pub(super) fn examples(questions: &[Question]) -> Digest {
    let ids: Vec<_> =
        questions.iter().map(|question| (&question.id, question.positions.keys().next())).collect();
    Digest::of(&[format!("{ids:?}").as_bytes()])
}

/// Parses one record, as [`read`] does, or takes it from the cache. `examples` is the hash of the ids in help texts.
pub(super) fn read_cached(
    id: SourceId,
    file: FileId,
    text: &Arc<str>,
    (questions, examples): (&[Question], Digest),
    cache: &RecordCache,
) -> (SourceDraft, Problems) {
    let key = Digest::of(&[id.as_str().as_bytes(), &file.index().to_be_bytes(), examples.as_ref()]);
    // The texts are compared, because hashing all records at each build takes longer.
    if let Some((_, draft, problems)) = cache.get(key).filter(|(known, ..)| known == text) {
        return (draft, problems);
    }
    let mut problems = Problems::default();
    let draft = read(id, file, text, questions, &mut problems);
    cache.insert(key, (text.clone(), draft.clone(), problems.clone()));
    (draft, problems)
}
