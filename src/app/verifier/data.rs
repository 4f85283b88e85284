//! Trust and status data: what is stored, when new ones are asked for, and how old they are. [`super::intake`] judges them.

use super::{DataState, DataView, GateSettings, REFRESH_EVERY_S, Stage, Verifier, intake::Origin, logging::LogIndex};
use crate::{
    app::{Deployment, Effect, Language, Problem, Resource, saved},
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{parcel::ItemKind, status::delta_path},
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
    pub(super) deployment: Option<Deployment>,
    pub(super) bundle: Option<String>,
    /// Status lists as an earlier version kept them; now each has records of its own.
    pub(super) lists: BTreeMap<String, String>,
    /// URIs of the status lists that are kept: see [`list_record`] and [`deltas_record`].
    #[serde(default)]
    pub(super) held: Vec<String>,
    #[serde(default)]
    pub(super) log: LogIndex,
    #[serde(default)]
    pub(super) gate: GateSettings,
    /// The gate's own identifier for challenges: 8 random bytes, base64url.
    #[serde(default)]
    pub(super) gate_id: Option<String>,
    /// Text of the venue code that the challenge carries; checked again at opening.
    #[serde(default)]
    pub(super) poster: Option<String>,
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
        match self.saved.bundle.as_deref().and_then(from_base64url) {
            Some(bytes) => self.offer(bytes, ItemKind::Bundle, Origin::Storage, None, now, effects),
            None => self.scan(effects),
        }
        self.refresh_next(now, effects);
    }

    /// Asks for new data now, and again after a while.
    pub(super) fn refresh_next(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.refresh(effects);
        self.refresh_at = now.plus(REFRESH_EVERY_S);
        self.wake_up(now, effects);
    }

    /// Asks to be woken for whatever comes next: new data, a new challenge, or data that get too old.
    pub(super) fn wake_up(&self, now: UnixTime, effects: &mut Vec<Effect>) {
        let lights = [self.bundle_view(now), self.status_view(now)].into_iter().filter_map(|view| turns_at(&view, now));
        let at = lights.chain(self.challenges.changes_at()).fold(self.refresh_at, UnixTime::min);
        effects.push(Effect::Tick { at });
    }

    /// Asks for a new bundle, unless that is under way.
    pub(super) fn refresh(&mut self, effects: &mut Vec<Effect>) {
        if self.saved.deployment.is_none() || matches!(self.stage, Stage::Blocked(_)) || !self.intake.begin_refresh() {
            return;
        }
        self.fetch(Resource::Bundle, ItemKind::Bundle, None, effects);
    }

    /// Asks for the status lists that the bundle names: of those at hand for what changed.
    pub(super) fn fetch_lists(&mut self, effects: &mut Vec<Effect>) {
        let Some(bundle) = self.store.bundle() else { return };
        let wanted = |(uri, entry): (&String, &crate::token::trust::ListEntry)| {
            let held = self.store.list(uri, &entry.issuer).is_some() && self.intake.has_room(uri);
            if held { (uri.clone(), delta_path(&entry.path), ItemKind::Delta) } else { (uri.clone(), entry.path.clone(), ItemKind::List) }
        };
        let wanted: Vec<_> = bundle.lists.iter().map(wanted).collect();
        for (uri, path, kind) in wanted {
            self.fetch(Resource::StatusList { path }, kind, Some(uri), effects);
        }
    }

    pub(super) fn save(&mut self, effects: &mut Vec<Effect>) {
        // What a newer version stored is not for this one to overwrite.
        if matches!(self.stage, Stage::Blocked(_)) {
            return;
        }
        let Ok(json) = crate::json::to_string(&self.saved) else { return self.notices.add(Reason::Internal) };
        let ticket = self.tickets.give(super::Awaited::Store);
        effects.push(Effect::Store { ticket, state: to_base64url(json.as_bytes()) });
    }

    pub(super) fn bundle_view(&self, now: UnixTime) -> DataView {
        self.store.bundle().map_or_else(DataView::default, |bundle| {
            let age_limit = bundle.issued_at.plus(bundle.lifetimes.bundle_max_age_s.into());
            age(bundle.issued_at, age_limit.min(bundle.expires_at), now)
        })
    }

    pub(super) fn status_view(&self, now: UnixTime) -> DataView {
        let max_age_s = self.store.status_max_age_s().into();
        let lives = self.store.lists().map(|list| {
            let age_limit = list.issued_at().plus(max_age_s);
            (list.expires_at().map_or(age_limit, |end| end.min(age_limit)), list.issued_at())
        });
        let held = self.store.lists().count();
        let mut view = lives.min().map_or_else(DataView::default, |(usable_until, issued_at)| age(issued_at, usable_until, now));
        let named = self.store.bundle().map_or(0, |bundle| bundle.lists.len());
        view.missing = u32::try_from(named.saturating_sub(held)).unwrap_or(u32::MAX);
        // Codes of a list that is not there can't be judged: that is worth a look before somebody stands there with one.
        if view.missing > 0 && view.state == DataState::Fresh {
            view.state = DataState::Ageing;
        }
        view
    }
}

/// The record of a status list: the token as received.
pub(super) fn list_record(uri: &str) -> String {
    ["list-", uri].concat()
}

/// The record of what changed in it since, as a parcel.
pub(super) fn deltas_record(uri: &str) -> String {
    ["deltas-", uri].concat()
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
    DataView { state, issued_at: Some(issued_at), usable_until: Some(usable_until), missing: 0 }
}

/// When the light changes next.
fn turns_at(view: &DataView, now: UnixTime) -> Option<UnixTime> {
    let (issued_at, until) = view.issued_at.zip(view.usable_until)?;
    let ageing = until.plus(-(until.since(issued_at).saturating_sub(1).max(0) / 4));
    [ageing, until].into_iter().find(|at| *at > now)
}

fn read(stored: &str) -> Result<Saved, Reason> {
    saved::read(&from_base64url(stored).ok_or(Reason::StorageDamaged)?, VERSION)
}
