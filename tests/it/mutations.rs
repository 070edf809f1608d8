//! Every quote of the repository's own site, changed in small ways: each change is refused, at its line, with the right
//! quote beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::support::SiteTest;

struct Entry {
    source: String,
    text: String,
}

/// The quotes in the lock that are long enough to be changed, without those that leave something out.
fn quotes() -> Vec<Entry> {
    let lock: toml::Table = toml::from_str(&SiteTest::own().text("seeds/quotes.lock")).expect("a lock");
    let sources = lock["source"].as_table().expect("sources");
    let quotes = sources.iter().flat_map(|(id, source)| {
        let quotes = source["quote"].as_array().expect("quotes");
        quotes.iter().map(|quote| Entry {
            source: id.clone(),
            text: quote["text"].as_str().expect("a text").to_owned(),
        })
    });
    quotes.filter(|entry| entry.text.split(' ').count() > 2 && !entry.text.contains(['…', '['])).collect()
}

/// Changes some words of a quote, if there is something to change.
type Change = fn(Vec<String>) -> Vec<String>;

fn one_word(mut words: Vec<String>) -> Vec<String> {
    let middle = words.len() / 2;
    words[middle] = String::from("elsewhere");
    words
}

fn one_dropped(mut words: Vec<String>) -> Vec<String> {
    words.remove(words.len() / 2);
    words
}

fn two_swapped(mut words: Vec<String>) -> Vec<String> {
    words.swap(0, 1);
    words
}

fn one_digit(mut words: Vec<String>) -> Vec<String> {
    if let Some(word) = words.iter_mut().find(|word| word.contains(|c: char| c.is_ascii_digit())) {
        *word = word.replace(|c: char| c.is_ascii_digit() && c != '7', "7");
    }
    words
}

/// Checks the site's lock against records that hold nothing but changed quotes.
fn refused(change: Change) -> (usize, usize) {
    let mut records: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for Entry { source, text } in quotes() {
        let changed = change(text.split(' ').map(str::to_owned).collect()).join(" ");
        if changed == text {
            continue;
        }
        let (record, originals) = records.entry(source).or_default();
        let quote = serde_json::to_string(&changed).expect("a text");
        let _ = write!(
            record,
            "[[answer]]\nquestion = \"q\"\nposition = \"p\"\nsummary = \"x\"\nquotes = [{quote}]\n"
        );
        originals.push(text);
    }
    let mut site = SiteTest::new()
        .file("site.toml", "title = \"T\"\ncards = false\n")
        .file("content/questions/q.md", "+++\ntitle = \"Q\"\n[positions]\np = \"P\"\n+++\n")
        .file("seeds/quotes.lock", &SiteTest::own().text("seeds/quotes.lock"));
    for (id, (record, _)) in &records {
        site = site.file(&format!("seeds/{id}.toml"), &format!("title = \"S\"\n{record}"));
    }
    let report = site.run(&["check", "--format", "json"]).finds_problems();
    let report: serde_json::Value = serde_json::from_str(&report.stdout).expect("a report");
    let (mut all, mut right) = (0, 0);
    for (id, (_, originals)) in &records {
        for (at, original) in originals.iter().enumerate() {
            let place = |problem: &&serde_json::Value| {
                problem["path"] == format!("seeds/{id}.toml") && problem["line"] == 6 + 5 * at
            };
            let problem = report["problems"].as_array().expect("a list").iter().find(place);
            let problem = problem.unwrap_or_else(|| panic!("accepted: a change of “{original}”"));
            assert_eq!(problem["code"], "quote-unproved", "{original}");
            all += 1;
            right += usize::from(problem["notes"].to_string().contains(original.as_str()));
        }
    }
    (all, right)
}

#[test]
fn every_change_of_every_quote_is_refused_beside_the_right_one() {
    for (name, change, least) in [
        ("one word", one_word as Change, 100),
        ("one dropped", one_dropped, 100),
        ("two swapped", two_swapped, 100),
        ("one digit", one_digit, 3),
    ] {
        let (all, right) = refused(change);
        assert!(all >= least, "{name}: only {all} quotes were changed");
        assert!(right * 100 >= all * 95, "{name}: {right} of {all} beside the right quote");
    }
}
