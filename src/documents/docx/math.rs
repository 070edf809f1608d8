//! Writes formulas as a line of text: 10⁶, 3/2, √(a+b). Digits at different heights are never joined to one number
//! (ECMA-376, part 1, 22.1).

use super::properties::is_on;
use crate::scripts;
use crate::text::PICTURE;

/// The name of a part that readers don't see, or that is struck out. Its text is empty.
const REMOVED: &str = "removed";
/// The mark over a letter for which the file names none, a circumflex.
const USUAL_ACCENT: &str = "\u{302}";
/// The marks of a bar over a letter and of one under it.
const BAR_OVER: &str = "\u{304}";
const BAR_UNDER: &str = "\u{332}";

/// An open element of a formula.
#[derive(Debug, Default)]
struct Part {
    name: String,
    /// The finished elements in it: name and text of each. A text that is directly in it has an empty name.
    parts: Vec<(String, String)>,
    /// The characters in its properties: the operator (`m:chr`), and the opening and closing bracket.
    signs: [Option<String>; 3],
    has_no_bar: bool,
    is_on_top: bool,
    /// Whether readers don't see the element, or see it struck out.
    is_removed: bool,
}

/// Builds the text of a formula from its elements.
#[derive(Debug, Default)]
pub(crate) struct Formula {
    open: Vec<Part>,
}

impl Formula {
    /// Whether the parser is in a formula.
    pub(crate) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Enters an element; `value` is its `m:val`.
    pub(crate) fn enter(&mut self, name: &str, value: Option<&str>) {
        let parent = self.open.iter_mut().rev().find(|part| !part.name.ends_with("Pr"));
        if let Some(parent) = parent {
            let sign = match name {
                "chr" => Some(0),
                "begChr" => Some(1),
                "endChr" => Some(2),
                _ => None,
            };
            if let Some(sign) = sign {
                parent.signs[sign] = Some(value.unwrap_or_default().to_owned());
            }
            parent.has_no_bar |= name == "type" && value == Some("noBar");
            parent.is_on_top |= name == "pos" && value == Some("top");
            parent.is_removed |= match name {
                "show" => !is_on(value),
                "strikeH" | "strikeV" | "strikeBLTR" | "strikeTLBR" => is_on(value),
                _ => false,
            };
        }
        self.open.push(Part { name: name.to_owned(), ..Part::default() });
    }

    pub(crate) fn push(&mut self, text: &str) {
        if let Some(part) = self.open.last_mut() {
            part.parts.push((String::new(), text.to_owned()));
        }
    }

    /// Records that text is left out here, which is struck out or hidden.
    pub(crate) fn push_removal(&mut self) {
        if let Some(part) = self.open.last_mut() {
            part.parts.push((REMOVED.to_owned(), String::new()));
        }
    }

    /// Leaves an element. Returns the text of the formula if the element is the whole formula.
    pub(crate) fn leave(&mut self) -> Option<String> {
        let part = self.open.pop()?;
        let (name, text) = if part.is_removed {
            (REMOVED.to_owned(), String::new())
        } else {
            (part.name.clone(), part.text())
        };
        match self.open.last_mut() {
            Some(parent) => {
                parent.parts.push((name, text));
                None
            }
            None => Some(text),
        }
    }
}

impl Part {
    fn get(&self, name: &str) -> &str {
        self.parts.iter().find(|(part, _)| part == name).map_or("", |(_, text)| text)
    }

    fn text(&self) -> String {
        let base = self.get("e");
        let raised = |before: &str| scripts::superscript(self.get("sup"), before);
        let lowered = || scripts::subscript(self.get("sub"));
        match self.name.as_str() {
            "f" if self.has_no_bar => format!("({} {})", self.get("num"), self.get("den")),
            "f" => format!("{}/{}", grouped(self.get("num")), grouped(self.get("den"))),
            "acc" => accented(base, self.signs[0].as_deref().unwrap_or(USUAL_ACCENT)),
            "bar" => accented(base, if self.is_on_top { BAR_OVER } else { BAR_UNDER }),
            "sSup" => format!("{base}{}", raised(base)),
            "sSub" => format!("{base}{}", lowered()),
            "sSubSup" => format!("{base}{}{}", lowered(), raised("")),
            "sPre" => format!("{}{}{base}", lowered(), raised("")),
            "rad" => format!("{}√{}", scripts::superscript(self.get("deg"), ""), grouped(base)),
            "nary" => {
                let sign = self.signs[0].as_deref().unwrap_or("∫");
                format!("{sign}{}{} {base}", lowered(), raised(""))
            }
            "limLow" => format!("{base}{}", scripts::subscript(self.get("lim"))),
            "limUpp" => format!("{base}{}", scripts::superscript(self.get("lim"), "")),
            "func" => format!("{} {base}", self.get("fName")),
            "d" => {
                let sign = |index: usize, usual| self.signs[index].as_deref().unwrap_or(usual).to_owned();
                format!("{}{}{}", sign(1, "("), self.joined(";"), sign(2, ")"))
            }
            "m" | "mr" | "eqArr" => self.joined(" "),
            _ => self.joined(""),
        }
    }

    /// Joins the texts of the parts. A space separates a fraction from letters and digits beside it: 2 1/2. Digits on
    /// both sides of what readers don't see are no number.
    fn joined(&self, separator: &str) -> String {
        let mut text = String::new();
        let mut after_fraction = false;
        let mut after_removal = false;
        for (name, part) in &self.parts {
            after_removal |= name == REMOVED;
            if part.is_empty() {
                continue;
            }
            let is_fraction = name == "f";
            let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let touching = touches(text.chars().next_back()) && touches(part.chars().next());
            if !text.is_empty() && !separator.is_empty() {
                text.push_str(separator);
            } else if touching && (is_fraction || after_fraction) {
                text.push(' ');
            }
            let is_cut = text.ends_with(char::is_numeric) && part.starts_with(char::is_numeric);
            if std::mem::take(&mut after_removal) && is_cut {
                text.push(PICTURE);
            }
            text.push_str(part);
            after_fraction = is_fraction;
        }
        text
    }
}

/// Puts a combining mark over or under a single letter: x̄. A mark over several letters is left out. A line over a
/// letter becomes the macron, which looks the same and is what people type.
fn accented(base: &str, mark: &str) -> String {
    let is_letter = base.chars().count() == 1 && base.chars().all(char::is_alphabetic);
    let mark = match mark.chars().next() {
        Some('\u{305}') => BAR_OVER,
        Some('\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}') if mark.chars().count() == 1 => mark,
        _ => "",
    };
    if is_letter { format!("{base}{mark}") } else { base.to_owned() }
}

/// Puts parentheses around a text, unless it is within one pair of them, or is a single number or name.
fn grouped(text: &str) -> String {
    let is_number = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    if is_number || is_in_parentheses(text) { text.to_owned() } else { format!("({text})") }
}

/// Whether the parenthesis that opens a text is closed at its end: in `(a+b)`, but not in `(a)+(b)`.
fn is_in_parentheses(text: &str) -> bool {
    let mut depth = 0_i32;
    let close = text.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth <= 0
    });
    text.starts_with('(') && close == Some(text.len() - 1)
}
