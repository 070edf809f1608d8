//! Asking a program of the author's, such as a language model's command line: one JSON request a source on its standard
//! input, one JSON reply on its standard output. Nothing of the reply is believed: every quote must stand in the document.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sourcewise_analysis::Voice;
use sourcewise_quotes::{SegmentedDocument, prove_words};

use super::draft::Draft;
use crate::error::Error;
use crate::ids::{PositionId, QuestionId};
use crate::pipeline::Compared;
use crate::text::one_line;
use crate::verify::{Question, Source};

/// How long a program may think about one source.
const PATIENCE: Duration = Duration::from_mins(10);
/// No reply is longer, in bytes.
const LONGEST_REPLY: u64 = 8_000_000;
/// How often it is asked for whether it has ended.
const BEAT: Duration = Duration::from_millis(20);

#[derive(Serialize)]
struct Request<'a> {
    version: u32,
    source: AboutSource<'a>,
    /// No quote may have more words.
    quote_words: usize,
    questions: Vec<Asked<'a>>,
    document: &'a str,
}

#[derive(Serialize)]
struct AboutSource<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    published: Option<String>,
    language: &'a str,
}

#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    title: &'a str,
    terms: &'a [String],
    positions: Vec<Position<'a>>,
    /// What a rule found, best first.
    passages: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    id: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Passage<'a> {
    paragraph: usize,
    text: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
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

/// What came of a reply.
pub(super) struct Replied {
    /// The answers whose quotes hold.
    pub(super) drafts: Vec<Draft>,
    /// How many quotes didn't, or were too long, or given to what nobody asked.
    pub(super) dropped: usize,
}

/// Asks the program about one source.
pub(super) fn ask(
    command: &str,
    compared: &Compared,
    source: &Source,
    questions: &[&Question],
) -> Result<Replied, Error> {
    let Some(document) = compared.corpus.get(&source.id) else {
        return Ok(Replied { drafts: Vec::new(), dropped: 0 });
    };
    let request = request(compared, source, document, questions);
    let request = serde_json::to_vec(&request).map_err(|error| fault(command, error.to_string()))?;
    let reply = run(command, request)?;
    let reply: Reply = serde_json::from_slice(&reply)
        .map_err(|error| fault(command, format!("its reply is not what was asked for: {error}")))?;
    let mut replied = Replied { drafts: Vec::new(), dropped: 0 };
    for answer in reply.answers {
        replied.take(answer, questions, document, compared.verified.site.quote_words);
    }
    Ok(replied)
}

fn request<'a>(
    compared: &'a Compared,
    source: &'a Source,
    document: &'a SegmentedDocument,
    questions: &[&'a Question],
) -> Request<'a> {
    let passages = |question: &Question| {
        let found = compared.found.cell(&question.id, &source.id).unwrap_or_default();
        let passages = found.iter().map(|found| found.number.of(document.passages()));
        passages
            .map(|passage| Passage { paragraph: passage.paragraph, text: document.words_of(passage) })
            .collect()
    };
    let asked = questions.iter().map(|question| Asked {
        id: question.id.as_str(),
        title: &question.title,
        terms: &question.terms,
        positions: question.positions.iter().map(|(id, label)| Position { id: id.as_str(), label }).collect(),
        passages: passages(question),
    });
    Request {
        version: 1,
        source: AboutSource {
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

impl Replied {
    /// Keeps of an answer what holds.
    fn take(
        &mut self,
        answer: Answer,
        questions: &[&Question],
        document: &SegmentedDocument,
        longest: usize,
    ) {
        let question = QuestionId::parse(&answer.question)
            .and_then(|id| questions.iter().find(|question| question.id == id));
        let Some(question) = question else {
            self.dropped += answer.quotes.len().max(1);
            return;
        };
        let all = answer.quotes.len();
        let holds = |quote: &String| {
            let short = quote.split_whitespace().count() <= longest;
            short && prove_words(quote, document).is_some()
        };
        let quotes: Vec<String> = answer.quotes.into_iter().filter(holds).collect();
        self.dropped += all - quotes.len();
        if quotes.is_empty() {
            return;
        }
        let position = answer.position.and_then(|id| PositionId::parse(&id));
        let position = position.filter(|id| question.positions.contains_key(id));
        // What the program makes of it is shown to the author, and is not the author's word.
        let mut from = vec!["suggested by a program; its quotes stand in the document".to_owned()];
        from.extend(position.map(|id| format!("it says: position {id}")));
        from.extend(answer.summary.map(|summary| format!("it says: {}", one_line(&summary))));
        let voice = Voice::ALL.into_iter().find(|voice| answer.voice.as_deref() == Some(voice.as_str()));
        self.drafts.push(Draft {
            question: question.id.clone(),
            from,
            quotes,
            voice,
            to: answer.to.map(|to| one_line(&to)).filter(|to| !to.is_empty()),
        });
    }
}

fn fault(command: &str, reason: String) -> Error {
    Error::Program { command: command.to_owned(), reason }
}

/// Runs the command in the system's shell, with the request on its standard input, and gives what it prints.
fn run(command: &str, request: Vec<u8>) -> Result<Vec<u8>, Error> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let child = Command::new(shell)
        .args([flag, command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let mut child = child.map_err(|error| fault(command, format!("it can't be started: {error}")))?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    // It may print before it has read everything: both go on at once.
    let writer = std::thread::spawn(move || {
        // A program that doesn't read to the end has its reasons; its reply tells.
        let _ = input.map(|mut input| input.write_all(&request));
    });
    let reader = std::thread::spawn(move || {
        let mut reply = Vec::new();
        output.map_or(Ok(0), |output| output.take(LONGEST_REPLY + 1).read_to_end(&mut reply)).map(|_| reply)
    });
    let ended = wait(&mut child, command);
    let _ = writer.join();
    let reply = reader.join();
    ended?;
    match reply {
        Ok(Ok(reply)) if reply.len() as u64 <= LONGEST_REPLY => Ok(reply),
        Ok(Ok(_)) => Err(fault(command, format!("its reply has more than {LONGEST_REPLY} bytes"))),
        Ok(Err(error)) => Err(fault(command, format!("its reply can't be read: {error}"))),
        Err(_) => Err(fault(command, "its reply can't be read".to_owned())),
    }
}

/// Waits for the end of the program, and ends it if that takes too long.
fn wait(child: &mut Child, command: &str) -> Result<(), Error> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(fault(command, format!("it ended with {status}"))),
            Ok(None) if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(fault(command, format!("it took more than {} seconds", PATIENCE.as_secs())));
            }
            Ok(None) => std::thread::sleep(BEAT),
            Err(error) => return Err(fault(command, error.to_string())),
        }
    }
}
