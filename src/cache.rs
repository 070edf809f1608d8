//! Values that cost much to make, kept by the content that they were made from.
//!
//! Two things are worth it: documents (their text, their passages) and drawn cards. `serve` keeps both between builds and
//! makes the rest of the site again. A key is a [`Digest`] of everything that the value depends on, never of a time.

use std::collections::BTreeMap;
use std::sync::Mutex;

use hmac_sha256::Hash;

use crate::sync::locked;

/// How many builds in a row may leave a value unused before it is dropped: a change that is undone soon costs nothing.
const MAX_UNUSED_BUILDS: u64 = 2;

/// SHA-256 of some content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a list of parts. Each goes in with its length, so that no two lists give the same.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut sum = Hash::new();
        for part in parts {
            sum.update((part.len() as u64).to_be_bytes());
            sum.update(part);
        }
        Self(sum.finalize())
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Values of one kind, by the digest of what they were made from. May be used by several threads at once.
#[derive(Debug)]
pub struct Cache<T>(Mutex<Values<T>>);

#[derive(Debug)]
struct Values<T> {
    /// Each with the number of the build that used it last.
    by_content: BTreeMap<Digest, (T, u64)>,
    build: u64,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(Values { by_content: BTreeMap::new(), build: 0 }))
    }
}

impl<T: Clone> Cache<T> {
    /// The value for a key. `make` is called if there is none; two threads that ask at the same time may both make it.
    pub fn get_or_make(&self, key: Digest, make: impl FnOnce() -> T) -> T {
        if let Some(value) = locked(&self.0).use_value(key) {
            return value;
        }
        // The lock is free meanwhile: making takes long.
        let value = make();
        locked(&self.0).insert(key, value.clone());
        value
    }

    /// Ends a build: drops what the last builds didn't use.
    pub fn end_build(&self) {
        let mut values = locked(&self.0);
        values.build += 1;
        let build = values.build;
        values.by_content.retain(|_, (_, used)| *used + MAX_UNUSED_BUILDS >= build);
    }
}

impl<T: Clone> Values<T> {
    fn use_value(&mut self, key: Digest) -> Option<T> {
        let (value, used) = self.by_content.get_mut(&key)?;
        *used = self.build;
        Some(value.clone())
    }

    fn insert(&mut self, key: Digest, value: T) {
        self.by_content.insert(key, (value, self.build));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Digest {
        Digest::of(&[text.as_bytes()])
    }

    #[test]
    fn a_value_is_made_once_and_dropped_after_builds_that_dont_use_it() {
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
    fn where_one_part_ends_and_the_next_begins_makes_a_difference() {
        assert_ne!(Digest::of(&[b"ab", b"c"]), Digest::of(&[b"a", b"bc"]));
        assert_ne!(Digest::of(&[b"", b"a"]), Digest::of(&[b"a", b""]));
        assert_ne!(Digest::of(&[b"a"]), Digest::of(&[b"a", b""]));
    }
}
