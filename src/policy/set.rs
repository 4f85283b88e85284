//! A set of rules: each is a condition that must hold, and what follows when it doesn't. The strictest consequence decides.
//!
//! ```json
//! {"Name": "…", "Title": [{"lang", "desc"}], "Base": "name of the set beneath"?, "LegalGround": [{"lang", "desc"}]?,
//!  "Proofs": ["…"]?, "Common": {fields of the envelope that all rules share}, "Rules": [{the other fields of a rule}]}
//! ```
//! A set beneath gives its rules as well; on a tie the own ones go first. A set of a city on top of another is an overlay: it
//! must state its legal ground, and none of its rules can refuse whom the sets beneath admit (no “stop”).

use super::rule::{self, Rule, Texts, applicable, malformed};
use crate::{reason::Reason, time::UnixTime};
use serde_json::{Map, Value as Json};
use std::{borrow::Borrow, sync::Arc};

/// The country whose rules these are.
pub const COUNTRY: &str = "CN";
const FIELDS: [&str; 7] = ["Base", "Common", "LegalGround", "Name", "Proofs", "Rules", "Title"];
const MAX_RULES: usize = 500;

/// What follows from a rule that does not hold; greater is stricter.
pub trait Consequence: Copy + Ord {
    /// What a rule's `Outcome` and `Reason` say; none when they say nothing that is known.
    fn of(rule: &Rule) -> Option<Self>;

    /// Whether an overlay may have a rule with this consequence.
    fn suits_overlay(self) -> bool;
}

/// A rule of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<C> {
    /// The rule.
    pub rule: Rule,
    /// What follows when it does not hold.
    pub consequence: C,
}

impl<C> Borrow<Rule> for Entry<C> {
    fn borrow(&self) -> &Rule {
        &self.rule
    }
}

/// A set of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet<C> {
    /// Its name, such as `zhejiang`.
    pub name: String,
    /// What it is, by language, with its source.
    pub title: Texts,
    /// Where it applies, a code of GB/T 2260; none for the whole country.
    pub region: Option<String>,
    /// On what ground an overlay stands, by language.
    pub legal_ground: Option<Texts>,
    /// Kinds of proof that are accepted of who has no code.
    pub proofs: Vec<String>,
    base: Option<Arc<Self>>,
    entries: Vec<Entry<C>>,
}

impl<C: Consequence> RuleSet<C> {
    /// Reads a set; `beneath` gives the sets that it may stand on.
    ///
    /// # Errors
    /// `rule-malformed` for the set or one of its rules, `rules-unknown` for a set beneath that isn't there.
    pub fn parse(text: &str, beneath: &[Arc<Self>]) -> Result<Self, Reason> {
        let json: Json = crate::json::from_str(text).map_err(|_| malformed("", "JSON"))?;
        let name = json.get("Name").and_then(Json::as_str).unwrap_or_default();
        let fault = |field: &str| malformed(name, field);
        let members = json.as_object().ok_or_else(|| fault("Rules"))?;
        if let Some(unknown) = members.keys().find(|key| !FIELDS.contains(&key.as_str())) {
            return Err(fault(unknown));
        }
        let none = Map::new();
        let common = members.get("Common").map_or(Some(&none), Json::as_object).ok_or_else(|| fault("Common"))?;
        let rules = members.get("Rules").and_then(Json::as_array).filter(|rules| rules.len() <= MAX_RULES).ok_or_else(|| fault("Rules"))?;
        let base = match members.get("Base") {
            None => None,
            Some(base) => {
                let base = base.as_str().ok_or_else(|| fault("Base"))?;
                let found = beneath.iter().find(|set| set.name == base).cloned();
                Some(found.ok_or_else(|| Reason::RulesUnknown { name: base.to_owned() })?)
            }
        };
        let proofs = members
            .get("Proofs")
            .map_or(Some(Vec::new()), |proofs| proofs.as_array()?.iter().map(|proof| Some(proof.as_str()?.to_owned())).collect());
        let set = Self {
            name: (!name.is_empty()).then(|| name.to_owned()).ok_or_else(|| fault("Name"))?,
            title: members.get("Title").and_then(rule::texts).ok_or_else(|| fault("Title"))?,
            region: common.get("Region").and_then(Json::as_str).map(str::to_owned),
            legal_ground: members.get("LegalGround").map(|ground| rule::texts(ground).ok_or_else(|| fault("LegalGround"))).transpose()?,
            proofs: proofs.ok_or_else(|| fault("Proofs"))?,
            base,
            entries: rules.iter().map(|rule| entry(rule, common)).collect::<Result<_, _>>()?,
        };
        set.judge_overlay()?;
        Ok(set)
    }

    /// Whether it stands on top of another set for a part of that one's region.
    #[must_use]
    pub fn is_overlay(&self) -> bool {
        self.base.is_some() && self.region.as_deref().is_some_and(|region| !region.ends_with("0000"))
    }

    /// Whether this set, or one beneath it, has that name.
    #[must_use]
    pub fn stands_on(&self, name: &str) -> bool {
        self.name == name || self.base.as_ref().is_some_and(|base| base.stands_on(name))
    }

    fn judge_overlay(&self) -> Result<(), Reason> {
        if !self.is_overlay() {
            return Ok(());
        }
        if self.legal_ground.is_none() {
            return Err(malformed(&self.name, "LegalGround"));
        }
        match self.entries.iter().find(|entry| !entry.consequence.suits_overlay()) {
            Some(entry) => Err(malformed(&entry.rule.identifier, "Outcome")),
            None => Ok(()),
        }
    }

    /// The rules of this set, without those beneath.
    #[must_use]
    pub fn entries(&self) -> &[Entry<C>] {
        &self.entries
    }

    /// The rules that do not hold, the strictest first. None says that nothing stands against the person.
    ///
    /// # Errors
    /// `rule-failed` when one comes to no answer; `rule-expired` or `rule-not-yet-valid` when none of the set is in force,
    /// `rules-unknown` when none applies in this region.
    pub fn decide(&self, context: &Json, region: &str, now: UnixTime) -> Result<Vec<&Entry<C>>, Reason> {
        let mut decided = Vec::new();
        let mut set = Some(self);
        while let Some(current) = set {
            let rules = applicable(&current.entries, COUNTRY, Some(region), now);
            if rules.is_empty() {
                return Err(current.unfit(region, now));
            }
            for entry in rules {
                if !entry.rule.holds(context)? {
                    decided.push(entry);
                }
            }
            set = current.base.as_deref();
        }
        // Stable: among equals the order stands.
        decided.sort_by_key(|entry| std::cmp::Reverse(entry.consequence));
        Ok(decided)
    }

    /// Why no rule of the set applies.
    fn unfit(&self, region: &str, now: UnixTime) -> Reason {
        let here = self.entries.iter().filter(|entry| entry.rule.covers(COUNTRY, Some(region)));
        let last = here.max_by_key(|entry| entry.rule.valid_to);
        let unfit = last.and_then(|entry| entry.rule.fitness(now).err());
        unfit.unwrap_or_else(|| Reason::RulesUnknown { name: format!("{} ({region})", self.name) })
    }
}

fn entry<C: Consequence>(json: &Json, common: &Map<String, Json>) -> Result<Entry<C>, Reason> {
    let rule = Rule::parse_with(json, common)?;
    let consequence = C::of(&rule).ok_or_else(|| malformed(&rule.identifier, "Outcome"))?;
    Ok(Entry { rule, consequence })
}

/// Reads the sets that come with the program, each standing on earlier ones. A test says that none is left out.
pub(super) fn parse_all<C: Consequence>(sources: &[&str]) -> Vec<Arc<RuleSet<C>>> {
    sources.iter().fold(Vec::new(), |mut sets, source| {
        sets.extend(RuleSet::parse(source, &sets).ok().map(Arc::new));
        sets
    })
}
