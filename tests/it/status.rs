//! Tests of `sourcewise status`: how far the work is.

use serde_json::{Value, json};

use crate::support::SiteTest;

const CAUSE: &str = "+++\ntitle = \"What set fire to the mill?\"\nshort = \"Cause\"\nterms = [\"lightning\"]\n[positions]\nlightning = \"Lightning\"\n+++\n";
const COST: &str = "+++\ntitle = \"What did the fire cost?\"\nterms = [\"crowns\"]\n+++\n";
const DOCUMENT: &str = "Lightning struck the mill at ten in the evening, says the night watch.\n";

/// Three sources and two questions, with a cell in each state.
fn site() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\n")
        .file("content/questions/cause.md", CAUSE)
        .file("content/questions/cost.md", COST)
        .file(
            "seeds/gazette.toml",
            "title = \"Fire\"\nsilent = [\"cost\"]\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"Lightning.\"\n\
             quotes = [\"Lightning struck the mill\"]\nvoice = \"attributed\"\n",
        )
        .file("seeds/gazette.txt", DOCUMENT)
        .file("seeds/letter.toml", "title = \"A letter\"\npublish = \"quotes\"\n")
        .file("originals/letter.txt", DOCUMENT)
        .file("seeds/post.toml", "title = \"Post\"\n[[answer]]\nquestion = \"cause\"\nposition = \"\"\nsummary = \"\"\n")
        .file("seeds/post.txt", DOCUMENT)
}

fn status(site: &SiteTest) -> Value {
    let ran = site.run(&["status", "--format", "json"]).succeeds();
    serde_json::from_str(&ran.stdout).expect("the output is JSON")
}

#[test]
fn every_cell_has_one_of_five_states() {
    let figures = status(&site());
    let cells = figures["cells"].as_array().expect("cells");
    let states: Vec<&str> = cells.iter().filter_map(|cell| cell["state"].as_str()).collect();
    assert_eq!(states, ["answered", "suggested", "draft", "silent", "unexamined", "unexamined"]);
    assert_eq!(
        (figures["read"].as_u64(), figures["questions"][0]["read"].as_u64()),
        (Some(2), Some(1)),
        "{figures:#}"
    );
    assert_eq!(figures["cells"][1], json!({"question": "cause", "source": "letter", "state": "suggested"}));
}

#[test]
fn people_get_tables_and_the_next_cell() {
    let ran = site().run(&["status"]).succeeds();
    ran.stdout_contains(
        "2 of 6 cells read: 1 answered, 1 silent, 1 to be edited, 1 suggested by rule, 2 not examined\n",
    )
    .stdout_contains("Cause                            1 of 3          1          1  cause\n")
    .stdout_contains("next: cause in post (to be edited)\n");
}

#[test]
fn bare_documents_have_no_cells_yet() {
    let site = SiteTest::new().file("seeds/gazette.txt", DOCUMENT).file("seeds/post.txt", DOCUMENT);
    site.run(&["status"]).succeeds().stdout_contains("no questions yet for 2 sources");
    assert_eq!(status(&site)["cells"], json!([]));
}

#[test]
fn errors_in_the_site_are_counted_because_they_can_make_the_figures_wrong() {
    let site = site().file(
        "seeds/post.toml",
        "title = \"Post\"\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"It burnt.\"\nquotes = [\"nothing of the sort\"]\n",
    );
    let ran = site.run(&["status"]).finds_problems();
    ran.stdout_contains("1 to be edited").stdout_contains("1 error in the site's files");
    let ran = site.run(&["status", "--format", "json"]).finds_problems();
    let figures: Value = serde_json::from_str(&ran.stdout).expect("the output is JSON");
    assert_eq!(figures["errors"], 1);
}
