//! What an authority answers requests with, as JSON. Nothing here is signed: what counts at a gate stands in the credential and in the
//! status list.

use super::Colour;
use crate::time::UnixTime;
use serde::{Deserialize, Serialize};

/// A person's colour, why, and how far it is back to green.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Standing {
    /// The colour.
    pub colour: Colour,
    /// Code of the reason; for green none, or that of daily health monitoring.
    pub reason: Option<String>,
    /// Identifier of the rule that decided.
    pub rule: String,
    /// Since when this rule decides so.
    pub since: UnixTime,
    /// Normal check-ins in a row, in days.
    pub normal_days: u32,
    /// How many of them lead back to green.
    pub days_to_green: u32,
    /// Whether there is a check-in of today.
    pub checked_in: bool,
    /// Whether a renewal would give a credential of a better colour than that of the asking key.
    pub renew: bool,
}

/// The answer to a renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Renewed {
    /// The credentials' texts, in the order of the keys.
    pub credentials: Vec<String>,
    /// The colour that they have.
    pub standing: Standing,
}

/// How an appeal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AppealState {
    /// It is there; nobody has decided yet.
    Received,
    /// It was granted.
    Granted,
    /// It was refused.
    Refused,
}

/// The answer to an appeal, and to the question after one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppealAnswer {
    /// Number of the appeal.
    pub number: u32,
    /// How it stands.
    pub state: AppealState,
    /// When it came.
    pub received_at: UnixTime,
    /// When it was decided.
    pub decided_at: Option<UnixTime>,
    /// Why it was decided so, in the words of who decided; plain text.
    pub why: Option<String>,
}
