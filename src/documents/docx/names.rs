//! The namespaces of Word documents, in the transitional and the strict form of the standard.

/// The vocabulary that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// Text and its properties; usually `w:`.
    Word,
    /// Properties that Word 2010 added; usually `w14:`.
    Word2010,
    /// Formulas; usually `m:`.
    Math,
    /// Alternative contents for older and newer programs; usually `mc:`.
    Compatibility,
    /// Drawings; usually `wp:` or `a:`.
    Drawing,
    /// Shapes in drawings; usually `wps:`.
    Shape,
    /// Shapes in the older format; usually `v:`.
    OldShape,
    /// Another vocabulary of Office.
    Office,
    /// A vocabulary that Word doesn't know. Word shows nothing of its elements.
    Foreign,
}

impl Vocabulary {
    /// Returns the vocabulary of a namespace, given by its address. Some programs write files without the address; then
    /// `namespace` is the prefix.
    pub(crate) fn of(namespace: &str) -> Self {
        match namespace {
            "w"
            | "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "w14" | "http://schemas.microsoft.com/office/word/2010/wordml" => Self::Word2010,
            "m"
            | "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "mc" | "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "wp"
            | "a"
            | "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
            | "http://schemas.openxmlformats.org/drawingml/2006/main"
            | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "wps" | "http://schemas.microsoft.com/office/word/2010/wordprocessingShape" => Self::Shape,
            "v" | "urn:schemas-microsoft-com:vml" => Self::OldShape,
            _ if is_known(namespace) => Self::Office,
            _ => Self::Foreign,
        }
    }
}

fn is_known(namespace: &str) -> bool {
    const KNOWN: [&str; 4] = [
        "http://schemas.openxmlformats.org/",
        "http://purl.oclc.org/ooxml/",
        "http://schemas.microsoft.com/office/",
        "urn:schemas-microsoft-com:",
    ];
    KNOWN.iter().any(|start| namespace.starts_with(start))
}
