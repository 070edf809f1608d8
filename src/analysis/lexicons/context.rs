//! The word lists for `quote_context`, which finds words beside a quote that reverse or weaken its meaning. English and
//! German.

use std::sync::LazyLock;

use sourcewise_quotes::primary;

use super::{WordSet, parse_lines};

/// The lists of one language. Each field but `language` is the list `<language>/context_<field>.txt`, in lower case.
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
    /// Words that begin a condition only at the start of a sentence, a quotation, or what someone says: *should the
    /// mill burn*.
    pub(crate) conditions_at_start: WordSet,
    /// Words that begin a condition if what depends on it is still to come: *once the mill opens, it will*.
    pub(crate) conditions_of_future: WordSet,
    /// Words that tell that something is still to come: *will*.
    pub(crate) future_words: WordSet,
    /// Words after which a condition has no effect (*even* in *even if*), and phrases that begin like a condition but
    /// are none: *if not*.
    pub(crate) concessions: WordSet,
    /// Words that join or begin another clause: *and*, *because*.
    pub(crate) conjunctions: WordSet,
    /// Verbs after which *if* begins an indirect question: *asked if*. Only English needs them.
    pub(crate) askers: WordSet,
    /// Verbs, and endings of verbs (*-ed*), that tell a statement from a name.
    pub(crate) verbs: WordSet,
    /// Verbs of wishes and demands: *hopes*, *asked*.
    pub(crate) wishes: WordSet,
    /// Verbs of plans and attempts: *decided to*, *tried to*.
    pub(crate) plans: WordSet,
    /// Verbs after which an infinitive says what need not come true: *should sell the mill*.
    pub(crate) obligations: WordSet,
    /// Words that show, after *to*, that no infinitive follows: *the* in *asked the way to the mill*. Only English
    /// needs them.
    pub(crate) determiners: WordSet,
    /// Words that begin a clause governed by the words before it, such as a denial, a wish or a verb of speech: *that*.
    pub(crate) clause_starts: WordSet,
    /// Phrases that report a claim: *sagte*. In English, [`crate::attribution`] finds them by rule; of the phrases that
    /// it finds inside a quote, only those in this list count, because others report acts: *ordered*.
    pub(crate) reports: WordSet,
    /// Phrases that report a belief or a finding: *thinks*, *found that*.
    pub(crate) beliefs: WordSet,
    /// Nouns that, after *our* or *this*, name the document itself: *our review*, but not *our neighbour*.
    pub(crate) own_works: WordSet,
    /// Verbs whose clause is true even if the verb is negated: *did not mention that the mill burnt*.
    pub(crate) factives: WordSet,
    /// Words that, at the start of a sentence, negate it up to its first punctuation mark: *none*, *nothing*.
    pub(crate) negative_subjects: WordSet,
    /// Phrases that begin a condition that follows the statement: *The mill will close unless …*.
    pub(crate) conditions_after: WordSet,
    /// Words that begin a question whose statement is true: *Why did the mill burn?*
    pub(crate) question_words: WordSet,
    /// Words that name the document itself as a speaker: *we*.
    pub(crate) own_speakers: WordSet,
    /// Words that name the document itself as a speaker together with a noun in `own_works`: *our* in *our review*.
    pub(crate) own_determiners: WordSet,
    /// Phrases that express doubt: *angeblich*. In English, most of those in `hedged.txt` count, too; `voice_words`
    /// leaves some out.
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
            conditions_at_start: parse_lines(include_str!(concat!($language, "/context_conditions_at_start.txt"))),
            conditions_of_future: parse_lines(include_str!(concat!($language, "/context_conditions_of_future.txt"))),
            future_words: parse_lines(include_str!(concat!($language, "/context_future_words.txt"))),
            concessions: parse_lines(include_str!(concat!($language, "/context_concessions.txt"))),
            conjunctions: parse_lines(include_str!(concat!($language, "/context_conjunctions.txt"))),
            askers: parse_lines(include_str!(concat!($language, "/context_askers.txt"))),
            verbs: parse_lines(include_str!(concat!($language, "/context_verbs.txt"))),
            wishes: parse_lines(include_str!(concat!($language, "/context_wishes.txt"))),
            plans: parse_lines(include_str!(concat!($language, "/context_plans.txt"))),
            obligations: parse_lines(include_str!(concat!($language, "/context_obligations.txt"))),
            determiners: parse_lines(include_str!(concat!($language, "/context_determiners.txt"))),
            beliefs: parse_lines(include_str!(concat!($language, "/context_beliefs.txt"))),
            own_determiners: parse_lines(include_str!(concat!($language, "/context_own_determiners.txt"))),
            own_works: parse_lines(include_str!(concat!($language, "/context_own_works.txt"))),
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
