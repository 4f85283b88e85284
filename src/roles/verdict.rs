use crate::{
    policy::{Admission, Decision, RuleDecision},
    reason::Reason,
    time::UnixTime,
    token::{Colour, Format, Relation},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The five answers. They can't be taken for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Outcome {
    /// Nobody can say: unknown issuer, data too old, wrong clock.
    CannotTell,
    /// Forged, expired, revoked or malformed: no pass at all.
    Invalid,
    /// Genuine, and the rule admits the person.
    Pass,
    /// Genuine, and the rule admits the person under conditions.
    Restricted,
    /// Genuine, and the rule does not admit the person.
    Stop,
}

/// The answer to a presented text. Claims appear only when every signature above them was good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Verdict {
    /// The answer.
    pub outcome: Outcome,
    /// The system that the pass comes from; of this one's, whether a phone or paper showed it.
    pub format: Format,
    /// Code of the reason that matters most; none only for *pass*.
    pub reason: Option<String>,
    /// The facts of that reason, for its sentence.
    #[cfg_attr(feature = "ts", ts(type = "Record<string, string | number>"))]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// Codes of the other reasons found, by rank.
    pub also: Vec<String>,
    /// The rule of the place that decided; none where no place is set, or something else decided.
    pub rule: Option<RuleDecision>,
    /// Colour after the status list.
    pub colour: Option<Colour>,
    /// Whether the person is under daily health monitoring.
    pub monitoring: bool,
    /// What the guardian who shows the code is to its person; none where the person shows it.
    pub guardian: Option<Relation>,
    /// Region code (GB/T 2260).
    pub region: Option<u32>,
    /// Identifier of the issuer; of a foreign pass its country, address or DID.
    pub issuer: Option<String>,
    /// The issuer's name by language tag, as the trust bundle states it.
    pub issuer_names: BTreeMap<String, String>,
    /// What the person disclosed, by name: `name`, `document`, `test` …; of a paper code `document-kind` and `serial`, too; of a foreign pass
    /// `name`, `birth-date`, `kind` (`vaccination`, `test`, `recovery`, `pass`), `date`, `result` (`detected`, `not-detected`, doses such as `2/2`), `country`.
    pub disclosed: BTreeMap<String, String>,
    /// When the presentation was made.
    pub presented_at: Option<UnixTime>,
    /// When the presentation ends.
    pub expires_at: Option<UnixTime>,
    /// When this very presentation was checked before on this device.
    pub seen_at: Option<UnixTime>,
}

impl Verdict {
    /// A verdict without any claim.
    #[must_use]
    pub fn refusal(outcome: Outcome, reason: &Reason) -> Self {
        Self::by(outcome, std::slice::from_ref(reason))
    }

    /// A verdict by its reasons, the one that matters most first; without any claim.
    #[must_use]
    pub fn by(outcome: Outcome, reasons: &[Reason]) -> Self {
        let mut verdict = Self::bare(outcome);
        if let [top, others @ ..] = reasons {
            verdict.reason = Some(top.code().to_owned());
            verdict.facts = top.facts();
            verdict.also = others.iter().map(|reason| reason.code().to_owned()).collect();
        }
        verdict
    }

    /// What the rules of a place say of a person without a code.
    #[must_use]
    pub fn of_decision(decision: Decision) -> Self {
        let (outcome, rule) = (decision.admission.into(), decision.rule.clone());
        Self { rule, ..Self::by(outcome, &decision.reasons().collect::<Vec<_>>()) }
    }

    fn bare(outcome: Outcome) -> Self {
        Self {
            outcome,
            format: Format::default(),
            reason: None,
            facts: serde_json::Map::new(),
            also: Vec::new(),
            rule: None,
            colour: None,
            monitoring: false,
            guardian: None,
            region: None,
            issuer: None,
            issuer_names: BTreeMap::new(),
            disclosed: BTreeMap::new(),
            presented_at: None,
            expires_at: None,
            seen_at: None,
        }
    }
}

impl From<Admission> for Outcome {
    fn from(admission: Admission) -> Self {
        match admission {
            Admission::Pass => Self::Pass,
            Admission::Restricted => Self::Restricted,
            Admission::Stop => Self::Stop,
        }
    }
}

impl Outcome {
    /// All answers.
    pub const ALL: [Self; 5] = [Self::CannotTell, Self::Invalid, Self::Pass, Self::Restricted, Self::Stop];

    /// The code of this answer, as logs, JSON and Fluent identifiers use it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CannotTell => "cannot-tell",
            Self::Invalid => "invalid",
            Self::Pass => "pass",
            Self::Restricted => "restricted",
            Self::Stop => "stop",
        }
    }

    /// The answer of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// The answer that a reason leads to when it is the one that matters most.
    #[must_use]
    pub const fn of(reason: &Reason) -> Self {
        match reason {
            Reason::ClockWrong { .. }
            | Reason::Internal
            | Reason::BundleMissing
            | Reason::BundleExpired { .. }
            | Reason::BundleTooOld { .. }
            | Reason::UnknownIssuer { .. }
            | Reason::UnknownKey
            | Reason::AlgorithmMissing
            | Reason::MoreParts { .. }
            | Reason::GroupIncomplete { .. }
            | Reason::GroupMixed
            | Reason::ScannerLayout
            | Reason::NobodyNamed
            | Reason::PaperNoAnswer
            | Reason::StatusMissing { .. }
            | Reason::StatusTooOld { .. }
            | Reason::StatusUnknown { .. }
            | Reason::RuleFailed { .. }
            | Reason::RuleMalformed { .. }
            | Reason::RuleExpired { .. }
            | Reason::RuleNotYetValid { .. }
            | Reason::RulesUnknown { .. } => Self::CannotTell,
            Reason::Suspended | Reason::ColourRed | Reason::PlaceForbidden | Reason::TemperatureHigh => Self::Stop,
            Reason::TurnedYellow
            | Reason::ForeignNotBound
            | Reason::PaperNotBound
            | Reason::ColourYellow
            | Reason::SeenBefore
            | Reason::DataAgeing
            | Reason::FeverClinic
            | Reason::MaskRequired
            | Reason::PlaceRestricted
            | Reason::ProofMissing
            | Reason::TestMissing => Self::Restricted,
            _ => Self::Invalid,
        }
    }
}
