//! Reads the tokens of style sheets: finds characters outside of strings and brackets, and decodes escapes.

/// Returns the offset of the first character in `wanted` that is neither escaped nor in a string or brackets.
pub(crate) fn find(text: &str, wanted: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (c, quote) {
            ('\\', _) => {
                chars.next();
            }
            // A string ends at the end of its line, too.
            (_, Some(open)) if c == open || c == '\n' => quote = None,
            (_, Some(_)) => {}
            _ if depth == 0 && wanted.contains(&c) => return Some(at),
            ('"' | '\'', None) => quote = Some(c),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Splits a text at a character that is not in a string or in brackets.
pub(crate) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, &[separator]) {
        parts.push(&rest[..at]);
        rest = &rest[at + separator.len_utf8()..];
    }
    parts.push(rest);
    parts
}

/// Reads an identifier at the start of a text. Returns it without escapes, and the text after it.
pub(crate) fn identifier(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let (decoded, after) = escape(&rest[1..])?;
            name.push(decoded);
            rest = after;
        } else if is_in_name(c) {
            if name.is_empty() && c.is_ascii_digit() {
                return None;
            }
            name.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            break;
        }
    }
    (!name.is_empty()).then_some((name, rest))
}

/// Whether a character can be part of an identifier without an escape.
pub(crate) fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

/// Reads a string in quotation marks at the start of a text. Returns it without escapes, and the text after it.
pub(crate) fn string(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut value = String::new();
    let mut rest = &text[1..];
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == quote {
            return Some((value, rest));
        }
        if c != '\\' {
            value.push(c);
        } else if let Some(after) = rest.strip_prefix('\n') {
            rest = after;
        } else if let Some((decoded, after)) = escape(rest) {
            value.push(decoded);
            rest = after;
        }
    }
    Some((value, ""))
}

/// Decodes the escapes of a text.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let Some((decoded, after)) = escape(&rest[at + 1..]) else { return out };
        out.push(decoded);
        rest = after;
    }
    out + rest
}

/// Decodes an escape, given the text after its backslash. Returns the character, and the text after it.
fn escape(text: &str) -> Option<(char, &str)> {
    const MAX_HEX_DIGITS: usize = 6;
    let digits = text.bytes().take(MAX_HEX_DIGITS).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        let c = text.chars().next()?;
        return Some((c, &text[c.len_utf8()..]));
    }
    let decoded = u32::from_str_radix(&text[..digits], 16).ok().and_then(char::from_u32);
    let after = &text[digits..];
    let after = after.strip_prefix([' ', '\t', '\n']).unwrap_or(after);
    Some((decoded.unwrap_or(char::REPLACEMENT_CHARACTER), after))
}

/// Removes comments that are not in strings. A comment separates the names on both sides.
pub(crate) fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut quote = None;
    let mut rest = sheet;
    while let Some(at) = rest.find(['/', '"', '\'', '\n', '\\']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if quote.is_none() && after.starts_with("/*") {
            rest = after[2..].split_once("*/").map_or("", |(_, after)| after);
            if out.ends_with(is_in_name) && rest.starts_with(is_in_name) {
                out.push(' ');
            }
            continue;
        }
        let c = after.as_bytes()[0] as char;
        quote = match (quote, c) {
            (None, '"' | '\'') => Some(c),
            (Some(open), _) if c == open || c == '\n' => None,
            _ => quote,
        };
        // The character after a backslash has no meaning of its own.
        let length = 1 + if c == '\\' { after[1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        out.push_str(&after[..length]);
        rest = &after[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_brackets_and_escapes_hide_separators() {
        assert_eq!(
            split("a, b(c,d), 'e,f', g\\,h, [i=\",\"]", ','),
            ["a", " b(c,d)", " 'e,f'", " g\\,h", " [i=\",\"]"]
        );
        assert_eq!(identifier("md\\:block.x"), Some(("md:block".to_owned(), ".x")));
        assert_eq!(identifier("\\31 a>"), Some(("1a".to_owned(), ">")));
        assert_eq!(string("'a\\27 b' c"), Some(("a'b".to_owned(), " c")));
        assert_eq!(unescape("d\\69splay"), "display");
    }

    #[test]
    fn comments_are_removed_outside_of_strings() {
        assert_eq!(without_comments("a/* b */.c{d:'/*e*/'}/* f"), "a.c{d:'/*e*/'}");
        assert_eq!(without_comments("dis/**/play: a/**/,/**/b"), "dis play: a,b");
    }
}
