use crate::{
    qr::encode::{EccLevel, QUIET_ZONE, encode},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};

/// A QR code to draw, and its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct QrView {
    /// Side of the square in modules, quiet zone of 4 included: the SVG's view box.
    pub size: u32,
    /// SVG path data of the dark modules.
    pub path: String,
    /// QR version, 1 to 40.
    pub version: u8,
    /// Start of its validity.
    pub issued_at: UnixTime,
    /// End of its validity.
    pub expires_at: UnixTime,
}

impl QrView {
    /// Draws a text at level M; none when it is too long for any code.
    pub(super) fn draw(text: &str, issued_at: UnixTime, expires_at: UnixTime) -> Option<Self> {
        let matrix = encode(text, EccLevel::M).ok()?;
        let size = u32::try_from(matrix.size + 2 * QUIET_ZONE).unwrap_or_default();
        Some(Self { size, path: matrix.svg_path(), version: matrix.version, issued_at, expires_at })
    }
}
