//! The envelope of a rule, as the EU's business rules have it (`eu-dcc-business-rules`, rule schema 1.x).

use super::certlogic::{DateTime, Expression};
use crate::{reason::Reason, table::Table, time::UnixTime};
use serde_json::{Map, Value as Json};
use std::borrow::Borrow;

/// Texts by language tag, such as `en` and `zh-CN`.
pub type Texts = Table<String, String>;

/// A rule: its logic, and where and when it applies. A rule that holds lets pass; one that doesn't hold decides.
///
/// Beside the fields of the EU's envelope a rule may have two of this program's own: `Outcome`, what a rule that doesn't hold
/// leads to, and `Reason`, the code of the reason that it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `Identifier`: names the rule in all its versions.
    pub identifier: String,
    /// `Type`.
    pub kind: RuleType,
    /// `Country`: two letters, ISO 3166-1.
    pub country: String,
    /// `Region`; a rule without one applies in the whole country. In China a code of GB/T 2260.
    pub region: Option<String>,
    /// `Version`: major, minor, patch.
    pub version: [u32; 3],
    /// `CertificateType`: the kind of pass that the rule is about.
    pub certificate: CertificateType,
    /// `Description`, by language.
    pub description: Texts,
    /// `ValidFrom`.
    pub valid_from: UnixTime,
    /// `ValidTo`: from then on the rule does not apply any more.
    pub valid_to: UnixTime,
    /// `AffectedFields`: what of the payload the logic looks at.
    pub affected_fields: Vec<String>,
    /// `Logic`.
    pub logic: Expression,
    /// `Outcome`.
    pub outcome: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
}

/// Whether a rule says what is accepted or what is invalid. Either way a rule that holds lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleType {
    /// Made by the place where the pass is shown.
    Acceptance,
    /// Made by the issuer of the pass.
    Invalidation,
}

/// The kind of pass that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateType {
    /// Every kind.
    General,
    /// A recovery.
    Recovery,
    /// A test.
    Test,
    /// A vaccination.
    Vaccination,
}

const FIELDS: [&str; 16] = [
    "AffectedFields",
    "CertificateType",
    "Country",
    "Description",
    "Engine",
    "EngineVersion",
    "Identifier",
    "Logic",
    "Outcome",
    "Reason",
    "Region",
    "SchemaVersion",
    "Type",
    "ValidFrom",
    "ValidTo",
    "Version",
];
const MAX_TEXT: usize = 1000;

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// `rule-malformed` with the field at fault: one that is missing, unknown or of the wrong shape, or another engine's logic.
    pub fn parse(json: &Json) -> Result<Self, Reason> {
        Self::parse_with(json, &Map::new())
    }

    /// Reads a rule that leaves out what it has in common with others.
    ///
    /// # Errors
    /// As [`Rule::parse`].
    pub fn parse_with(json: &Json, common: &Map<String, Json>) -> Result<Self, Reason> {
        let own = json.as_object().ok_or_else(|| malformed("", "Rule"))?;
        let name = own.get("Identifier").and_then(Json::as_str).unwrap_or_default();
        let fields = Fields { rule: name, own, common };
        if let Some(unknown) = own.keys().chain(common.keys()).find(|key| !FIELDS.contains(&key.as_str())) {
            return Err(malformed(name, unknown));
        }
        for (field, prefix) in [("Engine", "CERTLOGIC"), ("EngineVersion", ""), ("SchemaVersion", "1.")] {
            if !fields.text(field)?.starts_with(prefix) {
                return Err(malformed(name, field));
            }
        }
        // The language grew by minor versions; a next major one may mean something else.
        fields.version("EngineVersion").filter(|[major, _, _]| *major <= 1).ok_or_else(|| malformed(name, "EngineVersion"))?;
        let rule = Self {
            identifier: fields.read("Identifier", |json| json.as_str().filter(|text| is_identifier(text)).map(str::to_owned))?,
            kind: fields.read("Type", |json| match json.as_str()? {
                "Acceptance" => Some(RuleType::Acceptance),
                "Invalidation" => Some(RuleType::Invalidation),
                _ => None,
            })?,
            country: fields.read("Country", |json| {
                json.as_str().filter(|text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())).map(str::to_owned)
            })?,
            region: fields.optional("Region")?,
            version: fields.version("Version").ok_or_else(|| malformed(name, "Version"))?,
            certificate: fields.read("CertificateType", |json| match json.as_str()? {
                "General" => Some(CertificateType::General),
                "Recovery" => Some(CertificateType::Recovery),
                "Test" => Some(CertificateType::Test),
                "Vaccination" => Some(CertificateType::Vaccination),
                _ => None,
            })?,
            description: fields.read("Description", texts)?,
            valid_from: fields.read("ValidFrom", time)?,
            valid_to: fields.read("ValidTo", time)?,
            affected_fields: fields
                .read("AffectedFields", |json| json.as_array()?.iter().map(|field| field.as_str().map(str::to_owned)).collect())?,
            logic: Expression::parse(fields.json("Logic")?).map_err(|error| malformed(name, &format!("Logic: {error}")))?,
            outcome: fields.optional("Outcome")?,
            reason: fields.optional("Reason")?,
        };
        if rule.valid_from < rule.valid_to { Ok(rule) } else { Err(malformed(name, "ValidTo")) }
    }

    /// Whether the rule is in force at a time.
    ///
    /// # Errors
    /// `rule-expired`, `rule-not-yet-valid`.
    pub fn fitness(&self, now: UnixTime) -> Result<(), Reason> {
        if now >= self.valid_to {
            return Err(Reason::RuleExpired { rule: self.identifier.clone(), expired_at: self.valid_to });
        }
        if now < self.valid_from {
            return Err(Reason::RuleNotYetValid { rule: self.identifier.clone(), valid_from: self.valid_from });
        }
        Ok(())
    }

    /// Whether the rule applies in a region of a country. A province's rule applies in its cities, a city's in its districts.
    #[must_use]
    pub fn covers(&self, country: &str, region: Option<&str>) -> bool {
        self.country == country && self.region.as_deref().is_none_or(|own| region.is_some_and(|region| is_within(own, region)))
    }

    /// Whether the rule holds over `{"payload": …, "external": …}`.
    ///
    /// # Errors
    /// `rule-failed` when the logic comes to no answer.
    pub fn holds(&self, context: &Json) -> Result<bool, Reason> {
        self.logic.holds(context).map_err(|_| Reason::RuleFailed { rule: self.identifier.clone() })
    }
}

/// The rules that apply in a region at a time, in their order: of each identifier the newest version that is in force.
pub fn applicable<'r, R: Borrow<Rule>>(rules: &'r [R], country: &str, region: Option<&str>, now: UnixTime) -> Vec<&'r R> {
    let fits = |rule: &Rule| rule.covers(country, region) && rule.fitness(now).is_ok();
    let fitting: Vec<_> = rules.iter().filter(|rule| fits((*rule).borrow())).collect();
    let newest = |rule: &Rule| {
        fitting.iter().map(|other| (*other).borrow()).all(|other| other.identifier != rule.identifier || other.version <= rule.version)
    };
    fitting.iter().copied().filter(|rule| newest((*rule).borrow())).collect()
}

/// The reason that a field of a rule is at fault.
pub(super) fn malformed(rule: &str, fault: &str) -> Reason {
    let short = |text: &str| text.chars().take(80).collect();
    Reason::RuleMalformed { rule: short(rule), fault: short(fault) }
}

/// Texts in the envelope's form, `[{"lang": …, "desc": …}]`; none when there is none, or a language stands twice.
pub(super) fn texts(json: &Json) -> Option<Texts> {
    let mut texts = Texts::default();
    for text in json.as_array()? {
        let (language, text) = (text.get("lang")?.as_str()?, text.get("desc")?.as_str()?);
        if text.len() > MAX_TEXT || texts.insert(language.to_owned(), text.to_owned()).is_some() {
            return None;
        }
    }
    (!texts.is_empty()).then_some(texts)
}

struct Fields<'a> {
    rule: &'a str,
    own: &'a Map<String, Json>,
    common: &'a Map<String, Json>,
}

impl<'a> Fields<'a> {
    fn json(&self, field: &str) -> Result<&'a Json, Reason> {
        self.own.get(field).or_else(|| self.common.get(field)).ok_or_else(|| malformed(self.rule, field))
    }

    fn read<T>(&self, field: &str, read: impl FnOnce(&'a Json) -> Option<T>) -> Result<T, Reason> {
        read(self.json(field)?).ok_or_else(|| malformed(self.rule, field))
    }

    fn text(&self, field: &str) -> Result<&'a str, Reason> {
        self.read(field, Json::as_str)
    }

    fn optional(&self, field: &str) -> Result<Option<String>, Reason> {
        if self.json(field).is_err() {
            return Ok(None);
        }
        self.text(field).map(|text| Some(text.to_owned()))
    }

    fn version(&self, field: &str) -> Option<[u32; 3]> {
        let parts: Option<Vec<u32>> = self.text(field).ok()?.split('.').map(|part| part.parse().ok()).collect();
        parts?.try_into().ok()
    }
}

fn is_identifier(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

fn time(json: &Json) -> Option<UnixTime> {
    DateTime::parse(json.as_str()?).ok().map(DateTime::to_unix)
}

/// Whether a region is another one or lies in it. GB/T 2260 writes province, city and district with two digits each, 00 for all.
fn is_within(region: &str, inner: &str) -> bool {
    let is_code = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code(region) || !is_code(inner) {
        return region == inner;
    }
    let shared = region.trim_end_matches("00");
    // 110000 must not become 11, then 1: only whole pairs are cut off.
    inner.starts_with(&region[..shared.len().next_multiple_of(2)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn envelope() -> Json {
        json!({
            "Identifier": "GR-CN-0001", "Type": "Acceptance", "Country": "CN", "Region": "330000", "Version": "1.0.0",
            "SchemaVersion": "1.0.0", "Engine": "CERTLOGIC", "EngineVersion": "1.3.2", "CertificateType": "General",
            "Description": [{ "lang": "en", "desc": "Always" }, { "lang": "zh-CN", "desc": "总是" }],
            "ValidFrom": "2021-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00+08:00", "AffectedFields": ["colour"], "Logic": true,
        })
    }

    fn with(changes: &[(&str, Json)]) -> Json {
        let mut json = envelope();
        changes.iter().for_each(|(field, value)| json[field] = value.clone());
        json
    }

    const NOW: UnixTime = UnixTime(1_800_000_000);

    #[test]
    fn a_rule_is_read() {
        let rule = Rule::parse(&envelope()).unwrap();
        assert_eq!(rule.description.get("zh-CN").map(String::as_str), Some("总是"));
        assert_eq!((rule.version, rule.valid_to), ([1, 0, 0], UnixTime(1_893_427_200)));
        assert_eq!(rule.holds(&json!({})), Ok(true));
        let mut less = envelope();
        let identifier = less.as_object_mut().unwrap().remove("Country").unwrap();
        assert!(Rule::parse_with(&less, &Map::from_iter([("Country".to_owned(), identifier)])).is_ok());
    }

    #[test]
    fn every_field_is_judged() {
        let wrong = [
            ("Identifier", json!("gr 1")),
            ("Identifier", json!("")),
            ("Type", json!("Refusal")),
            ("Country", json!("cn")),
            ("Region", json!(33)),
            ("Version", json!("1.0")),
            ("Version", json!("1.0.0.0")),
            ("SchemaVersion", json!("2.0.0")),
            ("Engine", json!("JSONLOGIC")),
            ("EngineVersion", json!("2.0.0")),
            ("EngineVersion", json!("1")),
            ("CertificateType", json!("Colour")),
            ("Description", json!([])),
            ("Description", json!("Always")),
            ("Description", json!([{ "lang": "en", "desc": "a" }, { "lang": "en", "desc": "b" }])),
            ("Description", json!([{ "lang": "en", "desc": "a".repeat(1001) }])),
            ("ValidFrom", json!("soon")),
            ("ValidTo", json!(1)),
            ("ValidTo", json!("2021-01-01T00:00:00Z")),
            ("AffectedFields", json!("colour")),
            ("AffectedFields", json!([1])),
            ("Outcome", json!(1)),
            ("Reason", json!({})),
            ("Comment", json!("x")),
        ];
        for (field, value) in wrong {
            assert_eq!(
                Rule::parse(&with(&[(field, value.clone())])),
                Err(malformed(if field == "Identifier" { value.as_str().unwrap() } else { "GR-CN-0001" }, field)),
                "{field}"
            );
        }
        let told = Rule::parse(&with(&[("Logic", json!({ "or": [1, 2] }))])).unwrap_err();
        assert_eq!(told, malformed("GR-CN-0001", "Logic: unknown operator or"));
        for field in envelope().as_object().unwrap().keys().filter(|field| *field != "Region") {
            let mut less = envelope();
            less.as_object_mut().unwrap().remove(field);
            assert!(Rule::parse(&less).is_err(), "{field}");
        }
        assert!(Rule::parse(&json!([])).is_err());
    }

    #[test]
    fn a_rule_has_its_time() {
        let rule = Rule::parse(&envelope()).unwrap();
        assert_eq!(rule.fitness(NOW), Ok(()));
        assert_eq!(rule.fitness(rule.valid_from), Ok(()));
        assert_eq!(rule.fitness(rule.valid_to.plus(-1)), Ok(()));
        assert_eq!(rule.fitness(rule.valid_to).unwrap_err().code(), "rule-expired");
        assert_eq!(rule.fitness(rule.valid_from.plus(-1)).unwrap_err().code(), "rule-not-yet-valid");
    }

    #[test]
    fn regions_contain_one_another() {
        for (region, inner, expected) in [
            ("330000", "330000", true),
            ("330000", "330102", true),
            ("330100", "330102", true),
            ("330102", "330100", false),
            ("330100", "330000", false),
            ("330000", "360000", false),
            ("110000", "120000", false),
            ("100000", "110000", false),
            ("BY", "BY", true),
            ("BY", "330000", false),
            ("330000", "33", false),
        ] {
            assert_eq!(is_within(region, inner), expected, "{region} {inner}");
        }
    }

    #[test]
    fn the_newest_version_in_force_applies() {
        let rule = |changes: &[(&str, Json)]| Rule::parse(&with(changes)).unwrap();
        let rules = [
            rule(&[]),
            rule(&[("Version", json!("1.10.0"))]),
            rule(&[("Version", json!("1.9.0"))]),
            rule(&[("Version", json!("2.0.0")), ("ValidFrom", json!("2029-01-01T00:00:00Z"))]),
            rule(&[("Identifier", json!("GR-CN-0002"))]),
            rule(&[("Identifier", json!("GR-CN-0003")), ("Region", json!("360000"))]),
            rule(&[("Identifier", json!("GR-CN-0004")), ("Country", json!("DE"))]),
        ];
        let told = |region, now| -> Vec<_> {
            applicable(&rules, "CN", region, now)
                .into_iter()
                .map(|rule| (rule.identifier.as_str(), rule.version[0], rule.version[1]))
                .collect()
        };
        assert_eq!(told(Some("330100"), NOW), [("GR-CN-0001", 1, 10), ("GR-CN-0002", 1, 0)]);
        assert_eq!(told(Some("330100"), UnixTime(1_870_000_000)), [("GR-CN-0001", 2, 0), ("GR-CN-0002", 1, 0)]);
        assert_eq!(told(Some("360000"), NOW), [("GR-CN-0003", 1, 0)]);
        assert_eq!(told(None, NOW), []);
    }
}
