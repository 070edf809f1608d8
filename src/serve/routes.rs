//! Finds the response to a request: a file of the site, problems, or an error. The functions here are pure; `http`
//! handles connections.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION};
use http::{Method, Request, Response, StatusCode};
use sourcewise_documents::url::percent_decoded;

use super::headers::media_type;
use super::page;
use super::site::{OWN_PREFIX, Resolved, ServedSite};

const RELOAD: &str = include_str!("assets/reload.js");
const PROBLEMS_STYLE: &str = include_str!("assets/problems.css");

/// The content security policy of the page that shows problems.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";

/// What the server answers with at one moment: the site, and its problems.
#[derive(Clone)]
pub(super) struct PreviewState {
    /// Incremented whenever pages in the browser become outdated. The first version is the time at which the server
    /// started, so that pages of an earlier server at the same address are outdated, too.
    pub(super) version: u64,
    /// The version since which only style sheets have changed. A page of this version or a later one needn't be
    /// reloaded: it is enough to load the style sheets again.
    pub(super) styles_since: u64,
    /// The last site without errors.
    pub(super) site: Option<Arc<ServedSite>>,
    /// The current problems, as HTML; `None` if there are none.
    pub(super) problems: Option<Arc<str>>,
}

impl PreviewState {
    /// Creates the state of a server that starts now.
    #[expect(clippy::disallowed_methods, reason = "the versions of a preview never affect the site")]
    pub(super) fn new() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        // Milliseconds, which JavaScript's numbers hold exactly.
        let version = u64::try_from(since_1970.as_millis()).unwrap_or_default();
        Self { version, styles_since: version, site: None, problems: None }
    }

    /// Formats the versions, and whether there are problems, as a server-sent event with JSON.
    pub(super) fn event(&self) -> String {
        format!(
            "data: {{\"version\":{},\"styles_since\":{},\"problems\":{}}}\n\n",
            self.version,
            self.styles_since,
            self.problems.is_some()
        )
    }
}

/// How to answer a request.
pub(super) enum Reply {
    Response(Response<Bytes>),
    /// A stream with one event per change.
    EventStream,
}

/// The hosts that a request may name: `localhost` and names below it, the host given on the command line, and IP
/// addresses (only loopback addresses if the server listens on one). Other names that resolve to this machine are
/// refused, because a foreign web page could use its own name to read the preview (DNS rebinding).
#[derive(Clone, Debug)]
pub(super) struct AllowedHosts {
    /// The address that the server listens on.
    pub(super) address: IpAddr,
    /// The host that was given on the command line.
    pub(super) name: String,
}

impl AllowedHosts {
    fn allow(&self, host: &str) -> bool {
        let Some(name) = host_name(host) else { return false };
        if let Ok(address) = name.parse::<IpAddr>() {
            // IP addresses aren't resolved by DNS, so rebinding can't use them.
            return address.is_loopback() || !self.address.is_loopback();
        }
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        name == "localhost" || name.ends_with(".localhost") || name == self.name.to_ascii_lowercase()
    }
}

/// Returns the host of a `Host` header, without the port. `None` if the header is not a host and a port (RFC 9110,
/// section 7.2): in `localhost:80@evil.example`, for example, the host is `evil.example`.
fn host_name(header: &str) -> Option<&str> {
    let (name, rest) = match header.strip_prefix('[') {
        Some(rest) => rest.split_once(']').filter(|(name, _)| name.parse::<Ipv6Addr>().is_ok())?,
        None => header.split_at(header.find(':').unwrap_or(header.len())),
    };
    let is_port = |port: &str| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_name_char = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':');
    let is_valid = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
    (is_valid && !name.is_empty() && name.chars().all(is_name_char)).then_some(name)
}

/// Returns the response that refuses a request whose host is not allowed; `None` if the host is allowed.
pub(super) fn refuse_host(hosts: &AllowedHosts, request: &Request<()>) -> Option<Response<Bytes>> {
    let mut headers = request.headers().get_all(HOST).iter();
    // RFC 9112, section 3.2: a request without a `Host` header, or with several, is refused.
    let (Some(header), None) = (headers.next(), headers.next()) else {
        let message = "The request must have exactly one `Host` header.\n";
        return Some(text_response(StatusCode::BAD_REQUEST, message));
    };
    let is_allowed = header.to_str().is_ok_and(|host| hosts.allow(host))
        && request.uri().authority().is_none_or(|authority| hosts.allow(authority.as_str()));
    let message = "This host name is not allowed. Use the address that the command printed.\n";
    (!is_allowed).then(|| text_response(StatusCode::MISDIRECTED_REQUEST, message))
}

pub(super) fn route(state: &PreviewState, request: &Request<()>) -> Reply {
    let (method, uri) = (request.method(), request.uri());
    if method != Method::GET && method != Method::HEAD {
        let mut refused = text_response(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed.\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Reply::Response(refused);
    }
    let path = uri.path().strip_prefix('/').and_then(percent_decoded);
    let Some(path) = path else { return Reply::Response(not_found(state)) };
    if let Some(own) = path.strip_prefix(OWN_PREFIX) {
        return own_file(state, own);
    }
    let Some(site) = &state.site else {
        let problems = state.problems.as_deref().unwrap_or_default();
        let page = page::standalone(problems, state.version);
        return Reply::Response(problem_response(StatusCode::INTERNAL_SERVER_ERROR, page));
    };
    match site.resolve(&path) {
        Some(Resolved::File(path)) => Reply::Response(match site.content(&path) {
            Some(Ok(bytes)) => file_response(state, site, StatusCode::OK, &path, bytes),
            Some(Err(reason)) => {
                text_response(StatusCode::INTERNAL_SERVER_ERROR, &format!("{path}: {reason}\n"))
            }
            None => not_found(state),
        }),
        Some(Resolved::Folder) => Reply::Response(redirect_to_folder(uri.path())),
        None => Reply::Response(not_found(state)),
    }
}

/// Returns the response with a file of the site and its headers from `_headers`. Pages get the reload script.
fn file_response(
    state: &PreviewState,
    site: &ServedSite,
    status: StatusCode,
    path: &str,
    bytes: Bytes,
) -> Response<Bytes> {
    let kind = media_type(path);
    let bytes = if kind.starts_with("text/html") { with_script(&bytes, state.version) } else { bytes };
    let mut response = respond_with(status, kind, bytes);
    for (name, value) in site.rules.headers_for(path) {
        let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) else {
            continue;
        };
        // A preview is never shared with other origins, even if the published site is.
        if name != "access-control-allow-origin" {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Returns a response with status 404: the site's `404.html`, or plain text if the site has no such page.
fn not_found(state: &PreviewState) -> Response<Bytes> {
    let page = state.site.as_ref().and_then(|site| Some((site, site.content("404.html")?.ok()?)));
    match page {
        Some((site, bytes)) => file_response(state, site, StatusCode::NOT_FOUND, "404.html", bytes),
        None => text_response(StatusCode::NOT_FOUND, "Not found.\n"),
    }
}

/// Answers a request for a file of the server itself, by its path below [`OWN_PREFIX`].
fn own_file(state: &PreviewState, path: &str) -> Reply {
    Reply::Response(match path {
        "events" => return Reply::EventStream,
        "reload.js" => respond_with(StatusCode::OK, media_type(path), Bytes::from_static(RELOAD.as_bytes())),
        "problems.css" => {
            respond_with(StatusCode::OK, media_type(path), Bytes::from_static(PROBLEMS_STYLE.as_bytes()))
        }
        "problems" => match &state.problems {
            Some(html) => problem_response(StatusCode::OK, html.to_string()),
            None => text_response(StatusCode::NOT_FOUND, "There are no problems.\n"),
        },
        _ => text_response(StatusCode::NOT_FOUND, "Not found.\n"),
    })
}

/// Inserts the reload script before the last `</body>`, or at the end of a page that has none.
fn with_script(html: &Bytes, version: u64) -> Bytes {
    let script = page::script(version);
    let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat().into()
}

/// Redirects from `/places` to `/places/`, so that relative links in the folder's index work.
pub(super) fn redirect_to_folder(path: &str) -> Response<Bytes> {
    let mut response = text_response(StatusCode::FOUND, "");
    // Exactly one slash at the beginning, because two slashes would begin a host name.
    let address = format!("/{}/", path.trim_matches('/'));
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

fn problem_response(status: StatusCode, page: String) -> Response<Bytes> {
    let mut response = respond_with(status, "text/html; charset=utf-8", page.into());
    response.headers_mut().insert("content-security-policy", HeaderValue::from_static(POLICY));
    response
}

pub(super) fn text_response(status: StatusCode, text: &str) -> Response<Bytes> {
    respond_with(status, "text/plain; charset=utf-8", Bytes::copy_from_slice(text.as_bytes()))
}

pub(super) fn respond_with(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response<Bytes> {
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Pages of other sites must neither embed nor read the preview.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_names_and_own_addresses_are_allowed() {
        let at = |address: &str, name: &str| AllowedHosts {
            address: address.parse().expect("an address"),
            name: name.into(),
        };
        let here = at("127.0.0.1", "127.0.0.1");
        for host in ["localhost:1", "LOCALHOST.", "127.0.0.1:8080", "[::1]:80", "a.localhost"] {
            assert!(here.allow(host), "{host}");
        }
        for host in [
            "evil.example:1",
            "localhost.evil.example",
            "192.168.0.7",
            "",
            "[",
            "127.0.0.1.evil.example",
            "localhost:80@evil.example",
            "localhost@evil.example",
            "localhost:80:80",
            "localhost:80/",
            "localhost:+80",
            "localhost,evil.example",
            "localhost evil.example",
            "[::1].evil.example",
            "[::1]evil.example",
            "[localhost]",
            "[::1",
            "::1",
            ":80",
        ] {
            assert!(!here.allow(host), "{host}");
        }
        let open = at("0.0.0.0", "desk.local");
        assert!(open.allow("192.168.0.7:1") && open.allow("desk.local") && !open.allow("evil.example"));
    }

    #[test]
    fn the_script_is_inserted_at_the_end_of_the_body() {
        let page = with_script(&Bytes::from_static(b"<body>a</body>\n"), 3);
        assert_eq!(page, "<body>a<script src=\"/.sourcewise/reload.js?v=3\" defer></script></body>\n");
        assert_eq!(with_script(&Bytes::from_static(b"a"), 3).slice(..9), "a<script ");
    }
}
