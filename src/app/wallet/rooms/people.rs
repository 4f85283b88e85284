//! The room of people: passes of several people, or several of one, on one phone. The pass in front is in the state; each other one lies in
//! a record, and the list of all of them in one more. That list repeats what the passes say: where it is lost, it is made anew.

mod front;
mod removal;

pub(in crate::app::wallet) use front::Bringing;

use super::{
    super::{
        Wallet,
        saved::{Form, Saved},
    },
    Record, RecordName, RoomName,
    view::{PassView, PeopleEvent, PeopleView},
};
use crate::{
    app::Effect,
    json,
    reason::Reason,
    roles::holder::HeldCredential,
    time::UnixTime,
    token::{ClaimName, identity},
};
use serde::{Deserialize, Serialize};

/// The most people that a phone holds passes of.
const MOST: u32 = 20;
/// Codes of GB/T 2260 are of one province when they are the same without these digits.
const PROVINCE: u32 = 10_000;

/// What is kept of all passes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct List {
    /// In the order of the list.
    passes: Vec<PassView>,
    /// Those whose records and keys are being forgotten: number, and person.
    going: Vec<(u32, u32)>,
}

/// What the room remembers while the page is open.
#[derive(Debug, Default)]
pub(super) struct State {
    removing: Option<u32>,
    wish: Option<front::Wish>,
}

impl State {
    /// The room is left.
    pub(super) fn leave(&mut self) {
        self.removing = None;
    }

    /// What was wanted in front can't be read.
    pub(super) fn stop(&mut self) {
        self.wish = None;
    }
}

/// A pass as the list shows it.
fn listed(saved: &Saved) -> PassView {
    let credential = saved.held.as_ref().and_then(|held| HeldCredential::read(&held.credential).ok());
    let claims = credential.as_ref().map(HeldCredential::claims);
    let name = claims.and_then(|claims| claims.claims.get(&ClaimName::Name)?.as_text().map(str::to_owned));
    PassView {
        number: saved.pass,
        person: saved.person,
        name: name.unwrap_or_else(|| identity::mask_name(&saved.form.name)),
        whom: super::super::WhomView { sign: saved.sign, relation: saved.relation },
        born: saved.born,
        colour: claims.map(|claims| claims.colour),
        region: claims.map(|claims| claims.region).or(saved.form.region).unwrap_or_default(),
        kind: claims.map_or(0, |claims| claims.kind),
        expires_at: claims.map(|claims| claims.expires_at),
        applying: saved.application.is_some(),
        errands: saved.errands,
        front: false,
        reached: None,
    }
}

/// The people of a list, each once.
fn people_of(list: &List) -> Vec<u32> {
    let mut people: Vec<u32> = list.passes.iter().map(|pass| pass.person).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// An age with which something changes for a ward.
fn reached(pass: &PassView, now: UnixTime) -> Option<u8> {
    match identity::age(pass.born.filter(|_| pass.whom.relation.is_some())?, now) {
        identity::GROWN_UP.. => Some(18),
        identity::OWN_CONSENT.. => Some(14),
        _ => None,
    }
}

impl Wallet {
    pub(super) fn people(&mut self, event: PeopleEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.is_read(RecordName::People) {
            return;
        }
        match event {
            PeopleEvent::Added { relation, sign } if self.saved.more_people + 1 < MOST => {
                self.add_pass(Saved { relation: Some(relation), sign, ..Saved::default() }, effects);
            }
            PeopleEvent::Added { .. } => {}
            PeopleEvent::Brought { number } => self.bring(number, now, effects),
            PeopleEvent::Moved { number, up } => self.move_pass(number, up, effects),
            PeopleEvent::RegionAdded { region } if self.regions_offered().contains(&region) => {
                let Saved { person, relation, sign, .. } = self.saved;
                let form = Form { region: Some(region), ..Form::default() };
                self.add_pass(Saved { person, relation, sign, form, ..Saved::default() }, effects);
            }
            PeopleEvent::RegionAdded { .. } => {}
            PeopleEvent::RemovalAsked { number } => self.rooms.people.removing = Some(number),
            PeopleEvent::RemovalConfirmed => self.removal_confirmed(now, effects),
            PeopleEvent::RemovalDeclined => self.rooms.people.removing = None,
            PeopleEvent::SignChosen { sign } => {
                self.saved.sign = sign;
                self.save(effects);
            }
        }
    }

    /// The regions whose codes the person in front can apply for beside those that are there.
    fn regions_offered(&self) -> Vec<u32> {
        let of_person: Vec<u32> = self.passes_of_person().map(|pass| pass.region).collect();
        let own = self.saved.held.is_some();
        let regions = self.saved.deployment.as_ref().filter(|_| own).map(|deployment| deployment.regions.as_slice());
        regions.unwrap_or_default().iter().copied().filter(|region| !of_person.contains(region)).collect()
    }

    fn passes_of_person(&self) -> impl Iterator<Item = PassView> {
        let person = self.saved.person;
        self.list().passes.into_iter().filter(move |pass| pass.person == person)
    }

    /// The number of another pass of the person in front that fits a place's region better than the one in front.
    pub(super) fn fitting(&self, region: u32, now: UnixTime) -> Option<u32> {
        let fits = |pass: &PassView| pass.region / PROVINCE == region / PROVINCE && pass.colour.is_some();
        let passes: Vec<_> = self.passes_of_person().filter(fits).collect();
        let other = passes.iter().find(|pass| pass.expires_at.is_some_and(|end| end > now))?;
        if passes.iter().any(|pass| pass.front) { None } else { Some(other.number) }
    }

    /// The list as it is now, with the pass in front as the state has it.
    fn list(&self) -> List {
        let mut list: List = self.record(RecordName::People);
        let front = PassView { front: true, ..listed(&self.saved) };
        for pass in &mut list.passes {
            pass.front = false;
        }
        match list.passes.iter_mut().find(|pass| pass.number == front.number) {
            Some(pass) => *pass = front,
            None => list.passes.push(front),
        }
        list
    }

    fn keep_list(&mut self, list: &List, effects: &mut Vec<Effect>) {
        self.keep_record(RecordName::People, list, effects);
    }

    /// Whether the list that was read has all passes in it.
    fn is_whole(&self, list: &List) -> bool {
        usize::try_from(self.saved.more_passes).is_ok_and(|more| list.passes.len() == more + 1)
    }

    /// The records of passes that the list does not name and that may be there all the same.
    fn unlisted(&self, list: &List) -> Vec<Record> {
        let known =
            |number: u32| list.passes.iter().any(|pass| pass.number == number) || list.going.iter().any(|(pass, _)| *pass == number);
        (0..self.saved.next).filter(|number| !known(*number)).map(|number| RecordName::Pass.of(0, number)).collect()
    }

    /// All records that there may be, as far as is known by what was read.
    pub(super) fn all_records(&self) -> Vec<Record> {
        let list = self.list();
        let mut all: Vec<_> = RecordName::SHARED.iter().map(|name| self.own(*name)).collect();
        if !self.is_read(RecordName::People) {
            return all;
        }
        if !self.is_whole(&list) {
            all.extend(self.unlisted(&list));
        }
        for person in people_of(&list) {
            all.extend([RecordName::Appeals, RecordName::Diary, RecordName::Visits].map(|name| name.of(person, 0)));
        }
        for pass in &list.passes {
            all.push(RecordName::Holdings.of(0, pass.number));
            all.extend((!pass.front).then(|| RecordName::Pass.of(0, pass.number)));
        }
        all
    }

    /// The list was read: what it names is needed as well.
    pub(in crate::app::wallet) fn list_read(&mut self, effects: &mut Vec<Effect>) {
        if let Some(room) = self.rooms.open {
            self.load_needed(room, effects);
        }
        if self.is_turning() {
            self.load_needed(RoomName::Safety, effects);
        }
    }

    /// Does what can be done now that something was read: mends the list, goes on with a removal, brings what is wanted to the front.
    pub(in crate::app::wallet) fn passes_go_on(&mut self, effects: &mut Vec<Effect>) {
        if self.is_locked() || !self.is_read(RecordName::People) {
            return;
        }
        let mut list = self.list();
        if !self.is_whole(&list) {
            let unlisted = self.unlisted(&list);
            for record in &unlisted {
                self.load(*record, effects);
            }
            if !unlisted.iter().all(|record| self.rooms.records.is_there(*record)) {
                return;
            }
            let found = unlisted.iter().filter_map(|record| Saved::of_json(self.rooms.records.json(*record)).ok());
            list.passes.extend(found.map(|saved| listed(&saved)));
            self.count(&list);
            self.keep_list(&list, effects);
            self.save(effects);
            self.list_read(effects);
        }
        self.finish_removal(effects);
        self.claim_front(effects);
    }

    /// Counts passes and people for the state.
    fn count(&mut self, list: &List) {
        // Where the state is younger than the list, as after damage: no number is given twice.
        let next = list.passes.iter().map(|pass| pass.number + 1).max().filter(|_| list.passes.len() > 1);
        self.saved.next = self.saved.next.max(next.unwrap_or_default());
        let more = |count: usize| u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
        (self.saved.more_passes, self.saved.more_people) = (more(list.passes.len()), more(people_of(list).len()));
    }

    /// Another tab has stored something: what was read of passes may be old, and so is what was wanted.
    pub(in crate::app::wallet) fn passes_elsewhere(&mut self, effects: &mut Vec<Effect>) {
        self.rooms.people = State::default();
        self.tickets.keep(|awaited| !matches!(awaited, super::super::Awaited::Front(_)));
        self.rooms.records.forget(|record| matches!(record.name, RecordName::Pass | RecordName::People));
        if let Some(room) = self.rooms.open.filter(|_| !self.is_locked()) {
            self.load_needed(room, effects);
        }
    }

    fn move_pass(&mut self, number: u32, up: bool, effects: &mut Vec<Effect>) {
        let mut list = self.list();
        // The one in front stands before all others whatever its place.
        let others: Vec<usize> = (0..list.passes.len()).filter(|at| list.passes.get(*at).is_some_and(|pass| !pass.front)).collect();
        let Some(at) = others.iter().position(|at| list.passes.get(*at).is_some_and(|pass| pass.number == number)) else { return };
        let next = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some((one, other)) = others.get(at).zip(next.and_then(|next| others.get(next))) {
            list.passes.swap(*one, *other);
            self.keep_list(&list, effects);
        }
    }

    pub(super) fn people_view(&self, now: UnixTime) -> Option<PeopleView> {
        // Until the list is whole nothing is shown that could be taken for all.
        let List { mut passes, .. } = Some(self.list()).filter(|list| self.is_whole(list))?;
        passes.sort_by_key(|pass| !pass.front);
        for pass in &mut passes {
            pass.reached = reached(pass, now);
        }
        Some(PeopleView {
            passes,
            removing: self.rooms.people.removing,
            most: MOST,
            room: self.saved.more_people + 1 < MOST,
            regions: self.regions_offered(),
        })
    }

    /// The JSON of what a pass's record holds.
    fn pass_json(&self) -> Result<String, Reason> {
        json::to_string(&self.saved.of_pass()).map_err(|_| Reason::Internal)
    }
}
