//! Makes sites for measuring: `cargo run --release --example made-site -- FOLDER --pages 1000`.
//!
//! What `tests/bench/run.py` measures whole programs on; anyone may look at them, or build them.

mod made;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use made::{Form, Size};

/// A site of meaningless pages and sources, the same for the same numbers.
#[derive(Parser)]
struct Arguments {
    /// The folder, which is not there yet
    folder: PathBuf,
    /// How many pages
    #[arg(long, default_value_t = 0)]
    pages: usize,
    /// How many sources
    #[arg(long, default_value_t = 0)]
    sources: usize,
    /// How many questions
    #[arg(long, default_value_t = 0)]
    questions: usize,
    /// For whom: sourcewise; framed (sourcewise, with the others' templates); hugo; plain
    #[arg(long = "for", default_value = "sourcewise", value_parser = form)]
    form: Form,
    /// Without cards and search, which the others don't have
    #[arg(long)]
    bare: bool,
}

fn form(name: &str) -> Result<Form, &'static str> {
    Form::named(name).ok_or("sourcewise, framed, hugo or plain")
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { folder, pages, sources, questions, form, bare } = Arguments::parse();
    if folder.exists() {
        return Err(format!("{} is there already", folder.display()).into());
    }
    made::write(Size { pages, sources, questions }, form, !bare, &folder)?;
    Ok(())
}
