//! Fields: places whose text Word computes, with a code that its readers don't see (ECMA-376, part 1, 17.16).

/// Maximum length of the start of a code that is kept, in bytes.
const MAX_CODE_BYTES: usize = 100;

/// What a text is to the field it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldPart {
    /// Outside of fields, or the visible result of one.
    Text,
    /// Part of a code, or the result of a field that shows nothing.
    Unseen,
    /// The number of a note elsewhere.
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

    /// Ends a field. Returns whether Word shows something for it that is not in the file.
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

    /// Returns what a text at this place is.
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
    /// The first word of the code.
    fn kind(&self) -> String {
        self.code.split_whitespace().next().unwrap_or_default().to_uppercase()
    }
}
