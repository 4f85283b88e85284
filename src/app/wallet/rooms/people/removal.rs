//! Removing a pass, with its keys and records; those of its person go with the last one. What goes is listed until it is gone, so that it
//! goes on after a restart.

use super::super::{
    super::{
        Wallet,
        saved::{Held, Saved},
    },
    Record, RecordName,
    renewing::Holdings,
};
use crate::{app::Effect, time::UnixTime};

impl Wallet {
    /// The person has said so once more. The last pass stays: to destroy everything is another thing.
    pub(super) fn removal_confirmed(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(number) = self.rooms.people.removing.take() else { return };
        if number != self.saved.pass {
            return self.remove_pass(number, effects);
        }
        let mut passes = self.list().passes;
        passes.sort_by_key(|pass| pass.person != self.saved.person);
        let next = passes.iter().find(|pass| !pass.front).map(|pass| pass.number);
        match next {
            Some(next) => self.bring_instead(next, number, effects),
            None => self.come_back(now, effects),
        }
    }

    /// Takes a pass that is not in front from the list; its records and keys follow.
    pub(super) fn remove_pass(&mut self, number: u32, effects: &mut Vec<Effect>) {
        let mut list = self.list();
        let Some(at) = list.passes.iter().position(|pass| pass.number == number && !pass.front) else { return };
        let pass = list.passes.remove(at);
        list.going.push((number, pass.person));
        self.keep_list(&list, effects);
        self.count(&list);
        if list.passes.iter().all(|other| other.person != pass.person) {
            self.saved.others.retain(|other| other.person != pass.person);
        }
        self.save(effects);
        self.finish_removal(effects);
    }

    /// Forgets what is going, once it is known which keys there are.
    pub(super) fn finish_removal(&mut self, effects: &mut Vec<Effect>) {
        let mut list = self.list();
        let going = std::mem::take(&mut list.going);
        if going.is_empty() {
            return;
        }
        let needed = |(pass, _): &(u32, u32)| [RecordName::Pass, RecordName::Holdings].map(|name| name.of(0, *pass));
        let records: Vec<Record> = going.iter().flat_map(needed).collect();
        for record in &records {
            self.load(*record, effects);
        }
        if !records.iter().all(|record| self.rooms.records.is_there(*record)) {
            return;
        }
        for (number, person) in going {
            let of_pass = |name: RecordName| name.of(person, number);
            let saved = Saved::of_json(self.rooms.records.json(of_pass(RecordName::Pass))).unwrap_or_default();
            let holdings: Holdings = self.record_of(of_pass(RecordName::Holdings));
            let slots = saved.held.into_iter().flat_map(Held::slots).chain(saved.application.map(|application| application.slot));
            effects.extend(slots.chain(holdings.slots()).map(|slot| Effect::DropKey { slot }));
            let mut gone = vec![RecordName::Pass, RecordName::Holdings, RecordName::Showings];
            if list.passes.iter().all(|pass| pass.person != person) {
                gone.extend([RecordName::Appeals, RecordName::Diary, RecordName::Visits]);
            }
            for name in gone {
                self.forget_record(of_pass(name), effects);
            }
        }
        self.keep_list(&list, effects);
    }
}
