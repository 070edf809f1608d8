//! Checks every attribute of every page of whole sites: all links work, nothing is loaded from other sites, no inline
//! code.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::{Html, Tag};
use crate::support::{RunResult, SiteTest};

/// The `base_url` of the sites that have one.
const BASE: &str = "https://mill.example/ford/";

/// A built site: its parsed pages, and the paths of all its files.
pub(crate) struct Web<'a> {
    pages: BTreeMap<&'a str, Html>,
    paths: BTreeSet<&'a str>,
    faults: Vec<String>,
}

impl<'a> Web<'a> {
    pub(crate) fn read(ran: &'a RunResult) -> Self {
        let pages: BTreeMap<&str, Html> = ran.pages().map(|path| (path, ran.page(path).html())).collect();
        assert!(pages.len() > 6, "{:?}", ran.public.keys());
        Self { pages, paths: ran.public.keys().map(String::as_str).collect(), faults: Vec::new() }
    }

    /// Checks every attribute of every page. Returns what is wrong.
    pub(crate) fn faults(mut self) -> Vec<String> {
        let pages = std::mem::take(&mut self.pages);
        for (path, html) in &pages {
            for id in duplicates(html.values("id")) {
                self.faults.push(format!("{path}: duplicate id `{id}`"));
            }
            for tag in &html.tags {
                self.check_tag(path, tag, &pages);
            }
        }
        self.faults
    }

    fn check_tag(&mut self, page: &str, tag: &Tag, pages: &BTreeMap<&str, Html>) {
        let mut fault = |message: String| self.faults.push(format!("{page}: <{}>: {message}", tag.name));
        if tag.is_data() {
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&tag.inner) {
                fault(format!("invalid JSON: {error}"));
            }
        } else if tag.name == "style" || (tag.name == "script" && tag.get("src").is_none()) {
            fault("inline code, not in a file".to_owned());
        }
        for (name, value) in &tag.attributes {
            if name == "style" || name.starts_with("on") || value.trim_start().starts_with("javascript:") {
                fault(format!("{name}=\"{value}\""));
            }
        }
        let own_ids: BTreeSet<&str> = pages[page].values("id").collect();
        let named = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];
        for id in named.iter().filter_map(|name| tag.get(name)).flat_map(str::split_whitespace) {
            if !own_ids.contains(id) {
                fault(format!("refers to the missing id `{id}`"));
            }
        }
        for name in ["href", "src", "srcset", "poster", "action", "data"] {
            if let Some(address) = tag.get(name)
                && let Err(message) = self.check_address(page, address, tag.name == "a", pages)
            {
                self.faults.push(format!("{page}: <{}> {name}=\"{address}\": {message}", tag.name));
            }
        }
    }

    /// Checks a link from the site's root. Returns what is wrong with it.
    pub(crate) fn follow(&self, address: &str) -> Result<(), String> {
        self.check_address("index.html", address, false, &self.pages)
    }

    /// Checks an address on a page. Returns what is wrong with it. `may_leave` tells whether it may be on another site.
    fn check_address(
        &self,
        page: &str,
        address: &str,
        may_leave: bool,
        pages: &BTreeMap<&str, Html>,
    ) -> Result<(), String> {
        // 404.html is served for any path, so its links begin at the host's root.
        let from_root = address.strip_prefix("/ford/").filter(|_| page == "404.html");
        if let Some(path) = address.strip_prefix(BASE).or(from_root) {
            let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
            let target = format!("{}{index}", decoded(path));
            return self
                .paths
                .contains(target.as_str())
                .then_some(())
                .ok_or(format!("there is no `{target}`"));
        }
        let is_external =
            ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
        if is_external {
            return if may_leave { Ok(()) } else { Err("is loaded from another site".to_owned()) };
        }
        if address.starts_with('/') || address.contains("://") {
            return Err("is not a relative link".to_owned());
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        // The query is not part of the file name.
        let path = path.split('?').next().unwrap_or(path);
        let target = if path.is_empty() { page.to_owned() } else { resolve(page, &decoded(path))? };
        if !self.paths.contains(target.as_str()) {
            return Err(format!("there is no `{target}`"));
        }
        let known = |html: &Html| fragment.is_empty() || html.values("id").any(|id| id == decoded(fragment));
        match pages.get(target.as_str()) {
            Some(html) if !known(html) => Err(format!("`{target}` has no `#{fragment}`")),
            _ => Ok(()),
        }
    }
}

fn duplicates<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    values.filter(|value| !seen.insert(*value)).collect()
}

/// Resolves a relative link on a page to a path in the site. An error if it leads out of the site.
fn resolve(page: &str, relative: &str) -> Result<String, String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop().ok_or("leads out of the site")?;
            }
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// Percent-decodes a text: `%20` becomes a space.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[track_caller]
fn assert_links_work(site: &SiteTest) {
    assert_no_faults(&site.build().succeeds());
}

#[track_caller]
fn assert_no_faults(ran: &RunResult) {
    let faults = Web::read(ran).faults();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_link_of_the_repositorys_own_site_works() {
    assert_no_faults(SiteTest::own_built());
}

#[test]
fn every_link_of_the_golden_site_works() {
    assert_links_work(&SiteTest::golden());
}

#[test]
fn every_link_of_a_site_of_documents_alone_works() {
    let documents = ["One.", "Two.", "Three.", "Four."].iter().zip(["a", "Ein Brief", "新闻", "x(y)"]);
    assert_links_work(
        &documents.fold(SiteTest::new(), |site, (text, name)| site.file(&format!("seeds/{name}.txt"), text)),
    );
}

#[test]
fn every_link_of_a_site_with_base_url_works() {
    let golden = SiteTest::golden_with_cards();
    let site = format!("base_url = \"{BASE}\"\n{}", golden.text("site.toml"));
    assert_links_work(
        &golden.file("site.toml", &site).file("content/é ü/index.md", "+++\ntitle = \"A page\"\n+++\n"),
    );
}

#[test]
fn headings_can_have_the_names_of_theme_ids() {
    let headings = "## Main\n\n## At a glance\n\n## The sources\n\n## References\n\n## Notes\n\n## Cause\n\n## Ref 1\n\n## What is known\n";
    let page = format!(
        "+++\ntitle = \"A page\"\nmentions = [\"lamp\"]\n+++\n{headings}\nIt burnt.[^a]\n\n[^a]: Twice.\n"
    );
    let site = SiteTest::golden()
        .file("content/index.md", &page)
        .file("content/main.md", &page)
        .file("content/questions/main.md", "+++\ntitle = \"Why?\"\n+++\n");
    assert_links_work(&site);
}

#[test]
fn questions_can_share_names_of_headings_and_footnotes() {
    let question = "+++\ntitle = \"Why?\"\n+++\n### Why ask\n\nTo know.[^a]\n\n[^a]: What happened.\n";
    assert_links_work(
        &SiteTest::golden()
            .file("content/questions/one.md", question)
            .file("content/questions/two.md", question),
    );
}

#[test]
fn author_ids_never_collide_with_generated_ids() {
    let site = |body: &str| {
        SiteTest::golden().file("content/story.md", &format!("+++\ntitle = \"A page\"\n+++\n{body}\n"))
    };
    site("## A {#page--main}").check().finds_problems().stderr_contains("error[bad-id]");
    assert_links_work(&site("## Main\n\n## Page main\n\n## Cite 1\n\n## References\n\nIt burnt [@gazette]."));
}

#[test]
fn files_can_have_any_name() {
    let page = "+++\ntitle = \"A page\"\nnav = 1\n+++\nIt burnt [@gazette].\n";
    let names = ["a#b", "why?", "100%25 true", "é/ü ö"];
    assert_links_work(
        &names
            .iter()
            .fold(SiteTest::golden(), |site, name| site.file(&format!("content/places/{name}.md"), page)),
    );
}

#[test]
fn an_unreferenced_footnote_cites_nothing() {
    let page = "+++\ntitle = \"A page\"\n+++\nIt burnt.\n\n[^gone]: So they say [@letter].\n";
    assert_links_work(&SiteTest::golden().file("content/story.md", page));
}

#[test]
fn anchors_are_checked_in_pages_and_notes() {
    let to_question = "+++\ntitle = \"A page\"\n+++\n[Why](questions/cause.md#gone)\n";
    let ran = SiteTest::golden().file("content/story.md", to_question).check();
    ran.finds_problems().stderr_contains("error[broken-anchor]");
    let notes = "title = \"A letter\"\nnotes = \"[Up](#gone)\"\n";
    let ran = SiteTest::golden().file("seeds/letter.toml", notes).check();
    ran.finds_problems().stderr_contains("error[broken-anchor]");
}

#[test]
fn links_can_lead_to_the_terms_of_a_glossary() {
    let glossary = "+++\ntitle = \"Terms\"\n+++\n## Mill\n\nMill *race*\n: The water that drives a mill.\n\nMill\n: A machine.\n";
    let site = SiteTest::golden().file("content/terms.md", glossary);
    let story = |id: &str| format!("+++\ntitle = \"A page\"\n+++\n[It](terms.md#{id}) froze.\n");
    let ran = site.file("content/story.md", &story("mill-race")).build().succeeds();
    ran.page("story.html").contains("<a href=\"terms.html#mill-race\">It</a>");
    ran.page("terms.html")
        .contains("<dt id=\"mill-race\">Mill <em>race</em></dt>")
        .contains("<dt id=\"mill-2\">Mill</dt>");
    let ran = SiteTest::golden()
        .file("content/terms.md", glossary)
        .file("content/story.md", &story("race"))
        .check();
    ran.finds_problems().stderr_contains("error[broken-anchor]");
}

#[test]
fn the_link_checker_finds_all_faults() {
    let template = "<p id=a style='x'><p id=a onclick=b><a href='/x'></a><a href=gone.html></a><a href='#gone'></a>\
                    <img src='https://x.example/y.png'><script>1</script><script type='application/ld+json'>{</script><link href='https://mill.example/ford/gone'><a href='javascript:1'></a>\
                    <a href='compare.html#gone'></a><a href='../x'></a><a aria-labelledby=gone></a>";
    let ran = SiteTest::golden().file("templates/home.html", template).build().succeeds();
    let faults = Web::read(&ran).faults();
    let found = faults.iter().filter(|fault| fault.starts_with("index.html: ")).count();
    assert_eq!(found, 15, "{faults:#?}");
}
