//! Tests of the amount and colour of output: `--quiet`, `--verbose`, `NO_COLOR`.

use crate::support::SiteTest;

/// A site with an error: a page cites a source that doesn't exist.
fn site_with_error() -> SiteTest {
    SiteTest::golden().file("content/torn.md", "+++\ntitle = \"Torn\"\n+++\n[@nobody]\n")
}

#[test]
fn quiet_commands_print_nothing_on_success() {
    let site = SiteTest::golden();
    for arguments in [&["build", "--quiet"][..], &["-q", "check"], &["verify", "-q"], &["new", "mill", "-q"]]
    {
        let ran = site.run(arguments).succeeds();
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""), "{arguments:?}");
    }
    assert!(site.path("public/index.html").exists() && site.path("mill/site.toml").exists());
}

#[test]
fn quiet_commands_still_print_problems_and_errors() {
    let ran =
        site_with_error().run(&["build", "-q"]).finds_problems().stderr_contains("error[unknown-source]");
    assert_eq!(ran.stdout, "");
    let ran = SiteTest::new().run(&["build", "-q"]).cannot_run().stderr_contains("error: no site found");
    assert_eq!(ran.stdout, "");
}

#[test]
fn requested_output_is_printed_even_if_quiet() {
    let site = site_with_error();
    for arguments in [&["theme"][..], &["check", "--format", "json"], &["check", "--explain", "bad-lock"]] {
        let normal = site.run(arguments);
        assert_ne!(normal.stdout, "", "{arguments:?}");
        assert_eq!(site.run(&[arguments, &["--quiet"]].concat()).stdout, normal.stdout, "{arguments:?}");
    }
}

#[test]
fn verbose_prints_the_time_of_every_phase_to_stderr() {
    let ran = SiteTest::golden().run(&["build", "--verbose"]).succeeds().stdout_contains("search index:");
    let lines: Vec<Vec<&str>> = ran.stderr.lines().map(|line| line.split_whitespace().collect()).collect();
    let phases: Vec<&str> = lines.iter().map(|words| words[0]).collect();
    let pipeline = ["load", "segment", "find", "verify", "compare", "render", "cards", "output", "total"];
    assert_eq!(phases, pipeline, "{}", ran.stderr);
    let is_time = |words: &Vec<&str>| words.len() == 3 && words[1].parse::<u32>().is_ok() && words[2] == "ms";
    assert!(lines.iter().all(is_time), "{}", ran.stderr);
}

#[test]
fn verbose_does_not_change_json_output() {
    let site = site_with_error();
    let json = &["check", "--format", "json"][..];
    let ran = site.run(&[json, &["-v"]].concat()).finds_problems().stderr_contains("\ntotal ");
    assert_eq!(ran.stdout, site.run(json).stdout);
}

#[test]
fn no_progress_is_drawn_without_a_terminal() {
    let ran = SiteTest::golden().build().succeeds();
    assert_eq!(ran.stderr, "");
    assert!(!ran.stdout.contains('\r') && !ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    SiteTest::golden().run(&["build", "-q", "-v"]).cannot_run().stderr_contains("cannot be used with");
}

#[test]
fn colour_needs_a_terminal_or_clicolor_force_and_no_color_takes_precedence() {
    let site = site_with_error();
    let coloured = |variables: &[(&str, &str)]| {
        site.run_with("", &["check"], variables).finds_problems().stderr.contains("\u{1b}[")
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
