//! From the bytes of a PDF to the glyphs of its pages. Each page goes to the decoder as a small document of its own, with
//! nothing in it but text and the fonts of that text.

use std::collections::BTreeSet;

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Error, Object, ObjectId, OutputDev, Stream, output_doc_page};

use super::content::{Cutter, font_name, inherited};
use super::fonts::{Copier, Font};
use super::glyphs::{Collector, Glyph};
use super::isolate::{Watch, caught};
use super::unfold::Budget;
use crate::Refusal;

/// How deep the tree of pages may be.
pub(super) const TREE: usize = 64;
/// How many pages are read: no report has more.
const PAGES: usize = 20_000;
/// Size of a page that tells of none: A4, in points.
const PAPER: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

/// Name of the font that stands in for others.
const STAND_IN: &str = "none";

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What it shows, in the order of the content.
    pub(super) glyphs: Vec<Glyph>,
}

/// Parses the file.
pub(super) fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut document = Document::load_mem(bytes).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            Refusal::Locked
        }
        other => Refusal::Damaged(other.to_string()),
    })?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Refusal::Locked);
    }
    Ok(document)
}

/// Reads all pages.
pub(super) fn pages(document: &Document, limit: usize, watch: &Watch) -> Result<Vec<Page>, Refusal> {
    let mut budget = Budget::new(limit);
    let listed: Vec<ObjectId> = document.page_iter().take(PAGES + 1).collect();
    if listed.is_empty() {
        return Err(Refusal::Damaged("it has no pages".to_owned()));
    }
    if listed.len() > PAGES {
        return Err(Refusal::TooLarge);
    }
    let mut cutter = Cutter {
        document,
        budget: &mut budget,
        watch,
        fonts: Vec::new(),
        out: Vec::new(),
        marked: Vec::new(),
        font: None,
    };
    let mut fonts: Vec<Option<Font>> = Vec::new();
    let mut pages = Vec::new();
    let mut room = limit;
    for id in listed {
        let Ok(page) = document.get_dictionary(id) else { continue };
        cutter.page(page, upright(document, page))?;
        for font in cutter.fonts.iter().skip(fonts.len()) {
            let copied = Copier { document, budget: cutter.budget }.font(font)?;
            fonts.push(copied.and_then(|font| proved(font, watch)));
        }
        let bold: Vec<Option<bool>> = fonts.iter().map(|font| font.as_ref().map(|font| font.bold)).collect();
        let mut collector = Collector::new(&bold, watch, room);
        let done = decode(std::mem::take(&mut cutter.out), &fonts, &mut collector);
        watch.check()?;
        if !done && collector.room < size_of::<Glyph>() * 2 {
            return Err(Refusal::TooLarge);
        }
        room = collector.room;
        pages.push(Page { glyphs: collector.glyphs });
    }
    Ok(pages)
}

/// How a page has to be turned to stand upright.
fn upright(document: &Document, page: &Dictionary) -> Vec<Object> {
    let given = inherited(document, page, b"MediaBox").and_then(|found| found.as_array().ok());
    let side = |index: usize| given.and_then(|sides| sides.get(index)?.as_float().ok()).map(f64::from);
    let whole: Option<Vec<f64>> = (0..4).map(side).collect();
    let sides = whole.filter(|sides| sides.iter().all(|side| side.is_finite())).unwrap_or(PAPER.to_vec());
    let [x0, y0, x1, y1] = sides.try_into().unwrap_or(PAPER);
    let turned = inherited(document, page, b"Rotate").and_then(|found| found.as_i64().ok()).unwrap_or(0);
    let matrix = match turned.rem_euclid(360) {
        90 => [0.0, -1.0, 1.0, 0.0, -y0, x1],
        180 => [-1.0, 0.0, 0.0, -1.0, x1, y1],
        270 => [0.0, 1.0, -1.0, 0.0, y1, -x0],
        _ => [1.0, 0.0, 0.0, 1.0, -x0, -y0],
    };
    matrix.map(Object::from).to_vec()
}

/// A font with which the decoder can read all that it may be asked to; with less in it if need be, so that letters are
/// right and only their widths are guessed.
fn proved(font: Font, watch: &Watch) -> Option<Font> {
    let works = |dictionary: &Dictionary| {
        let font = Font { bold: false, dictionary: dictionary.clone() };
        let all: Vec<u8> = (0..=255).collect();
        let shown = Object::String(all, pdf_extract::StringFormat::Hexadecimal);
        let operations = vec![
            Operation::new("Tf", vec![Object::Name(font_name(0)), Object::from(1)]),
            Operation::new("Tj", vec![shown]),
        ];
        decode(operations, &[Some(font)], &mut Collector::new(&[], watch, usize::MAX))
    };
    let mut dictionary = font.dictionary;
    for part in [&b""[..], b"FontDescriptor", b"Encoding", b"ToUnicode"] {
        let composite =
            dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        match part {
            b"Encoding" if composite => dictionary.set("Encoding", "Identity-H"),
            b"Encoding" => dictionary.set("Encoding", "WinAnsiEncoding"),
            // Without it, there are no letters but wrong ones.
            b"ToUnicode" if composite => return None,
            _ => drop(dictionary.remove(part)),
        }
        if works(&dictionary) {
            return Some(Font { bold: font.bold, dictionary });
        }
    }
    None
}

/// Hands content to the decoder; says whether it came to the end.
fn decode(operations: Vec<Operation>, fonts: &[Option<Font>], device: &mut dyn OutputDev) -> bool {
    let names = operations.iter().filter(|operation| operation.operator == "Tf");
    let names: BTreeSet<&[u8]> =
        names.filter_map(|operation| operation.operands.first()?.as_name().ok()).collect();
    let font_of = |name: &[u8]| {
        let index: Option<usize> = std::str::from_utf8(name.get(1..)?).ok()?.parse().ok();
        fonts.get(index?)?.as_ref().map(|font| font.dictionary.clone())
    };
    let entry = |name: &[u8]| (name.to_vec(), Object::Dictionary(font_of(name).unwrap_or_else(stand_in)));
    let mut fonts: Dictionary = names.into_iter().map(entry).collect();
    fonts.set(STAND_IN, stand_in());
    // Text may be shown before a font is set, and the decoder must have one.
    let first = Operation::new("Tf", vec![Object::from(STAND_IN), Object::from(1)]);
    let operations: Vec<Operation> = std::iter::once(first).chain(operations).collect();
    let Ok(content) = (Content { operations }).encode() else { return false };
    let small = one_page(content, fonts);
    caught(|| output_doc_page(&small, device, 1).is_ok()).unwrap_or(false)
}

/// A font in the place of one that can't be read; its glyphs are not collected.
fn stand_in() -> Dictionary {
    let entry = |key: &str, value: &str| (key.as_bytes().to_vec(), Object::from(value));
    Dictionary::from_iter([entry("Subtype", "Type1"), entry("BaseFont", "Helvetica")])
}

/// A document of one page.
fn one_page(content: Vec<u8>, fonts: Dictionary) -> Document {
    let mut document = Document::new();
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let entry = |key: &str, value: Object| (key.as_bytes().to_vec(), value);
    let resources = Dictionary::from_iter([entry("Font", Object::Dictionary(fonts))]);
    let page = document.add_object(Dictionary::from_iter([
        entry("Type", Object::from("Page")),
        entry("MediaBox", Object::Array(PAPER.map(Object::from).to_vec())),
        entry("Resources", Object::Dictionary(resources)),
        entry("Contents", Object::Reference(content)),
    ]));
    let pages = document.add_object(Dictionary::from_iter([
        entry("Type", Object::from("Pages")),
        entry("Kids", Object::Array(vec![Object::Reference(page)])),
        entry("Count", Object::from(1)),
    ]));
    let catalog = document.add_object(Dictionary::from_iter([
        entry("Type", Object::from("Catalog")),
        entry("Pages", Object::Reference(pages)),
    ]));
    document.trailer.set("Root", Object::Reference(catalog));
    document
}
