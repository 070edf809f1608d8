//! Fields (ECMA-376, part 1, 17.16): text that Word computes from a code, such as `PAGE`. A field contains the code,
//! which readers don't see, and usually the last result, which they do.

/// The rest of a code that is longer than this is dropped, because only the first word of a code matters.
const MAX_CODE_BYTES: usize = 100;

/// The role of a text in the fields around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldPart {
    /// Outside of fields, or the visible result of one.
    Text,
    /// Part of a code, or the result of a field that shows nothing.
    Unseen,
    /// A cross-reference to the number of a note.
    NoteMark,
}

/// The open fields, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<Field>);

#[derive(Debug, Default)]
struct Field {
    code: String,
    has_result: bool,
}

impl Fields {
    pub(crate) fn begin(&mut self) {
        self.0.push(Field::default());
    }

    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.0.last_mut() {
            field.has_result = true;
        }
    }

    /// Ends a field. Returns whether it has no stored result although Word shows one, such as a symbol.
    pub(crate) fn end(&mut self) -> bool {
        let field = self.0.pop().unwrap_or_default();
        !field.has_result && matches!(field.kind().as_str(), "EQ" | "SYMBOL" | "QUOTE" | "=")
    }

    pub(crate) fn push_code(&mut self, code: &str) {
        if let Some(field) = self.0.last_mut()
            && field.code.len() < MAX_CODE_BYTES
        {
            field.code.push_str(&code[..code.floor_char_boundary(MAX_CODE_BYTES)]);
        }
    }

    /// Returns the role of text at the current position.
    pub(crate) fn part(&self) -> FieldPart {
        let is_unseen = |field: &Field| {
            !field.has_result
                || matches!(field.kind().as_str(), "ASK" | "RD" | "SET" | "TA" | "TC" | "XE" | "PRIVATE")
        };
        if self.0.iter().any(is_unseen) {
            return FieldPart::Unseen;
        }
        let is_note_mark = |field: &Field| matches!(field.kind().as_str(), "NOTEREF" | "FTNREF");
        if self.0.iter().any(is_note_mark) { FieldPart::NoteMark } else { FieldPart::Text }
    }
}

impl Field {
    /// Returns the first word of the code, in capitals.
    fn kind(&self) -> String {
        self.code.split_whitespace().next().unwrap_or_default().to_uppercase()
    }
}
