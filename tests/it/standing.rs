//! A site that stands as it was built is not made again; and whatever has changed is never missed.

#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::{Ran, SiteTest};

const PAGE: &str = "+++\ntitle = \"The ferry\"\n+++\nIt crosses.\n";
const VERBOSE: [&str; 2] = ["build", "--verbose"];

/// Files that were changed less than two seconds before a build may change once more unseen: nothing is recorded then.
fn let_files_grow_old() {
    thread::sleep(Duration::from_millis(2100));
}

fn mill() -> SiteTest {
    let site = SiteTest::new().file("site.toml", "title = \"The mill\"\n[output]\nkeep = [\"CNAME\"]\n");
    let site = site.file("content/index.md", "+++\ntitle = \"The mill\"\n+++\nIt grinds.\n");
    let site = site.file("content/ferry.md", PAGE).file("content/photo.bin", "light");
    let site = site.file("templates/assets/own.css", "p { color: red }\n");
    let site = site.file("seeds/diary.txt", "It rained.\n").file("originals/letter.txt", "Dear Ann.\n");
    // Small sites are always made.
    (0..500).fold(site, |site, number| site.file(&format!("content/photos/{number}.bin"), "dark"))
}

/// Whether the site was made, and not found to stand.
fn was_made(ran: &Ran) -> bool {
    assert!(ran.stderr.contains("changes "), "{}", ran.stderr);
    ran.stderr.contains("render ")
}

/// The only record.
fn record(site: &SiteTest) -> PathBuf {
    let folder = site.path("../cache/sourcewise/builds");
    let mut entries = fs::read_dir(folder).expect("there are records");
    let first = entries.next().expect("there is one").expect("it can be read").path();
    assert!(entries.next().is_none(), "there are several");
    first
}

/// What was printed, without how long it took.
fn timeless(text: &str) -> String {
    let words = text.split(' ').map(|word| if word.parse::<u64>().is_ok() { "N" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_stands_is_not_made_again_and_the_same_is_told() {
    let site = mill();
    let_files_grow_old();
    let forms: [&[&str]; 4] =
        [&["build"], &["build", "--quiet"], &["build", "--format", "json"], &["build", "--format", "github"]];
    let told = |arguments: &[&str]| {
        let Ran { stdout, stderr, public, .. } = site.run(arguments).succeeds();
        (timeless(&stdout), stderr, public)
    };
    for form in forms {
        if site.path("public").exists() {
            fs::remove_dir_all(site.path("public")).expect("it can be removed");
        }
        let first = told(form);
        let ran = site.run(&VERBOSE).succeeds();
        assert!(!was_made(&ran), "{}", ran.stderr);
        assert_eq!(told(form), first);
    }
}

/// A change to a site, and what the program is told after it.
type Change = (&'static str, fn(SiteTest) -> SiteTest);

#[test]
fn whatever_went_in_and_has_changed_is_noticed() {
    let changes: [Change; 9] = [
        ("a page", |site| site.file("content/ferry.md", &PAGE.replace("crosses", "crossed"))),
        ("a new page", |site| site.file("content/mill.md", PAGE)),
        ("a page that is gone", |site| site.without("content/ferry.md")),
        ("a file beside the pages", |site| site.file("content/photo.bin", "night")),
        ("a file of the theme", |site| site.file("templates/assets/own.css", "p { color: tan }\n")),
        ("a document", |site| site.file("seeds/diary.txt", "It snowed.\n")),
        ("an original", |site| site.file("originals/letter.txt", "Dear Bob.\n")),
        ("the settings", |site| {
            site.file("site.toml", "title = \"The ford\"\n[output]\nkeep = [\"CNAME\"]\n")
        }),
        ("a page as long and as old as before", |site| {
            let path = site.path("content/ferry.md");
            let written = fs::metadata(&path).and_then(|about| about.modified()).expect("it is there");
            let site = site.file("content/ferry.md", &PAGE.replace("crosses", "crossed"));
            let file = fs::OpenOptions::new().write(true).open(path).expect("it can be opened");
            file.set_modified(written).expect("its time can be set");
            site
        }),
    ];
    let sites: Vec<SiteTest> = changes.iter().map(|_| mill()).collect();
    let_files_grow_old();
    for ((what, change), site) in changes.into_iter().zip(sites) {
        site.build().succeeds();
        assert!(!was_made(&site.run(&VERBOSE).succeeds()), "nothing was changed yet: {what}");
        assert!(was_made(&change(site).run(&VERBOSE).succeeds()), "{what} was not noticed");
    }
}

#[test]
fn whatever_came_out_and_has_changed_is_made_again_or_refused() {
    let site = mill();
    let_files_grow_old();
    let built = site.build().succeeds().public;
    let length = built["ferry.html"].len();
    let site = site.bytes("public/ferry.html", &vec![b'x'; length]);
    assert_eq!(site.run(&VERBOSE).succeeds().public, built);
    assert!(!was_made(&site.run(&VERBOSE).succeeds()));
    let site = site.without("public/ferry.html");
    assert_eq!(site.build().succeeds().public, built);
    // What is to be kept may come and go.
    let site = site.file("public/CNAME", "mill.example");
    assert!(!was_made(&site.run(&VERBOSE).succeeds()));
    let site = site.without("public/CNAME").file("public/letter.txt", "Dear Ann,");
    site.build().cannot_run().stderr_contains("letter.txt");
    let site = site.without("public/letter.txt");
    assert!(!was_made(&site.run(&VERBOSE).succeeds()));
    // As a build that was killed leaves it.
    fs::create_dir(site.path(".public.sourcewise")).expect("it can be made");
    assert!(was_made(&site.run(&VERBOSE).succeeds()));
    assert!(!site.path(".public.sourcewise").exists());
}

#[test]
fn another_folder_other_originals_or_another_program_is_another_build() {
    let site = mill().file("elsewhere/letter.txt", "Dear Ann.\n");
    let_files_grow_old();
    site.build().succeeds();
    assert!(was_made(&site.run(&["build", "--verbose", "--originals", "elsewhere"]).succeeds()));
    assert!(was_made(&site.run(&VERBOSE).succeeds()));
    assert!(!was_made(&site.run(&VERBOSE).succeeds()));
    assert!(was_made(&site.run(&["build", "--verbose", "--out", "web"]).succeeds()));
    assert!(!was_made(&site.run(&["build", "--verbose", "--out", "web"]).succeeds()));
    let program = site.path("../program");
    fs::copy(env!("CARGO_BIN_EXE_sourcewise"), &program).expect("it can be copied");
    let mut command = Command::new(program);
    command.args(VERBOSE).current_dir(site.path("")).env("XDG_CACHE_HOME", site.path("../cache"));
    let ran = command.output().expect("it can be run");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && told.contains("render "), "{told}");
}

#[test]
fn a_record_that_is_damaged_or_of_another_form_is_as_good_as_none() {
    let site = mill();
    let_files_grow_old();
    site.build().succeeds();
    let place = record(&site);
    let text = fs::read_to_string(&place).expect("it is text");
    let damaged = ["", "{}", &text[..text.len() / 2], &text.replace("\"version\": 1", "\"version\": 0")];
    for text in damaged {
        crate::support::write(&place, text.as_bytes());
        assert!(was_made(&site.run(&VERBOSE).succeeds()), "{text}");
        assert!(!was_made(&site.run(&VERBOSE).succeeds()));
    }
    // Nowhere to keep a record is no reason to complain.
    fs::remove_dir_all(site.path("../cache")).expect("it can be removed");
    let site = site.file("../cache", "");
    assert_eq!(site.build().succeeds().stderr, "");
    assert_eq!(site.build().succeeds().stderr, "");
}

#[test]
fn a_small_site_is_always_made() {
    let site = SiteTest::golden();
    let_files_grow_old();
    site.build().succeeds();
    assert!(was_made(&site.run(&VERBOSE).succeeds()));
    assert!(!site.path("../cache/sourcewise/builds").exists());
}

#[test]
fn a_warning_is_told_again_and_again() {
    let site = mill().file("content/ferry.md", &PAGE.replace("crosses", "<b>sinks</b>"));
    let_files_grow_old();
    let first = site.build().succeeds().stderr;
    assert!(first.contains("warning"), "{first}");
    assert_eq!(site.build().succeeds().stderr, first);
}

#[test]
fn what_was_saved_just_before_a_build_is_not_taken_to_stand() {
    let site = mill();
    site.build().succeeds();
    for word in ["crossed", "ferried", "carried"] {
        let path = site.path("content/ferry.md");
        crate::support::write(&path, PAGE.replace("crosses", word).as_bytes());
        site.build().succeeds().page("ferry.html").contains(word);
    }
}
