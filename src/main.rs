//! The program: hands its arguments to the library and turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    sourcewise::run(std::env::args_os())
}
