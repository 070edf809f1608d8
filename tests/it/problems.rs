//! Tests of every problem message: each file of `tests/problems` is a site with the expected output of `check`.
//!
//! A case may have a section `arguments` for `check`. If it contains `127.0.0.1:00000`, a local web server is started
//! and its address inserted. Its port changes from run to run, and so do problem ids, which are masked.
//!
//! `SOURCEWISE_BLESS=1 cargo test` updates the expected output; read the diff before you commit it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use rayon::prelude::*;
use sourcewise::problem::Code;

use crate::case::Case;
use crate::server::{PLACEHOLDER, Server};
use crate::support::{SiteTest, is_blessing, tree, write};

/// The only case that has many problems, and not one code in its name.
const MANY: &str = "many-at-once";
const EXPECTED_START: &str = "=== stderr\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems")
}

/// Returns the case files as (file stem, text), sorted.
fn cases() -> Vec<(String, String)> {
    let entries = fs::read_dir(folder()).expect("the folder of cases exists").filter_map(Result::ok);
    let mut cases: Vec<(String, String)> = entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name
                .strip_suffix(".txt")
                .unwrap_or_else(|| panic!("`{name}` is not a case: its name must end in .txt"));
            (stem.to_owned(), fs::read_to_string(entry.path()).expect("cases are UTF-8"))
        })
        .collect();
    cases.sort();
    cases
}

/// Returns the code that a case is about: the longest code that its name begins with.
fn code_of(stem: &str) -> Option<Code> {
    let begins = |code: &&Code| {
        stem.strip_prefix(code.as_str()).is_some_and(|variant| variant.is_empty() || variant.starts_with('-'))
    };
    Code::ALL.iter().filter(begins).max_by_key(|code| code.as_str().len()).copied()
}

/// Runs `check` on a case's site. Returns an error message if the case fails.
fn case_error(stem: &str, text: &str) -> Option<String> {
    let mut case = Case::parse(text);
    let expected = case.take("stderr").unwrap_or_default();
    if case.about.is_empty() {
        return Some(format!("{stem}: describe the case in a sentence before the first section"));
    }
    let found = check_output(case);
    if let Some(code) = code_of(stem) {
        let named = found.contains(&format!("[{}]", code.as_str()));
        if !named {
            return Some(format!("{stem}: `{}` is not in the output:\n{found}", code.as_str()));
        }
    } else if stem != MANY {
        return Some(format!("{stem}: the file name does not begin with a code"));
    }
    (found != expected).then(|| format!("{stem}: - expected, + printed\n{}", diff(&expected, &found)))
}

/// Runs `check` on a case. Returns stderr, with ids and the server's address masked.
fn check_output(mut case: Case) -> String {
    let arguments = case.take("arguments").unwrap_or_default();
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.split_whitespace()).collect();
    let texts = |(path, bytes): (String, Vec<u8>)| {
        (path, String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes))
    };
    let files: Vec<_> = case.files.into_iter().map(texts).collect();
    let needs_server =
        files.iter().any(|(_, text)| text.as_ref().is_ok_and(|text| text.contains(PLACEHOLDER)));
    let server = needs_server.then(Server::start);
    let address = server.as_ref().map_or(PLACEHOLDER, Server::address);
    let files = files.into_iter().map(|(path, text)| {
        let bytes = text.map(|text| text.replace(PLACEHOLDER, address).into_bytes());
        (path, bytes.unwrap_or_else(|bytes| bytes))
    });
    let ran = SiteTest::new().files(files).run(&arguments);
    let errors = ran.stderr.lines().any(|line| line.starts_with("error"));
    let found = ran.exits(i32::from(errors)).stderr;
    if server.is_none() {
        return found;
    }
    let masked = |line: &str| match line.split_once("= id: ") {
        Some((margin, _)) => format!("{margin}= id: ********\n"),
        None => format!("{}\n", line.replace(address, PLACEHOLDER)),
    };
    found.lines().map(masked).collect()
}

/// Unchanged lines shown around a change.
const CONTEXT_LINES: usize = 3;

/// Returns a line diff of two texts.
fn diff(expected: &str, found: &str) -> String {
    let lines = align(&expected.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>());
    let changed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].0 != ' ').collect();
    let mut text = String::new();
    for (at, (sign, line)) in lines.iter().enumerate() {
        if changed.iter().any(|change| change.abs_diff(at) <= CONTEXT_LINES) {
            let _ = writeln!(text, "{sign} {line}");
        }
    }
    text
}

/// Aligns two texts by their longest common subsequence: lines with the sign `-`, `+` or a space.
fn align<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let longest = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { longest };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    lines
}

#[test]
fn a_diff_shows_removed_and_added_lines() {
    let text = "1\n2\n3\n4\n5\nold\nsame\n";
    assert_eq!(diff(text, &text.replace("old", "new")), "  3\n  4\n  5\n- old\n+ new\n  same\n");
}

/// Updates the expected output of a case.
fn bless(stem: &str, text: &str) {
    let mut case = Case::parse(text);
    let _ = case.take("stderr");
    let found = check_output(case);
    let site = text.split_once(EXPECTED_START).map_or(text, |(site, _)| site);
    let blessed = format!("{site}{EXPECTED_START}{found}");
    if blessed != text {
        write(&folder().join(format!("{stem}.txt")), blessed.as_bytes());
    }
}

#[test]
fn every_case_prints_the_expected_output() {
    let cases = cases();
    if is_blessing() {
        cases.par_iter().for_each(|(stem, text)| bless(stem, text));
    }
    let errors: Vec<String> =
        self::cases().par_iter().filter_map(|(stem, text)| case_error(stem, text)).collect();
    assert!(errors.is_empty(), "{} of {} cases failed:\n\n{}", errors.len(), cases.len(), errors.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let covered: BTreeSet<Code> = cases().iter().filter_map(|(stem, _)| code_of(stem)).collect();
    let missing = Code::ALL.iter().filter(|code| !covered.contains(code)).map(|code| code.as_str());
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&str>::new(), "add tests/problems/<code>.txt");
}

#[test]
fn every_explanation_belongs_to_a_code() {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/problems"));
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.as_str())).collect();
    assert_eq!(files.into_keys().collect::<BTreeSet<_>>(), codes);
}

#[test]
fn one_run_reports_many_problems_sorted_by_position() {
    let text = fs::read_to_string(folder().join(format!("{MANY}.txt"))).expect("the case exists");
    let found =
        SiteTest::case(text.split_once(EXPECTED_START).expect("the case has a site and expected output").0)
            .check()
            .finds_problems()
            .stderr;
    let codes = Code::ALL.iter().filter(|code| found.contains(&format!("[{}]", code.as_str()))).count();
    assert!(codes >= 10, "only {codes} different codes:\n{found}");
    let places: Vec<(String, u32, u32)> = found.lines().filter_map(place).collect();
    assert!(places.len() >= 10, "{found}");
    assert!(places.is_sorted(), "{places:?}");
}

/// Parses the line `  --> path:line:column` of a message: path, line and column; `None` for any other line.
fn place(line: &str) -> Option<(String, u32, u32)> {
    let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, row) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?.to_owned(), row, column))
}
