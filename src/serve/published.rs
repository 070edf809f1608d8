//! The state that connections read. Builds update it; event streams wait for updates.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::routes::PreviewState;
use crate::sync::lock;

/// A shared state with a revision that is incremented on every change.
#[derive(Default)]
pub(super) struct Published {
    latest: Mutex<(u64, PreviewState)>,
    changed: Condvar,
}

impl Published {
    pub(super) fn now(&self) -> PreviewState {
        lock(&self.latest).1.clone()
    }

    /// The revision and the state.
    pub(super) fn latest(&self) -> (u64, PreviewState) {
        lock(&self.latest).clone()
    }

    /// Waits for a revision later than `seen`. `None` if there is none within `limit`.
    pub(super) fn next(&self, seen: u64, limit: Duration) -> Option<(u64, PreviewState)> {
        let latest = lock(&self.latest);
        let waited = self.changed.wait_timeout_while(latest, limit, |(revision, _)| *revision == seen);
        let (latest, result) = waited.unwrap_or_else(PoisonError::into_inner);
        (!result.timed_out()).then(|| latest.clone())
    }

    /// Changes the state and wakes waiting threads, unless `change` returns false. Returns what `change` returns.
    pub(super) fn update(&self, change: impl FnOnce(&mut PreviewState) -> bool) -> bool {
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
    fn each_change_is_reported_once() {
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
