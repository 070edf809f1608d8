//! `%20` and the like, as they stand in addresses.

/// What an address stands for: every `%XX` is the byte of that number (RFC 3986, 2.1). `None` if one is no number, or if
/// the bytes are no UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            bytes.push(digit(rest.next()?)? << 4 | digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn an_escape_is_two_hexadecimal_digits_and_nothing_less() {
        assert_eq!(percent_decoded("a%20%C3%A9").as_deref(), Some("a é"));
        for bad in ["%", "%2", "%zz", "%+f", "%ff"] {
            assert_eq!(percent_decoded(bad), None, "{bad}");
        }
    }
}
