//! `sourcewise man`: pages for `man`, one for the program and each command, made from their definitions, and one for each
//! chapter of the manual.

use std::fs;
use std::iter;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Outcome, pluralize, say, shown};
use crate::cli::{Cli, ManArgs};
use crate::error::Error;
use crate::manual::{CHAPTERS, man_page};
use crate::progress::Progress;

pub(super) fn run(args: &ManArgs, progress: &Progress) -> Result<Outcome, Error> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands = iter::once(&program).chain(program.get_subcommands()).map(of_command);
    let chapters =
        CHAPTERS.iter().map(|chapter| (format!("sourcewise-{}.1", chapter.name), man_page(chapter)));
    let pages: Vec<(String, String)> = commands.chain(chapters).collect();
    if let Some(folder) = &args.folder {
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        for (name, text) in &pages {
            let path = folder.join(name);
            fs::write(&path, text).map_err(Error::write(&path))?;
        }
        progress.note(format!("wrote {} to {}\n", pluralize(pages.len(), "page"), shown(folder)));
    } else {
        pages.iter().for_each(|(_, text)| say(text));
    }
    Ok(Outcome::Fine)
}

/// The file name and text of the page for the program or a command, with the program's version in its footer.
fn of_command(command: &Command) -> (String, String) {
    // Without a date, so that the pages of a version are always the same. The space keeps its place in the title line.
    let page = Man::new(command.clone()).date(" ");
    let page = page.source(concat!("sourcewise ", env!("CARGO_PKG_VERSION"))).manual("Sourcewise");
    let mut text = Vec::new();
    page.render(&mut text).expect("writing into memory does not fail");
    (page.get_filename(), String::from_utf8_lossy(&text).into_owned())
}
