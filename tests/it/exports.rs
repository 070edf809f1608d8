//! Tests of the files for programs: feed, sitemap, files for hosts and crawlers, bibliographies, annotations. They are
//! read with parsers and compared with the documents.

use biblatex::{Bibliography, ChunksExt};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::support::{BASE, RunResult, SiteTest, with_base_url};

/// Returns the texts of all elements with a name, in order.
fn texts<'x>(xml: &'x Document<'x>, name: &str) -> Vec<&'x str> {
    let named = xml.descendants().filter(|node| node.tag_name().name() == name);
    named.filter_map(|node| node.text()).collect()
}

fn child<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    node.children().find(|child| child.tag_name().name() == name)?.text()
}

#[test]
fn the_feed_lists_dated_pages_and_sources_newest_first() {
    let page = "+++\ntitle = \"The ferry\"\nupdated = 2022-01-01\n+++\n";
    let caution = SiteTest::golden().text("seeds/ballad.toml").replace("order = 2", "retrieved = 2021-03-04");
    let site =
        with_base_url(SiteTest::golden()).file("content/ferry.md", page).file("seeds/ballad.toml", &caution);
    let text = site.build().succeeds().page("feed.xml").text;
    let xml = Document::parse(&text).expect("valid XML");
    let feed = xml.root_element();
    assert_eq!(feed.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    assert_eq!(child(feed, "id"), Some("https://mill.example/ford/feed.xml"));
    assert_eq!(child(feed, "updated"), Some("2022-01-01T00:00:00Z"));
    assert_eq!(texts(&xml, "name"), ["The parish archive"]);
    let entries = feed.children().filter(|node| node.tag_name().name() == "entry");
    let listed = entries.map(|entry| {
        let link = entry.children().find(|child| child.tag_name().name() == "link");
        assert_eq!(link.and_then(|link| link.attribute("href")), child(entry, "id"));
        ["id", "updated", "title", "summary"].map(|name| child(entry, name).expect(name).to_owned())
    });
    let expected = [
        ["/ferry.html", "2022-01-01", "The ferry", "The ferry"],
        ["/places/wheel.html", "2021-03-04", "The wheel", "Of oak, and then of iron."],
        [
            "/sources/ballad.html",
            "2021-03-04",
            "Source added: The Ballad of the Mill",
            "Sung, and written down late.",
        ],
        ["/sources/gazette.html", "2020-01-02", "Source added: Mill burnt at the ford", "The Ford Gazette"],
    ];
    let expected = expected.map(|[path, date, title, summary]| {
        [format!("{BASE}{path}"), format!("{date}T00:00:00Z"), title.to_owned(), summary.to_owned()]
    });
    assert_eq!(listed.collect::<Vec<_>>(), expected);
}

#[test]
fn the_feed_has_at_most_fifty_entries() {
    let head = |number: usize| format!("+++\ntitle = \"{number}\"\nupdated = 20{number}-01-01\n+++\n");
    let site = (10..70).fold(with_base_url(SiteTest::golden()), |site, number| {
        site.file(&format!("content/{number}.md"), &head(number))
    });
    let text = site.build().succeeds().page("feed.xml").text;
    let xml = Document::parse(&text).expect("valid XML");
    let titles = texts(&xml, "title");
    assert_eq!((titles.len(), titles[1], titles[50]), (51, "69", "21"));
}

#[test]
fn without_base_url_there_is_no_feed_and_no_sitemap() {
    let ran = SiteTest::golden().build().succeeds().did_not_write("feed.xml").did_not_write("sitemap.xml");
    assert_eq!(ran.page("robots.txt").text, "User-agent: *\nAllow: /\n");
    ran.wrote("_headers").wrote("sources.bib").wrote("sources.csl.json").wrote("annotations.jsonld");
}

#[test]
fn without_dates_there_is_no_feed() {
    let site =
        SiteTest::new().file("site.toml", &format!("title = \"A\"\ncards = false\nbase_url = \"{BASE}/\"\n"));
    let ran = site.file("seeds/a.txt", "It burnt.\n").build().succeeds();
    ran.page("index.html").lacks("atom+xml").lacks("feed.xml");
    ran.did_not_write("feed.xml").wrote("sitemap.xml");
}

#[test]
fn the_sitemap_lists_every_page_except_404() {
    let ran = with_base_url(SiteTest::golden()).build().succeeds();
    let text = ran.page("sitemap.xml").text;
    let xml = Document::parse(&text).expect("valid XML");
    let listed: Vec<String> = texts(&xml, "loc")
        .into_iter()
        .map(|address| {
            address.strip_prefix(&format!("{BASE}/")).expect("sitemap addresses begin with base_url")
        })
        .map(|path| {
            if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
        })
        .collect();
    assert_eq!(listed, ran.pages().filter(|path| *path != "404.html").collect::<Vec<_>>());
    assert_eq!(texts(&xml, "lastmod"), ["2021-03-04", "2020-01-02"]);
    ran.page("robots.txt").contains("Sitemap: https://mill.example/ford/sitemap.xml\n");
}

#[test]
fn the_authors_own_host_files_take_precedence() {
    let site =
        SiteTest::golden().file("content/_headers", "/*\n  X-Mine: 1\n").file("content/robots.txt", "mine\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.page("_headers").text, "/*\n  X-Mine: 1\n");
    assert_eq!(ran.page("robots.txt").text, "mine\n");
}

#[test]
fn author_files_cannot_replace_generated_data() {
    let taken = |site: SiteTest, name: &str| site.file(&format!("content/{name}"), "mine").build();
    for name in ["annotations.jsonld", "sources.bib", "sources.csl.json"] {
        taken(SiteTest::golden(), name).finds_problems().stderr_contains("error[path-taken]");
    }
    for name in ["feed.xml", "sitemap.xml"] {
        taken(with_base_url(SiteTest::golden()), name).finds_problems().stderr_contains("error[path-taken]");
        assert_eq!(taken(SiteTest::golden(), name).succeeds().page(name).text, "mine");
    }
}

#[test]
fn the_content_security_policy_allows_only_the_site_itself() {
    let headers = SiteTest::golden().build().succeeds().page("_headers");
    let policy = headers.text.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    let policy: Vec<&str> = policy.expect("there is a policy").split("; ").collect();
    assert_eq!(policy[0], "default-src 'none'");
    for directive in &policy {
        let allowed = directive.split_once(' ').expect("a directive has a value").1;
        assert!(["'self'", "'none'"].contains(&allowed), "{directive}");
    }
    headers.contains("nosniff").lacks("immutable");
}

/// A site with special characters in all metadata.
fn hostile() -> SiteTest {
    let title = r#"}{ \\end{x} 50% & <b>]]>\u0001\u001f\ufffe _^~$# \"x\" -- 新"#;
    let record = format!(
        "title = \"{title}\"\nauthor = \"{title}\"\npublisher = \"{title}\"\nkind = \"news\"\nretrieved = 2020-01-02\n\
         caution = \"{title}\"\nurl = \"https://a.example/{{x}}?a=1&b=%20#c\"\n"
    );
    let site = format!(
        "cards = false\ntitle = \"{title}\"\nauthor = \"{title}\"\nbase_url = \"https://a.example/a&b'\"\n"
    );
    SiteTest::new().file("site.toml", &site).file("seeds/新华社.toml", &record).file("seeds/x.toml", &record)
}

#[test]
fn any_title_gives_a_valid_feed_and_sitemap() {
    let ran = hostile().build().succeeds();
    for name in ["feed.xml", "sitemap.xml"] {
        let text = ran.page(name).text;
        Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    }
    let text = ran.page("feed.xml").text;
    let xml = Document::parse(&text).expect("valid XML");
    assert_eq!(texts(&xml, "title")[0], "}{ \\end{x} 50% & <b>]]> _^~$# \"x\" -- 新");
}

#[test]
fn any_title_gives_a_valid_bibliography() {
    let ran = hostile().build().succeeds();
    let text = ran.page("sources.bib").text;
    assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
    let entries = Bibliography::parse(&text).expect("valid BibTeX");
    assert_eq!(entries.len(), 2);
    let entry = entries.get("u65b0.u534e.u793e.").expect("the entry has an ASCII key");
    let title = entry.title().expect("there is a title").format_verbatim();
    assert!(title.contains("50% & <b>]]>") && title.contains('_') && title.ends_with("新"), "{title}");
    assert_eq!(entry.author().expect("there is an author").len(), 1);
    assert_eq!(entry.url().expect("there is an address"), "https://a.example/%7Bx%7D?a=1&b=%20#c");
    let csl: Value = serde_json::from_str(&ran.page("sources.csl.json").text).expect("valid JSON");
    assert_eq!(csl[0]["title"], "}{ \\end{x} 50% & <b>]]> _^~$# \"x\" -- 新");
}

#[test]
fn the_bibliography_matches_the_records() {
    let ran = SiteTest::golden().build().succeeds();
    let entries = Bibliography::parse(&ran.page("sources.bib").text).expect("valid BibTeX");
    let fields = |key: &str| {
        let entry = entries.get(key).expect("there is an entry");
        let fields = entry.fields.iter().map(|(name, value)| format!("{name}={}", value.format_verbatim()));
        format!("{} {}", entry.entry_type, fields.collect::<Vec<_>>().join(" | "))
    };
    assert_eq!(
        fields("gazette"),
        "article author=A. Wren | date=1872-05-07 | journaltitle=The Ford Gazette | langid=british | \
         title=Mill burnt at the ford | url=https://gazette.example/1872/mill | urldate=2020-01-02"
    );
    assert_eq!(fields("letter"), "misc title=A letter from the ferry");
    let csl: Value = serde_json::from_str(&ran.page("sources.csl.json").text).expect("valid JSON");
    assert_eq!(csl[2], json!({"id": "letter", "type": "document", "title": "A letter from the ferry"}));
    assert_eq!(csl[0]["issued"], json!({"date-parts": [[1872, 5, 7]]}));
}

/// Returns the annotations of a source's quotes.
fn annotations(ran: &RunResult, source: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(&ran.page("annotations.jsonld").text).expect("valid JSON");
    let items = all["first"]["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(all["total"], items.len());
    let is_of_source =
        |item: &Value| item["id"].as_str().is_some_and(|id| id.contains(&format!("#{source}--quote--")));
    items.into_iter().filter(is_of_source).collect()
}

/// Returns the part of a document that a position selector selects.
fn selected<'d>(document: &'d str, selector: &Value) -> &'d str {
    let at = |key: &str| {
        usize::try_from(selector[key].as_u64().expect("offsets are numbers")).expect("offsets fit into usize")
    };
    &document[at("start")..at("end")]
}

const DOCUMENT: &str =
    "Die Mühle – am Ford – brannte. Der Müller schlief; die Lampe fiel.\n\nMehr weiß niemand.\n";

fn quoting(quote: &str, more: &str) -> SiteTest {
    let record = format!(
        "title = \"A paper\"\n{more}\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"The lamp.\"\nquotes = [\"{quote}\"]\n"
    );
    let question = "+++\ntitle = \"Why?\"\n[positions]\nlamp = \"A lamp\"\n+++\n";
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\nlanguage = \"en\"\n")
        .file("content/questions/cause.md", question)
        .file("originals/paper.txt", DOCUMENT)
        .file("seeds/paper.toml", &record)
}

#[test]
fn an_annotation_selects_the_bytes_of_its_quote() {
    let site = quoting("die Lampe fiel", "url = \"https://a.example/\"");
    site.verify().succeeds();
    let ran = site.build().succeeds();
    let [annotation] = &annotations(&ran, "paper")[..] else { panic!("expected one item") };
    assert_eq!(annotation["body"][0]["value"], "The lamp.");
    assert_eq!(annotation["body"][1]["value"], "Why?");
    let [page, document] = &annotation["target"].as_array().expect("targets are a list")[..] else {
        panic!("expected two targets")
    };
    assert_eq!(page["source"]["id"], "https://a.example/");
    assert_eq!(page["selector"], json!([{"type": "TextQuoteSelector", "exact": "die Lampe fiel"}]));
    let name = document["source"]["id"].as_str().expect("the id is a string");
    assert!(name.starts_with("ni:///sha-256;") && name.len() == 57, "{name}");
    assert_eq!(document["selector"][0], page["selector"][0]);
    assert_eq!(document["selector"][1]["type"], "DataPositionSelector");
    assert_eq!(selected(DOCUMENT, &document["selector"][1]), "die Lampe fiel");
    let by_lock = site.without("originals").build().succeeds();
    assert_eq!(by_lock.page("annotations.jsonld").text, ran.page("annotations.jsonld").text);
}

#[test]
fn each_part_of_an_elided_quote_has_a_selector_within_its_range() {
    let site = quoting("[Die] Mühle … schlief; die … fiel", "");
    let ran = site.build().succeeds();
    let annotation = &annotations(&ran, "paper")[0];
    let targets = annotation["target"].as_array().expect("targets are a list");
    let exact: Vec<&str> = targets
        .iter()
        .map(|target| {
            let [place] = &target["selector"].as_array().expect("selectors are a list")[..] else {
                panic!("expected one item")
            };
            let words = place["refinedBy"]["exact"].as_str().expect("exact is a string");
            assert_eq!(place["refinedBy"]["type"], "TextQuoteSelector");
            assert!(selected(DOCUMENT, place).contains(words), "{words}");
            words
        })
        .collect();
    assert_eq!(exact, ["Mühle", "schlief; die", "fiel"]);
}

#[test]
fn a_quote_has_context_only_if_passages_may_be_published() {
    let words = |publish: &str| {
        let ran = quoting("schlief; die Lampe", &format!("publish = \"{publish}\"")).build().succeeds();
        annotations(&ran, "paper")[0]["target"][0]["selector"][0].clone()
    };
    assert_eq!(words("quotes"), json!({"type": "TextQuoteSelector", "exact": "schlief; die Lampe"}));
    for publish in ["excerpts", "full"] {
        let shown = words(publish);
        let [prefix, exact, suffix] =
            ["prefix", "exact", "suffix"].map(|key| shown[key].as_str().expect(key));
        assert_eq!([prefix, suffix], ["Der Müller ", " fiel."], "{publish}");
        assert!(DOCUMENT.contains(&format!("{prefix}{exact}{suffix}")));
    }
}

#[test]
fn a_site_without_quotes_has_no_annotations() {
    let ran = SiteTest::new().file("seeds/a.txt", "It burnt.\n").build().succeeds();
    let all: Value = serde_json::from_str(&ran.page("annotations.jsonld").text).expect("valid JSON");
    assert_eq!((&all["total"], all.get("first")), (&json!(0), None));
}
