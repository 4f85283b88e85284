//! Trust data by file or by a sequence of codes.

use super::{
    Stage, Verifier,
    intake::{Item, Origin},
};
use crate::{
    app::Effect,
    time::UnixTime,
    token::parcel::{self, ItemKind, Part},
};

impl Verifier {
    /// A text that may be a part of a parcel; true when it was one.
    pub(super) fn part_read(&mut self, text: &str, now: UnixTime, effects: &mut Vec<Effect>) -> bool {
        let Some(part) = Part::from_text(text) else { return false };
        match part.and_then(|part| self.gathering.take(part)) {
            Ok(whole) => {
                self.gathered = None;
                self.unpack(&whole, now, effects);
            }
            Err(reason) => self.gathered = Some(reason),
        }
        if matches!(self.stage, Stage::Verdict(..)) {
            self.scan(effects);
        }
        true
    }

    /// Takes a parcel apart; each of its items is judged by itself.
    pub(super) fn unpack(&mut self, bytes: &[u8], now: UnixTime, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Starting | Stage::Blocked(_)) {
            return;
        }
        match parcel::decode(bytes) {
            Err(reason) => self.notices.add(reason),
            Ok(items) => {
                let (taken, of) = self.intake.unpacking.unwrap_or_default();
                self.intake.unpacking = Some((taken, of.saturating_add(u16::try_from(items.len()).unwrap_or(u16::MAX))));
                let mut known: Vec<_> = items.into_iter().filter_map(|bytes| Some((ItemKind::of(&bytes)?, bytes))).collect();
                // Each is judged by what stands before it.
                known.sort_by_key(|(kind, _)| *kind);
                for (kind, bytes) in known {
                    self.intake.queue.push_back(Item { bytes, kind, origin: Origin::Parcel, uri: None });
                }
                self.work(now, effects);
            }
        }
    }
}
