//! Messages about unknown names in templates: filters, tests and functions that don't exist, and fields of `extra`
//! without a value.

use std::ops::Range;

/// Where the filters, tests and functions of the template language are listed.
const TERA_MANUAL: &str = "https://keats.github.io/tera/";

/// What is wrong with a name in a template, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NameProblem {
    /// The name's byte range in the template.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

/// Reads Tera's message about an unknown filter, test or function: `` unknown filter `shout` ``. The message doesn't
/// say where the name is, so this searches the template's `text` for its first use. `None` for other messages, or if
/// the name isn't found.
pub(super) fn unknown_name(message: &str, text: &str) -> Option<NameProblem> {
    let (kind, name) = message.strip_prefix("unknown ")?.split_once(' ')?;
    let name = name.strip_prefix('`')?.strip_suffix('`')?;
    let written = match kind {
        "filter" => format!("| {name}"),
        "test" => format!("is {name}"),
        "function" => format!("{name}(…)"),
        _ => return None,
    };
    let is_used_as_kind = |at: &usize| {
        let (before, after) = (text[..*at].trim_end(), text[at + name.len()..].trim_start());
        match kind {
            "filter" => before.ends_with('|'),
            "test" => before.ends_with("is") || before.ends_with("not"),
            _ => after.starts_with('('),
        }
    };
    let mut places = text.match_indices(name).map(|(at, _)| at).filter(|at| is_whole(text, *at, name));
    let at = places.find(is_used_as_kind)?;
    Some(NameProblem {
        range: at..at + name.len(),
        message: format!("there is no {kind} `{name}`"),
        help: format!("remove `{written}`, or use one of the {kind}s listed at {TERA_MANUAL}"),
    })
}

/// Whether the name at byte `at` is not a part of a longer one.
fn is_whole(text: &str, at: usize, name: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !is_part(text[..at].chars().next_back()) && !is_part(text[at + name.len()..].chars().next())
}

/// Reads Tera's message about a field of `extra` that a page doesn't have. `field` is the field's byte range in the
/// template's `text`, and `page` the path of the page's file, if known. `None` for other messages.
pub(super) fn missing_extra(
    message: &str,
    text: &str,
    field: Range<usize>,
    page: Option<&str>,
) -> Option<NameProblem> {
    let name = text.get(field.clone())?;
    let start = text[..field.start].strip_suffix("extra.")?.len();
    if !message.ends_with("is not defined") || !is_whole(text, start, "extra") {
        return None;
    }
    let place = page.map_or_else(String::new, |page| format!(" on the page `{page}`"));
    let file = page.map_or_else(|| "the page's file".to_owned(), |page| format!("`{page}`"));
    Some(NameProblem {
        range: start..field.end,
        message: format!("`extra.{name}` has no value{place}"),
        help: format!(
            "write `{name} = \"…\"` below a line `[extra]` in the front matter of {file}; if not all pages have it, write \
             `{{% if extra.{name} %}}…{{% endif %}}` around it; or correct the name in the template"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_found_where_it_is_used() {
        for (message, text, range) in [
            ("unknown filter `shout`", "<p>shout {{ a | shouting }}{{ a |shout }}", 33..38),
            ("unknown test `old`", "{% if old is old %}", 13..16),
            ("unknown function `now`", "{{ now }} {{ now() }}", 13..16),
        ] {
            assert_eq!(unknown_name(message, text).map(|found| found.range), Some(range), "{message}");
        }
        assert_eq!(unknown_name("unknown component `card`", "{{<card />}}"), None);
    }

    #[test]
    fn only_fields_of_extra_are_values_of_pages() {
        let message = "field `colour` is not defined";
        let found = missing_extra(message, "{{ extra.colour }}", 9..15, Some("content/mill.md"));
        assert_eq!(found.map(|found| found.range), Some(3..15));
        assert_eq!(missing_extra(message, "{{ site.colour }}", 8..14, None), None);
        assert_eq!(missing_extra(message, "{{ my_extra.colour }}", 12..18, None), None);
    }
}
