//! Tests of `new`: the created site builds and shows all features, and existing files are never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;
use sourcewise::commands::new::SITE;

use crate::support::{RunResult, SiteTest, tree};

/// Creates a site with `new`.
fn new_site() -> SiteTest {
    let site = SiteTest::new();
    site.run(&["new", "."]).succeeds();
    site
}

/// The output of the new site, built once for all tests.
fn built() -> &'static RunResult {
    static BUILT: OnceLock<RunResult> = OnceLock::new();
    BUILT.get_or_init(|| new_site().without_cards().build().succeeds())
}

/// Returns all string values of a key, at any depth.
fn values<'v>(value: &'v Value, key: &str) -> BTreeSet<&'v str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get(key).and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(|field| values(field, key))).collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| values(item, key)).collect(),
        _ => BTreeSet::new(),
    }
}

/// Counts the files and folders directly in the site's folder, including hidden ones.
fn count_entries(site: &SiteTest) -> usize {
    fs::read_dir(site.path("")).expect("the folder exists").count()
}

#[test]
fn the_embedded_site_matches_its_folder() {
    let folder = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/new/site"));
    let embedded: BTreeMap<_, _> =
        SITE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    assert_eq!(folder.keys().collect::<Vec<_>>(), embedded.keys().collect::<Vec<_>>());
    for (path, bytes) in folder {
        assert_eq!(bytes, embedded[&path], "{path} changed after the program was built");
    }
}

#[test]
fn the_new_site_has_no_problem_and_builds() {
    let site = new_site();
    let checked = site.check().succeeds();
    assert_eq!((checked.stdout.as_str(), checked.stderr.as_str()), ("no problems\n", ""));
    let ran = site.build().succeeds().stdout_contains("4 sources, 4 questions");
    assert_eq!(ran.stderr, "");
}

#[test]
fn the_new_site_shows_every_agreement_voice_and_state() {
    let comparison = built().comparison();
    let set = |key| values(&comparison, key).into_iter().collect::<Vec<_>>();
    assert_eq!(set("agreement"), ["differ", "one-voice", "single", "unanswered"]);
    assert_eq!(set("voice"), ["attributed", "forecast", "hedged", "own"]);
    assert_eq!(set("state"), ["says", "silent", "unexamined"]);
    assert_eq!(set("basis"), ["automatic", "editor"]);
    let courier = "/questions/3/cells/2";
    assert_eq!(comparison.pointer(&format!("{courier}/source")), Some(&"courier".into()));
    assert_eq!(comparison.pointer(&format!("{courier}/basis")), Some(&"automatic".into()));
    let passage = comparison.pointer(&format!("{courier}/passages/0/text")).and_then(Value::as_str);
    assert!(passage.is_some_and(|text| text.ends_with("she said that she would not guess.")), "{passage:?}");
    let positions =
        comparison.pointer("/questions/0/positions").and_then(Value::as_array).expect("positions are a list");
    let count = |position: &Value| {
        let sources = position["sources"].as_array().map(Vec::len);
        (sources, position["independent"].as_u64())
    };
    let two_sources_count_as_one = (Some(2), Some(1));
    assert!(positions.iter().map(count).any(|counts| counts == two_sources_count_as_one));
}

#[test]
fn the_new_site_uses_many_features_of_markdown_and_records() {
    let ran = built();
    let story = ran.page("story.html");
    let story = story.contains("<table>").contains("footnote").contains("alert").contains("id=\"cite--");
    story.contains("compare/why-closed.html");
    ran.page("bridge.html").contains("The Calverstow Courier").contains("has been closed to everybody");
    ran.page("sources/footpath-society.html").contains("Unsigned and undated");
}

#[test]
fn the_new_site_publishes_only_what_each_record_allows() {
    let ran = built();
    let shows = |ran: &RunResult, words: &str| {
        let page = |path: &str| ran.page(path).text.contains(words);
        ran.pages().filter(|path| page(path)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shows(ran, "Please do not climb over them"), ["sources/council-notice.html"], "full");
    assert_eq!(shows(ran, "There has been a bridge at the tannery since 1811"), [""; 0], "excerpts");
    assert_eq!(shows(ran, "Bring a torch"), [""; 0], "quotes");
}

#[test]
fn the_printed_next_steps_work() {
    let site = SiteTest::new();
    let ran = site.run(&["new", "old papers/mill"]).succeeds();
    let next = "  cd \"old papers/mill\"\n  sourcewise serve --open\nshows the site and reloads it on every save; sourcewise build writes it to public\n";
    assert_eq!(ran.stdout, format!("wrote {} files to old papers/mill; next:\n{next}", SITE.len()));
    assert_eq!(ran.stderr, "");
    let built = site.run_in("old papers/mill", &["build"]).succeeds();
    built.stdout_contains("open public/index.html");
    assert!(site.path("old papers/mill/public/index.html").exists());
}

#[test]
fn no_cd_is_printed_for_the_current_folder() {
    let ran = SiteTest::new().run(&["new", "."]).succeeds();
    let next = "  sourcewise serve --open\nshows the site and reloads it on every save; sourcewise build writes it to public\n";
    assert_eq!(ran.stdout, format!("wrote {} files; next:\n{next}", SITE.len()));
}

#[test]
fn a_non_empty_folder_is_rejected_and_unchanged() {
    let site = SiteTest::new().file("mill/notes.txt", "Mine.").file("mill/zebra.txt", "Mine, too.");
    let before = site.tree("");
    let ran = site.run(&["new", "mill"]).cannot_run();
    let help = "help: name an empty folder, or one that does not exist yet";
    assert_eq!(
        ran.stderr,
        format!("error: `mill` is not empty: it contains `notes.txt`; nothing was changed\n  {help}\n")
    );
    assert_eq!((ran.stdout.as_str(), site.tree("")), ("", before));
}

#[test]
fn a_site_is_never_created_twice_in_one_folder() {
    let site = new_site().file("site.toml", "title = \"Mine\"\n");
    let before = site.tree("");
    site.run(&["new", "."]).cannot_run().stderr_contains("`.` is not empty");
    assert_eq!(site.tree(""), before);
}

#[test]
fn a_file_in_place_of_the_folder_is_rejected() {
    let site = SiteTest::new().file("mill", "Mine.");
    site.run(&["new", "mill"]).cannot_run().stderr_contains("`mill` is not a folder; nothing was changed");
    site.run(&["new", "mill/wheel"]).cannot_run().stderr_contains("`mill/wheel` is not a folder");
    assert_eq!(site.text("mill"), "Mine.");
}

#[test]
fn a_folder_fresh_from_git_init_counts_as_empty() {
    let site = SiteTest::new().file(".git/HEAD", "ref: refs/heads/main\n");
    site.run(&["new", "."]).succeeds();
    assert_eq!(site.text(".git/HEAD"), "ref: refs/heads/main\n");
    site.build().succeeds();
}

#[test]
fn a_failed_write_removes_the_files_written_before() {
    // The path of the folder is so long that only some of its files can be created.
    let name = format!("{}/{}", [&*"m".repeat(203); 19].join("/"), "m".repeat(199));
    let site = SiteTest::new();
    site.run(&["new", &name]).cannot_run().stderr_contains("error: cannot write `");
    assert_eq!(count_entries(&site), 0);
}
