//! What "the same text" means, and what follows from it: the normal form, sentences, the nearest passage.
//!
//! Two texts are the same if their normal forms are: Unicode NFKC, white space folded, typographic quotes, dashes
//! and ellipses made plain. Nothing else is forgiven: case counts, and so does every word. Knows nothing of sites,
//! records or files.

mod boilerplate;
mod direction;
pub mod function_words;
mod language;
pub mod mentions;
pub mod nearest;
pub mod normal;
mod percent;
mod printable;
pub mod sentences;
pub mod words;

pub use boilerplate::is_boilerplate;
pub use direction::direction;
pub use language::language_of;
pub use percent::percent_decoded;
pub use printable::{one_line, printable};
