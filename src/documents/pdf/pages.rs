//! Opens a PDF and reads the glyphs of its pages.

use hayro_syntax::object::{Array, MaybeRef, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use super::content::Interpreter;
use super::fields;
use super::layers::Layers;
use super::matrix::Matrix;
use super::objects::page_content;
use super::sandbox::{CancelToken, catch_panic};
use super::shapes::Area;
use super::strikes;
use super::visibility::{PageGlyphs, page_glyphs};
use crate::ReadError;

/// Maximum number of pages: more than any report has.
const MAX_PAGES: usize = 20_000;

/// Maximum number of content streams of a page. Each needs about 1 kB.
const MAX_CONTENT_STREAMS: usize = 20_000;

/// Parses the file, and repairs it if possible. Decrypts it if the password is empty.
pub(crate) fn load(bytes: Vec<u8>) -> Result<Pdf, ReadError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Damaged("the list of its parts can't be read".to_owned()),
    })
}

/// Reads the glyphs of all pages, in the order in which each page draws them.
pub(crate) fn pages(pdf: &Pdf, limit: usize, cancel: &CancelToken) -> Result<Vec<PageGlyphs>, ReadError> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(ReadError::Damaged("it has no pages".to_owned()));
    }
    if pages.len() > MAX_PAGES {
        return Err(ReadError::TooLarge);
    }
    let mut interpreter = Interpreter::new(limit, Layers::read(pdf), cancel);
    let mut read = Vec::new();
    for page in pages.iter() {
        let matrix = Matrix::of(page.initial_transform(false).as_coeffs());
        let (width, height) = page.render_dimensions();
        let area = Area { left: 0.0, bottom: 0.0, right: width.into(), top: height.into() };
        let unit = page.raw().get::<f64>(b"UserUnit").filter(|unit| *unit >= 1.0).unwrap_or(1.0);
        interpreter.begin_page(matrix, area, unit);
        // If the parser panics, the glyphs read so far are kept.
        catch_panic(|| run_page(pdf, page, &mut interpreter)).unwrap_or(Ok(()))?;
        catch_panic(|| fields::draw(page, matrix, area, &mut interpreter)).unwrap_or(Ok(()))?;
        cancel.check()?;
        let drawn = std::mem::take(&mut interpreter.glyphs);
        read.push(page_glyphs(drawn, &interpreter.paint, strikes::annotated(page, matrix), cancel)?);
    }
    Ok(read)
}

fn run_page(pdf: &Pdf, page: &Page, interpreter: &mut Interpreter) -> Result<(), ReadError> {
    let contents = page.raw().get::<Object>(b"Contents");
    let parts: Vec<Stream> = match contents {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(parts)) => streams(pdf, &parts)?,
        _ => Vec::new(),
    };
    let content = page_content(&parts, &mut interpreter.budget)?;
    interpreter.run_page(&content, page.resources())
}

/// Returns the streams that an array refers to; skips missing ones.
fn streams<'a>(pdf: &'a Pdf, listed: &Array<'a>) -> Result<Vec<Stream<'a>>, ReadError> {
    if listed.raw_iter().nth(MAX_CONTENT_STREAMS).is_some() {
        return Err(ReadError::TooLarge);
    }
    let stream = |item| match item {
        MaybeRef::Ref(reference) => pdf.xref().get::<Stream>(reference.into()),
        MaybeRef::NotRef(_) => None,
    };
    Ok(listed.raw_iter().filter_map(stream).collect())
}
