//! base45: what is read is exactly what is written, and any bytes survive.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    assert_eq!(tongma::base45::decode(&tongma::base45::encode(data)).as_deref(), Some(data));
    if let Ok(text) = std::str::from_utf8(data)
        && let Some(bytes) = tongma::base45::decode(text)
    {
        assert_eq!(tongma::base45::encode(&bytes), text);
    }
});
