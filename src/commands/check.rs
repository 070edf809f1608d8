//! `sourcewise check`: everything that is wrong, and nothing written.

use super::{Outcome, run_pipeline, say, tell};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::explain::explain;
use crate::problem::Code;
use crate::progress::Progress;
use crate::report::{self, Format};
use crate::text::nearest::nearest_name;

pub(super) fn run(args: &CheckArgs, progress: &Progress) -> Result<Outcome, Error> {
    if let Some(code) = &args.explain {
        return tell_of(code);
    }
    let (_, run) = run_pipeline(&args.site, progress)?;
    let failed = if args.format == Format::Human {
        let none = run.problems.is_empty();
        let failed = tell(run.problems, &run.files);
        if none {
            progress.note("no problems\n");
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

/// Prints what a code means.
fn tell_of(name: &str) -> Result<Outcome, Error> {
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let codes = || Code::ALL.iter().map(|code| code.as_str());
        let near = nearest_name(name, codes()).map(str::to_owned);
        let known = codes().collect::<Vec<_>>().join(", ");
        return Err(Error::NoCode { name: name.to_owned(), near, known });
    };
    say(&format!("{name}\n\n{}\n", textwrap::fill(explain(*code), 80)));
    Ok(Outcome::Fine)
}
