//! Decides which layers (optional content) readers see when they open a document (ISO 32000-1, 8.11).

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object};

use super::descriptors::has_name;
use super::streams::Budget;
use crate::ReadError;

/// Maximum nesting of the expressions that decide whether content is visible.
const MAX_EXPRESSION_DEPTH: usize = 16;
/// Maximum number of layers that are read from one list, and from the lists of all rules together.
const MAX_LAYERS: usize = 10_000;
/// Maximum number of categories of a rule. ISO 32000-1 has eight.
const MAX_CATEGORIES: usize = 100;
/// Each layer that decides about a content takes this many bytes from the budget, because expressions can contain one
/// another many times.
const OPERAND_BYTES: usize = 32;

/// Which layers are off. A layer is identified by the number of its object.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Whether layers are off unless they are listed as on.
    are_off: bool,
    on: BTreeSet<u32>,
    off: BTreeSet<u32>,
}

impl Layers {
    /// Reads the default configuration of a document.
    pub(crate) fn read(pdf: &Pdf) -> Self {
        let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
        let properties = catalog.get::<Dict>(b"OCProperties").unwrap_or_default();
        let default = properties.get::<Dict>(b"D").unwrap_or_default();
        let mut layers = Self {
            are_off: has_name(&default, b"BaseState", b"OFF"),
            on: references(&default, b"ON").map(|layer| layer.obj_number).collect(),
            off: references(&default, b"OFF").map(|layer| layer.obj_number).collect(),
        };
        layers.apply_usage(pdf, &default);
        layers
    }

    /// Applies the rules by which layers are on or off when the document is viewed on a screen (8.11.4.4).
    fn apply_usage(&mut self, pdf: &Pdf, default: &Dict) {
        let rules = default.get::<Array>(b"AS");
        let rules = rules.iter().flat_map(Array::iter::<Dict>).take(MAX_LAYERS);
        let is_for_screens = |rule: &Dict| {
            let categories = rule.get::<Array>(b"Category");
            let mut categories = categories.iter().flat_map(Array::iter::<Name>).take(MAX_CATEGORIES);
            has_name(rule, b"Event", b"View") && categories.any(|category| &*category == b"View")
        };
        let layers =
            rules.filter(is_for_screens).flat_map(|rule| references(&rule, b"OCGs").collect::<Vec<_>>());
        for reference in layers.take(MAX_LAYERS) {
            let layer = pdf.xref().get::<Dict>(reference.into()).unwrap_or_default();
            let usage = layer.get::<Dict>(b"Usage").unwrap_or_default();
            let view = usage.get::<Dict>(b"View").unwrap_or_default();
            let number = reference.obj_number;
            if has_name(&view, b"ViewState", b"OFF") {
                self.on.remove(&number);
                self.off.insert(number);
            } else if has_name(&view, b"ViewState", b"ON") {
                self.off.remove(&number);
                self.on.insert(number);
            }
        }
    }

    /// Whether the content that belongs to the layer under a key of a dictionary is off. Content without a layer is on.
    ///
    /// # Errors
    ///
    /// If too many layers decide about it.
    pub(crate) fn is_off(
        &self,
        dictionary: &Dict,
        key: &[u8],
        budget: &mut Budget,
    ) -> Result<bool, ReadError> {
        let layer = dictionary.get::<Dict>(key).unwrap_or_default();
        if has_name(&layer, b"Type", b"OCMD") {
            return self.is_membership_off(&layer, budget);
        }
        Ok(dictionary.get_ref(key).is_some_and(|layer| self.is_layer_off(layer)))
    }

    fn is_layer_off(&self, layer: ObjRef) -> bool {
        let number = layer.obj_number;
        self.off.contains(&number) || self.are_off && !self.on.contains(&number)
    }

    /// Whether content that belongs to several layers is off, by its visibility policy or expression (8.11.2.2).
    fn is_membership_off(&self, group: &Dict, budget: &mut Budget) -> Result<bool, ReadError> {
        if let Some(expression) = group.get::<Array>(b"VE") {
            return Ok(self.is_visible(&expression, MAX_EXPRESSION_DEPTH, budget)? == Some(false));
        }
        let single = group.get_ref(b"OCGs").filter(|_| group.get::<Array>(b"OCGs").is_none());
        let layers = references(group, b"OCGs").chain(single);
        let states: Vec<bool> = layers.map(|layer| !self.is_layer_off(layer)).collect();
        budget.take(states.len() * OPERAND_BYTES)?;
        let policy = group.get::<Name>(b"P");
        let is_visible = match policy.as_deref() {
            _ if states.is_empty() => true,
            Some(b"AllOn") => states.iter().all(|on| *on),
            Some(b"AnyOff") => states.iter().any(|on| !on),
            Some(b"AllOff") => states.iter().all(|on| !on),
            _ => states.iter().any(|on| *on),
        };
        Ok(!is_visible)
    }

    /// Evaluates an expression: an array of an operator and its operands. `None` if it is invalid.
    fn is_visible(
        &self,
        expression: &Array,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Option<bool>, ReadError> {
        let operator = expression.iter::<Object>().next().and_then(Object::into_name);
        let (Some(depth), Some(operator)) = (depth.checked_sub(1), operator) else { return Ok(None) };
        let operands = expression.raw_iter().zip(expression.iter::<Object>()).skip(1).take(MAX_LAYERS);
        let mut values = Vec::new();
        for (raw, operand) in operands {
            budget.take(OPERAND_BYTES)?;
            let value = match (raw, operand) {
                (_, Object::Array(inner)) => self.is_visible(&inner, depth, budget)?,
                (MaybeRef::Ref(layer), _) => Some(!self.is_layer_off(layer)),
                _ => None,
            };
            let Some(value) = value else { return Ok(None) };
            values.push(value);
        }
        Ok(match (&*operator, values.as_slice()) {
            (b"Not", [value]) => Some(!value),
            (b"And", values) => Some(values.iter().all(|value| *value)),
            (b"Or", values) => Some(values.iter().any(|value| *value)),
            _ => None,
        })
    }
}

/// Returns the references in the array under a key of a dictionary.
fn references(dictionary: &Dict, key: &[u8]) -> impl Iterator<Item = ObjRef> {
    let listed = dictionary.get::<Array>(key).unwrap_or_default();
    listed.raw_iter().take(MAX_LAYERS).filter_map(|item| item.as_obj_ref())
}
