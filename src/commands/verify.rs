//! `sourcewise verify`: every quote held against its document, and the proof kept in `seeds/quotes.lock`.

use std::collections::BTreeSet;

use sourcewise_quotes::ProofSource;

use super::{Outcome, find, pluralize, run_pipeline, tell, write};
use crate::cli::VerifyArgs;
use crate::error::Error;
use crate::ids::SourceId;
use crate::load::LOCK_PATH;
use crate::problem::Code;
use crate::progress::Progress;
use crate::verify::Verified;

pub(super) fn run(args: &VerifyArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find(&args.site)?;
    let mut run = run_pipeline(&project, progress)?;
    // Whatever is wrong with the old lock, a new one mends it: unless only the old one could prove some quotes.
    if run.verified.unverifiable.is_empty() {
        run.problems.remove(Code::BadLock);
    }
    run.problems.remove(Code::StaleLock);
    run.problems.remove(Code::DocumentChanged);
    let lock = run.lock.clone();
    let unseen = unseen(&run.verified);
    if tell(run.problems, &run.files) {
        progress.note("the lock is as it was, until these are mended\n");
        return Ok(Outcome::Problems);
    }
    let path = project.root.join(LOCK_PATH);
    let quotes = lock.source.values().map(|source| source.quote.len()).sum();
    let of = format!("{} of {}", pluralize(quotes, "quote"), pluralize(lock.source.len(), "source"));
    let text = lock.to_toml();
    if lock.source.is_empty() && !path.exists() {
        progress.note("nothing to lock: no quote is taken from a document outside of `seeds`\n");
    } else if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
        progress.note(format!("{of} hold; {LOCK_PATH} is up to date\n"));
    } else {
        write::replace(&path, &text)?;
        progress.note(format!("{of} hold; wrote {LOCK_PATH}\n"));
    }
    if !unseen.is_empty() {
        let names: Vec<String> = unseen.iter().map(|id| format!("`{id}`")).collect();
        progress.note(format!(
            "not at hand, and held against the lock alone: the documents of {}; say with `--originals DIR` where they are\n",
            names.join(", ")
        ));
    }
    Ok(Outcome::Fine)
}

/// The sources of which some quote could be held against the lock only.
fn unseen(verified: &Verified) -> BTreeSet<SourceId> {
    let by_lock = verified.quotes().filter(|(_, quote)| quote.checked() == ProofSource::Lock);
    by_lock.map(|(id, _)| id.clone()).collect()
}
