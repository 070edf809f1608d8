//! Sourcewise: a static site generator for explainers that rest on sources.
//!
//! # How it is made
//!
//! A site passes through eight phases, one after the other, each with a type of its own. A phase knows the types of
//! earlier ones and never of later ones; a test keeps it so.
//!
//! | phase | turns | into |
//! | --- | --- | --- |
//! | [`load`] | the author's files | [`load::Loaded`]: read, with the place of everything |
//! | [`segment`] | documents | [`segment::Corpus`]: paragraphs, passages, the normal form |
//! | [`find`] | questions and passages | [`find::Found`]: what rules find in documents nobody has read |
//! | [`verify`] | claims | [`verify::Verified`]: quotes, citations, links that hold |
//! | [`compare`] | questions × sources | [`compare::Comparison`]: a cell for every pair |
//! | [`render`] | all of it | [`render::Rendered`]: every file of the site, in memory |
//! | [`audit`] | that | what is wrong with the finished pages; only `check` runs it |
//! | [`output`] | the site in memory | the folder, replaced in one step |
//!
//! What is wrong in the author's files becomes a [`problem::Problem`] on the way and is shown at the end, all at once;
//! a site with an error is never written. [`error::Error`] is for what no author can mend: the disk, the command line.
//!
//! Three crates beside the phases know nothing of sites, and Cargo keeps them so: [`sourcewise_quotes`] proves that words
//! stand in a document, [`sourcewise_documents`] reads documents of many formats as text, [`sourcewise_analysis`] finds
//! things in them by rule.
//!
//! Only [`load`] reads the author's files; only [`output`] and [`commands`] write. [`pipeline`] strings the phases together,
//! [`report`] alone knows how problems are printed, [`progress`] alone how long things take, [`render::theme`] alone the template engine's faults.

pub mod cli;
pub mod commands;
pub mod manual;
pub mod pipeline;
pub mod progress;
#[cfg(feature = "serve")]
pub mod serve;

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

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Runs the program with its arguments, the first of which is its name.
///
/// Exit codes: 0 fine; 1 problems in the author's files; 2 could not run.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help that was asked for is no failure.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match commands::run(cli) {
        Ok(commands::Outcome::Fine) => ExitCode::SUCCESS,
        Ok(commands::Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
