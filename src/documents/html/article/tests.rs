//! Tests of whole pages: sentences of an article that look like clutter are kept, and clutter beside them is not.

use crate::{Limits, html};

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

const HIVES: &str =
    "The beekeepers of the valley counted their hives in March and found a third of them empty.";
const FROST: &str =
    "A late frost had killed the cherry blossom, so the bees that were left flew to the rape fields.";
const HONEY: &str =
    "The honey of that summer was pale, set hard within a week, and sold for twice the usual price.";
const QUEEN: &str =
    "“We bought nine queens from the island,” said the oldest of them, “and six are still laying.”";

fn texts(page: &str) -> Vec<String> {
    let extracted = html::read(page.as_bytes(), LIMITS).expect("a page with text");
    extracted.blocks.into_iter().map(|block| extracted.text[block.range].to_owned()).collect()
}

/// An article whose paragraphs surround the inserted HTML.
fn article(inserted: &str) -> Vec<String> {
    texts(&format!(
        "<article><h1>Empty hives</h1><p>{HIVES}</p><p>{FROST}</p>{inserted}<p>{HONEY}</p><p>{QUEEN}</p></article>"
    ))
}

fn has(texts: &[String], text: &str) -> bool {
    texts.iter().any(|one| one == text)
}

#[test]
fn names_of_clutter_on_the_boxes_that_hold_the_article_are_names_of_its_layout() {
    let boxes = |class: &str| {
        let part = |text| format!("<div class='{class}'><p>{text}</p></div>");
        texts(&format!(
            "<div class=c1><h1>Empty hives</h1>{}{}{}{}</div>",
            part(HIVES),
            part(FROST),
            part(HONEY),
            part(QUEEN)
        ))
    };
    for class in ["kit-widget kit-text", "sidebar-text", "row row-9ad31c", "lane lane--has-banner", "paywall"]
    {
        assert_eq!(boxes(class), ["Empty hives", HIVES, FROST, HONEY, QUEEN], "{class}");
    }
    let heading = "<h2>After the frost</h2>";
    for class in ["kit-widget kit-widget-heading", "sidebar-head"] {
        let kind = class.split(['-', ' ']).find(|word| ["widget", "sidebar"].contains(word));
        let part = |text: &str| format!("<div class='kit-{}'><p>{text}</p></div>", kind.unwrap_or_default());
        let page = texts(&format!(
            "<div class=c1>{}<div class='{class}'>{heading}</div>{}</div>",
            part(HIVES),
            part(&format!("{FROST} {HONEY}"))
        ));
        assert!(has(&page, "After the frost"), "{class}");
    }
    let one =
        article("<div class='kit-widget'><p>The valley's swimming pool opens on Sunday at ten.</p></div>");
    assert!(!one.iter().any(|text| text.contains("swimming")), "{one:?}");
}

#[test]
fn paragraphs_that_are_links_are_kept_if_they_are_sentences_or_addresses() {
    for kept in [
        "In April the county court fined two growers for spraying at noon.",
        "A map of all hives was drawn by the school.",
        "https://bees.example/map/2019",
    ] {
        assert!(has(&article(&format!("<p><a href=/x><b>{kept}</b></a></p>")), kept), "{kept}");
    }
    for left_out in ["Ten flowers for dry gardens", "Wasps return to the town hall"] {
        assert!(!has(&article(&format!("<p><a href=/x>{left_out}</a></p>")), left_out), "{left_out}");
    }
}

#[test]
fn sentences_with_a_sponsored_link_are_kept_and_sponsored_lines_are_not() {
    for sentence in [
        "The smoker is a <a rel=sponsored href=/s>tin pot with bellows</a>, and it burns dry grass or old sacking.",
        "They wear <a rel='nofollow sponsored' href=/v>veils</a> of black gauze, through which one sees better.",
    ] {
        assert_eq!(article(&format!("<p>{sentence}</p>")).len(), 6, "{sentence}");
    }
    for line in
        ["A tin smoker costs nine coins at the harbour shop.", "Veils of black gauze are cheap this week."]
    {
        let linked = |rel: &str| article(&format!("<p><a rel='{rel}' href=/s>{line}</a></p>"));
        assert!(has(&linked("nofollow"), line) && !has(&linked("sponsored"), line), "{line}");
    }
}

#[test]
fn a_list_of_links_is_kept_if_a_paragraph_introduces_it() {
    let list = |before: &str| {
        article(&format!(
            "{before}<ul><li><a href=/1>Letters of a beekeeper</a><li><a href=/2>Hives of straw</a></ul>"
        ))
    };
    for before in ["<p>The library has two books on it:</p>", "<p>Two books say so:</p>"] {
        assert!(
            has(&list(before), "Letters of a beekeeper") && has(&list(before), "Hives of straw"),
            "{before}"
        );
    }
    for before in ["", "<p>The library has no book on it.</p>"] {
        assert!(!has(&list(before), "Hives of straw"), "{before}");
    }
}

#[test]
fn short_lines_and_code_are_kept_beside_running_text() {
    for (inserted, kept) in [
        ("<p>Sugar</p>", "Sugar"),
        ("<p><b>The third winter</b></p>", "The third winter"),
        ("<div class=x7><div class=x8><pre>hive --empty</pre></div></div>", "hive --empty"),
    ] {
        assert!(has(&article(inserted), kept), "{kept}");
    }
    assert!(!has(&article("<div class=x7><span>Zoom in</span></div>"), "Zoom in"));
}

#[test]
fn boxes_unlike_the_others_are_kept_among_and_after_the_paragraphs() {
    let answer = "Yes, because a swarm in June is still strong enough to fill its combs before the winter.";
    let reader = "Keep your gloves on, and let us not forget that a calm hive is a matter of weather.";
    for text in [answer, reader] {
        for inserted in
            [format!("<div class=Qq7><p>{text}</p></div>"), format!("<div><div>{text}</div></div>")]
        {
            assert!(has(&article(&inserted), text), "{inserted}");
        }
        let last = texts(&format!(
            "<article><h1>Empty hives</h1><p>{HIVES}</p><p>{FROST}</p><p>{HONEY}</p><p>{QUEEN}</p>\
             <div class=Qq7><p>{text}</p></div></article>"
        ));
        assert!(has(&last, text), "{text}");
    }
}

#[test]
fn a_box_with_a_label_for_each_of_its_paragraphs_continues_the_article() {
    let part = |label: &str, text: &str| {
        format!("<div class='part x{}'><div>{label}</div><p>{text}</p></div>", label.len())
    };
    let page = format!(
        "<div class=c1><h1>Empty hives</h1>{}{}</div>",
        part("Spring", &format!("{HIVES} {FROST}")),
        part("Summer", HONEY)
    );
    assert!(has(&texts(&page), HONEY));
    let labels = page.replace("<div>Summer</div>", "<div>Summer</div><div>By the pond</div>");
    assert!(!has(&texts(&labels), HONEY), "it has more labels than paragraphs");
}

#[test]
fn a_section_whose_heading_could_be_that_of_a_box_is_kept_beside_other_sections() {
    for heading in ["The weather", "Archives"] {
        let section =
            |heading: &str, text: &str| format!("<section><h2>{heading}</h2><p>{text}</p></section>");
        let page = |other: &str| {
            let (one, two) =
                (section("Counting", &format!("{HIVES} {FROST} {HONEY}")), section(heading, QUEEN));
            texts(&format!("<article><h1>Empty hives</h1>{one}{other}{two}</article>"))
        };
        assert!(has(&page(""), heading) && has(&page(""), QUEEN), "{heading}");
    }
    let related = article(
        "<div><h3>Related articles</h3><p>The ferry lay in the harbour, and no one mended it.</p></div>",
    );
    assert_eq!(related.len(), 5);
}

#[test]
fn repeated_lines_are_kept_in_one_box_and_copies_in_other_boxes_are_not() {
    let refrain = "And the bees came home at evening, heavy with the gold of June.";
    let count = |texts: &[String]| texts.iter().filter(|text| *text == refrain).count();
    assert_eq!(count(&article(&format!("<p>{refrain}</p><p>{HIVES}!</p><p>{refrain}</p>"))), 2);
    assert_eq!(count(&article(&format!("<p>{refrain}</p><div class=x1><p>{refrain}</p></div>"))), 1);
    let said = article("<blockquote>“a third of them empty”, they found, in March</blockquote>");
    assert_eq!(said.len(), 6, "words that no other block contains");
    let pulled = article(
        "<blockquote>“And six are still laying, they say”</blockquote><p>He said and six are still laying, they say.</p>",
    );
    assert!(!pulled.iter().any(|text| text.starts_with('“') && text.contains("they say")), "{pulled:?}");
    for more in ["…", "… more", "… show all"] {
        let cut = article(&format!("<div>{}{more}</div><p>{HIVES}!</p>", &HIVES[..60]));
        assert!(!cut.iter().any(|text| text.contains('…')), "{cut:?}");
    }
}

#[test]
fn sentences_with_the_words_of_a_call_are_kept_unless_they_address_readers() {
    for kept in [
        "The free trial of the new hives took ninety days, and nobody was stung.",
        "Burning old combs without permission is prohibited in the valley.",
        "“We use cookies on this site only to count visits,” the mayor told the keepers.",
    ] {
        assert!(has(&article(&format!("<p>{kept}</p>")), kept), "{kept}");
    }
    for left_out in ["Get your free trial for thirty days.", "On our site we use cookies."] {
        assert!(!has(&article(&format!("<p>{left_out}</p>")), left_out), "{left_out}");
    }
}

#[test]
fn several_paragraphs_between_headline_and_text_are_text() {
    let lead = |count: usize| {
        let boxes = ["<div class=x1><p>Was it the winter?</p></div>"; 1].concat();
        let said = |n: usize| {
            format!(
                "<div class=x{n}{n}><p>One keeper of {n} hives said that it was the mite, and not the winter.</p></div>"
            )
        };
        let before: String = (2..2 + count).map(said).collect();
        texts(&format!(
            "<h1>Empty hives</h1>{before}{boxes}<div class=text><p>{HIVES} {FROST}</p><p>{FROST} {HONEY}</p>\
             <p>{HONEY} {QUEEN}</p><p>{QUEEN} {HIVES}</p></div>"
        ))
    };
    assert!(has(&lead(3), "Was it the winter?") && has(&lead(4), "Was it the winter?"));
    assert!(!has(&lead(1), "Was it the winter?"));
}

#[test]
fn a_motto_outside_of_the_main_content_is_not_the_article() {
    for main in ["<main>", "<div role=main>"] {
        let page = format!(
            "<header><p>A valley is what its bees make of it, we say.</p></header>{main}<h1>Links of May</h1>\
             <ul><li><a href=/1>Hives of straw</a><li><a href=/2>The price of wax</a></ul>"
        );
        assert_eq!(texts(&page), ["Links of May", "Hives of straw", "The price of wax"], "{main}");
    }
}

#[test]
fn a_heading_that_leads_to_the_home_page_is_no_headline() {
    for home in ["/", "https://valley.example", "https://valley.example/"] {
        let page = format!(
            "<title>Empty hives - Valley Post</title><h1><a href='{home}'>Valley Post</a></h1>\
             <div class=story><p>{HIVES}</p><p>{FROST}</p><p>{HONEY}</p></div>"
        );
        assert_eq!(texts(&page), [HIVES, FROST, HONEY], "{home}");
        assert_eq!(
            texts(&page.replace(&format!("'{home}'"), "/2019/hives")).len(),
            4,
            "a link to the article"
        );
    }
}

#[test]
fn boxes_before_the_headline_are_no_part_of_the_article() {
    let news = "A cart lost a wheel on the mill bridge, and forty cheeses rolled into the stream below.";
    let more = "The baker found a purse in a sack of rye, and its owner has not come to ask for it yet.";
    for ticker in [
        format!("<ul><li>{news}</li><li>{more}</li></ul>"),
        format!("<div class=x1><p>{news}</p></div><div class=x1><p>{more}</p></div>"),
    ] {
        let page = format!(
            "<title>Empty hives of the valley | Valley Post</title><div><div class=now><b>Now</b>{ticker}</div>\
             <div class=text><h1>Empty hives of the valley</h1><p>{HIVES}</p><p>{FROST}</p></div></div>"
        );
        assert_eq!(texts(&page), ["Empty hives of the valley", HIVES, FROST], "{ticker}");
    }
    let within = format!(
        "<title>Empty hives of the valley</title><div class=text><p>{news}</p><p>{more}</p>\
         <h1>Empty hives of the valley</h1><p>{HIVES}</p><p>{FROST}</p></div>"
    );
    assert!(has(&texts(&within), news), "the headline is in the same box");
}

#[test]
fn posts_after_the_heading_of_a_box_are_no_part_of_the_article() {
    let post = |headline: &str, text: &str| format!("<div class=post>{headline}<p>{text}</p></div>");
    for heading in ["<h3>You may like …</h3>", "<h2>More from this blog</h2>", "<h4>Comments (2)</h4>"] {
        let page = |between: &str| {
            let article = post("<h1>Empty hives</h1>", &format!("{HIVES} {FROST}"));
            texts(&format!("{article}{between}{}{}", post("", HONEY), post("", QUEEN)))
        };
        assert_eq!(page(heading).len(), 2, "{heading}");
        assert!(has(&page(""), QUEEN) && has(&page("<h3>The price of honey</h3>"), QUEEN), "{heading}");
    }
}

#[test]
fn steps_that_tell_readers_what_to_do_are_kept_if_they_have_headings() {
    let first = format!("{HIVES} {FROST} {HONEY} {QUEEN}");
    for step in
        ["Lift the lid with your left hand and wait.", "Let us say that the smoke has settled by now."]
    {
        let steps = |heading: &str| {
            let part =
                |text: &str| format!("<div class='unit x{}'>{heading}<div>{text}</div></div>", text.len());
            texts(&format!("<div class=c1><h1>Opening a hive</h1>{}{}</div>", part(&first), part(step)))
        };
        assert!(has(&steps("<h2>A step</h2>"), step), "{step}");
        assert!(!has(&steps(""), step), "{step}");
    }
}
