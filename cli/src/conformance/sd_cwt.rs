//! Signed examples of draft-ietf-spice-sd-cwt: the issuer signs with P-384, the holder with P-256.

use super::Tally;
use crate::output::{Failure, read};
use std::path::Path;
use tongma::{
    cbor::{self, Limits, Map, Value},
    cose::{ES256, ES384, Sign1, header},
    keys::{PublicKey, SecretKey},
    labels::{claim, sd_cwt as label},
    reason::{Layer, Reason},
    token::SdCwt,
};

/// The examples, and the keys of claims that must be there when all that is disclosed is put in.
const CREDENTIALS: [&str; 3] = ["issuer_cwt.cbor", "decoy.cbor", "nested_issuer_cwt.cbor"];
const PRESENTATIONS: [&str; 2] = ["kbt.cbor", "nested_kbt.cbor"];

pub(super) fn run(folder: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let pem = |file: &str| read(&folder.join(file)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let issuer =
        PublicKey::from_p384_pem(&pem("issuer_privkey.pem")?).ok_or_else(|| Failure::Text("issuer_privkey.pem: no P-384 key".into()))?;
    let holder =
        SecretKey::from_pem(&pem("holder_privkey.pem")?).ok_or_else(|| Failure::Text("holder_privkey.pem: no P-256 key".into()))?;
    for file in CREDENTIALS {
        match std::fs::read(folder.join(file)) {
            Err(_) => tally.skipped += 1,
            Ok(bytes) => {
                tally.row(file, credential(&bytes, &issuer, &holder.public()).err().map(|reason| reason.code().to_owned()));
                altered(&mut tally, file, &bytes, |bytes| credential(bytes, &issuer, &holder.public()));
            }
        }
    }
    for file in PRESENTATIONS {
        match std::fs::read(folder.join(file)) {
            Err(_) => tally.skipped += 1,
            Ok(bytes) => {
                tally.row(file, presentation(&bytes, &issuer, &holder.public()).err().map(|reason| reason.code().to_owned()));
                altered(&mut tally, file, &bytes, |bytes| presentation(bytes, &issuer, &holder.public()));
            }
        }
    }
    Ok(tally)
}

/// One byte altered at any place must be noticed. Only the tokens' own unprotected headers are not signed: there the
/// disclosures' digests do it.
fn altered(tally: &mut Tally, file: &str, bytes: &[u8], judge: impl Fn(&[u8]) -> Result<(), Reason>) {
    let unnoticed = (0..bytes.len()).find(|index| {
        let mut altered = bytes.to_vec();
        altered[*index] ^= 1;
        judge(&altered).is_ok()
    });
    tally.row(&format!("{file}, a byte altered"), unnoticed.map(|index| format!("byte {index} is not noticed")));
}

fn token(bytes: &[u8]) -> Result<Value, Reason> {
    cbor::decode(bytes, Limits::TOKEN)
}

fn verified(envelope: &Sign1, key: &PublicKey, algorithm: i64, layer: Layer) -> Result<(), Reason> {
    if envelope.algorithm() != Some(algorithm) {
        return Err(Reason::AlgorithmNotAllowed { layer });
    }
    let check = envelope.check(vec![key.clone()]);
    if key.verify(&check.message, &check.signature) { Ok(()) } else { Err(Reason::BadSignature { layer }) }
}

/// The issuer's signature, every disclosure in its place, and the holder's key in `cnf`.
fn credential(bytes: &[u8], issuer: &PublicKey, holder: &PublicKey) -> Result<(), Reason> {
    revealed(&token(bytes)?, issuer, holder).map(drop)
}

fn revealed(value: &Value, issuer: &PublicKey, holder: &PublicKey) -> Result<Map, Reason> {
    let layer = Layer::Credential;
    let parsed = SdCwt::parse(value)?;
    if !parsed.envelope.unprotected.only(&[label::SD_CLAIMS]) {
        return Err(Reason::TokenMalformed { layer });
    }
    verified(&parsed.envelope, issuer, ES384, layer)?;
    let claims = parsed.reveal()?;
    let bound = claims.get(claim::CNF).and_then(|cnf| PublicKey::from_cose(cnf.as_map()?.get(claim::CNF_COSE_KEY)?.as_map()?));
    if bound.as_ref() == Some(holder) && no_redaction(&claims) { Ok(claims) } else { Err(Reason::TokenMalformed { layer }) }
}

/// After revealing, neither a redacted key nor a redacted element is left.
fn no_redaction(claims: &Map) -> bool {
    fn clean(value: &Value) -> bool {
        match value {
            Value::Map(map) => no_redaction(map),
            Value::Array(items) => items.iter().all(clean),
            Value::Tag(tag, item) => *tag != label::REDACTED_ELEMENT && clean(item),
            _ => true,
        }
    }
    claims.0.iter().all(|(key, value)| key != &Value::Simple(label::REDACTED_KEYS) && clean(value))
}

/// Both signatures, and the binding's audience, time and nonce.
fn presentation(bytes: &[u8], issuer: &PublicKey, holder: &PublicKey) -> Result<(), Reason> {
    let layer = Layer::Presentation;
    let malformed = Reason::TokenMalformed { layer };
    let envelope = Sign1::parse(&token(bytes)?, layer)?;
    envelope.demand_type(&Value::Int(label::KBT_TYP))?;
    if !envelope.protected.only(&[header::ALG, label::KCWT, header::TYP]) || !envelope.unprotected.0.is_empty() {
        return Err(malformed);
    }
    let claims = revealed(envelope.protected.get(label::KCWT).ok_or_else(|| malformed.clone())?, issuer, holder)?;
    verified(&envelope, holder, ES256, layer)?;
    let binding = envelope.claims()?;
    let audience = binding.get(claim::AUD).and_then(Value::as_text) == Some("https://verifier.example/app");
    let times = match (binding.get(claim::IAT), claims.get(claim::IAT), claims.get(claim::EXP)) {
        (Some(Value::Int(at)), Some(Value::Int(from)), Some(Value::Int(until))) => from <= at && at < until,
        _ => false,
    };
    if audience && times && binding.get(claim::CNONCE).is_some_and(|nonce| nonce.as_bytes().is_some()) { Ok(()) } else { Err(malformed) }
}
