//! Requests an address with HEAD, repeats the request with GET if that may help, and follows redirects.

use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sourcewise_documents::url::{host_and_port, resolve};
use ureq::http::header::{HeaderMap, LOCATION, RETRY_AFTER};
use ureq::{Agent, Error};

use super::link_status::LinkStatus;
use super::rate_limiter::RateLimiter;

/// A link that redirects more often is reported as unreachable.
const MAX_REDIRECTS: usize = 5;
/// If a host asks for a longer wait in `Retry-After`, the request isn't repeated.
const MAX_RETRY_WAIT: Duration = Duration::from_secs(10);
/// ASCII characters that aren't allowed in an address, and must be percent-encoded. Characters outside ASCII are always
/// encoded.
const ESCAPED: &AsciiSet = &CONTROLS
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
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), " (checks links)");

/// Requests linked addresses, within the time limits and the rate limit.
pub(super) struct LinkChecker {
    agent: Agent,
    rate_limiter: RateLimiter,
    request_timeout: Duration,
    /// The time at which running requests are cut off. No request starts after it.
    deadline: Instant,
}

/// The relevant parts of a response.
struct LinkResponse {
    status: u16,
    /// The address that the response redirects to; may be relative.
    location: Option<String>,
    retry_after: Option<Duration>,
}

struct RequestError {
    reason: String,
    /// Whether a second request may succeed.
    is_temporary: bool,
}

impl LinkChecker {
    pub(super) fn new(request_timeout: Duration, deadline: Instant) -> Self {
        // Connections aren't reused, because opening one takes less time than the pause between requests to a host.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .user_agent(USER_AGENT)
            .build();
        Self { agent: config.into(), rate_limiter: RateLimiter::default(), request_timeout, deadline }
    }

    /// Requests an address, follows its redirects, and returns the status of the last page. If that page is fine and
    /// the first redirect was permanent, the status is `Moved`, with the address that the permanent redirects lead to
    /// before the first temporary one. `None` if the deadline has passed.
    pub(super) fn check(&self, address: &str) -> Option<LinkStatus> {
        let mut here = encoded(address);
        // Whether all redirects so far are permanent.
        let (mut is_permanent, mut moved) = (true, None);
        for _ in 0..=MAX_REDIRECTS {
            let response = match self.request_with_retry(&here)? {
                Ok(response) => response,
                Err(error) => return Some(LinkStatus::Unreachable { reason: error.reason }),
            };
            let Some(location) = response.location.filter(|_| (300..=399).contains(&response.status)) else {
                let status = LinkStatus::from_http_status(response.status);
                return Some(match moved {
                    Some(to) if status == LinkStatus::Fine => LinkStatus::Moved { to },
                    _ => status,
                });
            };
            here = encoded(&resolve(&here, &location));
            is_permanent &= matches!(response.status, 301 | 308);
            if is_permanent {
                moved = Some(here.clone());
            }
        }
        Some(LinkStatus::Unreachable { reason: format!("it redirects more than {MAX_REDIRECTS} times") })
    }

    /// Requests an address with HEAD. Repeats the request with GET if the status is 400 or more, and once if an error
    /// may be temporary. A status 429 or 503 with `Retry-After` delays all further requests to the host instead, and
    /// this one is repeated once if the wait is at most [`MAX_RETRY_WAIT`]. `None` if the deadline has passed.
    fn request_with_retry(&self, address: &str) -> Option<Result<LinkResponse, RequestError>> {
        let (mut use_head, mut tried, mut waited) = (true, false, false);
        loop {
            let result = self.request(address, use_head)?;
            let retry = match &result {
                Ok(LinkResponse { status: 429 | 503, retry_after: Some(wait), .. }) => {
                    self.rate_limiter.postpone(&host_and_port(address), *wait);
                    *wait <= MAX_RETRY_WAIT && !std::mem::replace(&mut waited, true)
                }
                Ok(response) => response.status >= 400 && use_head,
                Err(error) => error.is_temporary && !std::mem::replace(&mut tried, true),
            };
            if !retry {
                return Some(result);
            }
            use_head = false;
        }
    }

    fn request(&self, address: &str, use_head: bool) -> Option<Result<LinkResponse, RequestError>> {
        let result = self.rate_limiter.run_in_turn(&host_and_port(address), self.deadline, || {
            let limit = self.request_timeout.min(self.deadline.saturating_duration_since(Instant::now()));
            let request = if use_head { self.agent.head(address) } else { self.agent.get(address) };
            // The response's body is not read, because only its status and headers are needed.
            request.config().timeout_global(Some(limit)).build().call().map(|response| {
                let headers = response.headers();
                let location = header(headers, LOCATION).map(str::to_owned);
                let seconds = header(headers, RETRY_AFTER).and_then(|value| value.parse().ok());
                let retry_after = seconds.map(Duration::from_secs);
                LinkResponse { status: response.status().as_u16(), location, retry_after }
            })
        })?;
        match result {
            // The deadline for all requests was reached.
            Err(Error::Timeout(_)) if Instant::now() >= self.deadline => None,
            result => Some(result.map_err(|error| self.request_error(&error))),
        }
    }

    fn request_error(&self, error: &Error) -> RequestError {
        let (reason, is_temporary) = match error {
            Error::HostNotFound => ("the host does not exist".to_owned(), false),
            Error::Timeout(_) => (format!("no answer within {} s", self.request_timeout.as_secs()), false),
            Error::BadUri(_) | Error::Http(_) => ("the address is not valid".to_owned(), false),
            Error::Rustls(error) => (format!("no secure connection: {error}"), false),
            Error::Io(error) => (format!("no connection: {error}"), true),
            other => (other.to_string(), true),
        };
        RequestError { reason, is_temporary }
    }
}

fn header(headers: &HeaderMap, name: ureq::http::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Percent-encodes the characters that an address can't have, and removes its fragment.
fn encoded(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    utf8_percent_encode(address, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_as_ascii() {
        assert_eq!(encoded("https://mill.example/ä b?c|d#e"), "https://mill.example/%C3%A4%20b?c%7Cd");
    }
}
