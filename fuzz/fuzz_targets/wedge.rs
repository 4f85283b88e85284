//! What a hand scanner types: any characters, before and behind a NUL; whatever comes is answered.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::app::verifier::typed;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (text, keys) = text.split_once('\0').unwrap_or((&text, ""));
    let _ = typed(text, keys);
    let _ = typed(keys, &format!("TM1:{text}"));
});
