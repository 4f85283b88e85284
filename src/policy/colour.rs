//! Which colour a person's code has, by what was declared and what the health authority knows (GAN annex 2, ZJ 1).
//!
//! The rules see `payload` = the [`Declaration`]. Back to low leads, for who was isolated, complete isolation of 14 days without
//! symptoms and with 14 normal check-ins in a row.

use super::{
    rule::Rule,
    set::{Consequence, RuleSet, parse_all},
};
pub use crate::token::Contact;
use crate::{reason::Reason, time::UnixTime, token::Colour};
use serde_json::{Value as Json, json};
use std::sync::{Arc, LazyLock};

/// How many normal check-ins in a row lead back to low, and how many days of isolation.
pub const DAYS_TO_LOW: u32 = 14;

/// A set of rules for colours.
pub type ColourRules = RuleSet<Colour>;

/// Declares a list of words that stand in the payload.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the payload.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// What the health authority knows of a person.
    Status {
        /// Infected without symptoms, under observation.
        Asymptomatic = "asymptomatic",
        /// Close contact of a case.
        CloseContact = "close-contact",
        /// Confirmed case under treatment.
        Confirmed = "confirmed",
        /// Confirmed case that has left the hospital.
        Discharged = "discharged",
        /// A fever whose cause is not known.
        FeverOfUnknownCause = "fever-unknown-cause",
        /// Has entered the country.
        FromAbroad = "from-abroad",
        /// Infected without symptoms, released from observation.
        Released = "released",
        /// Suspected case under treatment.
        Suspected = "suspected",
    }
}

words! {
    /// Where a person is isolated.
    Isolation {
        /// In a place for it, under medical observation.
        Collective = "collective",
        /// At home.
        Home = "home",
    }
}

words! {
    /// Risk level of an area.
    RiskArea {
        /// Key or high-risk area.
        High = "high",
        /// Medium-risk area.
        Medium = "medium",
    }
}

/// What a colour rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What the health authority knows.
    pub status: Option<Status>,
    /// Where the person is, or was last, isolated.
    pub isolation: Option<Isolation>,
    /// How many days of it are complete.
    pub isolation_days: u32,
    /// The area of the highest risk where the person was, until isolation for it is complete.
    pub risk_area: Option<RiskArea>,
    /// Whether there are symptoms now: fever, dry cough, shortness of breath, respiratory symptoms.
    pub symptoms: bool,
    /// Whether there were any within the last 14 days.
    pub symptoms_within_14_days: bool,
    /// Contact with cases.
    pub contact: Contact,
    /// Whether a test since the symptoms was negative.
    pub negative_test: bool,
    /// Normal check-ins in a row, in days.
    pub normal_days: u32,
    /// A colour that was decided case by case (其他经研判).
    pub ordered: Option<Colour>,
}

impl Default for Declaration {
    fn default() -> Self {
        Self {
            status: None,
            isolation: None,
            isolation_days: 0,
            risk_area: None,
            symptoms: false,
            symptoms_within_14_days: false,
            contact: Contact::No,
            negative_test: false,
            normal_days: 0,
            ordered: None,
        }
    }
}

impl Declaration {
    /// How many more normal check-ins it takes back to low.
    #[must_use]
    pub const fn check_ins_to_low(&self) -> u32 {
        DAYS_TO_LOW.saturating_sub(self.normal_days)
    }

    fn payload(&self) -> Json {
        json!({
            "status": self.status.map(Status::word), "isolation": self.isolation.map(Isolation::word), "isolationDays": self.isolation_days,
            "riskArea": self.risk_area.map(RiskArea::word), "symptoms": self.symptoms,
            // Who has symptoms now has them within 14 days, whatever else is said.
            "symptomsWithin14Days": self.symptoms || self.symptoms_within_14_days, "contact": self.contact.word(),
            "negativeTest": self.negative_test, "normalDays": self.normal_days, "ordered": self.ordered.map(Colour::name),
        })
    }
}

/// A colour, and the rule that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourDecision {
    /// The colour.
    pub colour: Colour,
    /// Code of the reason, as it stands in a credential; none for green.
    pub reason: Option<String>,
    /// Identifier of the rule.
    pub rule: String,
}

impl Consequence for Colour {
    fn of(rule: &Rule) -> Option<Self> {
        // Every colour that is not green carries its reason.
        Self::from_name(rule.outcome.as_deref()?).filter(|colour| (*colour == Self::Green) == rule.reason.is_none())
    }

    fn suits_overlay(self) -> bool {
        // A city has no colours of its own.
        false
    }
}

static SETS: LazyLock<Vec<Arc<ColourRules>>> =
    LazyLock::new(|| parse_all(&[include_str!("rules/colour-jiangxi.json"), include_str!("rules/colour-zhejiang.json")]));

impl ColourRules {
    /// The sets that come with the program.
    #[must_use]
    pub fn built_in() -> &'static [Arc<Self>] {
        &SETS
    }

    /// The set of a province, GB/T 2260.
    ///
    /// # Errors
    /// `rules-unknown`.
    pub fn of_region(region: u32) -> Result<Arc<Self>, Reason> {
        let province = (region / 10_000 * 10_000).to_string();
        let found = SETS.iter().find(|set| set.region.as_ref() == Some(&province)).cloned();
        found.ok_or(Reason::RulesUnknown { name: province })
    }

    /// The colour that a declaration leads to.
    ///
    /// # Errors
    /// As [`RuleSet::decide`].
    pub fn colour(&self, declaration: &Declaration, now: UnixTime) -> Result<ColourDecision, Reason> {
        let region = self.region.as_deref().unwrap_or_default();
        let context = json!({ "payload": declaration.payload(), "external": {} });
        let decided = self.decide(&context, region, now)?;
        let entry = decided.first().ok_or_else(|| Reason::RuleFailed { rule: self.name.clone() })?;
        Ok(ColourDecision { colour: entry.consequence, reason: entry.rule.reason.clone(), rule: entry.rule.identifier.clone() })
    }
}

#[cfg(test)]
mod tests;
