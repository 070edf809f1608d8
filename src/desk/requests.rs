//! What the desk's app sends: the bodies of its requests. `replies` has what it gets, and `mod.rs` the list of both.

use serde::Deserialize;

use crate::edit::AnswerText;

/// A selection in a document, to be proved as a quote.
#[derive(Debug, Deserialize)]
pub(super) struct Selection {
    pub(super) source: String,
    pub(super) from: TextPoint,
    pub(super) to: TextPoint,
}

/// A place between two characters of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct TextPoint {
    /// The index of the block in the document, from 0. `offset` counts UTF-16 code units in it.
    pub(super) block: usize,
    pub(super) offset: usize,
}

/// An answer as the app's form sends it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct AnswerForm {
    pub(super) question: String,
    /// The id of a position; `None` if the answer has none yet, or a new one.
    pub(super) position: Option<String>,
    /// The label of a position to be added to the question; if it isn't empty, `position` is ignored.
    pub(super) new_position: Option<String>,
    #[serde(default)]
    pub(super) summary: String,
    #[serde(default)]
    pub(super) quotes: Vec<String>,
    pub(super) voice: Option<String>,
    pub(super) to: Option<String>,
    pub(super) context: Option<String>,
}

impl AnswerForm {
    /// Converts to an answer of a record. `position` is the id of its position, `old` the answer that it replaces. A
    /// text that differs from the old one only in the spaces around it is kept as it is in `old`.
    pub(super) fn to_text(&self, position: &str, old: Option<&AnswerText>) -> AnswerText {
        let empty = AnswerText::default();
        let old = old.unwrap_or(&empty);
        let text = |new: &str, old: &str| {
            let new = new.replace("\r\n", "\n").replace('\r', "\n");
            if new.trim() == old.trim() { old.to_owned() } else { new.trim().to_owned() }
        };
        let optional = |new: &Option<String>, old: &Option<String>| {
            let new = text(new.as_deref().unwrap_or_default(), old.as_deref().unwrap_or_default());
            if new.trim().is_empty() { old.clone().filter(|old| old.trim().is_empty()) } else { Some(new) }
        };
        let quotes = self.quotes.iter().map(|quote| {
            let same = old.quotes.iter().find(|old| old.trim() == quote.trim());
            text(quote, same.map_or("", String::as_str))
        });
        AnswerText {
            question: text(&self.question, &old.question),
            position: text(position, &old.position),
            summary: text(&self.summary, &old.summary),
            quotes: quotes.collect(),
            voice: optional(&self.voice, &old.voice),
            to: optional(&self.to, &old.to),
            context: optional(&self.context, &old.context),
        }
    }
}

/// An answer that is not saved yet, to be checked as a build would.
#[derive(Debug, Deserialize)]
pub(super) struct AnswerToCheck {
    pub(super) source: String,
    /// The id of the answer that it replaces; `None` for a new one.
    pub(super) id: Option<String>,
    pub(super) answer: AnswerForm,
}

/// What the desk can change in the site's files.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub(super) enum Action {
    SaveAnswer {
        source: String,
        id: Option<String>,
        answer: AnswerForm,
    },
    DeleteAnswer {
        source: String,
        id: String,
    },
    /// Moves the quote with index `quote` (from 0) of the answer `id` to the answer `to` of the same source. Without
    /// `to`, moves it to a new answer to `question`.
    MoveQuote {
        source: String,
        id: String,
        quote: usize,
        to: Option<String>,
        question: Option<String>,
    },
    SetSilent {
        source: String,
        question: String,
        reason: Option<String>,
    },
    ClearSilent {
        source: String,
        question: String,
    },
    NewQuestion {
        title: String,
        short: Option<String>,
        terms: Vec<String>,
        positions: Vec<String>,
    },
    RenamePositionLabel {
        question: String,
        position: String,
        label: String,
    },
    /// Gives the answers with position `from` the position `into`, and removes `from`.
    MergePositions {
        question: String,
        from: String,
        into: String,
    },
    /// Renames an id wherever the site uses it. `question` is the question of a renamed position, and unused otherwise.
    Rename {
        what: Renamed,
        question: Option<String>,
        old: String,
        new: String,
    },
    Undo,
    Redo,
}

/// What has an id that can be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Renamed {
    Source,
    Question,
    Position,
}
