//! When the wallet locks itself, and what goes then.

use super::super::{super::Wallet, RoomName};
use crate::{app::Effect, time::UnixTime};

impl Wallet {
    /// Locks: key, private part and records go out of memory, and the code with them unless it may be shown.
    pub(super) fn lock(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        // What is being written must be whole first: it needs the key.
        if self.saved.lock.is_none() || self.is_locked() || self.rooms.safety.resealing.is_some() {
            return;
        }
        self.forget_key();
        self.rooms.open = None;
        self.resume(now, effects);
    }

    pub(super) fn forget_key(&mut self) {
        self.rooms.safety.key = None;
        self.rooms.records.forget(|_| true);
        self.rooms.people = super::super::people::State::default();
        self.rooms.data = super::super::data::State::default();
        self.rooms.visits = super::super::visits::State::default();
        self.rooms.exchange = super::super::exchange::State::default();
        self.rooms.group = super::super::group::State::default();
        self.rooms.showings = super::super::showings::State::default();
        self.rooms.safety.leave();
        let Some(lock) = self.lock_held() else { return };
        let public = std::mem::take(&mut self.saved);
        self.saved.language = public.language;
        self.saved.deployment = public.deployment;
        if lock.show_code {
            (self.saved.held, self.saved.disclose) = (public.held, public.disclose);
            // Whose code it is has to stand beside it.
            (self.saved.sign, self.saved.relation, self.saved.more_people) = (public.sign, public.relation, public.more_people);
        }
        self.saved.lock = public.lock;
        self.left = crate::app::wallet::form::Left::default();
    }

    /// The page went to the background.
    pub(in crate::app::wallet) fn hidden(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(lock) = self.lock_held().filter(|_| !self.is_locked()) else { return };
        self.rooms.safety.hidden_at = Some(now);
        if lock.close_after_s == 0 {
            return self.lock(now, effects);
        }
        // The code needs no renewing where nobody sees it; it is renewed when the page comes back.
        effects.push(Effect::Tick { at: now.plus(i64::from(lock.close_after_s)) });
    }

    /// Locks if the page was in the background for long enough; a clock that was set back does not make it shorter.
    pub(in crate::app::wallet) fn lock_if_due(&mut self, now: UnixTime, shown: bool, effects: &mut Vec<Effect>) {
        let hidden_at = self.rooms.safety.hidden_at;
        if shown {
            self.rooms.safety.hidden_at = None;
        }
        let (Some(hidden_at), Some(lock)) = (hidden_at, self.lock_held()) else { return };
        let away_s = now.since(hidden_at);
        if away_s < 0 || away_s >= i64::from(lock.close_after_s) {
            self.lock(now, effects);
        }
    }

    /// Goes on in the room that was asked for while the wallet was locked; an unfinished turn of the lock needs all records.
    pub(super) fn enter_again(&mut self, unfinished: bool, effects: &mut Vec<Effect>) {
        if let Some(room) = self.rooms.open {
            self.enter(room, effects);
        }
        if unfinished {
            self.load_needed(RoomName::Safety, effects);
            self.reseal(effects);
        }
    }
}
