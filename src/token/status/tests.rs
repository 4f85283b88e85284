use super::*;
use crate::{
    entropy::Entropy,
    keys::SecretKey,
    token::trust::{Issuer, IssuerKey, KeyUses, Lifetimes, ListEntry},
};
use proptest::prelude::*;

fn secret(seed: u8) -> SecretKey {
    SecretKey::generate(&mut Entropy::new([seed; 32]))
}

fn bundle(usage: KeyUse) -> TrustBundle {
    let key = IssuerKey { key: secret(2).public(), uses: KeyUses::of(&[usage]), regions: vec![] };
    TrustBundle {
        seq: 1,
        issued_at: UnixTime(0),
        expires_at: UnixTime(9),
        issuers: [("tm:36".into(), Issuer { name: [("en".into(), "x".into())].into(), keys: vec![key] })].into(),
        lists: [("tm:36/0".into(), ListEntry { path: "status/0.cbor".into(), issuer: "tm:36".into() })].into(),
        lifetimes: Lifetimes::default(),
        foreign: crate::token::trust::ForeignKeys::default(),
    }
}

fn list(uri: &str) -> StatusList {
    let array = StatusArray::new(2, vec![0b1110_0100, 0]).unwrap();
    StatusList::new(uri.into(), UnixTime(1_000), Some(UnixTime(900_000)), Some(3600), array)
}

fn sign(unsigned: Unsigned, key: &SecretKey) -> Vec<u8> {
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature).encode()
}

fn token(list: &StatusList, seed: u8) -> Vec<u8> {
    sign(list.to_unsigned(secret(seed).public().id()), &secret(seed))
}

#[test]
fn reads_what_it_writes() {
    let bytes = token(&list("tm:36/0"), 2);
    assert_eq!(bytes, token(&list("tm:36/0"), 2));
    let read = StatusList::parse(&bytes, &bundle(KeyUse::Status)).unwrap().check_here().unwrap().into_inner();
    assert_eq!(read, list("tm:36/0"));
    assert_eq!((0..4).map(|idx| read.get(idx)).collect::<Vec<_>>(), [Ok(VALID), Ok(REVOKED), Ok(SUSPENDED), Ok(YELLOW)]);
    assert_eq!(read.get(8), Err(Reason::StatusIndexOutOfRange { idx: 8 }));
    assert_eq!(read.get(u32::MAX), Err(Reason::StatusIndexOutOfRange { idx: u32::MAX }));
}

#[test]
fn only_the_named_issuers_status_key_counts() {
    let parse = |bytes: &[u8], usage| StatusList::parse(bytes, &bundle(usage)).map(|list| list.check_here().is_ok());
    assert_eq!(parse(&token(&list("tm:36/1"), 2), KeyUse::Status), Err(Reason::UnknownIssuer { issuer: "tm:36/1".into() }));
    assert_eq!(parse(&token(&list("tm:36/0"), 3), KeyUse::Status), Err(Reason::UnknownKey));
    assert_eq!(parse(&token(&list("tm:36/0"), 2), KeyUse::Credential), Err(Reason::KeyUse { layer: LAYER }));
    let forged = sign(list("tm:36/0").to_unsigned(secret(2).public().id()), &secret(3));
    assert_eq!(parse(&forged, KeyUse::Status), Ok(false));
}

/// A token of these claims and this type.
fn odd(claims: &Value, typ: &str) -> Result<(), Reason> {
    let unsigned = Unsigned::new(vec![(header::TYP, Value::text(typ))], Map::default(), claims);
    StatusList::parse(&sign(unsigned, &secret(2)), &bundle(KeyUse::Status)).map(drop)
}

fn claims(bits: i64, lst: Vec<u8>) -> Value {
    let entries = Map(vec![(Value::text("bits"), Value::Int(bits)), (Value::text("lst"), Value::Bytes(lst))]);
    map([(2, Some(Value::text("tm:36/0"))), (6, Some(Value::Int(1))), (65533, Some(Value::Map(entries)))])
}

#[test]
fn one_reason_for_each_fault_of_the_token() {
    let zlib = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9);
    assert_eq!(odd(&claims(2, zlib(&[0])), labels::STATUS_LIST_TYP), Ok(()));
    assert_eq!(odd(&claims(2, zlib(&[0])), labels::BUNDLE_TYP), Err(Reason::WrongType { layer: LAYER }));
    for bits in [0, 3, 16, -1, 258] {
        assert_eq!(odd(&claims(bits, zlib(&[0])), labels::STATUS_LIST_TYP), Err(MALFORMED), "{bits}");
    }
    assert_eq!(odd(&claims(2, vec![1, 2, 3]), labels::STATUS_LIST_TYP), Err(MALFORMED));
    let whole = zlib(&[7; 100]);
    assert_eq!(odd(&claims(2, whole[..whole.len() - 1].to_vec()), labels::STATUS_LIST_TYP), Err(MALFORMED));
    assert_eq!(odd(&claims(2, zlib(&vec![0; (4 << 20) + 1])), labels::STATUS_LIST_TYP), Err(Reason::CborTooLarge));
    for key in [2, 6, 65533] {
        let Value::Map(mut less) = claims(2, zlib(&[0])) else { unreachable!() };
        less.0.retain(|(found, _)| found != &Value::Int(key));
        assert_eq!(odd(&Value::Map(less), labels::STATUS_LIST_TYP), Err(MALFORMED), "{key}");
    }
}

#[test]
fn a_list_ages_and_ends() {
    let list = list("tm:36/0");
    assert_eq!(list.fitness(UnixTime(1_000 + 3600), 3600), Ok(()));
    assert_eq!(list.fitness(UnixTime(0), 3600), Ok(()));
    assert_eq!(list.fitness(UnixTime(1_001 + 3600), 3600), Err(Reason::StatusTooOld { issued_at: UnixTime(1_000) }));
    assert_eq!(list.fitness(UnixTime(900_120), u32::MAX), Err(Reason::Expired { layer: LAYER, expired_at: UnixTime(900_000) }));
}

#[test]
fn the_drafts_examples_are_read() {
    // draft-ietf-oauth-status-list-21 §4.1: bytes b9 a3 with one bit, c9 44 f9 with two.
    let one = StatusArray::inflate(1, &[0x78, 0xda, 0xdb, 0xb9, 0x18, 0, 2, 0x17, 1, 0x5d]).unwrap();
    let bits: Vec<_> = (0..16).map(|idx| one.get(idx).unwrap()).collect();
    assert_eq!(bits, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    let two = StatusArray::inflate(2, &[0x78, 0xda, 0x3b, 0xe9, 0xf2, 0x13, 0, 3, 0xdf, 2, 7]).unwrap();
    let pairs: Vec<_> = (0..12).map(|idx| two.get(idx).unwrap()).collect();
    assert_eq!(pairs, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
}

proptest! {
    #[test]
    fn entries_keep_their_places(bits in proptest::sample::select(vec![1_u8, 2, 4, 8]), sets in proptest::collection::vec((0_u32..64, any::<u8>()), 0..80)) {
        let mut array = StatusArray::new(bits, vec![0; 8 * usize::from(bits)]).unwrap();
        let mut model = [0_u8; 64];
        for (idx, value) in sets {
            array.set(idx, value).unwrap();
            model[idx as usize] = value & (0xff >> (8 - bits));
        }
        let back = StatusArray::from_map(&array.to_map()).unwrap();
        prop_assert_eq!(back.len(), 64);
        for (idx, value) in model.iter().enumerate() {
            prop_assert_eq!(back.get(u32::try_from(idx).unwrap()), Ok(*value));
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = StatusArray::inflate(2, &bytes);
        let _ = StatusList::parse(&bytes, &bundle(KeyUse::Status));
    }
}
