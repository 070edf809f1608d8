//! Runs work on untrusted files in isolation: on a separate thread with a large stack and a time limit, with panics
//! caught and not printed.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Once};
use std::thread::Builder;
use std::time::Duration;

use crate::ReadError;

/// Stack size for parsers that recurse into nested objects.
const STACK_BYTES: usize = 256 << 20;

thread_local! {
    /// Whether panics of this thread are expected and not printed.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// A flag by which a thread is asked to stop, because its time is up.
#[derive(Clone, Debug, Default)]
pub(crate) struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Fails with [`ReadError::TooSlow`] after cancellation.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        if self.0.load(Ordering::Relaxed) { Err(ReadError::TooSlow) } else { Ok(()) }
    }
}

/// Runs the work with a time limit. After a timeout the thread is detached; it ends at its next check of the token. If
/// the work panics, the result is [`ReadError::Damaged`].
pub(crate) fn run<T, F>(seconds: u64, work: F) -> Result<T, ReadError>
where
    T: Send + 'static,
    F: FnOnce(&CancelToken) -> Result<T, ReadError> + Send + 'static,
{
    silence_sandbox_panics();
    let cancel = CancelToken::default();
    let (sender, receiver) = sync_channel(1);
    let thread_cancel = cancel.clone();
    Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            SILENT.set(true);
            // Sending fails after a timeout, when the receiver is gone.
            let _ = sender.send(catch_panic(|| work(&thread_cancel)).unwrap_or_else(|| Err(panicked())));
        })
        .map_err(|error| ReadError::Damaged(format!("can't start a thread to read it: {error}")))?;
    receiver.recv_timeout(Duration::from_secs(seconds)).unwrap_or_else(|error| {
        cancel.0.store(true, Ordering::Relaxed);
        Err(match error {
            RecvTimeoutError::Timeout => ReadError::TooSlow,
            RecvTimeoutError::Disconnected => panicked(),
        })
    })
}

/// Runs work that may panic; `None` if it did.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn panicked() -> ReadError {
    ReadError::Damaged("its parts contradict one another".to_owned())
}

/// Suppresses the panic messages of sandbox threads. Those of other threads are printed as before.
fn silence_sandbox_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |info| {
            if !SILENT.get() {
                previous(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let result: Result<(), ReadError> = run(10, |_| panic!("of a parser"));
        assert_eq!(result, Err(panicked()));
    }

    #[test]
    fn endless_work_times_out_and_is_cancelled() {
        let (sender, receiver) = sync_channel(1);
        let result: Result<(), ReadError> = run(0, move |cancel| {
            while cancel.check().is_ok() {
                std::thread::yield_now();
            }
            sender.send(()).expect("the receiver is open");
            cancel.check()
        });
        assert_eq!(result, Err(ReadError::TooSlow));
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok(()));
    }
}
