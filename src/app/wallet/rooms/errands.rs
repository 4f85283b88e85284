//! Errands: what the wallet asks of the authority from its rooms. One at a time is under way; what waits is in the records, so that
//! it goes on after a restart. Each is signed again for every try, keeps its identifier, and is answered once.

use super::{
    super::{Awaited, Stage, Wallet},
    RecordName, RoomName, appeals, diary,
};
use crate::{
    app::{Asked, Effect, Resource},
    cose::Unsigned,
    reason::Reason,
    roles::holder::Pass,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Appeal, AppealInquiry, Report},
};

/// Largest answer to an errand that is read, in bytes.
const MAX_ANSWER: usize = 64 * 1024;
/// So many answers that can't be read end it.
const MOST_UNREAD: u8 = 3;
/// The records in which something can wait.
const KEPT_IN: [RecordName; 3] = [RecordName::Appeals, RecordName::Diary, RecordName::Holdings];

/// What is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app::wallet) enum Errand {
    /// An appeal, by its identifier.
    Appeal([u8; 16]),
    /// An appeal that is signed for a file and not sent.
    AppealFile([u8; 16]),
    /// What became of an appeal.
    AppealState([u8; 16]),
    /// Credentials of new keys.
    Renewal,
    /// An entry of the diary, by its identifier.
    Report([u8; 16]),
}

/// Counts one more answer that can't be read. Some networks answer for others until somebody signs in, so the first ones are no end.
///
/// # Errors
/// `answer-malformed` as long as it is tried again.
pub(super) fn given_up(unread: &mut u8) -> Result<(), Reason> {
    *unread = unread.saturating_add(1);
    if *unread < MOST_UNREAD { Err(Reason::AnswerMalformed) } else { Ok(()) }
}

impl Wallet {
    /// Takes up what waits, also what failed before: the network or the page is back, or a person asks.
    pub(in crate::app::wallet) fn errands_anew(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.rooms.failed.clear();
        self.errands(now, effects);
    }

    /// As that, when a new code is made; a renewal has time until the page comes back, unless there is no code to show.
    pub(in crate::app::wallet) fn errands_again(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let showing = matches!(self.stage, Stage::Code(_));
        self.rooms.failed.retain(|errand| showing && *errand == Errand::Renewal);
        self.errands(now, effects);
    }

    /// Takes up what waits, if nothing is under way.
    pub(in crate::app::wallet) fn errands(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let wanted = self.saved.errands || self.stale || self.rooms.open == Some(RoomName::Appeals);
        // What is sealed can't be read, and an application gives a new credential anyway.
        if !wanted || self.is_locked() || self.is_asking() || !matches!(self.stage, Stage::Code(_) | Stage::Form) {
            return;
        }
        for name in KEPT_IN {
            self.load(self.own(name), effects);
        }
        if !KEPT_IN.iter().all(|name| self.is_read(*name)) {
            return;
        }
        match self.next_errand(now) {
            Some(errand) => self.begin(errand, now, effects),
            // What failed waits on.
            None if self.saved.errands && self.rooms.failed.is_empty() => {
                self.saved.errands = false;
                self.save(effects);
            }
            None => {}
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.tickets.any(|awaited| matches!(awaited, Awaited::ErrandSignature(..) | Awaited::ErrandAnswer(_) | Awaited::Renewal(_)))
    }

    /// What comes next. What a person waits for goes before the renewal, which takes longest.
    fn next_errand(&mut self, now: UnixTime) -> Option<Errand> {
        let diary: diary::Diary = self.record(RecordName::Diary);
        // What moved here speaks for its person only when it is renewed: until then all else waits.
        let own = self.asking().is_some_and(|(held, _)| held.terms().is_none());
        // Those of former days are not sent, for the authority would take them for today's.
        let due = |entry: &&diary::Entry| entry.sent == diary::Sent::Waiting && entry.day == diary::day_of(now);
        let reports = diary.entries.iter().filter(due).map(|entry| Errand::Report(entry.id));
        let renewal = self.renewal_wanted(now).then_some(Errand::Renewal);
        if renewal.is_none() {
            self.renewal_rests();
        }
        reports.chain(self.waiting_appeals()).filter(|_| own).chain(renewal).find(|errand| !self.rooms.failed.contains(errand))
    }

    /// The credential that asks, and the name of its key: the first of a batch whatever the day, so that a request is the same however
    /// often it is sent.
    pub(super) fn asking(&self) -> Option<(Pass, String)> {
        let held = self.saved.held.as_ref()?;
        Some((Pass::read(&held.credential).ok()?, held.slot.clone()))
    }

    pub(super) fn begin(&mut self, errand: Errand, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some((held, slot)) = self.asking() else { return };
        let unsigned = match &errand {
            Errand::Renewal => return self.renew(held, slot, now, effects),
            Errand::Report(id) => {
                let diary: diary::Diary = self.record(RecordName::Diary);
                let entry = diary.entries.iter().find(|entry| entry.id == *id);
                entry.map(|entry| held.request(Report { kind: entry.kind, declaration: entry.declaration() }, *id, now))
            }
            Errand::Appeal(id) | Errand::AppealFile(id) => {
                self.appeal(id).map(|entry| held.request(Appeal { wish: entry.wish, text: entry.text }, *id, now))
            }
            Errand::AppealState(id) => {
                let answer = self.appeal(id).and_then(|entry| entry.answer);
                answer.map(|answer| held.request(AppealInquiry { number: answer.number }, *id, now))
            }
        };
        let Some(unsigned) = unsigned else { return };
        let message = to_base64url(&unsigned.message());
        let ticket = self.tickets.give(Awaited::ErrandSignature(unsigned, errand));
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
        if !self.saved.errands && matches!(self.next_errand(now), Some(Errand::Report(_) | Errand::Appeal(_))) {
            self.mark_errands(effects);
        }
    }

    pub(in crate::app::wallet) fn errand_signed(
        &mut self,
        unsigned: Unsigned,
        errand: Errand,
        signature: &str,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.errand_failed(errand, Reason::KeyUnusable, now, effects);
        };
        let token = unsigned.finish(&signature);
        let asked = match errand {
            Errand::Appeal(_) => Asked::Appeals,
            Errand::AppealFile(_) => {
                self.rooms.appeals.file = Some(appeals::file(&token, now));
                return self.errands(now, effects);
            }
            Errand::AppealState(_) => Asked::AppealState,
            Errand::Renewal => return,
            Errand::Report(_) => Asked::Declarations,
        };
        let ticket = self.tickets.give(Awaited::ErrandAnswer(errand));
        effects.push(Effect::Fetch { ticket, resource: Resource::Ask { asked, body: to_base64url(&token.encode()) } });
    }

    pub(in crate::app::wallet) fn errand_answered(
        &mut self,
        errand: Errand,
        status: u16,
        body: &str,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let answer = match read_answer(status, body) {
            Ok(answer) => answer,
            Err(reason) => return self.errand_failed(errand, reason, now, effects),
        };
        let taken = match &errand {
            Errand::Report(id) => self.report_answered(id, answer, now, effects),
            Errand::Appeal(id) => self.appeal_answered(id, answer, effects),
            Errand::AppealState(id) => self.appeal_told(id, answer, effects),
            Errand::AppealFile(_) | Errand::Renewal => Ok(()),
        };
        match taken {
            Ok(()) => {
                self.rooms.trouble = None;
                self.errands(now, effects);
            }
            Err(reason) => self.errand_failed(errand, reason, now, effects),
        }
    }

    /// There was no answer; one that is too large to be taken is one that can't be read.
    pub(in crate::app::wallet) fn errand_unanswered(&mut self, errand: Errand, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        match reason {
            Reason::AnswerMalformed => self.errand_answered(errand, 200, "", now, effects),
            reason => self.errand_failed(errand, reason, now, effects),
        }
    }

    /// It is tried again when the network is back, when the page comes to the front, with the next code, and at the next opening.
    /// Whatever else waits is tried now, unless there is no network at all.
    pub(in crate::app::wallet) fn errand_failed(&mut self, errand: Errand, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        self.rooms.failed.push(errand);
        let offline = reason == Reason::Offline;
        self.rooms.trouble = Some(reason);
        if !offline {
            self.errands(now, effects);
        }
    }
}

/// What the authority says: what it answers with, or why it refuses.
///
/// # Errors
/// Why nothing is said of what was asked.
pub(super) fn read_answer(status: u16, body: &str) -> Result<Result<Vec<u8>, Reason>, Reason> {
    let body = from_base64url(body).filter(|body| body.len() <= MAX_ANSWER).unwrap_or_default();
    match status {
        200 => Ok(Ok(body)),
        408 | 429 => Err(Reason::Offline),
        // It says why in a code that is known here; what it sends is never shown as text.
        400..=499 => Ok(Err(crate::json::from_slice(&body).unwrap_or(Reason::ApplicationRefused))),
        _ => Err(Reason::ServerFault { status }),
    }
}
