//! Builds blocks of text from the XML of a document's body or of its notes.
//!
//! The elements around a text and the properties of its run decide whether a reader sees it. Both are only known at the
//! end of the run, and what is raised only at the end of the paragraph, so text is kept in pieces until then.

use std::collections::BTreeSet;

use super::colours::{Backdrop, Theme};
use super::fields::{FieldPart, Fields};
use super::math::Formula;
use super::names::Vocabulary;
use super::paragraph::{self, NoteId, Piece, Place, Run, Span};
use super::properties::is_on;
use super::shapes::{Anchor, OldShape};
use super::styles::{MAX_HEADING_LEVEL, StyleType, Styles};
use super::symbols::{SymbolFont, UNKNOWN};
use crate::xml::{Element, XmlEvent};
use crate::{BlockKind, ExtractedText, MAX_TEXT_BYTES, ReadError, SetAsideReason};

/// An open element, as far as it matters to the elements in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    Run,
    RunProperties,
    TextFill,
    Text,
    Code,
    Math,
    Table,
    TableProperties,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    ContentControlProperties,
    TextBox,
    Note,
    /// A choice between forms of the same content; whether one was taken.
    Alternatives(bool),
    Anchor,
    Offset,
    ShapeProperties,
    ShapeFill,
    OldPicture,
    Other,
}

#[derive(Debug)]
struct Frame {
    tag: Tag,
    place: Place,
}

#[derive(Debug, Default)]
struct OpenParagraph {
    style: Option<String>,
    numbered: bool,
    heading: bool,
    /// Whether the paragraph goes on in the next: its mark is deleted or hidden, or it is a large initial.
    goes_on: bool,
    is_unseen: bool,
    shading: Option<Backdrop>,
    spans: Vec<Span>,
    /// Runs whose look depends on the paragraph's style.
    runs: Vec<Run>,
}

/// Builds blocks from the XML events of a document and of its notes.
pub(crate) struct BlockBuilder<'s> {
    styles: &'s Styles,
    theme: &'s Theme,
    pub(crate) extracted: ExtractedText,
    /// The first paragraph with the title style.
    pub(crate) title: Option<String>,
    /// The notes whose marks are seen in the text.
    notes: BTreeSet<NoteId>,
    /// The element whose children are notes: `footnote` or `endnote`; `None` in the body.
    pub(crate) note_name: Option<&'static str>,
    /// The colour behind the text, where nothing else is.
    pub(crate) page: Backdrop,
    frames: Vec<Frame>,
    /// The open paragraphs, as a stack: a text box has paragraphs within a paragraph. So do runs.
    open: Vec<OpenParagraph>,
    runs: Vec<Run>,
    /// For each open cell, text box and note, and for the body: the start of a paragraph that goes on.
    begun: Vec<Vec<Span>>,
    /// The number of rows in each open table.
    rows: Vec<usize>,
    fields: Fields,
    formula: Formula,
    anchor: Anchor,
    is_shape_filled: bool,
    /// The number of open elements from the skipped element inwards; 0 if no element is skipped.
    skipped_depth: usize,
    text_bytes: usize,
}

impl<'s> BlockBuilder<'s> {
    pub(crate) fn new(styles: &'s Styles, theme: &'s Theme) -> Self {
        Self {
            styles,
            theme,
            extracted: ExtractedText::default(),
            title: None,
            notes: BTreeSet::new(),
            note_name: None,
            page: Backdrop::Transparent,
            frames: Vec::new(),
            open: Vec::new(),
            runs: Vec::new(),
            begun: vec![Vec::new()],
            rows: Vec::new(),
            fields: Fields::default(),
            formula: Formula::default(),
            anchor: Anchor::default(),
            is_shape_filled: false,
            skipped_depth: 0,
            text_bytes: 0,
        }
    }

    pub(crate) fn handle(&mut self, event: XmlEvent) -> Result<(), ReadError> {
        match event {
            XmlEvent::Open(_) if self.skipped_depth > 0 => self.skipped_depth += 1,
            XmlEvent::Close(_) if self.skipped_depth > 0 => self.skipped_depth -= 1,
            XmlEvent::Text(_) if self.skipped_depth > 0 => {}
            XmlEvent::Open(element) => self.enter(&element),
            XmlEvent::Close(_) => self.leave(),
            XmlEvent::Text(text) => return self.push_text(text),
        }
        Ok(())
    }

    /// Ends the body, or a part with notes.
    pub(crate) fn end_part(&mut self) {
        self.flush_begun();
        self.fields = Fields::default();
    }

    fn enter(&mut self, element: &Element) {
        let vocabulary = Vocabulary::of(element.namespace);
        let mut place = self.frames.last().map_or_else(Place::default, |frame| frame.place.clone());
        let tag = if self.is_skipped(vocabulary, element) {
            None
        } else {
            match vocabulary {
                Vocabulary::Word => self.enter_word(element, &mut place),
                Vocabulary::Math => Some(self.enter_math(element)),
                Vocabulary::Compatibility => self.enter_alternative(element),
                _ => Some(self.enter_drawing(vocabulary, element, &mut place)),
            }
        };
        match tag {
            Some(tag) => self.frames.push(Frame { tag, place }),
            None => self.skipped_depth = 1,
        }
    }

    /// Whether nothing of an element can be text: former properties, pronunciations above the text, and elements that
    /// Word doesn't know.
    fn is_skipped(&self, vocabulary: Vocabulary, element: &Element) -> bool {
        match vocabulary {
            Vocabulary::Foreign => true,
            Vocabulary::Word => {
                let is_separator = matches!(element.name, "footnote" | "endnote")
                    && element.own_attribute("type").is_some_and(|kind| kind != "normal");
                is_separator || element.name == "rt" || element.name.ends_with("Change")
            }
            _ => false,
        }
    }

    fn parent(&self) -> Tag {
        self.frames.last().map_or(Tag::Other, |frame| frame.tag)
    }

    /// Sets a reason for everything in the element that properties are about, the parent of `w:trPr` and the like.
    fn set_aside_owner(&mut self, reason: SetAsideReason) {
        if let Some(owner) = self.owner() {
            owner.set_aside(reason);
        }
    }

    fn owner(&mut self) -> Option<&mut Place> {
        let index = self.frames.len().checked_sub(2)?;
        self.frames.get_mut(index).map(|frame| &mut frame.place)
    }

    fn enter_word(&mut self, element: &Element, place: &mut Place) -> Option<Tag> {
        let parent = self.parent();
        match parent {
            Tag::Run if element.name != "rPr" => return self.enter_content(element, place),
            Tag::RunProperties => {
                if let Some(run) = self.runs.last_mut() {
                    run.properties.set(Vocabulary::Word, element, self.theme);
                    if element.name == "rStyle" {
                        run.style = element.own_attribute("val").map(str::to_owned);
                    }
                }
                return Some(Tag::Other);
            }
            Tag::ParagraphProperties | Tag::MarkProperties => {
                self.set_paragraph_property(parent, element);
                return Some(match element.name {
                    "rPr" => Tag::MarkProperties,
                    "numPr" => Tag::ParagraphProperties,
                    _ => Tag::Other,
                });
            }
            Tag::TableProperties | Tag::RowProperties | Tag::CellProperties => {
                self.set_table_property(parent, element);
                return Some(Tag::Other);
            }
            Tag::ContentControlProperties => {
                if element.name == "showingPlcHdr" && is_on(element.own_attribute("val")) {
                    self.set_aside_owner(SetAsideReason::Hidden);
                }
                return Some(Tag::Other);
            }
            _ => {}
        }
        Some(match element.name {
            "del" | "moveFrom" => {
                place.set_aside(SetAsideReason::Struck);
                Tag::Other
            }
            "p" => {
                self.open.push(OpenParagraph::default());
                Tag::Paragraph
            }
            "pPr" if parent == Tag::Paragraph => Tag::ParagraphProperties,
            "r" => {
                self.runs.push(Run { place: place.clone(), ..Run::default() });
                Tag::Run
            }
            "rPr" if parent == Tag::Run => Tag::RunProperties,
            "tbl" => {
                self.flush_begun();
                self.rows.push(0);
                place.is_in_table = true;
                Tag::Table
            }
            "tblPr" if parent == Tag::Table => Tag::TableProperties,
            "tr" => {
                if let Some(rows) = self.rows.last_mut() {
                    *rows += 1;
                }
                Tag::Row
            }
            "trPr" if parent == Tag::Row => Tag::RowProperties,
            "tc" => {
                self.begun.push(Vec::new());
                Tag::Cell
            }
            "tcPr" if parent == Tag::Cell => Tag::CellProperties,
            "background" if self.page == Backdrop::Unknown => {
                self.page = self.theme.page(element);
                Tag::Other
            }
            "sdtPr" => Tag::ContentControlProperties,
            "txbxContent" => {
                self.begun.push(Vec::new());
                Tag::TextBox
            }
            "footnote" | "endnote" => {
                self.begun.push(Vec::new());
                let id = element.own_attribute("id").unwrap_or_default().to_owned();
                if self.note_name.is_some_and(|name| !self.notes.contains(&(name, id))) {
                    place.set_aside(SetAsideReason::Hidden); // no mark leads to it
                }
                Tag::Note
            }
            _ => Tag::Other,
        })
    }

    /// Enters an element of a run's content.
    fn enter_content(&mut self, element: &Element, place: &mut Place) -> Option<Tag> {
        match element.name {
            "t" => return Some(Tag::Text),
            "delText" => {
                if let Some(run) = self.runs.last_mut() {
                    run.place.set_aside(SetAsideReason::Struck);
                }
                return Some(Tag::Text);
            }
            "instrText" | "delInstrText" => return Some(Tag::Code),
            "tab" | "br" | "cr" | "ptab" => self.push_piece(" "),
            "noBreakHyphen" => self.push_piece("\u{2011}"),
            "sym" => self.push_symbol(element),
            "footnoteReference" => self.push_note_mark("footnote", element),
            "endnoteReference" => self.push_note_mark("endnote", element),
            "fldChar" => match element.own_attribute("fldCharType") {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                Some("end") => {
                    if self.fields.end() {
                        self.push_piece(UNKNOWN.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {}
            },
            "pict" | "object" => return Some(Tag::OldPicture),
            "rt" => return None,
            // What a run contains, such as a text box, is in the place of the run.
            _ => {
                if let Some(run) = self.runs.last() {
                    *place = run.place.clone();
                }
            }
        }
        Some(Tag::Other)
    }

    fn push_symbol(&mut self, element: &Element) {
        let code = element.own_attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let font = element.own_attribute("font").map_or(SymbolFont::None, SymbolFont::named);
        let c = code.map_or(UNKNOWN, |code| font.character(code));
        self.push_piece(c.encode_utf8(&mut [0; 4]));
        // The symbol has a font of its own, so that the font of the run does not matter to it.
        if let Some(run) = self.runs.last_mut()
            && let Some(Piece::Text(text)) = run.pieces.pop()
        {
            run.pieces.push(Piece::Symbol(text));
        }
    }

    fn push_note_mark(&mut self, name: &'static str, element: &Element) {
        let id = element.own_attribute("id").unwrap_or_default().to_owned();
        let is_custom = element.own_attribute("customMarkFollows").is_some_and(|value| is_on(Some(value)));
        if let Some(run) = self.runs.last_mut() {
            run.pieces.push(Piece::NoteMark(Some((name, id))));
            run.is_note_mark = is_custom;
        }
    }

    fn set_paragraph_property(&mut self, parent: Tag, element: &Element) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let value = element.own_attribute("val");
        if parent == Tag::MarkProperties {
            let is_gone = match element.name {
                "del" | "moveFrom" => true,
                "vanish" | "specVanish" => is_on(value),
                _ => false,
            };
            paragraph.goes_on |= is_gone;
            return;
        }
        match element.name {
            "pStyle" => paragraph.style = value.map(str::to_owned),
            "numId" => paragraph.numbered = value.is_some_and(|value| value != "0"),
            "outlineLvl" => {
                let level = value.and_then(|level| level.parse().ok());
                paragraph.heading = level.is_some_and(|level: u8| level <= MAX_HEADING_LEVEL);
            }
            "shd" => paragraph.shading = Some(self.theme.shading(element)),
            "framePr" => {
                paragraph.goes_on |= matches!(element.own_attribute("dropCap"), Some("drop" | "margin"));
            }
            "spacing" if element.own_attribute("lineRule") == Some("exact") => {
                paragraph.is_unseen = is_low(element.own_attribute("line"));
            }
            _ => {}
        }
    }

    fn set_table_property(&mut self, properties: Tag, element: &Element) {
        let value = element.own_attribute("val");
        match (properties, element.name) {
            (Tag::RowProperties | Tag::CellProperties, "del" | "cellDel") => {
                self.set_aside_owner(SetAsideReason::Struck);
            }
            (Tag::RowProperties, "hidden") if is_on(value) => self.set_aside_owner(SetAsideReason::Hidden),
            (Tag::RowProperties, "trHeight") if element.own_attribute("hRule") == Some("exact") => {
                if is_low(value) {
                    self.set_aside_owner(SetAsideReason::Hidden);
                }
            }
            // Nothing is seen of a cell that the cell above covers.
            (Tag::CellProperties, "vMerge") if value != Some("restart") => {
                if self.rows.last().is_some_and(|rows| *rows > 1) {
                    self.set_aside_owner(SetAsideReason::Hidden);
                }
            }
            (Tag::TableProperties, "tblStyle") => {
                let style = self.styles.properties(StyleType::Table, value);
                if let Some(table) = self.owner() {
                    table.table_style = style.run;
                    table.backdrop = style.shading.unwrap_or(table.backdrop).or(table.backdrop);
                }
            }
            (Tag::TableProperties | Tag::CellProperties, "shd") => {
                let (shading, page) = (self.theme.shading(element), self.page);
                if let Some(owner) = self.owner() {
                    owner.backdrop = shading.or(page);
                }
            }
            _ => {}
        }
    }

    fn enter_math(&mut self, element: &Element) -> Tag {
        let is_in_formula = self.formula.is_open();
        if element.name == "r" {
            let place = self.frames.last().map_or_else(Place::default, |frame| frame.place.clone());
            self.runs.push(Run { place, ..Run::default() });
            return Tag::Run;
        }
        match element.name {
            "oMath" => self.formula.enter(element.name, None),
            "t" if self.parent() == Tag::Run => return Tag::Text,
            "rPr" | "oMathPara" => return Tag::Other,
            name if is_in_formula => self.formula.enter(name, element.own_attribute("val")),
            _ => return Tag::Other,
        }
        Tag::Math
    }

    /// Takes the first alternative that Word knows; `None` for the others.
    fn enter_alternative(&mut self, element: &Element) -> Option<Tag> {
        let Some(Tag::Alternatives(taken)) = self.frames.last_mut().map(|frame| &mut frame.tag) else {
            return (element.name == "AlternateContent").then_some(Tag::Alternatives(false));
        };
        let is_known =
            |prefix: &str| Vocabulary::of(element.namespace_of_prefix(prefix)) != Vocabulary::Foreign;
        let required = element.attribute("Requires").unwrap_or_default();
        if *taken || !required.split_whitespace().all(is_known) {
            return None;
        }
        *taken = true;
        Some(Tag::Other)
    }

    /// Enters an element of a drawing, a shape or a content control of a later version.
    fn enter_drawing(&mut self, vocabulary: Vocabulary, element: &Element, place: &mut Place) -> Tag {
        let parent = self.parent();
        match (vocabulary, element.name) {
            (Vocabulary::Word2010, name) if parent == Tag::RunProperties => {
                if let Some(run) = self.runs.last_mut() {
                    run.properties.set(vocabulary, element, self.theme);
                }
                return if name == "textFill" { Tag::TextFill } else { Tag::Other };
            }
            (Vocabulary::Word2010, _) if parent == Tag::TextFill => {
                if let Some(run) = self.runs.last_mut() {
                    run.properties.set_fill(element, self.theme);
                }
                return Tag::TextFill;
            }
            (Vocabulary::Drawing, "inline" | "anchor") => {
                self.anchor = Anchor::default();
                if element.name == "inline" {
                    self.push_picture();
                }
                return Tag::Anchor;
            }
            (Vocabulary::Drawing, "positionH" | "positionV") => {
                self.anchor.is_vertical = element.name == "positionV";
                self.anchor.is_from_page = element.attribute("relativeFrom") == Some("page");
            }
            (Vocabulary::Drawing, "posOffset") => return Tag::Offset,
            (Vocabulary::Drawing, "extent") if parent == Tag::Anchor => self.anchor.set_extent(element),
            (Vocabulary::Drawing, "docPr") if parent == Tag::Anchor => {
                self.anchor.is_hidden = element.attribute("hidden").is_some_and(|value| is_on(Some(value)));
            }
            (Vocabulary::Drawing, "graphic") if parent == Tag::Anchor && self.anchor.is_unseen() => {
                place.set_aside(SetAsideReason::Hidden);
            }
            (Vocabulary::Shape, "wsp") => self.is_shape_filled = false,
            (Vocabulary::Shape, "spPr") => return Tag::ShapeProperties,
            (Vocabulary::Shape, "style") if !self.is_shape_filled => self.fill_shape(Backdrop::Unknown, 0),
            (Vocabulary::Drawing, name) if parent == Tag::ShapeProperties && name.ends_with("Fill") => {
                let fill = if name == "noFill" { Backdrop::Transparent } else { Backdrop::Unknown };
                self.fill_shape(fill, 1);
                return Tag::ShapeFill;
            }
            (Vocabulary::Drawing, "srgbClr" | "schemeClr") if parent == Tag::ShapeFill => {
                let value = element.attribute("val").unwrap_or_default();
                let rgb = super::colours::hexadecimal(value).or_else(|| self.theme.colour(value));
                self.fill_shape(rgb.map_or(Backdrop::Unknown, Backdrop::Rgb), 2);
            }
            (Vocabulary::OldShape, "shape" | "rect" | "roundrect" | "oval" | "group" | "line" | "image") => {
                let shape = OldShape::read(element, self.theme);
                if shape.is_unseen {
                    place.set_aside(SetAsideReason::Hidden);
                }
                place.backdrop = shape.backdrop.or(place.backdrop);
                if parent == Tag::OldPicture && !shape.is_beside {
                    self.push_picture();
                }
            }
            _ => {}
        }
        Tag::Other
    }

    /// Sets what is behind the text of a shape, the open element `depth` elements above the last.
    fn fill_shape(&mut self, fill: Backdrop, depth: usize) {
        self.is_shape_filled = true;
        let index = self.frames.len().checked_sub(depth + 1);
        if let Some(shape) = index.and_then(|index| self.frames.get_mut(index)) {
            shape.place.backdrop = fill.or(shape.place.backdrop);
        }
    }

    fn push_picture(&mut self) {
        if let Some(run) = self.runs.last_mut() {
            run.pieces.push(Piece::Picture);
        }
    }

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        match self.parent() {
            Tag::Text => {
                self.text_bytes += text.len();
                if self.text_bytes > MAX_TEXT_BYTES {
                    return Err(ReadError::TooLarge);
                }
                self.push_piece(text);
            }
            Tag::Code => self.fields.push_code(text),
            Tag::Offset => self.anchor.set_offset(text),
            _ => {}
        }
        Ok(())
    }

    /// Appends text to the open run.
    fn push_piece(&mut self, text: &str) {
        let part = self.fields.part();
        let Some(run) = self.runs.last_mut() else { return };
        match part {
            FieldPart::NoteMark => return run.pieces.push(Piece::NoteMark(None)),
            FieldPart::Unseen => run.place.set_aside(SetAsideReason::Hidden),
            FieldPart::Text if run.is_note_mark => return,
            FieldPart::Text => {}
        }
        match run.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => run.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn leave(&mut self) {
        let Some(Frame { tag, place }) = self.frames.pop() else { return };
        match tag {
            Tag::Run => self.end_run(),
            Tag::Math => {
                if let Some(text) = self.formula.leave()
                    && let Some(paragraph) = self.open.last_mut()
                {
                    paragraph.runs.push(Run { pieces: vec![Piece::Text(text)], place, ..Run::default() });
                }
            }
            Tag::Table => {
                self.rows.pop();
            }
            Tag::Cell | Tag::TextBox | Tag::Note => {
                self.flush_begun();
                self.begun.pop();
            }
            Tag::Paragraph => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_paragraph(paragraph, &place);
                }
            }
            _ => {}
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.runs.pop() else { return };
        if !self.formula.is_open() {
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.runs.push(run);
            }
            return;
        }
        let style = self.styles.properties(StyleType::Character, run.style.as_deref());
        let styles = [style.run, run.place.table_style, Default::default()];
        let look = run.properties.combined(styles, self.styles.defaults).look(run.place.backdrop);
        for piece in run.pieces {
            if let (Piece::Text(text) | Piece::Symbol(text), None) = (piece, look.aside.or(run.place.aside)) {
                self.formula.push(&text);
            }
        }
    }

    fn end_paragraph(&mut self, paragraph: OpenParagraph, place: &Place) {
        let own = self.styles.properties(StyleType::Paragraph, paragraph.style.as_deref());
        let shading = paragraph.shading.or(own.shading).unwrap_or(Backdrop::Transparent);
        let mut spans = paragraph.spans;
        for run in paragraph.runs {
            let style = self.styles.properties(StyleType::Character, run.style.as_deref());
            let combined =
                run.properties.combined([style.run, own.run, run.place.table_style], self.styles.defaults);
            let mut look = combined.look(shading.or(run.place.backdrop).or(self.page));
            let hidden = paragraph.is_unseen.then_some(SetAsideReason::Hidden);
            let reasons = [hidden, run.place.aside, look.aside];
            look.aside = reasons.into_iter().flatten().max(); // hidden rather than struck
            spans.extend(run.pieces.into_iter().map(|piece| Span { piece: piece.decoded(look.font), look }));
        }
        paragraph::mark_shifted(&mut spans);
        let mut begun = self.begun.pop().unwrap_or_default();
        begun.append(&mut spans);
        self.begun.push(Vec::new());
        if paragraph.goes_on {
            if let Some(last) = self.begun.last_mut() {
                *last = begun;
            }
            return;
        }
        let style = self.styles.of(paragraph.style.as_deref());
        let kind = if self.note_name.is_some() {
            BlockKind::Note
        } else if place.is_in_table {
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
        let text = self.push_block(kind, begun, style.is_contents);
        if style.is_title && self.title.is_none() {
            self.title = text;
        }
    }

    /// Appends a block. Returns its text, unless that is empty.
    fn push_block(&mut self, kind: BlockKind, spans: Vec<Span>, is_contents: bool) -> Option<String> {
        let joined = paragraph::join(spans);
        self.notes.extend(joined.notes);
        if is_contents {
            return None;
        }
        let is_blank = joined.text.trim().is_empty();
        let before = self.extracted.text.len();
        self.extracted.push(kind, &joined.text);
        let start = if is_blank { before } else { self.extracted.text.len() - joined.text.len() };
        for aside in joined.set_aside {
            self.extracted.push_set_aside(aside.reason, start + aside.at, &aside.words);
        }
        (!is_blank).then_some(joined.text)
    }

    /// Ends a paragraph that goes on, but that nothing follows.
    fn flush_begun(&mut self) {
        let begun = self.begun.last_mut().map(std::mem::take).unwrap_or_default();
        let kind = if self.note_name.is_some() { BlockKind::Note } else { BlockKind::Paragraph };
        if !begun.is_empty() {
            self.push_block(kind, begun, false);
        }
    }
}

/// Whether a height, in twentieths of a point, is too low for lines to be seen.
fn is_low(twips: Option<&str>) -> bool {
    const MIN_LINE_TWIPS: f64 = 40.0;
    twips.and_then(|twips| twips.parse().ok()).is_some_and(|height: f64| height < MIN_LINE_TWIPS)
}
