use serde::{Deserialize, Serialize};

/// The system that a pass comes from. The number is that of a trust bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[repr(u8)]
pub enum Format {
    /// This one: `TM1:`.
    #[default]
    Tongma = 0,
    /// EU Digital COVID Certificate: `HC1:`.
    EuDcc = 1,
    /// SMART Health Card: `shc:/`.
    Smart = 2,
    /// NZ COVID Pass: `NZCP:/`.
    Nzcp = 3,
    /// This one's paper code, which no phone made: `TM1:` as well.
    Paper = 4,
}

impl Format {
    /// The foreign format of a number in a bundle.
    #[must_use]
    pub const fn foreign(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::EuDcc),
            2 => Some(Self::Smart),
            3 => Some(Self::Nzcp),
            _ => None,
        }
    }
}
