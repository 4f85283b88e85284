//! Rooms: what a person does beside showing the code. They are in the module that the page loads when the first of them is
//! entered; the machine is the same, goes on from the same stored state, and keeps what only rooms need in records beside it.

mod appeals;
mod colour;
mod data;
mod details;
mod diary;
mod errands;
mod exchange;
mod group;
mod people;
mod records;
mod renewing;
mod safety;
mod showings;
pub mod view;
mod visits;
mod visits_lists;
mod visits_view;

pub(super) use errands::Errand;
pub(super) use exchange::Step as ExchangeStep;
pub(super) use people::Bringing;
pub(super) use records::{Record, RecordName};
pub(super) use renewing::Step;
pub(super) use safety::Then;
pub(super) use visits::Wanted;

use super::Wallet;
use crate::{app::Effect, entropy::Entropy, reason::Reason, time::UnixTime};
use records::Records;
use view::{MenuView, RoomEvent, RoomName, RoomView, SafetyEvent, VisitsEvent};

/// What the rooms remember while the page is open.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    open: Option<RoomName>,
    records: Records,
    data: data::State,
    safety: safety::State,
    diary: diary::State,
    appeals: appeals::State,
    renewing: Option<renewing::Renewing>,
    /// What renewed credentials are of could not be stored.
    unsaved: bool,
    visits: visits::State,
    people: people::State,
    exchange: exchange::State,
    group: group::State,
    showings: showings::State,
    /// Why what waits is not sent yet, and what of it was tried.
    trouble: Option<Reason>,
    failed: Vec<Errand>,
}

impl Rooms {
    /// The rooms' share of an event's randomness.
    pub(super) fn stir(&mut self, entropy: &mut Entropy) {
        self.safety.stir(entropy);
    }

    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

impl Wallet {
    /// The records that a room can't do without; more of them may show when these are read.
    fn needed(&self, room: RoomName) -> Vec<Record> {
        let own: &[RecordName] = match room {
            RoomName::Details | RoomName::Display | RoomName::Help | RoomName::Menu => &[],
            RoomName::Data | RoomName::Safety => return self.all_records(),
            RoomName::Appeals => &[RecordName::Appeals],
            RoomName::Colour | RoomName::Diary => &[RecordName::Diary],
            RoomName::Delegations | RoomName::Moving => {
                &[RecordName::Delegations, RecordName::Holdings, RecordName::People, RecordName::Showings, RecordName::Trust]
            }
            RoomName::Group => return self.needed_by_group(),
            RoomName::People => &[RecordName::People],
            RoomName::Renewal => &[RecordName::Holdings],
            RoomName::Visits => &[RecordName::Diary, RecordName::People, RecordName::Trust, RecordName::Visits],
        };
        own.iter().map(|name| self.own(*name)).collect()
    }

    /// Whether all of them are read.
    fn has_needed(&self, room: RoomName) -> bool {
        self.needed(room).iter().all(|record| self.rooms.records.is_there(*record))
    }

    fn load_needed(&mut self, room: RoomName, effects: &mut Vec<Effect>) {
        for record in self.needed(room) {
            self.load(record, effects);
        }
    }

    pub(super) fn room(&mut self, event: RoomEvent, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        let opens = |event: &SafetyEvent| {
            matches!(event, SafetyEvent::Unlock { .. } | SafetyEvent::PasskeyUsed { .. } | SafetyEvent::PasskeyFailed)
        };
        let allowed = match &event {
            RoomEvent::Entered { .. } | RoomEvent::Left | RoomEvent::Visits(VisitsEvent::Scanned { .. }) => true,
            RoomEvent::Safety(event) => opens(event),
            _ => false,
        };
        if self.is_locked() && !allowed {
            return;
        }
        match event {
            // What is somebody else's is shown here, and no more.
            RoomEvent::Appeals(_) | RoomEvent::Diary(_) | RoomEvent::RenewalAsked if self.is_lent() => {}
            // What is there must have been read: it is written whole.
            RoomEvent::Appeals(_) if !self.is_read(RecordName::Appeals) => {}
            RoomEvent::RenewalAsked if !self.is_read(RecordName::Holdings) => {}
            RoomEvent::Appeals(event) => self.appeals(event, now, entropy, effects),
            RoomEvent::Entered { room } => {
                self.enter(room, effects);
                self.errands_anew(now, effects);
                self.visits_go_on(now, effects);
                self.passes_go_on(now, effects);
                self.exchange_go_on(effects);
            }
            RoomEvent::Exchange(_) if !self.knows_all_passes() || !self.is_read(RecordName::Delegations) => {}
            RoomEvent::Exchange(event) => self.exchange(event, now, entropy, effects),
            RoomEvent::Group(event) => self.group(event, now, effects),
            RoomEvent::RenewalAsked => self.renewal_asked(now, effects),
            RoomEvent::Left if self.is_locked() => {
                self.rooms.open = None;
                self.come_back(now, effects);
            }
            RoomEvent::Left => match self.rooms.open {
                None | Some(RoomName::Menu | RoomName::Colour | RoomName::Details | RoomName::People) => {
                    self.rooms.open = None;
                    self.come_back(now, effects);
                }
                // It was entered from the form.
                Some(RoomName::Delegations | RoomName::Moving) if matches!(self.stage, super::Stage::Form) => {
                    self.rooms.open = None;
                    self.come_back(now, effects);
                }
                Some(RoomName::Group) => {
                    if !self.end_group(effects) {
                        self.enter(RoomName::People, effects);
                    }
                }
                Some(_) => self.enter(RoomName::Menu, effects),
            },
            RoomEvent::Diary(event) => self.diary(event, now, entropy, effects),
            RoomEvent::Details(event) => self.details(event, effects),
            RoomEvent::Data(event) => self.data(event, now, effects),
            RoomEvent::People(event) => self.people(event, now, effects),
            RoomEvent::Safety(event) => self.safety(event, now, effects),
            RoomEvent::Visits(event) => self.visits(event, now, effects),
            RoomEvent::Display(chosen) => {
                self.saved.display = chosen;
                self.save(effects);
            }
        }
    }

    fn enter(&mut self, room: RoomName, effects: &mut Vec<Effect>) {
        self.rooms.open = Some(room);
        self.rooms.data = data::State::default();
        self.rooms.diary = diary::State::default();
        self.rooms.appeals = appeals::State::default();
        self.rooms.exchange = exchange::State::default();
        self.end_group(effects);
        self.rooms.group = group::State::default();
        self.rooms.safety.leave();
        self.rooms.people.leave();
        if room != RoomName::Visits {
            self.rooms.visits.leave();
        }
        // What it needs can't be read yet.
        if self.is_locked() {
            return;
        }
        self.load_needed(room, effects);
    }

    /// Forgets of a record that was read what is too old, and ends what was broken off.
    pub(super) fn clean(&mut self, record: Record, now: UnixTime, effects: &mut Vec<Effect>) {
        match record.name {
            RecordName::Showings if self.rooms.records.is_there(record) => self.clean_showings(record, now, effects),
            _ if !self.rooms.records.is_there(record) || record != self.own(record.name) => {}
            RecordName::Appeals => self.clean_appeals(now, effects),
            RecordName::Diary => self.clean_diary(now, effects),
            RecordName::Holdings => self.settle(now, effects),
            RecordName::Delegations | RecordName::People => self.clean_exchange(now, effects),
            RecordName::Pass | RecordName::Showings | RecordName::Trust | RecordName::Visits => {}
        }
    }

    pub(super) fn room_view(&self, now: UnixTime) -> Option<RoomView> {
        let room = self.rooms.open?;
        if !self.has_needed(room) {
            return Some(RoomView::Opening);
        }
        Some(match room {
            RoomName::Menu => RoomView::Menu(MenuView { scanner: self.saved.display.elder, lent: self.is_lent() }),
            RoomName::Appeals => RoomView::Appeals(Box::new(self.appeals_view())),
            RoomName::People => self.people_view(now).map_or(RoomView::Opening, |people| RoomView::People(Box::new(people))),
            RoomName::Group => self.group_view(now).map_or(RoomView::Opening, |group| RoomView::Group(Box::new(group))),
            RoomName::Renewal => self.renewal_view(now).map_or(RoomView::Opening, RoomView::Renewal),
            RoomName::Colour => self.colour_view(now).map_or(RoomView::Opening, RoomView::Colour),
            RoomName::Details => self.details_view().map_or(RoomView::Opening, |details| RoomView::Details(Box::new(details))),
            RoomName::Delegations => RoomView::Delegations(Box::new(self.delegations_view(now))),
            RoomName::Moving => RoomView::Moving(Box::new(self.exchange_view(now))),
            RoomName::Diary => RoomView::Diary(Box::new(self.diary_view(now))),
            RoomName::Data => RoomView::Data(self.data_view(now)),
            RoomName::Safety => RoomView::Safety(self.safety_view()),
            RoomName::Display => RoomView::Display(self.saved.display),
            RoomName::Help => RoomView::Help,
            RoomName::Visits => RoomView::Visits(self.visits_view(now)),
        })
    }
}
