//! Tests of block quotations, uncited paragraphs, text-fragment links to the publisher, and `check --explain`.

use crate::support::SiteTest;

fn story(body: &str) -> SiteTest {
    SiteTest::story().file("content/story.md", &format!("+++\ntitle = \"The story\"\n+++\n{body}\n"))
}

#[test]
fn a_cited_block_quotation_is_verified_and_shows_the_documents_characters() {
    let page = story("> a lamp\n> 'fell' - into [@gazette]").build().succeeds().page("story.html");
    page.contains("<blockquote class=\"quotation\"><p>a lamp ‘fell’ – into</p>")
        .contains("paragraph")
        .lacks("'fell'");
    story("> a lamp 'fell' - into — [@gazette]").build().succeeds();
    let page = story("> “a lamp 'fell' - into” [@gazette]").build().succeeds().page("story.html");
    page.contains("<p>a lamp ‘fell’ – into</p>");
}

#[test]
fn a_block_quotation_not_in_its_source_is_rejected() {
    for wrong in ["> a lamp rose into [@gazette]", "> *a lamp* 'fell' [@ballad]"] {
        story(wrong)
            .check()
            .finds_problems()
            .stderr_contains("error[quote-not-found]")
            .stderr_contains("story.md:4:");
    }
}

#[test]
fn uncited_block_quotations_are_allowed_and_uncheckable_ones_rejected() {
    story("> Whatever I like.").build().succeeds().page("story.html").lacks("class=\"quotation\"");
    for unclear in [
        "> As they say [@gazette] of it.",
        "> - A list [@gazette]\n> - of two",
        "> a lamp [@gazette; @ballad]",
    ] {
        story(unclear).check().finds_problems().stderr_contains("this block quotation can't be verified");
    }
}

#[test]
fn a_block_quotation_can_end_in_a_full_stop_and_span_paragraphs() {
    story("> a lamp 'fell' - into [@gazette].")
        .build()
        .succeeds()
        .page("story.html")
        .contains("<p>a lamp ‘fell’");
    let site = story("> It burnt.\n>\n> Then it rained. [@report]")
        .file("seeds/report.txt", "It burnt. So they say.\nThen it rained.\n");
    let site = site.file("seeds/report.toml", "title = \"A report\"\n");
    site.build().succeeds().page("story.html").contains("<p>It burnt. … Then it rained.</p>");
}

#[test]
fn uncited_paragraphs_are_reported_if_enabled() {
    let body = "It burnt for three days and nights.\n\nIt burnt for three days [@gazette].\n\nWho knows why it burnt \
                at all?\n\nShort one.\n\n- An item that states as much as this.\n";
    let asked = story(body).file("site.toml", "title = \"T\"\n[check]\nuncited = \"warn\"\n");
    let ran = asked.check().succeeds();
    assert_eq!(ran.stderr.matches("warning[uncited]").count(), 2, "{}", ran.stderr);
    let ran = ran.stderr_contains("story.md:4:1");
    ran.stderr_contains("story.md:12:1");
    assert_eq!(story(body).check().succeeds().stderr, "");
}

#[test]
fn a_quote_links_to_its_words_at_the_publisher() {
    let record = "title = \"A\"\nurl = \"https://gazette.example/fire\"\n[[answer]]\nquestion = \"cause\"\n\
                  position = \"lamp\"\nsummary = \"So.\"\nquotes = [\"a lamp-lit barn, they say\"]\n";
    let site = SiteTest::new()
        .file("content/questions/cause.md", "+++\ntitle = \"Why?\"\n[positions]\nlamp = \"A lamp\"\n+++\n")
        .file("seeds/a.toml", record)
        .file("seeds/a.txt", "It was a lamp-lit barn, they say.");
    let page = site.build().succeeds().page("sources/a.html");
    page.contains("https://gazette.example/fire#:~:text=a%20lamp%2Dlit%20barn%2C%20they%20say");
}

#[test]
fn every_code_has_an_explanation_and_an_unknown_code_a_suggestion() {
    for code in sourcewise::problem::Code::ALL {
        let ran = SiteTest::new().run(&["check", "--explain", code.as_str()]).succeeds();
        assert!(ran.stdout.starts_with(code.as_str()) && ran.stdout.len() > 60, "{}", ran.stdout);
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    }
    SiteTest::new()
        .run(&["check", "--explain", "quote-notfound"])
        .cannot_run()
        .stderr_contains("`quote-not-found`?");
}

#[test]
fn a_quote_with_its_own_quotation_marks_is_shown_without_them() {
    let record = "title = \"A\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lamp\"\nsummary = \"So.\"\n\
                  quotes = [\"“We lit a lamp at noon,”\"]\n";
    let site = SiteTest::new()
        .file("content/questions/cause.md", "+++\ntitle = \"Why?\"\n[positions]\nlamp = \"A lamp\"\n+++\n")
        .file("content/story.md", "+++\ntitle = \"S\"\n+++\nSo [@a \"“We lit a lamp at noon,”\"].\n")
        .file("seeds/a.toml", record)
        .file("seeds/a.txt", "“We lit a lamp at noon,” the miller said.");
    let built = site.build().succeeds();
    for page in ["story.html", "sources/a.html", "compare/cause.html"] {
        built.page(page).contains("We lit a lamp at noon").lacks("“We lit");
    }
    let block = "> “a lamp,” it says, “fell” [@report]";
    let site = story(block).file("seeds/report.txt", "So: “a lamp,” it says, “fell”.\n");
    site.build().succeeds().page("story.html").contains("<p>“a lamp,” it says, “fell”</p>");
}
