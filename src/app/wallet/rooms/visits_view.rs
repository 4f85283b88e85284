//! What the room of venue codes shows, and what happens in it.

use crate::{
    reason::Reason,
    roles::{Verdict, visit::Visit},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};

/// Venue codes and visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VisitsView {
    /// There is a code on this phone to decide over.
    pub code: bool,
    /// What was scanned is being judged.
    pub reading: bool,
    /// What the code that was scanned came to.
    pub decided: Option<Box<DecidedView>>,
    /// The pass of the same person that fits the place's region, by its number, where the one in front does not.
    pub fitting: Option<u32>,
    /// The visits of 14 days, the newest first.
    pub visits: Vec<Visit>,
    /// When the trust list with the rules was made; none where there is none yet.
    pub trust_made_at: Option<UnixTime>,
    /// Why there is no newer one.
    pub trouble: Option<Reason>,
}

/// What a venue code came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DecidedView {
    /// What the place's rules say of the own code, or why nothing can be said.
    pub verdict: Verdict,
    /// The place, once its issuer's signature was good.
    pub place: Option<VenueView>,
    /// It came from a gate's screen, which asks for a code of its own.
    pub live: bool,
}

/// A place as the issuer of its venue code describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VenueView {
    /// Code of its kind; not always one of those that are known here.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its region, GB/T 2260.
    pub region: u32,
}

/// What happens in the room of visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum VisitsEvent {
    /// The gate whose screen was scanned is to get its code.
    Answered,
    /// The decision was read.
    Closed,
    /// A code was scanned that should be a venue's.
    Scanned {
        /// Its text.
        text: String,
    },
}
