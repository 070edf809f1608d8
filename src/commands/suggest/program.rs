//! Runs a program of the site's author that suggests answers, for example a language model's command line. For each
//! source, it gets a JSON request on standard input and prints a JSON reply. Quotes in the reply that aren't in the
//! document or are too long are dropped.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sourcewise_analysis::Voice;
use sourcewise_quotes::{SegmentedDocument, prove_words};

use super::draft::SuggestedAnswer;
use crate::error::Error;
use crate::find::count_words;
use crate::ids::{PositionId, QuestionId};
use crate::pipeline::Compared;
use crate::text::one_line;
use crate::verify::{Question, Source};

/// The program is killed if it takes longer for one source.
const MAX_RUN_TIME: Duration = Duration::from_mins(10);
const MAX_REPLY_BYTES: u64 = 8_000_000;
/// The pause between two checks whether the program has ended.
const POLL_INTERVAL_MS: u64 = 20;

#[derive(Serialize)]
struct ProgramRequest<'a> {
    version: u32,
    source: RequestSource<'a>,
    /// Maximum number of words of a quote.
    quote_words: usize,
    questions: Vec<RequestQuestion<'a>>,
    document: &'a str,
}

#[derive(Serialize)]
struct RequestSource<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    published: Option<String>,
    language: &'a str,
}

#[derive(Serialize)]
struct RequestQuestion<'a> {
    id: &'a str,
    title: &'a str,
    terms: &'a [String],
    positions: Vec<RequestPosition<'a>>,
    /// Passages found by rule, best first.
    passages: Vec<RequestPassage<'a>>,
}

#[derive(Serialize)]
struct RequestPosition<'a> {
    id: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct RequestPassage<'a> {
    paragraph: usize,
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
struct ProgramReply {
    answers: Vec<ProgramAnswer>,
}

#[derive(Deserialize)]
struct ProgramAnswer {
    question: String,
    #[serde(default)]
    quotes: Vec<String>,
    #[serde(default)]
    position: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    voice: Option<String>,
    #[serde(default)]
    to: Option<String>,
}

/// The suggestions of a program's reply, with verified quotes only.
pub(super) struct CheckedReply {
    pub(super) drafts: Vec<SuggestedAnswer>,
    /// The number of quotes that aren't in the document, are too long, or are for a question that wasn't asked. An
    /// answer without quotes to such a question counts as one.
    pub(super) dropped: usize,
}

/// Runs the program for one source and checks its reply.
pub(super) fn ask(
    command: &str,
    compared: &Compared,
    source: &Source,
    questions: &[&Question],
) -> Result<CheckedReply, Error> {
    let Some(document) = compared.corpus.get(&source.id) else {
        return Ok(CheckedReply { drafts: Vec::new(), dropped: 0 });
    };
    let request = request(compared, source, document, questions);
    let request = serde_json::to_vec(&request).map_err(|error| program_error(command, error.to_string()))?;
    let reply = run(command, request)?;
    let reply: ProgramReply = serde_json::from_slice(&reply)
        .map_err(|error| program_error(command, format!("its reply is not valid: {error}")))?;
    let mut checked = CheckedReply { drafts: Vec::new(), dropped: 0 };
    for answer in reply.answers {
        checked.add(answer, questions, document, compared.verified.site.quote_words);
    }
    Ok(checked)
}

fn request<'a>(
    compared: &'a Compared,
    source: &'a Source,
    document: &'a SegmentedDocument,
    questions: &[&'a Question],
) -> ProgramRequest<'a> {
    let passages = |question: &Question| {
        let found = compared.found.cell(&question.id, &source.id).unwrap_or_default();
        let passages = found.iter().map(|found| found.number.of(document.passages()));
        passages
            .map(|passage| RequestPassage { paragraph: passage.paragraph, text: document.words_of(passage) })
            .collect()
    };
    let asked = questions.iter().map(|question| RequestQuestion {
        id: question.id.as_str(),
        title: &question.title,
        terms: &question.terms,
        positions: question
            .positions
            .iter()
            .map(|(id, label)| RequestPosition { id: id.as_str(), label })
            .collect(),
        passages: passages(question),
    });
    ProgramRequest {
        version: 1,
        source: RequestSource {
            id: source.id.as_str(),
            title: &source.about.title,
            publisher: source.about.publisher.as_deref(),
            published: source.about.published.map(|day| day.to_string()),
            language: document.language(),
        },
        quote_words: compared.verified.site.quote_words,
        questions: asked.collect(),
        document: document.text(),
    }
}

impl CheckedReply {
    /// Adds an answer to an asked question, with those of its quotes that are in the document and short enough. Counts
    /// the others as dropped. Drops the answer if no quote is left.
    fn add(
        &mut self,
        answer: ProgramAnswer,
        questions: &[&Question],
        document: &SegmentedDocument,
        max_words: usize,
    ) {
        let question = QuestionId::parse(&answer.question)
            .and_then(|id| questions.iter().find(|question| question.id == id));
        let Some(question) = question else {
            self.dropped += answer.quotes.len().max(1);
            return;
        };
        let count = answer.quotes.len();
        let is_valid = |quote: &String| {
            let short = count_words(quote) <= max_words;
            short && prove_words(quote, document).is_some()
        };
        let quotes: Vec<String> = answer.quotes.into_iter().filter(is_valid).collect();
        self.dropped += count - quotes.len();
        if quotes.is_empty() {
            return;
        }
        let position = answer.position.and_then(|id| PositionId::parse(&id));
        let position = position.filter(|id| question.positions.contains_key(id));
        // Position and summary become comments, because the site's author decides about them.
        let mut comments = vec!["suggested by a program; the quotes are in the document".to_owned()];
        comments.extend(position.map(|id| format!("suggested position: {id}")));
        comments.extend(answer.summary.map(|summary| format!("suggested summary: {}", one_line(&summary))));
        let voice = Voice::ALL.into_iter().find(|voice| answer.voice.as_deref() == Some(voice.as_str()));
        self.drafts.push(SuggestedAnswer {
            question: question.id.clone(),
            comments,
            quotes,
            voice,
            to: answer.to.map(|to| one_line(&to)).filter(|to| !to.is_empty()),
        });
    }
}

fn program_error(command: &str, reason: String) -> Error {
    Error::Program { command: command.to_owned(), reason }
}

/// Runs the command in the system's shell with the request on its standard input. Returns its standard output.
fn run(command: &str, request: Vec<u8>) -> Result<Vec<u8>, Error> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let child = Command::new(shell)
        .args([flag, command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let mut child = child.map_err(|error| program_error(command, format!("it can't be started: {error}")))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    // Writes and reads in parallel, because the program may print before it has read everything.
    let writer = std::thread::spawn(move || {
        // Ignores write errors: the program need not read to the end.
        let _ = input.map(|mut input| input.write_all(&request));
    });
    let reader = std::thread::spawn(move || {
        let mut reply = Vec::new();
        output.map_or(Ok(0), |output| output.take(MAX_REPLY_BYTES + 1).read_to_end(&mut reply)).map(|_| reply)
    });
    let result = wait(&mut child, command);
    let _ = writer.join();
    let reply = reader.join();
    result?;
    match reply {
        Ok(Ok(reply)) if reply.len() as u64 <= MAX_REPLY_BYTES => Ok(reply),
        Ok(Ok(_)) => Err(program_error(command, format!("its reply has more than {MAX_REPLY_BYTES} bytes"))),
        Ok(Err(error)) => Err(program_error(command, format!("its reply can't be read: {error}"))),
        Err(_) => Err(program_error(command, "its reply can't be read".to_owned())),
    }
}

/// Waits until the program ends, or kills it after the time limit. An error unless it ends with success.
fn wait(child: &mut Child, command: &str) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(program_error(command, format!("it ended with {status}"))),
            Ok(None) if start.elapsed() > MAX_RUN_TIME => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(program_error(
                    command,
                    format!("it took more than {} seconds", MAX_RUN_TIME.as_secs()),
                ));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(POLL_INTERVAL_MS)),
            Err(error) => return Err(program_error(command, error.to_string())),
        }
    }
}
