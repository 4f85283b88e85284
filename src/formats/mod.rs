//! F2: passes of other systems: EU Digital COVID Certificates, SMART Health Cards, NZ COVID Passes.
//!
//! [`read`] takes a text apart and gives a [`Sealed`] pass: what is needed to find its issuer's key is open, what it says of a
//! person is not. [`Sealed::with_keys`] makes it an [`Unverified`] one, and only good signatures open that. Keys come from the
//! trust bundle alone; nothing that a pass says makes the program fetch anything.

pub mod hcert;
pub mod health_card;
pub mod jwk;
pub mod nzcp;
pub mod x509;

use crate::{
    cose::{self, Sign1, header},
    keys::PublicKey,
    reason::{Layer, Reason},
    signature::{SignatureCheck, Unverified},
    time::{UnixTime, defaults::CLOCK_SLACK_S},
    token::{
        Format,
        trust::{Attests, KeyHint, RevokedId},
    },
};
use miniz_oxide::inflate::{DecompressError, TINFLStatus};

const LAYER: Layer = Layer::ForeignPass;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// Longest text of one code, in characters: what version 40 holds in numeric mode, and a little.
const MAX_CHARACTERS: usize = 7200;
/// Longest value that is shown of a pass, in characters.
const MAX_SHOWN: usize = 120;

/// What a foreign pass says, reduced to what a gate needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignPass {
    /// The system that it comes from.
    pub format: Format,
    /// Its issuer: country (EU), `https` address (SMART) or DID (NZ).
    pub issuer: String,
    /// Country, ISO 3166-1 (two letters), where the format tells it.
    pub country: Option<String>,
    /// The person's name.
    pub name: String,
    /// Birth date as the pass has it: `1963`, `1964-01` or a whole date.
    pub birth_date: String,
    /// What it attests; none for a pass that does not say.
    pub attests: Option<Attests>,
    /// Day of the vaccination, test or first positive test.
    pub date: Option<String>,
    /// `detected` or `not-detected`; doses such as `2/2`.
    pub result: Option<String>,
    /// Beginning of validity.
    pub valid_from: Option<UnixTime>,
    /// The last second of validity.
    pub expires_at: Option<UnixTime>,
    /// Identifier under which the issuer may revoke it.
    pub rid: Option<String>,
}

impl ForeignPass {
    /// Why the pass, whose signature is good, is not valid at this time. The end has no slack.
    #[must_use]
    pub fn faults(&self, now: UnixTime, revoked: &[RevokedId]) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if let Some(expired_at) = self.expires_at.filter(|end| now > *end) {
            reasons.push(Reason::Expired { layer: LAYER, expired_at });
        }
        if let Some(valid_from) = self.valid_from.filter(|from| *from > now.plus(CLOCK_SLACK_S)) {
            reasons.push(Reason::NotYetValid { layer: LAYER, valid_from });
        }
        let names = |id: &RevokedId| Some(&id.rid) == self.rid.as_ref() && id.before.is_none_or(|before| self.valid_from < Some(before));
        if revoked.iter().any(names) {
            reasons.push(Reason::Revoked);
        }
        reasons
    }

    /// What is shown of it, by name.
    #[must_use]
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        let kind = match self.attests {
            Some(Attests::Vaccination) => "vaccination",
            Some(Attests::Test) => "test",
            Some(Attests::Recovery) => "recovery",
            None => "pass",
        };
        let all = [
            ("name", Some(self.name.as_str())),
            ("birth-date", Some(&self.birth_date)),
            ("kind", Some(kind)),
            ("date", self.date.as_deref()),
            ("result", self.result.as_deref()),
            ("country", self.country.as_deref()),
        ];
        all.into_iter().filter_map(|(name, text)| Some((name, clean(text?)))).filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// A text without control characters and not longer than a screen has room for.
fn clean(text: &str) -> String {
    // Marks that turn the direction of writing could make one name look like another.
    let marks = |character: char| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|character| !character.is_control() && !marks(*character)).take(MAX_SHOWN).collect()
}

/// A pass that was read. What it says stays closed until its signature was checked.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// What is needed to find the key.
    pub hint: KeyHint,
    pass: ForeignPass,
    check: SignatureCheck,
}

impl Sealed {
    /// The pass with the keys that may have signed it.
    #[must_use]
    pub fn with_keys(self, keys: Vec<PublicKey>) -> Unverified<ForeignPass> {
        Unverified::new(self.pass, vec![SignatureCheck { keys, ..self.check }])
    }
}

/// The foreign format of a text, by its prefix. Line ends and tabs that hand scanners add are passed over.
#[must_use]
pub fn format_of(text: &str) -> Option<Format> {
    let text = trim(text);
    let is = |prefix: &str| text.starts_with(prefix);
    if is("HC") && text.as_bytes().get(2).is_some_and(u8::is_ascii_digit) && text.as_bytes().get(3) == Some(&b':') {
        Some(Format::EuDcc)
    } else if is(health_card::PREFIX) {
        Some(Format::Smart)
    } else if is("NZCP:/") {
        Some(Format::Nzcp)
    } else {
        None
    }
}

/// Reads a foreign pass that is whole in one code.
///
/// # Errors
/// `not-a-pass`, `prefix-version`, `text-…`, `cbor-…`, `zip-bomb`, `more-parts`, `token-malformed`, `algorithm-not-allowed`.
pub fn read(text: &str) -> Result<Sealed, Reason> {
    match format_of(text) {
        Some(Format::EuDcc) => hcert::read(text),
        Some(Format::Smart) => health_card::read(text),
        Some(Format::Nzcp) => nzcp::read(text),
        _ => Err(Reason::NotAPass { looks_like: crate::reason::LooksLike::Other }),
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(['\r', '\n', '\t'])
}

/// The text without its prefix.
fn body<'a>(text: &'a str, prefix: &str) -> Result<&'a str, Reason> {
    let text = trim(text);
    if text.len() > MAX_CHARACTERS {
        return Err(Reason::TextTooLong);
    }
    if let Some(body) = text.strip_prefix(prefix) {
        return Ok(body);
    }
    // The digit is the version: `HC2:`, `NZCP:/2/`.
    let at = prefix.find('1').unwrap_or_default();
    match (text.as_bytes().get(at), text.get(..at) == prefix.get(..at)) {
        (Some(version @ b'0'..=b'9'), true) if *version != b'1' => Err(Reason::PrefixVersion { version: version - b'0' }),
        _ => Err(Reason::NotAPass { looks_like: crate::reason::LooksLike::Other }),
    }
}

fn inflated(result: Result<Vec<u8>, DecompressError>) -> Result<Vec<u8>, Reason> {
    result.map_err(|error| if error.status == TINFLStatus::HasMoreOutput { Reason::ZipBomb } else { MALFORMED })
}

/// Seals a pass in a COSE_Sign1. Algorithm and key identifier may stand in the unprotected header only; the protected one wins.
fn sealed(envelope: &Sign1, pass: ForeignPass) -> Result<Sealed, Reason> {
    let stated = |label| envelope.protected.get(label).or_else(|| envelope.unprotected.get(label));
    let rsa = match stated(header::ALG).and_then(crate::cbor::Value::as_int) {
        Some(cose::ES256) => false,
        Some(cose::PS256) => true,
        _ => return Err(Reason::AlgorithmNotAllowed { layer: LAYER }),
    };
    let kid = envelope.kid().filter(|kid| !kid.is_empty()).ok_or(MALFORMED)?.to_vec();
    let hint = KeyHint { format: pass.format, issuer: pass.issuer.clone(), kid, rsa, attests: pass.attests };
    Ok(Sealed { hint, pass, check: envelope.check(Vec::new()) })
}

#[cfg(test)]
mod tests;
