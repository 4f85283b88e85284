//! Whether a person may enter a place.
//!
//! The rules see `payload` = `{colour, region, province, kind, monitoring, test: {result, at, ageHours}, proof, shownBy, relation}` (what the pass
//! says, after its signatures and status list; without a code `colour` is null; `shownBy` is `holder`, `guardian` or, of a paper code, `paper`; `relation` is the guardian's) and `external` = `{validationClock, temperature (tenths of °C), dataAgeSeconds,
//! proofs, place: {kind, region, province, lowRisk, testWithinHours}}`.

use super::{
    certlogic::DateTime,
    place::Place,
    rule::Rule,
    set::{Consequence, Entry, RuleSet, parse_all},
};
use crate::{
    reason::Reason,
    time::{UnixTime, defaults::CLOCK_SLACK_S},
    token::{ClaimName, Colour, CredentialClaims, Relation},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// What a rule of places leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Admission {
    /// May enter.
    Pass,
    /// May enter under conditions.
    Restricted,
    /// May not enter.
    Stop,
}

/// A set of rules for places.
pub type PlaceRules = RuleSet<Admission>;

impl Admission {
    /// The name in texts for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Restricted => "restricted",
            Self::Stop => "stop",
        }
    }
}

impl Consequence for Admission {
    fn of(rule: &Rule) -> Option<Self> {
        let reason = rule.reason.as_deref();
        match rule.outcome.as_deref()? {
            "pass" if reason.is_none() => Some(Self::Pass),
            "restricted" => reason_of(reason?).map(|_| Self::Restricted),
            "stop" => reason_of(reason?).map(|_| Self::Stop),
            _ => None,
        }
    }

    fn suits_overlay(self) -> bool {
        self != Self::Stop
    }
}

/// The reasons that a rule of places can give.
fn reason_of(code: &str) -> Option<Reason> {
    let reasons = [
        Reason::ColourRed,
        Reason::ColourYellow,
        Reason::FeverClinic,
        Reason::MaskRequired,
        Reason::PlaceForbidden,
        Reason::PlaceRestricted,
        Reason::ProofMissing,
        Reason::TemperatureHigh,
        Reason::TestMissing,
    ];
    reasons.into_iter().find(|reason| reason.code() == code)
}

pub use crate::token::MONITORING;

/// Whether these claims put their holder under daily health monitoring.
#[must_use]
pub fn is_monitored(claims: &CredentialClaims) -> bool {
    claims.reason.as_ref().is_some_and(|reason| reason.code == MONITORING)
}

/// What is known of a person at a place; the default is a person without a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Colour of the code; none without a code.
    pub colour: Option<Colour>,
    /// Region of the code, GB/T 2260; 0 for the national code.
    pub region: Option<u32>,
    /// Kind of the credential.
    pub kind: u8,
    /// Whether the person is under daily health monitoring ([`MONITORING`]).
    pub monitoring: bool,
    /// The last nucleic-acid test.
    pub test: Option<TestResult>,
    /// Another proof that was shown instead of a code.
    pub proof: Option<String>,
    /// What the guardian who shows the code is to the person; none where the person shows it.
    pub guardian: Option<Relation>,
    /// Whether the code is one on paper.
    pub paper: bool,
    /// Age of the oldest data that this rests on, in seconds.
    pub data_age_s: Option<i64>,
}

impl Person {
    /// What verified claims say, with the colour after the status list.
    #[must_use]
    pub fn of(claims: &CredentialClaims, colour: Colour) -> Self {
        Self {
            colour: Some(colour),
            region: Some(claims.region),
            kind: claims.kind,
            monitoring: is_monitored(claims),
            test: claims.claims.get(&ClaimName::Test).and_then(|test| TestResult::parse(test.as_text()?)),
            proof: None,
            guardian: None,
            paper: false,
            data_age_s: None,
        }
    }
}

/// A nucleic-acid test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// Whether nothing was found.
    pub negative: bool,
    /// When the sample was taken.
    pub at: UnixTime,
}

impl TestResult {
    /// Reads a result and its time from a text such as `negative 2026-11-20T08:00:00+08:00`; 阴性 says the same.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (result, time) = text.split_once(' ')?;
        let negative = match result {
            "negative" | "阴性" => true,
            "positive" | "阳性" => false,
            _ => return None,
        };
        DateTime::parse(time).ok().map(|time| Self { negative, at: time.to_unix() })
    }

    /// Hours that have begun since the test; below zero for a time that has not come.
    fn age_h(self, now: UnixTime) -> i64 {
        let age_s = now.since(self.at);
        if age_s < -CLOCK_SLACK_S { -1 } else { age_s.max(0).saturating_add(3599) / 3600 }
    }
}

/// The rule that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RuleDecision {
    /// Name of the set of rules.
    pub set: String,
    /// Identifier of the rule.
    pub identifier: String,
    /// What the rule says, by language.
    pub description: BTreeMap<String, String>,
}

/// How a code from elsewhere is recognised (GAN 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A code of another province, under the rules of the place.
    Home,
    /// The national code.
    National,
    /// A code of the place's own province.
    Own,
}

/// Whether a person may enter, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub admission: Admission,
    /// Why it is not a plain yes.
    pub reason: Option<Reason>,
    /// The rule that decided; none when all rules held.
    pub rule: Option<RuleDecision>,
    /// Identifiers and reasons of the other rules that come to the same answer.
    pub also: Vec<(String, Reason)>,
    /// How the code is recognised; none without a code.
    pub recognition: Option<Recognition>,
}

impl Decision {
    /// Why it is not a plain yes: the deciding reason first, then those of the other rules that come to the same answer.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        self.reason.into_iter().chain(self.also.into_iter().map(|(_, reason)| reason))
    }
}

static SETS: LazyLock<Vec<Arc<PlaceRules>>> = LazyLock::new(|| parse_all(&SOURCES));
pub(super) const SOURCES: [&str; 5] = [
    include_str!("rules/common.json"),
    include_str!("rules/national.json"),
    include_str!("rules/jiangxi.json"),
    include_str!("rules/nanchang.json"),
    include_str!("rules/zhejiang.json"),
];
/// The set of places of whose region there is no other.
pub(super) const NATIONAL: &str = "national";

impl PlaceRules {
    /// The sets that come with the program.
    #[must_use]
    pub fn built_in() -> &'static [Arc<Self>] {
        &SETS
    }

    /// A set that comes with the program, by name.
    ///
    /// # Errors
    /// `rules-unknown`.
    pub fn named(name: &str) -> Result<Arc<Self>, Reason> {
        let found = SETS.iter().find(|set| set.name == name).cloned();
        found.ok_or_else(|| Reason::RulesUnknown { name: name.to_owned() })
    }

    /// The set of a place's region, GB/T 2260: that of its district, else of its city, its province, or the national one.
    ///
    /// # Errors
    /// `rules-unknown`, when not even the national set is there.
    pub fn of_region(region: u32) -> Result<Arc<Self>, Reason> {
        let found = wider(region).map(code).iter().find_map(|code| SETS.iter().find(|set| set.region.as_ref() == Some(code)).cloned());
        found.map_or_else(|| Self::named(NATIONAL), Ok)
    }

    /// Decides over one person at one place. The rules are the place's: where the code is from gives no other ones (GAN 2).
    ///
    /// # Errors
    /// As [`RuleSet::decide`].
    pub fn admit(&self, person: &Person, place: &Place, now: UnixTime) -> Result<Decision, Reason> {
        let decided = self.decide(&self.context(person, place, now), &code(place.region), now)?;
        let top = decided.first();
        let others = decided.iter().skip(1).filter(|entry| Some(entry.consequence) == top.map(|top| top.consequence));
        Ok(Decision {
            admission: top.map_or(Admission::Pass, |entry| entry.consequence),
            reason: top.and_then(|entry| reason(entry)),
            rule: top.map(|entry| self.told(entry)),
            also: others.filter_map(|entry| Some((entry.rule.identifier.clone(), reason(entry)?))).collect(),
            recognition: person.colour.and(person.region).map(|region| match region {
                0 => Recognition::National,
                region if region / 10_000 == place.region / 10_000 => Recognition::Own,
                _ => Recognition::Home,
            }),
        })
    }

    /// What the rules see.
    #[must_use]
    pub fn context(&self, person: &Person, place: &Place, now: UnixTime) -> Json {
        let province = |region: u32| region / 10_000 * 10_000;
        let test = person.test.map(|test| {
            let result = if test.negative { "negative" } else { "positive" };
            json!({ "result": result, "at": DateTime::text_of(test.at), "ageHours": test.age_h(now) })
        });
        let shown_by = person.colour.map(|_| match person.guardian {
            _ if person.paper => "paper",
            Some(_) => "guardian",
            None => "holder",
        });
        json!({
            "payload": {
                "colour": person.colour.map(Colour::name), "region": person.region, "province": person.region.map(province),
                "kind": person.kind, "monitoring": person.monitoring, "test": test, "proof": person.proof,
                "shownBy": shown_by, "relation": person.guardian.map(Relation::name),
            },
            "external": {
                "validationClock": DateTime::text_of(now), "temperature": place.temperature.map(|temperature| temperature.0),
                "dataAgeSeconds": person.data_age_s, "proofs": self.proofs,
                "place": {
                    "kind": place.kind.code(), "region": place.region, "province": province(place.region), "lowRisk": place.low_risk,
                    "testWithinHours": place.test_within_h,
                },
            },
        })
    }

    fn told(&self, entry: &Entry<Admission>) -> RuleDecision {
        RuleDecision {
            set: self.name.clone(),
            identifier: entry.rule.identifier.clone(),
            description: entry.rule.description.iter().map(|(language, text)| (language.clone(), text.clone())).collect(),
        }
    }
}

fn reason(entry: &Entry<Admission>) -> Option<Reason> {
    reason_of(entry.rule.reason.as_deref()?)
}

/// A region, and the city and the province that it is in.
pub(super) const fn wider(region: u32) -> [u32; 3] {
    [region, region / 100 * 100, region / 10_000 * 10_000]
}

/// A region's code as a text of six digits.
pub(super) fn code(region: u32) -> String {
    format!("{region:06}")
}

#[cfg(test)]
mod tests;
