//! SMART Health Cards: any codes are gathered or refused, any JWS and any payload that is packed well is answered.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    formats::health_card::{Collector, read_jws},
    text::to_base64url,
};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut parts = Collector::default();
    for code in text.split('\n') {
        let _ = parts.take(code);
    }
    let _ = read_jws(text);
    let header = to_base64url(br#"{"alg":"ES256","zip":"DEF","kid":"k"}"#);
    let payload = to_base64url(&miniz_oxide::deflate::compress_to_vec(data, 1));
    let _ = read_jws(&format!("{header}.{payload}.AAAA"));
});
