use super::*;

#[test]
fn reasons_survive_the_boundary() {
    let reasons = [
        Reason::Revoked,
        Reason::NotAPass { looks_like: LooksLike::WiFi },
        Reason::Expired { layer: Layer::StatusList, expired_at: UnixTime(1_800_000_000) },
        Reason::UnknownIssuer { issuer: "tm:99".into() },
        Reason::BundleRolledBack { held: 7, offered: 6 },
    ];
    for reason in reasons {
        let json = serde_json::to_string(&reason).unwrap();
        assert_eq!(serde_json::from_str::<Reason>(&json).unwrap(), reason, "{json}");
    }
    assert_eq!(
        serde_json::to_string(&Reason::NotAPass { looks_like: LooksLike::WiFi }).unwrap(),
        r#"{"code":"not-a-pass","looksLike":"wi-fi"}"#
    );
    for json in ["{}", r#"{"code":"unheard-of"}"#, r#"{"code":"expired"}"#, r#"{"code":"expired","layer":"moon","expiredAt":1}"#] {
        assert!(serde_json::from_str::<Reason>(json).is_err(), "{json}");
    }
}

#[test]
fn codes_are_unique() {
    let mut codes = Reason::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Reason::CODES.len());
}
