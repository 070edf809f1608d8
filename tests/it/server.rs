//! A small web server on loopback with responses of every kind. It records the requests.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// Case files have this in place of a server's address. It is as long as a real one, so that positions in the output
/// don't change.
pub(crate) const PLACEHOLDER: &str = "127.0.0.1:00000";

/// A running server; stopped when dropped.
pub(crate) struct Server {
    address: String,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    stopped: AtomicBool,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// How often each request was made, by method and path: `HEAD /fine`.
    requests: BTreeMap<String, usize>,
    open: usize,
    max_open: usize,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("the listener has an address").to_string();
        let state = Arc::new(State::default());
        let shared = state.clone();
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let shared = shared.clone();
                thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    /// Host and port, such as `127.0.0.1:40123`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The web address of a path, which is given without the slash at its start.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Returns the requests so far, such as `HEAD /fine`, with their counts.
    pub(crate) fn requests(&self) -> BTreeMap<String, usize> {
        self.state.log.lock().expect("no thread has panicked").requests.clone()
    }

    /// Returns the maximum number of simultaneous connections.
    pub(crate) fn max_open(&self) -> usize {
        self.state.log.lock().expect("no thread has panicked").max_open
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        // A last connection wakes the listener, so that it can stop.
        drop(TcpStream::connect(&self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns an address where nothing listens.
pub(crate) fn closed_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    format!("http://{}/closed", listener.local_addr().expect("the listener has an address"))
}

fn serve(mut stream: &TcpStream, state: &State) {
    {
        let mut log = state.log.lock().expect("no thread has panicked");
        log.open += 1;
        log.max_open = log.max_open.max(log.open);
    }
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _ = lines.find(String::is_empty);
    if let Some((request, _)) = first.rsplit_once(' ') {
        let times = {
            let mut log = state.log.lock().expect("no thread has panicked");
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            *log.requests.entry(request.to_owned()).or_default() += 1;
            let of_path = log.requests.iter().filter(|(known, _)| known.ends_with(&path));
            of_path.map(|(_, count)| count).sum()
        };
        if request.ends_with("/slow") {
            // No response, until the client gives up.
            let _ = stream.read(&mut [0]);
        } else {
            let reply = reply(request, times);
            let response = format!("HTTP/1.1 {reply}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(response.as_bytes());
        }
    }
    state.log.lock().expect("no thread has panicked").open -= 1;
}

/// Returns status and headers for a request, which was made `times` times so far, including this one.
fn reply(request: &str, times: usize) -> &'static str {
    match request.split_once(" /").unwrap_or_default() {
        (_, "moved") => "301 Moved\r\nLocation: /fine",
        (_, "moved-twice") => "308 Moved\r\nLocation: moved",
        (_, "for-now") => "302 Found\r\nLocation: /fine",
        (_, "gone") => "404 Not Found",
        (_, "gone-for-good") => "410 Gone",
        (_, "forbidden") => "403 Forbidden",
        ("HEAD", "no-head") => "405 Method Not Allowed",
        (_, "ill") => "500 Internal Server Error",
        (_, "hiccup") if times == 1 => "500 Internal Server Error",
        (_, "busy") if times == 1 => "429 Too Many Requests\r\nRetry-After: 1",
        (_, "busy-for-long") => "429 Too Many Requests\r\nRetry-After: 3600",
        (_, "circle") => "302 Found\r\nLocation: /circle",
        _ => "200 OK",
    }
}
