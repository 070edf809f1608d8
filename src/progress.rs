//! How much a command prints, and how long its phases took.
//!
//! With `--verbose` every phase becomes a line with its time on standard error. Time is measured only here; elsewhere a
//! clock is for setting limits, and the phases have none. Problems and results are printed by the commands.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::sync::locked;

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Problems, errors and what was asked for.
    Quiet,
    /// Also what was done, and what to do next.
    #[default]
    Normal,
    /// Also where the time went.
    Verbose,
}

/// The running command's phases and messages. With `--verbose`, dropping it prints the total time.
#[derive(Debug)]
pub struct Progress {
    verbosity: Verbosity,
    start: Instant,
    /// The phase that runs, and since when.
    phase: Mutex<Option<(&'static str, Instant)>>,
}

impl Progress {
    /// Starts the clock.
    pub fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, start: Instant::now(), phase: Mutex::default() }
    }

    /// Prints nothing.
    pub fn silent() -> Self {
        Self::new(Verbosity::Quiet)
    }

    /// Starts a phase, which ends the one before.
    pub fn phase(&self, name: &'static str) {
        self.next(Some(name));
    }

    /// Ends the phase that runs.
    pub fn rest(&self) {
        self.next(None);
    }

    /// The time since the command started.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Prints a message on standard output, unless `--quiet` was given. What the user asked for is no message.
    pub fn note(&self, message: impl fmt::Display) {
        self.rest();
        if self.verbosity != Verbosity::Quiet {
            let mut out = io::stdout();
            // A reader that has gone away is no failure.
            let _ = write!(out, "{message}").and_then(|()| out.flush());
        }
    }

    /// Prints a message on the terminal before something that takes a while, unless `--quiet` was given.
    pub fn announce(&self, message: impl fmt::Display) {
        if self.verbosity != Verbosity::Quiet && io::stderr().is_terminal() {
            let _ = writeln!(io::stderr(), "{message}");
        }
    }

    fn next(&self, name: Option<&'static str>) {
        let now = Instant::now();
        let ended = std::mem::replace(&mut *locked(&self.phase), name.map(|name| (name, now)));
        if let (Verbosity::Verbose, Some((name, since))) = (self.verbosity, ended) {
            print_time(name, now - since);
        }
    }
}

fn print_time(name: &str, took: Duration) {
    let _ = writeln!(io::stderr(), "{name:<8} {:>7} ms", took.as_millis());
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.rest();
        if self.verbosity == Verbosity::Verbose {
            print_time("total", self.elapsed());
        }
    }
}
