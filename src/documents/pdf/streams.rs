//! Decodes the streams of a PDF within a limit.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::ReadError;

/// Maximum row length of predictor filters, in samples. It is limited because the decoder allocates a row before it
/// reads the data.
const MAX_COLUMNS: usize = 9_999_999;

/// The number of bytes that may still be decoded or stored.
#[derive(Debug)]
pub(crate) struct Budget(usize);

impl Budget {
    pub(crate) fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Takes a number of bytes from the budget, or fails if fewer remain.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.0 = self.0.checked_sub(bytes).ok_or(ReadError::TooLarge)?;
        Ok(())
    }

    /// Decompresses zlib data within the budget. Truncated or damaged data gives the part before the damage.
    pub(crate) fn inflate(&mut self, compressed: &[u8]) -> Result<Vec<u8>, ReadError> {
        let plain = self.drain(ZlibDecoder::new(compressed))?;
        match compressed.get(2..) {
            // Some programs write a wrong zlib header.
            Some(deflate) if plain.is_empty() => self.drain(DeflateDecoder::new(deflate)),
            _ => Ok(plain),
        }
    }

    fn drain(&mut self, decoder: impl Read) -> Result<Vec<u8>, ReadError> {
        let mut plain = Vec::new();
        let limit = u64::try_from(self.0).unwrap_or(u64::MAX).saturating_add(1);
        // After an error, the data read so far is used.
        let _ = decoder.take(limit).read_to_end(&mut plain);
        self.take(plain.len())?;
        Ok(plain)
    }
}

/// Decodes a stream; the result is empty if it can't be decoded, as for images. Takes the encoded and the decoded size
/// from the budget.
pub(crate) fn decoded(stream: &Stream, budget: &mut Budget) -> Result<Vec<u8>, ReadError> {
    let raw = stream.raw_data();
    budget.take(raw.len())?;
    let filters = stream.filters();
    let parameters = parameters(stream.dict());
    if parameters.iter().any(|found| found.get::<usize>(b"Columns").is_some_and(|count| count > MAX_COLUMNS))
    {
        return Err(ReadError::TooLarge);
    }
    let max_bytes = || filters.iter().fold(raw.len(), |size, filter| max_decoded_bytes(*filter, size, &raw));
    if filters.as_slice() == [Filter::FlateDecode] {
        let plain = budget.inflate(&raw)?;
        if parameters.is_empty() {
            return Ok(plain);
        }
    } else if max_bytes() > budget.0 {
        return Err(ReadError::TooLarge);
    }
    let plain = stream.decoded_data().unwrap_or_default().into_owned();
    budget.take(plain.len())?;
    Ok(plain)
}

/// Returns the parameters of a stream's filters.
fn parameters<'a>(stream: &Dict<'a>) -> Vec<Dict<'a>> {
    let listed = stream.get::<Array>(b"DecodeParms");
    let listed = listed.iter().flat_map(Array::iter::<Object>).filter_map(Object::into_dict);
    stream.get::<Dict>(b"DecodeParms").into_iter().chain(listed).collect()
}

/// Returns the maximum number of bytes that a filter decodes `bytes` to. `raw` is the input of the first filter.
fn max_decoded_bytes(filter: Filter, bytes: usize, raw: &[u8]) -> usize {
    match filter {
        // A `z` encodes four zero bytes. The number of `z` is only known if this is the first filter.
        Filter::Ascii85Decode if bytes != raw.len() => bytes.saturating_mul(4),
        Filter::Ascii85Decode => bytes.saturating_add(memchr::memchr_iter(b'z', raw).count() * 3),
        // Two bytes encode at most 128 (ISO 32000-1, 7.4.5).
        Filter::RunLengthDecode => bytes.saturating_mul(64),
        // Two bits encode at most 258 bytes (RFC 1951, 3.2.5).
        Filter::FlateDecode => bytes.saturating_mul(1032),
        // A 12-bit code represents at most 4,096 bytes.
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
    fn decompression_stops_at_the_limit() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![0; 4_000_000]).expect("writing to memory succeeds");
        let bomb = encoder.finish().expect("writing to memory succeeds");
        assert_eq!(Budget::new(1_000_000).inflate(&bomb), Err(ReadError::TooLarge));
        assert_eq!(Budget::new(4_000_000).inflate(&bomb).map(|plain| plain.len()), Ok(4_000_000));
    }
}
