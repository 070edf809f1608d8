//! Handles the start of elements of text: paragraphs, runs, tables, notes, and their properties.

use super::super::colours::Backdrop;
use super::super::fields::FieldPart;
use super::super::names::Vocabulary;
use super::super::paragraph::{Piece, Place, Revision, Run};
use super::super::properties::is_on;
use super::super::styles::{MAX_HEADING_LEVEL, StyleType};
use super::super::symbols::SymbolFont;
use super::{BlockBuilder, OpenParagraph, Tag};
use crate::SetAsideReason;
use crate::text::UNKNOWN;
use crate::xml::Element;

impl BlockBuilder<'_> {
    pub(super) fn enter_word(&mut self, element: &Element, place: &mut Place) -> Option<Tag> {
        let parent = self.parent();
        match parent {
            Tag::Run if element.name != "rPr" => self.enter_content(element, place),
            Tag::RunProperties => {
                if let Some(run) = self.runs.last_mut() {
                    run.properties.set(Vocabulary::Word, element, self.theme);
                    if element.name == "rStyle" {
                        run.style = element.own_attribute("val").map(str::to_owned);
                    }
                }
                Some(Tag::Other)
            }
            Tag::ParagraphProperties | Tag::MarkProperties => {
                self.set_paragraph_property(parent, element);
                Some(match element.name {
                    "rPr" => Tag::MarkProperties,
                    "numPr" => Tag::ParagraphProperties,
                    _ => Tag::Other,
                })
            }
            Tag::TableProperties | Tag::RowProperties | Tag::CellProperties => {
                self.set_table_property(parent, element);
                Some(Tag::Other)
            }
            Tag::ContentControlProperties => {
                if element.name == "showingPlcHdr" && is_on(element.own_attribute("val")) {
                    self.set_aside_owner(SetAsideReason::Hidden);
                }
                Some(Tag::Other)
            }
            _ => Some(self.enter_structure(parent, element, place)),
        }
    }

    /// Handles the start of an element that contains text, or the properties of such an element.
    fn enter_structure(&mut self, parent: Tag, element: &Element, place: &mut Place) -> Tag {
        match element.name {
            "del" | "moveFrom" => {
                place.set_aside(SetAsideReason::Struck);
                place.revision = Revision::Deleted;
                Tag::Other
            }
            "ins" | "moveTo" => {
                place.revision = Revision::Inserted;
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
                self.flush_unfinished();
                self.rows.push(0);
                place.is_in_table = true;
                Tag::Table
            }
            "tblPr" if parent == Tag::Table => Tag::TableProperties,
            "tr" => {
                if let Some(rows) = self.rows.last_mut() {
                    *rows += 1;
                }
                self.row_cells.push(Vec::new());
                Tag::Row
            }
            "trPr" if parent == Tag::Row => Tag::RowProperties,
            "tc" => {
                self.start_cell();
                self.unfinished.push(Vec::new());
                Tag::Cell
            }
            "tcPr" if parent == Tag::Cell => Tag::CellProperties,
            "background" if self.page == Backdrop::Unknown => {
                self.page = self.theme.page(element);
                Tag::Other
            }
            "sdtPr" => Tag::ContentControlProperties,
            "txbxContent" => {
                self.unfinished.push(Vec::new());
                Tag::TextBox
            }
            "footnote" | "endnote" => {
                self.unfinished.push(Vec::new());
                let id = element.own_attribute("id").unwrap_or_default().to_owned();
                if self.note_name.is_some_and(|name| !self.notes.contains(&(name, id))) {
                    place.set_aside(SetAsideReason::Hidden); // The text doesn't refer to this note.
                }
                Tag::Note
            }
            _ => Tag::Other,
        }
    }

    /// Handles the start of an element in a run. `None` if the element is skipped.
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
            "tab" | "br" | "cr" | "ptab" => self.push_text_piece(" "),
            "noBreakHyphen" => self.push_text_piece("\u{2011}"),
            "sym" => self.push_symbol(element),
            "footnoteReference" => self.push_note_mark("footnote", element),
            "endnoteReference" => self.push_note_mark("endnote", element),
            "fldChar" => match element.own_attribute("fldCharType") {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                Some("end") if self.fields.end() => self.push_text_piece(UNKNOWN.encode_utf8(&mut [0; 4])),
                _ => {}
            },
            "drawing" | "pict" | "object" => {
                if let Some(run) = self.runs.last() {
                    *place = run.place.clone();
                }
                self.push_piece(Piece::Picture);
                return Some(Tag::Picture);
            }
            "rt" => return None,
            // Other content of a run, such as a text box, can be hidden together with the run.
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
        let part = self.fields.part();
        if let (Some(run), FieldPart::Unseen) = (self.runs.last_mut(), part) {
            run.place.set_aside(SetAsideReason::Hidden);
        }
        self.push_piece(Piece::Symbol(c.to_string()));
    }

    fn push_note_mark(&mut self, name: &'static str, element: &Element) {
        let id = element.own_attribute("id").unwrap_or_default().to_owned();
        let is_custom = element.own_attribute("customMarkFollows").is_some_and(|value| is_on(Some(value)));
        self.push_piece(Piece::NoteMark(Some((name, id))));
        if let Some(run) = self.runs.last_mut() {
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
            paragraph.continues_in_next |= is_gone;
            return;
        }
        match element.name {
            "pStyle" => paragraph.style = value.map(str::to_owned),
            "numId" => paragraph.list = value.map(str::to_owned),
            "ilvl" => paragraph.list_level = value.and_then(|level| level.parse().ok()),
            "outlineLvl" => {
                let level = value.and_then(|level| level.parse().ok());
                paragraph.heading = level.is_some_and(|level: u8| level <= MAX_HEADING_LEVEL);
            }
            "shd" => paragraph.shading = Some(self.theme.shading(element)),
            "framePr" => {
                paragraph.continues_in_next |=
                    matches!(element.own_attribute("dropCap"), Some("drop" | "margin"));
            }
            "spacing" if element.own_attribute("lineRule") == Some("exact") => {
                let is_unseen = is_low(element.own_attribute("line"));
                paragraph.aside = is_unseen.then_some(SetAsideReason::Hidden);
            }
            _ => {}
        }
    }

    fn set_table_property(&mut self, properties: Tag, element: &Element) {
        let value = element.own_attribute("val");
        let is_below_first = self.rows.last().is_some_and(|rows| *rows > 1);
        match (properties, element.name) {
            (Tag::RowProperties | Tag::CellProperties, "del" | "cellDel") => {
                self.set_aside_owner(SetAsideReason::Struck);
            }
            (Tag::RowProperties, "hidden") if is_on(value) => self.set_aside_owner(SetAsideReason::Hidden),
            (Tag::RowProperties, "trHeight")
                if element.own_attribute("hRule") == Some("exact") && is_low(value) =>
            {
                self.set_aside_owner(SetAsideReason::Hidden);
            }
            // The cell above extends over this one and covers it.
            (Tag::CellProperties, "vMerge") if value != Some("restart") && is_below_first => {
                self.set_aside_owner(SetAsideReason::Hidden);
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
}

/// Whether a row or line height, in twentieths of a point, is too small to show text.
fn is_low(twips: Option<&str>) -> bool {
    const MIN_LINE_TWIPS: f64 = 40.0;
    twips.and_then(|twips| twips.parse().ok()).is_some_and(|height: f64| height < MIN_LINE_TWIPS)
}
