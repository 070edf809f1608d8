//! Tests of the place of a quote: its page in a PDF, its chapter in a book, its time in
//! subtitles, and the place that a citation names.

use serde_json::{Value, json};

use crate::documents::zip;
use crate::support::{RunResult, SiteTest};

const FRONT: [&str; 2] = ["The survey of the old mill began in March, when the ice", "was gone."];
const RIVER: [&str; 2] = ["Its wheel was found in the river below the ford, broken", "in two by the flood."];
const SLUICE: [&str; 2] = ["Nobody could say who had opened the sluice that night,", "or why."];

/// Creates a PDF with a page for each text. `catalog` are more entries of its catalog.
fn pdf(catalog: &str) -> String {
    let pages = [FRONT, RIVER, SLUICE];
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R{catalog}>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[4 0 R 6 0 R 8 0 R]\
         /Count 3/MediaBox[0 0 600 400]/Resources<</Font<</F 3 0 R>>>>>>\nendobj\n\
         3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\n"
    );
    for (number, [one, other]) in (4..).step_by(2).zip(pages) {
        let content = format!("BT /F 10 Tf 12 TL 20 300 Td ({one}) Tj T* ({other}) Tj ET");
        let page = format!(
            "{number} 0 obj\n<</Type/Page/Parent 2 0 R/Contents {0} 0 R>>\nendobj\n\
             {0} 0 obj\n<</Length {1}>>\nstream\n{content}\nendstream\nendobj\n",
            number + 1,
            content.len()
        );
        pdf.push_str(&page);
    }
    pdf + "trailer\n<</Root 1 0 R>>\n%%EOF\n"
}

const ROMAN: &str = "/PageLabels<</Nums[0<</S/r/St 11>> 2<</S/D>>]>>";

const RECORD: &str = r#"title = "The survey"
url = "https://mill.example/survey.pdf#top"
[[answer]]
question = "wheel"
position = "broken"
summary = "It was broken."
quotes = ["found in the river", "broken in two"]
"#;

fn survey(catalog: &str, language: &str) -> SiteTest {
    SiteTest::new()
        .file("site.toml", &format!("title = \"The mill\"\ncards = false\nlanguage = \"{language}\"\n"))
        .file("content/index.md", "+++\ntitle = \"The mill\"\n+++\nIt broke [@survey \"broken in two\"].\n")
        .file(
            "content/questions/wheel.md",
            "+++\ntitle = \"What of the wheel?\"\n[positions]\nbroken = \"Broken\"\n+++\n",
        )
        .file("seeds/survey.toml", RECORD)
        .file("originals/survey.pdf", &pdf(catalog))
}

fn first_quote(ran: &RunResult) -> Value {
    ran.comparison()["questions"][0]["cells"][0]["answers"][0]["quotes"][0].clone()
}

/// Returns the citations of a page, from their opening to their closing tag, without the other tags.
fn citations(page: &str) -> Vec<String> {
    let html = page.split("<sup class=\"cite").skip(1).filter_map(|rest| rest.split_once("</sup>"));
    let text = |html: &str| -> String {
        html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
    };
    html.map(|(html, _)| text(&format!("<{html}"))).collect()
}

#[test]
fn a_quote_of_a_pdf_has_its_page_on_every_page_and_in_every_file() {
    let ran = survey("", "en").build().succeeds();
    let source = ran.page("sources/survey.html").contains("p. 2, paragraph 2");
    source.contains("href=\"https://mill.example/survey.pdf#page=2\"").lacks(":~:text");
    assert_eq!(citations(&ran.page("index.html").text), ["1, p.\u{a0}2"]);
    ran.page("index.html").contains("</a> (p. 2)");
    let quote = first_quote(&ran);
    assert_eq!(
        [&quote["page"], &quote["page_label"], &quote["chapter"]],
        [&json!(2), &Value::Null, &Value::Null]
    );
    let csv = ran.page("compare.csv").text;
    assert!(csv.lines().next().is_some_and(|header| header.ends_with(",basis,pages")), "{csv}");
    assert!(csv.contains(",editor,2 | 2"), "{csv}");
    ran.page("search-index.js").contains("\"p. 2\"");
}

#[test]
fn annotations_select_the_page_of_the_pdf() {
    let ran = survey("", "en").build().succeeds();
    let annotations: Value =
        serde_json::from_str(&ran.page("annotations.jsonld").text).expect("annotations are JSON");
    let targets = annotations["first"]["items"][0]["target"].as_array().expect("targets");
    let on_page = |target: &Value| target["selector"][0]["value"] == "page=2";
    assert_eq!(targets.iter().map(on_page).collect::<Vec<_>>(), [true, true, false]);
    let selector = &targets[1]["selector"][0];
    assert_eq!(selector["conformsTo"], "http://tools.ietf.org/rfc/rfc3778");
    assert_eq!(selector["refinedBy"]["exact"], "found in the river");
    assert_eq!(targets[1]["source"]["format"], "application/pdf");
    let web = survey("", "en").file("seeds/survey.toml", &RECORD.replace(".pdf", ""));
    let text = web.build().succeeds().page("annotations.jsonld").text;
    assert_eq!(text.matches("page=2").count(), 2, "the file at the address is no PDF");
}

#[test]
fn a_printed_page_number_is_shown_with_the_page_of_the_file() {
    let ran = survey(ROMAN, "en").build().succeeds();
    ran.page("sources/survey.html").contains("p. xii (page 2 of the PDF), paragraph 2").contains("#page=2");
    assert_eq!(citations(&ran.page("index.html").text), ["1, p.\u{a0}xii"]);
    let quote = first_quote(&ran);
    assert_eq!([&quote["page"], &quote["page_label"]], [&json!(2), &json!("xii")]);
    ran.page("compare.csv").contains(",editor,xii | xii");
    let german = survey(ROMAN, "de").build().succeeds();
    german.page("sources/survey.html").contains("S. xii (Seite 2 der PDF-Datei), Absatz 2");
}

#[test]
fn the_lock_keeps_the_pages_of_its_quotes() {
    let site = survey(ROMAN, "en");
    site.verify().succeeds();
    let lock: toml::Table = site.text("seeds/quotes.lock").parse().expect("the lock is TOML");
    let divisions = &lock["source"]["survey"]["divisions"];
    assert_eq!(divisions["kind"].as_str(), Some("page"));
    assert_eq!(divisions["highest"].as_integer(), Some(3));
    let pages = divisions["list"].as_array().expect("a list").iter();
    assert_eq!(pages.filter_map(|page| page["name"].as_str()).collect::<Vec<_>>(), ["xii"]);
    let with = site.build().succeeds();
    let site = site.without("originals");
    let without = site.build().succeeds();
    assert_eq!(first_quote(&with)["page_label"], first_quote(&without)["page_label"]);
    assert_eq!(with.page("index.html").text, without.page("index.html").text);
    let wrong = site.file(
        "content/wrong.md",
        "+++\ntitle = \"W\"\n+++\n[@survey, p. 3 \"broken in two\"] [@survey, p. 9]\n",
    );
    wrong
        .build()
        .succeeds()
        .stderr_contains("at `p. xii`, not at `p. 3`")
        .stderr_contains("nothing at `p. 9`");
    let absent = survey(ROMAN, "en")
        .file("content/index.md", "+++\ntitle = \"W\"\n+++\n[@survey \"broken in three\"]\n");
    absent.build().finds_problems().stderr_contains("in paragraph 2 (p. xii): “broken in");
}

#[test]
fn words_before_a_source_and_its_place_are_shown() {
    let page = "+++\ntitle = \"The mill\"\n+++\nIt broke [see @survey, pp. 2-3; also -@letter, § 4, 6].\n\n\
        It broke [@letter, 7 f.] and [@survey; @letter].\n\n> found in the river [cf. @survey, ch. 1]\n";
    let site = survey("", "en").file("content/index.md", page).file("seeds/letter.txt", "It rained.\n");
    let ran = site.build().succeeds();
    let index = ran.page("index.html");
    assert_eq!(
        citations(&index.text),
        ["see 2, pp.\u{a0}2–3; also 1, § 4, 6", "1, pp.\u{a0}7 f.", "1, 2", "2"]
    );
    index
        .contains("<footer>cf. <a")
        .contains("</sup>, ch. 1, p. 2, paragraph 2</footer>")
        .contains("</a> (§ 4, 6)");
    let notes = format!("notes = \"See [likewise @letter, p. 7].\"\n{RECORD}");
    let ran = site.file("seeds/survey.toml", &notes).build().succeeds();
    ran.page("sources/survey.html").contains("(likewise <a").contains("</a>, p.\u{a0}7)");
}

#[test]
fn a_quote_of_a_book_has_its_chapter() {
    let contents = "<nav epub:type='toc'><ol><li><a href='one.xhtml'>The ford</a></li><li><a href='two.xhtml'>II</a></li></ol></nav>";
    let html = "media-type='application/xhtml+xml'";
    let package = format!(
        "<package><item id='n' href='nav.xhtml' properties='nav' {html}/><item id='a' href='one.xhtml' {html}/>\
         <item id='b' href='two.xhtml' {html}/><itemref idref='a'/><itemref idref='b'/></package>"
    );
    let book = zip(&[
        ("META-INF/container.xml", "<rootfile full-path='book.opf'/>"),
        ("book.opf", &package),
        ("nav.xhtml", contents),
        ("one.xhtml", "<p>Its wheel was found in the river.</p>"),
        ("two.xhtml", "<p>It was broken in two by the flood.</p>"),
    ]);
    let page = "+++\ntitle = \"The mill\"\n+++\n[@survey, ch. 2 \"broken in two\"] and [@survey, ch. 3 \"by the flood\"]\n";
    let site = survey("", "en")
        .without("originals")
        .bytes("seeds/survey.epub", &book)
        .file("content/index.md", page);
    let ran = site.build().succeeds().stderr_contains("at `ch. 2`, not at `ch. 3`");
    ran.page("sources/survey.html").contains("“The ford”, paragraph 1").contains("ch. 2, paragraph 2");
    assert_eq!(first_quote(&ran)["chapter"], "The ford");
    ran.page("compare.csv").contains(",editor,The ford | II");
    assert_eq!(ran.stderr.matches("warning[wrong-place]").count(), 1);
}

#[test]
fn a_quote_of_subtitles_has_its_time() {
    let subtitles = "1\n00:00:58,000 --> 00:01:01,000\nIts wheel was found in the river,\n\n\
                     2\n01:02:03,500 --> 01:02:06,000\nbroken in two by the flood.\n";
    let page = "+++\ntitle = \"The mill\"\n+++\nIt broke [@survey \"broken in two\"], as they say \
                [@survey, 1:02:00 \"by the flood\"], and not [@survey, 0:10 \"in two\"] or [@survey, 2:00:00].\n\n\
                > found in the river [@survey, 0:58]\n";
    for (name, words) in [("survey.srt", subtitles.to_owned()), ("survey.vtt", subtitles.replace(',', "."))] {
        let site = survey("", "en").without("originals").file(&format!("seeds/{name}"), &words);
        let ran = site.file("content/index.md", page).build().succeeds();
        let ran =
            ran.stderr_contains("at `01:02:03`, not at `0:10`").stderr_contains("its last time is 01:02:03");
        assert_eq!(ran.stderr.matches("warning[wrong-place]").count(), 2);
        ran.page("sources/survey.html").contains("at 00:00:58, paragraph 1");
        ran.page("index.html").contains(", at 00:00:58, paragraph 1</footer>").lacks("0:58, at");
        assert_eq!(citations(&ran.page("index.html").text)[..2], ["1, 01:02:03", "1, 1:02:00"]);
        assert_eq!(first_quote(&ran)["time"], "00:00:58");
        ran.page("compare.csv").contains(",editor,00:00:58 | 01:02:03");
    }
}
