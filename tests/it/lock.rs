//! Tests of `verify` and `quotes.lock`, which proves quotes of documents that are not in the repository.

use crate::support::{RunResult, SiteTest};

const LOCK: &str = "seeds/quotes.lock";
const DOCUMENT: &str = "originals/gazette-1872.txt";
const RECORD: &str = "title = \"The Ford Gazette\"\ndocument = \"gazette-1872.txt\"\n\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"A lamp fell.\"\nquotes = [\"a 'lamp' fell\", \"fell - so they say\"]\n";

/// A site with one unpublished document, quoted in a record and on a page.
fn mill() -> SiteTest {
    SiteTest::case(
        r#"
=== site.toml
title = "The mill"
cards = false
=== content/index.md
+++
title = "The mill"
+++
It burnt [@gazette "It was … third fire"].
=== content/questions/cause.md
+++
title = "Why did it burn?"
[positions]
lamp = "A lamp"
+++
=== originals/gazette-1872.txt
On Sunday a ‘lamp’ fell – so they say – into the straw.

It was the third fire. Again a ‘lamp’ fell.
"#,
    )
    .file("seeds/gazette.toml", RECORD)
}

fn without_documents() -> SiteTest {
    let site = mill();
    site.verify().succeeds();
    site.without("originals")
}

#[test]
fn verify_writes_quotes_with_text_and_offsets_in_order() {
    let site = mill();
    site.verify().succeeds().stdout_contains("3 quotes of 1 source verified; wrote seeds/quotes.lock");
    let lock: toml::Table = site.text(LOCK).parse().expect("the lock is TOML");
    let source = &lock["source"]["gazette"];
    assert_eq!(source["words"].as_integer(), Some(22));
    assert_eq!(source["sha256"].as_str().map(str::len), Some(64));
    let quotes = source["quote"].as_array().expect("quotes are a list");
    let texts: Vec<&str> = quotes.iter().filter_map(|quote| quote["text"].as_str()).collect();
    assert_eq!(texts, ["a ‘lamp’ fell", "fell – so they say", "It was … third fire"]);
    let document = site.text(DOCUMENT);
    for quote in &quotes[..2] {
        let at = |key: &str| {
            usize::try_from(quote[key].as_integer().expect("offsets are numbers"))
                .expect("offsets are not negative")
        };
        assert_eq!(Some(&document[at("start")..at("end")]), quote["text"].as_str());
    }
    let other_occurrences = quotes[0]["also"].as_array().expect("the quote has another occurrence");
    assert_eq!(other_occurrences.len(), 1);
    assert_eq!(other_occurrences[0][0].as_integer(), Some(2));
}

#[test]
fn verify_run_twice_writes_the_same_bytes() {
    let site = mill();
    site.verify().succeeds();
    let first = site.text(LOCK);
    site.verify().succeeds().stdout_contains("is up to date");
    assert_eq!(site.text(LOCK), first);
    let site = site.without(LOCK);
    site.verify().succeeds();
    assert_eq!(site.text(LOCK), first);
}

#[test]
fn without_documents_the_site_differs_only_in_how_quotes_were_checked() {
    let site = mill();
    site.verify().succeeds();
    let with = site.build().succeeds();
    let without = site.without("originals").build().succeeds();
    assert!(with.public.len() > 5);
    assert_eq!(with.public.keys().collect::<Vec<_>>(), without.public.keys().collect::<Vec<_>>());
    let count_checked = |ran: &RunResult, word: &str| {
        ran.page("compare.json").text.matches(&format!("\"checked\": \"{word}\"")).count()
    };
    assert_eq!([count_checked(&with, "document"), count_checked(&with, "lock")], [2, 0]);
    assert_eq!([count_checked(&without, "document"), count_checked(&without, "lock")], [0, 2]);
    for (path, bytes) in &with.public {
        let text =
            String::from_utf8_lossy(bytes).replace("\"checked\": \"document\"", "\"checked\": \"lock\"");
        let other = String::from_utf8_lossy(&without.public[path]);
        if path.starts_with("sources/") {
            // The pages of sources may differ, because they say how quotes were checked.
            assert!(other.contains("a ‘lamp’ fell"), "{other}");
        } else {
            assert_eq!(text, other, "{path}");
        }
    }
}

#[test]
fn the_lock_does_not_prove_an_edited_quote() {
    for edited in ["a 'lamp' rose", "a 'lamp'", "A 'lamp' fell"] {
        let site = without_documents().file("seeds/gazette.toml", &RECORD.replace("a 'lamp' fell", edited));
        let ran = site.build().finds_problems().stderr_contains("error[quote-unproved]");
        let ran = ran.stderr_contains("seeds/gazette.toml:8:11").stderr_contains("run `sourcewise verify`");
        assert!(ran.public.is_empty(), "{edited}");
    }
}

#[test]
fn the_lock_does_not_prove_a_new_quote() {
    let site = without_documents()
        .file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\n[@gazette \"On Sunday\"]\n");
    site.check()
        .finds_problems()
        .stderr_contains("content/ferry.md:4:1")
        .stderr_contains("run `sourcewise verify`");
}

#[test]
fn the_lock_proves_a_quote_in_other_typography() {
    let retyped = RECORD.replace("a 'lamp' fell", "a  ‘lamp’ fell").replace("fell - so", "fell — so");
    let ran = without_documents().file("seeds/gazette.toml", &retyped).build().succeeds();
    ran.page("compare.json")
        .contains("\"text\": \"a ‘lamp’ fell\"")
        .contains("\"text\": \"fell – so they say\"");
}

/// Two sources with one unpublished document each, whose lock is written and whose documents are gone.
fn two_sources() -> SiteTest {
    let record = |title: &str, words: &str| {
        RECORD
            .replace("The Ford Gazette", title)
            .replace("document = \"gazette-1872.txt\"\n", "")
            .replace("\"a 'lamp' fell\", \"fell - so they say\"", &format!("\"{words}\""))
    };
    let site = mill()
        .file("content/index.md", "+++\ntitle = \"The mill\"\n+++\n")
        .file("seeds/gazette.toml", &record("The Gazette", "a lamp fell"))
        .file("originals/gazette.txt", "They say that a lamp fell.\n")
        .file("seeds/ballad.toml", &record("A ballad", "the miller sang"))
        .file("originals/ballad.txt", "They say that the miller sang.\n");
    site.verify().succeeds();
    site.without("originals")
}

#[test]
fn an_entry_of_another_source_proves_nothing() {
    let site = two_sources();
    site.build().succeeds();
    let lock = site.text(LOCK);
    let swapped = lock
        .replace("source.gazette", "source.other")
        .replace("source.ballad", "source.gazette")
        .replace("source.other", "source.ballad");
    let (_, gazette) = lock.split_once("[source.gazette]").expect("the gazette is locked");
    let copied = format!("[source.ballad]{}", gazette.replace("source.gazette", "source.ballad"));
    for forged in [swapped, copied] {
        let site = two_sources()
            .file(
                "seeds/ballad.toml",
                &site.text("seeds/ballad.toml").replace("the miller sang", "a lamp fell"),
            )
            .file(
                "seeds/gazette.toml",
                &site.text("seeds/gazette.toml").replace("a lamp fell", "the miller sang"),
            )
            .file(LOCK, &forged);
        let ran = site.build().finds_problems().stderr_contains("error[bad-lock]");
        let ran = ran.stderr_contains("for `ballad` doesn't fit its `seal`");
        assert!(ran.stderr_contains("run `sourcewise verify`").public.is_empty());
    }
}

#[test]
fn verify_writes_a_lock_again_whose_seals_are_of_an_older_version() {
    let site = mill();
    site.verify().succeeds();
    let lock = site.text(LOCK);
    let old = "239c12b426aa63404beabd7ce97acba0d08c0e3f9852ea4f93d1e2aff72f4d1f";
    let seal = lock.lines().find(|line| line.starts_with("seal = ")).expect("the entry has a seal");
    let site = site.file(LOCK, &lock.replace(seal, &format!("seal = \"{old}\"")));
    site.check()
        .finds_problems()
        .stderr_contains("an older version")
        .stderr_contains("run `sourcewise verify`");
    site.verify().succeeds().stdout_contains("wrote");
    assert_eq!(site.text(LOCK), lock);
}

#[test]
fn a_damaged_lock_with_a_missing_document_is_one_problem() {
    let site = without_documents();
    let damaged = site.text(LOCK).replace("words = 22", "words = 23");
    let site = site.file(LOCK, &damaged);
    for ran in [site.check(), site.verify()] {
        ran.finds_problems().stderr_contains("error[bad-lock]").stderr_contains("1 error\n");
    }
    let site = SiteTest::new()
        .file("seeds/a.toml", "title = \"A\"\ndocument = \"letter.txt\"\n")
        .file(LOCK, "<<<<<<< mine\n");
    site.verify().finds_problems().stderr_contains("error[bad-lock]");
    assert_eq!(site.text(LOCK), "<<<<<<< mine\n");
}

#[test]
fn an_unused_quote_is_removed_from_the_lock() {
    let site = mill();
    site.verify().succeeds();
    let site = site.file("seeds/gazette.toml", &RECORD.replace("\"a 'lamp' fell\", ", ""));
    site.verify().succeeds().stdout_contains("2 quotes of 1 source verified; wrote");
    assert!(!site.text(LOCK).contains("a ‘lamp’ fell"));
}

#[test]
fn a_failing_quote_leaves_the_lock_unchanged() {
    let site = mill();
    site.verify().succeeds();
    let before = site.text(LOCK);
    let site = site.file("seeds/gazette.toml", &RECORD.replace("a 'lamp' fell", "a candle fell"));
    site.verify()
        .finds_problems()
        .stderr_contains("error[quote-not-found]")
        .stdout_contains("the lock file was not changed");
    assert_eq!(site.text(LOCK), before);
}

#[test]
fn verify_without_documents_leaves_the_lock_unchanged() {
    let site = without_documents();
    let before = site.text(LOCK);
    site.verify().succeeds().stdout_contains("is up to date");
    assert_eq!(site.text(LOCK), before);
}

#[test]
fn quotes_are_checked_again_when_the_document_changes() {
    let site = mill();
    site.verify().succeeds();
    let before = site.text(LOCK);
    let site =
        site.file(DOCUMENT, "A correction. A ‘lamp’ fell, but not into the straw. It was the third fire.\n");
    site.build().finds_problems().stderr_contains("error[quote-not-found]");
    let document = "In brief: a ‘lamp’ fell – so they say – into the straw. It was the third fire.\n";
    let site = site.file(DOCUMENT, document);
    site.verify().succeeds().stdout_contains("wrote");
    assert_ne!(site.text(LOCK), before);
}

#[test]
fn documents_can_be_in_any_folder() {
    let text = mill().text(DOCUMENT);
    let site = without_documents().without(LOCK).file("home/papers/gazette-1872.txt", &text);
    site.verify().finds_problems().stderr_contains("error[document-missing]");
    site.run(&["verify", "--originals", "home/papers"]).succeeds().stdout_contains("wrote");
    site.build().succeeds().page("compare.json").contains("\"checked\": \"lock\"");
    let ran = site.run(&["build", "--originals", "home/papers"]).succeeds();
    ran.page("compare.json").contains("\"checked\": \"document\"");
    site.run(&["check", "--originals", "papers"]).cannot_run().stderr_contains("`papers` does not exist");
}

#[test]
fn published_documents_need_no_lock() {
    let text = mill().text(DOCUMENT);
    let site = mill().without("originals").file("seeds/gazette-1872.txt", &text);
    site.verify().succeeds().stdout_contains("no lock file is needed");
    assert!(!site.path(LOCK).exists());
}

#[test]
fn verify_repairs_an_unreadable_lock() {
    let site = mill().file(LOCK, "<<<<<<< mine\n");
    site.check()
        .finds_problems()
        .stderr_contains("error[bad-lock]")
        .stderr_contains("run `sourcewise verify`");
    site.verify().exits(0).stdout_contains("wrote");
    site.check().succeeds();
}

#[test]
fn a_lock_that_is_the_only_proof_is_never_overwritten() {
    let lock = SiteTest::own().text("seeds/quotes.lock");
    for broken in [lock.replace("words = 778", "words = 779"), "no lock at all".to_owned()] {
        let site = SiteTest::own().file("seeds/quotes.lock", &broken);
        site.verify().finds_problems().stderr_contains("error[bad-lock]");
        assert_eq!(site.text("seeds/quotes.lock"), broken);
    }
}

#[test]
fn a_document_without_quotes_is_locked_too() {
    let site = SiteTest::new()
        .file("site.toml", "title = \"T\"\ncards = false\n")
        .file("seeds/a.toml", "title = \"A\"\ndocument = \"letter.txt\"\n")
        .file("originals/letter.txt", "It burnt.\n");
    site.verify().succeeds();
    assert!(site.text("seeds/quotes.lock").contains("[source.a]"));
    site.without("originals/letter.txt").build().succeeds();
}

#[test]
fn quotes_in_questions_and_notes_count_like_those_of_pages() {
    let quoting = |notes: &str, question: &str| {
        SiteTest::new()
            .file("site.toml", "title = \"T\"\ncards = false\n")
            .file("seeds/a.toml", &format!("title = \"A\"\ndocument = \"letter.txt\"\nnotes = '{notes}'\n"))
            .file("content/questions/cause.md", &format!("+++\ntitle = \"Why?\"\n+++\n{question}\n"))
            .file("originals/letter.txt", "It burnt on Friday.\n")
    };
    let cited = "Gone [@a \"burnt on\"].";
    for site in [quoting(cited, ""), quoting("", cited)] {
        site.verify().succeeds();
        let site = site.without("originals/letter.txt");
        site.verify().succeeds().stdout_contains("only compared with the lock file").stdout_contains("`a`");
        site.build().succeeds().page("index.html").contains("<b>1</b> quotation checked");
    }
}
