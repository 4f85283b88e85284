//! What the wallet keeps, and how it is read again.

use super::{ApplyStep, DisplaySettings, answers::Answers};
use crate::{
    app::{Deployment, Language},
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{ClaimName, DocumentKind},
};
use serde::{Deserialize, Serialize};

/// Version of what is stored; a program never touches what a newer one wrote.
const VERSION: u32 = 3;

/// What survives a restart. What former versions did not have yet begins as its default; since version 3 what is held can be a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Saved {
    pub(super) version: u32,
    pub(super) language: Option<Language>,
    pub(super) display: DisplaySettings,
    /// Pinned at the first opening.
    pub(super) deployment: Option<Deployment>,
    /// The three pictures of the first opening were put away.
    pub(super) welcomed: bool,
    pub(super) form: Form,
    pub(super) application: Option<Applying>,
    pub(super) held: Option<Held>,
    /// What codes show of the person beside what is always seen: a bit a claim, in the order of [`ClaimName`].
    pub(super) disclose: u32,
    /// The lock that the person put on it. All else that is private is sealed within then; only the module with all rooms reads it.
    pub(super) lock: Option<String>,
    /// All but the credential came back from a backup: its key stayed behind.
    pub(super) restored: bool,
    /// What was declared last; forgotten after 14 days.
    pub(super) declared: Option<Declared>,
    /// When the diary's newest entry is 14 days old, and the record goes, whether a room is entered or not.
    pub(super) diary_until: Option<UnixTime>,
    /// The same for the newest visit.
    pub(super) visits_until: Option<UnixTime>,
    /// Something in the records waits to be sent.
    pub(super) errands: bool,
}

/// What was entered into the form; wiped when the credential is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Form {
    pub(super) step: ApplyStep,
    pub(super) name: String,
    pub(super) document_kind: DocumentKind,
    pub(super) document_number: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) health: Answers,
    pub(super) truth: String,
    pub(super) consent: String,
}

/// A declaration of the own health, in an application or later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Declared {
    pub(super) at: UnixTime,
    pub(super) health: Answers,
}

/// An application on its way. Its identifier and key stay the same however often it is sent, so that it is answered once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Applying {
    /// 16 random bytes, base64url.
    pub(super) id: String,
    /// Name of the key that it is signed with and that the credential will be bound to.
    pub(super) slot: String,
    pub(super) since: UnixTime,
}

/// The credential held, or a batch of them; or one that moved here from the person's former phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Held {
    /// Its text, as received: that of a credential or of a grant.
    pub(super) credential: String,
    /// Name of the key that it is bound to.
    pub(super) slot: String,
    /// The masked number of the document: the everyday credential leaves it out to stay small.
    pub(super) document_number: String,
    /// When its first day begins.
    pub(super) from: UnixTime,
    /// The credentials of the days after the first.
    pub(super) later: Vec<Bound>,
}

/// A further credential of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bound {
    /// Its text, as received.
    pub(super) credential: String,
    /// Name of the key that it is bound to.
    pub(super) slot: String,
}

impl Held {
    /// The credential of a day, and the name of its key: each of a batch is shown on one day only, so that visits of two days can't be
    /// told to be one person's. The last one serves for what is left.
    pub(super) fn on(&self, now: UnixTime) -> (&str, &str) {
        let day = usize::try_from(now.since(self.from) / 86_400).unwrap_or_default();
        match day.min(self.later.len()).checked_sub(1).and_then(|later| self.later.get(later)) {
            Some(Bound { credential, slot }) => (credential, slot),
            None => (&self.credential, &self.slot),
        }
    }

    /// The names of all its keys.
    pub(super) fn slots(self) -> impl Iterator<Item = String> {
        std::iter::once(self.slot).chain(self.later.into_iter().map(|bound| bound.slot))
    }
}

impl Saved {
    /// What codes show of the person beside what is always seen.
    pub(super) fn disclosed(&self) -> Vec<ClaimName> {
        ClaimName::ALL.into_iter().filter(|name| self.disclose & bit(*name) != 0).collect()
    }

    /// The person lets codes show these.
    #[cfg(feature = "everyday")]
    pub(super) fn disclose(&mut self, claims: &[ClaimName]) {
        self.disclose = claims.iter().fold(0, |bits, name| bits | bit(*name));
    }

    /// Reads what was stored.
    pub(super) fn read(stored: &str) -> Result<Self, Reason> {
        Self::of_json(&from_base64url(stored).ok_or(Reason::StorageDamaged)?)
    }

    /// Reads it from JSON.
    pub(super) fn of_json(json: &[u8]) -> Result<Self, Reason> {
        crate::app::saved::read(json, VERSION)
    }

    /// Writes what is to be stored.
    pub(super) fn write(&mut self) -> Result<String, Reason> {
        self.json().map(|json| to_base64url(json.as_bytes()))
    }

    /// As JSON.
    pub(super) fn json(&mut self) -> Result<String, Reason> {
        self.version = VERSION;
        json::to_string(self).map_err(|_| Reason::Internal)
    }
}

const fn bit(name: ClaimName) -> u32 {
    1 << name as u32
}
