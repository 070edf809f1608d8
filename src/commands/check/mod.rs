//! `sourcewise check`: reports all problems of the site without writing it.
//!
//! Checks the site's files, as every build does, then the finished pages, then, with `--external`, links to other
//! sites. A baseline hides accepted problems.

mod baseline;
#[cfg(feature = "web")]
mod external;
#[cfg(not(feature = "web"))]
#[path = "no_external.rs"]
mod external;

use super::set_aside::{set_aside_list, text_origin};
use super::{HumanOptions, Outcome, Report, find_project, print, print_human, run_pipeline};
use crate::audit::audit;
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::files::Files;
use crate::manual::plain_text;
use crate::pipeline::Run;
use crate::problem::{Code, Group, Problems};
use crate::progress::Progress;
use crate::render::Rendered;
use crate::report::Format;
use crate::text::nearest::nearest_name;
use crate::verify::Verified;

use baseline::Baseline;

pub(super) fn run(args: &CheckArgs, progress: &Progress) -> Result<Outcome, Error> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let mut report = Report::default();
    let result = check(args, &mut report, progress);
    report.print_for_programs(args.format, &result)?;
    result
}

fn check(args: &CheckArgs, report: &mut Report, progress: &Progress) -> Result<Outcome, Error> {
    let Run { mut files, mut problems, verified, rendered, .. } =
        run_pipeline(&find_project(&args.site)?, progress)?;
    // A site with errors has no pages to check.
    let rendered = rendered.filter(|_| !problems.has_errors());
    let baseline = args.baseline.as_deref().map(|path| Baseline::read(path, &mut files, &mut problems));
    let baseline = baseline.transpose()?;
    let scope = match &rendered {
        Some(rendered) => {
            progress.start_step("audit");
            check_pages(rendered, &verified, args, (&mut files, &mut problems), progress)
        }
        None => CheckScope::Files,
    };
    let mut list = problems.sorted(&files);
    let accepted = baseline.map(|baseline| {
        let all = list.len();
        let entry_problems = baseline.apply(&mut list, &files, |code| scope.covers(code));
        let accepted = all - list.len();
        list.extend(entry_problems.sorted(&files));
        accepted
    });
    *report = Report { list, files, accepted };
    progress.end_step();
    if args.format == Format::Human && progress.is_verbose() {
        for source in &verified.sources {
            if let Some(facts) = &source.document {
                progress.note(text_origin(source.id.as_str(), facts.is_machine_read, facts.is_from_metadata));
            }
            let all = source.all.as_deref();
            progress.note(set_aside_list(source.id.as_str(), all, &source.set_aside, usize::MAX));
        }
    }
    print_for_people(report, args.format, progress);
    Ok(if report.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

/// Checks the finished pages, and links to other sites if `--external` is given. Returns what was checked.
fn check_pages(
    rendered: &Rendered,
    verified: &Verified,
    args: &CheckArgs,
    (files, problems): (&mut Files, &mut Problems),
    progress: &Progress,
) -> CheckScope {
    let audited = audit(rendered, &verified.site, files, problems);
    external::check_links(audited, args, verified, (files, problems), progress)
}

/// What this run checked. A baseline may also have entries for problems that only other runs report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CheckScope {
    /// Only the site's files, because they have errors.
    Files,
    /// Also the finished pages, but not all links to other sites.
    Pages,
    /// Everything, including links to other sites.
    Everything,
}

impl CheckScope {
    /// Whether this run checks for the code with this name. A missing or unknown code of a baseline entry counts as one
    /// about a page.
    fn covers(self, name: Option<&str>) -> bool {
        let code = Code::ALL.iter().find(|code| name == Some(code.as_str()));
        match code.map(|code| code.group()) {
            Some(Group::Input | Group::Baseline) => true,
            Some(Group::Page) | None => self >= Self::Pages,
            Some(Group::Web) => self == Self::Everything,
        }
    }
}

/// Prints what people read: with the format `Human`, the problems or that there are none; with `Github`, only how many
/// problems were accepted; with `Json`, nothing.
fn print_for_people(Report { list, files, accepted }: &Report, format: Format, progress: &Progress) {
    let accepted = *accepted;
    match format {
        Format::Human => {
            print_human(list, files, HumanOptions { ids: true, accepted });
            if list.is_empty() {
                let accepted = accepted.map_or_else(String::new, |count| format!(", {count} accepted"));
                progress.note(format!("no problems{accepted}\n"));
            }
        }
        Format::Github => accepted.into_iter().for_each(|count| progress.note(format!("{count} accepted\n"))),
        Format::Json => {}
    }
}

/// Prints the explanation of a problem code, for `--explain`.
fn explain(name: &str) -> Result<Outcome, Error> {
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let codes = || Code::ALL.iter().map(|code| code.as_str());
        let near = nearest_name(name, codes()).map(str::to_owned);
        let known = codes().collect::<Vec<_>>().join(", ");
        return Err(Error::NoCode { name: name.to_owned(), near, known });
    };
    print(&format!("{name}\n\n{}", plain_text(code.explanation())))?;
    Ok(Outcome::Fine)
}
