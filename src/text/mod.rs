//! Small operations on text that several phases need: names, words, writing direction, percent-encoding.

mod direction;
mod excerpt;
pub mod mentions;
pub mod nearest;
mod printable;

pub use direction::direction;
pub use excerpt::excerpt;
pub use printable::{one_line, printable};
