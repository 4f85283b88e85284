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

impl Colour {
    /// All colours, low risk first.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];

    /// The name in texts for machines and in Fluent identifiers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// The colour of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.name() == name)
    }
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
    const ALL: [(Self, i64, &str); 6] = [
        (Self::IdCard, 10, "id-card"),
        (Self::HkMoPermit, 14, "hk-mo-permit"),
        (Self::TaiwanPermit, 15, "taiwan-permit"),
        (Self::Passport, 20, "passport"),
        (Self::PermanentResidence, 34, "permanent-residence"),
        (Self::Other, 99, "other"),
    ];

    /// The number in use for this kind.
    #[must_use]
    pub fn number(self) -> i64 {
        Self::ALL.iter().find_map(|(kind, number, _)| (*kind == self).then_some(*number)).unwrap_or(99)
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().find_map(|(kind, found, _)| (*found == number).then_some(*kind))
    }

    /// The name in kebab case, as at the boundary.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find_map(|(kind, _, name)| (*kind == self).then_some(*name)).unwrap_or("other")
    }

    /// The kind of a name in kebab case, as at the boundary.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find_map(|(kind, _, found)| (*found == name).then_some(*kind))
    }
}
