//! Random sequences of edits of random records, with edits by another program in between: bytes that an edit doesn't
//! concern stay, every result can be parsed, and taking everything back returns the first bytes.
//!
//! `SOURCEWISE_SEQUENCES=1000 cargo test edit_sequences` makes more sequences than the default; `SOURCEWISE_SEED` makes
//! other ones.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sourcewise::edit::{AnswerText, EditFault, FileChange, History, RecordText, Silence};

use crate::incremental::{Dice, env_number};
use crate::support::{SiteTest, write};

/// Number of sequences if `SOURCEWISE_SEQUENCES` is not set.
const DEFAULT_SEQUENCES: usize = 40;
const MAX_STEPS: usize = 12;

const RECORD: &str = "seeds/a.toml";
const QUESTIONS: [&str; 5] = ["cause", "cost", "owner", "größe", "8-5"];
const TEXTS: [&str; 9] = [
    "",
    "It burnt",
    "it's \"out\"",
    "C:\\papers",
    "# no comment",
    "one\ntwo\n",
    "“Ja”\u{a0}– \u{1F525}",
    "[[answer]]",
    "a'''b\"\"\"",
];
const COMMENTS: [&str; 4] = ["# checked", "#", "#[[answer]]", "\t# \"x\" = 'y', ]"];

/// Writes random records, in many of the forms that TOML allows.
struct Writer {
    dice: Dice,
    newline: &'static str,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let newline = if dice.below(3) == 0 { "\r\n" } else { "\n" };
        Self { dice, newline }
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.dice.below(sides) == 0
    }

    fn text_of(&mut self, list: &[&'static str]) -> &'static str {
        let text: &&str = self.dice.pick(list);
        text
    }

    /// Writes a text as a TOML string, with random quotation marks among those that can hold it.
    fn value(&mut self, text: &str) -> String {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        let lines = text.replace('\n', self.newline);
        match self.dice.below(4) {
            0 if !text.contains(['\'', '\n']) => format!("'{text}'"),
            1 => format!("\"\"\"{}{}\"\"\"", self.newline, escaped.replace('\n', self.newline)),
            2 if !text.contains('\'') => format!("'''{}{lines}'''", self.newline),
            _ => format!("\"{}\"", escaped.replace('\n', "\\n")),
        }
    }

    /// Writes a text as a TOML string on one line, as an inline table needs it.
    fn short_value(&mut self, text: &str) -> String {
        let literal = self.one_in(2) && !text.contains(['\'', '\n']);
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        if literal { format!("'{text}'") } else { format!("\"{escaped}\"") }
    }

    fn list(&mut self, texts: &[String], is_short: bool) -> String {
        let newline = self.newline;
        let has_lines = !is_short && self.one_in(2);
        let mut list = String::from("[");
        for (index, text) in texts.iter().enumerate() {
            if has_lines {
                let _ = write!(list, "{newline}   ");
            }
            list.push_str(&self.short_value(text));
            if index + 1 < texts.len() || (has_lines && self.one_in(2)) {
                list.push_str(if self.one_in(3) { "  ," } else { "," });
            }
            if has_lines && self.one_in(3) {
                let _ = write!(list, " {}", self.comment());
            }
        }
        if has_lines {
            list.push_str(newline);
        }
        list + "]"
    }

    fn comment(&mut self) -> &'static str {
        self.text_of(&COMMENTS)
    }

    /// `key = value` with random spaces, and sometimes a comment around it.
    fn line(&mut self, key: &str, value: &str) -> String {
        let mut line = String::new();
        if self.one_in(6) {
            let _ = write!(line, "{}{}", self.comment(), self.newline);
        }
        line.push_str(self.text_of(&["", "", "  ", "\t"]));
        line.push_str(key);
        line.push_str(self.text_of(&[" = ", " = ", "=", "   =\t"]));
        line.push_str(value);
        if self.one_in(5) {
            let _ = write!(line, "   {}", self.comment());
        }
        line.push_str(&self.newline.repeat(if self.one_in(5) { 2 } else { 1 }));
        line
    }

    fn answer(&mut self) -> AnswerText {
        let text = |dice: &mut Dice| (*dice.pick(&TEXTS)).to_owned();
        let dice = &mut self.dice;
        let optional = |dice: &mut Dice| (dice.below(2) == 0).then(|| (*dice.pick(&TEXTS[1..])).to_owned());
        AnswerText {
            question: (*dice.pick(&QUESTIONS)).to_owned(),
            position: text(dice),
            summary: text(dice),
            quotes: (0..dice.below(4)).map(|_| text(dice)).collect(),
            voice: optional(dice),
            to: optional(dice),
            context: optional(dice),
        }
    }

    /// The keys of an answer, in any order.
    fn entries(&mut self, answer: &AnswerText, is_short: bool) -> Vec<(String, String)> {
        let texts = [
            ("question", Some(&answer.question)),
            ("position", Some(&answer.position)),
            ("summary", Some(&answer.summary)),
            ("voice", answer.voice.as_ref()),
            ("to", answer.to.as_ref()),
            ("context", answer.context.as_ref()),
        ];
        let mut entries = Vec::new();
        for (key, text) in texts {
            let Some(text) = text.filter(|text| !text.is_empty() || self.one_in(2)) else { continue };
            let value = if is_short { self.short_value(text) } else { self.value(text) };
            entries.push((key.to_owned(), value));
        }
        if !answer.quotes.is_empty() || self.one_in(3) {
            let list = self.list(&answer.quotes, is_short);
            entries.push(("quotes".to_owned(), list));
        }
        if self.one_in(4) {
            entries.push(("mood".to_owned(), "1979-05-27 07:32:00".to_owned()));
        }
        for index in (1..entries.len()).rev() {
            let other = self.dice.below(index + 1);
            entries.swap(index, other);
        }
        entries
    }

    fn sections(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.dice.below(5) {
            let answer = self.answer();
            if self.one_in(4) {
                let _ = write!(text, "{}{}", self.comment(), self.newline);
            }
            text.push_str(self.text_of(&[
                "[[answer]]",
                "[[answer]]",
                "  [[ answer ]]",
                "[[\"answer\"]] # one",
            ]));
            text.push_str(self.newline);
            for (key, value) in self.entries(&answer, false) {
                text.push_str(&self.line(&key, &value));
            }
            if self.one_in(5) {
                let _ = write!(text, "[answer.more]{0}a.b = 1{0}", self.newline);
            }
            text.push_str(&self.newline.repeat(self.dice.below(3)));
        }
        text
    }

    fn inline_answers(&mut self) -> String {
        let has_lines = self.one_in(2);
        let gap = if has_lines { format!("{}  ", self.newline) } else { String::new() };
        let count = self.dice.below(4);
        let mut list = String::from("[");
        for index in 0..count {
            let answer = self.answer();
            let entries: Vec<String> = self
                .entries(&answer, true)
                .into_iter()
                .map(|(key, value)| format!("{key} = {value}"))
                .collect();
            let between = if self.one_in(3) { format!(",{}      ", self.newline) } else { ", ".to_owned() };
            let _ = write!(list, "{gap}{{{}}}", entries.join(&between));
            if index + 1 < count || self.one_in(3) {
                list.push(',');
            }
            if has_lines && self.one_in(3) {
                let _ = write!(list, " {}", self.comment());
            }
        }
        if has_lines {
            list.push_str(self.newline);
        }
        format!("answer = {list}]{}", self.newline)
    }

    fn record(&mut self) -> String {
        let mut text = String::from(if self.one_in(5) { "\u{feff}" } else { "" });
        text.push_str(&self.line("title", "\"The mill\""));
        text.push_str(
            &self.line("notes", &format!("\"\"\"{0}[[answer]]{0}# no comment{0}\"\"\"", self.newline)),
        );
        let silent: BTreeSet<&str> =
            (0..self.dice.below(4)).map(|_| *self.dice.pick(&QUESTIONS[..3])).collect();
        let reasons: Vec<(String, String)> =
            silent.iter().map(|id| ((*id).to_owned(), self.short_value("Not named."))).collect();
        let mut section = String::new();
        match self.dice.below(4) {
            0 => {
                let ids: Vec<String> = silent.iter().map(|id| (*id).to_owned()).collect();
                let list = self.list(&ids, false);
                text.push_str(&self.line("silent", &list));
            }
            1 => {
                for (id, reason) in &reasons {
                    text.push_str(&self.line(&format!("silent.{id}"), reason));
                }
            }
            2 => {
                let entries: Vec<String> =
                    reasons.iter().map(|(id, text)| format!("{id} = {text}")).collect();
                text.push_str(&self.line("silent", &format!("{{ {} }}", entries.join(", "))));
            }
            _ => {
                section = format!("[silent]{}", self.newline);
                for (id, text) in &reasons {
                    section.push_str(&self.line(id, text));
                }
            }
        }
        text.push_str(&self.newline.repeat(self.dice.below(3)));
        let answers = if self.one_in(4) {
            text.push_str(&self.inline_answers());
            String::new()
        } else {
            self.sections()
        };
        let parts = if self.one_in(2) { [section, answers] } else { [answers, section] };
        text.push_str(&parts.concat());
        if self.one_in(4) {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        text
    }
}

/// An edit as the desk makes it.
#[derive(Debug)]
enum Edit {
    Add(AnswerText),
    Change(usize, AnswerText),
    Remove(usize),
    SetSilent(String, Option<String>),
    ClearSilent(String),
}

fn some_edit(writer: &mut Writer, record: &RecordText) -> Edit {
    let count = record.answers().len();
    let silent = record.silences();
    match writer.dice.below(8) {
        0..=2 if count > 0 => {
            let index = writer.dice.below(count);
            // Sometimes another answer altogether, usually one with some keys of the old one.
            let (old, new) = (record.answers()[index].clone(), writer.answer());
            let new = match writer.dice.below(4) {
                0 => new,
                1 => AnswerText { quotes: new.quotes, ..old },
                2 => AnswerText { voice: new.voice, to: new.to, context: new.context, ..old },
                _ => AnswerText { position: new.position, summary: new.summary, ..old },
            };
            Edit::Change(index, new)
        }
        3 if count > 0 => Edit::Remove(writer.dice.below(count)),
        4 => {
            let reason = writer.one_in(2).then(|| (*writer.dice.pick(&TEXTS)).to_owned());
            Edit::SetSilent((*writer.dice.pick(&QUESTIONS)).to_owned(), reason)
        }
        5 if !silent.is_empty() => Edit::ClearSilent(writer.dice.pick(&silent).question.clone()),
        _ => Edit::Add(writer.answer()),
    }
}

fn make(edit: &Edit, record: &RecordText) -> Result<String, EditFault> {
    match edit {
        Edit::Add(answer) => record.add_answer(answer),
        Edit::Change(index, answer) => record.change_answer(*index, answer),
        Edit::Remove(index) => record.remove_answer(*index),
        Edit::SetSilent(question, reason) => record.set_silent(question, reason.as_deref()),
        Edit::ClearSilent(question) => record.clear_silent(question),
    }
}

/// Length of the texts that two texts begin and end with, which don't overlap.
fn common_ends(a: &str, b: &str) -> (usize, usize) {
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - start;
    let end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    (start, end.min(most))
}

fn answers_of(text: &str) -> Vec<AnswerText> {
    RecordText::parse(text).expect("a result is valid").answers().to_vec()
}

/// An answer with plain line ends: those of a multi-line text are as in the rest of its file.
fn plain(answer: &AnswerText) -> AnswerText {
    let plain = |text: &String| text.replace("\r\n", "\n");
    AnswerText {
        question: plain(&answer.question),
        position: plain(&answer.position),
        summary: plain(&answer.summary),
        quotes: answer.quotes.iter().map(plain).collect(),
        voice: answer.voice.as_ref().map(plain),
        to: answer.to.as_ref().map(plain),
        context: answer.context.as_ref().map(plain),
    }
}

/// Checks an edit's result by other means than the program's: which bytes differ, and what the answers say.
#[track_caller]
fn assert_only_that_changed(edit: &Edit, record: &RecordText, after: &str) {
    let before = record.text();
    let (old, new) = (record.answers(), answers_of(after));
    let (start, end) = common_ends(before, after);
    match edit {
        Edit::Add(answer) => {
            let at = old
                .iter()
                .rposition(|other| other.question == answer.question)
                .map_or(old.len(), |at| at + 1);
            let mut meant = old.to_vec();
            meant.insert(at, answer.clone());
            assert_eq!(new, meant);
            // Nothing is removed. A comma may be inserted elsewhere in an inline list.
            let is_inline = before.contains("answer = [");
            assert!(start + end == before.len() || is_inline, "more than an answer was inserted");
        }
        Edit::Change(index, answer) => {
            let span = record.answer_span(*index);
            assert!(
                start >= span.start && end >= before.len() - span.end || before == after,
                "bytes outside changed"
            );
            let mut meant: Vec<AnswerText> = old.iter().map(plain).collect();
            meant[*index] = plain(answer);
            assert_eq!(new.iter().map(plain).collect::<Vec<_>>(), meant);
        }
        Edit::Remove(index) => {
            let mut meant = old.to_vec();
            meant.remove(*index);
            assert_eq!(new, meant);
            assert_eq!(start + end, after.len(), "bytes were inserted");
            let span = record.answer_span(*index);
            let is_only_inline = old.len() == 1 && before.contains("answer = [");
            // Equal bytes at both ends may be counted as kept or removed, so only the length is compared.
            let more = before.len() - after.len() - span.len().min(before.len() - after.len());
            assert!(
                more <= 3 || is_only_inline || before.contains("answer = ["),
                "{more} more bytes were removed"
            );
        }
        Edit::SetSilent(..) | Edit::ClearSilent(_) => {
            assert_eq!(new, old);
            assert_silences(edit, record, after);
        }
    }
    let ends = |text: &str| (text.matches("\r\n").count() > 0, text.replace("\r\n", "").contains('\n'));
    if before.matches('\n').count() > 1 && ends(before) != (true, true) {
        assert_eq!(ends(before), ends(after), "line ends are mixed");
    }
}

/// Checks the questions that a record is silent on after an edit of them. The answers keep their bytes.
#[track_caller]
fn assert_silences(edit: &Edit, record: &RecordText, after: &str) {
    let (old, new) = (record.silences(), RecordText::parse(after).expect("a result is valid").silences());
    match edit {
        Edit::SetSilent(question, reason) => {
            let is_it = |silence: &&Silence| silence.question == *question;
            let found = new.iter().find(is_it).expect("was set").reason.clone().unwrap_or_default();
            let had_list = old.iter().find(is_it).is_some_and(|silence| silence.reason.is_none());
            let meant = reason.as_deref().unwrap_or_default();
            assert!(found.replace("\r\n", "\n") == meant || (had_list && reason.is_none()));
        }
        Edit::ClearSilent(question) => {
            assert_eq!(new.len() + 1, old.len());
            assert!(new.iter().all(|silence| silence.question != *question));
            let (start, end) = common_ends(record.text(), after);
            assert_eq!(start + end, after.len(), "bytes were inserted");
        }
        _ => {}
    }
    for index in 0..record.answers().len() {
        let answer = &record.text()[record.answer_span(index)];
        assert!(after.contains(answer), "an answer's bytes changed");
    }
}

/// An edit by another program: inserts a comment or a blank line at a random line; `None` if the result can't be
/// parsed.
fn edit_outside(writer: &mut Writer, text: &str) -> Option<String> {
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let at = *writer.dice.pick(&starts);
    let line = writer.dice.pick(&["# outside", "", "  # \"outside\""]);
    let new = format!("{}{line}{}{}", &text[..at], writer.newline, &text[at..]);
    RecordText::parse(&new).is_ok().then_some(new)
}

/// Makes a sequence of edits and takes all of them back. Returns how many were made, and how many refused.
fn run_sequence(seed: u64) -> (usize, usize) {
    let mut writer = Writer::new(seed);
    let first = writer.record();
    let site = SiteTest::new().file(RECORD, &first);
    let mut history = History::open(&site.path(""), None).expect("the journal can be opened");
    let (mut text, mut made, mut refused) = (first.clone(), 0, 0);
    // For each edit by another program: the number of edits that the journal has before it, and the text before it.
    let mut outside: Vec<(usize, String)> = Vec::new();
    for _ in 0..=writer.dice.below(MAX_STEPS) {
        if writer.one_in(4) && text.contains('\n') {
            if let Some(new) = edit_outside(&mut writer, &text) {
                write(&site.path(RECORD), new.as_bytes());
                outside.push((made, std::mem::replace(&mut text, new)));
            }
            continue;
        }
        let record = RecordText::parse(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
        let edit = some_edit(&mut writer, &record);
        match make(&edit, &record) {
            Ok(after) => {
                let check = std::panic::catch_unwind(|| assert_only_that_changed(&edit, &record, &after));
                assert!(check.is_ok(), "seed {seed}, {edit:?}\n--- before\n{text}\n--- after\n{after}");
                if after != text {
                    let change = FileChange {
                        path: RECORD.to_owned(),
                        before: Some(text),
                        after: Some(after.clone()),
                    };
                    history.apply("Edit", vec![change]).expect("the file is as it was read");
                    made += 1;
                }
                text = after;
            }
            Err(EditFault::Comments { .. }) => refused += 1,
            Err(fault) => panic!("seed {seed}: {fault}\n{edit:?}\n{text}"),
        }
    }
    for left in (0..=made).rev() {
        while let Some((_, before)) = outside.pop_if(|(at, _)| *at == left) {
            if left > 0 {
                assert!(history.undo().is_err(), "an edit by another program was overwritten");
            }
            write(&site.path(RECORD), before.as_bytes());
        }
        assert_eq!(history.undo().expect("the file is as the journal says").is_some(), left > 0);
    }
    assert_eq!(site.text(RECORD), first, "seed {seed}");
    (made, refused)
}

#[test]
#[expect(clippy::print_stdout, reason = "prints counts")]
fn edit_sequences_keep_all_other_bytes_and_can_be_taken_back() {
    let sequences = env_number("SOURCEWISE_SEQUENCES", DEFAULT_SEQUENCES);
    let seed = env_number("SOURCEWISE_SEED", 0);
    let (mut made, mut refused) = (0, 0);
    for number in 0..sequences {
        let counts = run_sequence((seed + number) as u64);
        (made, refused) = (made + counts.0, refused + counts.1);
    }
    println!("{sequences} sequences: {made} edits made, {refused} refused");
    assert!(refused * 20 < made, "{refused} edits were refused, {made} made");
}

/// Number of damaged records if `SOURCEWISE_SEQUENCES` is not set.
const DEFAULT_DAMAGED: usize = 100;

#[test]
fn edits_of_records_with_misplaced_characters_are_valid_or_refused() {
    const CHARACTERS: [&str; 12] =
        ["[", "]", "{", "}", "\"", "'", "#", "=", ",", ".", "answer = 3\n", "silent = [1]\n"];
    let sequences = env_number("SOURCEWISE_SEQUENCES", DEFAULT_DAMAGED);
    let (mut valid, mut made) = (0, 0);
    for seed in 0..20 * sequences {
        let mut writer = Writer::new(seed as u64);
        let mut text = writer.record();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *writer.dice.pick(&places);
        if writer.one_in(2) {
            text.insert_str(at, writer.text_of(&CHARACTERS));
        } else {
            text.remove(at);
        }
        let Ok(record) = RecordText::parse(&text) else { continue };
        valid += 1;
        let edit = some_edit(&mut writer, &record);
        if let Ok(after) = make(&edit, &record) {
            assert!(RecordText::parse(&after).is_ok(), "seed {seed}, {edit:?}\n{text}\n---\n{after}");
            made += 1;
        }
    }
    assert!(valid > sequences && made > sequences / 2, "{valid} valid, {made} edits made");
}
