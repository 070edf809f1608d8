//! What can be typed: commands and their options. No behaviour.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::manual::list_of_chapters;
use crate::report::Format;

/// Builds a web site that shows what each source says, with every quoted word proved.
#[derive(Debug, Parser)]
#[command(
    name = "sourcewise",
    version,
    max_term_width = 100,
    subcommand_value_name = "COMMAND",
    disable_help_subcommand = true,
    after_help = format!(
        "{}\nExit codes: 0 fine, 1 problems in your files, 2 could not run",
        list_of_chapters()
    )
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but problems, errors and what was asked for
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell where the time goes, phase by phase
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// The commands, a file each in `commands`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small site to begin from, or the file that a host needs
    New(NewArgs),
    /// Build the site into a folder, ready for any static host
    Build(BuildArgs),
    #[cfg(feature = "serve")]
    /// Show the site in a browser, and every change to it as soon as it is saved
    Serve(ServeArgs),
    /// Say everything that is wrong, and write nothing
    Check(CheckArgs),
    /// Copy documents into `seeds/`, and begin a record of each
    Add(AddArgs),
    /// Suggest answers to be edited, where nobody has read a source yet
    Suggest(SuggestArgs),
    /// Check all quotes and keep their proof in `seeds/quotes.lock`
    Verify(VerifyArgs),
    /// List the files of the theme, or print one to begin your own with
    Theme(ThemeArgs),
    /// Print what completes the commands in a shell when Tab is pressed
    Completions(CompletionsArgs),
    /// Print the manual pages, or write them into a folder
    Man(ManArgs),
    /// Print help for a command, or a chapter of the manual
    Help(HelpArgs),
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
    /// The folder to make; one that is empty will do, and with `--host` one that holds a site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write the file with which this host builds and publishes the site; a site that is there is left as it is
    #[arg(long, value_enum)]
    pub host: Option<Host>,
}

/// Hosts that `new` knows the files of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Pages: `.github/workflows/pages.yml`
    Github,
    /// GitLab Pages: `.gitlab-ci.yml`
    Gitlab,
    /// Netlify: `netlify.toml`
    Netlify,
    /// Cloudflare: `wrangler.toml`
    Cloudflare,
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
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Options of `serve`.
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
    /// The address to listen on; `0.0.0.0` lets others in the network see the site
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// The port to listen on, 0 for any [default: the first that is free, from 4321]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
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
    /// Leave out findings that this file accepts, each with a reason
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// What to ask the web.
    #[cfg(feature = "web")]
    #[command(flatten)]
    pub web: WebArgs,
    /// Explain a kind of problem, such as `quote-not-found`, instead
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Options of `check` that have to do with other sites.
#[cfg(feature = "web")]
#[derive(Debug, Args)]
pub struct WebArgs {
    /// Also ask the web whether the pages are still there that this site links to
    #[arg(long)]
    pub external: bool,
    /// How long to ask the web for, in all [default: 300, or `external_seconds` under `[check]`]
    #[arg(long, value_name = "SECONDS", requires = "external")]
    pub external_seconds: Option<u32>,
    /// How long to wait for one answer of the web
    #[arg(long, value_name = "SECONDS", requires = "external", default_value_t = 10)]
    pub answer_seconds: u32,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
    /// The documents: saved web pages, PDF, Word or EPUB files, plain text
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Write the records alone, for documents that may not be published
    #[arg(long)]
    pub record_only: bool,
}

/// Options of `suggest`.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Where the site is.
    #[command(flatten)]
    pub site: SiteArgs,
    /// The id of a source [default: all]
    #[arg(value_name = "SOURCE")]
    pub source: Option<String>,
    /// The id of a question [default: all]
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Write the answers into the records instead of printing them
    #[arg(long)]
    pub write: bool,
    /// Ask a program of yours instead of the built-in rules: JSON on its standard input, JSON on its output
    #[arg(long, value_name = "COMMAND")]
    pub with: Option<String>,
}

/// Options of `theme`.
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// The file to print, such as `page.html` [default: list all]
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder to write into, a file for each command [default: print one page with all]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Options of `help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, or a chapter of the manual [default: list all]
    #[arg(value_name = "COMMAND|CHAPTER")]
    pub topic: Option<String>,
}
