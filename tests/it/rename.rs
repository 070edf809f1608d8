//! `sourcewise rename`: an id is renamed wherever the site uses it, or nowhere.

use std::collections::BTreeMap;
use std::path::Path;

use sourcewise::edit::History;

use crate::support::{RunResult, SiteTest, Tree};

/// A site with its lock, which has no problem.
fn site() -> SiteTest {
    let site = SiteTest::case(include_str!("../sites/rename.txt"));
    site.run(&["verify"]).succeeds();
    site
}

/// The files that an author writes, without the output and the journal.
fn written(site: &SiteTest) -> Tree {
    let is_written = |path: &String| !path.starts_with("public/") && !path.starts_with('.');
    site.tree("").into_iter().filter(|(path, _)| is_written(path)).collect()
}

/// Renames an id in all files, as it would be written there: in this site it is no word of a text.
fn replaced(files: &Tree, old: &str, new: &str) -> BTreeMap<String, String> {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("all files are text");
    files.iter().map(|(path, bytes)| (path.replace(old, new), text(bytes).replace(old, new))).collect()
}

/// The lines in which texts differ.
fn differences(found: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) -> Vec<String> {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    let lines = found.iter().flat_map(|(path, text)| {
        let pairs = text.split_inclusive('\n').zip(expected[path].split_inclusive('\n'));
        pairs.filter(|(found, expected)| found != expected).map(move |(found, _)| format!("{path}: {found}"))
    });
    lines.collect()
}

#[track_caller]
fn assert_renamed(what: &str, written_old: &str, (old, new): (&str, &str)) -> RunResult {
    let site = site();
    let before = written(&site);
    let public = site.build().succeeds().public;
    let ran = site.run(&["rename", what, written_old, new]).succeeds();
    let checked = site.check().succeeds();
    assert!(!checked.stderr.contains("warning"), "{}", checked.stderr);

    let found = differences(&replaced(&written(&site), old, old), &replaced(&before, old, new));
    // The seal of a lock entry is made of the source's id, too.
    let only_seals = found.iter().all(|line| line.starts_with("seeds/quotes.lock: seal = "));
    assert!(only_seals, "{found:#?}");
    let rebuilt = site.build().succeeds().public;
    let found = differences(&replaced(&rebuilt, old, old), &replaced(&public, old, new));
    assert!(found.is_empty(), "the built site differs in more than the id: {found:#?}");

    let mut history = History::open(&site.path(""), None).expect("the journal can be opened");
    assert_eq!(history.next_undo(), Some(format!("Rename {written_old} to {new}").as_str()));
    history.undo().expect("nothing has changed");
    assert!(written(&site) == before, "taking it back returns the first bytes");
    ran
}

#[test]
fn a_source_is_renamed_with_its_record_and_documents() {
    assert_renamed("source", "s-one", ("s-one", "s-onex"))
        .stdout_contains("s-one renamed in 15 places, and 2 files renamed");
}

#[test]
fn a_source_is_renamed_in_the_lock_and_among_the_originals() {
    assert_renamed("source", "s-two", ("s-two", "s-twox"));
}

#[test]
fn originals_elsewhere_are_renamed_and_the_name_returns_with_undo() {
    let (site, elsewhere) = (site(), SiteTest::new());
    let text = site.text("originals/s-two.txt");
    let elsewhere = elsewhere.file("documents/s-two.txt", &text).file("here/empty", "");
    let site = site.without("originals");
    let folder = elsewhere.path("here/../documents");
    let folder = folder.to_str().expect("the path is text");
    site.run(&["rename", "source", "s-two", "s-new", "--originals", folder]).succeeds();
    assert_eq!(elsewhere.text("documents/s-new.txt"), text);
    let mut history = History::open(&site.path(""), Some(Path::new(folder))).expect("it is free");
    assert!(history.undo().expect("nothing has changed").is_some());
    assert_eq!(elsewhere.text("documents/s-two.txt"), text);
}

#[cfg(unix)]
#[test]
fn originals_behind_a_link_are_renamed_only_if_their_folder_is_given() {
    let site = site();
    let elsewhere = SiteTest::new().file("s-two.txt", &site.text("originals/s-two.txt"));
    let site = site.without("originals");
    std::os::unix::fs::symlink(elsewhere.path(""), site.path("originals")).expect("a link can be made");
    let before = written(&site);
    let arguments = ["rename", "source", "s-two", "s-new"];
    site.run(&arguments).cannot_run().stderr_contains("name that folder with `--originals`");
    assert!(written(&site) == before);
    let folder = elsewhere.path("");
    let folder = folder.to_str().expect("the path is text").trim_end_matches('/');
    site.run(&[&arguments[..], &["--originals", folder]].concat()).succeeds();
    assert!(elsewhere.path("s-new.txt").exists());
}

#[test]
fn a_question_is_renamed_with_its_file() {
    assert_renamed("question", "q-why", ("q-why", "q-whyx"));
    assert_renamed("question", "q-when", ("q-when", "q-whenx"));
}

#[test]
fn a_position_is_renamed_in_the_answers_to_its_question() {
    assert_renamed("position", "q-why/p-lamp", ("p-lamp", "p-lampx"));
}

#[test]
fn a_dry_run_lists_the_places_and_changes_nothing() {
    let site = site();
    let before = site.tree("");
    site.run(&["rename", "source", "s-one", "s-new", "--dry-run"])
        .succeeds()
        .stdout_contains("content/places/wheel.md:5: Of oak [@s-two].")
        .stdout_contains("seeds/s-two.toml:3: \"s-one\", # mostly")
        .stdout_contains("seeds/s-one.toml becomes seeds/s-new.toml")
        .stdout_contains("seeds/s-one.txt becomes seeds/s-new.txt");
    assert!(site.tree("") == before);
}

#[test]
fn plain_words_and_code_are_no_ids() {
    let site = site()
        .file("content/more.md", "+++\ntitle = \"s-one\"\n+++\n`[@s-one]` s-one [?q-when]\n\n    [@s-one]\n");
    site.run(&["rename", "source", "s-one", "s-new"]).succeeds();
    assert_eq!(
        site.text("content/more.md"),
        "+++\ntitle = \"s-one\"\n+++\n`[@s-one]` s-one [?q-when]\n\n    [@s-one]\n"
    );
}

#[test]
fn a_document_without_a_record_is_renamed_too() {
    let site =
        site().file("seeds/Old Bell.txt", "The bell rang twice that night, and nobody knew why it did.\n");
    site.run(&["rename", "source", "old-bell", "bell"]).succeeds();
    assert!(site.path("seeds/bell.txt").exists() && !site.path("seeds/Old Bell.txt").exists());
}

#[test]
fn a_wrong_id_is_refused_and_nothing_changes() {
    let site = site().file("seeds/other.txt", "The bell rang twice that night, and the dyer heard it.\n");
    let before = written(&site);
    for (args, message) in [
        (["source", "s-on", "x"], "there is no source `s-on`; did you mean `s-one`?; nothing was renamed"),
        (["source", "s-one", "a b"], "`a b` can't be an id"),
        (["source", "s-one", "s-one"], "`s-one` is the id already"),
        (["source", "s-one", "s-two"], "the id `s-two` is taken: `seeds/s-two.toml`"),
        (["source", "s-one", "S-Two"], "the id `S-Two` is taken: `seeds/s-two.toml`"),
        (["source", "s-one", "other"], "the id `other` is taken: `seeds/other.txt`"),
        (["source", "s-one", "miller"], "the id `miller` is taken: `[origins.miller]` in `site.toml`"),
        (["question", "q-why", "q-when"], "the id `q-when` is taken: `content/questions/q-when.md`"),
        (["position", "p-lamp", "x"], "write the question's id before it: `QUESTION/p-lamp`"),
        (["position", "q-no/p-lamp", "x"], "there is no question `q-no`"),
        (["position", "q-why/p-lamb", "x"], "there is no position `p-lamb`; did you mean `p-lamp`?"),
        (["position", "q-why/p-lamp", "p-bolt"], "the id `p-bolt` is taken: “Lightning”"),
    ] {
        let [what, old, new] = args;
        site.run(&["rename", what, old, new]).cannot_run().stderr_contains(message);
    }
    assert!(written(&site) == before);
}

#[test]
fn a_site_with_a_fault_of_syntax_is_not_renamed() {
    let site = site().file("seeds/broken.toml", "title = \"A\"\npublisher = The Gazette\n");
    let before = written(&site);
    site.run(&["rename", "source", "s-one", "s-new"])
        .finds_problems()
        .stderr_contains("error[toml-syntax]")
        .stdout_contains("nothing was renamed; fix the errors and run this again");
    assert!(written(&site) == before);
}

#[test]
fn a_damaged_entry_of_the_lock_is_not_sealed_again() {
    let site = site();
    let lock = site.text("seeds/quotes.lock").replace("struck by lightning", "struck by thunder!!");
    let site = site.file("seeds/quotes.lock", &lock);
    site.run(&["rename", "source", "s-two", "s-new"]).finds_problems().stderr_contains("error[bad-lock]");
    assert_eq!(site.text("seeds/quotes.lock"), lock);
}

#[test]
fn while_the_site_is_open_elsewhere_nothing_is_renamed() {
    let site = site();
    let _open = History::open(&site.path(""), None).expect("the journal can be opened");
    site.run(&["rename", "source", "s-one", "s-new"])
        .cannot_run()
        .stderr_contains("another process has this site open for changes");
}
