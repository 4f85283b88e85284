//! Backups: the reader is total and bounded; what is read is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{backup::{Backup, PREFIX}, text::to_base64url};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Backup::from_text(text);
    }
    let text = format!("{PREFIX}{}", to_base64url(data));
    if let Ok(backup) = Backup::from_text(&text) {
        assert_eq!(backup.to_text(), text);
    }
});
