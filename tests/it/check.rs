//! Tests of `check --format`: problems in machine-readable formats.

use serde_json::{Value, json};

use crate::support::{RunResult, SiteTest};

fn site_with_problems() -> SiteTest {
    let page = "+++\ntitle = \"Die Mühle\"\n+++\nÄ 100 %: [@gazete]. It <b>burnt.\n";
    SiteTest::new().file("content/a, b.md", page).file("seeds/gazette.toml", "title = \"The Ford Gazette\"\n")
}

fn json(ran: &RunResult) -> Value {
    serde_json::from_str(&ran.stdout).expect("the output is JSON")
}

#[test]
fn json_reports_every_problem_with_its_position() {
    let ran = site_with_problems().run(&["check", "--format", "json"]).finds_problems();
    assert_eq!(ran.stderr, "");
    let report = json(&ran);
    assert_eq!((&report["errors"], &report["warnings"]), (&json!(1), &json!(1)));
    let first = json!({
        "code": "unknown-source",
        "id": "ab9a9c32",
        "severity": "error",
        "message": "there is no source `gazete`",
        "path": "content/a, b.md",
        "line": 4,
        "column": 10,
        "help": "did you mean `gazette`?",
    });
    assert_eq!(report["problems"][0], first);
    assert_eq!(report["problems"][1]["code"], "raw-html");
    assert_eq!(report["problems"][1]["severity"], "warning");
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(2));
}

#[test]
fn json_of_a_site_without_problems_has_an_empty_list() {
    let ran = SiteTest::golden().run(&["check", "--format", "json"]).succeeds();
    assert_eq!(json(&ran), json!({"problems": [], "errors": 0, "warnings": 0}));
}

#[test]
fn github_format_annotates_lines() {
    let ran = site_with_problems().run(&["check", "--format", "github"]).finds_problems();
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let first = "::error file=content/a%2C b.md,line=4,col=10,title=unknown-source::there is no source `gazete`%0Ahelp: did you mean `gazette`?";
    assert_eq!(lines[0], first);
    assert!(lines[1].starts_with("::warning file=content/a%2C b.md,line=4,col="), "{}", lines[1]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn an_unknown_format_is_an_error() {
    site_with_problems().run(&["check", "--format", "xml"]).cannot_run().stderr_contains("github");
}

#[test]
fn json_reports_a_dozen_different_codes_in_one_run() {
    let many = SiteTest::case(include_str!("../problems/many-at-once.txt"));
    let report = json(&many.run(&["check", "--format", "json"]).finds_problems());
    let problems = report["problems"].as_array().expect("`problems` is a list");
    let codes: std::collections::BTreeSet<&str> =
        problems.iter().filter_map(|problem| problem["code"].as_str()).collect();
    assert!(codes.len() >= 12, "only {codes:?}");
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let site = site_with_problems().file("below/note.txt", "");
    site.run_in("below", &["check"]).finds_problems().stderr_contains("--> ../content/a, b.md:4:10");
    let ran = site.run_in("below", &["check", "--root", "..", "--format", "github"]).finds_problems();
    ran.stdout_contains("file=../content/a%2C b.md,line=4,col=10");
}

#[test]
fn a_place_in_a_long_line_has_its_column() {
    let line = format!("{}[@nobody]{}", "word ".repeat(2000), " word".repeat(2000));
    let site = SiteTest::golden().file("content/long.md", &format!("+++\ntitle = \"Long\"\n+++\n{line}\n"));
    let ran = site.check().finds_problems().stderr_contains("--> content/long.md:4:10001");
    ran.stderr_contains("4 | ...word word").stderr_contains("[@nobody] word");
}
