//! `sourcewise completions`: what a shell needs to complete commands, options and their values, made of their definitions.

use clap::CommandFactory;
use clap_complete::generate;

use super::{Outcome, say};
use crate::cli::{Cli, CompletionsArgs};
use crate::error::Error;

#[expect(clippy::unnecessary_wraps, reason = "commands have one form")]
pub(super) fn run(args: &CompletionsArgs) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    generate(args.shell, &mut command, name, &mut script);
    say(&String::from_utf8_lossy(&script));
    Ok(Outcome::Fine)
}
