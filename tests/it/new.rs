//! `new`: the site that it makes builds at once and shows everything, and nothing that is there is ever touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;
use sourcewise::commands::new::SITE;

use crate::support::{Ran, SiteTest, tree};

/// A folder with the site in it.
fn made() -> SiteTest {
    let site = SiteTest::new();
    site.run(&["new", "."]).succeeds();
    site
}

/// What is built from it, once for all that look at it.
fn built() -> &'static Ran {
    static BUILT: OnceLock<Ran> = OnceLock::new();
    BUILT.get_or_init(|| made().without_cards().build().succeeds())
}

/// All values of a key, at any depth.
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

/// How many files and folders there are, hidden ones too.
fn entries(site: &SiteTest) -> usize {
    fs::read_dir(site.path("")).expect("the folder is there").count()
}

#[test]
fn the_embedded_site_is_the_folder_beside_the_command() {
    let folder = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/new/site"));
    let embedded: BTreeMap<_, _> =
        SITE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    assert_eq!(folder.keys().collect::<Vec<_>>(), embedded.keys().collect::<Vec<_>>());
    for (path, bytes) in folder {
        assert_eq!(bytes, embedded[&path], "{path} changed after the program was built");
    }
}

#[test]
fn the_made_site_has_no_problem_and_builds() {
    let site = made();
    let checked = site.check().succeeds();
    assert_eq!((checked.stdout.as_str(), checked.stderr.as_str()), ("no problems\n", ""));
    let ran = site.build().succeeds().stdout_contains("4 sources, 4 questions");
    assert_eq!(ran.stderr, "");
}

#[test]
fn the_made_site_shows_every_agreement_voice_and_state() {
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
        comparison.pointer("/questions/0/positions").and_then(Value::as_array).expect("positions");
    let count = |position: &Value| {
        let sources = position["sources"].as_array().map(Vec::len);
        (sources, position["independent"].as_u64())
    };
    let two_sources_are_one_witness = (Some(2), Some(1));
    assert!(positions.iter().map(count).any(|counts| counts == two_sources_are_one_witness));
}

#[test]
fn the_made_site_uses_what_markdown_and_records_can_do() {
    let ran = built();
    let story = ran.page("story.html");
    let story = story.contains("<table>").contains("footnote").contains("alert").contains("id=\"cite--1\"");
    story.contains("compare.html#why-closed");
    ran.page("bridge.html").contains("The Calverstow Courier").contains("has been closed to everybody");
    ran.page("sources/footpath-society.html").contains("Unsigned and undated");
}

#[test]
fn the_made_site_publishes_of_each_document_what_its_record_allows() {
    let ran = built();
    let shows = |ran: &Ran, words: &str| {
        let page = |path: &str| ran.page(path).text.contains(words);
        ran.pages().filter(|path| page(path)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shows(ran, "Please do not climb over them"), ["sources/council-notice.html"], "full");
    assert_eq!(shows(ran, "There has been a bridge at the tannery since 1811"), [""; 0], "excerpts");
    assert_eq!(shows(ran, "Bring a torch"), [""; 0], "quotes");
}

#[test]
fn what_is_said_at_the_end_can_be_typed() {
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
fn where_one_stands_already_no_folder_is_to_be_gone_to() {
    let ran = SiteTest::new().run(&["new", "."]).succeeds();
    let next = "  sourcewise serve --open\nshows the site and reloads it on every save; sourcewise build writes it to public\n";
    assert_eq!(ran.stdout, format!("wrote {} files; next:\n{next}", SITE.len()));
}

#[test]
fn a_folder_that_holds_something_is_refused_and_left_as_it_is() {
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
fn a_site_is_never_made_twice_in_one_folder() {
    let site = made().file("site.toml", "title = \"Mine\"\n");
    let before = site.tree("");
    site.run(&["new", "."]).cannot_run().stderr_contains("`.` is not empty");
    assert_eq!(site.tree(""), before);
}

#[test]
fn a_file_is_no_folder() {
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
fn if_a_file_cannot_be_written_those_before_it_are_taken_back() {
    // A folder whose own path is just short enough: some of the files in it can be made, others can't.
    let name = format!("{}/{}", [&*"m".repeat(203); 19].join("/"), "m".repeat(199));
    let site = SiteTest::new();
    site.run(&["new", &name]).cannot_run().stderr_contains("error: cannot write `");
    assert_eq!(entries(&site), 0);
}
