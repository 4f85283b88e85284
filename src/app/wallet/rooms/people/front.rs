//! Bringing another pass to the front. The state is stored once as it is, so that no other tab has written since it was read; then the
//! record of the pass in front; then the state with the other one in it. Killed anywhere in between, a pass is in one of the two, whole.

use super::{
    super::{
        super::{Awaited, Wallet, form, saved::Saved},
        RecordName, appeals, diary,
    },
    State,
};
use crate::{app::Effect, reason::Reason, time::UnixTime};

/// What has to be stored before another pass is in front.
#[derive(Debug)]
pub(in crate::app::wallet) enum Bringing {
    /// The state as it is.
    Claim,
    /// The pass that is in front, in its record.
    Aside,
    /// The state with the other pass in it.
    Front,
}

/// A pass that is wanted in front.
#[derive(Debug)]
pub(super) struct Wish {
    number: u32,
    /// What is in it, where it is a new one.
    new: Option<Box<Saved>>,
    /// The pass that is to be removed when it is not in front any more.
    remove: Option<u32>,
}

impl Wallet {
    /// Adds a pass and brings it to the front: one of a person who is there already, by the number of that person, or, with number 0 of
    /// the person, where there is a relation, of another one. It takes form, credential, relation, sign and birth date from what is given.
    pub(in super::super) fn add_pass(&mut self, new: Saved, effects: &mut Vec<Effect>) {
        self.add_pass_instead(new, None, effects);
    }

    /// The same in place of another one, which is removed when the new one is in front.
    pub(super) fn add_pass_instead(&mut self, new: Saved, remove: Option<u32>, effects: &mut Vec<Effect>) {
        let number = self.saved.next.max(1);
        let person = if new.person == 0 && new.relation.is_some() { number } else { new.person };
        self.want(Wish { number, new: Some(Box::new(Saved { pass: number, person, ..new })), remove }, effects);
    }

    /// Brings a pass to the front, and shows it.
    pub(in super::super) fn bring(&mut self, number: u32, now: UnixTime, effects: &mut Vec<Effect>) {
        if number == self.saved.pass {
            self.rooms.open = None;
            return self.come_back(now, effects);
        }
        if self.list().passes.iter().any(|pass| pass.number == number) {
            self.want(Wish { number, new: None, remove: None }, effects);
        }
    }

    /// Brings a pass to the front in place of one that is to be removed.
    pub(super) fn bring_instead(&mut self, number: u32, remove: u32, effects: &mut Vec<Effect>) {
        self.want(Wish { number, new: None, remove: Some(remove) }, effects);
    }

    fn want(&mut self, wish: Wish, effects: &mut Vec<Effect>) {
        self.load(RecordName::Pass.of(0, wish.number), effects);
        self.rooms.people.wish = Some(wish);
        self.claim_front(effects);
    }

    /// Begins, once all is read and nothing else is on its way.
    pub(super) fn claim_front(&mut self, effects: &mut Vec<Effect>) {
        let Some(wish) = &self.rooms.people.wish else { return };
        let read = self.rooms.records.is_there(RecordName::Pass.of(0, wish.number)) && self.is_read(RecordName::People);
        if read && !self.is_busy() && !self.tickets.any(|awaited| matches!(awaited, Awaited::Front(_))) {
            self.save_as(Awaited::Front(Bringing::Claim), effects);
        }
    }

    pub(in crate::app::wallet) fn front_stored(&mut self, step: Bringing, now: UnixTime, effects: &mut Vec<Effect>) {
        match step {
            Bringing::Claim => self.set_aside(effects),
            Bringing::Aside => self.put_in_front(now, effects),
            Bringing::Front => {
                self.saved.left_behind = false;
                let former = self.own(RecordName::Pass);
                self.rooms.records.forget(|record| record == former);
                effects.push(Effect::Forget { record: former.key() });
                self.save(effects);
                let remove = self.rooms.people.wish.take().and_then(|wish| wish.remove);
                if let Some(number) = remove {
                    self.remove_pass(number, effects);
                }
                self.clean_exchange(now, effects);
            }
        }
    }

    /// It could not be stored: the pass that is in front stays there. If it was the last step, what is held in memory is good until the end.
    pub(in crate::app::wallet) fn front_failed(&mut self, _step: Bringing, reason: Reason) {
        self.rooms.people.wish = None;
        self.notices.add(reason);
    }

    fn set_aside(&mut self, effects: &mut Vec<Effect>) {
        if self.rooms.people.wish.is_none() {
            return;
        }
        match self.pass_json() {
            Ok(json) => {
                let list = self.list();
                self.keep_list(&list, effects);
                self.put_record(self.own(RecordName::Pass), json.into_bytes(), Awaited::Front(Bringing::Aside), effects);
            }
            Err(reason) => self.front_failed(Bringing::Aside, reason),
        }
    }

    fn put_in_front(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(wish) = &mut self.rooms.people.wish else { return };
        let (number, new) = (wish.number, wish.new.take());
        let stays = wish.remove.is_some() && new.is_none();
        // Something may have come while it was written.
        if self.pass_json().is_ok_and(|json| json.as_bytes() != self.rooms.records.json(self.own(RecordName::Pass))) {
            if let Some(wish) = &mut self.rooms.people.wish {
                wish.new = new;
            }
            return self.set_aside(effects);
        }
        let list = self.list();
        let known = list.passes.iter().find(|pass| pass.number == number);
        let next = match (new, known) {
            (Some(new), _) => {
                self.saved.next = number + 1;
                self.saved.welcomed = true;
                self.saved.more_passes += 1;
                self.saved.more_people += u32::from(!list.passes.iter().any(|pass| pass.person == new.person));
                *new
            }
            // What is damaged is kept aside, and applied for anew.
            (None, Some(pass)) => Saved::of_json(self.rooms.records.json(RecordName::Pass.of(0, number))).unwrap_or_else(|_| Saved {
                pass: number,
                person: pass.person,
                relation: pass.whom.relation,
                sign: pass.whom.sign,
                ..Saved::default()
            }),
            (None, None) => return self.rooms.people = State::default(),
        };
        self.saved.bring(&next);
        self.forget_work();
        self.save_as(Awaited::Front(Bringing::Front), effects);
        // A list from which somebody was removed is looked at further.
        if !stays {
            self.rooms.open = None;
        }
        self.resume(now, effects);
    }

    /// What was begun for the pass that was in front is taken up when it comes back.
    fn forget_work(&mut self) {
        self.left = form::Left::default();
        self.unsaved = form::Unsaved::Nothing;
        (self.problem, self.replaced, self.stale) = (None, None, false);
        let rooms = &mut self.rooms;
        (rooms.diary, rooms.appeals) = (diary::State::default(), appeals::State::default());
        (rooms.renewing, rooms.unsaved, rooms.trouble) = (None, false, None);
        rooms.failed.clear();
        rooms.visits.leave();
    }
}
