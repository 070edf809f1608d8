//! Alters every quote of the repository's own site in small ways. Each altered quote must be rejected at its line, and
//! the message must show the original.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::support::SiteTest;

struct LockedQuote {
    source: String,
    text: String,
}

/// Returns the quotes in the lock of at least three words and without elisions or insertions.
fn quotes() -> Vec<LockedQuote> {
    let lock: toml::Table =
        toml::from_str(&SiteTest::own().text("seeds/quotes.lock")).expect("the lock is valid TOML");
    let sources = lock["source"].as_table().expect("sources are a table");
    let quotes = sources.iter().flat_map(|(id, source)| {
        let quotes = source["quote"].as_array().expect("quotes are a list");
        quotes.iter().map(|quote| LockedQuote {
            source: id.clone(),
            text: quote["text"].as_str().expect("text is a string").to_owned(),
        })
    });
    quotes.filter(|entry| entry.text.split(' ').count() > 2 && !entry.text.contains(['…', '['])).collect()
}

/// Changes some words of a quote, or nothing if the change does not apply.
type Change = fn(Vec<String>) -> Vec<String>;

fn replace_word(mut words: Vec<String>) -> Vec<String> {
    let middle = words.len() / 2;
    words[middle] = String::from("elsewhere");
    words
}

fn drop_word(mut words: Vec<String>) -> Vec<String> {
    words.remove(words.len() / 2);
    words
}

fn swap_words(mut words: Vec<String>) -> Vec<String> {
    words.swap(0, 1);
    words
}

fn replace_digits(mut words: Vec<String>) -> Vec<String> {
    if let Some(word) = words.iter_mut().find(|word| word.contains(|c: char| c.is_ascii_digit())) {
        *word = word.replace(|c: char| c.is_ascii_digit() && c != '7', "7");
    }
    words
}

/// Checks records with altered quotes against the lock. Returns the number of altered quotes, and of those whose
/// message shows the original.
fn check_altered_quotes(change: Change) -> (usize, usize) {
    let mut records: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for LockedQuote { source, text } in quotes() {
        let changed = change(text.split(' ').map(str::to_owned).collect()).join(" ");
        if changed == text {
            continue;
        }
        let (record, originals) = records.entry(source).or_default();
        let quote = serde_json::to_string(&changed).expect("strings can be written as JSON");
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
    let report: serde_json::Value = serde_json::from_str(&report.stdout).expect("the output is JSON");
    let (mut all, mut shown) = (0, 0);
    for (id, (_, originals)) in &records {
        for (at, original) in originals.iter().enumerate() {
            let place = |problem: &&serde_json::Value| {
                problem["path"] == format!("seeds/{id}.toml") && problem["line"] == 6 + 5 * at
            };
            let problem = report["problems"].as_array().expect("`problems` is a list").iter().find(place);
            let problem = problem.unwrap_or_else(|| panic!("an altered form of “{original}” was accepted"));
            assert_eq!(problem["code"], "quote-unproved", "{original}");
            all += 1;
            shown += usize::from(problem["notes"].to_string().contains(original.as_str()));
        }
    }
    (all, shown)
}

#[test]
fn every_altered_quote_is_rejected_and_the_original_is_shown() {
    for (name, change, min) in [
        ("replaced word", replace_word as Change, 100),
        ("dropped word", drop_word, 100),
        ("swapped words", swap_words, 100),
        ("replaced digits", replace_digits, 3),
    ] {
        let (all, shown) = check_altered_quotes(change);
        assert!(all >= min, "{name}: only {all} quotes were altered");
        assert!(shown * 100 >= all * 95, "{name}: only {shown} of {all} messages show the original");
    }
}
