//! `sourcewise build`: the site, written to its folder, if nothing is wrong.

use super::{Outcome, find, pluralize, run_pipeline, shown, tell_as};
use crate::cli::BuildArgs;
use crate::error::Error;
use crate::output;
use crate::progress::Progress;
use crate::report::Format;

pub(super) fn run(args: &BuildArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find(&args.site)?;
    let out = args.out.clone().unwrap_or_else(|| project.root.join("public"));
    // Whoever asked for JSON reads one object on standard output, and nothing else.
    let note = |text: &str| {
        if args.format != Format::Json {
            progress.note(text);
        }
    };
    let run = run_pipeline(&project, progress)?;
    let failed = tell_as(args.format, run.problems, &run.files);
    let Some(rendered) = run.rendered.filter(|_| !failed) else {
        note("nothing was written\n");
        return Ok(Outcome::Problems);
    };
    output::write(&rendered, &out, &project, &run.verified.site.keep, |phase| progress.phase(phase))?;
    let index = rendered.search_index.map(|size| format!("search index: {size}\n"));
    note(&format!(
        "{}{}, {}, {} in {} ms: open {}\n",
        index.unwrap_or_default(),
        pluralize(rendered.pages, "page"),
        pluralize(run.verified.sources.len(), "source"),
        pluralize(run.verified.questions.len(), "question"),
        progress.elapsed().as_millis(),
        shown(&out.join("index.html")),
    ));
    Ok(Outcome::Fine)
}
