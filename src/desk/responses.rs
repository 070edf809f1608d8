//! The desk's HTTP responses: status, headers and body of replies, failures and refusals.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::PATH;
use super::replies::{Failure, FailureKind};
use super::session::Request;

/// The content security policy of the desk's pages. Documents are shown as text, so nothing of theirs runs anyway.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// A response, which `serve` sends.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub media_type: &'static str,
    pub body: Vec<u8>,
    /// Headers besides the content type: name and value.
    pub headers: Vec<(&'static str, String)>,
}

pub(super) fn body<T: DeserializeOwned>(request: &Request<'_>) -> Result<T, Failure> {
    serde_json::from_slice(request.body).map_err(|error| {
        Failure::new(
            FailureKind::Invalid,
            format!("the request is not understood: {error}"),
            "reload the page",
        )
    })
}

pub(super) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings and numbers serialize to JSON")
}

pub(super) fn failed(failure: &Failure) -> Response {
    #[derive(Serialize)]
    struct Body<'a> {
        error: &'a Failure,
    }
    response(failure.status(), "application/json; charset=utf-8", to_json(&Body { error: failure }))
}

pub(super) fn response(status: u16, media_type: &'static str, body: Vec<u8>) -> Response {
    let headers =
        vec![("content-security-policy", POLICY.to_owned()), ("referrer-policy", "no-referrer".to_owned())];
    Response { status, media_type, body, headers }
}

/// Sets the cookie and leads to the address without the token, so that the token isn't left in the browser's history.
pub(super) fn first_visit(path: &str, cookie: String) -> Response {
    let mut response = response(303, "text/plain; charset=utf-8", Vec::new());
    // Keeps only a path of the reader without special characters. Everything else leads to the desk's first page.
    let target = if path.starts_with("read/")
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
    {
        format!("/{PATH}/{path}")
    } else {
        format!("/{PATH}/")
    };
    response.headers.push(("location", target));
    response.headers.push(("set-cookie", cookie));
    response
}

pub(super) fn denied(path: &str, reason: &str) -> Response {
    if path.starts_with("api/") {
        let help = "open the address that `sourcewise desk` printed";
        return failed(&Failure::new(FailureKind::Forbidden, reason, help));
    }
    let text =
        format!("The desk can't be opened: {reason}.\nOpen the address that `sourcewise desk` printed.\n");
    response(403, "text/plain; charset=utf-8", text.into_bytes())
}
