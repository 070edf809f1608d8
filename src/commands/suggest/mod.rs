//! `sourcewise suggest`: drafts answers for questions to which a source has no answer yet.
//!
//! Passages found by rule, or by a program of the site's author, become the quotes of a draft; the site's author fills
//! in position and summary. `draft` drafts answers by rule and formats drafts; `program` runs the program.

mod draft;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use sourcewise_documents::Meta;

use super::{Outcome, find_project, pluralize, prefix, print, print_problems, write};
use crate::cli::SuggestArgs;
use crate::edit::{RecordText, new_record};
use crate::error::Error;
use crate::find::Scope;
use crate::ids::{QuestionId, SourceId};
use crate::load::{Basis, Publish, read_string};
use crate::pipeline::{self, Compared};
use crate::progress::Progress;
use crate::text::nearest::nearest_name;
use crate::verify::{Question, Source};

use draft::SuggestedAnswer;

/// A source with the answers suggested for it.
type Suggested<'c> = (&'c Source, Vec<SuggestedAnswer>);

pub(super) fn run(args: &SuggestArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let compared = pipeline::run_to_comparison(&project, prefix(&project.root), Scope::All, progress)?;
    progress.start_step("suggest");
    if compared.problems.has_errors() {
        progress.end_step();
        print_problems(compared.problems, &compared.files);
        progress.note("nothing was suggested; fix the errors and run this again\n");
        return Ok(Outcome::Problems);
    }
    let open = open_cells(&compared, args)?;
    if open.is_empty() {
        progress.note(nothing_open_message(&compared));
        return Ok(Outcome::Fine);
    }
    let asked =
        open.iter().flat_map(|(_, questions)| questions).map(|question| question.id.clone()).collect();
    let mut suggested: Vec<Suggested<'_>> = Vec::new();
    let mut dropped = 0;
    for (source, questions) in open {
        let drafts = match &args.with {
            None => draft::by_rule(&compared, source, &questions),
            Some(command) => {
                let reply = program::ask(command, &compared, source, &questions)?;
                dropped += reply.dropped;
                reply.drafts
            }
        };
        suggested.push((source, drafts));
    }
    // The sources with the most drafts come first.
    suggested.sort_by_key(|(source, drafts)| (std::cmp::Reverse(drafts.len()), source.id.clone()));
    suggested.retain(|(_, drafts)| !drafts.is_empty());
    let count: usize = suggested.iter().map(|(_, drafts)| drafts.len()).sum();
    progress.end_step();
    print_or_append(&suggested, &compared, &project.root, args, progress)?;
    if args.with.is_some() {
        progress.note(format!(
            "# {} dropped: not in the document, too long, or for another question\n",
            pluralize(dropped, "quote")
        ));
    }
    if count > 0
        && args.with.is_none()
        && let Some(names) = list_missed(&asked, &suggested)
    {
        let place = args.source.as_deref().map(|source| format!(" in {source}")).unwrap_or_default();
        progress.note(format!(
            "# nothing was found for {names}{place}: use words of the documents in `terms` and in the title\n"
        ));
    }
    if count == 0 {
        progress.note("no suggestions were found\n");
    } else if args.write {
        progress.note(
            "fill in `position` and `summary` of each answer or delete it; unedited answers are not shown\n",
        );
    }
    Ok(Outcome::Fine)
}

/// Prints the suggested answers, or with `--write` appends those that the records don't have yet.
fn print_or_append(
    suggested: &[Suggested<'_>],
    compared: &Compared,
    root: &Path,
    args: &SuggestArgs,
    progress: &Progress,
) -> Result<(), Error> {
    for (source, drafts) in suggested {
        let to_toml = |drafts: &[&SuggestedAnswer]| -> String {
            drafts.iter().map(|draft| draft.to_toml(&compared.verified.questions)).collect()
        };
        if args.write {
            let new = without_written(root, source, drafts)?;
            if new.is_empty() {
                progress.note(format!("seeds/{}.toml has the suggested answers already\n", source.id));
                continue;
            }
            let name = append(root, source, &to_toml(&new))?;
            progress.note(format!("{name}: {} to edit\n", pluralize(new.len(), "answer")));
        } else {
            print(&format!("# seeds/{}.toml\n\n{}", source.id, to_toml(&drafts.iter().collect::<Vec<_>>())))?;
        }
    }
    Ok(())
}

/// Lists the ids of the asked questions for which no source has a suggestion; `None` if every question has one.
fn list_missed(asked: &BTreeSet<QuestionId>, suggested: &[Suggested<'_>]) -> Option<String> {
    let found: BTreeSet<&QuestionId> =
        suggested.iter().flat_map(|(_, drafts)| drafts).map(|draft| &draft.question).collect();
    let missed: Vec<&str> = asked.iter().filter(|id| !found.contains(id)).map(QuestionId::as_str).collect();
    (!missed.is_empty()).then(|| missed.join(", "))
}

/// Returns each selected source that has a document, with the selected questions for which its record has neither an
/// edited answer nor a `[silent]` entry. Leaves out sources without such questions.
fn open_cells<'c>(
    compared: &'c Compared,
    args: &SuggestArgs,
) -> Result<Vec<(&'c Source, Vec<&'c Question>)>, Error> {
    let verified = &compared.verified;
    let source = args.source.as_deref().map(|name| find_source(name, &verified.sources)).transpose()?;
    let question =
        args.question.as_deref().map(|name| find_question(name, &verified.questions)).transpose()?;
    let questions: BTreeMap<&QuestionId, &Question> =
        verified.questions.iter().map(|question| (&question.id, question)).collect();
    let rows = compared.comparison.rows.iter().filter(|row| row.basis == Basis::Editor);
    let rows: Vec<_> = rows.filter(|row| question.is_none_or(|id| id == &row.question)).collect();
    let columns = compared.comparison.columns.enumerate();
    let columns = columns.filter(|(_, id)| source.is_none_or(|wanted| wanted == *id));
    let open = columns.filter_map(|(column, id)| {
        let has_document = compared.corpus.get(id).is_some();
        let sources = verified.sources.iter().map(AsRef::as_ref);
        let source = sources.filter(|_| has_document).find(|source: &&Source| &source.id == id)?;
        let unanswered = rows.iter().filter(|row| row.cells[column].basis() != Some(Basis::Editor));
        let unanswered: Vec<&Question> = unanswered.map(|row| questions[&row.question]).collect();
        (!unanswered.is_empty()).then_some((source, unanswered))
    });
    Ok(open.collect())
}

fn find_source<'s>(name: &str, sources: &'s [Arc<Source>]) -> Result<&'s SourceId, Error> {
    let found = sources.iter().map(|source| &source.id).find(|id| id.as_str() == name);
    found.ok_or_else(|| {
        let near = nearest_name(name, sources.iter().map(|source| source.id.as_str()));
        Error::Unknown { what: "source", name: name.to_owned(), near: near.map(str::to_owned) }
    })
}

fn find_question<'q>(name: &str, questions: &'q [Question]) -> Result<&'q QuestionId, Error> {
    let found = questions.iter().map(|question| &question.id).find(|id| id.as_str() == name);
    found.ok_or_else(|| {
        let near = nearest_name(name, questions.iter().map(|question| question.id.as_str()));
        Error::Unknown { what: "question", name: name.to_owned(), near: near.map(str::to_owned) }
    })
}

/// Returns the message that says why there is no cell to suggest an answer for.
fn nothing_open_message(compared: &Compared) -> &'static str {
    if compared.verified.questions.iter().all(|question| question.basis == Basis::Automatic) {
        "there are no questions yet: write `content/questions/<id>.md` with `title` and `terms`\n"
    } else if compared.corpus.iter().next().is_none() {
        "no document was found; name the folder of the documents with `--originals DIR`\n"
    } else {
        "every source with a document has an answer or a `[silent]` entry for every question\n"
    }
}

/// Returns the drafts that the record of a source doesn't have yet, edited or not: those whose question has no answer
/// with one of their quotes.
fn without_written<'d>(
    root: &Path,
    source: &Source,
    drafts: &'d [SuggestedAnswer],
) -> Result<Vec<&'d SuggestedAnswer>, Error> {
    let path = root.join(format!("seeds/{}.toml", source.id));
    let record =
        if source.has_record { read_string(&path).map_err(Error::read(&path))? } else { String::new() };
    let record: toml::Table = record.parse().unwrap_or_default();
    let list = |table: &toml::Table, key: &str| {
        table.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let answers = list(&record, "answer");
    let has = |draft: &&SuggestedAnswer| {
        answers.iter().filter_map(toml::Value::as_table).any(|answer| {
            let question = answer.get("question").and_then(toml::Value::as_str);
            question == Some(draft.question.as_str())
                && list(answer, "quotes")
                    .iter()
                    .filter_map(toml::Value::as_str)
                    .any(|quote| draft.quotes.iter().any(|own| own == quote))
        })
    };
    Ok(drafts.iter().filter(|draft| !has(draft)).collect())
}

/// Appends answers, written as TOML, to the record of a source, or creates the record. Returns the record's path.
fn append(root: &Path, source: &Source, answers: &str) -> Result<String, Error> {
    let name = format!("seeds/{}.toml", source.id);
    let path = root.join(&name);
    if source.has_record {
        let old = read_string(&path).map_err(Error::read(&path))?;
        let record = RecordText::parse(&old).ok();
        let new = record.and_then(|record| record.append(answers).ok());
        let new = new.ok_or_else(|| Error::CannotAppend { path: path.clone() })?;
        write::replace_in_site(root, &name, &new)?;
    } else {
        let about = &source.about;
        let meta = Meta {
            title: None,
            author: about.author.clone(),
            publisher: about.publisher.clone(),
            published: about.published,
            url: about.url.clone(),
            language: about.language.clone(),
        };
        let document = source.document_name.as_deref();
        let head = new_record(&meta, &about.title, document, Publish::Excerpts);
        write::create(&path, format!("{head}\n{answers}").as_bytes())?;
    }
    Ok(name)
}
