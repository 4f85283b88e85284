//! Texts of QR codes: whatever is scanned, there is a verdict, and it is not a pass.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    roles::{Outcome, verifier::{Expectation, TrustStore, verify}},
    time::UnixTime,
};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for text in [text.to_string(), format!("TM1:{text}")] {
        let verdict = verify(&TrustStore::default(), &Expectation::default(), &text, UnixTime(1_800_000_000));
        assert!(matches!(verdict.outcome, Outcome::Invalid | Outcome::CannotTell));
    }
});
