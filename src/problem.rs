//! What is wrong in the author's files: collected over all phases, shown at the end, all at once.
//!
//! A problem is a place, a fact and a next step. Messages begin in lower case, put what was written in backticks
//! and have no full stop; `help` says what to do. How problems look on a terminal is `report`'s business.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::sha256;

use crate::files::{Files, Span};

/// How many hexadecimal digits the id of a problem has.
const ID_DIGITS: usize = 8;

/// How bad it is. A site with an error is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Worth knowing; the site is built.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)?) => {
        /// The kinds of problems. The names are stable: people search for them and scripts filter by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant),*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, as printed: `quote-not-found`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),*
                }
            }
        }
    };
}

codes! {
    /// The file is not TOML.
    TomlSyntax = "toml-syntax",
    /// A key that nothing reads; mostly a misspelling.
    UnknownKey = "unknown-key",
    /// A required key is missing or empty.
    MissingKey = "missing-key",
    /// A value of another type than the key takes.
    WrongType = "wrong-type",
    /// A value outside those the key takes.
    BadValue = "bad-value",
    /// A name that can't be an id.
    BadId = "bad-id",
    /// Two files or tables with one id.
    DuplicateId = "duplicate-id",
    /// A page or question without a `+++` block.
    FrontMatterMissing = "front-matter-missing",
    /// A `+++` block that never ends.
    FrontMatterUnclosed = "front-matter-unclosed",
    /// A file that is not text.
    NotText = "not-text",
    /// A document named by a record is neither at hand nor in the lock.
    DocumentMissing = "document-missing",
    /// A document in a format that is not read.
    DocumentKind = "document-kind",
    /// An answer that was suggested, and has neither position nor summary yet.
    AnswerUnedited = "answer-unedited",
    /// A document that is damaged, locked, or has no text.
    DocumentUnread = "document-unread",
    /// A document that is larger than the limits allow, or takes longer.
    DocumentTooLarge = "document-too-large",
    /// A document at hand is not the one that the lock was written from.
    DocumentChanged = "document-changed",
    /// The lock file is not what the documents at hand prove.
    StaleLock = "stale-lock",
    /// The lock file can't be read.
    BadLock = "bad-lock",
    /// A question that doesn't exist.
    UnknownQuestion = "unknown-question",
    /// A position that the question doesn't have.
    UnknownPosition = "unknown-position",
    /// A source or origin that doesn't exist.
    UnknownSource = "unknown-source",
    /// A source is said to answer a question and to be silent on it.
    AnswerAndSilence = "answer-and-silence",
    /// Sources that rest on one another in a circle.
    CircularOrigin = "circular-origin",
    /// A quote without words.
    QuoteEmpty = "quote-empty",
    /// A quote over the limit.
    QuoteTooLong = "quote-too-long",
    /// A quote that the document doesn't contain.
    QuoteNotFound = "quote-not-found",
    /// A quote that can't be held against anything: no document at hand, nothing in the lock.
    QuoteUnproved = "quote-unproved",
    /// `[@…]` or `[?…]` that can't be read.
    BadCitation = "bad-citation",
    /// The mark of a footnote that nobody wrote.
    UnknownNote = "unknown-note",
    /// A link to a page or file that doesn't exist.
    BrokenLink = "broken-link",
    /// A link to a heading that the page doesn't have.
    BrokenAnchor = "broken-anchor",
    /// Two files that would be written to one path.
    PathTaken = "path-taken",
    /// HTML in Markdown, shown as text.
    RawHtml = "raw-html",
    /// Something that readers' browsers would fetch from another site.
    ThirdParty = "third-party",
    /// A paragraph that states something and cites nothing.
    Uncited = "uncited",
    /// A search index over the limit.
    SearchIndexLarge = "search-index-large",
    /// The interface has no words in the site's language, or not all.
    WordsMissing = "words-missing",
    /// A card that is left out since no font has its characters.
    CardFont = "card-font",
    /// A template that can't be read or run.
    Template = "template",
    /// In the finished site, an address that leads to no file of it.
    PageLink = "page-link",
    /// A link to an id that the finished page doesn't have.
    PageAnchor = "page-anchor",
    /// An id that two elements of a finished page have.
    PageId = "page-id",
    /// A picture without a text for those who don't see it.
    PageImage = "page-image",
    /// Headings that skip a level, or a page without one headline.
    PageHeading = "page-heading",
    /// A link without words.
    PageLinkName = "page-link-name",
    /// A page without a title, or with another page's.
    PageTitle = "page-title",
    /// A page that doesn't say its language.
    PageLanguage = "page-language",
    /// A page over the limit, with all that it loads.
    PageWeight = "page-weight",
    /// Another site has no such page any more.
    LinkGone = "link-gone",
    /// A page of another site has a new address.
    LinkMoved = "link-moved",
    /// Another site doesn't answer programs.
    LinkForbidden = "link-forbidden",
    /// Another site doesn't answer.
    LinkUnreachable = "link-unreachable",
    /// There was no time to ask for all links.
    LinksNotAsked = "links-not-asked",
    /// A baseline accepts what is not found any more.
    BaselineStale = "baseline-stale",
    /// A baseline would accept what stops a build.
    BaselineRefused = "baseline-refused",
}

impl Code {
    /// Whether it is found in the finished site, which there is only if nothing stops the build.
    pub fn is_of_finished_site(self) -> bool {
        self >= Self::PageLink && self <= Self::LinksNotAsked
    }

    /// Whether it is found by asking other sites.
    pub fn is_of_web(self) -> bool {
        self >= Self::LinkGone && self <= Self::LinksNotAsked
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The fact, in one line.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// What is to be said at the place itself; may be empty.
    pub label: String,
    /// More that helps to see it: the nearest passage, the first of two places.
    pub notes: Vec<String>,
    /// The next step. Never empty.
    pub help: String,
    /// What its id is made of, where that is not its file and message.
    pub about: String,
    /// Its stable name among all problems of the site, once they are [sorted](Problems::sorted): eight hexadecimal
    /// digits that no line number goes into.
    pub id: String,
}

impl Problem {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            notes: Vec::new(),
            help: help.into(),
            about: String::new(),
            id: String::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message, help) }
    }

    /// Says something at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what its id is made of: for messages that change from run to run, and what no one file is about.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// Whether somebody may decide to live with it: not with what stops a build.
    pub fn is_acceptable(&self) -> bool {
        match self.code {
            Code::BaselineStale | Code::BaselineRefused | Code::LinksNotAsked => false,
            code => code.is_of_finished_site() || self.severity == Severity::Warning,
        }
    }

    /// Adds what helps to see it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Records a problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Records several, or none.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    /// Takes over those that were found elsewhere.
    pub fn append(&mut self, mut others: Self) {
        self.list.append(&mut others.list);
    }

    /// True if any of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// True if nothing is wrong at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Drops the problems of one kind: for a command that mends it.
    pub fn forget(&mut self, code: Code) {
        self.list.retain(|problem| problem.code != code);
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|problem| problem.severity == severity).count()
    }

    /// All of them, by file and place, each once and with its id; what is found in the finished site comes last.
    pub fn sorted(mut self, files: &Files) -> Vec<Problem> {
        let place =
            |p: &Problem| (p.code.is_of_finished_site(), files.path(p.span.file), p.span.start, p.code);
        self.list.sort_by(|a, b| place(a).cmp(&place(b)));
        // One fault of a template is met on every page that it makes, in words that name what was met first.
        let again = |p: &Problem, first: &Problem| {
            p == first || (p.code == Code::Template && place(p) == place(first))
        };
        self.list.dedup_by(|p, first| again(p, first));
        name_all(&mut self.list, files);
        self.list
    }
}

/// Gives every problem its id. Of those that are about the same each has a number, in their order.
fn name_all(problems: &mut [Problem], files: &Files) {
    let (mut numbers, mut taken) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for problem in problems {
        let about = match problem.about.as_str() {
            "" => format!("{}\n{}", files.name(problem.span.file), problem.message),
            about => about.to_owned(),
        };
        let about = format!("{}\n{about}", problem.code.as_str());
        let number = numbers.entry(about.clone()).or_default();
        while problem.id.is_empty() || !taken.insert(problem.id.clone()) {
            *number += 1;
            problem.id = sha256(format!("{about}\n{number}").as_bytes())[..ID_DIGITS].to_owned();
        }
    }
}
