//! The commands, a file each, and what they share: finding the site, printing problems, exit codes.

mod add;
mod build;
mod check;
mod completions;
mod help;
mod man;
pub mod new;
#[cfg(feature = "serve")]
mod serve;
mod stub;
mod suggest;
mod theme;
mod verify;
mod write;

use std::io::{self, Write};
use std::path::Path;

use anstream::ColorChoice;

use crate::cli::{Cli, Command, SiteArgs};
use crate::error::Error;
use crate::files::Files;
use crate::load::Project;
use crate::pipeline::{self, DocumentCache, Run};
use crate::problem::{Problem, Problems, Severity};
use crate::progress::{Progress, Verbosity};
use crate::report::{self, Format, Style, pluralize};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: exit code 0.
    Fine,
    /// The author's files have problems: exit code 1.
    Problems,
}

/// Runs a command.
///
/// # Errors
/// If it could not run: exit code 2.
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let progress = &Progress::new(verbosity(&cli));
    match cli.command {
        Command::New(args) => new::run(&args, progress),
        Command::Build(args) => build::run(&args, progress),
        Command::Add(args) => add::run(&args, progress),
        Command::Suggest(args) => suggest::run(&args, progress),
        Command::Check(args) => check::run(&args, progress),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, progress),
        Command::Verify(args) => verify::run(&args, progress),
        Command::Theme(args) => theme::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args, progress),
        Command::Help(args) => help::run(&args),
    }
}

fn verbosity(cli: &Cli) -> Verbosity {
    match (cli.quiet, cli.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    }
}

fn find(site: &SiteArgs) -> Result<Project, Error> {
    Project::find(site.root.as_deref(), site.originals.clone())
}

fn run_pipeline(project: &Project, progress: &Progress) -> Result<Run, Error> {
    let run = pipeline::run(project, prefix(&project.root), &DocumentCache::default(), progress)?;
    progress.rest();
    Ok(run)
}

/// What leads from the current folder to the site: nothing, `sites/mill/`, `../`; else its whole path.
fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    if let Ok(below) = root.strip_prefix(&here) {
        let parts = below.iter().map(|part| format!("{}/", part.to_string_lossy()));
        return parts.collect();
    }
    match here.strip_prefix(root) {
        Ok(above) => "../".repeat(above.iter().count()),
        Err(_) => format!("{}/", root.display()),
    }
}

/// Prints problems on standard error, and how many there are. True if any of them is an error.
fn tell(problems: Problems, files: &Files) -> bool {
    tell_people(&problems.sorted(files), files, Shown::default())
}

/// Prints problems in the form that was asked for: for people on standard error, for machines on standard output. True
/// if any of them is an error.
fn tell_as(format: Format, problems: Problems, files: &Files) -> bool {
    let list = problems.sorted(files);
    match format {
        Format::Human => return tell_people(&list, files, Shown::default()),
        Format::Json => say(&report::json(&list, files, None)),
        Format::Github => say(&report::github(&list, files)),
    }
    list.iter().any(|problem| problem.severity == Severity::Error)
}

/// What is shown beside the problems themselves.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    /// The ids that a baseline may accept.
    ids: bool,
    /// How many it has accepted.
    accepted: Option<usize>,
}

/// Prints sorted problems for people, and how many there are. True if any of them is an error.
fn tell_people(list: &[Problem], files: &Files, Shown { ids, accepted }: Shown) -> bool {
    if list.is_empty() {
        return false;
    }
    let first = list.first().map_or("", |problem| problem.code.as_str());
    let more = format!("for more, run: sourcewise check --explain {first}");
    // Heeds `NO_COLOR`, `CLICOLOR` and whether it is a terminal.
    let mut stream = anstream::stderr();
    let colour = stream.current_choice() != ColorChoice::Never;
    say_on(&mut stream, &report::human(list, files, Style { colour, ids }));
    let accepted = accepted.map_or_else(String::new, |count| format!(", {count} accepted"));
    warn(&format!("{}{accepted}\n{more}\n", report::counts(list)));
    list.iter().any(|problem| problem.severity == Severity::Error)
}

/// Prints on standard output what was asked for. What is only good to know goes through [`Progress::note`].
fn say(text: &str) {
    say_on(&mut io::stdout(), text);
}

/// Prints on standard error.
fn warn(text: &str) {
    say_on(&mut io::stderr(), text);
}

/// Prints, and lets it be if nobody listens any more (`sourcewise check | head`).
fn say_on(stream: &mut dyn Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// A path as a user would type it: from the current folder if it lies there.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}
