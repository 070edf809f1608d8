//! Where the site is: looked for, and nothing of it read.

use std::path::{Path, PathBuf};

use crate::error::Error;

/// A site that was found, and nothing of it read.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Where the documents are that may not be published.
    pub originals: Option<PathBuf>,
}

impl Project {
    /// Finds the site: in the folder that is named, or else here or above: the nearest folder with a `site.toml`,
    /// else with a `seeds` folder.
    ///
    /// # Errors
    /// If there is none, or the folder of originals that was asked for doesn't exist.
    pub fn find(named: Option<&Path>, originals: Option<PathBuf>) -> Result<Self, Error> {
        let start = named.unwrap_or(Path::new("."));
        let start = start.canonicalize().map_err(Error::read(start))?;
        let has = |file: fn(&Path) -> bool| {
            let folders = if named.is_some() { 1 } else { usize::MAX };
            start.ancestors().take(folders).find(|folder| file(folder)).map(Path::to_path_buf)
        };
        let root = has(|folder| folder.join("site.toml").is_file())
            .or_else(|| has(|folder| folder.join("seeds").is_dir()))
            .ok_or_else(|| Error::NoSite { start: start.clone(), searched: named.is_none() })?;
        let originals = match originals {
            Some(path) if !path.is_dir() => return Err(Error::NoOriginals { path }),
            Some(path) => Some(path),
            None => Some(root.join("originals")).filter(|path| path.is_dir()),
        };
        Ok(Self { root, originals })
    }
}
