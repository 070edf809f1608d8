//! Tests of whole books.

use super::*;
use crate::package::tests::{LIMITS, zipped};
use crate::url::join_path;
use crate::{PartFaultReason, SetAside};

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
const BOOK: &str = "<package xmlns:dc='dc'><metadata><dc:title>Tides</dc:title><dc:creator>Ada Quill</dc:creator>\
    <dc:creator>Ben Rook</dc:creator><dc:date>2019-04-01</dc:date><dc:language>en</dc:language></metadata><manifest>\
    <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
    <item id='b' href='text/two.xhtml' media-type='application/xhtml+xml'/>\
    <item id='a' href='../OEBPS/text/one%20a.xhtml' media-type='application/xhtml+xml'/></manifest>\
    <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/><itemref idref='gone'/></spine></package>";
const ONE: &str = "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body><a id='p1'/><h1>One</h1>\
    <p>It<del id='v'/> rose<![CDATA[ & fell]]>.</p><nav>a</nav></body></html>";

fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    super::read(bytes, &NamedParts::default(), limits)
}

fn book(extra: &[(&str, &str)]) -> Vec<u8> {
    let entries = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", BOOK),
        ("OEBPS/text/two.xhtml", "<html><body><p>It fell.</p></body></html>"),
        ("OEBPS/text/one a.xhtml", ONE),
        ("OEBPS/nav.xhtml", "<nav>Contents</nav>"),
    ];
    zipped(&[&entries, extra].concat())
}

#[test]
fn chapters_are_read_in_the_order_of_the_spine() {
    let extracted = read(&book(&[]), LIMITS).expect("a file within limits");
    assert_eq!(extracted.text, "One\n\nIt rose & fell.\n\na\n\nIt fell.");
    assert_eq!(extracted.meta.author.as_deref(), Some("Ada Quill, Ben Rook"));
    assert_eq!(extracted.meta.published, Some(jiff::civil::date(2019, 4, 1)));
}

#[test]
fn files_that_only_links_lead_to_follow_the_chapters() {
    let contents = "<html><body><nav epub:type='toc'><ol><li><a href='text/two.xhtml'>Two</a></li></ol></nav></body></html>";
    let spine = "<spine><itemref idref='a' linear='no'/><itemref idref='b'/></spine>";
    let before = BOOK.split("<spine>").next().expect("a manifest");
    let package = format!("{before}{spine}</package>");
    let entries = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", &*package),
        ("OEBPS/text/two.xhtml", "<html><body><p>It fell.</p></body></html>"),
        ("OEBPS/text/one a.xhtml", ONE),
        ("OEBPS/nav.xhtml", contents),
    ];
    let extracted = read(&zipped(&entries), LIMITS).expect("a file within limits");
    assert_eq!(extracted.text, "It fell.\n\nOne\n\nIt rose & fell.\n\na");
    let chapters = extracted.divisions.expect("chapters").list;
    let names: Vec<_> = chapters.iter().map(|chapter| (chapter.start, chapter.name.as_deref())).collect();
    assert_eq!(names, [(0, Some("Two")), (8, None)]);
}

#[test]
fn encrypted_chapters_and_missing_containers_are_rejected() {
    let encrypted = "<encryption><CipherReference URI=\"OEBPS/text/two.xhtml\"/></encryption>";
    assert_eq!(read(&book(&[("META-INF/encryption.xml", encrypted)]), LIMITS), Err(ReadError::Encrypted));
    assert!(matches!(read(&zipped(&[("a", "b")]), LIMITS), Err(ReadError::Damaged(_))));
}

#[test]
fn excluded_elements_of_any_chapter_are_no_part_of_the_text() {
    let parts = |include: &[&str], exclude: &[&str]| NamedParts {
        include: include.iter().map(|one| (*one).to_owned()).collect(),
        exclude: exclude.iter().map(|one| (*one).to_owned()).collect(),
    };
    let read = |parts: &NamedParts| super::read(&book(&[]), parts, LIMITS).expect("a file within limits");
    let without = read(&parts(&[], &["h1, nav"]));
    assert_eq!((without.text.as_str(), without.part_faults), ("It rose & fell.\n\nIt fell.", Vec::new()));
    let all = without.all.expect("words are excluded");
    let told: Vec<_> = all.left_out.iter().map(|part| (part.place.to_string(), all.words_of(part))).collect();
    let place = "line 1 of `OEBPS/text/one a.xhtml`";
    assert_eq!(told, [(place.to_owned(), "One"), (place.to_owned(), "a")]);
    let faults = read(&parts(&["h1"], &["p", "h5", "1 2"]));
    assert_eq!(faults.text, "One\n\na");
    let found: Vec<_> =
        faults.part_faults.iter().map(|fault| (fault.key, fault.entry, fault.reason)).collect();
    let (format, no_match, bad) =
        (PartFaultReason::Format, PartFaultReason::NoMatch, PartFaultReason::BadSelector);
    let (include, exclude) = (PartKey::Include, PartKey::Exclude);
    assert_eq!(found, [(include, 0, format), (exclude, 1, no_match), (exclude, 2, bad)]);
}

/// A book whose files, in the folder `b`, have these names and contents.
fn book_of(files: &[(&str, &str)]) -> Vec<u8> {
    let chapters = files.iter().filter(|(name, _)| name.ends_with("html"));
    let item = |(at, (name, _)): (usize, &(&str, &str))| {
        format!("<item id='c{at}' href='{name}' media-type='application/xhtml+xml'/><itemref idref='c{at}'/>")
    };
    let document: String = chapters.enumerate().map(item).collect();
    let container = "<rootfile full-path='b/book.opf'/>".to_owned();
    let mut entries = vec![
        ("META-INF/container.xml".to_owned(), container),
        ("b/book.opf".to_owned(), format!("<package>{document}</package>")),
    ];
    // An entry without text is only a second name of a file, and adds no file.
    let files = files.iter().filter(|(_, text)| !text.is_empty());
    entries.extend(files.map(|(name, text)| (join_path("b", name).expect("a path"), (*text).to_owned())));
    let entries: Vec<_> = entries.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&entries)
}

/// Returns the text of such a book, and the words set aside.
fn read_chapters(files: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let extracted = read(&book_of(files), LIMITS).expect("a file within limits");
    let place = |aside: SetAside| (extracted.text[..aside.at].to_owned(), aside.words);
    (extracted.text.clone(), extracted.set_aside.into_iter().map(place).collect())
}

#[test]
fn marks_of_notes_in_other_chapters_are_no_words_of_the_sentence() {
    let chapter = "<p>It rose by 10<a href='notes/n%20a.xhtml#n%3A1'><sup>6</sup></a> feet\
        <sup><a href='notes/n%20a.xhtml#n2'>7</a></sup>, to 10<a href='notes/n%20a.xhtml#powers'><sup>8</sup></a> \
        m<sup>2</sup> and 10<a href='../gone.xhtml#n2'><sup>9</sup></a>.</p>";
    let notes = "<p id='n:1'><a epub:type='backlink' href='../one.xhtml#r'>6</a> A note.</p>";
    let (text, _) = read_chapters(&[("one.xhtml", chapter), ("notes/n a.xhtml", notes)]);
    assert_eq!(text, "It rose by 10 feet, to 10⁸ m² and 10⁹.\n\nA note.");
}

#[test]
fn marks_are_known_also_in_a_book_with_very_many_ids() {
    let ids = (0..100_000).fold(String::new(), |ids, n| ids + "id='" + &n.to_string() + "'");
    let notes = format!("<!--{ids}--><p>A note.</p>");
    let names = ["a.xhtml", "b.xhtml", "c.xhtml", "d.xhtml", "e.xhtml", "f.xhtml"];
    let marks = names.map(|other| {
        let mark = |note| format!("<a href='{note}#7'><sup>6</sup></a>");
        format!("<p>It rose by 10{} feet and 10{} inches.</p>", mark(names[0]), mark(other))
    });
    let chapters: Vec<_> = names.iter().map(|name| format!("of-{name}")).collect();
    let mut files: Vec<(&str, &str)> = names.map(|name| (name, notes.as_str())).to_vec();
    files.extend(chapters.iter().zip(&marks).map(|(name, marks)| (name.as_str(), marks.as_str())));
    let limits = Limits { file_bytes: 1 << 22, decompressed_bytes: 1 << 26, seconds: 60 };
    let extracted = read(&book_of(&files), limits).expect("a file within limits");
    assert_eq!(extracted.text.matches("It rose by 10 feet and 10 inches.").count(), names.len());
    let all = names.map(|name| format!("<a href='{name}#7'>6</a>")).concat();
    files.push(("all.xhtml", &all));
    assert_eq!(read(&book_of(&files), limits), Err(ReadError::TooLarge));
}

#[test]
fn style_sheets_of_the_book_hide_and_strike_words() {
    let chapter = "<html><head><link rel='stylesheet' href='../style%20a.css'/><link rel='stylesheet' href='gone.css'/>\
        <link rel='stylesheet' media='print' href='print.css'/><style>@import 'own.css';</style></head>\
        <body><p>The mill <i class='no'>never</i> burnt <i class='old'>down</i> in <i class='far'>May</i> \
        <i class='own'>June</i> <i class='paper'>1823</i>.</p></body></html>";
    let (text, aside) = read_chapters(&[
        ("text/one.xhtml", "<p>One.</p>"),
        ("text/two.xhtml", chapter),
        ("style a.css", "@import url(text/more.css);@import 'style%20a.css';.no{display:none}"),
        ("text/more.css", "@import \"../far.css\" print;.old{text-decoration:line-through}"),
        ("far.css", ".far{display:none}"),
        ("text/own.css", ".own{display:none}"),
        ("text/print.css", ".paper{display:none}"),
    ]);
    assert_eq!(text, "One.\n\nThe mill burnt in May 1823.");
    let words: Vec<&str> = aside.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["never", "down", "June"]);
}

#[test]
fn a_chapter_is_read_once_whatever_the_names_that_lead_to_it() {
    let (text, aside) = read_chapters(&[
        ("one.xhtml", "<p>It <del>never </del>rose.</p>"),
        ("./one.xhtml", ""),
        ("x/../one.xhtml", ""),
    ]);
    assert_eq!((text.as_str(), aside.len()), ("It rose.", 1));
}

const NCX: &str = "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>";
const NAV: &str =
    "<item id='nav' href='text/nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>";

/// Returns the chapter of each of the words, in a book with these files.
fn chapters_of(item: &str, files: &[(&str, &str)], words: &[&str]) -> Vec<Option<String>> {
    let chapters = files.iter().filter(|(name, _)| !name.contains("nav") && name.ends_with("html"));
    let items: Vec<String> = chapters
        .map(|(name, _)| {
            format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/><itemref idref='{name}'/>")
        })
        .collect();
    let package = format!("<package>{item}{}</package>", items.concat());
    let mut entries =
        vec![("META-INF/container.xml", "<rootfile full-path='book.opf'/>"), ("book.opf", package.as_str())];
    entries.extend_from_slice(files);
    let extracted = read(&zipped(&entries), LIMITS).expect("a file within limits");
    let chapter = |words: &&str| {
        let at = extracted.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
        let chapter = extracted.divisions.as_ref()?.at(at)?;
        Some(format!("{:?} {}", chapter.number.unwrap_or(0), chapter.name.as_deref().unwrap_or_default()))
    };
    words.iter().map(chapter).collect()
}

fn some<const N: usize>(chapters: [&str; N]) -> Vec<Option<String>> {
    chapters.map(|chapter| Some(chapter.to_owned()).filter(|chapter| !chapter.is_empty())).to_vec()
}

const FORD: &str = "<h1>Chapter 1</h1><h2>The ford</h2><p>Stones lay there.</p>";
const MILL: &str = "<p>They ground rye.</p><h1>The mill</h1><p>It burnt.</p><h2>The wheel</h2><p>It turned.</p>\
    <h1>The end</h1><p>All left.</p>";

#[test]
fn chapters_have_the_titles_of_the_table_of_contents() {
    let nav = "<nav epub:type='page-list'><ol><li><a href='ford.xhtml'>9</a></li></ol></nav><nav epub:type='toc'><ol>\
        <li><a href='ford.xhtml#one'>Chapter 1: <i>The</i> ford</a></li><li><a href='mill.xhtml#m'>The mill</a><ol>\
        <li><a href='mill.xhtml#w'>The wheel</a></li></ol></li><li><a href='mill.xhtml#e'>The end</a></li></ol></nav>";
    let files = [
        ("text/cover.xhtml", "<p>A cover.</p>"),
        ("text/ford.xhtml", FORD),
        ("text/ford-2.xhtml", "<p>Water ran.</p>"),
        ("text/mill.xhtml", MILL),
        ("text/nav.xhtml", nav),
    ];
    let words = ["A cover", "Stones", "Water", "ground", "burnt", "turned", "All left"];
    let first = "1 Chapter 1: The ford";
    assert_eq!(
        chapters_of(NAV, &files, &words),
        some(["", first, first, first, "0 The mill", "0 The mill", "0 The end"])
    );
}

#[test]
fn a_chapter_is_unknown_if_its_beginning_is() {
    let ncx = "<ncx><navMap><navPoint><navLabel><text>I</text></navLabel><content src='ford.xhtml'/></navPoint><navPoint>\
        <navLabel><text>The mill</text></navLabel><content src='mill.xhtml#m'/></navPoint><navPoint><navLabel>\
        <text>The fire</text></navLabel><content src='mill.xhtml#f'/></navPoint></navMap><pageList><pageTarget><navLabel>\
        <text>7</text></navLabel><content src='mill.xhtml#p'/></pageTarget></pageList></ncx>";
    let files = [("ford.xhtml", FORD), ("mill.xhtml", MILL), ("toc.ncx", ncx)];
    let words = ["Stones", "ground", "burnt", "All left"];
    assert_eq!(chapters_of(NCX, &files, &words), some(["1 I", "", "", ""]));
}

#[test]
fn without_a_table_of_contents_the_first_heading_of_a_file_is_its_title() {
    let damaged = [("ford.xhtml", FORD), ("mill.xhtml", MILL), ("toc.ncx", "<ncx><navMap></x>")];
    for (item, files) in [("", &damaged[..2]), (NCX, &damaged[..2]), (NCX, &damaged[..])] {
        assert_eq!(chapters_of(item, files, &["Stones", "burnt"]), some(["1 Chapter 1", ""]), "{item}");
    }
    let untitled = chapters_of("", &[("mill.xhtml", MILL)], &["burnt"]);
    assert_eq!(untitled, some([""]));
}
