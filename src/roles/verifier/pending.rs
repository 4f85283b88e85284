use super::{Outcome, Presented, TrustStore, Verdict, foreign::Foreign, paper::Sheet};
use crate::{
    policy::{DeciCelsius, Person},
    signature::SignatureCheck,
    time::UnixTime,
    token::GroupMark,
};
use sha2::{Digest, Sha256};

/// A pass that was read and whose signatures are being checked.
#[derive(Clone, Debug)]
pub struct Pending(pub(super) Kind);

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A presentation of this system.
    Presented(Box<Presented>),
    /// A pass of another one.
    Foreign(Box<Foreign>),
    /// A paper code of this one.
    Paper(Box<Sheet>),
}

impl Pending {
    /// The signatures to check: the issuer's, then that of the holder under a delegation, then that of who shows it, where there are any.
    #[must_use]
    pub fn checks(&self) -> &[SignatureCheck] {
        match &self.0 {
            Kind::Presented(presented) => &presented.checks,
            Kind::Foreign(foreign) => foreign.checks(),
            Kind::Paper(sheet) => sheet.checks(),
        }
    }

    /// Names the pass by the bytes that were signed last. The signature would not do: (r, n − s) verifies as well.
    #[must_use]
    pub fn identity(&self) -> [u8; 32] {
        self.checks().last().map(|check| Sha256::digest(&check.message)).unwrap_or_default().into()
    }

    /// Names the credential, whoever shows it, by the bytes that its issuer signed.
    #[must_use]
    pub(super) fn credential(&self) -> [u8; 32] {
        self.checks().first().map(|check| Sha256::digest(&check.message)).unwrap_or_default().into()
    }

    /// The group that the presentation is said to belong to; unverified.
    #[must_use]
    pub fn group(&self) -> Option<&GroupMark> {
        match &self.0 {
            Kind::Presented(presented) => presented.presentation.binding.group.as_ref(),
            Kind::Foreign(_) | Kind::Paper(_) => None,
        }
    }

    /// Adds the person's temperature to what the rules of the place see.
    pub fn measured(&mut self, temperature: DeciCelsius) {
        let expectation = match &mut self.0 {
            Kind::Presented(presented) => &mut presented.expectation,
            Kind::Foreign(foreign) => &mut foreign.expectation,
            Kind::Paper(sheet) => &mut sheet.expectation,
        };
        if let Some(place) = &mut expectation.place {
            place.temperature = Some(temperature);
        }
    }

    /// The challenge that the presentation answers; unverified. Paper, or a pass of another system, answers none.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Presented(presented) => presented.presentation.binding.nonce.as_deref(),
            Kind::Foreign(_) | Kind::Paper(_) => None,
        }
    }

    /// Until when a second sight is worth telling: the end of the presentation, of a paper code a while.
    #[must_use]
    pub const fn expires_at(&self) -> UnixTime {
        match &self.0 {
            Kind::Presented(presented) => presented.presentation.binding.expires_at,
            Kind::Foreign(foreign) => foreign.expires_at(),
            Kind::Paper(sheet) => sheet.seen_until(),
        }
    }

    /// What the rules of a place see of the person, by the verdict that was given without a place. None where that says that the code is
    /// not good or can't be judged, and for passes of other systems, of which the rules know nothing.
    #[must_use]
    pub fn person(&self, store: &TrustStore, verdict: &Verdict) -> Option<Person> {
        let judged = !matches!(verdict.outcome, Outcome::Invalid | Outcome::CannotTell);
        match (&self.0, verdict.colour.filter(|_| judged)) {
            (Kind::Presented(presented), Some(colour)) => Some(presented.person(store, colour)),
            (Kind::Paper(sheet), Some(colour)) => Some(sheet.person(store, colour)),
            _ => None,
        }
    }

    /// The verdict, by the results of the checks: for each the index of the key that verified it.
    #[must_use]
    pub fn finish(&self, store: &TrustStore, results: &[Option<u32>]) -> Verdict {
        match &self.0 {
            Kind::Presented(presented) => presented.finish(store, results),
            Kind::Foreign(foreign) => foreign.finish(store, results),
            Kind::Paper(sheet) => sheet.finish(store, results),
        }
    }
}
