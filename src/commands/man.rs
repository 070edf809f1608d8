//! `sourcewise man`: the manual in the form that `man` reads (roff), made of the definitions of the commands.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Outcome, counted, say, shown, write};
use crate::cli::{Cli, ManArgs};
use crate::error::Error;
use crate::progress::Progress;

/// What stands at the end of the page with all commands.
const EXIT_STATUS: &str = "\
.SH EXIT STATUS
.TP
0
fine
.TP
1
something is wrong in your files
.TP
2
could not run
";

pub(super) fn run(args: &ManArgs, progress: &Progress) -> Result<Outcome, Error> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    match &args.folder {
        None => say(&whole(&program)),
        Some(folder) => write_pages(&program, folder, progress)?,
    }
    Ok(Outcome::Fine)
}

/// Writes the page with all commands, and one for each of them, over those of an earlier version.
fn write_pages(program: &Command, folder: &Path, progress: &Progress) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::write(folder))?;
    let of_commands = program.get_subcommands().map(|command| {
        let man = man(command);
        (man.get_filename(), text(|page| man.render(page)))
    });
    let pages: Vec<(String, String)> =
        std::iter::once((man(program).get_filename(), whole(program))).chain(of_commands).collect();
    for (name, page) in &pages {
        write::replace(&folder.join(name), page)?;
    }
    progress.note(format!("wrote {} to {}\n", counted(pages.len(), "page"), shown(folder)));
    Ok(())
}

/// One page that holds all: what is so of every command, then each command with what only it has.
fn whole(program: &Command) -> String {
    let man_of_all = man(program);
    let mut page = text(|page| {
        man_of_all.render_title(page)?;
        man_of_all.render_name_section(page)?;
        man_of_all.render_synopsis_section(page)?;
        man_of_all.render_options_section(page)
    });
    page.push_str(".SH COMMANDS\n");
    for command in program.get_subcommands() {
        let own = command.clone().mut_args(|option| {
            let everywhere = option.is_global_set() || option.get_id() == "help";
            option.hide(everywhere)
        });
        let has_own = own.get_arguments().any(|option| !option.is_hide_set());
        let man = man(&own);
        let sections = text(|page| {
            man.render_synopsis_section(page)?;
            man.render_description_section(page)?;
            if has_own { man.render_options_section(page) } else { Ok(()) }
        });
        page.extend([".SS ", command.get_name(), "\n"]);
        page.extend(sections.lines().filter_map(below).flat_map(|line| [line, "\n"]));
    }
    page + EXIT_STATUS
}

/// A line of a command's own page as it stands below the command in the whole one: what begins a section begins a
/// paragraph, and what begins a page is left out.
fn below(line: &str) -> Option<&str> {
    match line.split(' ').next()? {
        ".ie" | ".el" => None,
        ".SH" => Some(".PP"),
        _ => Some(line),
    }
}

/// The maker of a page, with the program's name and version at its foot.
fn man(command: &Command) -> Man {
    // No day, so that a version's pages are always the same; without any text what follows would move up.
    let page = Man::new(command.clone()).date(" ");
    page.source(concat!("sourcewise ", env!("CARGO_PKG_VERSION"))).manual("Sourcewise")
}

/// What is rendered.
fn text(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut page = Vec::new();
    render(&mut page).expect("writing into memory does not fail");
    String::from_utf8_lossy(&page).into_owned()
}
