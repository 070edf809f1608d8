//! Renders a chapter of the manual as a page for `man`, in the macros of `groff_man(7)`.

use roff::{Roff, bold, roman};

use super::Chapter;
use super::blocks::{Block, Inline, parse};

/// Renders a chapter as the man page `sourcewise-<chapter>(1)`.
pub fn man_page(chapter: &Chapter) -> String {
    let name = format!("sourcewise-{}", chapter.name);
    let version = concat!("sourcewise ", env!("CARGO_PKG_VERSION"));
    let mut page = Roff::new();
    // The page has no date, so that building a version again gives the same page.
    page.control("TH", [name.as_str(), "1", " ", version, "Sourcewise"]);
    page.control("SH", ["NAME"]).text([roman(format!("{name} - {}", chapter.summary))]);
    page.control("SH", ["DESCRIPTION"]);
    for block in parse(chapter.markdown) {
        push_block(&mut page, &block);
    }
    page.to_roff()
}

fn push_block(page: &mut Roff, block: &Block) {
    match block {
        // The chapter's title is left out, because the page's name already says it.
        Block::Heading(1, _) => {}
        Block::Heading(_, text) => {
            let title: String = text.iter().map(Inline::as_str).collect();
            page.control("SH", [title.as_str()]);
        }
        Block::Paragraph(text) => {
            page.control("PP", []).text(styled(text));
        }
        Block::Code(code) => {
            page.control("PP", []).control("RS", ["4"]).control("EX", []);
            for line in code.lines() {
                page.text([roman(line)]);
            }
            page.control("EE", []).control("RE", []);
        }
        Block::Item { depth, marker, text } => {
            let indent = (3 + 2 * depth).to_string();
            page.control("IP", [marker.as_str(), indent.as_str()]).text(styled(text));
        }
        // Each row becomes a term and its description. The head row is left out.
        Block::Table(rows) => {
            for row in rows.iter().skip(1) {
                let mut cells = row.iter().filter(|cell| !cell.is_empty());
                page.control("TP", []).text(cells.next().map_or_else(Vec::new, |cell| styled(cell)));
                let rest: Vec<_> = cells.map(|cell| styled(cell)).collect();
                page.text(rest.join(&roman("; ")));
            }
        }
    }
}

/// Sets code and strong text in bold, as man pages do for what is typed.
fn styled(text: &[Inline]) -> Vec<roff::Inline> {
    text.iter()
        .map(|inline| match inline {
            Inline::Text(text) => roman(text),
            Inline::Code(text) | Inline::Strong(text) => bold(text),
        })
        .collect()
}
