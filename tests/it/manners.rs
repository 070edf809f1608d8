//! How much is said, and in which colours: `--quiet`, `--verbose`, `NO_COLOR`; never a line too many where a program reads.

use crate::support::SiteTest;

/// A site with an error.
fn broken() -> SiteTest {
    SiteTest::golden().file("content/torn.md", "+++\ntitle = \"Torn\"\n+++\n[@nobody]\n")
}

#[test]
fn a_quiet_command_that_succeeds_says_nothing() {
    let site = SiteTest::golden();
    for arguments in [&["build", "--quiet"][..], &["-q", "check"], &["verify", "-q"], &["new", "mill", "-q"]]
    {
        let ran = site.run(arguments).succeeds();
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""), "{arguments:?}");
    }
    assert!(site.path("public/index.html").exists() && site.path("mill/site.toml").exists());
}

#[test]
fn a_quiet_command_still_tells_of_problems_and_errors() {
    let ran = broken().run(&["build", "-q"]).finds_problems().stderr_contains("error[unknown-source]");
    assert_eq!(ran.stdout, "");
    let ran = SiteTest::new().run(&["build", "-q"]).cannot_run().stderr_contains("error: no site found");
    assert_eq!(ran.stdout, "");
}

#[test]
fn what_was_asked_for_is_printed_quiet_or_not() {
    let site = broken();
    for arguments in [&["theme"][..], &["check", "--format", "json"], &["check", "--explain", "bad-lock"]] {
        let loud = site.run(arguments);
        assert_ne!(loud.stdout, "", "{arguments:?}");
        assert_eq!(site.run(&[arguments, &["--quiet"]].concat()).stdout, loud.stdout, "{arguments:?}");
    }
}

#[test]
fn verbose_tells_the_time_of_every_phase_on_standard_error() {
    let ran = SiteTest::golden().run(&["build", "--verbose"]).succeeds().stdout_contains("search index:");
    let lines: Vec<Vec<&str>> = ran.stderr.lines().map(|line| line.split_whitespace().collect()).collect();
    let phases: Vec<&str> = lines.iter().map(|words| words[0]).collect();
    let pipeline = ["load", "segment", "find", "verify", "compare", "render", "cards", "output", "total"];
    assert_eq!(phases, pipeline, "{}", ran.stderr);
    let timed = |words: &Vec<&str>| words.len() == 3 && words[1].parse::<u32>().is_ok() && words[2] == "ms";
    assert!(lines.iter().all(timed), "{}", ran.stderr);
}

#[test]
fn verbose_leaves_what_a_program_reads_as_it_is() {
    let site = broken();
    let json = &["check", "--format", "json"][..];
    let ran = site.run(&[json, &["-v"]].concat()).finds_problems().stderr_contains("\ntotal ");
    assert_eq!(ran.stdout, site.run(json).stdout);
}

#[test]
fn where_there_is_no_terminal_no_progress_is_drawn() {
    let ran = SiteTest::golden().build().succeeds();
    assert_eq!(ran.stderr, "");
    assert!(!ran.stdout.contains('\r') && !ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    SiteTest::golden().run(&["build", "-q", "-v"]).cannot_run().stderr_contains("cannot be used with");
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for_and_no_color_goes_before() {
    let site = broken();
    let coloured = |variables: &[(&str, &str)]| {
        site.run_with("", &["check"], variables).finds_problems().stderr.contains("\u{1b}[")
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
