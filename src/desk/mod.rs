//! The desk: a place in the browser to read the sources and write the records. `serve` passes it the requests below
//! `/desk/`, and the result of each build.
//!
//! | module | content |
//! | --- | --- |
//! | `requests`, `replies` | the JSON that the app in `templates/desk` sends and gets |
//! | `responses` | HTTP status, headers and body of a reply |
//! | `session` | decides which requests are answered |
//! | `snapshot` | the site as of its last build |
//! | `board`, `reader` | what the app shows |
//! | `proof` | makes a quote of a selection |
//! | `record_check` | what a build would say of a record |
//! | `actions`, `edits`, `new_ids` | turn an action into changes of files |
//! | `offsets` | bytes of a document ↔ offsets in the browser |
//! | `assets` | the app's files |
//!
//! The app asks below `/desk/api/`:
//!
//! | request | body | reply |
//! | --- | --- | --- |
//! | `GET words` | | the interface's texts, by key |
//! | `GET board` | | `replies::Board` |
//! | `GET source/<id>` | | `replies::Reader` |
//! | `POST prove` | `requests::Selection` | `replies::Proof` |
//! | `POST check` | `requests::AnswerToCheck` | `replies::Checked` |
//! | `POST do` | `requests::Action` | `replies::Done` |
//!
//! A request that fails gets a `replies::Failure`. Sources, questions and answers are named by ids, never by paths.
//!
//! Files are the truth: a source's record is read from the disk for each `source`, `check` and `do`, and a change is
//! planned on the text that is there. The rest is as of the last build. [`crate::edit`] writes and undoes changes.

mod actions;
mod assets;
mod board;
mod edits;
mod new_ids;
mod offsets;
mod proof;
mod reader;
mod record_check;
mod replies;
mod requests;
mod responses;
mod session;
mod snapshot;

use std::sync::{Arc, Mutex};

use crate::edit::{
    ApplyError, History, Ignored, OpenError, RecordText, Rename, RenameFault, Renamed, plan_rename, read_text,
};
use crate::error::Error;
use crate::files::Files;
use crate::ids::PositionId;
use crate::load::Project;
use crate::problem::Problem;
use crate::sync::lock;

use actions::plan;
use edits::{record_path, rename_label};
use record_check::CheckedRecord;
use replies::{Board, Checked, Done, Failure, FailureKind, HistoryView, Proof, Reader, RecentView};
use requests::{Action, AnswerToCheck, Selection};
use responses::{body, denied, failed, first_visit, response, to_json};
use session::{Access, Session};
use snapshot::Snapshot;

pub use assets::files;
pub use responses::Response;
pub use session::Request;
pub use snapshot::BuildResult;

/// The path of the desk in the served site, without slashes.
pub const PATH: &str = "desk";

/// A change is planned again at most this often if another program writes its files meanwhile.
const MAX_TRIES: usize = 5;
/// The board lists at most this many of the latest changes.
const MAX_RECENT: usize = 12;

/// The desk of one site, while `serve` runs.
pub struct Desk {
    project: Project,
    session: Session,
    history: Mutex<History>,
    /// `None` until the first build that could read the site.
    latest: Mutex<Option<Arc<Snapshot>>>,
}

impl Desk {
    /// Opens the desk of a site. `port` is where it will be served.
    ///
    /// # Errors
    /// If another desk has the folder open, its history can't be read, or the system has no random numbers.
    pub fn open(project: &Project, port: u16) -> Result<Self, Error> {
        let history = History::open(&project.root, project.originals.as_deref());
        let history = history.map_err(|error| open_error(&error))?;
        Ok(Self {
            project: project.clone(),
            session: Session::start(port)?,
            history: Mutex::new(history),
            latest: Mutex::default(),
        })
    }

    /// The desk's address, relative to the site's address, with the token.
    pub fn address(&self) -> String {
        format!("{PATH}/?{}", self.session.query())
    }

    /// Files of the history that were not read, for messages.
    pub fn ignored(&self) -> Vec<Ignored> {
        lock(&self.history).ignored().to_vec()
    }

    /// Replaces the snapshot by the result of a build, and increments its revision.
    pub fn update(&self, build: BuildResult) {
        let mut latest = lock(&self.latest);
        let revision = latest.as_ref().map_or(0, |old| old.revision) + 1;
        *latest = Some(Snapshot::prepare(revision, build));
    }

    /// Adds problems that were found after the last build. `files` are the files that they point into.
    pub fn add_problems(&self, problems: Vec<Problem>, files: Files) {
        if let Some(snapshot) = &*lock(&self.latest) {
            // They are found once for each build.
            let _ = snapshot.late_problems.set((problems, files));
        }
    }

    /// Answers a request below `/desk/`.
    pub fn respond(&self, request: &Request<'_>) -> Response {
        match self.session.check(request) {
            Access::Granted => {}
            Access::FirstVisit { cookie } => return first_visit(request.path, cookie),
            Access::Denied(reason) => return denied(request.path, reason),
        }
        let Some(call) = request.path.strip_prefix("api/") else { return self.page(request) };
        let reply = match (request.is_post, call) {
            (false, "words") => self.snapshot().map(|snapshot| to_json(&snapshot.build.words)),
            (false, "board") => self.board().map(|board| to_json(&board)),
            (false, call) if call.starts_with("source/") => {
                self.reader(&call["source/".len()..]).map(|reader| to_json(&reader))
            }
            (true, "prove") => {
                body(request).and_then(|selection| self.prove(&selection)).map(|proof| to_json(&proof))
            }
            (true, "check") => {
                body(request).and_then(|answer| self.check(&answer)).map(|checked| to_json(&checked))
            }
            (true, "do") => body(request).and_then(|action| self.run(action)).map(|done| to_json(&done)),
            _ => Err(Failure::new(FailureKind::Missing, "the desk has no such address", "")),
        };
        match reply {
            Ok(body) => response(200, "application/json; charset=utf-8", body),
            Err(failure) => failed(&failure),
        }
    }

    /// Returns one of the app's files for a path below `assets/`, and the app's page for every other path.
    fn page(&self, request: &Request<'_>) -> Response {
        if request.is_post {
            return failed(&Failure::new(FailureKind::Missing, "the desk has no such address", ""));
        }
        if let Some(name) = request.path.strip_prefix("assets/") {
            return match assets::file(name) {
                Some((media_type, text)) => response(200, media_type, text.as_bytes().to_vec()),
                None => response(404, "text/plain; charset=utf-8", b"Not found.\n".to_vec()),
            };
        }
        let latest = lock(&self.latest).clone();
        let site = latest.as_ref().map(|snapshot| &snapshot.build.compared.verified.site);
        let (language, title) = site.map_or(("en", ""), |site| (&site.language, &site.title));
        response(200, "text/html; charset=utf-8", assets::page(language, title).into_bytes())
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, Failure> {
        let latest = lock(&self.latest).clone();
        latest.ok_or_else(|| {
            Failure::new(
                FailureKind::Missing,
                "the site could not be read yet",
                "see the terminal for the reason",
            )
        })
    }

    fn board(&self) -> Result<Board, Failure> {
        let snapshot = self.snapshot()?;
        let history = lock(&self.history);
        let recent = history.recent().take(MAX_RECENT).map(|change| RecentView {
            what: change.label.what.clone(),
            source: change.label.source.clone(),
            question: change.label.question.clone(),
            at: change.at.to_owned(),
        });
        let recent = recent.collect();
        Ok(board::board(&snapshot, history_view(&history), recent))
    }

    fn reader(&self, id: &str) -> Result<Reader, Failure> {
        let snapshot = self.snapshot()?;
        let source = snapshot.source(id).ok_or_else(|| no_source(id))?;
        let path = record_path(&source.id);
        let record = match (self.read(&path)?, snapshot.draft(&source.id)) {
            (Some(text), Some(draft)) => CheckedRecord::of(&snapshot, draft, &path, &text),
            _ => CheckedRecord::default(),
        };
        let reply = reader::reader(&snapshot, source, path, &record);
        // Who says each passage is found out ahead: otherwise, the first selection in a long document would wait.
        let source = source.id.clone();
        rayon::spawn(move || {
            if let Some(document) = snapshot.build.compared.corpus.get(&source) {
                snapshot.attributions(&source, document);
            }
        });
        Ok(reply)
    }

    fn prove(&self, selection: &Selection) -> Result<Proof, Failure> {
        let snapshot = self.snapshot()?;
        let source = snapshot.source(&selection.source).ok_or_else(|| no_source(&selection.source))?;
        proof::prove_selection(&snapshot, source, selection).ok_or_else(|| {
            Failure::new(FailureKind::Invalid, "the document has no such place", "reload the page")
        })
    }

    /// Returns the problems that an answer would have if it were saved. Saves nothing.
    fn check(&self, wanted: &AnswerToCheck) -> Result<Checked, Failure> {
        let snapshot = self.snapshot()?;
        let source = snapshot.source(&wanted.source).ok_or_else(|| no_source(&wanted.source))?;
        let draft = snapshot.draft(&source.id).ok_or_else(|| no_source(&wanted.source))?;
        let answer = wanted.answer.clone();
        let question = answer.question.clone();
        let action = Action::SaveAnswer { source: wanted.source.clone(), id: wanted.id.clone(), answer };
        let plan = plan(&snapshot, &|path| self.read(path), action)?;
        let path = record_path(&source.id);
        let planned = plan.changes.iter().find(|change| change.path == path);
        let text = match planned.and_then(|change| change.after.clone()) {
            Some(text) => text,
            None => self.read(&path)?.unwrap_or_default(),
        };
        // The question's file may lack the position as long as the answer isn't saved.
        let position = plan.position.and_then(|id| PositionId::parse(&id));
        let added = position.map(|position| (question.as_str(), position));
        let record = CheckedRecord::with_position(&snapshot, draft, &path, &text, added);
        let ids = record.text.as_ref().map(RecordText::answer_ids).unwrap_or_default();
        let index = ids.iter().position(|id| Some(id) == plan.id.as_ref());
        let problems = index.and_then(|index| record.answer_problems.get(index).cloned()).unwrap_or_default();
        Ok(Checked { problems })
    }

    /// Carries out an action and records it in the history. The reply has the id of the saved answer or new question.
    fn run(&self, action: Action) -> Result<Done, Failure> {
        let mut history = lock(&self.history);
        match action {
            Action::Undo => drop(history.undo().map_err(|error| apply_failure(&error))?),
            Action::Redo => drop(history.redo().map_err(|error| apply_failure(&error))?),
            Action::Rename { what, question, old, new } => {
                let what = match what {
                    requests::Renamed::Source => Renamed::Source,
                    requests::Renamed::Question => Renamed::Question,
                    requests::Renamed::Position => {
                        Renamed::Position { question: question.unwrap_or_default() }
                    }
                };
                let label = rename_label(&self.snapshot()?.build.words, &old, &new);
                let plan = plan_rename(&self.project, &Rename { what, old, new });
                let plan = plan.map_err(|fault| rename_failure(&fault))?;
                let done = history.apply_with_moves(label, plan.changes, plan.moves);
                done.map_err(|error| apply_failure(&error))?;
            }
            action => return self.change(&mut history, &action),
        }
        Ok(Done { history: history_view(&history), id: None, question: None })
    }

    /// Plans an action on the texts that are on the disk, and makes its changes. If another program writes one of these
    /// files meanwhile, plans it again: the change may fit the new text, too.
    fn change(&self, history: &mut History, action: &Action) -> Result<Done, Failure> {
        let snapshot = self.snapshot()?;
        for _ in 0..MAX_TRIES {
            let plan = plan(&snapshot, &|path| self.read(path), action.clone())?;
            match history.apply(plan.what.label(&snapshot.build.words), plan.changes) {
                Err(ApplyError::Changed { .. }) => {}
                other => {
                    other.map_err(|error| apply_failure(&error))?;
                    let history = history_view(history);
                    return Ok(Done { history, id: plan.id, question: plan.question });
                }
            }
        }
        Err(Failure::new(
            FailureKind::Changed,
            "another program keeps changing the file",
            "try again when it has finished",
        ))
    }

    /// Reads a file of the site. `None` if it doesn't exist.
    fn read(&self, path: &str) -> Result<Option<String>, Failure> {
        read_text(&self.project.root.join(path)).map_err(|error| {
            Failure::new(FailureKind::Io, format!("cannot read {path}: {error}"), "nothing was written")
        })
    }
}

fn open_error(error: &OpenError) -> Error {
    Error::Desk { reason: error.to_string() }
}

fn rename_failure(fault: &RenameFault) -> Failure {
    let (kind, help) = match fault {
        RenameFault::BadId(_) | RenameFault::Same(_) | RenameFault::Taken { .. } => {
            (FailureKind::Invalid, "choose another id")
        }
        RenameFault::Unknown { .. } => (FailureKind::Missing, "reload the page"),
        RenameFault::Syntax { .. } | RenameFault::ByHand { .. } => {
            (FailureKind::Invalid, "correct this place in an editor first")
        }
        RenameFault::Lock => (FailureKind::Invalid, "run `sourcewise verify`, then try again"),
        RenameFault::Disk(_) => (FailureKind::Io, "nothing was written"),
    };
    Failure::new(kind, fault.to_string(), help)
}

fn history_view(history: &History) -> HistoryView {
    HistoryView { undo: history.next_undo().map(str::to_owned), redo: history.next_redo().map(str::to_owned) }
}

fn no_source(id: &str) -> Failure {
    Failure::new(FailureKind::Missing, format!("there is no source `{id}`"), "reload the page")
}

fn apply_failure(error: &ApplyError) -> Failure {
    let (kind, help) = match error {
        ApplyError::Changed { .. } => {
            (FailureKind::Changed, "what the file says now is kept: make this change in an editor")
        }
        ApplyError::Io { .. } | ApplyError::Partly { .. } => {
            (FailureKind::Io, "check the disk and the file's permissions, then try again")
        }
        ApplyError::Outside { .. } => (FailureKind::Invalid, "reload the page"),
        ApplyError::Linked { .. } => (FailureKind::Invalid, "nothing was written"),
    };
    Failure::new(kind, error.to_string(), help)
}
