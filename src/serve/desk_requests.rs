//! Passes requests to the desk, and converts its responses.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HOST, HeaderName, HeaderValue, ORIGIN};
use http::{Method, Request, Response, StatusCode};
use sourcewise_documents::url::percent_decoded;

use super::routes::{redirect_to_folder, respond_with, text_response};
use crate::desk::{self, Desk};

/// Returns the requested path below `/desk/`, percent-decoded; empty for `/desk` and `/desk/`. `None` if the request
/// isn't for the desk.
pub(super) fn desk_path(request: &Request<()>) -> Option<String> {
    let path = percent_decoded(request.uri().path().strip_prefix('/')?)?;
    let below = path.strip_prefix(desk::PATH)?;
    (below.is_empty() || below.starts_with('/')).then(|| below.trim_start_matches('/').to_owned())
}

pub(super) fn desk_response(desk: &Desk, request: &Request<()>, path: &str, body: &[u8]) -> Response<Bytes> {
    let is_post = request.method() == Method::POST;
    if !is_post && request.method() != Method::GET && request.method() != Method::HEAD {
        return text_response(StatusCode::METHOD_NOT_ALLOWED, "Only GET, HEAD and POST are allowed.\n");
    }
    if request.uri().path().ends_with(desk::PATH) && request.uri().query().is_none() && path.is_empty() {
        return redirect_to_folder(request.uri().path());
    }
    let header = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_repeated = |name: &HeaderName| request.headers().get_all(name).iter().nth(1).is_some();
    if [COOKIE, ORIGIN, CONTENT_TYPE].iter().any(is_repeated) {
        return text_response(StatusCode::BAD_REQUEST, "The request has a header twice.\n");
    }
    let reply = desk.respond(&desk::Request {
        is_post,
        path,
        query: request.uri().query(),
        host: header(&HOST).unwrap_or_default(),
        cookie: header(&COOKIE),
        origin: header(&ORIGIN),
        fetch_site: request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok()),
        content_type: header(&CONTENT_TYPE),
        body,
    });
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = respond_with(status, reply.media_type, reply.body.into());
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
