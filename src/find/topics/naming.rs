//! What a topic is called, and the forms in which it is written.

use std::collections::{BTreeMap, BTreeSet};

use super::Topic;
use super::choice::Choice;
use super::merge::{Candidate, Cluster, is_part};
use super::phrases::Phrase;
use super::tokens::{Case, Texts};
use sourcewise_quotes::normalize::normal;

/// A topic has no more forms.
const FORMS: usize = 8;

/// A phrase with what is needed to hold it against others.
pub(super) fn candidate(choice: &Choice, texts: &Texts, phrase: Phrase) -> Candidate {
    let mut passages: Vec<u32> =
        phrase.places.iter().map(|place| texts.tokens[*place as usize].passage).collect();
    passages.dedup();
    let mut documents: Vec<u32> =
        phrase.places.iter().map(|place| texts.tokens[*place as usize].document).collect();
    documents.dedup();
    let form = forms(choice, texts, &phrase).into_iter().next().map(|(form, _)| form).unwrap_or_default();
    let name = choice.is_name(&phrase);
    let core = choice.core(&phrase);
    Candidate { phrase, passages, documents, form, name, core }
}

/// The topic that a cluster is.
pub(super) fn topic(choice: &Choice, texts: &Texts, candidates: &[Candidate], cluster: &Cluster) -> Topic {
    let head = telling(candidates, cluster);
    let mut terms: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut documents = BTreeSet::new();
    for index in std::iter::once(cluster.head).chain(cluster.others.iter().copied()) {
        let candidate = &candidates[index];
        documents.extend(candidate.documents.iter().copied());
        let written = forms(choice, texts, &candidate.phrase).into_iter();
        // A word that shares a name's stem is another: *House*, *housing*.
        for (form, count) in
            written.filter(|(form, _)| !candidate.name || form.starts_with(char::is_uppercase))
        {
            terms.entry(form.to_lowercase()).or_insert((form, 0)).1 += count;
        }
    }
    let mut terms: Vec<(String, usize)> = terms.into_values().collect();
    terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    // What names the topic is one of its forms, even if there are many.
    let named = terms.iter().position(|(form, _)| form.to_lowercase() == head.form.to_lowercase());
    let last = named.filter(|at| *at >= FORMS).map(|at| terms.swap_remove(at));
    terms.truncate(FORMS - usize::from(last.is_some()));
    let terms = terms.into_iter().chain(last).map(|(form, _)| form).collect();
    Topic { label: heading(&head.form), terms, documents: documents.len() }
}

/// The candidate that names a cluster: its head, or what the head is a part of at least every other time.
fn telling<'c>(candidates: &'c [Candidate], cluster: &Cluster) -> &'c Candidate {
    let head = &candidates[cluster.head];
    let longer = cluster
        .others
        .iter()
        .map(|index| &candidates[*index])
        .find(|other| is_part(head, other) && other.phrase.places.len() * 2 >= head.phrase.places.len());
    longer.unwrap_or(head)
}

/// The ways in which a phrase is written, most used first; at the beginning of a sentence only if nowhere else.
fn forms(choice: &Choice, texts: &Texts, phrase: &Phrase) -> Vec<(String, usize)> {
    let mut forms: BTreeMap<String, (bool, usize)> = BTreeMap::new();
    for place in phrase.places.iter().map(|place| *place as usize) {
        let form = forms.entry(normal(&choice.text(place, phrase.stems.len()))).or_default();
        form.0 |= texts.tokens[place].case != Case::Begins;
        form.1 += 1;
    }
    let mut forms: Vec<(String, (bool, usize))> = forms.into_iter().collect();
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    forms.into_iter().map(|(form, (_, count))| (form, count)).collect()
}

fn heading(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
