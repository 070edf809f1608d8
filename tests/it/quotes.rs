//! Tests of quotes that are in a document and of quotes that only seem to be. Each case is a document and a quote.

use crate::support::SiteTest;

fn site(document: &str, quote: &str) -> SiteTest {
    let quote = serde_json::to_string(quote).expect("strings can be written as JSON");
    let record = format!(
        "title = \"A\"\n[[answer]]\nquestion = \"q\"\nposition = \"p\"\nsummary = \"x\"\nquotes = [{quote}]\n"
    );
    SiteTest::new()
        .file("site.toml", "title = \"T\"\ncards = false\n")
        .file("content/questions/q.md", "+++\ntitle = \"Q\"\n[positions]\np = \"P\"\n+++\n")
        .file("seeds/a.toml", &record)
        .file("seeds/a.txt", document)
}

/// Builds a site with one quote. Returns the proved quote as `compare.json` has it.
fn proved(site: &SiteTest) -> serde_json::Value {
    site.build().succeeds().comparison()["questions"][0]["cells"][0]["answers"][0]["quotes"][0].clone()
}

#[test]
fn quotes_that_cut_a_word_number_or_character_are_rejected() {
    for (document, quote) in [
        ("The mill won't pay the fine.", "The mill won"),
        ("The bricks can’t be bought.", "t be bought"),
        ("It burnt in the millyard.", "the mill"),
        ("mill\u{ad}stones were sold", "stones were sold"),
        ("It cost 2½ million crowns.", "2 million crowns"),
        ("It cost 3½ million.", "31"),
        ("It fell by 5¹ percent.", "51 percent"),
        ("They baked 10⁶ bricks.", "106 bricks"),
        ("It was −5 degrees.", "5 degrees"),
        ("It rose by .5 percent.", "5 percent"),
        ("They counted 1’000 bricks.", "000 bricks"),
        ("It burnt at 12:30 sharp.", "30 sharp"),
        ("It takes 10–20 men.", "20 men"),
        ("It was 5℃ today.", "C today"),
        ("He said… and left.", "He said."),
    ] {
        site(document, quote).check().finds_problems().stderr_contains("error[quote-not-found]");
    }
}

#[test]
fn quotes_that_change_the_documents_words_are_rejected() {
    for (document, quote) in [
        ("Nobody ever said anything [on record] about it.", "Nobody ever said [on record"),
        ("The mill was not burnt [again] today.", "The mill [again"),
        ("The bricks are not good.", "The bricks [are] good"),
        ("They paid 45 crowns.", "[1]5 crowns"),
        ("They paid 45 crowns.", "4[0] crowns"),
        ("It breathe results", "[T]he results"),
        ("The mill's owner sent for the miller.", "The mi[x]er"),
        ("A first word on the mill.\rA second word.", "mill. A second"),
        ("A first word on the mill\u{c}A second word.", "mill A second"),
    ] {
        site(document, quote).check().finds_problems().stderr_contains("error[quote-not-found]");
    }
}

#[test]
fn quotes_are_printed_as_in_the_document_with_the_exact_range() {
    for (document, quote, expected) in [
        ("He said “yes”\n\n   Then he left.", "said \"yes\"", "said “yes”"),
        ("He said yes —\r\n\r\n Then he left.", "said yes -", "said yes —"),
        ("Aha ha ha, he laughed.", "ha ha", "ha ha"),
        ("The Molino™ stones", "Molino", "Molino"),
        ("These stones¹ are good.", "These stones", "These stones"),
        ("The mil\u{ad}ler’s hat", "miller", "mil\u{ad}ler"),
        ("so \u{202b}one word\u{202c} two", "one word two", "one word\u{202c} two"),
        ("The firms’ ferry", "firms", "firms"),
        ("It said [sic] so.", "It said [sic] so", "It said [sic] so"),
        ("It cost 2½ million.", "2½ million", "2½ million"),
    ] {
        let found = proved(&site(document, quote));
        let at = |key: &str| {
            usize::try_from(found[key].as_u64().expect("offsets are numbers"))
                .expect("offsets fit into usize")
        };
        assert_eq!(found["text"], expected, "{quote}");
        assert_eq!(&document[at("start")..at("end")], expected, "{quote}");
    }
}

#[test]
fn quotes_are_found_in_other_encodings() {
    let utf_16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("Die Mühle „brannte“.".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let windows_1252 = b"The mill\x92s owner said \x93no\x94 \x97 twice.".to_vec();
    for (bytes, quote, expected) in [
        (utf_16, "Mühle \"brannte\"", "Mühle „brannte“"),
        (windows_1252, "mill's owner said \"no\" - twice", "mill’s owner said “no” — twice"),
    ] {
        assert_eq!(proved(&site("", quote).bytes("seeds/a.txt", &bytes))["text"], expected);
    }
}

#[test]
fn quotes_work_with_right_to_left_scripts_and_combining_marks() {
    for (document, quote, expected) in [
        ("הטחנה נשרפה ביום שישי.", "נשרפה ביום", "נשרפה ביום"),
        ("The cafe\u{301} burnt.", "caf\u{e9} burnt", "cafe\u{301} burnt"),
        ("मिल जल गई।", "मिल जल", "मिल जल"),
        ("磨坊在星期五烧毁了。", "星期五烧毁", "星期五烧毁"),
    ] {
        assert_eq!(proved(&site(document, quote))["text"], expected);
    }
    site("The cafe\u{301} burnt.", "cafe").check().finds_problems().stderr_contains("error[quote-not-found]");
}

#[test]
fn empty_quotes_are_rejected_and_very_long_lines_work() {
    for empty in ["   ", "…", "[...]", "—", "[the mill]"] {
        site("The mill burnt.", empty).check().finds_problems().stderr_contains("error[quote-empty]");
    }
    let long = format!("{}and the mill burnt", "so it went on ".repeat(150_000));
    site(&long, "and the mill burnt").check().succeeds();
    site(&long, "and the mill sank")
        .check()
        .finds_problems()
        .stderr_contains("“sank” is “burnt” in this passage");
}
