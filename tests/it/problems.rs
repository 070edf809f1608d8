//! Every message that an author may see: each file of `tests/problems` is a site and what `check` says of it.
//!
//! A case may have a section `arguments` for `check`. Where `127.0.0.1:00000` stands in it, a server plays the web there:
//! its port is another in every run, and so are ids, which are not compared then.
//!
//! `SOURCEWISE_BLESS=1 cargo test` writes down what it says now; read the change before you keep it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use rayon::prelude::*;
use sourcewise::problem::Code;

use crate::case::Case;
use crate::server::{PLACEHOLDER, Server};
use crate::support::{SiteTest, blessing, tree, write};

/// The one case that is about all problems together and not about a code.
const MANY: &str = "many-at-once";
const EXPECTED: &str = "=== stderr\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems")
}

/// The case files, by name: stem and text.
fn cases() -> Vec<(String, String)> {
    let entries = fs::read_dir(folder()).expect("there are cases").filter_map(Result::ok);
    let mut cases: Vec<(String, String)> = entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name
                .strip_suffix(".txt")
                .unwrap_or_else(|| panic!("`{name}` is no case: its name must end in .txt"));
            (stem.to_owned(), fs::read_to_string(entry.path()).expect("cases are text"))
        })
        .collect();
    cases.sort();
    cases
}

/// The code that a case is about: the longest one that its name begins with.
fn code_of(stem: &str) -> Option<Code> {
    let begins = |code: &&Code| {
        stem.strip_prefix(code.as_str()).is_some_and(|variant| variant.is_empty() || variant.starts_with('-'))
    };
    Code::ALL.iter().filter(begins).max_by_key(|code| code.as_str().len()).copied()
}

/// Runs `check` on the case's site. Returns what is wrong with the case, if anything is.
fn fault(stem: &str, text: &str) -> Option<String> {
    let mut case = Case::parse(text);
    let expected = case.take("stderr").unwrap_or_default();
    if case.about.is_empty() {
        return Some(format!("{stem}: say in a sentence, before the first section, what the case shows"));
    }
    let found = printed(case);
    if let Some(code) = code_of(stem) {
        let named = found.contains(&format!("[{}]", code.as_str()));
        if !named {
            return Some(format!("{stem}: `{}` is not in its output:\n{found}", code.as_str()));
        }
    } else if stem != MANY {
        return Some(format!("{stem}: its name begins with no code"));
    }
    (found != expected).then(|| format!("{stem}: - expected, + printed\n{}", difference(&expected, &found)))
}

/// What `check` complains of.
fn printed(mut case: Case) -> String {
    let arguments = case.take("arguments").unwrap_or_default();
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.split_whitespace()).collect();
    let texts = |(path, bytes): (String, Vec<u8>)| {
        (path, String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes))
    };
    let files: Vec<_> = case.files.into_iter().map(texts).collect();
    let is_of_web = files.iter().any(|(_, text)| text.as_ref().is_ok_and(|text| text.contains(PLACEHOLDER)));
    let server = is_of_web.then(Server::start);
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

/// Lines around a change that are shown with it.
const CONTEXT: usize = 3;

/// Two texts, line by line: what is missing, what is new, and a little of what both have.
fn difference(expected: &str, found: &str) -> String {
    let lines = alignment(&expected.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>());
    let changed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].0 != ' ').collect();
    let mut text = String::new();
    for (at, (sign, line)) in lines.iter().enumerate() {
        if changed.iter().any(|change| change.abs_diff(at) <= CONTEXT) {
            let _ = writeln!(text, "{sign} {line}");
        }
    }
    text
}

/// Both texts as one, each line with `-`, `+` or a space before it.
fn alignment<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
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
fn a_difference_shows_what_is_gone_and_what_is_new() {
    let text = "1\n2\n3\n4\n5\nold\nsame\n";
    assert_eq!(difference(text, &text.replace("old", "new")), "  3\n  4\n  5\n- old\n+ new\n  same\n");
}

fn bless(stem: &str, text: &str) {
    let mut case = Case::parse(text);
    let _ = case.take("stderr");
    let found = printed(case);
    let site = text.split_once(EXPECTED).map_or(text, |(site, _)| site);
    let blessed = format!("{site}{EXPECTED}{found}");
    if blessed != text {
        write(&folder().join(format!("{stem}.txt")), blessed.as_bytes());
    }
}

#[test]
fn every_case_prints_what_it_says() {
    let cases = cases();
    if blessing() {
        cases.par_iter().for_each(|(stem, text)| bless(stem, text));
    }
    let faults: Vec<String> = self::cases().par_iter().filter_map(|(stem, text)| fault(stem, text)).collect();
    assert!(faults.is_empty(), "{} of {} cases:\n\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let told: BTreeSet<Code> = cases().iter().filter_map(|(stem, _)| code_of(stem)).collect();
    let untold = Code::ALL.iter().filter(|code| !told.contains(code)).map(|code| code.as_str());
    assert_eq!(untold.collect::<Vec<_>>(), Vec::<&str>::new(), "write tests/problems/<code>.txt");
}

#[test]
fn every_explanation_belongs_to_a_code() {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/problems"));
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.as_str())).collect();
    assert_eq!(files.into_keys().collect::<BTreeSet<_>>(), codes);
}

#[test]
fn many_faults_show_in_one_run_by_file_and_place() {
    let text = fs::read_to_string(folder().join(format!("{MANY}.txt"))).expect("the case is there");
    let found =
        SiteTest::case(text.split_once(EXPECTED).expect("it has a site").0).check().finds_problems().stderr;
    let codes = Code::ALL.iter().filter(|code| found.contains(&format!("[{}]", code.as_str()))).count();
    assert!(codes >= 10, "only {codes} different codes:\n{found}");
    let places: Vec<(String, u32, u32)> = found.lines().filter_map(place).collect();
    assert!(places.len() >= 10, "{found}");
    assert!(places.is_sorted(), "{places:?}");
}

/// `  --> path:line:column`
fn place(line: &str) -> Option<(String, u32, u32)> {
    let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, row) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?.to_owned(), row, column))
}
