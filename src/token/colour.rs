use serde::{Deserialize, Serialize};

/// Colour of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Colour {
    /// Low risk; 1 in a token.
    Green,
    /// Medium risk; 2 in a token.
    Yellow,
    /// High risk; 3 in a token.
    Red,
}

/// Kind of an identity document, by the numbers in use for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DocumentKind {
    /// Resident identity card (居民身份证), GB 11643; 10.
    #[default]
    IdCard,
    /// Travel permit of residents of Hong Kong and Macao; 14.
    HkMoPermit,
    /// Travel permit of residents of Taiwan; 15.
    TaiwanPermit,
    /// Passport; 20.
    Passport,
    /// Foreigner's permanent residence card; 34.
    PermanentResidence,
    /// Any other; 99.
    Other,
}

impl DocumentKind {
    const NUMBERS: [(Self, i64); 6] = [
        (Self::IdCard, 10),
        (Self::HkMoPermit, 14),
        (Self::TaiwanPermit, 15),
        (Self::Passport, 20),
        (Self::PermanentResidence, 34),
        (Self::Other, 99),
    ];

    /// The number in use for this kind.
    #[must_use]
    pub fn number(self) -> i64 {
        Self::NUMBERS.iter().find_map(|(kind, number)| (*kind == self).then_some(*number)).unwrap_or(99)
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::NUMBERS.iter().find_map(|(kind, found)| (*found == number).then_some(*kind))
    }
}
