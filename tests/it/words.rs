//! The interface's words: in the language of the site, the author's over the theme's, all of them there.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise::render::embedded::{TEMPLATES, WORDS};

use crate::support::{SiteTest, tree};

/// Key and text of every phrase of a language, forms and lists as they are written.
fn phrases(language: &str) -> BTreeMap<String, String> {
    let (_, text) =
        WORDS.iter().find(|(name, _)| *name == format!("words/{language}.toml")).expect("it is there");
    let table: toml::Table = text.parse().expect("words are TOML");
    table.into_iter().map(|(key, value)| (key, value.to_string())).collect()
}

/// The keys that a text asks for: in templates `"key" | say`, in code `.text("key"`, `.fill("key"` and so on.
fn asked(text: &str) -> BTreeSet<String> {
    let template = text.split("\" | say").filter_map(|before| before.rsplit_once('"').map(|(_, key)| key));
    let calls = [".text(\"", ".fill(\"", ".count(\"", ".numbered(\""];
    let code =
        calls.iter().flat_map(|call| text.split(call).skip(1).filter_map(|after| after.split('"').next()));
    let is_key = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    template.chain(code).filter(is_key).map(str::to_owned).collect()
}

#[test]
fn every_language_of_the_theme_has_every_word() {
    let english: Vec<String> = phrases("en").into_keys().collect();
    for (name, _) in WORDS {
        let language = name.trim_start_matches("words/").trim_end_matches(".toml");
        assert_eq!(phrases(language).into_keys().collect::<Vec<_>>(), english, "{name}");
    }
}

#[test]
fn every_word_is_asked_for_and_every_word_asked_for_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = tree(&root.join("src/render"))
        .into_iter()
        .filter(|(path, _)| std::path::Path::new(path).extension().is_some_and(|kind| kind == "rs"));
    let code = code.map(|(_, bytes)| String::from_utf8(bytes).expect("code is UTF-8"));
    let templates = TEMPLATES.iter().map(|(_, text)| (*text).to_owned());
    let mut asked: BTreeSet<String> = code.chain(templates).flat_map(|text| asked(&text)).collect();
    // Generated pages of the menu, voices, alerts and months are asked for by names that are put together.
    let together = ["compare_title", "sources_title", "months"];
    let voices = ["own", "attributed", "hedged", "forecast"].map(|voice| format!("voice_{voice}"));
    let alerts = ["note", "tip", "important", "warning", "caution"].map(|kind| format!("alert_{kind}"));
    asked.extend(together.map(str::to_owned).into_iter().chain(voices).chain(alerts));
    let known: BTreeSet<String> = phrases("en").into_keys().collect();
    let missing: Vec<_> = asked.difference(&known).collect();
    let idle: Vec<_> = known.difference(&asked).collect();
    assert!(missing.is_empty() && idle.is_empty(), "missing: {missing:?}; nothing asks for: {idle:?}");
}

#[test]
fn a_site_in_german_has_nothing_english_around_its_words() {
    let site = SiteTest::golden();
    let german = site.text("site.toml").replace("title =", "language = \"de\"\ntitle =");
    let ran = site.file("site.toml", &german).build().succeeds();
    assert_eq!(ran.stderr, "");
    let page = ran
        .page("index.html")
        .contains("<html lang=\"de\">")
        .contains("3 von 3 Quellen antworten, auf 2 Arten");
    page.contains("Was jede Quelle sagt").lacks("What each").lacks("At a glance").lacks(">Sources");
    ran.page("sources/gazette.html").contains("7. Mai 1872").contains("zugeschrieben");
    ran.page("compare.html").contains("Beide stützen sich auf The miller");
}

#[test]
fn what_a_language_lacks_is_said_in_english_and_told_of() {
    let site = SiteTest::golden();
    let french = site.text("site.toml").replace("title =", "language = \"fr\"\ntitle =");
    let site = site.file("site.toml", &french).file("templates/words/fr.toml", "silent = \"se tait\"\n");
    let ran = site.build().succeeds().stderr_contains("warning[words-missing]");
    ran.page("compare.html").contains("se tait").contains("At a glance");
}

#[test]
fn an_author_words_one_thing_anew() {
    let site = SiteTest::golden().file("templates/words/en.toml", "silent = \"no word\"\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.stderr, "");
    ran.page("compare.html").contains("no word").contains("At a glance");
}

#[test]
fn a_language_that_runs_leftward_turns_the_page() {
    let site = SiteTest::golden();
    let arabic = site.text("site.toml").replace("title =", "language = \"ar\"\ntitle =");
    site.file("site.toml", &arabic)
        .build()
        .succeeds()
        .page("index.html")
        .contains("<html lang=\"ar\" dir=\"rtl\">");
}

#[test]
fn the_theme_is_listed_and_printed_file_by_file() {
    let site = SiteTest::new();
    let list = site.run(&["theme"]).succeeds().stdout;
    assert!(
        list.lines().any(|line| line == "page.html") && list.lines().any(|line| line == "words/en.toml"),
        "{list}"
    );
    let printed = site.run(&["theme", "words/en.toml"]).succeeds().stdout;
    assert!(WORDS.iter().any(|(name, text)| *name == "words/en.toml" && *text == printed));
    site.run(&["theme", "pages.html"]).exits(2).stderr_contains("did you mean `page.html`?");
}
