//! Tests of the interface messages: completeness, languages, and overrides by the author.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise::render::embedded::{TEMPLATES, WORDS};

use crate::support::{SiteTest, tree};

/// Returns the messages of a language: key → text as written in TOML. Those of the desk have the prefix `desk.`.
fn messages(language: &str) -> BTreeMap<String, String> {
    let (_, text) = WORDS
        .iter()
        .find(|(name, _)| *name == format!("words/{language}.toml"))
        .expect("the language exists");
    let mut table: toml::Table = text.parse().expect("messages are valid TOML");
    let Some(toml::Value::Table(desk)) = table.remove("desk") else {
        panic!("{language} has no texts for the desk")
    };
    let desk = desk.into_iter().map(|(key, value)| (format!("desk.{key}"), value));
    table.into_iter().chain(desk).map(|(key, value)| (key, value.to_string())).collect()
}

/// Returns the message keys that a template (`"key" | say`) or code (`.text("key"`, `.fill("key"` …) uses.
fn used_keys(text: &str) -> BTreeSet<String> {
    let template = text.split("\" | say").filter_map(|before| before.rsplit_once('"').map(|(_, key)| key));
    let calls = [".text(\"", ".fill(\"", ".count(\"", ".numbered(\""];
    let code =
        calls.iter().flat_map(|call| text.split(call).skip(1).filter_map(|after| after.split('"').next()));
    let is_key = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    template.chain(code).filter(is_key).map(str::to_owned).collect()
}

#[test]
fn every_language_has_every_message() {
    let english: Vec<String> = messages("en").into_keys().collect();
    for (name, _) in WORDS {
        let language = name.trim_start_matches("words/").trim_end_matches(".toml");
        assert_eq!(messages(language).into_keys().collect::<Vec<_>>(), english, "{name}");
    }
}

#[test]
fn every_message_is_used_and_every_used_message_exists() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = tree(&root.join("src/render"))
        .into_iter()
        .filter(|(path, _)| std::path::Path::new(path).extension().is_some_and(|kind| kind == "rs"));
    let code = code.map(|(_, bytes)| String::from_utf8(bytes).expect("source code is UTF-8"));
    let templates = TEMPLATES.iter().map(|(_, text)| (*text).to_owned());
    let mut used: BTreeSet<String> = code.chain(templates).flat_map(|text| used_keys(&text)).collect();
    // Keys of menu pages, voices, alerts and months are composed at run time.
    let composed = ["compare_title", "sources_title", "months"];
    let voices = ["own", "attributed", "hedged", "forecast"].map(|voice| format!("voice_{voice}"));
    let alerts = ["note", "tip", "important", "warning", "caution"].map(|kind| format!("alert_{kind}"));
    used.extend(composed.map(str::to_owned).into_iter().chain(voices).chain(alerts));
    let known: BTreeSet<String> =
        messages("en").into_keys().filter(|key| !key.starts_with("desk.")).collect();
    let missing: Vec<_> = used.difference(&known).collect();
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(missing.is_empty() && unused.is_empty(), "missing: {missing:?}; unused: {unused:?}");
}

#[test]
fn every_text_of_the_desk_is_used() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = tree(&root.join("templates/desk")).into_iter().chain(tree(&root.join("src/desk")));
    let code: String = files.map(|(_, bytes)| String::from_utf8(bytes).expect("code is UTF-8")).collect();
    let keys = messages("en").into_keys().filter_map(|key| key.strip_prefix("desk.").map(str::to_owned));
    // Keys of states, voices, problems and of the two buttons of the history are composed at run time.
    let composed = ["state_", "voice_", "severity_", "undo_what", "redo_what"];
    let is_used = |key: &str| ['"', '\''].iter().any(|mark| code.contains(&format!("{mark}{key}{mark}")));
    let unused: Vec<String> =
        keys.filter(|key| !composed.iter().any(|prefix| key.starts_with(prefix)) && !is_used(key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn a_german_site_has_no_english_interface_text() {
    let site = SiteTest::golden();
    let german = site.text("site.toml").replace("title =", "language = \"de\"\ntitle =");
    let ran = site.file("site.toml", &german).build().succeeds();
    assert_eq!(ran.stderr, "");
    let page = ran
        .page("index.html")
        .contains("<html lang=\"de\">")
        .contains("3 von 3 Quellen antworten: 2 verschiedene Antworten");
    page.contains("Was jede Quelle sagt").lacks("What each").lacks("At a glance").lacks(">Sources");
    ran.page("sources/gazette.html").contains("7. Mai 1872").contains("zugeschrieben");
    ran.page("compare.html").contains("Beide stützen sich auf The miller");
}

#[test]
fn missing_messages_fall_back_to_english_with_a_warning() {
    let site = SiteTest::golden();
    let french = site.text("site.toml").replace("title =", "language = \"fr\"\ntitle =");
    let site = site.file("site.toml", &french).file("templates/words/fr.toml", "silent = \"se tait\"\n");
    let ran = site.build().succeeds().stderr_contains("warning[words-missing]");
    ran.page("compare.html").contains("se tait").contains("At a glance");
}

#[test]
fn the_author_can_override_one_message() {
    let site = SiteTest::golden().file("templates/words/en.toml", "silent = \"no word\"\n");
    let ran = site.build().succeeds();
    assert_eq!(ran.stderr, "");
    ran.page("compare.html").contains("no word").contains("At a glance");
}

#[test]
fn a_right_to_left_language_sets_the_text_direction() {
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
