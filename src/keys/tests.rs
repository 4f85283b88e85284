#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn signs_and_verifies_and_survives_cose_and_json() {
    let secret = SecretKey::generate(&mut Entropy::new([1; 32]));
    let public = secret.public();
    let signature = secret.sign(b"message");
    assert!(public.verify(b"message", &signature));
    assert!(!public.verify(b"massage", &signature));
    assert!(!public.verify(b"message", &signature[..63]));
    assert!(!public.verify(b"message", &[0; 64]));
    let cose = public.to_cose();
    assert_eq!(cose.as_map().and_then(PublicKey::from_cose), Some(public.clone()));
    let json = serde_json::to_string(&public).unwrap();
    assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), public);
}

#[test]
fn points_off_the_curve_verify_nothing() {
    let mut point = vec![1; 65];
    point[0] = 4;
    assert!(!PublicKey::from_sec1(&point).unwrap().verify(b"", &[1; 64]));
    assert!(PublicKey::from_sec1(&[]).is_none());
}

/// n, the order of the group.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
    0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Numbers of 32 bytes, most significant first: one − other.
fn minus(one: &[u8], other: &[u8]) -> [u8; 32] {
    let mut result = [0; 32];
    let mut borrow = 0_i32;
    for at in (0..32).rev() {
        let difference = i32::from(one[at]) - i32::from(other[at]) - borrow;
        borrow = i32::from(difference < 0);
        result[at] = difference.rem_euclid(256) as u8;
    }
    result
}

/// Whether a signature is taken; all ways to check it say the same.
fn taken(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let native = ecdsa::verify(point, message, signature);
    // From the third time on by a table.
    for time in 1..=3 {
        assert_eq!(ecdsa::portable(point, message, signature), native, "{point:02x?} {signature:02x?}, time {time}");
    }
    native
}

#[test]
fn keys_that_come_often_are_checked_by_a_table() {
    let keys: Vec<_> = (0..20).map(|seed| SecretKey::generate(&mut Entropy::new([seed; 32]))).collect();
    for round in 0..4_u8 {
        for key in &keys {
            let (public, message) = (key.public(), [round; 3]);
            let signature = key.sign(&message);
            // Now one of many, now one of few: some are forgotten in between.
            for key in [&keys[0], &keys[1], key, key, key] {
                assert_eq!(ecdsa::portable(key.public().to_sec1(), &message, &signature), key.public() == public);
            }
        }
    }
}

#[test]
fn what_is_at_the_edge_is_taken_by_both_ways_or_by_none() {
    let secret = SecretKey::generate(&mut Entropy::new([7; 32]));
    let whole = secret.public().to_sec1().to_vec();
    let short = secret.public().compressed();
    let good = secret.sign(b"message");
    let (r, s) = good.split_at(32);
    let (zero, mut one) = ([0; 32], [0; 32]);
    one[31] = 1;
    let last = minus(&ORDER, &one);
    for point in [&whole, &short] {
        assert!(taken(point, b"message", &good));
        assert!(taken(point, b"message", &[r, &minus(&ORDER, s)].concat()), "n - s is as good as s");
        for (r, s) in [(r, &zero[..]), (&zero, s), (r, &ORDER), (&ORDER, s), (&one, &one), (&last, &last), (r, &[0xff; 32]), (s, r)] {
            assert!(!taken(point, b"message", &[r, s].concat()), "{r:02x?} {s:02x?}");
        }
        for length in [0, 1, 63, 65, 72, 128] {
            assert!(!taken(point, b"message", &good.iter().copied().cycle().take(length).collect::<Vec<_>>()), "{length} bytes");
        }
    }
    // The point at infinity, a hybrid form, another y, x beyond the prime, x of no point, forms cut off.
    let mut other_y = whole.clone();
    other_y[64] ^= 1;
    let hybrid = [&[6 + (whole[64] & 1)], &whole[1..]].concat();
    for point in [
        &[0][..],
        &[],
        &hybrid,
        &other_y,
        &[&[2][..], &[0xff; 32]].concat(),
        &[&[2][..], &[0; 31], &[1]].concat(),
        &whole[..33],
        &short[..32],
    ] {
        assert!(!taken(point, b"message", &good), "{point:02x?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn both_ways_agree_on_damaged_ones(seed: [u8; 32], at in 0..64_usize, bit in 0..8_u8, in_key: bool, short: bool) {
        let secret = SecretKey::generate(&mut Entropy::new(seed));
        let mut point = if short { secret.public().compressed() } else { secret.public().to_sec1().to_vec() };
        let mut signature = secret.sign(&seed);
        proptest::prop_assert!(taken(&point, &seed, &signature));
        if in_key {
            let at = at % point.len();
            point[at] ^= 1 << bit;
        } else {
            signature[at] ^= 1 << bit;
        }
        proptest::prop_assert!(!taken(&point, &seed, &signature));
    }
}

/// Signatures of kinds that only foreign issuers make, by another program (pyca/cryptography); both backends are tried on them.
#[derive(serde::Deserialize)]
struct Row {
    name: String,
    good: bool,
    check: crate::signature::SignatureCheck,
}

fn rows() -> Vec<Row> {
    serde_json::from_str(include_str!("../../tests/vectors/signatures.json")).unwrap()
}

#[cfg(all(feature = "rsa", feature = "p384"))]
#[test]
fn signatures_of_foreign_issuers() {
    for Row { name, good, check } in rows() {
        assert_eq!(check.keys[0].verify_hashed(check.hash, &check.message, &check.signature), good, "{name}");
    }
}

#[test]
fn every_kind_of_key_survives_cose_and_json() {
    for Row { name, check, .. } in rows() {
        let key = &check.keys[0];
        assert_eq!(key.to_whole_cose().as_map().and_then(PublicKey::from_whole_cose).as_ref(), Some(key), "{name}");
        assert_eq!(&serde_json::from_str::<PublicKey>(&serde_json::to_string(key).unwrap()).unwrap(), key, "{name}");
    }
}

#[test]
fn rsa_keys_that_are_weak_or_slow_are_refused() {
    let key = rows()[0].check.keys[0].clone();
    let modulus = key.rsa_parts().unwrap().0.to_vec();
    assert_eq!(PublicKey::from_rsa(&[&[0, 0], &modulus[..]].concat(), &[0, 1, 0, 1]), Some(key), "zeros in front");
    let mut even = modulus.clone();
    *even.last_mut().unwrap() &= 0xfe;
    let wide = [&[1], &[0; 511][..], &[1]].concat();
    for (modulus, exponent) in [
        (&modulus[..], &[][..]),
        (&modulus, &[1]),
        (&modulus, &[1, 0]),
        (&modulus, &[1, 0, 0, 0, 1]),
        (&even, &[1, 0, 1]),
        (&modulus[1..], &[1, 0, 1]),
        (&wide, &[1, 0, 1]),
        (&[], &[1, 0, 1]),
    ] {
        assert!(PublicKey::from_rsa(modulus, exponent).is_none(), "{} bytes, {exponent:?}", modulus.len());
    }
}
