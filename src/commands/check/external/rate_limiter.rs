//! Limits requests to one per host at a time, with a pause between two.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::lock;

/// The pause between the end of a request and the start of the next request to the same host.
const MIN_PAUSE: Duration = Duration::from_secs(1);

/// A longer `Retry-After` is reduced to this, because adding any number of seconds to a time could overflow.
const MAX_POSTPONEMENT: Duration = Duration::from_hours(24);

/// Limits requests to each host. Holds the time of the next allowed request, by host.
#[derive(Default)]
pub(super) struct RateLimiter {
    next_requests: Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>,
}

impl RateLimiter {
    /// Waits until a request to the host is allowed, then runs `request`. `None` if that would be after the deadline.
    pub(super) fn run_in_turn<T>(
        &self,
        host: &str,
        deadline: Instant,
        request: impl FnOnce() -> T,
    ) -> Option<T> {
        let next_request = self.next_request(host);
        let mut next = lock(&next_request);
        let now = Instant::now();
        let start = next.map_or(now, |next| next.max(now));
        if start >= deadline {
            return None;
        }
        std::thread::sleep(start - now);
        let result = request();
        *next = Some(Instant::now() + MIN_PAUSE);
        Some(result)
    }

    /// Delays further requests to a host by `wait` from now, at most [`MAX_POSTPONEMENT`]. Never shortens a delay.
    pub(super) fn postpone(&self, host: &str, wait: Duration) {
        let next_request = self.next_request(host);
        let mut next = lock(&next_request);
        *next = (*next).max(Some(Instant::now() + wait.min(MAX_POSTPONEMENT)));
    }

    fn next_request(&self, host: &str) -> Arc<Mutex<Option<Instant>>> {
        lock(&self.next_requests).entry(host.to_owned()).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_after_the_deadline_are_not_run() {
        let (limiter, now) = (RateLimiter::default(), Instant::now());
        assert_eq!(limiter.run_in_turn("a", now + MIN_PAUSE / 2, || 1), Some(1));
        assert_eq!(limiter.run_in_turn("a", now + MIN_PAUSE / 2, || 2), None);
        assert_eq!(limiter.run_in_turn("b", now + MIN_PAUSE / 2, || 3), Some(3));
    }
}
