//! The fuzzer: one binary for all targets, so that it is linked once. The environment variable `FUZZ_TARGET` selects
//! the target.
//!
//! `tests/fuzz/run` builds and runs it. Inputs have the form of ordinary files, so that the corpus can be read and
//! written by hand.

#![no_main]

mod documents;
mod quotes;
mod sites;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 9] = [
    ("quotes", quotes::quotes),
    ("records", sites::records),
    ("front-matter", sites::front_matter),
    ("markdown", sites::markdown),
    ("text", documents::text),
    ("html", documents::html),
    ("pdf", documents::pdf),
    ("docx", documents::docx),
    ("epub", documents::epub),
];

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let known = TARGETS.map(|(name, _)| name);
    let found = TARGETS.into_iter().find(|(name, _)| *name == wanted);
    found.unwrap_or_else(|| panic!("unknown FUZZ_TARGET `{wanted}`; the targets are {known:?}")).1
});

fuzz_target!(|input: &[u8]| TARGET(input));

/// Splits an input at lines of `====` into `N` parts; missing parts are empty.
fn parts<const N: usize>(input: &[u8]) -> [String; N] {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.splitn(N, "====\n").map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}
