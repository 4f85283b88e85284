//! Writing all records anew after the lock was turned on or off. Until all are written the stored state says so, and an opening goes on.

use super::{
    super::{
        super::{Awaited, Wallet},
        RoomName,
    },
    lock::Turning,
};
use crate::{app::Effect, reason::Reason};

impl Wallet {
    /// The lock is stored as it is to be: the records follow.
    pub(in crate::app::wallet) fn turned(&mut self, effects: &mut Vec<Effect>) {
        self.reseal(effects);
    }

    /// The lock could not be stored: it is as it was.
    pub(in crate::app::wallet) fn not_turned(&mut self, reason: Reason) {
        self.notices.add(reason);
        match self.lock_held() {
            Some(mut lock) if lock.turning == Some(Turning::Off) => {
                lock.turning = None;
                self.put_lock(&lock);
            }
            _ => {
                self.saved.lock = None;
                self.rooms.safety.key = None;
            }
        }
    }

    /// Writes every record anew, once all are read and nothing is being written anew already.
    pub(in crate::app::wallet) fn reseal(&mut self, effects: &mut Vec<Effect>) {
        if !self.has_needed(RoomName::Safety) || self.is_locked() || self.is_busy() || !self.is_turning() {
            return;
        }
        if self.rooms.safety.unreadable {
            return self.notices.add(Reason::StorageDamaged);
        }
        let mut count = 0;
        for record in self.needed(RoomName::Safety) {
            // What could not be read once lies there in the clear, of no use to anybody honest.
            effects.push(Effect::Forget { record: record.aside() });
            let json = self.rooms.records.json(record).to_vec();
            if !json.is_empty() {
                self.keep_as(record, &json, Awaited::Resealed, effects);
                count += 1;
            }
        }
        self.rooms.safety.resealing = Some(count);
        self.finish(effects);
    }

    /// One more record is written.
    pub(in crate::app::wallet) fn resealed(&mut self, effects: &mut Vec<Effect>) {
        self.rooms.safety.resealing = self.rooms.safety.resealing.map(|left| left.saturating_sub(1));
        self.finish(effects);
    }

    /// A record could not be written: the next opening tries again.
    pub(in crate::app::wallet) fn not_resealed(&mut self, reason: Reason) {
        self.rooms.safety.resealing = None;
        self.notices.add(reason);
    }

    /// The lock is being turned on or off.
    pub(in super::super) fn is_turning(&self) -> bool {
        self.lock_held().is_some_and(|lock| lock.turning.is_some())
    }

    fn finish(&mut self, effects: &mut Vec<Effect>) {
        let (Some(0), Some(mut lock)) = (self.rooms.safety.resealing, self.lock_held()) else { return };
        self.rooms.safety.resealing = None;
        if lock.turning.take() == Some(Turning::Off) {
            self.saved.lock = None;
            self.rooms.safety.key = None;
        } else {
            self.put_lock(&lock);
        }
        self.save(effects);
    }
}
