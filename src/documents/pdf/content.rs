//! The content of a page, cut down to what shows text, with the forms that it calls put in their places. What the
//! decoder of glyphs does not know, or trusts in, does not reach it.

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object};

use super::isolate::Watch;
use super::unfold::{Budget, unfold};
use crate::Refusal;

/// Forms within forms, at most.
const DEPTH: usize = 16;
/// Bytes of content of a page or a form, at most: parsed, it takes many times as much.
const CONTENT: usize = 16 << 20;
/// What an operation costs, as bytes that are unfolded: forms that call one another must come to an end.
const OPERATION: usize = 32;

/// What is said to the collector of glyphs between the operations that show text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The glyphs that follow are of this font.
    Font(usize),
    /// What follows is no part of the author's content: headers, footers (ISO 32000-1, 14.8.2.2).
    ArtifactBegins,
    /// So much for that.
    ArtifactEnds,
}

impl Mark {
    /// As numbers that fit into a rectangle.
    fn numbers(self) -> (i64, i64) {
        match self {
            Self::Font(index) => (0, i64::try_from(index).unwrap_or(i64::MAX)),
            Self::ArtifactBegins => (1, 0),
            Self::ArtifactEnds => (2, 0),
        }
    }

    /// From the numbers of a rectangle.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "they came from whole numbers"
    )]
    pub(super) fn of(kind: f64, index: f64) -> Self {
        match kind as usize {
            0 => Self::Font(index as usize),
            1 => Self::ArtifactBegins,
            _ => Self::ArtifactEnds,
        }
    }
}

/// Cuts down the content of pages.
pub(super) struct Cutter<'a, 'b> {
    /// The file.
    pub(super) document: &'a Document,
    /// What may still be unfolded.
    pub(super) budget: &'b mut Budget,
    /// Whether anybody still waits.
    pub(super) watch: &'b Watch,
    /// Fonts in the order of their first use, as the file has them.
    pub(super) fonts: Vec<&'a Object>,
    /// What is left of the content.
    pub(super) out: Vec<Operation>,
    /// Marked content that is open: whether it is an artifact.
    pub(super) marked: Vec<bool>,
    /// The font that is set.
    pub(super) font: Option<usize>,
}

impl<'a> Cutter<'a, '_> {
    /// Takes over what shows text.
    pub(super) fn cut(
        &mut self,
        content: &[u8],
        resources: &'a Dictionary,
        depth: usize,
    ) -> Result<(), Refusal> {
        if content.len() > CONTENT {
            return Err(Refusal::TooLarge);
        }
        let Ok(content) = Content::decode(content) else { return Ok(()) };
        let mut saved = Vec::new();
        for operation in content.operations {
            self.watch.check()?;
            self.budget.take(OPERATION)?;
            match operation.operator.as_str() {
                "q" => {
                    saved.push(self.font);
                    self.out.push(operation);
                }
                "Q" => {
                    if let Some(font) = saved.pop() {
                        self.restore(font);
                    }
                }
                "Tf" => self.set_font(operation, resources),
                "Do" => self.form(&operation, resources, depth)?,
                "BMC" | "BDC" => self.begin_marked(&operation),
                "EMC" => self.end_marked(),
                _ => self.text(operation),
            }
        }
        while let Some(font) = saved.pop() {
            self.restore(font);
        }
        Ok(())
    }

    /// Goes back to the state that was saved, with the font that was set then.
    fn restore(&mut self, font: Option<usize>) {
        self.out.push(Operation::new("Q", Vec::new()));
        self.font = font;
        if let Some(index) = font {
            self.mark(Mark::Font(index));
        }
    }

    /// Takes over an operation on text if it is whole.
    fn text(&mut self, operation: Operation) {
        let is_text = |operand: Option<&Object>| matches!(operand, Some(Object::String(..)));
        let operands = &operation.operands;
        match (operation.operator.as_str(), operands.len()) {
            ("BT" | "ET" | "T*", 0) => self.out.push(operation),
            ("Tc" | "Tw" | "Tz" | "TL" | "Ts", 1) | ("Td" | "TD", 2) | ("Tm" | "cm", 6)
                if operands.iter().all(|operand| operand.as_float().is_ok()) =>
            {
                self.out.push(operation);
            }
            ("Tj", 1) if is_text(operands.first()) => self.out.push(operation),
            ("TJ", 1) if operands.iter().all(|operand| operand.as_array().is_ok()) => {
                self.out.push(operation);
            }
            // The decoder does not know these two.
            ("'", 1) if is_text(operands.first()) => {
                self.out.extend([Operation::new("T*", Vec::new()), Operation::new("Tj", operation.operands)]);
            }
            ("\"", 3) if is_text(operands.get(2)) => {
                for (operator, operand) in ["Tw", "Tc"].iter().zip(&operation.operands) {
                    self.text(Operation::new(operator, vec![operand.clone()]));
                }
                let shown = operation.operands.into_iter().skip(2).collect();
                self.out.extend([Operation::new("T*", Vec::new()), Operation::new("Tj", shown)]);
            }
            _ => {}
        }
    }

    fn set_font(&mut self, operation: Operation, resources: &'a Dictionary) {
        let mut operands = operation.operands.into_iter();
        let (Some(Object::Name(name)), Some(size)) = (operands.next(), operands.next()) else { return };
        let font = inner(self.document, resources, b"Font").and_then(|fonts| fonts.get(&name).ok());
        let (Some(font), Ok(_)) = (font, size.as_float()) else { return };
        // The same object, mostly by reference, is the same font.
        let known = self.fonts.iter().position(|one| std::ptr::eq(*one, font) || is_same(one, font));
        let index = known.unwrap_or(self.fonts.len());
        if known.is_none() {
            self.fonts.push(font);
        }
        self.font = Some(index);
        self.mark(Mark::Font(index));
        self.out.push(Operation::new("Tf", vec![Object::Name(font_name(index)), size]));
    }

    fn form(
        &mut self,
        operation: &Operation,
        resources: &'a Dictionary,
        depth: usize,
    ) -> Result<(), Refusal> {
        let [Object::Name(name)] = operation.operands.as_slice() else { return Ok(()) };
        let document = self.document;
        let object =
            inner(document, resources, b"XObject").and_then(|objects| objects.get_deref(name, document).ok());
        let Some(Object::Stream(form)) = object else { return Ok(()) };
        if depth == 0
            || !form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
        {
            return Ok(());
        }
        let Some(content) = unfold(document, form, self.budget)? else { return Ok(()) };
        let own = inner(document, &form.dict, b"Resources").unwrap_or(resources);
        let font = self.font;
        self.out.push(Operation::new("q", Vec::new()));
        let matrix = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array);
        self.text(Operation::new("cm", matrix.cloned().unwrap_or_default()));
        self.cut(&content, own, depth - 1)?;
        self.restore(font);
        Ok(())
    }

    fn begin_marked(&mut self, operation: &Operation) {
        let tag = operation.operands.first().and_then(|tag| tag.as_name().ok());
        let artifact = tag == Some(b"Artifact");
        self.marked.push(artifact);
        if artifact {
            self.mark(Mark::ArtifactBegins);
        }
    }

    fn end_marked(&mut self) {
        if self.marked.pop() == Some(true) {
            self.mark(Mark::ArtifactEnds);
        }
    }

    /// Speaks to the collector of glyphs: as a rectangle that is filled, of which there is none else.
    fn mark(&mut self, mark: Mark) {
        let (kind, index) = mark.numbers();
        let rectangle = [kind, index, 0, 0].map(Object::from).to_vec();
        self.out.extend([Operation::new("re", rectangle), Operation::new("f", Vec::new())]);
    }

    /// All of a page.
    pub(super) fn page(&mut self, page: &'a Dictionary, rotation: Vec<Object>) -> Result<(), Refusal> {
        let mut content = Vec::new();
        for part in contents(self.document, page) {
            if let Ok(stream) = part.as_stream()
                && let Some(plain) = unfold(self.document, stream, self.budget)?
            {
                content.extend(plain);
                content.push(b'\n');
            }
        }
        self.out.clear();
        self.marked.clear();
        self.font = None;
        self.text(Operation::new("cm", rotation));
        let Some(resources) =
            inherited(self.document, page, b"Resources").and_then(|found| found.as_dict().ok())
        else {
            return Ok(());
        };
        self.cut(&content, resources, DEPTH)
    }
}

/// The name that a font has in the content that is left.
pub(super) fn font_name(index: usize) -> Vec<u8> {
    format!("F{index}").into_bytes()
}

fn is_same(one: &Object, other: &Object) -> bool {
    matches!((one, other), (Object::Reference(one), Object::Reference(other)) if one == other)
}

fn contents<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<&'a Object> {
    let resolve = |object: &'a Object| document.dereference(object).ok().map(|(_, found)| found);
    match page.get(b"Contents").ok().and_then(resolve) {
        Some(Object::Array(parts)) => parts.iter().filter_map(resolve).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn inner<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    dictionary.get_deref(key, document).ok()?.as_dict().ok()
}

/// An entry of a page, or of what it stands below.
pub(super) fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..super::pages::TREE {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = inner(document, node, b"Parent")?;
    }
    None
}
