//! Social cards: a picture for every page, drawn from its own words, the same each time.

use crate::support::{Ran, SiteTest, Tree};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What ends a PNG; readers don't look behind it.
const END: &[u8] = b"IEND\xaeB`\x82";
/// More than any card needs.
const LARGEST: usize = 40_000;

fn mill() -> SiteTest {
    SiteTest::case(
        "=== site.toml\ntitle = \"The mill at the ford\"\n=== content/wheel.md\n+++\ntitle = \"The wheel\"\n+++\nIt turned.\n",
    )
}

/// A site of one page with this title and description.
fn titled(title: &str) -> SiteTest {
    let title = serde_json::to_string(title).expect("texts are JSON");
    mill().file("content/wheel.md", &format!("+++\ntitle = {title}\ndescription = {title}\n+++\n"))
}

fn cards(tree: &Tree) -> Tree {
    let cards = tree.iter().filter(|(path, _)| path.starts_with("cards/"));
    cards.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// The width and height that a PNG says of itself.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(SIGNATURE) && png.ends_with(END), "no PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[track_caller]
fn is_card(ran: &Ran, path: &str) {
    let png = ran.public.get(path).unwrap_or_else(|| panic!("no `{path}` among {:?}", ran.public.keys()));
    assert_eq!(size(png), (1200, 630), "{path}");
    assert!(png.len() < LARGEST, "{path} has {} bytes", png.len());
}

#[test]
fn every_page_but_the_one_for_what_is_not_there_has_a_card() {
    let ran = SiteTest::golden_with_cards().build().succeeds();
    let pages: Vec<&str> = ran.pages().filter(|page| *page != "404.html").collect();
    for page in &pages {
        is_card(&ran, &format!("cards/{}.png", page.strip_suffix(".html").expect("a page")));
    }
    assert_eq!(cards(&ran.public).len(), pages.len());
    assert!(
        pages.contains(&"index.html") && pages.iter().any(|page| page.starts_with("compare/")),
        "{pages:?}"
    );
}

#[test]
fn templates_know_the_path_of_the_card() {
    let site = mill()
        .file("templates/page.html", "{{ card }}")
        .file("templates/404.html", "{% if card %}{{ card }}{% else %}none{% endif %}")
        .file("content/a b.md", "+++\ntitle = \"A\"\n+++\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.page("wheel.html").text, "cards/wheel.png");
    assert_eq!(ran.page("a b.html").text, "cards/a%20b.png");
    assert_eq!(ran.page("404.html").text, "none");
    is_card(&ran, "cards/a b.png");
}

#[test]
fn an_author_who_wants_no_cards_gets_none() {
    let site = mill()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("templates/page.html", "{% if card %}{{ card }}{% else %}none{% endif %}");
    let ran = site.build().succeeds();
    assert_eq!(cards(&ran.public), Tree::new());
    assert_eq!(ran.page("wheel.html").text, "none");
}

#[test]
fn the_same_words_give_the_same_bytes_and_others_another_card() {
    let one = cards(&mill().build().succeeds().public);
    assert_eq!(one, cards(&mill().build().succeeds().public));
    let other = cards(&titled("The ferry").build().succeeds().public);
    assert_ne!(one["cards/wheel.png"], other["cards/wheel.png"]);
    assert_eq!(one["cards/sources.png"], other["cards/sources.png"]);
}

#[test]
fn a_card_whose_page_has_another_title_is_drawn_anew() {
    let site = mill();
    let drawn = cards(&site.build().succeeds().public)["cards/wheel.png"].clone();
    let site = site.file("content/wheel.md", "+++\ntitle = \"The old wheel\"\n+++\n");
    let redrawn = &site.build().succeeds().public["cards/wheel.png"];
    assert!(redrawn.ends_with(END) && *redrawn != drawn);
}

#[test]
fn an_old_card_that_is_no_picture_or_was_changed_is_drawn_anew() {
    let site = mill();
    let drawn = cards(&site.build().succeeds().public)["cards/wheel.png"].clone();
    let mut changed = drawn.clone();
    changed[drawn.len() / 2] ^= 1;
    for broken in [&b""[..], b"no picture", &drawn[..40], &[&drawn, &b"more"[..]].concat(), &changed] {
        let site = mill();
        site.build().succeeds();
        let site = site.bytes("public/cards/wheel.png", broken);
        assert_eq!(site.build().succeeds().public["cards/wheel.png"], drawn);
    }
}

#[test]
fn a_picture_of_the_authors_goes_before() {
    let site = mill().file("content/cards/wheel.png", "my own").file("templates/page.html", "{{ card }}");
    let ran = site.build().succeeds();
    assert_eq!(ran.public["cards/wheel.png"], b"my own");
    assert_eq!(ran.page("wheel.html").text, "cards/wheel.png");
}

#[test]
fn no_file_can_be_where_the_cards_lie() {
    let ran = mill().file("content/cards", "a list").check().finds_problems();
    ran.stderr_contains("error[path-taken]").stderr_contains("content/cards");
}

#[test]
fn no_title_is_too_much_for_a_card() {
    let long = "Why did the committee not hear the witnesses who had seen the lightning? ".repeat(5);
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(6);
    let titles = [
        &long,
        &word,
        "<&>\"' </text><script> {{ title }} &amp; ]]>",
        "\u{1}\u{0}bell\u{7} and \u{fffe}\u{ffff}",
        "\u{202e}backwards\u{2067}",
        "i\u{308}\u{323}\u{301}",
        "-",
        "Почему сгорела мельница? Γιατί κάηκε; Vì sao cháy? Łódź → 5 € ≥ 4",
    ];
    for title in titles {
        let ran = titled(title).build().succeeds();
        is_card(&ran, "cards/wheel.png");
        assert_eq!(ran.stderr, "", "{title}");
    }
}

#[test]
fn a_title_that_no_font_can_write_warns_once_and_has_no_card() {
    let site = titled("水车 🏭")
        .file("content/ferry.md", "+++\ntitle = \"渡船\"\n+++\n")
        .file("templates/page.html", "{% if card %}{{ card }}{% else %}none{% endif %}");
    let ran = site.build().succeeds().wrote_no("cards/wheel.png").wrote_no("cards/ferry.png");
    assert_eq!(ran.stderr.matches("[card-font]").count(), 1, "{}", ran.stderr);
    assert_eq!(ran.page("wheel.html").text, "none");
    is_card(&ran, "cards/index.png");
    let ran = site.file("site.toml", "title = \"The mill\"\ncards = false\n").build().succeeds();
    assert_eq!(ran.stderr, "");
}

#[test]
fn the_authors_fonts_are_used_and_not_published() {
    // A font of one character, 水, made for this test: a square.
    let font = include_bytes!("../fonts/wheel.ttf");
    let site = titled("水").bytes("templates/fonts/wheel.ttf", font);
    let ran = site.build().succeeds().wrote_no("fonts/wheel.ttf").wrote_no("templates/fonts/wheel.ttf");
    assert_eq!(ran.stderr, "");
    is_card(&ran, "cards/wheel.png");
}

#[test]
fn an_author_may_write_the_template_of_cards() {
    let card = |rest: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">{rest}</svg>")
    };
    let own = card(
        "<text y=\"90\">{% set set = fit(text=title, sizes=[40], width=900, lines=1) %}{% for line in set.lines %}{{ line }}{% endfor %}</text>",
    );
    let plain = mill().build().succeeds().public["cards/wheel.png"].clone();
    let ran = mill().file("templates/card.svg", &own).build().succeeds();
    is_card(&ran, "cards/wheel.png");
    assert_ne!(ran.public["cards/wheel.png"], plain);
    let hidden = card("<image href=\"/etc/hostname\" width=\"9\" height=\"9\"/>");
    assert!(
        mill().file("templates/card.svg", &hidden).build().succeeds().public.contains_key("cards/wheel.png")
    );
    let small = own.replace("1200", "12");
    for wrong in ["no picture", "<svg", "<svg/>", &small, &card("{{ fit(text=title) }}")] {
        let ran = mill().file("templates/card.svg", wrong).build().finds_problems();
        ran.stderr_contains("error[template]").stderr_contains("templates/card.svg");
    }
}

#[test]
fn what_draws_the_cards_is_what_their_marks_say() {
    let lock = include_str!("../../Cargo.lock");
    let draws = include_str!("../../src/render/cards/draw.rs");
    for name in ["resvg", "tiny-skia", "usvg"] {
        let (_, rest) =
            lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect("it is compiled in");
        let (version, _) = rest.split_once('"').expect("a version");
        assert!(draws.contains(&format!("{name} {version}")), "raise VERSION: {name} is {version} now");
    }
}
