//! `sourcewise help`: prints the help of the program, the help of a command, or a chapter of the manual. If a topic is
//! both a command and a chapter, the command counts.

use clap::{Command, CommandFactory, Parser};

use super::{Outcome, print};
use crate::cli::{Cli, HelpArgs};
use crate::error::Error;
use crate::manual::{CHAPTERS, chapter, plain_text};
use crate::text::nearest::nearest_name;

pub(super) fn run(args: &HelpArgs) -> Result<Outcome, Error> {
    let Some(topic) = &args.topic else {
        print_help(None);
        return Ok(Outcome::Fine);
    };
    let program = Cli::command();
    let mut commands = program.get_subcommands().map(Command::get_name);
    if commands.any(|name| name == topic) {
        print_help(Some(topic));
    } else if let Some(chapter) = chapter(topic) {
        print(&plain_text(chapter.markdown))?;
    } else {
        let commands = program.get_subcommands().map(Command::get_name);
        let topics = commands.chain(CHAPTERS.iter().map(|chapter| chapter.name));
        let near = nearest_name(topic, topics).map(str::to_owned);
        return Err(Error::NoHelp { topic: topic.clone(), near });
    }
    Ok(Outcome::Fine)
}

/// Prints what `--help` prints, for the program or one of its commands.
fn print_help(command: Option<&str>) {
    let arguments = ["sourcewise"].into_iter().chain(command).chain(["--help"]);
    if let Err(help) = Cli::try_parse_from(arguments) {
        // A closed pipe (`sourcewise help | head`) is no error.
        let _ = help.print();
    }
}
