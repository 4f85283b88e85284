//! The room of people: passes of several people, or several of one, on one phone. The pass in front is in the state; each other one lies in
//! a record, and the list of all of them in one more. That list repeats what the passes say: where it is lost, it is made anew.

mod front;
mod regions;
mod removal;

pub(in crate::app::wallet) use front::Bringing;

use super::{
    super::{Wallet, saved::Saved},
    Record, RecordName, RoomName,
    group::{PACE_MS, PACES_MS},
    view::{PassView, PeopleEvent, PeopleView},
};
use crate::{
    app::{Effect, wallet::Sign},
    json,
    reason::Reason,
    roles::holder::Pass,
    time::UnixTime,
    token::{ClaimName, Relation, identity},
};
use serde::{Deserialize, Serialize};

/// The most people that a phone holds passes of, where the trust list says nothing.
const MOST: u32 = 20;
/// How long a pass stays in the list that somebody let this phone show, after its end, in seconds.
const LENT_KEPT_S: i64 = 7 * 86_400;

/// What is kept of all passes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct List {
    /// In the order of the list.
    passes: Vec<PassView>,
    /// Those whose records and keys are being forgotten: number, and person.
    going: Vec<(u32, u32)>,
    /// How long each code of a group stays, in milliseconds; 0 where nobody chose.
    pace_ms: u32,
    /// The most people that the newest trust list lets a phone hold passes of; none where it says nothing.
    most: Option<u8>,
}

/// What the room remembers while the page is open.
#[derive(Debug, Default)]
pub(super) struct State {
    removing: Option<u32>,
    wish: Option<front::Wish>,
    /// The most people, as a trust list says that just came.
    most: Option<Option<u8>>,
    /// A sign that was chosen for somebody whose pass is being read.
    sign: Option<(u32, Sign)>,
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
    let pass = saved.held.as_ref().and_then(|held| Pass::read(&held.credential).ok());
    let claims = pass.as_ref().map(Pass::claims);
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
        expires_at: pass.as_ref().map(Pass::ends_at),
        lent: saved.held.as_ref().filter(|_| pass.as_ref().is_some_and(Pass::is_lent)).map(|held| held.slot.clone()),
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
fn reached(born: Option<UnixTime>, relation: Option<Relation>, now: UnixTime) -> Option<u8> {
    match identity::age(born.filter(|_| relation.is_some())?, now) {
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
            PeopleEvent::Added { relation, sign } if self.has_room() => {
                self.add_pass(Saved { relation: Some(relation), sign, ..Saved::default() }, effects);
            }
            PeopleEvent::Added { .. } => {}
            PeopleEvent::Brought { number } => self.bring(number, now, effects),
            PeopleEvent::Moved { number, up } => self.move_pass(number, up, effects),
            PeopleEvent::RegionAdded { region } => self.add_region(region, effects),
            PeopleEvent::RemovalAsked { number } => self.rooms.people.removing = Some(number),
            PeopleEvent::RemovalConfirmed => self.removal_confirmed(now, effects),
            PeopleEvent::RemovalDeclined => self.rooms.people.removing = None,
            PeopleEvent::SignChosen { number, sign } if number == self.saved.pass => {
                self.saved.sign = sign;
                self.save(effects);
            }
            PeopleEvent::SignChosen { number, sign } => self.choose_sign(number, sign, effects),
        }
    }

    /// Takes somebody else's pass that this phone may show from now on. It takes the place of a former one of that person which is over.
    pub(super) fn add_lent(&mut self, new: Saved, now: UnixTime, effects: &mut Vec<Effect>) {
        let (list, lent) = (self.list(), listed(&new));
        let former = list.passes.iter().find(|pass| {
            let same =
                pass.lent.is_some() && pass.name == lent.name && pass.whom.relation == lent.whom.relation && pass.region == lent.region;
            same && pass.expires_at.is_some_and(|end| end <= now)
        });
        let (person, sign) = match former {
            Some(former) => (former.person, former.whom.sign),
            None => (0, Sign::ALL.into_iter().find(|sign| list.passes.iter().all(|pass| pass.whom.sign != *sign)).unwrap_or_default()),
        };
        let remove = former.map(|former| former.number);
        self.add_pass_instead(Saved { person, sign, ..new }, remove, effects);
    }

    /// Whether a pass that somebody lets this phone show is there, by the name of its key.
    pub(super) fn is_lent_by(&self, slot: &str) -> bool {
        self.list().passes.iter().any(|pass| pass.lent.as_deref() == Some(slot))
    }

    /// The age that the person of the pass in front has reached, where something changes with it.
    pub(in crate::app::wallet) fn reached(&self, now: UnixTime) -> Option<u8> {
        reached(self.saved.born, self.saved.relation, now)
    }

    /// Whether one more person can be added.
    pub(super) fn has_room(&self) -> bool {
        self.saved.more_people + 1 < self.most()
    }

    /// The most people that this phone holds passes of.
    pub(super) fn most(&self) -> u32 {
        self.list().most.map_or(MOST, u32::from)
    }

    /// A trust list was found genuine: what it says of people is kept with their list.
    pub(super) fn learn_people(&mut self, most: Option<u8>, effects: &mut Vec<Effect>) {
        self.rooms.people.most = Some(most);
        self.load(self.own(RecordName::People), effects);
        self.keep_most(effects);
    }

    fn keep_most(&mut self, effects: &mut Vec<Effect>) {
        if self.knows_all_passes()
            && let Some(most) = self.rooms.people.most.take()
        {
            let list = self.list();
            if list.most != most {
                self.keep_list(&List { most, ..list }, effects);
            }
        }
    }

    /// Whether the list was read, and has all passes in it.
    pub(super) fn knows_all_passes(&self) -> bool {
        self.is_read(RecordName::People) && self.is_whole(&self.list())
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
            all.extend([RecordName::Holdings, RecordName::Showings].map(|name| name.of(0, pass.number)));
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
    pub(in crate::app::wallet) fn passes_go_on(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
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
        let over = |pass: &&PassView| pass.lent.is_some() && pass.expires_at.is_some_and(|end| now.since(end) >= LENT_KEPT_S);
        let gone: Vec<u32> = list.passes.iter().filter(|pass| !pass.front).filter(over).map(|pass| pass.number).collect();
        for number in gone {
            self.remove_pass(number, effects);
        }
        self.keep_most(effects);
        if let Some((number, sign)) = self.rooms.people.sign.take() {
            self.choose_sign(number, sign, effects);
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
        (self.rooms.people, self.rooms.group) = (State::default(), super::group::State::default());
        self.tickets.keep(|awaited| !matches!(awaited, super::super::Awaited::Front(_)));
        self.rooms.records.forget(|record| matches!(record.name, RecordName::Pass | RecordName::People | RecordName::Showings));
        if let Some(room) = self.rooms.open.filter(|_| !self.is_locked()) {
            self.load_needed(room, effects);
        }
    }

    /// Another sign for somebody who is not in front: in the pass itself, once it is read, and in the list.
    fn choose_sign(&mut self, number: u32, sign: Sign, effects: &mut Vec<Effect>) {
        let record = RecordName::Pass.of(0, number);
        let mut list = self.list();
        let Some(pass) = list.passes.iter_mut().find(|pass| pass.number == number && !pass.front) else { return };
        if !self.rooms.records.is_there(record) {
            self.rooms.people.sign = Some((number, sign));
            return self.load(record, effects);
        }
        pass.whom.sign = sign;
        // What is damaged keeps what the list says of it.
        if let Ok(mut saved) = Saved::of_json(self.rooms.records.json(record))
            && let Ok(json) = (Saved { sign, ..std::mem::take(&mut saved) }).json()
        {
            self.put_record(record, json.into_bytes(), super::super::Awaited::Store, effects);
        }
        self.keep_list(&list, effects);
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

    /// All passes, the one in front first.
    pub(super) fn passes_in_order(&self) -> Vec<PassView> {
        let mut passes = self.list().passes;
        passes.sort_by_key(|pass| !pass.front);
        passes
    }

    /// How long each code of a group stays, in milliseconds.
    pub(super) fn pace(&self) -> u32 {
        let chosen = self.list().pace_ms;
        if PACES_MS.contains(&chosen) { chosen } else { PACE_MS }
    }

    pub(super) fn set_pace(&mut self, ms: u32, effects: &mut Vec<Effect>) {
        let list = List { pace_ms: ms, ..self.list() };
        self.keep_list(&list, effects);
    }

    pub(super) fn people_view(&self, now: UnixTime) -> Option<PeopleView> {
        // Until the list is whole nothing is shown that could be taken for all.
        let List { mut passes, .. } = Some(self.list()).filter(|list| self.is_whole(list))?;
        passes.sort_by_key(|pass| !pass.front);
        for pass in &mut passes {
            pass.reached = reached(pass.born, pass.whom.relation, now);
        }
        let regions = self.regions_offered();
        Some(PeopleView { passes, removing: self.rooms.people.removing, most: self.most(), room: self.has_room(), regions })
    }

    /// The JSON of what a pass's record holds.
    fn pass_json(&self) -> Result<String, Reason> {
        json::to_string(&self.saved.of_pass()).map_err(|_| Reason::Internal)
    }
}
