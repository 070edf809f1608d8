//! Whether a person or a rule found something. Records and questions both need it.

/// Who found something in a source, or wrote a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The site's author, in a record or a question.
    Editor,
    /// A rule that searched the documents.
    Automatic,
}
