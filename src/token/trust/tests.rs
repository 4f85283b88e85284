use super::*;
use crate::{
    cbor::{self, Limits, Map, Value},
    cose::header,
    entropy::Entropy,
    keys::SecretKey,
    labels,
};
use proptest::prelude::*;

fn secret(seed: u8) -> SecretKey {
    SecretKey::generate(&mut Entropy::new([seed; 32]))
}

fn key(seed: u8, uses: &[KeyUse], regions: &[u32]) -> IssuerKey {
    IssuerKey { key: secret(seed).public(), uses: KeyUses::of(uses), regions: regions.to_vec() }
}

fn bundle() -> TrustBundle {
    let name: Table<_, _> = [("zh-CN".into(), "江西省".into()), ("en".into(), "Jiangxi".into())].into();
    let jiangxi = Issuer { name: name.clone(), keys: vec![key(2, &[KeyUse::Credential], &[360_000]), key(3, &[KeyUse::Status], &[])] };
    let other = Issuer { name, keys: vec![key(4, &[KeyUse::Credential, KeyUse::Status], &[0])] };
    TrustBundle {
        seq: 7,
        issued_at: UnixTime(1_000_000),
        expires_at: UnixTime(3_000_000),
        issuers: [("tm:36".into(), jiangxi), ("tm:33".into(), other)].into(),
        lists: [("tm:36/0".into(), ListEntry { path: "status/0.cbor".into(), issuer: "tm:36".into() })].into(),
        lifetimes: Lifetimes::default(),
        foreign: ForeignKeys::default(),
        people: None,
        rules: Vec::new(),
    }
}

/// The bundle signed with its payload or header altered.
fn altered(alter: impl Fn(&mut Map), typ: &str) -> Vec<u8> {
    let token = cbor::decode(&bundle().sign(&secret(1)), Limits::FILE).unwrap();
    let mut claims = crate::cose::Sign1::parse(&token, Layer::Bundle).unwrap().claims().unwrap();
    alter(&mut claims);
    let unsigned = Unsigned::new(vec![(header::TYP, Value::text(typ))], Map::default(), &Value::Map(claims));
    let signature = secret(1).sign(&unsigned.message());
    unsigned.finish(&signature).encode()
}

fn put(map: &mut Map, key: i64, value: Value) {
    map.0.retain(|(found, _)| found != &Value::Int(key));
    map.0.push((Value::Int(key), value));
}

#[test]
fn opens_with_its_root_only() {
    let bytes = bundle().sign(&secret(1));
    assert_eq!(TrustBundle::open(&bytes, &secret(1).public()).unwrap().into_inner(), bundle());
    assert_eq!(TrustBundle::open(&bytes, &secret(9).public()), Err(Reason::BundleWrongRoot));
    assert_eq!(bytes, bundle().sign(&secret(1)));
}

#[test]
fn one_reason_for_each_fault_of_the_token() {
    let open = |bytes: &[u8]| TrustBundle::open(bytes, &secret(1).public()).map(Verified::into_inner);
    let malformed = Err(Reason::TokenMalformed { layer: Layer::Bundle });
    assert_eq!(open(&altered(|_| (), labels::BUNDLE_TYP)), Ok(bundle()));
    assert_eq!(open(&altered(|_| (), labels::STATUS_LIST_TYP)), Err(Reason::WrongType { layer: Layer::Bundle }));
    assert_eq!(open(&altered(|map| put(map, 99, Value::text("later")), labels::BUNDLE_TYP)), Ok(bundle()));
    for key in 1..=6 {
        assert_eq!(open(&altered(|map| put(map, key, Value::text("no")), labels::BUNDLE_TYP)), malformed, "{key}");
        assert_eq!(open(&altered(|map| map.0.retain(|(found, _)| found != &Value::Int(key)), labels::BUNDLE_TYP)), malformed, "{key}");
    }
    assert_eq!(open(&altered(|map| put(map, 1, Value::Int(-1)), labels::BUNDLE_TYP)), malformed);
    let orphaned = TrustBundle { issuers: Table::default(), ..bundle() };
    assert_eq!(open(&orphaned.sign(&secret(1))), malformed);
    let mut climbing = bundle();
    climbing.lists =
        climbing.lists.iter().map(|(uri, list)| (uri.clone(), ListEntry { path: "../root.pem".into(), ..list.clone() })).collect();
    assert_eq!(open(&climbing.sign(&secret(1))), malformed);
    let mut bytes = bundle().sign(&secret(1));
    bytes.push(0);
    assert_eq!(open(&bytes), Err(Reason::CborTrailingBytes));
}

#[test]
fn paths_lead_down_only() {
    for good in ["status/0.cbor", "a", "a-b_c.d/e"] {
        assert!(codec::is_path(good), "{good}");
    }
    for bad in ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "A", "a b", "a%2e", "a\\b", "é"] {
        assert!(!codec::is_path(bad), "{bad}");
    }
}

#[test]
fn a_bundle_is_not_rolled_back() {
    let check = |seq, at| TrustBundle::check_succession(Some(&bundle()), &TrustBundle { seq, issued_at: UnixTime(at), ..bundle() });
    assert_eq!(TrustBundle::check_succession(None, &bundle()), Ok(()));
    assert_eq!(check(7, 1_000_000), Ok(()));
    assert_eq!(check(7, 1_000_001), Ok(()));
    assert_eq!(check(8, 0), Ok(()));
    assert_eq!(check(6, 2_000_000), Err(Reason::BundleRolledBack { held: 7, offered: 6 }));
    assert_eq!(check(7, 999_999), Err(Reason::BundleRolledBack { held: 7, offered: 7 }));
}

#[test]
fn a_bundle_ages_and_ends() {
    let bundle = bundle();
    let oldest = bundle.issued_at.plus(14 * 86_400);
    assert_eq!(bundle.fitness(oldest), Ok(()));
    assert_eq!(bundle.fitness(oldest.plus(1)), Err(Reason::BundleTooOld { issued_at: bundle.issued_at }));
    assert_eq!(bundle.fitness(bundle.expires_at.plus(120)), Err(Reason::BundleExpired { expired_at: bundle.expires_at }));
    let short = TrustBundle { expires_at: oldest, ..bundle };
    assert_eq!(short.fitness(oldest.plus(-1)), Ok(()));
}

#[test]
fn keys_are_bound_to_issuer_use_and_region() {
    let bundle = bundle();
    let keys = |issuer: &str, kid: Option<&[u8]>, usage, region| bundle.keys_for(issuer, kid, usage, region, Layer::Credential);
    let first = secret(2).public();
    let full = first.thumbprint();
    for length in 4..=8 {
        assert_eq!(keys("tm:36", Some(&full[..length]), KeyUse::Credential, Some(360_102)), Ok(vec![first.clone()]));
    }
    assert_eq!(keys("tm:36", None, KeyUse::Credential, None), Ok(vec![first.clone()]));
    assert_eq!(keys("tm:99", Some(&full[..4]), KeyUse::Credential, None), Err(Reason::UnknownIssuer { issuer: "tm:99".into() }));
    assert_eq!(keys("tm:33", Some(&full[..4]), KeyUse::Credential, None), Err(Reason::UnknownKey));
    assert_eq!(keys("tm:36", Some(&full[..3]), KeyUse::Credential, None), Err(Reason::UnknownKey));
    assert_eq!(keys("tm:36", Some(&full[..9]), KeyUse::Credential, None), Err(Reason::UnknownKey));
    assert_eq!(keys("tm:36", Some(&full[..4]), KeyUse::Paper, None), Err(Reason::KeyUse { layer: Layer::Credential }));
    assert_eq!(keys("tm:36", Some(&full[..4]), KeyUse::Credential, Some(330_000)), Err(Reason::KeyRegion { region: 330_000 }));
    assert!(keys("tm:33", None, KeyUse::Credential, Some(330_102)).is_ok());
}

#[test]
fn how_many_people_a_wallet_has_is_bounded() {
    for (most, read) in [(0, None), (1, Some(1)), (200, Some(200)), (201, None), (-1, None), (1 << 40, None)] {
        let bytes = altered(|claims| put(claims, 9, Value::Int(most)), crate::labels::BUNDLE_TYP);
        let opened = TrustBundle::open(&bytes, &secret(1).public()).map(|bundle| bundle.get().people);
        assert_eq!(opened, read.map(Some).ok_or(Reason::TokenMalformed { layer: Layer::Bundle }), "{most}");
    }
}

#[test]
fn a_region_has_its_parts_within() {
    assert!(covers(0, 1) && covers(360_000, 360_102) && covers(360_100, 360_102) && covers(360_102, 360_102));
    assert!(!covers(360_100, 360_000) && !covers(360_100, 360_202) && !covers(360_102, 360_103) && !covers(360_000, 0));
}

fn bundles() -> impl Strategy<Value = TrustBundle> {
    let key = (1_u8..6, 1_u8..=15, proptest::collection::vec(0_u32..999_999, 0..3)).prop_map(|(seed, uses, regions)| IssuerKey {
        key: secret(seed).public(),
        uses: KeyUses::from_bits(uses).unwrap(),
        regions,
    });
    let name = proptest::collection::btree_map("[a-z]{2}", ".{0,8}", 1..3);
    let issuer = (name, proptest::collection::vec(key, 1..3)).prop_map(|(name, keys)| Issuer { name: name.into_iter().collect(), keys });
    let issuers = proptest::collection::btree_map(".{1,8}", issuer, 1..4);
    (any::<u32>(), any::<i64>(), any::<i64>(), issuers, any::<[u32; 2]>(), "[a-z0-9]{1,8}").prop_map(
        |(seq, issued, expires, issuers, ages, path)| TrustBundle {
            seq,
            issued_at: UnixTime(issued),
            expires_at: UnixTime(expires),
            lists: issuers.keys().map(|id| (format!("{id}/0"), ListEntry { path: path.clone(), issuer: id.clone() })).collect(),
            issuers: issuers.into_iter().collect(),
            lifetimes: Lifetimes { status_max_age_s: ages[0], bundle_max_age_s: ages[1] },
            foreign: ForeignKeys::default(),
            people: Some(issued as u8 % 201).filter(|most| *most > 0),
            rules: Vec::new(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_written_reads_back(bundle in bundles()) {
        let opened = TrustBundle::open(&bundle.sign(&secret(1)), &secret(1).public());
        prop_assert_eq!(opened.map(Verified::into_inner), Ok(bundle));
    }

    #[test]
    fn an_altered_byte_is_never_accepted(at in any::<proptest::sample::Index>(), bit in 0_u8..8) {
        let mut bytes = bundle().sign(&secret(1));
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(TrustBundle::open(&bytes, &secret(1).public()).is_err());
    }
}
