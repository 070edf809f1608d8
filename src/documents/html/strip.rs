//! Removes elements that are not part of an article by their tag, role, visibility, class or id; also share links.
//! `class_names` classifies classes and ids.
//!
//! The class, id and tag of a wrapper can be misleading: `layout-with-sidebar` contains the article, too. So an element
//! is preserved if it contains most of the page's text, unless it is the box of the readers' comments and other text
//! remains. It is also preserved if it contains the headline, unless it is a `nav`, `aside`, `dialog` or `footer`, is
//! hidden from screen readers, or has the class of a photo credit.

use std::collections::{BTreeMap, BTreeSet};

use super::class_names;
use super::css::Styles;
use super::names::{NON_TEXT_ELEMENTS, prose_chars};
use super::phrases;
use super::tree::{Id, Step, Tree};

/// Elements of which browsers show nothing in the line, so that the characters before and after them are adjacent.
#[rustfmt::skip]
const UNSEEN_ELEMENTS: &[&str] = &[
    "script", "style", "noscript", "template", "head", "title", "noframes", "map", "datalist", "noembed", "annotation",
    "annotation-xml", "rp", "rt",
];

/// Elements of page navigation and controls.
const CLUTTER_ELEMENTS: &[&str] =
    &["nav", "footer", "aside", "dialog", "menu", "form", "button", "fieldset", "search"];

/// Roles of page navigation and controls (WAI-ARIA 1.2).
#[rustfmt::skip]
const CLUTTER_ROLES: &[&str] = &[
    "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "tablist", "tooltip", "alert", "status", "form", "button",
];

/// Elements of running text. Inline elements within them are preserved whatever their class, which is only for style.
const TEXT_ELEMENTS: &[&str] =
    &["p", "li", "td", "th", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"];

#[rustfmt::skip]
pub(crate) const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// Parts of the addresses of links that share or print the page.
#[rustfmt::skip]
const SHARE_LINKS: &[&str] = &[
    "facebook.com/sharer", "facebook.com/dialog", "twitter.com/intent", "twitter.com/share", "x.com/intent",
    "linkedin.com/share", "reddit.com/submit", "wa.me/?", "whatsapp://", "api.whatsapp.com/send", "t.me/share",
    "pinterest.com/pin/create", "bsky.app/intent", "getpocket.com/", "javascript:window.print",
];

/// Maximum number of levels between a quotation and its footer.
const MAX_FOOTER_LEVELS: usize = 8;
/// Maximum number of nodes in an element that is searched for a label.
const MAX_LABEL_NODES: usize = 12;
/// Maximum number of text nodes in a label.
const MAX_LABEL_TEXTS: usize = 3;
const MAX_LABEL_BYTES: usize = 79;
/// Maximum depth of nested inline elements in a line of text.
const MAX_INLINE_DEPTH: usize = 16;
/// Maximum number of children of a text element that are searched for text.
const MAX_TEXT_CHILDREN: usize = 64;

/// Removes elements that never contain article text, so that later steps need not check for them.
pub(crate) fn strip_non_text(tree: &mut Tree) {
    let non_text = |tree: &Tree, id| NON_TEXT_ELEMENTS.contains(&tree.name(id));
    detach_all(tree, non_text);
}

/// Removes the nodes that no reader sees, except the words of formulas. Keeps their words for
/// [`crate::SetAsideReason::Hidden`].
pub(crate) fn strip_hidden(tree: &mut Tree, styles: &Styles) {
    let is_hidden = |tree: &Tree, id: Id| {
        let mut hidden = tree.up(id).take_while(|up| styles.is_hidden(*up));
        styles.is_hidden(id) && !hidden.any(|up| is_text_of_formula(tree, up))
    };
    for id in outermost(tree, is_hidden) {
        tree.hide(id, styles.leaves_gap(id));
    }
}

/// Removes elements that are marked as navigation, advertisements, comments or other clutter.
pub(crate) fn strip_clutter(tree: &mut Tree) {
    let weights = ProseWeights::of(tree);
    detach_all(tree, |tree, id| is_clutter(tree, id, &weights));
}

/// Whether an element has the text of a formula. If the element is hidden, readers see the formula as a picture beside
/// it, or as generated signs.
fn is_text_of_formula(tree: &Tree, id: Id) -> bool {
    if tree.name(id) == "mjx-assistive-mml" {
        return true;
    }
    let alt_of = |id: Id| tree.attribute(id, if tree.name(id) == "img" { "alt" } else { "alttext" });
    let formula = tree.below(id).take(MAX_LABEL_NODES).find(|id| tree.name(*id) == "math").and_then(alt_of);
    let mut beside =
        tree.parent(id).into_iter().flat_map(|parent| tree.children(parent)).take(MAX_LABEL_NODES);
    formula.is_some_and(|text| beside.any(|id| tree.name(id) == "img" && alt_of(id) == Some(text)))
}

/// Removes the unwanted nodes. Each leaves a gap between the words around it, unless browsers show nothing of it.
fn detach_all(tree: &mut Tree, unwanted: impl Fn(&Tree, Id) -> bool) {
    for id in outermost(tree, unwanted) {
        if UNSEEN_ELEMENTS.contains(&tree.name(id)) {
            tree.detach(id);
        } else {
            tree.replace_by_gap(id);
        }
    }
}

/// Returns the unwanted nodes that are not within other unwanted nodes.
fn outermost(tree: &Tree, unwanted: impl Fn(&Tree, Id) -> bool) -> Vec<Id> {
    let mut found = Vec::new();
    let mut within: Option<Id> = None; // the node that was found, while its descendants are skipped
    for step in tree.walk(Tree::ROOT) {
        match step {
            Step::In(id) if within.is_none() && unwanted(tree, id) => {
                found.push(id);
                within = Some(id);
            }
            Step::Out(id) if within == Some(id) => within = None,
            _ => {}
        }
    }
    found
}

fn is_clutter(tree: &Tree, id: Id, weights: &ProseWeights) -> bool {
    let name = tree.name(id);
    if name.is_empty() || matches!(name, "html" | "body" | "main" | "h1" | "h2") {
        return matches!(name, "h1" | "h2") && is_hidden_from_screen_readers(tree, id);
    }
    let attribute = |key| tree.attribute(id, key).unwrap_or_default();
    let (classes, own_id, role) = (attribute("class"), attribute("id"), attribute("role"));
    let is_comments = class_names::is_comments_name(classes) || class_names::is_comments_name(own_id);
    if weights.has_most_text(id) && !(is_comments && weights.leaves_other_text(id)) {
        return false;
    }
    if is_hidden_from_screen_readers(tree, id)
        || class_names::is_photo_credit(classes)
        || is_sharing_link(tree, id)
    {
        return true;
    }
    // Footnotes, and elements with a role for digital publishing (`doc-…`), are part of the article.
    if class_names::is_notes_name(classes) || class_names::is_notes_name(own_id) || role.starts_with("doc-") {
        return false;
    }
    if name == "footer" {
        // The footer of a quotation is its attribution.
        return !tree.up(id).take(MAX_FOOTER_LEVELS).any(|up| tree.name(up) == "blockquote");
    }
    let is_clutter_by_tag_or_role = CLUTTER_ELEMENTS.contains(&name) || CLUTTER_ROLES.contains(&role);
    let is_clutter_by_name = class_names::clutter_words(classes).any(|word| !weights.is_layout_word(&word))
        || class_names::is_clutter_id(own_id);
    let is_author = attribute("itemprop") == "author" || attribute("rel") == "author";
    // A label such as "Advertisement" or "Donate" is preserved: by it, `labelled_clutter` recognises the box around it.
    if !(is_clutter_by_tag_or_role || is_clutter_by_name || is_author) || is_label(tree, id) {
        return false;
    }
    let wraps_headline = weights.contains_headline(id) && !matches!(name, "nav" | "aside" | "dialog");
    // Custom elements have a hyphen in their name. By default, they are inline.
    let is_inline = INLINE_ELEMENTS.contains(&name) || name == "button" || name.contains('-');
    let is_within_line =
        || is_inline && tree.parent(id).is_some_and(|parent| is_in_running_text(tree, parent));
    !(wraps_headline || is_within_line())
}

/// Whether an element contains only a label, such as "Advertisement" or "Comments".
fn is_label(tree: &Tree, id: Id) -> bool {
    let mut nodes = tree.below(id).take(MAX_LABEL_NODES);
    let text: String = nodes.by_ref().filter_map(|id| tree.text(id)).take(MAX_LABEL_TEXTS).collect();
    text.len() <= MAX_LABEL_BYTES && nodes.next().is_none() && phrases::label(&text).is_some()
}

/// Whether a node is within running text: the nearest element that is not inline is in `TEXT_ELEMENTS`, and has text of
/// its own, not only in child elements.
fn is_in_running_text(tree: &Tree, id: Id) -> bool {
    let around = tree.up(id).take(MAX_INLINE_DEPTH).find(|up| !INLINE_ELEMENTS.contains(&tree.name(*up)));
    let has_text = |child: Id| tree.text(child).is_some_and(|text| text.trim().len() > 1);
    around.is_some_and(|up| {
        TEXT_ELEMENTS.contains(&tree.name(up)) && tree.children(up).take(MAX_TEXT_CHILDREN).any(has_text)
    })
}

/// Whether an element is hidden from screen readers, as decoration is. Words within a line of text don't count: readers
/// see them, and the sentence would change without them.
fn is_hidden_from_screen_readers(tree: &Tree, id: Id) -> bool {
    let is_word_of_line = || {
        INLINE_ELEMENTS.contains(&tree.name(id))
            && tree.parent(id).is_some_and(|parent| is_in_running_text(tree, parent))
    };
    tree.attribute(id, "aria-hidden") == Some("true") && !is_word_of_line()
}

fn is_sharing_link(tree: &Tree, id: Id) -> bool {
    let href = if tree.name(id) == "a" { tree.attribute(id, "href").unwrap_or_default() } else { "" };
    SHARE_LINKS.iter().any(|part| href.contains(part)) || href.starts_with("mailto:?")
}

/// The amount of running text outside of links in each node, by which wrappers of the article are recognised.
struct ProseWeights {
    /// The characters of running text in each node.
    prose: Vec<usize>,
    /// Whether each node contains an `h1`, or an element marked as the text of the article.
    has_headline: Vec<bool>,
    /// For each word that marks clutter: the characters of running text in all elements with this word in a class.
    by_word: BTreeMap<String, usize>,
    /// The characters of running text on the page.
    total: usize,
}

impl ProseWeights {
    fn of(tree: &Tree) -> Self {
        let mut weights = Self {
            prose: vec![0; tree.len()],
            has_headline: vec![false; tree.len()],
            by_word: BTreeMap::new(),
            total: 0,
        };
        let mut links = 0_usize;
        for step in tree.walk(Tree::ROOT) {
            match step {
                Step::In(id) if tree.name(id) == "a" => links += 1,
                Step::In(id) => {
                    weights.prose[id] = tree.text(id).filter(|_| links == 0).map_or(0, prose_chars);
                }
                Step::Out(id) => {
                    links -= usize::from(tree.name(id) == "a");
                    let is_headline =
                        tree.name(id) == "h1" || tree.attribute(id, "itemprop") == Some("articleBody");
                    weights.has_headline[id] |= is_headline;
                    if let Some(parent) = tree.parent(id) {
                        weights.prose[parent] += weights.prose[id];
                        weights.has_headline[parent] |= weights.has_headline[id];
                    }
                }
            }
        }
        weights.total = weights.prose[Tree::ROOT];
        weights.add_words(tree);
        weights
    }

    fn add_words(&mut self, tree: &Tree) {
        let mut open: BTreeMap<String, usize> = BTreeMap::new();
        for step in tree.walk(Tree::ROOT) {
            let (Step::In(id) | Step::Out(id)) = step;
            let classes = tree.attribute(id, "class").unwrap_or_default();
            for word in class_names::clutter_words(classes).collect::<BTreeSet<_>>() {
                let depth = open.entry(word.clone()).or_default();
                if matches!(step, Step::In(_)) {
                    // Elements within another one with the same word are counted with it.
                    if *depth == 0 {
                        *self.by_word.entry(word).or_default() += self.prose[id];
                    }
                    *depth += 1;
                } else {
                    *depth -= 1;
                }
            }
        }
    }

    /// Whether the elements with a word in their classes together contain most of the page's text, as the columns and
    /// boxes of which a page is built do.
    fn is_layout_word(&self, word: &str) -> bool {
        self.by_word.get(word).is_some_and(|prose| prose * 2 > self.total)
    }

    fn has_most_text(&self, id: Id) -> bool {
        self.prose[id] * 2 > self.total
    }

    /// Whether more than a fifth of the running text is outside of the node.
    fn leaves_other_text(&self, id: Id) -> bool {
        self.prose[id] * 5 < self.total * 4
    }

    fn contains_headline(&self, id: Id) -> bool {
        self.has_headline[id]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn stripped(page: &str) -> String {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
        let mut tree = Tree::parse(page, limits).expect("a page within limits");
        let styles = Styles::of(&tree, &[], limits).expect("a page within limits");
        strip_non_text(&mut tree);
        strip_hidden(&mut tree, &styles);
        strip_clutter(&mut tree);
        tree.text_below(Tree::ROOT)
    }

    const STORY: &str =
        "<p>The council voted on Monday to keep the old harbour open for another year of trade.</p>";

    #[test]
    fn clutter_is_removed_by_tag_role_name_and_visibility() {
        let page = format!(
            "<nav>a</nav><div class=page-with-sidebar><h1>H</h1>{STORY}<div class=ad-slot>b</div><p hidden>c</p>\
             <section role=complementary>d</section><div id=related-posts>e</div><p style='display: none'>f</p>\
             <form>g<input></form><script>h</script><svg><title>i</title></svg><noscript>j</noscript></div>\
             <template>k</template><a href='https://www.facebook.com/sharer.php?u=x'>l</a>"
        );
        assert_eq!(stripped(&page), stripped(&format!("<h1>H</h1>{STORY}")));
    }

    #[test]
    fn names_on_wrappers_and_inline_elements_are_ignored() {
        let page = format!("<form class=sidebar>{STORY}<p>He <span class=tooltip>said</span> so.</p></form>");
        assert!(stripped(&page).ends_with("He said so."));
    }

    #[test]
    fn hidden_words_of_a_formula_stand_for_its_picture() {
        let formula = |alt: &str| {
            format!(
                "{STORY}<p>Its weight is <i style='display:none'><math alttext=ab>ab</math></i><img alt={alt}> in all.</p>"
            )
        };
        assert!(stripped(&formula("ab")).ends_with("Its weight is ab in all."));
        assert!(stripped(&formula("cd")).ends_with("Its weight is  in all."));
        let mathjax = "<p>Its weight is <mjx-box class=x-menu><mjx-assistive-mml hidden><math><mi>ab</mi></math>\
                       </mjx-assistive-mml></mjx-box> in all.</p>";
        assert!(stripped(&format!("{STORY}{mathjax}")).ends_with("Its weight is ab in all."));
    }

    #[test]
    fn words_in_one_box_with_a_field_are_kept() {
        for field in ["<input type=email>", "<form>Write to us <input type=password></form>"] {
            let page = format!("<div>{STORY}{field}</div>");
            assert_eq!(stripped(&page), stripped(&format!("<div>{STORY}</div>")), "{field}");
        }
    }
}
