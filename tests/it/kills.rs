//! Builds that are killed at any moment, while somebody reads the site: it is always one whole site or the other.
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

/// Which of two sites a file is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Other,
    /// It is the same in both.
    Both,
}

/// Both sites, path → bytes.
struct Sites {
    one: Tree,
    other: Tree,
}

impl Sites {
    /// Which one a file is from. Fails for one that is missing, half or of neither.
    #[track_caller]
    fn version(&self, path: &str, read: &io::Result<Vec<u8>>) -> Version {
        let bytes = read.as_ref().unwrap_or_else(|error| panic!("{path}: {error}"));
        match (*bytes == self.one[path], *bytes == self.other[path]) {
            (true, true) => Version::Both,
            (true, false) => Version::One,
            (false, true) => Version::Other,
            (false, false) => panic!("{path} is of neither site: {} bytes", bytes.len()),
        }
    }

    /// Reads all files of the folder by their paths, one after the other.
    fn read(&self, folder: &Path) -> Vec<Version> {
        self.one.keys().map(|path| self.version(path, &fs::read(folder.join(path)))).collect()
    }
}

#[track_caller]
fn is_one_site(versions: &[Version]) {
    let has = |version| versions.contains(&version);
    assert!(!(has(Version::One) && has(Version::Other)), "files of both sites: {versions:?}");
}

/// Where a build is.
#[derive(Clone, Copy)]
enum Point {
    /// It has only begun.
    Begin,
    /// It stages the new site.
    Staging,
    /// The new site has its place, and the old one is to be removed.
    Exchange,
}

/// What came of it all.
#[derive(Debug, Default)]
struct Told {
    /// How often the reader read all files.
    passes: usize,
    /// In how many of these the folder was replaced meanwhile.
    across: usize,
    /// How many builds had ended before they were to be killed.
    ended: usize,
    /// How many were killed before they wrote anything.
    before: usize,
    /// How many while they staged the new site.
    staging: usize,
    /// How many with the new site in its place, while they removed the old one.
    removing: usize,
}

impl Told {
    fn killed(&self) -> usize {
        self.before + self.staging + self.removing
    }
}

fn identity(folder: &Path) -> (u64, u64) {
    let about = fs::metadata(folder).expect("there always is a site");
    (about.dev(), about.ino())
}

/// Reads the site over and over. Returns how often, and how often it was replaced meanwhile.
fn reads(sites: &Sites, folder: &Path, stop: &AtomicBool) -> (usize, usize) {
    let (mut passes, mut across) = (0, 0);
    loop {
        let before = identity(folder);
        let versions = sites.read(folder);
        if identity(folder) == before {
            is_one_site(&versions);
        } else {
            across += 1;
        }
        passes += 1;
        if stop.load(Ordering::Relaxed) {
            return (passes, across);
        }
    }
}

/// Pages that all differ from one version to the other.
fn pages(version: &str, count: usize) -> BTreeMap<String, String> {
    let page = |number: usize| {
        let text = format!("The {version} mill at the ford, page {number}. ").repeat(20 + number % 30);
        (format!("content/page-{number}.md"), format!("+++\ntitle = \"{version} {number}\"\n+++\n{text}\n"))
    };
    (0..count).map(page).collect()
}

struct Kills {
    site: SiteTest,
    versions: [BTreeMap<String, String>; 2],
}

impl Kills {
    fn new(count: usize) -> Self {
        let toml = "title = \"The mill\"\ncards = false\n[output]\nkeep = [\"CNAME\", \".git\"]\n";
        let site = SiteTest::new().file("site.toml", toml);
        Self { site, versions: ["old", "new"].map(|version| pages(version, count)) }
    }

    fn put(&self, version: usize) {
        for (path, text) in &self.versions[version] {
            write(&self.site.path(path), text.as_bytes());
        }
    }

    /// Builds a version, and lets it end.
    fn build(&self, version: usize) -> Tree {
        self.put(version);
        self.site.build().succeeds().public
    }

    fn work(&self) -> PathBuf {
        self.site.path(".public.sourcewise")
    }

    fn spawn(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_sourcewise"))
            .arg("build")
            .current_dir(self.site.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program was built before its tests")
    }

    /// Kills a build some time after it comes to some point.
    fn kill_one(&self, share: Duration, from: Point, told: &mut Told) {
        let folder = self.site.path("public");
        let before = identity(&folder);
        let left = self.staged();
        let writes = || self.staged().is_some_and(|staged| Some(staged) != left);
        let mut child = self.spawn();
        wait(&mut child, share, || match from {
            Point::Begin => true,
            Point::Staging => writes(),
            Point::Exchange => identity(&folder) != before,
        });
        // One that has ended can't be killed any more, which is no failure.
        let _ = child.kill();
        let status = child.wait().expect("it was started here");
        assert!(matches!(status.code(), None | Some(0)), "it did not build: {status}");
        *match (status.code(), identity(&folder) == before, writes()) {
            (Some(_), ..) => &mut told.ended,
            (None, false, _) => &mut told.removing,
            (None, true, true) => &mut told.staging,
            (None, true, false) => &mut told.before,
        } += 1;
    }

    /// Which folder the new site is staged in, if any. A build that was killed leaves it.
    fn staged(&self) -> Option<(u64, Option<SystemTime>)> {
        let about = fs::metadata(self.work().join("new")).ok()?;
        Some((about.ino(), about.created().ok()))
    }

    /// Builds a version, and tells how long it took until it began to write, and from then on.
    fn times(&self, version: usize) -> (Duration, Duration) {
        self.put(version);
        let start = Instant::now();
        let mut child = self.spawn();
        let mut began = None;
        while child.try_wait().expect("it can be asked").is_none() {
            began = began.or_else(|| self.staged().map(|_| start.elapsed()));
            thread::sleep(Duration::from_micros(50));
        }
        let began = began.expect("it has written");
        (began, start.elapsed().saturating_sub(began))
    }
}

/// Waits some time, counted from the begin or from when the build begins to write, or until it has ended.
fn wait(child: &mut Child, share: Duration, writes: impl Fn() -> bool) {
    let (mut start, mut waits) = (Instant::now(), true);
    while waits || start.elapsed() < share {
        if child.try_wait().expect("it can be asked").is_some() {
            return;
        }
        if waits && writes() {
            (waits, start) = (false, Instant::now());
        }
        thread::sleep(Duration::from_micros(50));
    }
}

/// Tells the reader to stop, also when a test fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How many builds may end before they are killed, for each that is killed: on a busy machine some do.
const MAX_ENDED: usize = 20;

/// Builds until `kills` builds were killed, each time the other version of `count` pages, each at another moment.
fn kill(count: usize, kills: usize) -> Told {
    let mut tries = Kills::new(count);
    let (mut one, mut other) = (tries.build(0), tries.build(1));
    let (before, writing) = tries.times(0);
    for (path, text) in [("CNAME", "mill.example"), (".git/refs/main", "0")] {
        tries.site = tries.site.file(&format!("public/{path}"), text);
        one.insert(path.to_owned(), text.into());
        other.insert(path.to_owned(), text.into());
    }
    assert!(one.keys().eq(other.keys()) && one.len() > count);
    let (sites, folder) = (Sites { one, other }, tries.site.path("public"));
    let (stop, mut told) = (AtomicBool::new(false), Told::default());
    thread::scope(|scope| {
        let reader = scope.spawn(|| reads(&sites, &folder, &stop));
        let stop = Stop(&stop);
        while told.killed() < kills {
            let number = told.killed() + told.ended;
            assert!(told.ended <= MAX_ENDED * kills, "{told:?}");
            // Whichever does not stand there: what stands there isn't written again.
            tries.put(usize::from(sites.read(&folder).contains(&Version::One)));
            // Spread evenly, and never the same twice.
            let moment = (f64::from(u32::try_from(number).expect("few")) * 0.618_034).fract();
            let (share, from) = match number % 4 {
                0 => (before, Point::Begin),
                1 => (writing / 8, Point::Exchange),
                _ => (writing, Point::Staging),
            };
            tries.kill_one(share.mul_f64(moment), from, &mut told);
            is_one_site(&sites.read(&folder));
        }
        drop(stop);
        (told.passes, told.across) = reader.join().expect("the reader found a whole site each time");
    });
    // The next build needs nobody to clean up.
    let last = tries.build(0);
    assert!(last.iter().all(|(path, bytes)| sites.one[path] == *bytes) && last.len() == sites.one.len());
    assert!(!tries.work().exists(), "the work folder was left");
    told
}

#[test]
fn a_build_that_is_killed_leaves_a_whole_site_to_whoever_reads_it() {
    let told = kill(30, 16);
    assert_eq!(told.killed(), 16, "{told:?}");
}

#[test]
#[ignore = "takes minutes; run it with `cargo test --test it -- --ignored --nocapture two_hundred`"]
#[expect(clippy::print_stdout, reason = "figures for whoever runs it")]
fn two_hundred_builds_of_five_hundred_pages_are_killed() {
    let told = kill(500, 200);
    println!("{told:?}");
    assert!(told.staging > 20 && told.removing > 0, "too few were killed while they wrote");
}
