//! `seeds/<id>.toml`: what the author noted of a source.

use jiff::civil::Date;
use sourcewise_analysis::Voice;
use sourcewise_quotes::is_boilerplate;

use super::choice::parse_choice;
use super::document::Document;
use super::front_matter::MarkdownSource;
use super::site::{language_tag, web_address};
use super::table::Table;
use crate::files::{FileId, Span, Spanned};
use crate::ids::SourceId;
use crate::problem::Problems;
use crate::text::printable;

/// A first line with more characters is no headline.
const MAX_HEADLINE_CHARS: usize = 120;
/// So many characters of it are a name.
const MAX_CUT_TITLE_CHARS: usize = 64;

/// Who found a thing in a source, or thought of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The author: a record or a question says so.
    Editor,
    /// A rule.
    Automatic,
}

/// How much of a document may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publish {
    /// Only what the record and the pages quote.
    Quotes,
    /// Also passages found by rule.
    Excerpts,
    /// The whole text.
    Full,
}

impl Publish {
    /// Whether passages may be shown that nobody has quoted.
    pub fn allows_passages(self) -> bool {
        matches!(self, Self::Excerpts | Self::Full)
    }

    const ALL: [(&'static str, Self); 3] =
        [("quotes", Self::Quotes), ("excerpts", Self::Excerpts), ("full", Self::Full)];
}

/// What a source is, as far as the author knows.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its headline, or what the author calls it.
    pub title: String,
    /// A shorter name, for the matrix.
    pub short: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was fetched.
    pub retrieved: Option<Date>,
    /// Its place among sources without a date.
    pub order: Option<u32>,
    /// What sort of thing it is.
    pub kind: Option<String>,
    /// The language it is written in.
    pub language: Option<String>,
    /// What a reader must know.
    pub caution: Option<String>,
}

/// A source as the author describes it: its quotes are claims, its ids not yet looked up.
#[derive(Clone, Debug)]
pub struct SourceDraft {
    /// Its id.
    pub id: SourceId,
    /// Whether the author wrote a record of it.
    pub has_record: bool,
    /// What it is.
    pub about: About,
    /// What it rests on: origins or other sources.
    pub rests_on: Vec<Spanned<String>>,
    /// How much of it may be published.
    pub publish: Publish,
    /// The author's notes.
    pub notes: Option<MarkdownSource>,
    /// Questions it was read for and says nothing to.
    pub silences: Vec<SilenceDraft>,
    /// What it says.
    pub answers: Vec<AnswerDraft>,
    /// The document's name, where the record gives one.
    pub document_name: Option<Spanned<String>>,
    /// Its own text, if that is at hand.
    pub document: Option<Document>,
    /// Its document is there and can't be read; that is a problem already.
    pub unreadable: bool,
    /// Where it is written.
    pub span: Span,
}

/// A question that the author found no answer to in a source.
#[derive(Clone, Debug)]
pub struct SilenceDraft {
    /// The question's id.
    pub question: Spanned<String>,
    /// What the source says nearby, if the author wrote it down.
    pub reason: Option<String>,
}

/// One thing that the author says a source says.
#[derive(Clone, Debug)]
pub struct AnswerDraft {
    /// The question's id. What is missing is a problem already; the rest is looked at all the same.
    pub question: Option<Spanned<String>>,
    /// The position's id.
    pub position: Option<Spanned<String>>,
    /// In the author's words.
    pub summary: Option<String>,
    /// Words claimed to stand in the document.
    pub quotes: Vec<Spanned<String>>,
    /// How the source says it.
    pub voice: Voice,
    /// To whom the words are put.
    pub to: Option<String>,
}

/// Reads one record. The document is found later.
pub(super) fn read(id: SourceId, file: FileId, text: &str, problems: &mut Problems) -> SourceDraft {
    let mut table = Table::parse(file, text, 0, problems);
    let about = read_about(&id, &mut table, problems);
    let draft = SourceDraft {
        id,
        has_record: true,
        about,
        rests_on: table.texts("rests_on", problems),
        publish: read_publish(&mut table, problems),
        notes: table.text("notes", problems).map(|notes| MarkdownSource::in_toml(notes.value, notes.span)),
        silences: read_silences(&mut table, problems),
        answers: read_answers(&mut table, problems),
        document_name: table.text("document", problems),
        document: None,
        unreadable: false,
        span: Span::whole(file),
    };
    table.finish(problems);
    draft
}

fn read_about(id: &SourceId, table: &mut Table<'_>, problems: &mut Problems) -> About {
    let title = table.required_text("title", "The headline", problems);
    let url = table.text("url", problems);
    let language = table.text("language", problems);
    About {
        title: title.map_or_else(|| id.to_string(), |title| title.value),
        short: table.text("short", problems).map(|text| text.value),
        publisher: table.text("publisher", problems).map(|text| text.value),
        author: table.text("author", problems).map(|text| text.value),
        url: url.and_then(|url| web_address("url", &url.value, url.span, problems)),
        published: table.date("published", problems),
        retrieved: table.date("retrieved", problems),
        order: table.number("order", problems).map(|order| order.value),
        kind: table.text("kind", problems).map(|text| text.value),
        language: language.map(|tag| language_tag(&tag.value, tag.span, problems)),
        caution: table.text("caution", problems).map(|text| text.value),
    }
}

fn read_silences(table: &mut Table<'_>, problems: &mut Problems) -> Vec<SilenceDraft> {
    let silences = table.texts_with_reasons("silent", problems);
    silences.into_iter().map(|(question, reason)| SilenceDraft { question, reason }).collect()
}

fn read_answers(table: &mut Table<'_>, problems: &mut Problems) -> Vec<AnswerDraft> {
    let tables = table.tables("answer", problems);
    let blank =
        |answer: &Table<'_>| answer.empty_text_span("summary").and(answer.empty_text_span("position"));
    let unedited: Vec<Span> = tables.iter().filter_map(blank).collect();
    if let Some(first) = unedited.first() {
        problems.push(super::problems::answer_unedited(unedited.len(), *first));
    }
    tables.into_iter().map(|answer| read_answer(answer, problems)).collect()
}

fn read_answer(mut table: Table<'_>, problems: &mut Problems) -> AnswerDraft {
    let question = table.required_text("question", "cause", problems);
    // Where both are kept free, nobody has edited the answer yet, which is told of; its quotes are looked at all the same.
    let unedited = table.empty_text_span("position").and(table.empty_text_span("summary")).is_some();
    let (position, summary) = if unedited {
        (table.text("position", problems), table.text("summary", problems))
    } else {
        let position = table.required_text("position", "lightning", problems);
        (position, table.required_text("summary", "What the source says, in your words", problems))
    };
    let quotes = table.texts("quotes", problems);
    let voice = read_voice(&mut table, problems);
    let to = table.text("to", problems).map(|to| to.value);
    table.finish(problems);
    AnswerDraft { question, position, summary: summary.map(|summary| summary.value), quotes, voice, to }
}

fn read_voice(table: &mut Table<'_>, problems: &mut Problems) -> Voice {
    let voices = Voice::ALL.map(|voice| (voice.as_str(), voice));
    table
        .text("voice", problems)
        .and_then(|word| parse_choice("voice", &word, &voices, problems))
        .unwrap_or_default()
}

fn read_publish(table: &mut Table<'_>, problems: &mut Problems) -> Publish {
    let word = table.text("publish", problems);
    word.and_then(|word| parse_choice("publish", &word, &Publish::ALL, problems)).unwrap_or(Publish::Quotes)
}

/// A source that has a document and no record: all that is known of it is what the document says.
pub(super) fn draft_without_record(
    id: SourceId,
    name: &str,
    document: Document,
    file: FileId,
) -> SourceDraft {
    let is_named_by_id = name.rsplit_once('.').is_some_and(|(stem, _)| stem == id.as_str());
    let span = Span::whole(file);
    let meta = document.meta.clone();
    let title = meta.title.or_else(|| title_of(&document.text)).map(|title| printable(&title));
    let title = title.unwrap_or_else(|| id.to_string());
    SourceDraft {
        id,
        has_record: false,
        about: About {
            title,
            author: meta.author.as_deref().map(printable),
            publisher: meta.publisher.as_deref().map(printable),
            url: meta.url,
            published: meta.published,
            language: meta.language,
            ..About::default()
        },
        rests_on: Vec::new(),
        publish: Publish::Excerpts,
        notes: None,
        silences: Vec::new(),
        answers: Vec::new(),
        document_name: (!is_named_by_id).then(|| Spanned::new(name.to_owned(), span)),
        document: Some(document),
        unreadable: false,
        span,
    }
}

/// The first line of a text that is part of it: its headline. Of one that runs on, the first words.
pub fn title_of(text: &str) -> Option<String> {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['\u{feff}', '#', ' ', '\t']).trim());
    let line = lines.find(|line| !is_boilerplate(line, false) && !line.contains(char::is_control))?;
    if line.chars().count() <= MAX_HEADLINE_CHARS {
        return Some(line.to_owned());
    }
    let (end, _) = line.char_indices().nth(MAX_CUT_TITLE_CHARS)?;
    let cut = line[..end].rfind(char::is_whitespace).unwrap_or(end);
    Some(format!("{} …", line[..cut].trim_end_matches(|c: char| !c.is_alphanumeric())))
}
