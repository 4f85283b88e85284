//! The issuer: signs credentials, venue codes and paper codes.

use crate::{
    cbor::Value,
    cose::Unsigned,
    entropy::Entropy,
    keys::SecretKey,
    labels::claim,
    token::{self, ClaimName, CredentialClaims, Paper, Venue},
};

/// Issues a credential: an SD-CWT (typ 293) whose claims named in `redact` are disclosed only if the holder wants.
///
/// Each redaction costs about 34 bytes in every presentation, a disclosed one 27 more; `token::to_text` makes the result a
/// text for a QR code.
#[must_use]
pub fn issue(key: &SecretKey, claims: &CredentialClaims, redact: &[ClaimName], entropy: &mut Entropy) -> Value {
    let hidden = |key: &Value| redact.iter().any(|name| key == &Value::Int(name.key()));
    signed(key, token::issue(claims.to_map(), claim::HEALTH, hidden, key.public().id(), entropy))
}

/// Issues a venue code, for a poster or for a gate to show within its challenges.
#[must_use]
pub fn issue_venue(key: &SecretKey, venue: &Venue) -> Value {
    signed(key, venue.to_unsigned(key.public().id()))
}

/// Issues a paper code.
#[must_use]
pub fn issue_paper(key: &SecretKey, paper: &Paper) -> Value {
    signed(key, paper.to_unsigned(key.public().id()))
}

fn signed(key: &SecretKey, unsigned: Unsigned) -> Value {
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature)
}
