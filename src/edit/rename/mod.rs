//! Renames the id of a source, question or position wherever the site uses it. Only prepares the changes;
//! [`super::History`] makes them.
//!
//! `site` reads the files, `record`, `page` and `markdown` find the places in them, `anchors` renames the parts of links.

mod anchors;
mod markdown;
mod page;
mod record;
mod site;

use thiserror::Error;

use super::entries::Text;
use super::question::QuestionText;
use super::quoting::{toml_key_like, toml_string_like};
use super::splices::Splices;
use super::syntax::{Syntax, Value, line_number};
use super::text_map::TextMap;
use super::transaction::{FileChange, FileMove};
use super::{EditFault, SyntaxFault, meaning};
use crate::error::Error;
use crate::ids::is_id;
use crate::load::{LOCK_PATH, Lock, Project, front_matter_fences};
use crate::text::nearest::nearest_name;
use markdown::Location;
use site::{SiteTexts, TextFile};

/// The kind of thing whose id is renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renamed {
    Source,
    Question,
    Position { question: String },
}

impl Renamed {
    fn name(&self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Question => "question",
            Self::Position { .. } => "position",
        }
    }
}

/// A request to rename an id: what has the id, the old id and the new id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    pub what: Renamed,
    pub old: String,
    pub new: String,
}

/// A place where an id is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedPlace {
    /// The path relative to the site's root, separated by `/`.
    pub path: String,
    /// The number of the line, from 1.
    pub line: usize,
    /// The line as it is before the change, without white space around it.
    pub text: String,
}

/// The changes that rename an id.
#[derive(Debug, Default)]
pub struct RenamePlan {
    pub changes: Vec<FileChange>,
    /// Documents that get a new name, because they are named after the renamed source.
    pub moves: Vec<FileMove>,
    pub places: Vec<RenamedPlace>,
}

/// Why an id can't be renamed.
#[derive(Debug, Error)]
pub enum RenameFault {
    #[error(
        "`{0}` can't be an id: ids consist of letters, digits, `_` and single `-`, and begin with a letter or digit"
    )]
    BadId(String),
    #[error("`{0}` is the id already")]
    Same(String),
    #[error("there is no {what} `{name}`{}", near.as_ref().map_or_else(String::new, |near| format!("; did you mean `{near}`?")))]
    Unknown { what: &'static str, name: String, near: Option<String> },
    #[error("the id `{id}` is taken: {by}")]
    Taken { id: String, by: String },
    #[error("{path}: {fault}")]
    Syntax { path: String, fault: SyntaxFault },
    /// A place where the id can't be replaced without changing other parts of the text.
    #[error("{path}, line {line}: this use of the id can't be renamed; change it by hand")]
    ByHand { path: String, line: usize },
    #[error("`{LOCK_PATH}` is damaged: run `sourcewise verify` first")]
    Lock,
    #[error(transparent)]
    Disk(#[from] Error),
}

/// Finds all places where an id is written, and prepares the changes that rename it.
///
/// # Errors
/// If an id is unknown, invalid or taken, or if a file can't be read or changed.
pub fn plan_rename(project: &Project, rename: &Rename) -> Result<RenamePlan, RenameFault> {
    let site = SiteTexts::read(project)?;
    check_ids(&site, rename)?;
    let mut planner = Planner { site: &site, rename, plan: RenamePlan::default() };
    if rename.what == Renamed::Source {
        planner.plan.moves = site.moves(project, &rename.old, &rename.new)?;
    }
    for record in &site.records {
        planner.record(record)?;
    }
    for question in &site.questions {
        planner.question(question)?;
    }
    for page in &site.pages {
        planner.page(page)?;
    }
    if rename.what == Renamed::Source {
        planner.lock()?;
    }
    Ok(planner.plan)
}

fn check_ids(site: &SiteTexts, rename: &Rename) -> Result<(), RenameFault> {
    let Rename { what, old, new } = rename;
    if !is_id(new) {
        return Err(RenameFault::BadId(new.clone()));
    }
    let unknown = |what: &'static str, name: &str, known: &[String]| {
        let near = nearest_name(name, known.iter().map(String::as_str)).map(str::to_owned);
        RenameFault::Unknown { what, name: name.to_owned(), near }
    };
    let (known, taken) = match what {
        Renamed::Source => (site.source_ids(), site.source_taken(new)?),
        Renamed::Question => (site.question_ids(), site.question_taken(new)),
        Renamed::Position { question } => {
            let file = site.questions.iter().find(|file| file.stem() == question);
            let file = file.ok_or_else(|| unknown("question", question, &site.question_ids()))?;
            let positions = parse_question(file)?.positions();
            let label = positions.iter().find(|(id, _)| id == new).map(|(_, label)| format!("“{label}”"));
            (positions.into_iter().map(|(id, _)| id).collect(), label)
        }
    };
    if !known.contains(old) {
        return Err(unknown(what.name(), old, &known));
    }
    if old == new {
        return Err(RenameFault::Same(old.clone()));
    }
    // On many systems, names that differ only in case are one file.
    let is_other_case = old.to_lowercase() == new.to_lowercase();
    match taken.filter(|_| !is_other_case || known.contains(new)) {
        Some(by) => Err(RenameFault::Taken { id: new.clone(), by }),
        None => Ok(()),
    }
}

fn parse_question(file: &TextFile) -> Result<QuestionText, RenameFault> {
    let syntax = |fault| RenameFault::Syntax { path: file.path.clone(), fault };
    QuestionText::parse(&file.text).map_err(syntax)
}

struct Planner<'p> {
    site: &'p SiteTexts,
    rename: &'p Rename,
    plan: RenamePlan,
}

impl Planner<'_> {
    fn record(&mut self, file: &TextFile) -> Result<(), RenameFault> {
        let syntax = |fault| RenameFault::Syntax { path: file.path.clone(), fault };
        let (splices, meant) =
            record::splices(self.rename, file, self.site, &self.plan.moves).map_err(|fault| match fault {
                record::Fault::Syntax(fault) => syntax(fault),
                record::Fault::ByHand(line) => RenameFault::ByHand { path: file.path.clone(), line },
            })?;
        let is_renamed = self.rename.what == Renamed::Source && file.stem() == self.rename.old;
        self.add(file, is_renamed, splices, |old, new| meaning::check(old, new, |values| *values = meant))
    }

    fn question(&mut self, file: &TextFile) -> Result<(), RenameFault> {
        let question = parse_question(file)?;
        let mut splices = Splices::default();
        if self.rename.what == (Renamed::Position { question: file.stem().to_owned() }) {
            let (head, start) = question.head();
            let map = TextMap::new(Text { text: head, syntax: question.syntax() }, "positions", "");
            for key in map.id_ranges().into_iter().filter(|key| key.id == self.rename.old) {
                let new = toml_key_like(&self.rename.new, &head[key.range.clone()]);
                splices.replace(start + key.range.start..start + key.range.end, new);
            }
        }
        let is_renamed = self.rename.what == Renamed::Question && file.stem() == self.rename.old;
        self.markdown(file, &Location::of_question(file.stem()), &mut splices)?;
        self.add(file, is_renamed, splices, |_, _| Ok(()))
    }

    fn page(&mut self, file: &TextFile) -> Result<(), RenameFault> {
        let mut splices = Splices::default();
        if self.rename.what == Renamed::Question {
            self.verdict(file, &mut splices)?;
        }
        self.markdown(file, &Location::of_page(&file.path), &mut splices)?;
        self.add(file, false, splices, |_, _| Ok(()))
    }

    /// Adds the replacements in the front matter of a page.
    fn verdict(&self, file: &TextFile, splices: &mut Splices) -> Result<(), RenameFault> {
        let syntax = |fault| RenameFault::Syntax { path: file.path.clone(), fault };
        let Some((head, front_matter)) = Syntax::parse_front_matter(&file.text).map_err(syntax)? else {
            return Ok(());
        };
        let text = &file.text[head.clone()];
        let is_old = |value: &&Value| value.text().is_some_and(|id| id.trim() == self.rename.old);
        for Value { span, .. } in page::question_ids(&front_matter).into_iter().filter(is_old) {
            let new = toml_string_like(&self.rename.new, &text[span.clone()], "\n");
            splices.replace(head.start + span.start..head.start + span.end, new);
        }
        Ok(())
    }

    /// Adds the replacements in the text below the front matter. An error if the file has no front matter.
    fn markdown(
        &self,
        file: &TextFile,
        location: &Location,
        splices: &mut Splices,
    ) -> Result<(), RenameFault> {
        let Some((_, start)) = front_matter_fences(&file.text) else {
            let message = "this file has no front matter between two lines `+++`".to_owned();
            return Err(RenameFault::Syntax {
                path: file.path.clone(),
                fault: SyntaxFault { line: 1, message },
            });
        };
        let found = markdown::replacements(self.rename, &file.text[start..], location, self.site);
        let found = found.map_err(|at| RenameFault::ByHand {
            path: file.path.clone(),
            line: line_number(&file.text, start + at),
        })?;
        for (range, new) in found {
            splices.replace(start + range.start..start + range.end, new);
        }
        Ok(())
    }

    /// Adds the places and the changes of a file to the plan. If `is_renamed`, the file is named after the new id.
    /// `check` gets the old and the new text.
    fn add(
        &mut self,
        file: &TextFile,
        is_renamed: bool,
        splices: Splices,
        check: impl FnOnce(&str, &str) -> Result<(), EditFault>,
    ) -> Result<(), RenameFault> {
        let by_hand = |line| RenameFault::ByHand { path: file.path.clone(), line };
        let lines: Vec<usize> = splices.starts().map(|at| line_number(&file.text, at)).collect();
        let new = splices.apply(&file.text).ok_or_else(|| by_hand(1))?;
        check(&file.text, &new).map_err(|_| by_hand(lines.first().copied().unwrap_or(1)))?;
        for line in lines {
            let text = file.text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
            self.plan.places.push(RenamedPlace { path: file.path.clone(), line, text });
        }
        let (before, after) = (Some(file.text.clone()), Some(new));
        if is_renamed {
            let path = file.path_with_stem(&self.rename.new);
            self.plan.changes.push(FileChange { path: file.path.clone(), before, after: None });
            self.plan.changes.push(FileChange { path, before: None, after });
        } else if before != after {
            self.plan.changes.push(FileChange { path: file.path.clone(), before, after });
        }
        Ok(())
    }

    /// Renames the source in the lock: its proofs stay valid, because the document doesn't change.
    fn lock(&mut self) -> Result<(), RenameFault> {
        let Rename { old, new, .. } = self.rename;
        let Some(text) = &self.site.lock else { return Ok(()) };
        let mut lock: Lock = toml::from_str(text).map_err(|_| RenameFault::Lock)?;
        let Some(entry) = lock.source.remove(old) else { return Ok(()) };
        entry.check(old).map_err(|_| RenameFault::Lock)?;
        lock.source.insert(new.clone(), entry.sealed(new));
        let is_windows = text.contains("\r\n");
        let after = if is_windows { lock.to_toml().replace('\n', "\r\n") } else { lock.to_toml() };
        let (before, path) = (Some(text.clone()), LOCK_PATH.to_owned());
        self.plan.changes.push(FileChange { path, before, after: Some(after) });
        Ok(())
    }
}
