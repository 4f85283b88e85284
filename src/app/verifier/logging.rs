//! The gate's log: kept in parts, so that a check costs one small write; forgotten part by part; exported under the gate's key.

use super::{Awaited, Counts, LogView, Verifier};
use crate::{
    app::{Effect, FileView},
    reason::Reason,
    roles::{
        Outcome, Verdict,
        log::{Chain, Entry, Export, FileFormat, Hash},
    },
    text::{from_base64url, to_base64url},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};

/// Entries in one part.
const PART: usize = 64;
/// How long entries are kept, in seconds (30 days).
const KEPT_S: i64 = 30 * 86_400;
/// Name of the key that signs exports.
const SLOT: &str = "log";
/// Days of the counts begin at midnight in Beijing, for all of China has one time.
const BEIJING_S: i64 = 8 * 3600;

/// Which parts of the log there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogIndex {
    /// Parts that are full, oldest first.
    parts: Vec<Part>,
    /// Number of the first entry of the part that is being filled, and the hash before it.
    open: u32,
    previous: Hash,
    /// Counts of the day of the last full part, as far as full parts go.
    day: i64,
    counts: Counts,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    first: u32,
    until: UnixTime,
}

/// The part that is being filled.
#[derive(Debug)]
pub(super) enum Log {
    /// It is being read; what is noted meanwhile waits.
    Loading(Vec<(Box<Verdict>, UnixTime)>),
    Open(Chain),
}

impl Default for Log {
    fn default() -> Self {
        Self::Loading(Vec::new())
    }
}

/// An export under way: its parts come one after the other, then the key, then the signature.
#[derive(Debug)]
pub(super) struct Exporting {
    format: FileFormat,
    missing: Vec<u32>,
    chain: Option<Chain>,
    key: String,
    export: Option<Export>,
    file: Option<FileView>,
}

const fn day(at: UnixTime) -> i64 {
    at.plus(BEIJING_S).0.div_euclid(86_400)
}

fn record(first: u32) -> String {
    format!("log-{first}")
}

fn read(data: &str) -> Option<Chain> {
    crate::json::from_slice(&from_base64url(data)?).ok()
}

impl Verifier {
    pub(super) fn load_log(&mut self, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Log);
        effects.push(Effect::Load { ticket, record: record(self.saved.log.open) });
    }

    pub(super) fn log_loaded(&mut self, data: Option<&str>, now: UnixTime, effects: &mut Vec<Effect>) {
        let Log::Loading(waiting) = std::mem::take(&mut self.log) else { return };
        let LogIndex { open, previous, .. } = self.saved.log;
        let found = data.map(|data| read(data).filter(|chain| chain.first == open && chain.previous == previous));
        if found == Some(None) {
            // The chain has a gap from here on, and says so when it is checked: the numbers of the lost part stay unused.
            self.notices.add(Reason::StorageDamaged);
            self.saved.log.open = open.saturating_add(PART as u32);
        }
        self.log = Log::Open(found.flatten().unwrap_or(Chain { previous, first: self.saved.log.open, entries: Vec::new() }));
        for (verdict, at) in waiting {
            self.note(&verdict, at, effects);
        }
        self.forget_old_entries(now, effects);
    }

    /// Notes an answer.
    pub(super) fn note(&mut self, verdict: &Verdict, at: UnixTime, effects: &mut Vec<Effect>) {
        let chain = match &mut self.log {
            Log::Loading(waiting) => return waiting.push((Box::new(verdict.clone()), at)),
            Log::Open(chain) => chain,
        };
        let rule = verdict.rule.as_ref().map(|rule| rule.identifier.clone());
        let place = self.saved.gate.place.as_ref().map(|place| place.kind.code().to_owned());
        chain.note(verdict, rule, place, at);
        let full = chain.entries.len() >= PART;
        match crate::json::to_string(chain) {
            Ok(json) => {
                let ticket = self.tickets.give(Awaited::Store);
                effects.push(Effect::Keep { ticket, record: record(chain.first), data: to_base64url(json.as_bytes()) });
            }
            Err(_) => self.notices.add(Reason::Internal),
        }
        if full {
            self.close_part(effects);
        }
    }

    fn close_part(&mut self, effects: &mut Vec<Effect>) {
        let Log::Open(chain) = &mut self.log else { return };
        let Some(last) = chain.entries.last() else { return };
        let (index, until) = (&mut self.saved.log, last.at);
        if index.day != day(until) {
            index.day = day(until);
            index.counts = Counts::default();
        }
        index.counts.add(chain.entries.iter(), index.day);
        index.parts.push(Part { first: chain.first, until });
        *chain = chain.next();
        index.open = chain.first;
        index.previous = chain.previous;
        self.save(effects);
    }

    /// Whole parts are forgotten when their last entry is too old; the rest is chained to what they ended with.
    pub(super) fn forget_old_entries(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let old = |at: UnixTime| now.since(at) > KEPT_S;
        if matches!(&self.log, Log::Open(chain) if chain.entries.last().is_some_and(|last| old(last.at))) {
            self.close_part(effects);
        }
        let parts = &mut self.saved.log.parts;
        let forgotten = parts.iter().take_while(|part| old(part.until)).count();
        if forgotten > 0 {
            effects.extend(parts.drain(..forgotten).map(|part| Effect::Forget { record: record(part.first) }));
            self.save(effects);
        }
    }

    pub(super) fn export_log(&mut self, format: FileFormat, effects: &mut Vec<Effect>) {
        if self.exporting.as_ref().is_some_and(|exporting| exporting.file.is_none()) || matches!(self.log, Log::Loading(_)) {
            return;
        }
        let missing = self.saved.log.parts.iter().map(|part| part.first).collect();
        self.exporting = Some(Exporting { format, missing, chain: None, key: String::new(), export: None, file: None });
        self.load_next_part(effects);
    }

    fn load_next_part(&mut self, effects: &mut Vec<Effect>) {
        let Some(exporting) = &mut self.exporting else { return };
        if exporting.missing.is_empty() {
            let ticket = self.tickets.give(Awaited::LogKey);
            return effects.push(Effect::MakeKey { ticket, slot: SLOT.to_owned() });
        }
        let first = exporting.missing.remove(0);
        let ticket = self.tickets.give(Awaited::LogPart);
        effects.push(Effect::Load { ticket, record: record(first) });
    }

    pub(super) fn part_loaded(&mut self, data: Option<&str>, effects: &mut Vec<Effect>) {
        let Some(exporting) = &mut self.exporting else { return };
        // A part that is lost leaves a gap, which whoever checks the file is told of.
        if let Some(part) = data.and_then(read) {
            append(&mut exporting.chain, part);
        }
        self.load_next_part(effects);
    }

    pub(super) fn log_key_made(&mut self, key: String, now: UnixTime, effects: &mut Vec<Effect>) {
        let (Some(exporting), Log::Open(open)) = (&mut self.exporting, &self.log) else { return };
        append(&mut exporting.chain, open.clone());
        let export = Export { chain: exporting.chain.take().unwrap_or_default(), at: now };
        let message = to_base64url(&export.message());
        exporting.key = key;
        exporting.export = Some(export);
        let ticket = self.tickets.give(Awaited::LogSignature);
        effects.push(Effect::Sign { ticket, slot: SLOT.to_owned(), message });
    }

    pub(super) fn log_signed(&mut self, signature: &str) {
        let Some(exporting) = &mut self.exporting else { return };
        let Some(export) = exporting.export.take() else { return };
        let (ending, media_type) = match exporting.format {
            FileFormat::Csv => ("csv", "text/csv"),
            FileFormat::Json => ("json", "application/json"),
        };
        // Colons are no part of file names everywhere.
        let stamp = export.at.to_rfc3339().replace(':', "");
        exporting.file = Some(FileView {
            name: format!("tongma-log-{stamp}.{ending}"),
            media_type: media_type.to_owned(),
            text: export.file(exporting.format, &exporting.key, signature),
        });
    }

    pub(super) fn export_failed(&mut self, reason: Reason) {
        self.exporting = None;
        self.notices.add(reason);
    }

    pub(super) fn log_view(&self, now: UnixTime) -> LogView {
        let index = &self.saved.log;
        let today = day(now);
        let mut counts = if index.day == today { index.counts } else { Counts::default() };
        let (mut entries, mut since) = (0, None);
        if let Log::Open(chain) = &self.log {
            counts.add(chain.entries.iter(), today);
            let first = index.parts.first().map_or(chain.first, |part| part.first);
            entries = chain.end().saturating_sub(first);
            since = chain.entries.first().map(|entry| entry.at);
        }
        if let Some(part) = index.parts.first() {
            since = Some(since.map_or(part.until, |at| at.min(part.until)));
        }
        let file = self.exporting.as_ref().and_then(|exporting| exporting.file.clone());
        LogView { today: counts, entries, since, file }
    }
}

fn append(chain: &mut Option<Chain>, part: Chain) {
    match chain {
        None => *chain = Some(part),
        Some(chain) => chain.entries.extend(part.entries),
    }
}

impl Counts {
    /// Counts those entries that are of this day.
    fn add<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>, today: i64) {
        for entry in entries.filter(|entry| day(entry.at) == today) {
            let count = match entry.outcome {
                Outcome::CannotTell => &mut self.cannot_tell,
                Outcome::Invalid => &mut self.invalid,
                Outcome::Pass => &mut self.pass,
                Outcome::Restricted => &mut self.restricted,
                Outcome::Stop => &mut self.stop,
            };
            *count += 1;
        }
    }
}
