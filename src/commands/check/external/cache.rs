//! Caches link statuses in the user's cache folder, so that the next check needn't request all addresses again.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::cache_folder;
use super::link_status::LinkStatus;
use crate::commands::write;
use crate::error::Error;

/// Version of the file format. Files of other versions are ignored.
const FORMAT_VERSION: u32 = 1;
const DAY_SECONDS: u64 = 24 * 60 * 60;

pub(super) struct LinkCache {
    /// The file; `None` if the user has no cache folder, and then nothing is saved.
    path: Option<PathBuf>,
    /// The current time, in seconds since 1970.
    now: u64,
    file: CacheFile,
}

#[derive(Serialize, Deserialize)]
struct CacheFile {
    version: u32,
    answers: BTreeMap<String, CachedStatus>,
}

#[derive(Serialize, Deserialize)]
struct CachedStatus {
    /// When the address was requested, in seconds since 1970.
    asked: u64,
    #[serde(flatten)]
    status: LinkStatus,
}

impl LinkCache {
    /// Reads the cache, without entries that are too old. A file that can't be read or has another version counts as
    /// empty.
    pub(super) fn read() -> Self {
        let path = cache_folder::folder().map(|folder| folder.join("external.json"));
        let text = path.as_ref().and_then(|path| fs::read_to_string(path).ok());
        let file = text.and_then(|text| serde_json::from_str::<CacheFile>(&text).ok());
        let file = file.filter(|file| file.version == FORMAT_VERSION);
        let mut file =
            file.unwrap_or_else(|| CacheFile { version: FORMAT_VERSION, answers: BTreeMap::new() });
        let now = seconds_since_1970();
        let is_fresh = |entry: &CachedStatus| {
            // A time in the future comes from a wrong clock, and the entry isn't used.
            now.checked_sub(entry.asked).is_some_and(|age| age < entry.status.cache_days() * DAY_SECONDS)
        };
        file.answers.retain(|_, entry| is_fresh(entry));
        Self { path, now, file }
    }

    /// Returns the cached status of an address. `None` if there is none that is recent enough.
    pub(super) fn get(&self, address: &str) -> Option<LinkStatus> {
        self.file.answers.get(address).map(|entry| entry.status.clone())
    }

    /// Caches a status, unless it is a failure that may be temporary. Saves nothing until [`Self::write`].
    pub(super) fn insert(&mut self, address: &str, status: &LinkStatus) {
        if status.cache_days() > 0 {
            let entry = CachedStatus { asked: self.now, status: status.clone() };
            self.file.answers.insert(address.to_owned(), entry);
        }
    }

    pub(super) fn write(&self) -> Result<(), Error> {
        let Some((path, folder)) = self.path.as_ref().and_then(|path| Some((path, path.parent()?))) else {
            return Ok(());
        };
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        let text =
            serde_json::to_string_pretty(&self.file).expect("maps of strings and numbers are always JSON");
        write::replace(path, &text)
    }
}

#[expect(clippy::disallowed_methods, reason = "statuses expire; the time never affects the site")]
fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
