//! `sourcewise check`: everything that is wrong, and nothing written.

use super::{Outcome, run_pipeline, say, tell};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::report::{self, Format};

pub(super) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    let (_, run) = run_pipeline(&args.site)?;
    let failed = if args.format == Format::Human {
        let none = run.problems.is_empty();
        let failed = tell(run);
        if none {
            say("no problems\n");
        }
        failed
    } else {
        let failed = run.problems.has_errors();
        let list = run.problems.sorted(&run.files);
        say(&report::print(&list, &run.files, args.format, false));
        failed
    };
    Ok(if failed { Outcome::Problems } else { Outcome::Fine })
}
