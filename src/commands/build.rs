//! `sourcewise build`: writes the site to the output folder, unless the site has errors.

use super::{
    HumanOptions, Outcome, Report, display_path, find_project, pluralize, print_human, run_pipeline,
};
use crate::cli::BuildArgs;
use crate::error::Error;
use crate::load::Basis;
use crate::output;
use crate::progress::Progress;
use crate::report::Format;

pub(super) fn run(args: &BuildArgs, progress: &Progress) -> Result<Outcome, Error> {
    let mut report = Report::default();
    let result = build(args, &mut report, progress);
    report.print_for_programs(args.format, &result)?;
    result
}

fn build(args: &BuildArgs, report: &mut Report, progress: &Progress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let out = args.out.clone().unwrap_or_else(|| project.root.join("public"));
    // With `--format json`, standard output must be one JSON object and nothing else.
    let note = |text: &str| {
        if args.format != Format::Json {
            progress.note(text);
        }
    };
    let run = run_pipeline(&project, progress)?;
    *report = Report { list: run.problems.sorted(&run.files), files: run.files, accepted: None };
    if args.format == Format::Human {
        print_human(&report.list, &report.files, HumanOptions::default());
    }
    let Some(rendered) = run.rendered.filter(|_| !report.has_errors()) else {
        note("nothing was written\n");
        return Ok(Outcome::Problems);
    };
    output::write(&rendered, &out, &project, &run.verified.site.keep, |step| progress.start_step(step))?;
    let (written, found): (Vec<_>, Vec<_>) =
        run.verified.questions.iter().partition(|question| question.basis == Basis::Editor);
    let mut counts = vec![
        pluralize(rendered.pages, "page"),
        pluralize(run.verified.sources.len(), "source"),
        pluralize(written.len(), "question"),
    ];
    if !found.is_empty() {
        counts.push(format!("{} found automatically", pluralize(found.len(), "topic")));
    }
    let index = rendered.search_index.map(|size| format!("search index: {size}\n"));
    note(&format!(
        "{}{} in {} ms: open {}\n",
        index.unwrap_or_default(),
        counts.join(", "),
        progress.elapsed().as_millis(),
        display_path(&out.join("index.html")),
    ));
    Ok(Outcome::Fine)
}
