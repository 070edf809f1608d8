//! `sourcewise theme`: lists the files of the built-in theme, or prints one as a starting point for the site's own.

use super::{Outcome, print, print_exactly};
use crate::cli::ThemeArgs;
use crate::error::Error;
use crate::render::embedded::{ASSETS, TEMPLATES, WORDS};
use crate::text::nearest::nearest_name;

pub(super) fn run(args: &ThemeArgs) -> Result<Outcome, Error> {
    let files = || TEMPLATES.iter().chain(ASSETS).chain(WORDS);
    let Some(wanted) = &args.file else {
        let names: Vec<&str> = files().map(|(name, _)| *name).collect();
        print(&format!("{}\n", names.join("\n")))?;
        return Ok(Outcome::Fine);
    };
    let Some((_, text)) = files().find(|(name, _)| name == wanted) else {
        let near = nearest_name(wanted, files().map(|(name, _)| *name)).map(str::to_owned);
        return Err(Error::NoThemeFile { name: wanted.clone(), near });
    };
    print_exactly(text)?;
    Ok(Outcome::Fine)
}
