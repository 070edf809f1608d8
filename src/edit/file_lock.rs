//! Locks a file, so that only one process at a time changes a site.

use std::fs::{File, TryLockError};
use std::thread;
use std::time::Duration;

/// If another process holds the lock, how often to wait for [`LOCK_PAUSE_MS`] before the last try to take it.
const MAX_LOCK_TRIES: usize = 20;
const LOCK_PAUSE_MS: u64 = 20;

/// Takes the lock, and waits a moment for it. A process that has just started another one can hold it a little longer
/// than it needs it, because the new process inherits it until its own program begins.
pub(super) fn take_lock(file: &File) -> Result<(), TryLockError> {
    for _ in 0..MAX_LOCK_TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(LOCK_PAUSE_MS)),
            other => return other,
        }
    }
    file.try_lock()
}
