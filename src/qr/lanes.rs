//! Eight pixels in one machine word. WASM without vector instructions has no other way to touch several bytes at a time, and
//! every pixel of a frame is touched some times.
//!
//! Bytes become four lanes of 16 bits, the even pixels apart from the odd ones, so that sums and borrows have room.

/// The byte of each lane.
const BYTES: u64 = 0x00ff_00ff_00ff_00ff;
/// The bit above the byte of each lane.
const ABOVE: u64 = 0x0100_0100_0100_0100;

/// The even pixels and the odd pixels of eight.
pub(crate) fn split(pixels: [u8; 8]) -> (u64, u64) {
    let word = u64::from_le_bytes(pixels);
    (word & BYTES, word >> 8 & BYTES)
}

/// The four sums of two neighbours each.
pub(crate) fn pairs(pixels: [u8; 8]) -> u64 {
    let (even, odd) = split(pixels);
    even + odd
}

/// The lanes as numbers, the first pixel's one first.
pub(crate) fn numbers(lanes: u64) -> [u16; 4] {
    [lanes as u16, (lanes >> 16) as u16, (lanes >> 32) as u16, (lanes >> 48) as u16]
}

/// All eight pixels the same.
pub(crate) fn splat(pixel: u8) -> u64 {
    u64::from(pixel) * 0x0101_0101_0101_0101
}

/// The smaller and the larger one of each lane, of bytes.
pub(crate) fn order(a: u64, b: u64) -> (u64, u64) {
    let not_less = ((a | ABOVE) - b) & ABOVE;
    let differing = (a ^ b) & (not_less - (not_less >> 8));
    (a ^ differing, b ^ differing)
}

/// One bit for each of eight pixels that is darker than its limit, the first one lowest.
pub(crate) fn darker(pixels: [u8; 8], limits: u64) -> u8 {
    let (even, odd) = split(pixels);
    // The bit above is borrowed where the pixel is less.
    let even = !((even | ABOVE) - (limits & BYTES)) & ABOVE;
    let odd = !((odd | ABOVE) - (limits >> 8 & BYTES)) & ABOVE;
    // Two bits at the foot of each lane; the product puts the four pairs side by side at the top.
    ((even >> 8 | odd >> 7).wrapping_mul(1 << 48 | 1 << 34 | 1 << 20 | 1 << 6) >> 48) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: [[u8; 8]; 5] =
        [[0; 8], [255; 8], [0, 255, 1, 254, 127, 128, 129, 3], [7, 7, 8, 8, 9, 9, 200, 201], [255, 0, 254, 1, 128, 127, 3, 129]];

    #[test]
    fn lanes_do_what_single_pixels_do() {
        for pixels in SAMPLES {
            for limits in SAMPLES {
                let expected = (0..8).fold(0, |bits, i| bits | u8::from(pixels[i] < limits[i]) << i);
                assert_eq!(darker(pixels, u64::from_le_bytes(limits)), expected, "{pixels:?} {limits:?}");
                let (a, b) = (split(pixels).0, split(limits).0);
                let (low, high) = order(a, b);
                for i in 0..4 {
                    let (one, other) = (u16::from(pixels[2 * i]), u16::from(limits[2 * i]));
                    assert_eq!((numbers(low)[i], numbers(high)[i]), (one.min(other), one.max(other)));
                }
            }
            assert_eq!(numbers(pairs(pixels)), [0, 2, 4, 6].map(|i| u16::from(pixels[i]) + u16::from(pixels[i + 1])));
            assert_eq!(splat(pixels[3]).to_le_bytes(), [pixels[3]; 8]);
        }
    }
}
