//! Phrases that speak of one thing, put together.

use super::phrases::Phrase;

/// What two phrases have in common by chance is less than this many passages.
const FEW: usize = 3;

/// A phrase that may be a topic, with what is needed to hold it against others.
pub(super) struct Candidate {
    pub(super) phrase: Phrase,
    /// The numbers of the passages it stands in, in order.
    pub(super) passages: Vec<u32>,
    /// The documents it stands in, in order.
    pub(super) documents: Vec<u32>,
    /// Its most used form.
    pub(super) form: String,
    /// It is a name.
    pub(super) name: bool,
    /// The stem of the name that it is about, if there is little else in it.
    pub(super) core: Option<u32>,
}

impl Candidate {
    fn words(&self) -> usize {
        self.phrase.stems.len()
    }
}

/// Candidates that speak of one thing: the index of the most telling, then those of the others.
pub(super) struct Cluster {
    pub(super) head: usize,
    pub(super) others: Vec<usize>,
}

/// Puts candidates together, which come best first. In what comes out the best are first, too.
pub(super) fn clusters(candidates: &[Candidate]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let related = |cluster: &Cluster| {
            let head = &candidates[cluster.head];
            let parts = cluster.others.iter().map(|other| &candidates[*other]);
            is_one(head, candidate)
                || parts.filter(|_| candidate.words() > 1).any(|other| is_part(candidate, other))
        };
        let near: Vec<usize> = (0..clusters.len()).filter(|at| related(&clusters[*at])).collect();
        let Some((first, rest)) = near.split_first() else {
            clusters.push(Cluster { head: index, others: Vec::new() });
            continue;
        };
        // A single word that is part of several, such as *market*, belongs to none; nor does one that is mostly used
        // without the rest, unless it is the name by which the rest is called.
        let head = &candidates[clusters[*first].head];
        if candidate.words() == 1 && !(rest.is_empty() && belongs(candidate, head)) {
            continue;
        }
        clusters[*first].others.push(index);
        for other in rest.iter().rev() {
            if bridges(candidate, &candidates[clusters[*first].head], &candidates[clusters[*other].head]) {
                let gone = clusters.remove(*other);
                clusters[*first].others.push(gone.head);
                clusters[*first].others.extend(gone.others);
            }
        }
    }
    clusters
}

/// True if a single word stands for the whole of a phrase that it is part of, or short for.
fn belongs(word: &Candidate, head: &Candidate) -> bool {
    let called = word.name && head.name && are_met_with(word, head);
    called || is_short_for(word, head) || common(word, head) * 2 >= word.passages.len()
}

/// True if two candidates speak of one thing: one is part of the other, or short for it, or they stand together.
fn is_one(head: &Candidate, other: &Candidate) -> bool {
    let core =
        |one: &Candidate, other: &Candidate| one.core.is_some_and(|core| other.phrase.stems.contains(&core));
    is_part(head, other)
        || is_part(other, head)
        || is_short_for(head, other)
        || is_short_for(other, head)
        || core(head, other)
        || core(other, head)
        || stand_together(head, other)
}

/// True if the words of the one stand in the other, in order.
pub(super) fn is_part(part: &Candidate, whole: &Candidate) -> bool {
    place_in(&part.phrase.stems, &whole.phrase.stems).is_some()
}

fn place_in(part: &[u32], whole: &[u32]) -> Option<usize> {
    whole.windows(part.len()).position(|window| window == part)
}

/// True if a phrase is made of two that overlap: *interest rate hikes*.
fn bridges(whole: &Candidate, one: &Candidate, other: &Candidate) -> bool {
    let place = |part: &Candidate| {
        let start = place_in(&part.phrase.stems, &whole.phrase.stems)?;
        Some(start..start + part.phrase.stems.len())
    };
    let (Some(one), Some(other)) = (place(one), place(other)) else { return false };
    one.start < other.end && other.start < one.end
}

/// True if two thirds of the documents that use the word use the phrase, too.
fn are_met_with(word: &Candidate, phrase: &Candidate) -> bool {
    let both =
        word.documents.iter().filter(|document| phrase.documents.binary_search(document).is_ok()).count();
    both * 3 >= word.documents.len() * 2
}

/// True for *CPI* and *consumer price index*, *Fed* and *Federal Reserve*.
fn is_short_for(short: &Candidate, long: &Candidate) -> bool {
    if short.words() != 1 || long.words() < 2 || !short.name {
        return false;
    }
    let letters: Vec<char> = short.form.chars().filter(|c| c.is_alphabetic()).collect();
    let words = long.form.split([' ', '-']).filter(|word| !word.is_empty());
    if letters.iter().all(|c| c.is_uppercase()) {
        let initials: String = words
            .filter(|word| !["of", "the", "and"].contains(word))
            .filter_map(|word| word.chars().next())
            .collect();
        return initials.to_uppercase() == letters.iter().collect::<String>();
    }
    let first = words.into_iter().next().unwrap_or_default();
    let begins = letters.len() == 3 && first.len() > 5 && first.starts_with(&short.form);
    begins && long.name && are_met_with(short, long)
}

/// True if most of the passages of the one are passages of the other, and they are not few.
fn stand_together(one: &Candidate, other: &Candidate) -> bool {
    let (few, many) = if one.passages.len() <= other.passages.len() { (one, other) } else { (other, one) };
    let common = common(few, many);
    let either = few.passages.len() + many.passages.len() - common;
    let shares = few.phrase.stems.iter().any(|stem| many.phrase.stems.contains(stem));
    common >= FEW && (common * 2 >= either || (shares && common * 3 >= few.passages.len() * 2))
}

fn common(few: &Candidate, many: &Candidate) -> usize {
    few.passages.iter().filter(|passage| many.passages.binary_search(passage).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Candidates of words that stand for their stems, each in passages of its own unless they are given.
    fn candidates(phrases: &[(&str, &[u32])]) -> Vec<Candidate> {
        let mut stems: Vec<String> = Vec::new();
        let mut number = |word: &str| {
            let at = stems.iter().position(|stem| *stem == word.to_lowercase()).unwrap_or(stems.len());
            if at == stems.len() {
                stems.push(word.to_lowercase());
            }
            u32::try_from(at).expect("few")
        };
        let candidate = |(form, passages): &(&str, &[u32])| Candidate {
            phrase: Phrase::of(form.split(' ').map(&mut number).collect()),
            passages: passages.to_vec(),
            documents: vec![0, 1],
            form: (*form).to_owned(),
            name: form.starts_with(char::is_uppercase),
            core: None,
        };
        phrases.iter().map(candidate).collect()
    }

    fn merged(phrases: &[(&str, &[u32])]) -> Vec<Vec<String>> {
        let candidates = candidates(phrases);
        let forms = |cluster: &Cluster| {
            let all = std::iter::once(cluster.head).chain(cluster.others.iter().copied());
            all.map(|index| candidates[index].form.clone()).collect()
        };
        clusters(&candidates).iter().map(forms).collect()
    }

    #[test]
    fn parts_and_wholes_are_one_topic_and_what_joins_two_joins_them() {
        let found =
            merged(&[("mill wheel", &[1]), ("ferry", &[2]), ("wheel rims", &[3]), ("mill wheel rims", &[4])]);
        assert_eq!(found, [vec!["mill wheel", "mill wheel rims", "wheel rims"], vec!["ferry"]]);
    }

    #[test]
    fn a_word_that_is_part_of_several_belongs_to_none() {
        let found = merged(&[("river mill", &[1]), ("wind mill", &[2]), ("mill", &[1, 2])]);
        assert_eq!(found, [["river mill"], ["wind mill"]]);
    }

    #[test]
    fn short_forms_and_what_always_stands_together_are_one_topic() {
        let found = merged(&[
            ("Old Ferry Company", &[1]),
            ("OFC", &[2]),
            ("wheel", &[3, 4, 5]),
            ("rims", &[3, 4, 5]),
        ]);
        assert_eq!(found, [["Old Ferry Company", "OFC"], ["wheel", "rims"]]);
    }
}
