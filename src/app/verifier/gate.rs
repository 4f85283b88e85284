//! The gate: which place it is, the temperature beside the code, and people without a code.

use super::{DataState, Stage, Verifier, challenge::Challenges};
use crate::{
    app::Effect,
    policy::{DeciCelsius, Person, Place},
    reason::Reason,
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, Pending},
    },
    time::UnixTime,
    token::challenge::{audience, tidy_name},
};
use serde::{Deserialize, Serialize};

/// How a gate is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GateSettings {
    /// The place, whose rules decide. Without one green passes, yellow is restricted and red is stopped.
    pub place: Option<Place>,
    /// Whether only answers to this gate's challenge are good: a wallet scans it and makes a code for this gate alone.
    pub challenge: bool,
    /// Whether what is only worth a warning elsewhere is looked at by hand here: a code seen before, data that are soon too old. Such a
    /// gate always asks for answers to its challenge.
    pub strict: bool,
    /// Whether the temperature is asked for.
    pub temperature: bool,
    /// Whether answers sound.
    pub sound: bool,
    /// Whether answers are spoken.
    pub speech: bool,
    /// Whether data of a person fade from the screen after some seconds.
    pub fade: bool,
}

impl Default for GateSettings {
    fn default() -> Self {
        Self { place: None, challenge: false, strict: false, temperature: false, sound: true, speech: false, fade: true }
    }
}

impl GateSettings {
    /// Whether only answers to this gate's challenge are good.
    pub(super) const fn asks(&self) -> bool {
        self.challenge || self.strict
    }
}

/// What waits for a temperature.
#[derive(Debug)]
pub(super) enum Measured {
    Code(Box<Pending>, Vec<Option<u32>>),
    Proof(String),
}

impl Verifier {
    pub(super) fn expectation(&self, now: UnixTime) -> Expectation {
        let (nonce, earlier_nonces) = self.challenges.nonces(now);
        Expectation { audience: self.own_id().map(audience), nonce, earlier_nonces, place: self.saved.gate.place.clone(), rules: None }
    }

    pub(super) fn open_settings(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Scanning) {
            self.stage = Stage::Settings;
            effects.push(Effect::Scan { on: false });
        }
    }

    pub(super) fn set_up(&mut self, mut gate: GateSettings, effects: &mut Vec<Effect>) {
        if let Some(place) = &mut gate.place {
            // A temperature belongs to a person, not to the place.
            place.temperature = None;
            place.name = place.name.as_deref().and_then(tidy_name);
        }
        // The next challenge tells of the place as it is now.
        self.challenges = Challenges::default();
        self.saved.gate = gate;
        self.save(effects);
    }

    pub(super) fn open_proofs(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Scanning) && self.saved.gate.place.is_some() {
            self.stage = Stage::Proofs;
            effects.push(Effect::Scan { on: false });
        }
    }

    /// The proofs that the place's rules accept of who has no code.
    pub(super) fn proofs(&self) -> Vec<String> {
        let rules = self.saved.gate.place.as_ref().and_then(|place| self.store.rules(place.region).ok());
        rules.map(|rules| rules.proofs.clone()).unwrap_or_default()
    }

    pub(super) fn proof_shown(&mut self, proof: String, now: UnixTime, effects: &mut Vec<Effect>) {
        if !matches!(self.stage, Stage::Proofs) || !self.proofs().contains(&proof) {
            return;
        }
        if self.saved.gate.temperature {
            self.stage = Stage::Temperature(Measured::Proof(proof), false);
        } else {
            self.decide_without_code(proof, None, now, effects);
        }
    }

    fn decide_without_code(&mut self, proof: String, temperature: Option<DeciCelsius>, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(place) = self.saved.gate.place.clone() else { return };
        let place = Place { temperature, ..place };
        let person = Person { proof: Some(proof), ..Person::default() };
        let decided = self.store.rules(place.region).and_then(|rules| rules.admit(&person, &place, now));
        let verdict = match decided {
            Ok(decision) => Verdict::of_decision(decision),
            Err(reason) => Verdict::refusal(Outcome::of(&reason), &reason),
        };
        self.show(verdict, now, effects);
    }

    /// At a strict gate a warning takes a person's look: who would pass is restricted.
    pub(super) fn be_strict(&self, verdict: &mut Verdict, now: UnixTime) {
        if !self.saved.gate.strict || !matches!(verdict.outcome, Outcome::Pass | Outcome::Restricted) {
            return;
        }
        let ageing = [self.bundle_view(now), self.status_view(now)].iter().any(|data| data.state == DataState::Ageing);
        let warnings = [(verdict.seen_at.is_some(), Reason::SeenBefore), (ageing, Reason::DataAgeing)];
        for (_, reason) in warnings.iter().filter(|(found, _)| *found) {
            if verdict.outcome == Outcome::Pass {
                verdict.outcome = Outcome::Restricted;
                verdict.reason = Some(reason.code().to_owned());
            } else {
                verdict.also.push(reason.code().to_owned());
            }
        }
    }

    /// Whether the temperature matters to this answer: who is refused already need not be measured.
    pub(super) fn wants_temperature(&self, pending: &Pending, results: &[Option<u32>]) -> bool {
        let gate = &self.saved.gate;
        gate.temperature
            && gate.place.is_some()
            && matches!(pending.finish(&self.store, results).outcome, Outcome::Pass | Outcome::Restricted)
    }

    pub(super) fn temperature_entered(&mut self, text: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Temperature(_, refused) = &mut self.stage else { return };
        let Some(temperature) = DeciCelsius::parse(text.trim()) else { return *refused = true };
        let Stage::Temperature(measured, _) = std::mem::take(&mut self.stage) else { return };
        match measured {
            Measured::Proof(proof) => self.decide_without_code(proof, Some(temperature), now, effects),
            Measured::Code(mut pending, results) => {
                pending.measured(temperature);
                self.tell(&pending, &results, now, effects);
            }
        }
    }
}
