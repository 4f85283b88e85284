//! NZ COVID Passes: any text is answered.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::formats::nzcp;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = nzcp::read(text);
        let _ = nzcp::read(&format!("{}{text}", nzcp::PREFIX));
    }
});
