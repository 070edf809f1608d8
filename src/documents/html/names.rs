//! What the names that authors of pages give to parts of them (classes and ids) say of those parts.
//!
//! Names are taken apart into words, at hyphens, underscores and humps, because every site joins the same words in its
//! own way. An id is often made from a heading's words, so that it counts only if every word of it is such a name.

/// Words for what is no part of an article, wherever it stands. Sorted.
#[rustfmt::skip]
const CLUTTER: &[&str] = &[
    "abo", "abonnement", "aboutauthor", "account", "ad", "adbox", "adcontainer", "addthis", "addtoany", "ads",
    "adsbygoogle", "adsense", "adslot", "adunit", "adv", "advert", "advertentie", "advertise", "advertisement",
    "advertisements", "advertising", "advertorial", "adverts", "adwrapper", "ambox", "announcement", "anzeige",
    "anzeigen", "audioplayer", "auteur", "author", "authorbox", "authors", "autor", "autora", "autoren",
    "autorenbox", "autoreninfo", "autorinfo", "avatar", "backtotop", "banner", "banners", "barralateral", "bio",
    "biografia", "boilerplate", "boletin", "breadcrumb", "breadcrumbs", "brotkrumen", "byline", "bylines",
    "carousel", "cart", "categories", "chatbox", "colophon", "comentarios", "comment", "commentaires", "commenti",
    "commentlist", "comments", "compartir", "consent", "cookie", "cookiebanner", "cookiebar", "cookiebot",
    "cookieman", "cookies", "copyright", "correlati", "coupon", "cta", "deals", "dfp", "dialog", "didomi",
    "disclaimer", "disqus", "donate", "donation", "dropdown", "encuesta", "enquete", "feedback", "flyout",
    "footer", "forum", "fundraising", "fusszeile", "gaestebuch", "gdpr", "gewinnspiel", "giscus", "giveaway",
    "guestbook", "hashtags", "hatnote", "helpful", "horoscope", "horoskop", "infolettre", "interstitial",
    "jumbotron", "jumplinks", "kommentar", "kommentare", "kopfzeile", "krumen", "leaderboard", "leftcol",
    "leftcolumn", "leftnav", "lightbox", "login", "lottery", "marginalspalte", "masthead", "megamenu",
    "meistgelesen", "membership", "menu", "menus", "merch", "messageboard", "metabox", "mgid", "miga", "migas",
    "modal", "morefrom", "mostpopular", "mostread", "nav", "navbar", "navbox", "navboxes", "navi", "navigation",
    "navleiste", "newsflash", "newsletter", "newsletters", "noprint", "offcanvas", "offer", "offers", "onetrust",
    "optin", "outbrain", "overlay", "pager", "pagination", "paging", "partage", "paywall", "permalink",
    "piepagina", "pingback", "pingbacks", "poll", "popover", "popular", "popup", "postnav", "preroll", "pressfoot",
    "privacybanner", "promo", "promos", "promoted", "promotion", "pubblicita", "publicidad", "publicidade",
    "publicite", "pullquote", "pushdown", "qtip", "quiz", "rail", "randspalte", "ratings", "reacties", "reactions",
    "readmore", "readnext", "recirc", "recirculation", "reclame", "recommend", "recommendation", "recommendations",
    "recommended", "references", "reflist", "regwall", "reklama", "reklame", "relacionadas", "relacionados",
    "related", "relatedposts", "replies", "reply", "respond", "rightcol", "rightcolumn", "rightnav", "rodape",
    "rss", "search", "searchform", "seealso", "seitenleiste", "share", "sharebar", "sharedaddy", "shares",
    "sharing", "shoutbox", "sidebar", "sidebars", "sidebox", "sidecol", "sidecolumn", "sidenav", "signin",
    "signoff", "signup", "sitenotice", "sitesub", "skiplink", "skyscraper", "snackbar", "social", "socials",
    "sondage", "sondaggio", "speechkit", "sponsor", "sponsored", "sponsors", "sponsorship", "stickybar", "subnav",
    "subscribe", "subscription", "subscriptions", "suscribete", "suscripcion", "taboola", "tagcloud", "taglist",
    "tags", "teaserbox", "teasers", "teilen", "testimonial", "testimonials", "ticker", "tickers", "toast", "toc",
    "toolbar", "toolbox", "tooltip", "topbar", "topnav", "trackback", "trackbacks", "trending", "umfrage",
    "upnext", "upsell", "usercentrics", "utilities", "videoplayer", "voucher", "weather", "webring", "werbung",
    "widget", "widgets", "wishlist",
];

/// Pairs of words that say the same only together.
#[rustfmt::skip]
const CLUTTER_PAIRS: &[(&str, &str)] = &[
    ("about", "author"), ("also", "read"), ("article", "tools"), ("back", "top"), ("entry", "meta"),
    ("further", "reading"), ("google", "ad"), ("howto", "cite"), ("mail", "list"), ("mailing", "list"),
    ("more", "from"), ("more", "news"), ("more", "on"), ("more", "stories"), ("most", "popular"), ("most", "read"),
    ("most", "viewed"), ("most", "shared"), ("next", "article"), ("next", "post"), ("next", "story"),
    ("post", "meta"), ("prev", "next"), ("previous", "post"), ("print", "tools"), ("pull", "quote"), ("read", "also"),
    ("read", "more"), ("read", "next"), ("see", "also"), ("sign", "in"), ("sign", "up"), ("site", "header"),
    ("skip", "link"), ("skip", "to"), ("story", "tools"), ("tag", "cloud"), ("tag", "list"), ("top", "bar"),
    ("up", "next"), ("user", "menu"), ("who", "liked"), ("you", "may"), ("you", "might"),
    ("left", "col"), ("left", "column"), ("right", "col"), ("right", "column"), ("side", "bar"), ("side", "col"),
    ("side", "column"), ("barra", "lateral"), ("barre", "laterale"), ("pie", "pagina"), ("pied", "page"),
    ("rechte", "spalte"), ("linke", "spalte"), ("mas", "leidas"), ("mas", "leido"), ("mas", "noticias"),
    ("le", "puede"), ("te", "puede"), ("lire", "aussi"), ("lees", "ook"), ("lesen", "auch"), ("leggi", "anche"),
    ("auch", "interessant"), ("weitere", "artikel"), ("from", "author"), ("other", "articles"), ("other", "stories"),
    ("reader", "letters"), ("readers", "letters"), ("photo", "sales"), ("press", "contact"), ("media", "contact"),
    ("support", "us"), ("buy", "now"), ("special", "offer"), ("store", "teaser"), ("shop", "teaser"),
    ("region", "selector"), ("site", "notice"), ("site", "footer"), ("user", "bar"), ("login", "box"),
    ("latest", "news"), ("latest", "posts"), ("recent", "posts"), ("recent", "comments"), ("top", "stories"),
    ("who", "online"), ("visitor", "counter"), ("hit", "counter"), ("web", "ring"), ("guest", "book"),
    ("audio", "player"), ("video", "player"), ("message", "board"), ("listen", "article"), ("corrections", "policy"),
    ("correction", "policy"), ("mw", "navigation"), ("print", "footer"), ("edit", "section"),
];

/// Words of ids that say nothing of what the part is about.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "area", "articles", "bar", "block", "bottom", "box", "buttons", "container", "content", "form", "global", "inner",
    "items", "js", "left", "links", "list", "main", "module", "news", "outer", "panel", "posts", "primary", "right",
    "root", "secondary", "section", "site", "stories", "thread", "top", "us", "wrap", "wrapper",
];

/// First words of classes that say what a part has, lacks or is filed under, not what it is.
#[rustfmt::skip]
const ASIDE: &[&str] = &[
    "allow", "can", "category", "enable", "format", "has", "hide", "is", "no", "not", "section", "show", "single",
    "status", "tag", "template", "topic", "type", "with", "without",
];

/// Classes that hide their element, as the common frameworks name them.
#[rustfmt::skip]
const HIDING: &[&str] = &[
    "a11y-hidden", "d-none", "element-invisible", "hidden", "is-hidden", "sr-only", "screen-reader-text",
    "screenreader-only", "u-hidden", "visually-hidden", "visuallyhidden",
];

/// More classes than this no element is told apart by.
const CLASSES: usize = 30;

/// Whether a class says that its element is no part of an article.
pub(super) fn is_clutter_class(classes: &str) -> bool {
    classes.split_whitespace().take(CLASSES).any(|class| {
        let words = words(class);
        let aside = words.first().is_some_and(|first| ASIDE.contains(&first.as_str()));
        !aside && words_are_clutter(&words)
    })
}

/// Whether an id says so.
pub(super) fn is_clutter_id(id: &str) -> bool {
    let words = words(id);
    let plain = |word: &String| {
        let number = word.chars().all(|c| c.is_ascii_digit());
        number || is_clutter_word(word) || FILLERS.contains(&word.as_str())
    };
    words_are_clutter(&words) && words.iter().all(plain)
}

/// Whether a class or id speaks of readers' comments.
pub(super) fn is_comments(name: &str) -> bool {
    const COMMENTS: [&str; 7] =
        ["comment", "comments", "commentlist", "disqus", "kommentare", "commentaires", "respond"];
    name.len() < 1_000 && words(name).iter().any(|word| COMMENTS.contains(&word.as_str()))
}

/// Whether a class hides its element from those who see.
pub(super) fn is_hiding_class(classes: &str) -> bool {
    classes.split_whitespace().any(|class| HIDING.contains(&class))
}

/// Whether a class or id speaks of footnotes.
pub(super) fn is_notes(name: &str) -> bool {
    const NOTES: [&str; 6] = ["footnote", "footnotes", "endnote", "endnotes", "fn", "fussnoten"];
    name.len() < 200 && words(name).iter().any(|word| NOTES.contains(&word.as_str()))
}

/// Whether a class speaks of what belongs to an article though it stands in a box.
pub(super) fn is_matter(classes: &str) -> bool {
    #[rustfmt::skip]
    const MATTER: &[&str] = &[
        "abstract", "admonition", "answer", "background", "body", "caption", "caution", "chapter", "chronik",
        "chronology", "cita", "cite", "column", "columns", "conclusion", "content", "correction", "danger",
        "definition", "epilogue", "example", "exercise", "fact", "factbox", "facts", "faktenbox", "faq", "fazit",
        "figure", "glossary", "highlight", "hint", "hintergrund", "image", "important", "info", "infobox",
        "infokasten", "interview", "intro", "key", "lead", "lemma", "list", "media", "method", "methodology",
        "methods", "note", "notes", "para", "paragraph", "photo", "poem", "postscript", "proof", "question",
        "quote", "recipe", "remark", "row", "section", "sources", "steps", "summary", "table", "text", "theorem",
        "timeline", "tip", "tips", "update", "verse", "warning", "zitat",
    ];
    classes.len() < 200 && words(classes).iter().any(|word| MATTER.contains(&word.as_str()))
}

/// Whether a class speaks of who took a picture.
pub(super) fn is_credit(classes: &str) -> bool {
    classes.len() < 200
        && words(classes).iter().any(|word| matches!(word.as_str(), "credit" | "credits" | "bildnachweis"))
}

/// What sites join to a word without a hyphen: `weatherbox`, `adwrap`.
const ENDINGS: &[&str] = &[
    "area",
    "banner",
    "bar",
    "block",
    "box",
    "container",
    "form",
    "holder",
    "items",
    "kasten",
    "links",
    "list",
    "module",
    "panel",
    "section",
    "slot",
    "space",
    "strip",
    "unit",
    "wrap",
    "wrapper",
    "zone",
];

/// Whether a word, or what it is before a common ending, says so.
fn is_clutter_word(word: &str) -> bool {
    let listed = |word: &str| CLUTTER.binary_search(&word).is_ok();
    listed(word) || ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).any(listed)
}

fn words_are_clutter(words: &[String]) -> bool {
    let pair = |pair: &[String]| match pair {
        [one, two] => CLUTTER_PAIRS.contains(&(one, two)),
        _ => false,
    };
    words.iter().any(|word| is_clutter_word(word)) || words.windows(2).any(pair)
}

/// The words of a name, in lower case: `articleShare-bar_2` is article, share, bar, 2.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let hump = before.is_lowercase() && c.is_uppercase();
        let turn = c.is_numeric() != before.is_numeric() && before.is_alphanumeric();
        if hump || turn || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_words_however_joined() {
        assert!(CLUTTER.is_sorted(), "{:?}", CLUTTER.windows(2).find(|pair| pair[0] > pair[1]));
        for class in [
            "ad",
            "c-story__ad-slot",
            "articleShareBar",
            "post NewsletterBox",
            "most-read",
            "jp-relatedposts",
        ] {
            assert!(is_clutter_class(class), "{class}");
        }
        for class in [
            "adapted",
            "has-sidebar",
            "tag-ads",
            "commentary",
            "readable",
            "headline",
            "shared-lib",
            "breaking",
        ] {
            assert!(!is_clutter_class(class), "{class}");
        }
        assert!(is_clutter_id("related-articles") && is_clutter_id("comments") && !is_clutter_id("a"));
        assert!(!is_clutter_id("related-work") && !is_clutter_id("social-impact"));
    }
}
