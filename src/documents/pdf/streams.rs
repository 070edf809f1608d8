//! Streams of a PDF, decoded within a limit.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::ReadError;

/// Samples in a row of the data that a filter predicts: the decoder makes room for one before it looks at the data.
const MAX_COLUMNS: usize = 9_999_999;

/// What a file may still decode to, in bytes.
#[derive(Debug)]
pub(crate) struct Budget(usize);

impl Budget {
    pub(crate) fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Takes some of it.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.0 = self.0.checked_sub(bytes).ok_or(ReadError::TooLarge)?;
        Ok(())
    }

    /// Inflates what it may. Data that ends early or breaks off gives what came before.
    pub(crate) fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, ReadError> {
        let plain = self.drain(ZlibDecoder::new(packed))?;
        match packed.get(2..) {
            // Some writers give a wrong head.
            Some(bare) if plain.is_empty() => self.drain(DeflateDecoder::new(bare)),
            _ => Ok(plain),
        }
    }

    fn drain(&mut self, packed: impl Read) -> Result<Vec<u8>, ReadError> {
        let mut plain = Vec::new();
        let over = u64::try_from(self.0).unwrap_or(u64::MAX).saturating_add(1);
        // An error is the end of what can be read.
        let _ = packed.take(over).read_to_end(&mut plain);
        self.take(plain.len())?;
        Ok(plain)
    }
}

/// The data of a stream; empty if it can't be decoded, as pictures can't.
pub(crate) fn decoded(stream: &Stream, budget: &mut Budget) -> Result<Vec<u8>, ReadError> {
    let raw = stream.raw_data();
    budget.take(raw.len())?;
    let filters = stream.filters();
    let parameters = parameters(stream.dict());
    if parameters.iter().any(|found| found.get::<usize>(b"Columns").is_some_and(|count| count > MAX_COLUMNS))
    {
        return Err(ReadError::TooLarge);
    }
    let most = || filters.iter().fold(raw.len(), |size, filter| max_decoded_bytes(*filter, size, &raw));
    if filters.as_slice() == [Filter::FlateDecode] {
        let plain = budget.inflate(&raw)?;
        if parameters.is_empty() {
            return Ok(plain);
        }
    } else if most() > budget.0 {
        return Err(ReadError::TooLarge);
    }
    let plain = stream.decoded_data().unwrap_or_default().into_owned();
    budget.take(plain.len())?;
    Ok(plain)
}

/// The parameters of its filters.
fn parameters<'a>(stream: &Dict<'a>) -> Vec<Dict<'a>> {
    let listed = stream.get::<Array>(b"DecodeParms");
    let listed = listed.iter().flat_map(Array::iter::<Object>).filter_map(Object::into_dict);
    stream.get::<Dict>(b"DecodeParms").into_iter().chain(listed).collect()
}

/// How many bytes a filter makes of so many, at most. The raw data is what the first filter gets.
fn max_decoded_bytes(filter: Filter, bytes: usize, raw: &[u8]) -> usize {
    match filter {
        // A `z` is four zeros; how many there are after other filters isn't known.
        Filter::Ascii85Decode if bytes != raw.len() => bytes.saturating_mul(4),
        Filter::Ascii85Decode => bytes.saturating_add(memchr::memchr_iter(b'z', raw).count() * 3),
        Filter::RunLengthDecode => bytes.saturating_mul(64),
        // The longest match takes two bits (RFC 1951, 3.2.5).
        Filter::FlateDecode => bytes.saturating_mul(1032),
        // A code of 12 bits stands for 4,096 bytes at most.
        Filter::LzwDecode => bytes.saturating_mul(2731),
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![0; 4_000_000]).expect("memory takes everything");
        let bomb = encoder.finish().expect("memory takes everything");
        assert_eq!(Budget::new(1_000_000).inflate(&bomb), Err(ReadError::TooLarge));
        assert_eq!(Budget::new(4_000_000).inflate(&bomb).map(|plain| plain.len()), Ok(4_000_000));
    }
}
