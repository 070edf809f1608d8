//! One table over all formats shows that what a reader sees of a document proves a quote, and nothing else does.
//!
//! A cell of the table is a small document of one format, and a quote. The quote must be proved, or refused, as the row
//! says. Every document also has two sentences that anyone can see, which must be proved.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sourcewise_quotes::{SegmentedDocument, prove_words};

use crate::docx::tests::{document as word_document, namespaces, run, runs};
use crate::package::tests::zipped;
use crate::pdf::tests::{document as pdf_document, document_with, line, lines, stream};
use crate::pdf::visibility_tests::RESOURCES;
use crate::{Limits, read};

/// The cells that are known to be wrong: rows, each with the formats in which it is wrong. The test also fails if one
/// of these cells is right.
const KNOWN_GAPS: &[(&str, &[Format])] = &[("words around the linked mark of a note", &[Pdf])];

/// The words of most rows. In the content of a file, `@` is replaced by the words of the row.
const WORDS: &str = "Nobody paid the toll on the day of the fair.";
/// Sentences before and after the words.
const BEFORE: &str = "The ferryman kept a book of every crossing.";
const AFTER: &str = "His daughter sold it to a museum.";

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 24, seconds: 30 };

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    Html,
    Xhtml,
    Epub,
    Word,
    Pdf,
    Plain,
}

use Format::{Epub, Html, Pdf, Plain, Word, Xhtml};

impl Format {
    const ALL: [Self; 6] = [Html, Xhtml, Epub, Word, Pdf, Plain];

    fn extension(self) -> &'static str {
        ["html", "xhtml", "epub", "docx", "pdf", "txt"][self as usize]
    }
}

/// One kind of words, and whether they prove a quote.
struct Row {
    what: &'static str,
    words: &'static str,
    proves: bool,
    /// The file of each format that has such words.
    files: Vec<(Format, Vec<u8>)>,
}

/// Starts a row whose words readers see.
fn seen(what: &'static str) -> Row {
    Row { what, words: WORDS, proves: true, files: Vec::new() }
}

/// Starts a row whose words readers don't see, or not as part of the text.
fn unseen(what: &'static str) -> Row {
    Row { proves: false, ..seen(what) }
}

impl Row {
    fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    fn file(mut self, format: Format, file: Vec<u8>) -> Self {
        self.files.push((format, file));
        self
    }

    /// Adds web pages and a book with this body. A style sheet may be in front of it.
    fn web(self, body: &str) -> Self {
        let file = epub(&body.replace('@', self.words));
        self.html(body).file(Epub, file)
    }

    /// Adds a web page with this body as HTML and as XHTML, but no book.
    fn html(self, body: &str) -> Self {
        let (html, xhtml) = (html(&body.replace('@', self.words)), xhtml(&body.replace('@', self.words)));
        self.file(Html, html).file(Xhtml, xhtml)
    }

    /// Adds a page with this body in the formats based on XML, where any element can close itself.
    fn xml_page(self, body: &str) -> Self {
        let body = body.replace('@', self.words);
        self.file(Xhtml, xhtml(&body)).file(Epub, epub(&body))
    }

    fn epub(self, body: &str) -> Self {
        let file = epub(&body.replace('@', self.words));
        self.file(Epub, file)
    }

    /// Adds a Word document with these paragraphs. `[strike,sz=8|words]` is a run with these properties.
    fn word(self, body: &str) -> Self {
        let file = word(&runs(&body.replace('@', self.words)));
        self.file(Word, file)
    }

    /// Adds a PDF page with these operators. `@` is replaced by operators that show the words.
    fn pdf(self, content: &str) -> Self {
        self.pdf_page(content, "")
    }

    /// Adds a PDF page with these operators, and with these entries in its dictionary.
    fn pdf_page(self, content: &str, entries: &str) -> Self {
        let shown = format!("BT /F 10 Tf 10 250 Td ({}) Tj ET", self.words);
        let file = pdf(&content.replace('@', &shown), entries);
        self.file(Pdf, file)
    }

    fn plain(self, text: &str) -> Self {
        let file = format!("{BEFORE}\n\n{}\n\n{AFTER}\n", text.replace('@', self.words));
        self.file(Plain, file.into_bytes())
    }
}

/// A sentence after the first one, so that the words of a row are not most of the text of a web page.
const MORE: &str = "In it stand the day, the hour, the weather, the names of all who went across, and what each of them \
    carried, down to the hens.";

/// Returns the style sheet in front of a body, and an article with the body. At-rules of the sheet are written
/// with `&` (`&media`), because `@` is replaced by the words of the row; here, each `&` becomes `@`.
fn page_parts(body: &str) -> (String, String) {
    let (sheet, body) = body.split_once("</style>").unwrap_or(("<style>", body));
    let sheet = sheet.replace('&', "@");
    let article = format!("<article><h1>The ferry</h1><p>{BEFORE} {MORE}</p>{body}<p>{AFTER}</p></article>");
    (sheet, article)
}

fn html(body: &str) -> Vec<u8> {
    let (sheet, article) = page_parts(body);
    format!("<!doctype html><html lang='en'><head><title>The ferry</title>{sheet}</style></head><body>{article}</body></html>")
        .into_bytes()
}

fn xhtml(body: &str) -> Vec<u8> {
    let (sheet, article) = page_parts(body);
    format!(
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' \
         xmlns:epub='http://www.idpf.org/2007/ops'><head><title>The ferry</title>\
         <link rel='stylesheet' type='text/css' href='../looks/book.css'/>{sheet}</style></head><body>{article}</body></html>"
    )
    .into_bytes()
}

/// The style sheet of the book, which its chapters link.
const BOOK_SHEET: &str = ".linked-away { display: none } .linked-shown { color: #333 }";

/// A book with a chapter, its notes and its style sheet.
fn epub(body: &str) -> Vec<u8> {
    let package = "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><manifest>\
        <item id='one' href='text/one.xhtml' media-type='application/xhtml+xml'/>\
        <item id='notes' href='text/notes.xhtml' media-type='application/xhtml+xml'/>\
        <item id='looks' href='looks/book.css' media-type='text/css'/></manifest>\
        <spine><itemref idref='one'/><itemref idref='notes'/></spine></package>";
    let notes = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Notes</title></head><body>\
        <p id='n1'>The book is in the town's museum.</p></body></html>";
    let chapter = String::from_utf8(xhtml(body)).expect("text");
    zipped(&[
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        ),
        ("OEBPS/book.opf", package),
        ("OEBPS/text/one.xhtml", &chapter),
        ("OEBPS/text/notes.xhtml", notes),
        ("OEBPS/looks/book.css", BOOK_SHEET),
    ])
}

/// Styles to which the rows refer by name.
const WORD_STYLES: &str = "<w:style w:type='paragraph' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Dark'><w:pPr><w:shd w:val='clear' w:fill='202020'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Label'><w:name w:val='caption'/></w:style>\
    <w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Up'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>";

/// A Word document. The words are also in the note 2, the comment 3, the header and the footer, to which its body may
/// refer.
fn word(body: &str) -> Vec<u8> {
    let part = |root: &str, content: &str| format!("<w:{root} {}>{content}</w:{root}>", namespaces());
    let paragraph = |text: &str| format!("<w:p>{}</w:p>", run(text));
    let words = paragraph(WORDS);
    let [before, after] = [BEFORE, AFTER].map(paragraph);
    zipped(&[
        ("word/document.xml", &word_document(&format!("{before}{body}{after}"))),
        ("word/styles.xml", &part("styles", WORD_STYLES)),
        ("word/footnotes.xml", &part("footnotes", &format!("<w:footnote w:id='2'>{words}</w:footnote>"))),
        ("word/comments.xml", &part("comments", &format!("<w:comment w:id='3'>{words}</w:comment>"))),
        ("word/header1.xml", &part("hdr", &words)),
        ("word/footer1.xml", &part("ftr", &words)),
    ])
}

/// A PDF document of one page with the operators between the two sentences. `/X0` is an image.
fn pdf(content: &str, entries: &str) -> Vec<u8> {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    let content = format!("{}q {content} Q\n{}", line(10, 350, BEFORE), line(10, 150, AFTER));
    let catalog = "/OCProperties<</OCGs[100 0 R 101 0 R]/D<</OFF[100 0 R]>>>>";
    document_with(catalog, RESOURCES, entries, &content, &[image])
}

/// A PDF document of pages with the words at a height, between lines that are not the same on any two pages.
fn pdf_pages(base: u32) -> Vec<u8> {
    let texts = [BEFORE, AFTER, "It shows it on Sundays."];
    let pages = texts.map(|text| line(10, base, WORDS) + &line(10, 250, text));
    pdf_document(&pages, &[])
}

fn plainly_shown() -> Vec<Row> {
    vec![
        seen("visible")
            .web("<p>@</p>")
            .word("<w:p>[|@]</w:p>")
            .pdf("@")
            .plain("@"),
        seen("part of it in bold")
            .web("<p>Nobody <b>paid</b> the <span>toll</span> on the day of the fair.</p>")
            .word("<w:p>[|Nobody ][b|paid][| the toll on the day of the fair.]</w:p>"),
        seen("white on a dark background")
            .web("<div style='background: #202020'><p style='color: #ffffff'>@</p></div>")
            .word("<w:p><w:pPr><w:pStyle w:val='Dark'/></w:pPr>[color=FFFFFF|@]</w:p>")
            .pdf("0 g 0 240 400 30 re f 1 g @"),
        seen("white on a dark background of a sheet")
            .web("<style>.night { background-color: #102030 } .night p { color: white }</style><div class='night'><p>@</p></div>"),
        seen("visible inside hidden")
            .web("<div style='visibility: hidden'><p style='visibility: visible'>@</p></div>")
            .word("<w:p>[rStyle=Gone,vanish=0|@]</w:p>")
            .pdf("3 Tr 0 Tr @"),
        seen("shown again by a later rule")
            .web("<style>.late { display: none } p.late { display: block }</style><p class='late'>@</p>"),
        seen("hidden only by a rule that is overridden")
            .web("<style>p.firm { display: block } .firm { display: none }</style><p class='firm'>@</p>"),
        seen("shown by an important rule")
            .web("<style>.kept { display: block !important }</style><p class='kept' style='display: none'>@</p>"),
        seen("hidden in print only")
            .web("<style>&media print { .screen { display: none } }</style><p class='screen'>@</p>"),
        seen("after a hidden element that closes itself").xml_page("<div hidden='hidden'/><p>@</p>"),
        seen("after struck words that close themselves").xml_page("<p><s/>@</p>"),
        seen("shown by a linked sheet").epub("<p class='linked-shown'>@</p>"),
        seen("small, but legible")
            .web("<p style='font-size: 9px'>@</p>")
            .word("<w:p>[sz=14|@]</w:p>")
            .pdf("BT /F 6 Tf 10 250 Td (Nobody paid the toll on the day of the fair.) Tj ET"),
        seen("grey")
            .web("<p style='color: #999'>@</p>")
            .word("<w:p>[color=999999|@]</w:p>")
            .pdf("0.6 g @"),
        seen("hidden from screen readers only, in a sentence")
            .web("<p>Nobody paid <span aria-hidden='true'>the toll</span> on the day of the fair.</p>"),
        seen("in a layer that is on").pdf("/OC/On BDC @ EMC"),
        seen("recognised in the image of a page").file(Pdf, scanned_page()),
    ]
}

/// A page that is an image, with the words that a program recognised in it.
fn scanned_page() -> Vec<u8> {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    let unseen_line = |base: u32, text: &str| line(10, base, text).replace("BT", "BT 3 Tr");
    let text = unseen_line(300, BEFORE) + &unseen_line(280, WORDS) + &unseen_line(260, AFTER);
    document_with("", RESOURCES, "", &format!("q 400 0 0 400 0 0 cm /X0 Do Q\n{text}"), &[image])
}

fn changed() -> Vec<Row> {
    vec![
        unseen("struck out")
            .web("<p><s>@</s></p>")
            .word("<w:p>[strike|@]</w:p>")
            .pdf("@ 0.6 w 10 252.7 m 274 252.7 l S"),
        unseen("struck out by a style")
            .web("<p style='text-decoration: line-through'>@</p>")
            .word("<w:p>[dstrike|@]</w:p>")
            .pdf_page("@", "/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[8 247 280 260]/QuadPoints[8 260 280 260 8 247 280 247]>>]"),
        unseen("struck out by a sheet")
            .web("<style>.old { text-decoration: red line-through }</style><p class='old'>@</p>"),
        unseen("struck out by a rule for words below it")
            .web("<style>.old em { text-decoration-line: line-through }</style><p class='old'>He <em>@</em></p>"),
        unseen("deleted in a tracked change")
            .web("<p><del>@</del></p>")
            .word("<w:p><w:del w:id='1'><w:r><w:delText>@</w:delText></w:r></w:del></w:p>"),
        unseen("moved away in a tracked change").word("<w:p><w:moveFrom w:id='1'>[|@]</w:moveFrom></w:p>"),
        seen("inserted in a tracked change")
            .web("<p><ins>@</ins></p>")
            .word("<w:p><w:ins w:id='1'>[|@]</w:ins></w:p>"),
        unseen("the words with a struck one")
            .words("Nobody but the miller paid the toll.")
            .web("<p>Nobody <s>but the miller </s>paid the toll.</p>")
            .word("<w:p>[|Nobody ][strike|but the miller ][|paid the toll.]</w:p>"),
        seen("the words around a struck one")
            .words("Nobody paid the toll.")
            .web("<p>Nobody <s>but the miller </s>paid the toll.</p>")
            .word("<w:p>[|Nobody ][strike|but the miller ][|paid the toll.]</w:p>"),
        unseen("the words with a hidden one")
            .words("Nobody but the miller paid the toll.")
            .web("<p>Nobody <span style='display: none'>but the miller </span>paid the toll.</p>")
            .word("<w:p>[|Nobody ][vanish|but the miller ][|paid the toll.]</w:p>"),
        seen("a word with a corrected letter")
            .words("The organisation took the toll.")
            .web("<p>The organi<del>z</del><ins>s</ins>ation took the toll.</p>")
            .word("<w:p>[|The organi]<w:del>[|z]</w:del><w:ins>[|s]</w:ins>[|ation took the toll.]</w:p>"),
        seen("a figure with a corrected digit")
            .words("It took 1300 pence in May.")
            .web("<p>It took 1<del>2</del><ins>3</ins>00 pence in May.</p>")
            .word("<w:p>[|It took 1]<w:del>[|2]</w:del><w:ins>[|3]</w:ins>[|00 pence in May.]</w:p>"),
        unseen("a figure without its struck comma")
            .words("It took 1200 pence in May.")
            .web("<p>It took 1<s>,</s>200 pence in May.</p>")
            .word("<w:p>[|It took 1][strike|,][|200 pence in May.]</w:p>")
            .pdf("BT /F 10 Tf 10 250 Td (It took 1,200 pence in May.) Tj ET 0.6 w 64 252.7 m 70 252.7 l S"),
        unseen("a figure around what is no text")
            .words("It took 1200 pence in May.")
            .web("<p>It took 1<svg width='9'><path d=''/></svg>200 pence in May.</p>")
            .word("<w:p>[|It took 1]<w:r><w:drawing><wp:inline/></w:drawing></w:r>[|200 pence in May.]</w:p>"),
        unseen("the words without ones that a sheet adds")
            .words("Nobody paid the toll.")
            .web("<style>.but::before { content: 'but the miller ' }</style><p>Nobody <b class='but'>paid</b> the toll.</p>"),
        unseen("the words without ones that a sheet adds to preformatted text")
            .words("Nobody paid the toll.")
            .web("<style>.but::before { content: 'but the miller ' }</style><pre>Nobody <b class='but'>paid</b> the toll.</pre>"),
        unseen("the words without one that only screen readers skip")
            .words("Nobody paid the toll.")
            .web("<p>Nobody <span aria-hidden='true'>but the miller</span> paid the toll.</p>"),
    ]
}

fn hidden_by_the_element() -> Vec<Row> {
    vec![
        unseen("hidden by an attribute")
            .web("<p hidden='hidden'>@</p>")
            .word("<w:p>[vanish|@]</w:p>"),
        unseen("hidden by an attribute of what is around it")
            .web("<div hidden=''><p>@</p></div>")
            .word("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>[|@]</w:p></w:tc></w:tr></w:tbl>"),
        unseen("a closed dialog").web("<dialog><p>@</p></dialog>"),
        unseen("a template or a script")
            .web("<template><p>@</p></template><script>@</script>"),
        unseen("not displayed").web("<p style='display: none'>@</p>"),
        unseen("not displayed, in capitals").web("<p style='DISPLAY: NONE'>@</p>"),
        unseen("invisible").web("<p style='visibility: hidden'>@</p>").pdf("3 Tr @"),
        unseen("transparent as a whole").web("<p style='opacity: 0'>@</p>").pdf("/Clear gs @"),
        unseen("of a transparent colour")
            .web("<p style='color: transparent'>@</p>")
            .word("<w:p><w:r><w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr><w:t>@</w:t></w:r></w:p>"),
        unseen("of size 0")
            .web("<p style='font-size: 0'>@</p>")
            .word("<w:p>[sz=1|@]</w:p>")
            .pdf("BT /F 0.2 Tf 10 250 Td (Nobody paid the toll on the day of the fair.) Tj ET"),
        unseen("of size 0 around it").web("<div style='font-size: 0px'><p>@</p></div>"),
        unseen("white on white")
            .web("<p style='color: #fff'>@</p>")
            .word("<w:p>[color=FFFFFF|@]</w:p>")
            .pdf("1 g @"),
        unseen("white on white around it").web("<div style='color: white'><p>@</p></div>"),
        unseen("the colour of the background")
            .web("<div style='background: #336699'><p style='color: rgb(51, 102, 153)'>@</p></div>")
            .word("<w:p>[color=336699,shd val=clear fill=336699|@]</w:p>")
            .pdf("0.2 0.4 0.6 rg 0 240 400 30 re f @"),
        unseen("nearly white on white")
            .web("<p style='color: #fefefe'>@</p>")
            .word("<w:p>[color=FEFEFE|@]</w:p>")
            .pdf("0.99 g @"),
        unseen("off the page")
            .web("<p style='position: absolute; left: -9999px'>@</p>")
            .word("<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom='page'><wp:posOffset>-9999999</wp:posOffset>\
                   </wp:positionH><wp:extent cx='900000' cy='900000'/><a:graphic><wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>\
                   <w:p>[|@]</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></w:r></w:p>")
            .pdf("1 0 0 1 -600 0 cm @"),
        unseen("off the page, in another unit").web("<p style='position: absolute; left: -100em'>@</p>"),
        unseen("moved out of its line").web("<p style='text-indent: -9999px'>@</p>"),
        unseen("clipped away")
            .web("<p style='position: absolute; clip: rect(0, 0, 0, 0)'>@</p>")
            .pdf("0 0 50 50 re W n @"),
        unseen("clipped by a path").web("<p style='clip-path: inset(100%)'>@</p>").pdf("0 0 m 400 0 l 400 40 l h W n @"),
        unseen("in a box without height")
            .web("<div style='height: 0; overflow: hidden'><p>@</p></div>")
            .word("<w:p><w:pPr><w:spacing w:line='1' w:lineRule='exact'/></w:pPr>[|@]</w:p>"),
        unseen("scaled to nothing").web("<p style='transform: scale(0)'>@</p>").pdf("0.01 0 0 0.01 10 240 cm @"),
        unseen("covered").pdf("@ 1 g 0 240 400 30 re f"),
        unseen("covered by an image").pdf("@ q 400 0 0 30 0 240 cm /X0 Do Q"),
        unseen("in a layer that is off").pdf("/OC/Off BDC @ EMC"),
        unseen("outside of the crop box").pdf_page("1 0 0 1 0 -245 cm @", "/CropBox[0 100 400 400]"),
        unseen("text only for clips").pdf("7 Tr @"),
    ]
}

/// Style sheets that hide words, with the body to which they apply.
const HIDING_SHEETS: &[(&str, &str, &str)] = &[
    ("hidden by a rule with a class", ".off { display: none }", "<p class='off'>@</p>"),
    ("hidden by a rule with an id", "#off { display: none }", "<p id='off'>@</p>"),
    ("hidden by a rule with an element name", "samp { display: none }", "<p>Look: <samp>@</samp></p>"),
    ("hidden by a rule with two classes", ".a.off { display: none }", "<p class='a off'>@</p>"),
    ("hidden by a rule with a list of selectors", ".x, .off, .y { display: none }", "<p class='off'>@</p>"),
    (
        "hidden by a rule with a descendant selector",
        ".box .off { display: none }",
        "<div class='box'><div><p class='off'>@</p></div></div>",
    ),
    (
        "hidden by a rule with a child selector",
        ".box > .off { display: none }",
        "<div class='box'><p class='off'>@</p></div>",
    ),
    (
        "hidden by a rule with a sibling selector",
        ".mark + p { display: none }",
        "<p class='mark'>Here.</p><p>@</p>",
    ),
    (
        "hidden by a rule with a selector of later siblings",
        ".mark ~ p.off { display: none }",
        "<p class='mark'>Here.</p><p>He.</p><p class='off'>@</p>",
    ),
    ("hidden by a rule for an attribute", "[data-off] { display: none }", "<p data-off='1'>@</p>"),
    (
        "hidden by a rule with the value of an attribute",
        "p[data-kind='off'] { display: none }",
        "<p data-kind='off'>@</p>",
    ),
    (
        "hidden by a rule with the start of an attribute",
        "p[class^=off] { display: none }",
        "<p class='offside'>@</p>",
    ),
    (
        "hidden by a rule with a negation",
        "div p:not(.on) { display: none }",
        "<div class='on'><p>@</p></div>",
    ),
    (
        "hidden by a rule with a position",
        "section p:first-child { display: none }",
        "<section><p>@</p><p>He.</p></section>",
    ),
    (
        "hidden by a rule with a position among some siblings",
        "p:nth-child(2 of .off) { display: none }",
        "<section><p class='off'>He.</p><p>She.</p><p class='off'>@</p></section>",
    ),
    (
        "hidden by a rule with a position from the end among some siblings",
        "p:nth-last-child(2 of .off) { display: none }",
        "<section><p>She.</p><p class='off'>@</p><p>They.</p><p class='off'>He.</p></section>",
    ),
    (
        "hidden by a rule for every element in a box",
        ".box * { display: none }",
        "<div class='box'><p>@</p></div>",
    ),
    ("hidden by a rule for screens", "&media screen { .off { display: none } }", "<p class='off'>@</p>"),
    (
        "hidden by a rule for wide screens",
        "&media (min-width: 600px) { .off { display: none } }",
        "<p class='off'>@</p>",
    ),
    ("hidden by a rule in a layer", "&layer base { .off { display: none } }", "<p class='off'>@</p>"),
    (
        "hidden by a nested rule",
        ".box { color: #333; .off { display: none } }",
        "<div class='box'><p class='off'>@</p></div>",
    ),
    (
        "hidden by a rule with a variable",
        ":root { --look: none } .off { display: var(--look) }",
        "<p class='off'>@</p>",
    ),
    (
        "hidden by an important rule",
        ".off { display: none !important } p.off { display: block }",
        "<p class='off'>@</p>",
    ),
    ("hidden by a rule around it", ".box { visibility: hidden }", "<div class='box'><p>@</p></div>"),
    ("hidden by a rule for the colour around it", ".box { color: white }", "<div class='box'><p>@</p></div>"),
    ("hidden by a rule after a comment", "/* } */ .off { display: none }", "<p class='off'>@</p>"),
    ("hidden by a rule with an escaped name", ".sm\\:off { display: none }", "<p class='sm:off'>@</p>"),
];

fn hidden_by_a_sheet() -> Vec<Row> {
    let mut rows: Vec<Row> = HIDING_SHEETS
        .iter()
        .map(|(what, sheet, body)| unseen(what).web(&format!("<style>{sheet}</style>{body}")))
        .collect();
    rows.push(
        unseen("hidden by a linked sheet, or a style")
            .epub("<p class='linked-away'>@</p>")
            .word("<w:p><w:pPr><w:pStyle w:val='Secret'/></w:pPr>[|@]</w:p>"),
    );
    rows.push(unseen("hidden by a style of characters").word("<w:p>[rStyle=Gone|@]</w:p>"));
    rows
}

const RAISED_BY_STYLE: &str = "<span style='vertical-align: super; font-size: smaller'>6</span>";

fn raised_and_lowered() -> Vec<Row> {
    let power = |row: Row| {
        row.web("<p>It has 10<sup>6</sup> nails in it.</p>")
            .word("<w:p>[|It has 10][vertAlign=superscript|6][| nails in it.]</w:p>")
            .pdf("BT /F 10 Tf 10 250 Td (It has 10) Tj /F 6 Tf 4 Ts (6) Tj /F 10 Tf 0 Ts ( nails in it.) Tj ET")
            .plain("It has 10⁶ nails in it.")
    };
    let styled = |row: Row| {
        row.web(&format!("<p>It has 10{RAISED_BY_STYLE} nails in it.</p>"))
            .word("<w:p>[|It has 10][rStyle=Up|6][| nails in it.]</w:p>")
    };
    let by_sheet = |row: Row| {
        row.web("<style>.up { vertical-align: super }</style><p>It has 10<span class='up'>6</span> nails in it.</p>")
            .word("<w:p>[|It has 10][position=8,sz=14|6][| nails in it.]</w:p>")
    };
    let lowered = |row: Row| {
        row.web("<p>It reads 101<sub>2</sub> in all.</p>")
            .word("<w:p>[|It reads 101][vertAlign=subscript|2][| in all.]</w:p>")
            .pdf(
                "BT /F 10 Tf 10 250 Td (It reads 101) Tj /F 6 Tf -3 Ts (2) Tj /F 10 Tf 0 Ts ( in all.) Tj ET",
            )
            .plain("It reads 101₂ in all.")
    };
    let (flat, raised) = ("It has 106 nails in it.", "It has 10^6 nails in it.");
    vec![
        power(seen("a power, as it is").words(raised)),
        power(unseen("a power, as a number").words(flat)),
        styled(seen("a power by a style, as it is").words(raised)),
        styled(unseen("a power by a style, as a number").words(flat)),
        by_sheet(seen("a power by a sheet, as it is").words(raised)),
        by_sheet(unseen("a power by a sheet, as a number").words(flat)),
        lowered(unseen("a lowered number, as a number").words("It reads 1012 in all.")),
        seen("a lowered number of a formula")
            .words("The air had more CO2 than before.")
            .web("<p>The air had more CO<sub>2</sub> than before.</p>")
            .word("<w:p>[|The air had more CO][vertAlign=subscript|2][| than before.]</w:p>")
            .pdf("BT /F 10 Tf 10 250 Td (The air had more CO) Tj /F 6 Tf -3 Ts (2) Tj /F 10 Tf 0 Ts ( than before.) Tj ET")
            .plain("The air had more CO₂ than before."),
    ]
}

fn notes() -> Vec<Row> {
    let sentence = "The old ferry sank in 1911.";
    let marks = |row: Row| {
        row.web(
            "<p>The old ferry sank in 1911.<sup><a href='#n2'>2</a></sup> He knew.</p>\
             <ol class='footnotes'><li id='n2'>See the book.</li></ol>",
        )
        .word("<w:p>[|The old ferry sank in 1911.]<w:r><w:footnoteReference w:id='2'/></w:r>[| He knew.]</w:p>")
        .pdf(
            "BT /F 10 Tf 10 250 Td (The old ferry sank in 1911.) Tj /F 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts ( He knew.) Tj ET",
        )
    };
    let inside = |row: Row, link: &str| {
        row.web(&format!(
            "<p>The old ferry sank in 1911<sup><a {link}>2</a></sup> with the mail.</p>\
             <ol class='footnotes'><li id='n2'>See the book.</li></ol>"
        ))
    };
    let whole = "The old ferry sank in 1911 with the mail.";
    let joined = "The old ferry sank in 19112 with the mail.";
    let here = "href='#n2'";
    let role = "role='doc-noteref' href='#n2'";
    let elsewhere = "href='notes.xhtml#n1'";
    let noteref = "epub:type='noteref' href='notes.xhtml#n1'";
    let in_book = |row: Row, link: &str| {
        row.epub(&format!("<p>The old ferry sank in 1911<sup><a {link}>2</a></sup> with the mail.</p>"))
    };
    let in_word = "<w:p>[|The old ferry sank in 1911]<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>\
                   <w:footnoteReference w:id='2'/></w:r>[| with the mail.]</w:p>";
    let in_pdf = "BT /F 10 Tf 10 250 Td (The old ferry sank in 1911) Tj /F 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts ( with the mail.) Tj ET \
                  BT /F 7 Tf 10 60 Td (2 See the book.) Tj ET";
    let unlinked = "<p>The old ferry sank in 1911<sup>2</sup> with the mail.</p>";
    vec![
        marks(seen("a sentence before the mark of a note").words(sentence)),
        inside(seen("words around the linked mark of a note").words(whole), here).word(in_word).pdf(in_pdf),
        inside(unseen("a figure with the linked mark of a note").words(joined), here).word(in_word).pdf(in_pdf),
        inside(seen("words around a mark with a role").words(whole), role),
        in_book(seen("words around a mark of another chapter's note").words(whole), elsewhere),
        in_book(unseen("a figure with a mark of another chapter's note").words(joined), elsewhere),
        in_book(seen("words around a mark that the book declares").words(whole), noteref),
        seen("words around a link with a raised number")
            .words(whole)
            .web(
                "<p>The old ferry sank in 1911<a href='#n2'><sup>2</sup></a> with the mail.</p>\
                 <ol class='footnotes'><li id='n2'>See the book.</li></ol>",
            ),
        unseen("a figure with an unlinked mark").words(joined).web(unlinked),
        seen("the text of a footnote")
            .html("<p>He kept it.<sup><a href='#n2'>2</a></sup></p><ol class='footnotes'><li id='n2'>@</li></ol>")
            .epub("<p>He kept it.<a epub:type='noteref' href='#n2'>2</a></p><aside epub:type='footnote' id='n2'><p>@</p></aside>")
            .word("<w:p>[|He kept it.]<w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
            .pdf("BT /F 7 Tf 10 60 Td (1 Nobody paid the toll on the day of the fair.) Tj ET"),
    ]
}

fn list_numbers() -> Vec<Row> {
    let rules = |row: Row| {
        row.web("<ol start='4'><li>He rang the bell twice.</li><li>Nobody paid <s>for</s> the toll.</li></ol>")
            .web("<style>ol { list-style: decimal }</style><ol start='5'><li><p>Nobody paid the toll.</p></li></ol>")
    };
    let without = "<style>ol { list-style: none }</style><ol start='5'><li>Nobody paid the toll.</li></ol>";
    vec![
        rules(seen("an item without its number").words("Nobody paid the toll.")),
        rules(seen("an item with its number").words("5. Nobody paid the toll.")),
        rules(unseen("an item with another number").words("6. Nobody paid the toll.")),
        unseen("a number that a style takes away").words("5. Nobody paid the toll.").web(without),
        unseen("a bullet as a number")
            .words("1. Nobody paid the toll.")
            .web("<ul><li>Nobody paid the toll.</li></ul>"),
    ]
}

fn beside_the_text() -> Vec<Row> {
    vec![
        unseen("alternative text")
            .web("<p>Look here: <img src='ford.png' alt='@'/></p>")
            .word("<w:p>[|Look here: ]<w:r><w:drawing><wp:inline><wp:docPr descr='@' title='@'/></wp:inline></w:drawing></w:r></w:p>")
            .pdf("/Figure<</Alt(Nobody paid the toll on the day of the fair.)>>BDC q 40 0 0 30 0 240 cm /X0 Do Q EMC"),
        unseen("a title that only a pointer shows").web("<p title='@'>He knew.</p>"),
        unseen("other words for a program that copies the text")
            .pdf("/Span<</ActualText(Nobody paid the toll on the day of the fair.)>>BDC BT /F 10 Tf 10 250 Td (He knew.) Tj ET EMC"),
        seen("a caption")
            .web("<figure><img src='ford.png' alt=''/><figcaption>@</figcaption></figure>")
            .word("<w:p><w:pPr><w:pStyle w:val='Label'/></w:pPr>[|@]</w:p>")
            .pdf("BT /F 10 Tf 10 250 Td (Figure 1: Nobody paid the toll on the day of the fair.) Tj ET"),
        unseen("a comment")
            .web("<!-- @ --><p>He knew.</p>")
            .word("<w:p><w:commentRangeStart w:id='3'/>[|He knew.]<w:commentRangeEnd w:id='3'/><w:r><w:commentReference w:id='3'/></w:r></w:p>")
            .pdf_page("", "/Annots[<</Type/Annot/Subtype/Text/Rect[0 240 20 260]/Contents(Nobody paid the toll on the day of the fair.)>>]"),
        unseen("a header")
            .html("<div role='banner'><p>@</p></div>")
            .word("<w:p>[|He knew.]</w:p><w:sectPr><w:headerReference w:type='default'/></w:sectPr>")
            .file(Pdf, pdf_pages(380)),
        unseen("a footer")
            .html("<footer><p>@</p></footer>")
            .word("<w:p>[|He knew.]</w:p><w:sectPr><w:footerReference w:type='default'/></w:sectPr>")
            .file(Pdf, pdf_pages(15)),
        seen("words that a pull quote repeats")
            .web("<p>@ He knew.</p><aside class='pullquote'><p>@</p></aside>")
            .pdf("BT /F 10 Tf 10 250 Td (Nobody paid the toll on the day of the fair. He knew.) Tj ET"),
        unseen("words that are only in a pull quote")
            .html("<p>He knew.</p><aside class='pullquote'><p>@</p></aside>"),
        unseen("a choice of a form").web("<p>He knew. <select><option>@</option></select></p>"),
        unseen("the instruction of a field").word("<w:p>[|He knew.]<w:r><w:instrText>@</w:instrText></w:r></w:p>"),
    ]
}

const LEFT: [&str; 5] = [
    "The ferryman had a rule of",
    "his own, and he wrote it in",
    "the front of the book that",
    "he left behind, which the",
    "town still has. Today the",
];
const RIGHT: [&str; 5] = [
    "book that he left is full of",
    "names, and not one of them",
    "is crossed out. Nobody has",
    "asked to have it rebound in",
    "all the years since then.",
];

fn neighbours() -> Vec<Row> {
    let picture = |row: Row| {
        row.web("<p>It carried 1<img src='dot.png' alt=''/>200 people a day.</p>").word(
            "<w:p>[|It carried 1]<w:r><w:drawing><wp:inline/></w:drawing></w:r>[|200 people a day.]</w:p>",
        )
    };
    let cells = "<table><tr><td>@A</td><td>@B</td></tr><tr><td>Tolls</td><td>None</td></tr></table>";
    let web_cells = |left: &str, right: &str| cells.replace("@A", left).replace("@B", right);
    let word_cells = |left: &str, right: &str| {
        format!(
            "<w:tbl><w:tr><w:tc><w:p>[|{left}]</w:p></w:tc><w:tc><w:p>[|{right}]</w:p></w:tc></w:tr></w:tbl>"
        )
    };
    let pdf_cells = |left: &str, at: u32, right: &str| {
        line(10, 250, left) + &line(at, 250, right) + &line(10, 238, "Tolls") + &line(at, 238, "None")
    };
    let columns = lines(10, 300, &LEFT) + &lines(210, 300, &RIGHT);
    let (left, right) = ("Boats on the day 1", "200 people");
    vec![
        picture(unseen("digits on both sides of a picture").words("It carried 1200 people a day.")),
        picture(unseen("figures on both sides of a picture").words("It carried 1 200 people a day.")),
        unseen("digits on both sides of a struck one")
            .words("It has 106 nails in it.")
            .web("<p>It has 10<s>9</s>6 nails in it.</p>")
            .word("<w:p>[|It has 10][strike|9][|6 nails in it.]</w:p>"),
        unseen("digits on both sides of an invisible one")
            .words("It has 106 nails in it.")
            .web("<p>It has 10<span style='visibility: hidden'>9</span>6 nails in it.</p>")
            .word("<w:p>[|It has 10][color=FFFFFF|9][|6 nails in it.]</w:p>")
            .pdf("BT /F 10 Tf 10 250 Td (It has 10) Tj 3 Tr (99) Tj 0 Tr (6 nails in it.) Tj ET"),
        seen("a cell of a table")
            .web(&web_cells("The fair", WORDS))
            .word(&word_cells("The fair", WORDS))
            .pdf(&pdf_cells("The fair", 130, WORDS)),
        unseen("digits of two cells")
            .words("Boats on the day 1200 people")
            .web(&web_cells(left, right))
            .word(&word_cells(left, right))
            .pdf(&pdf_cells(left, 200, right)),
        unseen("words of two cells")
            .words("Boats on the day 1 200 people")
            .web(&web_cells(left, right))
            .word(&word_cells(left, right))
            .pdf(&pdf_cells(left, 200, right)),
        unseen("lines of two columns")
            .words("The ferryman had a rule of book that he left is full of")
            .web("<div style='display: flex'><div>The ferryman had a rule of</div><div>book that he left is full of</div></div>")
            .pdf(&columns),
        seen("a sentence through two columns")
            .words("Today the book that he left is full of names, and not one of them is crossed out.")
            .pdf(&columns),
        unseen("digits of two blocks in a line")
            .words("It carried 1200 people a day.")
            .web("<p>It carried <span style='float: left'>1</span><span>200 people a day.</span></p>"),
    ]
}

fn table() -> Vec<Row> {
    let parts = [
        plainly_shown(),
        list_numbers(),
        changed(),
        hidden_by_the_element(),
        hidden_by_a_sheet(),
        raised_and_lowered(),
        notes(),
        beside_the_text(),
        neighbours(),
    ];
    parts.into_iter().flatten().collect()
}

/// Returns the text of a cell's file if the cell is wrong. `None` if the cell is right: the words of the row prove
/// a quote or not, as the row says, and the sentences that anyone can see prove one.
fn fault(row: &Row, format: Format, file: &[u8]) -> Option<String> {
    let read = match read(format.extension(), file.to_vec(), LIMITS) {
        Ok(read) => read,
        Err(error) => return Some(format!("{error:?}")),
    };
    let document = SegmentedDocument::of(read.text.as_str().into(), &read.blocks, Some("en"), "en");
    let proves = |words: &str| prove_words(words, &document).is_some();
    let is_right = proves(row.words) == row.proves && proves(BEFORE) && proves(AFTER);
    (!is_right).then(|| read.text.replace(MORE, "…").replace("\n\n", " ¶ "))
}

/// Draws the rows that have a cell in `cells`, as a table: `✗` for these cells, `·` for the other cells.
fn drawn(rows: &[Row], cells: &BTreeSet<(&str, Format)>) -> String {
    let mut table = format!("{:<66}", "");
    for format in Format::ALL {
        write!(table, " {:>5}", format.extension()).expect("writing to memory succeeds");
    }
    for row in rows.iter().filter(|row| cells.iter().any(|(what, _)| *what == row.what)) {
        let rule = if row.proves { "proves" } else { "proves nothing" };
        write!(table, "\n{:<66}", format!("{} {rule}", row.what)).expect("writing to memory succeeds");
        for format in Format::ALL {
            let is_filled = row.files.iter().any(|(of, _)| *of == format);
            let mark = if cells.contains(&(row.what, format)) {
                "✗"
            } else if is_filled {
                "·"
            } else {
                ""
            };
            write!(table, " {mark:>5}").expect("writing to memory succeeds");
        }
    }
    table
}

#[test]
fn what_a_reader_sees_proves_a_quote_in_every_format() {
    let rows = table();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.what).collect();
    assert_eq!(names.len(), rows.len(), "two rows have the same name");
    let cells = rows.iter().flat_map(|row| row.files.iter().map(move |(format, file)| (row, *format, file)));
    let faults: BTreeMap<_, _> = cells
        .filter_map(|(row, format, file)| Some(((row.what, format), fault(row, format, file)?)))
        .collect();
    let wrong: BTreeSet<_> = faults.keys().copied().collect();
    let known: BTreeSet<_> = KNOWN_GAPS
        .iter()
        .flat_map(|(what, formats)| formats.iter().map(move |format| (*what, *format)))
        .collect();
    let new = &wrong - &known;
    let texts: Vec<_> = new.iter().map(|cell| format!("{cell:?}: {}", faults[cell])).collect();
    assert!(new.is_empty(), "wrong cells:\n{}\n\n{}", drawn(&rows, &new), texts.join("\n"));
    let mended = &known - &wrong;
    assert!(mended.is_empty(), "cells of `KNOWN_GAPS` that are right:\n{}", drawn(&rows, &mended));
}
