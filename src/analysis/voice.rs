//! How a source says what it says: as its own, or in somebody's name, or with reserve.

/// How a source says a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// States it as fact.
    #[default]
    Own,
    /// Somebody told it.
    Attributed,
    /// Reportedly, may.
    Hedged,
    /// Will, is expected to.
    Forecast,
}

impl Voice {
    /// All voices.
    pub const ALL: [Self; 4] = [Self::Own, Self::Attributed, Self::Hedged, Self::Forecast];

    /// As it is written in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Attributed => "attributed",
            Self::Hedged => "hedged",
            Self::Forecast => "forecast",
        }
    }
}
