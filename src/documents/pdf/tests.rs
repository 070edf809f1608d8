//! Tests of the whole reader, on documents of a few objects.

use std::fmt::Write as _;

use super::*;

const LIMITS: Limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 24, seconds: 30 };

/// Objects as a file, the catalog first.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (index, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).expect("memory takes everything");
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("memory takes everything");
    }
    let (count, start) = (objects.len() + 1, file.len());
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    )
    .expect("memory takes everything");
    file.into_bytes()
}

fn stream(entries: &str, content: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A document whose pages have these contents; they may call the objects that follow them.
fn document(contents: &[String], more: &[String]) -> Vec<u8> {
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

/// A line in letters of ten points, each six points wide.
fn line(left: u32, base: u32, text: &str) -> String {
    format!("BT /F 10 Tf {left} {base} Td ({text}) Tj ET\n")
}

/// Lines below one another.
fn lines(left: u32, top: u32, texts: &[&str]) -> String {
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
    "week, which nobody",
    "but the keeper knew",
    "for sixty years, and",
    "he kept it quiet.",
];

#[test]
fn two_columns_are_one_paragraph_with_its_broken_word_whole() {
    let page = lines(10, 300, &LEFT) + &lines(150, 295, &RIGHT);
    let read = read(&document(&[page], &[]), LIMITS).expect("it is sound");
    assert_eq!(
        read.text,
        "The float of the old gauge was made of brass, and the harbour paid for it in silver. Its clock lost four \
         minutes a week, which nobody but the keeper knew for sixty years, and he kept it quiet."
    );
    assert_eq!(read.blocks, [Block { kind: BlockKind::Paragraph, range: 0..read.text.len() }]);
    assert_eq!(read.meta.language.as_deref(), Some("en"));
}

#[test]
fn a_sentence_goes_on_over_a_page_and_its_note_comes_after_it() {
    let note = "BT /F 7 Tf 10 40 Td (1 In a book of 1899.) Tj ET\n";
    let first = lines(10, 300, &LEFT) + note + &line(180, 10, "7");
    let second = lines(10, 300, &RIGHT) + &line(180, 10, "8");
    let read = read(&document(&[first, second], &[]), LIMITS).expect("it is sound");
    let kinds: Vec<BlockKind> = read.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Note]);
    assert!(
        read.text.contains("Its clock lost four minutes") && read.text.ends_with("\n\n1 In a book of 1899.")
    );
}

#[test]
fn blocks_are_told_apart_by_their_looks() {
    let page = "BT /F 16 Tf 10 360 Td (On tides) Tj ET\n".to_owned()
        + &lines(10, 330, &["It rose by ten feet, which"])
        + &lines(10, 318, &["is 3 m, or 30 per cent."])
        + &lines(10, 290, &["- the float sticks", "- the clock is slow"])
        + &lines(10, 250, &["Figure 1: The float."]);
    let read = read(&document(&[page], &[]), LIMITS).expect("it is sound");
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
        "/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 0 100]",
        &lines(10, 300, &LEFT[..1]),
    );
    let page = lines(10, 388, &LEFT[1..]) + "/X0 Do\n";
    let read = text(&document(&[page], &[form])).expect("it is sound");
    assert!(read.starts_with("The float of the old gauge was"), "{read}");
}

#[test]
fn forms_that_call_one_another_without_end_are_refused() {
    let form = |text: &str| {
        stream("/Type/XObject/Subtype/Form/BBox[0 0 400 400]", &"/X0 Do /X1 Do\n".repeat(40)) + text
    };
    let page = lines(10, 300, &LEFT) + "/X0 Do";
    let refused = text(&document(&[page], &[form(""), form("")]));
    assert!(matches!(refused, Err(ReadError::TooLarge | ReadError::TooSlow)), "{refused:?}");
}

#[test]
fn a_page_that_is_a_picture_has_no_text() {
    let picture =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    assert_eq!(
        text(&document(&["q 400 0 0 400 0 0 cm /X0 Do Q".to_owned()], &[picture])),
        Err(ReadError::NoText)
    );
}

#[test]
fn pages_with_nothing_but_a_running_head_have_no_text() {
    let page = line(40, 380, "The Harbour Gauge, second edition");
    assert_eq!(text(&document(&[page.clone(), page.clone(), page], &[])), Err(ReadError::NoText));
}

#[test]
fn an_exponent_stays_raised_and_the_mark_of_a_note_goes() {
    let page = "BT /F 10 Tf 10 300 Td (It covers 9 km) Tj /F 6 Tf 4 Ts (2) Tj /F 10 Tf 0 Ts (, they say.) Tj \
                /F 6 Tf 4 Ts (1) Tj ET\n"
        .to_owned()
        + &lines(10, 288, &["Nobody has been there, not even the keeper."])
        + "BT /F 6 Tf 10 44 Td (1) Tj /F 7 Tf 0 -3 Td ( Told in 1899.) Tj ET\n";
    let read = text(&document(&[page], &[])).expect("it is sound");
    assert!(read.starts_with("It covers 9 km², they say. Nobody has been there"), "{read}");
}

#[test]
fn text_that_leans_is_left_out() {
    let stamp = "BT /F 20 Tf 0 1 -1 0 30 100 Tm (stamp in the margin) Tj ET\n";
    let read = text(&document(&[stamp.to_owned() + &lines(40, 300, &LEFT)], &[])).expect("it is sound");
    assert!(!read.contains("stamp") && read.starts_with("The float"), "{read}");
}

#[test]
fn a_damaged_file_is_read_as_far_as_it_goes_and_never_breaks_off_the_program() {
    let whole = document(&[lines(10, 300, &LEFT)], &[]);
    let expected = text(&whole).expect("it is sound");
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
        // Damage within the text is no damage to the file.
        let read = text(&bytes);
        assert!(!matches!(read, Err(ReadError::TooSlow | ReadError::Locked)), "{at}: {read:?}");
    }
}

#[test]
fn a_file_whose_table_of_places_is_wrong_or_lost_is_repaired() {
    let whole = document(&[lines(10, 300, &LEFT)], &[]);
    let expected = text(&whole);
    let wrong = String::from_utf8_lossy(&whole).replace("startxref\n", "startxref\n9");
    assert_eq!(text(wrong.as_bytes()), expected);
    let shifted = [b"%PDF-1.4\n%shifted\n", whole.get(9..).unwrap_or_default()].concat();
    assert_eq!(text(&shifted), expected);
    let lost = whole.split_at(memchr::memmem::find(&whole, b"xref\n").expect("it has one")).0;
    assert_eq!(text(lost), expected);
}

#[test]
fn pages_that_hold_themselves_are_no_trap() {
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"];
    let refused = text(&file(&objects.map(str::to_owned)));
    assert!(matches!(refused, Err(ReadError::Damaged(_))), "{refused:?}");
}

/// A page that shows text in a font of these entries.
fn shown(font: &str, codes: &str, more: &[String]) -> String {
    let content = format!("BT /F 10 Tf 10 300 Td {codes} Tj ET");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[4 0 R]/Count 1/Resources<</Font<</F 3 0 R>>>>>>".to_owned(),
        format!("<</Type/Font{font}>>"),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R>>".to_owned(),
        stream("", &content),
    ];
    objects.extend_from_slice(more);
    text(&file(&objects)).expect("it is sound")
}

#[test]
fn letters_come_from_the_map_the_names_or_the_encoding() {
    let map =
        stream("", "1 beginbfrange <41> <5a> <0061> endbfrange 1 beginbfchar <21> <00660069> endbfchar");
    let mapped =
        shown("/Subtype/Type1/BaseFont/Odd/ToUnicode 6 0 R", "(T!DE AT THE QUAY IN THE EBB)", &[map]);
    assert_eq!(mapped.replace(' ', ""), "tfideatthequayintheebb");
    let names = "/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/eacute/f_f/a37/uni2212]>>";
    assert_eq!(
        shown(names, "(\\001t\\001 e\\002ort, \\0045 degrees at the quay)", &[]),
        "été effort, −5 degrees at the quay"
    );
    let windows = "/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding";
    assert_eq!(
        shown(windows, "(\\223The ebb is late at the quay\\224)", &[]),
        "“The ebb is late at the quay”"
    );
    let unicode =
        "/Subtype/Type0/BaseFont/Kai/Encoding/UniGB-UCS2-H/DescendantFonts[<</Subtype/CIDFontType0>>]";
    assert_eq!(shown(unicode, &format!("<{}>", "6f6e6c50".repeat(12)), &[]), "潮汐".repeat(12));
}

#[test]
fn a_page_on_its_side_is_read_by_its_lines() {
    let turned = |left: u32, text: &str| format!("BT /F 10 Tf 0 1 -1 0 {left} 20 Tm ({text}) Tj ET\n");
    let page: String = (0..).step_by(12).zip(LEFT).map(|(down, text)| turned(100 + down, text)).collect();
    let read = text(&document(&[page], &[])).expect("it is sound");
    assert!(read.starts_with("The float of the old gauge was made of brass, and the harbour"), "{read}");
}

#[test]
fn what_is_marked_as_an_artifact_is_left_out() {
    let page =
        "/Artifact BMC\n".to_owned() + &line(10, 380, "Draft of May") + "EMC\n" + &lines(10, 300, &LEFT);
    let read = text(&document(&[page], &[])).expect("it is sound");
    assert!(read.starts_with("The float"), "{read}");
}

#[test]
fn a_stream_that_decodes_to_too_much_is_refused() {
    let packed = |bytes: usize| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, &vec![b' '; bytes]).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    };
    let hex: String = packed(LIMITS.unfolded_bytes + 1).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("memory takes everything");
        hex
    });
    let form = stream("/Subtype/Form/Filter[/ASCIIHexDecode/FlateDecode]", &hex);
    assert_eq!(text(&document(&["/X0 Do".to_owned()], &[form])), Err(ReadError::TooLarge));
    // The same by a row that a filter makes room for.
    let row = "/Subtype/Form/Filter/LZWDecode/DecodeParms<</Predictor 12/Colors 5/#43olumns 99999999999999>>";
    assert_eq!(text(&document(&["/X0 Do".to_owned()], &[stream(row, "x")])), Err(ReadError::TooLarge));
}

#[test]
fn a_large_file_is_not_looked_at() {
    let limits = Limits { file_bytes: 10, ..LIMITS };
    assert_eq!(read(&document(&[], &[]), limits), Err(ReadError::TooLarge));
}
