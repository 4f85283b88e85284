//! JSON: the reader is total and takes what serde_json takes; what it reads survives writing, where it holds no fraction.
#![no_main]
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tongma::json;

fuzz_target!(|data: &[u8]| {
    let read = json::from_slice::<Value>(data);
    assert_eq!(read.is_ok(), serde_json::from_slice::<Value>(data).is_ok());
    if let Ok(value) = read
        && let Ok(text) = json::to_string(&value)
    {
        assert_eq!(json::from_str(&text), Ok(value));
    }
});
