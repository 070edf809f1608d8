//! Keys of the author's TOML files by the kind of value or by the table that they belong to.

/// The keys that belong to the whole record, above its first table.
pub const RECORD_KEYS: &[&str] = &[
    "title",
    "short",
    "publisher",
    "author",
    "url",
    "published",
    "retrieved",
    "order",
    "kind",
    "language",
    "caution",
    "rests_on",
    "publish",
    "notes",
    "document",
    "include",
    "exclude",
    "silent",
];

/// The keys whose values are lists of texts.
pub(super) const LIST_KEYS: [&str; 5] = ["mentions", "quotes", "rests_on", "silent", "terms"];

/// The keys whose values are lists of tables, each below a line such as `[[answer]]`.
pub(super) const TABLE_LIST_KEYS: [&str; 2] = ["accept", "answer"];

/// The keys of dates, which authors often write in the form of their own language.
pub(super) const DATE_KEYS: [&str; 3] = ["published", "retrieved", "updated"];
