//! Time as a value: the core never reads a clock.

use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds (CWT `NumericDate`, RFC 8392 §2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnixTime(#[cfg_attr(feature = "ts", ts(type = "number"))] pub i64);

impl UnixTime {
    /// This time moved by `seconds`; saturates at the ends of the range.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this time; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What the deployment's rules leave open, in one place; holder and verifier both read it.
pub mod defaults {
    /// How long a presentation is valid, in seconds (15 minutes).
    pub const PRESENTATION_LIFETIME_S: i64 = 900;
    /// How long before its end a wallet replaces a presentation, in seconds.
    pub const PRESENTATION_RENEW_BEFORE_S: i64 = 120;
    /// How far two clocks may differ, in seconds.
    pub const CLOCK_SLACK_S: i64 = 120;
    /// Oldest status list a verdict may rest on, in seconds (48 hours).
    pub const STATUS_MAX_AGE_S: i64 = 48 * 3600;
    /// Oldest trust bundle a verdict may rest on, in seconds (14 days).
    pub const BUNDLE_MAX_AGE_S: i64 = 14 * 86_400;
    /// Lifetime of an everyday credential, in seconds (7 days).
    pub const CREDENTIAL_LIFETIME_S: i64 = 7 * 86_400;
}
