use crate::{reason::Reason, signature::SignatureCheck, time::UnixTime};
use serde::{Deserialize, Serialize};

/// Joins an effect to the event that answers it. A machine never gives the same ticket to two effects in flight.
pub type Ticket = u32;

/// What the shell knows of the deployment whose pages it shows: the content of `deployment.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Deployment {
    /// The root key that every bundle must be signed by: SEC 1 uncompressed point, base64url without padding.
    pub root_key: String,
    /// The audience of this deployment's authority, which applications are made for.
    pub authority: String,
    /// The regions whose codes it issues, GB/T 2260, its own one first; empty where it is the only one.
    #[cfg(feature = "everyday")]
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<u32>>"))]
    pub regions: Vec<u32>,
}

/// What a credential's holder asks of the authority.
#[cfg(feature = "everyday")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Asked {
    /// What became of an appeal; answers with an `AppealAnswer`.
    AppealState,
    /// An appeal; answers with an `AppealAnswer`.
    Appeals,
    /// A declaration or a check-in; answers with a `Standing`.
    Declarations,
    /// A renewal; answers with a `Renewed`.
    Renewals,
}

#[cfg(feature = "everyday")]
impl Asked {
    /// Its path on the own origin.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::AppealState => "/api/appeals/state",
            Self::Appeals => "/api/appeals",
            Self::Declarations => "/api/declarations",
            Self::Renewals => "/api/renewals",
        }
    }
}

/// Something of the deployment's own origin; nothing else can be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Resource {
    /// `POST /api/applications` with a signed application (`application/cwt`); answers with a credential's QR text.
    Application {
        /// The application token, base64url.
        body: String,
    },
    /// `POST /api/…` with a signed request of a credential's holder; answers with JSON.
    #[cfg(feature = "everyday")]
    Ask {
        /// What is asked.
        asked: Asked,
        /// The request token, base64url.
        body: String,
    },
    /// `GET /public/bundle.cbor`.
    Bundle,
    /// The same as it was when the page came to this device; there without a network.
    #[cfg(feature = "everyday")]
    FirstBundle,
    /// `GET /public/<path>`: a status list at the place that the bundle names.
    StatusList {
        /// Relative path within `/public/`, checked by the core: `[a-z0-9/._-]`, no `..`.
        path: String,
    },
}

/// Work for the shell. Bytes are base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename_all_fields = "camelCase"))]
pub enum Effect {
    /// Check signatures; answered by [`ShellEvent::Checked`] with one result a check, in order.
    Check {
        /// The ticket to answer with.
        ticket: Ticket,
        /// The checks.
        checks: Vec<SignatureCheck>,
    },
    /// Forget a key for good.
    DropKey {
        /// Name of the key.
        slot: String,
    },
    /// Fetch from the own origin; answered by [`ShellEvent::Fetched`] or [`ShellEvent::Failed`].
    Fetch {
        /// The ticket to answer with.
        ticket: Ticket,
        /// What to fetch.
        resource: Resource,
    },
    /// Forget a record for good.
    Forget {
        /// Name of the record.
        record: String,
    },
    /// Keep a record beside the state, encrypted, in place of the former one of this name; answered by [`ShellEvent::Stored`].
    /// Writes are done in the order asked for, those of the state among them.
    Keep {
        /// The ticket to answer with.
        ticket: Ticket,
        /// Name of the record.
        record: String,
        /// Its content, base64url.
        data: String,
    },
    /// Read a record; answered by [`ShellEvent::Loaded`].
    Load {
        /// The ticket to answer with.
        ticket: Ticket,
        /// Name of the record.
        record: String,
    },
    /// Make a P-256 signing key that can't be extracted, and keep it under this name. Answered by
    /// [`ShellEvent::KeyMade`]; where the name exists already, with the key that it has.
    MakeKey {
        /// The ticket to answer with.
        ticket: Ticket,
        /// Name of the key.
        slot: String,
    },
    /// Turn the camera and the other sources of codes on or off.
    Scan {
        /// On or off.
        on: bool,
    },
    /// Sign with ECDSA P-256 SHA-256; answered by [`ShellEvent::Signed`].
    Sign {
        /// The ticket to answer with.
        ticket: Ticket,
        /// Name of the key.
        slot: String,
        /// The bytes to hash and sign, base64url.
        message: String,
    },
    /// Keep this state in place of the former one, encrypted, in one transaction; answered by [`ShellEvent::Stored`].
    Store {
        /// The ticket to answer with.
        ticket: Ticket,
        /// The state, base64url.
        state: String,
    },
    /// Send a [`ShellEvent::Ticked`] at this time or soon after. A later request replaces an earlier one.
    Tick {
        /// The time.
        at: UnixTime,
    },
    /// Keep the screen awake, or no longer.
    Wake {
        /// On or off.
        on: bool,
    },
    /// Destroy state, records and keys in one transaction, then start the whole page anew; only a failure is answered.
    #[cfg(feature = "everyday")]
    Wipe {
        /// The ticket to answer with.
        ticket: Ticket,
    },
}

/// Why an effect failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Problem {
    /// The reason, one of those of the device: `offline`, `storage-full`, `key-unusable` …
    pub reason: Reason,
}

/// What the shell reports. Bytes are base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename_all_fields = "camelCase"))]
pub enum ShellEvent {
    /// Signatures were checked.
    Checked {
        /// Of the effect.
        ticket: Ticket,
        /// For each check the index of the key that verified it, or none.
        results: Vec<Option<u32>>,
    },
    /// An effect failed.
    Failed {
        /// Of the effect.
        ticket: Ticket,
        /// Why.
        problem: Problem,
    },
    /// The answer to a fetch.
    Fetched {
        /// Of the effect.
        ticket: Ticket,
        /// HTTP status.
        status: u16,
        /// The body, base64url.
        body: String,
    },
    /// The page went to the background.
    Hidden,
    /// A key is ready.
    KeyMade {
        /// Of the effect.
        ticket: Ticket,
        /// SEC 1 uncompressed point, base64url.
        public_key: String,
    },
    /// A record was read.
    Loaded {
        /// Of the effect.
        ticket: Ticket,
        /// Its content, base64url; none where there is no such record.
        data: Option<String>,
    },
    /// The first event: the shell is ready.
    Opened {
        /// The state as last stored, base64url; none at the very first opening.
        stored: Option<String>,
        /// The state could not be read.
        problem: Option<Problem>,
        /// Languages that the person prefers, best first.
        languages: Vec<String>,
        /// The deployment of these pages.
        deployment: Deployment,
    },
    /// The page is in front again, or the network is back.
    Shown,
    /// A signature is ready.
    Signed {
        /// Of the effect.
        ticket: Ticket,
        /// r ‖ s, 64 bytes, base64url.
        signature: String,
    },
    /// The state is stored.
    Stored {
        /// Of the effect.
        ticket: Ticket,
    },
    /// Another tab stored a newer state.
    StoredElsewhere {
        /// The state, base64url.
        stored: String,
    },
    /// The time asked for has come.
    Ticked,
}
