//! A person at a venue: the phone reads the code at the entrance, says what the place's rules say of the own code, and notes the visit.
//!
//! All of it stays on the phone. Nothing is sent, and no colour ever changes because of a venue code.

use super::Verdict;
use crate::{
    cbor::Value,
    policy::{Person, Place, PlaceKind, PlaceRules, Rulebook},
    reason::{Layer, Reason},
    roles::Outcome,
    signature::{Unverified, Verified},
    text::to_base64url,
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, VISIT_KEPT_S},
    },
    token::{Challenge, Colour, CredentialClaims, Venue, from_text, status::StatusList, trust::TrustBundle},
};
use serde::{Deserialize, Serialize};

/// Most visits that are kept; with more the oldest go. Two months of a visit an hour.
const MAX_VISITS: usize = 1500;
/// A second sight of a venue within so many seconds is the same visit.
const SAME_VISIT_S: i64 = 600;

/// What a venue code came from, which is all that it can show of a presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Evidence {
    /// A poster: whoever has a picture of it can scan it anywhere.
    Poster,
    /// A gate's screen within the last two minutes, if nobody made it up.
    Live,
}

/// A venue code that was scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// What its issuer says.
    pub venue: Venue,
    /// The gate's challenge around it, for which nobody vouches; none for a poster.
    pub challenge: Option<Challenge>,
}

impl Scanned {
    /// Reads a poster's text, or that of a gate's challenge with its poster within. The check is of the issuer's signature.
    ///
    /// # Errors
    /// `clock-wrong`, `bundle-…`; `wrong-type` for any other code, a challenge without a poster among them; `expired` and
    /// `not-yet-valid` of the challenge, why the venue code can't be read, and why its issuer is not trusted.
    pub fn read(text: &str, bundle: &TrustBundle, now: UnixTime) -> Result<Unverified<Self>, Reason> {
        usable(bundle, now)?;
        let token = from_text(text)?;
        if matches!(token, Value::Tag(18, _)) {
            return Ok(Venue::parse(&token, bundle)?.map(|venue| Self { venue, challenge: None }));
        }
        let challenge = Challenge::from_text(text).map_err(|reason| match reason {
            Reason::NotAChallenge => Reason::WrongType { layer: Layer::Venue },
            other => other,
        })?;
        challenge.fitness(now)?;
        let venue = Venue::parse(challenge.poster.as_ref().ok_or(Reason::WrongType { layer: Layer::Venue })?, bundle)?;
        Ok(venue.map(|venue| Self { venue, challenge: Some(challenge) }))
    }

    /// What it came from.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        if self.challenge.is_some() { Evidence::Live } else { Evidence::Poster }
    }

    /// Whether the venue code counts: of this time, and not withdrawn as far as the status list at hand says.
    ///
    /// # Errors
    /// As [`Venue::fitness`] and [`Venue::check_status`].
    pub fn fitness(&self, list: Option<&StatusList>, now: UnixTime) -> Result<(), Reason> {
        self.venue.fitness(now)?;
        self.venue.check_status(list)
    }
}

fn usable(bundle: &TrustBundle, now: UnixTime) -> Result<(), Reason> {
    if now.plus(CLOCK_SLACK_S) < bundle.issued_at {
        return Err(Reason::ClockWrong { now, not_before: bundle.issued_at });
    }
    bundle.fitness(now)
}

/// What the rules of the venue say of the holder's own code, by the same rules as a gate there with this bundle: for the person's own screen, and no promise. A
/// gate may know a newer colour, take the temperature or ask for a test; `colour` is the newest that this phone knows.
///
/// A reason in place of a rule is one of [`Scanned::fitness`], `clock-wrong`, `bundle-…`, `expired` and `not-yet-valid` of the credential,
/// `rules-unknown` for a kind of place that this version does not know, or why the bundle's rules for this place can't be read.
#[must_use]
pub fn decide(
    scanned: &Verified<Scanned>,
    claims: &CredentialClaims,
    colour: Colour,
    bundle: &TrustBundle,
    list: Option<&StatusList>,
    now: UnixTime,
) -> Verdict {
    let scanned = scanned.get();
    let decided =
        usable(bundle, now).and_then(|()| scanned.fitness(list, now)).and_then(|()| admit(&scanned.venue, claims, colour, bundle, now));
    let mut verdict = decided.unwrap_or_else(|reason| Verdict::refusal(Outcome::of(&reason), &reason));
    verdict.issuer_names = bundle.names(&claims.issuer);
    verdict
}

fn admit(venue: &Venue, claims: &CredentialClaims, colour: Colour, bundle: &TrustBundle, now: UnixTime) -> Result<Verdict, Reason> {
    if now >= claims.expires_at {
        return Err(Reason::Expired { layer: Layer::Credential, expired_at: claims.expires_at });
    }
    if claims.issued_at > now.plus(CLOCK_SLACK_S) {
        return Err(Reason::NotYetValid { layer: Layer::Credential, valid_from: claims.issued_at });
    }
    let stated = &venue.place;
    let kind = PlaceKind::from_code(&stated.kind).ok_or_else(|| Reason::RulesUnknown { name: stated.kind.clone() })?;
    let place = Place { kind, region: stated.region, name: stated.name.clone(), ..Place::default() };
    let rules = if bundle.rules.is_empty() {
        PlaceRules::of_region(place.region)?
    } else {
        Rulebook::new(&bundle.rules).of_region(place.region)?
    };
    let decision = rules.admit(&Person::of(claims, colour), &place, now)?;
    let mut verdict = Verdict::of_decision(decision);
    verdict.colour = Some(colour);
    verdict.region = Some(claims.region);
    verdict.issuer = Some(claims.issuer.clone());
    Ok(verdict)
}

/// A visit, as the phone keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Visit {
    /// When the code was scanned.
    pub at: UnixTime,
    /// The venue's identifier, base64url.
    pub venue: String,
    /// Its name, as its issuer wrote it: plain text.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// What the code came from.
    pub evidence: Evidence,
}

/// Notes a visit and forgets the old ones. The same venue again within ten minutes is the same visit, with the better evidence of the two.
pub fn note(visits: &mut Vec<Visit>, scanned: &Verified<Scanned>, now: UnixTime) {
    forget(visits, now);
    let scanned = scanned.get();
    let (venue, evidence) = (to_base64url(&scanned.venue.id), scanned.evidence());
    let same = |visit: &&mut Visit| visit.venue == venue && (0..SAME_VISIT_S).contains(&now.since(visit.at));
    if let Some(visit) = visits.iter_mut().rev().find(same) {
        visit.evidence = visit.evidence.max(evidence);
        return;
    }
    if visits.len() >= MAX_VISITS {
        visits.remove(0);
    }
    let place = &scanned.venue.place;
    let name = place.name.clone().unwrap_or_default();
    visits.push(Visit { at: now, venue, name, kind: place.kind.clone(), evidence });
}

/// Forgets what is 14 days old. What seems to come from the future stays: a clock that was wrong once must not wipe the record.
pub fn forget(visits: &mut Vec<Visit>, now: UnixTime) {
    visits.retain(|visit| now.since(visit.at) < VISIT_KEPT_S);
}
