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
