//! Tests of `sourcewise suggest`: answers to edit, found by rule or by an external program.

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
fn passages_found_by_rule_become_answers_without_position_and_summary() {
    let ran = site().run(&["suggest", "gazette"]).succeeds();
    ran.stdout_contains("# seeds/gazette.toml")
        .stdout_contains("question = \"cause\"\nposition = \"\"   # lightning | lamp\nsummary = \"\"\n")
        .stdout_contains("voice = \"attributed\"\nto = \"the night watch\"\n");
}

#[test]
fn suggested_quotes_are_proved_and_respect_the_length_limit() {
    let site = site();
    site.run(&["suggest", "--write"]).succeeds().stdout_contains("seeds/gazette.toml: 1 answer to edit");
    let record = site.text("seeds/gazette.toml");
    let quote = record
        .split("quotes = [\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("there is a quote");
    assert!(quote.contains("lightning") && quote.split_whitespace().count() <= 12, "{quote}");
    // A missing record is created.
    assert!(site.text("seeds/letter.toml").contains("title = \"A letter\""));
    let checked = site.check().succeeds();
    checked.stderr_contains("warning[answer-unedited]").stderr_contains("2 warnings");
    let comparison = site.build().succeeds().comparison();
    assert_eq!(comparison.pointer("/questions/0/answered").and_then(serde_json::Value::as_u64), Some(1));
}

#[test]
fn answers_that_a_record_has_are_not_written_again() {
    let site = site();
    site.run(&["suggest", "--write"]).succeeds();
    let written = site.text("seeds/gazette.toml");
    let again = site.run(&["suggest", "--write"]).succeeds();
    let again = again.stdout_contains("seeds/gazette.toml has the suggested answers already");
    assert!(!again.stdout.contains("to edit"), "{}", again.stdout);
    assert_eq!(site.text("seeds/gazette.toml"), written);
}

#[test]
fn suggested_quotes_count_the_parts_of_compounds_as_check_does() {
    let document = "A ten-year-old lamp-lighter saw lightning strike the half-built mill-house near the tree-lined ford.\n";
    let site = site().file("originals/gazette.txt", document).without("seeds/letter.txt");
    site.run(&["suggest", "--write"]).succeeds().stdout_contains("1 answer to edit");
    let edited = site.text("seeds/gazette.toml").replace("position = \"\"", "position = \"lightning\"");
    let edited = edited.replace("summary = \"\"", "summary = \"Lightning struck it.\"");
    site.file("seeds/gazette.toml", &edited).check().succeeds().stdout_contains("no problems");
}

#[test]
fn questions_without_any_suggestion_are_named() {
    let question = "+++\ntitle = \"Who owns the wheel?\"\nterms = [\"wheelwright\"]\n+++\n";
    let ran = site().file("content/questions/owner.md", question).run(&["suggest"]).succeeds();
    ran.stdout_contains("# nothing was found for owner: use words of the documents");
    let ran = site().file("content/questions/owner.md", question).run(&["suggest", "gazette"]).succeeds();
    ran.stdout_contains("# nothing was found for owner in gazette:");
    assert!(!site().run(&["suggest"]).succeeds().stdout.contains("nothing was found"));
}

#[test]
fn a_new_record_names_its_document() {
    let site = site().without("seeds").file("seeds/Evening Post (2).txt", DOCUMENT);
    site.run(&["suggest", "--write"])
        .succeeds()
        .stdout_contains("seeds/evening-post-2.toml: 1 answer to edit");
    assert!(site.text("seeds/evening-post-2.toml").contains("document = \"Evening Post (2).txt\"\n"));
    site.check().succeeds().stderr_contains("1 warning\n");
}

#[test]
fn the_voice_is_left_open_in_unsupported_languages() {
    let german = "Brand in der Mühle\n\nDie alte Mühle an der Furt ist am Freitag abgebrannt. Nach Angaben der Nachtwache war es ein \
        lightning, wie man in England sagt, und niemand hat etwas anderes gesehen.\n";
    let site = site().without("seeds").file("seeds/brand.txt", german);
    site.run(&["suggest"])
        .succeeds()
        .stdout_contains("# voice = \"own\"   # own | attributed | hedged | forecast");
}

#[test]
fn examined_questions_are_not_suggested_again() {
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
mod with_an_external_program {
    use super::site;

    /// Returns one real quote and several false ones for every request.
    const FALSE_QUOTES_SCRIPT: &str = r#"#!/bin/sh
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
    fn only_proved_quotes_of_a_program_are_used() {
        let site = site().file("liar.sh", FALSE_QUOTES_SCRIPT);
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
            serde_json::from_str(&site.text("request.json")).expect("the request is JSON");
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
    fn a_failing_program_is_reported_and_nothing_is_written() {
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
