//! Keys of foreign issuers: from files into the authority's bundle.

use super::{
    Done,
    arguments::{ForeignFormat, TrustCommand},
    output::{Failure, Output, read},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use tongma::{
    formats::{jwk, x509::Certificate},
    token::{
        Format,
        trust::{ForeignKey, ForeignKeys},
    },
};
use tongma_authority::{Authority, server::now};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

pub(super) fn run(output: &Output, command: TrustCommand) -> Done {
    match command {
        TrustCommand::Import { authority, format, issuer, files } => import(output, &authority, format, issuer.as_deref(), &files),
        TrustCommand::List { authority } => {
            let keys = Authority::open(&authority)?.foreign_keys()?;
            keys.all().iter().try_for_each(|key| list(output, key))?;
            Ok(true)
        }
        TrustCommand::Remove { authority, format, issuer, kid } => {
            let goes = |key: &ForeignKey| {
                let named = kid.as_ref().is_none_or(|kid| *kid == shown_kid(key));
                key.format == self::format(format) && key.issuer == issuer && named
            };
            let authority = Authority::open(&authority)?;
            let gone = authority.foreign_keys()?.all().iter().filter(|key| goes(key)).count();
            if gone == 0 {
                return Err(Failure::Text(format!("{issuer}: no such key is in the bundle")));
            }
            let keys = authority.change_foreign_keys(now(), |keys| keys.into_iter().filter(|key| !goes(key)).collect())?;
            told(output, &keys, &format!("{gone} keys removed"))
        }
    }
}

const fn format(format: ForeignFormat) -> Format {
    match format {
        ForeignFormat::Eu => Format::EuDcc,
        ForeignFormat::Smart => Format::Smart,
        ForeignFormat::Nz => Format::Nzcp,
    }
}

fn import(output: &Output, authority: &Path, format: ForeignFormat, issuer: Option<&str>, files: &[PathBuf]) -> Done {
    let authority = Authority::open(authority)?;
    let mut fresh = Vec::new();
    for path in files {
        let bytes = read(path)?;
        let keys = match format {
            ForeignFormat::Eu => certificates(&bytes, issuer),
            ForeignFormat::Smart => smart(&json(&bytes)?, issuer),
            ForeignFormat::Nz => jwk::from_did_document(&json(&bytes)?),
        };
        fresh.extend(explained(keys, path, format)?);
    }
    let count = fresh.len();
    let keys = authority.change_foreign_keys(now(), |held| {
        // A JWK set or DID document is the whole of an issuer's keys; a certificate is one of many.
        let replaced =
            |key: &ForeignKey| key.format != Format::EuDcc && fresh.iter().any(|new| new.format == key.format && new.issuer == key.issuer);
        let kept: Vec<_> = held.into_iter().filter(|key| !replaced(key)).collect();
        fresh.iter().cloned().chain(kept).collect()
    })?;
    told(output, &keys, &format!("{count} keys imported"))
}

/// The keys, or what the file should have held.
fn explained(keys: Option<Vec<ForeignKey>>, path: &Path, format: ForeignFormat) -> Result<Vec<ForeignKey>, Failure> {
    let wanted = match format {
        ForeignFormat::Eu => {
            "certificates (PEM or DER) with a key on P-256 or P-384 or an RSA key; name the country with --issuer where they name none"
        }
        ForeignFormat::Smart => {
            "a JWK set with keys on P-256 whose kid is their thumbprint and its issuer's https address (\"iss\" or --issuer), \
             or a directory of issuers"
        }
        ForeignFormat::Nz => "a did:web document with keys on P-256 that may make assertions",
    };
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| Failure::Text(format!("{}: not {wanted}", path.display())))
}

fn json(bytes: &[u8]) -> Result<Json, Failure> {
    serde_json::from_slice(bytes).map_err(|error| Failure::Text(format!("no JSON: {error}")))
}

/// One certificate in DER, or any number in PEM.
fn certificates(bytes: &[u8], country: Option<&str>) -> Option<Vec<ForeignKey>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains(BEGIN));
    let Some(text) = text else { return Some(vec![certificate(bytes, country)?]) };
    let block = |part: &str| {
        let inner: String = part.split_once(END)?.0.split_whitespace().collect();
        certificate(&STANDARD.decode(inner).ok()?, country)
    };
    text.split(BEGIN).skip(1).map(block).collect()
}

fn certificate(der: &[u8], country: Option<&str>) -> Option<ForeignKey> {
    let certificate = Certificate::from_der(der)?;
    // What a certificate says of itself comes first: the argument is for those that say nothing.
    let issuer = certificate.country.clone().or_else(|| country.map(str::to_ascii_uppercase))?;
    Some(certificate.into_foreign_key(issuer))
}

fn smart(file: &Json, issuer: Option<&str>) -> Option<Vec<ForeignKey>> {
    if file["issuerInfo"].is_array() {
        return jwk::from_directory(file);
    }
    jwk::from_jwks(file, issuer.or_else(|| file["iss"].as_str())?, &file["crls"])
}

/// EU identifiers are bytes, the others texts.
fn shown_kid(key: &ForeignKey) -> String {
    match key.format {
        Format::EuDcc => key.kid.iter().map(|byte| format!("{byte:02x}")).collect(),
        _ => String::from_utf8_lossy(&key.kid).into_owned(),
    }
}

fn list(output: &Output, key: &ForeignKey) -> Result<(), Failure> {
    let kid = shown_kid(key);
    if output.json() {
        return output.value(&json!({
            "format": key.format, "issuer": key.issuer, "kid": kid, "uses": key.uses,
            "validFrom": key.valid_from, "validUntil": key.valid_until, "revoked": key.revoked.len(),
        }));
    }
    let format = serde_json::to_value(key.format).unwrap_or_default();
    output.line(&format!("{} {} {kid}", format.as_str().unwrap_or_default(), key.issuer))
}

fn told(output: &Output, keys: &ForeignKeys, what: &str) -> Done {
    if output.json() {
        output.value(&json!({ "keys": keys.all().len() }))?;
    } else {
        output.line(&format!("{what}; the bundle is published with {} foreign keys.", keys.all().len()))?;
    }
    Ok(true)
}
