//! Tests of `sourcewise add`.

use crate::support::SiteTest;

const LETTER: &str =
    "Fire at the old mill\n\nThe old mill at the ford burnt down on Friday. It was lightning.\n";

#[test]
fn adding_a_document_copies_it_and_writes_a_record_with_a_readable_id() {
    let site =
        SiteTest::new().file("site.toml", "title = \"The mill\"\n").file("in/Mill Fire (1).txt", LETTER);
    site.run(&["add", "in/Mill Fire (1).txt"])
        .succeeds()
        .stdout_contains("seeds/mill-fire-1.txt and seeds/mill-fire-1.toml: “Fire at the old mill”, 18 words")
        .stdout_contains("sourcewise suggest mill-fire-1");
    assert_eq!(site.text("seeds/mill-fire-1.txt"), LETTER);
    assert!(site.text("seeds/mill-fire-1.toml").contains("title = \"Fire at the old mill\""));
    site.build().succeeds().stdout_contains("1 source,");
}

#[test]
fn the_record_gets_the_metadata_of_a_web_page() {
    let page = "<html lang=\"en\"><head><title>Fire | The Gazette</title><meta property=\"og:site_name\" content=\"The Gazette\">\
        <meta property=\"article:published_time\" content=\"1911-06-03\"><link rel=\"canonical\" href=\"https://gazette.example/fire\"></head>\
        <body><article><h1>Fire</h1><p>The old mill at the ford burnt down on Friday, and nobody knows why it did.</p></article></body></html>";
    let site =
        SiteTest::new().file("site.toml", "title = \"The mill\"\n").file("b983466ce9a72b56.html", page);
    site.run(&["add", "b983466ce9a72b56.html"]).succeeds();
    let record = site.text("seeds/the-gazette-fire.toml");
    for line in [
        "title = \"Fire\"",
        "publisher = \"The Gazette\"",
        "url = \"https://gazette.example/fire\"",
        "published = 1911-06-03",
        "language = \"en\"",
        "# author = \"\"",
    ] {
        assert!(record.contains(&format!("{line}\n")), "no `{line}` in:\n{record}");
    }
    site.check().succeeds();
}

#[test]
fn nothing_is_overwritten_and_nothing_is_added_twice() {
    let site = SiteTest::new()
        .file("site.toml", "title = \"The mill\"\n")
        .file("seeds/letter.toml", "title = \"Mine\"\n")
        .file("letter.txt", LETTER);
    site.run(&["add", "letter.txt"]).succeeds().stdout_contains("seeds/letter-2.toml");
    assert_eq!(site.text("seeds/letter.toml"), "title = \"Mine\"\n");
    let before = site.tree("seeds");
    site.run(&["add", "letter.txt"])
        .succeeds()
        .stdout_contains("letter.txt was added before, as seeds/letter-2.txt");
    assert_eq!(site.tree("seeds"), before);
}

#[test]
fn record_only_writes_no_copy_of_the_document() {
    let site = SiteTest::new().file("site.toml", "title = \"The mill\"\n").file("letter.txt", LETTER);
    site.run(&["add", "--record-only", "letter.txt"])
        .succeeds()
        .stdout_contains("put the document into originals/letter.txt");
    let files: Vec<String> = site.tree("seeds").into_keys().collect();
    assert_eq!(files, ["letter.toml"]);
    assert!(site.text("seeds/letter.toml").contains("publish = \"quotes\""));
}

#[test]
fn an_unreadable_document_is_reported_and_the_others_are_added() {
    let site = SiteTest::new().file("a.pdf", "no PDF").file("b.txt", LETTER).file("c.rtf", "x");
    let ran = site.run(&["add", "a.pdf", "b.txt", "c.rtf"]).finds_problems();
    ran.stderr_contains("error[document-unread]")
        .stderr_contains("error[document-kind]")
        .stdout_contains("1 source added");
    let files: Vec<String> = site.tree("seeds").into_keys().collect();
    assert_eq!(files, ["fire-at-the-old-mill.toml", "fire-at-the-old-mill.txt"]);
    site.run(&["add", "nowhere.txt", "in"]).finds_problems().stderr_contains("cannot read `nowhere.txt`");
}

#[test]
fn of_a_folder_the_documents_directly_in_it_are_added() {
    let site = SiteTest::new()
        .file("in/letter.txt", LETTER)
        .file("in/~$letter.docx", "x")
        .file("in/photo.jpg", "x")
        .file("in/old/other.txt", "It was a lamp.\n");
    site.run(&["add", "in"])
        .succeeds()
        .stdout_contains("in: 2 other files and folders left out")
        .stdout_contains("1 source added");
    assert!(site.tree("seeds").keys().eq(["letter.toml", "letter.txt"]));
    let none = SiteTest::new().file("in/old/other.txt", LETTER).run(&["add", "in"]).succeeds();
    none.stdout_contains("in has no documents directly in it; name the files to add");
}

#[test]
fn one_file_can_be_given_an_id() {
    let site = SiteTest::new()
        .file("site.toml", "title = \"The mill\"\n")
        .file("a.txt", LETTER)
        .file("b.txt", "x\n");
    site.run(&["add", "--id", "gazette", "a.txt"]).succeeds().stdout_contains("seeds/gazette.toml");
    let before = site.tree("seeds");
    assert!(before.keys().eq(["gazette.toml", "gazette.txt"]));
    let taken = site.run(&["add", "--id", "Gazette", "b.txt"]).exits(2);
    taken.stderr_contains("there is a source `Gazette` already: `seeds/gazette.toml`");
    let invalid = site.run(&["add", "--id", "The Gazette", "b.txt"]).exits(2);
    invalid.stderr_contains("help: write `the-gazette`: ids consist of letters");
    let several = site.run(&["add", "--id", "herald", "a.txt", "b.txt"]).exits(2);
    several.stderr_contains("`--id` names one source, but there are 2 files");
    assert_eq!(site.tree("seeds"), before);
}
