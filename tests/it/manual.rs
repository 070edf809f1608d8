//! The manual and the README: their examples run, their tables are complete, and their lines fit a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clap::{CommandFactory, ValueEnum};
use sourcewise::cli::{Cli, Host};
use sourcewise::load::{QUESTION_KEYS, RECORD_KEYS, SITE_KEYS};
use sourcewise::manual::{CHAPTERS, chapter, plain_text};

use crate::support::SiteTest;

/// Maximum number of lines of the README, so that it stays short.
const MAX_README_LINES: usize = 150;
/// Maximum length of a line of the manual, so that it fits a terminal of usual width.
const MAX_LINE_CHARS: usize = 80;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn markdown(name: &str) -> &'static str {
    chapter(name).unwrap_or_else(|| panic!("there is no chapter `{name}`")).markdown
}

/// The fenced blocks of a kind in a text.
fn blocks<'t>(text: &'t str, kind: &str) -> Vec<&'t str> {
    let start = format!("\n```{kind}\n");
    let parts = text.split(start.as_str()).skip(1);
    parts.map(|part| part.split_once("\n```\n").expect("the block ends").0).collect()
}

/// The site of the first chapter: each file is announced by `<!-- file: path -->`.
fn first_site() -> SiteTest {
    let mut site = SiteTest::new();
    let parts: Vec<&str> = markdown("getting-started").split("\n<!-- file: ").skip(1).collect();
    assert_eq!(parts.len(), 6, "the chapter promises six files");
    for part in parts {
        let (path, rest) = part.split_once(" -->\n```").expect("a block follows the path");
        let (_, rest) = rest.split_once('\n').expect("the block has lines");
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
fn the_readme_is_short_and_its_links_lead_to_files() {
    let readme = read("README.md");
    let length = readme.lines().count();
    assert!(length <= MAX_README_LINES, "{length} lines");
    let links: Vec<&str> = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.starts_with("http"))
        .collect();
    assert!(links.len() > CHAPTERS.len(), "{links:?}");
    for link in &links {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "the README links to {link}");
    }
    for chapter in CHAPTERS {
        let path = format!("src/manual/{}.md", chapter.name);
        assert!(links.contains(&path.as_str()), "the README doesn't link to {path}");
    }
}

#[test]
fn files_named_for_contributors_exist() {
    let text = read("CONTRIBUTING.md");
    let paths = text.split('`').skip(1).step_by(2).filter(|code| {
        ["src/", "tests/", "templates/"].iter().any(|top| code.starts_with(top)) && !code.contains('<')
    });
    for path in paths.filter_map(|code| code.split([' ', '*']).next()) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "CONTRIBUTING.md names {path}");
    }
}

#[test]
fn commands_named_in_the_documentation_exist() {
    let mut program = Cli::command();
    program.build();
    let known: BTreeSet<&str> =
        program.get_subcommands().map(clap::Command::get_name).chain(["COMMAND", "CHAPTER"]).collect();
    let papers = [read("README.md"), read("CONTRIBUTING.md")];
    let texts = papers.iter().map(String::as_str).chain(CHAPTERS.iter().map(|chapter| chapter.markdown));
    for text in texts {
        for rest in text.split("`sourcewise ").skip(1).chain(text.split("\nsourcewise ").skip(1)) {
            let name = rest.split([' ', '`', '\n']).next().unwrap_or_default();
            assert!(known.contains(name) || name.starts_with('-'), "`sourcewise {name}` is no command");
        }
    }
}

#[test]
fn the_first_site_of_the_manual_builds() {
    let ran = first_site().build().succeeds().stdout_contains("1 source, 2 questions");
    assert_eq!(ran.stderr, "");
    let comparison = ran.comparison();
    let states = ["0", "1"].map(|row| comparison.pointer(&format!("/questions/{row}/cells/0/state")));
    assert_eq!(states.map(|state| state.and_then(|state| state.as_str())), [Some("says"), Some("silent")]);
}

#[test]
fn the_problem_shown_in_the_manual_is_printed_so() {
    let message = blocks(markdown("checks"), "text")[0];
    let site = first_site();
    let record = site.text("seeds/gazette.toml");
    let wrong = record.replace("night watch, it was lightning\"", "night watch, it was thunder\"");
    assert_ne!(record, wrong);
    site.file("seeds/gazette.toml", &wrong).check().finds_problems().stderr_contains(&format!("{message}\n"));
}

#[test]
fn the_toml_shown_in_the_manual_is_understood() {
    let files = [
        ("records", "seeds/gazette.toml"),
        ("pages", "content/page.md"),
        ("output", "site.toml"),
        ("templates", "templates/words/en.toml"),
        ("checks", "accepted.toml"),
    ];
    for (name, path) in files {
        let shown = blocks(markdown(name), "toml");
        assert!(!shown.is_empty(), "{name} shows no TOML");
        for toml in shown {
            let title = if toml.contains("title =") || !path.starts_with("seeds/") && path != "site.toml" {
                ""
            } else {
                "title = \"The fire\"\n"
            };
            let text = match path {
                "content/page.md" => format!("+++\ntitle = \"The mill\"\n{toml}\n+++\nText.\n"),
                _ => format!("{title}{toml}\n"),
            };
            let ran = first_site().file(path, &text).run(&[
                "check",
                "--format",
                "json",
                "--baseline",
                "accepted.toml",
            ]);
            let ran = if path == "accepted.toml" {
                ran
            } else {
                first_site().file(path, &text).run(&["check", "--format", "json"])
            };
            let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
            let codes =
                report["problems"].as_array().expect("a list").iter().filter_map(|p| p["code"].as_str());
            let wrong: Vec<&str> = codes
                .filter(|code| {
                    ["unknown-key", "wrong-type", "bad-value", "toml-syntax", "missing-key"].contains(code)
                })
                .collect();
            assert!(wrong.is_empty(), "{name}: {wrong:?} in\n{toml}");
        }
    }
}

#[test]
fn the_question_and_the_page_shown_in_the_manual_are_understood() {
    for (name, path) in [("questions", "content/questions/chips.md"), ("pages", "content/story.md")] {
        let shown = blocks(markdown(name), "markdown")[0];
        let site =
            first_site().file("seeds/chips.txt", "The model was trained on chips by Nvidia or Huawei.\n");
        let ran = site.file(path, &format!("{shown}\n")).build().succeeds();
        assert_eq!(ran.stderr, "", "{name}");
    }
}

#[test]
fn the_templates_shown_in_the_manual_work() {
    let [change, fit] = blocks(markdown("templates"), "jinja").try_into().expect("two examples");
    let site = first_site().file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt sank.\n");
    let page = site.file("templates/page.html", change).build().succeeds().page("ferry.html");
    page.contains("<p>Before the text.</p>").contains("<p>It sank.</p>").contains("<!doctype html>");
    let site = first_site().file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt sank.\n");
    let fit = format!(
        "{{% extends \"builtin/page.html\" %}}\n{{% block content %}}{fit}[{{{{ fitted.size }}}}]{{% endblock %}}"
    );
    site.file("templates/page.html", &fit).build().succeeds().page("ferry.html").contains("[60]");
}

#[test]
fn the_hosts_of_the_manual_are_those_of_the_program() {
    let (_, table) = markdown("hosting").split_once("\n| `--host` |").expect("hosts have a table");
    let rows = table.lines().skip(2).map_while(|line| line.strip_prefix("| `"));
    let listed: Vec<(&str, &str)> = rows.filter_map(|row| row.split_once("` | `")).collect();
    let listed: Vec<(&str, &str)> =
        listed.into_iter().map(|(host, rest)| (host, rest.split('`').next().unwrap_or(rest))).collect();
    let names = Host::value_variants().iter().filter_map(Host::to_possible_value);
    let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
    let known: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(Host::value_variants().iter().map(|host| host.path())).collect();
    assert_eq!(listed, known);
}

#[test]
fn nginx_as_the_manual_sets_it_up_sends_the_headers_that_are_written_for_other_hosts() {
    let nginx = blocks(markdown("hosting"), "nginx")[0];
    let headers = first_site().build().succeeds().page("_headers").text;
    let everywhere = headers.lines().skip(1).map_while(|line| line.strip_prefix("  ")?.split_once(": "));
    let plain = nginx.replace('"', "");
    let missing: Vec<&str> = everywhere
        .filter(|(name, value)| !plain.contains(&format!("add_header {name} {value} always;")))
        .map(|(name, _)| name)
        .collect();
    assert!(headers.starts_with("/*\n  Content-Security-Policy: ") && missing.is_empty(), "{missing:?}");
}

/// Returns the keys in the first column of each table of the manual's file reference, by the heading above the table.
fn reference() -> BTreeMap<String, BTreeSet<String>> {
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in markdown("files").lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if let Some((key, _)) = line.strip_prefix("| `").and_then(|row| row.split_once('`')) {
            tables.entry(heading.clone()).or_default().insert(key.to_owned());
        }
    }
    tables
}

/// Returns the keys that are valid at the place of the only unknown key in `text`, as the help of the problem lists
/// them. It lists all if the unknown key isn't similar to any of them.
fn known_keys(path: &str, text: &str, arguments: &[&str]) -> BTreeSet<String> {
    let ran = first_site().file(path, text).run(&[&["check", "--format", "json"], arguments].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
    let problems = report["problems"].as_array().expect("a list");
    let unknown: Vec<_> = problems.iter().filter(|problem| problem["code"] == "unknown-key").collect();
    assert_eq!(unknown.len(), 1, "{path}: {report}");
    let help = unknown[0]["help"].as_str().expect("a help");
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_file_reference_has_every_key_that_the_program_knows_and_no_other() {
    const KEY: &str = "unheard_of = 1";
    let cases = [
        ("site.toml", "site.toml", format!("{KEY}\ntitle = \"T\"")),
        ("[limits] in site.toml", "site.toml", format!("title = \"T\"\n[limits]\n{KEY}")),
        ("[check] in site.toml", "site.toml", format!("title = \"T\"\n[check]\n{KEY}")),
        ("[output] in site.toml", "site.toml", format!("title = \"T\"\n[output]\n{KEY}")),
        ("[origins.ID] in site.toml", "site.toml", format!("title = \"T\"\n[origins.watch]\n{KEY}")),
        ("seeds/ID.toml", "seeds/gazette.toml", format!("{KEY}\ntitle = \"T\"")),
        (
            "[[answer]] in seeds/ID.toml",
            "seeds/gazette.toml",
            format!(
                "title = \"T\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"S\"\n{KEY}"
            ),
        ),
        (
            "content/questions/ID.md",
            "content/questions/cause.md",
            format!("+++\ntitle = \"T\"\n{KEY}\n+++\n"),
        ),
        ("content/PATH.md", "content/story.md", format!("+++\ntitle = \"T\"\n{KEY}\n+++\n")),
        (
            "[verdict] in content/PATH.md",
            "content/story.md",
            format!("+++\ntitle = \"T\"\n[verdict]\n{KEY}\n+++\n"),
        ),
        (
            "[[verdict.answer]] in content/PATH.md",
            "content/story.md",
            format!(
                "+++\ntitle = \"T\"\n[[verdict.answer]]\nquestion = \"cause\"\nanswer = \"A\"\n{KEY}\n+++\n"
            ),
        ),
    ];
    let mut reference = reference();
    let tables = ["limits", "check", "output", "origins", "groups", "positions", "silent", "answer"];
    let file_keys = [
        ("site.toml", SITE_KEYS),
        ("seeds/ID.toml", RECORD_KEYS),
        ("content/questions/ID.md", QUESTION_KEYS),
    ];
    for (heading, keys) in file_keys {
        let plain = reference[heading].iter().map(String::as_str).filter(|key| !tables.contains(key));
        let top = keys.iter().copied().filter(|key| !tables.contains(key));
        assert_eq!(plain.collect::<BTreeSet<_>>(), top.collect(), "{heading}");
    }
    for (heading, path, text) in cases {
        let listed = reference.remove(heading).unwrap_or_default();
        assert_eq!(listed, known_keys(path, &text, &[]), "{heading}");
    }
    let baseline = format!("[[accept]]\nid = \"3f2a9c10\"\nreason = \"R\"\n{KEY}\n");
    let listed = reference.remove("The baseline of `check --baseline FILE`").unwrap_or_default();
    assert_eq!(listed, known_keys("accepted.toml", &baseline, &["--baseline", "accepted.toml"]));
    let lock: toml::Table = read("seeds/quotes.lock").parse().expect("the lock is TOML");
    let listed = reference.remove("seeds/quotes.lock").unwrap_or_default();
    // This site has no scans, no pages without text, and no documents with pages.
    let of_others = ["machine_read", "from_metadata", "divisions"].map(str::to_owned);
    assert_eq!(listed, keys_of_lock(&lock).into_iter().chain(of_others).collect());
    assert_eq!(reference.into_keys().collect::<Vec<_>>(), ["Other folders"]);
}

/// The keys of all sources and quotes in a lock.
fn keys_of_lock(lock: &toml::Table) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in lock["source"].as_table().expect("sources").values().filter_map(toml::Value::as_table) {
        keys.extend(source.keys().filter(|key| *key != "quote").cloned());
        let quotes = source["quote"].as_array().expect("quotes").iter().filter_map(toml::Value::as_table);
        keys.extend(quotes.flat_map(|quote| quote.keys().cloned()));
    }
    keys
}

#[test]
fn each_chapter_is_printed_in_lines_that_fit_a_terminal() {
    for chapter in CHAPTERS {
        let printed = SiteTest::new().run(&["help", chapter.name]).succeeds().stdout;
        assert_eq!(printed, plain_text(chapter.markdown), "{}", chapter.name);
        let prose = printed.lines().filter(|line| !line.starts_with("    "));
        let long: Vec<&str> = prose.filter(|line| line.chars().count() > MAX_LINE_CHARS).collect();
        assert!(long.is_empty(), "{}: {long:?}", chapter.name);
        for rest in chapter.markdown.split("](").skip(1) {
            let link = rest.split(')').next().unwrap_or_default();
            let leads = link.strip_suffix(".md").is_some_and(|name| self::chapter(name).is_some());
            assert!(leads || link.starts_with("http") || link.contains('/'), "{}: {link}", chapter.name);
        }
    }
}

#[test]
fn help_lists_commands_and_chapters_and_explains_each() {
    let help = SiteTest::new().run(&["help"]).succeeds().stdout;
    assert_eq!(help, SiteTest::new().run(&["--help"]).succeeds().stdout);
    for chapter in CHAPTERS {
        assert!(help.contains(&format!("\n  {} ", chapter.name)), "{}", chapter.name);
    }
    let mut program = Cli::command();
    program.build();
    for command in program.get_subcommands() {
        let name = command.get_name();
        assert!(chapter(name).is_none(), "`{name}` is a command and a chapter");
        let printed = SiteTest::new().run(&["help", name]).succeeds().stdout;
        assert_eq!(printed, SiteTest::new().run(&[name, "--help"]).succeeds().stdout);
    }
}

#[test]
fn help_on_a_word_prints_the_chapter_that_explains_it() {
    for (word, chapter) in
        [("voice", "records"), ("silent", "records"), ("citations", "pages"), ("citation", "pages")]
    {
        let printed = SiteTest::new().run(&["help", word]).succeeds().stdout;
        assert_eq!(printed, SiteTest::new().run(&["help", chapter]).succeeds().stdout, "{word}");
    }
}

#[test]
fn help_on_an_unknown_topic_suggests_a_near_one() {
    let near = SiteTest::new().run(&["help", "quote"]).cannot_run();
    assert_eq!(
        near.stderr,
        "error: there is no command or chapter `quote`\n  help: did you mean `quotes`?\n"
    );
    SiteTest::new().run(&["help", "xylophone"]).cannot_run().stderr_contains("`sourcewise help` lists them");
}
