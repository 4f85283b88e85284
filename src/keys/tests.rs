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

// Made by another program (pyca/cryptography) over the text `message`.
const MODULUS: &str = "\
    8fFH3krnhzM0wNEhZ9Ua-UXoxnXfsl6mBH0UM035-iyoY29dU3hI0Ws9IY-J1SYBRlMaAhwK5OeRwC2BlnDgtsR6OdyzHOUs070k-5tN560hDfbl46RG5FwK\
    YYB00_d_PUd73M6fzBqQccnZsfr_TWIDeGrRog85Ecd6CHBR8d3CSpDqYdU5pDCWWoLbiAh658HMgu9_nPvmY4vU6RlL1TG-xBWsenzgj21qFM7ff8ZP70hU\
    Tm3eZYYqwrvDypXwQXCnbsQex2igcDuU96Bbd8h8Qxxk4SWWffSUEUDxLCaJY_GcWpY7yj8dEenPsxn6tN7bIzePZt7PUWC3dq1aDw";
const PSS: &str = "\
    KPfMlt1xL3GfB-lo5yfIAyfbZ_tXKRwpgaCKHjHq4EC_76zwU_V-rvx4H611Z-N33DuSFDLe0h2sSeltDNM7U0MDxxoYzc6n6b--YSFyQZo795gVF3h60dRZ\
    _Yev_wC7MJlgUuYQGm4N7PYme60hauZpv7LyeLBb1V11UMptYY-iTe4MqNlOZGGVAOy6eAPrXW37xifr09ynQWmBM-IabtBZW0Zs7JYjKQ7SarIhVuaDRMym\
    7yiix-3L2h13J3TPk7FTjuX92A3QsVCb1E2ddWdbMxIduVpxDUuMsWM9ygkBS3-I1TlNLER0fOj5kQIMj-A7jer1MiIbtxiezqeFYg";
const PSS_SALT_20: &str = "\
    RaPLT6mnP94k7NGWw1FW7hsyCYWmtoopeUzMb5KcZ7C3BpFDQewmSyli5U0knVMSo9IjZYMFO-ui1gZ2Kk0BYzsBOe5Ry57YQ8KJ3BRt4vIlldvX23R4k345\
    KHCDOI2Xu3kE-0Uml_y6HD5dYKHR7_-z9KRUJF2KDBJU0gGY3tBgIj3vmZ4YH_es9vbiJMP7Y1KXfuRbj2kRefrRWywp5org3Hv2Cmol676dljnq7zTVECWv\
    3TqyzopJLpKK1sF4eLi842a1OXGiIHLkYpxU4SidSLnwYqJnKuLk13O7JgrKP51WUA5EICNluDzhVZPFrnqtkaP3wu-xf-qXgysFVA";
const P384_POINT: &str = "\
    BHcCV-v8koEmBwJ-BGa12Fxwl97Xx6AIfJWDNnRWfPYHW0d2OB4b4OKmxXKRz-P834aRwjGhjQwIeqL4jYy14H9vewGw3aYSMfzschtw4FlEgZiAMyBmJJAv\
    9B4Sgy80cA";
const P384_SHA256: &str = "\
    ACnEh3hu1EVrmwEnJJIbWe2yjrfXBc9RHN1eb8y-87W9grK41qQYBPNCgmXuAjZ5oyF4gP83pIeq1DeOEggFu3ywdOGYJzY2hip3QB1eEMv3GGr90UyO2SrA\
    08G6aIqU";
const P384_SHA384: &str = "\
    4ZiZAxfkK5eyNKO-_dkdiM_7MbkpG_HaPN4GKrBHMPiIQvc2pLwQHSwLRgQR04Zvl8zH0Aqj8czGy8cxHFgWyBeE-8XLLgjtiGS4m7Yy8T-oCIuWM_VdmFvL\
    FQj9woz6";

fn bytes(text: &str) -> Vec<u8> {
    crate::text::from_base64url(text).unwrap()
}

#[cfg(feature = "rsa")]
#[test]
fn rsa_keys_verify_pss_with_a_salt_of_32_bytes() {
    let key = PublicKey::from_rsa(&bytes(MODULUS), &[1, 0, 1]).unwrap();
    let good = |message: &[u8], signature: &[u8]| key.verify_hashed(HashName::Sha256, message, signature);
    assert!(good(b"message", &bytes(PSS)));
    assert!(!good(b"massage", &bytes(PSS)));
    assert!(!good(b"message", &bytes(PSS_SALT_20)), "another length of the salt");
    assert!(!good(b"message", &bytes(PSS)[1..]) && !good(b"message", &[&[0], &bytes(PSS)[..]].concat()));
    assert!(!good(b"message", &[0xff; 256]) && !good(b"message", &[0; 256]));
    assert!(!key.verify_hashed(HashName::Sha384, b"message", &bytes(PSS)));
    assert_eq!(key.to_whole_cose().as_map().and_then(PublicKey::from_whole_cose), Some(key.clone()));
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
    assert_eq!(PublicKey::from_rsa(&[&[0, 0], &bytes(MODULUS)[..]].concat(), &[0, 1, 0, 1]), Some(key), "zeros in front");
}

#[test]
fn rsa_keys_that_are_weak_or_slow_are_refused() {
    let modulus = bytes(MODULUS);
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

#[cfg(feature = "p384")]
#[test]
fn p384_verifies_both_hashes() {
    let key = PublicKey::from_sec1(&bytes(P384_POINT)).unwrap();
    let cases = [(HashName::Sha256, P384_SHA256), (HashName::Sha384, P384_SHA384)];
    for (hash, signature) in cases {
        assert!(key.verify_hashed(hash, b"message", &bytes(signature)));
        assert!(!key.verify_hashed(hash, b"massage", &bytes(signature)));
    }
    assert!(!key.verify_hashed(HashName::Sha384, b"message", &bytes(P384_SHA256)));
    assert!(key.verify(b"message", &bytes(P384_SHA384)), "SHA-384 goes with P-384");
    assert_eq!(key.to_whole_cose().as_map().and_then(PublicKey::from_whole_cose), Some(key));
}
