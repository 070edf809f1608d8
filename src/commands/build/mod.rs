//! `sourcewise build`: the site, written to its folder, if nothing is wrong. If nothing has changed since it was, that is
//! all there is to say.

mod standing;

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Outcome, counted, find, run_pipeline, shown, tell_as};
use crate::cli::BuildArgs;
use crate::error::Error;
use crate::files::Files;
use crate::output;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::report::Format;
use standing::Inputs;

/// What is told of a site that was built.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Built {
    pages: usize,
    sources: usize,
    questions: usize,
    search_index: Option<String>,
}

pub(super) fn run(args: &BuildArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find(&args.site)?;
    let out = args.out.clone().unwrap_or_else(|| project.root.join("public"));
    // Whoever asked for JSON reads one object on standard output, and nothing else.
    let note = |text: &str| {
        if args.format != Format::Json {
            progress.note(text);
        }
    };
    progress.phase("changes");
    let inputs = Inputs::look(&project);
    if let Some(built) = inputs.as_ref().and_then(|inputs| inputs.stand_in(&out)) {
        progress.rest();
        // What had any problem is never taken to stand: it would be told of no more.
        tell_as(args.format, Problems::default(), &Files::default());
        note(&built.told(&out, progress));
        return Ok(Outcome::Fine);
    }
    let mut run = run_pipeline(&project, progress)?;
    let rendered = run.rendered.take();
    let is_well = run.problems.is_empty();
    let failed = tell_as(args.format, run.problems, &run.files);
    let Some(rendered) = rendered.filter(|_| !failed) else {
        note("nothing was written\n");
        return Ok(Outcome::Problems);
    };
    let keep = &run.verified.site.keep;
    let locked = output::write(&rendered, &out, &project, keep, |phase| progress.phase(phase))?;
    let built = Built {
        pages: rendered.pages,
        sources: run.verified.sources.len(),
        questions: run.verified.questions.len(),
        search_index: rendered.search_index.clone(),
    };
    if let Some(inputs) = inputs.filter(|_| is_well) {
        progress.phase("record");
        inputs.record(&out, keep.iter().map(|path| path.value.clone()).collect(), &built);
    }
    drop(locked);
    note(&built.told(&out, progress));
    // The program ends here: the system takes back millions of small pieces of memory at once.
    std::mem::forget((rendered, run.verified, run.files));
    Ok(Outcome::Fine)
}

impl Built {
    /// The last lines.
    fn told(&self, out: &Path, progress: &Progress) -> String {
        let index = self.search_index.as_ref().map(|size| format!("search index: {size}\n"));
        format!(
            "{}{}, {}, {} in {} ms: open {}\n",
            index.unwrap_or_default(),
            counted(self.pages, "page"),
            counted(self.sources, "source"),
            counted(self.questions, "question"),
            progress.elapsed().as_millis(),
            shown(&out.join("index.html")),
        )
    }
}
