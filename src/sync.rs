//! What threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a lock guards, though a thread may have panicked while it held it: nothing here is left half changed by that, and
/// the panic itself is told of where its thread is waited for.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
