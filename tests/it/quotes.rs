//! Words that stand in a document, and words that only seem to. Each case is a document and a quote.

use crate::support::SiteTest;

fn site(document: &str, quote: &str) -> SiteTest {
    let quote = serde_json::to_string(quote).expect("a text");
    let record = format!(
        "title = \"A\"\n[[answer]]\nquestion = \"q\"\nposition = \"p\"\nsummary = \"x\"\nquotes = [{quote}]\n"
    );
    SiteTest::new()
        .file("site.toml", "title = \"T\"\n")
        .file("content/questions/q.md", "+++\ntitle = \"Q\"\n[positions]\np = \"P\"\n+++\n")
        .file("seeds/a.toml", &record)
        .file("seeds/a.txt", document)
}

#[test]
fn what_cuts_a_word_a_figure_or_a_character_is_refused() {
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
fn what_the_document_does_not_say_so_is_refused() {
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
fn what_stands_there_is_printed_as_it_stands_and_its_range_cuts_just_that() {
    for (document, quote, stands) in [
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
        let comparison = site(document, quote).build().succeeds().comparison();
        let found = &comparison["questions"][0]["cells"][0]["answers"][0]["quotes"][0];
        let at = |key: &str| usize::try_from(found[key].as_u64().expect("an offset")).expect("a small one");
        assert_eq!(found["text"], stands, "{quote}");
        assert_eq!(&document[at("start")..at("end")], stands, "{quote}");
    }
}
