//! People who walk together: the gate gathers their codes while it goes on reading, and answers for all of them at the end.

use super::{Source, Stage, Verifier};
use crate::{
    app::Effect,
    roles::{Outcome, Verdict, verifier::Pending},
    time::UnixTime,
};

impl Verifier {
    /// Whether a code that was just read goes on to be checked. One that is in the group already does not, nor does one of the group just
    /// answered for, whose phone is still there; one of somebody else is refused while members are missing.
    pub(super) fn group_admits(&mut self, pending: &Pending, source: Source, now: UnixTime, effects: &mut Vec<Effect>) -> bool {
        let walked = self.walked.is_some_and(|(id, until)| now < until && pending.group().is_some_and(|mark| mark.id == id));
        if self.group.knows(pending) || (walked && source == Source::Camera) {
            return false;
        }
        match self.group.demand(pending.group(), now) {
            Ok(()) => true,
            Err(reason) => {
                self.show(Verdict::refusal(Outcome::of(&reason), &reason), now, effects);
                false
            }
        }
    }

    /// Takes a member in, where the code is one of a group and its signatures are good; the others are still looked for. An answer without
    /// the data of a person is shown like any other, and the group waits.
    pub(super) fn join_group(&mut self, pending: &Pending, verdict: Verdict, now: UnixTime, effects: &mut Vec<Effect>) {
        let (Some(mark), Some(_)) = (pending.group(), verdict.colour) else { return self.show(verdict, now, effects) };
        match self.group.join(mark, pending, verdict.clone(), now) {
            Ok(()) => {
                self.note(&verdict, now, effects);
                if self.group.is_whole() {
                    self.close_group(now, effects);
                } else {
                    self.scan(effects);
                }
            }
            Err(reason) => self.show(Verdict::refusal(Outcome::of(&reason), &reason), now, effects),
        }
    }

    /// Nobody further is waited for.
    pub(super) fn group_closed(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Scanning) {
            self.close_group(now, effects);
        }
    }

    /// The answer for the group as it is.
    fn close_group(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.walked = Some((self.group.id(), now));
        if let Some(verdict) = std::mem::take(&mut self.group).verdict() {
            self.stage = Stage::Group(Box::new(verdict), now);
            effects.push(Effect::Scan { on: false });
        }
    }
}
