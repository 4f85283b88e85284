//! Paper codes: nothing binds one to its person, so the document is asked for; and its colour stands in the status list alone.

use super::{Expectation, Kind, Outcome, TrustStore, Verdict, colour_by, data_age_s, place_rule};
use crate::{
    cbor::Value,
    policy::Person,
    reason::{Layer, Reason},
    signature::{SignatureCheck, Unverified},
    time::{UnixTime, defaults::PAPER_SEEN_S},
    token::{Colour, Format, Paper},
};

/// A paper code whose signature is being checked.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    paper: Paper,
    checks: Vec<SignatureCheck>,
    pub(super) expectation: Expectation,
    now: UnixTime,
}

pub(super) fn prepare(store: &TrustStore, expectation: &Expectation, token: &Value, now: UnixTime) -> Result<Kind, Reason> {
    let (paper, checks) = Paper::parse(token, super::usable_bundle(store, now)?)?.into_parts();
    Ok(Kind::Paper(Box::new(Sheet { paper, checks, expectation: expectation.clone(), now })))
}

impl Sheet {
    pub(super) fn checks(&self) -> &[SignatureCheck] {
        &self.checks
    }

    /// Who shows paper shows it every day. That the same one comes twice within some minutes is worth a word.
    pub(super) const fn seen_until(&self) -> UnixTime {
        self.now.plus(PAPER_SEEN_S)
    }

    /// What the rules of a place see of the person.
    pub(super) fn person(&self, store: &TrustStore, colour: Colour) -> Person {
        let Paper { status, issuer, region, .. } = &self.paper;
        let data_age_s = data_age_s(store, status, issuer, self.now);
        Person { colour: Some(colour), region: Some(*region), paper: true, data_age_s, ..Person::default() }
    }

    pub(super) fn finish(&self, store: &TrustStore, results: &[Option<u32>]) -> Verdict {
        let mut verdict = match Unverified::new(&self.paper, self.checks.clone()).accept(results) {
            Ok(paper) => self.judge(store, paper.get()),
            Err(_) => {
                let reason = Reason::BadSignature { layer: Layer::Paper };
                Verdict::refusal(Outcome::of(&reason), &reason)
            }
        };
        verdict.format = Format::Paper;
        verdict
    }

    fn judge(&self, store: &TrustStore, paper: &Paper) -> Verdict {
        let mut reasons: Vec<_> = paper.faults(self.now).collect();
        // Where the gate asks for an answer to its own challenge, nothing that was printed long ago is one.
        reasons.extend(self.expectation.nonce.is_some().then_some(Reason::PaperNoAnswer));
        // No colour is on paper: what its list says nothing of is green.
        let colour = colour_by(store, &paper.status, (&paper.issuer, Colour::Green), self.now);
        let colour = colour.map_err(|reason| reasons.push(if reason == Reason::Revoked { Reason::PaperVoid } else { reason })).ok();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rank()));
        let (mut outcome, mut rule) = (reasons.first().map_or(Outcome::Pass, Outcome::of), None);
        if let (Some(colour), true) = (colour, reasons.is_empty()) {
            match self.expectation.place.as_ref().map(|place| self.expectation.decide(store, &self.person(store, colour), place, self.now))
            {
                None => {
                    reasons.extend(place_rule(colour, colour));
                    outcome = reasons.first().map_or(Outcome::Pass, Outcome::of);
                }
                Some(Ok(decision)) => {
                    (outcome, rule) = (decision.admission.into(), decision.rule.clone());
                    reasons.extend(decision.reasons());
                }
                Some(Err(reason)) => {
                    outcome = Outcome::of(&reason);
                    reasons.push(reason);
                }
            }
        }
        // Whatever the rules admit: whose paper it is, only the document tells.
        if matches!(outcome, Outcome::Pass | Outcome::Restricted) {
            outcome = Outcome::Restricted;
            reasons.push(Reason::PaperNotBound);
        }
        let mut verdict = Verdict { rule, ..Verdict::by(outcome, &reasons) };
        verdict.issuer = Some(paper.issuer.clone());
        verdict.issuer_names = store.bundle().map(|bundle| bundle.names(&paper.issuer)).unwrap_or_default();
        verdict.region = Some(paper.region);
        verdict.expires_at = Some(paper.expires_at);
        // Whoever scans void or forged paper, or can't tell what it is worth, learns nothing of a person.
        if matches!(outcome, Outcome::Restricted | Outcome::Stop) {
            verdict.colour = colour;
            let shown = [
                ("name", paper.name.clone()),
                ("document", paper.document.clone()),
                ("document-kind", paper.document_kind.name().to_owned()),
                ("serial", paper.serial.to_string()),
            ];
            verdict.disclosed = shown.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        }
        verdict
    }
}
