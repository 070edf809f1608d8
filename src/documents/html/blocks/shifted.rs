//! Converts raised and lowered text to characters that keep their meaning: 10⁶ is not 106.

use super::{BlockCollector, push_generated, push_non_text};
use crate::html::css::Shift;
use crate::html::elements::shift;
use crate::html::tree::{Id, Step};
use crate::scripts::{subscript, superscript};
use crate::text::CollapsedText;

impl BlockCollector<'_> {
    /// Appends the text of an element if it is raised or lowered. Returns whether it is.
    pub(super) fn push_shifted(&mut self, id: Id) -> bool {
        let Some(shift) = shift(self.tree, id, self.styles) else { return false };
        self.line.nodes.push(id);
        let mut shifted = CollapsedText::default();
        let mut skipped = None;
        for step in self.tree.walk(id) {
            match step {
                Step::In(below) if skipped.is_none() => {
                    if below != id && self.leave_out(below) {
                        skipped = Some(below);
                        if self.tree.hidden_text(below).is_none() {
                            shifted.push_removal();
                        }
                        continue;
                    }
                    if self.tree.name(below) == "br" {
                        shifted.push_space();
                    }
                    shifted.push_lines(self.tree.text(below).unwrap_or_default());
                    let buffer = last_of(&mut self.text_buffer, &mut shifted);
                    push_non_text(buffer, self.tree, below);
                    push_generated(buffer, self.styles.generated_before(below));
                }
                Step::Out(below) if skipped == Some(below) => skipped = None,
                Step::Out(below) if skipped.is_none() => {
                    let buffer = last_of(&mut self.text_buffer, &mut shifted);
                    push_generated(buffer, self.styles.generated_after(below));
                }
                _ => {}
            }
        }
        let text = match shift {
            Shift::Raised => superscript(shifted.as_str(), self.text_buffer.end()),
            Shift::Lowered => subscript(shifted.as_str()),
        };
        self.push_text(&text);
        self.text_buffer.push_pending(&shifted);
        true
    }
}

/// Returns the buffer that has the last character so far: what is before the first shifted one is beside the text before.
fn last_of<'b>(before: &'b mut CollapsedText, shifted: &'b mut CollapsedText) -> &'b mut CollapsedText {
    if shifted.as_str().trim().is_empty() { before } else { shifted }
}
