//! What readers see on a page is its text; what they don't see is set aside.

use super::tests::{LIMITS, document_with, line, stream};
use super::*;
use crate::{SetAside, SetAsideReason};

const SHOWN: &str = "The ferry was late on that morning, said the miller.";
const CASE: &str = "Nobody paid the toll";

/// The content of a page: a line that is always visible, and then some other content.
fn page(content: &str) -> String {
    line(10, 300, SHOWN) + content
}

/// The content of a line that may not be visible, at the height 250, after some operators.
fn case(operators: &str) -> String {
    page(&format!("q {operators} BT /F 10 Tf 10 250 Td ({CASE}) Tj ET Q\n"))
}

/// An image that fills the page.
fn scan(entries: &str) -> String {
    stream(
        &format!(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8{entries}"
        ),
        "x",
    )
}

fn form(entries: &str, content: &str) -> String {
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 400 400]{entries}"), content)
}

/// Resources that the cases refer to by name.
pub(crate) const RESOURCES: &str = "/ExtGState<</Clear<</ca 0>>/Faint<</ca 0.04>>/Half<</ca .5>>/Mul<</BM/Multiply>>/Soft<</SMask<<>>>>>>\
    /ColorSpace<</Spot[/Separation/Gold/DeviceRGB<</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[0.5 0.4 0]>>]\
    /Paper[/Separation/Paper/DeviceGray<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[1]>>]\
    /Inks[/DeviceN[/Gold/Silver]/DeviceRGB 99 0 R]/Table[/Indexed/DeviceRGB 1<ffffff000000>]>>/Properties<</Off 100 0 R/On 101 0 R/Both<</Type/OCMD/OCGs[100 0 R 101 0 R]/P/AllOn>>\
    /Any<</Type/OCMD/OCGs[100 0 R 101 0 R]>>/Not<</Type/OCMD/VE[/Not 101 0 R]>>>>";

fn read_case(content: &str, objects: &[String], page_entries: &str) -> ExtractedText {
    let catalog = "/OCProperties<</OCGs[100 0 R 101 0 R]/D<</OFF[100 0 R]>>>>";
    let file = document_with(catalog, RESOURCES, page_entries, content, objects);
    read(&file, LIMITS).expect("a valid document")
}

/// Whether the words of a case are in the text. If not, they are set aside.
fn proves(name: &str, content: &str, objects: &[String], page_entries: &str) -> bool {
    let read = read_case(content, objects, page_entries);
    let expected = SetAside { reason: SetAsideReason::Hidden, at: 0, words: CASE.to_owned() };
    let proves = read.text.contains(CASE);
    assert!(read.text.contains("on that morning, said the miller"), "{name}: {read:?}");
    assert_eq!(read.set_aside, if proves { vec![] } else { vec![expected] }, "{name}");
    assert!(!read.is_machine_read, "{name}");
    proves
}

#[test]
fn text_that_readers_see_is_text() {
    let cases = [
        ("plain", ""),
        ("mode 0 after mode 3", "3 Tr 0 Tr"),
        ("mode 3 ended by Q", "q 3 Tr Q"),
        ("stroked", "1 Tr"),
        ("filled and stroked", "2 Tr 1 g"),
        ("filled and clipped to", "4 Tr"),
        ("white on a dark rectangle", "0 g 0 240 400 30 re f 1 g"),
        ("white on a dark polygon", "0 g 0 240 m 400 240 l 400 270 l 0 270 l h f 1 g"),
        (
            "white on a dark rectangle with rounded corners",
            "0 g 5 240 m 300 240 l 310 240 310 240 310 245 c 310 270 l 0 270 l 0 245 l 0 240 0 240 5 240 c f 1 g",
        ),
        ("white on an image", "q 400 0 0 30 0 240 cm /X0 Do Q 1 g"),
        ("white on a shading", "q 0 240 400 30 re W n /S sh Q 1 g"),
        ("highlighted", "1 1 0 rg 0 245 400 15 re f 0 g"),
        ("grey", "0.8 g"),
        ("yellow", "1 1 0 rg"),
        ("half transparent", "/Half gs"),
        ("a spot colour", "/Spot cs 1 scn"),
        ("one ink of several", "/Inks cs 0 1 scn"),
        ("a colour of a table", "/Table cs 1 sc"),
        ("white restored by Q", "q 1 g Q"),
        ("a pattern", "/Pattern cs /P scn"),
        ("inside the clip", "0 240 400 30 re W n"),
        ("inside a round clip", "200 350 m 900 350 l 900 100 l -500 100 l -500 350 l h W* n"),
        ("under the end of a clip", "q 0 0 1 1 re W n Q"),
        ("in a layer that is on", "/OC/On BDC"),
        ("in one of two layers of which one is on", "/OC/Any BDC"),
        ("after a layer that is off", "/OC/Off BDC EMC"),
        ("in other marked content", "/Span<</MCID 0>>BDC"),
        ("underlined", "10 248 120 0.5 re f"),
        ("in a table with a rule above", "10 262 380 0.5 re f"),
        ("on a white background", "1 g 0 200 400 80 re f 0 g"),
        ("in front of a dark shape that is off", "/OC/Off BDC 0 g 0 240 400 30 re f EMC"),
    ];
    for (name, operators) in cases {
        assert!(proves(name, &case(operators), &[scan("")], ""), "{name}");
    }
}

#[test]
fn text_that_readers_do_not_see_is_set_aside() {
    let cases = [
        ("invisible mode", "3 Tr"),
        ("mode of clips", "7 Tr"),
        ("white", "1 g"),
        ("white in RGB", "1 1 1 rg"),
        ("white in CMYK", "0 0 0 0 k"),
        ("nearly white", "0.97 g"),
        ("a white spot colour", "/Paper cs 1 scn"),
        ("no ink of a spot colour", "/Spot cs 0 scn"),
        ("no ink of several", "/Inks cs 0 0 scn"),
        ("white of a table", "/Table cs 0 sc"),
        ("white strokes", "1 Tr 1 G"),
        ("white fill and strokes", "2 Tr 1 G 1 g"),
        ("black on black", "0 g 0 240 400 30 re f"),
        ("white on a dark rectangle elsewhere", "0 g 0 100 400 30 re f 1 g"),
        ("white beside a dark triangle around it", "0 g 0 239 m 400 239 l 400 0 l f 1 g"),
        ("white on a dark rectangle that is off", "/OC/Off BDC 0 g 0 240 400 30 re f EMC 1 g"),
        ("white on a white rectangle on a dark one", "0 g 0 240 400 30 re f 1 g 0 240 400 30 re f"),
        ("transparent", "/Clear gs"),
        ("nearly transparent", "/Faint gs"),
        ("clipped away", "0 0 50 50 re W n"),
        ("clipped away by a shape", "0 0 m 400 0 l 400 400 l h W n"),
        ("clipped away twice", "0 200 5 100 re W n 300 200 50 100 re W n"),
        ("in a layer that is off", "/OC/Off BDC"),
        ("in two layers of which one is off", "/OC/Both BDC"),
        ("by an expression", "/OC/Not BDC"),
        ("off the left edge", "1 0 0 1 -300 0 cm"),
        ("off the top edge", "1 0 0 1 0 300 cm"),
        ("tiny", "0.05 0 0 0.05 10 240 cm"),
        ("squeezed", "0.09 0 0 1 10 0 cm"),
    ];
    for (name, operators) in cases {
        assert!(!proves(name, &case(operators), &[scan("")], ""), "{name}");
    }
}

#[test]
fn what_is_painted_over_text_hides_it_only_if_it_covers_it() {
    for (name, operators, proves_it) in [
        ("a white rectangle", "1 g 0 240 400 30 re f", false),
        ("two rectangles", "1 g 0 240 60 30 re f 60 240 300 30 re f", false),
        ("an image", "q 400 0 0 30 0 240 cm /X0 Do Q", false),
        ("a small rectangle", "1 g 300 240 60 30 re f", true),
        ("a line below", "10 247 120 1 re f", true),
        ("a transparent rectangle", "/Half gs 1 1 0 rg 0 240 400 30 re f", true),
        ("a highlight that multiplies", "/Mul gs 1 1 0 rg 0 240 400 30 re f", true),
        ("an image with a mask", "q 400 0 0 30 0 240 cm /X1 Do Q", true),
        ("a rectangle through a soft mask", "/Soft gs 1 g 0 240 400 30 re f", true),
        ("a rectangle that is clipped away", "0 0 10 10 re W n 1 g 0 240 400 30 re f", true),
        ("a rectangle in a layer that is off", "/OC/Off BDC 1 g 0 240 400 30 re f EMC", true),
        ("only strokes", "0 240 400 30 re S", true),
    ] {
        let content = case("") + "q " + operators + " Q\n";
        assert_eq!(proves(name, &content, &[scan(""), scan("/SMask 99 0 R")], ""), proves_it, "{name}");
    }
}

#[test]
fn forms_hide_text_as_pages_do() {
    let text = format!("BT /F 10 Tf 10 250 Td ({CASE}) Tj ET");
    for (name, entries, operators, proves_it) in [
        ("plain", "", "", true),
        ("invisible", "", "3 Tr ", false),
        ("off", "/OC 100 0 R", "", false),
        ("on", "/OC 101 0 R", "", true),
        ("beyond its box", "/Matrix[1 0 0 1 0 0]/BBox[0 0 100 100]", "", false),
    ] {
        let form = stream(
            &format!(
                "/Type/XObject/Subtype/Form{entries}{}",
                if entries.contains("BBox") { "" } else { "/BBox[0 0 400 400]" }
            ),
            &format!("{operators}{text}"),
        );
        assert_eq!(proves(name, &page("/X0 Do\n"), &[form], ""), proves_it, "{name}");
    }
    let inherited = page("q 3 Tr /X0 Do Q\n");
    assert!(!proves("mode of the page", &inherited, &[form("", &text)], ""));
}

#[test]
fn what_was_filled_into_a_form_is_text() {
    let appearance = |operators: &str| {
        form("", &format!("/Tx BMC q {operators} BT /F 10 Tf 10 250 Td ({CASE}) Tj ET Q EMC"))
    };
    let field = |entries: &str| {
        let kind = if entries.contains("/Subtype") { "" } else { "/Subtype/Widget" };
        let place = if entries.contains("/Rect") { "" } else { "/Rect[0 0 400 400]" };
        format!("/Annots[<</Type/Annot{kind}{place}{entries}>>]")
    };
    for (name, entries, operators, proves_it) in [
        ("a text field", "/FT/Tx/AP<</N 6 0 R>>", "", true),
        ("one whose type is that of its parent", "/Parent<</FT/Tx>>/AP<</N 6 0 R>>", "", true),
        ("a choice", "/FT/Ch/Ff 131072/AP<</N 6 0 R>>", "", true),
        ("a text field that prints", "/FT/Tx/F 4/AP<</N 6 0 R>>", "", true),
        ("a field without an appearance", "/FT/Tx/V(Nobody paid the toll)", "", true),
        ("one whose value is that of its parent", "/Parent<</FT/Tx/V(Nobody paid the toll)>>", "", true),
        ("a field of several lines", "/FT/Tx/Ff 4096/V(Nobody paid\\rthe toll)", "", true),
        ("a low field", "/FT/Tx/V(Nobody paid the toll)/Rect[10 250 150 262]", "", true),
        ("a narrow field", "/FT/Tx/V(Nobody paid the toll)/Rect[10 200 50 260]", "", true),
        ("a field without a place", "/FT/Tx/V(Nobody paid the toll)/Rect[10 200 10 200]", "", false),
        ("a field of one that is hidden", "/FT/Tx/F 2/V(Nobody paid the toll)", "", false),
        ("a password", "/FT/Tx/Ff 8192/V(Nobody paid the toll)", "", false),
        ("a value in a layer that is off", "/FT/Tx/OC 100 0 R/V(Nobody paid the toll)", "", false),
        ("a value that is chosen", "/FT/Ch/Ff 131072/V(Nobody paid the toll)", "", false),
        ("a text box", "/Subtype/FreeText/AP<</N 6 0 R>>", "", true),
        ("a text box without an appearance", "/Subtype/FreeText/Contents(Nobody paid the toll)", "", true),
        ("a hidden text box", "/Subtype/FreeText/F 2/AP<</N 6 0 R>>", "", false),
        (
            "a comment that points at the text",
            "/Subtype/FreeText/IT/FreeTextCallout/AP<</N 6 0 R>>",
            "",
            false,
        ),
        ("a note", "/Subtype/Text/Contents(Nobody paid the toll)", "", false),
        ("a list of choices", "/FT/Ch/AP<</N 6 0 R>>", "", false),
        ("a button", "/FT/Btn/AP<</N 6 0 R>>", "", false),
        ("a hidden field", "/FT/Tx/F 2/AP<</N 6 0 R>>", "", false),
        ("a field in a layer that is off", "/FT/Tx/OC 100 0 R/AP<</N 6 0 R>>", "", false),
        ("a field with white text", "/FT/Tx/AP<</N 6 0 R>>", "1 g", false),
    ] {
        let read = read_case(&page("1 g 3 Tr 0 0 1 1 re W n"), &[appearance(operators)], &field(entries));
        assert_eq!(read.text.contains(CASE), proves_it, "{name}: {read:?}");
        assert!(read.text.contains(SHOWN), "{name}: {read:?}");
    }
    let moved = "/FT/Tx/AP<</N 6 0 R>>".to_owned();
    let lower = field(&moved).replace("[0 0 400 400]", "[0 -200 400 200]");
    let read = read_case(&page(&line(10, 70, "Then the fair began.")), &[appearance("")], &lower);
    let order = [SHOWN, "Then the fair began.", CASE].map(|words| read.text.find(words));
    assert!(order.is_sorted() && order[0].is_some(), "in reading order: {read:?}");
}

#[test]
fn text_outside_the_crop_box_is_hidden() {
    for (name, entries, proves_it) in [
        ("crop box with the text", "/CropBox[0 200 400 350]", true),
        ("crop box without it", "/CropBox[0 280 400 400]", false),
        ("media box without it", "/MediaBox[0 280 400 400]", false),
        ("crop box larger than the media box", "/MediaBox[0 280 400 400]/CropBox[0 0 400 400]", false),
        ("a unit of an inch", "/UserUnit 72", true),
    ] {
        assert_eq!(proves(name, &case(""), &[], entries), proves_it, "{name}");
    }
    let small = page(&format!("BT /F 0.3 Tf 10 250 Td ({CASE}) Tj ET\n"));
    assert!(proves("small numbers, large unit", &small, &[], "/UserUnit 72"));
    assert!(!proves("small numbers", &small, &[], ""));
}

#[test]
fn the_invisible_text_of_a_scan_is_its_text() {
    let lines: Vec<String> =
        (0..5).map(|line| format!("BT 3 Tr /F 10 Tf 10 {} Td ({CASE}) Tj ET\n", 300 - 12 * line)).collect();
    let text = lines.concat();
    let image = "q 400 0 0 400 0 0 cm /X0 Do Q\n";
    let parts = "q 400 0 0 200 0 0 cm /X0 Do Q q 400 0 0 200 0 200 cm /X0 Do Q\n";
    let thin: Vec<String> =
        (0..250).map(|row| format!("q 400 0 0 1.6 0 {} cm /X0 Do Q\n", 1.6 * f64::from(row))).collect();
    let visible = text.replace("3 Tr", "0 Tr");
    let transparent = format!("q /Clear gs {visible} Q\n");
    let white = format!("q 1 g {visible} Q\n");
    let stamp = line(200, 20, "Archive 7");
    let scans = [
        ("over the image", image.to_owned() + &text),
        ("under the image", text.clone() + image),
        ("over strips", parts.to_owned() + &text),
        ("over thin strips", thin.concat() + &text),
        ("visible, but under the image", visible + image),
        ("transparent, over the image", image.to_owned() + &transparent),
        ("white, under the image", white + image),
        ("with a stamp", image.to_owned() + &text + &stamp),
    ];
    for (name, content) in scans {
        let read = read_case(&content, &[scan("")], "");
        assert!(read.is_machine_read && read.text.contains(CASE), "{name}: {read:?}");
    }
    let small = "q 100 0 0 100 0 240 cm /X0 Do Q\n";
    let lower = "q 400 0 0 230 0 0 cm /X0 Do Q\n";
    for (name, content) in [
        ("over a picture", page(small) + &text),
        ("beside an image of half the page", page(lower) + &text),
        ("over the background of visible text", image.to_owned() + &page(&page("")) + "3 Tr" + &case("3 Tr")),
    ] {
        let read = read_case(&content, &[scan("")], "");
        assert!(!read.is_machine_read && !read.text.contains(CASE), "{name}: {read:?}");
    }
}

#[test]
fn the_lines_of_a_page_that_was_scanned_askew_are_level() {
    // Each word has a matrix of its own, as text recognition writes it.
    let lines =
        ["The ferry was late on that morning,", "and all 12 millers had to wait for it", "until it came."];
    for slope in [0.0, 0.03, -0.03, 0.045] {
        let word = |row: u16, at: u16, word: &str| {
            let (x, y) = (30.0 + 6.0 * f64::from(at), 300.0 - 14.0 * f64::from(row));
            let (x, y) = (x - slope * y, y + slope * x);
            format!("BT 3 Tr /F 10 Tf 1 {slope} {} 1 {x} {y} Tm ({word}) Tj ET\n", -slope)
        };
        let mut content = "q 400 0 0 400 0 0 cm /X0 Do Q\n".to_owned();
        for (row, line) in (0..).zip(lines) {
            let mut at = 0;
            for text in line.split_inclusive(' ') {
                content += &word(row, at, text);
                at += u16::try_from(text.len()).expect("a short word");
            }
        }
        assert_eq!(read_case(&content, &[scan("")], "").text, lines.join(" "), "{slope}");
    }
}

#[test]
fn an_image_between_digits_makes_them_two_numbers() {
    let counted = |gap: &str, image: &str| {
        let content = format!(
            "{}{image} BT /F 10 Tf 10 250 Td [(There were 1) {gap} (200 people at the ferry)] TJ ET",
            page("")
        );
        read_case(&content, &[scan("")], "").text
    };
    let icon = "q 8 0 0 8 84 249 cm /X0 Do Q";
    let inline = "q 8 0 0 8 84 249 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";
    for image in [icon, inline] {
        assert!(
            counted("-1200", image).ends_with("There were 1 \u{fffd} 200 people at the ferry"),
            "{image}"
        );
    }
    assert!(
        counted("-200", "q 400 0 0 400 0 0 cm /X0 Do Q")
            .ends_with("There were 1\u{202f}200 people at the ferry")
    );
}

#[test]
fn expressions_of_layers_are_bounded_in_all() {
    // Each of the expressions has the next one many times.
    let nested: Vec<String> =
        (6..19).map(|object| format!("[/Or{}]", format!(" {} 0 R", object + 1).repeat(40))).collect();
    let objects = [nested, vec!["[/Or 101 0 R]".to_owned()]].concat();
    let resources = "/Properties<</Deep<</Type/OCMD/VE 6 0 R>>>>";
    let file = document_with("", resources, "", &case("/OC/Deep BDC"), &objects);
    assert_eq!(read(&file, LIMITS).err(), Some(ReadError::TooLarge));
}

#[test]
fn struck_words_are_set_aside_where_they_were() {
    // Each glyph is 6 pt wide: `not` is at 58 to 76.
    let sentence = line(10, 250, "He was not found guilty.");
    let annotation = |entries: &str| format!("/Annots[<</Type/Annot{entries}/Rect[51 247 71 260]>>]");
    let quads = "/Subtype/StrikeOut/QuadPoints[51 260 71 260 51 247 71 247]";
    for (name, content, entries) in [
        ("a strike-out annotation", sentence.clone(), annotation(quads)),
        ("one without quadrilaterals", sentence.clone(), annotation("/Subtype/StrikeOut")),
        ("a thin rectangle", sentence.clone() + "52 252.4 18 0.6 re f", String::new()),
        ("one filled by an old operator", sentence.clone() + "52 252.4 18 0.6 re F", String::new()),
        ("a line", sentence.clone() + "0.6 w 52 252.7 m 70 252.7 l S", String::new()),
    ] {
        let read = read_case(&page(&content), &[], &entries);
        let at = read.text.find("found guilty").expect("the rest is text");
        assert!(read.text.contains("He was found guilty."), "{name}: {read:?}");
        let words = "not".to_owned();
        let [aside] = read.set_aside.as_slice() else { panic!("{name}: {read:?}") };
        assert_eq!((aside.reason, &aside.words), (SetAsideReason::Struck, &words), "{name}");
        assert!((at - 1..=at).contains(&aside.at), "{name}: {read:?}");
    }
    for (name, content, entries) in [
        ("a hidden annotation", sentence.clone(), annotation(&format!("{quads}/F 2"))),
        ("an underline", sentence.clone() + "52 248.5 18 0.6 re f", String::new()),
        ("an underline annotation", sentence.clone(), annotation("/Subtype/Underline")),
        ("a rule of a table", sentence.clone() + "0 252.4 400 0.6 re f", String::new()),
        ("a thick bar behind", "0.8 g 52 247 18 10 re f 0 g ".to_owned() + &sentence, String::new()),
        ("a line filled in white", sentence.clone() + "1 g 0.6 w 52 252.7 m 70 252.7 l F", String::new()),
        ("a white line", sentence.clone() + "1 g 52 252.4 18 0.6 re f", String::new()),
    ] {
        let read = read_case(&page(&content), &[], &entries);
        assert!(
            read.text.contains("He was not found guilty.") && read.set_aside.is_empty(),
            "{name}: {read:?}"
        );
    }
}
