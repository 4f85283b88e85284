//! What a person declares of the own health, in an application, in a declaration, and in a daily check-in.
//!
//! ```cddl
//! report      = request<"application/tongma-report+cwt", {1: 0 / 1, 2: declaration}>    0 a declaration, 1 a check-in
//! declaration = {1: been bool, 2: contact, 3: symptoms, ? 4: temperature}
//! contact     = 0 / 1 / 2        no, unsure, yes
//! symptoms    = 0..63            a bit a symptom, in the order of `Symptom`; 0 is none
//! temperature = 0..999           tenths of °C
//! ```
//! The day of a report is that of its `iat` in China.

use super::request::Body;
use crate::{
    cbor::{Value, map},
    labels::{REPORT_TYP, declaration as label},
    reason::Reason,
};
use serde::{Deserialize, Serialize};

/// From this body temperature on it is a fever, in tenths of °C.
pub const FEVER: u16 = 373;

/// Reads degrees with at most one decimal, such as `36.8`, as tenths; what a thermometer for people can't show is refused.
#[must_use]
pub fn tenths_of_degrees(text: &str) -> Option<u16> {
    let (degrees, tenths) = text.split_once('.').unwrap_or((text, "0"));
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok()).flatten();
    let tenths = number(tenths).filter(|_| tenths.len() == 1)?;
    let degrees = number(degrees).filter(|degrees| (20..=50).contains(degrees))?;
    Some(degrees * 10 + tenths)
}

/// Contact with confirmed or suspected cases within 14 days, as declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Contact {
    /// There was none; 0.
    #[default]
    No,
    /// The person doesn't know; 1.
    Unsure,
    /// There was; 2.
    Yes,
}

impl Contact {
    /// All of them, by their number.
    pub const ALL: &'static [Self] = &[Self::No, Self::Unsure, Self::Yes];

    /// The word for rules.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Unsure => "unsure",
            Self::Yes => "yes",
        }
    }

    /// The answer of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// What can be declared to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[repr(u8)]
pub enum Symptom {
    /// Like a cold: cough, running nose, sore throat; bit 0.
    ColdLike,
    /// Shortness of breath.
    ShortnessOfBreath,
    /// Nausea, vomiting, diarrhoea.
    Digestive,
    /// Palpitations or tightness of the chest.
    Chest,
    /// Conjunctivitis.
    Conjunctivitis,
    /// Any other; bit 5.
    Other,
}

impl Symptom {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::ColdLike, Self::ShortnessOfBreath, Self::Digestive, Self::Chest, Self::Conjunctivitis, Self::Other];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of symptoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symptoms(u8);

impl Symptoms {
    /// None.
    pub const NONE: Self = Self(0);

    /// The bits as in a token.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set of these bits; none where one has no meaning.
    #[must_use]
    pub fn from_bits(bits: i64) -> Option<Self> {
        u8::try_from(bits).ok().filter(|bits| *bits < 1 << Symptom::ALL.len()).map(Self)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is there.
    #[must_use]
    pub const fn has(self, symptom: Symptom) -> bool {
        self.0 & symptom.bit() != 0
    }

    /// Whether one of the respiratory ones is there: these alone, and fever, change a colour.
    #[must_use]
    pub const fn respiratory(self) -> bool {
        self.has(Symptom::ColdLike) || self.has(Symptom::ShortnessOfBreath)
    }
}

impl FromIterator<Symptom> for Symptoms {
    fn from_iter<I: IntoIterator<Item = Symptom>>(symptoms: I) -> Self {
        Self(symptoms.into_iter().fold(0, |bits, symptom| bits | symptom.bit()))
    }
}

/// What a person declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Was in a listed region within 14 days.
    pub been_to_listed_region: bool,
    /// Contact with cases.
    pub contact: Contact,
    /// Symptoms now.
    pub symptoms: Symptoms,
    /// Body temperature, in tenths of °C; none where it was not measured.
    pub temperature: Option<u16>,
}

impl Declaration {
    /// Whether it can be true.
    ///
    /// # Errors
    /// `measurement-implausible`: below 34.0 or above 43.0 °C.
    pub fn check(&self) -> Result<(), Reason> {
        match self.temperature {
            Some(temperature) if !(340..=430).contains(&temperature) => Err(Reason::MeasurementImplausible),
            _ => Ok(()),
        }
    }

    /// Whether there is fever.
    #[must_use]
    pub fn fever(&self) -> bool {
        self.temperature.is_some_and(|temperature| temperature >= FEVER)
    }

    /// Whether it is that of a normal day: no symptom at all, and a measured temperature that is no fever.
    #[must_use]
    pub fn normal(&self) -> bool {
        self.symptoms.is_none() && self.temperature.is_some() && !self.fever()
    }

    pub(super) fn to_value(self) -> Value {
        map([
            (label::BEEN, Some(Value::bool(self.been_to_listed_region))),
            (label::CONTACT, Some(Value::Int(self.contact as i64))),
            (label::SYMPTOMS, Some(Value::Int(self.symptoms.bits().into()))),
            (label::TEMPERATURE, self.temperature.map(|tenths| Value::Int(tenths.into()))),
        ])
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let known = [label::BEEN, label::CONTACT, label::SYMPTOMS, label::TEMPERATURE];
        let map = value.as_map().filter(|map| map.only(&known))?;
        Some(Self {
            been_to_listed_region: map.get(label::BEEN)?.as_bool()?,
            contact: Contact::from_number(map.get(label::CONTACT)?.as_int()?)?,
            symptoms: Symptoms::from_bits(map.get(label::SYMPTOMS)?.as_int()?)?,
            temperature: match map.get(label::TEMPERATURE) {
                None => None,
                Some(tenths) => Some(u16::try_from(tenths.as_int()?).ok().filter(|tenths| *tenths <= 999)?),
            },
        })
    }
}

/// Why something is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ReportKind {
    /// What was declared before is changed; once a day. 0.
    Declaration,
    /// The daily check-in. 1.
    CheckIn,
}

/// A declaration or a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which of them.
    pub kind: ReportKind,
    /// What is declared.
    pub declaration: Declaration,
}

impl Body for Report {
    const TYP: &'static str = REPORT_TYP;

    fn to_value(&self) -> Value {
        map([(1, Some(Value::Int(self.kind as i64))), (2, Some(self.declaration.to_value()))])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map().filter(|map| map.only(&[1, 2]))?;
        let kind = match map.get(1)?.as_int()? {
            0 => ReportKind::Declaration,
            1 => ReportKind::CheckIn,
            _ => return None,
        };
        Some(Self { kind, declaration: Declaration::from_value(map.get(2)?)? })
    }
}
