//! Each host has one request at a time, and a pause between two.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::lock;

/// How long a host is left alone between two requests.
const PAUSE: Duration = Duration::from_secs(1);

/// How long it may want to be left alone: longer than anybody waits for a check.
const LONGEST: Duration = Duration::from_hours(24);

/// When each host may be asked next.
#[derive(Default)]
pub(super) struct Hosts {
    turns: Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>,
}

impl Hosts {
    /// Runs a request when it is the host's turn. `None` if that is not before the deadline.
    pub(super) fn in_turn<T>(&self, host: &str, deadline: Instant, request: impl FnOnce() -> T) -> Option<T> {
        let turn = self.turn(host);
        let mut next = lock(&turn);
        let now = Instant::now();
        let start = next.map_or(now, |next| next.max(now));
        if start >= deadline {
            return None;
        }
        std::thread::sleep(start - now);
        let result = request();
        *next = Some(Instant::now() + PAUSE);
        Some(result)
    }

    /// Leaves a host alone for as long as it wants.
    pub(super) fn postpone(&self, host: &str, wait: Duration) {
        let turn = self.turn(host);
        let mut next = lock(&turn);
        *next = (*next).max(Some(Instant::now() + wait.min(LONGEST)));
    }

    fn turn(&self, host: &str) -> Arc<Mutex<Option<Instant>>> {
        lock(&self.turns).entry(host.to_owned()).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_after_the_deadline_never_comes() {
        let (hosts, now) = (Hosts::default(), Instant::now());
        assert_eq!(hosts.in_turn("a", now + PAUSE / 2, || 1), Some(1));
        assert_eq!(hosts.in_turn("a", now + PAUSE / 2, || 2), None);
        assert_eq!(hosts.in_turn("b", now + PAUSE / 2, || 3), Some(3));
    }
}
