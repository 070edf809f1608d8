//! `sourcewise check`: everything that is wrong with the site, and nothing of it written.
//!
//! The author's files, as any build does; then the finished pages; then, if asked to, the pages of others that they
//! link to. A baseline may take out what somebody has decided to live with.

mod baseline;
#[cfg(feature = "web")]
mod external;
#[cfg(not(feature = "web"))]
#[path = "no_external.rs"]
mod external;

use super::{Outcome, Shown, find, run_pipeline, say, tell_people};
use crate::audit::audit;
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::files::Files;
use crate::load::Site;
use crate::manual::plain_text;
use crate::pipeline::Run;
use crate::problem::{Code, Group, Problem, Problems, Severity};
use crate::progress::Progress;
use crate::render::Rendered;
use crate::report::{self, Format};
use crate::text::nearest::nearest_name;

use baseline::Baseline;

pub(super) fn run(args: &CheckArgs, progress: &Progress) -> Result<Outcome, Error> {
    if let Some(code) = &args.explain {
        return tell_of(code);
    }
    let Run { mut files, mut problems, verified, rendered, .. } = run_pipeline(&find(&args.site)?, progress)?;
    // Of a site that can't be built there is nothing more to say.
    let rendered = rendered.filter(|_| !problems.has_errors());
    let baseline = args.baseline.as_deref().map(|path| Baseline::read(path, &mut files, &mut problems));
    let baseline = baseline.transpose()?;
    let looked = match &rendered {
        Some(rendered) => {
            progress.phase("audit");
            finished(rendered, &verified.site, args, (&mut files, &mut problems), progress)
        }
        None => Looked::Files,
    };
    let mut list = problems.sorted(&files);
    let accepted = baseline.map(|baseline| {
        let all = list.len();
        let faults = baseline.apply(&mut list, |code| looked.for_code(code));
        let accepted = all - list.len();
        list.extend(faults.sorted(&files));
        accepted
    });
    tell(&list, &files, args.format, accepted, progress);
    let failed = list.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if failed { Outcome::Problems } else { Outcome::Fine })
}

/// Looks at the finished site, and at what it links to if that is asked for.
fn finished(
    rendered: &Rendered,
    site: &Site,
    args: &CheckArgs,
    (files, problems): (&mut Files, &mut Problems),
    progress: &Progress,
) -> Looked {
    let audited = audit(rendered, site, files, problems);
    external::ask(audited, args, site, (files, problems), progress)
}

/// What this run has looked at: a baseline may speak of more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Looked {
    /// At the author's files alone, since they have errors.
    Files,
    /// At the finished pages, too, and not at all that they link to.
    Pages,
    /// At all of that.
    Everything,
}

impl Looked {
    /// Whether problems of a kind would have been found. Without a kind: of any but those of the web.
    fn for_code(self, name: Option<&str>) -> bool {
        let code = Code::ALL.iter().find(|code| name == Some(code.as_str()));
        match code.map(|code| code.group()) {
            Some(Group::Input | Group::Baseline) => true,
            Some(Group::Page) | None => self >= Self::Pages,
            Some(Group::Web) => self == Self::Everything,
        }
    }
}

fn tell(list: &[Problem], files: &Files, format: Format, accepted: Option<usize>, progress: &Progress) {
    progress.rest();
    match format {
        Format::Human => {
            tell_people(list, files, Shown { ids: true, accepted });
            if list.is_empty() {
                let accepted = accepted.map_or_else(String::new, |count| format!(", {count} accepted"));
                progress.note(format!("no problems{accepted}\n"));
            }
        }
        Format::Json => say(&report::json(list, files, accepted)),
        Format::Github => {
            say(&report::github(list, files));
            if let Some(count) = accepted {
                progress.note(format!("{count} accepted\n"));
            }
        }
    }
}

/// Prints what a code means.
fn tell_of(name: &str) -> Result<Outcome, Error> {
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let codes = || Code::ALL.iter().map(|code| code.as_str());
        let near = nearest_name(name, codes()).map(str::to_owned);
        let known = codes().collect::<Vec<_>>().join(", ");
        return Err(Error::NoCode { name: name.to_owned(), near, known });
    };
    say(&format!("{name}\n\n{}", plain_text(code.explanation())));
    Ok(Outcome::Fine)
}
