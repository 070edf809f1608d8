//! What goes on while a command runs: its phases and how long each took, and the messages that `--quiet` leaves out.
//!
//! Whoever works tells [`Progress`] what begins. On a terminal a line shows it once it takes a while; elsewhere nothing
//! is shown of it. With `--verbose` every phase becomes a line with its time. Only here is time told; elsewhere a clock
//! is for setting limits, and the phases have none. Problems and results are printed by the commands.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::sync::locked;

/// A command that takes no longer shows no line.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is drawn anew.
const TICK: Duration = Duration::from_millis(200);
/// Columns of the line: the longest name of a phase, and seconds.
const WIDTH: usize = 40;

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

/// What a command tells of its work. Ends with it: then the line goes away.
#[derive(Debug)]
pub struct Progress {
    verbosity: Verbosity,
    start: Instant,
    shared: Arc<Shared>,
    drawing: Option<JoinHandle<()>>,
}

/// What the drawing thread sees.
#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// What goes on, and since when.
    phase: Option<(&'static str, Instant)>,
    /// Whether a line stands on the terminal.
    drawn: bool,
    /// Whether the command has ended.
    ended: bool,
}

impl Progress {
    /// Begins. A line is drawn if standard error is a terminal and it is not to be quiet.
    pub fn new(verbosity: Verbosity) -> Self {
        let (start, shared) = (Instant::now(), Arc::new(Shared::default()));
        let draws = verbosity != Verbosity::Quiet && io::stderr().is_terminal();
        let drawing = draws.then(|| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || shared.draw_from(start))
        });
        Self { verbosity, start, shared, drawing }
    }

    /// Says nothing: for work that nobody waits for at a terminal.
    pub fn silent() -> Self {
        Self::new(Verbosity::Quiet)
    }

    /// Something begins, and what went on before has ended.
    pub fn phase(&self, name: &'static str) {
        self.next(Some(name));
    }

    /// Nothing goes on any more, or a result is to be printed: the line goes away.
    pub fn rest(&self) {
        self.next(None);
    }

    /// How long it has been since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Prints a message on standard output, unless it is to be quiet. What was asked for is no message.
    pub fn note(&self, message: impl fmt::Display) {
        self.rest();
        if self.verbosity != Verbosity::Quiet {
            let mut out = io::stdout();
            // Nobody may listen any more.
            let _ = write!(out, "{message}").and_then(|()| out.flush());
        }
    }

    fn next(&self, name: Option<&'static str>) {
        let now = Instant::now();
        let mut state = locked(&self.shared.state);
        state.wipe();
        let ended = state.phase.take();
        state.phase = name.map(|name| (name, now));
        if let (Verbosity::Verbose, Some((name, since))) = (self.verbosity, ended) {
            tell(name, now - since);
        }
    }
}

/// Prints where time went, for `--verbose`.
fn tell(name: &str, took: Duration) {
    let _ = writeln!(io::stderr(), "{name:<8} {:>7} ms", took.as_millis());
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.rest();
        locked(&self.shared.state).ended = true;
        self.shared.changed.notify_all();
        if let Some(drawing) = self.drawing.take() {
            // A thread that has broken off draws nothing, either.
            let _ = drawing.join();
        }
        if self.verbosity == Verbosity::Verbose {
            tell("total", self.elapsed());
        }
    }
}

impl Shared {
    /// Draws the line of what goes on, again and again, until the command has ended.
    fn draw_from(&self, start: Instant) {
        let mut state = locked(&self.state);
        let mut wait = PATIENCE;
        while !state.ended {
            state = self
                .changed
                .wait_timeout(state, wait)
                .map_or_else(|poisoned| poisoned.into_inner().0, |woken| woken.0);
            wait = TICK;
            state.draw(start.elapsed());
        }
    }
}

impl State {
    fn draw(&mut self, elapsed: Duration) {
        if let Some((name, _)) = self.phase {
            let line = format!("{name} … {} s", elapsed.as_secs());
            let _ = write!(io::stderr(), "\r{line:<WIDTH$}");
            self.drawn = true;
        }
    }

    fn wipe(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr(), "\r{:<WIDTH$}\r", "");
        }
    }
}
