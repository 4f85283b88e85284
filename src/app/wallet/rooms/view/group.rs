//! What the room shows in which people walk together (同行), and what happens in it.

use crate::{
    app::{QrView, wallet::WhomView},
    reason::Reason,
    token::Colour,
};
use serde::{Deserialize, Serialize};

/// People who walk together: who comes along, and their codes in turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GroupView {
    /// All passes of this phone, the one in front first.
    pub members: Vec<MemberView>,
    /// The codes of those who walk along, in their order; empty as long as they are not shown.
    pub codes: Vec<MemberCode>,
    /// They are being made.
    pub busy: bool,
    /// So many walk together at most.
    pub most: u32,
    /// How long each code stays, in milliseconds.
    pub pace_ms: u32,
    /// What that can be.
    pub paces: Vec<u32>,
}

/// Somebody who can walk along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MemberView {
    /// Number of the pass on this phone.
    pub number: u32,
    /// The masked name; empty where nothing was entered yet.
    pub name: String,
    /// What the person is told apart by.
    pub whom: WhomView,
    /// The colour, as the credential says it; none where there is none yet.
    pub colour: Option<Colour>,
    /// Walks along.
    pub along: bool,
    /// Why there is no code of this one to show.
    pub fault: Option<Reason>,
}

/// A code of somebody who walks along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MemberCode {
    /// Number of the pass on this phone.
    pub number: u32,
    /// The name, if the code shows it.
    pub name: String,
    /// The code.
    pub qr: QrView,
}

/// What happens in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum GroupEvent {
    /// Somebody walks along, or stays.
    Chosen {
        /// Number of the pass.
        number: u32,
        /// Walks along.
        along: bool,
    },
    /// Each code is to stay so long.
    PaceSet {
        /// In milliseconds.
        ms: u32,
    },
    /// The codes are to be shown.
    Shown,
    /// Or no more.
    Ended,
}
