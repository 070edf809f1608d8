//! What each kind of problem means, why it matters, and how to mend it: `sourcewise check --explain CODE`.

use crate::problem::Code;

/// The explanation of a code, for reading: what it means, why it matters, how to mend it.
#[expect(clippy::too_many_lines, reason = "one text a code, and nothing else")]
pub fn explain(code: Code) -> &'static str {
    match code {
        Code::TomlSyntax => {
            "The file, or the block between the lines `+++`, is not TOML: a quotation mark or bracket is missing, a \
             key stands twice, a date is none. What follows it can't be trusted, so the site is not built. Write \
             `key = \"text\"` with straight quotation marks, lists as `[\"one\", \"two\"]`, dates as 2026-04-20."
        }
        Code::UnknownKey => {
            "Nothing reads this key; mostly it is misspelt. It would be ignored without a word, and what you meant \
             would be missing from the site. Spell it as the help suggests, or remove it. Keys of your own for \
             templates go under `[extra]` of a page."
        }
        Code::MissingKey => {
            "A key that must be there is missing or empty. A site, page, question or record needs a `title`; an answer \
             needs `question`, `position` and `summary`. Add it."
        }
        Code::WrongType => {
            "The key takes another kind of value: text in quotation marks, a number without, a list in brackets, \
             `true` or `false`. Write the kind that the message names."
        }
        Code::BadValue => {
            "The value is none of those that the key takes, or no web address, language tag, date or number where one \
             is wanted. Write one that the help names."
        }
        Code::BadId => {
            "Ids go into file names, addresses and links, so they are made of letters and digits of any script, `-` \
             and `_`, without two hyphens in a row, which the theme keeps for ids of its own. Rename the file or key."
        }
        Code::DuplicateId => {
            "Two things have the same id, so that nobody could tell which one is meant. Ids that differ \
             only in capitals count as the same, since many disks can't keep them apart. Rename one of the two."
        }
        Code::FrontMatterMissing => {
            "Every page and question begins with a block of TOML between two lines `+++`, with at least a `title`. \
             Blocks between lines `---` are YAML, which is not read."
        }
        Code::FrontMatterUnclosed => {
            "The block that begins with `+++` never ends, so that the whole file would be taken for TOML. End it with \
             a line `+++`."
        }
        Code::NotText => {
            "The file holds bytes that are no text. Records, pages, questions and templates must be UTF-8; documents \
             may also be UTF-16 or in an older encoding, which is detected. Save the file as plain text."
        }
        Code::DocumentMissing => {
            "The record names a document that is neither in `seeds/` nor among the originals, and the lock holds \
             nothing of it, so that no quote of it could be proved. Put it there, correct its name, or say with \
             `--originals DIR` where it is."
        }
        Code::DocumentKind => {
            "The document is in a format that is not read. Save it from the program it was made with as `.docx`, or \
             its text as plain text, with the ending `.txt`, under the same name. A document that no record speaks of \
             is only left out."
        }
        Code::AnswerUnedited => {
            "`sourcewise suggest` writes answers with verified quotes whose `position` and `summary` are empty, since \
             what a source means is for somebody to say who has read it. Such an answer is not shown. Fill in both, or \
             remove the answer; for what the source says nothing to, add the question to `silent`."
        }
        Code::DocumentUnread => {
            "The document can't be read: it is damaged, or locked with a password, or its pages are pictures without \
             text, as a scanner makes them. Get it once more, unlock it, or have a program recognise its text, and \
             save that as `.txt`. A document that no record speaks of is only left out."
        }
        Code::DocumentTooLarge => {
            "Documents come from strangers, so that each may take only so much memory and time: `document_kb` (50000 \
             unless you say otherwise) and `document_seconds` (20) under `[limits]` in `site.toml`. What is packed in \
             a document may unfold to eight times that size. Raise the limit for a document that you trust, or save \
             its text as `.txt`. A document that no record speaks of is only left out."
        }
        Code::DocumentChanged => {
            "The document at hand is not the one that `seeds/quotes.lock` was written from: its fingerprint (SHA-256) \
             differs. Quotes that no longer stand in it are told of beside this. If the new document is the right \
             one, run `sourcewise verify`; else put the old one back."
        }
        Code::StaleLock => {
            "`seeds/quotes.lock` is not what `sourcewise verify` would write now: a quote is new, or one is no longer \
             used. With the documents at hand the site is built all the same; without them, a new quote stops it. \
             Run `sourcewise verify` where the documents are, and commit the lock."
        }
        Code::BadLock => {
            "The lock is not as `sourcewise verify` wrote it: it was edited by hand, or two versions were merged. It \
             is the only proof of quotes whose documents are not at hand, so nothing is held against it as it is. \
             Run `sourcewise verify` where the documents are."
        }
        Code::UnknownQuestion => {
            "There is no such file in `content/questions/`. Correct the id, or write the question."
        }
        Code::UnknownPosition => {
            "The question has no such key under `[positions]`. Positions are the answers that exist to a question; \
             every answer is counted under one. Correct the id, or add the position to the question."
        }
        Code::UnknownSource => {
            "There is no record or document of this id in `seeds/`, and no `[origins.…]` in `site.toml` where one may \
             be meant. Correct the id, or add the record."
        }
        Code::AnswerAndSilence => {
            "The record answers a question and lists it as one that the source is silent on. Readers are shown the \
             difference, so it must be one of the two. Remove the answer, or take the question out of `silent`."
        }
        Code::CircularOrigin => {
            "Sources rest on one another in a circle, so that none of them has an origin, and it can't be counted how \
             many witnesses they are. Take one of the links out of `rests_on`."
        }
        Code::QuoteEmpty => {
            "The quote has no words that could stand in a document: only spaces, an ellipsis, or the editor's own \
             words in brackets. Quote some words, or remove it."
        }
        Code::QuoteTooLong => {
            "The quote has more words than `quote_words` under `[limits]` in `site.toml` allows. Short quotes are fair \
             to those who own the text, and are read. Quote less and say the rest in your own words."
        }
        Code::QuoteNotFound => {
            "The words do not stand in the document, after white space and the shape of quotation marks, dashes and \
             ellipses were made alike on both sides. Case counts, and so does every word; no word or figure may be cut. \
             `…` leaves something out, up to the end of the next paragraph; `[words]` are yours and take nothing away. \
             Write the words as the help shows them, or look whether another source says them."
        }
        Code::QuoteUnproved => {
            "The document of the source is not at hand, and the lock does not hold these words: they were added or \
             changed since `sourcewise verify` ran. A quote that nobody has proved is not published. Run `sourcewise \
             verify` where the document is, and commit `seeds/quotes.lock`."
        }
        Code::BadCitation => {
            "What stands between the brackets can't be read. A citation is `[@source]`, `[@source \"some words\"]` or \
             `[@one; @other]`; a marker is `[?question]`. Brackets can't stand within them; in running text write \
             `\\[@` for the characters themselves."
        }
        Code::UnknownNote => {
            "A footnote is a mark in the text, `[^why]`, and the note itself, on a line of its own anywhere on the same page: \
             `[^why]: Because …`. Here is the mark alone, mostly since one of the two is misspelt. It would show as text."
        }
        Code::BrokenLink => {
            "The link leads to no page or file of this site. Link to the file that a page is made from, as it lies in \
             `content` (`../story.md`), to a page that is made (`compare.html`), or to a whole web address."
        }
        Code::BrokenAnchor => {
            "The page is there, but has no heading with this id. Ids are made of a heading's words, or given: \
             `## Title {#id}`. On `compare.html` every row has its question's id."
        }
        Code::PathTaken => {
            "Two files would be written to one path of the site, or one to a path that Sourcewise writes itself; one \
             of them would be lost; or `[output] keep` names a file of the site. Paths that differ only in capitals count as \
             the same. Rename one of them."
        }
        Code::RawHtml => {
            "HTML in Markdown is shown as text, so that no page holds a script or a style that its readers did not \
             bargain for. Write it in Markdown; what that can't do belongs into a template."
        }
        Code::ThirdParty => {
            "A picture on another site would be fetched by every reader's browser, which tells that site who reads, \
             and it may change or vanish. Save it beside the page, if you may."
        }
        Code::Uncited => {
            "The paragraph states something and cites nothing. This is told only where `uncited = \"warn\"` stands \
             under `[check]` in `site.toml`. Add `[@source]`, or leave it if the words are yours alone."
        }
        Code::SearchIndexLarge => {
            "The search page loads an index of all that pages show, and it has become larger than `search_kb` under \
             `[limits]` in `site.toml` allows. Readers on phones wait and pay for it. Show less of long documents, \
             with `publish = \"excerpts\"` or `\"quotes\"` in their records, or raise the limit."
        }
        Code::WordsMissing => {
            "The interface (menus, counts, names of sections) is said in the site’s `language`, as far as there are words \
             for it; the rest is said in English. `sourcewise theme words/en.toml` prints the English ones: translate \
             them into `templates/words/<language>.toml`. A language without some of the plural forms leaves them out."
        }
        Code::CardFont => {
            "Every page gets a card, a picture of its title that is shown where somebody shares its address. The \
             built-in font has Latin, Greek and Cyrillic letters; a card with others would show empty boxes and is left \
             out. Put a font that has them into `templates/fonts/`, as `.ttf` or `.otf` and with a licence that allows \
             it: it is used for cards alone and not copied into the site. `cards = false` in `site.toml` turns cards \
             off. A picture of your own goes before: `content/cards/wheel.png` for `wheel.html`."
        }
        Code::Template => {
            "A template can't be read or used. Templates are written for Tera 2, where a missing field is an error and \
             macros are components. What a template may use is told in the README under “Templates”."
        }
        Code::PageLink => {
            "In a finished page or style sheet an address leads to no file of the site, or to one that is spelt in other \
             capitals, which works on some disks and breaks on most hosts. Links in Markdown are checked before; so \
             this is mostly a template's doing, or that of a file in `content/` that is copied as it is. Correct the \
             address there: it begins at the page that it stands on; in templates, write `{{ root }}` before it."
        }
        Code::PageAnchor => {
            "The page is there, but no element of it has the id that the link ends in, so that readers land at its top. \
             Correct the id, or give it to the element that is meant."
        }
        Code::PageId => {
            "Two elements of a page have the same id. Links lead to the first alone, and labels and scripts may take \
             hold of the wrong one. Mostly a template writes an id within a loop: make a part of it count or differ."
        }
        Code::PageImage => {
            "The picture has no `alt`: readers who don't see it are read its file's name instead. Say in `alt` what it \
             shows; one that only decorates has an empty `alt=\"\"`."
        }
        Code::PageHeading => {
            "Headings are a page's table of contents for those who listen to it: one `h1`, under it `h2`, under those \
             `h3`, and no level left out. In Markdown a page's title is its `h1`, so that its text begins with `##`. How \
             large a heading looks is a matter of style."
        }
        Code::PageLinkName => {
            "The link holds no words, and a screen reader can only spell its address. Write where it leads into it; a \
             picture within it says so in its `alt`, a sign in the link's `aria-label`."
        }
        Code::PageTitle => {
            "The page has no title, or the same as another. Titles are what tabs, bookmarks and lists of results show. \
             Write one into its front matter, or `<title>` into its template."
        }
        Code::PageLanguage => {
            "Screen readers choose a voice, and browsers hyphens and quotation marks, by the language that \
             `<html lang=\"…\">` names. The built-in templates take it from `language` in `site.toml`; so should yours."
        }
        Code::PageWeight => {
            "The page with its style sheets, scripts and pictures is larger than `page_kb` under `[limits]` in `site.toml` \
             allows (500 unless you say otherwise); what is only linked does not count. Readers on phones wait and pay for \
             it. Make its pictures smaller, show less on it, or raise the limit."
        }
        Code::LinkGone => {
            "`check --external` asked for this address, and the host said that there is no such page (404) or no more \
             (410). Correct it, link to a copy in a web archive, or name another place."
        }
        Code::LinkMoved => {
            "The host says that the page has moved for good (301 or 308), and the new address was found. Write that \
             instead: what leads on from the old one may be gone some day."
        }
        Code::LinkForbidden => {
            "The host refuses to answer programs (401, 403, 429 and the like), though it may well answer readers. Open \
             the address by hand. What is told so can be accepted in a baseline."
        }
        Code::LinkUnreachable => {
            "There was no answer: no such host, no connection, no safe one, too late, or a fault of the host (500 and \
             above). That may be over tomorrow. Ask again; if it stays so, look for another place."
        }
        Code::LinksNotAsked => {
            "The time for asking other sites was over before all links were asked. What was answered is kept for some \
             days, so that the next run comes further; or give it more time with `--external-seconds`, or \
             `external_seconds` under `[check]` in `site.toml`."
        }
        Code::BaselineStale => {
            "An entry of the file that `--baseline` names accepts a finding that there is none of any more: it was mended, \
             or its page, or the words that it is about, have changed. Take the entry out; a finding that is new has an id \
             of its own."
        }
        Code::BaselineRefused => {
            "An entry of the file that `--baseline` names would accept an error that stops the build. There is no site to \
             live with until it is mended. Mend it, and take the entry out."
        }
    }
}
