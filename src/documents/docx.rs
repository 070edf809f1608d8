//! Reads Word documents (ECMA-376, part 1, chapter 17): paragraphs, headings, lists, tables, and footnotes and
//! endnotes, which follow at the end of the text. `docx/styles.rs` maps styles to block kinds.
//!
//! Skips tracked deletions, hidden text, fallback copies for older programs, headers, footers and tables of contents.

mod styles;

use self::styles::{MAX_HEADING_LEVEL, Styles};
use super::package::ZipPackage;
use super::text::{self, CollapsedText};
use super::xml::{self, Element, XmlEvent};
use super::{BlockKind, ExtractedText, Limits, Meta, ReadError, values};

/// Reads a Word document.
///
/// # Errors
///
/// If the bytes are not a Word document, are encrypted, have no text, or exceed the limits.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    let mut package = ZipPackage::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let Some(document) = package.xml(&main)? else {
        return Err(ReadError::Damaged("it contains no Word document".to_owned()));
    };
    let styles = match package.xml(&format!("{folder}styles.xml"))? {
        Some(styles) => Styles::read(&styles)?,
        None => Styles::default(),
    };
    let mut builder = BlockBuilder::new(&styles, false);
    xml::parse(&document, |event| builder.handle(event))?;
    let BlockBuilder { mut extracted, title, .. } = builder;
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(notes) = package.xml(&format!("{folder}{notes}"))? {
            let mut builder = BlockBuilder::new(&styles, true);
            xml::parse(&notes, |event| builder.handle(event))?;
            for block in &builder.extracted.blocks {
                extracted
                    .push(block.kind, builder.extracted.text.get(block.range.clone()).unwrap_or_default());
            }
        }
    }
    extracted.meta = core_properties(&mut package)?;
    extracted.meta.title = extracted.meta.title.or_else(|| title.as_deref().and_then(text::clean_value));
    extracted.meta.language =
        extracted.meta.language.or_else(|| styles.language.as_deref().and_then(values::language_tag));
    extracted.checked(limits)
}

/// Returns the path of the main document part, as given by the package's relationships.
fn main_part(package: &mut ZipPackage) -> Result<String, ReadError> {
    let mut found = None;
    if let Some(relations) = package.xml("_rels/.rels")? {
        xml::parse(&relations, |event| {
            let XmlEvent::Open(relation) = event else { return };
            let main = relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
            if main && found.is_none() {
                found = relation.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
            }
        })?;
    }
    Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// Reads title, author and language. The file's creation date is ignored, since it is not the publication date.
fn core_properties(package: &mut ZipPackage) -> Result<Meta, ReadError> {
    let mut meta = Meta::default();
    let Some(core) = package.xml("docProps/core.xml")? else { return Ok(meta) };
    let mut text = String::new();
    xml::parse(&core, |event| match event {
        XmlEvent::Open(_) => text.clear(),
        XmlEvent::Text(more) => text.push_str(&more),
        XmlEvent::Close(name) => match name.as_str() {
            "title" => meta.title = text::clean_value(&text),
            "creator" => meta.author = text::clean_value(&text.replace(';', ", ")),
            "language" => meta.language = values::language_tag(&text),
            _ => {}
        },
    })?;
    Ok(meta)
}

#[derive(Default)]
struct OpenParagraph {
    text: CollapsedText,
    style: Option<String>,
    numbered: bool,
    heading: bool,
}

/// Whether the parser is in a run, which is text with the same formatting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RunState {
    /// Outside of runs, for example between two runs.
    Between,
    /// In a run, outside of its text.
    Run,
    /// In a run whose text is hidden.
    Hidden,
    /// In the text of a visible run.
    Text,
}

/// Builds blocks from the XML events of a document or of its notes.
struct BlockBuilder<'s> {
    styles: &'s Styles,
    is_notes: bool,
    extracted: ExtractedText,
    /// The first paragraph with the title style.
    title: Option<String>,
    /// The open paragraphs, as a stack: a text box has paragraphs within a paragraph.
    open: Vec<OpenParagraph>,
    /// The number of open elements from the skipped element inwards; 0 if no element is skipped.
    skipped_depth: usize,
    table_depth: usize,
    run_state: RunState,
}

impl<'s> BlockBuilder<'s> {
    fn new(styles: &'s Styles, is_notes: bool) -> Self {
        let (extracted, title, open) = (ExtractedText::default(), None, Vec::new());
        let (skipped_depth, table_depth, run_state) = (0, 0, RunState::Between);
        Self { styles, is_notes, extracted, title, open, skipped_depth, table_depth, run_state }
    }

    fn handle(&mut self, event: XmlEvent) {
        match event {
            XmlEvent::Open(_) if self.skipped_depth > 0 => self.skipped_depth += 1,
            XmlEvent::Close(_) if self.skipped_depth > 0 => self.skipped_depth -= 1,
            XmlEvent::Text(_) if self.skipped_depth > 0 => {}
            XmlEvent::Open(element) => self.enter(&element),
            XmlEvent::Close(name) => self.leave(&name),
            XmlEvent::Text(text) if self.run_state == RunState::Text => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.push(&text);
                }
            }
            XmlEvent::Text(_) => {}
        }
    }

    fn enter(&mut self, element: &Element) {
        let value = element.attribute("val");
        match element.name.as_str() {
            // Deleted or moved text, former properties, fallback copies for older programs, and field codes.
            "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "instrText" => {
                self.skipped_depth = 1;
            }
            "footnote" | "endnote" if element.attribute("type").is_some_and(|kind| kind != "normal") => {
                self.skipped_depth = 1; // separator lines between text and notes
            }
            "p" => self.open.push(OpenParagraph::default()),
            "tbl" => self.table_depth += 1,
            "r" => self.run_state = RunState::Run,
            "vanish" if self.run_state == RunState::Run && !matches!(value, Some("0" | "false" | "off")) => {
                self.run_state = RunState::Hidden;
            }
            "t" if self.run_state != RunState::Hidden => self.run_state = RunState::Text,
            name => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.apply_property(name, value);
                }
            }
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "t" if self.run_state == RunState::Text => self.run_state = RunState::Run,
            "r" => self.run_state = RunState::Between,
            "tbl" => self.table_depth = self.table_depth.saturating_sub(1),
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_paragraph(paragraph);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self, mut paragraph: OpenParagraph) {
        let style = self.styles.of(paragraph.style.as_deref());
        let text = paragraph.text.take();
        if style.is_title && self.title.is_none() && !text.is_empty() {
            self.title = Some(text.clone());
        }
        let kind = if self.is_notes {
            BlockKind::Note
        } else if self.table_depth > 0 {
            BlockKind::Table
        } else if paragraph.heading {
            BlockKind::Heading
        } else {
            match style.kind {
                Some(kind) => kind,
                None if paragraph.numbered => BlockKind::Item,
                None => BlockKind::Paragraph,
            }
        };
        if !style.is_contents {
            self.extracted.push(kind, &text);
        }
    }
}

impl OpenParagraph {
    /// Applies an element that is a property of the paragraph, or appends the character that it represents.
    fn apply_property(&mut self, name: &str, value: Option<&str>) {
        match name {
            "pStyle" => self.style = value.map(str::to_owned),
            "numId" => self.numbered = value.is_some_and(|value| value != "0"),
            "outlineLvl" => {
                self.heading = value
                    .and_then(|level| level.parse().ok())
                    .is_some_and(|level: u8| level <= MAX_HEADING_LEVEL);
            }
            "tab" | "br" | "cr" | "ptab" => self.text.push_space(),
            "noBreakHyphen" => self.text.push("-"),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::{LIMITS, zipped};
    use super::*;

    fn document(body: &str) -> String {
        format!("<w:document xmlns:w='w' xmlns:mc='mc'><w:body>{body}</w:body></w:document>")
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
    }

    const STYLES: &str = "<w:styles xmlns:w='w'><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
        <w:style w:styleId='Eigen'><w:basedOn w:val='berschrift1'/></w:style>\
        <w:style w:styleId='Ebene'><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
        <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>";

    #[test]
    fn block_kinds_follow_from_styles_lists_tables_and_notes() {
        use BlockKind::{Heading, Item, Note, Paragraph, Table};
        let p = |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text));
        let styled = |style: &str, text: &str| p(&format!("<w:pStyle w:val='{style}'/>"), text);
        let body = [
            styled("Titel", "The tide"),
            styled("berschrift1", "One"),
            styled("Eigen", "Two"),
            styled("Ebene", "Three"),
            p("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr>", "First"),
            p("", "It rose &amp; fell."),
            format!(
                "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
                p("", "1998"),
                p("", "4.1")
            ),
        ];
        let notes = format!(
            "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'>{}</w:footnote><w:footnote>{}</w:footnote></w:footnotes>",
            p("", "line"),
            p("", "A note.")
        );
        let core =
            "<c xmlns:dc='dc'><dc:creator>Ada Quill; Ben Rook</dc:creator><created>2020-01-01</created></c>";
        let bytes = zipped(&[
            ("word/document.xml", &document(&body.concat())),
            ("word/styles.xml", STYLES),
            ("word/footnotes.xml", &notes),
            ("docProps/core.xml", core),
            ("../../x", "only a name"),
        ]);
        let extracted = read(&bytes, LIMITS).expect("a file within limits");
        let kinds: Vec<_> = extracted.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Heading, Heading, Heading, Heading, Item, Paragraph, Table, Table, Note]);
        assert!(extracted.text.contains("\n\nIt rose & fell.\n\n1998\n\n4.1\n\nA note."));
        let meta = Meta {
            title: Some("The tide".into()),
            author: Some("Ada Quill, Ben Rook".into()),
            ..Meta::default()
        };
        assert_eq!(extracted.meta, meta);
    }

    #[test]
    fn tracked_and_hidden_text_is_removed_without_splitting_words() {
        let body = format!(
            "<w:p>{}<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>\
             <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:tab/><w:t>was</w:t><w:br/><w:t>shut.</w:t></w:r>\
             <mc:AlternateContent><mc:Choice><w:r><w:p>{}</w:p></w:r></mc:Choice><mc:Fallback><w:p>{}</w:p></mc:Fallback>\
             </mc:AlternateContent></w:p>",
            run("The har"),
            run("bour"),
            run("gone"),
            run("A box."),
            run("A box.")
        );
        let extracted =
            read(&zipped(&[("word/document.xml", &document(&body))]), LIMITS).expect("a file within limits");
        assert_eq!(extracted.text, "A box.\n\nThe harbour was shut.");
    }

    #[test]
    fn files_that_are_not_readable_documents_are_rejected() {
        let error = |entries: &[(&str, &str)]| read(&zipped(entries), LIMITS).err();
        assert!(matches!(error(&[("x", "")]), Some(ReadError::Damaged(_))));
        assert_eq!(error(&[("word/document.xml", &document(""))]), Some(ReadError::NoText));
        assert_eq!(error(&[("word/document.xml", &"<w:p>".repeat(9_000))]), Some(ReadError::TooDeep));
        assert_eq!(error(&[("word/document.xml", &" ".repeat(2 << 20))]), Some(ReadError::TooLarge));
    }
}
