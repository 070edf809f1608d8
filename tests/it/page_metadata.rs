//! Tests of page metadata: `<meta>` and `<link>` elements, JSON-LD, and citation lines.

use serde_json::{Value, json};

use crate::html::Html;
use crate::support::{BASE, Page, SiteTest, with_base_url};

/// Returns the content of a `<meta>` element by its name or property.
fn meta(html: &Html, name: &str) -> Option<String> {
    let named = |tag: &&crate::html::Tag| [tag.get("property"), tag.get("name")].contains(&Some(name));
    html.tags.iter().find(named).and_then(|tag| tag.get("content")).map(str::to_owned)
}

/// Returns the `href` of a `<link>` element.
fn link_href(html: &Html, rel: &str, kind: Option<&str>) -> Option<String> {
    let wanted = |tag: &&crate::html::Tag| {
        tag.name == "link" && tag.get("rel") == Some(rel) && (kind.is_none() || tag.get("type") == kind)
    };
    html.tags.iter().find(wanted).and_then(|tag| tag.get("href")).map(str::to_owned)
}

/// Returns the JSON-LD of a page.
fn schema(page: &Page) -> Value {
    let html = page.html();
    let [data] = &html.tags.iter().filter(|tag| tag.is_data()).collect::<Vec<_>>()[..] else {
        panic!("expected one JSON-LD script")
    };
    serde_json::from_str(&data.inner).expect("valid JSON")
}

#[test]
fn pages_have_a_canonical_url_if_base_url_is_set() {
    let ran = with_base_url(SiteTest::golden()).build().succeeds();
    for (path, address) in
        [("index.html", "/"), ("places/index.html", "/places/"), ("compare.html", "/compare.html")]
    {
        let html = ran.page(path).html();
        let address = Some(format!("{BASE}{address}"));
        assert_eq!(link_href(&html, "canonical", None), address);
        assert_eq!(meta(&html, "og:url"), address);
    }
    let html = SiteTest::golden().build().succeeds().page("index.html").html();
    assert_eq!((link_href(&html, "canonical", None), meta(&html, "og:url")), (None, None));
}

#[test]
fn pages_have_open_graph_metadata() {
    let ran = SiteTest::golden().build().succeeds();
    let html = ran.page("places/wheel.html").html();
    let found =
        ["og:type", "og:title", "og:description", "og:site_name", "og:locale", "twitter:card", "og:image"]
            .map(|name| meta(&html, name).unwrap_or_default());
    let wanted =
        ["article", "The wheel", "Of oak, and then of iron.", "The mill at the ford", "en", "summary", ""];
    assert_eq!(found, wanted);
    assert_eq!(meta(&ran.page("index.html").html(), "og:type").as_deref(), Some("website"));
}

#[test]
fn pages_name_their_card_if_base_url_is_set() {
    let card_metadata = |site: SiteTest| {
        let ran = site.build().succeeds().wrote("cards/index.png");
        let html = ran.page("index.html").html();
        ["og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"]
            .map(|name| meta(&html, name).unwrap_or_default())
    };
    let address = format!("{BASE}/cards/index.png");
    assert_eq!(
        card_metadata(with_base_url(SiteTest::golden_with_cards())),
        [&address, "1200", "630", "The fire at the mill", "summary_large_image"]
    );
    assert_eq!(card_metadata(SiteTest::golden_with_cards()), ["", "", "", "", "summary"]);
    let own = SiteTest::golden_with_cards().bytes("content/cards/index.png", b"mine");
    assert_eq!(
        card_metadata(with_base_url(own))[..3],
        [address.as_str(), "", ""],
        "the size of an author's image is unknown"
    );
}

#[test]
fn a_page_of_two_sources_cites_them_and_can_be_cited() {
    let page = with_base_url(SiteTest::golden()).build().succeeds().page("compare/ballad--gazette.html");
    let schema = schema(&page);
    assert_eq!((&schema["@type"], schema["citation"].as_array().map(Vec::len)), (&json!("WebPage"), Some(2)));
    page.contains("class=\"citation\"").contains("compare/ballad--gazette.html</p>");
}

#[test]
fn pages_link_the_feed_and_the_comparison_links_its_data() {
    let ran = with_base_url(SiteTest::golden()).build().succeeds();
    let html = ran.page("places/wheel.html").html();
    assert_eq!(link_href(&html, "alternate", Some("application/atom+xml")).as_deref(), Some("../feed.xml"));
    let json = |path: &str| link_href(&ran.page(path).html(), "alternate", Some("application/json"));
    assert_eq!((json("compare.html").as_deref(), json("index.html")), (Some("compare.json"), None));
}

#[test]
fn the_404_page_is_not_indexed() {
    let page = with_base_url(SiteTest::golden()).build().succeeds().page("404.html");
    assert_eq!(meta(&page.html(), "robots").as_deref(), Some("noindex"));
    page.lacks("canonical").lacks("og:").lacks("ld+json");
}

#[test]
fn article_schema_has_author_date_and_each_source_once() {
    let page =
        "+++\ntitle = \"Why\"\nupdated = 2021-03-04\n+++\nIt burnt [@ballad; @gazette]. Twice [@ballad].\n";
    let ran = with_base_url(SiteTest::golden()).file("content/why.md", page).build().succeeds();
    let schema = schema(&ran.page("why.html"));
    assert_eq!((&schema["@context"], &schema["@type"]), (&json!("https://schema.org"), &json!("Article")));
    assert_eq!((&schema["headline"], &schema["dateModified"]), (&json!("Why"), &json!("2021-03-04")));
    assert_eq!(schema["author"]["name"], "The parish archive");
    let cited = schema["citation"].as_array().expect("citations are a list");
    assert_eq!(cited.len(), 2);
    assert_eq!(cited[0]["name"], "The Ballad of the Mill");
    let gazette = json!({
        "@type": "NewsArticle", "@id": format!("{BASE}/sources/gazette.html#source"),
        "url": "https://gazette.example/1872/mill", "name": "Mill burnt at the ford", "inLanguage": "en-GB",
        "author": {"name": "A. Wren"}, "publisher": {"@type": "Organization", "name": "The Ford Gazette"},
        "datePublished": "1872-05-07",
    });
    assert_eq!(cited[1], gazette);
}

#[test]
fn question_schema_has_the_answers() {
    let schema = schema(&SiteTest::golden().build().succeeds().page("compare/cause.html"));
    assert_eq!(schema["mainEntity"]["@type"], "Question");
    let answers = schema["mainEntity"]["suggestedAnswer"].as_array().expect("answers are a list");
    let texts_and_sources: Vec<_> =
        answers.iter().map(|answer| (&answer["text"], &answer["citation"][0]["name"])).collect();
    let lamp = (&json!("A lamp fell"), &json!("Mill burnt at the ford"));
    assert_eq!(texts_and_sources, [lamp, (&json!("Lightning struck"), &json!("The Ballad of the Mill"))]);
    assert_eq!(schema["citation"].as_array().map(Vec::len), Some(3));
}

#[test]
fn source_schema_has_its_quotes() {
    let ran = with_base_url(SiteTest::golden()).build().succeeds();
    let page = ran.page("sources/gazette.html");
    let work = &schema(&page)["mainEntity"];
    let quotes = work["hasPart"].as_array().expect("quotes are a list");
    assert_eq!(quotes.len(), 2);
    assert_eq!(quotes[1]["text"], "burnt on Sunday night");
    assert_eq!(quotes[1]["isPartOf"]["@id"], work["@id"]);
    let address = quotes[1]["url"].as_str().expect("the url is a string");
    let id = address
        .strip_prefix(&format!("{BASE}/sources/gazette.html#"))
        .expect("the url is an anchor on the page");
    assert!(page.html().values("id").any(|known| known == id), "{id}");
}

#[test]
fn without_base_url_only_links_to_sources_are_absolute() {
    let ran = SiteTest::golden().build().succeeds();
    for path in ran.pages() {
        let page = ran.page(path);
        page.lacks("mill.example").lacks("\"@id\"");
    }
}

#[test]
fn no_title_can_end_the_json_ld_script() {
    let title = "</script><script>alert(1)</script><!--<script>\u{2028}&amp;";
    let record =
        format!("title = \"{title}\"\ncaution = \"{title}\"\npublisher = \"{title}\"\nkind = \"news\"\n");
    let page = format!("+++\ntitle = \"{title}\"\ndescription = \"{title}\"\n+++\nIt burnt [@x].\n");
    let site = SiteTest::new()
        .file("site.toml", &format!("cards = false\ntitle = \"{title}\"\nauthor = \"{title}\"\n"))
        .file("seeds/x.toml", &record)
        .file("content/story.md", &page)
        .file("content/index.md", &page)
        .file("content/questions/why.md", &format!("+++\ntitle = \"{title}\"\n+++\n"));
    let ran = site.build().succeeds();
    let headline = |path: &str, key: &str| schema(&ran.page(path))[key].clone();
    assert_eq!(headline("story.html", "headline"), title);
    assert_eq!(headline("story.html", "citation")[0]["publisher"]["name"], title);
    assert_eq!(headline("index.html", "description"), title);
    assert_eq!(headline("compare/why.html", "mainEntity")["name"], title);
    assert_eq!(headline("sources/x.html", "mainEntity")["name"], title);
    for path in ran.pages().filter(|path| *path != "404.html") {
        ran.page(path).lacks("<script>").lacks("<!--");
    }
}

#[test]
fn pages_show_how_to_cite_them_and_their_source() {
    let ran = with_base_url(SiteTest::golden()).build().succeeds();
    let line = "The parish archive. The wheel. The mill at the ford. 4 March 2021. https://mill.example/ford/places/wheel.html";
    ran.page("places/wheel.html").contains("<summary>Cite this page</summary>").contains(line);
    ran.page("compare/cause.html")
        .contains("The parish archive. Why did the mill burn? The mill at the ford. https:");
    ran.page("sources/gazette.html")
        .contains("The parish archive. On “Mill burnt at the ford”. The mill at the ford. https:")
        .contains("A. Wren. Mill burnt at the ford. The Ford Gazette. 7 May 1872. https://gazette.example/1872/mill<");
    ran.page("compare.html").lacks("Cite this page");
    ran.page("sources.html").contains("sources.bib").contains("sources.csl.json");
}

#[test]
fn the_author_can_override_the_head_and_the_citation() {
    let site = SiteTest::golden()
        .file(
            "templates/head.html",
            "{% include \"builtin/head.html\" %}<meta name=\"mine\" content=\"{{ path }}\">\n",
        )
        .file("templates/cite.html", "{% component cite_page(cite) %}[{{ cite.page }}]{% endcomponent %}");
    let page = site.build().succeeds().page("places/wheel.html");
    let html = page.html();
    assert_eq!(meta(&html, "mine").as_deref(), Some("places/wheel.html"));
    assert_eq!(meta(&html, "og:type").as_deref(), Some("article"));
    page.contains("[The parish archive. The wheel.").lacks("Cite this page");
}
