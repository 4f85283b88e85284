//! What the wallet keeps, and how it is read again.

use super::{ApplyStep, DisplaySettings, Sign, WhomView, answers::Answers};
use crate::{
    app::{Deployment, Language},
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::{UnixTime, defaults::DECLARED_KEPT_S},
    token::{ClaimName, DocumentKind, Relation},
};
use serde::{Deserialize, Serialize};

/// Version of what is stored; a program never touches what a newer one wrote.
const VERSION: u32 = 3;

/// What survives a restart: what all passes share, and the pass in front. The others lie in records of their own, so that an opening reads
/// the same however many there are. What former versions did not have yet begins as its default; since version 3 what is held can be a grant.
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
    /// Number of the pass in front; its record of renewals is named after it.
    pub(super) pass: u32,
    /// Whose it is: the number of this person's first pass. The records of a person are named after it.
    pub(super) person: u32,
    /// What the guardian, whose phone this is, is to the person; none where it is the phone's own person.
    pub(super) relation: Option<Relation>,
    /// What the person is told apart by.
    pub(super) sign: Sign,
    /// When a child was born, as long as something begins or ends with its age.
    pub(super) born: Option<UnixTime>,
    /// The number of the next pass; 0 where there never was a second one.
    pub(super) next: u32,
    /// How many passes and people there are beside the one in front.
    pub(super) more_passes: u32,
    pub(super) more_people: u32,
    /// What has to be known of the other people while they are not in front.
    pub(super) others: Vec<Other>,
    /// The record of the pass in front may still lie there from before it came.
    pub(super) left_behind: bool,
}

/// What the state knows of somebody who is not in front: what goes after 14 days goes then as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Other {
    pub(super) person: u32,
    pub(super) declared: Option<Declared>,
    pub(super) diary_until: Option<UnixTime>,
    pub(super) visits_until: Option<UnixTime>,
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
    /// The guardian's consent to what becomes of a child's data.
    pub(super) guardian: String,
    /// The region whose code is wanted, where it is not the authority's own.
    pub(super) region: Option<u32>,
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

impl Other {
    /// Forgets what is over; whether anything is left. What lies in records is named to be forgotten as well.
    pub(super) fn expire(&mut self, now: UnixTime, forget: &mut dyn FnMut(String)) -> bool {
        self.declared.take_if(|declared| now.since(declared.at) >= DECLARED_KEPT_S);
        for (until, kind) in [(&mut self.diary_until, "diary"), (&mut self.visits_until, "visits")] {
            if until.take_if(|until| *until <= now).is_some() {
                forget(record_name(kind, self.person));
            }
        }
        self.is_something()
    }

    const fn is_something(&self) -> bool {
        self.declared.is_some() || self.diary_until.is_some() || self.visits_until.is_some()
    }
}

/// The name of a record: those of the first person and the first pass have no number.
pub(super) fn record_name(kind: &str, number: u32) -> String {
    if number == 0 { kind.to_owned() } else { [kind, "-", &number.to_string()].concat() }
}

impl Saved {
    /// Forgets what is kept for 14 days only, of everybody.
    pub(super) fn expire(&mut self, now: UnixTime, mut forget: impl FnMut(String)) {
        let mut here = self.take_other();
        here.expire(now, &mut forget);
        self.put_other(here);
        self.others.retain_mut(|other| other.expire(now, &mut forget));
    }

    /// Takes what is of the person in front rather than of the pass.
    pub(super) fn take_other(&mut self) -> Other {
        Other {
            person: self.person,
            declared: self.declared.take(),
            diary_until: self.diary_until.take(),
            visits_until: self.visits_until.take(),
        }
    }

    pub(super) fn put_other(&mut self, other: Other) {
        (self.declared, self.diary_until, self.visits_until) = (other.declared, other.diary_until, other.visits_until);
    }

    /// What belongs to the pass in front alone, as its record holds it.
    #[cfg(feature = "everyday")]
    pub(super) fn of_pass(&self) -> Self {
        Self {
            version: VERSION,
            form: self.form.clone(),
            application: self.application.clone(),
            held: self.held.clone(),
            disclose: self.disclose,
            restored: self.restored,
            errands: self.errands,
            pass: self.pass,
            person: self.person,
            relation: self.relation,
            sign: self.sign,
            born: self.born,
            ..Self::default()
        }
    }

    /// Puts another pass in front; the one that was there must lie in its record.
    #[cfg(feature = "everyday")]
    pub(super) fn bring(&mut self, next: &Self) {
        let mut other = self.take_other();
        let former = std::mem::replace(self, next.of_pass());
        self.language = former.language;
        self.display = former.display;
        self.deployment = former.deployment;
        self.welcomed = former.welcomed;
        self.lock = former.lock;
        self.next = former.next;
        (self.more_passes, self.more_people) = (former.more_passes, former.more_people);
        self.others = former.others;
        self.left_behind = true;
        if self.person != other.person {
            let at = self.others.iter().position(|other| other.person == self.person);
            let next = at.map(|at| self.others.swap_remove(at)).unwrap_or_default();
            let away = std::mem::replace(&mut other, next);
            self.others.extend(Some(away).filter(Other::is_something));
        }
        self.put_other(other);
    }

    /// What the code and the form have to say of whose they are; nothing where there is one person alone.
    pub(super) fn whom(&self) -> Option<WhomView> {
        let several = self.more_people > 0 || self.relation.is_some();
        several.then_some(WhomView { sign: self.sign, relation: self.relation })
    }

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
