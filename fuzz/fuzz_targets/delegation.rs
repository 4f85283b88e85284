//! Delegations, the requests for them and the grants: the readers are total, and what a grant holds is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    base45,
    cbor::{Limits, decode},
    roles::holder::DelegatedCredential,
    time::UnixTime,
    token::{CredentialClaims, Delegation, DelegationRequest, Grant},
};

fuzz_target!(|data: &[u8]| {
    let text = format!("TM1:{}", base45::encode(data));
    let _ = DelegationRequest::from_text(&text);
    if let Ok(grant) = Grant::from_text(&text) {
        assert_eq!(Grant::from_text(&grant.to_text()), Ok(grant));
        if let Ok(held) = DelegatedCredential::read(&text) {
            let _ = held.present(&Default::default(), UnixTime(1_800_000_000));
        }
    }
    if let Ok(value) = decode(data, Limits::TOKEN)
        && let Ok((delegation, credential)) = Delegation::parse(&value)
    {
        // What is kept back leaves the same delegation.
        let less = delegation.with_only(&credential, |key| delegation.terms.grants(key));
        let (again, _) = Delegation::parse(&less).unwrap();
        assert_eq!(again.terms, delegation.terms);
        if let Ok(claims) = credential.reveal().and_then(|claims| CredentialClaims::from_map(&claims)) {
            let _ = delegation.terms.faults(&credential, &claims).count();
        }
    }
});
