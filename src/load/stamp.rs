//! What the system knows of a file without opening it: by that a file is known again that nobody has touched.
//!
//! It is enough for `git`, and as there, a file that was changed only just now counts as unknown: it could be changed once
//! more within the same tick of the disk's clock, and look the same after both.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// Nanoseconds since 1970.
pub type Time = i128;

/// So long a file must have been left alone. No disk's clock is coarser.
const MOMENT: Duration = Duration::from_secs(2);

/// What the system knows of a file. It differs whenever the file was changed or replaced.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    modified: Time,
    /// Also by a change of its name or rights, and whatever its other time was set to.
    changed: Time,
    /// Length, mode, disk and place on the disk.
    numbers: [u64; 4],
}

impl Stamp {
    /// The stamp of a file; `None` where the system tells too little of files to be sure.
    #[cfg(unix)]
    pub fn of(about: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| Time::from(seconds) * 1_000_000_000 + Time::from(rest);
        Some(Self {
            modified: time(about.mtime(), about.mtime_nsec()),
            changed: time(about.ctime(), about.ctime_nsec()),
            numbers: [about.len(), about.mode().into(), about.dev(), about.ino()],
        })
    }

    /// The stamp of a file; `None` where the system tells too little of files to be sure.
    #[cfg(not(unix))]
    pub fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// When the file was last changed in any way.
    pub fn newest(&self) -> Time {
        self.changed.max(self.modified)
    }

    /// All of it, for a fingerprint.
    pub fn bytes(&self) -> impl Iterator<Item = u8> + use<> {
        let times = [self.modified, self.changed].into_iter().flat_map(Time::to_le_bytes);
        times.chain(self.numbers.into_iter().flat_map(u64::to_le_bytes))
    }
}

/// Whether a last change was long enough before a moment that any later one has another time.
pub fn is_settled(newest: Time, began: Time) -> bool {
    newest.saturating_add_unsigned(MOMENT.as_nanos()) <= began
}

/// This moment.
#[expect(clippy::disallowed_methods, reason = "says how old files are; nothing of this goes into the site")]
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Time::try_from(since.as_nanos()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_two_seconds_before_or_earlier_is_settled() {
        let (began, moment) = (5_000_000_000, 2_000_000_000);
        assert!(is_settled(began - moment, began));
        assert!(!is_settled(began - moment + 1, began));
        // A clock that is wrong.
        assert!(!is_settled(began + moment, began));
        assert!(!is_settled(Time::MAX, began));
    }
}
