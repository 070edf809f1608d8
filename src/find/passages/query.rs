//! What a question looks for in an index: its terms, and the words of its title and of its positions' labels.

use super::Ask;
use super::index::{Index, Place};
use super::shape::count;
use super::terms::Pattern;
use crate::text::function_words::FunctionWords;
use crate::text::words::words;
use sourcewise_quotes::normalize::normal;

/// What every further word of a phrase adds to its weight: a phrase is rarer than its words, and less often meant
/// otherwise.
const PHRASE: f64 = 0.5;
/// More further words than this add nothing, lest one long phrase make all that is shorter look poor.
const PHRASE_MOST: u32 = 2;
/// What a word of a position's label weighs against a term.
const LABEL: f64 = 0.3;

/// No more words of a title are looked at; no title has more but one that is not meant as such.
const TITLE: usize = 32;

/// A question, looked up.
#[derive(Debug)]
pub(super) struct Query {
    /// All that is looked for, the heaviest first.
    pub(super) wanted: Vec<Wanted>,
    /// Each content word of the title that occurs: how rare it is, and the passages that hold it, in order.
    pub(super) title: Vec<(f64, Vec<u32>)>,
}

/// One term or word.
#[derive(Debug)]
pub(super) struct Wanted {
    /// What a passage gains by it.
    pub(super) weight: f64,
    /// Whether an answer must have it or another that is required.
    pub(super) required: bool,
    /// Whether the author declared it, so that another word of its stem is worth less.
    pub(super) declared: bool,
    /// Where it stands.
    pub(super) places: Vec<Place>,
}

impl Query {
    /// Looks a question up. `small` are the function words of the questions' language.
    pub(super) fn of(ask: &Ask<'_>, index: &Index, small: &FunctionWords) -> Self {
        let bare = ask.terms.iter().all(|term| Pattern::of(term, small.language).is_none());
        let mut wanted = Vec::new();
        for term in ask.terms {
            let places = index.places(term);
            let further = places.first().map_or(0, |place| place.length.saturating_sub(1));
            let weight = rarity(index, &places) * (1.0 + PHRASE * f64::from(further.min(PHRASE_MOST)));
            wanted.push(Wanted { weight, required: true, declared: true, places });
        }
        let mut title = Vec::new();
        for word in content_words(std::iter::once(ask.title), small) {
            let places = index.places(&word);
            let rarity = rarity(index, &places);
            title.push((rarity, passages(&places)));
            // Beside terms, the title tells whether a passage is on the subject, and adds nothing of its own.
            let weight = if bare { rarity } else { 0.0 };
            wanted.push(Wanted { weight, required: bare, declared: false, places });
        }
        for word in content_words(ask.positions.iter().copied(), small) {
            let places = index.places(&word);
            let weight = LABEL * rarity(index, &places);
            wanted.push(Wanted { weight, required: false, declared: false, places });
        }
        wanted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        title.retain(|(_, passages)| !passages.is_empty());
        title.truncate(TITLE);
        Self { wanted, title }
    }

    /// The passages that can answer and hold something required, in order.
    pub(super) fn candidates(&self, index: &Index) -> Vec<u32> {
        let required = self.wanted.iter().filter(|wanted| wanted.required);
        let mut list: Vec<u32> = required.flat_map(|wanted| passages(&wanted.places)).collect();
        list.sort_unstable();
        list.dedup();
        list.retain(|passage| index.entry(*passage).is_some_and(|entry| entry.answers));
        list
    }
}

/// The passages of some places, each once.
fn passages(places: &[Place]) -> Vec<u32> {
    let mut list: Vec<u32> = places.iter().map(|place| place.passage).collect();
    list.dedup();
    list
}

/// How rare something is, from near 0 (in every passage) to 1 (in one): inverse document frequency (Spärck Jones,
/// 1972), of passages.
fn rarity(index: &Index, places: &[Place]) -> f64 {
    let found =
        passages(places).into_iter().filter(|passage| index.entry(*passage).is_some_and(|e| e.answers));
    match found.count() {
        0 => 0.0,
        found => (1.0 + count(index.answering) / count(found)).ln() / (1.0 + count(index.answering)).ln(),
    }
}

/// The words of some texts that are no function words, each once.
fn content_words<'t>(texts: impl Iterator<Item = &'t str>, small: &FunctionWords) -> Vec<String> {
    let mut list = Vec::new();
    for text in texts {
        let text = normal(text);
        for word in words(&text, small.language) {
            let written = &text[word.range.clone()];
            let name = written.len() > 1 && !written.contains(char::is_lowercase);
            let kept = (name && word.capitals) || !small.contains(&word.text);
            if kept && !word.last_of_row {
                list.push(if name { written.to_owned() } else { word.text.into_owned() });
            }
        }
    }
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_asked_for_what_it_is_about() {
        let english = FunctionWords::of("en").expect("known");
        let words = |text| content_words(std::iter::once(text), english);
        assert_eq!(words("What did the US know about the mill’s fire?"), ["US", "fire", "know", "mill"]);
        assert_eq!(words("Did it?"), Vec::<String>::new());
        assert_eq!(words("旧磨坊"), ["旧磨", "磨坊"]);
    }
}
