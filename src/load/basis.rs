//! Distinguishes what the site's author wrote from what the program found by its rules.

/// Who found something in a source, or wrote a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The site's author, in a record or a question.
    Editor,
    /// A rule that searched the documents.
    Automatic,
}

impl Basis {
    /// Returns `editor` or `automatic`, as in `compare.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Automatic => "automatic",
        }
    }
}
