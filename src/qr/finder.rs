//! The search for finder patterns: the three square targets in the corners of a code, whose rows read dark, light, dark, light,
//! dark in the proportions 1:1:3:1:1 (ISO/IEC 18004, 6.3.3).
//!
//! Nearly all frames of a camera have no code, and most of a frame's time went into this search, pixel by pixel. Here whole words
//! are looked at, and a column through the middle is read before the port of zxing-cpp measures a candidate in all directions.

use rxing::{
    Point,
    common::{
        BIT_FIELD_BASE_BITS, BitFieldBaseType, BitMatrix,
        cpp_essentials::{ConcentricPattern, LocateConcentricPattern, Pattern},
    },
};

/// Rows between two that are looked at: the middle of a target is three modules high.
const STEP: u32 = 3;

/// Dark and light modules of a target, along any line through its middle.
const TARGET: Pattern<5> = [1, 1, 3, 1, 1];

/// All targets in a picture.
pub(crate) fn patterns(bits: &BitMatrix) -> Vec<ConcentricPattern> {
    let mut found: Vec<ConcentricPattern> = Vec::new();
    let mut edges = Vec::with_capacity(bits.width() as usize);
    let mut y = STEP - 1;
    while y < bits.height() {
        edges_of(bits.getRow(y).getBitArray(), bits.width(), &mut edges);
        let mut i = 0;
        while let Some(&[a, b, c, d, e, f]) = edges.get(i..).and_then(|rest| rest.first_chunk::<6>()) {
            // A row begins light, so every second edge begins something dark.
            i += 2;
            let runs = [b - a, c - b, d - c, e - d, f - e].map(u32::from);
            if !in_proportion(runs) {
                continue;
            }
            i += 2;
            let middle = Point { x: (f32::from(c) + f32::from(d)) / 2.0, y: y as f32 + 0.5 };
            let inside = |old: &ConcentricPattern| Point::distance(middle, old.p) < old.size as f32 / 2.0;
            // Three times the width, for what is seen from the side.
            let range = 3 * u32::from(f - a);
            if !found.iter().any(inside) && column_fits(bits, middle.x as u32, y, range) {
                found.extend(LocateConcentricPattern::<true, 5, 7>(bits, &TARGET, middle, range as i32));
            }
        }
        y += STEP;
    }
    found
}

/// Where a row changes from light to dark and back, the first change to dark first, its end last when it ends dark.
fn edges_of(words: &[BitFieldBaseType], width: u32, edges: &mut Vec<u16>) {
    edges.clear();
    let mut before = 0;
    for (i, &word) in words.iter().enumerate() {
        let mut changes = word ^ (word << 1 | before);
        before = word >> (BIT_FIELD_BASE_BITS - 1);
        while changes != 0 {
            edges.push((i * BIT_FIELD_BASE_BITS) as u16 + changes.trailing_zeros() as u16);
            changes &= changes - 1;
        }
    }
    // What lies behind the row is light, which made an edge where there was room for it.
    if edges.len() % 2 == 1 {
        edges.push(width as u16);
    }
}

/// Whether five runs are those of a target, seen from anywhere and with dark grown at the cost of light or the other way.
fn in_proportion(runs: [u32; 5]) -> bool {
    let [a, b, c, d, e] = runs;
    if c < 3 || c < 2 * a.max(e) || c < b.max(d) {
        return false;
    }
    // Modules in tenths of a pixel: five are dark and two light.
    let (dark, light) = (2 * (a + c + e), 5 * (b + d));
    if dark > 4 * light || light > 4 * dark {
        return false;
    }
    let close = |run: u32, modules: u32, module: u32, slack: u32| (10 * run).abs_diff(modules * module) <= slack;
    let (dark_slack, light_slack) = (dark * 3 / 4 + 5, light / 3 + 5);
    close(a, 1, dark, dark_slack)
        && close(b, 1, light, light_slack)
        && close(c, 3, dark, dark_slack)
        && close(d, 1, light, light_slack)
        && close(e, 1, dark, dark_slack)
}

/// Whether the column through a point looks like a target as well. The edge of the picture ends a run.
fn column_fits(bits: &BitMatrix, x: u32, y: u32, range: u32) -> bool {
    if !bits.get(x, y) {
        return false;
    }
    let (top, bottom) = (y.saturating_sub(range), (y + range).min(bits.height() - 1));
    let mut up = y;
    let mut down = y;
    // Three runs each way, both halves of the middle one first.
    let mut length = |dark: bool, upwards: bool| {
        let mut run = 0;
        if upwards {
            while up >= top && bits.get(x, up) == dark {
                run += 1;
                if up == 0 {
                    return run;
                }
                up -= 1;
            }
        } else {
            while down <= bottom && bits.get(x, down) == dark {
                run += 1;
                down += 1;
            }
        }
        run
    };
    let c = length(true, true) + length(true, false) - 1;
    let (b, d) = (length(false, true), length(false, false));
    if b == 0 || d == 0 || c < b.max(d) {
        return false;
    }
    let (a, e) = (length(true, true), length(true, false));
    a > 0 && e > 0 && a + b + c + d + e <= range && in_proportion([a, b, c, d, e])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> BitMatrix {
        let mut bits = BitMatrix::new(text.len() as u32, 1).expect("a size");
        text.bytes().enumerate().filter(|(_, byte)| *byte == b'#').for_each(|(x, _)| bits.set(x as u32, 0));
        bits
    }

    fn edges(text: &str) -> Vec<u16> {
        let bits = row(text);
        let mut edges = vec![9];
        edges_of(bits.getRow(0).getBitArray(), bits.width(), &mut edges);
        edges
    }

    #[test]
    fn edges_are_where_the_colour_changes() {
        assert_eq!(edges("...."), Vec::<u16>::new());
        assert_eq!(edges("####"), [0_u16, 4]);
        assert_eq!(edges(".##.#"), [1_u16, 3, 4, 5]);
        for width in [31, 32, 33, 63, 64, 65, 127, 128, 129] {
            assert_eq!(edges(&"#".repeat(width)), [0_u16, width as u16]);
            assert_eq!(edges(&(".".repeat(width) + "#.")), [width as u16, width as u16 + 1]);
        }
    }

    #[test]
    fn proportions_are_those_of_a_target() {
        assert!(in_proportion([1, 1, 3, 1, 1]));
        assert!(in_proportion([5, 5, 15, 5, 5]));
        assert!(in_proportion([5, 3, 13, 3, 5]));
        assert!(!in_proportion([5, 5, 5, 5, 5]));
        assert!(!in_proportion([10, 10, 75, 10, 10]));
        assert!(!in_proportion([10, 40, 30, 40, 10]));
        assert!(!in_proportion([1, 1, 2, 1, 1]));
    }

    #[test]
    fn targets_are_found_where_they_are() {
        let target = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
        for scale in [2, 3, 7, 20] {
            let mut bits = BitMatrix::new(40 * scale, 20 * scale).expect("a size");
            let dark = |x: u32, y: u32| target.get(y as usize).and_then(|row| row.as_bytes().get(x as usize)) == Some(&b'#');
            for y in 0..20 * scale {
                for x in 0..40 * scale {
                    let module = (x / scale, y / scale);
                    if dark(module.0.wrapping_sub(3), module.1.wrapping_sub(5)) || dark(module.0.wrapping_sub(25), module.1.wrapping_sub(9))
                    {
                        bits.set(x, y);
                    }
                }
            }
            let mut found: Vec<_> =
                patterns(&bits).iter().map(|p| ((p.p.x / scale as f32).round(), (p.p.y / scale as f32).round())).collect();
            found.sort_by(|one, two| one.0.total_cmp(&two.0));
            assert_eq!(found, [(7.0, 9.0), (29.0, 13.0)], "{scale} pixels a module");
        }
    }
}
