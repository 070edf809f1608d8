//! Tests of overriding the built-in templates, style sheets and assets.

use crate::support::{SiteTest, with_base_url};

#[test]
fn one_template_can_be_replaced_alone() {
    let site = SiteTest::two_pages().file("templates/page.html", "only {{ title }} of {{ site.title }}");
    let ran = site.build().succeeds();
    assert_eq!(ran.page("ferry.html").text, "only The ferry of The mill at the ford");
    ran.page("compare.html").contains("<!doctype html>").contains("assets/site.css");
}

#[test]
fn one_block_of_a_built_in_template_can_be_overridden() {
    let block =
        "{% extends \"builtin/page.html\" %}\n{% block content %}<p>Before.</p>{{ super() }}{% endblock %}\n";
    let plain = SiteTest::two_pages().build().succeeds().page("ferry.html").text;
    let changed =
        SiteTest::two_pages().file("templates/page.html", block).build().succeeds().page("ferry.html").text;
    assert!(plain.contains("<p>It sank.</p>"), "{plain}");
    assert_eq!(changed, plain.replace("<p>It sank.</p>", "<p>Before.</p><p>It sank.</p>"));
}

#[test]
fn a_page_can_select_a_custom_template() {
    let site =
        SiteTest::two_pages().file("templates/bare/leaf.html", "{{ title }}: {{ content | safe }}").file(
            "content/ferry.md",
            "+++\ntitle = \"The ferry\"\ntemplate = \"bare/leaf.html\"\n+++\nIt sank.\n",
        );
    assert_eq!(site.build().succeeds().page("ferry.html").text.trim(), "The ferry: <p>It sank.</p>");
}

#[test]
fn extra_values_reach_the_template() {
    let template = "{% if extra.colour is defined %}{{ extra.colour }} {{ extra.spokes + 1 }} {{ extra.bought }}{% endif %}";
    let page =
        "+++\ntitle = \"The wheel\"\n[extra]\ncolour = \"green\"\nspokes = 12\nbought = 1872-05-01\n+++\n";
    let site = SiteTest::two_pages().file("content/wheel.md", page).file("templates/page.html", template);
    let ran = site.build().succeeds();
    assert_eq!(ran.page("wheel.html").text, "green 13 1872-05-01");
    assert_eq!(ran.page("ferry.html").text, "");
}

#[test]
fn author_text_is_escaped_in_every_template() {
    let site = SiteTest::two_pages()
        .file("site.toml", "cards = false\ntitle = \"<b>Mill</b> & \\\"ford\\\"\"\n")
        .file(
            "content/ferry.md",
            "+++\ntitle = \"<script>alert(1)</script>\"\ndescription = \"\\\"><i>\"\nnav = 1\n+++\n",
        )
        .file(
            "seeds/gazette.toml",
            "title = \"<script>alert(2)</script>\"\ncaution = \"<script>\"\nauthor = \"<script>\"\n",
        );
    let ran = site.build().succeeds();
    for path in ran.pages() {
        let page = ran.page(path).lacks("\"><i>").lacks("<b>Mill").lacks("<script>");
        let scripts = page.html().tags.iter().filter(|tag| tag.name == "script").count();
        assert_eq!(page.text.matches("<script").count(), scripts, "{path}: {}", page.text);
    }
}

#[test]
fn the_style_sheet_can_be_replaced_and_assets_added() {
    let site = SiteTest::two_pages()
        .file("templates/assets/site.css", "body { color: red }")
        .file("templates/assets/a/ink.svg", "<svg/>");
    let ran = site.build().succeeds();
    assert_eq!(ran.page("assets/site.css").text, "body { color: red }");
    assert_eq!(ran.page("assets/a/ink.svg").text, "<svg/>");
    ran.wrote("assets/icon.svg");
}

#[test]
fn feed_sitemap_and_robots_are_templates() {
    let site = with_base_url(SiteTest::two_pages())
        .file("content/ferry.md", "+++\ntitle = \"The ferry & the ford\"\nupdated = 2022-01-01\n+++\n")
        .file(
            "templates/feed.xml",
            "{% for entry in entries %}{{ entry.title }}, {{ entry.updated }}{% endfor %}",
        )
        .file("templates/sitemap.xml", "{% for page in pages %}{{ page.address }} {% endfor %}")
        .file("templates/robots.txt", "of {{ site.title }}: {{ sitemap }}\n")
        .file("templates/notes.txt", "{{ not a template");
    let ran = site.build().succeeds();
    assert_eq!(ran.page("feed.xml").text, "The ferry &amp; the ford, 2022-01-01");
    ran.page("sitemap.xml").contains("https://mill.example/ford/ferry.html ").lacks("<url>");
    assert_eq!(
        ran.page("robots.txt").text,
        "of The mill at the ford: https://mill.example/ford/sitemap.xml\n"
    );
    let ran = site.file("templates/robots.txt", "{{ nothing }}").build().finds_problems();
    ran.stderr_contains("error[template]").stderr_contains("templates/robots.txt:1:");
}
