//! The claims of a credential.
//!
//! ```cddl
//! claims = {1 (iss): tstr, 4 (exp): int, 6 (iat): int, 8 (cnf): {1: COSE_Key},
//!           ? 65535 (status): {"status_list": {"idx": uint, "uri": tstr}},
//!           -65537: {1: colour, 2: region, ? 3: code tstr, ? 4: kind, ? 5: relation, ? 6: rule tstr, ? 7: since int, * 10.. => redactable, ? simple(59) => [+ bstr]}}
//! colour = 1 / 2 / 3   region = uint   kind = uint   relation = uint
//! ```

use crate::{
    cbor::{Map, Value, map},
    keys::PublicKey,
    labels::{claim, health},
    reason::{Layer, Reason},
    table::Table,
    time::UnixTime,
    token::{Colour, Relation},
};
use serde::{Deserialize, Serialize};

/// A claim that the holder may be asked to disclose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ClaimName {
    /// Masked number of the identity document.
    Document,
    /// Masked name.
    Name,
    /// Result and time of a nucleic-acid test.
    Test,
    /// Vaccination doses.
    Vaccination,
}

impl ClaimName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Document, Self::Name, Self::Test, Self::Vaccination];

    /// The claim's key in a token.
    #[must_use]
    pub const fn key(self) -> i64 {
        match self {
            Self::Document => health::DOCUMENT,
            Self::Name => health::NAME,
            Self::Test => health::TEST,
            Self::Vaccination => health::VACCINATION,
        }
    }

    /// The name in texts for machines and in Fluent identifiers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Name => "name",
            Self::Test => "test",
            Self::Vaccination => "vaccination",
        }
    }
}

/// Where a credential's status stands (draft-ietf-oauth-status-list-21 §6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReference {
    /// Index into the list.
    pub idx: u32,
    /// The list; equals the list's `sub`.
    pub uri: String,
}

/// The reason that puts the holder of a green credential under daily health monitoring (日常健康监测).
pub const MONITORING: &str = "health-monitoring";

/// Why a colour is not green. A green one has none of it, for it costs bytes in every code, but for daily health monitoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourReason {
    /// Code of the reason, such as `close-contact`.
    pub code: String,
    /// Identifier of the rule that decided.
    pub rule: Option<String>,
    /// Since when it decides so.
    pub since: Option<UnixTime>,
}

/// What an issuer says in a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialClaims {
    /// The issuer, as the trust bundle names it.
    pub issuer: String,
    /// Time of issue.
    pub issued_at: UnixTime,
    /// End of validity.
    pub expires_at: UnixTime,
    /// The key that presentations are signed with.
    pub holder: PublicKey,
    /// Colour at the time of issue.
    pub colour: Colour,
    /// Region, GB/T 2260.
    pub region: u32,
    /// Why the colour is what it is.
    pub reason: Option<ColourReason>,
    /// Kind of credential; 0 is a resident's own code and is not written.
    pub kind: u8,
    /// What the guardian, whose phone the key is of, is to the person; none where it is the person's own.
    pub relation: Option<Relation>,
    /// Where the status stands; none for a credential that can't be revoked.
    pub status: Option<StatusReference>,
    /// The redactable claims that are in the clear or disclosed.
    pub claims: Table<ClaimName, Value>,
}

const MALFORMED: Reason = Reason::TokenMalformed { layer: Layer::Credential };

impl CredentialClaims {
    /// Reads revealed claims. Unknown ones are passed over: an issuer may say more than this version understands.
    ///
    /// # Errors
    /// `token-malformed` when one that is needed is missing or has the wrong shape.
    pub fn from_map(claims: &Map) -> Result<Self, Reason> {
        let inner = claims.get(claim::HEALTH).and_then(Value::as_map).ok_or(MALFORMED)?;
        let holder = claims.get(claim::CNF).and_then(Value::as_map).and_then(|cnf| cnf.get(claim::CNF_COSE_KEY)?.as_map());
        Ok(Self {
            issuer: text(claims.get(claim::ISS))?,
            issued_at: time(claims, claim::IAT).ok_or(MALFORMED)?,
            expires_at: time(claims, claim::EXP).ok_or(MALFORMED)?,
            holder: holder.and_then(PublicKey::from_cose).ok_or(MALFORMED)?,
            colour: inner.get(health::COLOUR).and_then(colour_of).ok_or(MALFORMED)?,
            region: uint(inner.get(health::REGION)).ok_or(MALFORMED)?,
            reason: inner.get(health::REASON).map(|code| reason_of(code, inner)).transpose()?,
            kind: inner.get(health::KIND).map_or(Some(0), |kind| uint(Some(kind))).ok_or(MALFORMED)?,
            relation: inner.get(health::RELATION).map(|relation| Relation::from_value(relation).flatten().ok_or(MALFORMED)).transpose()?,
            status: claims.get(claim::STATUS).map(status_of).transpose()?,
            claims: ClaimName::ALL.iter().filter_map(|name| Some((*name, inner.get(name.key())?.clone()))).collect(),
        })
    }

    /// Writes the claims, all in the clear.
    #[must_use]
    pub fn to_map(&self) -> Map {
        let colour = match self.colour {
            Colour::Green => 1,
            Colour::Yellow => 2,
            Colour::Red => 3,
        };
        let mut inner =
            vec![(Value::Int(health::COLOUR), Value::Int(colour)), (Value::Int(health::REGION), Value::Int(self.region.into()))];
        if let Some(reason) = &self.reason {
            inner.push((Value::Int(health::REASON), Value::text(&reason.code)));
            inner.extend(reason.rule.as_ref().map(|rule| (Value::Int(health::RULE), Value::text(rule))));
            inner.extend(reason.since.map(|since| (Value::Int(health::SINCE), Value::Int(since.0))));
        }
        inner.extend((self.kind != 0).then(|| (Value::Int(health::KIND), Value::Int(self.kind.into()))));
        inner.extend(self.relation.map(|relation| (Value::Int(health::RELATION), Relation::to_value(Some(relation)))));
        inner.extend(self.claims.iter().map(|(name, value)| (Value::Int(name.key()), value.clone())));
        let cnf = map([(claim::CNF_COSE_KEY, Some(self.holder.to_cose()))]);
        let mut claims = vec![
            (Value::Int(claim::ISS), Value::text(&self.issuer)),
            (Value::Int(claim::EXP), Value::Int(self.expires_at.0)),
            (Value::Int(claim::IAT), Value::Int(self.issued_at.0)),
            (Value::Int(claim::CNF), cnf),
            (Value::Int(claim::HEALTH), Value::Map(Map(inner))),
        ];
        claims.extend(self.status.as_ref().map(|status| (Value::Int(claim::STATUS), status_to_value(status))));
        Map(claims)
    }
}

pub(super) fn status_to_value(status: &StatusReference) -> Value {
    let list = vec![(Value::text("idx"), Value::Int(status.idx.into())), (Value::text("uri"), Value::text(&status.uri))];
    Value::Map(Map(vec![(Value::text("status_list"), Value::Map(Map(list)))]))
}

fn colour_of(value: &Value) -> Option<Colour> {
    match value.as_int()? {
        1 => Some(Colour::Green),
        2 => Some(Colour::Yellow),
        3 => Some(Colour::Red),
        _ => None,
    }
}

fn reason_of(code: &Value, inner: &Map) -> Result<ColourReason, Reason> {
    let since = inner.get(health::SINCE).map(|since| since.as_int().map(UnixTime).ok_or(MALFORMED));
    Ok(ColourReason {
        code: text(Some(code))?,
        rule: inner.get(health::RULE).map(|rule| text(Some(rule))).transpose()?,
        since: since.transpose()?,
    })
}

pub(super) fn status_of(value: &Value) -> Result<StatusReference, Reason> {
    let list = value.as_map().and_then(|status| status.find(&Value::text("status_list"))?.as_map()).ok_or(MALFORMED)?;
    Ok(StatusReference { idx: uint(list.find(&Value::text("idx"))).ok_or(MALFORMED)?, uri: text(list.find(&Value::text("uri")))? })
}

fn text(value: Option<&Value>) -> Result<String, Reason> {
    value.and_then(Value::as_text).map(str::to_owned).ok_or(MALFORMED)
}

fn uint<T: TryFrom<i64>>(value: Option<&Value>) -> Option<T> {
    T::try_from(value?.as_int()?).ok()
}

/// A time claim; fractions of a second are not used in this program's tokens.
pub(super) fn time(claims: &Map, key: i64) -> Option<UnixTime> {
    claims.get(key)?.as_int().map(UnixTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entropy::Entropy, keys::SecretKey};

    #[test]
    fn what_is_written_reads_back() {
        let claims = CredentialClaims {
            issuer: "tm:36".into(),
            issued_at: UnixTime(1_700_000_000),
            expires_at: UnixTime(1_700_600_000),
            holder: SecretKey::generate(&mut Entropy::new([3; 32])).public(),
            colour: Colour::Yellow,
            region: 360_000,
            reason: Some(ColourReason {
                code: "declared-symptoms".into(),
                rule: Some("JX-C-SYMPTOMS".into()),
                since: Some(UnixTime(1_699_000_000)),
            }),
            kind: 2,
            relation: Some(Relation::Parent),
            status: Some(StatusReference { idx: 1_048_575, uri: "tm:36/0".into() }),
            claims: [(ClaimName::Name, Value::text("甲**"))].into(),
        };
        assert_eq!(CredentialClaims::from_map(&claims.to_map()), Ok(claims.clone()));
        for (index, (key, _)) in claims.to_map().0.iter().enumerate() {
            let mut less = claims.to_map();
            less.0.remove(index);
            let expected = if key == &Value::Int(claim::STATUS) { Ok(None) } else { Err(MALFORMED) };
            assert_eq!(CredentialClaims::from_map(&less).map(|claims| claims.status), expected, "{key:?}");
        }
    }
}
