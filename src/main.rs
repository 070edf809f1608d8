//! The program: hands its arguments to the library and turns the outcome into an exit code.

use std::process::ExitCode;

// A build makes and drops many small texts on all threads at once: a fifth of its time goes to that with glibc's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sourcewise::run(std::env::args_os())
}
