//! Closed word classes of English, and the token predicates based on them.

use super::tokens::{Token, TokenKind};
use crate::lexicons::english;

/// Pronouns that are usually the subject of a clause.
const SUBJECTS: &[&str] = &[
    "he",
    "she",
    "they",
    "it",
    "i",
    "we",
    "you",
    "who",
    "everyone",
    "nobody",
    "everybody",
    "someone",
    "somebody",
];
/// Determiners, including possessives: the words that begin a noun phrase.
#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those", "each", "every", "no", "any", "some",
    "another", "both", "such", "whose", "all",
];
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "of", "for", "in", "at", "from", "with", "on", "to", "by", "about", "against", "into", "over", "under", "after", "before",
    "during", "through", "between", "among", "without", "within", "near", "toward", "towards", "upon", "out", "up", "off", "despite",
    "across", "behind", "beyond", "since", "until", "via", "amid", "outside", "inside", "around", "along", "like", "than",
];
/// Words that begin a clause: conjunctions and relative pronouns.
#[rustfmt::skip]
const SUBORDINATORS: &[&str] = &[
    "that", "which", "because", "when", "while", "as", "if", "although", "though", "whether", "where", "since", "unless", "but", "so",
    "or", "nor", "how", "why", "what", "after", "before", "until", "than", "and", "yet", "whereas", "once", "whose", "whom",
];
/// Words that begin a clause that is the object of a verb.
const COMPLEMENTIZERS: &[&str] =
    &["that", "whether", "if", "how", "why", "what", "who", "where", "when", "which", "there"];
#[rustfmt::skip]
const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't", "weren't", "isn’t", "aren’t", "wasn’t", "weren’t"];
#[rustfmt::skip]
const HAVE: &[&str] = &["has", "have", "had", "having", "hasn't", "haven't", "hadn't", "hasn’t", "haven’t", "hadn’t"];
#[rustfmt::skip]
const MODAL: &[&str] = &[
    "do", "does", "did", "will", "would", "could", "should", "may", "might", "can", "must", "shall", "cannot", "don't", "doesn't",
    "didn't", "won't", "wouldn't", "couldn't", "shouldn't", "can't", "mustn't", "don’t", "doesn’t", "didn’t", "won’t", "wouldn’t",
    "couldn’t", "shouldn’t", "can’t",
];
const CLITICS: &[&str] = &["'s", "’s", "'re", "’re", "'ll", "’ll", "'ve", "’ve", "'d", "’d", "'m", "’m"];
#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    "also", "then", "even", "once", "now", "never", "often", "still", "again", "later", "earlier", "first", "not", "just", "always",
    "sometimes", "already", "soon", "ever", "long", "too", "instead", "further", "yesterday", "today", "tonight", "only", "thus",
    "all", "both", "rather", "back", "afterward", "afterwards", "simply", "nevertheless", "nonetheless", "however", "twice", "so",
    "better", "ago", "far", "much", "almost", "quite",
];
#[rustfmt::skip]
const TIMES: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "yesterday", "today", "tonight", "morning", "afternoon",
    "evening", "night", "week", "month", "year", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan.", "feb.", "aug.", "sept.", "oct.",
    "nov.", "dec.", "noon", "weekend",
];
/// Words in *-ly* whose ending doesn't make them adverbs.
const NON_ADVERBS: &[&str] = &[
    "family", "ally", "italy", "assembly", "july", "only", "rally", "reply", "supply", "anomaly", "kelly",
    "emily", "fly", "early", "monopoly",
];

/// Endings in *-ly* that names such as *Kelly* don't have. So a capitalized word with one of them is an adverb, too.
const ADVERB_ENDINGS: &[&str] = &[
    "ably", "ally", "antly", "arly", "ately", "edly", "ently", "ibly", "ingly", "ively", "ously", "ectly",
    "ntly",
];
/// Endings of nouns for people by occupation or role: *miller*, *economist*.
const ROLE_ENDINGS: &[&str] = &[
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "ant", "ants", "ees", "ee", "man", "men",
    "woman", "women", "ents", "ives", "ics", "eur", "eurs",
];

/// The ending of a shorter word says nothing about its class: *her*, *only*.
const MIN_WORD_WITH_ENDING_BYTES: usize = 5;

impl Token<'_> {
    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub(crate) fn is_subject(&self) -> bool {
        SUBJECTS.contains(&self.lower)
    }

    /// Whether the token refers to the article's author or its reader. What they say is in the document's own voice.
    pub(crate) fn is_author_or_reader(&self) -> bool {
        matches!(self.lower, "i" | "we" | "you" | "me" | "us" | "my" | "our" | "your")
    }

    pub(crate) fn is_determiner(&self) -> bool {
        DETERMINERS.contains(&self.lower)
    }

    /// Whether the token may name the source of a statement, a person or a thing such as a survey: it has a capital, is
    /// a pronoun other than *it*, is in one of the lists of sources, or has an ending of roles.
    pub(crate) fn can_be_source(&self) -> bool {
        let has_role_ending = || {
            self.lower.len() >= MIN_WORD_WITH_ENDING_BYTES
                && ROLE_ENDINGS.iter().any(|ending| self.lower.ends_with(ending))
        };
        let pronoun = self.is_subject() && !self.is("it");
        let is_listed =
            || english().inanimate_sources.contains(self.lower) || english().people.contains(self.lower);
        self.capital || pronoun || is_listed() || has_role_ending()
    }

    pub(crate) fn is_preposition(&self) -> bool {
        PREPOSITIONS.contains(&self.lower)
    }

    pub(crate) fn is_subordinator(&self) -> bool {
        SUBORDINATORS.contains(&self.lower)
    }

    pub(crate) fn is_complementizer(&self) -> bool {
        COMPLEMENTIZERS.contains(&self.lower)
    }

    pub(crate) fn is_be(&self) -> bool {
        BE.contains(&self.lower)
    }

    pub(crate) fn is_have(&self) -> bool {
        HAVE.contains(&self.lower)
    }

    pub(crate) fn is_modal(&self) -> bool {
        MODAL.contains(&self.lower)
    }

    /// Whether the token is an auxiliary that is written in full, not a clitic such as *'ll*.
    pub(crate) fn is_auxiliary(&self) -> bool {
        self.is_be() || self.is_have() || self.is_modal()
    }

    pub(crate) fn is_clitic(&self) -> bool {
        CLITICS.contains(&self.lower)
    }

    pub(crate) fn is_genitive(&self) -> bool {
        matches!(self.lower, "'s" | "’s")
    }

    pub(crate) fn is_time(&self) -> bool {
        TIMES.contains(&self.lower)
    }

    pub(crate) fn is_adverb(&self) -> bool {
        let ends_in_ly = self.lower.len() >= MIN_WORD_WITH_ENDING_BYTES && self.lower.ends_with("ly");
        let has_safe_ending = || ADVERB_ENDINGS.iter().any(|ending| self.lower.ends_with(ending));
        ADVERBS.contains(&self.lower)
            || (ends_in_ly && !NON_ADVERBS.contains(&self.lower) && (!self.capital || has_safe_ending()))
    }

    /// Whether the token looks like a plural: *officials* or *people*, but not *congress*.
    pub(crate) fn is_plural(&self) -> bool {
        let by_letter =
            self.lower.ends_with('s') && !self.lower.ends_with("ss") && !self.lower.ends_with("us");
        by_letter
            || matches!(
                self.lower,
                "people"
                    | "men"
                    | "women"
                    | "children"
                    | "police"
                    | "others"
                    | "many"
                    | "some"
                    | "most"
                    | "few"
                    | "both"
                    | "data"
                    | "media"
                    | "all"
            )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;

    #[test]
    fn endings_decide_adverbs_and_possible_sources() {
        let text = "Notably Kelly openly denied studies smoke millers";
        let lower = text.to_ascii_lowercase();
        let tokens = tokens(text, &lower, 0..text.len(), &[]);
        let adverbs: Vec<bool> = tokens.iter().map(super::Token::is_adverb).collect();
        assert_eq!(adverbs, [true, false, true, false, false, false, false]);
        let witnesses: Vec<bool> = tokens[4..].iter().map(super::Token::can_be_source).collect();
        assert_eq!(witnesses, [true, false, true]);
    }
}
