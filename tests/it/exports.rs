//! The site for programs: feed, map, what hosts and crawlers read, bibliographies, annotations. Read by parsers, and
//! held against the documents.

use biblatex::{Bibliography, ChunksExt};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::support::{BASE, Ran, SiteTest, at_address};

/// The texts of all elements of one name, in order.
fn texts<'x>(xml: &'x Document<'x>, name: &str) -> Vec<&'x str> {
    let named = xml.descendants().filter(|node| node.tag_name().name() == name);
    named.filter_map(|node| node.text()).collect()
}

fn child<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    node.children().find(|child| child.tag_name().name() == name)?.text()
}

#[test]
fn the_feed_tells_of_what_has_a_date_newest_first() {
    let page = "+++\ntitle = \"The ferry\"\nupdated = 2022-01-01\n+++\n";
    let caution = SiteTest::golden().text("seeds/ballad.toml").replace("order = 2", "retrieved = 2021-03-04");
    let site =
        at_address(SiteTest::golden()).file("content/ferry.md", page).file("seeds/ballad.toml", &caution);
    let text = site.build().succeeds().page("feed.xml").text;
    let xml = Document::parse(&text).expect("XML");
    let feed = xml.root_element();
    assert_eq!(feed.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    assert_eq!(child(feed, "id"), Some("https://mill.example/ford/feed.xml"));
    assert_eq!(child(feed, "updated"), Some("2022-01-01T00:00:00Z"));
    assert_eq!(texts(&xml, "name"), ["The parish archive"]);
    let entries = feed.children().filter(|node| node.tag_name().name() == "entry");
    let told = entries.map(|entry| {
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
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn the_feed_ends_after_fifty() {
    let head = |number: usize| format!("+++\ntitle = \"{number}\"\nupdated = 20{number}-01-01\n+++\n");
    let site = (10..70).fold(at_address(SiteTest::golden()), |site, number| {
        site.file(&format!("content/{number}.md"), &head(number))
    });
    let text = site.build().succeeds().page("feed.xml").text;
    let xml = Document::parse(&text).expect("XML");
    let titles = texts(&xml, "title");
    assert_eq!((titles.len(), titles[1], titles[50]), (51, "69", "21"));
}

#[test]
fn without_an_address_there_is_neither_feed_nor_map() {
    let ran = SiteTest::golden().build().succeeds().wrote_no("feed.xml").wrote_no("sitemap.xml");
    assert_eq!(ran.page("robots.txt").text, "User-agent: *\nAllow: /\n");
    ran.wrote("_headers").wrote("sources.bib").wrote("sources.csl.json").wrote("annotations.jsonld");
}

#[test]
fn where_nothing_has_a_date_there_is_no_feed() {
    let site =
        SiteTest::new().file("site.toml", &format!("title = \"A\"\ncards = false\nbase_url = \"{BASE}/\"\n"));
    let ran = site.file("seeds/a.txt", "It burnt.\n").build().succeeds();
    ran.page("index.html").lacks("atom+xml").lacks("feed.xml");
    ran.wrote_no("feed.xml").wrote("sitemap.xml");
}

#[test]
fn the_map_lists_every_page_but_the_one_that_is_not_there() {
    let ran = at_address(SiteTest::golden()).build().succeeds();
    let text = ran.page("sitemap.xml").text;
    let xml = Document::parse(&text).expect("XML");
    let listed: Vec<String> = texts(&xml, "loc")
        .into_iter()
        .map(|address| address.strip_prefix(&format!("{BASE}/")).expect("an address of the site"))
        .map(|path| {
            if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
        })
        .collect();
    assert_eq!(listed, ran.pages().filter(|path| *path != "404.html").collect::<Vec<_>>());
    assert_eq!(texts(&xml, "lastmod"), ["2021-03-04", "2020-01-02"]);
    ran.page("robots.txt").contains("Sitemap: https://mill.example/ford/sitemap.xml\n");
}

#[test]
fn the_authors_own_files_for_hosts_go_before() {
    let site =
        SiteTest::golden().file("content/_headers", "/*\n  X-Mine: 1\n").file("content/robots.txt", "mine\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.page("_headers").text, "/*\n  X-Mine: 1\n");
    assert_eq!(ran.page("robots.txt").text, "mine\n");
}

#[test]
fn no_file_of_the_authors_takes_the_place_of_data() {
    let taken = |site: SiteTest, name: &str| site.file(&format!("content/{name}"), "mine").build();
    for name in ["annotations.jsonld", "sources.bib", "sources.csl.json"] {
        taken(SiteTest::golden(), name).finds_problems().stderr_contains("error[path-taken]");
    }
    for name in ["feed.xml", "sitemap.xml"] {
        taken(at_address(SiteTest::golden()), name).finds_problems().stderr_contains("error[path-taken]");
        assert_eq!(taken(SiteTest::golden(), name).succeeds().page(name).text, "mine");
    }
}

#[test]
fn hosts_are_told_that_nothing_comes_from_elsewhere() {
    let headers = SiteTest::golden().build().succeeds().page("_headers");
    let policy = headers.text.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    let policy: Vec<&str> = policy.expect("a policy").split("; ").collect();
    assert_eq!(policy[0], "default-src 'none'");
    for directive in &policy {
        let allowed = directive.split_once(' ').expect("a value").1;
        assert!(["'self'", "'none'"].contains(&allowed), "{directive}");
    }
    headers.contains("nosniff").lacks("immutable");
}

/// A site in which everything that can be hostile is.
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
fn no_title_breaks_a_feed_or_a_map() {
    let ran = hostile().build().succeeds();
    for name in ["feed.xml", "sitemap.xml"] {
        let text = ran.page(name).text;
        Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    }
    let text = ran.page("feed.xml").text;
    let xml = Document::parse(&text).expect("XML");
    assert_eq!(texts(&xml, "title")[0], "}{ \\end{x} 50% & <b>]]> _^~$# \"x\" -- 新");
}

#[test]
fn no_title_breaks_a_bibliography() {
    let ran = hostile().build().succeeds();
    let text = ran.page("sources.bib").text;
    assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
    let entries = Bibliography::parse(&text).expect("BibTeX");
    assert_eq!(entries.len(), 2);
    let entry = entries.get("u65b0.u534e.u793e.").expect("an entry under an ASCII key");
    let title = entry.title().expect("a title").format_verbatim();
    assert!(title.contains("50% & <b>]]>") && title.contains('_') && title.ends_with("新"), "{title}");
    assert_eq!(entry.author().expect("an author").len(), 1);
    assert_eq!(entry.url().expect("an address"), "https://a.example/%7Bx%7D?a=1&b=%20#c");
    let csl: Value = serde_json::from_str(&ran.page("sources.csl.json").text).expect("JSON");
    assert_eq!(csl[0]["title"], "}{ \\end{x} 50% & <b>]]> _^~$# \"x\" -- 新");
}

#[test]
fn a_bibliography_says_what_the_records_say_and_no_more() {
    let ran = SiteTest::golden().build().succeeds();
    let entries = Bibliography::parse(&ran.page("sources.bib").text).expect("BibTeX");
    let fields = |key: &str| {
        let entry = entries.get(key).expect("an entry");
        let fields = entry.fields.iter().map(|(name, value)| format!("{name}={}", value.format_verbatim()));
        format!("{} {}", entry.entry_type, fields.collect::<Vec<_>>().join(" | "))
    };
    assert_eq!(
        fields("gazette"),
        "article author=A. Wren | date=1872-05-07 | journaltitle=The Ford Gazette | langid=british | \
         title=Mill burnt at the ford | url=https://gazette.example/1872/mill | urldate=2020-01-02"
    );
    assert_eq!(fields("letter"), "misc title=A letter from the ferry");
    let csl: Value = serde_json::from_str(&ran.page("sources.csl.json").text).expect("JSON");
    assert_eq!(csl[2], json!({"id": "letter", "type": "document", "title": "A letter from the ferry"}));
    assert_eq!(csl[0]["issued"], json!({"date-parts": [[1872, 5, 7]]}));
}

/// The annotations of a source.
fn annotations(ran: &Ran, source: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(&ran.page("annotations.jsonld").text).expect("JSON");
    let items = all["first"]["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(all["total"], items.len());
    let of_it =
        |item: &Value| item["id"].as_str().is_some_and(|id| id.contains(&format!("#{source}--quote--")));
    items.into_iter().filter(of_it).collect()
}

/// What of a document a position selects.
fn selected<'d>(document: &'d str, selector: &Value) -> &'d str {
    let at = |key: &str| usize::try_from(selector[key].as_u64().expect("a place")).expect("small");
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
fn an_annotation_selects_the_very_bytes_of_its_quote() {
    let site = quoting("die Lampe fiel", "url = \"https://a.example/\"");
    site.verify().succeeds();
    let ran = site.build().succeeds();
    let [annotation] = &annotations(&ran, "paper")[..] else { panic!("not one") };
    assert_eq!(annotation["body"][0]["value"], "The lamp.");
    assert_eq!(annotation["body"][1]["value"], "Why?");
    let [page, document] = &annotation["target"].as_array().expect("targets")[..] else { panic!("not two") };
    assert_eq!(page["source"]["id"], "https://a.example/");
    assert_eq!(page["selector"], json!([{"type": "TextQuoteSelector", "exact": "die Lampe fiel"}]));
    let name = document["source"]["id"].as_str().expect("a name");
    assert!(name.starts_with("ni:///sha-256;") && name.len() == 57, "{name}");
    assert_eq!(document["selector"][0], page["selector"][0]);
    assert_eq!(document["selector"][1]["type"], "DataPositionSelector");
    assert_eq!(selected(DOCUMENT, &document["selector"][1]), "die Lampe fiel");
    let by_lock = site.without("originals").build().succeeds();
    assert_eq!(by_lock.page("annotations.jsonld").text, ran.page("annotations.jsonld").text);
}

#[test]
fn each_part_of_a_quote_with_gaps_is_looked_for_in_their_stretch() {
    let site = quoting("[Die] Mühle … schlief; die … Mehr", "");
    let ran = site.build().succeeds();
    let annotation = &annotations(&ran, "paper")[0];
    let targets = annotation["target"].as_array().expect("targets");
    let exact: Vec<&str> = targets
        .iter()
        .map(|target| {
            let [place] = &target["selector"].as_array().expect("selectors")[..] else { panic!("not one") };
            let words = place["refinedBy"]["exact"].as_str().expect("words");
            assert_eq!(place["refinedBy"]["type"], "TextQuoteSelector");
            assert!(selected(DOCUMENT, place).contains(words), "{words}");
            words
        })
        .collect();
    assert_eq!(exact, ["Mühle", "schlief; die", "Mehr"]);
}

#[test]
fn words_around_a_quote_are_given_where_passages_may_be_shown() {
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
    let all: Value = serde_json::from_str(&ran.page("annotations.jsonld").text).expect("JSON");
    assert_eq!((&all["total"], all.get("first")), (&json!(0), None));
}
