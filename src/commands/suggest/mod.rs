//! `sourcewise suggest`: answers to be edited, for questions that nobody has read a source for yet.
//!
//! What a rule found, or a program of the author's, becomes the quotes of an answer whose position and summary are for
//! the author to fill in. `draft` makes such answers and writes them, `program` asks the program.

mod draft;
mod program;

use std::collections::BTreeMap;
use std::path::Path;

use sourcewise_documents::Meta;

use super::stub::stub;
use super::{Outcome, find, pluralize, prefix, say, tell, write};
use crate::cli::SuggestArgs;
use crate::error::Error;
use crate::find::Scope;
use crate::ids::{QuestionId, SourceId};
use crate::load::{Basis, Publish};
use crate::pipeline::{self, Compared};
use crate::progress::Progress;
use crate::text::nearest::nearest_name;
use crate::verify::{Question, Source};

use draft::Draft;

pub(super) fn run(args: &SuggestArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find(&args.site)?;
    let compared = pipeline::compared(&project, prefix(&project.root), Scope::AtHand, progress)?;
    progress.phase("suggest");
    if compared.problems.has_errors() {
        progress.rest();
        tell(compared.problems, &compared.files);
        progress.note("nothing was suggested, until these are mended\n");
        return Ok(Outcome::Problems);
    }
    let open = open_cells(&compared, args)?;
    if open.is_empty() {
        progress.note(nothing_open(&compared));
        return Ok(Outcome::Fine);
    }
    let mut suggested: Vec<(&Source, Vec<Draft>)> = Vec::new();
    let mut dropped = 0;
    for (source, questions) in open {
        let drafts = match &args.with {
            None => draft::by_rule(&compared, source, &questions),
            Some(command) => {
                let replied = program::ask(command, &compared, source, &questions)?;
                dropped += replied.dropped;
                replied.drafts
            }
        };
        suggested.push((source, drafts));
    }
    // Where the most is to be won, reading begins.
    suggested.sort_by_key(|(source, drafts)| (std::cmp::Reverse(drafts.len()), source.id.clone()));
    suggested.retain(|(_, drafts)| !drafts.is_empty());
    let count: usize = suggested.iter().map(|(_, drafts)| drafts.len()).sum();
    progress.rest();
    for (source, drafts) in &suggested {
        let text: String = drafts.iter().map(|draft| draft.to_toml(&compared.verified.questions)).collect();
        if args.write {
            let name = append(&project.root, source, &text)?;
            progress.note(format!("{name}: {} to edit\n", pluralize(drafts.len(), "answer")));
        } else {
            say(&format!("# seeds/{}.toml\n\n{text}", source.id));
        }
    }
    if args.with.is_some() {
        progress.note(format!(
            "# {} dropped: not in the document, or not what was asked\n",
            pluralize(dropped, "quote")
        ));
    }
    if count == 0 {
        progress.note("nothing was found to suggest\n");
    } else if args.write {
        progress.note(
            "fill in `position` and `summary` of each, or take it out; until then none of them is shown\n",
        );
    }
    Ok(Outcome::Fine)
}

/// The sources that are meant, each with the questions that nobody has read it for.
fn open_cells<'c>(
    compared: &'c Compared,
    args: &SuggestArgs,
) -> Result<Vec<(&'c Source, Vec<&'c Question>)>, Error> {
    let verified = &compared.verified;
    let source = args.source.as_deref().map(|name| known_source(name, &verified.sources)).transpose()?;
    let question =
        args.question.as_deref().map(|name| known_question(name, &verified.questions)).transpose()?;
    let questions: BTreeMap<&QuestionId, &Question> =
        verified.questions.iter().map(|question| (&question.id, question)).collect();
    let rows = compared.comparison.rows.iter().filter(|row| row.basis == Basis::Editor);
    let rows: Vec<_> = rows.filter(|row| question.is_none_or(|id| id == &row.question)).collect();
    let columns = compared.comparison.columns.enumerate();
    let columns = columns.filter(|(_, id)| source.is_none_or(|wanted| wanted == *id));
    let open = columns.filter_map(|(column, id)| {
        let at_hand = compared.corpus.get(id).is_some();
        let source = verified.sources.iter().find(|source| &source.id == id).filter(|_| at_hand)?;
        let unread = rows.iter().filter(|row| row.cells[column].basis() != Some(Basis::Editor));
        let unread: Vec<&Question> = unread.map(|row| questions[&row.question]).collect();
        (!unread.is_empty()).then_some((source, unread))
    });
    Ok(open.collect())
}

fn known_source<'s>(name: &str, sources: &'s [Source]) -> Result<&'s SourceId, Error> {
    let found = sources.iter().map(|source| &source.id).find(|id| id.as_str() == name);
    found.ok_or_else(|| {
        let near = nearest_name(name, sources.iter().map(|source| source.id.as_str()));
        Error::Unknown { what: "source", name: name.to_owned(), near: near.map(str::to_owned) }
    })
}

fn known_question<'q>(name: &str, questions: &'q [Question]) -> Result<&'q QuestionId, Error> {
    let found = questions.iter().map(|question| &question.id).find(|id| id.as_str() == name);
    found.ok_or_else(|| {
        let near = nearest_name(name, questions.iter().map(|question| question.id.as_str()));
        Error::Unknown { what: "question", name: name.to_owned(), near: near.map(str::to_owned) }
    })
}

/// Why there is nothing to suggest.
fn nothing_open(compared: &Compared) -> &'static str {
    if compared.verified.questions.iter().all(|question| question.basis == Basis::Automatic) {
        "there are no questions yet: write one, `content/questions/<id>.md`, with `title` and `terms`\n"
    } else if compared.corpus.iter().next().is_none() {
        "no document is at hand; say with `--originals DIR` where they are\n"
    } else {
        "every question is answered, or marked as silent, for every source whose document is at hand\n"
    }
}

/// Adds answers to the record of a source, or begins one. Returns the record's path.
fn append(root: &Path, source: &Source, answers: &str) -> Result<String, Error> {
    let name = format!("seeds/{}.toml", source.id);
    let path = root.join(&name);
    if source.has_record {
        let old = std::fs::read_to_string(&path).map_err(Error::read(&path))?;
        let gap = if old.is_empty() || old.ends_with("\n\n") {
            ""
        } else if old.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let new = format!("{old}{gap}{answers}");
        if new.parse::<toml::Table>().is_err() {
            return Err(Error::CannotAppend { path });
        }
        write::replace(&path, &new)?;
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
        let head = stub(&meta, &about.title, document, Publish::Excerpts);
        write::create(&path, format!("{head}\n{answers}").as_bytes())?;
    }
    Ok(name)
}
