//! Case files: a whole site in one text, a section a file.
//!
//! A section begins with `=== path`. After the path may stand, in parentheses, what plain text can't show: `(crlf)`
//! ends every line as Windows does, `(bom)` puts a byte order mark before the first, `(hex)` spells the bytes out.

/// A case: what it is about, and the files that it is made of.
pub(crate) struct Case {
    /// What stands before the first section.
    pub(crate) about: String,
    /// The files, in order, each with its bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

const HEAD: &str = "=== ";

impl Case {
    /// Reads a case.
    pub(crate) fn parse(text: &str) -> Self {
        let mut about = String::new();
        let mut sections: Vec<(&str, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(head) = line.strip_prefix(HEAD) {
                sections.push((head.trim_end(), String::new()));
            } else if let Some((_, section)) = sections.last_mut() {
                section.push_str(line);
            } else {
                about.push_str(line);
            }
        }
        let files = sections.iter().map(|(head, text)| {
            let (path, forms) =
                head.strip_suffix(')').and_then(|head| head.rsplit_once(" (")).unwrap_or((head, ""));
            (path.to_owned(), bytes(text, forms))
        });
        Self { about: about.trim().to_owned(), files: files.collect() }
    }

    /// Takes out a file that is no part of the site but says what should come of it.
    pub(crate) fn take(&mut self, path: &str) -> Option<String> {
        let at = self.files.iter().position(|(known, _)| known == path)?;
        Some(String::from_utf8(self.files.remove(at).1).expect("expected output is text"))
    }
}

fn bytes(text: &str, forms: &str) -> Vec<u8> {
    let mut bytes = if forms.contains("hex") { unhexed(text) } else { text.as_bytes().to_vec() };
    if forms.contains("crlf") {
        bytes = text.replace('\n', "\r\n").into_bytes();
    }
    if forms.contains("bom") {
        bytes.splice(0..0, "\u{feff}".bytes());
    }
    bytes
}

fn unhexed(text: &str) -> Vec<u8> {
    let digits = text.split_whitespace();
    digits.map(|byte| u8::from_str_radix(byte, 16).expect("two hexadecimal digits a byte")).collect()
}

#[test]
fn a_case_file_is_taken_apart_at_its_heads() {
    let case =
        Case::parse("About it.\n\n=== a.txt\none\n=== b.txt (bom, crlf)\ntwo\n=== c (1).txt (hex)\nff 0a\n");
    assert_eq!(case.about, "About it.");
    let files: Vec<(&str, &[u8])> =
        case.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let expected: [(&str, &[u8]); 3] =
        [("a.txt", b"one\n"), ("b.txt", b"\xef\xbb\xbftwo\r\n"), ("c (1).txt", b"\xff\x0a")];
    assert_eq!(files, expected);
}
