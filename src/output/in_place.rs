//! A site into a folder that can't be replaced as one: a file at a time, each whole.
//!
//! Everything new is staged first, so that a full disk is met before anything is changed. Then files are renamed to
//! their places, what pages are made with before the pages, and what is no longer part of the site is removed. All the
//! while the list of files has those of both sites, so that whenever the program is killed, the next build knows them for
//! its own. Between the first step and the last a reader may meet pages of both.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::filesystem::write_new;
use super::folder::Folder;
use super::manifest::{self, MANIFEST};
use super::stage::{Site, Unchanged};
use super::work::Work;
use crate::error::Error;

/// One change to the folder.
#[derive(Debug)]
enum Step {
    /// A file gets its place, over what is there.
    Put { from: PathBuf, path: String },
    /// A file goes, and with it the folders that are empty then.
    Remove { path: String },
}

/// Stages the site in the work folder, which must be on the same disk, and moves its files one by one.
pub(super) fn replace(site: &Site<'_>, old: &Folder, work: &mut Work) -> Result<(), Error> {
    let new = work.stage()?;
    site.stage(&new, old, Unchanged::LeaveOut)?;
    for step in steps(site, old, work)? {
        step.run(&old.path).map_err(|(path, source)| Error::NotWritten { path, source, partly: true })?;
    }
    work.unstage()
}

/// All steps, in their order. Writes the list of files that stands in the folder meanwhile.
fn steps(site: &Site<'_>, old: &Folder, work: &Work) -> Result<Vec<Step>, Error> {
    let staged = |path: &str| Step::Put { from: work.new_site().join(path), path: path.to_owned() };
    let now: BTreeSet<&str> = site.files.iter().map(|(path, _)| *path).collect();
    let gone: Vec<&str> = old.files.keys().map(String::as_str).filter(|path| !now.contains(path)).collect();
    let mut steps = Vec::new();
    if old.manifest.as_ref() != Some(&site.manifest) {
        let both: BTreeSet<&str> = now.iter().copied().chain(gone.iter().copied()).collect();
        write_new(&work.manifest_copy(), manifest::text(both.into_iter()).as_bytes())?;
        steps.push(Step::Put { from: work.manifest_copy(), path: MANIFEST.to_owned() });
    }
    // A file where a folder is wanted, or the other way round, must go first.
    let (in_the_way, left): (Vec<&str>, Vec<&str>) = gone.into_iter().partition(|path| bars(path, &now));
    let remove = |path: &str| Step::Remove { path: path.to_owned() };
    let (pages, others): (Vec<&str>, Vec<&str>) = site.changed().partition(|path| is_page(path));
    steps.extend(in_the_way.into_iter().map(remove));
    steps.extend(others.into_iter().chain(pages).map(staged));
    steps.extend(left.into_iter().map(remove));
    if old.manifest.as_ref() != Some(&site.manifest) {
        steps.push(staged(MANIFEST));
    }
    Ok(steps)
}

/// Whether a file that is there keeps one of the new ones from being written.
fn bars(path: &str, new: &BTreeSet<&str>) -> bool {
    let folder = format!("{path}/");
    let is_above = new.range(folder.as_str()..).next().is_some_and(|below| below.starts_with(&folder));
    is_above || path.match_indices('/').any(|(slash, _)| new.contains(&path[..slash]))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "html")
}

impl Step {
    /// Runs the step; if it fails, tells where.
    fn run(&self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        match self {
            Self::Put { from, path } => {
                let to = folder.join(path);
                put_over(from, &to).map_err(|error| (to, error))
            }
            Self::Remove { path } => {
                let path = folder.join(path);
                fs::remove_file(&path).map_err(|error| (path.clone(), error))?;
                // As far as they are empty.
                let above = path.ancestors().skip(1).take_while(|above| *above != folder);
                above.take_while(|above| fs::remove_dir(above).is_ok()).count();
                Ok(())
            }
        }
    }
}

/// Renames a file over another, an empty folder, or nothing.
fn put_over(from: &Path, to: &Path) -> io::Result<()> {
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

    use super::super::folder::Keep;
    use super::super::manifest::WORK_FOLDER;
    use super::*;

    const KEEP: Keep<'static> = Keep(&[]);

    type Texts = BTreeMap<&'static str, &'static str>;

    fn site<'r>(texts: &'r Texts, old: &Folder) -> Site<'r> {
        Site::new(texts.iter().map(|(path, text)| (*path, text.as_bytes())).collect(), old)
    }

    fn look(folder: &Path) -> Folder {
        Folder::look(folder, KEEP).expect("every file is known")
    }

    fn take(folder: &Path) -> Work {
        Work::take(folder.join(WORK_FOLDER), folder, KEEP).expect("nobody else is at it")
    }

    fn write(texts: &Texts, folder: &Path) {
        let mut work = take(folder);
        let old = look(folder);
        replace(&site(texts, &old), &old, &mut work).expect("it can be written");
    }

    #[track_caller]
    fn holds(folder: &Path, texts: &Texts) {
        let there = look(folder);
        assert_eq!(there.files.keys().collect::<Vec<_>>(), texts.keys().collect::<Vec<_>>());
        for (path, text) in texts {
            assert_eq!(fs::read_to_string(there.file(path)).expect("it is there"), *text, "{path}");
        }
        assert!(!folder.join(WORK_FOLDER).exists(), "the work folder was left");
    }

    fn first() -> Texts {
        [("a.css", "1"), ("b/c/d.html", "1"), ("e", "1"), ("index.html", "1"), ("same.html", "s")].into()
    }

    /// The second site has a file where the first has a folder, and the other way round.
    fn second() -> Texts {
        [("a.css", "2"), ("b", "2"), ("e/f.html", "2"), ("index.html", "2"), ("same.html", "s")].into()
    }

    #[test]
    fn one_site_becomes_the_other_file_by_file() {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        for texts in [first(), second(), first()] {
            write(&texts, place.path());
            holds(place.path(), &texts);
        }
    }

    #[test]
    fn wherever_it_is_stopped_the_next_build_knows_every_file() {
        for stop in 0.. {
            let place = tempfile::tempdir().expect("a temporary folder can be made");
            let folder = place.path();
            write(&first(), folder);
            let mut work = take(folder);
            let old = look(folder);
            let texts = second();
            let new = site(&texts, &old);
            let staging = work.stage().expect("it can be made");
            new.stage(&staging, &old, Unchanged::LeaveOut).expect("it can be written");
            let steps = steps(&new, &old, &work).expect("they can be told");
            for step in steps.iter().take(stop) {
                step.run(folder).expect("it can be done");
            }
            // As a killed program leaves it: the folder with all that is in it, and no lock on it.
            std::mem::forget(work);
            let left = folder.join(WORK_FOLDER);
            fs::remove_file(left.join("lock")).expect("it was there");
            write(&second(), folder);
            holds(folder, &second());
            if stop > steps.len() {
                break;
            }
        }
    }

    #[test]
    fn what_pages_need_comes_before_them_and_what_goes_goes_last() {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        let old = Folder {
            files: [("gone.html".to_owned(), true)].into(),
            exists: true,
            path: place.path().to_path_buf(),
            manifest: None,
        };
        let texts: Texts = [("a.html", ""), ("z.css", "")].into();
        let work = take(place.path());
        let steps = steps(&site(&texts, &old), &old, &work).expect("they can be told");
        let paths = steps.iter().map(|step| match step {
            Step::Put { path, .. } | Step::Remove { path } => path.as_str(),
        });
        assert_eq!(paths.collect::<Vec<_>>(), [MANIFEST, "z.css", "a.html", "gone.html", MANIFEST]);
    }
}
