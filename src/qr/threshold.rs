//! From grey to black and white. Which threshold shows a code depends on the light, so there are several.

use super::lanes::{darker, numbers, order, pairs, splat, split};
use super::luma::Luma;
use rxing::common::{BIT_FIELD_BASE_BITS, BitArray, BitFieldBaseType, BitMatrix};

/// The side of the blocks of [`blocks`], in pixels.
const BLOCK: usize = 8;

/// Below this span a block is one colour with noise, and its mean says nothing.
const SPAN: u16 = 24;

/// The side of the cells of [`local_mean`], in pixels.
const CELL: usize = 2;

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
    let mut limits = vec![0_u64; across];
    for (y, row) in luma.rows().enumerate() {
        if y % BLOCK == 0 {
            let top = (y / BLOCK).clamp(2, down - 3) - 2;
            columns.fill(0);
            for line in points.chunks_exact(across).skip(top).take(5) {
                columns.iter_mut().zip(line).for_each(|(sum, &p)| *sum += u32::from(p));
            }
            for (x, limit) in limits.iter_mut().enumerate() {
                let left = x.clamp(2, across - 3) - 2;
                // One more, for a pixel at the mean is black: a plain dark area would be white otherwise.
                *limit = splat(((columns.iter().skip(left).take(5).sum::<u32>() / 25) as u8).saturating_add(1));
            }
        }
        bits.push(row, &limits);
    }
    Some(bits.matrix)
}

/// One black point for each block: its mean, or for a block of one colour a guess from the neighbours above and before.
fn black_points(luma: &Luma<'_>, across: usize, down: usize) -> Vec<u8> {
    let mut points = vec![0_u8; across * down];
    for y in 0..down {
        // The last blocks lean on the edge, so that each of them has its 64 pixels.
        let top = (y * BLOCK).min(luma.height() - BLOCK);
        let band = luma.pixels().get(top * luma.width()..(top + BLOCK) * luma.width()).unwrap_or_default();
        for x in 0..across {
            let (sum, min, max) = statistics(band, luma.width(), (x * BLOCK).min(luma.width() - BLOCK));
            let mut point = (sum / 64) as u8;
            if max - min <= SPAN {
                point = (min / 2) as u8;
                if x > 0 && y > 0 {
                    let at = |x: usize, y: usize| u32::from(points[y * across + x]);
                    let around = ((at(x, y - 1) + 2 * at(x - 1, y) + at(x - 1, y - 1)) / 4) as u8;
                    if min < u16::from(around) {
                        point = around;
                    }
                }
            }
            points[y * across + x] = point;
        }
    }
    points
}

/// Sum, smallest and largest pixel of the block that begins at `left` in a band of eight rows.
fn statistics(band: &[u8], width: usize, left: usize) -> (u16, u16, u16) {
    let (mut sums, mut low, mut high) = (0, split([u8::MAX; BLOCK]).0, 0);
    for row in band.chunks_exact(width) {
        let Some(&pixels) = row.get(left..).and_then(|row| row.first_chunk::<BLOCK>()) else { continue };
        let (even, odd) = split(pixels);
        sums += even + odd;
        let (small, large) = order(even, odd);
        low = order(low, small).0;
        high = order(high, large).1;
    }
    let [a, b, c, d] = numbers(low);
    let [s, t, u, v] = numbers(high);
    (numbers(sums).iter().sum(), a.min(b).min(c.min(d)), s.max(t).max(u.max(v)))
}

/// Black where a pixel is darker than the mean of a square of `2 * reach + 1` cells of 2 × 2 pixels around its own; none below
/// one cell.
///
/// It follows glare, shadow and the bands of a screen closer than [`blocks`], and speckles plain areas.
/// A mean of so many pixels hardly changes within a cell, and cells are a quarter of the work.
pub(crate) fn local_mean(luma: &Luma<'_>, reach: usize) -> Option<BitMatrix> {
    let (across, down) = (luma.width() / CELL, luma.height() / CELL);
    if across == 0 || down == 0 {
        return None;
    }
    let cells = cell_sums(luma, across, down);
    let mut columns = vec![0_u32; across];
    let mut limits = vec![0_u64; luma.width().div_ceil(2 * CELL)];
    let mut bits = Bits::new(luma)?;
    let mut entering = cells.chunks_exact(across);
    let mut leaving = cells.chunks_exact(across);
    for line in entering.by_ref().take(reach) {
        columns.iter_mut().zip(line).for_each(|(sum, &cell)| *sum += u32::from(cell));
    }
    for (y, row) in luma.rows().enumerate() {
        let line = y / CELL;
        if y % CELL == 0 && line < down {
            if let Some(line) = entering.next() {
                columns.iter_mut().zip(line).for_each(|(sum, &cell)| *sum += u32::from(cell));
            }
            if line > reach
                && let Some(line) = leaving.next()
            {
                columns.iter_mut().zip(line).for_each(|(sum, &cell)| *sum -= u32::from(cell));
            }
            let lines = (line + reach + 1).min(down) - line.saturating_sub(reach);
            means(&columns, lines, reach, &mut limits);
        }
        bits.push(row, &limits);
    }
    Some(bits.matrix)
}

/// The sum of each cell's 4 pixels. What is left over at the right and lower edge belongs to no cell.
fn cell_sums(luma: &Luma<'_>, across: usize, down: usize) -> Vec<u16> {
    let mut cells = Vec::with_capacity(across * down);
    for band in luma.pixels().chunks_exact(CELL * luma.width()) {
        let (upper, lower) = band.split_at(luma.width());
        let (upper, upper_rest) = upper.as_chunks::<8>();
        let (lower, lower_rest) = lower.as_chunks::<8>();
        for (&above, &below) in upper.iter().zip(lower) {
            cells.extend(numbers(pairs(above) + pairs(below)));
        }
        let rest = upper_rest.as_chunks::<CELL>().0.iter().zip(lower_rest.as_chunks::<CELL>().0);
        cells.extend(rest.map(|(above, below)| above.iter().chain(below).map(|&p| u16::from(p)).sum::<u16>()));
    }
    cells
}

/// For each four cells beside each other their means of the square around, from sums over `lines` lines of cells.
fn means(columns: &[u32], lines: usize, reach: usize, limits: &mut [u64]) {
    let across = columns.len();
    let mut sum: u32 = columns.iter().take(reach).sum();
    let (mut scale, mut scaled_for, mut mean) = (0, 0, 0);
    for x in 0..across {
        sum += columns.get(x + reach).copied().unwrap_or(0);
        sum -= x.checked_sub(reach + 1).and_then(|left| columns.get(left)).copied().unwrap_or(0);
        let count = (x + reach + 1).min(across) - x.saturating_sub(reach);
        if count != scaled_for {
            // One division for each width of the window instead of one for each cell.
            scaled_for = count;
            scale = (1 << 32) / (count * lines * CELL * CELL) as u64;
        }
        mean = splat(((u64::from(sum) * scale) >> 32) as u8);
        if let Some(limit) = limits.get_mut(x / 4) {
            // Behind the last cell its mean holds on.
            let behind = 16 * (x % 4);
            *limit = *limit & !(u64::MAX << behind) | mean << behind;
        }
    }
    limits.iter_mut().skip(across.div_ceil(4)).for_each(|limit| *limit = mean);
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

    /// Adds a row: black where a pixel is darker than its limit, of which there are eight in each word.
    fn push(&mut self, row: &[u8], limits: &[u64]) {
        const GROUPS: usize = BIT_FIELD_BASE_BITS / 8;
        for (i, (pixels, limits)) in row.chunks(BIT_FIELD_BASE_BITS).zip(limits.chunks(GROUPS)).enumerate() {
            let (groups, rest) = pixels.as_chunks::<8>();
            let mut word = 0;
            for (group, (&pixels, &limits)) in groups.iter().zip(limits).enumerate() {
                word |= BitFieldBaseType::from(darker(pixels, limits)) << (8 * group);
            }
            if let Some(&limit) = limits.get(groups.len()) {
                // Behind the row there is nothing dark.
                let mut last = [u8::MAX; 8];
                last.iter_mut().zip(rest).for_each(|(to, &pixel)| *to = pixel);
                word |= BitFieldBaseType::from(darker(last, limit)) << (8 * groups.len());
            }
            self.row.setBulk(i * BIT_FIELD_BASE_BITS, word);
        }
        self.matrix.setRow(self.y, &self.row);
        self.y += 1;
    }
}
