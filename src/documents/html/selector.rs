//! Writes a CSS selector for an element, which an author can copy into a record.

use std::collections::BTreeMap;

use super::css::ElementFinder;
use super::tree::{Id, Tree};

/// Maximum number of levels in a selector. The selector of a deeper element may match further elements, too.
const MAX_LEVELS: usize = 30;
/// Longer classes and ids are not used: they are usually generated.
const MAX_NAME_BYTES: usize = 60;

/// Writes selectors for the elements of a page. Counts the elements with each id, name and class, to find short ones.
pub(crate) struct SelectorWriter<'t> {
    tree: &'t Tree,
    finder: &'t ElementFinder<'t>,
    ids: BTreeMap<&'t str, usize>,
    names: BTreeMap<&'t str, usize>,
    /// By name and class: the number of elements, and whether one of them is barred (see [`Self::new`]).
    classes: BTreeMap<(&'t str, &'t str), (usize, bool)>,
}

impl<'t> SelectorWriter<'t> {
    /// `is_barred` says for each node whether it is barred: a selector that is written for another element must
    /// not match it.
    pub(crate) fn new(tree: &'t Tree, finder: &'t ElementFinder<'t>, is_barred: &[bool]) -> Self {
        let mut writer =
            Self { tree, finder, ids: BTreeMap::new(), names: BTreeMap::new(), classes: BTreeMap::new() };
        for id in tree.below(Tree::ROOT).filter(|id| !tree.name(*id).is_empty()) {
            let name = tree.name(id);
            *writer.names.entry(name).or_default() += 1;
            if let Some(own) = tree.attribute(id, "id") {
                *writer.ids.entry(own).or_default() += 1;
            }
            for class in tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace() {
                let (count, has_barred) = writer.classes.entry((name, class)).or_default();
                *count += 1;
                *has_barred |= is_barred.get(id).copied().unwrap_or_default();
            }
        }
        writer
    }

    /// Returns a short selector for an element. It may also match elements of the same name and class that are not
    /// barred.
    pub(crate) fn selector(&self, id: Id) -> String {
        let mut steps = Vec::new();
        for up in self.tree.up(id).filter(|up| !self.tree.name(*up).is_empty()).take(MAX_LEVELS) {
            let short = self.unique(up).or_else(|| if up == id { self.by_class(up) } else { None });
            if let Some(short) = short {
                steps.push(short);
                break;
            }
            steps.push(self.step(up));
        }
        steps.reverse();
        steps.join(" > ")
    }

    /// Returns a selector that matches only this element: by its id, or by a class or name that no other element has.
    fn unique(&self, id: Id) -> Option<String> {
        let by_id = || {
            let own = self.tree.attribute(id, "id")?;
            (self.ids.get(own) == Some(&1) && own.len() <= MAX_NAME_BYTES).then_some(())?;
            if is_plain(own) {
                Some(format!("#{own}"))
            } else {
                (!own.contains(['"', '\\', '\n'])).then(|| format!("[id=\"{own}\"]"))
            }
        };
        let name = self.tree.name(id);
        let by_name = || (self.names.get(name) == Some(&1) && is_plain(name)).then(|| name.to_owned());
        let by_own_class = || self.class_of(id, 1).map(|class| format!("{name}.{class}"));
        by_id().or_else(by_own_class).or_else(by_name)
    }

    /// Returns a selector by the rarest class of the element that no barred element has.
    fn by_class(&self, id: Id) -> Option<String> {
        let class = self.class_of(id, usize::MAX)?;
        Some(format!("{}.{class}", self.tree.name(id)))
    }

    /// Returns the rarest class of an element, if at most `max` elements of its name have the class. Leaves out
    /// the classes of barred elements, except a class that only this element has.
    fn class_of(&self, id: Id, max: usize) -> Option<&'t str> {
        let name = self.tree.name(id);
        let classes = self.tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
        let usable = classes.filter_map(|class| {
            let (count, has_barred) = *self.classes.get(&(name, class))?;
            let is_usable = is_plain(class) && class.len() <= MAX_NAME_BYTES && count <= max;
            (is_usable && (count == 1 || !has_barred)).then_some((count, class))
        });
        usable.filter(|_| is_plain(name)).min_by_key(|(count, _)| *count).map(|(_, class)| class)
    }

    /// Returns a selector that matches an element, but none of its siblings.
    fn step(&self, id: Id) -> String {
        let name = self.tree.name(id);
        match self.finder.number_of_type(id) {
            _ if !is_plain(name) => format!(":nth-child({})", self.finder.number(id)),
            (_, true) => name.to_owned(),
            (number, _) => format!("{name}:nth-of-type({number})"),
        }
    }
}

/// Whether a name can be used in a selector without escapes.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::deadline::Deadline;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    const PAGE: &str = "<body><div id=top>a</div><div id=top>b</div><nav class='x'>c</nav><div class='box wide'>d\
        </div><div class='box'>e</div><div id='2nd'><p>f</p><p>g<b>h</b></p></div><main><div class='w-1/2'>i</div>\
        <div class=kept>j</div><div class=kept>k</div></main><x:y>l</x:y>";

    fn selectors() -> Vec<(String, String)> {
        let tree = Tree::parse(PAGE, LIMITS).expect("a page within limits");
        let finder = ElementFinder::new(&tree, Deadline::start(LIMITS));
        let is_barred: Vec<bool> = (0..tree.len()).map(|id| tree.text_below(id) == "k").collect();
        let writer = SelectorWriter::new(&tree, &finder, &is_barred);
        let elements =
            tree.below(Tree::ROOT).filter(|id| tree.children(*id).any(|id| tree.text(id).is_some()));
        let mut written = Vec::new();
        for id in elements {
            let selector = writer.selector(id);
            let found = finder.find(&selector).expect("time enough").expect("a selector");
            assert!(found.contains(&id), "{selector}");
            let own = tree.children(id).filter_map(|id| tree.text(id)).collect();
            written.push((own, selector));
        }
        written
    }

    #[test]
    fn the_shortest_selector_of_an_element_is_its_id_class_or_name_or_else_its_path() {
        let expected = [
            ("a", "body > div:nth-of-type(1)"),
            ("b", "body > div:nth-of-type(2)"),
            ("c", "nav.x"),
            ("d", "div.wide"),
            ("e", "div.box"),
            ("f", "[id=\"2nd\"] > p:nth-of-type(1)"),
            ("g", "[id=\"2nd\"] > p:nth-of-type(2)"),
            ("h", "b"),
            ("i", "main > div:nth-of-type(1)"),
            ("j", "main > div:nth-of-type(2)"),
            ("k", "main > div:nth-of-type(3)"),
            ("l", "body > :nth-child(8)"),
        ];
        let expected = expected.map(|(text, selector)| (text.to_owned(), selector.to_owned()));
        assert_eq!(selectors(), expected);
    }
}
