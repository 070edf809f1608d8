//! Sourcewise: a static site generator for explainers that rest on sources.
//!
//! # Architecture
//!
//! A site passes through eight phases in this order. Each phase has its own output type. A phase may use the types of
//! earlier phases and never the types of later phases; a test checks this.
//!
//! | phase | input | output |
//! | --- | --- | --- |
//! | [`load`] | the files that the site's author wrote or collected | [`load::Loaded`]: parsed files; each value has its position in its file |
//! | [`segment`] | documents | [`segment::Corpus`]: paragraphs, passages and the normalized text |
//! | [`find`] | questions and passages | [`find::Found`]: passages and topics, found by rule |
//! | [`verify`] | quotes, citations and links | [`verify::Verified`]: the same, checked |
//! | [`compare`] | questions × sources | [`compare::Comparison`]: one cell per question and source |
//! | [`render`] | all of these | [`render::Rendered`]: every file of the site, in memory |
//! | [`audit`] | the rendered files | problems of the finished pages; only `check` runs this phase |
//! | [`output`] | the rendered files | the output folder, replaced in one step |
//!
//! Errors in the author's files become [`problem::Problem`]s. They are collected and printed together at the end; a
//! site with an error is never written. [`error::Error`] is for failures that don't come from these files: the
//! disk, the command line.
//!
//! Three crates don't depend on the phases and contain nothing about sites, which Cargo enforces: [`sourcewise_quotes`]
//! proves that words are in a document, [`sourcewise_documents`] extracts text from many document formats,
//! [`sourcewise_analysis`] finds passages, topics, voices and shared text by rule.
//!
//! [`edit`] changes the author's own files without touching what an edit doesn't concern.
//!
//! Only [`load`], [`output`], [`edit`], [`desk`] and [`commands`] read or write files; [`serve`] watches them for
//! changes. [`pipeline`] runs the phases. Only [`report`] formats problems, only [`progress`] measures durations, and
//! only `render/theme.rs` handles template errors. [`manual`] has the chapters that `help` prints.
//!
//! `CONTRIBUTING.md` has a glossary of words such as *record*, *position*, *voice*, *origin* and *cell*.

pub mod cli;
pub mod commands;
#[cfg(feature = "serve")]
pub mod desk;
pub mod edit;
pub mod manual;
pub mod pipeline;
pub mod progress;
#[cfg(feature = "serve")]
pub mod serve;
pub mod status;

pub mod output;

pub mod audit;

pub mod render;

pub mod compare;

pub mod verify;

pub mod find;

pub mod segment;

pub mod load;

pub mod cache;
pub mod error;
pub mod files;
pub mod ids;
pub mod problem;
pub mod report;
pub mod sync;
pub mod text;

use std::borrow::Cow;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Runs the program with its arguments; the first one is the program's name.
///
/// Exit codes: 0 success; 1 the site's files, its links or the files to add have errors; 2 the command could not run.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Requested help goes to standard output and is not a failure.
            let code = if error.use_stderr() { 2 } else { 0 };
            print_usage(&error);
            return ExitCode::from(code);
        }
    };
    match commands::run(cli) {
        Ok(commands::Outcome::Fine) => ExitCode::SUCCESS,
        Ok(commands::Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            let message = error.to_string();
            anstream::eprintln!("error: {}", text::without_ci_commands(&text::visible(&message)));
            ExitCode::from(2)
        }
    }
}

/// Prints requested help, or what is wrong with the arguments. Their control characters are replaced by escapes,
/// because an argument may be any file name.
fn print_usage(error: &clap::Error) {
    let plain = error.render().to_string();
    match text::visible(&plain) {
        Cow::Borrowed(_) => drop(error.print()),
        Cow::Owned(visible) => anstream::eprint!("{visible}"),
    }
}
