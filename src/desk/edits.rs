//! The texts of the site's files while an action is planned: read from the disk, changed in memory.

use std::collections::BTreeMap;

use super::replies::{Failure, FailureKind};
use super::snapshot::Snapshot;
use crate::edit::{EditFault, FileChange, Label, QuestionText, RecordText, SyntaxFault, new_record};
use crate::ids::{QuestionId, SourceId};
use crate::load::Publish;
use crate::verify::Source;

/// Reads the site's files by their paths. `None` if there is no such file.
pub(super) type ReadFile<'a> = &'a dyn Fn(&str) -> Result<Option<String>, Failure>;

/// The path of a record.
pub(super) fn record_path(source: &SourceId) -> String {
    format!("seeds/{source}.toml")
}

pub(super) fn question_path(question: &QuestionId) -> String {
    format!("content/questions/{question}.md")
}

/// What a change is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct What {
    /// The key of the interface's text that describes the change.
    pub(super) key: &'static str,
    /// The source and question, each with its id and short name.
    pub(super) source: Option<(String, String)>,
    pub(super) question: Option<(String, String)>,
}

impl What {
    /// Describes the change in the site's language. `words` are the interface's texts.
    pub(super) fn label(&self, words: &BTreeMap<String, String>) -> Label {
        let text = words.get(self.key).map_or(self.key, String::as_str);
        let name = |named: &Option<(String, String)>| named.as_ref().map_or("", |(_, name)| name).to_owned();
        let id = |named: &Option<(String, String)>| named.as_ref().map(|(id, _)| id.clone());
        let what = text.replace("{source}", &name(&self.source)).replace("{question}", &name(&self.question));
        Label { what, source: id(&self.source), question: id(&self.question) }
    }
}

/// Describes the renaming of an id in the site's language.
pub(super) fn rename_label(words: &BTreeMap<String, String>, old: &str, new: &str) -> Label {
    let text = words.get("did_rename").map_or("did_rename", String::as_str);
    Label { what: text.replace("{old}", old).replace("{new}", new), source: None, question: None }
}

/// The files that an action changes, with their texts before and after.
pub(super) struct Edits<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) read: ReadFile<'a>,
    /// By path: the text on the disk (`None` if there is no file), and the text after the edits so far.
    texts: BTreeMap<String, (Option<String>, String)>,
}

impl<'a> Edits<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, read: ReadFile<'a>) -> Self {
        Self { snapshot, read, texts: BTreeMap::new() }
    }

    /// Returns the text of a file as it is after the edits so far.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, Failure> {
        match self.texts.get(path) {
            Some((_, now)) => Ok(Some(now.clone())),
            None => (self.read)(path),
        }
    }

    pub(super) fn write(&mut self, path: String, text: String) -> Result<(), Failure> {
        let before = match self.texts.remove(&path) {
            Some((before, _)) => before,
            None => (self.read)(&path)?,
        };
        self.texts.insert(path, (before, text));
        Ok(())
    }

    pub(super) fn changes(self) -> Vec<FileChange> {
        let changed = self.texts.into_iter().filter(|(_, (before, now))| before.as_ref() != Some(now));
        changed.map(|(path, (before, now))| FileChange { path, before, after: Some(now) }).collect()
    }

    pub(super) fn source(&self, id: &str) -> Result<&'a Source, Failure> {
        self.snapshot.source(id).ok_or_else(|| missing("source", id))
    }

    pub(super) fn what(&self, key: &'static str, source: Option<&Source>, question: &str) -> What {
        let questions = &self.snapshot.build.compared.verified.questions;
        let known = questions.iter().find(|known| known.id.as_str() == question);
        What {
            key,
            source: source.map(|source| (source.id.to_string(), source.short().to_owned())),
            question: known.map(|known| (known.id.to_string(), known.short.clone())),
        }
    }

    /// Returns the record of a source; a new one if it has none.
    pub(super) fn record(&self, source: &Source) -> Result<RecordText, Failure> {
        let path = record_path(&source.id);
        let text = match self.text(&path)? {
            Some(text) => text,
            None => self.new_record(source),
        };
        RecordText::parse(&text).map_err(|fault| syntax_failure(&path, &fault))
    }

    fn new_record(&self, source: &Source) -> String {
        let draft = self.snapshot.draft(&source.id);
        let document = draft.and_then(|draft| draft.document.as_ref());
        let meta = document.map(|document| document.meta.clone()).unwrap_or_default();
        let name = draft.and_then(|draft| draft.document_name.as_ref()).map(|name| name.value.as_str());
        let publish = draft.map_or(Publish::Quotes, |draft| draft.publish);
        new_record(&meta, &source.about.title, name, publish)
    }

    pub(super) fn write_record(
        &mut self,
        source: &Source,
        edited: Result<String, EditFault>,
    ) -> Result<(), Failure> {
        let path = record_path(&source.id);
        let text = edited.map_err(|fault| edit_failure(&path, &fault))?;
        self.write(path, text)
    }

    pub(super) fn question_text(&self, question: &QuestionId) -> Result<QuestionText, Failure> {
        let path = question_path(question);
        let text = self.text(&path)?.ok_or_else(|| missing("question", question.as_str()))?;
        QuestionText::parse(&text).map_err(|fault| syntax_failure(&path, &fault))
    }

    pub(super) fn write_question(
        &mut self,
        question: &QuestionId,
        edited: Result<String, EditFault>,
    ) -> Result<(), Failure> {
        let path = question_path(question);
        let text = edited.map_err(|fault| edit_failure(&path, &fault))?;
        self.write(path, text)
    }

    /// Returns a source's record, and the index of the answer with an id. A failure of the kind `Changed` if there is
    /// none.
    pub(super) fn answer(&self, source: &Source, id: &str) -> Result<(RecordText, usize), Failure> {
        let record = self.record(source)?;
        match record.find_answer(id) {
            Some(index) => Ok((record, index)),
            None => Err(Failure::new(
                FailureKind::Changed,
                "this answer was changed or deleted elsewhere meanwhile",
                "compare it with what the record says now, then save again",
            )),
        }
    }
}

pub(super) fn missing(what: &str, id: &str) -> Failure {
    Failure::new(FailureKind::Missing, format!("there is no {what} `{id}`"), "reload the page")
}

fn syntax_failure(path: &str, fault: &SyntaxFault) -> Failure {
    Failure::new(
        FailureKind::Invalid,
        format!("{path} can't be changed, because its TOML has an error: {fault}"),
        "correct it in an editor, then save again",
    )
}

fn edit_failure(path: &str, fault: &EditFault) -> Failure {
    Failure::new(FailureKind::Invalid, format!("{path}: {fault}"), "nothing was written")
}

/// Parses the id of a question. A failure of the kind `Missing` if it isn't a valid id.
pub(super) fn question_id(id: &str) -> Result<QuestionId, Failure> {
    QuestionId::parse(id.trim()).ok_or_else(|| missing("question", id))
}
