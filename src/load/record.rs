//! Parses a record, `seeds/<id>.toml`: what the site's author noted about a source. `sources` adds the document, and
//! `verify::records` checks ids and quotes.

use std::sync::Arc;

use jiff::civil::Date;
use sourcewise_analysis::Voice;
use sourcewise_quotes::is_boilerplate;

use super::choice::parse_choice;
use super::document::Document;
use super::front_matter::MarkdownSource;
use super::keys::RECORD_KEYS;
use super::parts::PartsDraft;
use super::question::Question;
use super::site::{language_tag, web_address};
use super::table::Table;
use crate::cache::Digest;
use crate::files::{FileId, Span, Spanned};
use crate::ids::{PositionId, SourceId};
use crate::problem::Problems;
use crate::text::printable;

/// A first line up to this length is taken whole as a document's title. A longer one is probably not a headline.
const MAX_HEADLINE_CHARS: usize = 120;
/// Longest title that is cut from a longer line.
const MAX_CUT_TITLE_CHARS: usize = 64;

/// How much of a document may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publish {
    /// Only the quotes in the record and in pages.
    Quotes,
    /// Quotes, and passages found by rule.
    Excerpts,
    Full,
}

impl Publish {
    /// Whether pages may contain passages that no record or page quotes.
    pub fn allows_passages(self) -> bool {
        matches!(self, Self::Excerpts | Self::Full)
    }

    const ALL: [(&'static str, Self); 3] =
        [("quotes", Self::Quotes), ("excerpts", Self::Excerpts), ("full", Self::Full)];
}

/// Bibliographic details of a source.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The headline, or a name that the site's author chose; the id if the record has no title.
    pub title: String,
    /// A shorter title, for the comparison.
    pub short: Option<String>,
    /// A few words below the short title: what kind of source it is, or whom it cites.
    pub short_note: Option<String>,
    pub publisher: Option<String>,
    /// The article's author, unlike [`super::Site::author`].
    pub author: Option<String>,
    pub url: Option<String>,
    pub published: Option<Date>,
    /// Date on which the site's author fetched the document.
    pub retrieved: Option<Date>,
    /// Sort key among sources with the same date of publication, or among sources without a date.
    pub order: Option<u32>,
    /// Kind of source, in the words of the site's author: `report`, `statement` …
    pub kind: Option<String>,
    /// The document's language, as a BCP 47 tag: `en`.
    pub language: Option<String>,
    /// A warning to readers, printed wherever the source is introduced.
    pub caution: Option<String>,
}

/// A source as its record describes it, or as its document does if there is no record. Quotes and ids are unchecked.
#[derive(Clone, Debug)]
pub struct SourceDraft {
    pub id: SourceId,
    /// Whether there is a record; otherwise there is only a document.
    pub has_record: bool,
    pub about: About,
    /// Ids of what the source itself rests on: origins (`[origins]` in `site.toml`) and other sources.
    pub rests_on: Vec<Spanned<String>>,
    pub publish: Publish,
    pub notes: Option<MarkdownSource>,
    /// Questions that the source does not answer.
    pub silences: Arc<[SilenceDraft]>,
    pub answers: Arc<[AnswerDraft]>,
    /// Name of the document's file, if the record gives one. Without a record: only if the name is not the id with an
    /// extension.
    pub document_name: Option<Spanned<String>>,
    /// The record's `include` and `exclude`: parts of the document that always belong to its text, or never.
    pub parts: PartsDraft,
    /// The source's document, if it exists and could be read.
    pub document: Option<Arc<Document>>,
    /// Whether the document exists but has no text that could be read. The problem is already recorded.
    pub unreadable: bool,
    /// The start of the record, or of the document if there is no record.
    pub span: Span,
    /// Hash of all that was read, without the document. Caches use it as their key, with that of the document.
    pub reading: Digest,
}

/// A question that a source does not answer, according to its record.
#[derive(Clone, Debug)]
pub struct SilenceDraft {
    pub question: Spanned<String>,
    /// A remark, such as what the source says instead.
    pub reason: Option<String>,
}

/// An answer that a record attributes to its source.
#[derive(Clone, Debug)]
pub struct AnswerDraft {
    /// The question's id; `None` if it is missing, which is already a problem. The other fields are checked anyway.
    pub question: Option<Spanned<String>>,
    pub position: Option<Spanned<String>>,
    pub summary: Option<Spanned<String>>,
    pub quotes: Vec<Spanned<String>>,
    pub voice: Voice,
    /// Whether the record has the key `voice`. Without it, the voice is `own`.
    pub has_voice: bool,
    /// Person or organisation that the source attributes the answer to.
    pub to: Option<String>,
    /// Why words beside the quotes in the document, such as “not”, don't change what the quotes mean. Pages don't print
    /// it.
    pub context: Option<String>,
}

impl SourceDraft {
    /// Creates a source of which only the id matters, so that other files can refer to it. All else is as in an empty
    /// record.
    pub fn only_id(id: SourceId, span: Span) -> Self {
        Self {
            reading: Digest::of(&[id.as_str().as_bytes()]),
            id,
            has_record: true,
            about: About::default(),
            rests_on: Vec::new(),
            publish: Publish::Quotes,
            notes: None,
            silences: Arc::default(),
            answers: Arc::default(),
            document_name: None,
            parts: PartsDraft::default(),
            document: None,
            unreadable: false,
            span,
        }
    }
}

/// Parses one record, without its document. The help texts take example ids from `questions`.
pub fn read(
    id: SourceId,
    file: FileId,
    text: &str,
    questions: &[Question],
    problems: &mut Problems,
) -> SourceDraft {
    let mut table = Table::parse(file, text, 0, problems).with_top_keys(RECORD_KEYS);
    let about = read_about(&id, &mut table, problems);
    let draft = SourceDraft {
        reading: Digest::of(&[id.as_str().as_bytes(), &file.index().to_be_bytes(), text.as_bytes()]),
        id,
        has_record: true,
        about,
        rests_on: table.texts("rests_on", problems),
        publish: read_publish(&mut table, problems),
        notes: table.text("notes", problems).map(|notes| MarkdownSource::in_toml(notes.value, notes.span)),
        silences: read_silences(&mut table, problems),
        answers: read_answers(&mut table, questions, problems),
        document_name: table.text("document", problems),
        parts: PartsDraft::read(&mut table, problems),
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
        short_note: table.text("short_note", problems).map(|text| text.value),
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

fn read_silences(table: &mut Table<'_>, problems: &mut Problems) -> Arc<[SilenceDraft]> {
    let silences = table.texts_with_reasons("silent", problems);
    silences.into_iter().map(|(question, reason)| SilenceDraft { question, reason }).collect()
}

fn read_answers(
    table: &mut Table<'_>,
    questions: &[Question],
    problems: &mut Problems,
) -> Arc<[AnswerDraft]> {
    let tables = table.tables("answer", problems);
    let blank =
        |answer: &Table<'_>| answer.empty_text_span("summary").and(answer.empty_text_span("position"));
    let unedited: Vec<Span> = tables.iter().filter_map(blank).collect();
    if let Some(first) = unedited.first() {
        problems.push(super::problems::answer_unedited(unedited.len(), *first));
    }
    tables.into_iter().map(|answer| read_answer(answer, questions, problems)).collect()
}

fn read_answer(mut table: Table<'_>, questions: &[Question], problems: &mut Problems) -> AnswerDraft {
    let first = questions.first().map_or("id-of-a-question", |question| question.id.as_str());
    let question = table.required_text("question", first, problems);
    // If position and summary are both empty, `sourcewise suggest` wrote this answer, and its author has not edited it.
    // `read_answers` reports that.
    let unedited = table.empty_text_span("position").and(table.empty_text_span("summary")).is_some();
    let (position, summary) = if unedited {
        (table.text("position", problems), table.text("summary", problems))
    } else {
        let position =
            table.required_text("position", example_position(questions, question.as_ref()), problems);
        (position, table.required_text("summary", "What the source says, in your words", problems))
    };
    let quotes = table.texts("quotes", problems);
    let has_voice = table.has("voice");
    let voice = read_voice(&mut table, problems);
    let to = table.text("to", problems);
    if let Some(to) = to.as_ref().filter(|_| voice == Some(Voice::Own) && !table.has_syntax_errors()) {
        problems.push(super::problems::to_without_voice(has_voice, to.span));
    }
    let context = table.text("context", problems).map(|context| context.value);
    table.finish(problems);
    let (voice, to) = (voice.unwrap_or_default(), to.map(|to| to.value));
    AnswerDraft { question, position, summary, quotes, voice, has_voice, to, context }
}

/// Returns an example for a help text: a position of the answer's question, or of any question if the answer names
/// none.
fn example_position<'q>(questions: &'q [Question], written: Option<&Spanned<String>>) -> &'q str {
    let is_meant = |question: &&Question| written.is_none_or(|written| written.value == question.id.as_str());
    let position = questions.iter().filter(is_meant).find_map(|question| question.positions.keys().next());
    position.map_or("id-of-a-position", PositionId::as_str)
}

/// Reads `voice`; without it, the voice is `own`. A word that names no voice is a problem and gives `None`.
fn read_voice(table: &mut Table<'_>, problems: &mut Problems) -> Option<Voice> {
    let voices = Voice::ALL.map(|voice| (voice.as_str(), voice));
    match table.text("voice", problems) {
        Some(word) => parse_choice("voice", &word, &voices, problems),
        None => Some(Voice::default()),
    }
}

fn read_publish(table: &mut Table<'_>, problems: &mut Problems) -> Publish {
    let word = table.text("publish", problems);
    word.and_then(|word| parse_choice("publish", &word, &Publish::ALL, problems)).unwrap_or(Publish::Quotes)
}

/// Creates a source for a document that has no record, from the metadata in the document. Its passages may be
/// published. Without a title in the metadata, the title comes from the text, or is the id.
pub(super) fn draft_without_record(
    id: SourceId,
    name: &str,
    document: Arc<Document>,
    file: FileId,
) -> SourceDraft {
    let is_named_by_id = name.rsplit_once('.').is_some_and(|(stem, _)| stem == id.as_str());
    let span = Span::whole(file);
    let meta = document.meta.clone();
    let title = meta.title.or_else(|| title_of(&document.text)).map(|title| printable(&title));
    let title = title.unwrap_or_else(|| id.to_string());
    SourceDraft {
        reading: Digest::of(&[id.as_str().as_bytes(), name.as_bytes(), &file.index().to_be_bytes()]),
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
        silences: Arc::default(),
        answers: Arc::default(),
        parts: PartsDraft::default(),
        document_name: (!is_named_by_id).then(|| Spanned::new(name.to_owned(), span)),
        document: Some(document),
        unreadable: false,
        span,
    }
}

/// Returns a title for a text: its first line that is not boilerplate, such as a menu. A line longer than
/// `MAX_HEADLINE_CHARS` is cut after its first words and ends with `…`. `None` if there is no such line.
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
