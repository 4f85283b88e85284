//! What the rooms show in which two phones show one another codes, and what happens there.

use crate::{
    app::QrView,
    reason::Reason,
    time::UnixTime,
    token::{ClaimName, OnBehalf, Relation},
};
use serde::{Deserialize, Serialize};

/// From one phone to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ExchangeView {
    /// There is a code on this phone; without one it can take that of the former phone.
    pub code: bool,
    /// The code came from another phone and was not renewed since: only then can it be passed on.
    pub moved: bool,
    /// The code in front is somebody else's, who lets this phone show it: it can't be passed on.
    pub lent: bool,
    /// What this phone asks for, to show.
    pub request: Option<OfferView>,
    /// What another phone asks for.
    pub asked: Option<AskedView>,
    /// The answer to it, to show.
    pub grant: Option<OfferView>,
    /// What was shown of the code in front, for the phone of the person who lent it.
    pub told: Option<OfferView>,
    /// Something is being made or checked.
    pub busy: bool,
    /// Why what was read is of no use.
    pub problem: Option<Reason>,
    /// There is no trust list to check an answer by, and none is on its way.
    pub untrusting: bool,
}

/// A code that the other phone scans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OfferView {
    /// The code; none where it is too long for one.
    pub qr: Option<QrView>,
    /// Its text.
    pub text: String,
    /// What the guardian is to the holder; none for a move.
    pub guardian: Option<Relation>,
}

/// What another phone asks for, its signature checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AskedView {
    /// Who asks, in that phone's words; nobody vouches for it. Plain text.
    pub name: String,
    /// What the guardian would be to the holder; none for the own new phone.
    pub guardian: Option<Relation>,
    /// What can be granted of the claims that are asked for.
    pub scope: Vec<ClaimName>,
    /// Whole days that are asked for, at least one.
    pub days: u32,
    /// When this phone's code ends, and the permission with it.
    pub ends_at: UnixTime,
}

/// Permissions to show a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DelegationsView {
    /// What the two phones do.
    pub exchange: ExchangeView,
    /// What was allowed others of the pass in front, the newest first.
    pub given: Vec<GivenView>,
    /// The code in front is shown on somebody's behalf.
    pub behalf: bool,
    /// What was shown of it within 30 days, the newest first.
    pub showings: Vec<OnBehalf>,
    /// One more person's code can be taken.
    pub room: bool,
    /// So many people a phone holds passes of.
    pub most: u32,
    /// All that was given is to end at once.
    pub ending: bool,
    /// Why that is not done yet.
    pub waiting_for: Option<Reason>,
}

/// A permission that this phone gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GivenView {
    /// To whom, in the other phone's words. Plain text.
    pub name: String,
    /// What the guardian is to the holder; none for a move.
    pub guardian: Option<Relation>,
    /// The claims that may be disclosed beside what is always seen.
    pub scope: Vec<ClaimName>,
    /// When it was given.
    pub issued_at: UnixTime,
    /// When it ends, or ended.
    pub expires_at: UnixTime,
    /// Whether it is over.
    pub over: bool,
    /// It was ended before its time.
    pub withdrawn: bool,
    /// What was shown by it, as the other phone said when the two met last; nobody vouches for it.
    pub showings: Vec<OnBehalf>,
}

/// What happens in these rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ExchangeEvent {
    /// The person agrees to what another phone asks for.
    Agreed {
        /// These claims may be disclosed.
        scope: Vec<ClaimName>,
        /// For so many days, as many as were asked for at most.
        days: u32,
    },
    /// This phone asks.
    Asked {
        /// In whose name.
        name: String,
        /// What the guardian is to the holder; none for the own new phone.
        guardian: Option<Relation>,
        /// The claims to be able to disclose.
        scope: Vec<ClaimName>,
        /// For so many days.
        days: u32,
    },
    /// What is shown or asked is put away.
    Closed,
    /// Every permission that was given is to end at once.
    EndedAll,
    /// What this phone asked for is not wanted any more.
    Dropped,
    /// What was shown of the code in front is to be told to the phone of its person.
    Told,
    /// A code of the other phone was read.
    Read {
        /// Its text.
        text: String,
    },
}
