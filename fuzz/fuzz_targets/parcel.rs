//! Parcels and their parts: the readers are total and bounded; what is read is written so and in no other way.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::{
    base45,
    token::parcel::{Gathering, ItemKind, Part, decode, encode, split},
};

fuzz_target!(|data: &[u8]| {
    if let Ok(items) = decode(data) {
        assert_eq!(encode(&items), data);
        for item in &items {
            let _ = ItemKind::of(item);
        }
        let mut gathering = Gathering::default();
        let mut whole = None;
        for text in split(data, 64).unwrap_or_default() {
            whole = gathering.take(Part::from_text(&text).unwrap().unwrap()).ok();
        }
        assert!(whole.is_none_or(|whole| whole == data));
    }
    let mut gathering = Gathering::default();
    for piece in data.chunks(48) {
        if let Some(Ok(part)) = Part::from_text(&format!("TM1:{}", base45::encode(piece))) {
            let _ = gathering.take(part);
        }
    }
});
