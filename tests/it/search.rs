//! The search: an index of all that pages show and of nothing else, and a page that is useful without it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::links::Web;
use crate::support::{Ran, SiteTest};

/// One entry of the index, its numbers looked up.
#[derive(Debug)]
struct Entry {
    kind: String,
    href: String,
    title: String,
    under: Vec<String>,
    sources: Vec<String>,
    text: String,
}

fn json(ran: &Ran) -> Value {
    let script = ran.page("search-index.js").text;
    let json = script.strip_prefix("var searchIndex = ").and_then(|rest| rest.strip_suffix(";\n"));
    serde_json::from_str(json.expect("one assignment")).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn entries(ran: &Ran) -> Vec<Entry> {
    let index = json(ran);
    let place = |number: &Value| usize::try_from(number.as_u64().expect("a number")).expect("a place");
    let text = |value: &Value| {
        let shared = if value.is_number() { &index["strings"][place(value)] } else { value };
        shared.as_str().expect("a text").to_owned()
    };
    let texts = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>();
    let entry = |entry: &Value| {
        let anchor = text(&entry[2]);
        let hash = if anchor.is_empty() { "" } else { "#" };
        let source = |number| index["sources"][place(number)].as_str().expect("an id").to_owned();
        Entry {
            kind: text(&entry[0]),
            href: format!("{}{hash}{anchor}", text(&entry[1])),
            title: text(&entry[3]),
            under: texts(&entry[4]),
            sources: list(&entry[5]).iter().map(source).collect(),
            text: texts(&entry[6]).join(" · "),
        }
    };
    list(&index["entries"]).iter().map(entry).collect()
}

/// The one entry of a kind that says something in its title or text.
#[track_caller]
fn the<'e>(entries: &'e [Entry], kind: &str, words: &str) -> &'e Entry {
    let says =
        |entry: &&Entry| entry.kind == kind && (entry.title.contains(words) || entry.text.contains(words));
    let found: Vec<&Entry> = entries.iter().filter(says).collect();
    assert_eq!(found.len(), 1, "{kind} `{words}`: {found:#?}\namong {entries:#?}");
    found[0]
}

#[track_caller]
fn leads(entries: &[Entry], kind: &str, words: &str, href: &str) {
    assert_eq!(the(entries, kind, words).href, href);
}

#[test]
fn all_that_pages_show_is_found_at_its_place() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    leads(&entries, "page", "The fire at the mill", "index.html");
    leads(&entries, "page", "Nobody agrees why. It has been rebuilt since.", "index.html#what-is-known");
    leads(&entries, "page", "“burnt on Sunday night”", "index.html#what-is-known");
    leads(&entries, "page", "In brick, this time.", "index.html#what-is-known");
    leads(&entries, "page", "What When Fire 1872 Brick 1874", "index.html#what-is-known");
    leads(&entries, "page", "Of oak, and then of iron.", "places/wheel.html");
    leads(&entries, "page", "A drawing It was of oak.", "places/wheel.html#the-old-wheel");
    leads(&entries, "page", "What each source says", "compare.html");
    leads(&entries, "page", "Sources", "sources.html");
    leads(&entries, "question", "Why did the mill burn?", "compare/cause.html");
    leads(&entries, "question", "Somebody set it on fire", "compare/cause.html");
    leads(&entries, "question", "Because the insurance never paid.", "compare/cause.html#why-ask");
    leads(&entries, "question", "Two calendars were in use.", "compare/day.html");
    leads(&entries, "answer", "a neighbour says", "compare/cause.html#gazette--1");
    leads(&entries, "silence", "It sings of loss, not of money.", "compare/price.html#cell--silent");
    leads(&entries, "quote", "fell into the straw", "sources/gazette.html#quote--1");
    leads(&entries, "quote", "burnt on Sunday night", "sources/gazette.html#quote--2");
    leads(&entries, "source", "Sung, and written down late.", "sources/ballad.html");
    leads(&entries, "source", "He never wrote anything down.", "sources/ballad.html");
    leads(&entries, "source", "A. Wren", "sources/gazette.html");
    leads(&entries, "source", "Printed two days after the fire.", "sources/gazette.html");
    leads(&entries, "paragraph", "took the wheel away", "sources/ballad.html#paragraph--3");
}

#[test]
fn an_entry_tells_whose_it_is_and_how_it_is_said() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    let answer = the(&entries, "answer", "A lamp fell into the straw");
    assert_eq!(answer.title, "A lamp fell");
    assert_eq!(answer.under, ["The Ford Gazette", "Why did the mill burn?"]);
    assert!(answer.text.ends_with("attributed · a neighbour"), "{}", answer.text);
    let source = the(&entries, "source", "Mill burnt at the ford");
    assert_eq!(source.under, ["The Ford Gazette", "7 May 1872"]);
}

#[test]
fn entries_are_filtered_by_the_sources_that_they_are_of_or_cite() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    let sources =
        |kind, words| the(&entries, kind, words).sources.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(sources("quote", "fell into the straw"), ["gazette"]);
    assert_eq!(sources("page", "Nobody agrees why"), ["gazette", "ballad"]);
    assert_eq!(sources("page", "Of iron."), Vec::<&str>::new());
    assert_eq!(sources("question", "On which day?"), ["gazette", "ballad"]);
}

/// A source of which some passages may be shown, and a page that shows one.
fn with_passages(publish: &str) -> SiteTest {
    let record = format!("title = \"A diary\"\npublish = \"{publish}\"\n");
    SiteTest::golden()
        .file("seeds/diary.toml", &record)
        .file("seeds/diary.txt", "The wheel still turned on Monday. The cow was sold.\n")
}

#[test]
fn a_document_is_in_the_index_as_far_as_pages_show_it() {
    let quotes = with_passages("quotes").build().succeeds();
    quotes.page("search-index.js").lacks("still turned").lacks("The cow was sold");
    let excerpts = with_passages("excerpts").build().succeeds();
    leads(&entries(&excerpts), "paragraph", "still turned on Monday", "places/wheel.html#page--speaks");
    excerpts.page("search-index.js").lacks("The cow was sold");
    let full = entries(&with_passages("full").build().succeeds());
    leads(&full, "paragraph", "still turned on Monday", "sources/diary.html#paragraph--1");
    leads(&full, "paragraph", "The cow was sold", "sources/diary.html#paragraph--1");
}

#[test]
fn drafts_and_the_page_for_what_is_not_there_are_left_out() {
    let draft = "+++\ntitle = \"Not yet\"\ndraft = true\n+++\nUnripe words.\n";
    let ran = SiteTest::golden().file("content/draft.md", draft).build().succeeds();
    for path in ["search-index.js", "search.html"] {
        ran.page(path).lacks("Not yet").lacks("Unripe").lacks("404.html").lacks("Page not found");
    }
    ran.page("search-index.js").lacks("oak wheel may be saved");
}

#[track_caller]
fn all_lead_somewhere(ran: &Ran) {
    let web = Web::read(ran);
    let entries = entries(ran);
    assert!(entries.len() > 5, "{entries:#?}");
    let faults: Vec<String> = entries
        .iter()
        .filter_map(|entry| web.follow(&entry.href).err().map(|fault| format!("{}: {fault}", entry.href)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_entry_leads_to_a_page_and_an_id_that_exist() {
    all_lead_somewhere(SiteTest::own_built());
    let documents = ["a", "Ein Brief", "新闻"].map(|name| format!("seeds/{name}.txt"));
    let page = "+++\ntitle = \"A page\"\n+++\n## Über #1 & <b>\n\nWords.\n";
    let pages = ["a#b", "why?", "100% true", "é ü"].map(|name| format!("content/{name}.md"));
    for site in [
        with_passages("excerpts"),
        with_passages("full"),
        documents.iter().fold(SiteTest::new(), |site, path| site.file(path, "One.\n\nTwo.\n")),
        pages.iter().fold(SiteTest::golden(), |site, path| site.file(path, page)),
    ] {
        all_lead_somewhere(&site.build().succeeds());
    }
}

#[test]
fn what_an_author_writes_does_not_break_out_of_the_script() {
    let title = "</script><!--<script> \u{2028}\u{2029} \\\" ]]>";
    let page = format!("+++\ntitle = '''{title}'''\n+++\n## </ScRiPt>\n");
    let ran = SiteTest::golden().file("content/hostile.md", &page).build().succeeds();
    let script = ran.page("search-index.js").lacks("<").lacks("\u{2028}").lacks("\u{2029}").text;
    assert!(script.contains("hostile.html"), "{script}");
    leads(&entries(&ran), "page", title, "hostile.html");
}

#[test]
fn what_repeats_is_stored_once() {
    let ran = SiteTest::golden().build().succeeds();
    let script = ran.page("search-index.js").text;
    for repeated in ["The Ford Gazette", "Why did the mill burn?", "compare/cause.html", "\"answer\""] {
        assert_eq!(script.matches(repeated).count(), 1, "{repeated}");
    }
    let strings = json(&ran)["strings"].clone();
    let unlike: BTreeSet<&str> = list(&strings).iter().filter_map(Value::as_str).collect();
    assert_eq!(unlike.len(), list(&strings).len());
}

#[test]
fn the_build_tells_how_large_the_index_is_before_its_last_line() {
    let ran = SiteTest::golden().build().succeeds();
    let size = ran.public["search-index.js"].len();
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], format!("search index: {} kB", size.div_ceil(1000)));
}

#[test]
fn an_index_over_the_limit_is_told_of_and_written() {
    let site = |limit: usize| {
        let limits =
            format!("title = \"The mill\"\ncards = false\n[limits]\nsearch_kb = {limit}\n[origins.miller]\n");
        SiteTest::golden().file("site.toml", &limits)
    };
    let kb = site(1000).build().succeeds().public["search-index.js"].len() / 1000;
    assert!(kb > 0, "the site is too small for this test");
    let warned = site(kb).build().succeeds().stderr_contains("warning[search-index-large]");
    warned.stderr_contains("\n1 warning\n").wrote("search-index.js");
    assert_eq!(site(kb + 1).build().succeeds().stderr, "");
}

#[test]
fn the_search_page_lists_everything_and_shows_a_form_only_to_those_who_can_use_it() {
    let ran = SiteTest::golden().build().succeeds();
    let html = ran.page("search.html").html();
    let links: Vec<&str> = html.values("href").collect();
    for path in
        ["index.html", "index.html#what-is-known", "places/index.html", "places/wheel.html#the-old-wheel"]
    {
        assert!(links.contains(&path), "{path}");
    }
    for path in ["compare.html#cause", "compare.html#price", "sources/gazette.html", "sources/letter.html"] {
        assert!(links.contains(&path), "{path}");
    }
    let form = html.tags.iter().find(|tag| tag.name == "form").expect("a form");
    assert_eq!((form.get("class"), form.get("method")), (Some("search"), Some("get")));
    ran.page("assets/site.css").contains(":root:not(.scripted) :is(.colours, .search) { visibility: hidden;");
    let scripts: Vec<&str> = html.values("src").collect();
    assert_eq!(scripts, ["assets/theme.js", "search-index.js", "assets/search.js"]);
    let options: Vec<&str> =
        html.tags.iter().filter(|tag| tag.name == "option").filter_map(|tag| tag.get("value")).collect();
    assert_eq!(options, ["", "gazette", "ballad", "letter"]);
}

#[test]
fn every_page_leads_to_the_search_last_in_its_menu() {
    let page = "+++\ntitle = \"A page\"\nnav = 9\n+++\n";
    let ran = SiteTest::golden().file("content/zebra.md", page).build().succeeds();
    assert!(ran.pages().count() > 10);
    for path in ran.pages() {
        let html = ran.page(path).text;
        let (menu, _) = html.split_once("</nav>").expect("a menu");
        let (_, last) = menu.rsplit_once("<li>").expect("an item");
        let root = "../".repeat(path.matches('/').count());
        assert!(last.starts_with(&format!("<a href=\"{root}search.html\"")), "{path}: {last}");
    }
}

#[test]
fn a_page_of_the_authors_cannot_take_the_place_of_the_search() {
    let page = "+++\ntitle = \"Mine\"\n+++\n";
    let ran = SiteTest::golden().file("content/search.md", page).check();
    ran.finds_problems().stderr_contains("error[path-taken]");
    let ran = SiteTest::golden().file("content/search-index.js", "1").check();
    ran.finds_problems().stderr_contains("error[path-taken]");
    let linked = "+++\ntitle = \"Mine\"\n+++\n[Search](search.html)\n";
    let ran = SiteTest::golden().file("content/mine.md", linked).build().succeeds();
    ran.page("mine.html").contains("<a href=\"search.html\">Search</a>");
}

#[test]
fn an_author_who_wants_no_search_gets_none() {
    let own = "+++\ntitle = \"Where to search\"\n+++\n[Here](index.html)\n";
    let site = SiteTest::golden().file("content/search.md", own);
    let settings = format!("search = false\n{}", site.text("site.toml"));
    let ran = site
        .file("site.toml", &settings)
        .build()
        .succeeds()
        .wrote_no("search-index.js")
        .wrote_no("assets/search.js");
    // The name is free for a page of the author's.
    ran.page("search.html").contains("Where to search");
    ran.page("index.html").lacks("search.html");
    ran.page("404.html").lacks("search.html");
    assert!(!ran.stderr.contains("search index") && !ran.stdout.contains("search index"));
}
