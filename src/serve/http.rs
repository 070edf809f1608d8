//! Connections: HTTP/1.1 on one thread, with limits, so that no number of slow or broken clients keeps the next one from
//! being answered. What is answered, `answer` knows.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::channel::{Channel, Sender};
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::{AbortHandle, yield_now};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{Answer, Hosts, State, answer, file, plain};
use super::site::Site;
use crate::sync::locked;

/// How many connections are open at once. For one more, the oldest is closed: a browser that still wants it comes again.
const CONNECTIONS: usize = 512;
/// How long every connection may stay, whoever else comes: enough to be answered.
const GRACE: Duration = Duration::from_millis(20);
/// How long a client may take to send the head of a request, or to send another one.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How large the head of a request may be, in bytes, and how many headers it may have.
const HEAD_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;
/// How often a browser that listens hears that the connection still holds.
const BEAT: Duration = Duration::from_secs(15);
/// How many connections may wait to be taken. What comes beyond that would be asked again by its system only after a second.
const WAITING: u32 = 4096;
/// How long to wait when the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(20);

type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// What every connection needs.
#[derive(Clone)]
struct Shared {
    hosts: Arc<Hosts>,
    state: watch::Receiver<State>,
}

/// Makes what [`serve`] runs on.
///
/// # Errors
/// If the system has none to give.
pub(super) fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Listens on the first of some addresses that can be had.
///
/// # Errors
/// What the system said of the last one.
pub(super) fn listen(runtime: &Runtime, addresses: &[SocketAddr]) -> io::Result<TcpListener> {
    let _inside = runtime.enter();
    let mut result = Err(io::ErrorKind::AddrNotAvailable.into());
    for address in addresses {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A port of which the last connections are still being closed is free. (Elsewhere this would let two have it.)
        socket.set_reuseaddr(cfg!(unix))?;
        result = socket.bind(*address).and_then(|()| socket.listen(WAITING));
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Answers requests for as long as the program runs.
pub(super) fn serve(
    runtime: &Runtime,
    listener: &TcpListener,
    hosts: Hosts,
    state: watch::Receiver<State>,
) -> Infallible {
    let shared = Shared { hosts: Arc::new(hosts), state };
    runtime.block_on(async {
        let open = Arc::new(Mutex::new(BTreeMap::new()));
        let mut number = 0_u64;
        loop {
            let stream = loop {
                match listener.accept().await {
                    Ok((stream, _)) => break stream,
                    // Too many files are open, or the client is gone again: neither is for ever.
                    Err(_) => sleep(PAUSE).await,
                }
            };
            make_room(&open).await;
            let (closed, shared) = (open.clone(), shared.clone());
            let task = tokio::spawn(async move {
                connection(stream, shared).await;
                locked(&closed).remove(&number);
            });
            // The task runs no sooner than this one waits again, on the one thread there is.
            locked(&open).insert(number, (task.abort_handle(), Instant::now()));
            number += 1;
            // Who was taken is answered before more are.
            yield_now().await;
        }
    })
}

/// The connections that are open, in the order in which they came, and when that was.
type Open = BTreeMap<u64, (AbortHandle, Instant)>;

/// Waits until there is room for one more connection, and closes the oldest one for it if need be.
async fn make_room(open: &Mutex<Open>) {
    loop {
        let age = {
            let mut open = locked(open);
            if open.len() < CONNECTIONS {
                return;
            }
            let Some(oldest) = open.first_entry() else { return };
            let age = oldest.get().1.elapsed();
            if age >= GRACE {
                oldest.remove().0.abort();
                return;
            }
            age
        };
        sleep(GRACE.saturating_sub(age)).await;
    }
}

async fn connection(stream: TcpStream, shared: Shared) {
    // A preview answers in small pieces; that they wait for one another is only a delay, so this may fail.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(request, shared.clone()));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    // How a client ends is its own affair.
    let _ = served.await;
}

async fn respond(request: Request<Incoming>, shared: Shared) -> Result<Response<Body>, Infallible> {
    let now = shared.state.borrow().clone();
    let answer = answer(&now, &shared.hosts, request.method(), request.uri(), request.headers());
    Ok(match answer {
        Answer::Now(response) => response.map(|bytes| Either::Left(Full::new(bytes))),
        Answer::Card(site, path) => card(&now, site, path).await.map(|bytes| Either::Left(Full::new(bytes))),
        Answer::Events => events(shared.state),
    })
}

/// Draws a card, beside the thread that answers.
async fn card(state: &State, site: Arc<Site>, path: String) -> Response<Bytes> {
    let (from, name) = (site.clone(), path.clone());
    let drawn = tokio::task::spawn_blocking(move || from.card(&name)).await;
    match drawn {
        Ok(Some(Ok(bytes))) => file(state, &site, StatusCode::OK, &path, bytes),
        Ok(Some(Err(reason))) => plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{path}: {reason}\n")),
        Ok(None) => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{path} can't be drawn\n")),
    }
}

/// Server-sent events (HTML, “Server-sent events”): what there is now, and then every change.
fn events(state: watch::Receiver<State>) -> Response<Body> {
    let (sender, body) = Channel::new(1);
    tokio::spawn(tell(sender, state));
    let mut response = Response::new(Either::Right(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn tell(mut sender: Sender<Bytes, Infallible>, mut state: watch::Receiver<State>) {
    // If the connection breaks, the browser asks again after half a second.
    let mut next = format!("retry: 500\n{}", state.borrow_and_update().event());
    while sender.send_data(Bytes::from(next)).await.is_ok() {
        next = match timeout(BEAT, state.changed()).await {
            Ok(Ok(())) => state.borrow_and_update().event(),
            Ok(Err(_)) => return,
            Err(_) => ":\n\n".to_owned(),
        };
    }
}
