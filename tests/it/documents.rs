//! Tests of reading documents in every format.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::support::{RunResult, SiteTest};

/// A site with one source that quotes its document.
fn quoting(name: &str, document: &[u8], quote: &str) -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file(
            "content/questions/cause.md",
            "+++\ntitle = \"What set fire to it?\"\nterms = [\"lightning\"]\n[positions]\nlightning = \"Lightning\"\n+++\n",
        )
        .file(
            "seeds/gazette.toml",
            &format!(
                "title = \"Fire\"\npublish = \"full\"\ndocument = \"{name}\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\n\
                 summary = \"It was lightning.\"\nquotes = [\"{quote}\"]\n"
            ),
        )
        .bytes(&format!("seeds/{name}"), document)
}

/// Returns the paragraphs of the document as shown on the source's page.
fn paragraphs(ran: &RunResult) -> Vec<String> {
    let page = ran.page("sources/gazette.html").text;
    let items = page.split("<li id=\"paragraph--").skip(1);
    let text = |item: &str| {
        item.split_once('>').and_then(|(_, rest)| rest.split_once("</li>")).map(|(text, _)| text.to_owned())
    };
    items.filter_map(text).collect()
}

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fire at the mill | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="article:published_time" content="1911-06-03T21:15:00+01:00">
<meta name="author" content="Ann Miller"><style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News of the valley</a></li></ul></nav>
<article><h1>Fire at the mill</h1>
<p>The old mill at the ford burnt down on Friday night, while most of the town was asleep in its beds.</p>
<p>According to the night watch, <b>light</b>ning struck it&nbsp;at ten, and the wheel fell into the river soon after.</p>
<aside class="related"><p>Read also: the ferry loses its rope, and other stories of the week.</p></aside>
<p>Nobody was hurt, the council said, and the insurance will have to pay for what is left of the machines.</p></article>
<div class="comments"><p>First! What a shame about the mill, I loved it so much as a child.</p></div>
<footer><p>Copyright 1911 The Gazette. All rights reserved.</p></footer><script>document.write("It was arson.")</script></body></html>"#;

#[test]
fn only_the_article_of_a_web_page_is_read() {
    let ran = quoting("page.html", PAGE.as_bytes(), "lightning struck it at ten").build().succeeds();
    let read = paragraphs(&ran);
    assert_eq!(read.len(), 4, "{read:#?}");
    assert!(read[1].starts_with("The old mill") && read[3].starts_with("Nobody was hurt"), "{read:#?}");
    ran.page("sources/gazette.html").lacks("arson").lacks("Read also").lacks("First!");
}

#[test]
fn metadata_of_a_page_without_a_record_is_shown() {
    let site = SiteTest::new().file("seeds/page.html", PAGE);
    let ran = site.build().succeeds();
    let page = ran.page("sources/page.html");
    page.contains("The Gazette").contains("3 June 1911").contains("Ann Miller").contains("Fire at the mill");
}

#[test]
fn paragraphs_and_headings_of_a_word_document_are_read() {
    let body = r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Fire at the mill</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">At ten, light</w:t></w:r><w:r><w:t>ning struck the mill.</w:t></w:r><w:del><w:r><w:delText>It was arson.</w:delText></w:r></w:del></w:p>
</w:body></w:document>"#;
    let document = zip(&[("word/document.xml", body), ("../../../escaped.txt", "out")]);
    let site = quoting("letter.docx", &document, "lightning struck the mill");
    let ran = site.build().succeeds();
    let expected = ["Fire at the mill", "At ten, lightning struck the mill. <del>It was arson.</del>"];
    assert_eq!(paragraphs(&ran), expected);
    assert!(!site.path("../escaped.txt").exists() && !site.path("../../escaped.txt").exists());
}

#[test]
fn chapters_of_an_epub_are_read_in_order() {
    let chapter = |text: &str| {
        format!(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>A chapter</h1><p>{text}</p></body></html>"
        )
    };
    let package = r#"<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Fires</dc:title></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let container = r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let (one, two) = (chapter("Then lightning struck it."), chapter("And so it ended."));
    let book = zip(&[
        ("META-INF/container.xml", container),
        ("book.opf", package),
        ("two.xhtml", &two),
        ("one.xhtml", &one),
    ]);
    let ran = quoting("book.epub", &book, "lightning struck it").build().succeeds();
    let read = paragraphs(&ran);
    assert_eq!(read, ["A chapter", "Then lightning struck it.", "A chapter", "And so it ended."]);
}

#[test]
fn lines_and_hyphenated_words_of_a_pdf_are_joined() {
    let lines = [
        "The old mill at the ford burnt down on Friday night, while most of the",
        "town was asleep. According to the night watch, light-",
        "ning struck it at ten, and the wheel fell into the river soon after that.",
    ];
    let ran = quoting("report.pdf", &pdf(&lines), "lightning struck it at ten").build().succeeds();
    assert_eq!(paragraphs(&ran).len(), 1, "{:?}", paragraphs(&ran));
}

#[test]
fn text_read_by_machine_from_a_scan_is_marked_on_its_page_and_in_the_data() {
    let lines =
        ["The old mill at the ford burnt down on Friday night.", "Lightning struck it at ten, so they say."];
    let scan = pdf_page(&format!("q 612 0 0 792 0 0 cm /Scan Do Q {}", shown(&lines, "3 Tr")));
    for (name, document, is_marked) in [("scan.pdf", scan, true), ("report.pdf", pdf(&lines), false)] {
        let site = quoting(name, &document, "Lightning struck it at ten");
        let is_marked_in = |ran: &RunResult| {
            let page = ran.page("sources/gazette.html").text.contains("Text read by machine from a scan");
            (page, ran.page("compare.json").text.contains("\"machine_read\": true"))
        };
        assert_eq!(is_marked_in(&site.build().succeeds()), (is_marked, is_marked), "{name}");
        let said = |ran: RunResult| ran.stdout.contains("was recognized by a program in a scan");
        assert_eq!(said(site.run(&["check", "--verbose"])), is_marked, "{name}");
        let added = SiteTest::new().bytes(&format!("in/{name}"), &document);
        assert_eq!(said(added.run(&["add", &format!("in/{name}")])), is_marked, "{name}");
        let record = site.text("seeds/gazette.toml").replace("publish = \"full\"\n", "");
        let site = site.without(&format!("seeds/{name}")).file("seeds/gazette.toml", &record);
        let site = site.bytes(&format!("originals/{name}"), &document);
        site.verify().succeeds();
        let built = site.without("originals").build().succeeds();
        assert_eq!(is_marked_in(&built), (is_marked, is_marked), "{name}, by the lock");
    }
}

#[test]
fn a_quote_over_the_edge_of_a_printed_page_is_proved() {
    let page = |(number, crew): (usize, &str)| {
        format!(
            "   of the {crew}, hung at the bow of the boat.\n\n   The {crew} who crosses the river at night carries\n\n\n\
             Quill                  Informational                  [Page {number}]\n\u{c}\n\
             Memo 12               Ferries at Night                May 1911\n\n\n"
        )
    };
    let memo: String = (1..).zip(["ferryman", "miller", "carter", "baker"]).map(page).collect();
    let memo = memo.replace("carries\n", "carries the lamp\n");
    let over_the_edge = "The miller who crosses the river at night carries the lamp of the carter";
    let ran = quoting("memo.txt", memo.as_bytes(), over_the_edge).build().succeeds();
    assert!(paragraphs(&ran).iter().all(|one| !one.contains("Quill") && !one.contains("Memo 12")));
    let footer = quoting("memo.txt", memo.as_bytes(), "Quill Informational").build().finds_problems();
    footer.stderr_contains("in the header or footer of a page");
}

#[test]
fn a_zip_bomb_is_rejected() {
    let bomb = zip(&[("word/document.xml", &"<w:p>".repeat(400_000))]);
    let site =
        quoting("bomb.docx", &bomb, "x").file("site.toml", "title = \"x\"\n[limits]\ndocument_kb = 100\n");
    site.build()
        .finds_problems()
        .stderr_contains("error[document-too-large]")
        .stderr_contains("when unpacked");
}

#[test]
fn a_text_longer_than_any_book_is_rejected() {
    let site = quoting("list.txt", "The mill burnt.\n".repeat(250_001).as_bytes(), "The mill burnt");
    site.build()
        .finds_problems()
        .stderr_contains("error[document-too-large]")
        .stderr_contains("250000 lines");
}

#[test]
fn a_deeply_nested_page_is_rejected() {
    let site = SiteTest::new()
        .file("seeds/deep.html", &"<div>".repeat(100_000))
        .file("seeds/plain.txt", "The mill burnt down on Friday.");
    site.build().succeeds().stderr_contains("warning[document-unread]").stdout_contains("1 source,");
}

#[test]
fn scripts_of_a_web_page_are_not_published() {
    let hostile = PAGE.replace(
        "Nobody was hurt",
        "<img src=x onerror=\"alert(1)\"><svg onload=\"alert(2)\"><script>alert(3)</script></svg><a href=\"javascript:alert(4)\">Nobody</a> was &lt;script&gt;alert(5)&lt;/script&gt; hurt",
    );
    let ran = quoting("page.html", hostile.as_bytes(), "lightning struck it at ten").build().succeeds();
    for (path, bytes) in ran.pages().map(|path| (path, &ran.public[path])) {
        let page = String::from_utf8_lossy(bytes);
        for part in ["<script>alert", "onerror=", "onload=", "javascript:"] {
            assert!(!page.contains(part), "`{part}` in {path}");
        }
    }
    ran.page("sources/gazette.html").contains("&lt;script&gt;alert(5)");
}

/// Creates a ZIP archive of these files: name and text of each.
pub(crate) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("an entry can be added in memory");
        writer.write_all(text.as_bytes()).expect("an entry can be written in memory");
    }
    writer.finish().expect("an archive can be finished in memory").into_inner()
}

/// Creates a PDF of one page with these lines, 14 points apart.
fn pdf(lines: &[&str]) -> Vec<u8> {
    pdf_page(&shown(lines, ""))
}

#[test]
fn excluded_pages_of_a_pdf_file_are_counted_from_one() {
    let document =
        pdf(&["The old mill at the ford burnt down on Friday night.", "Lightning struck it at ten."]);
    let excluding = |pages: &str| {
        let site = quoting("report.pdf", &document, "Lightning struck it at ten");
        let record = format!("exclude = \"{pages}\"\n{}", site.text("seeds/gazette.toml"));
        site.file("seeds/gazette.toml", &record).check().finds_problems().stderr
    };
    assert!(excluding("2-3").contains("`report.pdf` has no such pages: it has 1 page\n"));
    assert!(excluding("iv").contains("`iv` names no pages\n"));
    assert!(excluding("1").contains("`exclude` leaves no text of `report.pdf`\n"));
}

#[test]
fn a_quote_of_an_excluded_part_of_a_book_is_told_where() {
    let chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>The mill</h1>\n<p>It burnt down on Friday.</p>\n\
        <aside class='box'><p>Lightning struck it at ten.</p></aside></body></html>";
    let package = "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><manifest><item id='a' href='mill.xhtml' \
        media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
    let book = zip(&[("META-INF/container.xml", container), ("book.opf", package), ("mill.xhtml", chapter)]);
    let site = quoting("book.epub", &book, "Lightning struck it at ten");
    let record = format!("exclude = \".box\"\n{}", site.text("seeds/gazette.toml"));
    let checked = site.file("seeds/gazette.toml", &record).run(&["check", "--verbose"]).finds_problems();
    checked
        .stderr_contains("in a part that its record excludes (line 3 of `mill.xhtml`)")
        .stdout_contains("line 3 of `mill.xhtml`, excluded `.box`, 5 words");
}

#[test]
fn a_quote_of_a_header_is_told_so() {
    let text = shown(&["The old mill at the ford burnt down on Friday night."], "");
    let header = "/Artifact BMC BT /F1 11 Tf 72 770 Td (Draft for the council) Tj ET EMC ";
    let document = pdf_page(&format!("{header}{text}"));
    let ran = quoting("report.pdf", &document, "for the council").check().finds_problems();
    assert!(ran.stderr.contains("only in the header or footer of a page"), "{}", ran.stderr);
}

/// Creates the operators that show these lines, after some other operators.
fn shown(lines: &[&str], operators: &str) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
    format!("BT {operators} /F1 11 Tf 14 TL 72 720 Td {} ET", shown.join(" "))
}

/// Creates a PDF of one page with this content, which can refer to the font `/F1` and the image `/Scan`.
fn pdf_page(content: &str) -> Vec<u8> {
    let resources = "/Resources << /Font << /F1 5 0 R >> /XObject << /Scan 6 0 R >> >>";
    let image =
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {resources} >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< {image} /Length 1 >>\nstream\nx\nendstream"),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut offsets = String::from("0000000000 65535 f \n");
    // Writing to a string cannot fail.
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(offsets, "{:010} 00000 n ", pdf.len());
        let _ = writeln!(pdf, "{number} 0 obj\n{object}\nendobj");
    }
    let (start, size) = (pdf.len(), objects.len() + 1);
    let _ = write!(
        pdf,
        "xref\n0 {size}\n{offsets}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    pdf.into_bytes()
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed() {
    let page = "+++\ntitle = \"The ferry\"\n+++\nIt crosses.\n";
    let site = SiteTest::golden().file("elsewhere/ferry.md", page).file("elsewhere/boats/index.md", page);
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(site.path(to), site.path(at)).expect("a link can be created");
    };
    link("elsewhere/ferry.md", "content/crossing.md");
    link("elsewhere/boats", "content/fleet");
    let ran = site.build().succeeds();
    ran.page("crossing.html").contains("It crosses.");
    ran.page("fleet/index.html").contains("It crosses.");
    // A folder that contains itself would never end.
    link("content", "content/again");
    site.build().cannot_run().stderr_contains("content/again");
}
