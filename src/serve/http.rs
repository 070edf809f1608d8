//! Connections: one request each, on a thread of its own, over HTTP/1.1 (RFC 9112). `answer` decides what is sent.
//!
//! A preview for one author needs neither connections that are used twice nor an asynchronous runtime: on loopback another
//! connection costs less than a millisecond.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::answer::{Answer, Hosts, answer, plain};
use super::published::Published;

/// How many connections are open at once. The next ones wait until the system gives them up.
const MAX_CONNECTIONS: usize = 512;
/// How long a client may take to send the head of a request, and how long a write may wait for it.
const CLIENT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait for a client to close after the response.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(500);
const MAX_HEAD_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;
/// How much is read of what follows the head of a request. No request that is answered has a body.
const MAX_IGNORED_BYTES: u64 = 1 << 20;
/// How often a browser that listens for changes hears that the connection still holds.
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// How long to wait where there is no connection to be had.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// How a stream of events begins. If the connection breaks, the browser asks again after half a second.
const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\
    cache-control: no-store\r\n\r\nretry: 500\n";

struct Shared {
    hosts: Hosts,
    state: Arc<Published>,
}

/// Answers requests for as long as the program runs.
pub(super) fn serve(listener: &TcpListener, hosts: Hosts, state: Arc<Published>) -> ! {
    let shared = Arc::new(Shared { hosts, state });
    loop {
        // Every connection holds one more reference.
        if Arc::strong_count(&shared) > MAX_CONNECTIONS {
            thread::sleep(RETRY_PAUSE);
            continue;
        }
        let shared = shared.clone();
        let answering = listener.accept().and_then(|(stream, _)| {
            // An error of one connection is the client's: it has closed it, or been too slow.
            thread::Builder::new().spawn(move || drop(respond(&stream, &shared)))
        });
        if answering.is_err() {
            // Too many files or threads are open, or the client has gone again.
            thread::sleep(RETRY_PAUSE);
        }
    }
}

/// Reads a request and answers it.
fn respond(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(CLIENT_TIMEOUT))?;
    let request = match read_head(stream)? {
        Ok(request) => request,
        Err(status) => return send(stream, &plain(status, "This is no request for a file.\n"), false),
    };
    match answer(&shared.state.now(), &shared.hosts, &request) {
        Answer::Now(response) => send(stream, &response, request.method() == Method::HEAD),
        Answer::Events => send_events(stream, &shared.state),
    }
}

/// Reads the head of a request. The inner error is the status to refuse it with.
fn read_head(mut stream: &TcpStream) -> io::Result<Result<Request<()>, StatusCode>> {
    let deadline = Instant::now() + CLIENT_TIMEOUT;
    let (mut head, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        // With no time left this is an error.
        stream.set_read_timeout(Some(deadline.saturating_duration_since(Instant::now())))?;
        match stream.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => head.extend_from_slice(&piece[..length]),
        }
        match parse_head(&head) {
            Ok(None) if head.len() > MAX_HEAD_BYTES => {
                return Ok(Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
            }
            Ok(None) => {}
            Ok(Some(request)) => return Ok(Ok(request)),
            Err(status) => return Ok(Err(status)),
        }
    }
}

/// Parses the head of a request. `None` while it is not complete.
fn parse_head(bytes: &[u8]) -> Result<Option<Request<()>>, StatusCode> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    match head.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
        Err(_) => return Err(StatusCode::BAD_REQUEST),
    }
    let request =
        Request::builder().method(head.method.unwrap_or_default()).uri(head.path.unwrap_or_default());
    let request =
        head.headers.iter().fold(request, |request, header| request.header(header.name, header.value));
    request.body(()).map(Some).map_err(|_| StatusCode::BAD_REQUEST)
}

/// Sends a response, and waits until the client has closed: one that still sends would not read it otherwise.
fn send(mut stream: &TcpStream, response: &Response<Bytes>, is_head: bool) -> io::Result<()> {
    let body = response.body();
    let mut message = head(response);
    write!(message, "content-length: {}\r\n\r\n", body.len())?;
    if !is_head {
        message.extend_from_slice(body);
    }
    stream.write_all(&message)?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(CLOSE_TIMEOUT))?;
    io::copy(&mut stream.take(MAX_IGNORED_BYTES), &mut io::sink()).map(drop)
}

/// Sends server-sent events (HTML, “Server-sent events”): the state now, and then every change, until the client closes.
fn send_events(mut stream: &TcpStream, state: &Published) -> io::Result<()> {
    let (mut revision, now) = state.latest();
    let mut message = format!("{EVENTS_HEAD}{}", now.event());
    loop {
        stream.write_all(message.as_bytes())?;
        message = match state.next(revision, KEEPALIVE_INTERVAL) {
            Some((next, now)) => {
                revision = next;
                now.event()
            }
            None => ":\n\n".to_owned(),
        };
    }
}

/// The status line and headers of a response, without the empty line that ends them.
fn head(response: &Response<Bytes>) -> Vec<u8> {
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
        assert!(parse_head(&whole[..whole.len() - 1]).expect("it may go on").is_none());
        let request = parse_head(whole).expect("it is well formed").expect("it is complete");
        assert_eq!((request.method(), request.uri().path()), (&Method::GET, "/a"));
        assert_eq!(request.headers()["host"], "localhost");
    }

    #[test]
    fn heads_that_are_none_are_refused() {
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
        let head = head(&plain(StatusCode::NOT_FOUND, "No.\n"));
        let text = String::from_utf8(head).expect("it is ASCII");
        assert!(text.starts_with("HTTP/1.1 404 Not Found\r\nconnection: close\r\n"), "{text}");
        assert!(text.ends_with("\r\n") && text.contains("\r\ncache-control: no-store\r\n"), "{text}");
    }
}
