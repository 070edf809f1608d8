//! `check` on the finished site: its findings, none of them on valid sites, and their suppression by a baseline.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{RunResult, SiteTest, with_base_url};

fn planted() -> SiteTest {
    SiteTest::case(include_str!("../sites/planted.txt")).bytes("content/heavy.png", &vec![0; 600_000])
}

fn report(ran: &RunResult) -> Value {
    serde_json::from_str(&ran.stdout).expect("the output is JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the value is a string")
}

fn problems(report: &Value) -> &[Value] {
    report["problems"].as_array().expect("`problems` is a list")
}

fn problem_ids(site: &SiteTest) -> BTreeSet<String> {
    let report = report(&site.run(&["check", "--format", "json"]));
    problems(&report).iter().map(|problem| text(&problem["id"]).to_owned()).collect()
}

#[test]
fn every_planted_defect_is_found_and_nothing_else() {
    let report = report(&planted().run(&["check", "--format", "json"]).finds_problems());
    let found: BTreeSet<(&str, &str)> =
        problems(&report).iter().map(|p| (text(&p["code"]), text(&p["message"]))).collect();
    let missing = [
        "no-style.css",
        "no-script.js",
        "no-page.html",
        "no-picture.png",
        "no-set.png",
        "no-poster.png",
        "no-object.pdf",
        "no-form.html",
        "no-action.html",
        "no-address.html",
        "no-home.html",
        "no-refresh.html",
        "paper.css",
        "no-paper.png",
    ];
    let missing: Vec<String> =
        missing.iter().map(|path| format!("there is no `{path}` in this site")).collect();
    let others = [
        ("page-link", "the file is named `compare.html`, not `Compare.html`"),
        ("page-link", "`../../no-way.html` leads outside the site"),
        ("page-anchor", "`compare.html` has no element with the id `no-row`"),
        ("page-anchor", "`wheel.html` has no element with the id `no-place`"),
        ("page-id", "several elements of this page have the id `oak`"),
        ("page-image", "this image has no `alt`"),
        ("page-heading", "the heading “Too deep” skips a level: `h4` after `h1`"),
        ("page-heading", "this page has 2 `h1` headings"),
        ("page-heading", "this page has no `h1`"),
        ("page-link-name", "this link has no text that says where it leads"),
        ("page-title", "this page has no title"),
        ("page-title", "2 pages have the title “The wheel · The mill”: `old/wheel.html`, `wheel.html`"),
        ("page-language", "this page does not declare its language"),
        ("page-weight", "this page and everything it loads have 661 kB; the limit is 500 kB"),
    ];
    let expected: BTreeSet<(&str, &str)> =
        missing.iter().map(|message| ("page-link", message.as_str())).chain(others).collect();
    assert_eq!(found, expected);
    assert!(expected.len() >= 20);
}

#[test]
fn nothing_is_found_in_valid_sites() {
    let starter = SiteTest::new();
    starter.run(&["new", "mill"]).succeeds();
    let documents = ["One.", "Two.", "Three."].iter().zip(["a", "b c", "x"]);
    let bare =
        documents.fold(SiteTest::new(), |site, (text, name)| site.file(&format!("seeds/{name}.txt"), text));
    let clean = "no problems\n";
    assert_eq!(starter.run_in("mill", &["check"]).succeeds().stdout, clean, "the site of `new`");
    for site in [
        SiteTest::own(),
        SiteTest::golden_with_cards(),
        SiteTest::story(),
        with_base_url(SiteTest::golden_with_cards()),
        bare,
    ] {
        let ran = site.check().succeeds();
        assert_eq!((ran.stderr.as_str(), ran.stdout.as_str()), ("", clean));
    }
}

#[test]
fn a_defect_of_all_pages_is_reported_once_with_their_names() {
    let page = SiteTest::golden().run(&["theme", "base.html"]).succeeds().stdout;
    let faulty = page.replace("</footer>", "<a href=\"{{ root }}imprint.html\">Imprint</a></footer>");
    let ran = SiteTest::golden().file("templates/base.html", &faulty).check().finds_problems();
    assert_eq!(ran.stderr.matches("error[page-link]").count(), 1);
    ran.stderr_contains("note: also on 16 other pages: `compare.html`,").stderr_contains("1 error\n");
}

#[test]
fn a_site_that_cannot_be_built_is_not_audited() {
    let ran = planted().file("content/day.md", "+++\ntitle = \"The day\"\n+++\n[@nobody]\n").check();
    assert_eq!(ran.finds_problems().stderr.matches("error[").count(), 1);
}

#[test]
fn ids_depend_neither_on_other_content_nor_on_the_working_directory() {
    let site = planted();
    let before = problem_ids(&site);
    assert!(before.iter().all(|id| id.len() == 8 && id.chars().all(|c| c.is_ascii_hexdigit())), "{before:?}");
    let template = site.text("templates/faulty.html");
    let moved = template.replace("{% block content %}", "{% block content %}\n<p>More.</p>\n\n");
    let site = site.file("templates/faulty.html", &moved).file("below/note.txt", "");
    assert_eq!(problem_ids(&site), before);
    let below = report(&site.run_in("below", &["check", "--format", "json"]));
    assert_eq!(problems(&below).len(), before.len());
    assert!(problems(&below).iter().all(|problem| before.contains(text(&problem["id"]))));
}

#[test]
fn equal_problems_have_different_ids() {
    let page = "+++\ntitle = \"A page\"\n+++\nIt <b>burnt, <b>they say.\n";
    let site = SiteTest::new().file("site.toml", "title = \"The mill\"\ncards = false\n");
    // Two problems on each page, and one because both pages have the same title.
    assert_eq!(problem_ids(&site.file("content/a.md", page).file("content/b.md", page)).len(), 5);
}

#[test]
fn a_baseline_suppresses_what_it_names_and_the_rest_is_reported() {
    let site = planted();
    let all = problem_ids(&site);
    let entry = |id: &String| format!("[[accept]]\nid = \"{id}\"\nreason = \"it is planted\"\n");
    let baseline: String = all.iter().map(entry).collect();
    let site = site.file("accepted.toml", &baseline);
    let count = all.len();
    let ran = site.run(&["check", "--baseline", "accepted.toml"]).succeeds();
    assert_eq!((ran.stdout, ran.stderr), (format!("no problems, {count} accepted\n"), String::new()));
    let json = report(&site.run(&["check", "--baseline", "accepted.toml", "--format", "json"]).succeeds());
    assert_eq!(json, serde_json::json!({"problems": [], "errors": 0, "warnings": 0, "accepted": count}));
    let ran = site.run(&["check", "--baseline", "accepted.toml", "--format", "github"]).succeeds();
    assert_eq!(ran.stdout, format!("{count} accepted\n"));

    let fixed = site.text("templates/faulty.html").replace("no-page.html", "no-other.html");
    let site = site.file("templates/faulty.html", &fixed);
    let ran = site.run(&["check", "--baseline", "accepted.toml"]).finds_problems();
    ran.stderr_contains("error[page-link]: there is no `no-other.html`")
        .stderr_contains("warning[baseline-stale]")
        .stderr_contains(&format!("1 error, 1 warning, {} accepted\n", count - 1));
}

#[test]
fn a_missing_baseline_is_an_error() {
    planted().run(&["check", "--baseline", "nowhere.toml"]).cannot_run().stderr_contains("nowhere.toml");
}

#[test]
fn the_baseline_path_is_relative_to_the_working_directory() {
    let site = planted().file("below/accepted.toml", "[[accept]]\nid = \"0badc0de\"\nreason = \"why not\"\n");
    let ran = site.run_in("below", &["check", "--baseline", "accepted.toml"]);
    ran.finds_problems()
        .stderr_contains("--> accepted.toml:2:6")
        .stderr_contains("--> ../public/wheel.html:");
}

#[test]
fn build_reports_its_problems_in_every_format() {
    let site = SiteTest::golden().file("content/extra.md", "+++\ntitle = \"More\"\n+++\nIt <b>burnt.\n");
    let ran = site.run(&["build", "--format", "json"]).succeeds().wrote("index.html");
    let json = report(&ran);
    assert_eq!((&json["errors"], &json["warnings"]), (&0.into(), &1.into()));
    assert_eq!(json["problems"][0]["code"], "raw-html");
    let ran = site.run(&["build", "--format", "github"]).succeeds();
    ran.stdout_contains("::warning file=content/extra.md,line=4,col=4,title=raw-html::");
    let site = site.file("content/extra.md", "+++\ntitle = \"More\"\n+++\n[@nobody]\n");
    let json = report(&site.run(&["build", "--format", "json"]).finds_problems());
    assert_eq!(json["errors"], 1);
}

#[test]
fn a_command_that_cannot_run_reports_so_in_every_format() {
    let site = SiteTest::golden()
        .file("content/extra.md", "+++\ntitle = \"More\"\n+++\nIt <b>burnt.\n")
        .file("taken/theirs.txt", "not ours\n");
    let unwritable = ["build", "--out", "taken"];
    let elsewhere = ["check", "--root", "nowhere"];
    for (arguments, problems, cause) in [(unwritable, 1, "theirs.txt"), (elsewhere, 0, "nowhere")] {
        let json = site.run(&[&arguments[..], &["--format", "json"]].concat()).cannot_run();
        let json = report(&json.stderr_contains(cause));
        assert_eq!(json["errors"], 1, "{json}");
        assert_eq!(json["problems"].as_array().map(Vec::len), Some(problems), "{json}");
        assert!(json["failure"].as_str().is_some_and(|failure| failure.contains(cause)), "{json}");
        let ran = site.run(&[&arguments[..], &["--format", "github"]].concat()).cannot_run();
        assert_eq!(ran.stdout.matches("::warning file=content/extra.md").count(), problems);
        let failure = ran.stdout.lines().find(|line| line.starts_with("::error title=could not run::"));
        assert!(failure.is_some_and(|line| line.contains(cause)), "{}", ran.stdout);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let site = SiteTest::golden();
    for arguments in [&["check", "--format", "json"][..], &["theme"], &["help", "pages"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has this device");
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_sourcewise"))
            .args(arguments)
            .current_dir(site.path(""))
            .stdout(full)
            .output()
            .expect("cargo builds the program before its tests");
        let message = String::from_utf8_lossy(&program.stderr);
        assert!(program.status.code() == Some(2) && message.contains("cannot write the output"), "{message}");
    }
}
