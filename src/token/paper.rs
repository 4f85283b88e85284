//! Paper code: for people without a phone. An issuer signs it, no key of a holder is in it, and no colour.
//!
//! ```cddl
//! paper  = #6.18([protected: bstr .cbor {1: alg, 4: bstr, 16: 65104}, {}, payload: bstr .cbor claims, signature: bstr])
//! claims = {1 (iss): tstr, 4 (exp): int, 6 (iat): int, 7 (cti, the serial): bstr .size 5, 65535 (status): {"status_list": {"idx", "uri"}},
//!           -65537: {2 (region): uint, ? 8 (kind of document): 14 / 15 / 20 / 34 / 99, 10 (masked name): tstr, 11 (masked number): tstr}}
//! ```
//! A kind of document that is not written is the resident identity card (10). `exp` is at most 180 days after `iat`. The key that signs has
//! the use *paper* for the region. The colour stands in the status list alone: there 0 is green, 3 yellow, 2 red, and 1 that the paper is
//! void: reported lost, or another was issued in its place.
//!
//! With the number of an identity card it takes 189 bytes, 288 characters: a QR code of version 12 at level Q, where a quarter may be damaged.
//!
//! Paper can be copied, and whoever has a copy can show it: a verifier asks for the document whose masked number it bears.

use super::{
    challenge::is_tidy,
    claims::{StatusReference, status_of, status_to_value, time},
    colour::DocumentKind,
    trust::{KeyUse, TrustBundle},
};
use crate::{
    cbor::{Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::KeyId,
    labels::{PAPER_TYP, claim, health},
    reason::{Layer, Reason},
    signature::Unverified,
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, PAPER_LIFETIME_S},
    },
};
use std::fmt;

const LAYER: Layer = Layer::Paper;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// Longest masked number, in characters.
const MAX_DOCUMENT: usize = 30;
/// Largest number of GB/T 2260.
const MAX_REGION: u32 = 999_999;

/// The number on a paper code by which its loss is reported.
///
/// In writing it is eight characters of which none looks like another (Crockford's base 32), with a hyphen in the middle: `7K3M-9QXT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Serial(pub [u8; 5]);

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Serial {
    /// From writing: small letters, missing or more hyphens, and what looks like 0 or 1 are understood.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut number = 0_u64;
        let mut count = 0;
        for character in text.trim().bytes().filter(|byte| *byte != b'-') {
            let meant = match character.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            number = number << 5 | DIGITS.iter().position(|digit| *digit == meant)? as u64;
            count += 1;
            if count > 8 {
                return None;
            }
        }
        let [_, _, _, serial @ ..] = number.to_be_bytes();
        (count == 8).then_some(Self(serial))
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        for at in 0..8 {
            let digit = DIGITS.get((number >> (35 - 5 * at) & 31) as usize).copied().unwrap_or(b'0');
            formatter.write_str(if at == 4 { "-" } else { "" })?;
            fmt::Write::write_char(formatter, char::from(digit))?;
        }
        Ok(())
    }
}

/// What an issuer says on a paper code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The issuer, as the trust bundle names it.
    pub issuer: String,
    /// Its number.
    pub serial: Serial,
    /// Time of issue.
    pub issued_at: UnixTime,
    /// End of validity: at most 180 days later.
    pub expires_at: UnixTime,
    /// Region, GB/T 2260.
    pub region: u32,
    /// The person's name, masked.
    pub name: String,
    /// Kind of the document to compare with.
    pub document_kind: DocumentKind,
    /// Its number, masked: digits, capitals and stars.
    pub document: String,
    /// Where the colour stands.
    pub status: StatusReference,
}

impl Paper {
    /// Whether a token says of itself that it is a paper code.
    #[must_use]
    pub fn is_one(token: &Value) -> bool {
        Sign1::parse(token, LAYER).is_ok_and(|envelope| envelope.protected.get(header::TYP) == Some(&Value::Int(PAPER_TYP)))
    }

    /// Reads a paper code; the check is of the issuer's signature by a key that the bundle trusts with paper codes of this region.
    ///
    /// # Errors
    /// As [`Paper::read`], and those of [`TrustBundle::keys_for`].
    pub fn parse(token: &Value, bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let (envelope, paper) = Self::read(token)?;
        let keys = bundle.keys_for(&paper.issuer, envelope.kid(), KeyUse::Paper, Some(paper.region), LAYER)?;
        let check = envelope.check(keys);
        Ok(Unverified::new(paper, vec![check]))
    }

    /// Takes a paper code apart; nothing of it is verified.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, or a `cbor-…` reason.
    pub fn read(token: &Value) -> Result<(Sign1, Self), Reason> {
        let envelope = Sign1::parse(token, LAYER)?;
        envelope.demand_type(&Value::Int(PAPER_TYP))?;
        envelope.demand_p256()?;
        if !envelope.protected.only(&[header::ALG, header::KID, header::TYP]) || !envelope.unprotected.0.is_empty() {
            return Err(MALFORMED);
        }
        let paper = Self::from_map(&envelope.claims()?).ok_or(MALFORMED)?;
        Ok((envelope, paper))
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let inner = claims.get(claim::HEALTH)?.as_map()?;
        let known = claims.only(&[claim::ISS, claim::EXP, claim::IAT, claim::CTI, claim::STATUS, claim::HEALTH])
            && inner.only(&[health::REGION, health::DOCUMENT_KIND, health::NAME, health::DOCUMENT]);
        let document_kind = match inner.get(health::DOCUMENT_KIND) {
            None => DocumentKind::IdCard,
            // One content has one spelling.
            Some(number) => DocumentKind::from_number(number.as_int()?).filter(|kind| *kind != DocumentKind::IdCard)?,
        };
        let text = |key: i64| inner.get(key)?.as_text();
        let masked = |number: &&str| {
            (1..=MAX_DOCUMENT).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'*')
        };
        let paper = Self {
            issuer: claims.get(claim::ISS)?.as_text()?.to_owned(),
            serial: Serial(claims.get(claim::CTI)?.as_bytes()?.try_into().ok()?),
            issued_at: time(claims, claim::IAT)?,
            expires_at: time(claims, claim::EXP)?,
            region: u32::try_from(inner.get(health::REGION)?.as_int()?).ok().filter(|region| *region <= MAX_REGION)?,
            name: text(health::NAME).filter(|name| is_tidy(name))?.to_owned(),
            document_kind,
            document: text(health::DOCUMENT).filter(masked)?.to_owned(),
            status: status_of(claims.get(claim::STATUS)?).ok()?,
        };
        known.then_some(paper)
    }

    /// The paper code before its issuer's signature, by the key with this identifier. The encoding is deterministic.
    #[must_use]
    pub fn to_unsigned(&self, kid: KeyId) -> Unsigned {
        let kind = Some(self.document_kind).filter(|kind| *kind != DocumentKind::IdCard);
        let inner = map([
            (health::REGION, Some(Value::Int(self.region.into()))),
            (health::DOCUMENT_KIND, kind.map(|kind| Value::Int(kind.number()))),
            (health::NAME, Some(Value::text(&self.name))),
            (health::DOCUMENT, Some(Value::text(&self.document))),
        ]);
        let payload = map([
            (claim::ISS, Some(Value::text(&self.issuer))),
            (claim::EXP, Some(Value::Int(self.expires_at.0))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CTI, Some(Value::Bytes(self.serial.0.to_vec()))),
            (claim::STATUS, Some(status_to_value(&self.status))),
            (claim::HEALTH, Some(inner)),
        ]);
        let protected = vec![(header::KID, Value::Bytes(kid.to_vec())), (header::TYP, Value::Int(PAPER_TYP))];
        Unsigned::new(protected, Map::default(), &payload)
    }

    /// What is wrong with its times: `expired`, `not-yet-valid`, `paper-too-long`, `times-inconsistent`. The end has no slack, the beginning
    /// that of two clocks.
    pub fn faults(&self, now: UnixTime) -> impl Iterator<Item = Reason> + use<> {
        let lifetime_s = self.expires_at.since(self.issued_at);
        let faults = [
            (now >= self.expires_at, Reason::Expired { layer: LAYER, expired_at: self.expires_at }),
            (self.issued_at > now.plus(CLOCK_SLACK_S), Reason::NotYetValid { layer: LAYER, valid_from: self.issued_at }),
            (lifetime_s > PAPER_LIFETIME_S, Reason::PaperTooLong),
            (lifetime_s <= 0, Reason::TimesInconsistent),
        ];
        faults.into_iter().filter_map(|(wrong, reason)| wrong.then_some(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn serials_are_read_as_people_write_them() {
        let serial = Serial([0x39, 0xc7, 0x44, 0xdf, 0xba]);
        assert_eq!(serial.to_string(), "773M-9QXT");
        for text in ["773M-9QXT", " 773m9qxt ", "7-7-3-m-9-q-x-t", "773M-9QXT-"] {
            assert_eq!(Serial::parse(text), Some(serial), "{text}");
        }
        assert_eq!(Serial::parse("OIL0-0000"), Serial::parse("0110-0000"));
        for text in ["", "773M-9QX", "773M-9QXTT", "773M-9QXU", "773M 9QXT", "七七三三"] {
            assert_eq!(Serial::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn serials_come_back(serial: [u8; 5]) {
            prop_assert_eq!(Serial::parse(&Serial(serial).to_string()), Some(Serial(serial)));
        }
    }
}
