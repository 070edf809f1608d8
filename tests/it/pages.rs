//! Tests of rendering the author's Markdown: citations, footnotes, links, and content that pages may not have.
//!
//! Most tests use a minimal template that shows only the generated content.

use crate::support::{Page, RunResult, SiteTest};

/// Shows a page's text, then each reference as `[number source: places]`, the pages in its folder, and its mentions.
const MINIMAL_TEMPLATE: &str = "{{ content | safe }}
{% for it in references %}[{{ it.number }} {{ it.source.id }}:{% for place in it.places %} {{ place.id }}{% endfor %}]
{% endfor %}{% for page in children %}<{{ page.path }}>{% endfor %}
{% for it in mentions %}<{{ it.source.id }}: {{ it.answers | length }} answers, {{ it.passages | length }} passages>{% endfor %}";

fn built(head: &str, body: &str) -> RunResult {
    let page = format!("+++\ntitle = \"The story\"\n{head}\n+++\n{body}\n");
    SiteTest::story()
        .file("templates/page.html", MINIMAL_TEMPLATE)
        .file("content/story.md", &page)
        .build()
        .succeeds()
}

fn story(body: &str) -> Page {
    built("", body).page("story.html")
}

/// Returns the ids that a page links to within itself, by the prefix of the link.
fn links_to(page: &Page, prefix: &str) -> Vec<String> {
    let html = page.html();
    html.values("href").filter(|link| link.starts_with(prefix)).map(|link| link[1..].to_owned()).collect()
}

/// Returns the ids of the previews that a page's citations open.
fn cites(page: &Page) -> Vec<String> {
    page.html().values("popovertarget").map(str::to_owned).collect()
}

fn ids(page: &Page) -> Vec<String> {
    page.html().values("id").map(str::to_owned).collect()
}

#[test]
fn citations_are_numbered_by_source_and_listed_with_backlinks() {
    // The ballad is the first source of the comparison.
    let page = story("One [@gazette]. Two [@ballad]. Three [@gazette].");
    let cites = cites(&page);
    assert_eq!(cites.len(), 3);
    assert_eq!(cites[0], cites[2]);
    assert_ne!(cites[0], cites[1]);
    assert!(cites[0].ends_with('2') && cites[1].ends_with('1'), "{cites:?}");
    let anchors = ids(&page);
    let list = [format!("[2 gazette: {} {}]", anchors[0], anchors[2]), format!("[1 ballad: {}]", anchors[1])];
    page.contains(&list[0]).contains(&list[1]).contains("The Ford &lt;Gazette&gt;");
}

#[test]
fn one_citation_can_name_several_sources() {
    let page = story("It burnt [@gazette; @ballad].");
    assert_eq!(cites(&page), ["preview--1", "preview--2"]);
    page.contains("[2 gazette:").contains("[1 ballad:").lacks("[@");
}

#[test]
fn a_quote_in_a_citation_is_shown_in_the_documents_characters() {
    let page = story("They say [@gazette \"a lamp 'fell' - into\"; @ballad \"It burnt.\"].");
    page.contains("<q>a lamp ‘fell’ – into</q>").contains("<q>It burnt.</q>").lacks("'fell'");
}

#[test]
fn html_in_a_documents_words_is_escaped() {
    let page = story("They say [@gazette \"1 < 2 & <b>paid</b>\"].");
    page.contains("<q>1 &lt; 2 &amp; &lt;b&gt;paid&lt;/b&gt;</q>").lacks("<b>");
    let record = SiteTest::story().text("seeds/gazette.toml").replace("a lamp 'fell'", "<b>paid</b>");
    let ran = SiteTest::story().file("seeds/gazette.toml", &record).build().succeeds();
    for path in ["compare.html", "compare/cause.html", "sources/gazette.html"] {
        ran.page(path).contains("&lt;b&gt;paid&lt;").lacks("<b>paid");
    }
}

#[test]
fn pages_list_their_references_and_sources_list_citing_pages() {
    let ran = SiteTest::story()
        .file("content/places/story.md", "+++\ntitle = \"A story\"\n+++\nIt burnt [@gazette].\n")
        .build()
        .succeeds();
    let page = ran.page("places/story.html");
    let preview = cites(&page).pop().expect("the page has a citation");
    let entry = links_to(&page, "#ref").pop().expect("the preview links to the references");
    let cite = links_to(&page, "#cite").pop().expect("the reference links back");
    assert!([&preview, &entry, &cite].iter().all(|id| ids(&page).contains(id)), "{:?}", ids(&page));
    ran.page("sources/gazette.html").contains(&format!("../places/story.html#{cite}")).contains("A story");
}

#[test]
fn a_marker_counts_the_answers_and_links_to_the_question() {
    let page = story("Why? [?cause] And the price? [?price]");
    let page =
        page.contains("2 of 3 sources answer: 2 different answers").contains("href=\"compare/cause.html\"");
    page.contains("none of 1 source answers").contains("href=\"compare/price.html\"");
}

#[test]
fn footnotes_are_at_the_end_in_order_of_their_marks_with_backlinks() {
    let page =
        story("[^b]: Second [@ballad].\n\nOne.[^a] Two.[^b] Three.[^a]\n\n[^a]: First.\n\nLast words.");
    let marks = links_to(&page, "#fn-");
    let backlinks = links_to(&page, "#fnref-");
    assert_eq!((marks.len(), backlinks.len()), (3, 3), "{}", page.text);
    assert_eq!(marks[0], marks[2]);
    for id in marks.iter().chain(&backlinks) {
        assert!(ids(&page).contains(id), "{id}");
    }
    let (text, notes) =
        page.text.split_once("<section class=\"footnotes").expect("there are footnotes at the end");
    assert!(text.contains("Last words."), "{text}");
    let at = |words: &str| notes.find(words).unwrap_or_else(|| panic!("no `{words}` in {notes}"));
    assert!(at("First.") < at("Second"), "{notes}");
}

#[test]
fn a_one_paragraph_footnote_is_also_a_sidenote() {
    let page = story(
        "One.[^a] Two.[^b] Three.[^a]\n\n> Four.[^c]\n\n[^a]: First.\n\n[^b]: A.\n\n    B.\n\n[^c]: C.",
    );
    let beside: Vec<_> = links_to(&page, "#sn-");
    assert_eq!((beside.len(), &beside[0]), (2, &beside[1]), "{}", page.text);
    assert!(ids(&page).contains(&beside[0]), "{}", page.text);
    let (text, notes) =
        page.text.split_once("<section class=\"footnotes\"").expect("there are footnotes at the end");
    assert_eq!(text.matches("role=\"note\"").count(), 1, "{text}");
    assert_eq!(notes.matches("<li class=\"beside\"").count(), 1, "{notes}");
    assert!(notes.contains("B.") && notes.contains("C."), "{notes}");
}

#[test]
fn footnotes_with_citations_or_marks_in_tables_and_headings_are_not_sidenotes() {
    let table = "| A[^n] |\n| --- |\n| B |\n";
    for text in [
        "One.[^n]\n\n[^n]: As [@ballad] sings.".to_owned(),
        format!("One.[^n]\n\n{table}\n[^n]: N."),
        format!("{table}\nOne.[^n]\n\n[^n]: N."),
        "## Heading[^n]\n\nOne.\n\n[^n]: N.".to_owned(),
    ] {
        let page = story(&text).lacks("class=\"sidenote\"").lacks("to-side").lacks("class=\"beside\"");
        page.contains("<section class=\"footnotes\"");
    }
}

#[test]
fn links_between_files_become_links_between_pages() {
    let page = story(
        "[a](ferry.md) [b](ferry.md#the-landing-stage) [c](questions/cause.md) [d](#e) [f](compare.json)\n\n## E",
    );
    let page = page.contains("href=\"ferry.html\"").contains("href=\"ferry.html#the-landing-stage\"");
    page.contains("href=\"compare/cause.html\"").contains("href=\"compare.json\"").lacks(".md");
    let deep =
        "+++\ntitle = \"Deep\"\n+++\n[a](../ferry.md) [b](/ferry.md) [c](other%20page.md) ![d](../a.svg)\n";
    let site = SiteTest::story().file("content/x/deep.md", deep).file("content/a.svg", "<svg/>");
    let ran = site.file("content/x/other page.md", "+++\ntitle = \"Other\"\n+++\n").build().succeeds();
    let page = ran
        .page("x/deep.html")
        .contains("<a href=\"../ferry.html\">a</a>")
        .contains("<a href=\"../ferry.html\">b</a>");
    page.contains("href=\"../x/other%20page.html\"").contains("src=\"../a.svg\"");
}

#[test]
fn external_links_are_unchanged() {
    let page = story("[a](https://mill.example/?a=1&b=2) <https://mill.example/> <ann@mill.example>");
    page.contains("href=\"https://mill.example/?a=1&amp;b=2\"").contains("href=\"mailto:ann@mill.example\"");
}

#[test]
fn headings_have_unique_ids() {
    let page = story(
        "## The fire\n\n## The fire\n\n### Über *alles* [@gazette]\n\n## Ash {#embers}\n\n## 火\n\n## …",
    );
    let ids: Vec<String> = ids(&page).into_iter().filter(|id| !id.starts_with("cite")).collect();
    assert_eq!(ids[..5], ["the-fire", "the-fire-2", "über-alles", "embers", "火"]);
    assert_eq!(ids.len(), 6);
}

#[test]
fn alerts_and_block_quotations_are_distinguished() {
    let page = story("> [!WARNING]\n> The bridge is out.\n\n> So he said.");
    page.contains("alert-warning").contains("<blockquote>\n<p>So he said.</p>");
}

#[test]
fn tables_have_no_inline_styles() {
    let page = story("| What | When |\n| :--- | ---: |\n| Fire | 1872 |");
    page.contains("<th scope=\"col\">What</th>").contains("<td class=\"right\">1872</td>").lacks("style=");
}

#[test]
fn raw_html_is_shown_as_text_with_a_warning() {
    let ran = built("", "It <b onclick=\"x()\">burnt</b>.\n\n<script>alert(1)</script>\n\n<!-- hidden -->");
    let ran = ran.stderr_contains("warning[raw-html]");
    ran.page("story.html")
        .contains("&lt;b onclick")
        .contains("&lt;script&gt;")
        .lacks("<script")
        .lacks("<b ")
        .lacks("hidden");
}

#[test]
fn citation_syntax_in_inline_code_is_code() {
    story("Write `[@nobody]` or `[?nothing]`.")
        .contains("<code>[@nobody]</code>")
        .contains("<code>[?nothing]</code>");
}

#[test]
fn citation_syntax_in_a_code_block_is_code() {
    story("Write:\n\n```\n[@nobody \"words\"] [?nothing]\n```")
        .contains("[@nobody \"words\"] [?nothing]\n</code>");
}

#[test]
fn quotation_marks_follow_the_language_of_the_site() {
    story("\"It's gone\" -- he said...").contains("“It’s gone” – he said…");
    let page = "+++\ntitle = \"Die Mühle\"\n+++\n\"Sie ist weg\"\n";
    let site = SiteTest::story()
        .file("site.toml", "title = \"Die Mühle\"\ncards = false\nlanguage = \"de\"\n")
        .file("content/story.md", page);
    let page = site.build().succeeds().page("story.html");
    page.contains("<html lang=\"de\"").contains("Sie ist weg").lacks("“Sie");
}

#[test]
fn a_folders_index_lists_its_pages_in_order() {
    let page = |head: &str| format!("+++\ntitle = \"A place\"\n{head}\n+++\n");
    let site = SiteTest::story()
        .file("templates/page.html", MINIMAL_TEMPLATE)
        .file("content/places/index.md", &page(""))
        .file("content/places/bridge.md", &page("order = 2"))
        .file("content/places/weir.md", &page("order = 1"))
        .file("content/places/alder.md", &page(""))
        .file("content/places/draft.md", &page("draft = true"))
        .file("content/places/town/index.md", &page(""))
        .file("content/places/town/square.md", &page(""));
    let ran = site.build().succeeds();
    let listed = "<places/weir.html><places/bridge.html><places/alder.html><places/town/index.html>";
    ran.page("places/index.html").contains(listed).lacks("square").lacks("draft");
    ran.page("places/weir.html").lacks("<places/");
}

#[test]
fn a_page_with_mentions_lists_matching_answers_and_passages() {
    let ran = built("mentions = [\"Lightning\", \"wheel\"]", "");
    ran.page("story.html").contains("<ballad: 1 answers, 1 passages>").lacks("<gazette").lacks("<letter");
    let ran = built("mentions = [\"lamp\"]", "");
    ran.page("story.html").contains("<gazette: 1 answers, 0 passages>").lacks("<ballad");
    let ran = built("mentions = [\"Light\", \"la\", \"turn\"]", "");
    ran.page("story.html").lacks("answers");
}

#[test]
fn the_theme_shows_matching_answers_and_passages() {
    let page = "+++\ntitle = \"The wheel\"\nmentions = [\"wheel\"]\n+++\n";
    let page = SiteTest::story().file("content/wheel.md", page).build().succeeds().page("wheel.html");
    page.contains("Lightning struck the wheel.")
        .contains("The great wheel turns no more.")
        .contains("sources/ballad.html");
}

#[test]
fn external_images_are_rejected() {
    for picture in
        ["![](https://x.example/a.png)", "![][p]\n\n[p]: HTTP://x.example/a.png", "![](//x.example/a.png)"]
    {
        let page = format!("+++\ntitle = \"The story\"\n+++\n{picture}\n");
        let ran = SiteTest::story()
            .file("content/story.md", &page)
            .build()
            .finds_problems()
            .stderr_contains("content/story.md:4:1");
        assert!(ran.public.is_empty());
    }
}

#[test]
fn citations_keep_the_space_after_them_and_none_before() {
    let page = story("It burnt [@gazette] *at night* and [@gazette] [@ballad] `so` on.");
    page.contains("burnt<sup")
        .contains("</sup> <em>at night</em> and<sup")
        .contains("</sup> <code>so</code>");
}

#[test]
fn comments_are_not_published_but_the_text_beside_them_is() {
    let page =
        story("<!-- a draft\nof secret words\n-->\n\n<!-- a note --> The mill.\n\nIt <!-- so --> burnt.");
    let page = page.lacks("secret").lacks("a note").lacks("so --");
    page.contains("The mill.").contains("burnt.");
}

#[test]
fn citations_in_alt_text_are_ignored() {
    let site =
        SiteTest::story().bytes("content/mill.png", b"png").file("templates/page.html", MINIMAL_TEMPLATE);
    let page = "+++\ntitle = \"The story\"\n+++\n![The mill [@gazette] burns](mill.png)\n";
    let page = site.file("content/story.md", page).build().succeeds().page("story.html");
    assert_eq!(page.html().values("alt").collect::<Vec<_>>(), ["The mill @gazette burns"]);
    page.lacks("preview--1");
}

#[test]
fn heading_levels_in_questions_continue_from_their_context() {
    for written in ["#", "##", "###"] {
        let text = format!("+++\ntitle = \"Why?\"\n+++\n{written} So that\n\nA.\n\n{written}# And\n\nB.\n");
        let ran = SiteTest::golden().file("content/questions/why.md", &text).build().succeeds();
        ran.page("compare/why.html").contains("<h2 id=\"so-that\">So that</h2>").contains("<h3 id=\"and\">");
    }
}

#[test]
fn a_page_begins_with_its_verdict_and_what_each_source_says() {
    let question = "+++\ntitle = \"Why did it burn?\"\nshort = \"Cause\"\n[positions]\nlamp = \"A lamp\"\nbolt = \"Lightning\"\n+++\n";
    let record = |head: &str, position: &str, voice: &str| {
        format!(
            "title = \"T\"\n{head}\n[[answer]]\nquestion = \"cause\"\nposition = \"{position}\"\nvoice = \"{voice}\"\nsummary = \"So.\"\n"
        )
    };
    let verdict = "text = \"Nobody <knows>.\"\n[[verdict.answer]]\nquestion = \"cause\"\nanswer = \"A lamp, perhaps.\"\nnote = \"One says so.\"\n";
    let page = format!(
        "+++\ntitle = \"The mill\"\ndescription = \"Of a fire.\"\n[verdict]\n{verdict}+++\nMore below.\n"
    );
    let site = SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n")
        .file("content/questions/cause.md", question)
        .file("content/index.md", &page)
        .file("content/story.md", &page)
        .file(
            "seeds/gazette.toml",
            &record("short = \"Gazette\"\nshort_note = \"names no source\"", "lamp", "own"),
        )
        .file("seeds/watch.toml", &record("short = \"Watch\"", "bolt", "hedged"))
        .file("seeds/song.toml", "title = \"A song\"\nsilent = [\"cause\"]\n");
    let public = site.build().succeeds().public;
    for (path, root) in [("index.html", ""), ("story.html", "")] {
        let html = String::from_utf8(public[path].clone()).expect("pages are text");
        let (head, _) = html.split_once("More below.").expect("the text follows");
        let cell = |class: &str, anchor: &str, text: &str| {
            format!("<td class=\"{class}\"><a href=\"{root}compare/cause.html#{anchor}\">{text}")
        };
        for wanted in [
            "<p class=\"lede\">Nobody &lt;knows&gt;.</p>".to_owned(),
            "<b>A lamp, perhaps.</b> <span>One says so.</span>".to_owned(),
            "Gazette</a> <span>names no source</span>".to_owned(),
            cell("says tone-1 voice-own", "answer--gazette--lamp", "<span>A lamp</span>"),
            cell("says tone-2 voice-hedged", "answer--watch--bolt", "<span>Lightning</span>"),
            cell("blank", "cell--silent", "not said"),
        ] {
            assert!(head.contains(&wanted), "{path} lacks {wanted}: {head}");
        }
        assert!(!head.contains("<p class=\"lede\">Of a fire."), "{path}");
    }
}
