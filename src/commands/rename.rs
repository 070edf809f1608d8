//! `sourcewise rename`: renames the id of a source, question or position wherever the site uses it. If one place can't
//! be changed, nothing is.

use std::path::Path;

use super::{Outcome, eprint, find_project, pluralize, prefix, print, print_problems, run_pipeline};
use crate::cli::{RenameArgs, RenamedThing};
use crate::edit::{ApplyError, History, OpenError, Rename, RenameFault, RenamePlan, Renamed, plan_rename};
use crate::error::Error;
use crate::load::Project;
use crate::progress::Progress;

pub(super) fn run(args: &RenameArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let rename = read_args(args)?;
    // Opened first, so that an interrupted change is completed or taken back before the files are read.
    let history = if args.dry_run { None } else { Some(open(&project, progress)?) };
    let plan = match plan_rename(&project, &rename) {
        Ok(plan) => plan,
        Err(RenameFault::Disk(error)) => return Err(error),
        Err(fault @ (RenameFault::Syntax { .. } | RenameFault::Lock)) => {
            let run = run_pipeline(&project, progress)?;
            if print_problems(run.problems, &run.files) {
                progress.note("nothing was renamed; fix the errors and run this again\n");
                return Ok(Outcome::Problems);
            }
            return Err(not_renamed(fault.to_string(), "correct the file and run this again"));
        }
        Err(fault) => return Err(refused(&fault)),
    };
    let prefix = prefix(&project.root);
    let Some(mut history) = history else {
        print(&list_of_places(&plan, &prefix))?;
        progress.note("nothing was renamed, because of `--dry-run`\n");
        return Ok(Outcome::Fine);
    };
    let (places, files) = (plan.places.len(), renamed_files(&plan).len());
    let label = format!("Rename {} to {}", args.old, args.new);
    history.apply_with_moves(label.as_str(), plan.changes, plan.moves).map_err(not_written)?;
    progress.note(format!(
        "{} renamed in {}{}\n",
        args.old,
        pluralize(places, "place"),
        if files == 0 { String::new() } else { format!(", and {} renamed", pluralize(files, "file")) }
    ));
    Ok(Outcome::Fine)
}

fn open(project: &Project, progress: &Progress) -> Result<History, Error> {
    let opened = History::open(&project.root, project.originals.as_deref());
    let history = opened.map_err(not_opened)?;
    for file in history.ignored() {
        eprint(&format!("warning: {file}\n"));
    }
    for found in history.recovered() {
        let what = if found.is_completed { "completed" } else { "taken back" };
        progress.note(format!("the interrupted change “{}” was {what}\n", found.label.what));
    }
    Ok(history)
}

fn read_args(args: &RenameArgs) -> Result<Rename, Error> {
    let (old, new) = (args.old.clone(), args.new.clone());
    let (what, old) = match args.what {
        RenamedThing::Source => (Renamed::Source, old),
        RenamedThing::Question => (Renamed::Question, old),
        RenamedThing::Position => {
            let Some((question, position)) = old.split_once('/') else {
                let reason = format!("`{old}` doesn't say which question the position belongs to");
                return Err(not_renamed(
                    reason,
                    &format!("write the question's id before it: `QUESTION/{old}`"),
                ));
            };
            (Renamed::Position { question: question.to_owned() }, position.to_owned())
        }
    };
    Ok(Rename { what, old, new })
}

/// Lists every place, one on a line: `content/index.md:4: …`. Then lists every renamed file: `seeds/a.toml becomes …`.
fn list_of_places(plan: &RenamePlan, prefix: &str) -> String {
    // Documents outside the site have absolute paths.
    let shown =
        |path: &str| if Path::new(path).is_absolute() { path.to_owned() } else { format!("{prefix}{path}") };
    let places =
        plan.places.iter().map(|place| format!("{prefix}{}:{}: {}\n", place.path, place.line, place.text));
    let files =
        renamed_files(plan).into_iter().map(|(from, to)| format!("{} becomes {}\n", shown(from), shown(to)));
    places.chain(files).collect()
}

/// Returns the old and the new path of each renamed file. A text file counts as renamed if the plan deletes it and
/// creates another: the first deleted file belongs to the first created one, and so on.
fn renamed_files(plan: &RenamePlan) -> Vec<(&str, &str)> {
    let removed = plan.changes.iter().filter(|change| change.after.is_none());
    let created = plan.changes.iter().filter(|change| change.before.is_none());
    let texts = removed.zip(created).map(|(from, to)| (from.path.as_str(), to.path.as_str()));
    let documents = plan.moves.iter().map(|moved| (moved.from.as_str(), moved.to.as_str()));
    texts.chain(documents).collect()
}

fn refused(fault: &RenameFault) -> Error {
    let help = match fault {
        RenameFault::BadId(_) | RenameFault::Taken { .. } => "choose another id",
        RenameFault::Unknown { .. } => {
            "ids are the names of files: `seeds/<source>.toml`, `content/questions/<question>.md`; those of positions \
             are below `[positions]` of their question"
        }
        RenameFault::ByHand { .. } => "change this place first, and run this again",
        _ => "run `sourcewise check` to see what the site's files say",
    };
    not_renamed(fault.to_string(), help)
}

fn not_opened(error: OpenError) -> Error {
    match error {
        OpenError::AlreadyOpen => not_renamed(
            "another process has this site open for changes".to_owned(),
            "stop it first, and run this again",
        ),
        OpenError::Io { path, source } => Error::Write { path, source },
        OpenError::Recovery(error) => not_written(error),
    }
}

fn not_written(error: ApplyError) -> Error {
    match error {
        ApplyError::Io { path, source } => Error::Write { path: path.into(), source },
        ApplyError::Partly { path, ref source } => {
            let source = std::io::Error::new(source.kind(), "some files are renamed already; run this again");
            Error::Write { path: path.into(), source }
        }
        ApplyError::Linked { .. } => {
            let help = "if it is in a folder of originals, name that folder with `--originals`";
            not_renamed(error.to_string(), help)
        }
        other => not_renamed(other.to_string(), "run this again"),
    }
}

fn not_renamed(reason: String, help: &str) -> Error {
    Error::NotRenamed { reason, help: help.to_owned() }
}
