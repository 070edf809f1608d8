//! Word documents (ECMA-376, part 1, chapter 17): paragraphs, headings, lists, tables, and notes at the end.
//!
//! What is deleted by a tracked change, hidden, or repeated for older programs is left out, and so are headers, footers
//! and tables of contents.

mod styles;

use self::styles::Styles;
use super::package::Package;
use super::text::{self, Folder};
use super::xml::{self, Element, Piece};
use super::{BlockKind, ExtractedText, Limits, Meta, ReadError, values};

/// Reads a Word document.
///
/// # Errors
///
/// If it is none, is locked, holds no words, or goes beyond the limits.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let Some(document) = package.xml(&main)? else {
        return Err(ReadError::Damaged("it holds no Word document".to_owned()));
    };
    let styles = match package.xml(&format!("{folder}styles.xml"))? {
        Some(styles) => Styles::read(&styles)?,
        None => Styles::default(),
    };
    let mut body = Body::new(&styles, false);
    xml::read(&document, |piece| body.take(piece))?;
    let Body { mut reading, title, .. } = body;
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(notes) = package.xml(&format!("{folder}{notes}"))? {
            let mut body = Body::new(&styles, true);
            xml::read(&notes, |piece| body.take(piece))?;
            for block in &body.reading.blocks {
                reading.push(block.kind, body.reading.text.get(block.range.clone()).unwrap_or_default());
            }
        }
    }
    reading.meta = core(&mut package)?;
    reading.meta.title = reading.meta.title.or_else(|| title.as_deref().and_then(text::value));
    reading.meta.language =
        reading.meta.language.or_else(|| styles.language.as_deref().and_then(values::language_tag));
    reading.checked(limits)
}

/// The part that is the document, as the package's relations name it.
fn main_part(package: &mut Package) -> Result<String, ReadError> {
    let mut found = None;
    if let Some(relations) = package.xml("_rels/.rels")? {
        xml::read(&relations, |piece| {
            let Piece::Open(relation) = piece else { return };
            let main = relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
            if main && found.is_none() {
                found = relation.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
            }
        })?;
    }
    Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// Title and author. The day a file was made is not the day it was published.
fn core(package: &mut Package) -> Result<Meta, ReadError> {
    let mut meta = Meta::default();
    let Some(core) = package.xml("docProps/core.xml")? else { return Ok(meta) };
    let mut text = String::new();
    xml::read(&core, |piece| match piece {
        Piece::Open(_) => text.clear(),
        Piece::Text(more) => text.push_str(&more),
        Piece::Close(name) => match name.as_str() {
            "title" => meta.title = text::value(&text),
            "creator" => meta.author = text::value(&text.replace(';', ", ")),
            "language" => meta.language = values::language_tag(&text),
            _ => {}
        },
    })?;
    Ok(meta)
}

/// A paragraph being gathered.
#[derive(Default)]
struct Paragraph {
    text: Folder,
    style: Option<String>,
    numbered: bool,
    heading: bool,
}

/// Where a walk stands within a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among properties.
    Between,
    /// In a run, outside of its text.
    Run,
    /// In a run that is hidden.
    Hidden,
    /// In the text of a run that is shown.
    Text,
}

/// Makes blocks of the pieces of a document or of its notes.
struct Body<'s> {
    styles: &'s Styles,
    notes: bool,
    reading: ExtractedText,
    /// The first paragraph in the style of titles.
    title: Option<String>,
    /// The paragraphs that are open: a text box stands within one.
    open: Vec<Paragraph>,
    /// How many elements the walk is in that hold nothing to be read.
    skipped: usize,
    tables: usize,
    place: Place,
}

impl<'s> Body<'s> {
    fn new(styles: &'s Styles, notes: bool) -> Self {
        let (reading, title, open) = (ExtractedText::default(), None, Vec::new());
        let (skipped, tables, place) = (0, 0, Place::Between);
        Self { styles, notes, reading, title, open, skipped, tables, place }
    }

    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Open(_) if self.skipped > 0 => self.skipped += 1,
            Piece::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Piece::Text(_) if self.skipped > 0 => {}
            Piece::Open(element) => self.enter(&element),
            Piece::Close(name) => self.leave(&name),
            Piece::Text(text) if self.place == Place::Text => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.push(&text);
                }
            }
            Piece::Text(_) => {}
        }
    }

    fn enter(&mut self, element: &Element) {
        let value = element.attribute("val");
        match element.name.as_str() {
            // Old values of properties, what was deleted or moved away, and copies for older programs.
            "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "instrText" => self.skipped = 1,
            "footnote" | "endnote" if element.attribute("type").is_some_and(|kind| kind != "normal") => {
                self.skipped = 1; // the lines that part notes from text
            }
            "p" => self.open.push(Paragraph::default()),
            "tbl" => self.tables += 1,
            "r" => self.place = Place::Run,
            "vanish" if self.place == Place::Run && !matches!(value, Some("0" | "false" | "off")) => {
                self.place = Place::Hidden;
            }
            "t" if self.place != Place::Hidden => self.place = Place::Text,
            name => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.note(name, value);
                }
            }
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "t" if self.place == Place::Text => self.place = Place::Run,
            "r" => self.place = Place::Between,
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.end(paragraph);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, mut paragraph: Paragraph) {
        let style = self.styles.of(paragraph.style.as_deref());
        let text = paragraph.text.take();
        if style.is_title && self.title.is_none() && !text.is_empty() {
            self.title = Some(text.clone());
        }
        let kind = if self.notes {
            BlockKind::Note
        } else if self.tables > 0 {
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
            self.reading.push(kind, &text);
        }
    }
}

impl Paragraph {
    /// Takes note of a property, or of something that is not text.
    fn note(&mut self, name: &str, value: Option<&str>) {
        match name {
            "pStyle" => self.style = value.map(str::to_owned),
            "numId" => self.numbered = value.is_some_and(|value| value != "0"),
            "outlineLvl" => {
                self.heading = value.and_then(|level| level.parse().ok()).is_some_and(|level: u8| level < 9);
            }
            "tab" | "br" | "cr" | "ptab" => self.text.space(),
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
    fn kinds_come_from_styles_lists_tables_and_notes() {
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
            ("../../x", "no more than a name"),
        ]);
        let reading = read(&bytes, LIMITS).expect("a file within limits");
        let kinds: Vec<_> = reading.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Heading, Heading, Heading, Heading, Item, Paragraph, Table, Table, Note]);
        assert!(reading.text.contains("\n\nIt rose & fell.\n\n1998\n\n4.1\n\nA note."));
        let meta = Meta {
            title: Some("The tide".into()),
            author: Some("Ada Quill, Ben Rook".into()),
            ..Meta::default()
        };
        assert_eq!(reading.meta, meta);
    }

    #[test]
    fn tracked_and_hidden_text_goes_and_words_stay_whole() {
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
        let reading =
            read(&zipped(&[("word/document.xml", &document(&body))]), LIMITS).expect("a file within limits");
        assert_eq!(reading.text, "A box.\n\nThe harbour was shut.");
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let refusal = |entries: &[(&str, &str)]| read(&zipped(entries), LIMITS).err();
        assert!(matches!(refusal(&[("x", "")]), Some(ReadError::Damaged(_))));
        assert_eq!(refusal(&[("word/document.xml", &document(""))]), Some(ReadError::NoText));
        assert_eq!(refusal(&[("word/document.xml", &"<w:p>".repeat(9_000))]), Some(ReadError::TooDeep));
        assert_eq!(refusal(&[("word/document.xml", &" ".repeat(2 << 20))]), Some(ReadError::TooLarge));
    }
}
