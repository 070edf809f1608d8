//! Prints the extracted text of a document. `tests/measure/documents` uses it to compare words.
//!
//! `cargo run --example document-text -- FILE`

#![expect(clippy::print_stdout, reason = "prints the text")]

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
        None => return Err(format!("`{file}` cannot be read: {problems:?}").into()),
    }
    Ok(())
}
