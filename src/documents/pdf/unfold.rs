//! Streams of a PDF, unfolded within a limit: the filters that text and fonts are packed with, not those of pictures.

use std::io::{self, Read, Write};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use pdf_extract::{Dictionary, Document, Object, Stream};

use crate::Refusal;

/// Filters that may be laid over one another.
const FILTERS: usize = 8;

/// What a file may still unfold to.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// All of it.
    pub(super) fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Takes some of it.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.0 = self.0.checked_sub(bytes).ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    /// Inflates what it may. Data that ends early or breaks off gives what came before.
    pub(super) fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, Refusal> {
        let plain = self.drain(ZlibDecoder::new(packed))?;
        match packed.get(2..) {
            // Some writers give a wrong head.
            Some(bare) if plain.is_empty() => self.drain(DeflateDecoder::new(bare)),
            _ => Ok(plain),
        }
    }

    fn drain(&mut self, packed: impl Read) -> Result<Vec<u8>, Refusal> {
        let mut plain = Vec::new();
        let over = u64::try_from(self.0).unwrap_or(u64::MAX).saturating_add(1);
        // An error is the end of what can be read.
        let _ = packed.take(over).read_to_end(&mut plain);
        self.take(plain.len())?;
        Ok(plain)
    }

    fn unpack_lzw(&mut self, packed: &[u8], early: bool) -> Result<Vec<u8>, Refusal> {
        use weezl::{BitOrder, decode::Decoder};
        let mut decoder = if early {
            Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
        } else {
            Decoder::new(BitOrder::Msb, 8)
        };
        let mut plain = Bounded { bytes: Vec::new(), left: self.0 };
        let _ = decoder.into_stream(&mut plain).decode_all(packed);
        if plain.left == 0 {
            return Err(Refusal::TooLarge);
        }
        self.take(plain.bytes.len())?;
        Ok(plain.bytes)
    }
}

/// Takes bytes up to a number, and fails then.
struct Bounded {
    bytes: Vec<u8>,
    left: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(left) = self.left.checked_sub(bytes.len()) else {
            self.left = 0;
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        };
        self.left = left;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a stream holds; nothing if it is packed as pictures are.
pub(super) fn unfold(
    document: &Document,
    stream: &Stream,
    budget: &mut Budget,
) -> Result<Option<Vec<u8>>, Refusal> {
    let mut bytes = stream.content.clone();
    budget.take(bytes.len())?;
    let parameters = listed(document, &stream.dict, b"DecodeParms");
    for (index, filter) in listed(document, &stream.dict, b"Filter").iter().enumerate() {
        let Ok(name) = filter.as_name() else { return Ok(None) };
        let parameters = parameters.get(index).and_then(|found| found.as_dict().ok());
        if index >= FILTERS || number(document, parameters, b"Predictor").is_some_and(|kind| kind > 1) {
            return Ok(None);
        }
        bytes = match name {
            b"FlateDecode" | b"Fl" => budget.inflate(&bytes)?,
            b"LZWDecode" | b"LZW" => {
                budget.unpack_lzw(&bytes, number(document, parameters, b"EarlyChange") != Some(0))?
            }
            b"ASCII85Decode" | b"A85" => ascii85(&bytes, budget)?,
            b"ASCIIHexDecode" | b"AHx" => hexadecimal(&bytes),
            _ => return Ok(None),
        };
    }
    Ok(Some(bytes))
}

/// An entry that may be one thing or an array of them.
fn listed<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Vec<&'a Object> {
    let resolve = |object: &'a Object| document.dereference(object).ok().map(|(_, found)| found);
    match dictionary.get(key).ok().and_then(resolve) {
        Some(Object::Array(items)) => items.iter().filter_map(resolve).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn number(document: &Document, dictionary: Option<&Dictionary>, key: &[u8]) -> Option<i64> {
    dictionary?.get_deref(key, document).ok()?.as_i64().ok()
}

fn ascii85(packed: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Refusal> {
    budget.take(packed.len().saturating_mul(4))?;
    let filter = Dictionary::from_iter([(b"Filter".to_vec(), Object::from("ASCII85Decode"))]);
    Ok(Stream::new(filter, packed.trim_ascii().to_vec()).decompressed_content().unwrap_or_default())
}

fn hexadecimal(packed: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let digits: Vec<u8> = packed.iter().take_while(|byte| **byte != b'>').filter_map(digit).collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit) << (4 * (2 - pair.len())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = packed(&vec![0; 4_000_000]);
        assert_eq!(Budget::new(1_000_000).inflate(&bomb), Err(Refusal::TooLarge));
        assert_eq!(Budget::new(4_000_000).inflate(&bomb).map(|plain| plain.len()), Ok(4_000_000));
    }

    #[test]
    fn filters_are_undone_one_after_the_other() {
        let mut hex = Vec::new();
        for byte in packed(b"water") {
            write!(hex, "{byte:02x}").expect("memory takes everything");
        }
        let filters = vec![Object::from("ASCIIHexDecode"), Object::from("FlateDecode")];
        let dictionary = Dictionary::from_iter([(b"Filter".to_vec(), Object::Array(filters))]);
        let stream = Stream::new(dictionary, hex);
        let plain = unfold(&Document::new(), &stream, &mut Budget::new(1000));
        assert_eq!(plain, Ok(Some(b"water".to_vec())));
    }

    #[test]
    fn an_odd_digit_counts_as_if_a_zero_followed() {
        assert_eq!(hexadecimal(b"4 1 7>ff"), [0x41, 0x70]);
    }
}
