//! Takes out of a page what is no part of an article by its tag, its role, its being hidden, or its name.
//!
//! A part that holds the headline or most of the page's text stays whatever its name says: names lie on wrappers, as
//! in `layout-with-sidebar`.

use super::cues;
use super::names;
use super::tree::{Id, Step, Tree};

/// Elements that never hold an article's words.
#[rustfmt::skip]
const VOID_OF_WORDS: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "title", "iframe", "frame", "frameset", "noframes",
    "object", "embed", "applet", "canvas", "audio", "video", "map", "select", "datalist", "option", "optgroup",
    "textarea", "progress", "meter", "plaintext", "xmp", "noembed", "annotation", "annotation-xml", "rp",
    "rt",
];

/// Elements of a page's frame.
const FRAME: &[&str] = &["nav", "footer", "aside", "dialog", "menu", "form", "button", "fieldset", "search"];

/// Roles of the same (WAI-ARIA 1.2).
#[rustfmt::skip]
const FRAME_ROLES: &[&str] = &[
    "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "tablist", "tooltip", "alert", "status", "form", "button",
];

/// Elements that paragraphs are made of: a class on a part of one says how it looks.
const TEXT: &[&str] =
    &["p", "li", "td", "th", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"];

/// Elements within a line of text.
#[rustfmt::skip]
pub(crate) const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// Where links lead that share a page or print it.
#[rustfmt::skip]
const SHARING: &[&str] = &[
    "facebook.com/sharer", "facebook.com/dialog", "twitter.com/intent", "twitter.com/share", "x.com/intent",
    "linkedin.com/share", "reddit.com/submit", "wa.me/?", "whatsapp://", "api.whatsapp.com/send", "t.me/share",
    "pinterest.com/pin/create", "bsky.app/intent", "getpocket.com/", "javascript:window.print",
];

/// Takes out what never holds words: the walk over the rest need not know of it.
pub(crate) fn strip_wordless(tree: &mut Tree) {
    let wordless = |tree: &Tree, id| VOID_OF_WORDS.contains(&tree.name(id));
    detach_all(tree, wordless);
}

/// Takes out what is no part of an article.
pub(crate) fn strip_clutter(tree: &mut Tree) {
    let weights = Weights::of(tree);
    detach_askers(tree, &weights);
    detach_all(tree, |tree, id| is_clutter(tree, id, &weights));
}

/// Takes out only what is not shown.
pub(crate) fn strip_hidden(tree: &mut Tree) {
    detach_all(tree, |tree, id| !matches!(tree.name(id), "" | "html" | "body") && is_hidden(tree, id));
}

fn detach_all(tree: &mut Tree, unwanted: impl Fn(&Tree, Id) -> bool) {
    let mut found = Vec::new();
    let mut within: Option<Id> = None; // nothing below what goes need be looked at
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
    for id in found {
        tree.detach(id);
    }
}

fn is_clutter(tree: &Tree, id: Id, weights: &Weights) -> bool {
    let name = tree.name(id);
    if name.is_empty() || matches!(name, "html" | "body" | "main" | "h1" | "h2") {
        return matches!(name, "h1" | "h2") && is_hidden(tree, id);
    }
    let attribute = |key| tree.attribute(id, key).unwrap_or_default();
    let (classes, own_id, role) = (attribute("class"), attribute("id"), attribute("role"));
    let comments = names::is_comments(classes) || names::is_comments(own_id);
    if weights.is_most(id) && !(comments && weights.leaves_some(id)) {
        return false;
    }
    if is_hidden(tree, id) || names::is_credit(classes) || is_sharing_link(tree, id) {
        return true;
    }
    if names::is_notes(classes) || names::is_notes(own_id) || role.starts_with("doc-") {
        return false;
    }
    if name == "footer" {
        // A quotation's footer says whose it is.
        return !tree.up(id).take(8).any(|up| tree.name(up) == "blockquote");
    }
    let framed = FRAME.contains(&name) || FRAME_ROLES.contains(&role);
    let named = names::is_clutter_class(classes) || names::is_clutter_id(own_id);
    let author = attribute("itemprop") == "author" || attribute("rel") == "author";
    // A label above an advertisement is left: it tells what the box around it is.
    if !(framed || named || author) || is_label(tree, id) {
        return false;
    }
    let wraps = weights.holds_headline(id) && !matches!(name, "nav" | "aside" | "dialog");
    let in_text = INLINE.contains(&name) || name == "button";
    let in_line = || in_text && tree.parent(id).is_some_and(|parent| is_in_line(tree, parent));
    !(wraps || in_line())
}

fn is_label(tree: &Tree, id: Id) -> bool {
    let mut nodes = tree.below(id).take(12);
    let text: String = nodes.by_ref().filter_map(|id| tree.text(id)).take(3).collect();
    text.len() < 80 && nodes.next().is_none() && cues::announced(&text).is_some()
}

/// Whether an element is a piece of a running text.
fn is_in_line(tree: &Tree, id: Id) -> bool {
    let around = tree.up(id).take(16).find(|up| !INLINE.contains(&tree.name(*up)));
    let says = |child: Id| tree.text(child).is_some_and(|text| text.trim().len() > 1);
    around.is_some_and(|up| TEXT.contains(&tree.name(up)) && tree.children(up).take(64).any(says))
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let attribute = |key| tree.attribute(id, key).unwrap_or_default();
    let style: String = attribute("style").chars().filter(|c| !c.is_whitespace()).collect();
    tree.attribute(id, "hidden").is_some()
        || attribute("aria-hidden") == "true"
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || names::is_hiding_class(attribute("class"))
}

fn is_sharing_link(tree: &Tree, id: Id) -> bool {
    let href = if tree.name(id) == "a" { tree.attribute(id, "href").unwrap_or_default() } else { "" };
    SHARING.iter().any(|place| href.contains(place)) || href.starts_with("mailto:?")
}

/// Takes out boxes that ask for an address or a password: small, and all of them about that.
fn detach_askers(tree: &mut Tree, weights: &Weights) {
    const BOX_CHARS: usize = 500;
    const BOX_NODES: usize = 300;
    const FIELDS: usize = 50;
    let asks = |id: &Id| {
        tree.name(*id) == "input" && matches!(tree.attribute(*id, "type"), Some("email" | "password"))
    };
    let small = |id: &Id| {
        let mut nodes = tree.below(*id).take(BOX_NODES);
        let chars: usize = nodes.by_ref().filter_map(|id| tree.text(id)).map(|text| text.trim().len()).sum();
        chars <= BOX_CHARS && nodes.next().is_none() && !weights.holds_headline(*id)
    };
    let around = |field: Id| {
        let mut around = tree.up(field).skip(1).take(8).take_while(small);
        around.by_ref().take_while(|up| !matches!(tree.name(*up), "body" | "main" | "article")).last()
    };
    let boxes: Vec<Id> = tree.below(Tree::ROOT).filter(asks).take(FIELDS).filter_map(around).collect();
    for id in boxes {
        tree.detach(id);
    }
}

/// How much of a page's running text each node holds, and which hold a headline.
struct Weights {
    prose: Vec<usize>,
    headline: Vec<bool>,
    all: usize,
}

impl Weights {
    fn of(tree: &Tree) -> Self {
        let mut weights = Self { prose: vec![0; tree.len()], headline: vec![false; tree.len()], all: 0 };
        let mut links = 0_usize;
        for step in tree.walk(Tree::ROOT) {
            match step {
                Step::In(id) if tree.name(id) == "a" => links += 1,
                Step::In(id) => {
                    weights.prose[id] = tree.text(id).filter(|_| links == 0).map_or(0, prose);
                }
                Step::Out(id) => {
                    links -= usize::from(tree.name(id) == "a");
                    let headline =
                        tree.name(id) == "h1" || tree.attribute(id, "itemprop") == Some("articleBody");
                    weights.headline[id] |= headline;
                    if let Some(parent) = tree.parent(id) {
                        weights.prose[parent] += weights.prose[id];
                        weights.headline[parent] |= weights.headline[id];
                    }
                }
            }
        }
        weights.all = weights.prose[Tree::ROOT];
        weights
    }

    fn is_most(&self, id: Id) -> bool {
        self.prose[id] * 2 > self.all
    }

    /// Whether a fifth of the text stands outside.
    fn leaves_some(&self, id: Id) -> bool {
        self.prose[id] * 5 < self.all * 4
    }

    fn holds_headline(&self, id: Id) -> bool {
        self.headline[id]
    }
}

/// Characters of a text if it is long enough to be a sentence's.
fn prose(text: &str) -> usize {
    let chars = text.trim().chars().count();
    if chars < 40 { 0 } else { chars }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn stripped(page: &str) -> String {
        let limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };
        let mut tree = Tree::parse(page, limits).expect("a page within limits");
        strip_wordless(&mut tree);
        strip_clutter(&mut tree);
        tree.text_below(Tree::ROOT)
    }

    const STORY: &str =
        "<p>The council voted on Monday to keep the old harbour open for another year of trade.</p>";

    #[test]
    fn clutter_goes_by_tag_role_name_and_hiding() {
        let page = format!(
            "<nav>a</nav><div class=page-with-sidebar><h1>H</h1>{STORY}<div class=ad-slot>b</div><p hidden>c</p>\
             <section role=complementary>d</section><div id=related-posts>e</div><p style='display: none'>f</p>\
             <form>g<input></form><script>h</script><svg><title>i</title></svg><noscript>j</noscript></div>\
             <template>k</template><a href='https://www.facebook.com/sharer.php?u=x'>l</a>"
        );
        assert_eq!(stripped(&page), stripped(&format!("<h1>H</h1>{STORY}")));
    }

    #[test]
    fn names_on_wrappers_and_within_lines_take_nothing_out() {
        let page = format!("<form class=sidebar>{STORY}<p>He <span class=tooltip>said</span> so.</p></form>");
        assert!(stripped(&page).ends_with("He said so."));
    }

    #[test]
    fn a_box_that_asks_for_an_address_goes_whole() {
        let page = format!(
            "{STORY}<div class=x1><div>All the news, free.</div><div><input type=email></div></div>{STORY}"
        );
        assert!(!stripped(&page).contains("All the news"));
    }
}
