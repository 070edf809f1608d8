//! `sourcewise build`: the site, written to its folder, if nothing is wrong.

use super::{Outcome, counted, run_pipeline, shown, tell_as};
use crate::cli::BuildArgs;
use crate::error::Error;
use crate::output;
use crate::progress::Progress;
use crate::report::Format;

pub(super) fn run(args: &BuildArgs, progress: &Progress) -> Result<Outcome, Error> {
    let (project, mut run) = run_pipeline(&args.site, progress)?;
    let out = args.out.clone().unwrap_or_else(|| project.root.join("public"));
    let (sources, questions) = (run.verified.sources.len(), run.verified.questions.len());
    let rendered = run.rendered.take();
    // Whoever asked for JSON reads one object on standard output, and nothing else.
    let note = |text: &str| {
        if args.format != Format::Json {
            progress.note(text);
        }
    };
    let failed = tell_as(args.format, run.problems, &run.files);
    let Some(rendered) = rendered.filter(|_| !failed) else {
        note("nothing was written\n");
        return Ok(Outcome::Problems);
    };
    output::write(&rendered, &out, &project, &run.verified.site.keep, |phase| progress.phase(phase))?;
    if let Some(size) = &rendered.search_index {
        note(&format!("search index: {size}\n"));
    }
    note(&format!(
        "{}, {}, {} in {} ms: open {}\n",
        counted(rendered.pages, "page"),
        counted(sources, "source"),
        counted(questions, "question"),
        progress.elapsed().as_millis(),
        shown(&out.join("index.html")),
    ));
    // The program ends here: the system takes back millions of small pieces of memory at once.
    std::mem::forget((rendered, run.verified, run.files));
    Ok(Outcome::Fine)
}
