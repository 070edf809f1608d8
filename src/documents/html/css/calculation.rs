//! Evaluates `calc()`: sums of lengths and percentages, and their products with numbers.

use super::units::{number_and_unit, px_of_unit};

/// Maximum depth of brackets within brackets.
const MAX_NESTED: usize = 8;

/// The value of a calculation. One without lengths and percentages is a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Calculated {
    number: f64,
    pub(crate) px: f64,
    pub(crate) percent: f64,
}

impl Calculated {
    fn is_number(self) -> bool {
        self.px == 0.0 && self.percent == 0.0
    }

    fn times(self, factor: f64) -> Self {
        Self { number: self.number * factor, px: self.px * factor, percent: self.percent * factor }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            number: self.number + other.number,
            px: self.px + other.px,
            percent: self.percent + other.percent,
        }
    }
}

/// Evaluates the text in the brackets of `calc()`, which is in lower case. An `em` in it is `font_px`. `None` if
/// it has other parts, such as `var()`.
pub(crate) fn calculate(text: &str, font_px: f64) -> Option<Calculated> {
    let mut parser = Parser { rest: text, font_px };
    let value = parser.sum(0)?;
    parser.rest.trim().is_empty().then_some(value)
}

struct Parser<'t> {
    rest: &'t str,
    font_px: f64,
}

impl Parser<'_> {
    fn sum(&mut self, depth: usize) -> Option<Calculated> {
        let mut sum = self.product(depth)?;
        // A sign without spaces belongs to the number after it.
        while let Some(sign) = self.next_of(&[" + ", " - "]) {
            let term = self.product(depth)?;
            sum = sum.plus(if sign == " - " { term.times(-1.0) } else { term });
        }
        Some(sum)
    }

    fn product(&mut self, depth: usize) -> Option<Calculated> {
        let mut product = self.value(depth)?;
        while let Some(operator) = self.next_of(&[" * ", "*", " / ", "/"]) {
            let factor = self.value(depth)?;
            product = match operator.trim() {
                "/" if factor.is_number() && factor.number != 0.0 => product.times(1.0 / factor.number),
                "*" if factor.is_number() => product.times(factor.number),
                "*" if product.is_number() => factor.times(product.number),
                _ => return None,
            };
        }
        Some(product)
    }

    fn value(&mut self, depth: usize) -> Option<Calculated> {
        self.rest = self.rest.trim_start();
        if depth < MAX_NESTED && self.next_of(&["calc(", "("]).is_some() {
            let inside = self.sum(depth + 1)?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
            return Some(inside);
        }
        let end = self.rest.find([' ', '*', '/', ')']).unwrap_or(self.rest.len());
        let (number, unit) = number_and_unit(&self.rest[..end])?;
        self.rest = &self.rest[end..];
        Some(match unit {
            "" => Calculated { number, ..Calculated::default() },
            "%" => Calculated { percent: number, ..Calculated::default() },
            _ => Calculated { px: number * px_of_unit(unit, self.font_px)?, ..Calculated::default() },
        })
    }

    /// Skips the first text in `wanted` with which the rest starts, and returns it.
    fn next_of(&mut self, wanted: &[&'static str]) -> Option<&'static str> {
        let next = wanted.iter().find(|next| self.rest.starts_with(**next))?;
        self.rest = &self.rest[next.len()..];
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_products_are_calculated() {
        let px_and_percent =
            |text: &str| calculate(text, 10.0).map(|Calculated { px, percent, .. }| (px, percent));
        assert_eq!(px_and_percent("-5000px - 10em"), Some((-5100.0, 0.0)));
        assert_eq!(px_and_percent("100% - 2 * (1em + 5px)"), Some((-30.0, 100.0)));
        assert_eq!(px_and_percent("calc(3em/2)*-1"), Some((-15.0, 0.0)));
        for text in ["", "1px -1px", "var(--x) + 1px", "2px * 2px", "1px / 0", "(1px", "1px)"] {
            assert_eq!(calculate(text, 10.0), None, "{text}");
        }
    }
}
