//! HTTP/1.1 connections (RFC 9112): one request per connection, each on its own thread. `routes` creates the responses.
//!
//! A preview, which has one reader, needs neither persistent connections nor an asynchronous runtime: on loopback, a
//! new connection takes less than a millisecond.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{Method, Request, Response, StatusCode};

use super::desk_requests::{desk_path, desk_response};
use super::routes::{AllowedHosts, Reply, refuse_host, route, text_response};
use super::shared_state::SharedState;
use crate::desk::Desk;

/// At most this many connections are open at once. Further connections wait in the system's backlog.
const MAX_CONNECTIONS: usize = 512;
/// How long a client may take to send the head of a request, how long to send its body, and how long a write may block.
const MAX_CLIENT_WAIT: Duration = Duration::from_secs(10);
/// How long to wait, after the response, for the client to close the connection.
const MAX_CLOSE_WAIT: Duration = Duration::from_millis(500);
const MAX_HEAD_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;
/// The longest body of a request to the desk.
const MAX_BODY_BYTES: usize = 1 << 20;
/// After a response, at most this many bytes of the request's body are read and ignored.
const MAX_IGNORED_BYTES: u64 = 1 << 20;
/// An event stream that is silent for this long gets a comment, so that the connection isn't closed as idle.
const MAX_STREAM_SILENCE: Duration = Duration::from_secs(15);
/// After a failure, or at [`MAX_CONNECTIONS`], the server waits for this long before it accepts another connection.
const ACCEPT_PAUSE_MS: u64 = 20;
/// The head of a request is read in chunks of this size.
const CHUNK_BYTES: usize = 4096;

/// The start of an event stream. If the connection breaks, the browser reconnects after half a second.
const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\
    cache-control: no-store\r\n\r\nretry: 500\n";

/// A request without its body, and the start of the body, as far as it was read.
type RequestHead = (Request<()>, Vec<u8>);

struct ServerContext {
    hosts: AllowedHosts,
    state: Arc<SharedState>,
    /// `None` if only the site is served.
    desk: Option<Arc<Desk>>,
}

/// Accepts connections and answers their requests until the program ends.
pub(super) fn serve(
    listener: &TcpListener,
    hosts: AllowedHosts,
    state: Arc<SharedState>,
    desk: Option<Arc<Desk>>,
) -> ! {
    let context = Arc::new(ServerContext { hosts, state, desk });
    loop {
        // The thread of each open connection has a reference.
        if Arc::strong_count(&context) > MAX_CONNECTIONS {
            thread::sleep(Duration::from_millis(ACCEPT_PAUSE_MS));
            continue;
        }
        let context = context.clone();
        let accepted = listener.accept().and_then(|(stream, _)| {
            // Ignore connection errors: the client has closed the connection or was too slow.
            thread::Builder::new().spawn(move || drop(respond(&stream, &context)))
        });
        if accepted.is_err() {
            // Too many open files or threads, or the client has disconnected.
            thread::sleep(Duration::from_millis(ACCEPT_PAUSE_MS));
        }
    }
}

/// Reads a request and answers it.
fn respond(stream: &TcpStream, context: &ServerContext) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(MAX_CLIENT_WAIT))?;
    let (request, body_start) = match read_head(stream)? {
        Ok(read) => read,
        Err(status) => return send(stream, &text_response(status, "The request is not valid.\n"), false),
    };
    if let Some(refused) = refuse_host(&context.hosts, &request) {
        return send(stream, &refused, request.method() == Method::HEAD);
    }
    if let Some(desk) = &context.desk
        && let Some(path) = desk_path(&request)
    {
        let response = match read_body(stream, &request, body_start)? {
            Ok(body) => desk_response(desk, &request, &path, &body),
            Err(status) => text_response(status, "The request's body is too long, or has no length.\n"),
        };
        return send(stream, &response, request.method() == Method::HEAD);
    }
    match route(&context.state.current(), &request) {
        Reply::Response(response) => send(stream, &response, request.method() == Method::HEAD),
        Reply::EventStream => send_events(stream, &context.state),
    }
}

/// Reads the head of a request. The inner error is the status with which an invalid request is refused.
fn read_head(mut stream: &TcpStream) -> io::Result<Result<RequestHead, StatusCode>> {
    let deadline = Instant::now() + MAX_CLIENT_WAIT;
    let (mut head, mut buffer) = (Vec::new(), [0; CHUNK_BYTES]);
    loop {
        // If no time is left, the timeout is zero, which is an error and ends the connection.
        stream.set_read_timeout(Some(deadline.saturating_duration_since(Instant::now())))?;
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => head.extend_from_slice(&buffer[..length]),
        }
        match parse_head(&head) {
            Ok(None) if head.len() > MAX_HEAD_BYTES => {
                return Ok(Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
            }
            Ok(None) => {}
            Ok(Some((request, length))) => return Ok(Ok((request, head.split_off(length)))),
            Err(status) => return Ok(Err(status)),
        }
    }
}

/// Reads the body of a request, of which `body` is the start, already read. Its length is in `Content-Length`; without
/// that header, it is 0. The inner error is the status with which the request is refused: if the body is too long, or
/// has a `Transfer-Encoding`, which browsers don't send, or if the length is repeated or not a number.
fn read_body(
    mut stream: &TcpStream,
    request: &Request<()>,
    mut body: Vec<u8>,
) -> io::Result<Result<Vec<u8>, StatusCode>> {
    if request.headers().contains_key(TRANSFER_ENCODING) {
        return Ok(Err(StatusCode::LENGTH_REQUIRED));
    }
    let mut lengths = request.headers().get_all(CONTENT_LENGTH).iter();
    let length = match (lengths.next(), lengths.next()) {
        (None, _) => Some(0),
        // Only digits: `parse` would take a sign, too.
        (Some(length), None) if length.as_bytes().iter().all(u8::is_ascii_digit) => {
            length.to_str().ok().and_then(|length| length.parse().ok())
        }
        _ => return Ok(Err(StatusCode::BAD_REQUEST)),
    };
    let Some(length) = length.filter(|length: &usize| *length <= MAX_BODY_BYTES) else {
        return Ok(Err(StatusCode::PAYLOAD_TOO_LARGE));
    };
    let deadline = Instant::now() + MAX_CLIENT_WAIT;
    let mut buffer = [0; CHUNK_BYTES];
    while body.len() < length {
        stream.set_read_timeout(Some(deadline.saturating_duration_since(Instant::now())))?;
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => body.extend_from_slice(&buffer[..read]),
        }
    }
    body.truncate(length);
    Ok(Ok(body))
}

/// Parses the head of a request, and returns it with its length in bytes. `None` if it isn't complete yet.
fn parse_head(bytes: &[u8]) -> Result<Option<(Request<()>, usize)>, StatusCode> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
        Err(_) => return Err(StatusCode::BAD_REQUEST),
    };
    let request =
        Request::builder().method(head.method.unwrap_or_default()).uri(head.path.unwrap_or_default());
    let request =
        head.headers.iter().fold(request, |request, header| request.header(header.name, header.value));
    request.body(()).map(|request| Some((request, length))).map_err(|_| StatusCode::BAD_REQUEST)
}

/// Sends a response, for a HEAD request without its body. Then waits until the client closes the connection, within
/// [`MAX_CLOSE_WAIT`] and [`MAX_IGNORED_BYTES`]: if the server closed it at once, a client that still sends could lose
/// the response.
fn send(mut stream: &TcpStream, response: &Response<Bytes>, is_head: bool) -> io::Result<()> {
    let body = response.body();
    let mut message = format_head(response);
    write!(message, "content-length: {}\r\n\r\n", body.len())?;
    if !is_head {
        message.extend_from_slice(body);
    }
    stream.write_all(&message)?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(MAX_CLOSE_WAIT))?;
    io::copy(&mut stream.take(MAX_IGNORED_BYTES), &mut io::sink()).map(drop)
}

/// Sends server-sent events (HTML Standard, section 9.2): the current state and then every change, until the client
/// closes.
fn send_events(mut stream: &TcpStream, state: &SharedState) -> io::Result<()> {
    let (mut revision, now) = state.latest();
    let mut message = format!("{EVENTS_HEAD}{}", now.event());
    loop {
        stream.write_all(message.as_bytes())?;
        message = match state.next(revision, MAX_STREAM_SILENCE) {
            Some((next, now)) => {
                revision = next;
                now.event()
            }
            None => ":\n\n".to_owned(),
        };
    }
}

/// Formats the status line and headers of a response, without the empty line that ends them.
fn format_head(response: &Response<Bytes>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", response.status()).into_bytes();
    for (name, value) in response.headers() {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_parsed_when_they_are_complete() {
        let whole = b"GET /a?b HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assert!(parse_head(&whole[..whole.len() - 1]).expect("an incomplete head is no error").is_none());
        let (request, length) = parse_head(whole).expect("the head is valid").expect("the head is complete");
        assert_eq!(length, whole.len());
        assert_eq!((request.method(), request.uri().path()), (&Method::GET, "/a"));
        assert_eq!(request.headers()["host"], "localhost");
    }

    #[test]
    fn invalid_heads_are_refused() {
        for bad in
            ["GET\r\n\r\n", "GET / HTTP/9\r\n\r\n", "\u{16}\u{3}\u{1}\0", "GET / HTTP/1.1\r\nA b\r\n\r\n"]
        {
            assert_eq!(parse_head(bad.as_bytes()).err(), Some(StatusCode::BAD_REQUEST), "{bad:?}");
        }
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: a\r\n".repeat(MAX_HEADERS + 1));
        assert_eq!(parse_head(many.as_bytes()).err(), Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    }

    #[test]
    fn a_response_is_written_as_http() {
        let head = format_head(&text_response(StatusCode::NOT_FOUND, "No.\n"));
        let text = String::from_utf8(head).expect("the head is ASCII");
        assert!(text.starts_with("HTTP/1.1 404 Not Found\r\nconnection: close\r\n"), "{text}");
        assert!(text.ends_with("\r\n") && text.contains("\r\ncache-control: no-store\r\n"), "{text}");
    }
}
