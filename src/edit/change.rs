//! Changes an answer in steps, each of one key or quote. After each step the text is parsed again, because byte ranges
//! have moved.

use super::answer::{AnswerText, KEYS, QUOTES, QuotesStyle};
use super::entries::Table;
use super::quoting::{toml_string, toml_string_like};
use super::record::{RecordText, list_of_answers};
use super::splices::{Splices, indent, newline_at};
use super::syntax::{TomlEntry, Value};
use super::{EditFault, meaning};

impl RecordText {
    /// Returns the text of the record after changing an answer to `new`. Only what differs changes. Other keys and all
    /// comments stay, except a comment behind a key or quote that is removed.
    ///
    /// # Errors
    /// If there is no such answer, a key of it has the wrong type, or the result would mean something else than `new`.
    pub fn change_answer(&self, index: usize, new: &AnswerText) -> Result<String, EditFault> {
        if let Some(fault) = self.fault_of(index) {
            return Err(fault.clone());
        }
        let old = self.answers().get(index).ok_or(EditFault::NoSuchAnswer)?;
        let mut text = self.text().to_owned();
        // Each step corrects one key or quote, so that no more steps than these can be needed.
        for _ in 0..=KEYS.len() + old.quotes.len() + new.quotes.len() {
            let record = Self::parse(&text).map_err(|_| EditFault::Unfit)?;
            let Some(splices) = record.next_change(index, new)? else {
                meaning::check(self.text(), &text, |meant| {
                    if let Some(toml::Value::Table(answer)) = list_of_answers(meant).get_mut(index) {
                        new.update(answer);
                    }
                })?;
                return Ok(text);
            };
            text = splices.apply(&text).ok_or(EditFault::Unfit)?;
        }
        Err(EditFault::Unfit)
    }

    /// Returns the replacements of the next step; `None` if the answer already says the same as `new`.
    fn next_change(&self, index: usize, new: &AnswerText) -> Result<Option<Splices>, EditFault> {
        let table = self.table(index).ok_or(EditFault::NoSuchAnswer)?;
        let mut splices = Splices::default();
        for key in KEYS {
            match (table.get(key), new.get(key)) {
                _ if key == QUOTES => {
                    let old = &self.answers()[index].quotes;
                    if old.len() == new.quotes.len()
                        && old.iter().zip(&new.quotes).all(|(a, b)| is_same(a, b))
                    {
                        continue;
                    }
                    self.change_quotes(index, table, &new.quotes, &mut splices)?;
                }
                (Some(entry), Some(text)) if entry.value.text().is_some_and(|old| is_same(old, text)) => {
                    continue;
                }
                (Some(entry), Some(text)) => {
                    splices.replace(entry.value.span.clone(), self.like(&entry.value, text));
                }
                (Some(entry), None) => self.parts().remove_entry(table, entry, &mut splices),
                (None, Some(text)) if !text.is_empty() => {
                    self.insert_key(table, key, &toml_string(text), &mut splices);
                }
                (None, _) => continue,
            }
            return Ok(Some(splices));
        }
        Ok(None)
    }

    /// Inserts a key below those keys of the table that precede it in [`KEYS`], or at the top of the table.
    fn insert_key(&self, table: Table<'_>, key: &str, value: &str, splices: &mut Splices) {
        let above = KEYS.iter().take_while(|other| **other != key).filter_map(|key| table.get(key)).last();
        self.parts().insert_entry(table, above, (key, value), splices);
    }

    /// Makes one step towards the quotes in `new`: inserts or rewrites the whole list, or replaces, removes or inserts
    /// one quote.
    fn change_quotes(
        &self,
        index: usize,
        table: Table<'_>,
        new: &[String],
        splices: &mut Splices,
    ) -> Result<(), EditFault> {
        let old = &self.answers()[index].quotes;
        let style = match table {
            Table::Lines(_) => self.quotes_style(newline_at(self.text(), self.answer_span(index).end)),
            Table::Inline(_) => QuotesStyle::on_one_line(),
        };
        let parts = self.parts();
        let Some(entry) = table.get(QUOTES) else {
            let indent = table
                .entries()
                .first()
                .map_or("", |first: &TomlEntry| indent(self.text(), first.span().start));
            self.insert_key(table, QUOTES, &style.write(new, None, indent), splices);
            return Ok(());
        };
        let list = &entry.value;
        // A list that gets its second quote, or loses all but one, is laid out again if no comments could be lost.
        if (old.len() < 2) != (new.len() < 2) && !parts.syntax.has_comment_in(&list.span) {
            let indent = indent(self.text(), entry.span().start);
            splices.replace(list.span.clone(), style.write(new, Some((list, self.text())), indent));
            return Ok(());
        }
        let same = old.iter().zip(new).take_while(|(old, new)| is_same(old, new)).count();
        let items = list.items().unwrap_or_default();
        match (items.get(same), new.get(same)) {
            (Some(item), Some(quote)) if old.len() == new.len() => {
                splices.replace(item.value.span.clone(), self.like(&item.value, quote));
            }
            (Some(_), _) if old.len() > new.len() => parts.remove_item(list, same, splices),
            (_, Some(quote)) => parts.insert_item(list, same.checked_sub(1), &toml_string(quote), splices),
            (_, None) => return Err(EditFault::Unfit),
        }
        Ok(())
    }

    /// Writes a text with the quotation marks of a value, if they allow it.
    fn like(&self, value: &Value, text: &str) -> String {
        let newline = newline_at(self.text(), value.span.start);
        toml_string_like(text, &self.text()[value.span.clone()], newline)
    }
}

/// Whether two texts are the same apart from their line ends, which follow the file.
fn is_same(a: &str, b: &str) -> bool {
    a == b || a.replace("\r\n", "\n") == b.replace("\r\n", "\n")
}
