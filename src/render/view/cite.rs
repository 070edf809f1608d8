//! What templates see of how to cite a page.

use serde::Serialize;

/// Citations in plain text.
#[derive(Clone, Debug, Serialize)]
pub struct CiteView {
    /// The page itself.
    pub page: String,
    /// The source, on a source's page.
    pub source: Option<String>,
}
