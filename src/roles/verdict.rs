use crate::{reason::Reason, time::UnixTime, token::Colour};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The five answers. They can't be taken for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Outcome {
    /// Nobody can say: unknown issuer, data too old, wrong clock.
    CannotTell,
    /// Forged, expired, revoked or malformed: no pass at all.
    Invalid,
    /// Genuine, and the rule admits the person.
    Pass,
    /// Genuine, and the rule admits the person under conditions.
    Restricted,
    /// Genuine, and the rule does not admit the person.
    Stop,
}

/// The answer to a presented text. Claims appear only when every signature above them was good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Verdict {
    /// The answer.
    pub outcome: Outcome,
    /// Code of the reason that matters most; none only for *pass*.
    pub reason: Option<String>,
    /// The facts of that reason, for its sentence.
    #[cfg_attr(feature = "ts", ts(type = "Record<string, string | number>"))]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// Codes of the other reasons found, by rank.
    pub also: Vec<String>,
    /// Colour after the status list.
    pub colour: Option<Colour>,
    /// Region code (GB/T 2260).
    pub region: Option<u32>,
    /// Identifier of the issuer.
    pub issuer: Option<String>,
    /// The issuer's name by language tag, as the trust bundle states it.
    pub issuer_names: BTreeMap<String, String>,
    /// What the person disclosed, by name: `name`, `document`, `test` …
    pub disclosed: BTreeMap<String, String>,
    /// When the presentation was made.
    pub presented_at: Option<UnixTime>,
    /// When the presentation ends.
    pub expires_at: Option<UnixTime>,
    /// When this very presentation was checked before on this device.
    pub seen_at: Option<UnixTime>,
}

impl Verdict {
    /// A verdict without any claim.
    #[must_use]
    pub fn refusal(outcome: Outcome, reason: &Reason) -> Self {
        Self {
            outcome,
            reason: Some(reason.code().to_owned()),
            facts: reason.facts(),
            also: Vec::new(),
            colour: None,
            region: None,
            issuer: None,
            issuer_names: BTreeMap::new(),
            disclosed: BTreeMap::new(),
            presented_at: None,
            expires_at: None,
            seen_at: None,
        }
    }
}

impl Outcome {
    /// The answer that a reason leads to when it is the one that matters most.
    #[must_use]
    pub const fn of(reason: &Reason) -> Self {
        match reason {
            Reason::ClockWrong { .. }
            | Reason::Internal
            | Reason::BundleMissing
            | Reason::BundleExpired { .. }
            | Reason::BundleTooOld { .. }
            | Reason::UnknownIssuer { .. }
            | Reason::UnknownKey
            | Reason::StatusMissing { .. }
            | Reason::StatusTooOld { .. }
            | Reason::StatusUnknown { .. } => Self::CannotTell,
            Reason::Suspended | Reason::ColourRed => Self::Stop,
            Reason::TurnedYellow | Reason::ColourYellow => Self::Restricted,
            _ => Self::Invalid,
        }
    }
}
