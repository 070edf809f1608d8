//! The point in time by which the reading of a document, or a step of it, must have ended.

use std::time::{Duration, Instant};

use super::{Limits, ReadError};

/// The point in time after which work on a document fails: [`Limits::seconds`] after its start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// Returns the deadline for work on a document that starts now.
    pub(crate) fn start(limits: Limits) -> Self {
        // An `Instant` can't be arbitrarily far in the future, so a longer limit is cut to a century.
        const MAX_SECONDS: u64 = 100 * 365 * 24 * 60 * 60;
        Self(Instant::now() + Duration::from_secs(limits.seconds.min(MAX_SECONDS)))
    }

    /// Fails with [`ReadError::TooSlow`] after the deadline.
    pub(crate) fn check(self) -> Result<(), ReadError> {
        if Instant::now() > self.0 { Err(ReadError::TooSlow) } else { Ok(()) }
    }

    /// The time that is left, in whole seconds, rounded up.
    pub(crate) fn remaining_seconds(self) -> u64 {
        self.0
            .saturating_duration_since(Instant::now())
            .as_millis()
            .div_ceil(1000)
            .try_into()
            .unwrap_or(u64::MAX)
    }
}
