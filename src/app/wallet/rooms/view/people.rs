//! What the room of people shows, and what happens in it.

use crate::{
    app::wallet::{Sign, WhomView},
    time::UnixTime,
    token::{Colour, Relation},
};
use serde::{Deserialize, Serialize};

/// All passes on this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PeopleView {
    /// The one in front first, then as the person has ordered them.
    pub passes: Vec<PassView>,
    /// The one that is about to be removed: the person has to say so once more.
    pub removing: Option<u32>,
    /// So many people a phone holds passes of.
    pub most: u32,
    /// One more person can be added.
    pub room: bool,
    /// Regions whose codes the person in front can apply for beside those that are there, GB/T 2260.
    pub regions: Vec<u32>,
}

/// A pass: what one person holds from one issuer. The list of all of them is kept so, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PassView {
    /// Its number on this phone.
    pub number: u32,
    /// Number of the person.
    pub person: u32,
    /// The masked name; empty where nothing was entered yet.
    pub name: String,
    /// What the person is told apart by.
    pub whom: WhomView,
    /// When a child was born, as long as something begins or ends with its age.
    pub born: Option<UnixTime>,
    /// The colour; none where there is no credential yet.
    pub colour: Option<Colour>,
    /// Region code (GB/T 2260).
    pub region: u32,
    /// Kind of credential; 0 is a resident's own code.
    pub kind: u8,
    /// When it ends.
    pub expires_at: Option<UnixTime>,
    /// It is somebody else's, who lets this phone show it: by which of the phone's keys.
    pub lent: Option<String>,
    /// It was applied for, and is not answered yet.
    pub applying: bool,
    /// Something waits to be sent, which goes when it is in front.
    pub errands: bool,
    /// It is the one in front.
    pub front: bool,
    /// The age that was reached since the guardian applied, where something changes with it: 14 or 18.
    pub reached: Option<u8>,
}

/// What happens in the room of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum PeopleEvent {
    /// A pass for somebody without a phone is to be applied for.
    Added {
        /// What the guardian is to the person.
        relation: Relation,
        /// What the person is told apart by.
        sign: Sign,
    },
    /// A pass is wanted in front.
    Brought {
        /// Its number.
        number: u32,
    },
    /// A pass is to stand one place further up or down.
    Moved {
        /// Its number.
        number: u32,
        /// Up.
        up: bool,
    },
    /// The code of one more region is to be applied for, for the person in front.
    RegionAdded {
        /// One of those that are offered.
        region: u32,
    },
    /// A pass is to be removed.
    RemovalAsked {
        /// Its number.
        number: u32,
    },
    /// And the person says so once more.
    RemovalConfirmed,
    /// Or not.
    RemovalDeclined,
    /// The person of a pass gets another sign.
    SignChosen {
        /// Number of the pass.
        number: u32,
        /// Which.
        sign: Sign,
    },
}
