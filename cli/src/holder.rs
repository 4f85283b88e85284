//! Commands of the holder: key, present.

use super::{
    Done,
    arguments::{KeyCommand, Present},
    output::{Failure, Output, read_text},
};
use std::path::Path;
use tongma::{
    entropy::Entropy,
    keys::SecretKey,
    reason::Reason,
    roles::holder::{HeldCredential, Showing},
    token::{ClaimName, to_text},
};
use tongma_authority::{server::now, write_secret};

pub(super) fn key(output: &Output, command: KeyCommand) -> Done {
    let KeyCommand::New { file } = command;
    let key = SecretKey::generate(&mut random()?);
    write_secret(&file, &key).map_err(|error| Failure::Text(format!("{}: {error}", file.display())))?;
    if output.json() {
        output.value(&serde_json::json!({ "publicKey": key.public() }))?;
    } else {
        output.line(&format!("{}: a new P-256 key.", file.display()))?;
    }
    Ok(true)
}

pub(super) fn present(output: &Output, arguments: &Present) -> Done {
    let held = HeldCredential::read(read_text(&arguments.credential)?.trim_matches(['\r', '\n']))?;
    let key = secret_key(&arguments.holder_key)?;
    if key.public() != held.claims().holder {
        return Err(Reason::CredentialForeignKey.into());
    }
    if let Some(missing) = arguments.disclose.iter().find(|name| !held.claims().claims.contains_key(name)) {
        let there: Vec<_> = held.claims().claims.keys().copied().map(ClaimName::name).collect();
        return Err(Failure::Text(format!("the credential has no {}; it has: {}", missing.name(), there.join(", "))));
    }
    let showing = Showing {
        disclose: arguments.disclose.clone(),
        audience: arguments.aud.clone(),
        nonce: arguments.nonce.as_ref().map(|nonce| nonce.0.clone()),
        group: arguments.group.clone(),
    };
    let (unsigned, binding) = held.present(&showing, arguments.at.unwrap_or_else(now))?;
    let signature = key.sign(&unsigned.message());
    let text = to_text(&unsigned.finish(&signature));
    if output.json() {
        output.value(&serde_json::json!({ "presentation": text, "issuedAt": binding.issued_at, "expiresAt": binding.expires_at }))?;
    } else {
        output.line(&text)?;
    }
    Ok(true)
}

/// The system's random source.
pub(super) fn random() -> Result<Entropy, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| Failure::Text(error.to_string()))?;
    Ok(Entropy::new(seed))
}

/// Reads a key file.
pub(super) fn secret_key(path: &Path) -> Result<SecretKey, Failure> {
    SecretKey::from_pem(&read_text(path)?).ok_or_else(|| Failure::Text(format!("{}: not a P-256 key in PKCS #8 PEM", path.display())))
}
