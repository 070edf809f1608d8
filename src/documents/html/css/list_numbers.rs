//! Numbers the items of lists, as browsers show them: `1.`, `b.`, `iv.`. The page's text has them only in an attribute,
//! or not at all.

use std::collections::BTreeMap;

use super::NodeStyle;
use crate::html::tree::{Id, Step, Tree};
use crate::numerals::{latin, roman};

/// How the numbers of a list are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListStyle {
    /// Without numbers: with bullets, a picture, nothing, or in a script that is not known here.
    #[default]
    Unnumbered,
    Decimal,
    /// With a zero before numbers of one digit.
    LeadingZero,
    SmallLetters,
    CapitalLetters,
    SmallRoman,
    CapitalRoman,
}

impl ListStyle {
    /// Returns the style of an element. `declared` is the value of `list-style-type`, empty if there is none.
    pub(crate) fn of(tree: &Tree, id: Id, declared: &str, around: Self) -> Self {
        let by_element = || match (tree.name(id), tree.attribute(id, "type").map(str::trim)) {
            ("ol" | "li", Some("a")) => Self::SmallLetters,
            ("ol" | "li", Some("A")) => Self::CapitalLetters,
            ("ol" | "li", Some("i")) => Self::SmallRoman,
            ("ol" | "li", Some("I")) => Self::CapitalRoman,
            ("li", Some("1")) | ("ol", _) => Self::Decimal,
            ("ul" | "menu" | "dir", _) | ("li", Some(_)) => Self::Unnumbered,
            _ => around,
        };
        match declared {
            "" | "revert" | "revert-layer" => by_element(),
            "inherit" | "unset" => around,
            "decimal" => Self::Decimal,
            "decimal-leading-zero" => Self::LeadingZero,
            "lower-alpha" | "lower-latin" => Self::SmallLetters,
            "upper-alpha" | "upper-latin" => Self::CapitalLetters,
            "lower-roman" => Self::SmallRoman,
            "upper-roman" => Self::CapitalRoman,
            _ => Self::Unnumbered,
        }
    }

    fn written(self, number: i64) -> Option<String> {
        let positive = usize::try_from(number).ok();
        let written = match self {
            Self::Unnumbered => return None,
            Self::Decimal => None,
            Self::LeadingZero => (0..10).contains(&number).then(|| format!("0{number}")),
            Self::SmallLetters => positive.and_then(latin),
            Self::CapitalLetters => positive.and_then(latin).map(|letters| letters.to_uppercase()),
            Self::SmallRoman => positive.and_then(roman),
            Self::CapitalRoman => positive.and_then(roman).map(|numeral| numeral.to_uppercase()),
        };
        // Browsers write numbers in digits that can't be written otherwise.
        Some(format!("{}.", written.unwrap_or_else(|| number.to_string())))
    }
}

/// Returns the numbers that are shown before list items.
pub(crate) fn of(tree: &Tree, nodes: &[NodeStyle]) -> BTreeMap<Id, String> {
    let is_shown = |id: Id| nodes.get(id).is_some_and(|node| node.hidden_by != Some("display"));
    let mut numbers = BTreeMap::new();
    // For each open list, the next number and the step to the one after it.
    let mut lists: Vec<(i64, i64)> = Vec::new();
    for step in tree.walk(Tree::ROOT) {
        let (Step::In(id) | Step::Out(id)) = step;
        let whole_number = |key| tree.attribute(id, key)?.trim().parse::<i64>().ok();
        match (tree.name(id), step) {
            ("ol" | "ul" | "menu" | "dir", Step::Out(_)) => drop(lists.pop()),
            ("ol", Step::In(_)) if tree.attribute(id, "reversed").is_some() => {
                let items = tree.children(id).filter(|item| tree.name(*item) == "li" && is_shown(*item));
                let last = i64::try_from(items.count()).unwrap_or(i64::MAX);
                lists.push((whole_number("start").unwrap_or(last), -1));
            }
            ("ol", Step::In(_)) => lists.push((whole_number("start").unwrap_or(1), 1)),
            ("ul" | "menu" | "dir", Step::In(_)) => lists.push((1, 1)),
            ("li", Step::In(_)) if is_shown(id) => {
                let Some((next, step)) = lists.last_mut() else { continue };
                let number = whole_number("value").unwrap_or(*next);
                *next = number.saturating_add(*step);
                let style = nodes.get(id).map(|node| node.list_style).unwrap_or_default();
                numbers.extend(style.written(number).map(|written| (id, written)));
            }
            _ => {}
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::css::Styles;

    fn numbers(page: &str) -> Vec<String> {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 20 };
        let tree = Tree::parse(page, limits).expect("a page");
        let styles = Styles::of(&tree, &[], limits).expect("within the limits");
        styles.list_numbers.into_values().collect()
    }

    #[test]
    fn items_are_numbered_as_browsers_show_them() {
        for (list, expected) in [
            ("<ol><li>a<li>b</ol>", vec!["1.", "2."]),
            ("<ol start=7><li>a<li>b</ol>", vec!["7.", "8."]),
            ("<ol reversed><li>a<li>b</ol>", vec!["2.", "1."]),
            ("<ol reversed start=9><li>a<li>b</ol>", vec!["9.", "8."]),
            ("<ol><li>a<li value=5>b<li>c</ol>", vec!["1.", "5.", "6."]),
            ("<ol type=a start=26><li>a<li>b</ol>", vec!["z.", "aa."]),
            ("<ol type=I start=4><li>a<li type=A>b</ol>", vec!["IV.", "E."]),
            ("<ol type=i start=0><li>a<li>b</ol>", vec!["0.", "i."]),
            ("<ol><li>a<ol type=a><li>b</ol><li>c</ol>", vec!["1.", "a.", "2."]),
            ("<ol><li>a<ul><li>b</ul></ol><ul><li>c</ul>", vec!["1."]),
            ("<ol><li style='display: none'>a<li>b</ol>", vec!["1."]),
            ("<ol><li style='visibility: hidden'>a<li>b</ol>", vec!["1.", "2."]),
        ] {
            assert_eq!(numbers(list), expected, "{list}");
        }
    }

    #[test]
    fn style_sheets_change_and_remove_numbers() {
        for (style, expected) in [
            ("ol { list-style: none }", vec![]),
            ("li { list-style-type: none }", vec![]),
            ("ol { list-style: inside }", vec![]),
            ("ol { list-style: url(dot.png) decimal }", vec![]),
            ("li { display: block }", vec![]),
            ("body { list-style-type: none }", vec!["1.", "2."]),
            ("ol { list-style-type: lower-roman }", vec!["i.", "ii."]),
            ("ol { list-style: decimal-leading-zero inside }", vec!["01.", "02."]),
            ("ol { display: flex }", vec!["1.", "2."]),
        ] {
            assert_eq!(numbers(&format!("<style>{style}</style><ol><li>a<li>b</ol>")), expected, "{style}");
        }
        assert_eq!(numbers("<ul style='list-style: upper-latin'><li>a<li>b</ul>"), ["A.", "B."]);
    }
}
