use super::{
    Authority, AuthorityError, ISSUER, colours,
    database::{ENTRIES, exceptions, forget, next_seq},
    files,
};
use crate::{
    signature::Verified,
    time::{UnixTime, defaults::CLOCK_SLACK_S},
    token::{
        status::{StatusArray, StatusList},
        trust::{Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

/// Path of the status list below `public/`.
const LIST_PATH: &str = "status/0.cbor";
/// How long a bundle is valid, in seconds.
const BUNDLE_LIFETIME_S: i64 = 30 * 86_400;
/// Age at which a bundle is signed anew though nothing changed, in seconds: verifiers refuse one that is too old.
const BUNDLE_RENEW_S: i64 = 86_400;
/// How long a status list is valid, in seconds.
const LIST_LIFETIME_S: i64 = 7 * 86_400;
/// After how many seconds holders of a list should fetch it anew.
const LIST_TTL_S: u32 = 3600;

/// URI of the status list: a name, not an address. Short: it stands in every QR code.
pub(super) fn list_uri() -> String {
    format!("{ISSUER}/0")
}

impl Authority {
    /// Signs the status list anew and puts it in place, and the bundle where its content changed or it is older than a day.
    ///
    /// # Errors
    /// What can't be read or written.
    pub fn publish(&self, now: UnixTime) -> Result<(), AuthorityError> {
        let public = self.public_dir();
        let deployment = serde_json::to_vec(&self.deployment()).unwrap_or_default();
        self.database.alone(|connection| {
            forget(connection, now)?;
            colours::judge_coloured(connection, now)?;
            let path = public.join("bundle.cbor");
            let held =
                std::fs::read(&path).ok().and_then(|bytes| TrustBundle::open(&bytes, &self.root.public()).ok()).map(Verified::into_inner);
            let stays = held.as_ref().map_or(Ok(false), |held| self.stays(held, now))?;
            if !stays {
                let seq = next_seq(connection, held.map_or(0, |held| held.seq))?;
                files::write(&path, &self.bundle(seq, now)?.sign(&self.root))?;
            }
            files::write(&public.join(LIST_PATH), &self.list(&exceptions(connection)?, now)?)?;
            files::write(&public.join("deployment.json"), &deployment)
        })
    }

    /// Whether the published bundle says what a new one would, and is from the last day. One from the future was signed under a
    /// wrong clock.
    fn stays(&self, held: &TrustBundle, now: UnixTime) -> Result<bool, AuthorityError> {
        let age = now.since(held.issued_at);
        Ok((-CLOCK_SLACK_S..BUNDLE_RENEW_S).contains(&age) && *held == self.bundle(held.seq, held.issued_at)?)
    }

    fn bundle(&self, seq: u32, now: UnixTime) -> Result<TrustBundle, AuthorityError> {
        let key = IssuerKey {
            key: self.issuer.public(),
            uses: KeyUses::of(&[KeyUse::Credential, KeyUse::Status, KeyUse::Venue, KeyUse::Paper]),
            regions: Vec::new(),
        };
        let name = [("zh-CN", "江西省（示范）"), ("en", "Jiangxi (demonstration)")];
        let name: crate::table::Table<_, _> = name.iter().map(|(language, name)| ((*language).to_owned(), (*name).to_owned())).collect();
        Ok(TrustBundle {
            seq,
            issued_at: now,
            expires_at: now.plus(BUNDLE_LIFETIME_S),
            issuers: [(ISSUER.to_owned(), Issuer { name, keys: vec![key] })].into(),
            lists: [(list_uri(), ListEntry { path: LIST_PATH.to_owned(), issuer: ISSUER.to_owned() })].into(),
            lifetimes: Lifetimes::default(),
            foreign: self.foreign_keys()?,
        })
    }

    fn list(&self, exceptions: &[(u32, u8)], now: UnixTime) -> Result<Vec<u8>, AuthorityError> {
        let blank = vec![0; ENTRIES as usize / 4];
        let mut array = StatusArray::new(2, blank).ok_or(AuthorityError::ListFull)?;
        for (idx, status) in exceptions {
            array.set(*idx, *status).map_err(AuthorityError::Refused)?;
        }
        let list = StatusList::new(list_uri(), now, Some(now.plus(LIST_LIFETIME_S)), Some(LIST_TTL_S), array);
        let unsigned = list.to_unsigned(self.issuer.public().id());
        let signature = self.issuer.sign(&unsigned.message());
        Ok(unsigned.finish(&signature).encode())
    }
}
