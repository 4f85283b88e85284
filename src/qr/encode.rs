//! Drawing: a text becomes the smallest QR code that holds it.

use qrcode::bits::{Bits, encode_auto};
use qrcode::{Color, EcLevel, QrCode, Version};

/// Modules of white that a reader needs around the code.
pub const QUIET_ZONE: usize = 4;

/// How much of the code may be damaged and still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EccLevel {
    /// Three in ten.
    H,
    /// Seven in a hundred: for screens, where nothing gets torn and larger modules count for more.
    L,
    /// Fifteen in a hundred: for paper.
    M,
    /// A quarter.
    Q,
}

impl From<EccLevel> for EcLevel {
    fn from(level: EccLevel) -> Self {
        match level {
            EccLevel::L => Self::L,
            EccLevel::M => Self::M,
            EccLevel::Q => Self::Q,
            EccLevel::H => Self::H,
        }
    }
}

/// The text does not fit the largest code, version 40.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QrTooLong {
    /// Bytes of the text.
    pub length: usize,
}

/// The modules of a code, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrMatrix {
    /// Modules per side.
    pub size: usize,
    /// Row by row from the top left; true is dark.
    pub modules: Vec<bool>,
    /// 1 to 40.
    pub version: u8,
}

/// Draws `text` in the smallest version that holds it.
///
/// Base45 with an upper-case prefix takes 5.5 bits a character, as every character is in QR's alphanumeric set.
///
/// # Errors
/// [`QrTooLong`] when not even version 40 holds the text.
pub fn encode(text: &str, level: EccLevel) -> Result<QrMatrix, QrTooLong> {
    let too_long = QrTooLong { length: text.len() };
    let bits = bits(text, level).ok_or(too_long)?;
    let version = number(bits.version()).ok_or(too_long)?;
    let code = QrCode::with_bits(bits, level.into()).map_err(|_| too_long)?;
    let modules = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(QrMatrix { size: code.width(), modules, version })
}

/// The version that [`encode`] would draw, without drawing it; none when the text is too long.
#[must_use]
pub fn smallest_version(text: &str, level: EccLevel) -> Option<u8> {
    number(bits(text, level)?.version())
}

impl QrMatrix {
    /// The dark modules as one SVG path, for a `viewBox` of `0 0 n n` with n = `size` + 2 × [`QUIET_ZONE`].
    ///
    /// Runs in a row are one box, so there are no hairlines between modules and few letters.
    #[must_use]
    pub fn svg_path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.modules.chunks(self.size.max(1)).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let length = run.len();
                    path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + QUIET_ZONE, y + QUIET_ZONE));
                }
                x += run.len();
            }
        }
        path
    }
}

/// The data bits of the smallest version.
///
/// Text beyond ASCII goes as bytes throughout: the optimiser takes pairs of UTF-8 bytes for Shift JIS, and a reader would
/// then show Japanese characters instead of Chinese ones.
fn bits(text: &str, level: EccLevel) -> Option<Bits> {
    if text.is_ascii() {
        return encode_auto(text.as_bytes(), level.into()).ok();
    }
    (1..=40).find_map(|version| {
        let mut bits = Bits::new(Version::Normal(version));
        bits.push_byte_data(text.as_bytes()).ok()?;
        bits.push_terminator(level.into()).ok()?;
        Some(bits)
    })
}

fn number(version: Version) -> Option<u8> {
    match version {
        Version::Normal(number) => u8::try_from(number).ok(),
        Version::Micro(_) => None,
    }
}
