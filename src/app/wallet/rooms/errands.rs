//! Errands: what the wallet asks of the authority from its rooms. One at a time is under way; what waits is in the records, so that
//! it goes on after a restart. Each is signed again for every try, keeps its identifier, and is answered once.

use super::{
    super::{Awaited, Stage, Wallet},
    RecordName, diary,
};
use crate::{
    app::{Asked, Effect, Resource},
    cose::Unsigned,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::Report,
};

/// Largest answer to an errand that is read, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// What is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app::wallet) enum Errand {
    /// An entry of the diary, by its identifier.
    Report([u8; 16]),
}

impl Wallet {
    /// Takes up what waits, if nothing is under way.
    pub(in crate::app::wallet) fn errands(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.saved.errands || self.tickets.any(|awaited| matches!(awaited, Awaited::ErrandSignature(..) | Awaited::ErrandAnswer(_))) {
            return;
        }
        if !self.rooms.records.is_there(RecordName::Diary) {
            return self.load_record(RecordName::Diary, effects);
        }
        let Some(entry) = self.next_report(now) else {
            self.saved.errands = false;
            return self.save(effects);
        };
        let (Stage::Code(shown), Some(held)) = (&self.stage, &self.saved.held) else { return };
        let report = Report { kind: entry.kind, declaration: entry.declaration() };
        let unsigned = shown.held.request(report, entry.id, now);
        let (slot, message) = (held.slot.clone(), to_base64url(&unsigned.message()));
        let ticket = self.tickets.give(Awaited::ErrandSignature(unsigned, Errand::Report(entry.id)));
        effects.push(Effect::Sign { ticket, slot, message });
    }

    /// Something waits from now on: the next opening goes on with it.
    pub(super) fn mark_errands(&mut self, effects: &mut Vec<Effect>) {
        self.rooms.trouble = None;
        self.saved.errands = true;
        self.save(effects);
    }

    /// What waits waits even if the mark of it is gone: an answer may have come and could not be noted.
    pub(in crate::app::wallet) fn find_errands(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.saved.errands && self.next_report(now).is_some() {
            self.mark_errands(effects);
        }
    }

    pub(in crate::app::wallet) fn errand_signed(&mut self, unsigned: Unsigned, errand: Errand, signature: &str, effects: &mut Vec<Effect>) {
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.rooms.trouble = Some(Reason::KeyUnusable);
        };
        let asked = match errand {
            Errand::Report(_) => Asked::Declarations,
        };
        let body = to_base64url(&unsigned.finish(&signature).encode());
        let ticket = self.tickets.give(Awaited::ErrandAnswer(errand));
        effects.push(Effect::Fetch { ticket, resource: Resource::Ask { asked, body } });
    }

    pub(in crate::app::wallet) fn errand_answered(
        &mut self,
        errand: &Errand,
        status: u16,
        body: &str,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let body = from_base64url(body).filter(|body| body.len() <= MAX_ANSWER).unwrap_or_default();
        let answer = match status {
            200 => Ok(body),
            // Nothing is said of what was asked.
            408 | 429 => return self.errand_failed(Reason::Offline),
            // The authority says why, in a code that is known here; what it sends is never shown as text.
            400..=499 => Err(crate::json::from_slice(&body).unwrap_or(Reason::ApplicationRefused)),
            _ => return self.errand_failed(Reason::ServerFault { status }),
        };
        let Errand::Report(id) = errand;
        match self.report_answered(id, answer, now, effects) {
            Ok(()) => {
                self.rooms.trouble = None;
                self.errands(now, effects);
            }
            Err(reason) => self.errand_failed(reason),
        }
    }

    /// It is tried again when the network is back, when the page comes to the front, with the next code, and at the next opening.
    pub(in crate::app::wallet) fn errand_failed(&mut self, reason: Reason) {
        self.rooms.trouble = Some(reason);
    }

    /// The next entry to be sent; those of former days are not, for the authority would take them for today's.
    fn next_report(&self, now: UnixTime) -> Option<diary::Entry> {
        let diary: diary::Diary = self.record(RecordName::Diary);
        diary.entries.into_iter().find(|entry| entry.sent == diary::Sent::Waiting && entry.day == diary::day_of(now))
    }
}
