//! Records beside the state: what is large or rarely wanted. Each is read when a room needs it, and written whole.

use super::super::{Awaited, Wallet, saved::record_name};
use crate::{
    app::Effect,
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A kind of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RecordName {
    /// Appeals and what became of them; of a person.
    Appeals,
    /// What this phone asks another one for, and what it allowed others.
    Delegations,
    /// Check-ins and declarations of the last 14 days; of a person.
    Diary,
    /// What renewing needs beside the credentials; of a pass.
    Holdings,
    /// A pass that is not in front.
    Pass,
    /// The list of all passes.
    People,
    /// What was shown on somebody's behalf in the last 30 days; of a pass.
    Showings,
    /// The trust list, with the rules of places.
    Trust,
    /// Visits of the last 14 days; of a person.
    Visits,
}

impl RecordName {
    pub(in crate::app::wallet) const ALL: &[Self] = &[
        Self::Appeals,
        Self::Delegations,
        Self::Diary,
        Self::Holdings,
        Self::Pass,
        Self::People,
        Self::Showings,
        Self::Trust,
        Self::Visits,
    ];

    /// Those that are of nobody: there is one of each.
    pub(super) const SHARED: &[Self] = &[Self::Delegations, Self::People, Self::Trust];

    const fn code(self) -> &'static str {
        match self {
            Self::Appeals => "appeals",
            Self::Delegations => "delegations",
            Self::Diary => "diary",
            Self::Holdings => "holdings",
            Self::Pass => "pass",
            Self::People => "people",
            Self::Showings => "showings",
            Self::Trust => "trust",
            Self::Visits => "visits",
        }
    }

    /// The one of this kind that is of a person, or of one of that person's passes; a shared one for all kinds that are of nobody.
    pub(in crate::app::wallet) const fn of(self, person: u32, pass: u32) -> Record {
        let number = match self {
            Self::Appeals | Self::Diary | Self::Visits => person,
            Self::Holdings | Self::Pass | Self::Showings => pass,
            Self::Delegations | Self::People | Self::Trust => 0,
        };
        Record { name: self, number }
    }
}

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::app::wallet) struct Record {
    pub(in crate::app::wallet) name: RecordName,
    /// Of which person or pass.
    pub(in crate::app::wallet) number: u32,
}

impl Record {
    /// Its name in the storage.
    pub(super) fn key(self) -> String {
        record_name(self.name.code(), self.number)
    }

    /// The record of a name in the storage.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let (code, number) = key.split_once('-').map_or(Some((key, 0)), |(code, number)| Some((code, number.parse().ok()?)))?;
        let name = RecordName::ALL.iter().copied().find(|name| name.code() == code)?;
        Some(Self { name, number }).filter(|record| record.key() == key)
    }

    /// Name of the record in which what can't be read is kept.
    pub(super) fn aside(self) -> String {
        [&self.key(), "-damaged"].concat()
    }
}

/// Stands before a record that is sealed under the lock's key; no JSON begins so.
const SEALED: u8 = 1;

/// The records that were read, in their order: there can be thousands.
#[derive(Debug, Default)]
pub(super) struct Records(Vec<(Record, Vec<u8>)>);

impl Records {
    fn find(&self, record: Record) -> Result<usize, usize> {
        self.0.binary_search_by_key(&record, |(held, _)| *held)
    }

    pub(super) fn is_there(&self, record: Record) -> bool {
        self.find(record).is_ok()
    }

    /// The content as JSON; empty where there is no such record.
    pub(super) fn json(&self, record: Record) -> &[u8] {
        self.find(record).ok().and_then(|at| self.0.get(at)).map_or(&[], |(_, json)| json)
    }

    /// How many bytes were read of all records of a kind.
    pub(super) fn bytes(&self, name: RecordName) -> usize {
        self.0.iter().filter(|(held, _)| held.name == name).map(|(_, json)| json.len()).sum()
    }

    /// Forgets what was read of these.
    pub(super) fn forget(&mut self, which: impl Fn(Record) -> bool) {
        self.0.retain(|(held, _)| !which(*held));
    }

    pub(super) fn put(&mut self, record: Record, json: Vec<u8>) {
        match self.find(record) {
            Ok(at) => self.0.splice(at..=at, [(record, json)]).for_each(drop),
            Err(at) => self.0.insert(at, (record, json)),
        }
    }
}

impl Wallet {
    /// The record of a kind that is of the person or the pass in front.
    pub(super) const fn own(&self, name: RecordName) -> Record {
        name.of(self.saved.person, self.saved.pass)
    }

    /// Whether that one was read.
    pub(super) fn is_read(&self, name: RecordName) -> bool {
        self.rooms.records.is_there(self.own(name))
    }

    /// Asks for a record, unless it is there or on its way.
    pub(super) fn load(&mut self, record: Record, effects: &mut Vec<Effect>) {
        let asked = self.tickets.any(|awaited| matches!(awaited, Awaited::Record(held) if *held == record));
        if !asked && !self.rooms.records.is_there(record) {
            let ticket = self.tickets.give(Awaited::Record(record));
            effects.push(Effect::Load { ticket, record: record.key() });
        }
    }

    pub(in crate::app::wallet) fn record_loaded(&mut self, record: Record, data: Option<String>, effects: &mut Vec<Effect>) {
        // It was asked for before the wallet was locked: what is sealed is not damaged.
        if self.is_locked() {
            return;
        }
        let json = data.as_deref().map(|data| from_base64url(data).and_then(|stored| self.opened(record, stored)));
        if let (Some(None), Some(data)) = (&json, data) {
            // It is kept aside, and a new one begins.
            self.notices.add(Reason::StorageDamaged);
            self.keep_aside(record, data, effects);
        }
        self.rooms.records.put(record, json.flatten().unwrap_or_default());
        self.reseal(effects);
    }

    /// The JSON of a stored record. While the lock is being turned some are sealed and some not yet.
    fn opened(&self, record: Record, stored: Vec<u8>) -> Option<Vec<u8>> {
        let json = match stored.strip_prefix(&[SEALED]) {
            None => stored,
            Some(sealed) => self.sealing_key()?.open(sealed, record.key().as_bytes())?.to_vec(),
        };
        is_json(&json).then_some(json)
    }

    pub(in crate::app::wallet) fn record_failed(&mut self, record: Record, reason: Reason) {
        self.rooms.safety.unreadable();
        // Passes that may be there must not be written over by none; what is damaged is kept aside by the storage.
        let passes = matches!(record.name, RecordName::Pass | RecordName::People) && reason != Reason::StorageDamaged;
        self.notices.add(reason);
        if passes {
            self.rooms.people.stop();
        } else {
            self.rooms.records.put(record, Vec::new());
        }
    }

    /// The content of a record; its default where there is none.
    pub(super) fn record_of<R: DeserializeOwned + Default>(&self, record: Record) -> R {
        json::from_slice(self.rooms.records.json(record)).unwrap_or_default()
    }

    /// The same of the person or the pass in front.
    pub(super) fn record<R: DeserializeOwned + Default>(&self, name: RecordName) -> R {
        self.record_of(self.own(name))
    }

    /// Keeps a record in place of the former one.
    pub(super) fn keep_record<R: Serialize>(&mut self, name: RecordName, content: &R, effects: &mut Vec<Effect>) {
        match json::to_string(content) {
            Ok(json) => self.put_record(self.own(name), json.into_bytes(), Awaited::Store, effects),
            Err(_) => self.notices.add(Reason::Internal),
        }
    }

    /// Keeps a record's JSON, and remembers it.
    pub(super) fn put_record(&mut self, record: Record, json: Vec<u8>, awaited: Awaited, effects: &mut Vec<Effect>) {
        self.keep_as(record, &json, awaited, effects);
        self.rooms.records.put(record, json);
    }

    /// Keeps a record, sealed where there is a lock.
    pub(super) fn keep_as(&mut self, record: Record, json: &[u8], awaited: Awaited, effects: &mut Vec<Effect>) {
        match self.closed(record, json) {
            Some(data) => {
                let ticket = self.tickets.give(awaited);
                effects.push(Effect::Keep { ticket, record: record.key(), data: to_base64url(&data) });
            }
            None => self.notices.add(Reason::Internal),
        }
    }

    /// What can't be read is kept as it is.
    fn keep_aside(&mut self, record: Record, data: String, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Store);
        effects.push(Effect::Keep { ticket, record: record.aside(), data });
    }

    fn closed(&mut self, record: Record, json: &[u8]) -> Option<Vec<u8>> {
        if self.is_locked() {
            return None;
        }
        if !self.seals_records() {
            return Some(json.to_vec());
        }
        let mut data = vec![SEALED];
        data.extend(self.seal(json, record.key().as_bytes())?);
        Some(data)
    }

    /// Forgets a record for good, and what was kept aside of it.
    pub(super) fn forget_record(&mut self, record: Record, effects: &mut Vec<Effect>) {
        self.rooms.records.forget(|held| held == record);
        effects.extend([record.key(), record.aside()].map(|record| Effect::Forget { record }));
    }
}

fn is_json(bytes: &[u8]) -> bool {
    json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}
