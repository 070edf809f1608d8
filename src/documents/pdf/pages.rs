//! Opens a PDF and reads the glyphs of its pages.

use hayro_syntax::object::{Array, MaybeRef, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use super::content::{Interpreter, page_content};
use super::glyphs::Glyph;
use super::matrix::Matrix;
use super::sandbox::{CancelToken, catch_panic};
use crate::ReadError;

/// Maximum number of pages. No report has more.
const MAX_PAGES: usize = 20_000;

/// Parses the file, and repairs it if possible. Decrypts it if the password is empty.
pub(crate) fn load(bytes: Vec<u8>) -> Result<Pdf, ReadError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => ReadError::Damaged("its object table can't be read".to_owned()),
    })
}

/// Reads the glyphs of all pages, in content order.
pub(crate) fn pages(pdf: &Pdf, limit: usize, cancel: &CancelToken) -> Result<Vec<Vec<Glyph>>, ReadError> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(ReadError::Damaged("it has no pages".to_owned()));
    }
    if pages.len() > MAX_PAGES {
        return Err(ReadError::TooLarge);
    }
    let mut interpreter = Interpreter::new(limit, cancel);
    let mut read = Vec::new();
    for page in pages.iter() {
        interpreter.begin_page(Matrix::of(page.initial_transform(false).as_coeffs()));
        // If the parser panics, the glyphs read so far are kept.
        catch_panic(|| run_page(pdf, page, &mut interpreter)).unwrap_or(Ok(()))?;
        cancel.check()?;
        read.push(std::mem::take(&mut interpreter.collector).into_upright());
    }
    Ok(read)
}

fn run_page(pdf: &Pdf, page: &Page, interpreter: &mut Interpreter) -> Result<(), ReadError> {
    let contents = page.raw().get::<Object>(b"Contents");
    let parts: Vec<Stream> = match contents {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(parts)) => streams(pdf, &parts),
        _ => Vec::new(),
    };
    let content = page_content(&parts, &mut interpreter.budget)?;
    interpreter.run_page(&content, page.resources())
}

/// Returns the streams that an array refers to; skips missing ones.
fn streams<'a>(pdf: &'a Pdf, listed: &Array<'a>) -> Vec<Stream<'a>> {
    let stream = |item| match item {
        MaybeRef::Ref(reference) => pdf.xref().get::<Stream>(reference.into()),
        MaybeRef::NotRef(_) => None,
    };
    listed.raw_iter().filter_map(stream).collect()
}
