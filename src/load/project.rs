//! Finds the folder of the site to work on, and its folder of originals: documents that must not be published. Reads no
//! files.

use std::path::{Path, PathBuf};

use crate::error::Error;

/// The folders of a site.
#[derive(Clone, Debug)]
pub struct Project {
    pub root: PathBuf,
    /// The folder of documents that may not be published, if it exists.
    pub originals: Option<PathBuf>,
}

impl Project {
    /// Finds the site. If `named` is given, that folder must have a `site.toml` or a folder `seeds`. Otherwise,
    /// searches the current folder and the folders above it for the nearest `site.toml`, or else for the nearest folder
    /// `seeds`.
    ///
    /// Without `originals`, takes the folder `originals` of the site, if there is one.
    ///
    /// # Errors
    /// If there is no site, or if a named folder does not exist.
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
