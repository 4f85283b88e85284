//! EU Digital COVID Certificate (HCERT 1.0.5, DCC schema 1.3): `HC1:` + base45 + zlib + COSE_Sign1 + CWT.
//!
//! ```cddl
//! hcert = COSE_Sign1 / #6.18(COSE_Sign1) / #6.61(#6.18(COSE_Sign1))    ; alg -7 (ES256) or -37 (PS256), kid of 8 bytes
//! claims = {? 1 (iss): tstr, ? 4 (exp): number, ? 5 (nbf): number, ? 6 (iat): number, -260: {1: dcc}, * any => any}
//! dcc = {"nam": {? "fn", ? "gn", ? "fnt", ? "gnt": tstr}, "dob": tstr, ("v" // "t" // "r"): [+ entry], * tstr => any}
//! ```
//! Issuers write CBOR as their libraries do, so it is read leniently. What would be ambiguous is refused.

use super::{ForeignPass, LAYER, MALFORMED, Sealed, body, inflated, sealed};
use crate::{
    base45,
    cbor::{self, Limits, Map, Value},
    cose::Sign1,
    reason::Reason,
    time::UnixTime,
    token::{Format, trust::Attests},
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// What every text begins with.
pub const PREFIX: &str = "HC1:";

/// The most that a pass may unpack to. The largest public ones have 1.5 KiB.
const MAX_BYTES: usize = 32 << 10;
const LIMITS: Limits = Limits { max_bytes: MAX_BYTES, max_depth: 16 };

/// CWT claim of health certificates.
const HCERT: i64 = -260;
/// SNOMED CT: the virus was not found, was found.
const NOT_DETECTED: &str = "260415000";
const DETECTED: &str = "260373001";

/// Reads a pass.
///
/// # Errors
/// `not-a-pass`, `prefix-version`, `text-…`, `zip-bomb`, `cbor-…`, `token-malformed`, `algorithm-not-allowed`.
pub fn read(text: &str) -> Result<Sealed, Reason> {
    let body = body(text, PREFIX)?;
    let packed = base45::decode(body).ok_or_else(|| {
        let lower = body.bytes().any(|byte| byte.is_ascii_lowercase());
        if lower { Reason::TextLowerCase } else { Reason::TextMalformed }
    })?;
    let bytes = inflated(decompress_to_vec_zlib_with_limit(&packed, MAX_BYTES))?;
    let envelope = Sign1::parse_leniently(cbor::decode_leniently(&bytes, LIMITS)?, LAYER)?;
    let Value::Map(claims) = cbor::decode_leniently(&envelope.payload, LIMITS)? else { return Err(MALFORMED) };
    sealed(&envelope, pass(&claims).ok_or(MALFORMED)?)
}

fn pass(claims: &Map) -> Option<ForeignPass> {
    let dcc = claims.get(HCERT)?.as_map()?.get(1)?.as_map()?;
    let (attests, entry) = only_kind(dcc)?;
    let country = text(entry, "co");
    let issuer = match claims.get(1) {
        Some(issuer) => issuer.as_text()?.to_owned(),
        None => country.clone()?,
    };
    let name = named(dcc, "nam")?.as_map()?;
    let (date, result) = match attests {
        Attests::Vaccination => (text(entry, "dt"), doses(entry)),
        Attests::Test => (text(entry, "sc"), text(entry, "tr").map(|code| finding(&code))),
        Attests::Recovery => (text(entry, "fr"), None),
    };
    Some(ForeignPass {
        format: Format::EuDcc,
        country: country.filter(|country| !country.is_empty()).or_else(|| Some(issuer.clone())),
        issuer,
        name: either(name, "gn", "gnt").into_iter().chain(either(name, "fn", "fnt")).collect::<Vec<_>>().join(" "),
        birth_date: day(&text(dcc, "dob")?),
        attests: Some(attests),
        date: date.map(|date| day(&date)),
        result,
        valid_from: time(claims, 5)?.max(time(claims, 6)?),
        expires_at: time(claims, 4)?,
        rid: None,
    })
}

/// The kind of the pass and its last entry; none unless there is exactly one kind. A kind that is null is not there.
fn only_kind(dcc: &Map) -> Option<(Attests, &Map)> {
    let kinds = [("v", Attests::Vaccination), ("t", Attests::Test), ("r", Attests::Recovery)];
    let mut there = kinds.into_iter().filter_map(|(key, attests)| Some((attests, named(dcc, key)?)));
    let (attests, entries) = there.next()?;
    if there.next().is_some() {
        return None;
    }
    Some((attests, entries.as_array()?.last()?.as_map()?))
}

/// A value under a text key; null counts as absent.
fn named<'a>(map: &'a Map, key: &str) -> Option<&'a Value> {
    map.find(&Value::text(key)).filter(|value| !matches!(value, Value::Simple(22 | 23)))
}

/// A text, or a text within the tag of a date (RFC 8949 §3.4.1).
fn text(map: &Map, key: &str) -> Option<String> {
    match named(map, key)? {
        Value::Tag(0 | 1004, inner) => inner.as_text(),
        value => value.as_text(),
    }
    .map(str::to_owned)
}

fn either(map: &Map, one: &str, other: &str) -> Option<String> {
    text(map, one).filter(|text| !text.is_empty()).or_else(|| text(map, other))
}

/// A time claim: absent, or a number.
fn time(claims: &Map, key: i64) -> Option<Option<UnixTime>> {
    match claims.get(key) {
        None => Some(None),
        Some(value) => value.as_whole().map(|seconds| Some(UnixTime(seconds))),
    }
}

fn doses(entry: &Map) -> Option<String> {
    let number = |key| named(entry, key)?.as_whole();
    Some(format!("{}/{}", number("dn")?, number("sd")?))
}

fn finding(code: &str) -> String {
    match code {
        NOT_DETECTED => "not-detected".to_owned(),
        DETECTED => "detected".to_owned(),
        other => other.to_owned(),
    }
}

/// The day of a date with or without a time.
fn day(date: &str) -> String {
    date.split('T').next().unwrap_or_default().to_owned()
}
