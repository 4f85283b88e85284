//! Records beside the state: what is large or rarely wanted. Each is read when a room needs it, and written whole.

use super::super::{Awaited, Wallet};
use crate::{
    app::Effect,
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RecordName {
    /// Appeals and what became of them.
    Appeals,
    /// Check-ins and declarations of the last 14 days.
    Diary,
    /// Credentials other than the one on the screen.
    Holdings,
    /// Visits of the last 14 days.
    Visits,
}

impl RecordName {
    pub(in crate::app::wallet) const ALL: &[Self] = &[Self::Appeals, Self::Diary, Self::Holdings, Self::Visits];

    pub(in crate::app::wallet) const fn code(self) -> &'static str {
        match self {
            Self::Appeals => "appeals",
            Self::Diary => "diary",
            Self::Holdings => "holdings",
            Self::Visits => "visits",
        }
    }
}

/// The records that were read.
#[derive(Debug, Default)]
pub(super) struct Records(Vec<(RecordName, Vec<u8>)>);

impl Records {
    pub(super) fn is_there(&self, name: RecordName) -> bool {
        self.0.iter().any(|(held, _)| *held == name)
    }

    /// The content as JSON; empty where there is no such record.
    pub(super) fn json(&self, name: RecordName) -> &[u8] {
        self.0.iter().find(|(held, _)| *held == name).map_or(&[], |(_, json)| json)
    }

    fn put(&mut self, name: RecordName, json: Vec<u8>) {
        self.0.retain(|(held, _)| *held != name);
        self.0.push((name, json));
    }
}

impl Wallet {
    /// Asks for a record, unless it is there or on its way.
    pub(super) fn load_record(&mut self, name: RecordName, effects: &mut Vec<Effect>) {
        let asked = self.tickets.any(|awaited| matches!(awaited, Awaited::Record(held) if *held == name));
        if !asked && !self.rooms.records.is_there(name) {
            let ticket = self.tickets.give(Awaited::Record(name));
            effects.push(Effect::Load { ticket, record: name.code().to_owned() });
        }
    }

    pub(in crate::app::wallet) fn record_loaded(&mut self, name: RecordName, data: Option<String>, effects: &mut Vec<Effect>) {
        let json = data.as_deref().map(|data| from_base64url(data).filter(|json| is_json(json)));
        if let (Some(None), Some(data)) = (&json, data) {
            // It is kept aside, and a new one begins.
            self.notices.add(Reason::StorageDamaged);
            self.keep_as(format!("{}-damaged", name.code()), data, effects);
        }
        self.rooms.records.put(name, json.flatten().unwrap_or_default());
    }

    pub(in crate::app::wallet) fn record_failed(&mut self, name: RecordName, reason: Reason) {
        self.notices.add(reason);
        self.rooms.records.put(name, Vec::new());
    }

    /// The content of a record; its default where there is none.
    pub(super) fn record<R: DeserializeOwned + Default>(&self, name: RecordName) -> R {
        json::from_slice(self.rooms.records.json(name)).unwrap_or_default()
    }

    /// Keeps a record in place of the former one.
    pub(super) fn keep_record<R: Serialize>(&mut self, name: RecordName, content: &R, effects: &mut Vec<Effect>) {
        match json::to_string(content) {
            Ok(json) => {
                self.keep_as(name.code().to_owned(), to_base64url(json.as_bytes()), effects);
                self.rooms.records.put(name, json.into_bytes());
            }
            Err(_) => self.notices.add(Reason::Internal),
        }
    }

    fn keep_as(&mut self, record: String, data: String, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Store);
        effects.push(Effect::Keep { ticket, record, data });
    }
}

fn is_json(bytes: &[u8]) -> bool {
    json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}
