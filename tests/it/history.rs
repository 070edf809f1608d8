//! Changes of several files: all of them or none, taken back and made again, whatever happens in between.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sourcewise::edit::{ApplyError, FileChange, FileMove, History, Label, OpenError};

use crate::support::{SiteTest, write};

const A: &str = "seeds/a.toml";
const B: &str = "content/questions/b.md";

fn change(path: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    FileChange { path: path.to_owned(), before: owned(before), after: owned(after) }
}

fn open(site: &SiteTest) -> History {
    History::open(&site.path(""), None).expect("the journal can be opened")
}

#[test]
fn changes_are_taken_back_and_made_again_over_restarts() {
    let site = SiteTest::new().file(A, "one\r\n");
    let changes = vec![change(A, Some("one\r\n"), Some("two")), change(B, None, Some("new"))];
    let label = Label { what: "Answer".to_owned(), source: Some("a".to_owned()), question: None };
    open(&site).apply(label.clone(), changes).expect("nothing has changed");
    open(&site).apply("Removed", vec![change(A, Some("two"), None)]).expect("nothing has changed");
    assert!(!site.path(A).exists());

    let mut history = open(&site);
    assert_eq!((history.next_undo(), history.next_redo()), (Some("Removed"), None));
    assert_eq!(history.undo().expect("nothing has changed").as_deref(), Some("Removed"));
    assert_eq!(site.text(A), "two");
    drop(history);

    let mut history = open(&site);
    assert_eq!((history.next_undo(), history.next_redo()), (Some("Answer"), Some("Removed")));
    let recent: Vec<_> = history.recent().collect();
    assert_eq!((recent.len(), recent[0].label), (1, &label));
    assert!(recent[0].at.starts_with("20") && recent[0].at.ends_with('Z'), "{}", recent[0].at);
    history.undo().expect("nothing has changed");
    assert!(site.text(A) == "one\r\n" && !site.path(B).exists());
    assert_eq!(history.undo().expect("there is nothing to take back"), None);
    for _ in 0..2 {
        history.redo().expect("nothing has changed");
    }
    assert!(!site.path(A).exists() && site.text(B) == "new");
    assert_eq!(history.redo().expect("there is nothing to make again"), None);
}

#[test]
fn a_new_change_ends_what_can_be_made_again() {
    let site = SiteTest::new().file(A, "one");
    let mut history = open(&site);
    history.apply("First", vec![change(A, Some("one"), Some("two"))]).expect("nothing has changed");
    history.undo().expect("nothing has changed");
    history.apply("Second", vec![change(A, Some("one"), Some("three"))]).expect("nothing has changed");
    assert_eq!((history.next_undo(), history.next_redo()), (Some("Second"), None));
    drop(history);
    let history = open(&site);
    assert_eq!((history.next_undo(), history.next_redo()), (Some("Second"), None));
    assert_eq!(history.recent().count(), 1);
}

#[test]
fn a_file_that_has_changed_is_never_overwritten() {
    let site = SiteTest::new().file(A, "one").file("seeds/z.toml", "mine");
    let mut history = open(&site);
    let changes =
        vec![change(A, Some("one"), Some("two")), change("seeds/z.toml", Some("yours"), Some("new"))];
    let error = history.apply("Both", changes).expect_err("one file has changed");
    assert!(matches!(&error, ApplyError::Changed { path } if path == "seeds/z.toml"), "{error}");
    assert_eq!((site.text(A), history.next_undo()), ("one".to_owned(), None));

    history.apply("One", vec![change(A, Some("one"), Some("two"))]).expect("nothing has changed");
    let site = site.file(A, "two, and mine");
    let error = history.undo().expect_err("the file has changed");
    assert_eq!(error.to_string(), "`seeds/a.toml` has changed since; nothing was written");
    assert_eq!((site.text(A), history.next_undo()), ("two, and mine".to_owned(), Some("One")));
    let created = history.apply("New", vec![change(A, None, Some("new"))]);
    assert!(matches!(created, Err(ApplyError::Changed { .. })), "the file exists");
}

/// Paths of files that the desk and `rename` don't write.
const NOT_WRITTEN: [&str; 14] = [
    "",
    ".",
    "../a.toml",
    "/tmp/a.toml",
    "seeds/../../a.toml",
    "seeds/../a.toml",
    "seeds/.a.toml",
    "seeds/folder/a.toml",
    "seeds/a.txt",
    "content/.hidden/a.md",
    "content/script.js",
    ".git/config",
    "site.toml",
    "templates/page.html",
];

#[test]
fn files_that_the_desk_does_not_write_are_refused() {
    let site = SiteTest::new();
    for path in NOT_WRITTEN {
        let refused = open(&site).apply("Outside", vec![change(path, None, Some("new"))]);
        assert!(matches!(refused, Err(ApplyError::Outside { .. })), "{path}");
    }
}

#[test]
fn if_one_file_cant_be_written_none_is() {
    let site = SiteTest::new().file(A, "one").file("content", "a file where a folder should be");
    let mut history = open(&site);
    let changes = vec![change(A, Some("one"), Some("two")), change(B, None, Some("new"))];
    let refused = history.apply("Both", changes);
    assert!(matches!(refused, Err(ApplyError::Io { .. })), "{refused:?}");
    assert_eq!((site.text(A), history.next_undo()), ("one".to_owned(), None));
    assert_eq!(site.tree("seeds").len(), 1, "nothing is left beside the file");
    drop(history);
    assert!(open(&site).recovered().is_empty());
}

#[test]
fn a_second_desk_on_the_folder_is_told() {
    let site = SiteTest::new();
    let first = open(&site);
    assert!(matches!(History::open(&site.path(""), None), Err(OpenError::AlreadyOpen)));
    assert_eq!(site.text(".sourcewise/.gitignore"), "*\n");
    drop(first);
    open(&site);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = SiteTest::new().file("elsewhere/a.toml", "one").file("seeds/b.toml", "one");
    symlink("../elsewhere/a.toml", site.path(A)).expect("a link can be made");
    fs::set_permissions(site.path("elsewhere/a.toml"), fs::Permissions::from_mode(0o640))
        .expect("permissions can be set");
    let mut history = open(&site);
    history.apply("Link", vec![change(A, Some("one"), Some("two"))]).expect("nothing has changed");
    assert!(site.path(A).is_symlink());
    assert_eq!(site.text("elsewhere/a.toml"), "two");
    let mode = fs::metadata(site.path(A)).expect("the file exists").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    fs::set_permissions(site.path("seeds/b.toml"), fs::Permissions::from_mode(0o444))
        .expect("permissions can be set");
    let refused = history.apply("Read-only", vec![change("seeds/b.toml", Some("one"), Some("two"))]);
    assert!(matches!(refused, Err(ApplyError::Io { .. })), "{refused:?}");
}

#[test]
fn an_interrupted_change_is_completed_except_in_files_that_have_changed_since() {
    let site = SiteTest::new().file(A, "two").file(B, "one").file("seeds/c.toml", "mine");
    let entry = serde_json::json!({
        "label": {"what": "Three files"},
        "at": "2026-11-29T14:00:03Z",
        "token": "0",
        "changes": [
            {"path": A, "before": "one", "after": "two"},
            {"path": B, "before": "one", "after": "two"},
            {"path": "seeds/c.toml", "before": "one", "after": "two"},
        ],
    });
    let site = site.file(".sourcewise/history/0000000001.doing.json", &entry.to_string());
    let history = open(&site);
    let recovered = &history.recovered()[0];
    assert!(recovered.is_completed && recovered.left == ["seeds/c.toml"], "{recovered:?}");
    assert_eq!([A, B, "seeds/c.toml"].map(|path| site.text(path)), ["two", "two", "mine"]);
    drop(history);
    assert!(open(&site).recovered().is_empty());
}

/// An entry of the journal with one change, which creates a file.
fn entry(token: &str, path: &str) -> serde_json::Value {
    serde_json::json!({
        "label": {"what": "From elsewhere"},
        "at": "2026-11-29T14:00:03Z",
        "token": token,
        "changes": [{"path": path, "before": null, "after": "new"}],
    })
}

/// Opens the history of a site with an entry whose change was interrupted. Returns why the entry is ignored.
#[track_caller]
fn reason_to_ignore(site: SiteTest, entry: &serde_json::Value) -> String {
    let site = site.file(".sourcewise/history/0000000003.doing.json", &entry.to_string());
    let before = site.tree("");
    let mut history = open(&site);
    assert!(history.recovered().is_empty(), "{entry}");
    let [ignored] = history.ignored() else { panic!("{entry}: {:?}", history.ignored()) };
    assert_eq!(ignored.file, "0000000003.doing.json");
    let reason = ignored.reason.clone();
    assert_eq!(
        (history.undo().expect("nothing is done"), history.redo().expect("nothing is done")),
        (None, None)
    );
    let mut after = site.tree("");
    after.retain(|path, _| before.contains_key(path) || !path.starts_with(".sourcewise/"));
    assert!(before == after, "{entry}: a file was written");
    reason
}

#[test]
fn entries_of_the_journal_that_the_desk_did_not_write_are_ignored() {
    let elsewhere = SiteTest::new();
    let outside = elsewhere.path("a.toml");
    let outside = outside.to_str().expect("the path is text");
    for path in NOT_WRITTEN.into_iter().chain([outside]) {
        let reason = reason_to_ignore(SiteTest::new(), &entry("0", path));
        assert!(reason.contains("is no file of the site"), "{path}: {reason}");
    }
    assert!(elsewhere.tree("").is_empty());
    for token in ["", "../../a", "x/", "0123456789abcdef0"] {
        let reason = reason_to_ignore(SiteTest::new(), &entry(token, A));
        assert_eq!(reason, "its `token` is not a hexadecimal number");
    }
}

#[test]
fn entries_that_rename_files_other_than_documents_are_ignored() {
    let elsewhere = SiteTest::new().file("a.txt", "text");
    let outside = elsewhere.path("a.txt");
    let outside = outside.to_str().expect("the path is text");
    for (from, to) in [
        (outside, "seeds/b.txt"),
        ("seeds/a.txt", outside),
        ("seeds/a.txt", "../b.txt"),
        ("seeds/a.txt", "content/b.txt"),
        ("seeds/a.txt", "originals/b.txt"),
        ("seeds/a.txt", "seeds/.b.txt"),
        ("seeds/a.txt", "seeds/b.sh"),
    ] {
        let mut entry = entry("0", A);
        entry["changes"] = serde_json::json!([]);
        entry["moves"] =
            serde_json::json!([{"from": from, "to": to, "sha256": sourcewise_quotes::sha256(b"text")}]);
        let site = SiteTest::new().file("seeds/a.txt", "text").file("originals/x.txt", "other");
        let reason = reason_to_ignore(site, &entry);
        assert!(reason.contains("is no file of the site"), "{from} {to}: {reason}");
    }
    assert_eq!(elsewhere.text("a.txt"), "text");
}

#[test]
fn documents_elsewhere_are_renamed_only_in_the_given_folder() {
    let elsewhere = SiteTest::new().file("a.txt", "text");
    let folder = elsewhere.path("");
    let path = |name: &str| elsewhere.path(name).to_str().expect("the path is text").to_owned();
    let moved =
        FileMove { from: path("a.txt"), to: path("b.txt"), sha256: sourcewise_quotes::sha256(b"text") };
    let site = SiteTest::new();
    let open_with = || History::open(&site.path(""), Some(&folder)).expect("it can be opened");
    let refused = open(&site).apply_with_moves("Rename", Vec::new(), vec![moved.clone()]);
    assert!(matches!(refused, Err(ApplyError::Outside { .. })), "{refused:?}");
    open_with().apply_with_moves("Rename", Vec::new(), vec![moved]).expect("the folder is given");
    assert_eq!(elsewhere.text("b.txt"), "text");
    let mut without = open(&site);
    assert_eq!((without.ignored().len(), without.undo().expect("nothing is done")), (1, None));
    drop(without);
    assert_eq!(open_with().undo().expect("nothing has changed").as_deref(), Some("Rename"));
    assert_eq!(elsewhere.text("a.txt"), "text");
}

#[test]
fn commands_say_which_entries_of_the_journal_are_ignored() {
    let text = entry("0", "site.toml").to_string();
    let site = SiteTest::case(include_str!("../sites/rename.txt"))
        .file(".sourcewise/history/0000000003.doing.json", &text);
    site.run(&["rename", "source", "s-one", "s-onex"]).succeeds().stderr_contains(
        "warning: `.sourcewise/history/0000000003.doing.json` was ignored: `site.toml` is no file of the site",
    );
    assert_eq!(site.text(".sourcewise/history/0000000003.doing.json"), text);
    assert!(site.path(".sourcewise/history/0000000004.done.json").exists());
}

#[cfg(unix)]
#[test]
fn files_outside_the_site_are_not_written_through_links() {
    use std::os::unix::fs::symlink;
    let elsewhere = SiteTest::new().file("a.toml", "one").file("b.md", "one").file("a.txt", "text");
    let told = "leads through a link to a file outside the site: change it there";
    let link_to_file = SiteTest::new().file("seeds/b.toml", "one");
    symlink(elsewhere.path("a.toml"), link_to_file.path(A)).expect("a link can be made");
    let link_to_folder = SiteTest::new().file("content/index.md", "one");
    symlink(elsewhere.path(""), link_to_folder.path("seeds")).expect("a link can be made");
    symlink(elsewhere.path(""), link_to_folder.path("content/questions")).expect("a link can be made");
    let cases = [
        (&link_to_file, A, Some("one")),
        (&link_to_folder, A, Some("one")),
        (&link_to_folder, B, Some("one")),
        (&link_to_folder, "seeds/new.toml", None),
    ];
    for (site, path, before) in cases {
        let changes = vec![change(path, before, Some("two"))];
        let refused = open(site).apply("Link", changes).expect_err("the file is elsewhere").to_string();
        assert!(refused.contains(told), "{path}: {refused}");
    }
    let sha256 = sourcewise_quotes::sha256(b"text");
    let moves = vec![FileMove { from: "seeds/a.txt".to_owned(), to: "seeds/b.txt".to_owned(), sha256 }];
    let refused = open(&link_to_folder).apply_with_moves("Rename", Vec::new(), moves);
    assert!(matches!(refused, Err(ApplyError::Linked { .. })), "{refused:?}");
    let reason = reason_to_ignore(link_to_folder, &entry("0", "seeds/new.toml"));
    assert!(reason.contains(told), "{reason}");
    assert_eq!(["a.toml", "b.md", "a.txt"].map(|path| elsewhere.text(path)), ["one", "one", "text"]);
    assert_eq!(elsewhere.tree("").len(), 3);
}

#[cfg(unix)]
#[test]
fn verify_does_not_write_the_lock_through_a_link_out_of_the_site() {
    use std::os::unix::fs::symlink;
    let elsewhere = SiteTest::new().file("quotes.lock", "");
    let site = SiteTest::case(include_str!("../sites/rename.txt"));
    symlink(elsewhere.path("quotes.lock"), site.path("seeds/quotes.lock")).expect("a link can be made");
    site.run(&["verify"])
        .cannot_run()
        .stderr_contains("leads through a link to a file outside the site: change it there");
    assert_eq!(elsewhere.text("quotes.lock"), "");
}

#[cfg(unix)]
#[test]
fn a_journal_behind_a_link_is_refused() {
    use std::os::unix::fs::symlink;
    for path in [".sourcewise", ".sourcewise/history", ".sourcewise/lock"] {
        let elsewhere = SiteTest::new().file("kept", "");
        let site = SiteTest::new().file(".sourcewise/kept", "");
        let site = if path == ".sourcewise" { site.without(path) } else { site };
        symlink(elsewhere.path(""), site.path(path)).expect("a link can be made");
        let refused = History::open(&site.path(""), None).expect_err("it is a link").to_string();
        assert!(refused.contains("it is a link, pipe or device; remove it"), "{path}: {refused}");
        assert_eq!(elsewhere.tree("").len(), 1, "{path}");
    }
    let elsewhere = SiteTest::new().file("a.json", &entry("0", A).to_string());
    let site = SiteTest::new().file(".sourcewise/history/kept", "");
    symlink(elsewhere.path("a.json"), site.path(".sourcewise/history/0000000001.doing.json"))
        .expect("a link can be made");
    let mut history = open(&site);
    assert_eq!(history.ignored()[0].reason, "it is a link");
    history.apply("New", vec![change(A, None, Some("new"))]).expect("nothing has changed");
    assert_eq!(elsewhere.text("a.json"), entry("0", A).to_string());
}

#[cfg(unix)]
#[test]
fn pipes_are_not_read() {
    let site = SiteTest::new().file("seeds/b.toml", "one").file(".sourcewise/history/kept", "");
    let pipes = [A, ".sourcewise/history/0000000001.done.json"];
    for path in pipes {
        let made = Command::new("mkfifo").arg(site.path(path)).status().expect("mkfifo can be run");
        assert!(made.success());
    }
    let mut history = open(&site);
    assert_eq!(history.ignored()[0].reason, "it is a folder, pipe or device, not a file");
    let refused = history.apply("Pipe", vec![change(A, Some("one"), Some("two"))]);
    let refused = refused.expect_err("a pipe is no record").to_string();
    assert!(refused.contains("it is a folder, pipe or device, not a file"), "{refused}");
}

#[test]
fn files_that_are_too_large_are_not_read() {
    let site = SiteTest::new().file(A, "one");
    let file = fs::File::options().write(true).open(site.path(A)).expect("the file exists");
    file.set_len(64_000_001).expect("the disk has space for a file of zeros");
    let refused = open(&site).apply("Large", vec![change(A, Some("one"), Some("two"))]);
    let refused = refused.expect_err("the file is too large").to_string();
    assert!(refused.contains("it is larger than 64000000 bytes"), "{refused}");
}

#[test]
fn the_journal_keeps_the_last_changes_and_leaves_other_files_alone() {
    let mut site =
        SiteTest::new().file(A, "one").file(".sourcewise/history/0000000700.done.json", "no entry");
    for number in 1..=600 {
        let entry = serde_json::json!({
            "label": {"what": format!("Change {number}")},
            "at": "2026-11-29T14:00:03Z",
            "token": "0",
            "changes": [{"path": A, "before": "x", "after": "one"}],
        });
        let state = if number == 600 { "undone" } else { "done" };
        site = site.file(&format!(".sourcewise/history/{number:010}.{state}.json"), &entry.to_string());
    }
    let mut history = open(&site);
    assert_eq!(history.recent().count(), 599);
    history.apply("The last", vec![change(A, Some("one"), Some("two"))]).expect("nothing has changed");
    let recent: Vec<&str> = history.recent().map(|recent| recent.label.what.as_str()).collect();
    assert_eq!((recent.len(), recent[0], recent[499]), (500, "The last", "Change 101"));
    drop(history);
    assert_eq!(site.tree(".sourcewise/history").len(), 501);
    assert_eq!(open(&site).recent().count(), 500);
}

#[test]
fn a_journal_that_is_removed_meanwhile_is_written_again() {
    let site = SiteTest::new().file(A, "one");
    let mut history = open(&site);
    history.apply("First", vec![change(A, Some("one"), Some("two"))]).expect("nothing has changed");
    let site = site.without(".sourcewise");
    history.undo().expect("the change is still known");
    assert_eq!(site.text(A), "one");
    let site = site.without(".sourcewise");
    history.apply("Second", vec![change(A, Some("one"), Some("three"))]).expect("nothing has changed");
    drop(history);
    assert_eq!(open(&site).next_undo(), Some("Second"));
}

/// The files that `process_that_saves_in_a_loop` saves in one step, takes back and makes again.
const FILES: [&str; 3] = [A, B, "seeds/c.toml"];
/// Environment variable with the site's folder, for `process_that_saves_in_a_loop`.
const LOOP_FOLDER: &str = "SOURCEWISE_SAVE_FOLDER";
/// Length of each file that the process saves; long enough that a kill can interrupt the writing.
const FILE_BYTES: usize = 60_000;

/// The content that each file has in a version: the version's number, repeated.
fn text_of(version: usize) -> String {
    format!("{version:010}").repeat(FILE_BYTES / 10)
}

/// Returns the version of a file. Panics if it is incomplete.
#[track_caller]
fn version_of(path: &Path) -> usize {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let version = text[..10.min(text.len())].parse().expect("a file begins with its version");
    assert!(text == text_of(version), "{} is neither the old nor the new file", path.display());
    version
}

#[test]
#[ignore = "is run by the test below, in a process that is killed"]
fn process_that_saves_in_a_loop() {
    let Some(root) = std::env::var_os(LOOP_FOLDER).map(PathBuf::from) else { return };
    let mut history = History::open(&root, None).expect("the process before was killed");
    loop {
        let version = version_of(&root.join(A));
        let changes = FILES.map(|path| change(path, Some(&text_of(version)), Some(&text_of(version + 1))));
        history.apply("Save", changes.to_vec()).expect("nothing has changed");
        history.undo().expect("nothing has changed");
        history.redo().expect("nothing has changed");
    }
}

fn spawn_loop(root: &Path) -> Child {
    let program = std::env::current_exe().expect("the path of this program is known");
    Command::new(program)
        .args(["--ignored", "--exact", "history::process_that_saves_in_a_loop"])
        .env(LOOP_FOLDER, root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program can be run again")
}

/// Waits until the process has saved once after the version `before`, and then for a time of `moment`.
fn wait_for_save(root: &Path, before: usize, moment: Duration) {
    let start = Instant::now();
    while version_of(&root.join(A)) == before {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing was saved");
        thread::sleep(Duration::from_micros(200));
    }
    thread::sleep(moment);
}

/// Number of kills; `SOURCEWISE_KILLS` sets another one.
const DEFAULT_KILLS: u32 = 25;

#[test]
#[expect(clippy::print_stdout, reason = "prints counts")]
fn after_a_kill_every_file_is_the_old_or_the_new_one_and_recovery_makes_them_agree() {
    let kills =
        std::env::var("SOURCEWISE_KILLS").map_or(DEFAULT_KILLS, |text| text.parse().expect("a number"));
    let site = SiteTest::new();
    let root = site.path("");
    for path in FILES {
        write(&site.path(path), text_of(0).as_bytes());
    }
    let (mut mixed, mut recovered) = (0, 0);
    for number in 0..kills {
        let before = version_of(&site.path(A));
        let mut child = spawn_loop(&root);
        // Multiples of the golden ratio are evenly spread and never repeat.
        let moment = (f64::from(number) * 0.618_034).fract();
        wait_for_save(&root, before, Duration::from_millis(40).mul_f64(moment));
        child.kill().expect("the process runs until it is killed");
        child.wait().expect("the process was started here");
        let versions = FILES.map(|path| version_of(&site.path(path)));
        mixed += usize::from(versions.iter().any(|version| *version != versions[0]));

        let mut history = open(&site);
        recovered += history.recovered().len();
        assert!(history.recovered().iter().all(|found| found.is_completed && found.left.is_empty()));
        let versions = FILES.map(|path| version_of(&site.path(path)));
        assert!(versions.iter().all(|version| *version == versions[0]), "{versions:?}");
        let hidden = site.tree("seeds").into_keys().filter(|path| path.starts_with('.')).count();
        assert_eq!(hidden, 0, "a file is left beside the saved ones");
        if history.undo().expect("all files are as the journal says").is_some() {
            history.redo().expect("all files are as the journal says");
        }
        assert_eq!(version_of(&site.path(A)), versions[0]);
    }
    println!("{kills} kills: {recovered} changes were interrupted, {mixed} with files of both versions");
    assert!(recovered > 0 || kills < 10, "no change was interrupted");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_the_old_files_stay() {
    let site = SiteTest::new();
    for path in FILES {
        write(&site.path(path), text_of(0).as_bytes());
    }
    // A limit of 16 kB for each file acts like a full disk, once the signal for it is ignored.
    let program = std::env::current_exe().expect("the path of this program is known");
    let script =
        "trap '' XFSZ; ulimit -f 16; exec \"$0\" --ignored --exact history::process_that_saves_in_a_loop";
    let output = Command::new("bash")
        .args(["-c", script])
        .arg(program)
        .env(LOOP_FOLDER, site.path(""))
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("bash can be run");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && told.contains("Io { path"), "{told}");
    assert_eq!(FILES.map(|path| version_of(&site.path(path))), [0; 3]);
    let history = open(&site);
    assert!(history.recovered().is_empty() && history.next_undo().is_none());
    assert_eq!(site.tree("seeds").len(), 2, "nothing is left beside the files");
}
