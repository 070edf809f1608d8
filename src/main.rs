//! The executable: passes the arguments to [`sourcewise::run`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    sourcewise::run(std::env::args_os())
}
