//! `_headers`: HTTP headers for hosts that read this file. A file of this name in `content/` replaces it.
//!
//! The format is shared by Netlify and Cloudflare Pages: a path, then its headers. Other hosts ignore the file. The
//! headers enforce what the built-in templates do anyway: a page loads no files of other sites and has no inline
//! scripts. They also forbid other sites to display pages in frames, and allow scripts of other sites to read the data
//! files. There is no `Cache-Control`: a changed file keeps its name, so browsers must ask each time whether it has
//! changed. That is the default of these hosts.

use super::{ANNOTATIONS, BIBLIOGRAPHY, CSL, FEED};

/// The content security policy: pages may load only the site's own style sheets, scripts, pictures, fonts and data.
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

/// Data files for other programs, each with its content type, since hosts don't know all of these types.
const DATA: [(&str, &str); 6] = [
    ("compare.json", "application/json; charset=utf-8"),
    ("compare.csv", "text/csv; charset=utf-8"),
    (ANNOTATIONS, "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\""),
    (BIBLIOGRAPHY, "application/x-bibtex; charset=utf-8"),
    (CSL, "application/vnd.citationstyles.csl+json; charset=utf-8"),
    (FEED, "application/atom+xml; charset=utf-8"),
];

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
