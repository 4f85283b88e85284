//! Challenges: the reader is total, and what it reads is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    base45,
    time::UnixTime,
    token::{Challenge, from_text},
};

fuzz_target!(|data: &[u8]| {
    let text = format!("TM1:{}", base45::encode(data));
    if let Ok(challenge) = Challenge::from_text(&text) {
        let _ = challenge.fitness(UnixTime(1_800_000_000));
        let again = Challenge::from_text(&challenge.to_text());
        assert_eq!(again.as_ref(), Ok(&challenge));
        assert_eq!(from_text(&challenge.to_text()).map(|value| value.encode()), from_text(&text).map(|value| value.encode()));
    }
});
