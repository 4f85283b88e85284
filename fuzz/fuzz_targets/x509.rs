//! Certificates: any bytes are answered, and a key that is read survives a bundle.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{formats::x509::Certificate, keys::PublicKey};

fuzz_target!(|data: &[u8]| {
    if let Some(certificate) = Certificate::from_der(data) {
        let cose = certificate.key.to_whole_cose();
        assert_eq!(cose.as_map().and_then(PublicKey::from_whole_cose), Some(certificate.key));
    }
});
