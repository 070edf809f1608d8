//! `sourcewise man`: prints or writes pages for `man`: one for the program and one for each command, made from their
//! definitions, and one for each chapter of the manual.

use std::fs;
use std::iter;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Outcome, display_path, pluralize, print_exactly, write};
use crate::cli::{Cli, ManArgs};
use crate::error::Error;
use crate::manual::{CHAPTERS, man_page};
use crate::progress::Progress;

pub(super) fn run(args: &ManArgs, progress: &Progress) -> Result<Outcome, Error> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands = iter::once(&program).chain(program.get_subcommands()).map(command_page);
    let chapters =
        CHAPTERS.iter().map(|chapter| (format!("sourcewise-{}.1", chapter.name), man_page(chapter)));
    let pages: Vec<(String, String)> = commands.chain(chapters).collect();
    if let Some(folder) = &args.folder {
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        for (name, text) in &pages {
            let path = folder.join(name);
            write::replace(&path, text)?;
        }
        progress.note(format!("wrote {} to {}\n", pluralize(pages.len(), "page"), display_path(folder)));
    } else {
        for (_, text) in &pages {
            print_exactly(text)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Returns the file name and text of the page for the program or a command. The footer has the program's version.
fn command_page(command: &Command) -> (String, String) {
    // Without a date, so that the pages of a version are always the same. An empty date would shift the fields after
    // it in the title line, so the date is a space.
    let page = Man::new(command.clone()).date(" ");
    let page = page.source(concat!("sourcewise ", env!("CARGO_PKG_VERSION"))).manual("Sourcewise");
    let mut text = Vec::new();
    page.render(&mut text).expect("writing into memory does not fail");
    (page.get_filename(), String::from_utf8_lossy(&text).into_owned())
}
