//! Lists of keys in the author's TOML files, by the type of their values or by their place in the file. With them, help
//! texts show how to mend a mistyped line.

/// The keys of a record that belong above its first table. `silent` can also be a table of its own.
pub const RECORD_KEYS: &[&str] = &[
    "title",
    "short",
    "short_note",
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

/// The keys whose values are dates, which authors often write in the form of their own language.
pub(super) const DATE_KEYS: [&str; 3] = ["published", "retrieved", "updated"];
