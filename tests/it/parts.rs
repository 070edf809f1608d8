//! Tests of the parts of a page that are not in its text: `include` and `exclude`, and the lists of such parts.

use crate::support::SiteTest;

const PAGE: &str = "<!doctype html><title>The windmill</title>\n<nav class=top><a href=/>Home</a></nav>\n<article>\n\
    <h1>The windmill turns</h1><p>The windmill above the village turned on Monday for the first time in sixty years.</p>\n\
    <p>A <s>tailor</s> carpenter from the coast had made new sails for it, and the baker bought the first sack of flour.</p>\n\
    <p class=late>A storm is expected, and the owner said that he would take the sails down again on Friday.</p>\n\
    <p hidden>Draft of Sunday.</p></article>\n<div class=x1><p>Flour from the mill is sold at the bakery.</p></div>\n";

const SOLD: &str = "Flour from the mill is sold";

/// A site with the document `PAGE`, whose record has the lines `record`, and with a page that quotes `quote` from it.
fn quoting(record: &str, quote: &str) -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The village\"\ncards = false\n")
        .file(
            "content/index.md",
            &format!("+++\ntitle = \"The village\"\n+++\nIt turns [@mill \"{quote}\"].\n"),
        )
        .file("seeds/mill.toml", &format!("title = \"The windmill\"\npublish = \"full\"\n{record}\n"))
        .file("seeds/mill.html", PAGE)
}

#[test]
fn a_record_takes_parts_in_and_leaves_parts_out() {
    quoting("", SOLD).check().finds_problems().stderr_contains("`include = \"div.x1\"`");
    let built = quoting("include = \"div.x1\"", SOLD).build().succeeds();
    built.page("sources/mill.html").contains("sold at the bakery").contains("A storm is expected");
    let built = quoting("exclude = [\".late\", \"h1\"]", "the baker bought").build().succeeds();
    built.page("sources/mill.html").lacks("A storm is expected").lacks("The windmill turns");
    quoting("exclude = \".late\"", "A storm is expected")
        .check()
        .finds_problems()
        .stderr_contains("excludes (line 6)");
    quoting("exclude = \"html\"", "A storm")
        .check()
        .finds_problems()
        .stderr_contains("leaves no text of `mill.html`");
}

#[test]
fn two_records_of_one_document_name_different_parts() {
    let site = quoting("include = \"div.x1\"", SOLD).file(
        "seeds/twin.toml",
        "title = \"Again\"\ndocument = \"mill.html\"\nexclude = \"h1\"\npublish = \"full\"\n",
    );
    let built = site.build().succeeds();
    built.page("sources/mill.html").contains("sold at the bakery").contains("The windmill turns");
    built.page("sources/twin.html").lacks("sold at the bakery").lacks("The windmill turns");
}

#[test]
fn the_lock_proves_a_quote_of_an_included_part() {
    let site =
        quoting("include = \"div.x1\"", SOLD).without("seeds/mill.html").file("originals/mill.html", PAGE);
    let site = site.file("seeds/mill.toml", "title = \"The windmill\"\ninclude = \"div.x1\"\n");
    site.verify().succeeds();
    site.without("originals").build().succeeds();
}

#[test]
fn quotations_without_a_citation_of_their_own_are_told_of_the_part_too() {
    let site = quoting("", "the baker bought").file(
        "content/sale.md",
        &format!("+++\ntitle = \"Sale\"\n+++\nIt says that “{SOLD}” there [@mill].\n"),
    );
    let ran = site.check().succeeds().stderr_contains("[quotation-not-found]");
    assert!(
        ran.stderr.replace("\n          ", " ").contains("they are in the file of `mill`, in a part"),
        "{}",
        ran.stderr
    );
}

#[test]
fn add_and_check_list_what_is_not_in_the_text() {
    let site = SiteTest::new().file("windmill.html", PAGE);
    let lines = [
        "line 2, navigation `nav.top`, 1 word: “Home”",
        "line 8, another part `div.x1`, 9 words: “Flour from",
        "hidden, 3 words: “Draft of Sunday.”",
        "struck out, 1 word: “tailor”",
    ];
    let added = site.run(&["add", "windmill.html"]).succeeds().stdout;
    let checked = site.run(&["check", "--verbose"]).succeeds().stdout;
    for list in [&added, &checked] {
        assert!(list.contains("not in the text of `windmill`:\n  line 2"), "{list}");
        assert!(lines.iter().all(|line| list.contains(line)), "{list}");
    }
    assert!(!site.run(&["check"]).succeeds().stdout.contains("navigation"));
    let json = site.run(&["check", "--verbose", "--format", "json"]).succeeds().stdout;
    assert!(json.starts_with('{'), "{json}");
    let one_box = |n: usize| format!("<div class=b{n}><p>{}</p></div>", "Boat ".repeat(n + 3));
    let boxes: String = (0..9).map(one_box).collect();
    let added =
        SiteTest::new().file("pier.html", &format!("{PAGE}{boxes}")).run(&["add", "pier.html"]).succeeds();
    let listed = added.stdout.lines().filter(|line| line.starts_with("  line")).count();
    assert!(
        listed == 6
            && added.stdout.contains("div.b8")
            && added.stdout.contains("more: sourcewise check --verbose"),
        "{}",
        added.stdout
    );
}

#[test]
fn text_of_a_pages_metadata_is_marked_on_its_page_and_in_the_data() {
    let shell = "<title>The windmill</title><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"articleBody\": \
        \"The windmill above the village turned on Monday.\\nThe baker bought the first sack of flour.\"}</script>\
        <div id=app></div><p>Loading …</p>";
    let site = quoting("", "The baker bought").without("seeds/mill.html").file("originals/mill.html", shell);
    let site = site.file("seeds/mill.toml", "title = \"The windmill\"\n");
    let is_marked = |site: &SiteTest| {
        let ran = site.build().succeeds();
        let page = ran.page("sources/mill.html").text.contains("Text read from the page’s metadata");
        (page, ran.page("compare.json").text.contains("\"from_metadata\": true"))
    };
    assert_eq!(is_marked(&site), (true, true));
    site.verify().succeeds();
    assert_eq!(is_marked(&site.without("originals")), (true, true), "by the lock");
    let added = SiteTest::new().file("windmill.html", shell).run(&["add", "windmill.html"]).succeeds();
    added.stdout_contains("the text of `windmill` is that of the page's metadata");
}
