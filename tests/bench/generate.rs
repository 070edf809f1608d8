//! Generates a site for benchmarks: `cargo run --release --example synthetic-site -- FOLDER --pages 1000`.
//!
//! `tests/bench/run.py` uses it to measure whole programs.

mod synthetic;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use synthetic::{Form, Size};

/// Generate a site of meaningless pages and sources; the same numbers give the same site
#[derive(Parser)]
struct Arguments {
    /// The folder to write to; it must not exist yet
    folder: PathBuf,
    /// Number of pages
    #[arg(long, default_value_t = 0)]
    pages: usize,
    /// Number of sources
    #[arg(long, default_value_t = 0)]
    sources: usize,
    /// Number of questions
    #[arg(long, default_value_t = 0)]
    questions: usize,
    /// The site generator: sourcewise, framed (sourcewise with the same templates as the others), hugo or plain
    #[arg(long = "for", default_value = "sourcewise", value_parser = parse_form)]
    form: Form,
    /// Leave out cards and search, which other generators don't have
    #[arg(long)]
    bare: bool,
}

fn parse_form(name: &str) -> Result<Form, &'static str> {
    Form::named(name).ok_or("sourcewise, framed, hugo or plain")
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { folder, pages, sources, questions, form, bare } = Arguments::parse();
    if folder.exists() {
        return Err(format!("`{}` already exists", folder.display()).into());
    }
    synthetic::write(Size { pages, sources, questions }, form, !bare, &folder)?;
    Ok(())
}
