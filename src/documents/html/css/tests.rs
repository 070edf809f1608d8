//! Tests of what readers see: each way to hide words, beside a similar one that doesn't hide them.

use super::super::{blocks, references::References, strip};
use super::*;

const LIMITS: Limits = Limits { file_bytes: 1 << 22, decompressed_bytes: 1 << 22, seconds: 30 };

/// A page with this paragraph, which the sheet or the paragraph's own attributes may hide.
fn page(sheet: &str, paragraph: &str) -> String {
    let rest =
        "<p>A paragraph that is long enough to count as running text of the page, and always seen.</p>";
    format!(
        "<!doctype html><style>{sheet}</style><body><div class=box lang=de-AT>{paragraph}</div>{rest}{rest}{rest}"
    )
}

/// Whether a reader of the page sees the word “lantern” in it.
fn is_seen(page: &str) -> bool {
    let tree = Tree::parse(page, LIMITS).expect("a page within limits");
    let styles = Styles::of(&tree, &[], LIMITS).expect("a page within limits");
    let word = tree.below(Tree::ROOT).find(|id| tree.text(*id).is_some_and(|text| text.contains("lantern")));
    !tree.up(word.expect("the word is on the page")).any(|id| styles.is_hidden(id))
}

/// Checks sheets that hide a paragraph with the class `x`, and sheets that don't.
#[track_caller]
fn check_sheets(hiding: &[&str], showing: &[&str]) {
    for (sheets, expected) in [(hiding, false), (showing, true)] {
        for sheet in sheets {
            assert_eq!(is_seen(&page(sheet, "<p class=x>The lantern burnt.</p>")), expected, "{sheet}");
        }
    }
}

/// Checks `style` attributes that hide a paragraph, and ones that don't.
#[track_caller]
fn check_styles(pairs: &[(&str, &str)]) {
    for (hiding, showing) in pairs {
        for (style, expected) in [(hiding, false), (showing, true)] {
            let paragraph = format!("<p style=\"{style}\">The lantern burnt.</p>");
            assert_eq!(is_seen(&page("", &paragraph)), expected, "{style}");
        }
    }
}

#[test]
fn selectors_choose_elements_as_in_browsers() {
    let rules = |selectors: &[&str]| -> Vec<String> {
        selectors.iter().map(|selector| format!("{selector} {{ display: none }}")).collect()
    };
    let matching = rules(&[
        ".x",
        "P.x",
        ".box .x",
        ".box > p.x",
        "div[class=box] > .x",
        "[class^=x]",
        "[class$='x']",
        "[class*=x]",
        "[class~=x]",
        "[class=X i]",
        ".box > :first-child",
        ".x:last-child",
        "*|p.x",
        "p:lang(de)",
        ".x:not(:lang(en))",
        "p:nth-child(2n+1)",
        "p:only-child",
        ".x:not(.y, div)",
        ":is(.y, .x)",
        "head ~ body .x",
        "head + body p.x",
        ".\\78",
        "div:hover, .x",
        ".x:read-only",
    ]);
    let others = rules(&[
        ".y",
        ".X",
        "span.x",
        "p > .x",
        ".x .x",
        "[class|=y]",
        ".x:hover",
        ".x:unknown",
        ".x:lang(d)",
        ".x:nth-child(2)",
        ".x:empty",
        ".x:not(p)",
        "p + .x",
        ".x::before",
        ".x::first-line",
        ".x, p:::",
        ".x, p:-moz-any-link",
        ":target .x",
        "#x",
    ]);
    check_sheets(
        &matching.iter().map(String::as_str).collect::<Vec<_>>(),
        &others.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn selectors_with_unknown_parts_are_ignored_unless_a_list_forgives_them() {
    check_sheets(
        &[":is(.x, :nonsense) { display: none }", "p::selection, .x { display: none }"],
        &[
            ".x, :nonsense { display: none }",
            ".x, p::nonsense { display: none }",
            ".x:not(.y, :nonsense) { display: none }",
            ".x, p:has(:nonsense) { display: none }",
        ],
    );
}

#[test]
fn elements_are_chosen_by_their_number_among_some_siblings() {
    check_sheets(
        &[
            "p:nth-child(1 of .x) { display: none }",
            ".x:nth-last-child( 2n+1  OF p:not(.y), b ) { display: none }",
            ".x:nth-child(odd of:is(p)) { display: none }",
            ":nth-child(1 of p.x) { display: none } .x.x { display: block }",
        ],
        &[
            ".x:nth-child(2 of .x) { display: none }",
            ".x:nth-child(1 of .y) { display: none }",
            ".x:nth-child(1of .x) { display: none }",
            ".x:nth-child(1 of) { display: none }",
            ".x:nth-child(1 ofp) { display: none }",
            ".x:nth-of-type(1 of .x) { display: none }",
            ".x, p:nth-child(1 of :nonsense) { display: none }",
            ":nth-child(1 of .x) { display: none } p.x.x { display: block }",
        ],
    );
    let paragraph = "<p>One.<p class=x>Two.<p>Three.<p class=x>The lantern burnt.<p class=x>Five.";
    for (hiding, showing) in [("2", "1"), ("even", "odd")] {
        assert!(!is_seen(&page(&format!("p:nth-child({hiding} of .x) {{ display: none }}"), paragraph)));
        assert!(is_seen(&page(&format!("p:nth-child({showing} of .x) {{ display: none }}"), paragraph)));
    }
    assert!(!is_seen(&page("a:-webkit-any-link { display: none }", "<a href=x>The lantern burnt.</a>")));
}

#[test]
fn elements_are_chosen_by_what_they_have() {
    check_sheets(
        &[
            ".box:has(.x) p.x { display: none }",
            ".box:has(> p) > .x { display: none }",
            ".x:not(:has(b)) { display: none }",
            "head:has(+ body .x) + body .x { display: none }",
            "head:has(~ body) ~ body .x { display: none }",
            ".x:is(:has(b), p) { display: none }",
        ],
        &[
            ".x:has(b) { display: none }",
            ".x:has(.box .x) { display: none }",
            "body:has(> .x) .x { display: none }",
            ".x:has(p) { display: none }",
            ".x:has(+ p) { display: none }",
        ],
    );
}

#[test]
fn declarations_override_each_other_as_in_browsers() {
    check_sheets(
        &[
            ".x { display: block } .x { display: none }",
            "p.x { display: none } .x { display: block }",
            ".x { display: none !important } p.x { display: block }",
            ".x { display: none; display: nonsense }",
            "@layer a { p.x { display: block } } .x { display: none }",
            "@layer b, a; @layer a { .x { display: none } } @layer b { .x { display: block } }",
            "@layer a { .x { display: none !important } } .x { display: block !important }",
        ],
        &[
            ".x { display: none } .x { display: block }",
            "p { display: none } .x { display: block }",
            ":where(p.x) { display: none } p { display: block }",
            ".x { display: none } p { display: block !important }",
            "@layer a { p.x { display: none } } .x { display: block }",
        ],
    );
    let with_style =
        |sheet| is_seen(&page(sheet, "<p class=x style='display: block'>The lantern burnt.</p>"));
    assert!(with_style("p.x { display: none }") && !with_style(".x { display: none !important }"));
}

#[test]
fn at_rules_and_nested_rules_are_read() {
    check_sheets(
        &[
            "@media screen { .x { display: none } }",
            "@media (min-width: 601px) { .x { display: none } }",
            ".x { display: none } @media (max-width: 600px) { .x { display: block } }",
            "@supports (display: grid) { .x { display: none } }",
            "@supports (display: grid) and (not (display: nonsense)) { .x { display: none } }",
            "@supports (-moz-appearance: none) or (accent-color: red) { .x { display: none } }",
            ".x { --look: none; display: var(--look) } .y { --look: block; display: var(--look) }",
            ".x { display: var(--missing, none) }",
            "@supports selector(:is(p)) { .x { display: none } }",
            "@import url(other.css); @font-face { src: url(a) } .x { display: none }",
            ".box { color: red; .x { display: none } }",
            ".box { & > .x { display: none } }",
            ".x { @media screen { display: none } }",
            ":root { --look: none } .x { display: var(--look) }",
            "<!-- .x { display/* a */: none } -->",
            ".y { content: '}' } .x { d\\69splay: none }",
            ".x { animation: fade 1s forwards } @keyframes fade { to { opacity: 0 } }",
        ],
        &[
            "@media print { .x { display: none } }",
            "@media (max-width: 600px) { .x { display: none } }",
            ".x { display: none } @media (min-width: 700px) { .x { display: block } }",
            ".hidden, .x { display: none } @media (min-width: 40em) { .x { display: flex } }",
            "@supports not (display: grid) { .x { display: none } }",
            ".x { --look: block; display: var(--look) } .y { --look: none; display: var(--look) }",
            ".x { display: var(--missing, block) }",
            "@supports (display: nonsense) { .x { display: none } }",
            "@supports (display: grid) and (position: nonsense) { .x { display: none } }",
            "@supports (-moz-appearance: none) { .x { display: none } }",
            "@supports selector(:nonsense) { .x { display: none } }",
            "@container (width < 10px) { .x { display: none } }",
            ".y { & .x { display: none } }",
            ":root { --look: none } .y { --look: block } .x { display: var(--look) }",
            "/* .x { display: none } */",
            ".x { opacity: 0; animation: fade 1s forwards } @keyframes fade { from { opacity: 0 } to { opacity: 1 } }",
        ],
    );
    assert!(is_seen(&page(
        "</style><style media=print>.x { display: none }",
        "<p class=x>The lantern burnt.</p>"
    )));
    assert!(is_seen(&page(
        "",
        "<template><style>p { display: none }</style></template><p>The lantern burnt.</p>"
    )));
}

#[test]
fn elements_inherit_what_browsers_inherit() {
    check_sheets(
        &[
            ".box { visibility: hidden }",
            ".box { font-size: 0 }",
            ".box { font-size: 0 } .x { font-size: 2em }",
            ".box { opacity: 0 } .x { opacity: 1 }",
            ".box { opacity: .2 } .x { opacity: .2 }",
            ".box { display: none } .x { display: block }",
            ".box { color: white }",
            ".box { background: #112; color: #112 }",
            ".box { text-indent: -999em }",
        ],
        &[
            ".box { visibility: hidden } .x { visibility: visible }",
            ".box { font-size: 0 } .x { font-size: 1rem }",
            ".box { opacity: .5 } .x { opacity: .5 }",
            ".box { display: contents }",
            ".box { background: #112 } .x { color: white }",
            ".box { background: url(night.png); color: white }",
            ".box { background: var(--night); color: white }",
            ".box { text-indent: -999em } .x { text-indent: 0 }",
        ],
    );
}

#[test]
fn values_that_hide_text_are_known() {
    check_styles(&[
        ("visibility: hidden", "visibility: visible"),
        ("content-visibility: hidden", "content-visibility: auto"),
        ("opacity: 0%", "opacity: 60%"),
        ("filter: blur(1px) opacity(0)", "filter: blur(1px)"),
        ("font: 0/0 a", "font: 14px/0 a"),
        ("position: absolute; clip: rect(1px, 1px, 1px, 1px)", "clip: rect(1px, 1px, 1px, 1px)"),
        ("position: absolute; clip: rect(0 0 0 0)", "position: absolute; clip: rect(0 90px 90px 0)"),
        ("clip-path: inset(50%)", "clip-path: inset(5%)"),
        ("clip-path: inset(0 100% 0 0)", "clip-path: inset(0 10% 0 0)"),
        ("clip-path: circle(0 at 50% 50%)", "clip-path: circle(80% at 50% 50%)"),
        ("clip-path: polygon(0 0, 0 0, 0 0)", "clip-path: polygon(0 0, 100% 0, 100% 100%)"),
        ("height: 0; overflow: hidden", "height: 0"),
        ("width: 1px; height: 1px; overflow: hidden", "line-height: 1; overflow: hidden"),
        ("max-height: 0; overflow: clip", "height: 0; min-height: 100%; overflow: hidden"),
        ("position: absolute; left: -9999px", "left: -9999px"),
        ("position: absolute; left: -100%", "position: absolute; left: -9999px; right: -9999px"),
        ("position: fixed; top: -100vw", "position: absolute; top: 4000px"),
        ("position: relative; inset: 0 auto auto -99em", "position: relative; inset: 0"),
        ("text-indent: -9999px", "text-indent: -2em"),
        ("position: absolute; left: calc(-9999px)", "position: absolute; left: calc(1em - 9px)"),
        ("-webkit-text-security: disc", "-webkit-text-security: none"),
        ("line-height: 0; overflow: hidden", "line-height: 0; height: 1em; overflow: hidden"),
        ("text-indent: 100%; overflow: hidden", "text-indent: 100%"),
        ("margin: 0 0 0 -9999px", "margin: 0 -9999px 0 0"),
        ("transform: translateX(-200vw)", "transform: translate(-50%, -50%)"),
        ("transform: rotate(2deg) scale(0)", "transform: scale(0.5)"),
        ("position: fixed; left: 0; transform: translateX(-100%)", "transform: translateX(-100%)"),
        ("transform: matrix(0, 0, 0, 0, 0, 0)", "transform: matrix(1, 0, 0, 1, 0, 0)"),
        ("scale: 0", "scale: 1"),
        ("translate: -9999px", "translate: 9px"),
        (
            "mask-image: linear-gradient(transparent, transparent)",
            "mask-image: linear-gradient(black, transparent)",
        ),
        ("color: rgb(0 0 0 / 0)", "color: rgb(0 0 0 / 70%)"),
        ("color: snow", "color: slategrey"),
        ("color: #fff", "color: #fff; text-shadow: 0 0 2px black"),
        (
            "color: transparent",
            "color: transparent; background: linear-gradient(red, blue); background-clip: text",
        ),
        ("-webkit-text-fill-color: transparent", "color: white; -webkit-text-fill-color: black"),
        ("direction: rtl; unicode-bidi: bidi-override", "direction: rtl"),
    ]);
}

#[test]
fn calculated_and_combined_values_hide_text() {
    check_styles(&[
        ("color: #246; background-color: currentcolor", "color: #246; background-color: #fff"),
        ("color: #246; background: no-repeat currentcolor", "color: #246; background: no-repeat #cde"),
        ("position: fixed; bottom: 200vh", "position: static; bottom: 200vh"),
        ("position: fixed; left: 100%", "position: fixed; left: 50%"),
        ("position: fixed; top: 100vh", "position: absolute; top: 100vh"),
        ("position: absolute; right: 9999px", "position: absolute; right: 9999px; left: 0"),
        ("position: absolute; bottom: 9999px", "position: sticky; bottom: 9999px"),
        ("position: absolute; left: calc(-5000px - 10em)", "position: absolute; left: calc(5px - 1em)"),
        ("position: fixed; top: calc(-1 * (100vh + 9em))", "position: fixed; top: calc(100vh - 9em)"),
        ("font-size: calc(2px - 0.1em)", "font-size: calc(90% + 0.1vw)"),
        ("dis/**/play: block; display: /* shown */ none", "dis/**/play: none; display: /* none */ block"),
    ]);
    check_styles(&[
        ("display: none", "display: var(--shown)"),
        ("--look: none; display: var(--look)", "--look: block; display: var(--look)"),
        ("opacity: var(--faded, 0)", "opacity: var(--faded, 1)"),
    ]);
    let linked = "</style><link rel=stylesheet href=a.css><style>.x { opacity: var(--faded, 0) }";
    check_sheets(&[], &[linked]);
}

#[test]
fn parts_of_a_line_have_no_size_of_their_own() {
    let span =
        |style: &str| is_seen(&page("", &format!("<p>The <span style='{style}'>lantern</span> burnt.</p>")));
    assert!(span("height: 0; overflow: hidden") && span("transform: scale(0)"));
    assert!(
        !span("display: inline-block; height: 0; overflow: hidden")
            && !span("float: left; transform: scale(0)")
    );
}

/// The text that is read from a line on a page with this sheet.
fn line(sheet: &str, line: &str) -> String {
    let page = format!("<style>{sheet}</style><p>{line}</p>");
    let mut tree = Tree::parse(&page, LIMITS).expect("a page within limits");
    let styles = Styles::of(&tree, &[], LIMITS).expect("a page within limits");
    strip::strip_non_text(&mut tree);
    let references = References::new(&tree, &|_| false);
    blocks::extract(&tree, Tree::ROOT, &styles, &references).remove(0).text
}

#[test]
fn digits_are_raised_and_lowered_by_lengths_and_positions() {
    for (style, expected) in [
        ("vertical-align: super", "10⁷ stars"),
        ("vertical-align: 0.4em", "10⁷ stars"),
        ("vertical-align: calc(20% + 1px)", "10⁷ stars"),
        ("vertical-align: -4px", "10₇ stars"),
        ("vertical-align: top; font-size: 70%", "10⁷ stars"),
        ("position: relative; top: -0.5em; font-size: 0.7em", "10⁷ stars"),
        ("position: relative; bottom: -0.3em; font-size: 0.7em", "10₇ stars"),
        ("vertical-align: top", "107 stars"),
        ("vertical-align: 1px", "107 stars"),
        ("vertical-align: nonsense", "107 stars"),
        ("position: relative; top: -1px", "107 stars"),
        ("top: -0.5em", "107 stars"),
    ] {
        assert_eq!(line("", &format!("10<span style='{style}'>7</span> stars")), expected, "{style}");
    }
    let block = "vertical-align: super; position: relative; top: -0.5em";
    assert_eq!(line("", &format!("<div style='{block}'>107</div>")), "107");
}

#[test]
fn raised_digits_are_ordinary_ones_if_a_style_resets_them() {
    for (sheet, expected) in [
        ("sup { vertical-align: baseline; font-size: inherit }", "107 stars"),
        ("sup { vertical-align: 0; font: inherit }", "107 stars"),
        ("sup { vertical-align: baseline }", "10⁷ stars"),
        ("sup { vertical-align: baseline; font-size: 75%; position: relative; top: -0.5em }", "10⁷ stars"),
        ("sup { vertical-align: sub }", "10₇ stars"),
        ("sup { font-size: inherit }", "10⁷ stars"),
    ] {
        assert_eq!(line(sheet, "10<sup>7</sup> stars"), expected, "{sheet}");
    }
}

#[test]
fn generated_signs_and_words_stand_between_characters() {
    for (content, expected) in [
        ("'.'", "10\u{fffc}7 stars"),
        ("'\\2212'", "10\u{fffc}7 stars"),
        ("counter(n)", "10\u{fffc}7 stars"),
        ("attr(class)", "10\u{fffc}7 stars"),
        ("'\\a0'", "10 7 stars"),
        ("attr(title)", "107 stars"),
        ("attr(lang)", "107 stars"),
        ("''", "107 stars"),
        ("'\\200b'", "107 stars"),
        ("none", "107 stars"),
        ("'' / 'and'", "107 stars"),
        ("'.'; display: none", "107 stars"),
    ] {
        let sheet = format!(".x::before {{ content: {content} }}");
        assert_eq!(line(&sheet, "10<span class=x lang=''>7</span> stars"), expected, "{content}");
    }
}

#[test]
fn attributes_and_elements_hide_by_themselves_unless_a_sheet_shows_them() {
    let seen = |paragraph: &str| is_seen(&page("", paragraph));
    for hiding in
        ["p hidden", "dialog", "div popover", "p class=sr-only", "p class='d-none wide'", "bdo dir=rtl"]
    {
        assert!(!seen(&format!("<{hiding}>The lantern burnt.")), "{hiding}");
    }
    for showing in ["dialog open", "details", "bdo dir=ltr", "p class=hidden-gem"] {
        assert!(seen(&format!("<{showing}>The lantern burnt.")), "{showing}");
    }
    assert!(is_seen(&page("p { display: block }", "<p hidden>The lantern burnt.")));
    assert!(is_seen(&page(".md\\:flex { display: flex }", "<p class='hidden md:flex'>The lantern burnt.")));
    assert!(!seen("<p><font color=white>The lantern burnt.</font>"));
    assert!(seen("<table bgcolor=navy><tr><td><font color=white>The lantern burnt.</font></table>"));
    assert!(seen("<p style='color: white'><a href=x>The lantern burnt.</a>"));
    assert!(seen("<div><img><p style='position: absolute; color: white'>The lantern burnt.</div>"));
}

#[test]
fn a_rule_that_hides_nearly_all_the_text_waits_for_a_script() {
    let paragraph = "<p class=x>The lantern burnt all night, and the ships that passed it were many.</p>";
    for sheet in [
        "body { opacity: 0 }",
        "html { visibility: hidden }",
        "p { opacity: 0; font-size: 0 }",
        "* { color: #fff }",
    ] {
        assert!(is_seen(&page(sheet, paragraph)), "{sheet}");
    }
    assert!(!is_seen(&page("body { opacity: 0 } .x { display: none }", paragraph)));
}

#[test]
fn a_large_sheet_is_matched_quickly() {
    use std::fmt::Write;
    let mut sheet = String::new();
    for number in 0..20_000 {
        write!(sheet, ".a{number} > .b{number}:not(.c) {{ display: none }}").expect("a string grows");
    }
    let elements = "<p class='x a1 b2 c3'>A paragraph of some words.</p>".repeat(5_000);
    let start = std::time::Instant::now();
    assert!(is_seen(&page(&sheet, &format!("{elements}<p class='b1'>The lantern burnt."))));
    assert!(start.elapsed().as_secs() < 20, "rules are looked up by the last part of their selector");
}
