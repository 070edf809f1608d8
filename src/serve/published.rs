//! The state that connections show: replaced as a whole by each build, and waited for by browsers that listen.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::answer::State;
use crate::sync::lock;

/// A state that many threads read, with a revision that grows with every change.
#[derive(Default)]
pub(super) struct Published {
    latest: Mutex<(u64, State)>,
    changed: Condvar,
}

impl Published {
    pub(super) fn now(&self) -> State {
        lock(&self.latest).1.clone()
    }

    /// The revision and the state.
    pub(super) fn latest(&self) -> (u64, State) {
        lock(&self.latest).clone()
    }

    /// Waits for a later revision than `seen`. `None` if there is none within `limit`.
    pub(super) fn next(&self, seen: u64, limit: Duration) -> Option<(u64, State)> {
        let latest = lock(&self.latest);
        let waited = self.changed.wait_timeout_while(latest, limit, |(revision, _)| *revision == seen);
        let (latest, result) = waited.unwrap_or_else(PoisonError::into_inner);
        (!result.timed_out()).then(|| latest.clone())
    }

    /// Changes the state and wakes those that wait, if `change` returns true. Returns the same.
    pub(super) fn update(&self, change: impl FnOnce(&mut State) -> bool) -> bool {
        let mut latest = lock(&self.latest);
        let is_changed = change(&mut latest.1);
        if is_changed {
            latest.0 += 1;
            self.changed.notify_all();
        }
        is_changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_once_and_no_change_never() {
        let published = Published::default();
        assert!(published.next(0, Duration::ZERO).is_none());
        assert!(published.update(|state| {
            state.version = 7;
            true
        }));
        assert!(!published.update(|_| false));
        let (revision, state) = published.next(0, Duration::ZERO).expect("there was a change");
        assert_eq!((revision, state.version), (1, 7));
        assert!(published.next(revision, Duration::ZERO).is_none());
    }
}
