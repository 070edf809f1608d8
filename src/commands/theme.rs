//! `sourcewise theme`: the built-in theme's files, so that an author can begin with one.

use super::{Outcome, say};
use crate::cli::ThemeArgs;
use crate::error::Error;
use crate::render::embedded::{ASSETS, TEMPLATES, WORDS};
use crate::text::nearest::nearest_name;

pub(super) fn run(args: &ThemeArgs) -> Result<Outcome, Error> {
    let files = || TEMPLATES.iter().chain(ASSETS).chain(WORDS);
    let Some(wanted) = &args.file else {
        files().for_each(|(name, _)| say(&format!("{name}\n")));
        return Ok(Outcome::Fine);
    };
    let Some((_, text)) = files().find(|(name, _)| name == wanted) else {
        let near = nearest_name(wanted, files().map(|(name, _)| *name)).map(str::to_owned);
        return Err(Error::NoThemeFile { name: wanted.clone(), near });
    };
    say(text);
    Ok(Outcome::Fine)
}
