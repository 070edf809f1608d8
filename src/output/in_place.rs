//! Updates an output folder that can't be replaced as a whole: file by file, each one atomically.
//!
//! New and changed files are staged first, so that a full disk is noticed before anything is changed. Then old files
//! that are in the way of new ones are removed, the staged files are renamed to their final paths, assets before pages,
//! and the other files that are no longer part of the site are removed. Meanwhile the manifest lists the files of both
//! sites, so that the next build recognizes all of them if the program is killed. Until the last step, readers may see
//! pages of both sites.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::filesystem::write_new;
use super::folder::Folder;
use super::manifest::{self, MANIFEST};
use super::stage::{NewSite, Unchanged};
use super::staging_dir::StagingDir;
use crate::error::Error;

/// One change to the output folder.
#[derive(Debug)]
enum Step {
    /// Renames a staged file to its final path, creates missing parent folders and replaces an existing file.
    Replace { from: PathBuf, path: String },
    /// Removes a file, and those of its parent folders that become empty.
    Remove { path: String },
}

/// Stages the new and changed files and renames them into the output folder, one by one. Removes files that the new
/// site lacks. The staging folder must be on the output folder's disk, because files can't be renamed across disks.
pub(super) fn replace(site: &NewSite<'_>, old: &Folder, staging: &mut StagingDir) -> Result<(), Error> {
    let new = staging.stage()?;
    site.stage(&new, old, Unchanged::LeaveOut)?;
    for step in steps(site, old, staging)? {
        step.run(&old.path).map_err(|(path, source)| Error::NotWritten { path, source, partly: true })?;
    }
    staging.unstage()
}

/// Returns all steps in order. If the manifest changes, also writes a temporary manifest that lists the files of both
/// sites into the staging folder; the first step puts it in place, the last one replaces it.
fn steps(site: &NewSite<'_>, old: &Folder, staging: &StagingDir) -> Result<Vec<Step>, Error> {
    let staged = |path: &str| Step::Replace { from: staging.new_site().join(path), path: path.to_owned() };
    let new: BTreeSet<&str> = site.files.iter().map(|(path, _)| *path).collect();
    let gone: Vec<&str> = old.files.keys().map(String::as_str).filter(|path| !new.contains(path)).collect();
    let mut steps = Vec::new();
    if old.manifest.as_ref() != Some(&site.manifest) {
        let both: BTreeSet<&str> = new.iter().copied().chain(gone.iter().copied()).collect();
        write_new(&staging.manifest_copy(), manifest::text(both.into_iter()).as_bytes())?;
        steps.push(Step::Replace { from: staging.manifest_copy(), path: MANIFEST.to_owned() });
    }
    // Old files that are in the way of new files and folders must be removed first.
    let (conflicting, obsolete): (Vec<&str>, Vec<&str>) =
        gone.into_iter().partition(|path| conflicts(path, &new));
    let remove = |path: &str| Step::Remove { path: path.to_owned() };
    let (pages, others): (Vec<&str>, Vec<&str>) = site.changed().partition(|path| is_page(path));
    steps.extend(conflicting.into_iter().map(remove));
    steps.extend(others.into_iter().chain(pages).map(staged));
    steps.extend(obsolete.into_iter().map(remove));
    if old.manifest.as_ref() != Some(&site.manifest) {
        steps.push(staged(MANIFEST));
    }
    Ok(steps)
}

/// Whether an old file is in the way of new ones: the new site has a folder at the old file's path, or a file at the
/// path of one of the old file's parent folders.
fn conflicts(path: &str, new: &BTreeSet<&str>) -> bool {
    let folder = format!("{path}/");
    let is_above = new.range(folder.as_str()..).next().is_some_and(|below| below.starts_with(&folder));
    is_above || path.match_indices('/').any(|(slash, _)| new.contains(&path[..slash]))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

impl Step {
    /// Runs the step. An error has the path that could not be changed.
    fn run(&self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        match self {
            Self::Replace { from, path } => {
                let to = folder.join(path);
                rename_over(from, &to).map_err(|error| (to, error))
            }
            Self::Remove { path } => {
                let path = folder.join(path);
                fs::remove_file(&path).map_err(|error| (path.clone(), error))?;
                // Goes up from the file. `remove_dir` fails at the first folder that isn't empty, and the loop ends.
                let above = path.ancestors().skip(1).take_while(|above| *above != folder);
                above.take_while(|above| fs::remove_dir(above).is_ok()).count();
                Ok(())
            }
        }
    }
}

/// Renames a file and creates its new parent folders. A file or an empty folder at the new path is replaced.
fn rename_over(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(above) = to.parent() {
        fs::create_dir_all(above)?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            fs::remove_dir(to)?;
            fs::rename(from, to)
        }
        renamed => renamed,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::folder::PreserveList;
    use super::super::manifest::STAGING_FOLDER;
    use super::*;

    const PRESERVE: PreserveList<'static> = PreserveList(&[]);

    type Texts = BTreeMap<&'static str, &'static str>;

    fn site<'r>(texts: &'r Texts, old: &Folder) -> NewSite<'r> {
        NewSite::new(texts.iter().map(|(path, text)| (*path, text.as_bytes())).collect(), old)
    }

    fn scan(folder: &Path) -> Folder {
        Folder::scan(folder, PRESERVE).expect("every file is recognized")
    }

    fn lock_staging_folder(folder: &Path) -> StagingDir {
        StagingDir::lock(folder.join(STAGING_FOLDER), folder, PRESERVE)
            .expect("no other build holds the lock")
    }

    fn write(texts: &Texts, folder: &Path) {
        let mut staging = lock_staging_folder(folder);
        let old = scan(folder);
        replace(&site(texts, &old), &old, &mut staging).expect("the site can be written");
    }

    #[track_caller]
    fn assert_holds(folder: &Path, texts: &Texts) {
        let found = scan(folder);
        assert_eq!(found.files.keys().collect::<Vec<_>>(), texts.keys().collect::<Vec<_>>());
        for (path, text) in texts {
            assert_eq!(fs::read_to_string(found.path_of(path)).expect("the file exists"), *text, "{path}");
        }
        assert!(!folder.join(STAGING_FOLDER).exists(), "the staging folder was left behind");
    }

    fn first() -> Texts {
        [("a.css", "1"), ("b/c/d.html", "1"), ("e", "1"), ("index.html", "1"), ("same.html", "s")].into()
    }

    /// The second site has a file where the first has a folder, and the other way round.
    fn second() -> Texts {
        [("a.css", "2"), ("b", "2"), ("e/f.html", "2"), ("index.html", "2"), ("same.html", "s")].into()
    }

    #[test]
    fn sites_replace_each_other_file_by_file() {
        let dir = tempfile::tempdir().expect("a temporary folder can be created");
        for texts in [first(), second(), first()] {
            write(&texts, dir.path());
            assert_holds(dir.path(), &texts);
        }
    }

    #[test]
    fn after_a_stop_at_any_step_the_next_build_recognizes_every_file() {
        for stop in 0.. {
            let dir = tempfile::tempdir().expect("a temporary folder can be created");
            let folder = dir.path();
            write(&first(), folder);
            let mut staging = lock_staging_folder(folder);
            let old = scan(folder);
            let texts = second();
            let new = site(&texts, &old);
            let new_folder = staging.stage().expect("the folder can be created");
            new.stage(&new_folder, &old, Unchanged::LeaveOut).expect("the site can be written");
            let steps = steps(&new, &old, &staging).expect("the steps can be computed");
            for step in steps.iter().take(stop) {
                step.run(folder).expect("the step succeeds");
            }
            // Leaves the folder as a killed program does: with its content and unlocked.
            std::mem::forget(staging);
            let leftover = folder.join(STAGING_FOLDER);
            fs::remove_file(leftover.join("lock")).expect("the lock file exists");
            write(&second(), folder);
            assert_holds(folder, &second());
            if stop > steps.len() {
                break;
            }
        }
    }

    #[test]
    fn assets_come_before_pages_and_removals_last() {
        let dir = tempfile::tempdir().expect("a temporary folder can be created");
        let old = Folder {
            files: [("gone.html".to_owned(), true)].into(),
            exists: true,
            path: dir.path().to_path_buf(),
            manifest: None,
        };
        let texts: Texts = [("a.html", ""), ("z.css", "")].into();
        let staging = lock_staging_folder(dir.path());
        let steps = steps(&site(&texts, &old), &old, &staging).expect("the steps can be computed");
        let paths = steps.iter().map(|step| match step {
            Step::Replace { path, .. } | Step::Remove { path } => path.as_str(),
        });
        assert_eq!(paths.collect::<Vec<_>>(), [MANIFEST, "z.css", "a.html", "gone.html", MANIFEST]);
    }
}
