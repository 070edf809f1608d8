//! The word lists for `quote_context`, which finds words beside a quote that reverse or weaken its meaning. English and
//! German.

use std::sync::LazyLock;

use sourcewise_quotes::primary;

use super::{WordSet, parse_lines};

/// The lists of one language. Each field is the list `<language>/context_<field>.txt`, in lower case.
#[derive(Debug)]
pub(crate) struct ContextWords {
    language: &'static str,
    /// Words that negate what follows: *not*, *never*.
    pub(crate) negations: WordSet,
    /// Words that may stand between a negation and what it negates: *been*, *really*.
    pub(crate) fillers: WordSet,
    /// Phrases that contain a negation but negate nothing: *not only*, *no doubt*.
    pub(crate) exceptions: WordSet,
    /// Phrases that deny the clause after them: *denied that*, *no evidence of*.
    pub(crate) denials: WordSet,
    /// Words that begin a condition or an indirect question: *if*, *whether*.
    pub(crate) conditions: WordSet,
    /// Words that begin a clause which a denial or negation governs: *that*.
    pub(crate) clause_starts: WordSet,
    /// Phrases that report a claim: *sagte*. [`crate::attribution`] finds more phrases, but only in English, and among
    /// them are those of acts: *ordered*.
    pub(crate) reports: WordSet,
    /// Verbs whose clause is true even if the verb is negated: *did not mention that the mill burnt*.
    pub(crate) factives: WordSet,
    /// Words that, at the start of a sentence, negate all of it: *none*, *nothing*.
    pub(crate) negative_subjects: WordSet,
    /// Phrases that begin a condition that follows the statement: *The mill will close unless …*.
    pub(crate) conditions_after: WordSet,
    /// Words that begin a question whose statement is true: *Why did the mill burn?*
    pub(crate) question_words: WordSet,
    /// Words that name the document itself as a speaker: *our review*.
    pub(crate) own_speakers: WordSet,
    /// Phrases that express doubt: *angeblich*. In English, those of `hedged.txt` count, too.
    pub(crate) hedges: WordSet,
}

macro_rules! context_words {
    ($($language:literal)*) => {
        [$(ContextWords {
            language: $language,
            negations: parse_lines(include_str!(concat!($language, "/context_negations.txt"))),
            fillers: parse_lines(include_str!(concat!($language, "/context_fillers.txt"))),
            exceptions: parse_lines(include_str!(concat!($language, "/context_exceptions.txt"))),
            denials: parse_lines(include_str!(concat!($language, "/context_denials.txt"))),
            conditions: parse_lines(include_str!(concat!($language, "/context_conditions.txt"))),
            clause_starts: parse_lines(include_str!(concat!($language, "/context_clause_starts.txt"))),
            reports: parse_lines(include_str!(concat!($language, "/context_reports.txt"))),
            factives: parse_lines(include_str!(concat!($language, "/context_factives.txt"))),
            negative_subjects: parse_lines(include_str!(concat!($language, "/context_negative_subjects.txt"))),
            conditions_after: parse_lines(include_str!(concat!($language, "/context_conditions_after.txt"))),
            question_words: parse_lines(include_str!(concat!($language, "/context_question_words.txt"))),
            own_speakers: parse_lines(include_str!(concat!($language, "/context_own_speakers.txt"))),
            hedges: parse_lines(include_str!(concat!($language, "/context_hedges.txt"))),
        }),*]
    };
}

static CONTEXT_WORDS: LazyLock<[ContextWords; 2]> = LazyLock::new(|| context_words!["en" "de"]);

impl ContextWords {
    /// The BCP 47 tag of the language.
    pub(crate) fn language(&self) -> &'static str {
        self.language
    }

    /// Returns the lists of a language by BCP 47 tag; `None` if there are none.
    pub(crate) fn of(language: &str) -> Option<&'static Self> {
        CONTEXT_WORDS.iter().find(|words| words.language.eq_ignore_ascii_case(primary(language)))
    }
}
