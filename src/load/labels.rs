//! Reads tables of ids with their labels, such as `[positions]` of a question and `[groups]` of `site.toml`.

use indexmap::IndexMap;

use super::problems::{bad_id, id_of_label, labelled_id_help};
use super::toml_line::{key_of, quoted};
use crate::files::Spanned;
use crate::problem::Problems;

/// Returns the labels by their ids, in the order of the file. An empty label is replaced by its id. A key that can't
/// be an id is a problem, which calls it `what`, such as `a position`; its entry is dropped.
pub(super) fn read<Id: std::hash::Hash + Eq>(
    what: &str,
    entries: Vec<(Spanned<String>, Spanned<String>)>,
    parse: fn(&str) -> Option<Id>,
    problems: &mut Problems,
) -> IndexMap<Id, String> {
    let mut labels = IndexMap::new();
    for (key, label) in entries {
        let Some(id) = parse(&key.value) else {
            // A key without letters gives no id; then the label may.
            let ids = [id_of_label(&key.value), id_of_label(&label.value), "id".to_owned()];
            let id = ids.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
            let line = format!("{} = {}", key_of(&id), quoted(&label.value));
            problems.push(bad_id(what, &key.value, labelled_id_help(&line), key.span));
            continue;
        };
        labels.insert(id, if label.value.is_empty() { key.value } else { label.value });
    }
    labels
}
