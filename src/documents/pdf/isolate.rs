//! Work on hostile files, kept apart: on a thread of its own, with a large stack, a limit of time, and panics that are
//! caught and printed nowhere. What that work is, is not told here.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Once};
use std::thread::Builder;
use std::time::Duration;

use crate::ReadError;

/// Stack for parsers that recurse over what a file nests.
const STACK: usize = 256 << 20;

thread_local! {
    /// Panics of this thread are expected.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Tells work on the thread that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch(Arc<AtomicBool>);

impl Watch {
    /// Fails when the time is over.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        if self.0.load(Ordering::Relaxed) { Err(ReadError::TooSlow) } else { Ok(()) }
    }
}

/// Does the work, or gives up after some seconds. A thread that is past its time ends at its next look at the watch, and
/// is waited for by nobody.
pub(crate) fn run<T, F>(seconds: u64, work: F) -> Result<T, ReadError>
where
    T: Send + 'static,
    F: FnOnce(&Watch) -> Result<T, ReadError> + Send + 'static,
{
    silence_own_panics();
    let watch = Watch::default();
    let (sender, receiver) = sync_channel(1);
    let inner = watch.clone();
    Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            QUIET.set(true);
            // Nobody listens after the time is over, and that is no fault.
            let _ = sender.send(caught(|| work(&inner)).unwrap_or_else(|| Err(unexpected())));
        })
        .map_err(|error| ReadError::Damaged(format!("no thread to read it on: {error}")))?;
    receiver.recv_timeout(Duration::from_secs(seconds)).unwrap_or_else(|error| {
        watch.0.store(true, Ordering::Relaxed);
        Err(match error {
            RecvTimeoutError::Timeout => ReadError::TooSlow,
            RecvTimeoutError::Disconnected => unexpected(),
        })
    })
}

/// Runs something that may panic; nothing if it did.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn unexpected() -> ReadError {
    ReadError::Damaged("its parts do not fit together".to_owned())
}

/// Keeps the messages of panics on threads of ours off the terminal; all others go where they went before.
fn silence_own_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let former = take_hook();
        set_hook(Box::new(move |info| {
            if !QUIET.get() {
                former(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_refusal() {
        let result: Result<(), ReadError> = run(10, |_| panic!("of a parser"));
        assert_eq!(result, Err(unexpected()));
    }

    #[test]
    fn work_without_end_is_given_up_and_told_to_stop() {
        let (sender, receiver) = sync_channel(1);
        let result: Result<(), ReadError> = run(0, move |watch| {
            while watch.check().is_ok() {
                std::thread::yield_now();
            }
            sender.send(()).expect("somebody listens");
            watch.check()
        });
        assert_eq!(result, Err(ReadError::TooSlow));
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok(()));
    }
}
