//! Presentations: the reader is total, and what it reads can be revealed or refused.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    cbor::{Limits, decode},
    token::{CredentialClaims, Presentation},
};

fuzz_target!(|data: &[u8]| {
    if let Ok(value) = decode(data, Limits::TOKEN)
        && let Ok(presentation) = Presentation::parse(&value)
        && let Ok(claims) = presentation.credential.reveal()
    {
        let _ = CredentialClaims::from_map(&claims);
        let _ = presentation.credential.with_only(|_| true);
    }
});
