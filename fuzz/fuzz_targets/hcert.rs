//! EU passes: any text is answered, and so is any content that is packed well.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    cbor::{Limits, decode_leniently},
    formats::hcert,
};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = hcert::read(text);
    }
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(data, 1);
    let _ = hcert::read(&format!("{}{}", hcert::PREFIX, tongma::base45::encode(&packed)));
    let _ = decode_leniently(data, Limits::TOKEN);
});
