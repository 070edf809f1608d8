//! The kinds of problems: for each its name, where it is found, and its explanation.
//!
//! A new code also needs `src/manual/problems/<code>.md` and a case in `tests/problems`.

/// Where a kind of problem is found, and so when it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// In the author's files.
    Input,
    /// In the pages of the finished site, which exists only if nothing stops the build.
    Page,
    /// By asking other sites.
    Web,
    /// In the file of accepted problems.
    Baseline,
}

macro_rules! codes {
    ($($group:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {
        /// The kinds of problems. The names are stable: people search for them and scripts filter by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($($(#[$doc])* $variant,)*)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$($(Self::$variant),*),*];

            /// The name, as printed: `quote-not-found`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($(Self::$variant => $text,)*)*
                }
            }

            /// Where problems of this kind are found.
            pub fn group(self) -> Group {
                match self {
                    $($(Self::$variant)|* => Group::$group,)*
                }
            }

            /// What the code means, why it matters and how to fix it: Markdown with one line per paragraph.
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
        /// The file is not TOML.
        TomlSyntax = "toml-syntax",
        /// A key that nothing reads; mostly a misspelling.
        UnknownKey = "unknown-key",
        /// A required key is missing or empty.
        MissingKey = "missing-key",
        /// A value of another type than the key takes.
        WrongType = "wrong-type",
        /// A value outside those the key takes.
        BadValue = "bad-value",
        /// A name that can't be an id.
        BadId = "bad-id",
        /// Two files or tables with one id.
        DuplicateId = "duplicate-id",
        /// A page or question without a `+++` block.
        FrontMatterMissing = "front-matter-missing",
        /// A `+++` block that never ends.
        FrontMatterUnclosed = "front-matter-unclosed",
        /// A file that is not text.
        NotText = "not-text",
        /// A document named by a record is neither at hand nor in the lock.
        DocumentMissing = "document-missing",
        /// A document in a format that is not read.
        DocumentKind = "document-kind",
        /// An answer that was suggested, and has neither position nor summary yet.
        AnswerUnedited = "answer-unedited",
        /// A document that is damaged, locked, or has no text.
        DocumentUnread = "document-unread",
        /// A document that is larger than the limits allow, or takes longer.
        DocumentTooLarge = "document-too-large",
        /// A document at hand is not the one that the lock was written from.
        DocumentChanged = "document-changed",
        /// The lock file is not what the documents at hand prove.
        StaleLock = "stale-lock",
        /// The lock file can't be read.
        BadLock = "bad-lock",
        /// A question that doesn't exist.
        UnknownQuestion = "unknown-question",
        /// A position that the question doesn't have.
        UnknownPosition = "unknown-position",
        /// A source or origin that doesn't exist.
        UnknownSource = "unknown-source",
        /// A source is said to answer a question and to be silent on it.
        AnswerAndSilence = "answer-and-silence",
        /// Sources that rest on one another in a circle.
        CircularOrigin = "circular-origin",
        /// A quote without words.
        QuoteEmpty = "quote-empty",
        /// A quote over the limit.
        QuoteTooLong = "quote-too-long",
        /// A quote that the document doesn't contain.
        QuoteNotFound = "quote-not-found",
        /// A quote that can't be held against anything: no document at hand, nothing in the lock.
        QuoteUnproved = "quote-unproved",
        /// `[@…]` or `[?…]` that can't be read.
        BadCitation = "bad-citation",
        /// The mark of a footnote that nobody wrote.
        UnknownNote = "unknown-note",
        /// A link to a page or file that doesn't exist.
        BrokenLink = "broken-link",
        /// A link to a heading that the page doesn't have.
        BrokenAnchor = "broken-anchor",
        /// Two files that would be written to one path.
        PathTaken = "path-taken",
        /// HTML in Markdown, shown as text.
        RawHtml = "raw-html",
        /// Something that readers' browsers would fetch from another site.
        ThirdParty = "third-party",
        /// A paragraph that states something and cites nothing.
        Uncited = "uncited",
        /// A search index over the limit.
        SearchIndexLarge = "search-index-large",
        /// The interface has no words in the site's language, or not all.
        WordsMissing = "words-missing",
        /// A card that is left out since no font has its characters.
        CardFont = "card-font",
        /// A template that can't be read or run.
        Template = "template",
    }
    Page {
        /// In the finished site, an address that leads to no file of it.
        PageLink = "page-link",
        /// A link to an id that the finished page doesn't have.
        PageAnchor = "page-anchor",
        /// An id that two elements of a finished page have.
        PageId = "page-id",
        /// A picture without a text for those who don't see it.
        PageImage = "page-image",
        /// Headings that skip a level, or a page without one headline.
        PageHeading = "page-heading",
        /// A link without words.
        PageLinkName = "page-link-name",
        /// A page without a title, or with another page's.
        PageTitle = "page-title",
        /// A page that doesn't say its language.
        PageLanguage = "page-language",
        /// A page over the limit, with all that it loads.
        PageWeight = "page-weight",
    }
    Web {
        /// Another site has no such page any more.
        LinkGone = "link-gone",
        /// A page of another site has a new address.
        LinkMoved = "link-moved",
        /// Another site doesn't answer programs.
        LinkForbidden = "link-forbidden",
        /// Another site doesn't answer.
        LinkUnreachable = "link-unreachable",
        /// There was no time to ask for all links.
        LinksNotAsked = "links-not-asked",
    }
    Baseline {
        /// A baseline accepts what is not found any more.
        BaselineStale = "baseline-stale",
        /// A baseline would accept what stops a build.
        BaselineRefused = "baseline-refused",
    }
}
