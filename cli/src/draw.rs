//! Drawing codes: for paper, and for trying out gates.

use super::{
    Done,
    output::{Output, read_text},
};
use std::path::Path;
use tongma::{
    qr::encode::{EccLevel, QUIET_ZONE, QrMatrix, encode},
    reason::Reason,
};

pub(super) fn run(output: &Output, text: &str) -> Done {
    let read = if text == "-" { read_text(Path::new(text))?.trim_end_matches(['\r', '\n']).to_owned() } else { text.to_owned() };
    let code = encode(&read, EccLevel::M).or_else(|_| encode(&read, EccLevel::L)).map_err(|_| Reason::TextTooLong)?;
    let (side, svg) = (code.size + 2 * QUIET_ZONE, svg(&code));
    if output.json() {
        output.value(&serde_json::json!({ "version": code.version, "side": side, "svg": svg }))?;
    } else {
        output.line(&svg)?;
    }
    Ok(true)
}

/// A code with the white that it needs around it.
pub(super) fn svg(code: &QrMatrix) -> String {
    let side = code.size + 2 * QUIET_ZONE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{}\"/></svg>",
        code.svg_path()
    )
}

/// The same as a picture, so many pixels a module.
pub(super) fn picture(code: &QrMatrix, scale: u32) -> image::GrayImage {
    let side = (code.size + 2 * QUIET_ZONE) as u32;
    let pixel = |x: u32, y: u32| image::Luma([if is_dark(code, (x / scale) as usize, (y / scale) as usize) { 0_u8 } else { 255 }]);
    image::GrayImage::from_fn(side * scale, side * scale, pixel)
}

/// Whether a module is dark; all around the code is light.
pub(super) fn is_dark(code: &QrMatrix, x: usize, y: usize) -> bool {
    let inside = |at: usize| at.checked_sub(QUIET_ZONE).filter(|at| *at < code.size);
    inside(x).zip(inside(y)).is_some_and(|(x, y)| code.modules.get(y * code.size + x) == Some(&true))
}
