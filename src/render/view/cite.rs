//! The variable `cite`.

use serde::Serialize;

/// Plain-text citations of a page.
#[derive(Clone, Debug, Serialize)]
pub struct CiteView {
    /// Citation of the page itself.
    pub page: String,
    /// Citation of the source, on source pages only.
    pub source: Option<String>,
}
