//! Shares the preview's state between threads: builds update it, connections read it, event streams wait for updates.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::routes::PreviewState;
use crate::sync::lock;

/// The latest state of the preview, with a revision that is incremented on every change.
pub(super) struct SharedState {
    latest: Mutex<(u64, PreviewState)>,
    changed: Condvar,
}

impl SharedState {
    pub(super) fn new() -> Self {
        Self { latest: Mutex::new((0, PreviewState::new())), changed: Condvar::new() }
    }

    pub(super) fn current(&self) -> PreviewState {
        lock(&self.latest).1.clone()
    }

    /// Returns the revision and the state. [`Self::next`] needs the revision.
    pub(super) fn latest(&self) -> (u64, PreviewState) {
        lock(&self.latest).clone()
    }

    /// Waits until the state changes after revision `seen`. `None` if it doesn't change within `limit`.
    pub(super) fn next(&self, seen: u64, limit: Duration) -> Option<(u64, PreviewState)> {
        let latest = lock(&self.latest);
        let waited = self.changed.wait_timeout_while(latest, limit, |(revision, _)| *revision == seen);
        let (latest, result) = waited.unwrap_or_else(PoisonError::into_inner);
        (!result.timed_out()).then(|| latest.clone())
    }

    /// Calls `change`, which changes the state and returns whether it did. If so, wakes waiting threads and returns
    /// true.
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
        let shared = SharedState::new();
        assert!(shared.next(0, Duration::ZERO).is_none());
        assert!(shared.update(|state| {
            state.version = 7;
            true
        }));
        assert!(!shared.update(|_| false));
        let (revision, state) = shared.next(0, Duration::ZERO).expect("there was a change");
        assert_eq!((revision, state.version), (1, 7));
        assert!(shared.next(revision, Duration::ZERO).is_none());
    }
}
