//! Tests of the search: the index contains exactly what pages show, and the search page works without JavaScript.

use std::collections::BTreeSet;

use serde_json::Value;
use sourcewise::ids::id_of_words;

use crate::links::Web;
use crate::support::{RunResult, SiteTest};

/// An entry of the index. Where the index has the number of a string, this has the string.
#[derive(Debug)]
struct SearchEntry {
    kind: String,
    href: String,
    title: String,
    under: Vec<String>,
    sources: Vec<String>,
    text: String,
}

fn json(ran: &RunResult) -> Value {
    let script = ran.page("search-index.js").text;
    let json = script.strip_prefix("var searchIndex = ").and_then(|rest| rest.strip_suffix(";\n"));
    serde_json::from_str(json.expect("the script is one assignment")).expect("valid JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("the value is a list")
}

fn entries(ran: &RunResult) -> Vec<SearchEntry> {
    let index = json(ran);
    let place = |number: &Value| {
        usize::try_from(number.as_u64().expect("the value is a number")).expect("the number fits into usize")
    };
    let text = |value: &Value| {
        let shared = if value.is_number() { &index["strings"][place(value)] } else { value };
        shared.as_str().expect("the value is a string").to_owned()
    };
    let texts = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>();
    let entry = |entry: &Value| {
        let anchor = text(&entry[2]);
        let hash = if anchor.is_empty() { "" } else { "#" };
        let source = |number| index["sources"][place(number)].as_str().expect("ids are strings").to_owned();
        SearchEntry {
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

/// Returns the only entry of a kind whose title or text contains these words.
#[track_caller]
fn only_entry<'e>(entries: &'e [SearchEntry], kind: &str, words: &str) -> &'e SearchEntry {
    let matches = |entry: &&SearchEntry| {
        entry.kind == kind && (entry.title.contains(words) || entry.text.contains(words))
    };
    let found: Vec<&SearchEntry> = entries.iter().filter(matches).collect();
    assert_eq!(found.len(), 1, "{kind} `{words}`: {found:#?}\namong {entries:#?}");
    found[0]
}

#[track_caller]
fn assert_link(entries: &[SearchEntry], kind: &str, words: &str, href: &str) {
    assert_eq!(only_entry(entries, kind, words).href, href);
}

#[test]
fn the_index_has_all_page_content_with_its_location() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    assert_link(&entries, "page", "The fire at the mill", "index.html");
    assert_link(
        &entries,
        "page",
        "Nobody agrees why. It has been rebuilt since.",
        "index.html#what-is-known",
    );
    assert_link(&entries, "page", "“burnt on Sunday night”", "index.html#what-is-known");
    assert_link(&entries, "page", "In brick, this time.", "index.html#what-is-known");
    assert_link(&entries, "page", "What When Fire 1872 Brick 1874", "index.html#what-is-known");
    assert_link(&entries, "page", "Of oak, and then of iron.", "places/wheel.html");
    assert_link(&entries, "page", "A drawing It was of oak.", "places/wheel.html#the-old-wheel");
    assert_link(&entries, "page", "What each source says", "compare.html");
    assert_link(&entries, "page", "Sources", "sources.html");
    assert_link(&entries, "question", "Why did the mill burn?", "compare/cause.html");
    assert_link(&entries, "question", "Somebody set it on fire", "compare/cause.html");
    assert_link(&entries, "question", "Because the insurance never paid.", "compare/cause.html#why-ask");
    assert_link(&entries, "question", "Two calendars were in use.", "compare/day.html");
    assert_link(&entries, "answer", "a neighbour says", "compare/cause.html#answer--gazette--lamp");
    assert_link(&entries, "silence", "It sings of loss, not of money.", "compare/price.html#cell--silent");
    let quote = |words: &str| format!("sources/gazette.html#quote--{}", id_of_words(words));
    assert_link(
        &entries,
        "quote",
        "fell into the straw",
        &quote("a lamp, she said, \"fell into the straw\""),
    );
    assert_link(&entries, "quote", "burnt on Sunday night", &quote("burnt on Sunday night"));
    assert_link(&entries, "source", "Sung, and written down late.", "sources/ballad.html");
    assert_link(&entries, "source", "He never wrote anything down.", "sources/ballad.html");
    assert_link(&entries, "source", "A. Wren", "sources/gazette.html");
    assert_link(&entries, "source", "Printed two days after the fire.", "sources/gazette.html");
    assert_link(&entries, "paragraph", "took the wheel away", "sources/ballad.html#paragraph--2");
}

#[test]
fn entries_name_their_source_question_and_voice() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    let answer = only_entry(&entries, "answer", "A lamp fell into the straw");
    assert_eq!(answer.title, "A lamp fell");
    assert_eq!(answer.under, ["The Ford Gazette", "Why did the mill burn?"]);
    assert!(answer.text.ends_with("attributed · a neighbour"), "{}", answer.text);
    let source = only_entry(&entries, "source", "Mill burnt at the ford");
    assert_eq!(source.under, ["The Ford Gazette", "7 May 1872"]);
}

#[test]
fn entries_list_the_sources_they_belong_to_or_cite() {
    let entries = entries(&SiteTest::golden().build().succeeds());
    let sources = |kind, words| {
        only_entry(&entries, kind, words).sources.iter().map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!(sources("quote", "fell into the straw"), ["gazette"]);
    assert_eq!(sources("page", "Nobody agrees why"), ["gazette", "ballad"]);
    assert_eq!(sources("page", "Of iron."), Vec::<&str>::new());
    assert_eq!(sources("question", "On which day?"), ["gazette", "ballad"]);
}

/// The golden site with a source that a page mentions; `publish` says how much of it may be shown.
fn with_passages(publish: &str) -> SiteTest {
    let record = format!("title = \"A diary\"\npublish = \"{publish}\"\n");
    SiteTest::golden()
        .file("seeds/diary.toml", &record)
        .file("seeds/diary.txt", "The wheel still turned on Monday. The cow was sold.\n")
}

#[test]
fn documents_are_indexed_only_as_far_as_pages_show_them() {
    let quotes = with_passages("quotes").build().succeeds();
    quotes.page("search-index.js").lacks("still turned").lacks("The cow was sold");
    let excerpts = with_passages("excerpts").build().succeeds();
    assert_link(&entries(&excerpts), "paragraph", "still turned on Monday", "places/wheel.html#page--speaks");
    excerpts.page("search-index.js").lacks("The cow was sold");
    let full = entries(&with_passages("full").build().succeeds());
    assert_link(&full, "paragraph", "still turned on Monday", "sources/diary.html#paragraph--1");
    assert_link(&full, "paragraph", "The cow was sold", "sources/diary.html#paragraph--1");
}

#[test]
fn drafts_and_the_404_page_are_not_indexed() {
    let draft = "+++\ntitle = \"Not yet\"\ndraft = true\n+++\nUnripe words.\n";
    let ran = SiteTest::golden().file("content/draft.md", draft).build().succeeds();
    for path in ["search-index.js", "search.html"] {
        ran.page(path).lacks("Not yet").lacks("Unripe").lacks("404.html").lacks("Page not found");
    }
    ran.page("search-index.js").lacks("oak wheel may be saved");
}

#[track_caller]
fn assert_all_links_work(ran: &RunResult) {
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
fn every_entry_links_to_an_existing_page_and_id() {
    assert_all_links_work(SiteTest::own_built());
    let documents = ["a", "Ein Brief", "新闻"].map(|name| format!("seeds/{name}.txt"));
    let page = "+++\ntitle = \"A page\"\n+++\n## Über #1 & <b>\n\nWords.\n";
    let pages = ["a#b", "why?", "100% true", "é ü"].map(|name| format!("content/{name}.md"));
    for site in [
        with_passages("excerpts"),
        with_passages("full"),
        documents.iter().fold(SiteTest::new(), |site, path| site.file(path, "One.\n\nTwo.\n")),
        pages.iter().fold(SiteTest::golden(), |site, path| site.file(path, page)),
    ] {
        assert_all_links_work(&site.build().succeeds());
    }
}

#[test]
fn author_text_cannot_break_out_of_the_script() {
    let title = "</script><!--<script> \u{2028}\u{2029} \\\" ]]>";
    let page = format!("+++\ntitle = '''{title}'''\n+++\n## </ScRiPt>\n");
    let ran = SiteTest::golden().file("content/hostile.md", &page).build().succeeds();
    let script = ran.page("search-index.js").lacks("<").lacks("\u{2028}").lacks("\u{2029}").text;
    assert!(script.contains("hostile.html"), "{script}");
    assert_link(&entries(&ran), "page", title, "hostile.html");
}

#[test]
fn repeated_strings_are_stored_once() {
    let ran = SiteTest::golden().build().succeeds();
    let script = ran.page("search-index.js").text;
    for repeated in ["The Ford Gazette", "Why did the mill burn?", "compare/cause.html", "\"answer\""] {
        assert_eq!(script.matches(repeated).count(), 1, "{repeated}");
    }
    let strings = json(&ran)["strings"].clone();
    let distinct: BTreeSet<&str> = list(&strings).iter().filter_map(Value::as_str).collect();
    assert_eq!(distinct.len(), list(&strings).len());
}

#[test]
fn the_build_prints_the_index_size_before_its_last_line() {
    let ran = SiteTest::golden().build().succeeds();
    let size = ran.public["search-index.js"].len();
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], format!("search index: {} kB", size.div_ceil(1000)));
}

#[test]
fn an_index_over_the_limit_gives_a_warning_and_is_written() {
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
fn the_search_page_lists_everything_and_hides_the_form_without_javascript() {
    let ran = SiteTest::golden().build().succeeds();
    let html = ran.page("search.html").html();
    let links: Vec<&str> = html.values("href").collect();
    for path in
        ["index.html", "index.html#what-is-known", "places/index.html", "places/wheel.html#the-old-wheel"]
    {
        assert!(links.contains(&path), "{path}");
    }
    for path in ["compare/cause.html", "compare/price.html", "sources/gazette.html", "sources/letter.html"] {
        assert!(links.contains(&path), "{path}");
    }
    let form = html.tags.iter().find(|tag| tag.name == "form").expect("there is a form");
    assert_eq!((form.get("class"), form.get("method")), (Some("search"), Some("get")));
    ran.page("assets/site.css").contains(":root:not(.scripted) :is(.colours, .search) { visibility: hidden;");
    let scripts: Vec<&str> = html.values("src").collect();
    assert_eq!(scripts, ["assets/theme.js", "search-index.js", "assets/search.js"]);
    let options: Vec<&str> =
        html.tags.iter().filter(|tag| tag.name == "option").filter_map(|tag| tag.get("value")).collect();
    assert_eq!(options, ["", "gazette", "ballad", "letter"]);
}

#[test]
fn every_menu_ends_with_the_search() {
    let page = "+++\ntitle = \"A page\"\nnav = 9\n+++\n";
    let ran = SiteTest::golden().file("content/zebra.md", page).build().succeeds();
    assert!(ran.pages().count() > 10);
    for path in ran.pages() {
        let html = ran.page(path).text;
        let (menu, _) = html.split_once("</nav>").expect("there is a menu");
        let (_, last) = menu.rsplit_once("<li>").expect("the menu has items");
        let root = "../".repeat(path.matches('/').count());
        assert!(last.starts_with(&format!("<a href=\"{root}search.html\"")), "{path}: {last}");
    }
}

#[test]
fn author_files_cannot_replace_the_search_page() {
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
fn the_search_can_be_turned_off() {
    let own = "+++\ntitle = \"Where to search\"\n+++\n[Here](index.html)\n";
    let site = SiteTest::golden().file("content/search.md", own);
    let settings = format!("search = false\n{}", site.text("site.toml"));
    let ran = site
        .file("site.toml", &settings)
        .build()
        .succeeds()
        .did_not_write("search-index.js")
        .did_not_write("assets/search.js");
    // Without the search, the author can have a page of that name.
    ran.page("search.html").contains("Where to search");
    ran.page("index.html").lacks("search.html");
    ran.page("404.html").lacks("search.html");
    assert!(!ran.stderr.contains("search index") && !ran.stdout.contains("search index"));
}
