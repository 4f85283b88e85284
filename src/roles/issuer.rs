//! The issuer: signs credentials and venue codes.

use crate::{
    cbor::Value,
    entropy::Entropy,
    keys::SecretKey,
    labels::claim,
    token::{self, ClaimName, CredentialClaims, Venue},
};

/// Issues a credential: an SD-CWT (typ 293) whose claims named in `redact` are disclosed only if the holder wants.
///
/// Each redaction costs about 34 bytes in every presentation, a disclosed one 27 more; `token::to_text` makes the result a
/// text for a QR code.
#[must_use]
pub fn issue(key: &SecretKey, claims: &CredentialClaims, redact: &[ClaimName], entropy: &mut Entropy) -> Value {
    let hidden = |key: &Value| redact.iter().any(|name| key == &Value::Int(name.key()));
    let unsigned = token::issue(claims.to_map(), claim::HEALTH, hidden, key.public().id(), entropy);
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature)
}

/// Issues a venue code, for a poster or for a gate to show within its challenges.
#[must_use]
pub fn issue_venue(key: &SecretKey, venue: &Venue) -> Value {
    let unsigned = venue.to_unsigned(key.public().id());
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature)
}
