//! `sourcewise completions`: prints the script with which a shell completes commands, options and their values.

use clap::CommandFactory;
use clap_complete::generate;

use super::{Outcome, print_exactly};
use crate::cli::{Cli, CompletionsArgs};
use crate::error::Error;

pub(super) fn run(args: &CompletionsArgs) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    generate(args.shell, &mut command, name, &mut script);
    print_exactly(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
