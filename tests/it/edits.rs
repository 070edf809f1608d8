//! Edits of records and questions: `../edits` has a file for each, with the text before, the edit, and the text after.
//! `SOURCEWISE_BLESS=1` writes the text after; read the diff.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use sourcewise::edit::{AnswerText, QuestionText, RecordText, new_question};

use crate::case::Case;
use crate::support::{is_blessing, write};

/// An edit as a case writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "do")]
enum Edit {
    AddAnswer(Answer),
    ChangeAnswer { index: usize, answer: Answer },
    RemoveAnswer { index: usize },
    SetSilent { question: String, reason: Option<String> },
    ClearSilent { question: String },
    AddPosition { id: String, label: String },
    SetPositionLabel { id: String, label: String },
    RemovePosition { id: String },
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    question: String,
    position: String,
    summary: String,
    quotes: Vec<String>,
    voice: Option<String>,
    to: Option<String>,
    context: Option<String>,
}

impl From<Answer> for AnswerText {
    fn from(Answer { question, position, summary, quotes, voice, to, context }: Answer) -> Self {
        Self { question, position, summary, quotes, voice, to, context }
    }
}

/// Makes an edit. Returns the text after it, or why it is refused.
fn make(edit: Edit, before: &str) -> Result<String, String> {
    let record = || RecordText::parse(before).map_err(|fault| fault.to_string());
    let question = || QuestionText::parse(before).map_err(|fault| fault.to_string());
    let after = match edit {
        Edit::AddAnswer(answer) => record()?.add_answer(&answer.into()),
        Edit::ChangeAnswer { index, answer } => record()?.change_answer(index, &answer.into()),
        Edit::RemoveAnswer { index } => record()?.remove_answer(index),
        Edit::SetSilent { question, reason } => record()?.set_silent(&question, reason.as_deref()),
        Edit::ClearSilent { question } => record()?.clear_silent(&question),
        Edit::AddPosition { id, label } => question()?.add_position(&id, &label),
        Edit::SetPositionLabel { id, label } => question()?.set_position_label(&id, &label),
        Edit::RemovePosition { id } => question()?.remove_position(&id),
    };
    after.map_err(|fault| fault.to_string())
}

#[test]
fn every_edit_changes_only_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edits");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder exists")
        .map(|entry| entry.expect("can be listed").path())
        .collect();
    paths.sort();
    for path in paths {
        let written = fs::read_to_string(&path).expect("a case is text");
        let case = Case::parse(&written);
        let text = |name: &str| {
            let file = case.files.iter().find(|(path, _)| path == name).map(|(_, bytes)| bytes.clone());
            file.map(|bytes| String::from_utf8(bytes).expect("a case is text"))
        };
        let edit = toml::from_str(&text("edit").expect("a case has an edit"));
        let edit = edit.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (name, found) = match make(edit, &text("before").expect("a case has a text before")) {
            Ok(after) => ("after", after),
            Err(fault) => ("fault", format!("{fault}\n")),
        };
        if is_blessing() {
            bless(&path, &written, name, &found);
        } else {
            assert_eq!(Some(found), text(name), "{}", path.display());
        }
    }
}

/// Writes the expected result into the case file: the text after the edit (`name` is `after`), with the same options as
/// the text before, such as `crlf`, or why the edit is refused (`fault`).
fn bless(path: &Path, written: &str, name: &str, found: &str) {
    let kept = ["=== after", "=== fault"].iter().filter_map(|head| written.find(head)).min();
    let head = &written[..kept.unwrap_or(written.len())];
    let line = head.lines().find_map(|line| line.strip_prefix("=== before")).unwrap_or_default();
    let options = if name == "after" { line } else { "" };
    let found = found.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let end = if options.contains("no-end") { "\n" } else { "" };
    write(path, format!("{head}=== {name}{options}\n{found}{end}").as_bytes());
}

#[test]
fn an_answer_is_found_by_what_it_says() {
    let record =
        "[[answer]]\nquestion = \"cause\"\n[[answer]]\nquestion = 'cause'\n[[answer]]\nquestion = \"cost\"\n";
    let record = RecordText::parse(record).expect("valid TOML");
    let ids = record.answer_ids();
    assert_eq!(ids[0].len(), 12);
    assert_eq!(ids[1], format!("{}-2", ids[0]));
    assert_eq!(record.find_answer(&ids[1]), Some(1));
    let changed =
        record.change_answer(2, &AnswerText { summary: "Much.".to_owned(), ..record.answers()[2].clone() });
    let changed = RecordText::parse(&changed.expect("the edit is possible")).expect("valid TOML");
    assert_eq!(changed.find_answer(&ids[1]), Some(1));
    assert_eq!(changed.find_answer(&ids[2]), None);
}

#[test]
fn a_new_question_can_be_read_and_edited() {
    let positions = [("lightning".to_owned(), "Light\"ning\"".to_owned())];
    let text = new_question("What set \\ fire?", Some("Cause"), &["fire*".to_owned()], &positions);
    assert_eq!(
        text,
        "+++\ntitle = 'What set \\ fire?'\nshort = \"Cause\"\nterms = [\"fire*\"]\n\n[positions]\nlightning = 'Light\"ning\"'\n+++\n"
    );
    let text = QuestionText::parse(&text).expect("valid").add_position("größe", "Size").expect("is possible");
    assert_eq!(
        QuestionText::parse(&text).expect("valid").positions()[1],
        ("größe".to_owned(), "Size".to_owned())
    );
}
