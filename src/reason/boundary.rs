//! A reason at the boundary: `{"code": …}` with its facts beside the code.

use super::{
    Reason,
    fact::{Fact, Facts},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeMap};

impl Reason {
    /// The facts of this reason as JSON, for a sentence or a log.
    #[must_use]
    pub fn facts(&self) -> serde_json::Map<String, serde_json::Value> {
        self.facts_by_name().into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect()
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.facts_by_name();
        let mut map = serializer.serialize_map(Some(facts.len() + 1))?;
        map.serialize_entry("code", self.code())?;
        for (name, fact) in facts {
            map.serialize_entry(name, &fact)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let facts = Facts::deserialize(deserializer)?;
        let reason = match facts.get("code") {
            Some(Fact::Text(code)) => Self::from_parts(code, &facts),
            _ => None,
        };
        reason.ok_or_else(|| D::Error::custom("not a reason"))
    }
}
