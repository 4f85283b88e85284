//! From grey to black and white. Which threshold shows a code depends on the light, so there are several.

use super::luma::Luma;
use rxing::common::{BIT_FIELD_BASE_BITS, BitArray, BitFieldBaseType, BitMatrix};

/// The block that shares one threshold.
const BLOCK: usize = 8;

/// Below this span a block is one colour with noise, and its mean says nothing.
const SPAN: u8 = 24;

/// Black where a pixel is no lighter than the mean of the 5 × 5 blocks around it; none below 5 × 5 blocks.
///
/// The threshold of the zxing family: sharp on modules of a few pixels, and cheap.
pub(crate) fn blocks(luma: &Luma<'_>) -> Option<BitMatrix> {
    let (across, down) = (luma.width().div_ceil(BLOCK), luma.height().div_ceil(BLOCK));
    if luma.width() < 5 * BLOCK || luma.height() < 5 * BLOCK {
        return None;
    }
    let points = black_points(luma, across, down);
    let mut bits = Bits::new(luma)?;
    let mut columns = vec![0_u32; across];
    let mut thresholds = vec![0_u8; luma.width()];
    for (y, row) in luma.rows().enumerate() {
        if y % BLOCK == 0 {
            let top = (y / BLOCK).clamp(2, down - 3) - 2;
            columns.fill(0);
            for line in points.chunks_exact(across).skip(top).take(5) {
                columns.iter_mut().zip(line).for_each(|(sum, &p)| *sum += u32::from(p));
            }
            for (x, chunk) in thresholds.chunks_mut(BLOCK).enumerate() {
                let left = x.clamp(2, across - 3) - 2;
                // One more, for a pixel at the mean is black: a plain dark area would be white otherwise.
                chunk.fill(((columns.iter().skip(left).take(5).sum::<u32>() / 25) as u8).saturating_add(1));
            }
        }
        bits.push(row, &thresholds);
    }
    Some(bits.matrix)
}

/// One black point for each block: its mean, or for a block of one colour a guess from the neighbours above and before.
fn black_points(luma: &Luma<'_>, across: usize, down: usize) -> Vec<u8> {
    let mut points = vec![0_u8; across * down];
    let mut stats = vec![(0_u32, u8::MAX, 0_u8); across];
    for y in 0..down {
        // The last blocks lean on the edge, so that each of them has its 64 pixels.
        let top = (y * BLOCK).min(luma.height() - BLOCK);
        stats.fill((0, u8::MAX, 0));
        for row in luma.rows().skip(top).take(BLOCK) {
            for (x, (sum, min, max)) in stats.iter_mut().enumerate() {
                let left = (x * BLOCK).min(row.len() - BLOCK);
                for &p in &row[left..left + BLOCK] {
                    *sum += u32::from(p);
                    *min = (*min).min(p);
                    *max = (*max).max(p);
                }
            }
        }
        for (x, &(sum, min, max)) in stats.iter().enumerate() {
            let mut point = (sum / 64) as u8;
            if max - min <= SPAN {
                point = min / 2;
                if x > 0 && y > 0 {
                    let at = |x: usize, y: usize| u32::from(points[y * across + x]);
                    let around = ((at(x, y - 1) + 2 * at(x - 1, y) + at(x - 1, y - 1)) / 4) as u8;
                    if min < around {
                        point = around;
                    }
                }
            }
            points[y * across + x] = point;
        }
    }
    points
}

/// Black where a pixel is darker than the mean of the square of `2 * radius + 1` pixels around it.
///
/// It follows glare, shadow and the bands of a screen closer than [`blocks`], and speckles plain areas.
/// Sums are kept for each column and moved along, so the cost does not grow with the radius.
pub(crate) fn local_mean(luma: &Luma<'_>, radius: usize) -> Option<BitMatrix> {
    let (width, height) = (luma.width(), luma.height());
    let mut columns = vec![0_u32; width];
    let mut thresholds = vec![0_u8; width];
    let mut bits = Bits::new(luma)?;
    let mut entering = luma.rows();
    let mut leaving = luma.rows();
    for row in entering.by_ref().take(radius) {
        columns.iter_mut().zip(row).for_each(|(sum, &p)| *sum += u32::from(p));
    }
    for (y, row) in luma.rows().enumerate() {
        if let Some(row) = entering.next() {
            columns.iter_mut().zip(row).for_each(|(sum, &p)| *sum += u32::from(p));
        }
        if y > radius
            && let Some(row) = leaving.next()
        {
            columns.iter_mut().zip(row).for_each(|(sum, &p)| *sum -= u32::from(p));
        }
        let rows = (y + radius + 1).min(height) - y.saturating_sub(radius);
        mean_along(&columns, rows, radius, &mut thresholds);
        bits.push(row, &thresholds);
    }
    Some(bits.matrix)
}

/// For each column the mean of the square around it, from sums over `rows` rows.
fn mean_along(columns: &[u32], rows: usize, radius: usize, out: &mut [u8]) {
    let mut sum: u64 = columns.iter().take(radius).map(|&c| u64::from(c)).sum();
    let mut count = radius.min(columns.len());
    let mut scale = 0;
    let mut scaled_for = 0;
    for (x, mean) in out.iter_mut().enumerate() {
        if let Some(&column) = columns.get(x + radius) {
            sum += u64::from(column);
            count += 1;
        }
        if let Some(&column) = x.checked_sub(radius + 1).and_then(|left| columns.get(left)) {
            sum -= u64::from(column);
            count -= 1;
        }
        if count != scaled_for {
            // One division for each width of the window instead of one for each pixel.
            scaled_for = count;
            scale = (1 << 32) / (count * rows) as u64;
        }
        *mean = ((sum * scale) >> 32) as u8;
    }
}

/// A matrix that is filled row by row, a machine word at a time.
struct Bits {
    matrix: BitMatrix,
    row: BitArray,
    y: u32,
}

impl Bits {
    fn new(luma: &Luma<'_>) -> Option<Self> {
        let matrix = BitMatrix::new(luma.width() as u32, luma.height() as u32).ok()?;
        Some(Self { matrix, row: BitArray::with_size(luma.width()), y: 0 })
    }

    /// Adds a row: black where a pixel is darker than its threshold.
    fn push(&mut self, row: &[u8], thresholds: &[u8]) {
        let chunks = row.chunks(BIT_FIELD_BASE_BITS).zip(thresholds.chunks(BIT_FIELD_BASE_BITS));
        for (i, (pixels, thresholds)) in chunks.enumerate() {
            let (groups, rest) = pixels.as_chunks::<8>();
            let (limits, rest_limits) = thresholds.as_chunks::<8>();
            let mut word = 0;
            for (group, (pixels, limits)) in groups.iter().zip(limits).enumerate() {
                word |= BitFieldBaseType::from(darker(pixels, limits)) << (8 * group);
            }
            for (bit, (pixel, limit)) in rest.iter().zip(rest_limits).enumerate() {
                word |= BitFieldBaseType::from(pixel < limit) << (8 * groups.len() + bit);
            }
            self.row.setBulk(i * BIT_FIELD_BASE_BITS, word);
        }
        self.matrix.setRow(self.y, &self.row);
        self.y += 1;
    }
}

/// One bit for each of eight pixels, the first one lowest. Without a branch, for the pixels of an edge follow no pattern.
fn darker(pixels: &[u8; 8], limits: &[u8; 8]) -> u8 {
    let [a, b, c, d, e, f, g, h] = *pixels;
    let [s, t, u, v, w, x, y, z] = *limits;
    let low = u8::from(a < s) | u8::from(b < t) << 1 | u8::from(c < u) << 2 | u8::from(d < v) << 3;
    let high = u8::from(e < w) | u8::from(f < x) << 1 | u8::from(g < y) << 2 | u8::from(h < z) << 3;
    low | high << 4
}
