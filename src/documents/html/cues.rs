//! The phrases by which sites part their own words from an article's: labels of advertisements, headings of boxes,
//! calls to subscribe, lines of copyright.
//!
//! A phrase counts only where it opens a short block, so that an article that speaks of newsletters loses nothing.

/// What a short block announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// An advertisement.
    Advert,
    /// Links to other pages, a call to subscribe, a word on the author.
    Box,
    /// What readers say.
    Comments,
    /// A call to do something, which ends its box.
    Action,
}

/// The most characters of a heading that announces something.
const HEADING_CHARS: usize = 70;
/// The most characters of a line that is a site's own.
const LINE_CHARS: usize = 280;

/// Labels above what was paid for. Each is the whole block.
#[rustfmt::skip]
const ADVERTS: &[&str] = &[
    "ad", "ads", "advert", "advertentie", "advertisement", "advertisement feature", "advertising", "advertorial",
    "annonce", "anuncio", "anzeige", "article continues after advertisement", "article continues below",
    "content from our sponsor", "from our partners", "from our sponsors", "paid content", "paid for by",
    "paid post", "partner content", "presented by", "promoted", "promoted content", "promoted links",
    "publicidad", "publicidade", "publicité", "pubblicità", "reklama", "reklame", "sponsored", "sponsored by",
    "sponsored content", "sponsored links", "sponsored post", "story continues below",
    "story continues below advertisement", "werbung", "реклама", "広告",
];

/// What is written on the buttons of boxes.
#[rustfmt::skip]
const ACTIONS: &[&str] = &[
    "abonnieren", "anmelden", "become a member", "become a supporter", "book now", "buy now", "buy tickets",
    "contribute", "donate", "donate now", "donate today", "doneer", "download now", "faire un don", "get started",
    "iscriviti", "je m'abonne", "je m'inscris", "jetzt abonnieren", "jetzt anmelden", "jetzt spenden",
    "jetzt testen", "join now", "join us", "join today", "make a donation", "order now", "register",
    "register now", "s'abonner", "s'inscrire", "shop now", "sign me up", "sign up", "sign up now", "spenden",
    "start free trial", "start your free trial", "subscribe", "subscribe now", "subscribe today", "support us",
    "suscribirse", "suscríbete", "try it free", "upgrade", "upgrade to paid",
];

/// Headings that are the whole block, but for a number and a colon.
#[rustfmt::skip]
const BOXES: &[&str] = &[
    "about the author", "about the authors", "about the writer", "aktuelle artikel", "also read", "archives",
    "artículos relacionados", "articles liés", "articoli correlati", "auch interessant", "categories", "condividi",
    "contents", "don't miss", "editor's picks", "editors' picks", "explore more", "filed under", "follow us",
    "further reading on this site", "in this section", "in this story", "keep reading", "keywords",
    "las más leídas", "latest", "latest headlines", "latest news", "latest posts", "latest stories",
    "latest videos", "le plus lu", "lees ook", "lees meer", "leggi anche", "leia mais", "leia também",
    "les plus lus", "lire aussi", "lo más leído", "listen", "log in", "más leídas", "más noticias",
    "media contact", "meer nieuws", "mehr zum thema", "meistgelesen", "meist gelesen", "loading", "menu", "meta",
    "more", "more articles", "more news", "more stories", "more to read", "most popular", "most read",
    "most shared", "most viewed", "most watched", "navigation", "newsletter", "newsletters",
    "noticias relacionadas", "notícias relacionadas", "on this page", "our picks", "partager", "più letti",
    "popular", "popular articles", "popular now", "popular posts", "popular stories", "popular topics",
    "powiązane artykuły", "print this page", "promo", "read also", "read more", "read next", "recent articles",
    "recent comments", "recent posts", "recommended", "recommended articles", "recommended for you",
    "recommended reading", "recommended stories", "related", "related articles", "related content",
    "related coverage", "related links", "related news", "related pages", "related posts", "related reading",
    "related stories", "related topics", "search", "see also", "see more", "share", "share this",
    "share this article", "share this page", "share this post", "share this story", "spread the word",
    "stay connected", "stay informed", "stay updated", "sur le même sujet", "table of contents", "tags", "teilen",
    "the author", "the latest", "themen", "top stories", "topics", "top news", "trending", "trending now",
    "trending stories", "up next", "voir aussi", "weitere artikel", "weiterlesen", "weitere themen",
    "what to read next", "what's hot", "who to follow", "you may also like", "you may have missed",
    "you might also like", "you might be interested in", "à lire aussi", "à propos de l'auteur", "über den autor",
    "über die autorin", "te puede interesar", "sobre el autor", "site map", "quick links", "useful links",
    "our services", "contact us", "zum thema", "dossier", "blogroll", "follow me", "today's weather",
    "the weather", "weather forecast", "your weather", "horoscope", "your horoscope", "horoscopes",
    "daily horoscope", "your stars", "poll", "poll of the week", "poll of the day", "today's poll", "reader poll",
    "quick poll", "our poll", "on this day", "lost and found", "special offer", "special offers",
    "guestbook", "from our shop", "from the shop", "our shop", "newest pages", "about this site",
    "about us", "about me", "sponsor", "our sponsors", "our partners", 
    "readers' letters", "letters to the editor", "other stories in this section", "stay in touch",
    "get in touch", "press contact", "press contacts", "contact", "for media enquiries", "donate",
    "support us", "support our work", "support local journalism", "become a member", "never miss a story",
    "never miss an update", "daily quiz", "upcoming events",
    "events calendar", "job offers", "latest jobs", "today's deals", 
    "lottery results", "share your thoughts", "have your say", "your say",
    "get the app", "download our app", "previous article", "next article", "previous post", "next post",
    "you may also be interested in", "more on this topic", "more on this story", "more about this",
    "further stories", "discover more", "related stories from our archive", "aus unserem shop",
    "horoskop", "umfrage", "gewinnspiel", "stellenanzeigen", 
    "kontakt", "impressum", "beliebt", "beliebte artikel", "neueste beiträge", "neueste kommentare",
    "lesen sie auch", "auch lesenswert", "mehr nachrichten", "mehr zu diesem thema", "teilen sie diesen artikel",
    "artikel teilen", "el tiempo", "horóscopo", "encuesta", "boletín", "lee también", "lea también",
    "le puede interesar", "también te puede interesar", "más en esta sección", "sobre la autora", "compartir",
    "comparte", "síguenos", "lo más visto", "últimas noticias", "horoscope du jour", "sondage",
    "infolettre", "à découvrir", "sur le même thème", "articles récents", "nos partenaires", "oroscopo",
    "sondaggio", "potrebbe interessarti", "potrebbe interessarti anche", "meer lezen", "meest gelezen", "het weer",
    "previsão do tempo", "enquete", "mais lidas", "veja também",
];

/// How headings of boxes begin, whatever follows.
#[rustfmt::skip]
const BOX_OPENINGS: &[&str] = &[
    "das könnte sie", "das könnte dich", "dans la même rubrique", "et aussi :", "get our ", "get the newsletter",
    "join our newsletter", "mehr aus ", "mehr von ", "mehr zu ", "more by ", "more from ", "more in ",
    "more on this", "más sobre ", "most read ", "newsletter:", "more like this", "people also ", "read more from",
    "readers also", "recommended from ", "sign up for ", "sign up to ", "stay up to date", "stay in the loop",
    "subscribe to ", "support independent", "other articles", "other stories", "aus dem ressort",
    "unser newsletter", "abonnez-vous", "inscrivez-vous", "suscríbete", "suscríbase", "iscriviti",
    "we value your privacy", "your privacy", "manage cookies", "cookie", "this website uses cookies",
    "wir verwenden cookies", "ihre privatsphäre", "vos données", "more for you", "latest from ", "latest in ",
    "popular in ", "trending in ", "what others are reading", "poll:", "your horoscope", "horoscope for ",
    "more great ", "you'll also ", "you may like", "you might like", "from our partners", "from our archive",
    "continue reading", "most commented", "meet the author", "join thousands", "join over ", "love this",
    "enjoying this", "never miss ", "don't miss ", "support our ", "subscribe and ", "diesen artikel teilen",
    "newsletter ", "lesen sie auch", "lea también", "lee también", "únete ", "ne manquez ", "lire aussi",
    "leggi anche", "abonneer", "meld je aan", "was this ", "did you find this", "rate this", "how helpful",
    "how useful", "reader offer", "in pictures:", "war diese", "fanden sie",
];

/// Headings over readers' comments, but for a number.
#[rustfmt::skip]
const COMMENTS: &[&str] = &[
    "comments", "comentarios", "comentários", "commentaires", "commenti", "join the conversation",
    "join the discussion", "kommentare", "komentarze", "leave a comment", "leave a reply", "reader comments",
    "readers' comments", "view comments", "what do you think", "what readers are saying", "write a comment",
    "your comments", "kommentar schreiben", "leserkommentare", "leserbriefe", "vos réactions", "post a comment",
    "all comments", "top comments", "deja un comentario", "laisser un commentaire", "комментарии",
    "reader letters", "comments from our readers", "was unsere leser sagen", "ihre meinung",
    "kommentare unserer leser", "diskutieren sie mit", "opiniones de los lectores", "comentarios de los lectores",
    "réagissez", "reacties", "opmerkingen", "discussion thread", "join the debate", "share your opinion",
    "community comments", "from the message board", "message board", "from the forum", "from our readers",
    "reader feedback", "readers say", "what readers say", "what readers wrote", "what you said", "aus dem forum",
    "so reagieren unsere leser",
];

/// Words that speak of comments when a number stands beside them.
const COUNTED: &[&str] = &[
    "comment",
    "kommentar",
    "commentaire",
    "reacties",
    "reactions",
    "replies",
    "responses",
    "réactions",
    "thoughts",
];

/// How a site's own lines open.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "(c) ", "abonnez-vous", "additional reporting by ", "all rights reserved", "alle rechte vorbehalten",
    "alle rechten voorbehouden", "already a member?", "already a subscriber", "already have an account",
    "also read:", "also see:", "article continues", "artikel teilen", "auch interessant:", "back to top",
    "be the first to ", "become a member", "become a subscriber", "bereits abonnent",
    "bitte aktivieren sie javascript", "buy us a coffee", "by clicking \"", "by clicking accept", "by clicking on",
    "by clicking submit", "by clicking subscribe", "by clicking “", "by continuing to browse",
    "by continuing to use", "by signing up to", "by signing up you", "by signing up, you", "by submitting this",
    "by submitting your", "by subscribing", "categories:", "click here for ", "click here to ", "click to share",
    "commenting on this ", "comments are closed", "comments closed", "continue reading", "copyright (c)",
    "copyright 19", "copyright 20", "copyright ©", "create a free account", "create an account", "did you enjoy",
    "do you have a tip", "don't have an account", "don't miss:", "donate to ", "download our app",
    "download the app", "déjà abonné", "enjoyed this", "enter your email", "filed under", "find us on", "follow @",
    "follow all our ", "follow her on", "follow him on", "follow me on", "follow our ", "follow them on",
    "follow us", "for more stories like this", "found this useful", "get full access", "get it in your inbox",
    "get our ", "get the best of ", "get the latest ", "get unlimited ", "give us feedback", "got a tip",
    "have a tip", "help us improve", "hier können sie", "if you enjoyed this", "if you liked this",
    "in case you missed it:", "inscrivez-vous", "iscriviti ", "jetzt abonnieren", "jetzt anmelden", "join our ",
    "join the conversation", "keep reading", "lea también", "leave a comment", "leave a reply", "lee también",
    "lees ook", "leggi anche", "leia mais", "leia também", "lesen sie auch", "lesen sie hier", "lesen sie mehr",
    "like this article", "like what you", "lire aussi", "listen:", "log in or",
    "log in to", "logged in as", "mehr dazu:", "mehr zum thema", "member-only story", "mit material von ",
    "more on this story", "more:", "most read:", "must read:", "más información:", "nachrichten aus ",
    "nous utilisons des cookies", "our standards:", "page updated", "photo:", "please enable javascript",
    "please log in", "please sign in", "post a comment", "print this ", "proudly powered by", "published:",
    "read also", "read full story", "read in app", "read it here:", "read more", "read next", "read our ",
    "read the full ", "read:", "recevez ", "recommended:", "register for free", "related article", "related story",
    "related:", "required fields", "return to top", "réservé aux abonnés", "see all ", "see also:", "see more ",
    "send us a tip", "share on ", "share this", "sign in or", "sign in to", "sign up", "skip to ", "stand:",
    "start your free trial", "stay up to date", "story continues", "subscribe for ", "subscribe now",
    "subscribe to", "support independent", "support our ", "suscríbase", "suscríbete", "tagged with", "tagged:",
    "tags:", "take our poll", "tap here", "te puede interesar", "thank you for reading",
    "thank you for subscribing", "thanks for reading", "the comments section is closed",
    "this article is for subscribers", "this article was produced by", "this page was last",
    "this site is protected by", "this site uses", "this website uses", "to continue reading",
    "to leave a comment", "to post a comment", "to read the full", "todos los derechos reservados",
    "todos os direitos reservados", "topics:", "tous droits réservés", "try unlimited access",
    "tutti i diritti riservati", "unlock this article", "unser newsletter", "updated:", "vote in our",
    "want more ", "want to get the latest", "want to read more", "watch now:", "watch:", "we may earn ",
    "we use cookies", "we value your privacy", "wir verwenden cookies", "with agency inputs", "with inputs from ",
    "you have reached your", "you have read all", "you have read your", "you must be logged in",
    "you need to be logged in", "you've reached", "you've read all", "you've read your",
    "your email address will not", "your subscription", "zum newsletter", "zur startseite", "zurück zur", "©",
    "à lire aussi", "this article first appeared", "this article was first", "this article originally",
    "this story first", "this story originally", "this piece first", "this post was first", "originally published",
    "first published in", "a version of this", "dieser artikel erschien", "dieser artikel ist zuerst",
    "dieser text erschien", "este artículo se publicó", "este artículo fue publicado", "cet article a été publié",
    "cet article est paru", "have you got a", "have you seen something", "do you know more", "do you have a story",
    "do you have information", "do you have more", "do you like our", "got a story", "have a story",
    "know something", "write to us", "send us your", "let us know", "tell us ", "what do you think",
    "email the author", "email us", "contact the author", "contact us", "call our ", "call the newsroom",
    "haben sie hinweise", "haben sie fragen", "wissen sie mehr", "schreiben sie uns", "schicken sie uns",
    "was meinen sie", "tiene usted", "escríbanos", "escríbenos", "cuéntanos", "écrivez-nous", "vous avez une",
    "scrivici", "enjoying this", "if you value ", "if you found ", "support quality ", "this story is free",
    "this post contains ", "this page contains ", "this article contains affiliate", "disclosure:", "disclaimer:",
     "anzeige:", "advertisement:", "advertorial:", "sponsored:", "publicidad:", "annuncio:", "editor's picks", "story continues below",
    "el artículo continúa", "der artikel geht", "weiter nach der anzeige", "la suite après", "picture:",
    "text is available under", "reproduction in whole", "no part of this ", "all text and ", "all content ",
    "alle angaben ohne gewähr", "für die inhalte ", "für den inhalt ", "not responsible for the content",
    "comments are moderated", "please be respectful", "please keep comments", "kommentare werden", "your privacy",
    "we value your", "we and our ", "we respect your privacy", "no spam", "kein spam", "unsubscribe",
    "sie können sich jederzeit", "puede darse de baja", "cancel any", "cancel at any", "free shipping",
    "limited time", "terms and conditions apply", "offer ends", "offer valid", "terms apply", "sichern sie sich",
    "jetzt testen", "jetzt bestellen", "testen sie ", "lade unsere app", "laden sie unsere", "unterstützen sie ",
    "apoye ", "apoya ", "soutenez ", "utilizamos cookies", "usamos cookies",  
    "ce site utilise",   "this site is ", "listen to this ", "watch the video",
    "if this page ", "if you have any ", "please sign ", "please support ", "best viewed ",
];

/// How lines open that are a site's own only if they are short and no sentence.
#[rustfmt::skip]
const SCRAPS: &[&str] = &[
    "filed in ", "image credit", "last modified", "last reviewed", "last updated", "mis à jour le ",
    "no comments", "photo by ", "photograph by ", "photographs by ", "posted by ", "posted in ", "posted on ",
    "powered by ", "pubblicato il ", "publicado el ", "published on ", "publié le ", "reply to ",
    "veröffentlicht am",
];
/// The most characters of such a line.
const SCRAP_CHARS: usize = 80;

/// Words that, two of them in one short block, make it a call to subscribe or a notice of cookies.
#[rustfmt::skip]
const CALLS: &[&[&str]] = &[
    &["newsletter", "sign up"], &["newsletter", "subscribe to our"], &["newsletter", "subscribe now"],
    &["newsletter", "your inbox"], &["newsletter", "unsubscribe"], &["newsletter", "anmelden"],
    &["newsletter", "abonnieren"], &["newsletter", "inscri"], &["newsletter", "boîte mail"],
    &["your inbox", "every "], &["your inbox", "straight"], &["your inbox", "deliver"], &["your inbox", "get "],
    &["unsubscribe", "any time"], &["unsubscribe", "anytime"], &["cookies", "we use"], &["cookies", "we and our"],
    &["cookies", "our website"], &["cookies", "this site"], &["cookies", "your experience"],
    &["cookies", "you accept"], &["cookies", "you agree"], &["cookies", "wir verwenden"],
    &["cookies", "ihre einwilligung"], &["cookies", "vous accept"], &["cookies", "votre consentement"],
    &["privacy policy", "you agree"], &["privacy policy", "apply"], &["all rights reserved", "20"],
    &["affiliate links", "commission"], &["we may", "commission"], &["subscribe", "unlimited access"],
    &["abonnez", "€"], &["monatlich", "kündbar"], &["free trial", "cancel"],
    &["write to us at"], &["send us a message"], &["send us an email"], &["no liability", "links"],
    &["keine haftung", "inhalte"], &["trademark", "respective owners"], &["registered trademark of"], &["your email address", "published"],
    &["without permission", "prohibited"], &["cookies", "utilizamos"],
    &["cookies", "usamos"], &["cookies", "utilisons"],     &["suscríb", "boletín"], &["newsletter", "erhalten sie"], &["abo", "kündbar"], &["subscrib", "first month"],
    &["promo code"], &["use code", "off"], &["free trial", "days"],
];

/// What a heading, or a short block in the place of one, announces.
pub(super) fn announced(text: &str) -> Option<Cue> {
    if text.chars().count() > HEADING_CHARS {
        return None;
    }
    let plain = plain(text);
    // "Comments (23)", "23 comments", "Comments:" are "comments".
    let bare = plain.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() {
        return None;
    }
    let says = |phrases: &[&str]| phrases.contains(&bare);
    let counted = plain.contains(|c: char| c.is_ascii_digit()) && says(COUNTED);
    if says(ADVERTS) {
        Some(Cue::Advert)
    } else if says(ACTIONS) {
        Some(Cue::Action)
    } else if says(COMMENTS) || counted {
        Some(Cue::Comments)
    } else if says(BOXES) || BOX_OPENINGS.iter().any(|opening| plain.starts_with(opening)) {
        Some(Cue::Box)
    } else {
        None
    }
}

/// Whether a block is one line of the site's own.
pub(super) fn is_site_line(text: &str) -> bool {
    if text.chars().count() > LINE_CHARS {
        return false;
    }
    let plain = plain(text);
    let call = |words: &&[&str]| words.iter().all(|word| plain.contains(word));
    let scrap = text.chars().count() <= SCRAP_CHARS && !text.ends_with(['.', '!', '?', ':', '”', '"']);
    LINES.iter().any(|line| plain.starts_with(line))
        || (scrap && SCRAPS.iter().any(|line| plain.starts_with(line)))
        || CALLS.iter().any(call)
        || is_byline(text)
        || (plain.starts_with("reporting by ") && plain.contains("editing by "))
}

/// Whether a short block says who wrote: "By", a name, and no sentence.
pub(super) fn is_byline(text: &str) -> bool {
    const BY: [&str; 9] = ["by", "von", "par", "por", "di", "door", "av", "af", "words by"];
    let short = text.chars().count() <= 120 && !text.ends_with(['.', '!', '?', ':', '…']);
    let mut words = text.split_whitespace();
    let by = words.next().is_some_and(|first| BY.contains(&first.to_lowercase().as_str()));
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    short
        && by
        && words.next().is_some_and(capital)
        && words.next().is_none_or(|word| capital(word) || word.len() < 4)
}

/// Lower case, with plain apostrophes, from the first letter on.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(')).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_announce_only_when_they_say_nothing_else() {
        assert_eq!(announced("Comments (23)"), Some(Cue::Comments));
        assert_eq!(announced("23 Kommentare"), Some(Cue::Comments));
        assert_eq!(announced("ADVERTISEMENT"), Some(Cue::Advert));
        assert_eq!(announced("More from the Harbour Desk"), Some(Cue::Box));
        for heading in
            ["Comments by the minister on the ban", "Related work", "Popular support falls", "Discussion", ""]
        {
            assert_eq!(announced(heading), None, "{heading}");
        }
    }

    #[test]
    fn lines_of_the_site_are_short_and_open_with_its_phrases() {
        for line in [
            "© 2024 The Daily Tide",
            "Sign up for our weekly letter",
            "By Ada Quill and Ben Rook",
            "Read more: why",
        ] {
            assert!(is_site_line(line), "{line}");
        }
        for line in [
            "By Monday the port was closed.",
            "The newsletter was read by few.",
            "By Law No. 5 it was banned.",
            "Published on Monday, the report is thin.",
            "His newsletter has 9,000 subscribers who pay $5 a month.",
            "Readers left.",
        ] {
            assert!(!is_site_line(line), "{line}");
        }
    }
}
