//! Passes of other systems: their keys come from the bundle, each for its own format and issuer.

use super::{Expectation, Outcome, TrustStore, Verdict, pending::Kind};
use crate::{
    formats::{ForeignPass, Sealed},
    policy::{Admission, Person},
    reason::{Layer, Reason},
    signature::{SignatureCheck, Unverified, Verified},
    time::UnixTime,
    token::trust::{ForeignKey, KeyHint},
};

/// A foreign pass whose signature is being checked.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    hint: KeyHint,
    pass: Unverified<ForeignPass>,
    /// In the order of the check's keys.
    keys: Vec<ForeignKey>,
    pub(super) expectation: Expectation,
    now: UnixTime,
}

pub(super) fn prepare(store: &TrustStore, expectation: &Expectation, sealed: Sealed, now: UnixTime) -> Result<Kind, Reason> {
    let bundle = super::usable_bundle(store, now)?;
    let hint = sealed.hint.clone();
    let keys: Vec<_> = bundle.foreign.find(&hint, now)?.into_iter().cloned().collect();
    // What can't be checked here is neither good nor forged.
    if !keys.iter().any(|key| key.key.is_checkable()) {
        return Err(Reason::AlgorithmMissing);
    }
    let pass = sealed.with_keys(keys.iter().map(|key| key.key.clone()).collect());
    Ok(Kind::Foreign(Box::new(Foreign { hint, pass, keys, expectation: expectation.clone(), now })))
}

impl Foreign {
    pub(super) fn checks(&self) -> &[SignatureCheck] {
        self.pass.checks()
    }

    /// A pass of another system is shown again and again: there is no end after which a second sight stops to matter.
    pub(super) const fn expires_at(&self) -> UnixTime {
        self.now
    }

    pub(super) fn finish(&self, store: &TrustStore, results: &[Option<u32>]) -> Verdict {
        let mut verdict = match self.pass.look(results) {
            Ok(pass) => self.judge(store, pass, results),
            Err(_) => {
                let reason = Reason::BadSignature { layer: Layer::ForeignPass };
                Verdict::refusal(Outcome::of(&reason), &reason)
            }
        };
        verdict.format = self.hint.format;
        verdict
    }

    fn judge(&self, store: &TrustStore, pass: Verified<&ForeignPass>, results: &[Option<u32>]) -> Verdict {
        let pass = pass.into_inner();
        let key = results.first().copied().flatten().and_then(|index| self.keys.get(index as usize));
        let mut reasons = pass.faults(self.now, key.map_or(&[], |key| &key.revoked));
        // The rule of a place without rules of its own: whose pass it is, only the document tells.
        reasons.push(Reason::ForeignNotBound);
        // Where the gate asks for an answer to its own challenge, nothing that was printed long ago is one.
        if self.expectation.nonce.is_some() {
            reasons.push(Reason::NonceMissing);
        }
        if !pass.shown().iter().any(|(name, _)| *name == "name") {
            reasons.push(Reason::NobodyNamed);
        }
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rank()));
        let mut verdict = Verdict::refusal(Outcome::of(&reasons[0]), &reasons[0]);
        verdict.also = reasons.iter().skip(1).map(|reason| reason.code().to_owned()).collect();
        verdict.issuer = Some(pass.issuer.clone());
        if verdict.outcome == Outcome::Restricted {
            verdict.expires_at = pass.expires_at;
            verdict.disclosed = pass.shown().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        }
        self.measure(store, &mut verdict);
        verdict
    }

    /// The rules of the place know nothing of passes of other systems, but a fever is a fever.
    fn measure(&self, store: &TrustStore, verdict: &mut Verdict) {
        let Some(place) = self.expectation.place.as_ref().filter(|place| place.temperature.is_some()) else { return };
        if verdict.outcome != Outcome::Restricted {
            return;
        }
        match self.expectation.decide(store, &Person::default(), place, self.now) {
            Ok(decision) if decision.admission == Admission::Stop => {
                let decided = Verdict::of_decision(decision);
                verdict.also.extend(verdict.reason.take());
                verdict.outcome = decided.outcome;
                verdict.reason = decided.reason;
                verdict.facts = decided.facts;
                verdict.rule = decided.rule;
            }
            Ok(_) => {}
            Err(reason) => *verdict = Verdict { format: verdict.format, ..Verdict::refusal(Outcome::of(&reason), &reason) },
        }
    }
}
