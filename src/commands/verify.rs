//! `sourcewise verify`: checks every quote and saves proofs in `seeds/quotes.lock`. Only quotes from documents outside
//! `seeds/` need such a proof.

use std::collections::BTreeSet;

use sourcewise_quotes::ProofSource;

use super::{Outcome, find_project, pluralize, print_problems, run_pipeline, write};
use crate::cli::VerifyArgs;
use crate::error::Error;
use crate::ids::SourceId;
use crate::load::LOCK_PATH;
use crate::problem::Code;
use crate::progress::Progress;
use crate::verify::Verified;

pub(super) fn run(args: &VerifyArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let mut run = run_pipeline(&project, progress)?;
    // An invalid lock is replaced, so it is no problem here, unless quotes without a document need it as their proof.
    if run.verified.unverifiable.is_empty() {
        run.problems.remove(Code::BadLock);
    }
    run.problems.remove(Code::StaleLock);
    run.problems.remove(Code::DocumentChanged);
    let lock = run.lock.clone();
    let by_lock_only = proved_by_lock_only(&run.verified);
    if print_problems(run.problems, &run.files) {
        progress.note("the lock file was not changed; fix the errors and run this again\n");
        return Ok(Outcome::Problems);
    }
    let path = project.root.join(LOCK_PATH);
    let quotes = lock.source.values().map(|source| source.quote.len()).sum();
    let verified = format!("{} of {}", pluralize(quotes, "quote"), pluralize(lock.source.len(), "source"));
    let text = lock.to_toml();
    if lock.source.is_empty() && !path.exists() {
        progress.note("no lock file is needed: every quote is from a document in `seeds/`\n");
    } else if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
        progress.note(format!("{verified} verified; {LOCK_PATH} is up to date\n"));
    } else {
        write::replace_in_site(&project.root, LOCK_PATH, &text)?;
        progress.note(format!("{verified} verified; wrote {LOCK_PATH}\n"));
    }
    if !by_lock_only.is_empty() {
        let names: Vec<String> = by_lock_only.iter().map(|id| format!("`{id}`")).collect();
        progress.note(format!(
            "without their documents, the quotes of {} were only compared with the lock file; name the folder of the documents with `--originals DIR`\n",
            names.join(", ")
        ));
    }
    Ok(Outcome::Fine)
}

/// Returns the sources with quotes that could only be checked against the lock, because the document is missing.
fn proved_by_lock_only(verified: &Verified) -> BTreeSet<SourceId> {
    let by_lock = verified.quotes().filter(|(_, quote)| quote.proof_source() == ProofSource::Lock);
    by_lock.map(|(id, _)| id.clone()).collect()
}
