//! Trust and status data: stored, fetched, checked, aged.

use super::{Awaited, DataState, DataView, GateSettings, Origin, REFRESH_EVERY_S, Stage, Verifier, logging::LogIndex};
use crate::{
    app::{Deployment, Effect, Language, Problem, Resource, of_answer, saved},
    keys::PublicKey,
    reason::Reason,
    signature::Unverified,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{status::StatusList, trust::TrustBundle},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of what is stored; a program never touches what a newer one wrote.
const VERSION: u32 = 1;

/// What survives a restart. Tokens are kept as received, in base64url, and checked again at opening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Saved {
    version: u32,
    pub(super) language: Option<Language>,
    deployment: Option<Deployment>,
    bundle: Option<String>,
    lists: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) log: LogIndex,
    #[serde(default)]
    pub(super) gate: GateSettings,
    /// The gate's own identifier for challenges: 8 random bytes, base64url.
    #[serde(default)]
    pub(super) gate_id: Option<String>,
}

impl Verifier {
    pub(super) fn open(
        &mut self,
        stored: Option<&str>,
        problem: Option<Problem>,
        deployment: Deployment,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        match stored.map(read) {
            None => self.saved = Saved::default(),
            Some(Ok(saved)) => self.saved = saved,
            Some(Err(reason @ Reason::StorageNewer { .. })) => return self.stage = Stage::Blocked(reason),
            Some(Err(reason)) => self.notices.add(reason),
        }
        if let Some(Problem { reason }) = problem {
            match reason {
                Reason::StorageNewer { .. } | Reason::BrowserTooOld | Reason::AlreadyOpen => return self.stage = Stage::Blocked(reason),
                // Without a network the stored deployment serves.
                Reason::Offline if self.saved.deployment.is_some() => {}
                _ => self.notices.add(reason),
            }
        }
        if let Err(reason) = saved::pin(&mut self.saved.deployment, deployment) {
            self.notices.add(reason);
        }
        self.saved.version = VERSION;
        self.load_log(effects);
        let bundle = self.saved.bundle.as_deref().and_then(from_base64url);
        let started = bundle.is_some_and(|bytes| self.check_bundle(bytes, Origin::Storage, effects).is_ok());
        if !started {
            self.scan(effects);
        }
        self.refresh_next(now, effects);
    }

    /// Asks for new data now, and again after a while.
    pub(super) fn refresh_next(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.refresh(effects);
        self.refresh_at = now.plus(REFRESH_EVERY_S);
        self.wake_up(effects);
    }

    /// Asks to be woken for whatever comes next: new data or a new challenge.
    pub(super) fn wake_up(&self, effects: &mut Vec<Effect>) {
        let at = self.challenges.changes_at().map_or(self.refresh_at, |at| at.min(self.refresh_at));
        effects.push(Effect::Tick { at });
    }

    /// Asks for a new bundle, unless that is under way.
    pub(super) fn refresh(&mut self, effects: &mut Vec<Effect>) {
        let busy = self.tickets.any(|awaited| matches!(awaited, Awaited::Bundle | Awaited::List));
        if busy || self.saved.deployment.is_none() || matches!(self.stage, Stage::Blocked(_)) {
            return;
        }
        let ticket = self.tickets.give(Awaited::Bundle);
        effects.push(Effect::Fetch { ticket, resource: Resource::Bundle });
    }

    pub(super) fn bundle_fetched(&mut self, status: u16, body: &str, effects: &mut Vec<Effect>) {
        let checked = match (status, from_base64url(body)) {
            (200, Some(bytes)) => self.check_bundle(bytes, Origin::Network, effects),
            (200, None) => Err(Reason::AnswerMalformed),
            _ => Err(Reason::ServerFault { status }),
        };
        if let Err(reason) = checked {
            self.refused(reason);
        }
    }

    /// What was fetched is not used; what is held stays.
    fn refused(&mut self, reason: Reason) {
        self.refresh_asked = false;
        self.notices.add(reason);
    }

    fn check_bundle(&mut self, bytes: Vec<u8>, origin: Origin, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        let root = self.saved.deployment.as_ref().and_then(|deployment| from_base64url(&deployment.root_key));
        let root = root.and_then(|point| PublicKey::from_sec1(&point)).ok_or(Reason::BundleWrongRoot)?;
        let bundle = TrustBundle::parse(&bytes, &root).map_err(of_answer)?;
        let checks = bundle.checks().to_vec();
        let ticket = self.tickets.give(Awaited::BundleCheck(Box::new(bundle), bytes, origin));
        effects.push(Effect::Check { ticket, checks });
        Ok(())
    }

    pub(super) fn bundle_checked(
        &mut self,
        bundle: Unverified<TrustBundle>,
        bytes: Vec<u8>,
        origin: Origin,
        results: &[Option<u32>],
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let accepted = bundle.accept(results).map_err(|_| Reason::BundleWrongRoot).and_then(|bundle| self.store.accept_bundle(bundle));
        match accepted {
            // Another tab has stored what is older than what this one holds: nothing to tell a person.
            Err(Reason::BundleRolledBack { .. }) if origin == Origin::Storage => {}
            Err(reason) => self.refused(reason),
            Ok(()) => {
                self.saved.bundle = Some(to_base64url(&bytes));
                match origin {
                    Origin::Network => self.fetch_lists(effects),
                    Origin::Storage => self.check_stored_lists(effects),
                }
            }
        }
        for outdated in ["bundle-expired", "bundle-too-old"] {
            self.notices.remove(outdated);
        }
        if let Some(reason) = self.store.bundle().and_then(|bundle| bundle.fitness(now).err()) {
            self.notices.add(reason);
        }
        if origin == Origin::Storage && matches!(self.stage, Stage::Starting) && !self.lists_awaited() {
            self.scan(effects);
        }
    }

    fn lists_awaited(&self) -> bool {
        self.tickets.any(|awaited| matches!(awaited, Awaited::ListCheck(..)))
    }

    fn fetch_lists(&mut self, effects: &mut Vec<Effect>) {
        let paths: Vec<_> =
            self.store.bundle().into_iter().flat_map(|bundle| bundle.lists.values()).map(|entry| entry.path.clone()).collect();
        for path in paths {
            let ticket = self.tickets.give(Awaited::List);
            effects.push(Effect::Fetch { ticket, resource: Resource::StatusList { path } });
        }
    }

    fn check_stored_lists(&mut self, effects: &mut Vec<Effect>) {
        let lists: Vec<_> = self.saved.lists.values().filter_map(|list| from_base64url(list)).collect();
        for bytes in lists {
            // What can't be read any more is fetched anew.
            let _ = self.check_list(bytes, Origin::Storage, effects);
        }
    }

    pub(super) fn list_fetched(&mut self, status: u16, body: &str, effects: &mut Vec<Effect>) {
        let checked = match (status, from_base64url(body)) {
            (200, Some(bytes)) => self.check_list(bytes, Origin::Network, effects),
            (200, None) => Err(Reason::AnswerMalformed),
            _ => Err(Reason::ServerFault { status }),
        };
        if let Err(reason) = checked {
            self.refused(reason);
        }
    }

    fn check_list(&mut self, bytes: Vec<u8>, origin: Origin, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        let bundle = self.store.bundle().ok_or(Reason::BundleMissing)?;
        let list = StatusList::parse(&bytes, bundle).map_err(of_answer)?;
        let checks = list.checks().to_vec();
        let ticket = self.tickets.give(Awaited::ListCheck(Box::new(list), bytes, origin));
        effects.push(Effect::Check { ticket, checks });
        Ok(())
    }

    pub(super) fn list_checked(
        &mut self,
        list: Unverified<StatusList>,
        bytes: Vec<u8>,
        origin: Origin,
        results: &[Option<u32>],
        effects: &mut Vec<Effect>,
    ) {
        match list.accept(results) {
            Err(_) => self.refused(Reason::AnswerMalformed),
            Ok(list) => {
                let uri = list.get().uri().to_owned();
                // An older list must not come back with the next opening.
                if self.store.accept_list(list) {
                    self.saved.lists.insert(uri, to_base64url(&bytes));
                }
            }
        }
        if !self.lists_awaited() {
            if origin == Origin::Network {
                self.refresh_asked = false;
                for solved in ["offline", "server-fault"] {
                    self.notices.remove(solved);
                }
                self.save(effects);
            } else if matches!(self.stage, Stage::Starting) {
                self.scan(effects);
            }
        }
    }

    pub(super) fn save(&mut self, effects: &mut Vec<Effect>) {
        // What a newer version stored is not for this one to overwrite.
        if matches!(self.stage, Stage::Blocked(_)) {
            return;
        }
        let Ok(json) = crate::json::to_string(&self.saved) else { return self.notices.add(Reason::Internal) };
        let ticket = self.tickets.give(Awaited::Store);
        effects.push(Effect::Store { ticket, state: to_base64url(json.as_bytes()) });
    }

    pub(super) fn bundle_view(&self, now: UnixTime) -> DataView {
        self.store.bundle().map_or_else(DataView::default, |bundle| {
            let age_limit = bundle.issued_at.plus(bundle.lifetimes.bundle_max_age_s.into());
            age(bundle.issued_at, age_limit.min(bundle.expires_at), now)
        })
    }

    pub(super) fn status_view(&self, now: UnixTime) -> DataView {
        let oldest = self.store.lists().map(StatusList::issued_at).min();
        oldest.map_or_else(DataView::default, |issued_at| age(issued_at, issued_at.plus(self.store.status_max_age_s().into()), now))
    }
}

fn age(issued_at: UnixTime, usable_until: UnixTime, now: UnixTime) -> DataView {
    let (left, whole) = (usable_until.since(now), usable_until.since(issued_at));
    let state = if left <= 0 {
        DataState::Stale
    } else if left.saturating_mul(4) < whole {
        DataState::Ageing
    } else {
        DataState::Fresh
    };
    DataView { state, issued_at: Some(issued_at), usable_until: Some(usable_until) }
}

fn read(stored: &str) -> Result<Saved, Reason> {
    saved::read(&from_base64url(stored).ok_or(Reason::StorageDamaged)?, VERSION)
}
