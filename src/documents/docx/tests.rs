//! Tests of whole documents: what a reader sees, and what proves a quote.

use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove};

use super::*;
use crate::package::tests::{LIMITS, zipped};
use crate::{BlockKind, SetAsideReason};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The namespace prefixes that the tests use, as attributes of the root element.
pub(crate) fn namespaces() -> String {
    let office = "http://schemas.openxmlformats.org";
    format!(
        "xmlns:w='{WORD}' xmlns:m='{office}/officeDocument/2006/math' xmlns:a='{office}/drawingml/2006/main' \
         xmlns:mc='{office}/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml' \
         xmlns:wp='{office}/drawingml/2006/wordprocessingDrawing' xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' \
         xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' xmlns:zz='http://mill.example/zz'"
    )
}

pub(crate) fn document(body: &str) -> String {
    format!("<w:document {}><w:body>{body}</w:body></w:document>", namespaces())
}

pub(crate) fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

const STYLES: &str = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:styleId='Eigen'><w:basedOn w:val='berschrift1'/></w:style>\
    <w:style w:styleId='Ebene'><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>";

#[test]
fn block_kinds_follow_from_styles_lists_tables_and_notes() {
    use BlockKind::{Heading, Item, Note, Paragraph, Table};
    let p = |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text));
    let styled = |style: &str, text: &str| p(&format!("<w:pStyle w:val='{style}'/>"), text);
    let body = [
        styled("Titel", "The tide"),
        styled("berschrift1", "One"),
        styled("Eigen", "Two"),
        styled("Ebene", "Three"),
        p("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr>", "First"),
        p("", "It rose &amp; fell."),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            p("", "1998"),
            p("", "4.1</w:t><w:footnoteReference w:id='2'/><w:t>")
        ),
    ];
    let notes = format!(
        "<w:footnotes xmlns:w='{WORD}'><w:footnote w:type='separator'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote>\
         <w:footnote w:id='3'>{}</w:footnote></w:footnotes>",
        p("", "line"),
        p("", "A note."),
        p("", "A note that no mark leads to."),
    );
    let core =
        "<c xmlns:dc='dc'><dc:creator>Ada Quill; Ben Rook</dc:creator><created>2020-01-01</created></c>";
    let bytes = zipped(&[
        ("word/document.xml", &document(&body.concat())),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", &notes),
        ("docProps/core.xml", core),
        ("../../x", "only a name"),
    ]);
    let extracted = read(&bytes, LIMITS).expect("a file within limits");
    let kinds: Vec<_> = extracted.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Heading, Heading, Heading, Heading, Item, Paragraph, Table, Note]);
    assert!(extracted.text.contains("\n\nIt rose & fell.\n\n1998\t4.1\n\nA note."));
    let meta = Meta {
        title: Some("The tide".into()),
        author: Some("Ada Quill, Ben Rook".into()),
        ..Meta::default()
    };
    assert_eq!(extracted.meta, meta);
}

#[test]
fn tracked_and_hidden_text_is_removed_without_splitting_words() {
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:tab/><w:t>was</w:t><w:br/><w:t>shut.</w:t></w:r>\
         <mc:AlternateContent><mc:Choice><w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r></mc:Choice>\
         <mc:Fallback><w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r></mc:Fallback>\
         </mc:AlternateContent></w:p>",
        run("The har"),
        run("bour"),
        run("gone"),
        run("A box."),
        run("A box.")
    );
    let extracted =
        read(&zipped(&[("word/document.xml", &document(&body))]), LIMITS).expect("a file within limits");
    assert_eq!(extracted.text, "A box.\n\nThe harbour was shut.");
    let aside: Vec<_> =
        extracted.set_aside.iter().map(|aside| (aside.reason, aside.at, aside.words.as_str())).collect();
    let [start, after] = ["A box.\n\nThe har", "A box.\n\nThe harbour"].map(str::len);
    let (struck, hidden) = (SetAsideReason::Struck, SetAsideReason::Hidden);
    assert_eq!(aside, [(struck, start, "no"), (struck, after, "gone"), (hidden, after, "hidden")]);
}

/// Writes runs as XML: `[strike,sz=8|words]` is a run with these properties.
pub(crate) fn runs(text: &str) -> String {
    let mut xml = String::new();
    for (index, part) in text.split(['[', ']']).enumerate() {
        let Some((properties, words)) = part.split_once('|').filter(|_| index % 2 == 1) else {
            xml.push_str(part);
            continue;
        };
        let properties = properties.split(',').filter(|property| !property.is_empty()).map(|property| {
            let (name, rest) = property.split_once([' ', '=']).unwrap_or((property, ""));
            if property.contains(' ') {
                let attributes = format!(" {rest}'").replace('=', "='").replace(' ', "' w:");
                let attributes = attributes.trim_start_matches('\'');
                return format!("<w:{name}{attributes}/>");
            }
            let value = if rest.is_empty() { String::new() } else { format!(" w:val='{rest}'") };
            format!("<w:{name}{value}/>")
        });
        let properties: String = properties.collect();
        let run = format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>");
        xml.push_str(&run);
    }
    xml
}

const LOOKS: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type='paragraph' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Deeper'><w:basedOn w:val='Secret'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Dark'><w:pPr><w:shd w:val='clear' w:fill='202020'/></w:pPr></w:style>\
    <w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Kept'><w:basedOn w:val='Old'/><w:rPr><w:strike w:val='0'/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Up'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>\
    <w:style w:type='table' w:styleId='Grid'><w:tblStylePr w:type='firstRow'><w:tcPr><w:shd w:val='clear' w:fill='305080'/>\
    </w:tcPr></w:tblStylePr></w:style>";

/// Returns the text of a document with this body.
fn seen(body: &str) -> String {
    let styles = format!("<w:styles xmlns:w='{WORD}'>{LOOKS}</w:styles>");
    let bytes = zipped(&[("word/document.xml", &document(body)), ("word/styles.xml", &styles)]);
    read(&bytes, LIMITS).expect("a file within limits").text
}

/// Contents of a paragraph, each with the text that is read from it.
const PARAGRAPHS: &[(&str, &str)] = &[
    // Struck out and changed.
    ("[|He was ][strike|not ][|guilty.]", "He was guilty."),
    ("[|He was ][strike=false|not ][|guilty.]", "He was not guilty."),
    ("[|He was ][dstrike|not ][|guilty.]", "He was guilty."),
    ("[|He was ][dstrike=off|not ][|guilty.]", "He was not guilty."),
    ("[|He was ][rStyle=Old|not ][|guilty.]", "He was guilty."),
    ("[|He was ][rStyle=Old,strike=0|not ][|guilty.]", "He was not guilty."),
    ("[|He was ][rStyle=Kept|not ][|guilty.]", "He was not guilty."),
    ("[|He was ]<w:del>[|not ]</w:del><w:ins>[|found ]</w:ins>[|guilty.]", "He was found guilty."),
    ("[|He was ]<w:ins><w:del>[|not ]</w:del></w:ins>[|guilty.]", "He was guilty."),
    (
        "[|He was ]<w:moveFrom>[|not ]</w:moveFrom><w:moveTo>[|found ]</w:moveTo>[|guilty.]",
        "He was found guilty.",
    ),
    (
        "<w:r><w:rPr><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>Kept</w:t></w:r>",
        "Kept",
    ),
    ("[|organi]<w:del>[|z]</w:del><w:ins>[|s]</w:ins>[|ation]", "organisation"),
    ("[|organi][strike|z][|sation]", "organisation"),
    ("[|1]<w:del>[|,]</w:del>[|200]", "1\u{fffc}200"),
    ("[|1][strike|,][|200]", "1\u{fffc}200"),
    ("[|1][vanish|,][|200]", "1\u{fffc}200"),
    ("[|1]<w:del>[|9]</w:del><w:ins>[|8]</w:ins>[|23]", "1823"),
    ("[|1]<w:ins>[|8]</w:ins><w:del>[|9]</w:del>[|23]", "1823"),
    ("[|1]<w:ins>[|8]</w:ins>[|2]<w:del>[|,]</w:del>[|3]", "182\u{fffc}3"),
    ("[|every]<w:del>[| ]</w:del>[|one]", "everyone"),
    ("[|the][strike| old ][|mill]", "the mill"),
    // Hidden.
    ("[|The mill ][vanish|did not burn]", "The mill"),
    ("[|The mill ][vanish=0|burnt]", "The mill burnt"),
    ("[|The mill ][specVanish|did not burn]", "The mill"),
    ("[|The mill ][webHidden|burnt]", "The mill burnt"),
    ("[|The mill ][rStyle=Gone|did not burn]", "The mill"),
    ("[|The mill ][rStyle=Gone,vanish=false|burnt]", "The mill burnt"),
    ("<w:pPr><w:pStyle w:val='Dark'/></w:pPr>[color=FFFFFF|white on dark]", "white on dark"),
    ("<w:pPr><w:pStyle w:val='Dark'/></w:pPr>[|The mill][color=222222|dark on dark]", "The mill"),
    ("<w:pPr><w:pStyle w:val='Secret'/></w:pPr>[vanish=0|The mill ][|did not burn]", "The mill"),
    ("<w:pPr><w:pStyle w:val='Deeper'/></w:pPr>[vanish=0|The mill ][|did not burn]", "The mill"),
    ("<w:pPr><w:pStyle w:val='Secret'/></w:pPr>[rStyle=Gone|two styles undo it]", "two styles undo it"),
    ("<w:pPr><w:rPr><w:shd w:fill='000000'/></w:rPr></w:pPr>[|The mill][color=FFFFFF|did not]", "The mill"),
    ("<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>[|only the mark is struck]", "only the mark is struck"),
    ("[|The mill ][color=FFFFFF|did not burn]", "The mill"),
    ("[|The mill ][color=FEFDFE|did not burn]", "The mill"),
    ("[|The mill ][color val=000000 themeColor=background1|did not burn]", "The mill"),
    ("[|The mill ][color val=FFFFFF themeColor=text1|burnt]", "The mill burnt"),
    ("[|The mill ][color val=A6A6A6 themeColor=background1 themeShade=A6|burnt]", "The mill burnt"),
    ("[|The mill ][color=auto|burnt]", "The mill burnt"),
    ("[|The mill ][color=FFFF00|burnt]", "The mill burnt"),
    ("[|The mill ][color=FFFFFF,shd val=clear fill=000000|burnt]", "The mill burnt"),
    ("[|The mill ][color=FFFFFF,shd val=solid color=000000 fill=FFFFFF|burnt]", "The mill burnt"),
    ("[|The mill ][color=FFFFFF,shd val=pct5 color=auto fill=FFFFFF|did not burn]", "The mill"),
    ("[|The mill ][color=000000,shd val=clear fill=000000|did not burn]", "The mill"),
    ("[|The mill ][color=FFFFFF,highlight=black|burnt]", "The mill burnt"),
    ("[|The mill ][color=FFFF00,highlight=yellow|did not burn]", "The mill"),
    ("[|The mill ][sz=2|did not burn]", "The mill"),
    ("[|The mill ][sz=16|burnt]", "The mill burnt"),
    ("[|The mill ][rtl,szCs=1|did not burn]", "The mill"),
    ("[|The mill ][w=1|did not burn]", "The mill"),
    ("[|The mill ][w=80|burnt]", "The mill burnt"),
    ("[|The mill ][spacing=-200|did not burn]", "The mill"),
    ("[|The mill ][spacing=-10|burnt]", "The mill burnt"),
    (
        "[|The mill ]<w:r><w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr><w:t>did not</w:t></w:r>",
        "The mill",
    ),
    ("[|The mill ]<w:r><w:rPr><w:vanish zz:val='0'/></w:rPr><w:t>did not</w:t></w:r>", "The mill"),
    ("[|The mill]<zz:t>did not burn</zz:t><w:r><zz:t>did not burn</zz:t></w:r>", "The mill"),
    ("[|The mill]<w:r xmlns:w='http://mill.example/w'><w:t>did not burn</w:t></w:r>", "The mill"),
    (
        "[|The mill ]<q:r xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main'><q:t>burnt</q:t></q:r>",
        "The mill burnt",
    ),
    ("[|The mill]<w:r><w:instrText>did not burn</w:instrText></w:r>", "The mill"),
    (
        "[|The mill ]<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>[|did not]</w:sdtContent></w:sdt>",
        "The mill",
    ),
    (
        "[|The mill ]<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>[|burnt]</w:sdtContent></w:sdt>",
        "The mill burnt",
    ),
    (
        "[|The ]<mc:AlternateContent><mc:Choice Requires='w14'>[|mill]</mc:Choice><mc:Fallback>[|ford]</mc:Fallback></mc:AlternateContent>",
        "The mill",
    ),
    (
        "[|The ]<mc:AlternateContent><mc:Choice Requires='zz'>[|ford]</mc:Choice><mc:Fallback>[|mill]</mc:Fallback></mc:AlternateContent>",
        "The mill",
    ),
    (
        "[|The mill ]<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>[|did not ]\
      <w:r><w:fldChar w:fldCharType='separate'/></w:r>[|burnt]<w:r><w:fldChar w:fldCharType='end'/></w:r>",
        "The mill burnt",
    ),
    // Superscripts, subscripts, and references and pictures between characters.
    ("[|It took 10][vertAlign=superscript|6][| steps]", "It took 10⁶ steps"),
    ("[|It took 10][vertAlign=superscript|1][vertAlign=superscript|2][| steps]", "It took 10¹² steps"),
    ("[|It took 10][rStyle=Up|6][| steps]", "It took 10⁶ steps"),
    ("[|It took 10][rStyle=Up,vertAlign=baseline|6][| steps]", "It took 106 steps"),
    ("[|It took 10][position=8,sz=14|6][| steps]", "It took 10⁶ steps"),
    ("[position=8|All of it is raised]", "All of it is raised"),
    ("[|H][vertAlign=subscript|2][|O]", "H₂O"),
    ("[|the 1][vertAlign=superscript|st][| mill]", "the 1st mill"),
    ("[|It fell by ]<w:r><w:sym w:font='Symbol' w:char='F02D'/></w:r>[|5 points]", "It fell by −5 points"),
    ("[|It fell by ]<w:r><w:sym w:font='Mill' w:char='F02D'/></w:r>[|5 points]", "It fell by �5 points"),
    ("[|angle ][rFonts ascii=Symbol hAnsi=Symbol|a]", "angle α"),
    ("[|水]<w:r><w:footnoteReference w:id='2'/></w:r>[|停]", "水停"),
    ("[|1]<w:r><w:drawing><wp:inline/></w:drawing></w:r>[|200 people]", "1\u{fffc}200 people"),
    ("[|1]<w:r><w:drawing/></w:r>[|200 people]", "1\u{fffc}200 people"),
    ("[|1]<w:r><w:drawing><wp:anchor/></w:drawing></w:r>[|200 people]", "1200 people"),
    ("[|1]<w:r><w:object><v:shape/></w:object></w:r>[|200 people]", "1\u{fffc}200 people"),
    ("[|The mill ]<w:r><w:pict><v:shape/></w:pict></w:r>[| burnt]", "The mill burnt"),
    (
        "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>toxic mat</w:t><w:softHyphen/><w:t>ter</w:t></w:r>",
        "non\u{2011}toxic matter",
    ),
    (
        "[|It took ]<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>",
        "It took 10⁶",
    ),
    (
        "[|It took ]<m:oMath><m:r><m:t>2</m:t></m:r><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>",
        "It took 2 3/4",
    ),
    (
        "[|It took ]<m:oMath><m:f><m:num><m:r><m:t>(a)+(b)</m:t></m:r></m:num><m:den><m:r><m:t>(2+c)</m:t></m:r></m:den></m:f></m:oMath>",
        "It took ((a)+(b))/(2+c)",
    ),
    (
        "[|It took ]<m:oMath><m:f><m:num><m:r><m:t>(a))(+b)</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        "It took ((a))(+b))/2",
    ),
    (
        "[|It took ]<m:oMath><m:r><m:t>1</m:t></m:r><m:r><w:rPr><w:strike/></w:rPr><m:t>,</m:t></m:r><m:r><m:t>200</m:t></m:r></m:oMath>",
        "It took 1\u{fffc}200",
    ),
    (
        "[|It took ]<m:oMath><m:r><m:t>a+</m:t></m:r><w:del><m:r><m:t>c</m:t></m:r></w:del><m:r><m:t>b</m:t></m:r></m:oMath>",
        "It took a+b",
    ),
    (
        "[|It took ]<m:oMath><m:r><m:t>1</m:t></m:r><m:phant><m:phantPr><m:show m:val='0'/></m:phantPr><m:e><m:r><m:t>9</m:t></m:r></m:e></m:phant><m:r><m:t>2</m:t></m:r></m:oMath>",
        "It took 1\u{fffc}2",
    ),
    (
        "[|It took ]<m:oMath><m:phant><m:phantPr><m:show/></m:phantPr><m:e><m:r><m:t>9</m:t></m:r></m:e></m:phant></m:oMath>",
        "It took 9",
    ),
    (
        "[|It took ]<m:oMath><m:borderBox><m:borderBoxPr><m:hideTop m:val='1'/><m:strikeBLTR m:val='1'/></m:borderBoxPr><m:e><m:r><m:t>9x</m:t></m:r></m:e></m:borderBox><m:r><m:t>=3</m:t></m:r></m:oMath>",
        "It took =3",
    ),
    (
        "[|It took ]<m:oMath><m:borderBox><m:borderBoxPr><m:strikeH m:val='off'/></m:borderBoxPr><m:e><m:r><m:t>9x</m:t></m:r></m:e></m:borderBox></m:oMath>",
        "It took 9x",
    ),
    (
        "[|It has 10][vertAlign=superscript|1][vertAlign=superscript,strike|,][vertAlign=superscript|2][| steps]",
        "It has 10¹\u{fffc}² steps",
    ),
    (
        "[|a]<m:oMath><m:rad><m:degHide/><m:deg/><m:e><m:r><m:t>x+1</m:t></m:r></m:e></m:rad></m:oMath>",
        "a√(x+1)",
    ),
    (
        "[|mean ]<m:oMath><m:acc><m:accPr><m:chr m:val='\u{305}'/></m:accPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:acc></m:oMath>",
        "mean x\u{304}",
    ),
    (
        "[|mean ]<m:oMath><m:acc><m:accPr/><m:e><m:r><m:t>p</m:t></m:r></m:e></m:acc><m:r><m:t>=5</m:t></m:r></m:oMath>",
        "mean p\u{302}=5",
    ),
    (
        "[|mean ]<m:oMath><m:acc><m:accPr><m:chr m:val='\u{20d7}'/></m:accPr><m:e><m:r><m:t>v</m:t></m:r></m:e></m:acc></m:oMath>",
        "mean v\u{20d7}",
    ),
    (
        "[|mean ]<m:oMath><m:acc><m:accPr><m:chr m:val='9'/></m:accPr><m:e><m:r><m:t>v</m:t></m:r></m:e></m:acc></m:oMath>",
        "mean v",
    ),
    (
        "[|mean ]<m:oMath><m:acc><m:accPr><m:chr m:val='\u{303}'/></m:accPr><m:e><m:r><m:t>ab</m:t></m:r></m:e></m:acc></m:oMath>",
        "mean ab",
    ),
    (
        "[|mean ]<m:oMath><m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:bar></m:oMath>",
        "mean x\u{304}",
    ),
    ("[|mean ]<m:oMath><m:bar><m:e><m:r><m:t>x</m:t></m:r></m:e></m:bar></m:oMath>", "mean x\u{332}"),
    (
        "[|5]<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>EQ \\f(1,2)</w:instrText><w:fldChar w:fldCharType='end'/></w:r>",
        "5�",
    ),
];

#[test]
fn what_a_reader_sees_of_a_paragraph_is_its_text() {
    for (content, expected) in PARAGRAPHS {
        // A second paragraph, because a document without text would be rejected.
        let body = format!("<w:p>{}</w:p><w:p>{}</w:p>", runs(content), run("End."));
        assert_eq!(seen(&body), format!("{expected}\n\nEnd."), "{content}");
    }
}

#[test]
fn cells_of_data_are_joined_to_rows() {
    let cell = |paragraphs: &str| format!("<w:tc>{paragraphs}</w:tc>");
    let table = |cells: &[&str]| {
        let row: String = cells.iter().map(|paragraphs| cell(paragraphs)).collect();
        format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>")
    };
    for (cells, expected) in [
        (vec!["<w:p>[|Year]</w:p>", "<w:p/>", "<w:p>[|1998]</w:p>"], "Year\t1998"),
        (
            vec!["<w:p>[|The mill.]</w:p><w:p>[|It burnt.]</w:p>", "<w:p>[|Ads]</w:p>"],
            "The mill.\n\nIt burnt.\n\nAds",
        ),
        (vec!["<w:p>[|Year]</w:p>"], "Year"),
    ] {
        assert_eq!(seen(&runs(&table(&cells))), expected, "{cells:?}");
    }
    let struck = runs(&table(&["<w:p>[|Year]</w:p>", "<w:p>[|It is ][strike|old ][|new.]</w:p>"]));
    let extracted =
        read(&zipped(&[("word/document.xml", &document(&struck))]), LIMITS).expect("a file within limits");
    let aside: Vec<_> = extracted.set_aside.iter().map(|aside| (aside.at, aside.words.as_str())).collect();
    assert_eq!((extracted.text.as_str(), aside), ("Year\tIt is new.", vec![(10, "old")]));
}

const HIDDEN_BOX: &str = "<w:txbxContent><w:p>[|did not burn]</w:p></w:txbxContent>";

#[test]
fn what_a_reader_sees_of_tables_is_their_text() {
    let row = |properties: &str, cell: &str, words: &str| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>[{words}]</w:p></w:tc></w:tr>"
        )
    };
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let first = row("", "", "|Year");
    let cases = [
        (table(&[first.clone(), row("<w:del/>", "", "|1998")]), "Year"),
        (table(&[first.clone(), row("<w:ins/>", "", "|1998")]), "Year\n\n1998"),
        (table(&[first.clone(), row("", "<w:cellDel/>", "|1998")]), "Year"),
        (table(&[first.clone(), row("<w:hidden/>", "", "|1998")]), "Year"),
        (table(&[first.clone(), row("<w:trHeight w:hRule='exact' w:val='1'/>", "", "|1998")]), "Year"),
        (table(&[first.clone(), row("<w:trHeight w:val='1'/>", "", "|1998")]), "Year\n\n1998"),
        (table(&[first.clone(), row("", "<w:vMerge/>", "|1998")]), "Year"),
        (table(&[first.clone(), row("", "<w:shd w:fill='000080'/>", "color=FFFFFF|1998")]), "Year\n\n1998"),
        (table(&[first.clone(), row("", "<w:shd w:fill='000080'/>", "color=000088|1998")]), "Year"),
        (
            table(&[
                "<w:tblPr><w:tblStyle w:val='Grid'/></w:tblPr>".to_owned(),
                row("", "", "color=FFFFFF|Head"),
            ]),
            "Head",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(seen(&runs(&body)), expected, "{body}");
    }
}

#[test]
fn what_a_reader_sees_of_boxes_and_joined_paragraphs_is_their_text() {
    let anchored = |properties: &str, shape: &str| {
        format!(
            "<w:p>[|A]<w:r><w:drawing><wp:anchor>{properties}<a:graphic><wps:wsp><wps:spPr>{shape}</wps:spPr><wps:txbx>\
             <w:txbxContent><w:p>[color=FFFFFF|boxed]</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:anchor>\
             </w:drawing></w:r></w:p>"
        )
    };
    let fill = |colour: &str| format!("<a:solidFill><a:srgbClr val='{colour}'/></a:solidFill>");
    let cases = [
        (anchored("", &fill("203040")), "boxed\n\nA"),
        (anchored("", &fill("FFFFFF")), "A"),
        (anchored("", "<a:noFill/>"), "A"),
        (anchored("<wp:extent cx='900000' cy='900000'/><wp:docPr hidden='1'/>", &fill("203040")), "A"),
        (anchored("<wp:extent cx='0' cy='0'/>", &fill("203040")), "A"),
        (
            anchored(
                "<wp:positionH relativeFrom='page'><wp:posOffset>-9999999</wp:posOffset></wp:positionH>\
                      <wp:extent cx='900000' cy='900000'/>",
                &fill("203040"),
            ),
            "A",
        ),
        (
            format!(
                "<w:p>[|A]<w:r><w:pict><v:rect style='visibility:hidden'>{HIDDEN_BOX}</v:rect></w:pict></w:r></w:p>"
            ),
            "A",
        ),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>[|The ]</w:p><w:p>[|mill]</w:p>".to_owned(), "The mill"),
        (
            "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr>[|T]</w:p><w:p>[|he mill]</w:p>".to_owned(),
            "The mill",
        ),
        (
            "<w:p>[|A]</w:p><w:p><w:pPr><w:spacing w:line='1' w:lineRule='exact'/></w:pPr>[|no]</w:p>"
                .to_owned(),
            "A",
        ),
        ("<w:p>[|A]</w:p><zz:x><w:p>[|no]</w:p></zz:x>".to_owned(), "A"),
    ];
    for (body, expected) in cases {
        assert_eq!(seen(&runs(&body)), expected, "{body}");
    }
}

/// Reads a document of list paragraphs, each given as `level text` or, for a style, `style text`. `levels` are the
/// levels of the only list definition, and `lists` more lists.
fn numbered(levels: &str, lists: &str, paragraphs: &[&str]) -> ExtractedText {
    let styles = format!(
        "<w:styles xmlns:w='{WORD}'><w:style w:styleId='Clause'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId='Sub'><w:basedOn w:val='Clause'/></w:style>\
         <w:style w:styleId='Plain'><w:basedOn w:val='Clause'/><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr></w:style>\
         <w:style w:type='numbering' w:styleId='Outline'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>"
    );
    let numbering = format!(
        "<w:numbering xmlns:w='{WORD}'><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>{lists}</w:numbering>"
    );
    let paragraph = |given: &&str| {
        let (place, text) = given.split_once(' ').expect("a place before the text");
        let properties = match place.split_once(':').unwrap_or(("1", place)) {
            (list, level) if level.parse::<u8>().is_ok() => {
                format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>")
            }
            (_, style) => format!("<w:pStyle w:val='{style}'/>"),
        };
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
    };
    let body: String = paragraphs.iter().map(paragraph).collect();
    let parts = [
        ("word/document.xml", &*document(&body)),
        ("word/styles.xml", &*styles),
        ("word/numbering.xml", &*numbering),
    ];
    read(&zipped(&parts), LIMITS).expect("a valid document")
}

fn level(index: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
    )
}

#[test]
fn list_numbers_are_those_that_word_shows() {
    let outline = level(0, "upperRoman", "Article %1.", "")
        + &level(1, "lowerLetter", "(%2)", "<w:pStyle w:val='Sub'/>")
        + &level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
        + &level(3, "bullet", "*", "")
        + &level(4, "decimal", "%5)", "<w:lvlRestart w:val='0'/>")
        + &level(5, "decimal", "%6.", "<w:rPr><w:vanish/></w:rPr>")
        + &level(6, "ordinalText", "%7", "")
        + &level(7, "decimal", "%8", "");
    let again = "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>\
                 </w:lvlOverride></w:num><w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='Outline'/></w:abstractNum>\
                 <w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num>";
    for (paragraphs, expected) in [
        (
            &["0 Dams", "1 Oak", "1 Elm", "0 Weirs", "1 Ash"][..],
            &["Article I.", "(a)", "(b)", "Article II.", "(a)"][..],
        ),
        (&["0 Dams", "1 Oak", "2 Old", "2 New", "3 Dot"], &["Article I.", "(a)", "1.1.1", "1.1.2", ""]),
        (&["0 Dams", "4 One", "0 Weirs", "4 Two"], &["Article I.", "1)", "Article II.", "2)"]),
        (&["5 Unseen", "6 Unknown"], &["", ""]),
        (&["Clause Dams", "Sub Oak", "Plain Text", "Sub Elm"], &["Article I.", "(a)", "", "(b)"]),
        (
            &["0 Dams", "2:0 Weirs", "2:0 Locks", "0 Mills"],
            &["Article I.", "Article V.", "Article VI.", "Article VII."],
        ),
        (&["3:0 Dams", "1:0 Weirs"], &["Article I.", "Article II."]),
        (&["7 Dams", "7 500 weirs"], &["1", ""]),
    ] {
        let read = numbered(&outline, again, paragraphs);
        let shown =
            read.text.split("\n\n").map(|block| block.split_once('\t').map_or("", |(number, _)| number));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{paragraphs:?}");
    }
}

#[test]
fn numbers_in_letters_go_on_after_z() {
    let read = numbered(&level(0, "lowerLetter", "%1)", ""), "", &["0 Oak"; 28]);
    assert!(read.text.contains("z)\tOak\n\naa)\tOak\n\nbb)\tOak"), "{}", read.text);
}

#[test]
fn quotes_of_list_items_hold_with_their_number_and_without_it() {
    let items = ["0 500 people came to the mill.", "0 They saw the wheel. It stood still."];
    let endless = format!("<w:start w:val='{}'/>", usize::MAX);
    assert!(numbered(&level(0, "decimal", "%1.", &endless), "", &items).text.contains("They saw"));
    let long = "%1".repeat(1_000);
    assert!(numbered(&level(0, "decimal", &long, ""), "", &items).text.starts_with("500 people"));
    for text in ["%1.", "Article %1."] {
        let read = numbered(&level(0, "decimal", text, ""), "", &items);
        let segmented = SegmentedDocument::of(read.text.as_str().into(), &read.blocks, Some("en"), "en");
        let second = text.replace("%1", "2");
        let whole = format!("{second} They saw the wheel.");
        for quote in
            ["500 people came", "They saw the wheel. It stood", "came to the mill.\u{2029}They saw", &whole]
        {
            let pattern = QuotePattern::parse(quote).expect("a valid quote");
            assert!(prove(&pattern, &segmented).is_some(), "{quote}: {}", read.text);
        }
        let passages: Vec<&str> =
            segmented.passages().iter().map(|passage| &read.text[passage.range.clone()]).collect();
        assert_eq!(passages, ["500 people came to the mill.", "They saw the wheel.", "It stood still."]);
    }
}

#[test]
fn styles_are_found_by_the_relationships_of_the_document() {
    let body = runs("<w:p>[|The mill ][rStyle=Gone|did not burn]</w:p>");
    let relations =
        "<Relationships><Relationship Type='http://mill.example/styles' Target='other.xml'/></Relationships>";
    let styles = format!("<w:styles xmlns:w='{WORD}'>{LOOKS}</w:styles>");
    let entries = [
        ("word/document.xml", document(&body).replace(WORD, "w")),
        ("word/_rels/document.xml.rels", relations.to_owned()),
        ("word/styles.xml", format!("<w:styles xmlns:w='{WORD}'/>")),
        ("word/other.xml", styles),
    ];
    let bytes = zipped(&entries.each_ref().map(|(name, text)| (*name, text.as_str())));
    assert_eq!(read(&bytes, LIMITS).expect("a file within limits").text, "The mill");
}

#[test]
fn only_text_within_the_limit_is_read() {
    let paragraph = format!("<w:p>{}</w:p>", run(&"mill ".repeat(1000)));
    let bytes = zipped(&[("word/document.xml", &document(&paragraph.repeat(2001)))]);
    let limits = Limits { file_bytes: 1 << 26, decompressed_bytes: 1 << 26, seconds: 600 };
    assert_eq!(read(&bytes, limits), Err(ReadError::TooLong));
    let many = format!("<w:p>{}</w:p>", "<w:r><w:drawing/></w:r>".repeat(500_001));
    assert_eq!(read(&zipped(&[("word/document.xml", &document(&many))]), limits), Err(ReadError::TooLarge));
}

#[test]
fn files_that_are_not_readable_documents_are_rejected() {
    let error = |entries: &[(&str, &str)]| read(&zipped(entries), LIMITS).err();
    assert!(matches!(error(&[("x", "")]), Some(ReadError::Damaged(_))));
    assert_eq!(error(&[("word/document.xml", &document(""))]), Some(ReadError::NoText));
    assert_eq!(error(&[("word/document.xml", &"<w:p>".repeat(9_000))]), Some(ReadError::TooDeep));
    assert_eq!(error(&[("word/document.xml", &" ".repeat(2 << 20))]), Some(ReadError::TooLarge));
}
