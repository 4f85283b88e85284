use crate::{
    policy::{PlaceRules, Rulebook},
    reason::Reason,
    signature::Verified,
    table::Table,
    time::UnixTime,
    token::{
        status::{StatusDelta, StatusList},
        trust::{Lifetimes, TrustBundle},
    },
};
use std::sync::Arc;

/// What a verifier trusts: one bundle, and the status lists that it names. Only verified ones get in.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    bundle: Option<TrustBundle>,
    lists: Table<String, StatusList>,
    /// None where the bundle carries no rules.
    rules: Option<Rulebook>,
}

impl TrustStore {
    /// Takes a bundle in place of the one held.
    ///
    /// # Errors
    /// `bundle-rolled-back`; the one held stays.
    pub fn accept_bundle(&mut self, bundle: Verified<TrustBundle>) -> Result<(), Reason> {
        let bundle = bundle.into_inner();
        TrustBundle::check_succession(self.bundle.as_ref(), &bundle)?;
        self.rules = (!bundle.rules.is_empty()).then(|| Rulebook::new(&bundle.rules));
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

    /// Brings a status list up to date.
    ///
    /// # Errors
    /// `status-missing` where the list is not at hand, and as [`StatusList::with`]; the list held stays.
    pub fn accept_delta(&mut self, delta: &Verified<StatusDelta>) -> Result<(), Reason> {
        let delta = delta.get();
        let held = self.lists.get(delta.uri()).ok_or_else(|| Reason::StatusMissing { uri: delta.uri().to_owned() })?;
        let list = held.with(delta)?;
        self.lists.insert(delta.uri().to_owned(), list);
        Ok(())
    }

    /// The rules of a place's region, GB/T 2260: those of the bundle, else those that come with the program.
    ///
    /// # Errors
    /// As [`Rulebook::of_region`].
    pub fn rules(&self, region: u32) -> Result<Arc<PlaceRules>, Reason> {
        self.rules.as_ref().map_or_else(|| PlaceRules::of_region(region), |rules| rules.of_region(region))
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

    /// The lists held of those that the bundle names.
    pub fn lists(&self) -> impl Iterator<Item = &StatusList> {
        self.bundle.iter().flat_map(|bundle| bundle.lists.iter()).filter_map(|(uri, entry)| self.list(uri, &entry.issuer))
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
