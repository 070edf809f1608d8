//! Runs the external objects that a page's content invokes: forms, which have content of their own, and images.

use hayro_syntax::object::{Dict, Object, Stream};
use hayro_syntax::page::Resources;

use super::content::{Interpreter, MAX_FORM_DEPTH, MarkedContent};
use super::descriptors::has_name;
use super::matrix::Matrix;
use super::shapes::Area;
use super::streams::{Budget, decoded};
use crate::ReadError;

impl Interpreter<'_> {
    /// Interprets a form, unless `depth`, the number of levels of forms still allowed, is 0. Records any other object
    /// as a painted image, unless it is in a layer that is off.
    pub(crate) fn run_object(
        &mut self,
        operands: &[&Object],
        resources: &Resources,
        depth: usize,
    ) -> Result<(), ReadError> {
        let [Object::Name(name)] = operands else { return Ok(()) };
        let Some(object) = resources.get_x_object(name) else { return Ok(()) };
        let is_off = self.layers.is_off(object.dict(), b"OC", &mut self.budget)?;
        if has_name(object.dict(), b"Subtype", b"Form") {
            if depth > 0 { self.run_form(&object, resources, depth, is_off) } else { Ok(()) }
        } else if is_off {
            Ok(())
        } else {
            self.add_image(&object)
        }
    }

    /// Interprets the appearance of an annotation, which is a form.
    pub(crate) fn run_appearance(
        &mut self,
        appearance: &Stream,
        resources: &Resources,
        is_off: bool,
    ) -> Result<(), ReadError> {
        self.run_form(appearance, resources, MAX_FORM_DEPTH, is_off)
    }

    fn run_form(
        &mut self,
        form: &Stream,
        resources: &Resources,
        depth: usize,
        is_off: bool,
    ) -> Result<(), ReadError> {
        let content = decoded(form, &mut self.budget)?;
        let own = form.dict().get::<Dict>(b"Resources").map(Resources::new);
        let saved = (self.state.clone(), self.marks.clone());
        let path = std::mem::take(&mut self.path);
        self.marks.push(MarkedContent { is_artifact: false, is_off });
        if let Some(matrix) = form.dict().get::<[f64; 6]>(b"Matrix") {
            self.state.page = self.state.page * Matrix::of(matrix);
        }
        if let Some(bounds) = form.dict().get::<[f64; 4]>(b"BBox") {
            let bounds = Area::transformed(self.state.page, bounds);
            self.state.clip.area = self.state.clip.area.intersect(&bounds);
        }
        self.run(&content, own.as_ref().unwrap_or(resources), depth - 1)?;
        (self.state, self.marks) = saved;
        self.path = path;
        Ok(())
    }
}

/// Decodes the content streams of a page and joins them, with a line feed after each.
pub(crate) fn page_content(parts: &[Stream], budget: &mut Budget) -> Result<Vec<u8>, ReadError> {
    let mut content = Vec::new();
    for part in parts {
        content.append(&mut decoded(part, budget)?);
        content.push(b'\n');
    }
    Ok(content)
}
