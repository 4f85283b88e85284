//! What is kept of renewals, and when the next one is wanted.

use super::{
    super::{
        super::{Awaited, Stage, Wallet},
        RecordName,
        view::RenewalView,
    },
    BATCH, Step,
};
use crate::{app::Effect, reason::Reason, roles::holder::Pass, text::to_base64url, time::UnixTime};
use serde::{Deserialize, Serialize};

/// After a refusal it is asked for again no sooner than a day later.
pub(super) const PAUSE_S: i64 = 86_400;
/// And so much later after one that was answered, whatever came: an issuer's mistake must not make a wallet ask without end.
const REST_S: i64 = 3600;

/// What is kept of renewals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in super::super) struct Holdings {
    /// Identifier of the newest renewal; it is under way unless its keys are those of what is held.
    pub(super) id: Option<[u8; 16]>,
    /// Keys that go when what took their place is stored.
    pub(super) former: Vec<String>,
    /// It was asked for before the credential is old.
    pub(super) wanted: bool,
    /// Every other credential of the person is to end with it.
    pub(super) replace: bool,
    /// When that was done last.
    pub(super) replaced_at: Option<UnixTime>,
    /// How many answers could not be read.
    pub(super) unread: u8,
    /// Why the last one failed for good, and when the next is tried.
    pub(super) refused: Option<Reason>,
    pub(super) retry_at: UnixTime,
}

impl Holdings {
    /// The names of all keys that it knows of.
    pub(in super::super) fn slots(self) -> impl Iterator<Item = String> {
        let under_way = self.id.into_iter().flat_map(|id| (0..super::BATCH).map(move |number| slot_of(&id, number)));
        self.former.into_iter().chain(under_way)
    }
}

/// The name of the key of a credential of a batch.
pub(super) fn slot_of(id: &[u8; 16], number: usize) -> String {
    format!("holder-{}-{number}", to_base64url(id))
}

impl Wallet {
    pub(super) fn holdings(&self) -> Holdings {
        self.record(RecordName::Holdings)
    }

    pub(in super::super) fn renewal_wanted(&self, now: UnixTime) -> bool {
        let holdings = self.holdings();
        // A clock that was ahead once must not put it off for longer.
        let waits_s = holdings.retry_at.since(now);
        (self.stale || holdings.wanted) && !self.rooms.unsaved && !(1..=PAUSE_S).contains(&waits_s)
    }

    /// A better colour waits, or a person asks: it is not waited for the last third of the life, nor for the end of a pause.
    pub(in super::super) fn want_renewal(&mut self, effects: &mut Vec<Effect>) {
        let wanted = Holdings { wanted: true, unread: 0, refused: None, retry_at: UnixTime(0), ..self.holdings() };
        self.keep_record(RecordName::Holdings, &wanted, effects);
    }

    /// Whether a renewal by this ends all others: what is withdrawn shall end, and after a move the former phone's.
    pub(super) fn replaces(&self, held: &Pass) -> bool {
        held.terms().is_some() || self.holdings().replace
    }

    /// All that was allowed others is to end at once: the code is renewed, and every former one ends. What was begun before would be
    /// answered as it was asked for, so it is begun anew.
    pub(in super::super) fn end_all(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if self.tickets.any(|awaited| matches!(awaited, Awaited::Renewal(_))) {
            return;
        }
        let mut holdings = self.holdings();
        if let Some(begun) = holdings.id.take_if(|id| !self.in_use(&slot_of(id, 0))) {
            effects.extend((0..BATCH).map(|number| Effect::DropKey { slot: slot_of(&begun, number) }));
        }
        holdings.replace = true;
        self.keep_record(RecordName::Holdings, &holdings, effects);
        self.renewal_asked(now, effects);
    }

    /// Whether that is still to be done, why it was refused, and when it was done last.
    pub(in super::super) fn ending(&self) -> (bool, Option<Reason>, Option<UnixTime>) {
        let holdings = self.holdings();
        (holdings.replace, holdings.refused, holdings.replaced_at)
    }

    pub(in super::super) fn renewal_asked(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.want_renewal(effects);
        self.mark_errands(effects);
        self.errands_anew(now, effects);
    }

    /// It was refused not long ago: nothing comes by itself, so the form says why.
    pub(in super::super) fn renewal_rests(&mut self) {
        self.stale = false;
        if let (Stage::Form, Some(reason)) = (&self.stage, self.holdings().refused) {
            self.replaced = Some(reason);
        }
    }

    pub(in super::super) fn in_use(&self, slot: &str) -> bool {
        self.saved.held.as_ref().is_some_and(|held| held.slot == slot || held.later.iter().any(|bound| bound.slot == slot))
    }

    /// What took their place is stored: the former keys go.
    pub(in crate::app::wallet) fn settle(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut holdings = self.holdings();
        let storing = self.tickets.any(|awaited| matches!(awaited, Awaited::Renewal(Step::Stored)));
        let done = holdings.id.is_some_and(|id| self.in_use(&slot_of(&id, 0)));
        if holdings.former.is_empty() || !done || storing || self.rooms.unsaved {
            return;
        }
        (holdings.wanted, holdings.retry_at) = (false, now.plus(REST_S));
        for slot in std::mem::take(&mut holdings.former).into_iter().filter(|slot| !self.in_use(slot)) {
            effects.push(Effect::DropKey { slot });
        }
        self.keep_record(RecordName::Holdings, &holdings, effects);
    }

    pub(in super::super) fn renewal_view(&self, now: UnixTime) -> Option<RenewalView> {
        let Stage::Code(shown) = &self.stage else { return None };
        let holdings = self.holdings();
        let later = self.saved.held.as_ref().map_or(0, |held| held.later.len());
        Some(RenewalView {
            moved: shown.held.terms().is_some(),
            issued_at: shown.held.begins_at(),
            expires_at: shown.held.ends_at(),
            renewed_from: shown.held.ages_at(),
            codes: u32::try_from(later + 1).unwrap_or(u32::MAX),
            under_way: self.tickets.any(|awaited| matches!(awaited, Awaited::Renewal(_))),
            waiting_for: self.rooms.trouble.clone().filter(|_| self.renewal_wanted(now)),
            refused: holdings.refused,
        })
    }
}
