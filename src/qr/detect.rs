//! One black-and-white picture to the text of the code in it, by way of rxing's port of zxing-cpp.
//!
//! Its detector and decoder are called one by one: the reader above them stamps each result with the time of day, which a
//! WASM module has not got.

use super::{finder, hint::module_size, scan::ScannedText};
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::{
    decoder,
    detector::{self, FinderPatternSet},
};

/// Sets of three corner patterns that are tried in one picture. They come best first; a picture of noise has thousands.
const SETS: usize = 64;

/// What a look at one picture came by.
pub(crate) enum Look {
    /// A code that decodes.
    Read(ScannedText),
    /// What must be a code and does not decode, with its module size in pixels.
    Seen(f32),
    /// No code.
    Nothing,
}

/// Reads the first code that decodes.
pub(crate) fn read(bits: &BitMatrix) -> Look {
    let mut patterns = finder::patterns(bits);
    let sets = detector::GenerateFinderPatternSets(&mut patterns);
    let mut seen = None;
    for set in sets.iter().take(SETS) {
        if let Some(found) = decode(bits, set) {
            return Look::Read(found);
        }
        seen = seen.or_else(|| module_size(set));
    }
    seen.map_or(Look::Nothing, Look::Seen)
}

fn decode(bits: &BitMatrix, set: &FinderPatternSet) -> Option<ScannedText> {
    let sampled = detector::SampleQR(bits, set).ok()?;
    let decoded = decoder::Decode(sampled.getBits()).ok().filter(|decoded| decoded.isValid())?;
    let &[tl, tr, bl, br] = sampled.getPoints() else { return None };
    Some(ScannedText { text: text(decoded.content().bytes()), corners: [tl, tr, br, bl].map(|corner| (corner.x, corner.y)) })
}

/// UTF-8 where the bytes are, ISO 8859-1 otherwise, which is what a QR code means when it names nothing.
///
/// rxing's own conversion would bring the tables of every encoding of the web into the WASM build, so it is built without
/// (`no_character_set_support`); its `text()` panics then and is not to be called.
fn text(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
