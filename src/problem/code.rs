//! The kinds of problems: name, group and explanation of each.
//!
//! A new code also needs `src/manual/problems/<code>.md` and a case in `tests/problems`.

/// Where a kind of problem is found, which determines when it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// In the author's files; every build checks them.
    Input,
    /// In the pages of the finished site, which exists only if there is no error.
    Page,
    /// By requests to other sites.
    Web,
    /// In the file that lists accepted problems.
    Baseline,
}

macro_rules! codes {
    ($($group:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {
        /// The kinds of problems. The names are stable, because people search for them and scripts filter by them.
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

            /// Returns what the code means and how to fix it. Markdown with one line per paragraph, printed as it is.
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
        /// Text that is not valid TOML.
        TomlSyntax = "toml-syntax",
        /// A key that has no effect; usually misspelt.
        UnknownKey = "unknown-key",
        /// A required key is missing or empty.
        MissingKey = "missing-key",
        /// A value of the wrong type.
        WrongType = "wrong-type",
        /// A value that the key does not allow.
        BadValue = "bad-value",
        /// A name that is not a valid id.
        BadId = "bad-id",
        /// Two things with the same id.
        DuplicateId = "duplicate-id",
        /// A page or question without a `+++` block.
        FrontMatterMissing = "front-matter-missing",
        /// A `+++` block that is not closed.
        FrontMatterUnclosed = "front-matter-unclosed",
        /// A file that is not text.
        NotText = "not-text",
        /// A document named by a record that neither exists nor is in the lock.
        DocumentMissing = "document-missing",
        /// A document in an unsupported format.
        DocumentKind = "document-kind",
        /// A suggested answer without position and summary.
        AnswerUnedited = "answer-unedited",
        /// A document that is damaged, encrypted, or has no text.
        DocumentUnread = "document-unread",
        /// A document that exceeds a limit on size or time.
        DocumentTooLarge = "document-too-large",
        /// A document whose hash differs from the one in the lock.
        DocumentChanged = "document-changed",
        /// A lock file that does not match the current quotes and documents.
        StaleLock = "stale-lock",
        /// A lock file that is not valid.
        BadLock = "bad-lock",
        /// A reference to a question that does not exist.
        UnknownQuestion = "unknown-question",
        /// A reference to a position that the question does not have.
        UnknownPosition = "unknown-position",
        /// A reference to a source or origin that does not exist.
        UnknownSource = "unknown-source",
        /// A record that both answers a question and lists it as silent.
        AnswerAndSilence = "answer-and-silence",
        /// A cycle of sources that rest on one another.
        CircularOrigin = "circular-origin",
        /// A quote without words.
        QuoteEmpty = "quote-empty",
        /// A quote that exceeds the limit.
        QuoteTooLong = "quote-too-long",
        /// A quote that is not in the document.
        QuoteNotFound = "quote-not-found",
        /// A quote that can't be verified: the document is missing and the quote is not in the lock.
        QuoteUnproved = "quote-unproved",
        /// `[@…]` or `[?…]` with invalid syntax.
        BadCitation = "bad-citation",
        /// A reference to a missing footnote.
        UnknownNote = "unknown-note",
        /// A link to a page or file that does not exist.
        BrokenLink = "broken-link",
        /// A link to a heading that the page does not have.
        BrokenAnchor = "broken-anchor",
        /// Two files that would be written to the same path.
        PathTaken = "path-taken",
        /// HTML in Markdown, which is shown as text.
        RawHtml = "raw-html",
        /// An image that readers' browsers would load from another site.
        ThirdParty = "third-party",
        /// A paragraph without a citation.
        Uncited = "uncited",
        /// A search index that exceeds the limit.
        SearchIndexLarge = "search-index-large",
        /// Missing messages of the interface in the site's language.
        WordsMissing = "words-missing",
        /// A card that is left out because no font has its characters.
        CardFont = "card-font",
        /// A template that can't be parsed or rendered.
        Template = "template",
    }
    Page {
        /// A link in the finished site to a file that does not exist.
        PageLink = "page-link",
        /// A link to an id that the finished page does not have.
        PageAnchor = "page-anchor",
        /// Two elements of a page with the same id.
        PageId = "page-id",
        /// An image without alternative text.
        PageImage = "page-image",
        /// Headings that skip a level, or a page without exactly one `h1`.
        PageHeading = "page-heading",
        /// A link without text.
        PageLinkName = "page-link-name",
        /// A page without a title, or with the title of another page.
        PageTitle = "page-title",
        /// A page without `lang`.
        PageLanguage = "page-language",
        /// A page that, with everything it loads, exceeds the limit.
        PageWeight = "page-weight",
    }
    Web {
        /// The other site has no such page (404, 410).
        LinkGone = "link-gone",
        /// The page has moved permanently.
        LinkMoved = "link-moved",
        /// The other site rejects requests from programs.
        LinkForbidden = "link-forbidden",
        /// The other site does not respond.
        LinkUnreachable = "link-unreachable",
        /// Links that were not checked because the time was over.
        LinksNotAsked = "links-not-asked",
    }
    Baseline {
        /// A baseline entry for a finding that no longer exists.
        BaselineStale = "baseline-stale",
        /// A baseline entry for an error that stops the build.
        BaselineRefused = "baseline-refused",
    }
}
