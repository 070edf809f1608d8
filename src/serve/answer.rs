//! What is answered to a request. Pure: a state and a request in, an answer out; nothing here knows of connections.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION};
use http::{Method, Request, Response, StatusCode};
use sourcewise_documents::url::percent_decoded;

use super::headers::media_type;
use super::page;
use super::site::{Found, OWN, Site};

const RELOAD: &str = include_str!("assets/reload.js");
const PROBLEMS_STYLE: &str = include_str!("assets/problems.css");

/// What a page of problems may load.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";

/// What is to be seen at one moment.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Grows with every site that differs from the one before.
    pub(super) version: u64,
    /// Since this version nothing but style sheets has changed.
    pub(super) styles_since: u64,
    /// The last good site, if there was one.
    pub(super) site: Option<Arc<Site>>,
    /// What is wrong now, as HTML.
    pub(super) problems: Option<Arc<str>>,
}

impl State {
    /// What browsers are told of it.
    pub(super) fn event(&self) -> String {
        format!(
            "data: {{\"version\":{},\"styles_since\":{},\"problems\":{}}}\n\n",
            self.version,
            self.styles_since,
            self.problems.is_some()
        )
    }
}

/// What is to be done about a request.
pub(super) enum Answer {
    /// This is all there is to say.
    Now(Response<Bytes>),
    /// The browser listens, and is told of every change.
    Events,
}

/// The hosts under which the site may be asked for. A name that leads to this machine and is not ours is how a web page
/// somewhere else would read what is served here (DNS rebinding).
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// What is listened on.
    pub(super) address: IpAddr,
    /// What the author called it.
    pub(super) name: String,
}

impl Hosts {
    fn allow(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        if let Ok(address) = name.parse::<IpAddr>() {
            // Nobody can make an address of numbers lead elsewhere.
            return address.is_loopback() || !self.address.is_loopback();
        }
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        name == "localhost" || name.ends_with(".localhost") || name == self.name.to_ascii_lowercase()
    }
}

/// Answers a request.
pub(super) fn answer(state: &State, hosts: &Hosts, request: &Request<()>) -> Answer {
    let (method, uri) = (request.method(), request.uri());
    let named = request.headers().get(HOST).map(HeaderValue::to_str);
    let host = uri.authority().map(|authority| Ok(authority.as_str())).or(named);
    match host {
        Some(Ok(host)) if hosts.allow(host) => {}
        Some(_) => {
            let say = "This is no name of this machine's preview. Use the address that `sourcewise serve` printed.\n";
            return Answer::Now(plain(StatusCode::MISDIRECTED_REQUEST, say));
        }
        None => return Answer::Now(plain(StatusCode::BAD_REQUEST, "A request needs a Host.\n")),
    }
    if method != Method::GET && method != Method::HEAD {
        let mut refused =
            plain(StatusCode::METHOD_NOT_ALLOWED, "There is nothing here but files to be read.\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Answer::Now(refused);
    }
    let path = uri.path().strip_prefix('/').and_then(percent_decoded);
    let Some(path) = path else { return Answer::Now(missing(state)) };
    if let Some(own) = path.strip_prefix(OWN) {
        return own_file(state, own);
    }
    let Some(site) = &state.site else {
        let sheet = state.problems.as_deref().unwrap_or_default();
        let page = page::whole(sheet, state.version);
        return Answer::Now(of_problems(StatusCode::INTERNAL_SERVER_ERROR, page));
    };
    match site.find(&path) {
        Some(Found::File(path, bytes)) => Answer::Now(file(state, site, StatusCode::OK, &path, bytes)),
        Some(Found::Card(path)) => Answer::Now(card(state, site, &path)),
        Some(Found::Folder) => Answer::Now(to_folder(uri.path())),
        None => Answer::Now(missing(state)),
    }
}

/// A file of the site; into pages goes the script that keeps them in step.
fn file(state: &State, site: &Site, status: StatusCode, path: &str, bytes: Bytes) -> Response<Bytes> {
    let kind = media_type(path);
    let bytes = if kind.starts_with("text/html") { with_script(&bytes, state.version) } else { bytes };
    let mut response = whole(status, kind, bytes);
    for (name, value) in site.rules.of(path) {
        let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) else {
            continue;
        };
        // A draft is nobody else's business, whatever its finished form may be.
        if name != "access-control-allow-origin" {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Draws a card, unless that has been done before.
fn card(state: &State, site: &Site, path: &str) -> Response<Bytes> {
    match site.card(path) {
        Some(Ok(bytes)) => file(state, site, StatusCode::OK, path, bytes),
        Some(Err(reason)) => plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{path}: {reason}\n")),
        None => missing(state),
    }
}

/// The page for what isn't there.
fn missing(state: &State) -> Response<Bytes> {
    let page = state.site.as_ref().and_then(|site| Some((site, site.file("404.html")?)));
    match page {
        Some((site, bytes)) => file(state, site, StatusCode::NOT_FOUND, "404.html", bytes),
        None => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    }
}

fn own_file(state: &State, path: &str) -> Answer {
    Answer::Now(match path {
        "events" => return Answer::Events,
        "reload.js" => whole(StatusCode::OK, media_type(path), Bytes::from_static(RELOAD.as_bytes())),
        "problems.css" => {
            whole(StatusCode::OK, media_type(path), Bytes::from_static(PROBLEMS_STYLE.as_bytes()))
        }
        "problems" => match &state.problems {
            Some(sheet) => of_problems(StatusCode::OK, sheet.to_string()),
            None => plain(StatusCode::NOT_FOUND, "Nothing is wrong.\n"),
        },
        _ => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    })
}

/// Puts the script where the page's body ends, or where the page does.
fn with_script(html: &Bytes, version: u64) -> Bytes {
    let script = page::script(version);
    let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat().into()
}

/// Sends on to the folder itself, so that the relative links of its index hold.
fn to_folder(path: &str) -> Response<Bytes> {
    let mut response = plain(StatusCode::FOUND, "");
    // One slash at the beginning: two would begin the name of a host.
    let address = format!("/{}/", path.trim_matches('/'));
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

fn of_problems(status: StatusCode, page: String) -> Response<Bytes> {
    let mut response = whole(status, "text/html; charset=utf-8", page.into());
    response.headers_mut().insert("content-security-policy", HeaderValue::from_static(POLICY));
    response
}

/// A line of text.
pub(super) fn plain(status: StatusCode, say: &str) -> Response<Bytes> {
    whole(status, "text/plain; charset=utf-8", Bytes::copy_from_slice(say.as_bytes()))
}

fn whole(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response<Bytes> {
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Other sites' pages may neither embed nor read what is served here.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_nobody_else_can_own_lead_to_the_site() {
        let at = |address: &str, name: &str| Hosts {
            address: address.parse().expect("an address"),
            name: name.into(),
        };
        let here = at("127.0.0.1", "127.0.0.1");
        for host in ["localhost:1", "LOCALHOST.", "127.0.0.1:8080", "[::1]:80", "a.localhost"] {
            assert!(here.allow(host), "{host}");
        }
        for host in
            ["evil.example:1", "localhost.evil.example", "192.168.0.7", "", "[", "127.0.0.1.evil.example"]
        {
            assert!(!here.allow(host), "{host}");
        }
        let open = at("0.0.0.0", "desk.local");
        assert!(open.allow("192.168.0.7:1") && open.allow("desk.local") && !open.allow("evil.example"));
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = with_script(&Bytes::from_static(b"<body>a</body>\n"), 3);
        assert_eq!(page, "<body>a<script src=\"/.sourcewise/reload.js?v=3\" defer></script></body>\n");
        assert_eq!(with_script(&Bytes::from_static(b"a"), 3).slice(..9), "a<script ");
    }
}
