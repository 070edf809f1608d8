//! The variables that templates have on pages of the site's author only.

use tera::Context;

use super::view::{DateView, LinkView, MentionView, ReferenceView, VerdictView};

/// Variables of pages of the site's author. A generated home page has them, too, but all empty.
#[derive(Default)]
pub(super) struct AuthoredFields<'a> {
    pub(super) content: String,
    /// Links to the headings of the highest level that the page uses.
    pub(super) headings: Vec<LinkView>,
    pub(super) references: Vec<ReferenceView>,
    pub(super) updated: Option<DateView>,
    pub(super) markers: Vec<usize>,
    pub(super) extra: serde_json::Map<String, serde_json::Value>,
    pub(super) children: Vec<LinkView>,
    pub(super) is_about: bool,
    pub(super) mentions: &'a [MentionView],
    pub(super) verdict: Option<VerdictView>,
}

impl AuthoredFields<'_> {
    pub(super) fn insert_into(self, context: &mut Context) {
        context.insert_value("content", self.content.into());
        context.insert("headings", &self.headings);
        context.insert("references", &self.references);
        context.insert("updated", &self.updated);
        context.insert("markers", &self.markers);
        context.insert("extra", &self.extra);
        context.insert("children", &self.children);
        context.insert("is_about", &self.is_about);
        context.insert("mentions", self.mentions);
        context.insert("verdict", &self.verdict);
    }
}
