//! Small text utilities that several phases need: names, excerpts, printable characters, writing direction.

mod direction;
mod excerpt;
pub mod mentions;
pub mod nearest;
mod printable;

pub use direction::direction;
pub use excerpt::excerpt;
pub use printable::{one_line, printable};
