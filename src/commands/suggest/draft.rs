//! Drafts answers from the passages that the rules found, and formats drafts as TOML. Their quotes are verified;
//! position and summary are left for the site's author to fill in.

use std::fmt::Write as _;

use sourcewise_analysis::Voice;
use sourcewise_analysis::attribution::is_supported_language;
use sourcewise_quotes::SegmentedDocument;

use crate::edit::toml_string;
use crate::find::{FoundPassage, short_quote};
use crate::ids::QuestionId;
use crate::pipeline::Compared;
use crate::verify::{Question, Source};

/// A suggested answer, for the site's author to edit.
#[derive(Debug, PartialEq)]
pub(super) struct SuggestedAnswer {
    pub(super) question: QuestionId,
    /// Comments for the site's author: where the quotes come from, or what a program suggested.
    pub(super) comments: Vec<String>,
    pub(super) quotes: Vec<String>,
    /// `None` if the language has no rules, or if the program that suggested the answer gave no valid voice.
    pub(super) voice: Option<Voice>,
    /// The speaker that the source attributes the quotes to; by rule, the speaker of the best quote.
    pub(super) to: Option<String>,
}

impl SuggestedAnswer {
    /// Formats the draft as a TOML table that can be appended to a record.
    pub(super) fn to_toml(&self, questions: &[Question]) -> String {
        let question = questions.iter().find(|question| question.id == self.question);
        let positions = question.into_iter().flat_map(|question| question.positions.keys());
        let positions: Vec<&str> = positions.map(crate::ids::PositionId::as_str).collect();
        let mut toml = String::new();
        for line in &self.comments {
            // Writing to a string does not fail.
            let _ = writeln!(toml, "# {line}");
        }
        let _ = writeln!(toml, "[[answer]]\nquestion = {}", toml_string(self.question.as_str()));
        let choices =
            if positions.is_empty() { String::new() } else { format!("   # {}", positions.join(" | ")) };
        let _ = writeln!(toml, "position = \"\"{choices}\nsummary = \"\"");
        let quotes: Vec<String> = self.quotes.iter().map(|quote| toml_string(quote)).collect();
        let _ = match quotes.as_slice() {
            [one] => writeln!(toml, "quotes = [{one}]"),
            many => writeln!(toml, "quotes = [\n    {},\n]", many.join(",\n    ")),
        };
        let _ = match self.voice {
            Some(voice) => writeln!(toml, "voice = {}", toml_string(voice.as_str())),
            None => writeln!(toml, "# voice = \"own\"   # own | attributed | hedged | forecast"),
        };
        if let Some(to) = &self.to {
            let _ = writeln!(toml, "to = {}", toml_string(to));
        }
        toml.push('\n');
        toml
    }
}

/// Drafts answers from the passages that the rules found in a source: one for each question with at least one passage
/// from which a short enough quote can be proved.
pub(super) fn by_rule(compared: &Compared, source: &Source, questions: &[&Question]) -> Vec<SuggestedAnswer> {
    let Some(document) = compared.corpus.get(&source.id) else { return Vec::new() };
    let max_words = compared.verified.site.quote_words;
    let drafts = questions.iter().filter_map(|question| {
        let found = compared.found.cell(&question.id, &source.id)?;
        let quoted: Vec<(String, &FoundPassage)> = found
            .iter()
            .filter_map(|found| Some((short_quote(document, found, max_words)?, found)))
            .collect();
        let (_, best) = quoted.first()?;
        Some(SuggestedAnswer {
            question: question.id.clone(),
            comments: quoted.iter().map(|(_, found)| describe_origin(document, found)).collect(),
            voice: is_supported_language(document.language()).then_some(best.attribution.voice),
            to: best.attribution.named_speaker(document.text()).map(str::to_owned),
            quotes: quoted.into_iter().map(|(quote, _)| quote).collect(),
        })
    });
    drafts.collect()
}

/// Describes where a quote comes from, for example "by rule, paragraph 3, match 83: fire, burnt": the paragraph, the
/// passage's score in percent, and the words that matched.
fn describe_origin(document: &SegmentedDocument, found: &FoundPassage) -> String {
    let paragraph = found.number.of(document.passages()).paragraph;
    let mut words: Vec<&str> = found.words.iter().map(|range| &document.text()[range.clone()]).collect();
    words.dedup();
    let words = crate::text::one_line(&words.join(", "));
    format!("by rule, paragraph {paragraph}, match {:.0}: {words}", found.score * 100.0)
}
