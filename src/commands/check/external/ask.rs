//! Asking for one address: by its head, else by itself; and wherever it leads on to.

use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sourcewise_documents::url::{host_and_port, resolve};
use ureq::http::header::{HeaderMap, LOCATION, RETRY_AFTER};
use ureq::{Agent, Error};

use super::answer::Answer;
use super::hosts::Hosts;

/// How often an address may lead on to another.
const REDIRECTS: usize = 5;
/// For how long a host is waited for that says when it can be asked again.
const PATIENCE: Duration = Duration::from_secs(10);
/// What has no place in an address, besides what is no ASCII.
const NO_PLACE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// What hosts are told of who asks.
const WHO: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), " (checks links)");

/// Asks the web.
pub(super) struct Asker {
    agent: Agent,
    hosts: Hosts,
    /// How long to wait for one answer.
    answer: Duration,
    /// When no more is asked.
    deadline: Instant,
}

/// What a host sends.
struct Reply {
    status: u16,
    /// Where it leads on to, as it is written there.
    location: Option<String>,
    /// When to ask again.
    retry_after: Option<Duration>,
}

/// Why there is no reply.
struct Fault {
    reason: String,
    /// Trying once more may help.
    may_pass: bool,
}

impl Asker {
    pub(super) fn new(answer: Duration, deadline: Instant) -> Self {
        // A connection is closed after each request: the pause until the next is longer than it takes to open one.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .user_agent(WHO)
            .build();
        Self { agent: config.into(), hosts: Hosts::default(), answer, deadline }
    }

    /// Asks for an address. `None` if there is no time for it.
    pub(super) fn ask(&self, address: &str) -> Option<Answer> {
        let mut here = encoded(address);
        // The way so far was for good.
        let (mut for_good, mut moved) = (true, None);
        for _ in 0..=REDIRECTS {
            let reply = match self.insist(&here)? {
                Ok(reply) => reply,
                Err(fault) => return Some(Answer::Unreachable { reason: fault.reason }),
            };
            let Some(location) = reply.location.filter(|_| (300..=399).contains(&reply.status)) else {
                let answer = Answer::of_status(reply.status);
                return Some(match moved {
                    Some(to) if answer == Answer::Fine => Answer::Moved { to },
                    _ => answer,
                });
            };
            here = encoded(&resolve(&here, &location));
            for_good &= matches!(reply.status, 301 | 308);
            if for_good {
                moved = Some(here.clone());
            }
        }
        Some(Answer::Unreachable { reason: format!("it leads on more than {REDIRECTS} times") })
    }

    /// Asks by the head, and by the page itself where that is refused or fails; once more where the host asks for
    /// patience, and not too much of it.
    fn insist(&self, address: &str) -> Option<Result<Reply, Fault>> {
        let (mut by_head, mut tried, mut waited) = (true, false, false);
        loop {
            let result = self.request(address, by_head)?;
            let again = match &result {
                Ok(Reply { status: 429 | 503, retry_after: Some(wait), .. }) => {
                    self.hosts.postpone(&host_and_port(address), *wait);
                    *wait <= PATIENCE && !std::mem::replace(&mut waited, true)
                }
                Ok(reply) => reply.status >= 400 && by_head,
                Err(fault) => fault.may_pass && !std::mem::replace(&mut tried, true),
            };
            if !again {
                return Some(result);
            }
            by_head = false;
        }
    }

    fn request(&self, address: &str, by_head: bool) -> Option<Result<Reply, Fault>> {
        let result = self.hosts.in_turn(&host_and_port(address), self.deadline, || {
            let limit = self.answer.min(self.deadline.saturating_duration_since(Instant::now()));
            let request = if by_head { self.agent.head(address) } else { self.agent.get(address) };
            // What the page says is not read.
            request.config().timeout_global(Some(limit)).build().call().map(|response| {
                let headers = response.headers();
                let location = header(headers, LOCATION).map(str::to_owned);
                let seconds = header(headers, RETRY_AFTER).and_then(|value| value.parse().ok());
                let retry_after = seconds.map(Duration::from_secs);
                Reply { status: response.status().as_u16(), location, retry_after }
            })
        })?;
        match result {
            // It was the end of all asking that cut this one short.
            Err(Error::Timeout(_)) if Instant::now() >= self.deadline => None,
            result => Some(result.map_err(|error| self.fault(&error))),
        }
    }

    fn fault(&self, error: &Error) -> Fault {
        let (reason, may_pass) = match error {
            Error::HostNotFound => ("there is no such host".to_owned(), false),
            Error::Timeout(_) => (format!("no answer within {} s", self.answer.as_secs()), false),
            Error::BadUri(_) | Error::Http(_) => ("it is no address that can be asked for".to_owned(), false),
            Error::Rustls(error) => (format!("no safe connection: {error}"), false),
            Error::Io(error) => (format!("no connection: {error}"), true),
            other => (other.to_string(), true),
        };
        Fault { reason, may_pass }
    }
}

fn header(headers: &HeaderMap, name: ureq::http::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// An address as it goes over the wire: what is no ASCII, or has no place in an address, as `%XX`; no fragment.
fn encoded(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    utf8_percent_encode(address, NO_PLACE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_in_ascii() {
        assert_eq!(encoded("https://mill.example/ä b?c|d#e"), "https://mill.example/%C3%A4%20b?c%7Cd");
    }
}
