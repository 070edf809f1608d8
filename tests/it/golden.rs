//! Golden tests: compares the output of a small site that uses every feature with the expected files `../sites/mill.*`.
//!
//! `SOURCEWISE_BLESS=1 cargo test` updates the expected files; read the diff before you commit it.

use std::fs;
use std::path::Path;

use crate::support::{SiteTest, is_blessing, write};

/// Compares a text with an expected file in `tests/sites`.
#[track_caller]
fn assert_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    if is_blessing() {
        write(&path, found.as_bytes());
    }
    let expected = fs::read_to_string(&path).expect("the expected file exists");
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}:{}", number + 1);
    }
    assert_eq!(found, expected, "{name}");
}

#[test]
fn golden_data_files_match() {
    let ran = SiteTest::golden().build().succeeds();
    for name in ["compare.json", "compare.csv", "annotations.jsonld", "sources.bib", "sources.csl.json"] {
        assert_golden(&format!("mill.{name}"), &ran.page(name).text);
    }
}

#[test]
fn golden_pages_match() {
    let ran = SiteTest::golden().build().succeeds();
    for path in [
        "index.html",
        "places/wheel.html",
        "compare.html",
        "compare/cause.html",
        "compare/ballad--gazette.html",
        "sources/gazette.html",
    ] {
        let page = ran.page(path).text;
        let start = page.find("<main").expect("a page has a <main> element");
        let end = page.find("</main>").expect("the <main> element is closed") + "</main>".len();
        assert_golden(&format!("mill.{}", path.replace('/', ".")), &format!("{}\n", &page[start..end]));
    }
}
