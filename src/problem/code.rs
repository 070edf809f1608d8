//! The list of problem codes, such as `quote-not-found`: name, group and explanation of each kind of problem. `problem`
//! says where the messages are.
//!
//! A new code also needs `src/manual/problems/<code>.md` and a case in `tests/problems`.

/// Where a kind of problem occurs, which determines which commands check for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// In the site's files. Every build checks for it.
    Input,
    /// In the pages of the finished site. `check` checks for it, if there is no error in the site's files.
    Page,
    /// In links to other sites. `check --external` checks for it.
    Web,
    /// In the baseline, the file that lists accepted problems. `check --baseline` checks for it.
    Baseline,
}

macro_rules! codes {
    ($($group:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {
        /// The kinds of problems. Their names never change, because people search for them and scripts filter by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($($(#[$doc])* $variant,)*)*
        }

        impl Code {
            pub const ALL: &[Self] = &[$($(Self::$variant),*),*];

            /// Returns the printed name, such as `quote-not-found`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($(Self::$variant => $text,)*)*
                }
            }

            pub fn group(self) -> Group {
                match self {
                    $($(Self::$variant)|* => Group::$group,)*
                }
            }

            /// Returns what the code means and how to fix it, as Markdown with one line per paragraph. It is printed
            /// without rendering the Markdown.
            pub fn explanation(self) -> &'static str {
                match self {
                    $($(Self::$variant => include_str!(concat!("../manual/problems/", $text, ".md")),)*)*
                }
            }
        }
    };
}

codes! {
    Input {
        /// A file, or the `+++` block of a page or question, that can't be parsed as TOML.
        TomlSyntax = "toml-syntax",
        /// A key that has no effect, usually because it is misspelt.
        UnknownKey = "unknown-key",
        /// A required key is missing or empty.
        MissingKey = "missing-key",
        /// A value of the wrong type.
        WrongType = "wrong-type",
        /// A value that the key does not allow.
        BadValue = "bad-value",
        /// A name, key or heading id with characters that an id may not have, a position without an id, or a record or
        /// question in a subfolder.
        BadId = "bad-id",
        /// Two sources, questions, headings or other items with the same id. Ids that differ only in case count as the
        /// same.
        DuplicateId = "duplicate-id",
        /// A page or question whose file does not begin with a `+++` block.
        FrontMatterMissing = "front-matter-missing",
        /// A `+++` block that is not closed.
        FrontMatterUnclosed = "front-matter-unclosed",
        /// A file that is not text, or is in another encoding than UTF-8 where that is required.
        NotText = "not-text",
        /// A record names a document that does not exist, and the lock has no entry for its source. Also a file given
        /// to `add` that can't be read, and a record that was renamed without its document.
        DocumentMissing = "document-missing",
        /// A document in an unsupported format.
        DocumentKind = "document-kind",
        /// A suggested answer whose position and summary are still empty.
        AnswerUnedited = "answer-unedited",
        /// A document that is damaged, encrypted, or has no text.
        DocumentUnread = "document-unread",
        /// A document that is larger, or takes longer to read, than `[limits]` allows.
        DocumentTooLarge = "document-too-large",
        /// A name of a part of a document, in `include` or `exclude`, that has no effect.
        DocumentPart = "document-part",
        /// A web page or PDF file that has hardly any words.
        DocumentShort = "document-short",
        /// A web page whose file ends in `.txt` or `.md`, or a record whose file ends in `.toml.txt`, `.toml.md` or
        /// `.tml`.
        MisnamedFile = "misnamed-file",
        /// Two documents with the same bytes.
        DocumentTwice = "document-twice",
        /// Documents in a folder within `seeds/`, which are not read.
        DocumentInFolder = "document-in-folder",
        /// Terms of a question that find nothing in any document.
        TermsNotFound = "terms-not-found",
        /// A document whose hash differs from the one in the lock.
        DocumentChanged = "document-changed",
        /// A lock file that differs from the one that `verify` would write now. Reported only if there is no error.
        StaleLock = "stale-lock",
        /// A lock file that can't be parsed, or an entry in it whose seal or contents can't be right.
        BadLock = "bad-lock",
        /// A reference to a question that does not exist.
        UnknownQuestion = "unknown-question",
        /// A reference to a position that the question does not have.
        UnknownPosition = "unknown-position",
        /// A question's group that `site.toml` doesn't list.
        UnknownGroup = "unknown-group",
        /// A reference to a source or origin that does not exist.
        UnknownSource = "unknown-source",
        /// A record that both answers a question and lists it as silent.
        AnswerAndSilence = "answer-and-silence",
        /// A cycle of sources that rest on one another, or a source that rests on itself.
        CircularOrigin = "circular-origin",
        /// A quote without any words of the document, such as `…`.
        QuoteEmpty = "quote-empty",
        /// A quote with more words than `quote_words` allows.
        QuoteTooLong = "quote-too-long",
        /// A quote whose words are not in the document, or that is refused because it cuts or changes something.
        QuoteNotFound = "quote-not-found",
        /// Words in ordinary quotation marks, before a citation or in an answer's summary, that the source's document
        /// lacks.
        QuotationNotFound = "quotation-not-found",
        /// A quote whose meaning its context in the document changes, such as a negation, a question, or a report.
        QuoteContext = "quote-context",
        /// A quote that crosses a line end at which a paragraph of the document may end.
        QuoteLineEnd = "quote-line-end",
        /// An answer without `voice` whose quote has words such as “said” or “reportedly”.
        VoiceMissing = "voice-missing",
        /// A quote that can't be verified: the document is missing and the quote is not in the lock.
        QuoteUnproved = "quote-unproved",
        /// Text in brackets that begins like a citation `[@…]` or a question's marker `[?…]` but has another form.
        BadCitation = "bad-citation",
        /// A citation that names a page, chapter or time where its quote isn't, or one that the document doesn't have.
        WrongPlace = "wrong-place",
        /// A reference to a missing footnote.
        UnknownNote = "unknown-note",
        /// A link to a page or file that does not exist.
        BrokenLink = "broken-link",
        /// A link to a heading that the page does not have.
        BrokenAnchor = "broken-anchor",
        /// A file whose path in the finished site is taken by another file, or by a file named in `keep`.
        PathTaken = "path-taken",
        /// A file of the site whose name Windows does not allow.
        PortableName = "portable-name",
        /// Block quotations and lists in Markdown that are nested more than 100 deep.
        NestedTooDeep = "nested-too-deep",
        /// HTML in Markdown, which the page displays as text.
        RawHtml = "raw-html",
        /// An image that readers' browsers would load from another site.
        ThirdParty = "third-party",
        /// A paragraph that states something without a citation. Checked only if the site asks for it.
        Uncited = "uncited",
        /// A search index that is larger than `search_kb` allows.
        SearchIndexLarge = "search-index-large",
        /// Phrases of the interface that are missing in the site's language.
        WordsMissing = "words-missing",
        /// A font that can't be read, or a social card that is left out because no font has one of its characters.
        CardFont = "card-font",
        /// A template that can't be parsed or rendered.
        Template = "template",
    }
    Page {
        /// A link, image or other address in the finished site that leads to no file of it.
        PageLink = "page-link",
        /// A link to an id that the finished page does not have.
        PageAnchor = "page-anchor",
        /// Two elements of a page with the same id.
        PageId = "page-id",
        /// An image without an `alt` attribute. An empty one is allowed.
        PageImage = "page-image",
        /// Headings that skip a level, or a page without exactly one `h1`.
        PageHeading = "page-heading",
        /// A link without a text that says where it leads.
        PageLinkName = "page-link-name",
        /// A page without a title, or with the title of another page.
        PageTitle = "page-title",
        /// A page whose `html` has no `lang`.
        PageLanguage = "page-language",
        /// A page that weighs more, with everything that it loads, than `page_kb` allows.
        PageWeight = "page-weight",
    }
    Web {
        /// A link to a page that the other site does not have (404, 410).
        LinkGone = "link-gone",
        /// A link to a page that has moved permanently (301, 308).
        LinkMoved = "link-moved",
        /// A link to a page that the other site does not send to programs (for example 401, 403, 429).
        LinkForbidden = "link-forbidden",
        /// A link to a site that does not respond, reports an error or redirects too often, or an invalid address.
        LinkUnreachable = "link-unreachable",
        /// Links that were not checked before the time limit of `check --external`.
        LinksNotAsked = "links-not-asked",
    }
    Baseline {
        /// A baseline entry for a problem that no longer exists.
        BaselineStale = "baseline-stale",
        /// A baseline entry for a problem that can't be accepted, such as an error that stops the build.
        BaselineRefused = "baseline-refused",
    }
}
