//! C2SP/wycheproof `ecdsa_secp256r1_sha256_p1363_test.json`: signatures as r ‖ s.

use super::Tally;
use crate::output::{Failure, read};
use serde::Deserialize;
use std::path::Path;
use tongma::keys::PublicKey;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    public_key: Key,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Key {
    uncompressed: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    tc_id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: String,
}

pub(super) fn run(path: &Path) -> Result<Tally, Failure> {
    let file: File = serde_json::from_slice(&read(path)?).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
    let mut tally = Tally::default();
    for Group { public_key, tests } in file.test_groups {
        let key = unhex(&public_key.uncompressed).and_then(|point| PublicKey::from_sec1(&point));
        for Test { tc_id, comment, msg, sig, result } in tests {
            let good = match (&key, unhex(&msg), unhex(&sig)) {
                (Some(key), Some(message), Some(signature)) => key.verify(&message, &signature),
                _ => false,
            };
            match result.as_str() {
                "acceptable" => tally.skipped += 1,
                expected => tally.compare(&format!("tcId {tc_id} ({comment})"), &good, &(expected == "valid")),
            }
        }
    }
    Ok(tally)
}

/// Bytes of hexadecimal text; white space is passed over.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok().filter(|_| pair.len() == 2));
    pairs.collect()
}
