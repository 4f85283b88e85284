//! The sets of rules for places that hold at a gate: those of its bundle, and beneath them those that come with the program.
//!
//! A set of the bundle takes the place of the built-in one of the same name when its version (`Common.Version`) is higher, also for sets
//! that stand on it. A set that can't be read takes its place as well: then nothing can be told where it applies.

use super::{
    admission::{NATIONAL, PlaceRules, SOURCES, code, wider},
    rule::malformed,
};
use crate::{json, reason::Reason};
use serde_json::Value as Json;
use std::sync::Arc;

/// Sets of rules by region.
#[derive(Clone, Debug)]
pub struct Rulebook {
    slots: Vec<Slot>,
    /// A set that can't be read at all: it could be anybody's.
    fault: Option<Reason>,
}

#[derive(Clone, Debug)]
struct Slot {
    name: String,
    region: Option<String>,
    /// From the bundle.
    carried: bool,
    set: Result<Arc<PlaceRules>, Reason>,
}

/// A set before it is read.
struct Draft<'t> {
    name: String,
    region: Option<String>,
    version: [u32; 3],
    carried: bool,
    text: &'t str,
}

impl<'t> Draft<'t> {
    fn read(text: &'t str, carried: bool) -> Option<Self> {
        let json: Json = json::from_str(text).ok()?;
        let name = json.get("Name")?.as_str().filter(|name| !name.is_empty())?.to_owned();
        let common = json.get("Common");
        let field = |field| common.and_then(|common| common.get(field)?.as_str());
        // One without a version can't be passed over for a milder one either.
        let version = field("Version").and_then(version).unwrap_or([u32::MAX; 3]);
        Some(Self { name, region: field("Region").map(str::to_owned), version, carried, text })
    }
}

/// Major, minor, patch.
fn version(text: &str) -> Option<[u32; 3]> {
    let parts: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok()
}

impl Rulebook {
    /// The built-in sets, and these on top. What is wrong with one of them is told where it applies: see [`Rulebook::of_region`].
    #[must_use]
    pub fn new(carried: &[String]) -> Self {
        let mut drafts: Vec<_> = SOURCES.iter().filter_map(|text| Draft::read(text, false)).collect();
        let mut fault = None;
        for text in carried {
            let Some(draft) = Draft::read(text, true) else {
                fault = Some(malformed("", "Name"));
                continue;
            };
            match drafts.iter_mut().find(|held| held.name == draft.name) {
                Some(held) if held.version < draft.version => *held = draft,
                Some(_) => {}
                None => drafts.push(draft),
            }
        }
        let mut book = Self { slots: Vec::new(), fault };
        // A set is read after the one that it stands on; each round reads one at least, or what is left stands on nothing.
        while !drafts.is_empty() {
            let names: Vec<_> = drafts.iter().map(|draft| draft.name.clone()).collect();
            let before = drafts.len();
            drafts.retain(|draft| !book.take(draft, &names));
            if drafts.len() == before {
                for draft in &drafts {
                    book.take(draft, &[]);
                }
                break;
            }
        }
        book
    }

    /// Reads a set; false when it has to wait for another one.
    fn take(&mut self, draft: &Draft<'_>, waiting: &[String]) -> bool {
        let beneath: Vec<_> = self.slots.iter().filter_map(|slot| slot.set.clone().ok()).collect();
        let set = match PlaceRules::parse(draft.text, &beneath) {
            Err(Reason::RulesUnknown { name }) => match self.slots.iter().find(|slot| slot.name == name) {
                // It stands on one that can't be read.
                Some(Slot { set: Err(reason), .. }) => Err(reason.clone()),
                _ if waiting.contains(&name) => return false,
                _ => Err(Reason::RulesUnknown { name }),
            },
            read => read.map(Arc::new),
        };
        self.slots.push(Slot { name: draft.name.clone(), region: draft.region.clone(), carried: draft.carried, set });
        true
    }

    /// The set of a place's region, GB/T 2260: that of its district, else of its city, its province, or the national one. A built-in one
    /// gives way to one of the bundle for more of the country, unless it stands on that.
    ///
    /// # Errors
    /// Why the set can't be read: nothing milder takes its place.
    pub fn of_region(&self, region: u32) -> Result<Arc<PlaceRules>, Reason> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let mut chosen: Option<&Slot> = None;
        for code in wider(region).map(code) {
            let here = |carried| self.slots.iter().find(|slot| slot.carried == carried && slot.region.as_ref() == Some(&code));
            let Some(slot) = here(true).or_else(|| here(false)) else { continue };
            let replaces = |held: &Slot| slot.carried && !held.carried && held.set.as_ref().is_ok_and(|set| !set.stands_on(&slot.name));
            if chosen.is_none_or(replaces) {
                chosen = Some(slot);
            }
        }
        chosen.map_or_else(|| self.named(NATIONAL), |slot| slot.set.clone())
    }

    /// A set by its name.
    ///
    /// # Errors
    /// `rules-unknown`, or why it can't be read.
    pub fn named(&self, name: &str) -> Result<Arc<PlaceRules>, Reason> {
        let slot = self.slots.iter().find(|slot| slot.name == name);
        slot.map_or_else(|| Err(Reason::RulesUnknown { name: name.to_owned() }), |slot| slot.set.clone())
    }

    /// The name of a set that would take effect if it were carried on top of these; whoever publishes one asks before.
    ///
    /// # Errors
    /// `rule-malformed`: what is wrong with it, also where its version is no higher than that of a set that it should replace.
    pub fn check(text: &str, others: &[String]) -> Result<String, Reason> {
        let draft = Draft::read(text, true).ok_or_else(|| malformed("", "Name"))?;
        let held = SOURCES.iter().copied().chain(others.iter().map(String::as_str)).filter_map(|text| Draft::read(text, false));
        if draft.version == [u32::MAX; 3] || held.filter(|held| held.name == draft.name).any(|held| held.version >= draft.version) {
            return Err(malformed(&draft.name, "Common.Version"));
        }
        let all: Vec<_> = others.iter().cloned().chain([text.to_owned()]).collect();
        let book = Self::new(&all);
        // A new set beneath others must not break these.
        book.slots.iter().try_for_each(|slot| slot.set.as_ref().map(drop).map_err(Clone::clone))?;
        Ok(draft.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::{Person, Place, PlaceKind},
        time::UnixTime,
        token::Colour,
    };

    const NOW: UnixTime = UnixTime(1_800_000_000);

    /// A built-in set, changed.
    fn set(name: &str, version: &str, change: impl Fn(&mut Json)) -> String {
        let source = SOURCES.iter().find(|source| source.contains(&format!("\"Name\": \"{name}\""))).unwrap();
        let mut json: Json = serde_json::from_str(source).unwrap();
        json["Common"]["Version"] = version.into();
        change(&mut json);
        json.to_string()
    }

    fn told(carried: &[String], region: u32) -> String {
        let place = Place { kind: PlaceKind::Mall, region, name: None, low_risk: false, test_within_h: None, temperature: None };
        let person = Person { colour: Some(Colour::Green), region: Some(region), ..Person::default() };
        match Rulebook::new(carried).of_region(region).and_then(|rules| rules.admit(&person, &place, NOW)) {
            Ok(decision) => decision
                .rule
                .map_or_else(|| "none".to_owned(), |rule| format!("{} {} {}", rule.set, rule.identifier, decision.admission.name())),
            Err(reason) => reason.code().to_owned(),
        }
    }

    fn stricter(json: &mut Json) {
        let rules = json["Rules"].as_array_mut().unwrap();
        let mut rule = rules[0].clone();
        rule["Identifier"] = "XX-CLOSED".into();
        rule["Outcome"] = "stop".into();
        rule["Reason"] = "place-forbidden".into();
        rule["Logic"] = false.into();
        rules.insert(0, rule);
    }

    #[test]
    fn a_carried_set_with_a_higher_version_wins_and_no_other() {
        assert_eq!(told(&[], 330_106), "zhejiang ZJ-GREEN pass");
        assert_eq!(told(&[set("zhejiang", "1.0.1", stricter)], 330_106), "zhejiang XX-CLOSED stop");
        assert_eq!(told(&[set("zhejiang", "1.0.1", stricter)], 360_700), told(&[], 360_700), "elsewhere nothing changes");
        assert_eq!(told(&[set("zhejiang", "1.0.0", stricter)], 330_106), "zhejiang ZJ-GREEN pass", "no higher version");
        let both = [set("zhejiang", "1.2.0", |_| {}), set("zhejiang", "1.10.0", stricter)];
        assert_eq!(told(&both, 330_106), "zhejiang XX-CLOSED stop", "numbers, not letters");
    }

    #[test]
    fn what_stands_on_a_carried_set_stands_on_that_one() {
        assert_eq!(told(&[set("common", "1.0.1", stricter)], 330_106), "zhejiang XX-CLOSED stop");
        assert_eq!(told(&[set("jiangxi", "1.0.1", stricter)], 360_102), "nanchang XX-CLOSED stop");
        let renamed = |json: &mut Json| {
            stricter(json);
            json["Name"] = "jiangxi-2027".into();
        };
        assert_eq!(
            told(&[set("jiangxi", "1.0.0", renamed)], 360_102),
            "jiangxi-2027 XX-CLOSED stop",
            "the city's own built-in set knows nothing of it"
        );
        assert_eq!(told(&[set("jiangxi", "1.0.0", renamed)], 360_700), "jiangxi-2027 XX-CLOSED stop");
    }

    #[test]
    fn nothing_milder_stands_in_for_a_set_that_can_not_decide() {
        let changed = |field: &'static str, value: &str| {
            let value = value.to_owned();
            set("zhejiang", "1.0.1", move |json| json["Common"][field] = value.clone().into())
        };
        assert_eq!(told(&[changed("ValidTo", "2026-01-01T00:00:00Z")], 330_106), "rule-expired");
        assert_eq!(told(&[changed("ValidFrom", "2035-01-01T00:00:00Z")], 330_106), "rule-not-yet-valid");
        let unknown = set("zhejiang", "1.0.1", |json| json["Rules"][0]["Logic"] = serde_json::json!({ "xor": [1, 2] }));
        assert_eq!(told(std::slice::from_ref(&unknown), 330_106), "rule-malformed");
        assert_eq!(told(&[unknown], 360_700), told(&[], 360_700), "elsewhere nothing changes");
        assert_eq!(told(&[changed("Version", "one")], 330_106), "rule-malformed");
        assert_eq!(told(&["{".to_owned()], 360_700), "rule-malformed", "whose it is can't be said");
        assert_eq!(told(&[set("common", "1.0.1", |json| json["Rules"] = 1.into())], 330_106), "rule-malformed", "and what stands on it");
        let adrift = |json: &mut Json| json["Base"] = "zhejiang".into();
        assert_eq!(told(&[set("zhejiang", "1.0.1", adrift)], 330_106), "rules-unknown", "on itself");
    }

    #[test]
    fn what_would_not_take_effect_is_not_published() {
        let fault = |text: &str, others: &[String]| {
            Rulebook::check(text, others).map_err(|reason| reason.facts()["fault"].as_str().map(str::to_owned))
        };
        let good = set("zhejiang", "1.1.0", |_| {});
        assert_eq!(fault(&good, &[]).as_deref(), Ok("zhejiang"));
        assert_eq!(fault(&good, std::slice::from_ref(&good)), Err(Some("Common.Version".to_owned())));
        assert_eq!(fault(&set("zhejiang", "1.0.0", |_| {}), &[]), Err(Some("Common.Version".to_owned())));
        assert!(Rulebook::check(&set("jiangxi", "2.0.0", |json| json["Rules"][0]["Outcome"] = "perhaps".into()), &[]).is_err());
        assert!(Rulebook::check("[]", &[]).is_err());
    }
}
