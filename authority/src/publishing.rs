use super::{
    Authority, AuthorityError, ISSUER, colours,
    database::{ENTRIES, changed, exceptions, forget, lists, next_seq},
    files,
};
use tongma::{
    cose::Unsigned,
    signature::Verified,
    time::{UnixTime, defaults::CLOCK_SLACK_S},
    token::{
        StatusReference,
        status::{StatusArray, StatusDelta, StatusList, delta_path},
        trust::{Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

/// Path of a status list below `public/`. Its delta lies beside it.
fn list_path(list: u32) -> String {
    format!("status/{list}.cbor")
}

/// How long a bundle is valid, in seconds.
const BUNDLE_LIFETIME_S: i64 = 30 * 86_400;
/// Age at which a bundle is signed anew though nothing changed, in seconds: verifiers refuse one that is too old.
const BUNDLE_RENEW_S: i64 = 86_400;
/// How long a status list is valid, in seconds.
const LIST_LIFETIME_S: i64 = 7 * 86_400;
/// After how many seconds holders of a list should fetch it anew.
const LIST_TTL_S: u32 = 3600;

/// An index, as a credential refers to it.
pub(super) fn reference(idx: u32) -> StatusReference {
    StatusReference { idx: idx % ENTRIES, uri: list_uri(idx / ENTRIES) }
}

/// The index that a reference is to; none where it is to another authority's list.
pub(super) fn index_of(StatusReference { idx, uri }: &StatusReference) -> Option<u32> {
    let list: u32 = uri.strip_prefix(ISSUER)?.strip_prefix('/')?.parse().ok()?;
    list.checked_mul(ENTRIES)?.checked_add(*idx).filter(|_| *idx < ENTRIES)
}

/// How far back a delta tells, in seconds: longer than a list may be old, so that each gate that can give a verdict needs no more.
const DELTA_S: i64 = 3 * 86_400;

/// URI of a status list: a name, not an address. Short: it stands in every QR code.
pub(super) fn list_uri(list: u32) -> String {
    format!("{ISSUER}/{list}")
}

impl Authority {
    /// Signs the status lists and their deltas anew and puts them in place, and the bundle where its content changed or it is older than
    /// a day.
    ///
    /// # Errors
    /// What can't be read or written.
    pub fn publish(&self, now: UnixTime) -> Result<(), AuthorityError> {
        self.database.alone(|connection| {
            colours::judge_coloured(connection, now)?;
            self.publish_within(connection, now, |_| true)
        })
    }

    /// As `publish`, with one status list alone.
    pub(super) fn publish_list(&self, list: u32, now: UnixTime) -> Result<(), AuthorityError> {
        self.database.alone(|connection| self.publish_within(connection, now, |other| other == list))
    }

    /// As a part of a transaction: sees to it that the list of an index is published.
    pub(super) fn demand_list(&self, connection: &rusqlite::Connection, list: u32, now: UnixTime) -> Result<(), AuthorityError> {
        if self.public_dir().join(list_path(list)).exists() { Ok(()) } else { self.publish_within(connection, now, |_| false) }
    }

    fn publish_within(&self, connection: &rusqlite::Connection, now: UnixTime, wanted: impl Fn(u32) -> bool) -> Result<(), AuthorityError> {
        let public = self.public_dir();
        let deployment = serde_json::to_vec(&self.deployment()).unwrap_or_default();
        forget(connection, now, now.plus(-DELTA_S))?;
        let lists = lists(connection)?;
        let path = public.join("bundle.cbor");
        let held =
            std::fs::read(&path).ok().and_then(|bytes| TrustBundle::open(&bytes, &self.root.public()).ok()).map(Verified::into_inner);
        let stays = held.as_ref().map_or(Ok(false), |held| self.stays(held, lists, now))?;
        // The lists first: no bundle names one that is not there.
        for list in (0..lists).filter(|list| wanted(*list) || !public.join(list_path(*list)).exists()) {
            self.put_list(connection, list, now)?;
        }
        if !stays {
            let seq = next_seq(connection, held.map_or(0, |held| held.seq))?;
            files::write(&path, &self.bundle(seq, lists, now)?.sign(&self.root))?;
        }
        files::write(&public.join("deployment.json"), &deployment)
    }

    /// Whether the published bundle says what a new one would, and is from the last day. One from the future was signed under a
    /// wrong clock.
    fn stays(&self, held: &TrustBundle, lists: u32, now: UnixTime) -> Result<bool, AuthorityError> {
        let age = now.since(held.issued_at);
        Ok((-CLOCK_SLACK_S..BUNDLE_RENEW_S).contains(&age) && *held == self.bundle(held.seq, lists, held.issued_at)?)
    }

    fn bundle(&self, seq: u32, lists: u32, now: UnixTime) -> Result<TrustBundle, AuthorityError> {
        let key = IssuerKey {
            key: self.issuer.public(),
            uses: KeyUses::of(&[KeyUse::Credential, KeyUse::Status, KeyUse::Venue, KeyUse::Paper]),
            regions: Vec::new(),
        };
        let name = [("zh-CN", "江西省（示范）"), ("en", "Jiangxi (demonstration)")];
        let name: tongma::table::Table<_, _> = name.iter().map(|(language, name)| ((*language).to_owned(), (*name).to_owned())).collect();
        Ok(TrustBundle {
            seq,
            issued_at: now,
            expires_at: now.plus(BUNDLE_LIFETIME_S),
            issuers: [(ISSUER.to_owned(), Issuer { name, keys: vec![key] })].into(),
            lists: (0..lists).map(|list| (list_uri(list), ListEntry { path: list_path(list), issuer: ISSUER.to_owned() })).collect(),
            lifetimes: Lifetimes::default(),
            foreign: self.foreign_keys()?,
            people: self.people()?,
            rules: self.rules()?,
        })
    }

    /// Puts a list in place, and what changed in it lately beside it.
    fn put_list(&self, connection: &rusqlite::Connection, number: u32, now: UnixTime) -> Result<(), AuthorityError> {
        let blank = vec![0; ENTRIES as usize / 4];
        let mut array = StatusArray::new(2, blank).ok_or(AuthorityError::ListFull)?;
        for (idx, status) in exceptions(connection, number)? {
            array.set(idx, status).map_err(AuthorityError::Refused)?;
        }
        let list = StatusList::new(list_uri(number), now, Some(now.plus(LIST_LIFETIME_S)), Some(LIST_TTL_S), array);
        let since = now.plus(-DELTA_S);
        let delta = StatusDelta::new(&list, since, changed(connection, number, since)?).map_err(AuthorityError::Refused)?;
        let public = self.public_dir();
        let path = list_path(number);
        files::write(&public.join(&path), &self.signed(list.to_unsigned(self.issuer.public().id())))?;
        files::write(&public.join(delta_path(&path)), &self.signed(delta.to_unsigned(self.issuer.public().id())))
    }

    pub(super) fn signed(&self, unsigned: Unsigned) -> Vec<u8> {
        let signature = self.issuer.sign(&unsigned.message());
        unsigned.finish(&signature).encode()
    }
}
