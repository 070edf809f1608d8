//! The possible results of checking a link to another site, and for how long each is cached.

use serde::{Deserialize, Serialize};

/// What a check found out about a linked page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "lowercase")]
pub(super) enum LinkStatus {
    Fine,
    Moved {
        to: String,
    },
    /// The host answers 404 or 410.
    Gone {
        status: u16,
    },
    /// The host answers with another status from 400 to 499, or an unknown one. It may still answer browsers.
    Forbidden {
        status: u16,
    },
    /// The address is invalid, its host doesn't answer or reports a failure, or redirects are too many or have no
    /// target.
    Unreachable {
        reason: String,
    },
}

impl LinkStatus {
    /// Converts the HTTP status of the last response, after all redirects.
    pub(super) fn from_http_status(status: u16) -> Self {
        match status {
            200..=299 => Self::Fine,
            404 | 410 => Self::Gone { status },
            300..=399 => Self::Unreachable {
                reason: format!("its site says that it has moved, but not where to (status {status})"),
            },
            100..=199 | 500..=599 => {
                Self::Unreachable { reason: format!("its site reports an error (status {status})") }
            }
            _ => Self::Forbidden { status },
        }
    }

    /// Returns for how many days the status is cached. It is 0 for failures that may be temporary, which aren't cached.
    pub(super) fn cache_days(&self) -> u64 {
        match self {
            Self::Fine | Self::Moved { .. } => 7,
            Self::Gone { .. } | Self::Forbidden { .. } => 1,
            Self::Unreachable { .. } => 0,
        }
    }
}
