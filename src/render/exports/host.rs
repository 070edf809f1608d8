//! `_headers`, which hosts read. A file of that name in `content/` replaces it.
//!
//! It has the form that Netlify and Cloudflare Pages share: a path, then headers for it. Other hosts take no
//! notice of it. It says of every page what is true of it anyway: nothing is loaded from elsewhere, nothing in the page
//! itself is run, nobody may frame it. There is no `Cache-Control`: files keep their names when they change, so the
//! hosts' own rule (ask each time, by fingerprint) is the right one. Data may be read by pages of other sites.

use super::{ANNOTATIONS, BIBLIOGRAPHY, CSL, FEED};

/// What every page may load, and do: only what comes from the site itself. Whatever isn't named is forbidden.
const POLICY: [&str; 10] = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
];

/// Data for other programs, with the types that hosts don't know by themselves.
const DATA: [(&str, &str); 6] = [
    ("compare.json", "application/json; charset=utf-8"),
    ("compare.csv", "text/csv; charset=utf-8"),
    (ANNOTATIONS, "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\""),
    (BIBLIOGRAPHY, "application/x-bibtex; charset=utf-8"),
    (CSL, "application/vnd.citationstyles.csl+json; charset=utf-8"),
    (FEED, "application/atom+xml; charset=utf-8"),
];

/// `_headers`.
pub(super) fn headers() -> Vec<u8> {
    let everywhere = [
        ("Content-Security-Policy", POLICY.join("; ")),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
    ];
    let mut text = String::from("/*\n");
    for (name, value) in everywhere {
        text.extend(["  ", name, ": ", &value, "\n"]);
    }
    for (path, kind) in DATA {
        text.extend(["/", path, "\n  Content-Type: ", kind, "\n  Access-Control-Allow-Origin: *\n"]);
    }
    text.into_bytes()
}
