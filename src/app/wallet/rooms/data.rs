//! The room of all data: what is stored and how large it is, as a file to take along, and its end.

use super::{
    RecordName, RoomName,
    view::{DataEvent, StorageView, StoredView},
};
use crate::{
    app::{
        Effect, FileView,
        wallet::{Awaited, Wallet},
    },
    json,
    reason::Reason,
    time::UnixTime,
};

/// What the room remembers while it is open.
#[derive(Debug, Default)]
pub(super) struct State {
    file: Option<FileView>,
    wiping: bool,
}

impl Wallet {
    pub(super) fn data(&mut self, event: DataEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            DataEvent::FileAsked => match self.whole(now) {
                Ok(file) => self.rooms.data.file = Some(file),
                Err(reason) => self.notices.add(reason),
            },
            DataEvent::FileTaken => self.rooms.data.file = None,
            DataEvent::WipeAsked => self.rooms.data.wiping = true,
            DataEvent::WipeDeclined => self.rooms.data.wiping = false,
            // Only after the question: a stray event must not cost everything.
            DataEvent::WipeConfirmed if self.rooms.data.wiping => {
                self.rooms.data.wiping = false;
                let ticket = self.tickets.give(Awaited::Wiped);
                effects.push(Effect::Wipe { ticket });
            }
            DataEvent::WipeConfirmed => {}
        }
    }

    pub(super) fn data_view(&self, _now: UnixTime) -> StorageView {
        let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let state = StoredView { record: None, bytes: size(json::to_string(&self.saved).map_or(0, |json| json.len())) };
        let records = RecordName::ALL.iter().map(|name| StoredView { record: Some(*name), bytes: size(self.rooms.records.bytes(*name)) });
        StorageView {
            stored: std::iter::once(state).chain(records.filter(|stored| stored.bytes > 0)).collect(),
            file: self.rooms.data.file.clone(),
            wiping: self.rooms.data.wiping,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Everything in one JSON file: the state, and the records by their names. Keys are not in it; they can't be read.
    fn whole(&self, now: UnixTime) -> Result<FileView, Reason> {
        let mut text = String::from("{\"state\":");
        text.push_str(&json::to_string(&self.without_lock()).map_err(|_| Reason::Internal)?);
        for record in self.needed(RoomName::Data) {
            let json = std::str::from_utf8(self.rooms.records.json(record)).unwrap_or_default();
            if !json.is_empty() {
                text.push_str(",\"");
                text.push_str(&record.key());
                text.push_str("\":");
                text.push_str(json);
            }
        }
        text.push('}');
        let date = now.to_rfc3339().chars().take(10).collect::<String>();
        Ok(FileView { name: format!("tongma-{date}.json"), media_type: "application/json".to_owned(), text })
    }
}
