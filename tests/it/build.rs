//! Tests of `build`: exit codes, messages, and the output for the author's files.

use crate::support::SiteTest;

/// A site without problems: one page, two sources, one question.
fn mill() -> SiteTest {
    SiteTest::case(
        r#"
=== site.toml
title = "The mill at the ford"
cards = false
=== content/index.md
+++
title = "The mill"
+++
It burnt down [@gazette].
=== content/questions/cause.md
+++
title = "Why did it burn?"
[positions]
lamp = "A lamp"
+++
=== seeds/gazette.toml
title = "The Ford Gazette"
[[answer]]
question = "cause"
position = "lamp"
summary = "A lamp fell."
quotes = ["a lamp fell into the straw"]
=== seeds/gazette.txt
On Sunday night a lamp fell into the straw.
=== seeds/ferryman.toml
title = "The ferryman"
"#,
    )
}

const FAULT: (&str, &str) = ("content/ferry.md", "The ferry, without a title.\n");

#[test]
fn the_last_line_says_what_was_built_and_where() {
    let ran = mill().build().succeeds();
    // Home, comparison, list of sources, search, 404, one question, two sources, and the two sources side by side.
    let line = ran.stdout.lines().last().expect("output has a last line");
    assert!(line.starts_with("9 pages, 2 sources, 1 question in "), "{line}");
    assert!(line.ends_with(" ms: open public/index.html"), "{line}");
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.pages().count(), 9);
}

#[test]
fn check_of_a_site_without_problems_says_so_and_writes_nothing() {
    let ran = mill().check().succeeds();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("no problems\n", ""));
    assert!(ran.public.is_empty());
}

#[test]
fn a_site_with_an_error_is_not_written() {
    let ran = mill().file(FAULT.0, FAULT.1).build().finds_problems().stderr_contains("\n1 error\n");
    assert!(ran.stdout.contains("nothing was written"), "{}", ran.stdout);
    assert!(ran.public.is_empty());
}

#[test]
fn a_warning_does_not_stop_the_build() {
    let site = mill().file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt <b>sank</b>.\n");
    site.build().succeeds().wrote("ferry.html").stderr_contains("\n1 warning\n");
}

#[test]
fn the_site_is_found_from_a_subfolder_and_by_the_root_option() {
    let site = mill().file("content/notes/deep/a.txt", "");
    site.run_in("content/notes/deep", &["build"]).succeeds().wrote("index.html");
    let site = mill().file("elsewhere/a.txt", "");
    site.run_in("elsewhere", &["build", "--root", ".."]).succeeds().wrote("index.html");
}

#[test]
fn commands_fail_without_a_site() {
    let empty = SiteTest::new();
    for command in ["build", "check", "verify"] {
        empty.run(&[command]).cannot_run().stderr_contains("no site found in `").stderr_contains("--root");
    }
    assert!(empty.tree("").is_empty());
}

#[test]
fn an_invalid_command_line_fails_and_help_succeeds() {
    let site = mill();
    site.run(&["biuld"]).cannot_run().stderr_contains("build");
    site.run(&["build", "--outt", "web"]).cannot_run().stderr_contains("--out");
    site.run(&["--help"]).succeeds().stdout_contains("verify");
}

#[test]
fn records_alone_make_a_site() {
    let site = SiteTest::named("burnt-mill").file("seeds/gazette.toml", "title = \"The Ford Gazette\"\n");
    let ran = site.build().succeeds().stdout_contains("1 source, 0 questions").wrote("sources/gazette.html");
    ran.page("index.html").contains("burnt-mill").contains("The Ford Gazette");
}

#[test]
fn documents_alone_make_a_site() {
    let site = SiteTest::new()
        .file("seeds/gazette.txt", "Mill burnt down\n\nOn Sunday night a lamp fell into the straw.\n")
        .file("seeds/Letter from Ann.md", "It was the third fire.\n");
    let ran = site.build().succeeds().stdout_contains("2 sources");
    let ran = ran.wrote("sources/gazette.html").wrote("sources/letter-from-ann.html");
    let comparison = ran.comparison();
    assert_eq!(comparison["sources"][0]["title"], "Mill burnt down");
    assert_eq!(comparison["sources"][1]["basis"], "automatic");
    ran.page("sources.html").contains("Mill burnt down");
}

#[test]
fn files_beside_pages_are_copied_and_hidden_ones_are_not() {
    let picture = [0x89, b'P', b'N', b'G', 0, 255];
    let site = mill().bytes("content/pictures/mill.png", &picture).file("content/.notes", "secret");
    let ran = site.build().succeeds().did_not_write(".notes");
    assert_eq!(ran.public["pictures/mill.png"], picture);
}

#[test]
fn drafts_are_left_out() {
    let site = mill()
        .file("content/ferry.md", "+++\ntitle = \"The unfinished ferry\"\ndraft = true\nnav = 1\n+++\n");
    let ran = site.build().succeeds().did_not_write("ferry.html");
    ran.page("index.html").lacks("unfinished");
}

#[test]
fn unpublished_documents_appear_in_no_output_file() {
    let secret = "a lamp fell into the straw and nobody was told about the second lamp";
    let site = mill().without("seeds/gazette.txt").file("originals/gazette.txt", secret);
    for (path, bytes) in &site.build().succeeds().public {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("nobody was told"), "{path}");
    }
}

#[test]
fn no_two_files_may_be_written_to_one_path() {
    let page = "+++\ntitle = \"The ferry\"\n+++\n";
    let pairs = [
        ("content/Ferry.md", "a path that differs only in case"),
        ("content/ferry.html", "a file beside the page"),
        ("content/compare.json", "a file that the program makes"),
        ("content/index.html", "a file with the name of the home page"),
    ];
    for (path, what) in pairs {
        let ran = mill().file("content/ferry.md", page).file(path, page).check();
        assert!(ran.stderr.contains("error[path-taken]"), "{what}: {}", ran.stderr);
    }
}

#[test]
fn the_root_option_does_not_search_parent_folders() {
    let site = mill().file("below/note.txt", "no site here");
    for named in ["below", "nowhere", "site.toml"] {
        site.run(&["build", "--root", named]).cannot_run();
    }
}
