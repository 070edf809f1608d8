//! The beginning of a record: what a document says of itself, as TOML for the author to check and go on with.

use std::fmt::Write as _;

use sourcewise_documents::Meta;
use toml::Value;

use crate::load::Publish;

/// A record's first lines. `document` is the name of the document where that isn't the id with an ending.
pub(super) fn stub(meta: &Meta, title: &str, document: Option<&str>, publish: Publish) -> String {
    let Meta { author, publisher, published, url, language, .. } = meta;
    let mut toml =
        String::from("# What the document says of itself: check it, mend it, and add what is missing.\n");
    let mut line = |key: &str, value: Option<&str>| {
        // Writing to a string does not fail.
        let _ = match value {
            Some(value) => writeln!(toml, "{key} = {value}"),
            None => writeln!(toml, "# {key} = \"\""),
        };
    };
    line("title", Some(&text(title)));
    line("publisher", publisher.as_deref().map(text).as_deref());
    line("author", author.as_deref().map(text).as_deref());
    line("url", url.as_deref().map(text).as_deref());
    match published {
        Some(day) => line("published", Some(&day.to_string())),
        None => line("published", None),
    }
    line("kind", None);
    if let Some(language) = language {
        line("language", Some(&text(language)));
    }
    let (word, meaning) = match publish {
        Publish::Quotes => ("\"quotes\"     ", "nothing is shown of it but what is quoted"),
        Publish::Excerpts => {
            ("\"excerpts\"   ", "also passages that a rule finds; \"quotes\" for less, \"full\" for all")
        }
        Publish::Full => ("\"full\"       ", "all of it is shown"),
    };
    line("publish", Some(&format!("{word}# {meaning}")));
    if let Some(document) = document {
        line("document", Some(&text(document)));
    }
    // An empty date would be no date.
    toml.replace("# published = \"\"", "# published = 2026-01-31   # a whole day, without quotation marks")
}

/// A text as TOML writes it.
pub(super) fn text(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_to_be_filled_in() {
        let meta = Meta { publisher: Some("The \"Gazette\"".to_owned()), ..Meta::default() };
        let stub = stub(&meta, "Fire", Some("a b.pdf"), Publish::Quotes);
        let table: toml::Table = stub.parse().expect("a stub is TOML");
        let keys: Vec<&str> = table.keys().map(String::as_str).collect();
        assert_eq!(keys, ["title", "publisher", "publish", "document"]);
        assert_eq!(table["publisher"].as_str(), Some("The \"Gazette\""));
        assert!(stub.contains("# author = \"\"\n"), "{stub}");
    }
}
