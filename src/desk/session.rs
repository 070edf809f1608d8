//! Decides which requests the desk answers: only those of its own page, in the browser to which the command gave the
//! address.
//!
//! The address has a random token, which becomes a cookie on the first visit. A foreign page can't read the cookie, the
//! browser doesn't send it with requests of foreign pages (`SameSite=Strict`), and requests that change anything must
//! name the desk as their origin. `serve` has checked the `Host` header before.

use std::fmt::Write as _;

use sourcewise_quotes::sha256;

use crate::error::Error;

const TOKEN_BYTES: usize = 32;

/// A request to the desk, as `serve` passes it on: its body, and the headers that decide whether it is answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// Whether the method is POST. Others than GET, HEAD and POST never reach the desk.
    pub is_post: bool,
    /// The path below `/desk/`, with percent signs decoded.
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub host: &'a str,
    pub cookie: Option<&'a str>,
    pub origin: Option<&'a str>,
    /// The header `Sec-Fetch-Site`, in which a browser says whether a page of another site sent the request.
    pub fetch_site: Option<&'a str>,
    pub content_type: Option<&'a str>,
    pub body: &'a [u8],
}

/// Whether and how a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Granted,
    /// The address has the right token: set this cookie, and redirect to the address without the token.
    FirstVisit {
        cookie: String,
    },
    /// The request is refused, for this reason.
    Denied(&'static str),
}

/// The secret token of one run of the desk, and the name of its cookie.
pub(super) struct Session {
    token: String,
    /// Cookies are shared by all ports of a host, so the name has the port.
    cookie_name: String,
}

impl Session {
    /// Creates a session with a random token.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub(super) fn start(port: u16) -> Result<Self, Error> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Error::Desk { reason: error.to_string() })?;
        let token = bytes.iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Ok(Self { token, cookie_name: format!("sourcewise_desk_{port}") })
    }

    /// The query of the desk's address, with the token.
    pub(super) fn query(&self) -> String {
        format!("token={}", self.token)
    }

    pub(super) fn check(&self, request: &Request<'_>) -> Access {
        if is_foreign(request) {
            return Access::Denied("the request comes from another site");
        }
        let named =
            request.query.and_then(|query| query.split('&').find_map(|part| part.strip_prefix("token=")));
        if !request.is_post && named.is_some_and(|token| self.is_token(token)) {
            let cookie =
                format!("{}={}; Path=/desk/; HttpOnly; SameSite=Strict", self.cookie_name, self.token);
            return Access::FirstVisit { cookie };
        }
        let cookies =
            request.cookie.unwrap_or_default().split(';').filter_map(|pair| pair.trim().split_once('='));
        let mut own = cookies.filter(|(name, _)| *name == self.cookie_name);
        if !own.any(|(_, token)| self.is_token(token)) {
            return Access::Denied("the address lacks the token");
        }
        if request.is_post && !is_json(request.content_type) {
            return Access::Denied("the request's body is not JSON");
        }
        Access::Granted
    }

    /// Whether a token is the session's token. Compares hashes, so that the time taken reveals nothing about the token.
    fn is_token(&self, given: &str) -> bool {
        sha256(given.as_bytes()) == sha256(self.token.as_bytes())
    }
}

/// Whether a page of another site sent the request. A POST request must say that the desk's own page did.
fn is_foreign(request: &Request<'_>) -> bool {
    let own = format!("http://{}", request.host);
    let is_other_origin = match request.origin {
        Some(origin) => !origin.eq_ignore_ascii_case(&own),
        None => request.is_post,
    };
    // `none`: the user typed the address or opened it from another program.
    let is_other_site = request.fetch_site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    is_other_origin || is_other_site
}

/// Whether a content type is JSON. HTML forms can't send it. Before a script of a foreign page sends it, the browser
/// asks this server for permission, and gets none.
fn is_json(content_type: Option<&str>) -> bool {
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session { token: "secret".to_owned(), cookie_name: "sourcewise_desk_1".to_owned() }
    }

    fn get<'a>() -> Request<'a> {
        Request { host: "127.0.0.1:1", path: "", ..Request::default() }
    }

    fn post<'a>() -> Request<'a> {
        Request {
            is_post: true,
            origin: Some("http://127.0.0.1:1"),
            cookie: Some("a=b; sourcewise_desk_1=secret"),
            content_type: Some("application/json; charset=utf-8"),
            fetch_site: Some("same-origin"),
            ..get()
        }
    }

    #[test]
    fn the_token_becomes_a_cookie_that_scripts_and_other_sites_cannot_use() {
        let Access::FirstVisit { cookie } =
            session().check(&Request { query: Some("token=secret"), ..get() })
        else {
            panic!("the token is right");
        };
        assert_eq!(cookie, "sourcewise_desk_1=secret; Path=/desk/; HttpOnly; SameSite=Strict");
        let with_cookie = Request { cookie: Some("sourcewise_desk_1=secret"), ..get() };
        assert_eq!(session().check(&with_cookie), Access::Granted);
    }

    #[test]
    fn requests_without_the_token_are_denied() {
        for request in [
            get(),
            Request { query: Some("token=secre"), ..get() },
            Request { query: Some("token="), ..get() },
            Request { cookie: Some("sourcewise_desk_1="), ..get() },
            Request { cookie: Some("sourcewise_desk_2=secret"), ..get() },
            Request { cookie: None, query: Some("token=secret"), ..post() },
        ] {
            assert!(matches!(session().check(&request), Access::Denied(_)), "{request:?}");
        }
    }

    #[test]
    fn requests_of_other_sites_are_denied() {
        assert_eq!(session().check(&post()), Access::Granted);
        for request in [
            Request { origin: None, ..post() },
            Request { origin: Some("null"), ..post() },
            Request { origin: Some("http://evil.example"), ..post() },
            Request { origin: Some("https://127.0.0.1:1"), ..post() },
            Request { origin: Some("http://127.0.0.1:2"), ..post() },
            Request { fetch_site: Some("cross-site"), ..post() },
            Request { fetch_site: Some("same-site"), ..post() },
            Request { content_type: Some("text/plain"), ..post() },
            Request { content_type: Some("application/x-www-form-urlencoded"), ..post() },
            Request { content_type: None, ..post() },
            Request { fetch_site: Some("cross-site"), query: Some("token=secret"), ..get() },
        ] {
            assert!(matches!(session().check(&request), Access::Denied(_)), "{request:?}");
        }
    }

    #[test]
    fn every_start_has_another_token() {
        let tokens =
            [Session::start(1), Session::start(1)].map(|session| session.expect("random numbers").query());
        assert_ne!(tokens[0], tokens[1]);
        assert_eq!(tokens[0].len(), "token=".len() + 2 * TOKEN_BYTES);
    }
}
