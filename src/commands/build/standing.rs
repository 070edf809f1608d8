//! Whether what stands in the output folder was made from what stands here now. Then it need not be made again.
//!
//! After a build a small record is kept in the user's folder for caches: a fingerprint of everything that went in (the
//! program, the site's files), and one of everything that came out. A fingerprint is made of what the system knows of the
//! files (length, times of change, identity), so that none of them is opened. Whatever differs, and whatever can't be
//! known, leads to the usual whole build; the record is a shortcut and never a reason to complain.
//!
//! Nothing is taken for unchanged that isn't:
//!
//! - What goes in is looked at before it is read. A file that is saved meanwhile is another one at the next look.
//! - A file that is saved twice in one moment of the disk's clock looks the same after both. So nothing is recorded if a
//!   file was changed just before the build, and what came out is looked at only when the moment of its writing is over.
//! - The output folder stays locked until it is recorded: what is recorded is what this build has written.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Built;
use crate::commands::{caches, write};
use crate::load::stamp::{Stamp, Time, is_settled, now};
use crate::load::{self, Project};
use crate::output;
use sourcewise_quotes::sha256;

/// The form of the record. One of another form is not read.
const VERSION: u32 = 1;
/// A site of fewer files is made in less time than it takes to be sure that nothing has changed.
const MANY: usize = 500;
/// How often it is looked whether the clock has moved on, a millisecond between. Most move on every four.
const LOOKS: usize = 40;
/// Of the name of a record, in hexadecimal digits.
const NAME: usize = 16;

/// All that a build is made from, as it was before anything of it was read.
#[derive(Debug)]
pub(super) struct Inputs {
    /// Where the records are.
    records: PathBuf,
    /// Of the program, where the site is, and all its files.
    fingerprint: String,
    /// Whether every later change to a file shows.
    settled: bool,
}

/// What is known of a build that had no problems.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    version: u32,
    /// The output folder.
    folder: PathBuf,
    /// Fingerprint of what it was made from.
    inputs: String,
    /// Fingerprint of the files in it.
    output: String,
    /// What of it isn't the site's.
    keep: Vec<String>,
    built: Built,
}

impl Inputs {
    /// Looks at everything that the site is made from. `None` where nothing can be recorded.
    pub(super) fn look(project: &Project) -> Option<Self> {
        let records = caches::folder()?.join("builds");
        let began = now();
        let program = std::env::current_exe().ok()?;
        let originals = match &project.originals {
            Some(folder) => Some(folder.canonicalize().ok()?),
            None => None,
        };
        let mut files = load::files_of(project).ok().filter(|files| files.len() >= MANY)?;
        files.push(program);
        let stamps = Stamps::of(&files, |path| fs::metadata(path)).ok()?;
        let whole = (env!("CARGO_PKG_VERSION"), &project.root, originals, &stamps.fingerprint);
        let fingerprint = sha256(&serde_json::to_vec(&whole).ok()?);
        Some(Self { records, fingerprint, settled: is_settled(stamps.newest, began) })
    }

    /// What was built from just these, if it stands in this folder and nothing else does.
    pub(super) fn stand_in(&self, out: &Path) -> Option<Built> {
        let folder = out.canonicalize().ok()?;
        let text = fs::read_to_string(self.place(&folder)).ok()?;
        let record: Record = serde_json::from_str(&text).ok()?;
        let stands = (record.version, &record.folder, &record.inputs)
            == (VERSION, &folder, &self.fingerprint)
            && !output::is_at_work(&folder)
            && written(&folder, &record.keep).ok()? == record.output;
        stands.then_some(record.built)
    }

    /// Records what was built from these. The output folder must be locked.
    pub(super) fn record(self, out: &Path, keep: Vec<String>, built: &Built) {
        if self.settled {
            // Without a record the next build is a whole one: nothing that anybody must be told.
            let _ = self.try_record(out, keep, built);
        }
    }

    fn try_record(self, out: &Path, keep: Vec<String>, built: &Built) -> Option<()> {
        let folder = out.canonicalize().ok()?;
        fs::create_dir_all(&self.records).ok()?;
        wait_for_next_moment(&self.records).ok()?;
        let output = written(&folder, &keep).ok()?;
        let place = self.place(&folder);
        let record =
            Record { version: VERSION, folder, inputs: self.fingerprint, output, keep, built: built.clone() };
        write::replace(&place, &serde_json::to_string_pretty(&record).ok()?).ok()
    }

    /// Where the record of an output folder is.
    fn place(&self, folder: &Path) -> PathBuf {
        let name = sha256(folder.as_os_str().as_encoded_bytes());
        self.records.join(format!("{}.json", &name[..NAME]))
    }
}

/// The fingerprint of all that was written to an output folder.
fn written(folder: &Path, keep: &[String]) -> io::Result<String> {
    let files = output::files_of(folder, keep)?;
    Ok(Stamps::of(&files, |path| fs::symlink_metadata(path))?.fingerprint)
}

/// What the system knows of files.
struct Stamps {
    fingerprint: String,
    /// When the last of them was changed.
    newest: Time,
}

impl Stamps {
    fn of(files: &[PathBuf], about: impl Fn(&Path) -> io::Result<Metadata> + Sync) -> io::Result<Self> {
        let stamp = |path: &PathBuf| Stamp::of(&about(path)?).ok_or(io::ErrorKind::Unsupported.into());
        let stamps: Vec<Stamp> = files.par_iter().map(stamp).collect::<io::Result<_>>()?;
        let newest = stamps.iter().map(Stamp::newest).max().unwrap_or_default();
        let mut text = Vec::new();
        for (path, stamp) in files.iter().zip(stamps) {
            let path = path.as_os_str().as_encoded_bytes();
            text.extend(path.len().to_le_bytes());
            text.extend(path);
            text.extend(stamp.bytes());
        }
        Ok(Self { fingerprint: sha256(&text), newest })
    }
}

/// Waits until the disk's clock has moved on, so that what is written later has a later time than what was before.
fn wait_for_next_moment(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    let first = file.metadata()?.modified()?;
    for _ in 0..LOOKS {
        thread::sleep(Duration::from_millis(1));
        file.write_all(b".")?;
        if file.metadata()?.modified()? != first {
            return Ok(());
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_fingerprint_differs_with_every_file_and_its_length_and_time() {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        let path = place.path().join("a");
        let fingerprint = |files: &[PathBuf]| {
            Stamps::of(files, |path| fs::metadata(path)).expect("they are there").fingerprint
        };
        let mut file = fs::File::create_new(&path).expect("it can be made");
        let mut seen = Vec::from([fingerprint(&[]), fingerprint(std::slice::from_ref(&path))]);
        file.write_all(b"long").expect("it can be written");
        seen.push(fingerprint(std::slice::from_ref(&path)));
        file.set_modified(SystemTime::UNIX_EPOCH).expect("its time can be set");
        seen.push(fingerprint(std::slice::from_ref(&path)));
        seen.push(fingerprint(&[path.clone(), path]));
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }
}
