//! The start of a new record: the document's metadata as TOML, for the site's author to check and complete.

use std::fmt::Write as _;

use sourcewise_documents::Meta;

use super::quoting::toml_string;
use crate::load::Publish;

/// Returns the text of a record without answers. Keys without a value are comments. `document` is the document's file
/// name; `None` if it is the source's id with an extension.
pub fn new_record(meta: &Meta, title: &str, document: Option<&str>, publish: Publish) -> String {
    let Meta { author, publisher, published, url, language, .. } = meta;
    let mut toml = String::from(
        "# This is what the document's file says about itself: check it, correct it, and add what is missing.\n",
    );
    let mut line = |key: &str, value: Option<&str>| {
        // Writing to a string does not fail.
        let _ = match value {
            Some(value) => writeln!(toml, "{key} = {value}"),
            None => writeln!(toml, "# {key} = \"\""),
        };
    };
    line("title", Some(&toml_string(title)));
    line("publisher", publisher.as_deref().map(toml_string).as_deref());
    line("author", author.as_deref().map(toml_string).as_deref());
    line("url", url.as_deref().map(toml_string).as_deref());
    match published {
        Some(day) => line("published", Some(&day.to_string())),
        None => line("published", None),
    }
    line("kind", None);
    if let Some(language) = language {
        line("language", Some(&toml_string(language)));
    }
    let (word, meaning) = match publish {
        Publish::Quotes => ("\"quotes\"     ", "only its quotes are shown"),
        Publish::Excerpts => (
            "\"excerpts\"   ",
            "quotes, and passages found by rule; \"quotes\" shows less, \"full\" everything",
        ),
        Publish::Full => ("\"full\"       ", "the whole document is shown"),
    };
    line("publish", Some(&format!("{word}# {meaning}")));
    if let Some(document) = document {
        line("document", Some(&toml_string(document)));
    }
    // An empty string is not a valid date, so the line for a missing date has an example instead.
    toml.replace("# published = \"\"", "# published = 2026-01-31   # a whole day, without quotation marks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_are_left_as_comments_to_fill_in() {
        let meta = Meta { publisher: Some("The \"Gazette\"".to_owned()), ..Meta::default() };
        let template = new_record(&meta, "Fire", Some("a b.pdf"), Publish::Quotes);
        let table: toml::Table = template.parse().expect("the template is TOML");
        let keys: Vec<&str> = table.keys().map(String::as_str).collect();
        assert_eq!(keys, ["title", "publisher", "publish", "document"]);
        assert_eq!(table["publisher"].as_str(), Some("The \"Gazette\""));
        assert!(template.contains("# author = \"\"\n"), "{template}");
    }
}
