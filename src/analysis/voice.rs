//! The voice of a statement: the source's own, attributed to someone else, hedged, or a forecast.

/// The voice of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The source states it as a fact.
    #[default]
    Own,
    /// Attributes it to a person, organization or document.
    Attributed,
    /// The source expresses doubt: *reportedly*, *may*.
    Hedged,
    /// Speaks of the future: *will*, *is expected to*.
    Forecast,
}

impl Voice {
    pub const ALL: [Self; 4] = [Self::Own, Self::Attributed, Self::Hedged, Self::Forecast];

    /// The name used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Attributed => "attributed",
            Self::Hedged => "hedged",
            Self::Forecast => "forecast",
        }
    }
}
