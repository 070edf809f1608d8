//! Merges phrases about one topic, by average-linkage clustering. Two phrases are similar if they have words in common,
//! weighted by rarity (IDF), or if they occur in the same passages.

use std::collections::BTreeMap;

use super::phrases::Phrase;
use crate::as_f64;

/// Two clusters merge only if the average similarity of their phrases, from 0 to 1, exceeds this.
const MIN_SIMILARITY: f64 = 0.5;
/// The weight of a phrase's last word is multiplied by this, because the words before it distinguish topics better:
/// *flood insurance* and *flood cover* are one topic, *ferry ropes* and *bell ropes* are two.
const HEAD_WORD_WEIGHT: f64 = 0.7;

/// Clusters phrases by topic. Returns indices into `phrases`, in ascending order in each cluster; the clusters are in
/// the order of their first phrases.
pub(crate) fn clusters(phrases: &[Phrase]) -> Vec<Vec<usize>> {
    let similarity = similarity(phrases);
    let mut clusters: Vec<Vec<usize>> = (0..phrases.len()).map(|at| vec![at]).collect();
    loop {
        let mut best = (MIN_SIMILARITY, None);
        for (at, one) in clusters.iter().enumerate() {
            for (other_at, other) in clusters.iter().enumerate().skip(at + 1) {
                let pairs = one.iter().flat_map(|a| other.iter().map(|b| similarity[*a][*b]));
                let mean = pairs.sum::<f64>() / as_f64(one.len() * other.len());
                if mean > best.0 {
                    best = (mean, Some((at, other_at)));
                }
            }
        }
        let Some((at, other)) = best.1 else { break };
        let other = clusters.remove(other);
        clusters[at].extend(other);
        clusters[at].sort_unstable();
    }
    clusters
}

/// Computes the similarity of every two phrases: the cosine of their weighted words, or of their sets of passages,
/// whichever is greater.
fn similarity(phrases: &[Phrase]) -> Vec<Vec<f64>> {
    let mut phrase_counts: BTreeMap<u32, usize> = BTreeMap::new();
    for stem in phrases.iter().flat_map(|phrase| &phrase.stems) {
        *phrase_counts.entry(*stem).or_default() += 1;
    }
    let weight = |phrase: &Phrase, at: usize| {
        let rarity = (1.0 + as_f64(phrases.len()) / as_f64(phrase_counts[&phrase.stems[at]])).ln();
        if at + 1 == phrase.stems.len() { HEAD_WORD_WEIGHT * rarity } else { rarity }
    };
    let words: Vec<BTreeMap<u32, f64>> = phrases
        .iter()
        .map(|phrase| phrase.stems.iter().enumerate().map(|(at, stem)| (*stem, weight(phrase, at))).collect())
        .collect();
    let pair = |a: usize, b: usize| {
        let common = phrases[a].passages.intersection(&phrases[b].passages).count();
        let all = as_f64(phrases[a].passages.len() * phrases[b].passages.len());
        cosine(&words[a], &words[b]).max(as_f64(common) / all.sqrt())
    };
    (0..phrases.len()).map(|a| (0..phrases.len()).map(|b| pair(a, b)).collect()).collect()
}

fn cosine(a: &BTreeMap<u32, f64>, b: &BTreeMap<u32, f64>) -> f64 {
    let length =
        |words: &BTreeMap<u32, f64>| words.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let common: f64 = a.iter().filter_map(|(stem, weight)| Some(weight * b.get(stem)?)).sum();
    common / (length(a) * length(b))
}
