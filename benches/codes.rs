//! Codes for `stream.sh`: as many as asked for, each of another person, by the authority of a folder; one a line.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    env, fs,
    io::{BufWriter, Write, stdout},
    path::Path,
    time::SystemTime,
};
use tongma::{
    cbor::Value,
    entropy::Entropy,
    keys::SecretKey,
    labels::ANY_AUDIENCE,
    roles::issuer,
    time::UnixTime,
    token::{Binding, ClaimName, Colour, CredentialClaims, Presentation, StatusReference, to_text},
};
use tongma_authority::{ENTRIES, ISSUER, REGION};

fn main() {
    // Cargo adds an argument of its own.
    let words: Vec<_> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [folder, count] = &words[..] else { return };
    let issuer_key = SecretKey::from_pem(&fs::read_to_string(Path::new(folder).join("issuer.pem")).unwrap()).unwrap();
    let now = UnixTime(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap());
    let mut entropy = Entropy::new([1; 32]);
    let mut out = BufWriter::new(stdout().lock());
    for _ in 0..count.parse::<u32>().unwrap() {
        let holder = SecretKey::generate(&mut entropy);
        let claims = CredentialClaims {
            issuer: ISSUER.into(),
            issued_at: now,
            expires_at: now.plus(7 * 86_400),
            holder: holder.public(),
            colour: Colour::Green,
            region: REGION,
            reason: None,
            kind: 0,
            relation: None,
            // The list need not know of it: an entry that was never given out says nothing against anybody.
            status: Some(StatusReference { idx: u32::from_be_bytes(entropy.bytes()) % ENTRIES, uri: format!("{ISSUER}/0") }),
            claims: [(ClaimName::Name, Value::text("甲**"))].into(),
        };
        let credential = issuer::issue(&issuer_key, &claims, &[], &mut entropy);
        let binding = Binding { audience: ANY_AUDIENCE.into(), issued_at: now, expires_at: now.plus(900), nonce: None, group: None };
        let unsigned = Presentation::unsigned(credential, &binding);
        let signature = holder.sign(&unsigned.message());
        writeln!(out, "{}", to_text(&unsigned.finish(&signature))).unwrap();
    }
}
