//! Lists of what was shown on somebody's behalf: the reader is total, and what it takes is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{base45, token::Told};

fuzz_target!(|data: &[u8]| {
    if let Ok(told) = Told::from_text(&format!("TM1:{}", base45::encode(data))) {
        assert_eq!(Told::from_text(&told.to_text()), Ok(told));
    }
});
