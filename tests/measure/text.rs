//! Prints the extracted text of a document, with `--set-aside` also a form feed and the words that are set aside.
//! `tests/measure/documents` uses it to compare words.
//!
//! `cargo run --example document-text -- [--set-aside] FILE`

#![expect(clippy::print_stdout, reason = "prints the text")]

use std::error::Error;
use std::path::Path;

use sourcewise::files::{Files, Span};
use sourcewise::load::{limits_of, read_document};
use sourcewise::problem::Problems;

fn main() -> Result<(), Box<dyn Error>> {
    let (options, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let file = files.into_iter().next().ok_or("usage: document-text [--set-aside] FILE")?;
    let limits = limits_of(Path::new("."))?;
    let mut problems = Problems::default();
    let span = Span::whole(Files::default().add(file.clone(), ""));
    let Some(document) = read_document(Path::new(&file), limits, span, &mut problems)? else {
        return Err(format!("`{file}` cannot be read: {problems:?}").into());
    };
    println!("{}", document.text);
    if options.iter().any(|option| option == "--set-aside") {
        println!("\u{c}");
        document.set_aside.iter().for_each(|aside| println!("{}", aside.words));
    }
    Ok(())
}
