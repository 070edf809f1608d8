//! The commands, one file or folder each, and what they share: finding the site, running the pipeline, printing
//! problems.

mod add;
mod build;
mod check;
mod completions;
mod help;
mod man;
pub mod new;
mod rename;
#[cfg(feature = "serve")]
mod serve;
mod set_aside;
mod status;
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
use crate::text::{visible, visible_line, without_ci_commands};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Fine,
    /// The command ran and found errors, in the site, its links, the baseline or the files to add. The exit code is 1.
    Problems,
}

/// Runs the command that was typed.
///
/// # Errors
/// If the command could not run. Then the exit code is 2.
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let progress = &Progress::new(verbosity(&cli));
    match cli.command {
        Command::New(args) => new::run(&args, progress),
        Command::Build(args) => build::run(&args, progress),
        Command::Add(args) => add::run(&args, progress),
        Command::Suggest(args) => suggest::run(&args, progress),
        Command::Check(args) => check::run(&args, progress),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, false, progress),
        #[cfg(feature = "serve")]
        Command::Desk(args) => serve::run(&args, true, progress),
        Command::Rename(args) => rename::run(&args, progress),
        Command::Verify(args) => verify::run(&args, progress),
        Command::Status(args) => status::run(&args, progress),
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

fn find_project(site: &SiteArgs) -> Result<Project, Error> {
    Project::find(site.root.as_deref(), site.originals.clone())
}

fn run_pipeline(project: &Project, progress: &Progress) -> Result<Run, Error> {
    let run = pipeline::run(project, prefix(&project.root), &DocumentCache::default(), progress)?;
    progress.end_step();
    Ok(run)
}

/// Returns the path from the current folder to the site, such as `sites/mill/` or `../`. Empty if they are the same
/// folder; absolute if neither contains the other.
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

/// Sorts problems and prints them as [`print_human`] does. Returns whether any of them is an error.
fn print_problems(problems: Problems, files: &Files) -> bool {
    print_human(&problems.sorted(files), files, HumanOptions::default())
}

/// What a command with `--format` reports.
#[derive(Debug, Default)]
struct Report {
    /// The problems, in the order in which they are printed.
    list: Vec<Problem>,
    files: Files,
    /// How many problems the baseline accepted. `None` without a baseline.
    accepted: Option<usize>,
}

impl Report {
    fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Prints the report on standard output if the format is one for programs. `result` is the command's result; its
    /// error becomes part of the report. Does nothing for the format `Human`: the command has already printed the
    /// problems, and `lib.rs` prints the error.
    fn print_for_programs(&self, format: Format, result: &Result<Outcome, Error>) -> Result<(), Error> {
        let failure = result.as_ref().err().map(Error::to_string);
        let failure = failure.as_deref();
        match format {
            Format::Human => Ok(()),
            Format::Json => print(&report::json(&self.list, &self.files, self.accepted, failure)),
            Format::Github => {
                let failure = failure.map(report::github_failure).unwrap_or_default();
                print_exactly(&(report::github(&self.list, &self.files) + &failure))
            }
        }
    }
}

/// What [`print_human`] prints besides the problems themselves.
#[derive(Clone, Copy, Debug, Default)]
struct HumanOptions {
    /// Whether to print the ids of problems that a baseline may accept.
    ids: bool,
    /// How many problems the baseline accepted. `None` without a baseline.
    accepted: Option<usize>,
}

/// Prints sorted problems for people on standard error, then their number, and how to learn more. Prints nothing if
/// there are none. Returns whether any of them is an error.
fn print_human(list: &[Problem], files: &Files, HumanOptions { ids, accepted }: HumanOptions) -> bool {
    if list.is_empty() {
        return false;
    }
    let first = list.first().map_or("", |problem| problem.code.as_str());
    let hint = format!("for more, run: sourcewise check --explain {first}");
    // Respects `NO_COLOR`, `CLICOLOR`, and whether the stream is a terminal.
    let mut stream = anstream::stderr();
    let colour = stream.current_choice() != ColorChoice::Never;
    write_ignoring_errors(&mut stream, &report::human(list, files, Style { colour, ids }));
    let accepted = accepted.map_or_else(String::new, |count| format!(", {count} accepted"));
    eprint(&format!("{}{accepted}\n{hint}\n", report::counts(list)));
    if ids && list.iter().any(Problem::is_acceptable) {
        eprint("to accept a problem by its id, see: sourcewise help checks\n");
    }
    list.iter().any(|problem| problem.severity == Severity::Error)
}

/// Prints requested output on standard output, with escapes for characters that control terminals and for commands of
/// CI services. Messages are printed by [`Progress::note`].
fn print(text: &str) -> Result<(), Error> {
    print_exactly(&without_ci_commands(&visible(text)))
}

/// Prints text of the program itself, or text that is already safe, on standard output.
///
/// # Errors
/// If it can't be written, as on a full disk. A closed pipe is fine (`sourcewise check | head`).
fn print_exactly(text: &str) -> Result<(), Error> {
    let mut stream = io::stdout();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output { source }),
        _ => Ok(()),
    }
}

fn eprint(text: &str) {
    write_ignoring_errors(&mut io::stderr(), &without_ci_commands(&visible(text)));
}

/// Writes a message. Errors are ignored, because there is no other place to report them.
fn write_ignoring_errors(stream: &mut dyn Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Formats a path for a message: relative to the current folder if it is inside that folder, else unchanged.
fn display_path(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    visible_line(&below.unwrap_or(path).display().to_string()).into_owned()
}
