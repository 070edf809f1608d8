//! Locks mutexes, for data that threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, even if it is poisoned, which means that a thread panicked while it held the lock. The value is
/// consistent nevertheless: no code here panics in the middle of changing a value behind a mutex. The panic itself is
/// reported where that thread is joined.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
