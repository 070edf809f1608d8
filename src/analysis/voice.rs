//! The voice of a statement: the source's own, attributed to someone else, hedged, or a forecast.

/// In whose voice, and how certainly, a source makes a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The source states something as a fact. Also the voice where no rule finds another one.
    #[default]
    Own,
    /// The source attributes the statement to a person, organization or document.
    Attributed,
    /// The source expresses doubt: *reportedly*, *may*.
    Hedged,
    /// The source makes a statement about the future: *will*, *is expected to*.
    Forecast,
}

impl Voice {
    pub const ALL: [Self; 4] = [Self::Own, Self::Attributed, Self::Hedged, Self::Forecast];

    /// The name of the voice in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Attributed => "attributed",
            Self::Hedged => "hedged",
            Self::Forecast => "forecast",
        }
    }
}
