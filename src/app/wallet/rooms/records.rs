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
    /// What this phone asks another one for, and what it allowed others.
    Delegations,
    /// Check-ins and declarations of the last 14 days.
    Diary,
    /// What others allow this phone to show.
    Grants,
    /// Credentials other than the one on the screen.
    Holdings,
    /// The trust list, with the rules of places.
    Trust,
    /// Visits of the last 14 days.
    Visits,
}

impl RecordName {
    pub(in crate::app::wallet) const ALL: &[Self] =
        &[Self::Appeals, Self::Delegations, Self::Diary, Self::Grants, Self::Holdings, Self::Trust, Self::Visits];

    pub(in crate::app::wallet) const fn code(self) -> &'static str {
        match self {
            Self::Appeals => "appeals",
            Self::Delegations => "delegations",
            Self::Diary => "diary",
            Self::Grants => "grants",
            Self::Holdings => "holdings",
            Self::Trust => "trust",
            Self::Visits => "visits",
        }
    }
}

/// Stands before a record that is sealed under the lock's key; no JSON begins so.
const SEALED: u8 = 1;

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

    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn put(&mut self, name: RecordName, json: Vec<u8>) {
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
        // It was asked for before the wallet was locked: what is sealed is not damaged.
        if self.is_locked() {
            return;
        }
        let json = data.as_deref().map(|data| from_base64url(data).and_then(|stored| self.opened(name, stored)));
        if let (Some(None), Some(data)) = (&json, data) {
            // It is kept aside, and a new one begins.
            self.notices.add(Reason::StorageDamaged);
            self.keep_aside(name, data, effects);
        }
        self.rooms.records.put(name, json.flatten().unwrap_or_default());
        self.reseal(effects);
    }

    /// The JSON of a stored record. While the lock is being turned some are sealed and some not yet.
    fn opened(&self, name: RecordName, stored: Vec<u8>) -> Option<Vec<u8>> {
        let json = match stored.strip_prefix(&[SEALED]) {
            None => stored,
            Some(sealed) => self.sealing_key()?.open(sealed, name.code().as_bytes())?.to_vec(),
        };
        is_json(&json).then_some(json)
    }

    pub(in crate::app::wallet) fn record_failed(&mut self, name: RecordName, reason: Reason) {
        self.notices.add(reason);
        self.rooms.safety.unreadable();
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
                self.keep_as(name, json.as_bytes(), Awaited::Store, effects);
                self.rooms.records.put(name, json.into_bytes());
            }
            Err(_) => self.notices.add(Reason::Internal),
        }
    }

    /// Keeps a record, sealed where there is a lock.
    pub(super) fn keep_as(&mut self, name: RecordName, json: &[u8], awaited: Awaited, effects: &mut Vec<Effect>) {
        match self.closed(name, json) {
            Some(data) => {
                let ticket = self.tickets.give(awaited);
                effects.push(Effect::Keep { ticket, record: name.code().to_owned(), data: to_base64url(&data) });
            }
            None => self.notices.add(Reason::Internal),
        }
    }

    /// What can't be read is kept as it is.
    fn keep_aside(&mut self, name: RecordName, data: String, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Store);
        effects.push(Effect::Keep { ticket, record: aside(name), data });
    }

    fn closed(&mut self, name: RecordName, json: &[u8]) -> Option<Vec<u8>> {
        if self.is_locked() {
            return None;
        }
        if !self.seals_records() {
            return Some(json.to_vec());
        }
        let mut data = vec![SEALED];
        data.extend(self.seal(json, name.code().as_bytes())?);
        Some(data)
    }
}

/// Name of the record in which what can't be read is kept.
pub(super) fn aside(name: RecordName) -> String {
    format!("{}-damaged", name.code())
}

fn is_json(bytes: &[u8]) -> bool {
    json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}
