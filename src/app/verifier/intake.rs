//! Data that come in: from the network, the storage, or a parcel. One after the other each is read, its signature checked, and taken or
//! turned down with a reason; so a list is judged by the bundle before it, and a delta by its list.

use super::{
    Awaited, Stage, Verifier,
    data::{deltas_record, list_record},
};
use crate::{
    app::{Effect, Problem, Resource, of_answer},
    keys::PublicKey,
    reason::{Layer, Reason},
    signature::{Unverified, check_all},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{
        parcel::{self, ItemKind},
        status::{StatusDelta, StatusList},
        trust::TrustBundle,
    },
};
use std::collections::VecDeque;

/// After so many deltas a list is fetched whole: each of them is read at every opening.
const MAX_DELTAS: usize = 8;

/// Where data came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Network,
    Storage,
    /// A file or a sequence of codes.
    Parcel,
}

/// Something to be judged.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: ItemKind,
    pub(super) origin: Origin,
    /// The list that was asked for.
    pub(super) uri: Option<String>,
}

/// What was read, while its signature is being checked.
#[derive(Debug)]
pub(super) enum Examined {
    Bundle(Unverified<TrustBundle>),
    List(Unverified<StatusList>),
    Delta(Unverified<StatusDelta>),
}

impl Examined {
    fn checks(&self) -> &[crate::signature::SignatureCheck] {
        match self {
            Self::Bundle(bundle) => bundle.checks(),
            Self::List(list) => list.checks(),
            Self::Delta(delta) => delta.checks(),
        }
    }
}

/// A list that is kept, and the deltas on top of it, each with its time.
#[derive(Debug)]
struct Kept {
    uri: String,
    made_at: UnixTime,
    deltas: Vec<(UnixTime, Vec<u8>)>,
}

#[derive(Debug, Default)]
pub(super) struct Intake {
    pub(super) queue: VecDeque<Item>,
    kept: Vec<Kept>,
    /// A refresh is under way; whether something of it failed.
    refreshing: Option<bool>,
    /// The lists of the new bundle are to be asked for when those at hand are read.
    lists_wanted: bool,
    /// Something is not stored yet.
    changed: bool,
    /// Of a parcel: items taken, and items in it.
    pub(super) unpacking: Option<(u16, u16)>,
}

impl Intake {
    /// False while one is under way.
    pub(super) const fn begin_refresh(&mut self) -> bool {
        let idle = self.refreshing.is_none();
        if idle {
            self.refreshing = Some(false);
        }
        idle
    }

    /// Whether one more delta may be put on a list.
    pub(super) fn has_room(&self, uri: &str) -> bool {
        self.kept.iter().any(|kept| kept.uri == uri && kept.deltas.len() < MAX_DELTAS)
    }
}

impl Verifier {
    pub(super) fn fetch(&mut self, resource: Resource, kind: ItemKind, uri: Option<String>, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Fetch(kind, uri));
        effects.push(Effect::Fetch { ticket, resource });
    }

    pub(super) fn fetched(
        &mut self,
        kind: ItemKind,
        uri: Option<String>,
        status: u16,
        body: &str,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let reason = match (status, from_base64url(body)) {
            (200, Some(bytes)) => return self.offer(bytes, kind, Origin::Network, uri, now, effects),
            (200, None) => Reason::AnswerMalformed,
            _ => Reason::ServerFault { status },
        };
        self.turned_down(&Item { bytes: Vec::new(), kind, origin: Origin::Network, uri }, reason, effects);
        self.work(now, effects);
    }

    pub(super) fn fetch_failed(&mut self, problem: Problem, now: UnixTime, effects: &mut Vec<Effect>) {
        self.intake.refreshing = self.intake.refreshing.map(|_| true);
        // Without a network the gate goes on; who asked for new data is told.
        if std::mem::take(&mut self.refresh_asked) {
            self.notices.add(problem.reason);
        }
        self.work(now, effects);
    }

    /// A record was read, or could not be.
    pub(super) fn record_loaded(&mut self, kind: ItemKind, uri: String, data: Option<&str>, now: UnixTime, effects: &mut Vec<Effect>) {
        let bytes = data.and_then(from_base64url);
        match (kind, bytes) {
            (ItemKind::Delta, Some(bytes)) => {
                // What can't be read any more is fetched anew.
                for bytes in parcel::decode(&bytes).unwrap_or_default() {
                    self.intake.queue.push_back(Item { bytes, kind, origin: Origin::Storage, uri: Some(uri.clone()) });
                }
            }
            (_, Some(bytes)) => self.intake.queue.push_back(Item { bytes, kind, origin: Origin::Storage, uri: Some(uri) }),
            (_, None) => {}
        }
        self.work(now, effects);
    }

    pub(super) fn offer(
        &mut self,
        bytes: Vec<u8>,
        kind: ItemKind,
        origin: Origin,
        uri: Option<String>,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        self.intake.queue.push_back(Item { bytes, kind, origin, uri });
        self.work(now, effects);
    }

    /// Goes on with the next item, unless one is being checked.
    pub(super) fn work(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        while !self.tickets.any(|awaited| matches!(awaited, Awaited::Examined(..))) {
            let Some(item) = self.intake.queue.pop_front() else { return self.settle(now, effects) };
            match self.examine(&item) {
                Ok(examined) => {
                    let checks = examined.checks().to_vec();
                    let ticket = self.tickets.give(Awaited::Examined(Box::new(examined), item));
                    effects.push(Effect::Check { ticket, checks });
                }
                Err(reason) => self.turned_down(&item, reason, effects),
            }
        }
    }

    fn examine(&self, item: &Item) -> Result<Examined, Reason> {
        let bundle = || self.store.bundle().ok_or(Reason::BundleMissing);
        match item.kind {
            ItemKind::Bundle => {
                let root = self.saved.deployment.as_ref().and_then(|deployment| from_base64url(&deployment.root_key));
                let root = root.and_then(|point| PublicKey::from_sec1(&point)).ok_or(Reason::BundleWrongRoot)?;
                TrustBundle::parse(&item.bytes, &root).map(Examined::Bundle)
            }
            ItemKind::List => StatusList::parse(&item.bytes, bundle()?).map(Examined::List),
            ItemKind::Delta => StatusDelta::parse(&item.bytes, bundle()?).map(Examined::Delta),
        }
    }

    /// The signature was checked; without results the core does it.
    pub(super) fn examined(
        &mut self,
        examined: Examined,
        item: Item,
        results: Option<&[Option<u32>]>,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let results = results.map_or_else(|| check_all(examined.checks()), <[_]>::to_vec);
        let forged = |_| Reason::BadSignature { layer: Layer::StatusList };
        let taken = match examined {
            Examined::Bundle(bundle) => {
                let bundle = bundle.accept(&results).map_err(|_| Reason::BundleWrongRoot);
                bundle.and_then(|bundle| self.store.accept_bundle(bundle)).map(|()| self.bundle_taken(&item, effects))
            }
            Examined::List(list) => list.accept(&results).map_err(forged).and_then(|list| {
                let (uri, made_at) = (list.get().uri().to_owned(), list.get().issued_at());
                let held_at = self.store.lists().find(|held| held.uri() == uri).map_or(made_at, StatusList::issued_at);
                let newer = self.store.accept_list(list);
                newer.then(|| self.list_taken(uri, made_at, &item, effects)).ok_or(Reason::ListOlder { held_at, offered_at: made_at })
            }),
            Examined::Delta(delta) => delta.accept(&results).map_err(forged).and_then(|delta| {
                self.store.accept_delta(&delta)?;
                self.delta_taken(delta.get(), &item, effects);
                Ok(())
            }),
        };
        match taken {
            Ok(()) => {
                self.intake.changed |= item.origin != Origin::Storage;
                if let (Some((taken, _)), Origin::Parcel) = (&mut self.intake.unpacking, item.origin) {
                    *taken += 1;
                }
            }
            Err(reason) => self.turned_down(&item, reason, effects),
        }
        self.work(now, effects);
    }

    fn bundle_taken(&mut self, item: &Item, effects: &mut Vec<Effect>) {
        self.saved.bundle = Some(to_base64url(&item.bytes));
        match item.origin {
            Origin::Storage => {
                for (_, list) in std::mem::take(&mut self.saved.lists) {
                    let bytes = from_base64url(&list).unwrap_or_default();
                    self.intake.queue.push_back(Item { bytes, kind: ItemKind::List, origin: Origin::Storage, uri: None });
                }
                for uri in self.saved.held.clone() {
                    self.load(ItemKind::List, list_record(&uri), uri, effects);
                }
            }
            Origin::Network | Origin::Parcel => {
                self.intake.lists_wanted = item.origin == Origin::Network;
                // A list that the bundle does not name any more serves nobody.
                let named = |uri: &String| self.store.bundle().is_some_and(|bundle| bundle.list(uri).is_some());
                let (held, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.saved.held).into_iter().partition(named);
                self.saved.held = held;
                for uri in gone {
                    effects.push(Effect::Forget { record: list_record(&uri) });
                    effects.push(Effect::Forget { record: deltas_record(&uri) });
                }
            }
        }
    }

    fn load(&mut self, kind: ItemKind, record: String, uri: String, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Record(kind, uri));
        effects.push(Effect::Load { ticket, record });
    }

    fn keep(&mut self, record: String, bytes: &[u8], effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Store);
        effects.push(Effect::Keep { ticket, record, data: to_base64url(bytes) });
    }

    fn list_taken(&mut self, uri: String, made_at: UnixTime, item: &Item, effects: &mut Vec<Effect>) {
        self.intake.kept.retain(|kept| kept.uri != uri);
        if item.origin == Origin::Storage && item.uri.is_some() {
            self.load(ItemKind::Delta, deltas_record(&uri), uri.clone(), effects);
        } else {
            // What changed since another list says nothing of this one; should it stay by mischance, it is older than this list.
            self.keep(list_record(&uri), &item.bytes, effects);
            effects.push(Effect::Forget { record: deltas_record(&uri) });
            if !self.saved.held.contains(&uri) {
                self.saved.held.push(uri.clone());
                self.intake.changed = true;
            }
        }
        self.intake.kept.push(Kept { uri, made_at, deltas: Vec::new() });
    }

    fn delta_taken(&mut self, delta: &StatusDelta, item: &Item, effects: &mut Vec<Effect>) {
        let Some(kept) = self.intake.kept.iter_mut().find(|kept| kept.uri == delta.uri()) else { return };
        // As few as lead from the list to this one: a delta tells days, and comes every hour.
        let mut times = std::iter::once(kept.made_at).chain(kept.deltas.iter().map(|(at, _)| *at));
        let needed = times.position(|at| at >= delta.since()).unwrap_or(kept.deltas.len());
        kept.deltas.truncate(needed);
        kept.deltas.push((delta.issued_at(), item.bytes.clone()));
        if item.origin != Origin::Storage {
            let deltas: Vec<_> = kept.deltas.iter().map(|(_, bytes)| bytes.clone()).collect();
            self.keep(deltas_record(delta.uri()), &parcel::encode(&deltas), effects);
        }
    }

    /// What came is not used; what is held stays.
    fn turned_down(&mut self, item: &Item, reason: Reason, effects: &mut Vec<Effect>) {
        match (item.origin, item.kind, reason) {
            // An answer that the network had kept: the next one is newer.
            (Origin::Network, ItemKind::List | ItemKind::Delta, Reason::ListOlder { .. }) => {}
            (Origin::Network, ItemKind::Delta, _) => {
                let entry = item.uri.as_deref().and_then(|uri| self.store.bundle()?.list(uri));
                if let Some(path) = entry.map(|entry| entry.path.clone()) {
                    self.fetch(Resource::StatusList { path }, ItemKind::List, item.uri.clone(), effects);
                }
            }
            (Origin::Network, _, reason @ Reason::ServerFault { .. }) => self.refused(reason),
            (Origin::Network, _, reason) => self.refused(of_answer(reason)),
            // Another tab may have stored what is older than what this one holds, and what can't be read any more is fetched anew.
            (Origin::Storage, ItemKind::Bundle, reason @ Reason::BundleWrongRoot) => self.notices.add(reason),
            (Origin::Storage, ..) => {}
            (
                Origin::Parcel,
                _,
                reason @ (Reason::BundleMissing
                | Reason::BundleWrongRoot
                | Reason::BundleRolledBack { .. }
                | Reason::ListOlder { .. }
                | Reason::DeltaOtherBase { .. }
                | Reason::DeltaMismatch
                | Reason::StatusMissing { .. }),
            ) => self.notices.add(reason),
            (Origin::Parcel, ..) => self.notices.add(Reason::ParcelDamaged),
        }
    }

    fn refused(&mut self, reason: Reason) {
        self.intake.refreshing = self.intake.refreshing.map(|_| true);
        self.refresh_asked = false;
        self.notices.add(reason);
    }

    /// When nothing is left to be judged: what was waited for, goes on.
    fn settle(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if self.tickets.any(|awaited| matches!(awaited, Awaited::Record(..))) {
            return;
        }
        if matches!(self.stage, Stage::Starting) {
            self.scan(effects);
        }
        if std::mem::take(&mut self.intake.lists_wanted) {
            self.fetch_lists(effects);
        }
        if let (Some(failed), false) = (self.intake.refreshing, self.tickets.any(|awaited| matches!(awaited, Awaited::Fetch(..)))) {
            self.intake.refreshing = None;
            self.refresh_asked = false;
            if !failed {
                for solved in ["offline", "server-fault"] {
                    self.notices.remove(solved);
                }
            }
        }
        if let Some((taken, of)) = self.intake.unpacking.take() {
            self.notices.add(Reason::ParcelTaken { taken, of });
        }
        for outdated in ["bundle-expired", "bundle-too-old"] {
            self.notices.remove(outdated);
        }
        if let Some(reason) = self.store.bundle().and_then(|bundle| bundle.fitness(now).err()) {
            self.notices.add(reason);
        }
        self.judge_poster(effects);
        if std::mem::take(&mut self.intake.changed) {
            self.save(effects);
            self.wake_up(now, effects);
        }
    }
}
