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
        people: None,
        rules: Vec::new(),
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

fn delta_token(delta: &StatusDelta, seed: u8) -> Vec<u8> {
    sign(delta.to_unsigned(secret(seed).public().id()), &secret(seed))
}

fn at(time: i64, bytes: Vec<u8>) -> StatusList {
    StatusList::new("tm:36/0".into(), UnixTime(time), None, None, StatusArray::new(2, bytes).unwrap())
}

#[test]
fn a_delta_is_read_as_written_and_fits_every_list_since() {
    let (old, middle, new) = (at(100, vec![0, 0, 0b11, 1]), at(150, vec![0, 9, 0b11, 2]), at(200, vec![0, 0, 0b10, 2]));
    // Entry 4 changed and changed back, which who stands in the middle has to be told.
    let delta = StatusDelta::new(&new, UnixTime(100), vec![12, 8, 4, 5, 8]).unwrap();
    let read = StatusDelta::parse(&delta_token(&delta, 2), &bundle(KeyUse::Status)).unwrap().check_here().unwrap().into_inner();
    assert_eq!(read, delta);
    assert_eq!(read.changes(), [(4, 0), (5, 0), (8, 2), (12, 2)]);
    assert_eq!(old.with(&read), Ok(new.clone()));
    assert_eq!(middle.with(&read), Ok(new.clone()));
    assert_eq!(new.with(&read), Ok(new.clone()));
    let between = StatusDelta::between(&old, &new).unwrap();
    assert_eq!(between.changes(), [(8, 2), (12, 2)]);
    assert_eq!(old.with(&between), Ok(new.clone()));
    assert_eq!(middle.with(&between), Err(Reason::DeltaMismatch));
    assert_eq!(StatusDelta::between(&new, &old).unwrap_err().code(), "list-older");
    assert_eq!(StatusDelta::between(&old, &list("tm:36/1")).unwrap_err().code(), "delta-other-base");
}

#[test]
fn one_reason_for_each_delta_that_does_not_fit() {
    let new = at(200, vec![0, 0, 0b10, 2]);
    let delta = StatusDelta::new(&new, UnixTime(100), vec![8, 12]).unwrap();
    let told = |held: StatusList| held.with(&delta).unwrap_err();
    assert_eq!(told(at(99, vec![0; 4])), Reason::DeltaOtherBase { held_at: UnixTime(99), since_at: UnixTime(100) });
    assert_eq!(told(at(201, vec![0; 4])), Reason::ListOlder { held_at: UnixTime(201), offered_at: UnixTime(200) });
    assert_eq!(
        told(StatusList::new("tm:36/1".into(), UnixTime(150), None, None, StatusArray::new(2, vec![0; 4]).unwrap())).code(),
        "delta-other-base"
    );
    assert_eq!(
        told(StatusList::new("tm:36/0".into(), UnixTime(150), None, None, StatusArray::new(1, vec![0; 4]).unwrap())).code(),
        "delta-other-base"
    );
    assert_eq!(told(at(150, vec![0; 3])), Reason::StatusIndexOutOfRange { idx: 12 });
    assert_eq!(told(at(150, vec![0, 1, 0, 0])), Reason::DeltaMismatch);
    assert_eq!(told(at(150, vec![0; 5])), Reason::DeltaMismatch, "another length");
}

#[test]
fn one_reason_for_each_fault_of_a_delta() {
    let new = at(200, vec![0, 0, 0b10, 2]);
    let delta = StatusDelta::new(&new, UnixTime(100), vec![8, 12]).unwrap();
    let parse = |bytes: &[u8], usage| StatusDelta::parse(bytes, &bundle(usage)).map(|delta| delta.check_here().is_ok());
    let good = delta_token(&delta, 2);
    assert_eq!(parse(&good, KeyUse::Status), Ok(true));
    assert_eq!(parse(&good, KeyUse::Credential), Err(Reason::KeyUse { layer: LAYER }));
    assert_eq!(parse(&delta_token(&delta, 3), KeyUse::Status), Err(Reason::UnknownKey));
    assert_eq!(parse(&sign(delta.to_unsigned(secret(2).public().id()), &secret(3)), KeyUse::Status), Ok(false));
    assert_eq!(parse(&good[..good.len() - 1], KeyUse::Status), Err(Reason::CborTruncated));
    assert_eq!(parse(&token(&list("tm:36/0"), 2), KeyUse::Status), Err(Reason::WrongType { layer: LAYER }));
    assert_eq!(StatusList::parse(&good, &bundle(KeyUse::Status)).map(drop), Err(Reason::WrongType { layer: LAYER }));

    let changes = |pairs: &[(i64, Value)]| Value::Map(Map(pairs.iter().map(|(key, value)| (Value::Int(*key), value.clone())).collect()));
    let whole = [(1, Value::Int(1)), (2, Value::Int(2)), (3, Value::Bytes(vec![7])), (4, Value::Bytes(vec![0; 16]))];
    let odd = |claims: Value| {
        let protected =
            vec![(header::KID, Value::Bytes(secret(2).public().id().to_vec())), (header::TYP, Value::text(labels::STATUS_DELTA_TYP))];
        parse(&sign(Unsigned::new(protected, Map::default(), &claims), &secret(2)), KeyUse::Status)
    };
    let claims =
        |uri: &str, changes: Value| map([(2, Some(Value::text(uri))), (6, Some(Value::Int(1))), (claim::STATUS_DELTA, Some(changes))]);
    assert_eq!(odd(claims("tm:36/0", changes(&whole))), Ok(true));
    assert_eq!(odd(claims("tm:36/1", changes(&whole))), Err(Reason::UnknownIssuer { issuer: "tm:36/1".into() }));
    assert_eq!(odd(claims("", changes(&whole))), Err(MALFORMED));
    for fault in 0..4 {
        let mut less = whole.to_vec();
        less.remove(fault);
        assert_eq!(odd(claims("tm:36/0", changes(&less))), Err(MALFORMED), "without {}", fault + 1);
    }
    for (key, value) in
        [(2, Value::Int(3)), (3, Value::Bytes(vec![0x80])), (4, Value::Bytes(vec![0; 15])), (5, Value::Int(1)), (1, Value::text("x"))]
    {
        let mut other: Vec<_> = whole.iter().filter(|(held, _)| *held != key).cloned().collect();
        other.push((key, value));
        assert_eq!(odd(claims("tm:36/0", changes(&other))), Err(MALFORMED), "{key}");
    }
    let Value::Map(mut more) = claims("tm:36/0", changes(&whole)) else { unreachable!() };
    more.0.push((Value::Int(99), Value::Int(1)));
    assert_eq!(odd(Value::Map(more)), Err(MALFORMED));
}

#[test]
fn a_sparse_list_takes_little_room_and_a_dense_one_no_more_than_it_has() {
    let mut array = StatusArray::new(2, vec![0; 1 << 18]).unwrap();
    for idx in (0..1 << 20).step_by(100) {
        array.set(idx, 2).unwrap();
    }
    let sparse = StatusList::new("x".into(), UnixTime(0), None, None, array.clone());
    assert_eq!(sparse.held_bytes(), 10_486 * 4);
    assert_eq!(sparse.array(), array);
    assert_eq!(
        (sparse.get(100), sparse.get(101), sparse.get(1 << 20)),
        (Ok(2), Ok(0), Err(Reason::StatusIndexOutOfRange { idx: 1 << 20 }))
    );
    let dense = StatusList::new("x".into(), UnixTime(0), None, None, StatusArray::new(2, vec![0x55; 1 << 18]).unwrap());
    assert_eq!(dense.held_bytes(), 1 << 18);
}

proptest! {
    #[test]
    fn base_and_delta_are_the_new_list(
        bits in proptest::sample::select(vec![1_u8, 2, 4, 8]),
        size in 1_usize..200,
        before in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..200),
        after in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..200),
    ) {
        let list = |time, array: &StatusArray| StatusList::new("tm:36/0".into(), UnixTime(time), None, None, array.clone());
        let mut array = StatusArray::new(bits, vec![0; size]).unwrap();
        let put = |array: &mut StatusArray, sets: &[(proptest::sample::Index, u8)]| -> Vec<u32> {
            sets.iter().map(|(at, value)| {
                let idx = u32::try_from(at.index(array.len())).unwrap();
                array.set(idx, *value).unwrap();
                idx
            }).collect()
        };
        put(&mut array, &before);
        let old = list(1, &array);
        let touched = put(&mut array, &after);
        let new = list(2, &array);
        prop_assert_eq!(&old.with(&StatusDelta::between(&old, &new).unwrap()), &Ok(new.clone()));
        let delta = StatusDelta::new(&new, UnixTime(1), touched).unwrap();
        let delta = StatusDelta::parse(&delta_token(&delta, 2), &bundle(KeyUse::Status)).unwrap().check_here().unwrap().into_inner();
        let result = old.with(&delta).unwrap();
        for idx in 0..u32::try_from(array.len()).unwrap() {
            prop_assert_eq!(result.get(idx), array.get(idx));
        }
        prop_assert_eq!(result, new);
    }

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
