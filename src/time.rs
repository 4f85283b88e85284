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

    /// RFC 3339 in UTC, such as `2027-01-15T08:00:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let (days, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        // Years of 400 repeat; a year that begins in March has its leap day at its end.
        let (era, day) = ((days + 719_468).div_euclid(146_097), (days + 719_468).rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
        let year = era * 400 + year + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

/// What the deployment's rules leave open, in one place; holder and verifier both read it.
pub mod defaults {
    /// How long a presentation is valid, in seconds (15 minutes).
    pub const PRESENTATION_LIFETIME_S: i64 = 900;
    /// How long before its end a wallet replaces a presentation, in seconds.
    pub const PRESENTATION_RENEW_BEFORE_S: i64 = 120;
    /// How long an answer to a gate's challenge is taken, in seconds.
    pub const CHALLENGE_LIFETIME_S: i64 = 120;
    /// After how many seconds a gate shows a new challenge, at the latest.
    pub const CHALLENGE_RENEW_S: i64 = 60;
    /// How far two clocks may differ, in seconds.
    pub const CLOCK_SLACK_S: i64 = 120;
    /// Oldest status list a verdict may rest on, in seconds (48 hours).
    pub const STATUS_MAX_AGE_S: i64 = 48 * 3600;
    /// Oldest trust bundle a verdict may rest on, in seconds (14 days).
    pub const BUNDLE_MAX_AGE_S: i64 = 14 * 86_400;
    /// Longest life of a venue code on paper, in seconds (180 days). Whoever has a picture of it can make copies, and its place may close or
    /// change; half a year is as long as posters hang, and nothing but a hint to the person follows from one.
    pub const VENUE_LIFETIME_S: i64 = 180 * 86_400;
    /// Longest life of a paper code, in seconds (180 days).
    pub const PAPER_LIFETIME_S: i64 = 180 * 86_400;
    /// For how long after its first sight a gate tells that it saw a paper code before, in seconds (15 minutes). It is no code for one time:
    /// its person shows it day after day, and only two persons at once are worth a word.
    pub const PAPER_SEEN_S: i64 = PRESENTATION_LIFETIME_S;
    /// Lifetime of a delegation when nothing else is asked for, in seconds (30 days).
    pub const DELEGATION_LIFETIME_S: i64 = 30 * 86_400;
    /// Longest life of a delegation, in seconds (180 days).
    pub const DELEGATION_MAX_LIFETIME_S: i64 = 180 * 86_400;
    /// How long a request for a delegation can be granted, in seconds (10 minutes).
    pub const DELEGATION_REQUEST_LIFETIME_S: i64 = 600;
    /// How long the phone keeps a visit, in seconds (14 days).
    pub const VISIT_KEPT_S: i64 = 14 * 86_400;
    /// How long the phone keeps what was declared, in seconds (14 days).
    pub const DECLARED_KEPT_S: i64 = 14 * 86_400;
    /// Lifetime of an everyday credential, in seconds (7 days).
    pub const CREDENTIAL_LIFETIME_S: i64 = 7 * 86_400;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rfc_3339_is_what_others_write(seconds in -62_135_596_800_i64..253_402_207_200) {
            let theirs = jiff::Timestamp::from_second(seconds).unwrap().to_string();
            prop_assert_eq!(UnixTime(seconds).to_rfc3339(), theirs);
        }
    }
}
