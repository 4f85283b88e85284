//! Rooms: what a person does beside showing the code. They are in the module that the page loads when the first of them is
//! entered; the machine is the same, goes on from the same stored state, and keeps what only rooms need in records beside it.

mod data;
mod records;
pub mod view;

pub(super) use records::RecordName;

use super::Wallet;
use crate::{app::Effect, time::UnixTime};
use records::Records;
use view::{MenuView, RoomEvent, RoomName, RoomView};

/// What the rooms remember while the page is open.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    open: Option<RoomName>,
    records: Records,
    data: data::State,
}

/// The records that a room can't do without.
const fn needed(room: RoomName) -> &'static [RecordName] {
    match room {
        RoomName::Display | RoomName::Help | RoomName::Menu => &[],
        RoomName::Data => RecordName::ALL,
    }
}

impl Wallet {
    pub(super) fn room(&mut self, event: RoomEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            RoomEvent::Entered { room } => self.enter(room, effects),
            RoomEvent::Left => match self.rooms.open {
                None | Some(RoomName::Menu) => {
                    self.rooms.open = None;
                    self.come_back(now, effects);
                }
                Some(_) => self.enter(RoomName::Menu, effects),
            },
            RoomEvent::Data(event) => self.data(event, now, effects),
            RoomEvent::Display(chosen) => {
                self.saved.display = chosen;
                self.save(effects);
            }
        }
    }

    fn enter(&mut self, room: RoomName, effects: &mut Vec<Effect>) {
        self.rooms.open = Some(room);
        self.rooms.data = data::State::default();
        for name in needed(room) {
            self.load_record(*name, effects);
        }
    }

    pub(super) fn room_view(&self, now: UnixTime) -> Option<RoomView> {
        let room = self.rooms.open?;
        if needed(room).iter().any(|name| !self.rooms.records.is_there(*name)) {
            return Some(RoomView::Opening);
        }
        Some(match room {
            RoomName::Menu => RoomView::Menu(MenuView { scanner: self.saved.display.elder }),
            RoomName::Data => RoomView::Data(self.data_view(now)),
            RoomName::Display => RoomView::Display(self.saved.display),
            RoomName::Help => RoomView::Help,
        })
    }
}
