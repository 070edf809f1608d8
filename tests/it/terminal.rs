//! Tests that the program's output is harmless, whatever documents, keys and file names contain: it can't change a
//! terminal's state, reorder text, or give commands to a CI service.

use crate::support::{RunResult, SiteTest, write};

/// Escape, CR, delete, C1, line and paragraph separator, and all directional marks, embeddings, overrides and isolates.
const STEERING: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\r\u{7f}\u{9b}\u{85}\u{2028}\u{2029}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\
    \u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
/// Those of these characters that a document in plain text may contain.
const DIRECTIONAL: &str = "\u{2028}\u{2029}\u{61c}\u{200e}\u{200f}\u{202e}\u{2066}";
const COMMANDS: &str = "::error::x ##[add-mask]x ##vso[x] ::stop-commands::x";

fn is_steering(c: char) -> bool {
    c != '\n' && c != '\t' && (c.is_control() || STEERING.contains(c) && !c.is_ascii_graphic())
}

/// Asserts that the output has no characters that steer a terminal, and no line that a CI service takes for a command.
/// The format for GitHub consists of lines that begin with `::error`, so these are allowed there.
#[track_caller]
fn assert_harmless(ran: &RunResult, is_for_github: bool) {
    for text in [&ran.stdout, &ran.stderr] {
        let found: Vec<char> = text.chars().filter(|c| is_steering(*c)).collect();
        assert!(found.is_empty(), "{found:?} in:\n{text}");
        for line in text.lines() {
            let is_command = line.trim_start().starts_with("::") && !is_for_github;
            assert!(!is_command && (is_for_github || !line.contains("##[")), "{line}");
        }
    }
}

fn hostile_sites() -> Vec<(&'static str, SiteTest)> {
    let page = |body: &str| format!("+++\ntitle = \"The mill\"\n+++\n{body}\n");
    let site = || SiteTest::two_pages().file("seeds/a.toml", "title = \"A\"\n");
    let hostile = format!("{STEERING}{COMMANDS}");
    let in_toml: Vec<String> = hostile.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let in_toml = in_toml.concat();
    let long = format!("{} ", "word".repeat(3)).repeat(5);
    let document =
        format!("The bridge is {DIRECTIONAL} closed today, {long}{COMMANDS} said the mayor of the town.");
    let quote =
        format!("The bridge is {} open today, {long}{COMMANDS} said the mayor", "\u{202e}\u{200f}\u{61c}");
    vec![
        ("an unknown source", site().file("content/x.md", &page(&format!("[@zz{STEERING}]")))),
        ("a key", site().file("content/x.md", &format!("+++\ntitle = \"T\"\n\"k{in_toml}\" = 1\n+++\n"))),
        ("an origin", site().file("seeds/b.toml", &format!("title = \"B\"\nrests_on = [\"{in_toml}\"]\n"))),
        ("a link", site().file("content/x.md", &page("[a](nowhere\u{202e}\u{2066}\u{200f}.md)"))),
        ("raw text in TOML", site().file("seeds/b.toml", &format!("titel = \"{STEERING}\"\n"))),
        (
            "a quote and the passage near it",
            site()
                .file("content/questions/b.md", "+++\ntitle = \"B?\"\n[positions]\nopen = \"Open\"\n+++\n")
                .file("seeds/b.txt", &document)
                .file(
                    "seeds/b.toml",
                    &format!(
                        "title = \"B\"\n[[answer]]\nquestion = \"b\"\nposition = \"open\"\nsummary = \"S\"\n\
                         quotes = [\"{quote}\"]\n"
                    ),
                ),
        ),
        ("a title that is cut", site().file("seeds/c.txt", &document)),
        ("words", site().file("templates/words/en.toml", &format!("\"x{in_toml}\" = \"y\"\n"))),
        ("a template", site().file("templates/page.html", &format!("{{{{ nothing_{STEERING} }}}}"))),
    ]
}

#[cfg(unix)]
fn sites_with_hostile_names() -> Vec<(&'static str, SiteTest)> {
    let name = format!("n{STEERING}\n{}", COMMANDS.replace('/', ""));
    let none = "+++\ntitle = \"T\"\n+++\n[@none]\n";
    let site = SiteTest::two_pages;
    vec![
        ("a page's name", site().file(&format!("content/{name}.md"), none)),
        ("a folder's name", site().file(&format!("content/{name}/x.md"), none)),
        ("a question's name", site().file(&format!("content/questions/{name}.md"), none)),
        ("a record's name", site().file(&format!("seeds/{name}.toml"), "")),
        ("a document's name", site().file(&format!("seeds/{name}.txt"), "")),
        ("a document of another kind", site().file(&format!("seeds/{name}.doc"), "")),
        ("a template's name", site().file(&format!("templates/{name}.html"), "{{ x")),
        ("a foreign file in the output", site().file(&format!("public/{name}"), "")),
        ("a link that leads nowhere", {
            let linked = site();
            let link = linked.path(&format!("content/{name}"));
            std::os::unix::fs::symlink("nowhere", link).expect("a link can be created");
            linked
        }),
    ]
}

#[cfg(not(unix))]
fn sites_with_hostile_names() -> Vec<(&'static str, SiteTest)> {
    Vec::new()
}

#[test]
fn messages_do_not_steer_terminals_or_ci_services() {
    for (what, site) in hostile_sites().into_iter().chain(sites_with_hostile_names()) {
        let mut printed = String::new();
        for arguments in [
            &["check"][..],
            &["build"],
            &["check", "--format", "github"],
            &["build", "--format", "github"],
            &["check", "--format", "json"],
            &["verify"],
            &["suggest"],
        ] {
            let ran = site.run(arguments);
            assert_harmless(&ran, arguments.contains(&"github"));
            printed += &ran.stderr;
            if arguments.contains(&"json") && !ran.stdout.is_empty() {
                let report: Result<serde_json::Value, _> = serde_json::from_str(&ran.stdout);
                assert!(report.is_ok(), "{what}: {report:?}\n{}", ran.stdout);
            }
        }
        assert!(
            printed.contains("\\u202e") || printed.contains('�') || what == "a title that is cut",
            "{what}:\n{printed}"
        );
    }
}

#[test]
fn colours_are_the_only_escape_sequences() {
    for (what, site) in hostile_sites().into_iter().chain(sites_with_hostile_names()) {
        let ran = site.run_with("", &["check"], &[("CLICOLOR_FORCE", "1")]);
        for part in ran.stderr.split('\u{1b}').skip(1) {
            let (code, _) = part.split_once('m').unwrap_or((part, ""));
            let is_colour =
                code.starts_with('[') && code[1..].chars().all(|c| c.is_ascii_digit() || c == ';');
            assert!(is_colour, "{what}: {part:?}");
        }
        let rest = ran.stderr.replace('\u{1b}', "");
        assert!(!rest.contains(is_steering), "{what}: {rest}");
    }
}

#[cfg(unix)]
#[test]
fn adding_documents_prints_their_names_and_titles_visibly() {
    let name = format!("in/n{STEERING}\n::error::x");
    let page = format!(
        "<title>T{STEERING} ##[x]</title><article><p>The old mill burnt down on Friday, they say.</article>"
    );
    let site = SiteTest::two_pages()
        .file(&format!("{name}.html"), &page)
        .file(&format!("{name}.txt"), "The ferry sank.")
        .file(&format!("{name}-2.txt"), "The ferry sank.")
        .file(&format!("{name}.doc"), "")
        .file("seeds/old\u{202e}.txt", "The bridge fell.")
        .file("in/again.txt", "The bridge fell.");
    for ending in [".html", ".txt", "-2.txt", ".doc", ".missing"] {
        assert_harmless(&site.run(&["add", &format!("{name}{ending}")]), false);
    }
    assert_harmless(&site.run(&["add", "in/again.txt"]).stdout_contains("old\\u202e.txt"), false);
    write(&site.path("in/b.txt"), b"The road is closed.");
    assert_harmless(&site.run(&["add", "--record-only", "in/b.txt"]).succeeds(), false);
}

#[test]
fn wrong_arguments_are_printed_visibly() {
    let site = SiteTest::two_pages();
    for arguments in [
        &["build", "--\u{202e}\u{1b}[31m"][..],
        &["bu\u{9b}ld"],
        &["check", "--explain", "quote\u{202e}\u{1b}[31m"],
        &["help", "\u{202e}\u{1b}[31m"],
        &["theme", "\u{202e}\u{1b}[31m"],
        &["suggest", "--source", "\u{202e}\u{1b}[31m"],
        &["build", "--root", "\u{202e}\u{1b}[31m"],
        &["build", "--originals", "\u{202e}\u{1b}[31m"],
        &["check", "--baseline", "\u{202e}\u{1b}[31m"],
    ] {
        assert_harmless(&site.run(arguments).cannot_run(), false);
    }
}
