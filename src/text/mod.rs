//! Small text utilities that several phases need: mentions of names, suggestions for misspelt names, excerpts,
//! counts with their nouns, printable characters, visible escapes, writing direction.

mod direction;
mod excerpt;
pub mod mentions;
pub mod nearest;
mod printable;
mod visible;

pub use direction::direction;
pub use excerpt::excerpt;
pub use printable::{one_line, printable};
pub use visible::{visible, visible_line, without_ci_commands};

/// Formats a count with its noun: `1 page`, `2 pages`. Works only for nouns whose plural adds an `s`.
pub fn pluralize(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
