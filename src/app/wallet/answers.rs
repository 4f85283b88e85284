//! What a person answers on the own health, as it was entered; the same in the application and afterwards.

use crate::{
    reason::Reason,
    token::{Contact, Declaration, Symptoms, identity, tenths_of_degrees},
};
use serde::{Deserialize, Serialize};

/// The answers; one that is empty was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Answers {
    /// Was in a listed region: `yes` or `no`.
    pub(super) been: String,
    /// Contact with cases: `no`, `unsure` or `yes`.
    pub(super) contact: String,
    /// The bits of [`Symptoms`], as a decimal number; 0 is none.
    pub(super) symptoms: String,
    /// Degrees Celsius; what was not measured may stay empty.
    pub(super) temperature: String,
}

impl Answers {
    pub(super) fn been(&self) -> Result<bool, Reason> {
        match self.been.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Reason::FieldEmpty),
        }
    }

    pub(super) fn contact(&self) -> Result<Contact, Reason> {
        Contact::ALL.iter().find(|contact| contact.word() == self.contact).copied().ok_or(Reason::FieldEmpty)
    }

    pub(super) fn symptoms(&self) -> Result<Symptoms, Reason> {
        self.symptoms.parse().ok().and_then(Symptoms::from_bits).ok_or(Reason::FieldEmpty)
    }

    /// The temperature in tenths, however its unit and its point were written.
    pub(super) fn temperature(&self) -> Result<Option<u16>, Reason> {
        let entered = identity::normalise(&self.temperature).replace([',', '。'], ".");
        let degrees = entered.trim_end_matches(['℃', '°', 'C', 'c', '度', ' ']);
        if degrees.is_empty() {
            return Ok(None);
        }
        let tenths = tenths_of_degrees(degrees);
        let declaration = Declaration { temperature: Some(tenths.ok_or(Reason::MeasurementImplausible)?), ..Declaration::default() };
        declaration.check().map(|()| declaration.temperature)
    }

    /// What they say together.
    ///
    /// # Errors
    /// Why the first that can't be taken can't.
    pub(super) fn declaration(&self) -> Result<Declaration, Reason> {
        Ok(Declaration {
            been_to_listed_region: self.been()?,
            contact: self.contact()?,
            symptoms: self.symptoms()?,
            temperature: self.temperature()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperatures_as_people_write_them() {
        let read = |entered: &str| Answers { temperature: entered.into(), ..Answers::default() }.temperature();
        for (entered, tenths) in [
            ("", None),
            (" ", None),
            ("36.8", Some(368)),
            ("３６．８", Some(368)),
            ("36,8 °C", Some(368)),
            ("37℃", Some(370)),
            ("36。5度", Some(365)),
        ] {
            assert_eq!(read(entered), Ok(tenths), "{entered}");
        }
        for entered in ["98.6", "33.9", "43.1", "36.85", "warm", "-36.8", "°C36"] {
            assert_eq!(read(entered), Err(Reason::MeasurementImplausible), "{entered}");
        }
    }

    #[test]
    fn what_is_no_answer_is_none() {
        let full = Answers { been: "no".into(), contact: "unsure".into(), symptoms: "5".into(), temperature: "36.8".into() };
        assert!(full.declaration().is_ok_and(|declared| declared.contact == Contact::Unsure && declared.symptoms.bits() == 5));
        for wrong in [
            Answers { been: "<b>yes</b>".into(), ..full.clone() },
            Answers { contact: String::new(), ..full.clone() },
            Answers { symptoms: "64".into(), ..full.clone() },
            Answers { symptoms: "-1".into(), ..full.clone() },
        ] {
            assert_eq!(wrong.declaration(), Err(Reason::FieldEmpty));
        }
    }
}
