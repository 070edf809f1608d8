//! A tiny web server on loopback that plays all that the web may answer, and remembers what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// How a server's address is written in case files: as long as any.
pub(crate) const PLACEHOLDER: &str = "127.0.0.1:00000";

/// A server. It ends when it goes.
pub(crate) struct Server {
    address: String,
    seen: Arc<Seen>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    ended: AtomicBool,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    /// How often for each method and path.
    requests: BTreeMap<String, usize>,
    open: usize,
    most_open: usize,
}

impl Server {
    /// Begins to listen.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it listens").to_string();
        let seen = Arc::new(Seen::default());
        let shared = seen.clone();
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.ended.load(Ordering::SeqCst) {
                    return;
                }
                let shared = shared.clone();
                thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { address, seen, thread: Some(thread) }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// A link to a path.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// What it was asked so far: `HEAD /fine`, and how often.
    pub(crate) fn requests(&self) -> BTreeMap<String, usize> {
        self.seen.asked.lock().expect("no thread has panicked").requests.clone()
    }

    /// How many connections were open at one time.
    pub(crate) fn most_open(&self) -> usize {
        self.seen.asked.lock().expect("no thread has panicked").most_open
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.seen.ended.store(true, Ordering::SeqCst);
        // It waits for a connection: the last one it gets.
        drop(TcpStream::connect(&self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An address where nobody listens.
pub(crate) fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    format!("http://{}/closed", listener.local_addr().expect("it listens"))
}

fn serve(mut stream: &TcpStream, seen: &Seen) {
    {
        let mut asked = seen.asked.lock().expect("no thread has panicked");
        asked.open += 1;
        asked.most_open = asked.most_open.max(asked.open);
    }
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _ = lines.find(String::is_empty);
    if let Some((request, _)) = first.rsplit_once(' ') {
        let times = {
            let mut asked = seen.asked.lock().expect("no thread has panicked");
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            *asked.requests.entry(request.to_owned()).or_default() += 1;
            let of_path = asked.requests.iter().filter(|(known, _)| known.ends_with(&path));
            of_path.map(|(_, count)| count).sum()
        };
        if request.ends_with("/slow") {
            // No answer: the client hangs up in the end.
            let _ = stream.read(&mut [0]);
        } else {
            let reply = reply(request, times);
            let answer = format!("HTTP/1.1 {reply}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes());
        }
    }
    seen.asked.lock().expect("no thread has panicked").open -= 1;
}

/// What is answered to a request, when it is made for the so-manyth time: status, and headers.
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
