//! NZ COVID Pass (NZCP 1.0): `NZCP:/1/` + base32 + COSE_Sign1 with ES256 + CWT with a verifiable credential.
//!
//! ```cddl
//! claims = {1 (iss): tstr, 4 (exp): number, 5 (nbf): number, 7 (cti): bstr, "vc": vc, * any => any}
//! vc = {"@context": [+ tstr], "type": [+ tstr], "credentialSubject": {"givenName": tstr, ? "familyName": tstr, "dob": tstr}, * tstr => any}
//! ```

use super::{ForeignPass, LAYER, MALFORMED, Sealed, body, sealed};
use crate::{
    cbor::{self, Limits, Map, Value},
    cose::{self, Sign1},
    reason::Reason,
    time::UnixTime,
    token::Format,
};

/// What every text begins with.
pub const PREFIX: &str = "NZCP:/1/";

/// The first context of every verifiable credential, and that of these passes.
const CONTEXTS: [&str; 2] = ["https://www.w3.org/2018/credentials/v1", "https://nzcp.covid19.health.nz/contexts/v1"];
const TYPES: [&str; 2] = ["VerifiableCredential", "PublicCovidPass"];

/// Reads a pass.
///
/// # Errors
/// `not-a-pass`, `prefix-version`, `text-…`, `cbor-…`, `token-malformed`, `algorithm-not-allowed`.
pub fn read(text: &str) -> Result<Sealed, Reason> {
    // The specification has no padding; issuers' and readers' programs write and take it.
    let body = body(text, PREFIX)?.trim_end_matches('=');
    let bytes = base32(body).ok_or_else(|| {
        let lower = body.bytes().any(|byte| byte.is_ascii_lowercase());
        if lower { Reason::TextLowerCase } else { Reason::TextMalformed }
    })?;
    let value = cbor::decode_leniently(&bytes, Limits::TOKEN)?;
    if !matches!(value, Value::Tag(18, _)) {
        return Err(MALFORMED);
    }
    let envelope = Sign1::parse_leniently(value, LAYER)?;
    if envelope.algorithm() != Some(cose::ES256) {
        return Err(Reason::AlgorithmNotAllowed { layer: LAYER });
    }
    let Value::Map(claims) = cbor::decode_leniently(&envelope.payload, Limits::TOKEN)? else { return Err(MALFORMED) };
    sealed(&envelope, pass(&claims).ok_or(MALFORMED)?)
}

fn pass(claims: &Map) -> Option<ForeignPass> {
    let issuer = claims.get(1)?.as_text().filter(|issuer| issuer.starts_with("did:web:"))?.to_owned();
    let vc = named(claims, "vc")?.as_map()?;
    let contexts: Vec<_> = named(vc, "@context")?.as_array()?.iter().filter_map(Value::as_text).collect();
    let types: Vec<_> = named(vc, "type")?.as_array()?.iter().filter_map(Value::as_text).collect();
    let right = contexts.first() == Some(&CONTEXTS[0])
        && contexts.contains(&CONTEXTS[1])
        && types.first() == Some(&TYPES[0])
        && types.contains(&TYPES[1]);
    if !right {
        return None;
    }
    let subject = named(vc, "credentialSubject")?.as_map()?;
    let text = |key| named(subject, key)?.as_text();
    Some(ForeignPass {
        format: Format::Nzcp,
        issuer,
        country: Some("NZ".to_owned()),
        name: [text("givenName"), text("familyName")].into_iter().flatten().collect::<Vec<_>>().join(" "),
        birth_date: text("dob")?.to_owned(),
        valid_from: Some(UnixTime(claims.get(5)?.as_whole()?)),
        expires_at: Some(UnixTime(claims.get(4)?.as_whole()?)),
        ..ForeignPass::default()
    })
}

fn named<'a>(map: &'a Map, key: &str) -> Option<&'a Value> {
    map.find(&Value::text(key))
}

/// base32 (RFC 4648 §6) without padding; none when bits are left over that are not zero.
fn base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 5 && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_as_in_the_rfc() {
        for (plain, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(text).as_deref(), Some(plain.as_bytes()), "{text}");
        }
        for text in ["M", "MZ", "MZX", "my", "M1", "MY==", "MZXW6Y"] {
            assert_eq!(base32(text), None, "{text}");
        }
    }
}
