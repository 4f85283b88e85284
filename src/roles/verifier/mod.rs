//! The verifier: from a text to a verdict, with nothing but what the device holds.
//!
//! [`begin`] reads the text and yields the signatures to check; [`Pending::finish`] takes the results of whichever backend
//! checked them and gives the verdict. Every step fails closed with a reason of its own; of several reasons the verdict
//! names the one that ranks highest.

mod foreign;
mod group;
mod paper;
mod pending;
mod seen;
mod store;

pub use group::{Group, GroupMember, GroupVerdict};
pub use pending::Pending;
pub use seen::Seen;
pub use store::TrustStore;

use super::{Outcome, Verdict};
use crate::{
    cbor::{Map, Value},
    formats::{self, health_card::Collector},
    labels::ANY_AUDIENCE,
    policy::{Decision, Person, Place, PlaceRules, RuleDecision, admission::is_monitored},
    reason::{Layer, Reason},
    signature::{SignatureCheck, check_all},
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, PRESENTATION_LIFETIME_S},
    },
    token::{
        Colour, CredentialClaims, Format, Paper, Presentation, Relation, StatusReference, Terms, from_text, status,
        trust::{KeyUse, TrustBundle},
    },
};
use pending::Kind;
use std::sync::Arc;

/// What this verifier asks of a presentation beside its being genuine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// This verifier's own audience, accepted beside the group audience.
    pub audience: Option<String>,
    /// The challenge that was shown: then this audience and this nonce are required.
    pub nonce: Option<Vec<u8>>,
    /// Challenges shown before that one to which answers are still good.
    pub earlier_nonces: Vec<Vec<u8>>,
    /// The place, whose rules decide. Without one green passes, yellow is restricted and red is stopped.
    pub place: Option<Place>,
    /// The rules of the place; by default those that come with the program for its region.
    pub rules: Option<Arc<PlaceRules>>,
}

impl Expectation {
    /// What the rules of the place say of a person.
    fn decide(&self, store: &TrustStore, person: &Person, place: &Place, now: UnixTime) -> Result<Decision, Reason> {
        let rules = self.rules.clone().map_or_else(|| store.rules(place.region), Ok);
        rules.and_then(|rules| rules.admit(person, place, now))
    }
}

/// What a text leads to at first.
#[derive(Clone, Debug)]
pub enum Begun {
    /// The answer stands without checking any signature.
    Done(Box<Verdict>),
    /// These signatures have to be checked.
    Pending(Box<Pending>),
}

/// A presentation that was read and whose signatures are being checked: the issuer's, the holder's under a delegation
/// where there is one, and that of who shows it.
#[derive(Clone, Debug)]
struct Presented {
    presentation: Presentation,
    claims: CredentialClaims,
    revealed: Result<Map, Reason>,
    checks: Vec<SignatureCheck>,
    expectation: Expectation,
    now: UnixTime,
}

/// Reads a text at the time `now`. A pass in several codes is `more-parts`: see [`begin_gathering`].
#[must_use]
pub fn begin(store: &TrustStore, expectation: &Expectation, text: &str, now: UnixTime) -> Begun {
    begin_gathering(store, expectation, &mut Collector::default(), text, now)
}

/// As [`begin`], and keeps the codes of a pass that comes in several of them.
#[must_use]
pub fn begin_gathering(store: &TrustStore, expectation: &Expectation, parts: &mut Collector, text: &str, now: UnixTime) -> Begun {
    let mut format = formats::format_of(text).unwrap_or_default();
    let read = match format {
        Format::Tongma => from_text(text).and_then(|token| match prepare(store, expectation, &token, now) {
            Err(Reason::WrongType { .. }) if Paper::is_one(&token) => {
                format = Format::Paper;
                paper::prepare(store, expectation, &token, now)
            }
            presented => presented.map(|presented| Kind::Presented(Box::new(presented))),
        }),
        Format::Smart => parts.take(text).and_then(|sealed| foreign::prepare(store, expectation, sealed, now)),
        _ => formats::read(text).and_then(|sealed| foreign::prepare(store, expectation, sealed, now)),
    };
    match read {
        Ok(kind) => Begun::Pending(Box::new(Pending(kind))),
        Err(reason) => Begun::Done(Box::new(Verdict { format, ..Verdict::refusal(Outcome::of(&reason), &reason) })),
    }
}

/// Verifies with the core's own arithmetic, from text to verdict.
#[must_use]
pub fn verify(store: &TrustStore, expectation: &Expectation, text: &str, now: UnixTime) -> Verdict {
    verify_gathering(store, expectation, &mut Collector::default(), text, now)
}

/// As [`verify`], and keeps the codes of a pass that comes in several of them.
#[must_use]
pub fn verify_gathering(store: &TrustStore, expectation: &Expectation, parts: &mut Collector, text: &str, now: UnixTime) -> Verdict {
    match begin_gathering(store, expectation, parts, text, now) {
        Begun::Done(verdict) => *verdict,
        Begun::Pending(pending) => {
            let results = check_all(pending.checks());
            pending.finish(store, &results)
        }
    }
}

fn prepare(store: &TrustStore, expectation: &Expectation, token: &Value, now: UnixTime) -> Result<Presented, Reason> {
    let presentation = Presentation::parse(token)?;
    let revealed = presentation.credential.reveal();
    // Before the disclosures are judged, what the issuer left in the clear is enough to find its keys.
    let claims = CredentialClaims::from_map(revealed.as_ref().unwrap_or(&presentation.credential.claims))?;
    let bundle = usable_bundle(store, now)?;
    let kid = presentation.credential.envelope.kid();
    let keys = bundle.keys_for(&claims.issuer, kid, KeyUse::Credential, Some(claims.region), Layer::Credential)?;
    let mut checks = vec![presentation.credential.envelope.check(keys)];
    let mut signer = &claims.holder;
    if let Some(delegation) = &presentation.delegation {
        checks.push(delegation.envelope.check(vec![signer.clone()]));
        signer = &delegation.terms.delegate;
    }
    checks.push(presentation.envelope.check(vec![signer.clone()]));
    Ok(Presented { presentation, claims, revealed, checks, expectation: expectation.clone(), now })
}

/// The bundle, where verdicts may rest on it at this time.
fn usable_bundle(store: &TrustStore, now: UnixTime) -> Result<&TrustBundle, Reason> {
    if let Some(not_before) = store.newest().filter(|newest| now.plus(CLOCK_SLACK_S) < *newest) {
        return Err(Reason::ClockWrong { now, not_before });
    }
    let bundle = store.bundle().ok_or(Reason::BundleMissing)?;
    bundle.fitness(now)?;
    Ok(bundle)
}

impl Presented {
    fn finish(&self, store: &TrustStore, results: &[Option<u32>]) -> Verdict {
        let good = |index: usize| match (results.get(index), self.checks.get(index)) {
            (Some(Some(key)), Some(check)) => (*key as usize) < check.keys.len(),
            _ => false,
        };
        let delegated = self.terms().map(|_| Layer::Delegation);
        for (index, layer) in [Some(Layer::Credential), delegated, Some(Layer::Presentation)].into_iter().flatten().enumerate() {
            if !good(index) {
                let reason = Reason::BadSignature { layer };
                return Verdict::refusal(Outcome::of(&reason), &reason);
            }
        }
        let mut reasons = Vec::new();
        reasons.extend(self.revealed.as_ref().err().cloned());
        reasons.extend(self.times());
        reasons.extend(self.audience());
        let colour = match self.status(store) {
            Ok(colour) => colour,
            Err(reason) => {
                reasons.push(reason);
                self.claims.colour
            }
        };
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rank()));
        // The rules of a place are asked about a pass only that is good otherwise.
        if let (Some(place), true) = (&self.expectation.place, reasons.is_empty()) {
            let (outcome, reasons, rule) = self.admission(store, place, colour);
            return self.verdict(store, colour, outcome, &reasons, rule);
        }
        reasons.extend(place_rule(self.claims.colour, colour).filter(|_| self.expectation.place.is_none()));
        self.verdict(store, colour, reasons.first().map_or(Outcome::Pass, Outcome::of), &reasons, None)
    }

    /// What the rules of a place say: the answer, its reasons with the deciding one first, and the rule.
    fn admission(&self, store: &TrustStore, place: &Place, colour: Colour) -> (Outcome, Vec<Reason>, Option<RuleDecision>) {
        match self.expectation.decide(store, &self.person(store, colour), place, self.now) {
            Ok(decision) => {
                let (outcome, rule) = (Outcome::from(decision.admission), decision.rule.clone());
                let mut reasons: Vec<_> = decision.reasons().collect();
                // That the issuer changed the colour is worth telling where the colour matters.
                let changed = colour != self.claims.colour && outcome != Outcome::Pass;
                reasons.extend(place_rule(self.claims.colour, colour).filter(|_| changed));
                (outcome, reasons, rule)
            }
            Err(reason) => (Outcome::of(&reason), vec![reason], None),
        }
    }

    /// What the rules of a place see of the person, with the colour after the status list.
    fn person(&self, store: &TrustStore, colour: Colour) -> Person {
        let data_age_s = self.claims.status.as_ref().and_then(|reference| data_age_s(store, reference, &self.claims.issuer, self.now));
        Person { data_age_s, guardian: self.guardian(), ..Person::of(&self.claims, colour) }
    }

    /// The terms under which another key than the holder's signed.
    fn terms(&self) -> Option<&Terms> {
        self.presentation.delegation.as_ref().map(|delegation| &delegation.terms)
    }

    fn guardian(&self) -> Option<Relation> {
        // A delegation says it, or the issuer did, of a ward whose credential is bound to the guardian's phone at once.
        self.terms().and_then(|terms| terms.guardian).or(self.claims.relation)
    }

    fn times(&self) -> Vec<Reason> {
        let (binding, claims, now) = (&self.presentation.binding, &self.claims, self.now);
        let credential = (Layer::Credential, claims.issued_at, claims.expires_at);
        let delegation = self.terms().map(|terms| (Layer::Delegation, terms.issued_at, terms.expires_at));
        let presentation = (Layer::Presentation, binding.issued_at, binding.expires_at);
        let mut reasons = Vec::new();
        for (layer, valid_from, expired_at) in [Some(credential), delegation, Some(presentation)].into_iter().flatten() {
            // The end has no slack: a wallet renews long before it, and a screenshot must not outlive it.
            if now >= expired_at {
                reasons.push(Reason::Expired { layer, expired_at });
            }
            if valid_from > now.plus(CLOCK_SLACK_S) {
                reasons.push(Reason::NotYetValid { layer, valid_from });
            }
        }
        let lifetime_s = binding.expires_at.since(binding.issued_at);
        if lifetime_s > PRESENTATION_LIFETIME_S {
            reasons.push(Reason::LifetimeTooLong { lifetime_s });
        }
        reasons.extend(self.terms().into_iter().flat_map(|terms| terms.faults(&self.presentation.credential, claims)));
        // Both clocks of these inequalities are the issuer's and the holder's own: no slack (SD-CWT §8).
        let (_, begins, ends) = delegation.unwrap_or(credential);
        let consistent = binding.issued_at >= begins && binding.expires_at <= ends && lifetime_s > 0;
        if !consistent && !reasons.contains(&Reason::TimesInconsistent) {
            reasons.push(Reason::TimesInconsistent);
        }
        reasons
    }

    fn audience(&self) -> Option<Reason> {
        let (binding, expected) = (&self.presentation.binding, &self.expectation);
        let own = expected.audience.as_deref() == Some(binding.audience.as_str());
        let Some(nonce) = &expected.nonce else {
            return (!own && binding.audience != ANY_AUDIENCE).then_some(Reason::AudienceMismatch);
        };
        let asked = |answer: &[u8]| {
            let mut nonces = std::iter::once(nonce).chain(&expected.earlier_nonces);
            nonces.any(|nonce| subtle::ConstantTimeEq::ct_eq(answer, nonce.as_slice()).into())
        };
        match &binding.nonce {
            None => Some(Reason::NonceMissing),
            Some(answer) if !asked(answer) => Some(Reason::NonceMismatch),
            Some(_) if !own && expected.audience.is_some() => Some(Reason::AudienceMismatch),
            Some(_) => None,
        }
    }

    /// The colour after the status list.
    fn status(&self, store: &TrustStore) -> Result<Colour, Reason> {
        let Some(reference) = &self.claims.status else { return Ok(self.claims.colour) };
        colour_by(store, reference, (&self.claims.issuer, self.claims.colour), self.now)
    }

    fn verdict(&self, store: &TrustStore, colour: Colour, outcome: Outcome, reasons: &[Reason], rule: Option<RuleDecision>) -> Verdict {
        let mut verdict = Verdict {
            rule,
            region: Some(self.claims.region),
            issuer: Some(self.claims.issuer.clone()),
            issuer_names: store.bundle().map(|bundle| bundle.names(&self.claims.issuer)).unwrap_or_default(),
            presented_at: Some(self.presentation.binding.issued_at),
            expires_at: Some(self.presentation.binding.expires_at),
            ..Verdict::by(outcome, reasons)
        };
        // What is no pass shows no data of a person: whoever scans an old picture learns nothing from it.
        if outcome != Outcome::Invalid {
            verdict.colour = Some(colour);
            verdict.monitoring = is_monitored(&self.claims);
            verdict.guardian = self.guardian();
            verdict.disclosed = self.claims.claims.iter().map(|(name, value)| (name.name().to_owned(), plain(value))).collect();
        }
        verdict
    }
}

/// The colour after the status list, of what an issuer issued with a colour.
fn colour_by(store: &TrustStore, reference: &StatusReference, (issuer, issued): (&str, Colour), now: UnixTime) -> Result<Colour, Reason> {
    let list = store.list(&reference.uri, issuer).ok_or_else(|| Reason::StatusMissing { uri: reference.uri.clone() })?;
    list.fitness(now, store.status_max_age_s())?;
    match list.get(reference.idx)? {
        status::VALID => Ok(issued),
        status::REVOKED => Err(Reason::Revoked),
        status::SUSPENDED => Ok(Colour::Red),
        status::YELLOW => Ok(issued.max(Colour::Yellow)),
        value => Err(Reason::StatusUnknown { value }),
    }
}

/// Seconds since the status list of a reference was made.
fn data_age_s(store: &TrustStore, reference: &StatusReference, issuer: &str, now: UnixTime) -> Option<i64> {
    Some(now.since(store.list(&reference.uri, issuer)?.issued_at()))
}

/// The rule of a place without rules of its own: green passes, yellow is restricted, red is stopped.
fn place_rule(issued: Colour, now: Colour) -> Option<Reason> {
    match (now, now == issued) {
        (Colour::Green, _) => None,
        (Colour::Yellow, true) => Some(Reason::ColourYellow),
        (Colour::Yellow, false) => Some(Reason::TurnedYellow),
        (Colour::Red, true) => Some(Reason::ColourRed),
        (Colour::Red, false) => Some(Reason::Suspended),
    }
}

/// A claim's value as plain text.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
