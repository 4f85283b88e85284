//! Keys of foreign issuers as they publish them: JWK sets, directories of SMART issuers, DID documents.
//!
//! Used when a bundle is made, never by a gate.

use crate::{
    keys::{KeyType, PublicKey},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{
        Format,
        trust::{ALL_USES, ForeignKey, RevokedId},
    },
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// The key of a JWK on P-256 (RFC 7518 §6.2).
#[must_use]
pub fn from_jwk(jwk: &Json) -> Option<PublicKey> {
    if jwk["kty"] != "EC" || jwk["crv"] != "P-256" {
        return None;
    }
    let coordinate = |name: &str| from_base64url(jwk[name].as_str()?).filter(|bytes| bytes.len() == 32);
    PublicKey::from_sec1(&[vec![4], coordinate("x")?, coordinate("y")?].concat())
}

/// The thumbprint of a JWK (RFC 7638): SHA-256 over its required members in their order, base64url.
#[must_use]
pub fn thumbprint(key: &PublicKey) -> Option<String> {
    let point = key.expanded().filter(|_| key.key_type() == KeyType::P256)?;
    let (x, y) = point.get(1..)?.split_at_checked(32)?;
    // Members stand in the order of their names, as the map of `json!` has them.
    let required = json!({ "crv": "P-256", "kty": "EC", "x": to_base64url(x), "y": to_base64url(y) });
    Some(to_base64url(&Sha256::digest(required.to_string())))
}

/// The keys of a SMART issuer: those for signing on P-256 whose kid is their thumbprint. `crls` is an array of card revocation
/// lists (`{"kid", "method": "rid", "rids"}`), or null. None when there is no usable key.
#[must_use]
pub fn from_jwks(jwks: &Json, issuer: &str, crls: &Json) -> Option<Vec<ForeignKey>> {
    if !issuer.starts_with("https://") || issuer.ends_with('/') {
        return None;
    }
    let keys = jwks["keys"].as_array()?.iter().filter_map(|jwk| {
        let key = from_jwk(jwk)?;
        let kid = jwk["kid"].as_str().filter(|kid| Some(*kid) == thumbprint(&key).as_deref())?;
        let lists = crls.as_array().into_iter().flatten().filter(|list| list["kid"] == kid && list["method"] == "rid");
        let mut revoked: Vec<_> = lists.flat_map(|list| list["rids"].as_array().into_iter().flatten()).filter_map(revoked_id).collect();
        revoked.sort_unstable();
        Some(foreign(Format::Smart, issuer, kid, key, revoked))
    });
    Some(keys.collect::<Vec<_>>()).filter(|keys| !keys.is_empty())
}

/// The keys of a snapshot of a directory of SMART issuers: `{"issuerInfo": [{"issuer": {"iss"}, "keys": [jwk], ? "crls"}]}`.
#[must_use]
pub fn from_directory(directory: &Json) -> Option<Vec<ForeignKey>> {
    let issuers = directory["issuerInfo"].as_array()?.iter().filter_map(|info| {
        let issuer = info["issuer"]["iss"].as_str()?;
        from_jwks(&json!({ "keys": info["keys"] }), issuer, &info["crls"])
    });
    Some(issuers.flatten().collect::<Vec<_>>()).filter(|keys| !keys.is_empty())
}

/// The keys of a `did:web` document that may make assertions (DID Core §5.3.2), by the fragments of their names.
#[must_use]
pub fn from_did_document(document: &Json) -> Option<Vec<ForeignKey>> {
    let did = document["id"].as_str().filter(|did| did.starts_with("did:web:"))?;
    let methods = document["verificationMethod"].as_array()?;
    let keys = document["assertionMethod"].as_array()?.iter().filter_map(|asserting| {
        // A method is named, or stands here itself.
        let method = match asserting.as_str() {
            Some(name) => methods.iter().find(|method| method["id"] == name)?,
            None => asserting,
        };
        let kid = method["id"].as_str()?.strip_prefix(did)?.strip_prefix('#').filter(|kid| !kid.is_empty())?;
        let own = method["controller"] == did && method["type"] == "JsonWebKey2020";
        Some(foreign(Format::Nzcp, did, kid, from_jwk(&method["publicKeyJwk"]).filter(|_| own)?, Vec::new()))
    });
    Some(keys.collect::<Vec<_>>()).filter(|keys| !keys.is_empty())
}

fn foreign(format: Format, issuer: &str, kid: &str, key: PublicKey, revoked: Vec<RevokedId>) -> ForeignKey {
    ForeignKey {
        format,
        issuer: issuer.to_owned(),
        kid: kid.as_bytes().to_vec(),
        key,
        uses: ALL_USES,
        valid_from: None,
        valid_until: None,
        revoked,
    }
}

/// `rid` or `rid.seconds`: then only cards made before are revoked.
fn revoked_id(entry: &Json) -> Option<RevokedId> {
    let text = entry.as_str()?;
    let (rid, before) = match text.split_once('.') {
        None => (text, None),
        Some((rid, seconds)) => (rid, Some(UnixTime(seconds.parse().ok()?))),
    };
    Some(RevokedId { rid: rid.to_owned(), before })
}
