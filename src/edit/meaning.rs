//! Checks that an edited TOML text means what it should: the old values with one change, and nothing else.

use toml::{Table, Value};

use super::EditFault;

/// Makes `change` to the values of the TOML text `old`, and compares the result with the values of the text `new`.
/// The kind of line ends doesn't count.
///
/// # Errors
/// `EditFault::Unfit` if they differ, or if one text is not valid TOML.
pub(super) fn check(old: &str, new: &str, change: impl FnOnce(&mut Table)) -> Result<(), EditFault> {
    let read = |text: &str| text.parse::<Table>().map_err(|_| EditFault::Unfit);
    let (mut meant, mut is) = (read(old)?, read(new)?);
    change(&mut meant);
    // A list or table without entries means the same as none.
    for table in [&mut meant, &mut is] {
        table.retain(|_, value| !is_empty(value));
        table.iter_mut().for_each(|(_, value)| unify_line_ends(value));
    }
    if meant == is { Ok(()) } else { Err(EditFault::Unfit) }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.is_empty(),
        Value::Table(table) => table.is_empty(),
        _ => false,
    }
}

/// Replaces `\r\n` by `\n` in all texts, because lines of a multi-line string end as the file's lines do.
fn unify_line_ends(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.replace("\r\n", "\n"),
        Value::Array(list) => list.iter_mut().for_each(unify_line_ends),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| unify_line_ends(value)),
        _ => {}
    }
}
