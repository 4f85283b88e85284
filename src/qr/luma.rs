//! Grey frames: the checked borrow every reader takes, and the resizing that lets one detector see codes of any size.

use super::lanes::{numbers, pairs, split};

/// More pixels than any camera of a telephone delivers; refused before memory is taken for them.
pub const MAX_PIXELS: usize = 64 << 20;

/// The longest side of a frame; the detector counts runs of pixels in 16 bits.
pub const MAX_SIDE: usize = 1 << 14;

/// Why a frame was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// The width or the height is zero.
    Empty,
    /// The bytes are fewer or more than the size asks for.
    Length {
        /// Bytes that the size asks for.
        expected: usize,
        /// Bytes that came.
        found: usize,
    },
    /// More than 64 million pixels, or a side longer than 16 384.
    TooLarge,
}

/// A grey frame, one byte a pixel, rows from the top without padding.
#[derive(Clone, Copy, Debug)]
pub struct Luma<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
}

impl<'a> Luma<'a> {
    /// Checks the size against the bytes.
    ///
    /// # Errors
    /// [`FrameError`] when a side is zero, the frame is too large or the length does not fit.
    pub fn new(pixels: &'a [u8], width: usize, height: usize) -> Result<Self, FrameError> {
        let expected = checked_area(width, height)?;
        if pixels.len() != expected {
            return Err(FrameError::Length { expected, found: pixels.len() });
        }
        Ok(Self { pixels, width, height })
    }

    /// The bytes, row by row.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The rows from the top.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'a [u8]> {
        self.pixels.chunks_exact(self.width)
    }
}

/// A grey frame of our own, made from another one.
pub(crate) struct Frame {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Frame {
    pub(crate) fn luma(&self) -> Luma<'_> {
        Luma { pixels: &self.pixels, width: self.width, height: self.height }
    }
}

/// Turns the RGBA bytes of a canvas into grey ones.
///
/// Green counts twice, red and blue once: within a few steps of the weights for human eyes, and without a multiplication.
/// Alpha is left out, for a camera has none.
///
/// # Errors
/// [`FrameError`] when a side is zero, the frame is too large or the length is not four bytes a pixel.
pub fn luma_from_rgba(rgba: &[u8], width: usize, height: usize) -> Result<Vec<u8>, FrameError> {
    let expected = checked_area(width, height)? * 4;
    if rgba.len() != expected {
        return Err(FrameError::Length { expected, found: rgba.len() });
    }
    const GREEN: u64 = 0x0000_00ff_0000_00ff;
    const ROUND: u64 = 0x0000_0002_0000_0002;
    let mut grey = vec![0; expected / 4];
    let (colours, last) = rgba.as_chunks::<8>();
    let (pairs, rest) = grey.as_chunks_mut::<2>();
    for (pair, &colours) in pairs.iter_mut().zip(colours) {
        // Red and blue are the even bytes, green and alpha the odd ones.
        let (even, odd) = split(colours);
        let [one, _, other, _] = numbers(((even + (even >> 16) + 2 * (odd & GREEN) + ROUND) >> 2) & GREEN);
        *pair = [one as u8, other as u8];
    }
    if let ([pixel], [red, green, blue, _]) = (rest, last) {
        *pixel = ((u16::from(*red) + 2 * u16::from(*green) + u16::from(*blue) + 2) >> 2) as u8;
    }
    Ok(grey)
}

/// Every `factor` × `factor` box becomes one pixel, their mean. None when nothing would be left.
///
/// Averaging removes the grid of a screen's own pixels, which is what hides a code in a close photograph of a screen.
pub(crate) fn shrink(from: &Luma<'_>, factor: usize) -> Option<Frame> {
    let (width, height) = (from.width.checked_div(factor)?, from.height / factor);
    if width == 0 || height == 0 {
        return None;
    }
    let pixels = match factor {
        2 => halve(from, width, height),
        3 => boxes::<3>(from, width, height),
        _ => any_boxes(from, factor, width, height),
    };
    Some(Frame { pixels, width, height })
}

fn halve(from: &Luma<'_>, width: usize, height: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width * height);
    for band in from.pixels.chunks_exact(from.width * 2) {
        let (upper, lower) = band.split_at(from.width);
        let (upper, upper_rest) = upper.as_chunks::<8>();
        let (lower, lower_rest) = lower.as_chunks::<8>();
        for (&above, &below) in upper.iter().zip(lower) {
            pixels.extend(numbers((pairs(above) + pairs(below)) >> 2).map(|mean| mean as u8));
        }
        let rest = upper_rest.as_chunks::<2>().0.iter().zip(lower_rest.as_chunks::<2>().0);
        pixels.extend(rest.map(|(&[a, b], &[c, d])| ((u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d)) >> 2) as u8));
    }
    pixels
}

/// The size of a box is known when this is built, which makes it twice as fast.
fn boxes<const FACTOR: usize>(from: &Luma<'_>, width: usize, height: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![0_u16; width];
    for band in from.pixels.chunks_exact(from.width * FACTOR) {
        sums.fill(0);
        for row in band.chunks_exact(from.width) {
            for (sum, group) in sums.iter_mut().zip(row.as_chunks::<FACTOR>().0) {
                *sum += group.iter().map(|&p| u16::from(p)).sum::<u16>();
            }
        }
        pixels.extend(sums.iter().map(|sum| (sum / (FACTOR * FACTOR) as u16) as u8));
    }
    pixels
}

fn any_boxes(from: &Luma<'_>, factor: usize, width: usize, height: usize) -> Vec<u8> {
    let area = (factor * factor) as u32;
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![0_u32; width];
    for band in from.pixels.chunks_exact(from.width * factor) {
        sums.fill(0);
        for row in band.chunks_exact(from.width) {
            for (sum, group) in sums.iter_mut().zip(row.chunks_exact(factor)) {
                *sum += group.iter().map(|&p| u32::from(p)).sum::<u32>();
            }
        }
        pixels.extend(sums.iter().map(|sum| (sum / area) as u8));
    }
    pixels
}

/// Twice the size, with straight lines between the pixels. None when the result would be larger than a frame may be.
///
/// Modules of two or three pixels are too small for the detector's run lengths; blown up they are not.
pub(crate) fn double(from: &Luma<'_>) -> Option<Frame> {
    let (width, height) = (from.width * 2, from.height * 2);
    checked_area(width, height).ok()?;
    let mut pixels = Vec::with_capacity(width * height);
    let mut wide = vec![0_u8; width];
    let mut above: Vec<u8> = Vec::new();
    for row in from.rows() {
        let nexts = row.iter().skip(1).chain(row.last());
        for ((pair, &p), &next) in wide.as_chunks_mut::<2>().0.iter_mut().zip(row).zip(nexts) {
            *pair = [p, p.midpoint(next)];
        }
        if !above.is_empty() {
            pixels.extend(above.iter().zip(&wide).map(|(a, b)| a.midpoint(*b)));
        }
        pixels.extend_from_slice(&wide);
        above.clone_from(&wide);
    }
    pixels.extend_from_slice(&above);
    Some(Frame { pixels, width, height })
}

/// The middle half of each side, and where it begins. None when nothing would be left.
pub(crate) fn middle(from: &Luma<'_>) -> Option<(Frame, (usize, usize))> {
    let (width, height) = (from.width / 2, from.height / 2);
    if width == 0 || height == 0 {
        return None;
    }
    let (left, top) = (from.width / 4, from.height / 4);
    let mut pixels = Vec::with_capacity(width * height);
    for row in from.rows().skip(top).take(height) {
        pixels.extend_from_slice(&row[left..left + width]);
    }
    Some((Frame { pixels, width, height }, (left, top)))
}

/// Pixels of a size that is neither empty nor too large.
fn checked_area(width: usize, height: usize) -> Result<usize, FrameError> {
    match (width, height) {
        (0, _) | (_, 0) => Err(FrameError::Empty),
        _ if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS => Err(FrameError::TooLarge),
        _ => Ok(width * height),
    }
}
