//! Case files: a whole site in one text file, with one section per file.
//!
//! A section begins with `=== path`. Options in parentheses may follow the path: `(crlf)` for Windows line ends,
//! `(bom)` for a byte order mark, `(no-end)` for a last line without end, `(hex)` for bytes written as hexadecimal
//! digits.

/// A case: a description and the files of a site.
pub(crate) struct Case {
    /// The text before the first section.
    pub(crate) about: String,
    /// Path and bytes of each file, in the order of the sections.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

const SECTION_START: &str = "=== ";

impl Case {
    pub(crate) fn parse(text: &str) -> Self {
        let mut about = String::new();
        let mut sections: Vec<(&str, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(head) = line.strip_prefix(SECTION_START) {
                sections.push((head.trim_end(), String::new()));
            } else if let Some((_, section)) = sections.last_mut() {
                section.push_str(line);
            } else {
                about.push_str(line);
            }
        }
        let files = sections.iter().map(|(head, text)| {
            let (path, options) =
                head.strip_suffix(')').and_then(|head| head.rsplit_once(" (")).unwrap_or((head, ""));
            (path.to_owned(), bytes(text, options))
        });
        Self { about: about.trim().to_owned(), files: files.collect() }
    }

    /// Removes and returns the text of a section that is no file of the site, such as the expected output; `None` if
    /// the case has no such section.
    pub(crate) fn take(&mut self, path: &str) -> Option<String> {
        let at = self.files.iter().position(|(known, _)| known == path)?;
        Some(String::from_utf8(self.files.remove(at).1).expect("expected output is text"))
    }
}

fn bytes(text: &str, options: &str) -> Vec<u8> {
    let mut bytes = if options.contains("hex") { parse_hex(text) } else { text.as_bytes().to_vec() };
    if options.contains("no-end") {
        bytes.pop();
    }
    if options.contains("crlf") {
        bytes = text.replace('\n', "\r\n").into_bytes();
    }
    if options.contains("bom") {
        bytes.splice(0..0, "\u{feff}".bytes());
    }
    bytes
}

fn parse_hex(text: &str) -> Vec<u8> {
    let digits = text.split_whitespace();
    digits.map(|byte| u8::from_str_radix(byte, 16).expect("bytes are two hexadecimal digits")).collect()
}

#[test]
fn a_case_file_is_split_at_its_headers() {
    let case = Case::parse(
        "Description.\n\n=== a.txt\none\n=== b.txt (bom, crlf)\ntwo\n=== c (1).txt (hex)\nff 0a\n",
    );
    assert_eq!(case.about, "Description.");
    let files: Vec<(&str, &[u8])> =
        case.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let expected: [(&str, &[u8]); 3] =
        [("a.txt", b"one\n"), ("b.txt", b"\xef\xbb\xbftwo\r\n"), ("c (1).txt", b"\xff\x0a")];
    assert_eq!(files, expected);
}
