//! Converts link statuses to problems: one per bad link, with the pages that have it, and one for all unchecked
//! addresses.

use std::collections::BTreeMap;

use super::link_status::LinkStatus;
use crate::audit::{Audited, Occurrence, address_notes};
use crate::files::{Files, Span};
use crate::problem::{Code, Problem, Problems, Severity};

/// The warning about unchecked addresses lists at most this many of them.
const MAX_LISTED_ADDRESSES: usize = 3;

/// Reports all bad links and unchecked addresses. Returns whether all addresses were checked.
pub(super) fn report(
    audited: &mut Audited<'_>,
    addresses: &BTreeMap<String, Vec<Occurrence>>,
    statuses: &BTreeMap<&str, Option<LinkStatus>>,
    files: &mut Files,
    problems: &mut Problems,
) -> bool {
    let is_fine = |address: &str| matches!(statuses.get(address), Some(Some(LinkStatus::Fine)));
    let not_fine = addresses.iter().filter(|(address, _)| !is_fine(address));
    let mut notes =
        address_notes(not_fine.map(|(address, found)| (address.as_str(), found.as_slice())), files);
    let mut unchecked = Vec::new();
    for (address, occurrences) in addresses {
        match statuses.get(address.as_str()).cloned().flatten() {
            Some(status) => {
                let make = problem_of(address, status);
                problems.extend(make.map(|make| {
                    let mut problem = audited.problem(occurrences, files, make).identity(address);
                    problem.notes.extend(notes.remove(address.as_str()));
                    problem
                }));
            }
            None => unchecked.push((address, occurrences)),
        }
    }
    let Some((first, occurrences)) = unchecked.first() else { return true };
    let named: Vec<&str> =
        unchecked.iter().take(MAX_LISTED_ADDRESSES).map(|(address, _)| address.as_str()).collect();
    let problem = audited.problem(&occurrences[..1], files, |span| {
        let which = match (unchecked.len(), addresses.len()) {
            (_, 1) => "the only address".to_owned(),
            (1, all) => format!("1 of {all} addresses"),
            (few, all) if few == all => format!("any of the {all} addresses"),
            (few, all) => format!("{few} of {all} addresses"),
        };
        let message = format!("there was no time to check {which}");
        let help = "run the check again: it continues with the unchecked addresses, because results are kept for some days; or allow more time with `--external-seconds`";
        Problem::warning(Code::LinksNotAsked, span, message, help)
    });
    let more = if unchecked.len() > MAX_LISTED_ADDRESSES { " …" } else { "" };
    let mut problem = problem.note(format!("not checked: {}{more}", named.join(", "))).identity("time");
    problem.notes.extend(notes.remove(first.as_str()));
    problems.push(problem);
    false
}

/// Returns a function from the problem's span to the problem, because the span is chosen later. `None` if the link is
/// fine.
fn problem_of(address: &str, status: LinkStatus) -> Option<impl FnOnce(Span) -> Problem> {
    let (severity, code, message, help) = match status {
        LinkStatus::Fine => return None,
        LinkStatus::Gone { status } => (
            Severity::Error,
            Code::LinkGone,
            format!("`{address}` does not exist any more: its site has no such page (status {status})"),
            "correct the address, or link to a copy in a web archive".to_owned(),
        ),
        LinkStatus::Moved { to } => (
            Severity::Warning,
            Code::LinkMoved,
            format!("`{address}` has moved permanently"),
            format!("change the address to `{to}`"),
        ),
        LinkStatus::Forbidden { status } => (
            Severity::Warning,
            Code::LinkForbidden,
            format!(
                "`{address}` can't be checked: its site rejects requests from programs (status {status})"
            ),
            "open the address in a browser; if it works, accept this warning by its id: see `sourcewise help checks`; if not, \
             replace the link"
                .to_owned(),
        ),
        LinkStatus::Unreachable { reason } => (
            Severity::Warning,
            Code::LinkUnreachable,
            format!("`{address}` doesn't work: {reason}"),
            "the failure may be temporary: check again before you replace the link".to_owned(),
        ),
    };
    Some(move |span| Problem { severity, ..Problem::error(code, span, message, help) })
}
