//! Which phrases may be topics: those that begin and end as a term does, and single words that are nouns or names.

use super::lists::{Class, is_dull_han, is_ending};
use super::phrases::Phrase;
use super::tokens::{Case, Joint, Shape, Texts, Token};
use sourcewise_quotes::Segmented;

/// Judges phrases.
pub(super) struct Choice<'t> {
    texts: &'t Texts,
    documents: &'t [&'t Segmented],
    /// The stems that the story is about.
    subject: Vec<u32>,
}

impl<'t> Choice<'t> {
    /// For the words of some documents.
    pub(super) fn new(texts: &'t Texts, documents: &'t [&'t Segmented]) -> Self {
        Self { texts, documents, subject: subject(texts) }
    }

    /// True if a phrase may be a topic.
    pub(super) fn accepts(&self, phrase: &Phrase) -> bool {
        let words = self.words(phrase);
        let mut content = words.iter().filter(|token| token.class == Class::Content);
        let told = match (content.next(), content.next()) {
            (Some(word), None) => self.subject.binary_search(&word.stem).is_err(),
            (one, _) => one.is_some(),
        };
        let begins = words.first().is_some_and(|token| token.class != Class::Link);
        if !told || !begins || !words.last().is_some_and(is_noun_like) {
            return false;
        }
        let repeats = words.windows(2).any(|pair| pair[0].stem == pair[1].stem);
        if repeats || self.is_cut(phrase) {
            return false;
        }
        if phrase.han {
            return words.len() > 1 && self.is_han_word(phrase);
        }
        match words {
            [word] => word.shape != Shape::Han && self.stands_alone(phrase),
            _ => !self.is_verbal(phrase),
        }
    }

    /// The words of a phrase where it is used first.
    fn words(&self, phrase: &Phrase) -> &[Token] {
        let start = phrase.places.first().map_or(0, |place| *place as usize);
        self.texts.tokens.get(start..start + phrase.stems.len()).unwrap_or_default()
    }

    /// True if it is written with a capital wherever that tells anything.
    pub(super) fn is_name(&self, phrase: &Phrase) -> bool {
        let tokens = phrase.places.iter().map(|place| &self.texts.tokens[*place as usize]);
        let (mut names, mut all) = (0, 0);
        for token in tokens.filter(|token| token.case != Case::Begins) {
            names += usize::from(token.case == Case::Name);
            all += 1;
        }
        all > 0 && names * 5 >= all * 4
    }

    /// True for a single word that says as much as several do in other languages: *Baukosten*.
    pub(super) fn is_compound(&self, phrase: &Phrase) -> bool {
        phrase.places.first().is_some_and(|place| self.texts.tokens[*place as usize].shape == Shape::Compound)
    }

    /// True if a single word is a noun or a name. Names mostly end where they stand: *Federal* does not, nor does
    /// *Chinese*. Nouns stand between a preposition or an article and something that is no noun, and not after a pronoun
    /// or an auxiliary; and those that tell documents apart come more than once where they come (Katz 1996).
    fn stands_alone(&self, phrase: &Phrase) -> bool {
        let tokens = &self.texts.tokens;
        let (mut nouns, mut verbs, mut ends) = (0, 0, 0);
        for place in phrase.places.iter().map(|place| *place as usize) {
            let next = tokens
                .get(place + 1)
                .filter(|next| next.is_joined() && next.passage == tokens[place].passage);
            let end = next.is_none_or(|next| !is_noun_like(next));
            ends += usize::from(end);
            match tokens[place].before {
                Class::BeforeNoun | Class::Link => nouns += usize::from(end),
                Class::BeforeVerb => verbs += 1,
                _ => {}
            }
        }
        let all = phrase.places.len();
        let repeated = all >= phrase.documents * 2 || self.is_compound(phrase);
        let is_noun = nouns >= 2 && nouns * 4 >= all && verbs * 5 <= nouns && repeated;
        ends * 2 >= all && all > 2 && (is_noun || self.is_name(phrase))
    }

    /// True if a phrase mostly begins or ends within a word with a hyphen.
    fn is_cut(&self, phrase: &Phrase) -> bool {
        let tied = |at: usize| self.texts.tokens.get(at).is_some_and(|token| token.joint == Joint::Hyphen);
        let starts = phrase.places.iter().map(|place| *place as usize);
        starts.filter(|start| tied(*start) || tied(start + phrase.stems.len())).count() * 2
            > phrase.places.len()
    }

    /// True if a phrase begins with a verb: *to fight inflation*.
    fn is_verbal(&self, phrase: &Phrase) -> bool {
        let befores = phrase.places.iter().map(|place| self.texts.tokens[*place as usize].before);
        befores.filter(|before| *before == Class::BeforeVerb).count() * 3 > phrase.places.len()
    }

    /// True if characters make a word: it is met with different neighbours on both sides (the accessor variety of
    /// Feng, Chen, Deng and Zheng 2004). What only binds words together is no neighbour, but an end.
    fn is_han_word(&self, phrase: &Phrase) -> bool {
        let neighbour = |at: Option<usize>, joined: usize| {
            let (at, tokens) = (at?, &self.texts.tokens);
            let token = tokens.get(at).filter(|token| is_noun_like(token) || is_ending(&self.text(at, 1)))?;
            tokens.get(joined).filter(|joined| joined.is_joined()).map(|_| token.stem)
        };
        let places = || phrase.places.iter().map(|place| *place as usize);
        let before = places().map(|place| neighbour(place.checked_sub(1), place)).collect();
        let ends = places().map(|place| place + phrase.stems.len());
        let after = ends.map(|end| neighbour(Some(end), end)).collect();
        let text = places().next().map(|place| self.text(place, phrase.stems.len()));
        variety(before) > 1 && variety(after) > 1 && !text.is_some_and(|text| is_dull_han(&text))
    }

    /// True if a phrase is made of nothing but what the whole story is about.
    pub(super) fn is_subject(&self, phrase: &Phrase) -> bool {
        let mut content = self.words(phrase).iter().filter(|token| token.class == Class::Content);
        content.all(|token| self.subject.binary_search(&token.stem).is_ok())
    }

    /// The stem of the one name in a phrase whose other words say little: *Clinton campaign*.
    pub(super) fn core(&self, phrase: &Phrase) -> Option<u32> {
        let words = self.words(phrase);
        let mut content = words.iter().filter(|token| token.class == Class::Content);
        let word = content.next().filter(|_| content.next().is_none())?;
        let text = self.documents[word.document as usize].text();
        let name = text.get(word.start as usize..).is_some_and(|text| text.starts_with(char::is_uppercase));
        (name && !(word.case == Case::Begins && words.len() > 1)).then_some(word.stem)
    }

    /// The characters of a phrase at a token.
    pub(super) fn text(&self, start: usize, length: usize) -> String {
        let words = &self.texts.tokens[start..start + length];
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        let text = self.documents[first.document as usize].text();
        text.get(first.start as usize..last.end as usize).unwrap_or_default().to_owned()
    }
}

fn is_noun_like(token: &Token) -> bool {
    matches!(token.class, Class::Content | Class::Pale)
}

/// How many different neighbours; an end of the sentence is a new one each time.
fn variety(mut neighbours: Vec<Option<u32>>) -> usize {
    let ends = neighbours.iter().filter(|neighbour| neighbour.is_none()).count();
    neighbours.sort_unstable();
    neighbours.dedup();
    ends + neighbours.iter().flatten().count()
}

/// The stems of what all is about, and which is no topic of it: words that more than half of the titles name, or three
/// in four documents use.
fn subject(texts: &Texts) -> Vec<u32> {
    let documents = texts.titles.len();
    let titles =
        texts.titles.iter().zip(0_u32..).flat_map(|(title, at)| title.iter().map(move |stem| (*stem, at)));
    let uses = texts.tokens.iter().map(|token| (token.stem, token.document));
    let mut subject = in_more_than(documents / 2, titles.collect());
    subject.extend(in_more_than(documents * 3 / 4, uses.collect()));
    subject.sort_unstable();
    subject.dedup();
    subject
}

/// The stems that are in more than so many documents.
fn in_more_than(count: usize, mut uses: Vec<(u32, u32)>) -> Vec<u32> {
    uses.sort_unstable();
    uses.dedup();
    uses.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > count).map(|group| group[0].0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::topics::phrases::phrases;
    use crate::find::topics::tokens::texts;

    /// What is accepted of a text that stands in two documents, each of them with a title.
    fn accepted(texts_of: [&str; 2]) -> Vec<String> {
        let documents = texts_of.map(|text| Segmented::of(text.into(), &[], Some("en"), "en"));
        let documents: Vec<&Segmented> = documents.iter().collect();
        let texts = texts(&documents);
        let choice = Choice::new(&texts, &documents);
        let found = phrases(&texts.tokens, 2, |phrase| choice.accepts(phrase));
        let mut found: Vec<String> =
            found.iter().map(|phrase| choice.text(phrase.places[0] as usize, phrase.stems.len())).collect();
        found.sort();
        found
    }

    #[test]
    fn verbs_adjectives_and_halves_of_words_are_no_topics() {
        let one =
            "They will burn flour sacks. We burn flour sacks. It can be wooden. A rope-bound wheel broke.";
        let other = "They burn flour sacks, too. It was wooden and wet. A rope-bound wheel is no wheel.";
        assert_eq!(accepted([one, other]), ["flour sacks", "rope-bound wheel"]);
    }

    #[test]
    fn what_all_titles_name_is_no_topic_by_itself() {
        let one = "Mill burnt\n\nThe mill was of stone. The mill had a wheel, and the mill wheel stood still. Near the mill.";
        let other =
            "The mill again\n\nThe mill wheel was in the mill. Nobody saw the mill, nor the mill wheel.";
        assert_eq!(accepted([one, other]), ["mill wheel"]);
    }
}
