//! Reads Markdown files as their readers see them: without markup, with only the words of links, and with headings,
//! lists, tables and notes as blocks. The front matter becomes metadata.
//!
//! A file is converted to HTML and then read like a web page, but without a search for clutter. So HTML within Markdown
//! (`<del>`, `<sup>`, comments …) means the same as in a page.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::{ExtractedText, Limits, Meta, ReadError, html, plain, text, values};

/// Converts Markdown (CommonMark, with the tables, footnotes, task lists and strikethrough of GitHub) to text.
pub(crate) fn read(bytes: Vec<u8>, limits: Limits) -> Result<ExtractedText, ReadError> {
    let file = plain::read(bytes)?.text;
    let file = file.trim_start_matches('\u{feff}');
    let (front_matter, body) = split_front_matter(file);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let mut page = String::with_capacity(body.len() * 2);
    push_html(&mut page, Parser::new_ext(body, options).map(mark_note));
    let mut extracted = html::read_converted(&page, limits)?;
    extracted.meta = meta(front_matter, extracted.meta);
    extracted.checked(limits)
}

/// Converts footnotes, and the references to them, to HTML with the roles by which the HTML reader recognizes them.
fn mark_note(event: Event<'_>) -> Event<'_> {
    match event {
        Event::FootnoteReference(_) => Event::InlineHtml("<sup role=\"doc-noteref\">*</sup>".into()),
        Event::Start(Tag::FootnoteDefinition(_)) => Event::Html("<aside role=\"doc-footnote\">".into()),
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</aside>".into()),
        other => other,
    }
}

/// Splits a file into its front matter, without the lines that enclose it, and the rest.
fn split_front_matter(file: &str) -> (&str, &str) {
    let Some((fence, rest)) = file.split_once('\n') else { return ("", file) };
    let fence = fence.trim_end();
    // A file can also begin with a horizontal line, `---`, which no key follows.
    let has_key = rest.lines().next().is_some_and(|line| line.contains([':', '=']));
    if !matches!(fence, "---" | "+++") || !has_key {
        return ("", file);
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            return (&rest[..at], &rest[at + line.len()..]);
        }
        at += line.len();
    }
    ("", file)
}

/// Adds the values of front matter in YAML (`title: The mill`) or TOML (`title = "The mill"`) to the metadata. Only
/// the first line of a value is read.
fn meta(front_matter: &str, mut meta: Meta) -> Meta {
    for line in front_matter.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'', '[', ']']);
        match key.trim_end().to_ascii_lowercase().as_str() {
            "title" => meta.title = text::clean_value(value).or(meta.title),
            "author" | "authors" => meta.author = text::clean_value(value).or(meta.author),
            "publisher" => meta.publisher = text::clean_value(value).or(meta.publisher),
            "date" | "published" => meta.published = values::day(value).or(meta.published),
            "lang" | "language" => meta.language = values::language_tag(value).or(meta.language),
            "url" | "canonical" if values::is_web_address(value) => meta.url = Some(value.to_owned()),
            _ => {}
        }
    }
    meta
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::tests::LIMITS;
    use crate::{BlockKind, SetAsideReason};

    fn blocks(file: &str) -> Vec<String> {
        let extracted = read(file.into(), LIMITS).expect("a readable file");
        extracted.blocks.iter().map(|block| extracted.text[block.range.clone()].to_owned()).collect()
    }

    #[test]
    fn markup_is_not_part_of_the_text() {
        let file = "# The *old* mill\n\nIt [burnt down](https://mill.example \"Fire\") **twice**, says `log`.\n\n\
            > The ferry is safe.\n\n- one\n- [x] two\n\n```sh\nls  -l\n```\n<!-- unseen -->\n";
        assert_eq!(
            blocks(file),
            ["The old mill", "It burnt down twice, says log.", "The ferry is safe.", "one", "two", "ls  -l"]
        );
    }

    #[test]
    fn blocks_keep_their_kinds_and_wrapped_lines_are_joined() {
        let file = "Fire at the mill\n================\n\nThe old mill burnt\ndown on Friday.\n\n| hour | place |\n|---|---|\n| ten | ford |\n";
        let extracted = read(file.into(), LIMITS).expect("a readable file");
        let kinds: Vec<BlockKind> = extracted.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::Table, BlockKind::Table]);
        assert!(extracted.text.contains("mill burnt down on Friday."), "{}", extracted.text);
        assert!(extracted.text.ends_with("ten\tford"), "{}", extracted.text);
    }

    #[test]
    fn struck_words_are_set_aside_and_raised_ones_kept() {
        let file = "The mill is ~~not~~ safe. It took 10<sup>6</sup> stones.";
        let extracted = read(file.into(), LIMITS).expect("a readable file");
        assert_eq!(extracted.text, "The mill is safe. It took 10⁶ stones.");
        assert_eq!(extracted.set_aside.len(), 1);
        assert_eq!(extracted.set_aside[0].reason, SetAsideReason::Struck);
    }

    #[test]
    fn footnotes_are_blocks_and_their_marks_are_no_text() {
        let file = "The mill burnt[^watch] on Friday.\n\n[^watch]: So said the night watch.\n";
        assert_eq!(blocks(file), ["The mill burnt on Friday.", "So said the night watch."]);
        let extracted = read(file.into(), LIMITS).expect("a readable file");
        assert_eq!(extracted.blocks[1].kind, BlockKind::Note);
    }

    #[test]
    fn front_matter_becomes_metadata() {
        let yaml = "---\ntitle: \"The mill: a report\"\nauthor: Ada Quill\ndate: 2019-04-01\nlang: en_GB\ntags:\n  - fire\n---\nIt burnt.\n";
        let extracted = read(yaml.into(), LIMITS).expect("a readable file");
        assert_eq!(extracted.text, "It burnt.");
        assert_eq!(extracted.meta.title.as_deref(), Some("The mill: a report"));
        assert_eq!(extracted.meta.author.as_deref(), Some("Ada Quill"));
        assert_eq!(extracted.meta.language.as_deref(), Some("en-GB"));
        assert_eq!(extracted.meta.published, Some(jiff::civil::date(2019, 4, 1)));
        let toml = "+++\ntitle = \"The mill\"\n+++\nIt burnt.\n";
        assert_eq!(
            read(toml.into(), LIMITS).expect("a readable file").meta.title.as_deref(),
            Some("The mill")
        );
        assert_eq!(blocks("---\n\nIt burnt.\n\n---\n\nIt fell.\n"), ["It burnt.", "It fell."]);
    }
}
