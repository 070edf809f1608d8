//! JSON as files have it: a line for every entry down to a cell of the comparison, which stands in one line with all that is
//! in it, so that a change to it shows as one.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// How deep lists and objects are spread over lines: the whole, its lists, what is in them, and their lists.
const SPREAD: usize = 4;

/// JSON over several lines.
pub(super) fn lines(value: &impl Serialize) -> Vec<u8> {
    let mut serializer = Serializer::with_formatter(Sink(Vec::new()), Lines::default());
    value.serialize(&mut serializer).expect("strings, numbers and lists are always JSON");
    let Sink(mut bytes) = serializer.into_inner();
    bytes.push(b'\n');
    bytes
}

/// Memory to write to. Half of what makes up JSON is a byte long, such as the quotes around every name.
struct Sink(Vec<u8>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
        if let [byte] = bytes {
            self.0.push(*byte);
        } else {
            self.0.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A list whose items are made as they are written: all of them at once would take more memory than the file.
pub(super) struct List<F>(pub(super) F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Default)]
struct Lines {
    /// How many lists and objects are open.
    depth: usize,
    /// Whether the last one that was closed, or is open, has anything in it.
    is_filled: bool,
}

impl Lines {
    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, sign: &[u8]) -> Result<()> {
        self.depth += 1;
        self.is_filled = false;
        writer.write_all(sign)
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, sign: &[u8]) -> Result<()> {
        let is_spread = self.is_filled && self.depth <= SPREAD;
        self.depth -= 1;
        if is_spread {
            self.line(writer)?;
        }
        self.is_filled = true;
        writer.write_all(sign)
    }

    fn entry<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> Result<()> {
        self.is_filled = true;
        if self.depth <= SPREAD {
            writer.write_all(if is_first { b"" } else { b"," })?;
            return self.line(writer);
        }
        writer.write_all(if is_first { b"" } else { b", " })
    }

    /// Begins a line.
    fn line<W: Write + ?Sized>(&self, writer: &mut W) -> Result<()> {
        const BREAK: [u8; 1 + 2 * SPREAD] = *b"\n        ";
        writer.write_all(&BREAK[..=2 * self.depth])
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> Result<()> {
        self.entry(writer, is_first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> Result<()> {
        self.entry(writer, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_lies_deeper_than_a_cell_stands_in_its_line() {
        let cells = json!([{ "answers": [{ "to": [] }, 1], "source": "a" }, {}]);
        let value = json!({ "questions": [{ "cells": cells }], "silent": [] });
        let text = String::from_utf8(lines(&value)).expect("it is text");
        assert_eq!(
            text,
            r#"{
  "questions": [
    {
      "cells": [
        {"answers": [{"to": []}, 1], "source": "a"},
        {}
      ]
    }
  ],
  "silent": []
}
"#
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON"), value);
    }
}
