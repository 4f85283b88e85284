//! A code as it is drawn, read as a camera would.
#![allow(dead_code, clippy::unwrap_used)]

use tongma::{
    app::QrView,
    qr::scan::{Luma, scan_still},
};

const SCALE: usize = 4;

/// Paints the path of a view and reads the picture.
pub fn read_back(qr: &QrView) -> String {
    let side = qr.size as usize * SCALE;
    let mut pixels = vec![255; side * side];
    for run in qr.path.split('z').filter(|run| !run.is_empty()) {
        // Mx yhNv1h-N
        let mut numbers = run.split(|character: char| !character.is_ascii_digit()).filter(|part| !part.is_empty());
        let [x, y, length] = std::array::from_fn(|_| numbers.next().unwrap().parse::<usize>().unwrap() * SCALE);
        for row in pixels.chunks_mut(side).skip(y).take(SCALE) {
            row[x..x + length].fill(0);
        }
    }
    scan_still(&Luma::new(&pixels, side, side).unwrap()).unwrap().text
}
