//! What the web answered, as problems: each address once, with the pages that link to it.

use std::collections::BTreeMap;

use super::answer::Answer;
use crate::audit::{Audited, Occurrence};
use crate::files::{Files, Span};
use crate::problem::{Code, Problem, Problems, Severity};

/// How many addresses that nobody asked for are named.
const NAMED: usize = 3;

/// Tells of all answers that are not fine, and of addresses without any. Returns whether all have one.
pub(super) fn tell(
    audited: &mut Audited<'_>,
    addresses: &BTreeMap<String, Vec<Occurrence>>,
    answers: &BTreeMap<&str, Option<Answer>>,
    files: &mut Files,
    problems: &mut Problems,
) -> bool {
    let mut without = Vec::new();
    for (address, places) in addresses {
        match answers.get(address.as_str()).cloned().flatten() {
            Some(answer) => {
                let make = of_answer(address, answer);
                let problem = make.map(|make| audited.problem(places, files, make).identity(address));
                problems.extend(problem);
            }
            None => without.push((address, places)),
        }
    }
    let Some((_, places)) = without.first() else { return true };
    let named: Vec<&str> = without.iter().take(NAMED).map(|(address, _)| address.as_str()).collect();
    let problem = audited.problem(&places[..1], files, |span| {
        let message =
            format!("there was no time to ask for {} of {} addresses", without.len(), addresses.len());
        let help =
            "run it again: answers are kept for some days; or give it more time with `--external-seconds`";
        Problem::warning(Code::LinksNotAsked, span, message, help)
    });
    let more = if without.len() > NAMED { " …" } else { "" };
    problems.push(problem.note(format!("not asked for: {}{more}", named.join(", "))).identity("time"));
    false
}

/// What an answer is told as, once its place is known; nothing where all is well.
fn of_answer(address: &str, answer: Answer) -> Option<impl FnOnce(Span) -> Problem> {
    let (severity, code, message, help) = match answer {
        Answer::Fine => return None,
        Answer::Gone { status } => (
            Severity::Error,
            Code::LinkGone,
            format!("`{address}` is gone: its host answers {status}"),
            "correct the address, or link to a copy of the page in a web archive".to_owned(),
        ),
        Answer::Moved { to } => (
            Severity::Warning,
            Code::LinkMoved,
            format!("`{address}` has moved for good"),
            format!("write `{to}`"),
        ),
        Answer::Forbidden { status } => (
            Severity::Warning,
            Code::LinkForbidden,
            format!("`{address}` is not shown to programs: its host answers {status}"),
            "open it by hand, to see whether it is there".to_owned(),
        ),
        Answer::Unreachable { reason } => (
            Severity::Warning,
            Code::LinkUnreachable,
            format!("`{address}` can't be reached: {reason}"),
            "it may be back tomorrow: check again before you look for another".to_owned(),
        ),
    };
    Some(move |span| Problem { severity, ..Problem::error(code, span, message, help) })
}
