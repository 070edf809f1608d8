//! Progress reporting: how much a command prints, and how long each phase takes.
//!
//! With `--verbose`, each phase prints a line with its duration on standard error. Durations are measured only here;
//! other code uses the clock for time limits, and the phases don't use it at all. The commands print problems and
//! results.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::sync::lock;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Problems, errors and requested output.
    Quiet,
    /// Also what the command did, and the next step.
    #[default]
    Normal,
    /// Also how long each phase took.
    Verbose,
}

/// The phases and messages of the running command. With `--verbose`, dropping it prints the total time.
#[derive(Debug)]
pub struct Progress {
    verbosity: Verbosity,
    start: Instant,
    /// The current phase and its start.
    phase: Mutex<Option<(&'static str, Instant)>>,
}

impl Progress {
    pub fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, start: Instant::now(), phase: Mutex::default() }
    }

    /// A progress that prints nothing.
    pub fn silent() -> Self {
        Self::new(Verbosity::Quiet)
    }

    /// Starts a phase and ends the previous one.
    pub fn phase(&self, name: &'static str) {
        self.switch_phase(Some(name));
    }

    pub fn end_phase(&self) {
        self.switch_phase(None);
    }

    /// The time since the command started.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Prints a message on standard output, unless `--quiet` was given. Requested output must not go through here.
    pub fn note(&self, message: impl fmt::Display) {
        self.end_phase();
        if self.verbosity != Verbosity::Quiet {
            let mut out = io::stdout();
            // A closed pipe is not an error.
            let _ = write!(out, "{message}").and_then(|()| out.flush());
        }
    }

    /// Prints a message before a slow step, unless `--quiet` was given or standard error isn't a terminal.
    pub fn announce(&self, message: impl fmt::Display) {
        if self.verbosity != Verbosity::Quiet && io::stderr().is_terminal() {
            let _ = writeln!(io::stderr(), "{message}");
        }
    }

    fn switch_phase(&self, name: Option<&'static str>) {
        let now = Instant::now();
        let ended = std::mem::replace(&mut *lock(&self.phase), name.map(|name| (name, now)));
        if let (Verbosity::Verbose, Some((name, since))) = (self.verbosity, ended) {
            print_duration(name, now - since);
        }
    }
}

fn print_duration(name: &str, duration: Duration) {
    let _ = writeln!(io::stderr(), "{name:<8} {:>7} ms", duration.as_millis());
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end_phase();
        if self.verbosity == Verbosity::Verbose {
            print_duration("total", self.elapsed());
        }
    }
}
