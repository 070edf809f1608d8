//! Finds the style sheets of a chapter in other files: those that it links to, those that its `style` elements import,
//! and those that these sheets import in turn.

use super::files::Files;
use super::package_document::entry_name;
use crate::ReadError;
use crate::html::{Chapter, SheetLink};

/// Maximum number of imports in a chain, in which each imported sheet imports the next.
const MAX_IMPORT_DEPTH: usize = 4;
/// Maximum total length of the style sheets of one chapter. Further ones are left out.
const MAX_SHEET_BYTES: usize = 2_000_000;

/// Returns the texts of the style sheets in other files that a chapter uses, in the order in which they apply.
pub(super) fn of(chapter: &Chapter, name: &str, files: &mut Files) -> Result<Vec<String>, ReadError> {
    let mut found = FoundSheets { files, sheets: Vec::new(), bytes: 0 };
    for link in chapter.sheet_links() {
        found.add(name, &link, 0)?;
    }
    for sheet in chapter.own_sheets() {
        for import in imports(&sheet) {
            found.add(name, &import, 1)?;
        }
    }
    Ok(found.sheets)
}

struct FoundSheets<'f, 'b> {
    files: &'f mut Files<'b>,
    sheets: Vec<String>,
    /// The length of all sheets.
    bytes: usize,
}

impl FoundSheets<'_, '_> {
    /// Adds the style sheet to which `link` in `file` leads, after the sheets that it imports.
    fn add(&mut self, file: &str, link: &SheetLink, depth: usize) -> Result<(), ReadError> {
        let Some(name) = entry_name(file, &link.address) else { return Ok(()) };
        let Some(sheet) = self.files.sheet(&name)? else { return Ok(()) };
        self.bytes += sheet.len();
        if self.bytes > MAX_SHEET_BYTES || depth > MAX_IMPORT_DEPTH {
            return Ok(());
        }
        let before = self.sheets.len();
        for import in imports(&sheet) {
            self.add(&name, &import, depth + 1)?;
        }
        self.sheets.push(sheet.to_string());
        if !link.media.is_empty() {
            for sheet in &mut self.sheets[before..] {
                *sheet = format!("@media {} {{{sheet}}}", link.media);
            }
        }
        Ok(())
    }
}

/// Returns the imports at the start of a style sheet. Only comments and other rules without a block may precede them or
/// be between them.
fn imports(sheet: &str) -> Vec<SheetLink> {
    let mut imports = Vec::new();
    let mut rest = sheet.trim_start_matches('\u{feff}').trim_start();
    loop {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
        } else if let Some(mark) = rest.strip_prefix("<!--") {
            rest = mark.trim_start();
        } else if let Some((rule, after)) = rest.split_once(';')
            && rule.starts_with('@')
            && !rule.contains('{')
        {
            imports.extend(import(rule));
            rest = after.trim_start();
        } else {
            return imports;
        }
    }
}

/// Parses a rule such as `@import url("a.css") screen`.
fn import(rule: &str) -> Option<SheetLink> {
    const KEYWORD: &str = "@import";
    let value =
        rule.get(KEYWORD.len()..).filter(|_| rule[..KEYWORD.len()].eq_ignore_ascii_case(KEYWORD))?.trim();
    let (address, media) = if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        value[1..].split_once(quote)?
    } else {
        let is_url = value.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("));
        let (address, media) = value.get(4..).filter(|_| is_url)?.split_once(')')?;
        (address.trim().trim_matches(['"', '\'']), media)
    };
    Some(SheetLink { address: address.trim().to_owned(), media: media.trim().to_ascii_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_stand_at_the_start_of_a_sheet() {
        let sheet = "\u{feff}/* a; */ @charset 'utf-8';@import url( 'a b.css' ) Screen; @IMPORT \"../b.css\";\
            @import url(c.css);p{}@import 'd.css';";
        let imports: Vec<_> =
            imports(sheet).into_iter().map(|link| link.address + "|" + &link.media).collect();
        assert_eq!(imports, ["a b.css|screen", "../b.css|", "c.css|"]);
        for broken in ["@import", "@import url(a.css", "@import 'a.css", "é@import 'a.css';", "@é;"] {
            assert_eq!(super::imports(broken), [], "{broken}");
        }
    }
}
