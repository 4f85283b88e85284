//! SMART Health Card (spec.smarthealth.cards 1.4): `shc:/` + digits + JWS compact with ES256 + raw deflate + JSON with a FHIR
//! bundle. A card may be spread over several codes: `shc:/1/2/…`; the [`Collector`] takes them in any order.
//!
//! JWS header `{"alg": "ES256", "zip": "DEF", "kid": JWK thumbprint}`; payload `{"iss", "nbf", ? "exp", "vc": {"type": [+ tstr],
//! ? "rid", "credentialSubject": {"fhirVersion", "fhirBundle"}}}`.

mod collector;
mod fhir;

pub use collector::Collector;

use super::{ForeignPass, LAYER, MALFORMED, MAX_CHARACTERS, Sealed, inflated, trim};
use crate::{
    keys::HashName,
    reason::{LooksLike, Reason},
    signature::SignatureCheck,
    text::from_base64url,
    time::UnixTime,
    token::{Format, trust::KeyHint},
};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde_json::Value as Json;

/// What every text begins with.
pub const PREFIX: &str = "shc:/";

/// Type of every such card.
const HEALTH_CARD: &str = "https://smarthealth.cards#health-card";
/// The most that a card may unpack to.
const MAX_BYTES: usize = 256 << 10;
/// The most codes of one card.
const MAX_PARTS: u8 = 20;

/// One code of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub index: u8,
    /// How many there are.
    pub of: u8,
    jws: String,
}

/// Reads a card that is whole in one code.
///
/// # Errors
/// `more-parts` when it is not; else as [`read_jws`] and [`read_part`].
pub fn read(text: &str) -> Result<Sealed, Reason> {
    let part = read_part(text)?;
    if part.of > 1 { Err(Reason::MoreParts { have: 1, of: part.of }) } else { read_jws(&part.jws) }
}

/// Reads one code: its number and its characters of the JWS.
///
/// # Errors
/// `not-a-pass`, `text-too-long`, `text-malformed`.
pub fn read_part(text: &str) -> Result<Part, Reason> {
    let text = trim(text);
    if text.len() > MAX_CHARACTERS {
        return Err(Reason::TextTooLong);
    }
    let body = text.strip_prefix(PREFIX).ok_or(Reason::NotAPass { looks_like: LooksLike::Other })?;
    let numbered = body.split_once('/').and_then(|(index, rest)| Some((index, rest.split_once('/')?)));
    let (index, of, digits) = match numbered {
        None => (1, 1, body),
        Some((index, (of, digits))) => (number(index)?, number(of)?, digits),
    };
    if of > MAX_PARTS {
        return Err(Reason::TextTooLong);
    }
    if index > of {
        return Err(Reason::TextMalformed);
    }
    Ok(Part { index, of, jws: characters(digits).ok_or(Reason::TextMalformed)? })
}

fn number(text: &str) -> Result<u8, Reason> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0') && text.len() <= 3;
    text.parse().ok().filter(|_| plain).ok_or(Reason::TextMalformed)
}

/// Two digits make a character: its code less 45.
fn characters(digits: &str) -> Option<String> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let character = |&[tens, ones]: &[u8; 2]| {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let code = digit(tens)? * 10 + digit(ones)?;
        // 77 stands for z, the last character of base64url.
        (code <= 77).then(|| char::from(code + 45))
    };
    if !rest.is_empty() || digits.is_empty() {
        return None;
    }
    pairs.iter().map(character).collect()
}

/// The digits of a JWS, as a code carries them.
#[must_use]
pub fn to_text(jws: &str) -> String {
    let digits = jws.bytes().map(|byte| format!("{:02}", byte.saturating_sub(45)));
    format!("{PREFIX}{}", digits.collect::<String>())
}

/// Reads a JWS in compact form.
///
/// # Errors
/// `token-malformed`, `algorithm-not-allowed`, `zip-bomb`.
pub fn read_jws(jws: &str) -> Result<Sealed, Reason> {
    let (message, signature) = jws.rsplit_once('.').ok_or(MALFORMED)?;
    let (head, payload) = message.split_once('.').ok_or(MALFORMED)?;
    let decode = |text: &str| from_base64url(text).ok_or(MALFORMED);
    let head: Json = crate::json::from_slice(&decode(head)?).map_err(|_| MALFORMED)?;
    if head["alg"] != "ES256" {
        return Err(Reason::AlgorithmNotAllowed { layer: LAYER });
    }
    // Nobody who reads this format knows an extension that must be understood (RFC 7515 §4.1.11).
    let (true, true, Some(kid)) = (head["zip"] == "DEF", head["crit"].is_null(), head["kid"].as_str()) else { return Err(MALFORMED) };
    let bytes = inflated(decompress_to_vec_with_limit(&decode(payload)?, MAX_BYTES))?;
    let claims: Json = crate::json::from_slice(&bytes).map_err(|_| MALFORMED)?;
    let pass = pass(&claims).ok_or(MALFORMED)?;
    let hint = KeyHint { format: Format::Smart, issuer: pass.issuer.clone(), kid: kid.as_bytes().to_vec(), rsa: false, attests: None };
    let check =
        SignatureCheck { keys: Vec::new(), hash: HashName::Sha256, message: message.as_bytes().to_vec(), signature: decode(signature)? };
    Ok(Sealed { hint, pass, check })
}

fn pass(claims: &Json) -> Option<ForeignPass> {
    let vc = &claims["vc"];
    let is_card = vc["type"].as_array()?.iter().any(|name| name == HEALTH_CARD);
    let rid = match &vc["rid"] {
        Json::Null => None,
        Json::String(rid) if (1..=24).contains(&rid.len()) => Some(rid.clone()),
        _ => return None,
    };
    let issuer = claims["iss"].as_str().filter(|issuer| issuer.starts_with("https://"))?.to_owned();
    let expires_at = match &claims["exp"] {
        Json::Null => None,
        time => Some(whole(time)?),
    };
    let pass =
        ForeignPass { format: Format::Smart, issuer, valid_from: Some(whole(&claims["nbf"])?), expires_at, rid, ..Default::default() };
    if is_card { fhir::fill(pass, &vc["credentialSubject"]["fhirBundle"]) } else { None }
}

/// The whole seconds of a time, which may have a fraction.
fn whole(time: &Json) -> Option<UnixTime> {
    let whole = time.as_i64().or_else(|| time.as_f64().map(f64::floor).filter(|time| time.abs() < 9.0e15).map(|time| time as i64));
    whole.map(UnixTime)
}
