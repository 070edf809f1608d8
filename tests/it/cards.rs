//! Tests of social cards: an image for every page, drawn from its title, always with the same bytes.

use crate::support::{RunResult, SiteTest, Tree};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The last bytes of every PNG image. Programs ignore anything after them.
const END: &[u8] = b"IEND\xaeB`\x82";
const MAX_CARD_BYTES: usize = 40_000;

fn mill() -> SiteTest {
    SiteTest::case(
        "=== site.toml\ntitle = \"The mill at the ford\"\n=== content/wheel.md\n+++\ntitle = \"The wheel\"\n+++\nIt turned.\n",
    )
}

/// A site of one page with this title and description.
fn titled(title: &str) -> SiteTest {
    let title = serde_json::to_string(title).expect("strings can be written as JSON");
    mill().file("content/wheel.md", &format!("+++\ntitle = {title}\ndescription = {title}\n+++\n"))
}

fn cards(tree: &Tree) -> Tree {
    let cards = tree.iter().filter(|(path, _)| path.starts_with("cards/"));
    cards.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// Returns the width and height in a PNG header.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(SIGNATURE) && png.ends_with(END), "not a PNG file");
    let number =
        |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("the slice has four bytes"));
    (number(16), number(20))
}

#[track_caller]
fn assert_card(ran: &RunResult, path: &str) {
    let png = ran.public.get(path).unwrap_or_else(|| panic!("no `{path}` among {:?}", ran.public.keys()));
    assert_eq!(size(png), (1200, 630), "{path}");
    assert!(png.len() < MAX_CARD_BYTES, "{path} has {} bytes", png.len());
}

#[test]
fn every_page_except_404_has_a_card() {
    let ran = SiteTest::golden_with_cards().build().succeeds();
    let pages: Vec<&str> = ran.pages().filter(|page| *page != "404.html").collect();
    for page in &pages {
        assert_card(&ran, &format!("cards/{}.png", page.strip_suffix(".html").expect("pages end in .html")));
    }
    assert_eq!(cards(&ran.public).len(), pages.len());
    assert!(
        pages.contains(&"index.html") && pages.iter().any(|page| page.starts_with("compare/")),
        "{pages:?}"
    );
}

#[test]
fn templates_get_the_path_of_the_card() {
    let site = mill()
        .file("templates/page.html", "{{ card }}")
        .file("templates/404.html", "{% if card %}{{ card }}{% else %}none{% endif %}")
        .file("content/a b.md", "+++\ntitle = \"A\"\n+++\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.page("wheel.html").text, "cards/wheel.png");
    assert_eq!(ran.page("a b.html").text, "cards/a%20b.png");
    assert_eq!(ran.page("404.html").text, "none");
    assert_card(&ran, "cards/a b.png");
}

#[test]
fn cards_can_be_turned_off() {
    let site = mill()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("templates/page.html", "{% if card %}{{ card }}{% else %}none{% endif %}");
    let ran = site.build().succeeds();
    assert_eq!(cards(&ran.public), Tree::new());
    assert_eq!(ran.page("wheel.html").text, "none");
}

#[test]
fn the_same_text_gives_the_same_bytes_and_another_text_another_card() {
    let one = cards(&mill().build().succeeds().public);
    assert_eq!(one, cards(&mill().build().succeeds().public));
    let other = cards(&titled("The ferry").build().succeeds().public);
    assert_ne!(one["cards/wheel.png"], other["cards/wheel.png"]);
    assert_eq!(one["cards/sources.png"], other["cards/sources.png"]);
}

#[test]
fn a_card_is_redrawn_when_the_title_changes() {
    let site = mill();
    let drawn = cards(&site.build().succeeds().public)["cards/wheel.png"].clone();
    let site = site.file("content/wheel.md", "+++\ntitle = \"The old wheel\"\n+++\n");
    let redrawn = &site.build().succeeds().public["cards/wheel.png"];
    assert!(redrawn.ends_with(END) && *redrawn != drawn);
}

#[test]
fn a_damaged_card_is_redrawn() {
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
fn the_authors_own_card_takes_precedence() {
    let site = mill().file("content/cards/wheel.png", "my own").file("templates/page.html", "{{ card }}");
    let ran = site.build().succeeds();
    assert_eq!(ran.public["cards/wheel.png"], b"my own");
    assert_eq!(ran.page("wheel.html").text, "cards/wheel.png");
}

#[test]
fn a_file_cannot_take_the_path_of_the_cards_folder() {
    let ran = mill().file("content/cards", "a list").check().finds_problems();
    ran.stderr_contains("error[path-taken]").stderr_contains("content/cards");
}

#[test]
fn a_card_is_drawn_for_any_title() {
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
        assert_card(&ran, "cards/wheel.png");
        assert_eq!(ran.stderr, "", "{title}");
    }
}

#[test]
fn titles_without_glyphs_warn_once_and_get_no_card() {
    let site = titled("水车 🏭")
        .file("content/ferry.md", "+++\ntitle = \"渡船\"\n+++\n")
        .file("templates/page.html", "{% if card %}{{ card }}{% else %}none{% endif %}");
    let ran = site.build().succeeds().did_not_write("cards/wheel.png").did_not_write("cards/ferry.png");
    assert_eq!(ran.stderr.matches("[card-font]").count(), 1, "{}", ran.stderr);
    assert_eq!(ran.page("wheel.html").text, "none");
    assert_card(&ran, "cards/index.png");
    let ran = site.file("site.toml", "title = \"The mill\"\ncards = false\n").build().succeeds();
    assert_eq!(ran.stderr, "");
}

#[test]
fn the_authors_fonts_are_used_and_not_published() {
    // A font made for this test. Its only character is 水, drawn as a square.
    let font = include_bytes!("../fonts/wheel.ttf");
    let site = titled("水").bytes("templates/fonts/wheel.ttf", font);
    let ran =
        site.build().succeeds().did_not_write("fonts/wheel.ttf").did_not_write("templates/fonts/wheel.ttf");
    assert_eq!(ran.stderr, "");
    assert_card(&ran, "cards/wheel.png");
}

#[test]
fn the_author_can_override_the_card_template() {
    let card = |rest: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">{rest}</svg>")
    };
    let own = card(
        "<text y=\"90\">{% set set = fit(text=title, sizes=[40], width=900, lines=1) %}{% for line in set.lines %}{{ line }}{% endfor %}</text>",
    );
    let plain = mill().build().succeeds().public["cards/wheel.png"].clone();
    let ran = mill().file("templates/card.svg", &own).build().succeeds();
    assert_card(&ran, "cards/wheel.png");
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
fn the_card_version_names_the_drawing_crates() {
    let lock = include_str!("../../Cargo.lock");
    let draws = include_str!("../../src/render/cards/draw.rs");
    for name in ["resvg", "tiny-skia", "usvg"] {
        let (_, rest) =
            lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect("the crate is in Cargo.lock");
        let (version, _) = rest.split_once('"').expect("the version ends");
        assert!(draws.contains(&format!("{name} {version}")), "increase VERSION: {name} is {version} now");
    }
}
