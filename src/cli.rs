//! Command-line definitions: the commands and their options. The `///` lines of commands and options are the help
//! texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::manual::list_of_chapters;
use crate::report::Format;

/// Build a website that shows what each source says, with every quote verified
#[derive(Debug, Parser)]
#[command(
    name = "sourcewise",
    version,
    max_term_width = 100,
    subcommand_value_name = "COMMAND",
    disable_help_subcommand = true,
    after_help = format!(
        "{}\nExit codes: 0 success, 1 problems in your files, 2 the command could not run",
        list_of_chapters()
    )
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Print only problems, errors and requested output
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print how long each step takes
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// The commands. Each has its own file in `commands`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a small example site, or the configuration file for a host
    New(NewArgs),
    /// Build the site into a folder that any web host can publish
    Build(BuildArgs),
    #[cfg(feature = "serve")]
    /// Let your browser show the site, and reload it on every save
    Serve(ServeArgs),
    #[cfg(feature = "serve")]
    /// Read the sources in your browser, select words, and write the answers; also shows the site
    Desk(ServeArgs),
    /// Check the site without writing it
    Check(CheckArgs),
    /// Copy documents into `seeds/` and start a record for each
    Add(AddArgs),
    /// Suggest answers for you to edit, where a source has none yet
    Suggest(SuggestArgs),
    /// Verify all quotes and save their proofs in `seeds/quotes.lock`
    Verify(VerifyArgs),
    /// Print how far the work is: which questions are answered in which sources
    Status(StatusArgs),
    /// Rename the id of a source, question or position wherever the site uses it
    Rename(RenameArgs),
    /// List the theme's files, or print one as a starting point for your own
    Theme(ThemeArgs),
    /// Print a script that lets your terminal complete commands
    Completions(CompletionsArgs),
    /// Print the pages for the command `man`, or write them into a folder
    Man(ManArgs),
    /// Print help for a command, or a chapter of the manual
    Help(HelpArgs),
}

/// Options that all commands on a site share.
#[derive(Debug, Args)]
pub struct SiteArgs {
    /// The site's folder [default: the current folder or the nearest parent with a `site.toml`]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The folder of documents that must not be published [default: `originals` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub originals: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to create, or an empty one; with `--host`, also the folder of an existing site
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write the file that this web host needs to build and publish the site; files of an existing site don't change
    #[arg(long, value_enum)]
    pub host: Option<Host>,
}

/// The hosts that `new` can write a file for.
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

#[derive(Debug, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The folder to write [default: `public` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The address to listen on; `0.0.0.0` makes the site visible to the local network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// The port to listen on, 0 for any free port [default: the first free port from 4321]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Open the address in the browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// How to print problems
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// A file of problems that you accept, each with a reason; they are not printed
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    #[cfg(feature = "web")]
    #[command(flatten)]
    pub web: WebArgs,
    /// Explain a problem code, such as `quote-not-found`, and exit
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Options of `check` for links to other sites.
#[cfg(feature = "web")]
#[derive(Debug, Args)]
pub struct WebArgs {
    /// Also check links to other sites, by requesting each address
    #[arg(long)]
    pub external: bool,
    /// Time limit for all requests together [default: 300, or `external_seconds` under `[check]`]
    #[arg(long, value_name = "SECONDS", requires = "external")]
    pub external_seconds: Option<u32>,
    /// Time limit for one request
    #[arg(long, value_name = "SECONDS", requires = "external", default_value_t = 10)]
    pub answer_seconds: u32,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t)]
    pub format: StatusFormat,
}

/// The forms in which `status` prints its figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// For people: tables.
    #[default]
    Human,
    /// For programs: one JSON object.
    Json,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The documents: saved web pages, PDF, Word or EPUB files, plain text; or a folder of them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The id of the new source, if there is only one file [default: made of the file's name or the document's title]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Write only the records, for documents that must not be published
    #[arg(long)]
    pub record_only: bool,
}

#[derive(Debug, Args)]
pub struct SuggestArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The id of the source [default: all]
    #[arg(value_name = "SOURCE")]
    pub source: Option<String>,
    /// The id of the question [default: all]
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
    /// Write the answers into the records instead of printing them
    #[arg(long)]
    pub write: bool,
    /// Use your own program instead of the built-in rules; `sourcewise help suggestions` describes it
    #[arg(long, value_name = "COMMAND")]
    pub with: Option<String>,
}

#[derive(Debug, Args)]
pub struct RenameArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// What has the id
    #[arg(value_enum, value_name = "WHAT")]
    pub what: RenamedThing,
    /// The id as it is; for a position, the question's id and the position's: `cause/lamp`
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The id as it shall be
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Only list the places where the id is written
    #[arg(long)]
    pub dry_run: bool,
}

/// What `rename` renames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RenamedThing {
    Source,
    Question,
    Position,
}

#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// The file to print, such as `page.html` [default: list all files]
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell to complete commands in
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder to write into, one file per command [default: print all pages as one]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, or a chapter of the manual [default: list all]
    #[arg(value_name = "COMMAND|CHAPTER")]
    pub topic: Option<String>,
}
