//! `sourcewise man`: the manual pages in the form that `man` reads (roff), made of the definitions of the commands.

use std::fs;
use std::iter;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Outcome, pluralize, say, shown};
use crate::cli::{Cli, ManArgs};
use crate::error::Error;
use crate::progress::Progress;

pub(super) fn run(args: &ManArgs, progress: &Progress) -> Result<Outcome, Error> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let pages: Vec<Man> = iter::once(&program).chain(program.get_subcommands()).map(man).collect();
    if let Some(folder) = &args.folder {
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        for page in &pages {
            page.generate_to(folder).map_err(Error::write(&folder.join(page.get_filename())))?;
        }
        progress.note(format!("wrote {} to {}\n", pluralize(pages.len(), "page"), shown(folder)));
    } else {
        let mut text = Vec::new();
        for page in &pages {
            page.render(&mut text).expect("writing into memory does not fail");
        }
        say(&String::from_utf8_lossy(&text));
    }
    Ok(Outcome::Fine)
}

/// The page of the program or of a command, with the program's name and version at its foot.
fn man(command: &Command) -> Man {
    // Without a day, so that a version's pages are always the same. The space keeps its place in the title line.
    let page = Man::new(command.clone()).date(" ");
    page.source(concat!("sourcewise ", env!("CARGO_PKG_VERSION"))).manual("Sourcewise")
}
