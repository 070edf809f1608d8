//! Tests of the parts that are left out of a page's text, and of the parts that its record includes or excludes.

use super::read_page;
use crate::parts::{LeftOutKind, NamedParts, PartFaultReason, PartKey};
use crate::{ExtractedText, Limits, PlaceInFile, ReadError};

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

const ONE: &str = "The lighthouse at the point was switched off on Friday, after a hundred and ten years.";
const TWO: &str = "Fishermen said that they would miss its light, and that no buoy could take its place.";
const THREE: &str = "The harbour master answered that every boat had had a satellite receiver for years.";

fn page(around: &str) -> String {
    format!(
        "<html><head><title>The light goes out</title></head><body>\n<article><h1>The light goes out</h1>\n\
         <p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article>\n{around}\n</body></html>"
    )
}

fn read_with(page: &str, include: &[&str], exclude: &[&str]) -> Result<ExtractedText, ReadError> {
    let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    let parts = NamedParts { include: owned(include), exclude: owned(exclude) };
    read_page(page.as_bytes(), false, &parts, LIMITS)
}

/// The kind, name, line and words of each part that was left out.
fn left_out(page: &str) -> Vec<(LeftOutKind, String, u32, String)> {
    let extracted = read_with(page, &[], &[]).expect("a page with text");
    let Some(all) = extracted.all else { return Vec::new() };
    let part = |part| {
        let words = all.words_of(part).to_owned();
        assert!(!extracted.text.contains(&words), "{words}");
        let taken_in = read_with(page, &[&part.name], &[]).expect("a page with text");
        assert_eq!(taken_in.part_faults, [], "{}", part.name);
        assert!(taken_in.text.contains(&words), "{}: {}", part.name, taken_in.text);
        let PlaceInFile::Line(line) = part.place else { panic!("not a line: {}", part.place) };
        (part.kind, part.name.clone(), line, words)
    };
    all.left_out.iter().map(part).collect()
}

#[test]
fn a_page_that_is_only_its_article_leaves_nothing_out() {
    assert_eq!(left_out(&page("<script>let a = 'b c';</script><p hidden>Not seen.</p>")), []);
}

#[test]
fn each_kind_of_part_is_described_by_selector_and_line() {
    let around = "<nav class=top><ul><li><a href=/>Home</a></li><li><a href=/sea>The sea</a></li></ul></nav>\n\
        <div id=rest><div class='x1'><h3><a href=/tug>The tug that would not leave the pier</a></h3><p>It lies there still.</p></div>\n\
        <div class='x1'><h3><a href=/eel>Eels return to the inner harbour</a></h3><p>Nobody knows why.</p></div>\n\
        <div class=x2><div><b>Comments (2)</b></div><div>gull</div><div>I could see it from my bed.</div></div>\n\
        <aside><p>The tower is forty metres high.</p></aside><footer>© The Point</footer></div>";
    let found = left_out(&page(around));
    let (kinds, rest): (Vec<_>, Vec<_>) =
        found.iter().map(|(kind, name, line, words)| (*kind, (name.as_str(), *line, words.as_str()))).unzip();
    let (teaser, other) = (LeftOutKind::Teaser, LeftOutKind::Other);
    assert_eq!(kinds, [LeftOutKind::Navigation, teaser, teaser, LeftOutKind::Comments, other, other]);
    let tug = "The tug that would not leave the pier\n\nIt lies there still.";
    let eel = "Eels return to the inner harbour\n\nNobody knows why.";
    let expected = [
        ("nav.top", 4, "Home\n\nThe sea"),
        ("div.x1", 5, tug),
        ("div.x1", 6, eel),
        ("div.x2", 7, "Comments (2)\n\ngull\n\nI could see it from my bed."),
        ("aside", 8, "The tower is forty metres high."),
        ("footer", 8, "© The Point"),
    ];
    assert_eq!(rest, expected);
}

#[test]
fn parts_within_the_article_have_selectors_that_take_in_no_more() {
    let paragraphs =
        format!("<p>{ONE}</p><p>{TWO} <a class='s-share' href='https://x.com/intent/post'>Post this</a></p>");
    let around = format!(
        "<div class=body>{paragraphs}<div class=body2><p class=q>{THREE}</p><p class=q>By Ada Quill</p></div></div>"
    );
    let page = format!("<title>The light</title><h1>The light</h1>{around}");
    let names: Vec<String> = left_out(&page).into_iter().map(|(_, name, ..)| name).collect();
    assert_eq!(names, ["a.s-share", "div.body2 > p:nth-of-type(2)"]);
}

#[test]
fn included_elements_are_read_in_the_order_of_the_page() {
    let page = page("<div class=facts><p>It is forty metres high.</p></div>")
        .replace("<article>", "<nav><a href=/>Home</a></nav><article>");
    let text = |include: &[&str]| read_with(&page, include, &[]).expect("a page with text").text;
    assert!(!text(&[]).contains("forty") && !text(&[]).contains("Home"));
    let whole = ["Home", "The light goes out", ONE, TWO, THREE, "It is forty metres high."].join("\n\n");
    assert_eq!(text(&["nav", ".facts"]), whole);
    assert_eq!(text(&["body"]), whole);
    assert_eq!(text(&["article p:first-of-type, .facts"]), whole.replace("Home\n\n", ""));
}

#[test]
fn an_included_word_stands_in_its_sentence() {
    let page = page("").replace("on Friday", "<button class=day>on Friday</button>").replace("<p>", "<div>");
    let page = page.replace("</p>", "</div>");
    assert!(!read_with(&page, &[], &[]).expect("a page with text").text.contains("on Friday"));
    let text = read_with(&page, &[".day"], &[]).expect("a page with text").text;
    assert!(text.contains("on Friday") && text.matches("The lighthouse").count() == 1, "{text}");
}

#[test]
fn excluded_elements_are_never_read_and_words_around_them_dont_join() {
    let page = page("").replace("would miss", "would <i>not</i> miss");
    let extracted = read_with(&page, &["article"], &["article > h1", "i"]).expect("a page with text");
    assert_eq!(extracted.text, [ONE, &TWO.replace("would miss", "would \u{fffc}miss"), THREE].join("\n\n"));
    let all = extracted.all.expect("parts that are left out");
    let parts: Vec<_> =
        all.left_out.iter().map(|part| (part.kind, part.name.as_str(), all.words_of(part))).collect();
    assert_eq!(
        parts,
        [(LeftOutKind::Excluded, "article > h1", "The light goes out"), (LeftOutKind::Excluded, "i", "not")]
    );
}

#[test]
fn what_is_not_text_keeps_preformatted_and_raised_text_apart() {
    let around = |line: &str| {
        let page = page("").replace("</article>", &format!("{line}</article>"));
        let text = read_with(&page, &["article"], &["i"]).expect("a page with text").text;
        text.rsplit("\n\n").next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        around("<pre>It is <i>not</i> high.\n  It is old.</pre>"),
        "It is  \u{fffc}high.\n  It is old."
    );
    assert_eq!(around("<pre>It is <i>not</i>\n</pre>"), "It is");
    assert_eq!(around("<p>It has 10<sup>1<i>,</i>2</sup> steps.</p>"), "It has 10^(1\u{fffc}2) steps.");
    assert_eq!(around("<p>It has x<sup>1<s>,</s>2</sup> steps.</p>"), "It has x^(1\u{fffc}2) steps.");
    assert_eq!(around("<p>It has 10<sup>1<br>2</sup> steps.</p>"), "It has 10^(1 2) steps.");
    assert_eq!(around("<p>It has 10<sup>1<img>2</sup> steps.</p>"), "It has 10^(1\u{fffc}2) steps.");
    assert_eq!(around("<p>It has 10<sup><img>2</sup> steps.</p>"), "It has 10\u{fffc}² steps.");
    assert_eq!(around("<p>It has 1<sup><img></sup>2 steps.</p>"), "It has 1\u{fffc}2 steps.");
    assert_eq!(around("<p>It has 10<sup> <i>-</i>2</sup> steps.</p>"), "It has 10 \u{fffc}² steps.");
    assert_eq!(around("<p>It has 10<sup><i>-</i>2</sup> steps.</p>"), "It has 10\u{fffc}² steps.");
    assert_eq!(around("<p>It has 10<sup>2<i>k</i></sup> steps.</p>"), "It has 10² \u{fffc}steps.");
}

#[test]
fn selectors_without_effect_are_reported() {
    let page = page("<div class=gone hidden>Not seen.</div><div class=empty></div>");
    let found =
        read_with(&page, &["p", ".gone", "p::before", ""], &[".empty", "h7", "p {}"]).expect("a text");
    let found: Vec<_> =
        found.part_faults.iter().map(|fault| (fault.key, fault.entry, fault.reason)).collect();
    let (include, exclude) = (PartKey::Include, PartKey::Exclude);
    let (bad, none) = (PartFaultReason::BadSelector, PartFaultReason::NoMatch);
    let expected = [
        (include, 1, none),
        (include, 2, bad),
        (include, 3, bad),
        (exclude, 0, none),
        (exclude, 1, none),
        (exclude, 2, bad),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_text_of_an_empty_shell_is_that_of_its_metadata() {
    let shell = |body: &str, seen: &str| {
        let data =
            serde_json::json!({ "@type": "NewsArticle", "headline": "The light", "articleBody": body });
        format!("<script type='application/ld+json'>{data}</script><div id=app></div><p>{seen}</p>")
    };
    let read = |body: &str, seen: &str| {
        let extracted = read_with(&shell(body, seen), &[], &[]).expect("a page with text");
        (extracted.text, extracted.is_from_metadata)
    };
    let both = [ONE, TWO].join("\n\n");
    assert_eq!(read(&format!("{ONE}\n{TWO}\n"), "Loading …"), (both.clone(), true));
    assert_eq!(read(&format!("<p>{ONE}</p><p>{TWO}<br></p>"), "Loading …"), (both, true));
    let notice = "We use cookies on this page, as everybody else does on theirs.";
    assert_eq!(read(&format!("{ONE} {TWO}"), notice), (format!("{ONE} {TWO}"), true));
    assert_eq!(read(&format!("{ONE} {TWO} {THREE}"), ONE), (ONE.to_owned(), false), "the rest isn't for all");
    assert_eq!(read("A light.", "Loading the page …"), ("Loading the page …".to_owned(), false));
    let named =
        read_with(&shell(&format!("{ONE} {TWO}"), "Loading …"), &["p"], &[]).expect("a page with text");
    assert_eq!(named.text, "Loading …", "the record decides");
}

#[test]
fn thousands_of_parts_take_linear_time() {
    let item = |n: usize| format!("<li><a href=/{n}>Boat {n}</a>");
    let item_box = |n: usize| format!("<div class=b{n}><p>Boat {n} lies at the pier.</div>");
    let items: String = (0..8_000).map(item).collect();
    let boxes: String = (0..1_500).map(item_box).collect();
    let start = std::time::Instant::now();
    let all = read_with(&page(&format!("<ul>{items}</ul>{boxes}")), &[], &[]).expect("a page with text").all;
    assert!(all.is_some_and(|all| all.left_out.len() > 1) && start.elapsed().as_secs() < 20);
}
