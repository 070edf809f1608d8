//! Tests of `completions` and `man`: they contain every command and option.

use std::collections::BTreeSet;

use clap::{Command, CommandFactory};
use sourcewise::cli::Cli;
use sourcewise::manual::CHAPTERS;

use crate::support::SiteTest;

/// The command-line definition, including the options that all commands share.
fn program() -> Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}

/// Returns the long names of a command's options.
fn options(command: &Command) -> BTreeSet<&str> {
    command.get_arguments().filter_map(clap::Arg::get_long).collect()
}

fn commands(program: &Command) -> Vec<&str> {
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    assert!(names.contains(&"build") && names.contains(&"man"), "{names:?}");
    names
}

#[test]
fn completions_contain_every_command_and_option_in_every_shell() {
    let program = program();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = SiteTest::new().run(&["completions", shell]).succeeds().stdout;
        let words: BTreeSet<&str> = script
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .map(|word| word.trim_start_matches('-'))
            .collect();
        for name in commands(&program) {
            assert!(words.contains(name), "{shell}: `{name}` is missing");
        }
        for option in program.get_subcommands().chain([&program]).flat_map(options) {
            assert!(words.contains(option), "{shell}: `--{option}` is missing");
        }
        // The generators for the other two shells do not complete values.
        if ["bash", "fish", "zsh"].contains(&shell) {
            let unknown: Vec<&str> =
                ["github", "netlify", "human"].into_iter().filter(|value| !words.contains(value)).collect();
            assert!(unknown.is_empty(), "{shell}: the values {unknown:?} are missing");
        }
    }
}

#[test]
fn an_unknown_shell_is_an_error_that_lists_the_known_ones() {
    SiteTest::new()
        .run(&["completions", "tcsh"])
        .cannot_run()
        .stderr_contains("bash, elvish, fish, powershell, zsh");
}

/// Removes roff escapes of hyphens and fonts.
fn without_roff(page: &str) -> String {
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "").replace("\\fI", "")
}

#[test]
fn man_prints_the_programs_page_and_one_per_command() {
    let text = without_roff(&SiteTest::new().run(&["man"]).succeeds().stdout);
    let program = program();
    let mut pages = text.split("\n.TH ").skip(1);
    let first = pages.next().expect("the program has a page");
    assert!(first.contains("1 problems in your files"), "{first}");
    for command in commands(&program) {
        assert!(first.contains(&format!("sourcewise-{command}(1)")), "no `{command}` in\n{first}");
    }
    for command in program.get_subcommands() {
        let page = pages.next().expect("every command has a page");
        assert!(page.starts_with(&format!("sourcewise-{} 1 ", command.get_name())), "{page}");
        for argument in command.get_positionals() {
            let names = argument.get_value_names().unwrap_or_default();
            assert!(names.iter().all(|name| page.contains(name.as_str())), "no {names:?} in\n{page}");
        }
    }
    for chapter in CHAPTERS {
        let page = pages.next().expect("every chapter has a page");
        assert!(page.starts_with(&format!("sourcewise-{} 1 ", chapter.name)), "{page}");
    }
    assert_eq!(pages.next(), None);
}

#[test]
fn man_writes_one_page_per_command_into_a_folder() {
    let site = SiteTest::new().file("man1/sourcewise.1", "an older one");
    site.run(&["man", "man1"]).succeeds().stdout_contains("pages to man1\n");
    let program = program();
    let mut wanted: BTreeSet<String> =
        commands(&program).iter().map(|name| format!("sourcewise-{name}.1")).collect();
    wanted.insert("sourcewise.1".to_owned());
    wanted.extend(CHAPTERS.iter().map(|chapter| format!("sourcewise-{}.1", chapter.name)));
    assert_eq!(site.tree("man1").into_keys().collect::<BTreeSet<_>>(), wanted);
    let printed = site.run(&["man"]).succeeds().stdout;
    assert!(site.tree("man1").into_values().all(|page| printed.contains(&*String::from_utf8_lossy(&page))));
    for command in program.get_subcommands() {
        let page = without_roff(&site.text(&format!("man1/sourcewise-{}.1", command.get_name())));
        for option in options(command) {
            assert!(page.contains(&format!("--{option}")), "no `--{option}` in\n{page}");
        }
        assert!(page.contains(concat!("\"sourcewise ", env!("CARGO_PKG_VERSION"), "\"")), "{page}");
    }
}
