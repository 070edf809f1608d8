//! What the README promises: its site builds, its messages are the program's, and so are its commands.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use sourcewise::cli::Host;

use crate::support::SiteTest;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there is a README")
}

/// The first fenced block of some kind in `text`, and what follows it.
fn block<'t>(text: &'t str, kind: &str) -> Option<(&'t str, &'t str)> {
    let (_, rest) = text.split_once(&format!("\n```{kind}\n"))?;
    rest.split_once("\n```\n")
}

/// The site that the README shows: each file is announced by `<!-- file: path -->`.
fn shown() -> SiteTest {
    let text = readme();
    let mut site = SiteTest::new();
    let parts: Vec<&str> = text.split("\n<!-- file: ").skip(1).collect();
    assert!(parts.len() >= 5, "only {} files", parts.len());
    for part in parts {
        let (path, rest) = part.split_once(" -->\n").expect("a path");
        let (head, rest) = rest.split_once('\n').expect("a block");
        assert!(head.starts_with("```"), "no block follows on `{path}`");
        let (text, _) = rest.split_once("\n```\n").expect("the block ends");
        site = site.file(path, &format!("{text}\n"));
    }
    site
}

#[test]
fn a_fresh_clone_checks_and_builds() {
    let clone = SiteTest::own();
    assert!(!clone.path("originals").exists(), "a clone has no documents");
    let checked = clone.check().succeeds();
    assert_eq!((checked.stdout.as_str(), checked.stderr.as_str()), ("no problems\n", ""));
    let ran = SiteTest::own_built();
    assert!(
        ran.stdout.contains("5 sources") && ran.stdout.contains("open public/index.html"),
        "{}",
        ran.stdout
    );
    for path in ["index.html", "compare.html", "compare.json"] {
        assert!(ran.public.contains_key(path), "{path}");
    }
}

#[test]
fn the_site_that_the_readme_shows_builds() {
    let ran = shown().build().succeeds().stdout_contains("1 source, 2 questions");
    assert_eq!(ran.stderr, "");
    let comparison = ran.comparison();
    let states = ["0", "1"].map(|row| comparison.pointer(&format!("/questions/{row}/cells/0/state")));
    assert_eq!(states.map(|state| state.and_then(|state| state.as_str())), [Some("says"), Some("silent")]);
}

#[test]
fn the_message_that_the_readme_shows_is_what_the_program_prints() {
    let text = readme();
    let message = text.split("\n```text\n").find(|block| block.starts_with("error[")).expect("a message");
    let (message, _) = message.split_once("\n```\n").expect("the block ends");
    let site = shown();
    let record = site.text("seeds/gazette.toml");
    let wrong = record.replace("night watch, it was lightning\"", "night watch, it was thunder\"");
    assert_ne!(record, wrong);
    site.file("seeds/gazette.toml", &wrong).check().finds_problems().stderr_contains(&format!("{message}\n"));
}

#[test]
fn the_template_that_the_readme_shows_changes_one_block() {
    let text = readme();
    let (template, _) = block(&text, "jinja").expect("a template");
    let site = shown().file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt sank.\n");
    let page = site.file("templates/page.html", template).build().succeeds().page("ferry.html");
    page.contains("<p>Before the text.</p>").contains("<p>It sank.</p>").contains("<!doctype html>");
}

#[test]
fn the_commands_of_the_readme_are_those_of_the_program() {
    let text = readme();
    let told: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `sourcewise ")?.split([' ', '`']).next())
        .collect();
    let help = SiteTest::new().run(&["--help"]).succeeds().stdout;
    let (_, list) = help.split_once("Commands:\n").expect("help lists the commands");
    let known =
        list.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    assert_eq!(told, known.filter(|name| *name != "help").collect::<Vec<_>>());
}

#[test]
fn the_hosts_of_the_readme_are_those_of_the_program() {
    let text = readme();
    let (_, table) = text.split_once("\n| `--host` |").expect("hosts have a table");
    let rows = table.lines().skip(2).map_while(|line| line.strip_prefix("| `"));
    let told: Vec<(&str, &str)> = rows.filter_map(|row| row.split_once("` | `")).collect();
    let told: Vec<(&str, &str)> =
        told.into_iter().map(|(host, rest)| (host, rest.split('`').next().unwrap_or(rest))).collect();
    let names = Host::value_variants().iter().filter_map(Host::to_possible_value);
    let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
    let known: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(Host::value_variants().iter().map(|host| host.path())).collect();
    assert_eq!(told, known);
}

#[test]
fn nginx_as_the_readme_sets_it_up_sends_the_headers_that_are_written_for_other_hosts() {
    let text = readme();
    let (nginx, _) = block(&text, "nginx").expect("a text for nginx");
    let headers = shown().build().succeeds().page("_headers").text;
    let everywhere = headers.lines().skip(1).map_while(|line| line.strip_prefix("  ")?.split_once(": "));
    let plain = nginx.replace('"', "");
    let missing: Vec<&str> = everywhere
        .filter(|(name, value)| !plain.contains(&format!("add_header {name} {value} always;")))
        .map(|(name, _)| name)
        .collect();
    assert!(headers.starts_with("/*\n  Content-Security-Policy: ") && missing.is_empty(), "{missing:?}");
}
