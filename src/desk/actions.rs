//! Turns an action into changes of the site's files. Nothing is written here.

use super::edits::{Edits, ReadFile, What, missing, question_id, question_path, record_path};
use super::new_ids::{free_id, no_id};
use super::reader::answer_view;
use super::replies::{Failure, FailureKind};
use super::requests::{Action, AnswerForm};
use super::snapshot::Snapshot;
use crate::edit::{AnswerText, FileChange, RecordText, new_question};
use crate::ids::{PositionId, QuestionId};
use crate::verify::Source;
use sourcewise_analysis::Voice;

/// What an action would change.
#[derive(Debug)]
pub(super) struct Plan {
    /// What the change is about, for the history.
    pub(super) what: What,
    pub(super) changes: Vec<FileChange>,
    /// The id of the answer that is saved, or that a quote is moved to.
    pub(super) id: Option<String>,
    /// The id of the position that the form's `new_position` means. It is added to the question if it is new.
    pub(super) position: Option<String>,
    /// The id of the new question.
    pub(super) question: Option<String>,
}

/// Plans an action. Refuses renaming, which [`crate::edit`] plans, and undo and redo, which need no plan.
pub(super) fn plan(snapshot: &Snapshot, read: ReadFile<'_>, action: Action) -> Result<Plan, Failure> {
    let mut edits = Edits::new(snapshot, read);
    let mut plan =
        Plan { what: What::default(), changes: Vec::new(), id: None, position: None, question: None };
    match action {
        Action::SaveAnswer { source, id, answer } => {
            edits.plan_answer(&mut plan, &source, id.as_deref(), &answer)?;
        }
        Action::DeleteAnswer { source, id } => {
            let source = edits.source(&source)?;
            let (record, index) = edits.answer(source, &id)?;
            plan.what = edits.what("did_delete", Some(source), &record.answers()[index].question);
            edits.write_record(source, record.remove_answer(index))?;
        }
        Action::MoveQuote { source, id, quote, to, question } => {
            let source = edits.source(&source)?;
            plan.what = edits.what("did_move", Some(source), question.as_deref().unwrap_or_default());
            plan.id = edits.move_quote(source, &id, quote, to.as_deref(), question)?;
        }
        Action::SetSilent { source, question, reason } => {
            edits.plan_silence(&mut plan, &source, &question, reason.as_deref())?;
        }
        Action::ClearSilent { source, question } => {
            let source = edits.source(&source)?;
            plan.what = edits.what("did_clear", Some(source), &question);
            let record = edits.record(source)?;
            edits.write_record(source, record.clear_silent(&question))?;
        }
        Action::NewQuestion { title, short, terms, positions } => {
            let id = edits.new_question(&title, short.as_deref(), &terms, &positions)?;
            plan.what = What { key: "did_question", source: None, question: Some((id.clone(), title)) };
            plan.question = Some(id);
        }
        Action::RenamePositionLabel { question, position, label } => {
            let question = question_id(&question)?;
            plan.what = edits.what("did_label", None, question.as_str());
            let label = required(&label, "the label is empty")?;
            let text = edits.question_text(&question)?;
            edits.write_question(&question, text.set_position_label(&position, label))?;
        }
        Action::MergePositions { question, from, into } => {
            let question = question_id(&question)?;
            plan.what = edits.what("did_merge", None, question.as_str());
            edits.merge_positions(&question, &from, &into)?;
        }
        Action::Rename { .. } | Action::Undo | Action::Redo => {
            return Err(Failure::new(FailureKind::Invalid, "this action changes no text", ""));
        }
    }
    plan.changes = edits.changes();
    Ok(plan)
}

impl Edits<'_> {
    fn plan_answer(
        &mut self,
        plan: &mut Plan,
        source: &str,
        id: Option<&str>,
        answer: &AnswerForm,
    ) -> Result<(), Failure> {
        let source = self.source(source)?;
        plan.what = self.what("did_answer", Some(source), &answer.question);
        let is_new = answer.new_position.as_deref().is_some_and(|label| !label.trim().is_empty());
        let (id, position) = self.save_answer(source, id, answer)?;
        plan.id = Some(id);
        plan.position = is_new.then_some(position);
        Ok(())
    }

    fn plan_silence(
        &mut self,
        plan: &mut Plan,
        source: &str,
        question: &str,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        let source = self.source(source)?;
        let question = question_id(question)?;
        plan.what = self.what("did_silent", Some(source), question.as_str());
        self.question_text(&question)?;
        if self.record(source)?.answers().iter().any(|answer| answer.question.trim() == question.as_str()) {
            return Err(Failure::new(
                FailureKind::Invalid,
                "the source has an answer to this question, so it is not silent",
                "delete the answer first",
            ));
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let record = self.record(source)?;
        self.write_record(source, record.set_silent(question.as_str(), reason))
    }

    /// Saves an answer. It replaces the answer with the id `id`; without `id`, it is added. The source is no longer
    /// silent on its question. Returns the id that the answer has now, and that of its position.
    fn save_answer(
        &mut self,
        source: &Source,
        id: Option<&str>,
        form: &AnswerForm,
    ) -> Result<(String, String), Failure> {
        let question = question_id(&form.question)?;
        let old = match id {
            Some(id) => {
                let found = self.answer(source, id);
                let (record, index) =
                    found.map_err(|failure| self.with_current(failure, source, &question))?;
                Some(record.answers()[index].clone())
            }
            None => None,
        };
        let position = self.position(&question, form, old.as_ref())?;
        if let Some(voice) = form.voice.as_deref().map(str::trim).filter(|voice| !voice.is_empty())
            && !Voice::ALL.iter().any(|known| known.as_str() == voice)
        {
            return Err(Failure::new(
                FailureKind::Invalid,
                format!("there is no voice `{voice}`"),
                "choose one",
            ));
        }
        let answer = form.to_text(&position, old.as_ref());
        let record = self.record_without_silence(source, &question)?;
        let text = match id.and_then(|id| record.find_answer(id)) {
            Some(index) => record.change_answer(index, &answer),
            None => record.add_answer(&answer),
        };
        self.write_record(source, text)?;
        Ok((self.id_of(source, &answer)?, position))
    }

    /// Removes the note that a source is silent on a question, if its record has one. Returns the record.
    fn record_without_silence(
        &mut self,
        source: &Source,
        question: &QuestionId,
    ) -> Result<RecordText, Failure> {
        let record = self.record(source)?;
        let silences = record.silences();
        let Some(silence) = silences.iter().find(|silence| silence.question.trim() == question.as_str())
        else {
            return Ok(record);
        };
        self.write_record(source, record.clear_silent(&silence.question))?;
        self.record(source)
    }

    /// Returns the id of an answer in the edited record: of the last one, if several are equal. Empty if there is none.
    fn id_of(&self, source: &Source, answer: &AnswerText) -> Result<String, Failure> {
        let record = self.record(source)?;
        let index = record.answers().iter().rposition(|written| written == answer);
        Ok(index.and_then(|index| record.answer_ids().into_iter().nth(index)).unwrap_or_default())
    }

    /// Adds the record's current answer to a failure of the kind `Changed`: its only answer to the same question. Adds
    /// nothing if it has none or several.
    fn with_current(&self, failure: Failure, source: &Source, question: &QuestionId) -> Failure {
        let (FailureKind::Changed, Ok(record)) = (failure.kind, self.record(source)) else { return failure };
        let same = |answer: &&AnswerText| answer.question.trim() == question.as_str();
        let mut same = record.answers().iter().zip(record.answer_ids()).filter(|(answer, _)| same(answer));
        let (Some((answer, id)), None) = (same.next(), same.next()) else { return failure };
        let document = self.snapshot.build.compared.corpus.get(&source.id);
        let view = answer_view(source, document, id, answer);
        Failure { current: Some(Box::new(view)), ..failure }
    }

    /// Returns the id of the answer's position. A label in `new_position` counts first: it means the position that has
    /// this label, or else a new one, which is added to the question. Empty if the answer has no position yet. Refuses
    /// a position that the question lacks, unless `old`, the answer that is replaced, has it already.
    fn position(
        &mut self,
        question: &QuestionId,
        form: &AnswerForm,
        old: Option<&AnswerText>,
    ) -> Result<String, Failure> {
        let text = self.question_text(question)?;
        let known = text.positions();
        let label = form.new_position.as_deref().map(str::trim).filter(|label| !label.is_empty());
        let Some(label) = label else {
            let id = form.position.as_deref().unwrap_or_default().trim();
            let is_known = known.iter().any(|(known, _)| known == id);
            let is_kept = id.is_empty() || old.is_some_and(|old| old.position.trim() == id);
            return if is_known || is_kept { Ok(id.to_owned()) } else { Err(missing("position", id)) };
        };
        if let Some((id, _)) = known.iter().find(|(_, known)| known.trim() == label) {
            return Ok(id.clone());
        }
        let is_taken = |id: &str| known.iter().any(|(known, _)| known == id);
        let id = free_id(label, is_taken).filter(|id| PositionId::parse(id).is_some());
        let id = id.ok_or_else(|| no_id(label))?;
        self.write_question(question, text.add_position(&id, label))?;
        Ok(id)
    }

    /// Moves the quote with this index to the answer `to`, or else to a new answer to `question`. Returns the id of the
    /// answer that the quote is in now.
    fn move_quote(
        &mut self,
        source: &Source,
        id: &str,
        quote: usize,
        to: Option<&str>,
        question: Option<String>,
    ) -> Result<Option<String>, Failure> {
        let (record, index) = self.answer(source, id)?;
        let target = to.map(|to| self.answer(source, to)).transpose()?.map(|(_, index)| index);
        let mut from = record.answers()[index].clone();
        if quote >= from.quotes.len() {
            return Err(missing("quote", &quote.to_string()));
        }
        let words = from.quotes.remove(quote);
        self.write_record(source, record.change_answer(index, &from))?;
        let record = self.record(source)?;
        let moved = match (target, question) {
            (Some(target), _) => {
                let mut answer = record.answers()[target].clone();
                answer.quotes.push(words);
                self.write_record(source, record.change_answer(target, &answer))?;
                answer
            }
            (None, Some(question)) => {
                let question = question_id(&question)?;
                let answer = AnswerText {
                    question: question.to_string(),
                    quotes: vec![words],
                    voice: from.voice,
                    to: from.to,
                    ..AnswerText::default()
                };
                let record = self.record_without_silence(source, &question)?;
                self.write_record(source, record.add_answer(&answer))?;
                answer
            }
            (None, None) => {
                return Err(Failure::new(FailureKind::Invalid, "the quote needs a place to go", ""));
            }
        };
        self.id_of(source, &moved).map(Some)
    }

    fn new_question(
        &mut self,
        title: &str,
        short: Option<&str>,
        terms: &[String],
        positions: &[String],
    ) -> Result<String, Failure> {
        let title = required(title, "the question is empty")?;
        let filled = |list: &[String]| -> Vec<String> {
            list.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
        };
        let short = short.map(str::trim).filter(|short| !short.is_empty());
        let mut labelled: Vec<(String, String)> = Vec::new();
        for label in filled(positions) {
            let is_taken = |id: &str| labelled.iter().any(|(known, _)| known == id);
            let id = free_id(&label, is_taken).ok_or_else(|| no_id(&label))?;
            labelled.push((id, label));
        }
        let read = self.read;
        let exists = |id: &str| match QuestionId::parse(id) {
            Some(id) => read(&question_path(&id)).map_or(true, |text| text.is_some()),
            None => true,
        };
        let id = free_id(short.unwrap_or(title), exists).ok_or_else(|| no_id(title))?;
        let id = QuestionId::parse(&id).ok_or_else(|| no_id(title))?;
        let text = new_question(title, short, &filled(terms), &labelled);
        self.write(question_path(&id), text)?;
        Ok(id.to_string())
    }

    fn merge_positions(&mut self, question: &QuestionId, from: &str, into: &str) -> Result<(), Failure> {
        let text = self.question_text(question)?;
        let has = |id: &str| text.positions().iter().any(|(known, _)| known == id);
        if from == into {
            let message = "a position can't be merged into itself";
            return Err(Failure::new(FailureKind::Invalid, message, "choose another position"));
        }
        if !has(from) || !has(into) {
            return Err(missing("position", if has(from) { into } else { from }));
        }
        self.write_question(question, text.remove_position(from))?;
        let snapshot = self.snapshot;
        for source in &snapshot.build.compared.verified.sources {
            if self.text(&record_path(&source.id))?.is_none() {
                continue;
            }
            let held = |answer: &AnswerText| {
                answer.question.trim() == question.as_str() && answer.position.trim() == from
            };
            let mut record = self.record(source)?;
            // Each edit moves the bytes of the answers after it, so the record is parsed again.
            while let Some(index) = record.answers().iter().position(held) {
                let merged = AnswerText { position: into.to_owned(), ..record.answers()[index].clone() };
                self.write_record(source, record.change_answer(index, &merged))?;
                record = self.record(source)?;
            }
        }
        Ok(())
    }
}

fn required<'t>(text: &'t str, message: &str) -> Result<&'t str, Failure> {
    let text = text.trim();
    if text.is_empty() {
        Err(Failure::new(FailureKind::Invalid, message, "write something"))
    } else {
        Ok(text)
    }
}
