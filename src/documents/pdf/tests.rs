//! Tests of the whole PDF reader on generated documents of a few objects.

use std::fmt::Write as _;

use super::*;
use crate::{Block, BlockKind};

pub(super) const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 24, seconds: 30 };

/// Writes a PDF file of the given objects, the catalog first.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = String::new();
    for (index, object) in objects.iter().enumerate() {
        writeln!(offsets, "{:010} 00000 n ", file.len()).expect("writing to memory succeeds");
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("writing to memory succeeds");
    }
    let (count, start) = (objects.len() + 1, file.len());
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{offsets}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    )
    .expect("writing to memory succeeds");
    file.into_bytes()
}

pub(crate) fn stream(entries: &str, content: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// Writes a document with these page contents, which may refer to the objects in `more` as `/X0`, `/X1` ….
pub(crate) fn document(contents: &[String], more: &[String]) -> Vec<u8> {
    let first = 4;
    let kids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", first + 2 * page)).collect();
    let next = first + 2 * contents.len();
    let forms: Vec<String> = (0..more.len()).map(|form| format!("/X{form} {} 0 R", next + form)).collect();
    let forms = forms.concat();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/Lang(en)>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>/XObject<<{forms}>>>>>>",
            kids.join(" "),
            contents.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", first + 2 * page + 1));
        objects.push(stream("", content));
    }
    objects.extend_from_slice(more);
    file(&objects)
}

/// Writes a document of one page, with additional entries of its catalog, resources and page. `more` are the objects
/// `/X0`, `/X1` …. The objects 100 and 101 are layers.
pub(crate) fn document_with(
    catalog: &str,
    resources: &str,
    page: &str,
    content: &str,
    more: &[String],
) -> Vec<u8> {
    let forms: Vec<String> = (0..more.len()).map(|form| format!("/X{form} {} 0 R", 6 + form)).collect();
    let forms = forms.concat();
    let page =
        if page.contains("MediaBox") { page.to_owned() } else { format!("{page}/MediaBox[0 0 400 400]") };
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        "<</Type/Pages/Kids[4 0 R]/Count 1>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/Contents 5 0 R{page}/Resources<</Font<</F 3 0 R>>/XObject<<{forms}>>{resources}>>>>"
        ),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    objects.resize(99, "null".to_owned());
    objects.extend(["<</Type/OCG/Name(Off)>>".to_owned(), "<</Type/OCG/Name(On)>>".to_owned()]);
    file(&objects)
}

/// The content of a line in 10 pt Courier; each glyph is 6 pt wide.
pub(crate) fn line(left: u32, base: u32, text: &str) -> String {
    format!("BT /F 10 Tf {left} {base} Td ({text}) Tj ET\n")
}

/// The content of several lines, 12 pt apart.
pub(crate) fn lines(left: u32, top: u32, texts: &[&str]) -> String {
    (0..).step_by(12).zip(texts).map(|(down, text)| line(left, top - down, text)).collect()
}

fn text(bytes: &[u8]) -> Result<String, ReadError> {
    read(bytes, LIMITS).map(|reading| reading.text)
}

const LEFT: [&str; 5] = [
    "The float of the old",
    "gauge was made of",
    "brass, and the har-",
    "bour paid for it in",
    "silver. Its clock",
];
const RIGHT: [&str; 5] = [
    "lost four minutes a",
    "week, which no one",
    "but the keeper knew",
    "for sixty years, and",
    "he kept it quiet.",
];

#[test]
fn a_paragraph_and_a_hyphenated_word_are_joined_across_columns() {
    let page = lines(10, 300, &LEFT) + &lines(150, 295, &RIGHT);
    let read = read(&document(&[page], &[]), LIMITS).expect("a valid document");
    assert_eq!(
        read.text,
        "The float of the old gauge was made of brass, and the harbour paid for it in silver. Its clock lost four \
         minutes a week, which no one but the keeper knew for sixty years, and he kept it quiet."
    );
    assert_eq!(read.blocks, [Block { kind: BlockKind::Paragraph, range: 0..read.text.len() }]);
    assert_eq!(read.meta.language.as_deref(), Some("en"));
}

#[test]
fn a_sentence_continues_on_the_next_page_and_its_note_follows_it() {
    let note = "BT /F 7 Tf 10 40 Td (1 In a book of 1899.) Tj ET\n";
    let first = lines(10, 300, &LEFT) + note + &line(180, 10, "7");
    let second = lines(10, 300, &RIGHT) + &line(180, 10, "8");
    let read = read(&document(&[first, second], &[]), LIMITS).expect("a valid document");
    let kinds: Vec<BlockKind> = read.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Note]);
    assert!(
        read.text.contains("Its clock lost four minutes") && read.text.ends_with("\n\n1 In a book of 1899.")
    );
}

#[test]
fn block_kinds_follow_from_layout() {
    let page = "BT /F 16 Tf 10 360 Td (On tides) Tj ET\n".to_owned()
        + &lines(10, 330, &["It rose by ten feet, which"])
        + &lines(10, 318, &["is 3 m, or 30 per cent."])
        + &lines(10, 290, &["- the float sticks", "- the clock is slow"])
        + &lines(10, 250, &["Figure 1: The float."]);
    let read = read(&document(&[page], &[]), LIMITS).expect("a valid document");
    let blocks: Vec<(BlockKind, &str)> =
        read.blocks.iter().map(|block| (block.kind, &read.text[block.range.clone()])).collect();
    let expected = [
        (BlockKind::Heading, "On tides"),
        (BlockKind::Paragraph, "It rose by ten feet, which is 3 m, or 30 per cent."),
        (BlockKind::Item, "- the float sticks"),
        (BlockKind::Item, "- the clock is slow"),
        (BlockKind::Caption, "Figure 1: The float."),
    ];
    assert_eq!(blocks, expected);
}

#[test]
fn a_form_is_read_where_it_is_placed() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 0 90]",
        &lines(10, 300, &LEFT[..1]),
    );
    let page = lines(10, 378, &LEFT[1..]) + "/X0 Do\n";
    let read = text(&document(&[page], &[form])).expect("a valid document");
    assert!(read.starts_with("The float of the old gauge was"), "{read}");
}

#[test]
fn mutually_recursive_forms_are_rejected() {
    let form = |text: &str| {
        stream("/Type/XObject/Subtype/Form/BBox[0 0 400 400]", &"/X0 Do /X1 Do\n".repeat(40)) + text
    };
    let page = lines(10, 300, &LEFT) + "/X0 Do";
    let result = text(&document(&[page], &[form(""), form("")]));
    assert!(matches!(result, Err(ReadError::TooLarge | ReadError::TooSlow)), "{result:?}");
}

#[test]
fn a_page_that_is_an_image_has_no_text() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    assert_eq!(
        text(&document(&["q 400 0 0 400 0 0 cm /X0 Do Q".to_owned()], &[image])),
        Err(ReadError::NoText)
    );
}

#[test]
fn scans_with_only_a_header_have_no_text() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    let page =
        "q 400 0 0 400 0 0 cm /X0 Do Q ".to_owned() + &line(40, 380, "The Harbour Gauge, second edition");
    assert_eq!(text(&document(&[page.clone(), page.clone(), page], &[image])), Err(ReadError::NoText));
}

#[test]
fn excluded_pages_are_not_read() {
    let page = |text: &str| line(40, 380, "The Harbour Gauge, second edition") + &lines(40, 300, &[text]);
    let pages = ["The gauge stood at nine.", "It fell to four.", "It rose again by noon."].map(page);
    let parts = crate::NamedParts { include: Vec::new(), exclude: vec!["2-3".to_owned(), "4".to_owned()] };
    let read = super::read_parts(&document(&pages, &[]), &parts, LIMITS).expect("a valid document");
    assert!(read.text.ends_with("The gauge stood at nine.") && !read.text.contains("fell"), "{}", read.text);
    let faults: Vec<_> = read.part_faults.iter().map(|fault| (fault.entry, fault.reason)).collect();
    assert_eq!(faults, [(1, crate::PartFaultReason::NoPage(3))]);
    let all = read.all.expect("words of the excluded pages");
    let left_out = |part| (all.words_of(part), part.name.as_str(), part.place.to_string());
    let left_out: Vec<_> = all.left_out.iter().map(left_out).collect();
    let header = "The Harbour Gauge, second edition";
    let expected = [("It fell to four.", "page 2"), ("It rose again by noon.", "page 3")];
    for ((words, entry, place), (sentence, page)) in left_out.iter().zip(expected) {
        assert!(words.starts_with(header) && words.ends_with(sentence), "{words}");
        assert_eq!((*entry, place.as_str()), ("2-3", page));
    }
    assert_eq!(left_out.len(), 2);
}

#[test]
fn an_exponent_stays_superscript_and_a_footnote_reference_is_removed() {
    let page = "BT /F 10 Tf 10 300 Td (It covers 9 km) Tj /F 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts (, they say.) Tj \
                /F 6 Tf 4 Ts (1) Tj ET\n"
        .to_owned()
        + &lines(10, 288, &["No one has been there, not even the keeper."])
        + "BT /F 6 Tf 10 44 Td (1) Tj /F 7 Tf 0 -3 Td ( Told in 1899.) Tj ET\n";
    let read = text(&document(&[page], &[])).expect("a valid document");
    assert!(read.starts_with("It covers 9 km², they say. No one has been there"), "{read}");
}

#[test]
fn a_sentence_does_not_continue_over_an_excluded_page() {
    let pages = [
        lines(10, 300, &["The ferryman kept a book, and", "he wrote in it that nobody"])
            + "BT /F 7 Tf 10 40 Td (1 Or so he said.) Tj ET\n",
        lines(10, 300, &["but the miller, who was rich,"]),
        lines(10, 300, &["paid the toll in that year.", "So the book says."]),
    ];
    let read = |exclude: &[&str]| {
        let exclude = exclude.iter().map(|one| (*one).to_owned()).collect();
        let parts = crate::NamedParts { include: Vec::new(), exclude };
        super::read_parts(&document(&pages, &[]), &parts, LIMITS).expect("a valid document").text
    };
    assert!(read(&[]).contains("that nobody but the miller, who was rich,"));
    let text = read(&["2"]);
    assert!(text.contains("that nobody\n\n1 Or so he said.\n\npaid the toll"), "{text}");
}

#[test]
fn a_damaged_file_is_read_as_far_as_possible_without_a_crash() {
    let whole = document(&[lines(10, 300, &LEFT)], &[]);
    let expected = text(&whole).expect("a valid document");
    for end in (0..whole.len()).step_by(37) {
        let read = text(&whole[..end]);
        assert!(
            read.is_err() || read.as_ref().is_ok_and(|text| expected.starts_with(text)),
            "{end}: {read:?}"
        );
    }
    for at in (0..whole.len()).step_by(41) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x15;
        // Damage within the text does not damage the file, so that reading it may succeed.
        let read = text(&bytes);
        assert!(!matches!(read, Err(ReadError::TooSlow | ReadError::Encrypted)), "{at}: {read:?}");
    }
}

#[test]
fn a_file_with_a_wrong_or_missing_xref_table_is_repaired() {
    let whole = document(&[lines(10, 300, &LEFT)], &[]);
    let expected = text(&whole);
    let wrong = String::from_utf8_lossy(&whole).replace("startxref\n", "startxref\n9");
    assert_eq!(text(wrong.as_bytes()), expected);
    let shifted = [b"%PDF-1.4\n%shifted\n", whole.get(9..).unwrap_or_default()].concat();
    assert_eq!(text(&shifted), expected);
    let lost = whole.split_at(memchr::memmem::find(&whole, b"xref\n").expect("the file has an xref table")).0;
    assert_eq!(text(lost), expected);
}

#[test]
fn a_page_tree_that_contains_itself_is_rejected() {
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"];
    let result = text(&file(&objects.map(str::to_owned)));
    assert!(matches!(result, Err(ReadError::Damaged(_))), "{result:?}");
}

/// Returns the text of a page that contains `codes` in a font with these dictionary entries.
fn text_in_font(font: &str, codes: &str, more: &[String]) -> String {
    let content = format!("BT /F 10 Tf 10 300 Td {codes} Tj ET");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[4 0 R]/Count 1/Resources<</Font<</F 3 0 R>>>>>>".to_owned(),
        format!("<</Type/Font{font}>>"),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R>>".to_owned(),
        stream("", &content),
    ];
    objects.extend_from_slice(more);
    text(&file(&objects)).expect("a valid document")
}

#[test]
fn characters_come_from_the_unicode_map_glyph_names_or_encoding() {
    let map =
        stream("", "1 beginbfrange <41> <5a> <0061> endbfrange 1 beginbfchar <21> <00660069> endbfchar");
    let mapped =
        text_in_font("/Subtype/Type1/BaseFont/Odd/ToUnicode 6 0 R", "(T!DE AT THE QUAY IN THE EBB)", &[map]);
    assert_eq!(mapped.replace(' ', ""), "tfideatthequayintheebb");
    let unknown = stream("", "3 beginbfchar <41> <0003> <42> <0000> <43> <0009> endbfchar");
    let control = text_in_font(
        "/Subtype/Type1/BaseFont/Odd/Encoding<</Differences[65/fl]>>/ToUnicode 6 0 R",
        "(The Aood wasCat six, Bertha said)",
        &[unknown],
    );
    assert_eq!(control, "The flood was at six, Bertha said");
    let names = "/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/eacute/f_f/a37/uni2212]>>";
    assert_eq!(
        text_in_font(names, "(\\001t\\001 e\\002ort, \\0045 degrees at the quay)", &[]),
        "été effort, −5 degrees at the quay"
    );
    let windows = "/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding";
    assert_eq!(
        text_in_font(windows, "(\\223The ebb is late at the quay\\224)", &[]),
        "“The ebb is late at the quay”"
    );
    let unicode =
        "/Subtype/Type0/BaseFont/Kai/Encoding/UniGB-UCS2-H/DescendantFonts[<</Subtype/CIDFontType0>>]";
    assert_eq!(text_in_font(unicode, &format!("<{}>", "6f6e6c50".repeat(12)), &[]), "潮汐".repeat(12));
}

#[test]
fn the_letters_of_a_font_may_be_much_larger_than_the_font_size() {
    for (size, matrix, text_matrix, width) in [
        ("0.1", "[1 0 0 -1 0 0]", "1 0 0 -1 10 300", "60 "),
        ("0.1", "[1 0 0 1 0 0]", "1 0 0 1 10 300", "60 "),
        ("10", "[0.01 0 0 0.01 0 0]", "1 0 0 1 10 300", "60 "),
        ("1000", "[0.001 0 0 0.001 0 0]", "1 0 0 1 10 300", "6 "),
    ] {
        let widths = width.repeat(91);
        let font = format!(
            "/Subtype/Type3/FontMatrix{matrix}/FontBBox[0 0 1 1]/FirstChar 32/Widths[{widths}]/Encoding/WinAnsiEncoding"
        );
        let codes = format!("/F {size} Tf {text_matrix} Tm (The ebb is late at the quay) Tj 0 0 Td () ");
        assert_eq!(text_in_font(&font, &codes, &[]), "The ebb is late at the quay", "{size} {matrix}");
    }
}

#[test]
fn characters_come_from_the_collection_that_the_font_names() {
    let text_of = |ordering: &str, codes: &str| {
        let descendant = format!(
            "<</Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>>>"
        );
        let font = format!("/Subtype/Type0/BaseFont/Kai/Encoding/Identity-H/DescendantFonts[{descendant}]");
        text_in_font(&font, &format!("<{codes}>"), &[])
    };
    let ids =
        |numbers: &[u32]| numbers.iter().map(|number| format!("{number:04x}")).collect::<Vec<_>>().concat();
    assert_eq!(text_of("Japan1", &ids(&[3016, 2266, 843, 7888, 34, 264])), "潮汐あ。AA");
    assert_eq!(text_of("GB1", &ids(&[940, 4162, 98])), "啊一。");
    assert_eq!(text_of("Korea1", &ids(&[1086, 3435])), "가힝");
    assert_eq!(text_of("CNS1", &ids(&[595, 2008])), "一耍");
}

#[test]
fn a_short_page_without_an_image_is_read() {
    let page = line(40, 300, "High tide");
    assert_eq!(text(&document(&[page], &[])).as_deref(), Ok("High tide"));
}

#[test]
fn text_from_right_to_left_is_read_in_its_order() {
    let map = stream("", "1 beginbfchar <41> <05d9> <42> <05dd> <43> <05d2> <44> <05dc> endbfchar");
    let font = "/Subtype/Type1/BaseFont/Odd/ToUnicode 6 0 R";
    assert_eq!(text_in_font(font, "(BADC BA)", &[map]), "ים גלים");
}

#[test]
fn a_page_rotated_by_90_degrees_is_read_by_its_lines() {
    let turned = |left: u32, text: &str| format!("BT /F 10 Tf 0 1 -1 0 {left} 20 Tm ({text}) Tj ET\n");
    let page: String = (0..).step_by(12).zip(LEFT).map(|(down, text)| turned(100 + down, text)).collect();
    let read = text(&document(&[page], &[])).expect("a valid document");
    assert!(read.starts_with("The float of the old gauge was made of brass, and the harbour"), "{read}");
}

#[test]
fn text_in_another_direction_follows_the_page_and_does_not_end_its_last_paragraph() {
    let margin = "BT /F 10 Tf 0 1 -1 0 390 20 Tm (Sent in June) Tj ET\n";
    let first = lines(10, 300, &LEFT) + margin;
    let pages = [first, lines(10, 300, &["lost four minutes a", "week in the cold."])];
    let read = text(&document(&pages, &[])).expect("a valid document");
    assert!(read.contains("Its clock lost four minutes a week in the cold."), "{read}");
    assert!(read.split("\n\n").any(|block| block == "Sent in June"), "{read}");
}

/// The content of text that begins at a point and runs at an angle, in degrees. `each` is how far the angle falls from
/// one glyph to the next, so that the text follows a curve.
fn tilted(start: (f64, f64), angle: f64, each: f64, text: &str) -> String {
    let ((mut x, mut y), mut angle) = (start, angle.to_radians());
    let mut content = String::new();
    for letter in text.chars() {
        let (sine, cosine) = angle.sin_cos();
        let matrix = format!("{cosine:.5} {sine:.5} {:.5} {cosine:.5} {x:.5} {y:.5}", -sine);
        writeln!(content, "BT /F 10 Tf {matrix} Tm ({letter}) Tj ET").expect("writing to memory succeeds");
        (x, y, angle) = (x + 6.0 * cosine, y + 6.0 * sine, angle - each.to_radians());
    }
    content
}

#[test]
fn tilted_text_follows_the_page_in_words_and_lines() {
    let raised = tilted((100.0, 50.0), 30.0, 0.0, "It covers 10")
        + "BT /F 6 Tf 0.86603 0.5 -0.5 0.86603 160.35 89.46 Tm (6) Tj ET\n"
        + &tilted((165.55, 87.85), 30.0, 0.0, " square feet");
    for (name, content, expected) in [
        ("a watermark", tilted((100.0, 50.0), 45.0, 0.0, "NOT FOR SALE"), &["NOT FOR SALE"][..]),
        ("text that runs down", tilted((100.0, 200.0), -70.0, 0.0, "not for sale"), &["not for sale"]),
        (
            "labels of a chart",
            (0..6)
                .map(|at| tilted((100.0 + 25.0 * f64::from(at), 50.0), 45.0, 0.0, &format!("in May {at}")))
                .collect(),
            &["in May 0", "in May 1", "in May 2", "in May 3", "in May 4", "in May 5"],
        ),
        (
            "two lines of a note",
            tilted((100.0, 150.0), -20.0, 0.0, "Sent in June")
                + &tilted((95.9, 138.7), -20.0, 0.0, "by the miller"),
            &["Sent in June by the miller"],
        ),
        ("a superscript", raised, &["It covers 10⁶ square feet"]),
        (
            "words along a curve",
            tilted((100.0, 50.0), 84.0, 8.0, "THE HARBOUR BOARD"),
            &["THE HARBOUR BOARD"],
        ),
    ] {
        let read = text(&document(&[lines(10, 300, &LEFT) + &content], &[])).expect("a valid document");
        let blocks: Vec<&str> = read.split("\n\n").collect();
        assert_eq!(blocks.get(1..), Some(expected), "{name}");
    }
}

#[test]
fn headers_and_artifacts_are_set_aside_with_their_page() {
    let artifact = |base: u32, text: &str| format!("/Artifact BMC\n{}EMC\n", line(10, base, text));
    let page = |text: &[&str]| line(10, 380, "Tide tables") + &lines(10, 300, text) + &artifact(20, "Draft");
    let read = read(&document(&[page(&LEFT), page(&RIGHT)], &[]), LIMITS).expect("a valid document");
    assert!(read.text.starts_with("The float") && !read.text.contains("Tide tables"), "{read:?}");
    let aside: Vec<(SetAsideReason, &str)> =
        read.set_aside.iter().map(|aside| (aside.reason, &*aside.words)).collect();
    let edge = |words| (SetAsideReason::PageEdge, words);
    assert_eq!(aside, [edge("Draft"), edge("Tide tables"), edge("Draft"), edge("Tide tables")]);
}

#[test]
fn codes_without_a_character_take_no_space_in_a_standard_font() {
    let font = "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding";
    assert_eq!(text_in_font(font, "<0074006900640065>", &[]), "tide");
}

#[test]
fn a_decompression_bomb_is_rejected() {
    let compressed = |bytes: usize| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, &vec![b' '; bytes]).expect("writing to memory succeeds");
        encoder.finish().expect("writing to memory succeeds")
    };
    let hex: String =
        compressed(LIMITS.decompressed_bytes + 1).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing to memory succeeds");
            hex
        });
    let form = stream("/Subtype/Form/Filter[/ASCIIHexDecode/FlateDecode]", &hex);
    assert_eq!(text(&document(&["/X0 Do".to_owned()], &[form])), Err(ReadError::TooLarge));
    // The filter would allocate memory for an oversized row.
    let row = "/Subtype/Form/Filter/LZWDecode/DecodeParms<</Predictor 12/Colors 5/#43olumns 99999999999999>>";
    assert_eq!(text(&document(&["/X0 Do".to_owned()], &[stream(row, "x")])), Err(ReadError::TooLarge));
}

#[test]
fn a_page_of_very_many_streams_is_rejected() {
    let page = |streams: usize| {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>>>>>"
                .to_owned(),
            "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/Contents[{} 6 0 R]>>", "5 0 R ".repeat(streams)),
            stream("", ""),
            stream("", &lines(10, 300, &LEFT)),
        ];
        text(&file(&objects))
    };
    assert!(page(1000).is_ok_and(|text| text.starts_with("The float")));
    assert_eq!(page(20_000), Err(ReadError::TooLarge));
}

#[test]
fn a_file_above_the_limit_is_not_parsed() {
    let limits = Limits { file_bytes: 10, ..LIMITS };
    assert_eq!(read(&document(&[], &[]), limits), Err(ReadError::TooLarge));
}

#[test]
fn words_of_two_columns_or_cells_are_not_joined() {
    let left = ["He was found not", "guilty of fraud.", "The mill was his."];
    let right = ["guilty of murder.", "She paid the tax.", "It burnt in May."];
    for count in 2..=3 {
        let page = line(10, 340, "Both cases were heard by the council on one day.")
            + &lines(10, 300, &left[..count])
            + &lines(150, 300, &right[..count]);
        let read = text(&document(&[page], &[])).expect("a valid document");
        assert!(read.contains("found not\tguilty of murder.\nguilty of fraud.\tShe paid"), "{read}");
    }
}

/// Returns the text of a line that is shown by a `TJ` operator with these parts, in 10 pt Courier.
fn shown(parts: &str) -> String {
    let page = line(10, 300, "The town council met at the ferry.")
        + &format!("BT /F 10 Tf 10 250 Td [{parts}] TJ ET");
    let read = text(&document(&[page], &[])).expect("a valid document");
    read.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn groups_of_digits_stay_one_number() {
    for (parts, expected) in [
        ("(There were 11) -120 (200 people)", "There were 11\u{202f}200 people"),
        ("(There were 11) -200 (200 people)", "There were 11\u{202f}200 people"),
        ("(There were 1) -120 (200) -120 (300 people)", "There were 1\u{202f}200\u{202f}300 people"),
        ("(There were 11) 20 (200 people)", "There were 11200 people"),
        ("(There were 11 200 people)", "There were 11 200 people"),
        ("(In 1911) -200 (200 people)", "In 1911 200 people"),
        ("(In 1) -120 (9) -120 (1) -120 (1) -120 ( here)", "In 1911 here"),
    ] {
        assert_eq!(shown(parts), expected, "{parts}");
    }
}

#[test]
fn a_minus_at_the_end_of_a_line_stays() {
    let page = lines(10, 300, &["The ferry made a loss of -", "5 million, said the mayor", "of the town."]);
    let read = text(&document(&[page], &[])).expect("a valid document");
    assert!(read.contains("a loss of -5 million, said"), "{read}");
}

#[test]
fn text_printed_twice_counts_once() {
    let twice = |x: &str, y: &str| {
        let again = format!("BT /F 10 Tf 10{x} 250{y} Td (the mill burnt, 11 barrels too) Tj ET\n");
        line(10, 300, "The town council met.") + &line(10, 250, "the mill burnt, 11 barrels too") + &again
    };
    for (x, y) in [("", ""), (".3", ""), ("", ".4"), (".5", ".5")] {
        let read = text(&document(&[twice(x, y)], &[])).expect("a valid document");
        assert!(read.ends_with("the mill burnt, 11 barrels too"), "{x} {y}: {read}");
        assert_eq!(read.matches("mill").count(), 1, "{x} {y}: {read}");
    }
}

#[test]
fn raised_and_lowered_text_keeps_its_meaning() {
    let script = |before: &str, size: &str, rise: &str, script: &str, after: &str| {
        let page = line(10, 300, "The town council met at the ferry.")
            + &format!(
                "BT /F 10 Tf 10 250 Td ({before}) Tj /F {size} Tf {rise} Ts ({script}) Tj /F 10 Tf 0 Ts ({after}) Tj ET"
            );
        let read = text(&document(&[page], &[])).expect("a valid document");
        read.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(script("It took 10", "6", "4", "6", " steps."), "It took 10⁶ steps.");
    assert_eq!(script("It took 10", "10", "4", "6", " steps."), "It took 10⁶ steps.");
    assert_eq!(script("It took 10", "6", "4", "-12", " steps."), "It took 10⁻¹² steps.");
    assert_eq!(script("Much CO", "6", "-1.5", "2", " rose."), "Much CO₂ rose.");
    assert_eq!(script("It took 2", "6", "4", "k", " steps."), "It took 2^k steps.");
    assert_eq!(script("On the 1", "6", "4", "st", " of May."), "On the 1st of May.");
    assert_eq!(script("The mill burnt.", "6", "4", "1,2", " It was old."), "The mill burnt.¹,² It was old.");
    assert_eq!(script("Small ", "8", "0", "capitals", " here."), "Small capitals here.");
}

#[test]
fn a_glyph_without_a_character_stays_as_an_unknown_one() {
    let font = "/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/odd/uniE000/bullet]>>";
    for (codes, expected) in [
        ("(There were 1\\001200 people at the quay)", "There were 1\u{fffd}200 people at the quay"),
        ("(There were 1\\002200 people at the quay)", "There were 1\u{fffd}200 people at the quay"),
        ("(It fell by \\0015 points at the quay)", "It fell by \u{fffd}5 points at the quay"),
        ("(\\001 It fell by points at the quay)", "It fell by points at the quay"),
    ] {
        assert_eq!(text_in_font(font, codes, &[]), expected, "{codes}");
    }
}

#[test]
fn long_lists_of_widths_and_names_are_read_in_part() {
    let widths = "0 65535 600 ".repeat(100_000);
    let font = format!("<</Subtype/CIDFontType2/BaseFont/X/W[{widths}]>>");
    let map = stream(
        "",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <00FF> <0000> endbfrange",
    );
    let entries =
        format!("/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[{font}]");
    let content = format!("BT /F 10 Tf 10 300 Td <{}> Tj ET", "0061".repeat(40));
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[4 0 R]/Count 1/Resources<</Font<</F 3 0 R>>>>>>".to_owned(),
        format!("<</Type/Font{entries}>>"),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R>>".to_owned(),
        stream("", &content),
        map,
    ];
    let limits = Limits { file_bytes: 1 << 24, ..LIMITS };
    let read = read(&file(&objects), limits).expect("a valid document");
    assert_eq!(read.text, "a".repeat(40));
}

#[test]
fn the_next_source_of_metadata_counts_where_one_is_unusable() {
    let meta = |title: &str, tag: &str| {
        let xmp = format!(
            "<x><dc:title><rdf:li>{title}</rdf:li></dc:title><dc:language><rdf:li>de</rdf:li></dc:language></x>"
        );
        let objects = [stream("", &xmp), "<</Title(The harbour gauge)>>".to_owned()];
        let catalog = format!("/Metadata 6 0 R/Lang({tag})");
        let file = document_with(&catalog, "", "", &lines(10, 300, &LEFT), &objects);
        let file = String::from_utf8(file).expect("the test's document is text");
        let read = read(file.replace("/Root 1 0 R", "/Root 1 0 R/Info 7 0 R").as_bytes(), LIMITS);
        let meta = read.expect("a valid document").meta;
        (meta.title.unwrap_or_default(), meta.language.unwrap_or_default())
    };
    let expected = |title: &str, language: &str| (title.to_owned(), language.to_owned());
    assert_eq!(meta("Tides", "en"), expected("Tides", "en"));
    assert_eq!(meta("Microsoft Word - gauge.doc", "?"), expected("The harbour gauge", "de"));
}

/// Returns the number and label of the pages on which words of a document begin and end.
fn pages_of(read: &ExtractedText, words: &str) -> Vec<(usize, Option<String>)> {
    let start = read.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in {}", read.text));
    let pages = read.divisions.as_ref().expect("a PDF has pages").of(&(start..start + words.len()));
    let (first, last) = pages.expect("each word is on a page");
    [Some(first), last]
        .into_iter()
        .flatten()
        .map(|page| (page.number.expect("pages are counted"), page.name.clone()))
        .collect()
}

#[test]
fn words_have_the_page_on_which_they_are() {
    let pages = [
        lines(10, 300, &LEFT[..4]) + &line(10, 240, "silver, and the clock was"),
        lines(10, 300, &["wound by the har-", "bour master's son, who", "was paid in herring."]),
        String::new(),
        lines(10, 300, &["No one has wound it since", "the bridge was built."]),
    ];
    let read = read(&document(&pages, &[]), LIMITS).expect("a valid document");
    let numbers = |words| pages_of(&read, words).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
    assert_eq!(numbers("The float"), [1]);
    assert_eq!(numbers("clock was wound by"), [1, 2], "a paragraph that runs over the page break");
    assert_eq!(numbers("harbour master"), [2]);
    assert_eq!(numbers("No one"), [4], "pages without text are counted");
    assert_eq!(pages_of(&read, "No one")[0].1, None);
    assert_eq!(read.divisions.map(|pages| pages.highest), Some(4));
}

#[test]
fn notes_have_the_page_at_whose_foot_they_are() {
    let note = |text: &str| format!("BT /F 7 Tf 10 40 Td ({text}) Tj ET\n");
    let pages = [
        lines(
            10,
            300,
            &["The bell was cast in Leeds and", "hung by the smith of the", "harbour, whose name is"],
        ) + &note("1 So the rolls say."),
        lines(10, 300, &["not known, though he was", "paid for it in herring."])
            + &line(10, 250, "A last line."),
    ];
    let read = read(&document(&pages, &[]), LIMITS).expect("a valid document");
    let note = read.text.find("So the rolls").expect("the note is text");
    assert!(read.text.find("not known").expect("text") < note, "the note follows the paragraph");
    assert_eq!(pages_of(&read, "So the rolls")[0].0, 1);
    assert_eq!(pages_of(&read, "not known")[0].0, 2);
    assert_eq!(pages_of(&read, "A last line")[0].0, 2);
}

#[test]
fn printed_page_numbers_are_those_of_the_file() {
    const WORDS: [&str; 6] = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Filbert"];
    let contents =
        WORDS.map(|word| lines(10, 300, &[&format!("{word} wood was used for"), word, "and its keel."]));
    let pdf = String::from_utf8(document(&contents, &[])).expect("the test's document is text");
    let labelled = |labels: &str| {
        let catalog = "<</Type/Catalog";
        let read = read(pdf.replace(catalog, &format!("{catalog}/PageLabels{labels}")).as_bytes(), LIMITS);
        let read = read.expect("a valid document");
        let label = |word| pages_of(&read, word).swap_remove(0).1.unwrap_or_default();
        (read.divisions.as_ref().map(|pages| pages.highest), WORDS.map(label).to_vec())
    };
    let ranges = "<</Nums[0<</S/r/St 4>> 2<</S/D>> 4<</P(A-)/S/A>> 5<</P(Plate)>>]>>";
    assert_eq!(
        labelled(ranges),
        (Some(6), ["iv", "v", "1", "2", "A-A", "Plate"].map(str::to_owned).to_vec())
    );
    let tree = "<</Kids[<</Kids[<</Nums[0<</S/D/St 345>>]>>]>> 7 (no node)]>>";
    assert_eq!(labelled(tree).1[..2], ["345", "346"]);
    assert_eq!(labelled(tree).0, Some(350));
    let many = format!("<</Nums[{}]>>", "7<<>>".repeat(11_000));
    let beyond = format!("<</Kids[{many}{many}<</Nums[0<</P(A)>>]>>]>>");
    assert_eq!(labelled(&beyond).1[0], "", "all nodes together have too many ranges");
    for unusable in ["[]", "<</Nums[-3<</S/D>> (x)]>>", "<</Nums[0<</S/D/St 1>>]>>", "<</Kids[1 0 R 1 0 R]>>"]
    {
        assert_eq!(labelled(unusable), (Some(6), vec![String::new(); 6]), "{unusable}");
    }
}
