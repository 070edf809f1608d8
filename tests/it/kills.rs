//! Kills builds at random moments while a thread reads the site. The output must always be complete: the old site or
//! the new one.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{SiteTest, Tree, write};

/// Which of two sites a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Other,
    /// The same in both sites.
    Both,
}

/// The files of both sites.
struct Sites {
    one: Tree,
    other: Tree,
}

impl Sites {
    /// Returns the site that a file belongs to. Panics if the file is missing, incomplete or of neither site.
    #[track_caller]
    fn version(&self, path: &str, read: &io::Result<Vec<u8>>) -> Version {
        let bytes = read.as_ref().unwrap_or_else(|error| panic!("{path}: {error}"));
        match (*bytes == self.one[path], *bytes == self.other[path]) {
            (true, true) => Version::Both,
            (true, false) => Version::One,
            (false, true) => Version::Other,
            (false, false) => panic!("`{path}` is not a file of either site: {} bytes", bytes.len()),
        }
    }

    /// Reads all files of the folder, one after the other.
    fn read(&self, folder: &Path) -> Vec<Version> {
        self.one.keys().map(|path| self.version(path, &fs::read(folder.join(path)))).collect()
    }
}

#[track_caller]
fn assert_one_site(versions: &[Version]) {
    let has = |version| versions.contains(&version);
    assert!(!(has(Version::One) && has(Version::Other)), "mixed files of both sites: {versions:?}");
}

/// A point in a build.
#[derive(Clone, Copy)]
enum Point {
    /// The process of the build has started and has written nothing.
    Start,
    /// The process writes the new site to the staging folder.
    Staging,
    /// The new site is in place; the old one is being removed.
    Exchange,
}

/// Counts that the test prints at its end.
#[derive(Debug, Default)]
struct Counts {
    /// Times that the reader read all files.
    passes: usize,
    /// Passes during which the folder was replaced.
    across: usize,
    /// Builds that finished before they could be killed.
    finished: usize,
    /// Builds killed before they wrote anything.
    before_writing: usize,
    /// Builds killed while staging the new site.
    staging: usize,
    /// Builds killed with the new site in place, while removing the old one.
    removing: usize,
}

impl Counts {
    fn killed(&self) -> usize {
        self.before_writing + self.staging + self.removing
    }
}

fn identity(folder: &Path) -> (u64, u64) {
    let about = fs::metadata(folder).expect("the output folder always exists");
    (about.dev(), about.ino())
}

/// Reads the site repeatedly until `stop`. Returns the number of passes, and of those during which the site was
/// replaced. In every other pass, all files must be of one site.
fn read_repeatedly(sites: &Sites, folder: &Path, stop: &AtomicBool) -> (usize, usize) {
    let (mut passes, mut across) = (0, 0);
    loop {
        let before = identity(folder);
        let versions = sites.read(folder);
        if identity(folder) == before {
            assert_one_site(&versions);
        } else {
            across += 1;
        }
        passes += 1;
        if stop.load(Ordering::Relaxed) {
            return (passes, across);
        }
    }
}

/// Returns `count` pages by path. Their text has the name of the version, so that every page differs between two
/// versions.
fn pages(version: &str, count: usize) -> BTreeMap<String, String> {
    let page = |number: usize| {
        let text = format!("The {version} mill at the ford, page {number}. ").repeat(20 + number % 30);
        (format!("content/page-{number}.md"), format!("+++\ntitle = \"{version} {number}\"\n+++\n{text}\n"))
    };
    (0..count).map(page).collect()
}

/// A site with two versions of its pages.
struct TwoVersions {
    site: SiteTest,
    versions: [BTreeMap<String, String>; 2],
}

impl TwoVersions {
    fn new(count: usize) -> Self {
        let toml = "title = \"The mill\"\ncards = false\n[output]\nkeep = [\"CNAME\", \".git\"]\n";
        let site = SiteTest::new().file("site.toml", toml);
        Self { site, versions: ["old", "new"].map(|version| pages(version, count)) }
    }

    fn write_pages(&self, version: usize) {
        for (path, text) in &self.versions[version] {
            write(&self.site.path(path), text.as_bytes());
        }
    }

    /// Builds a version to the end.
    fn build(&self, version: usize) -> Tree {
        self.write_pages(version);
        self.site.build().succeeds().public
    }

    fn work_folder(&self) -> PathBuf {
        self.site.path(".public.sourcewise")
    }

    fn spawn(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_sourcewise"))
            .arg("build")
            .current_dir(self.site.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("cargo builds the program before its tests")
    }

    /// Kills a build a given time after it reaches a point.
    fn kill_one(&self, delay: Duration, from: Point, counts: &mut Counts) {
        let folder = self.site.path("public");
        let before = identity(&folder);
        let left = self.staged();
        let writes = || self.staged().is_some_and(|staged| Some(staged) != left);
        let mut child = self.spawn();
        wait_until(&mut child, delay, || match from {
            Point::Start => true,
            Point::Staging => writes(),
            Point::Exchange => identity(&folder) != before,
        });
        // The build may have finished already.
        let _ = child.kill();
        let status = child.wait().expect("the process was started here");
        assert!(matches!(status.code(), None | Some(0)), "the build failed: {status}");
        *match (status.code(), identity(&folder) == before, writes()) {
            (Some(_), ..) => &mut counts.finished,
            (None, false, _) => &mut counts.removing,
            (None, true, true) => &mut counts.staging,
            (None, true, false) => &mut counts.before_writing,
        } += 1;
    }

    /// Returns the inode number and the time of creation of the staging folder, if there is one. A killed build leaves
    /// its staging folder.
    fn staged(&self) -> Option<(u64, Option<SystemTime>)> {
        let about = fs::metadata(self.work_folder().join("new")).ok()?;
        Some((about.ino(), about.created().ok()))
    }

    /// Builds a version. Returns the time until it began to write, and the time from then on.
    fn build_times(&self, version: usize) -> (Duration, Duration) {
        self.write_pages(version);
        let start = Instant::now();
        let mut child = self.spawn();
        let mut began = None;
        while child.try_wait().expect("the process can be polled").is_none() {
            began = began.or_else(|| self.staged().map(|_| start.elapsed()));
            thread::sleep(Duration::from_micros(50));
        }
        let began = began.expect("the build wrote something");
        (began, start.elapsed().saturating_sub(began))
    }
}

/// Waits until the build has reached a point, and `delay` longer. Returns early if the build finishes.
fn wait_until(child: &mut Child, delay: Duration, is_reached: impl Fn() -> bool) {
    let (mut start, mut reached) = (Instant::now(), false);
    while !reached || start.elapsed() < delay {
        if child.try_wait().expect("the process can be polled").is_some() {
            return;
        }
        if !reached && is_reached() {
            (reached, start) = (true, Instant::now());
        }
        thread::sleep(Duration::from_micros(50));
    }
}

/// Stops the reader when dropped, also if a test fails.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Maximum number of builds that finish before they can be killed, per killed build. On a busy machine some do.
const MAX_FINISHED_PER_KILL: usize = 20;

/// Kills `kills` builds at different moments, alternating between the versions of `count` pages.
fn kill_builds(count: usize, kills: usize) -> Counts {
    let mut site = TwoVersions::new(count);
    let (mut one, mut other) = (site.build(0), site.build(1));
    let (before, writing) = site.build_times(0);
    for (path, text) in [("CNAME", "mill.example"), (".git/refs/main", "0")] {
        site.site = site.site.file(&format!("public/{path}"), text);
        one.insert(path.to_owned(), text.into());
        other.insert(path.to_owned(), text.into());
    }
    assert!(one.keys().eq(other.keys()) && one.len() > count);
    let (sites, folder) = (Sites { one, other }, site.site.path("public"));
    let (stop, mut counts) = (AtomicBool::new(false), Counts::default());
    thread::scope(|scope| {
        let reader = scope.spawn(|| read_repeatedly(&sites, &folder, &stop));
        let stop = StopOnDrop(&stop);
        while counts.killed() < kills {
            let number = counts.killed() + counts.finished;
            assert!(counts.finished <= MAX_FINISHED_PER_KILL * kills, "{counts:?}");
            // The version that is not in place, since an unchanged site would not be written.
            site.write_pages(usize::from(sites.read(&folder).contains(&Version::One)));
            // Multiples of the golden ratio are evenly spread and never repeat.
            let moment =
                (f64::from(u32::try_from(number).expect("the number of tries is small")) * 0.618_034).fract();
            let (max_delay, from) = match number % 4 {
                0 => (before, Point::Start),
                1 => (writing / 8, Point::Exchange),
                _ => (writing, Point::Staging),
            };
            site.kill_one(max_delay.mul_f64(moment), from, &mut counts);
            assert_one_site(&sites.read(&folder));
        }
        drop(stop);
        (counts.passes, counts.across) = reader.join().expect("the reader always found a whole site");
    });
    // The next build removes all leftovers.
    let last = site.build(0);
    assert!(last.iter().all(|(path, bytes)| sites.one[path] == *bytes) && last.len() == sites.one.len());
    assert!(!site.work_folder().exists(), "the work folder still exists");
    counts
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let counts = kill_builds(30, 16);
    assert_eq!(counts.killed(), 16, "{counts:?}");
}

#[test]
#[ignore = "takes minutes; run it with `cargo test --test it -- --ignored --nocapture two_hundred`"]
#[expect(clippy::print_stdout, reason = "prints counts")]
fn two_hundred_builds_of_five_hundred_pages_are_killed() {
    let counts = kill_builds(500, 200);
    println!("{counts:?}");
    assert!(counts.staging > 20 && counts.removing > 0, "too few builds were killed while writing");
}
