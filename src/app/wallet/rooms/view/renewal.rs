//! What the room of the code's age shows.

use crate::{reason::Reason, time::UnixTime};
use serde::{Deserialize, Serialize};

/// The age of the code, and its renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RenewalView {
    /// It came from the person's former phone; its renewal makes it this phone's own.
    pub moved: bool,
    /// When the credential was issued.
    pub issued_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// From when on it is renewed by itself.
    pub renewed_from: UnixTime,
    /// How many credentials there are; each is shown on one day only.
    pub codes: u32,
    /// A renewal is under way.
    pub under_way: bool,
    /// Why it has not come to an end yet.
    pub waiting_for: Option<Reason>,
    /// Why the last one failed for good.
    pub refused: Option<Reason>,
}
