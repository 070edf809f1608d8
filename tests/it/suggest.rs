//! `sourcewise suggest`: answers to be edited, by rule or by a program of the author's.

use crate::support::SiteTest;

const QUESTION: &str = "+++\ntitle = \"What set fire to the mill?\"\nterms = [\"lightning\", \"lamp\"]\n[positions]\n\
    lightning = \"Lightning\"\nlamp = \"A lamp\"\n+++\n";
const DOCUMENT: &str = "Fire at the mill\n\nThe mill at the ford burnt down on Friday. According to the night watch, lightning \
    struck it at ten in the evening and it burnt to the ground.\n\nNobody was hurt.\n";

fn site() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\n[limits]\nquote_words = 12\n")
        .file("content/questions/cause.md", QUESTION)
        .file("seeds/gazette.toml", "title = \"Fire\"\n[silent]\n")
        .file("originals/gazette.txt", DOCUMENT)
        .file(
            "seeds/letter.txt",
            "A letter\n\nIt was a lamp that fell, and no lightning at all, says the miller.\n",
        )
}

#[test]
fn what_a_rule_finds_becomes_an_answer_without_position_and_summary() {
    let ran = site().run(&["suggest", "gazette"]).succeeds();
    ran.stdout_contains("# seeds/gazette.toml")
        .stdout_contains("question = \"cause\"\nposition = \"\"   # lightning | lamp\nsummary = \"\"\n")
        .stdout_contains("voice = \"attributed\"\nto = \"the night watch\"\n");
}

#[test]
fn a_quote_that_is_suggested_holds_and_is_no_longer_than_the_site_allows() {
    let site = site();
    site.run(&["suggest", "--write"]).succeeds().stdout_contains("seeds/gazette.toml: 1 answer to edit");
    let record = site.text("seeds/gazette.toml");
    let quote = record.split("quotes = [\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a quote");
    assert!(quote.contains("lightning") && quote.split_whitespace().count() <= 12, "{quote}");
    // A record that wasn't there is begun.
    assert!(site.text("seeds/letter.toml").contains("title = \"A letter\""));
    let checked = site.check().succeeds();
    checked.stderr_contains("warning[answer-unedited]").stderr_contains("2 warnings");
    let comparison = site.build().succeeds().comparison();
    assert_eq!(comparison.pointer("/questions/0/answered").and_then(serde_json::Value::as_u64), Some(1));
}

#[test]
fn a_record_that_is_begun_finds_its_document_whatever_that_is_called() {
    let site = site().without("seeds").file("seeds/Evening Post (2).txt", DOCUMENT);
    site.run(&["suggest", "--write"])
        .succeeds()
        .stdout_contains("seeds/evening-post-2.toml: 1 answer to edit");
    assert!(site.text("seeds/evening-post-2.toml").contains("document = \"Evening Post (2).txt\"\n"));
    site.check().succeeds().stderr_contains("1 warning\n");
}

#[test]
fn in_a_language_that_no_rule_knows_the_voice_is_left_to_the_author() {
    let german = "Brand in der Mühle\n\nDie alte Mühle an der Furt ist am Freitag abgebrannt. Nach Angaben der Nachtwache war es ein \
        lightning, wie man in England sagt, und niemand hat etwas anderes gesehen.\n";
    let site = site().without("seeds").file("seeds/brand.txt", german);
    site.run(&["suggest"])
        .succeeds()
        .stdout_contains("# voice = \"own\"   # own | attributed | hedged | forecast");
}

#[test]
fn what_somebody_has_read_is_not_suggested_again() {
    let site = site().file("seeds/gazette.toml", "title = \"Fire\"\nsilent = [\"cause\"]\n");
    let ran = site.run(&["suggest"]).succeeds();
    assert!(ran.stdout.contains("# seeds/letter.toml") && !ran.stdout.contains("gazette"), "{}", ran.stdout);
    site.run(&["suggest", "gazette"])
        .succeeds()
        .stdout_contains("every source with a document has an answer");
    site.run(&["suggest", "gazete"]).cannot_run().stderr_contains("did you mean `gazette`?");
    site.run(&["suggest", "--question", "cuase"]).cannot_run().stderr_contains("did you mean `cause`?");
}

#[cfg(unix)]
mod with_a_program {
    use super::site;

    /// Replies with one true quote and several lies, whatever it is asked.
    const LIAR: &str = r#"#!/bin/sh
cat > request.json
cat <<'END'
{"answers": [
 {"question": "cause", "position": "lightning", "summary": "It was lightning.", "voice": "attributed", "to": "the night watch",
  "quotes": ["lightning struck it at ten", "arsonists struck it at ten", "the mill at the ford burnt down"]},
 {"question": "cause", "quotes": ["The mill was haunted by everybody who had ever seen it burn"]},
 {"question": "weather", "quotes": ["Nobody was hurt"]},
 {"question": "cause", "position": "ghosts", "quotes": ["Nobody was hurt"]}
]}
END
"#;

    #[test]
    fn of_a_program_that_lies_only_what_stands_in_the_document_is_kept() {
        let site = site().file("liar.sh", LIAR);
        let ran = site.run(&["suggest", "gazette", "--with", "sh liar.sh"]).succeeds();
        ran.stdout_contains("quotes = [\"lightning struck it at ten\"]")
            .stdout_contains(
                "# suggested summary: It was lightning.\n# suggested position: lightning"
                    .split('\n')
                    .next()
                    .unwrap_or_default(),
            )
            .stdout_contains("position = \"\"")
            .stdout_contains("quotes = [\"Nobody was hurt\"]")
            .stdout_contains("# 4 quotes dropped");
        let request: serde_json::Value =
            serde_json::from_str(&site.text("request.json")).expect("a request is JSON");
        assert_eq!(request["source"]["id"], "gazette");
        assert_eq!(request["questions"][0]["positions"][1]["label"], "A lamp");
        assert!(request["document"].as_str().is_some_and(|text| text.contains("Nobody was hurt.")));
        assert!(
            request["questions"][0]["passages"][0]["text"]
                .as_str()
                .is_some_and(|text| text.contains("lightning"))
        );
    }

    #[test]
    fn a_program_that_fails_or_talks_nonsense_is_told_of_and_nothing_is_written() {
        let site = site();
        let before = site.tree("seeds");
        for (command, reason) in [
            ("exit 3", "it ended with"),
            ("echo hello", "its reply is not valid"),
            ("sleep 0", "its reply is not valid"),
        ] {
            site.run(&["suggest", "--write", "--with", command]).cannot_run().stderr_contains(reason);
        }
        assert_eq!(site.tree("seeds"), before);
    }
}
