//! Progress reporting: how much a command prints, and how long each of its steps takes.
//!
//! A step is a phase of the pipeline or another slow part of a command, such as drawing cards. With `--verbose`, the
//! duration of each step is printed on standard error when the step ends. Durations are measured only here; other code
//! uses the clock for time limits, and for ages and versions that don't affect the site. Problems and results are
//! printed by the commands.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::sync::lock;
use crate::text::{visible, without_ci_commands};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Problems, errors and requested output.
    Quiet,
    /// Also what the command did, and the next step.
    #[default]
    Normal,
    /// Also how long each step took.
    Verbose,
}

/// Prints messages and the durations of steps while a command runs. With `--verbose`, dropping it prints the total
/// time.
#[derive(Debug)]
pub struct Progress {
    verbosity: Verbosity,
    start: Instant,
    /// The name of the current step, and when it started.
    step: Mutex<Option<(&'static str, Instant)>>,
}

impl Progress {
    pub fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, start: Instant::now(), step: Mutex::default() }
    }

    /// Creates a progress that prints nothing, for callers without a terminal.
    pub fn silent() -> Self {
        Self::new(Verbosity::Quiet)
    }

    /// Starts a step and ends the previous step.
    pub fn start_step(&self, name: &'static str) {
        self.switch_step(Some(name));
    }

    pub fn end_step(&self) {
        self.switch_step(None);
    }

    pub fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// The time since the command started.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Ends the current step and prints a message on standard output, unless `--quiet` was given. Requested output must
    /// not go through here, because `--quiet` must not suppress it.
    pub fn note(&self, message: impl fmt::Display) {
        self.end_step();
        if self.verbosity != Verbosity::Quiet {
            let mut out = io::stdout();
            // A closed pipe is not an error.
            let message = message.to_string();
            let text = without_ci_commands(&visible(&message)).into_owned();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    }

    /// Prints a message before a slow step, unless `--quiet` was given or standard error isn't a terminal.
    pub fn announce(&self, message: impl fmt::Display) {
        if self.verbosity != Verbosity::Quiet && io::stderr().is_terminal() {
            let _ = writeln!(io::stderr(), "{message}");
        }
    }

    fn switch_step(&self, name: Option<&'static str>) {
        let now = Instant::now();
        let ended = std::mem::replace(&mut *lock(&self.step), name.map(|name| (name, now)));
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
        self.end_step();
        if self.verbosity == Verbosity::Verbose {
            print_duration("total", self.elapsed());
        }
    }
}
