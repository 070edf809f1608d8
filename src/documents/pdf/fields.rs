//! Draws the filled-in fields of forms: annotations whose appearance is content like that of a page (ISO 32000-1,
//! 12.5.5 and 12.7). Captions of buttons, lists to choose from and signatures are not drawn.

use hayro_syntax::object::{Dict, Stream};
use hayro_syntax::page::Page;

use super::content::Interpreter;
use super::descriptors::has_name;
use super::matrix::Matrix;
use super::shapes::Area;
use super::strikes::{annotations, is_unseen};
use crate::ReadError;

/// Maximum number of fields above a field that are searched for its type.
const MAX_FIELD_DEPTH: usize = 16;
/// The flag of a field for a choice that shows only what was chosen (ISO 32000-1, table 230).
const COMBO_FLAG: u32 = 1 << 17;

/// Draws the fields of a page. `matrix` maps the coordinates of the page's content to the upright page, of which `area`
/// is visible.
pub(crate) fn draw(
    page: &Page,
    matrix: Matrix,
    area: Area,
    interpreter: &mut Interpreter,
) -> Result<(), ReadError> {
    for annotation in annotations(page) {
        if !has_name(&annotation, b"Subtype", b"Widget") || is_unseen(&annotation) || !shows_text(&annotation)
        {
            continue;
        }
        let appearances = annotation.get::<Dict>(b"AP").unwrap_or_default();
        let Some(appearance) = appearances.get::<Stream>(b"N") else { continue };
        let Some(placed) = placement(&annotation, &appearance) else { continue };
        let is_off = interpreter.layers.is_off(&annotation, b"OC", &mut interpreter.budget)?;
        interpreter.reset(matrix * placed, area);
        interpreter.run_appearance(&appearance, page.resources(), is_off)?;
    }
    Ok(())
}

/// Whether a field shows what was typed into it or chosen. It inherits its type and flags from the fields above it.
fn shows_text<'a>(field: &Dict<'a>) -> bool {
    let above = |field: &Dict<'a>| field.get::<Dict>(b"Parent");
    let fields: Vec<Dict> = std::iter::successors(Some(field.clone()), above).take(MAX_FIELD_DEPTH).collect();
    let kind = fields.iter().find(|field| field.contains_key(b"FT"));
    let flags = fields.iter().find_map(|field| field.get::<u32>(b"Ff")).unwrap_or_default();
    kind.is_some_and(|kind| {
        has_name(kind, b"FT", b"Tx") || has_name(kind, b"FT", b"Ch") && flags & COMBO_FLAG != 0
    })
}

/// Returns the matrix that moves and scales the box of an appearance to the rectangle of its annotation.
fn placement(annotation: &Dict, appearance: &Stream) -> Option<Matrix> {
    let [x, y, other_x, other_y] = annotation.get::<[f64; 4]>(b"Rect")?;
    let own = appearance.dict().get::<[f64; 6]>(b"Matrix").map_or(Matrix::IDENTITY, Matrix::of);
    let from = Area::transformed(own, appearance.dict().get::<[f64; 4]>(b"BBox")?);
    let to = Area::around([(x, y), (other_x, other_y)]);
    if from.size() <= 0.0 {
        return None;
    }
    let (across, up) = (to.width() / from.width(), to.height() / from.height());
    Some(Matrix::of([across, 0.0, 0.0, up, to.left - across * from.left, to.bottom - up * from.bottom]))
}
