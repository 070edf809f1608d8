//! What was made before, kept by the content that it was made from: so a rebuild does again only what a change touches.
//!
//! The key of a value is a [`Fingerprint`] of everything that it depends on: of contents, never of time stamps (but for the
//! texts of files themselves, in `load`). Where that can't be named in full, nothing is kept. A program that builds once keeps nothing and takes no fingerprints.

use std::collections::BTreeMap;
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use crate::sync::locked;

/// For how many runs a value is kept that nobody asks for: a change that is taken back is as quick as it was to make.
const RUNS: u64 = 2;

/// After how many runs each that is looked after.
const SWEEP: u64 = 4;

/// SHA-256 of some content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint([u8; 32]);

impl AsRef<[u8]> for Fingerprint {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Fingerprint {
    /// Of all that `add` names, in that order.
    pub fn of(add: impl FnOnce(&mut Content)) -> Self {
        let mut content = Content(Sha256::new());
        add(&mut content);
        Self(content.0.finalize().into())
    }
}

/// Content that a fingerprint is taken of. Every part goes in with its length, so that no two lists of parts are alike.
pub struct Content(Sha256);

impl Content {
    /// Adds a text or bytes.
    pub fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.number(part.len());
        self.0.update(part);
    }

    /// Adds a list, and with it how long it is.
    pub fn list<P: AsRef<[u8]>>(&mut self, parts: impl IntoIterator<Item = P>) {
        let parts: Vec<P> = parts.into_iter().collect();
        self.number(parts.len());
        for part in parts {
            self.add(part);
        }
    }

    /// Adds a text that may be missing.
    pub fn maybe(&mut self, part: Option<&str>) {
        self.number(usize::from(part.is_some()));
        self.add(part.unwrap_or_default());
    }

    /// Adds a number, or how many parts follow.
    pub fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_be_bytes());
    }

    /// Adds the fingerprint of other content.
    pub fn fingerprint(&mut self, other: &Fingerprint) {
        self.0.update(other.0);
    }
}

/// Values by the content that they were made from.
#[derive(Debug)]
pub struct Memo<T> {
    /// With the run in which somebody last asked for it; `None` if nothing is kept.
    kept: Option<Mutex<BTreeMap<Fingerprint, (T, u64)>>>,
    run: u64,
}

impl<T> Default for Memo<T> {
    /// One that keeps nothing.
    fn default() -> Self {
        Self { kept: None, run: 0 }
    }
}

impl<T: Clone> Memo<T> {
    /// One that keeps what it is given.
    pub fn keeping() -> Self {
        Self { kept: Some(Mutex::default()), run: 0 }
    }

    /// Whether anything is kept.
    pub fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// The value of a key, which is made unless it is kept.
    pub fn get(&self, key: impl FnOnce() -> Fingerprint, make: impl FnOnce() -> T) -> T {
        self.get_if(key, |_| true, make, |_| true)
    }

    /// Likewise; but a kept value is taken only if it `still_holds`, and a new one is kept only if it `may_be_kept`.
    pub fn get_if(
        &self,
        key: impl FnOnce() -> Fingerprint,
        still_holds: impl FnOnce(&T) -> bool,
        make: impl FnOnce() -> T,
        may_be_kept: impl FnOnce(&T) -> bool,
    ) -> T {
        let Some(kept) = &self.kept else { return make() };
        let key = key();
        if let Some((value, run)) = locked(kept).get_mut(&key)
            && still_holds(value)
        {
            *run = self.run;
            return value.clone();
        }
        // Not locked meanwhile: others are making theirs.
        let value = make();
        if may_be_kept(&value) {
            locked(kept).insert(key, (value.clone(), self.run));
        }
        value
    }

    /// Ends a run: forgets what nobody has asked for in a while.
    pub fn end_run(&mut self) {
        self.run += 1;
        let run = self.run;
        // To look through all of them takes as long as to ask for all of them: not every time.
        if let Some(kept) = self.kept.as_ref().filter(|_| run.is_multiple_of(SWEEP)) {
            locked(kept).retain(|_, (_, used)| *used + RUNS >= run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Fingerprint {
        Fingerprint::of(|content| content.add(text))
    }

    #[test]
    fn a_value_is_made_once_and_forgotten_when_nobody_asks_for_it_any_more() {
        let mut memo = Memo::keeping();
        assert_eq!(memo.get(|| key("a"), || 1), 1);
        assert_eq!(memo.get(|| key("a"), || 2), 1);
        memo.end_run();
        assert_eq!(memo.get(|| key("a"), || 3), 1);
        for _ in 0..4 {
            memo.end_run();
        }
        assert_eq!(memo.get(|| key("a"), || 4), 4);
        assert_eq!(memo.get_if(|| key("a"), |_| false, || 5, |_| false), 5);
        assert_eq!(memo.get(|| key("a"), || 6), 4);
        assert_eq!(Memo::default().get(|| key("a"), || 7), 7);
    }

    #[test]
    fn where_one_part_ends_and_the_next_begins_makes_a_difference() {
        let of = |parts: &[&[&str]]| {
            Fingerprint::of(|content| {
                for part in parts {
                    content.list(*part);
                }
            })
        };
        assert_ne!(of(&[&["ab", "c"]]), of(&[&["a", "bc"]]));
        assert_ne!(of(&[&["", "a"]]), of(&[&["a", ""]]));
        assert_ne!(of(&[&["a"], &["b"]]), of(&[&["a", "b"], &[]]));
    }
}
