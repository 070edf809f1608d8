//! In-memory cache of values that are expensive to compute, keyed by a hash of their inputs.
//!
//! Texts of documents, segmented documents, what rules find in them, and drawn cards are cached. `serve` reuses them
//! between builds and recomputes the rest of the site. A key is a [`Digest`] of everything that the value depends on.
//! Modification times are not part of a key: equal inputs have equal results.

use std::collections::BTreeMap;
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};

use crate::sync::lock;

/// A value is dropped after this many builds in a row that did not use it. The number is greater than one, so that
/// undoing an edit needs no recomputation.
const MAX_UNUSED_BUILDS: u64 = 2;

/// A SHA-256 hash of all inputs of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Hashes a list of parts. Each part is prefixed with its length, so that `ab`, `c` and `a`, `bc` differ.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut sum = Sha256::new();
        for part in parts {
            sum.update((part.len() as u64).to_be_bytes());
            sum.update(part);
        }
        Self(sum.finalize().into())
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A cache of one kind of values, which threads can share.
#[derive(Debug)]
pub struct Cache<T>(Mutex<Values<T>>);

#[derive(Debug)]
struct Values<T> {
    /// Each value with the number of the build that used it last.
    by_key: BTreeMap<Digest, (T, u64)>,
    build: u64,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(Values { by_key: BTreeMap::new(), build: 0 }))
    }
}

impl<T: Clone> Cache<T> {
    /// Returns the cached value for a key. If there is none, computes it with `make` and caches it. Two threads that
    /// ask at the same time may both compute it.
    pub fn get_or_make(&self, key: Digest, make: impl FnOnce() -> T) -> T {
        self.get(key).unwrap_or_else(|| {
            // The lock isn't held here, because `make` is slow.
            let value = make();
            self.insert(key, value.clone());
            value
        })
    }

    /// Returns the cached value for a key.
    pub fn get(&self, key: Digest) -> Option<T> {
        lock(&self.0).use_value(key)
    }

    pub fn insert(&self, key: Digest, value: T) {
        lock(&self.0).insert(key, value);
    }

    /// Ends a build: drops the values that the last `MAX_UNUSED_BUILDS` builds didn't use.
    pub fn end_build(&self) {
        let mut values = lock(&self.0);
        values.build += 1;
        let build = values.build;
        values.by_key.retain(|_, (_, used)| *used + MAX_UNUSED_BUILDS >= build);
    }
}

impl<T: Clone> Values<T> {
    fn use_value(&mut self, key: Digest) -> Option<T> {
        let (value, used) = self.by_key.get_mut(&key)?;
        *used = self.build;
        Some(value.clone())
    }

    fn insert(&mut self, key: Digest, value: T) {
        self.by_key.insert(key, (value, self.build));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Digest {
        Digest::of(&[text.as_bytes()])
    }

    #[test]
    fn a_value_is_computed_once_and_dropped_after_builds_that_dont_use_it() {
        let cache = Cache::default();
        assert_eq!(cache.get_or_make(key("a"), || 1), 1);
        assert_eq!(cache.get_or_make(key("a"), || 2), 1);
        for _ in 0..MAX_UNUSED_BUILDS {
            cache.end_build();
        }
        assert_eq!(cache.get_or_make(key("a"), || 3), 1);
        for _ in 0..=MAX_UNUSED_BUILDS {
            cache.end_build();
        }
        assert_eq!(cache.get_or_make(key("a"), || 4), 4);
    }

    #[test]
    fn digests_depend_on_the_boundaries_between_parts() {
        assert_ne!(Digest::of(&[b"ab", b"c"]), Digest::of(&[b"a", b"bc"]));
        assert_ne!(Digest::of(&[b"", b"a"]), Digest::of(&[b"a", b""]));
        assert_ne!(Digest::of(&[b"a"]), Digest::of(&[b"a", b""]));
    }
}
