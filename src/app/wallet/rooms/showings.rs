//! The log of what was shown on somebody's behalf: of each pass that is not the phone's own person's, for 30 days. When the two meet, the
//! person whose code was lent can have it listed on the own phone.

use super::{
    super::{Awaited, Stage, Wallet},
    Record, RecordName,
    exchange::nonce_of,
    view::OfferView,
};
use crate::{
    app::{Effect, QrView},
    json,
    reason::Reason,
    roles::holder::Pass,
    time::{UnixTime, defaults::DELEGATION_REQUEST_LIFETIME_S},
    token::{ClaimName, OnBehalf, Told, challenge::StatedPlace},
};
use serde::{Deserialize, Serialize};

/// How long a showing is kept, in seconds.
const KEPT_S: i64 = 30 * 86_400;
/// The most that are kept of a pass.
const MOST: usize = 200;
/// What goes on within so many seconds is one showing.
const PAUSE_S: i64 = 900;
/// A list is cut to what a code of this version holds: larger ones are hard to scan from a phone.
const MAX_VERSION: u8 = 25;

/// What is kept of one pass, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Log {
    showings: Vec<OnBehalf>,
}

impl Log {
    fn note(&mut self, new: OnBehalf) {
        self.forget(new.at);
        let goes_on = |last: &&mut OnBehalf| {
            let same = last.place == new.place && last.disclosed == new.disclosed;
            same && (0..PAUSE_S).contains(&new.at.since(last.until))
        };
        match self.showings.last_mut().filter(goes_on) {
            Some(last) => last.until = new.until,
            None => self.showings.push(new),
        }
        let more = self.showings.len().saturating_sub(MOST);
        self.showings.drain(..more);
    }

    fn forget(&mut self, now: UnixTime) {
        self.showings.retain(|showing| now.since(showing.until) < KEPT_S);
    }
}

/// What is to be noted as soon as the record is read.
#[derive(Debug, Default)]
pub(super) struct State(Vec<(Record, OnBehalf)>);

impl Wallet {
    /// The code in front was made anew, and somebody looks at it.
    pub(in crate::app::wallet) fn note_front(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Code(shown) = &self.stage else { return };
        if self.saved.relation.is_some() && !self.is_locked() {
            let place = shown.answering.as_ref().and_then(|answering| answering.place().cloned());
            let showing = of(&shown.held, &self.saved.disclosed(), place, now);
            self.note_showing(self.saved.pass, showing, effects);
        }
    }

    /// A code of a pass was shown on its person's behalf.
    pub(super) fn note_showing(&mut self, pass: u32, showing: OnBehalf, effects: &mut Vec<Effect>) {
        let record = RecordName::Showings.of(0, pass);
        self.rooms.showings.0.push((record, showing));
        self.load(record, effects);
        self.showings_go_on(effects);
    }

    /// Notes what can be noted now.
    pub(in crate::app::wallet) fn showings_go_on(&mut self, effects: &mut Vec<Effect>) {
        if self.is_locked() {
            return self.rooms.showings.0.clear();
        }
        let (ready, waiting): (Vec<_>, _) =
            std::mem::take(&mut self.rooms.showings.0).into_iter().partition(|(record, _)| self.rooms.records.is_there(*record));
        self.rooms.showings.0 = waiting;
        for (record, showing) in ready {
            let mut log: Log = self.record_of(record);
            log.note(showing);
            self.keep_log(record, &log, effects);
        }
    }

    fn keep_log(&mut self, record: Record, log: &Log, effects: &mut Vec<Effect>) {
        match json::to_string(log) {
            Ok(json) => self.put_record(record, json.into_bytes(), Awaited::Store, effects),
            Err(_) => self.notices.add(Reason::Internal),
        }
    }

    /// Forgets of a log that was read what is too old.
    pub(super) fn clean_showings(&mut self, record: Record, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut log: Log = self.record_of(record);
        let before = log.showings.len();
        log.forget(now);
        if log.showings.len() != before {
            self.keep_log(record, &log, effects);
        }
    }

    /// What was shown of the pass in front, the newest first.
    pub(super) fn showings(&self, now: UnixTime) -> Vec<OnBehalf> {
        let mut log: Log = self.record(RecordName::Showings);
        log.forget(now);
        log.showings.reverse();
        log.showings
    }

    /// The newest of it for the phone of the person whose code it is; none where that did not lend it.
    pub(super) fn telling(&self, now: UnixTime) -> Option<OfferView> {
        let nonce = nonce_of(self.saved.held.as_ref().filter(|_| self.is_lent()).map(|held| held.slot.as_str())?)?;
        let mut told = Told { nonce, showings: self.showings(now) };
        told.showings.truncate(Told::MOST);
        loop {
            let text = told.to_text();
            let qr = QrView::draw(&text, now, now.plus(DELEGATION_REQUEST_LIFETIME_S)).filter(|qr| qr.version <= MAX_VERSION);
            if qr.is_some() || told.showings.pop().is_none() {
                return Some(OfferView { qr, text, guardian: self.saved.relation });
            }
        }
    }
}

/// A code that shows these at this moment.
pub(super) fn of(held: &Pass, disclose: &[ClaimName], place: Option<StatedPlace>, now: UnixTime) -> OnBehalf {
    let disclosed = ClaimName::ALL.into_iter().filter(|name| held.shown(*name, disclose).is_some()).collect();
    OnBehalf { at: now, until: now, disclosed, place }
}
