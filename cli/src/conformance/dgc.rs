//! eu-digital-green-certificates/dgc-testdata: passes of 35 countries, each with its signer's certificate.

use super::{Tally, foreign};
use crate::output::Failure;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value as Json;
use std::path::Path;
use tongma::formats::x509::Certificate;

/// The certificate of the passes that belong to no country names none; the passes are made in Austria's name.
const NO_COUNTRY: &str = "AT";

/// What a row's flag set to false is about, and the reasons that say so.
const FAULTS: [(&str, &[&str]); 6] = [
    ("B45DECODE", &["text-malformed"]),
    ("UNPREFIX", &["not-a-pass"]),
    ("COMPRESSION", &["token-malformed"]),
    ("VERIFY", &["bad-signature", "unknown-key"]),
    ("KEYUSAGE", &["key-use"]),
    ("EXPIRATIONCHECK", &["expired", "key-not-valid"]),
];

pub(super) fn run(path: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    for row in foreign::rows(path)? {
        let name = row["id"].as_str().unwrap_or_default();
        let expect = row["expect"].as_str().unwrap_or_default();
        if expect == "unclaimed" || !row["mislabelled"].is_null() {
            tally.skipped += 1;
        } else {
            tally.row(name, difference(&row, expect == "accept")?);
        }
    }
    Ok(tally)
}

fn difference(row: &Json, accept: bool) -> Result<Option<String>, Failure> {
    let now = foreign::clock(row);
    let bytes = row["cert_b64"].as_str().and_then(|text| STANDARD.decode(text).ok());
    let key = bytes.as_deref().and_then(Certificate::from_der).map(|certificate| {
        let issuer = certificate.country.clone().unwrap_or_else(|| NO_COUNTRY.to_owned());
        certificate.into_foreign_key(issuer)
    });
    if key.is_none() && bytes.is_some_and(|bytes| !bytes.is_empty()) {
        return Ok(Some("the certificate can't be read".to_owned()));
    }
    let text = row["prefix"].as_str().unwrap_or_default().to_owned();
    let Some(verdict) = foreign::judge(&foreign::store(key, now)?, &[text], now) else { return Ok(None) };
    let reason = verdict.reason.as_deref().unwrap_or_default();
    let told = |flag: &str| row["flags"][flag] == false;
    let wanted: Vec<_> = FAULTS.iter().filter(|(flag, _)| told(flag)).flat_map(|(_, reasons)| reasons.iter().copied()).collect();
    let fits = match accept {
        true => foreign::accepts(&verdict) && verdict.disclosed.contains_key("birth-date"),
        false => !foreign::accepts(&verdict) && verdict.disclosed.is_empty() && (wanted.is_empty() || wanted.contains(&reason)),
    };
    Ok((!fits).then(|| format!("{:?} {reason}, expected {} {wanted:?}", verdict.outcome, if accept { "genuine" } else { "a refusal" })))
}
