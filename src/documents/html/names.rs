//! Lists elements by how their text is shown, and measures how much of a text is prose.

/// Elements that never contain article text.
#[rustfmt::skip]
pub(crate) const NON_TEXT_ELEMENTS: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "title", "iframe", "frame", "frameset", "noframes",
    "object", "embed", "applet", "canvas", "audio", "video", "map", "select", "datalist", "option", "optgroup",
    "textarea", "progress", "meter", "plaintext", "xmp", "noembed", "annotation", "annotation-xml", "rp",
    "rt",
];

/// Texts with fewer characters are not counted as running text.
const MIN_SENTENCE_CHARS: usize = 40;

/// Whether browsers display an element as a block.
pub(crate) fn is_block(name: &str) -> bool {
    #[rustfmt::skip]
    const BLOCKS: &[&str] = &[
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p",
        "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// Counts the characters of a text that is long enough to be a sentence; returns 0 for a shorter text.
pub(crate) fn prose_chars(text: &str) -> usize {
    let chars = text.trim().chars().count();
    if chars < MIN_SENTENCE_CHARS { 0 } else { chars }
}
