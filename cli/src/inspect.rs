//! Taking a text apart: every layer, the bytes of each part, and how large its QR code is. Nothing is verified.

use super::{Done, output::Output};
use serde_json::{Value as Json, json};
use tongma::{
    cbor::{self, Limits, Map, Value},
    cose::{Sign1, header},
    labels::{CHALLENGE_TAG, DELEGATION_REQUEST_TYP, DELEGATION_TYP, GRANT_TAG, PAPER_TYP, VENUE_TYP, claim, sd_cwt},
    qr::encode::{EccLevel, smallest_version},
    reason::{Layer, Reason},
    token::{Challenge, CredentialClaims, Delegation, Grant, Paper, Presentation, SdCwt, StatusReference, from_text},
};

pub(super) fn run(output: &Output, text: &str) -> Done {
    let text = text.trim_matches(['\r', '\n', '\t']);
    let token = from_text(text)?;
    let (kind, credential) = kind(text, &token)?;
    let qr = |level| smallest_version(text, level).map(|version| json!({ "version": version }));
    let mut report = json!({
        "type": kind,
        "verified": false,
        "characters": text.len(),
        "bytes": token.encode().len(),
        "qr": { "L": qr(EccLevel::L), "M": qr(EccLevel::M), "Q": qr(EccLevel::Q) },
        "layers": layers(kind, &token)?,
    });
    if let Some(credential) = credential {
        let claims = CredentialClaims::from_map(&credential.reveal()?)?;
        report["status"] = claims.status.as_ref().map_or(Json::Null, reference);
    } else if kind == "paper-code" {
        let (_, paper) = Paper::read(&token)?;
        report["status"] = reference(&paper.status);
        report["serial"] = json!(paper.serial.to_string());
    }
    if output.json() {
        output.value(&report)?
    } else {
        print(output, &report)?
    }
    Ok(true)
}

fn reference(status: &StatusReference) -> Json {
    json!({ "idx": status.idx, "uri": status.uri })
}

/// What it is, and the credential within.
fn kind(text: &str, token: &Value) -> Result<(&'static str, Option<SdCwt>), Reason> {
    match token {
        Value::Tag(CHALLENGE_TAG, _) => return Challenge::from_text(text).map(|_| ("challenge", None)),
        Value::Tag(GRANT_TAG, _) => return Ok(("grant", Some(Delegation::parse(&Grant::from_text(text)?.delegation)?.1))),
        _ => {}
    }
    let name = type_name(&Sign1::parse(token, Layer::Presentation)?);
    let credential = match name {
        "presentation" => Some(Presentation::parse(token)?.credential),
        "delegation" => Some(Delegation::parse(token)?.1),
        "credential" => Some(SdCwt::parse(token)?),
        _ => None,
    };
    Ok((name, credential))
}

/// The name of an envelope's type.
fn type_name(envelope: &Sign1) -> &'static str {
    match envelope.protected.get(header::TYP) {
        Some(Value::Int(sd_cwt::KBT_TYP)) => "presentation",
        Some(Value::Int(sd_cwt::TYP)) => "credential",
        Some(Value::Int(DELEGATION_TYP)) => "delegation",
        Some(Value::Int(DELEGATION_REQUEST_TYP)) => "delegation-request",
        Some(Value::Int(VENUE_TYP)) => "venue-code",
        Some(Value::Int(PAPER_TYP)) => "paper-code",
        _ => "other",
    }
}

/// The layers, from the outside in. What is signed by nobody has no envelope: all of it is payload.
fn layers(kind: &str, token: &Value) -> Result<Vec<Json>, Reason> {
    let (mut outer, inner) = match token {
        Value::Tag(CHALLENGE_TAG, claims) => {
            let mut claims = claims.as_map().cloned().unwrap_or_default();
            let poster = claims.get(claim::VENUE).cloned();
            claims.0.retain(|(key, _)| key != &Value::Int(claim::VENUE));
            (unsigned(kind, &claims, token), poster)
        }
        Value::Tag(GRANT_TAG, parts) => {
            let [nonce, delegation] = parts.as_array().unwrap_or_default() else { return Ok(Vec::new()) };
            (unsigned(kind, &Map(vec![(Value::Int(claim::CNONCE), nonce.clone())]), token), Some(delegation.clone()))
        }
        _ => {
            let envelope = Sign1::parse(token, Layer::Presentation)?;
            let inner = envelope.protected.get(sd_cwt::KCWT).or_else(|| envelope.unprotected.get(sd_cwt::KCWT)).cloned();
            (layer(type_name(&envelope), &envelope)?, inner)
        }
    };
    let Some(inner) = inner else { return Ok(vec![outer]) };
    // What is nested is counted once, where it is.
    let nested = inner.encode().len();
    let holds = ["protectedBytes", "unprotectedBytes", "payloadBytes"].into_iter().find(|part| outer[part].as_u64() >= Some(nested as u64));
    if let Some(part) = holds {
        outer[part] = json!(outer[part].as_u64().unwrap_or_default() - nested as u64);
    }
    outer["credentialBytes"] = json!(nested);
    let mut all = vec![outer];
    all.extend(layers("other", &inner)?);
    Ok(all)
}

fn unsigned(kind: &str, claims: &Map, token: &Value) -> Json {
    json!({
        "layer": kind, "protected": {}, "protectedBytes": 0, "unprotectedBytes": 0, "disclosures": [],
        "payload": named(claims, claim_name), "payloadBytes": token.encode().len(), "signatureBytes": 0,
    })
}

fn layer(name: &str, envelope: &Sign1) -> Result<Json, Reason> {
    let mut protected = envelope.protected.clone();
    protected.0.retain(|(key, _)| key != &Value::Int(sd_cwt::KCWT));
    let disclosures = envelope.unprotected.get(sd_cwt::SD_CLAIMS).and_then(Value::as_array).unwrap_or_default();
    let opened = disclosures.iter().filter_map(Value::as_bytes).map(|bytes| {
        let inner = cbor::decode(bytes, Limits::TOKEN).map_or(Json::Null, |value| plain(&value));
        json!({ "bytes": bytes.len(), "content": inner })
    });
    Ok(json!({
        "layer": name,
        "protected": named(&protected, header_name),
        "protectedBytes": envelope.protected_bytes().len(),
        "unprotectedBytes": Value::Map(envelope.unprotected.clone()).encode().len(),
        "disclosures": opened.collect::<Vec<_>>(),
        "payload": named(&envelope.claims()?, claim_name),
        "payloadBytes": envelope.payload.len(),
        "signatureBytes": envelope.signature.len(),
    }))
}

fn named(map: &Map, name: impl Fn(i64) -> Option<&'static str>) -> Json {
    let pairs = map.0.iter().map(|(key, value)| {
        let label = key.as_int().and_then(&name).map_or_else(|| key_text(key), str::to_owned);
        let is_time = matches!(key, Value::Int(claim::EXP | claim::IAT)) && label.len() == 3;
        let time = value.as_int().filter(|_| is_time).and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        (label, time.map_or_else(|| plain(value), |time| json!(time.to_string())))
    });
    Json::Object(pairs.collect())
}

const fn header_name(key: i64) -> Option<&'static str> {
    Some(match key {
        header::ALG => "alg",
        header::KID => "kid",
        header::TYP => "typ",
        _ => return None,
    })
}

const fn claim_name(key: i64) -> Option<&'static str> {
    Some(match key {
        claim::ISS => "iss",
        claim::SUB => "sub",
        claim::AUD => "aud",
        claim::EXP => "exp",
        claim::IAT => "iat",
        claim::CTI => "cti",
        claim::CNF => "cnf",
        claim::CNONCE => "cnonce",
        claim::PLACE => "place",
        claim::DELEGATION => "delegation",
        claim::VENUE => "venue",
        claim::STATUS => "status",
        claim::HEALTH => "health",
        _ => return None,
    })
}

fn key_text(key: &Value) -> String {
    match key {
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Simple(sd_cwt::REDACTED_KEYS) => "redacted".to_owned(),
        other => format!("{other:?}"),
    }
}

/// A value as JSON: byte strings in hexadecimal.
fn plain(value: &Value) -> Json {
    match value {
        Value::Int(number) => json!(number),
        Value::Bytes(bytes) => json!(format!("h'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())),
        Value::Text(text) => json!(text),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Map(map) => named(map, |_| None),
        Value::Tag(tag, item) => json!({ format!("tag {tag}"): plain(item) }),
        Value::Simple(20) => json!(false),
        Value::Simple(21) => json!(true),
        Value::Simple(22) => Json::Null,
        Value::Float(bits) => json!(f64::from_bits(*bits)),
        Value::Simple(number) => json!(format!("simple({number})")),
    }
}

fn print(output: &Output, report: &Json) -> Result<(), super::output::Failure> {
    output.line(&format!("Nothing of this is verified. Type: {}", report["type"].as_str().unwrap_or_default()))?;
    output.line(&format!(
        "{} bytes, {} characters; QR version {} at L, {} at M, {} at Q",
        report["bytes"], report["characters"], report["qr"]["L"]["version"], report["qr"]["M"]["version"], report["qr"]["Q"]["version"]
    ))?;
    if let Some(serial) = report["serial"].as_str() {
        output.line(&format!("Serial: {serial}"))?;
    }
    if let Some(status) = report["status"].as_object() {
        output.line(&format!("Status: index {} of {}", status["idx"], status["uri"]))?;
    }
    for layer in report["layers"].as_array().into_iter().flatten() {
        output.line(&format!(
            "\n{}: protected {} B, unprotected {} B, payload {} B, signature {} B",
            layer["layer"].as_str().unwrap_or_default(),
            layer["protectedBytes"],
            layer["unprotectedBytes"],
            layer["payloadBytes"],
            layer["signatureBytes"]
        ))?;
        for part in ["protected", "payload"] {
            for (name, value) in layer[part].as_object().into_iter().flatten() {
                output.line(&format!("  {name}: {value}"))?;
            }
        }
        for disclosure in layer["disclosures"].as_array().into_iter().flatten() {
            output.line(&format!("  disclosure of {} B: {}", disclosure["bytes"], disclosure["content"]))?;
        }
    }
    Ok(())
}
