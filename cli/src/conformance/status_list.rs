//! Examples of draft-ietf-oauth-status-list: signed tokens and encodings, as hexadecimal in Markdown files.

use super::{Tally, wycheproof::unhex};
use crate::output::{Failure, read};
use std::path::Path;
use tongma::{
    cbor::{self, Limits, Value},
    cose::Sign1,
    keys::PublicKey,
    labels::claim,
    reason::{Layer, Reason},
    text::from_base64url,
    token::status::{StatusArray, StatusList},
};

/// The examples' key.
const X: &str = "I3HWm_0Ds1dPMI-IWmf4mBmH-YaeAVbPVu7vB27CxXo";
const Y: &str = "6N_d5Elj9bs1htgV3okJKIdbHEpkgTmAluYKJemzn1M";

/// Indices of the draft's long examples that are not 0, for one bit and for two.
const LONG: [(&str, &[(u32, u8)]); 2] = [
    (
        "status_list_encoding1_long_cbor.md",
        &[
            (0, 1),
            (1993, 1),
            (25460, 1),
            (159_495, 1),
            (495_669, 1),
            (554_353, 1),
            (645_645, 1),
            (723_232, 1),
            (854_545, 1),
            (934_534, 1),
            (1_000_345, 1),
        ],
    ),
    (
        "status_list_encoding2_long_cbor.md",
        &[
            (0, 1),
            (1993, 2),
            (25460, 1),
            (159_495, 3),
            (495_669, 1),
            (554_353, 1),
            (645_645, 2),
            (723_232, 1),
            (854_545, 1),
            (934_534, 2),
            (1_000_345, 3),
        ],
    ),
];
const SHORT: [&str; 2] = ["status_list_encoding_cbor.md", "status_list_encoding2_cbor.md"];

pub(super) fn run(folder: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let point = [vec![4], from_base64url(X).unwrap_or_default(), from_base64url(Y).unwrap_or_default()].concat();
    let key = PublicKey::from_sec1(&point).ok_or_else(|| Failure::Text("the examples' key".to_owned()))?;
    let bytes = |file: &str| -> Result<Option<Vec<u8>>, Failure> {
        let path = folder.join(file);
        if !path.exists() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&read(&path)?).into_owned();
        Ok(unhex(text.split("encoded:").last().unwrap_or_default()))
    };
    match bytes("status_list_cwt.md")? {
        Some(bytes) => tally.row("status_list_cwt.md", list(&bytes, &key).err().map(|reason| reason.code().to_owned())),
        None => tally.skipped += 1,
    }
    match bytes("referenced_token_cwt.md")? {
        Some(bytes) => tally.row("referenced_token_cwt.md", referenced(&bytes, &key).err().map(|reason| reason.code().to_owned())),
        None => tally.skipped += 1,
    }
    for file in SHORT {
        let Some(encoded) = bytes(file)? else {
            tally.skipped += 1;
            continue;
        };
        let text = String::from_utf8_lossy(&read(&folder.join(file))?).into_owned();
        tally.compare(file, &array(&encoded).map(|array| packed(&array)), &Ok(byte_array(&text)));
    }
    for (file, expected) in LONG {
        let Some(encoded) = bytes(file)? else {
            tally.skipped += 1;
            continue;
        };
        match array(&encoded) {
            Err(reason) => tally.row(file, Some(reason.code().to_owned())),
            Ok(array) => {
                let set = (0..1 << 20).filter_map(|idx| array.get(idx).ok().filter(|value| *value != 0).map(|value| (idx, value)));
                tally.compare(file, &set.collect::<Vec<_>>(), &expected.to_vec());
            }
        }
    }
    Ok(tally)
}

/// The signed list: its signature, and the two bytes of the draft's first example.
fn list(bytes: &[u8], key: &PublicKey) -> Result<(), Reason> {
    let layer = Layer::StatusList;
    let list = StatusList::parse_with_keys(bytes, vec![key.clone()])?.check_here().map_err(|_| Reason::BadSignature { layer })?;
    let right = packed(&list.get().array()) == [0xb9, 0xa3] && list.get().uri() == "https://example.com/statuslists/1";
    if !right {
        return Err(Reason::TokenMalformed { layer });
    }
    let mut altered = bytes.to_vec();
    if let Some(last) = altered.last_mut() {
        *last ^= 1;
    }
    match StatusList::parse_with_keys(&altered, vec![key.clone()])?.check_here() {
        Ok(_) => Err(Reason::BadSignature { layer }),
        Err(_) => Ok(()),
    }
}

/// The token that refers to a list: its signature and its reference.
fn referenced(bytes: &[u8], key: &PublicKey) -> Result<(), Reason> {
    let layer = Layer::Credential;
    let envelope = Sign1::parse(&cbor::decode(bytes, Limits::TOKEN)?, layer)?;
    let check = envelope.check(vec![key.clone()]);
    if !key.verify(&check.message, &check.signature) {
        return Err(Reason::BadSignature { layer });
    }
    let claims = envelope.claims()?;
    let list = claims.get(claim::STATUS).and_then(|status| status.as_map()?.find(&Value::text("status_list"))?.as_map());
    let idx = list.and_then(|list| list.find(&Value::text("idx"))?.as_int());
    if idx == Some(0) { Ok(()) } else { Err(Reason::TokenMalformed { layer }) }
}

fn array(encoded: &[u8]) -> Result<StatusArray, Reason> {
    match cbor::decode(encoded, Limits::FILE)? {
        Value::Map(map) => StatusArray::from_map(&map),
        _ => Err(Reason::TokenMalformed { layer: Layer::StatusList }),
    }
}

/// The array's bytes, packed anew from its values.
fn packed(array: &StatusArray) -> Vec<u8> {
    let bits = u32::from(array.bits());
    let count = u32::try_from(array.len()).unwrap_or(0);
    let mut bytes = vec![0_u8; (count * bits).div_ceil(8) as usize];
    for idx in 0..count {
        let at = idx * bits;
        bytes[(at / 8) as usize] |= array.get(idx).unwrap_or(0) << (at % 8);
    }
    bytes
}

/// `byte_array = [0xb9, 0xa3]`
fn byte_array(text: &str) -> Vec<u8> {
    let inner = text.split_once("byte_array = [").and_then(|(_, rest)| rest.split_once(']')).map(|(inner, _)| inner);
    inner.unwrap_or_default().split(',').filter_map(|item| u8::from_str_radix(item.trim().trim_start_matches("0x"), 16).ok()).collect()
}
