use crate::{
    reason::Reason,
    signature::Verified,
    time::UnixTime,
    token::{
        status::StatusList,
        trust::{Lifetimes, TrustBundle},
    },
};
use std::collections::HashMap;

/// What a verifier trusts: one bundle, and the status lists that it names. Only verified ones get in.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    bundle: Option<TrustBundle>,
    lists: HashMap<String, StatusList>,
}

impl TrustStore {
    /// Takes a bundle in place of the one held.
    ///
    /// # Errors
    /// `bundle-rolled-back`; the one held stays.
    pub fn accept_bundle(&mut self, bundle: Verified<TrustBundle>) -> Result<(), Reason> {
        let bundle = bundle.into_inner();
        TrustBundle::check_succession(self.bundle.as_ref(), &bundle)?;
        self.bundle = Some(bundle);
        Ok(())
    }

    /// Takes a status list in place of the one held for its URI, and says whether it did: an older one is passed over without
    /// harm.
    pub fn accept_list(&mut self, list: Verified<StatusList>) -> bool {
        let list = list.into_inner();
        let newer = self.lists.get(list.uri()).is_none_or(|held| held.issued_at() <= list.issued_at());
        if newer {
            self.lists.insert(list.uri().to_owned(), list);
        }
        newer
    }

    /// The bundle held.
    #[must_use]
    pub const fn bundle(&self) -> Option<&TrustBundle> {
        self.bundle.as_ref()
    }

    /// The list of a URI, if the bundle says that it is this issuer's.
    #[must_use]
    pub fn list(&self, uri: &str, issuer: &str) -> Option<&StatusList> {
        let entry = self.bundle.as_ref()?.list(uri)?;
        self.lists.get(uri).filter(|_| entry.issuer == issuer)
    }

    /// All lists held.
    pub fn lists(&self) -> impl Iterator<Item = &StatusList> {
        self.lists.values()
    }

    /// Oldest status list that a verdict may rest on, in seconds.
    #[must_use]
    pub fn status_max_age_s(&self) -> u32 {
        self.bundle.as_ref().map_or_else(Lifetimes::default, |bundle| bundle.lifetimes).status_max_age_s
    }

    /// The newest time of issue among all that is held: no right clock is before it.
    #[must_use]
    pub fn newest(&self) -> Option<UnixTime> {
        let lists = self.lists.values().map(StatusList::issued_at);
        lists.chain(self.bundle.as_ref().map(|bundle| bundle.issued_at)).max()
    }
}
