//! Prints the text that is read in a document, for `tests/measure/pdf` to count its words.
//!
//! `cargo run --example document-text -- FILE`

#![expect(clippy::print_stdout, reason = "the text is what it is run for")]

use std::error::Error;
use std::path::Path;

use sourcewise::files::{Files, Span};
use sourcewise::load::{limits_of, read_document};
use sourcewise::problem::Problems;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: document-text FILE")?;
    let limits = limits_of(Path::new("."))?;
    let mut problems = Problems::default();
    let span = Span::whole(Files::default().add(file.clone(), ""));
    match read_document(Path::new(&file), limits, span, &mut problems)? {
        Some(document) => println!("{}", document.text),
        None => return Err(format!("{file} can't be read: {problems:?}").into()),
    }
    Ok(())
}
