//! Passes of other systems, made with keys of the test's own.
#![allow(clippy::unwrap_used)]

use super::NOW;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use serde_json::{Value as Json, json};
use tongma::{
    base45,
    cbor::{Map, Value},
    cose::to_be_signed,
    entropy::Entropy,
    formats::{health_card, jwk::thumbprint},
    keys::SecretKey,
    text::to_base64url,
    token::{
        Format,
        trust::{ALL_USES, Attests, ForeignKey, ForeignKeys, RevokedId},
    },
};

pub const SMART_ISSUER: &str = "https://smart.example/issuer";
pub const NZ_ISSUER: &str = "did:web:nzcp.example";
pub const EU_KID: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8];

/// The secret key of a name.
pub fn key(name: &str) -> SecretKey {
    let mut seed = [7; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    SecretKey::generate(&mut Entropy::new(seed))
}

pub fn entry(format: Format, issuer: &str, kid: &[u8], name: &str) -> ForeignKey {
    ForeignKey {
        format,
        issuer: issuer.into(),
        kid: kid.to_vec(),
        key: key(name).public(),
        uses: ALL_USES,
        valid_from: None,
        valid_until: None,
        revoked: Vec::new(),
    }
}

pub fn smart_kid() -> String {
    thumbprint(&key("smart").public()).unwrap()
}

/// The keys that the world's bundle names.
pub fn keys() -> ForeignKeys {
    let eu = |issuer: &str, kid: &[u8], name: &str| entry(Format::EuDcc, issuer, kid, name);
    let revoked = |rid: &str, before: Option<i64>| RevokedId { rid: rid.into(), before: before.map(|seconds| NOW.plus(seconds)) };
    [
        eu("AT", EU_KID, "austria"),
        eu("AT", EU_KID, "austria again"),
        ForeignKey { uses: Attests::Test as u8, ..eu("AT", b"tests...", "austria tests") },
        ForeignKey { valid_until: Some(NOW.plus(-1)), ..eu("AT", b"over....", "austria over") },
        ForeignKey { valid_from: Some(NOW.plus(1)), ..eu("AT", b"early...", "austria early") },
        eu("DE", b"germany.", "germany"),
        ForeignKey {
            revoked: vec![revoked("gone", None), revoked("old", Some(-3600))],
            ..entry(Format::Smart, SMART_ISSUER, smart_kid().as_bytes(), "smart")
        },
        entry(Format::Nzcp, NZ_ISSUER, b"key-1", "zealand"),
    ]
    .into_iter()
    .collect()
}

fn text_map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Map(Map(pairs.into_iter().map(|(key, value)| (Value::text(key), value)).collect()))
}

pub fn int_map<const N: usize>(pairs: [(i64, Value); N]) -> Value {
    Value::Map(Map(pairs.into_iter().map(|(key, value)| (Value::Int(key), value)).collect()))
}

/// The health certificate of these kinds.
pub fn dcc(kinds: &[&str]) -> Value {
    let entry = |kind: &str| match kind {
        "v" => text_map([("co", Value::text("AT")), ("dt", Value::text("2026-05-01")), ("dn", Value::Int(2)), ("sd", Value::Int(2))]),
        "t" => text_map([("co", Value::text("AT")), ("sc", Value::text("2027-01-14T08:00:00Z")), ("tr", Value::text("260415000"))]),
        _ => text_map([("co", Value::text("AT")), ("fr", Value::text("2026-11-01"))]),
    };
    let names = text_map([("fn", Value::text("Musterfrau")), ("gn", Value::text("Gabriele")), ("fnt", Value::text("MUSTERFRAU"))]);
    let mut all =
        vec![(Value::text("nam"), names), (Value::text("dob"), Value::text("1998-02")), (Value::text("ver"), Value::text("1.3.0"))];
    all.extend(kinds.iter().map(|kind| (Value::text(*kind), Value::Array(vec![entry(kind)]))));
    Value::Map(Map(all))
}

pub fn claims(issuer: &str, dcc: Value) -> Value {
    int_map([(1, Value::text(issuer)), (4, Value::Int(NOW.0 + 86_400)), (6, Value::Int(NOW.0 - 86_400)), (-260, int_map([(1, dcc)]))])
}

/// Header `{1: alg, 4: kid}`.
pub fn header(alg: i64, kid: &[u8]) -> Value {
    int_map([(1, Value::Int(alg)), (4, Value::Bytes(kid.to_vec()))])
}

pub fn empty() -> Value {
    Value::Map(Map::default())
}

/// The four parts of a signed envelope, without tag.
pub fn signed(key: &SecretKey, protected: &[u8], unprotected: Value, payload: &[u8]) -> Value {
    let signature = key.sign(&to_be_signed(protected, payload));
    Value::Array(vec![Value::Bytes(protected.to_vec()), unprotected, Value::Bytes(payload.to_vec()), Value::Bytes(signature.to_vec())])
}

pub fn tagged(tag: u64, value: Value) -> Value {
    Value::Tag(tag, Box::new(value))
}

pub fn hc1(bytes: &[u8]) -> String {
    format!("HC1:{}", base45::encode(&compress_to_vec_zlib(bytes, 9)))
}

/// An EU pass of this signer.
pub fn eu(name: &str, kid: &[u8], claims: &Value) -> String {
    hc1(&tagged(18, signed(&key(name), &header(-7, kid).encode(), empty(), &claims.encode())).encode())
}

/// A FHIR bundle of a person with one dose.
pub fn fhir() -> Json {
    json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        { "fullUrl": "resource:0", "resource": { "resourceType": "Patient", "name": [{ "family": "Anyperson", "given": ["John", "B."] }], "birthDate": "1951-01-20" } },
        { "fullUrl": "resource:1", "resource": { "resourceType": "Immunization", "status": "completed", "occurrenceDateTime": "2026-01-29" } },
        { "fullUrl": "resource:2", "resource": { "resourceType": "Immunization", "status": "entered-in-error", "occurrenceDateTime": "2026-03-01" } },
    ] })
}

pub fn smart_claims(bundle: Json) -> Json {
    json!({ "iss": SMART_ISSUER, "nbf": NOW.0 as f64 - 7200.5, "vc": {
        "type": ["https://smarthealth.cards#health-card"],
        "credentialSubject": { "fhirVersion": "4.0.1", "fhirBundle": bundle },
    } })
}

/// A JWS of this header over compressed claims.
pub fn jws(name: &str, header: &Json, payload: &[u8]) -> String {
    let message = format!("{}.{}", to_base64url(header.to_string().as_bytes()), to_base64url(&compress_to_vec(payload, 9)));
    let signature = to_base64url(&key(name).sign(message.as_bytes()));
    format!("{message}.{signature}")
}

pub fn smart_header() -> Json {
    json!({ "alg": "ES256", "zip": "DEF", "kid": smart_kid() })
}

pub fn smart(claims: &Json) -> String {
    health_card::to_text(&jws("smart", &smart_header(), claims.to_string().as_bytes()))
}

/// The codes of a card that is cut in pieces.
pub fn cut(text: &str, count: usize) -> Vec<String> {
    let digits = text.strip_prefix("shc:/").unwrap();
    let length = digits.len().div_ceil(2 * count) * 2;
    let parts: Vec<_> = digits.as_bytes().chunks(length).map(|part| String::from_utf8(part.to_vec()).unwrap()).collect();
    (1..).zip(&parts).map(|(index, part)| format!("shc:/{index}/{}/{part}", parts.len())).collect()
}

pub fn nz_claims() -> Value {
    let texts = |texts: &[&str]| Value::Array(texts.iter().map(|text| Value::text(*text)).collect());
    let vc = text_map([
        ("@context", texts(&["https://www.w3.org/2018/credentials/v1", "https://nzcp.covid19.health.nz/contexts/v1"])),
        ("version", Value::text("1.0.0")),
        ("type", texts(&["VerifiableCredential", "PublicCovidPass"])),
        (
            "credentialSubject",
            text_map([("givenName", Value::text("Jack")), ("familyName", Value::text("Sparrow")), ("dob", Value::text("1960-04-16"))]),
        ),
    ]);
    Value::Map(Map(vec![
        (Value::Int(1), Value::text(NZ_ISSUER)),
        (Value::Int(5), Value::Int(NOW.0 - 86_400)),
        (Value::Int(4), Value::Int(NOW.0 + 86_400)),
        (Value::Int(7), Value::Bytes(vec![9; 16])),
        (Value::text("vc"), vc),
    ]))
}

/// A map with one value in another's place.
pub fn with(map: &Value, key: Value, value: Value) -> Value {
    let Value::Map(Map(mut pairs)) = map.clone() else { unreachable!("a map") };
    pairs.retain(|(found, _)| *found != key);
    pairs.push((key, value));
    Value::Map(Map(pairs))
}

pub fn nz(kid: &[u8], claims: &Value) -> String {
    let token = tagged(18, signed(&key("zealand"), &header(-7, kid).encode(), empty(), &claims.encode()));
    format!("NZCP:/1/{}", base32(&token.encode()))
}

fn base32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1)).collect::<Vec<_>>();
    let letter = |five: &[u8]| {
        let value = (0..5).fold(0, |sum, index| (sum << 1) | five.get(index).copied().unwrap_or(0));
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::from(value)])
    };
    bits.chunks(5).map(letter).collect()
}
