//! A small site with something of everything, held against what it must become: `../sites/mill.*`.
//!
//! `SOURCEWISE_BLESS=1 cargo test` writes down what it becomes now; read the change before you keep it.

use std::fs;
use std::path::Path;

use crate::support::{SiteTest, blessing, write};

/// Holds a text of the site against the file of a name in `tests/sites`.
#[track_caller]
fn is_as_written_down(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    if blessing() {
        write(&path, found.as_bytes());
    }
    let expected = fs::read_to_string(&path).expect("what is expected is written down");
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}:{}", number + 1);
    }
    assert_eq!(found, expected, "{name}");
}

#[test]
fn a_golden_site_gives_its_data_to_the_byte() {
    let ran = SiteTest::golden().build().succeeds();
    for name in ["compare.json", "compare.csv", "annotations.jsonld", "sources.bib", "sources.csl.json"] {
        is_as_written_down(&format!("mill.{name}"), &ran.page(name).text);
    }
}

#[test]
fn a_golden_site_shows_its_readers_the_same_pages() {
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
        let start = page.find("<main").expect("a page has content");
        let end = page.find("</main>").expect("its content ends") + "</main>".len();
        is_as_written_down(&format!("mill.{}", path.replace('/', ".")), &format!("{}\n", &page[start..end]));
    }
}
