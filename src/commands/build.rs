//! `sourcewise build`: the site, written to its folder, if nothing is wrong.

use super::{Outcome, counted, run_pipeline, shown, tell};
use crate::cli::BuildArgs;
use crate::error::Error;
use crate::output;
use crate::progress::Progress;

pub(super) fn run(args: &BuildArgs, progress: &Progress) -> Result<Outcome, Error> {
    let (project, mut run) = run_pipeline(&args.site, progress)?;
    let out = args.out.clone().unwrap_or_else(|| project.root.join("public"));
    let (sources, questions) = (run.verified.sources.len(), run.verified.questions.len());
    let rendered = run.rendered.take();
    let failed = tell(run.problems, &run.files);
    let Some(rendered) = rendered.filter(|_| !failed) else {
        progress.note("nothing was written\n");
        return Ok(Outcome::Problems);
    };
    output::write(&rendered, &out, &project, &run.verified.site.keep, |phase| progress.phase(phase))?;
    progress.note(format!("search index: {}\n", rendered.search_index));
    progress.note(format!(
        "{}, {}, {} in {} ms: open {}\n",
        counted(rendered.pages, "page"),
        counted(sources, "source"),
        counted(questions, "question"),
        progress.elapsed().as_millis(),
        shown(&out.join("index.html")),
    ));
    Ok(Outcome::Fine)
}
