//! What the web says of an address, in the five kinds that are told apart.

use serde::{Deserialize, Serialize};

/// What came of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "lowercase")]
pub(super) enum Answer {
    /// It is there.
    Fine,
    /// It is there, under another address for good.
    Moved {
        /// The new address.
        to: String,
    },
    /// The host says that it is not there.
    Gone {
        /// What the host answered: 404 or 410.
        status: u16,
    },
    /// The host doesn't say: it answers readers, if anybody.
    Forbidden {
        /// What the host answered.
        status: u16,
    },
    /// There is no host that answers, or it is not well.
    Unreachable {
        /// What happened, for reading.
        reason: String,
    },
}

impl Answer {
    /// What an answer without a redirect means.
    pub(super) fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Self::Fine,
            404 | 410 => Self::Gone { status },
            300..=399 => Self::Unreachable {
                reason: format!("its host answers {status}, and not where it leads on to"),
            },
            100..=199 | 500..=599 => Self::Unreachable { reason: format!("its host answers {status}") },
            _ => Self::Forbidden { status },
        }
    }

    /// For how many days it need not be asked for again.
    pub(super) fn keeps_days(&self) -> u64 {
        match self {
            Self::Fine | Self::Moved { .. } => 7,
            Self::Gone { .. } | Self::Forbidden { .. } => 1,
            Self::Unreachable { .. } => 0,
        }
    }
}
