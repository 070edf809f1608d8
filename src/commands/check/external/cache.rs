//! What the web answered, kept from run to run in the user's folder for such things.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::cache_folder;
use crate::commands::write;
use crate::error::Error;

/// The form of the file. One of another form is not read.
const VERSION: u32 = 1;
/// Seconds.
const DAY: u64 = 24 * 60 * 60;

/// The answers that are kept.
pub(super) struct Cache {
    /// Where; `None` if the user has no folder for it, and then nothing is kept.
    path: Option<PathBuf>,
    /// Seconds since 1970.
    now: u64,
    kept: Kept,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    answers: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    /// Seconds since 1970.
    asked: u64,
    #[serde(flatten)]
    answer: Answer,
}

impl Cache {
    /// Reads what is kept. A file that can't be read is as good as none: it is replaced.
    pub(super) fn read() -> Self {
        let path = cache_folder::folder().map(|folder| folder.join("external.json"));
        let text = path.as_ref().and_then(|path| fs::read_to_string(path).ok());
        let kept = text.and_then(|text| serde_json::from_str::<Kept>(&text).ok());
        let kept = kept.filter(|kept| kept.version == VERSION);
        let mut kept = kept.unwrap_or_else(|| Kept { version: VERSION, answers: BTreeMap::new() });
        let now = seconds_since_1970();
        let is_fresh = |entry: &Entry| {
            // What was asked in the future was asked by a clock that was wrong.
            now.checked_sub(entry.asked).is_some_and(|age| age < entry.answer.keeps_days() * DAY)
        };
        kept.answers.retain(|_, entry| is_fresh(entry));
        Self { path, now, kept }
    }

    /// The answer for an address, if it need not be asked for.
    pub(super) fn get(&self, address: &str) -> Option<Answer> {
        self.kept.answers.get(address).map(|entry| entry.answer.clone())
    }

    /// Keeps an answer for as long as answers of its kind are.
    pub(super) fn keep(&mut self, address: &str, answer: &Answer) {
        if answer.keeps_days() > 0 {
            let entry = Entry { asked: self.now, answer: answer.clone() };
            self.kept.answers.insert(address.to_owned(), entry);
        }
    }

    /// Writes what is kept, as a whole.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(super) fn write(&self) -> Result<(), Error> {
        let Some((path, folder)) = self.path.as_ref().and_then(|path| Some((path, path.parent()?))) else {
            return Ok(());
        };
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        let text =
            serde_json::to_string_pretty(&self.kept).expect("maps of strings and numbers are always JSON");
        write::replace(path, &text)
    }
}

#[expect(clippy::disallowed_methods, reason = "answers grow old; nothing of this goes into the site")]
fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
