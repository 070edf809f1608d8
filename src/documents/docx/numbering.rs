//! List numbers (ECMA-376, part 1, 17.9): Word shows them, but they are no text of the file. Computes the marker
//! of each paragraph, its number as it is shown, such as `1.`, `(a)` or `Article 3.`, from the list's levels and
//! the paragraphs before.

use std::collections::{BTreeMap, BTreeSet};

use super::properties::is_on;
use super::styles::Styles;
use crate::ReadError;
use crate::deadline::Deadline;
use crate::numerals::roman;
use crate::xml::{self, Element, XmlEvent};

const MAX_LEVELS: usize = 9;
/// Maximum number of lists and list definitions together.
const MAX_LISTS: usize = 50_000;
/// Longer markers are left out, and so are those whose pattern ([`Level::text`]) is longer.
const MAX_MARKER_CHARS: usize = 60;
/// A higher number that should be written in letters gives no marker: it would have more than ten letters.
const MAX_LETTERS: usize = 26 * 10;

/// The lists of a document, and how far they have been counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// The list definitions (`w:abstractNum`), by id. Lists of one definition count together.
    definitions: BTreeMap<String, Definition>,
    /// The lists (`w:num`), by id.
    lists: BTreeMap<String, List>,
    /// The last number of each level, by the id of the definition.
    counted: BTreeMap<String, [Option<usize>; MAX_LEVELS]>,
    /// The ids and levels of lists that have used their number in [`List::starts`], which is used only once.
    restarted: BTreeSet<(String, usize)>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Level; MAX_LEVELS],
    /// The id of a style (`w:numStyleLink`). The list of that style is used instead of a list of this definition.
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    /// For each level, the number of the list's first paragraph at that level (`w:startOverride`).
    starts: [Option<usize>; MAX_LEVELS],
    levels: [Option<Level>; MAX_LEVELS],
}

#[derive(Clone, Debug)]
struct Level {
    start: usize,
    format: String,
    /// The text of the marker. `%1` is the number of the first level.
    text: String,
    /// Which of the levels above this one make it begin again: the first n of them, if the value is n; none of
    /// them, if it is 0. `None`: all of them do.
    restart: Option<usize>,
    /// The paragraph style that puts a paragraph at this level.
    style: Option<String>,
    /// Whether the numbers of all levels are written in digits.
    is_legal: bool,
    is_hidden: bool,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".to_owned(), String::new());
        Self { start: 0, format, text, restart: None, style: None, is_legal: false, is_hidden: false }
    }
}

/// The elements that are open while lists are parsed.
#[derive(Debug, Default)]
struct LevelPlace {
    definition: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Numbering {
    pub(crate) fn read(numbering: &str, deadline: Deadline) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut place = LevelPlace::default();
        xml::parse(numbering, deadline, |event| {
            match event {
                XmlEvent::Open(element) => all.enter(&element, &mut place),
                XmlEvent::Close("abstractNum") => place.definition = None,
                XmlEvent::Close("num") => place.list = None,
                _ => {}
            }
            let count = all.definitions.len() + all.lists.len();
            if count > MAX_LISTS { Err(ReadError::TooLarge) } else { Ok(()) }
        })?;
        Ok(all)
    }

    fn enter(&mut self, element: &Element, place: &mut LevelPlace) {
        let value = element.own_attribute("val");
        let number = || value.and_then(|value| value.parse::<usize>().ok());
        let id = |name: &str| element.own_attribute(name).unwrap_or_default().to_owned();
        match element.name {
            "abstractNum" => {
                place.definition = Some(id("abstractNumId"));
                self.definitions.insert(id("abstractNumId"), Definition::default());
            }
            "num" => {
                place.list = Some(id("numId"));
                self.lists.insert(id("numId"), List::default());
            }
            "lvl" | "lvlOverride" => {
                place.level = id("ilvl").parse().unwrap_or(0).min(MAX_LEVELS - 1);
                if let Some(list) = place.list.as_ref().and_then(|id| self.lists.get_mut(id))
                    && element.name == "lvl"
                {
                    list.levels[place.level] = Some(Level::default());
                }
            }
            "numStyleLink" => {
                if let Some(definition) =
                    place.definition.as_ref().and_then(|id| self.definitions.get_mut(id))
                {
                    definition.style_link = value.map(str::to_owned);
                }
            }
            "abstractNumId" | "startOverride" => {
                let Some(list) = place.list.as_ref().and_then(|id| self.lists.get_mut(id)) else { return };
                match element.name {
                    "abstractNumId" => value.unwrap_or_default().clone_into(&mut list.definition),
                    _ => list.starts[place.level] = number(),
                }
            }
            _ => {
                if let Some(level) = self.open_level(place) {
                    level.set(element);
                }
            }
        }
    }

    /// Returns the level whose properties are being read.
    fn open_level(&mut self, place: &LevelPlace) -> Option<&mut Level> {
        if let Some(list) = &place.list {
            return self.lists.get_mut(list)?.levels[place.level].as_mut();
        }
        let definition = self.definitions.get_mut(place.definition.as_ref()?)?;
        Some(&mut definition.levels[place.level])
    }

    /// Counts the next paragraph of a list, and returns its marker. `None` if the list is unknown, or if the
    /// marker is empty, hidden, a bullet, too long, or in an unknown format. `level` is the level that the
    /// paragraph or its style states, `style` the paragraph's style.
    pub(crate) fn next_marker(
        &mut self,
        list: &str,
        level: Option<usize>,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<String> {
        let (id, stated) = linked_list(&self.definitions, &self.lists, list, styles)?;
        let definition = self.definitions.get(&stated.definition)?;
        let levels: [&Level; MAX_LEVELS] =
            std::array::from_fn(|index| stated.levels[index].as_ref().unwrap_or(&definition.levels[index]));
        let by_style = || levels.iter().position(|level| style.is_some() && level.style.as_deref() == style);
        let at = level.or_else(by_style).unwrap_or(0).min(MAX_LEVELS - 1);
        let counted = self.counted.entry(stated.definition.clone()).or_default();
        let restart = stated.starts[at].filter(|_| self.restarted.insert((id.to_owned(), at)));
        counted[at] = restart.or(counted[at].map(|last| last.saturating_add(1))).or(Some(levels[at].start));
        for (deeper, level) in levels.iter().enumerate().skip(at + 1) {
            if level.restart.is_none_or(|restart| at < restart) {
                counted[deeper] = None;
            }
        }
        marker(&levels, at, counted)
    }
}

/// Returns a list and its id, or, if the definition of the list refers to a style for lists, the list of that style.
fn linked_list<'l>(
    definitions: &'l BTreeMap<String, Definition>,
    lists: &'l BTreeMap<String, List>,
    id: &'l str,
    styles: &'l Styles,
) -> Option<(&'l str, &'l List)> {
    let list = lists.get(id)?;
    let Some(style) = &definitions.get(&list.definition)?.style_link else { return Some((id, list)) };
    let linked = styles.list(Some(style))?.id;
    Some((linked, lists.get(linked)?))
}

impl Level {
    fn set(&mut self, element: &Element) {
        let value = element.own_attribute("val");
        let number = || value.and_then(|value| value.parse().ok());
        match element.name {
            "start" => self.start = number().unwrap_or(0),
            "numFmt" => value.unwrap_or("decimal").clone_into(&mut self.format),
            "lvlText" => self.text = value.unwrap_or_default().chars().take(MAX_MARKER_CHARS + 1).collect(),
            "lvlRestart" => self.restart = number(),
            "pStyle" => self.style = value.map(str::to_owned),
            "isLgl" => self.is_legal = is_on(value),
            "vanish" => self.is_hidden = is_on(value),
            _ => {}
        }
    }
}

/// Returns the marker of a paragraph at the level `at`.
fn marker(levels: &[&Level; MAX_LEVELS], at: usize, counted: &[Option<usize>; MAX_LEVELS]) -> Option<String> {
    let level = levels[at];
    let is_long = level.text.chars().count() > MAX_MARKER_CHARS;
    if level.is_hidden || level.format == "bullet" || is_long {
        return None;
    }
    let mut marker = String::new();
    let mut letters = level.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let shown = (letter == '%').then(|| letters.peek()?.to_digit(10)).flatten();
        let Some(shown) = shown.and_then(|shown| usize::try_from(shown).ok()?.checked_sub(1)) else {
            marker.push(letter);
            continue;
        };
        letters.next();
        let format = if level.is_legal { "decimal" } else { levels.get(shown)?.format.as_str() };
        marker.push_str(&written(counted[shown].unwrap_or(levels[shown].start), format)?);
    }
    let marker = marker.trim();
    (!marker.is_empty() && marker.chars().count() <= MAX_MARKER_CHARS).then(|| marker.to_owned())
}

/// Writes a number in a format; `None` if the format is not known.
fn written(number: usize, format: &str) -> Option<String> {
    Some(match format {
        "decimal" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        "lowerRoman" => roman(number)?,
        "upperRoman" => roman(number)?.to_uppercase(),
        "lowerLetter" => in_letters(number)?,
        "upperLetter" => in_letters(number)?.to_uppercase(),
        _ => return None,
    })
}

/// Writes a number in letters: `a` to `z`, then `aa`, `bb` and so on.
fn in_letters(number: usize) -> Option<String> {
    let index = number.checked_sub(1).filter(|_| number <= MAX_LETTERS)?;
    let letter = char::from(b'a' + u8::try_from(index % 26).ok()?);
    Some(std::iter::repeat_n(letter, index / 26 + 1).collect())
}
