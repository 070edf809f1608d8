//! What can be typed: commands and their options. No behaviour.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::report::Format;

/// Builds a web site that shows what each source says, with every quoted word proved.
#[derive(Debug, Parser)]
#[command(name = "sourcewise", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, a file each in `commands`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small site to begin from, in a new folder
    New(NewArgs),
    /// Build the site into a folder, ready for any static host
    Build(BuildArgs),
    /// Say everything that is wrong, and write nothing
    Check(CheckArgs),
    /// Check all quotes against the documents and write `seeds/quotes.lock`
    Verify(VerifyArgs),
    /// List the files of the built-in theme, or print one to begin a template of your own with
    Theme(ThemeArgs),
}

/// Where the site is.
#[derive(Debug, Args)]
pub struct SiteArgs {
    /// The site's folder [default: the one with `site.toml`, here or above]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Where the documents are that may not be published [default: `originals` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub originals: Option<PathBuf>,
}

/// Options of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make; one that is empty will do
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Options of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
    /// The folder to write [default: `public` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Explain a kind of problem, such as `quote-not-found`, instead
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Options of `theme`.
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// The file to print, such as `page.html` [default: list all]
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
}
