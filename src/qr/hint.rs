//! What would help, from what the looks at a frame came by anyway.

use super::luma::Luma;
use rxing::{common::cpp_essentials::ConcentricPattern, qrcode::cpp_port::detector::FinderPatternSet};

/// What a camera's frame came to, and what would help where it could not be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename_all = "kebab-case"))]
pub enum Hint {
    /// A code is seen, but its modules are too few pixels.
    Closer,
    /// A code is seen and large enough: it is blurred, or something is before it.
    HoldStill,
    /// There is no code, or nothing that could be told of it.
    #[default]
    Nothing,
    /// A code was read.
    Read,
    /// Hardly anything is darker than white.
    TooBright,
    /// Hardly anything is lighter than black.
    TooDark,
}

impl Hint {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 6] = [Self::Closer, Self::HoldStill, Self::Nothing, Self::Read, Self::TooBright, Self::TooDark];

    /// Its name at the boundary, in kebab-case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closer => "closer",
            Self::HoldStill => "hold-still",
            Self::Nothing => "nothing",
            Self::Read => "read",
            Self::TooBright => "too-bright",
            Self::TooDark => "too-dark",
        }
    }

    /// What would help with a code of this module size, in pixels of the camera's frame.
    pub(crate) fn for_module(module: f32) -> Self {
        if module < READABLE_MODULE { Self::Closer } else { Self::HoldStill }
    }

    /// What the light of a frame without any code comes to, from a few thousand of its pixels.
    pub(crate) fn for_light(luma: &Luma<'_>) -> Self {
        let (mut all, mut light, mut white) = (0_u32, 0, 0);
        for row in luma.rows().step_by(SAMPLE_EVERY) {
            for &pixel in row.iter().step_by(SAMPLE_EVERY) {
                all += 1;
                light += u32::from(pixel > DARK);
                white += u32::from(pixel >= WHITE);
            }
        }
        match () {
            () if light * 50 < all => Self::TooDark,
            () if white * 2 > all => Self::TooBright,
            () => Self::Nothing,
        }
    }
}

/// Below this many pixels a module is hardly ever read from a moving camera.
const READABLE_MODULE: f32 = 2.6;
/// One pixel in so many, across and down, is looked at for the light.
const SAMPLE_EVERY: usize = 8;
/// What is no lighter than this is black to a camera. The light half of a readable code is more than a fiftieth of a frame.
const DARK: u8 = 56;
/// From here on a camera has no more steps.
const WHITE: u8 = 250;

/// The module size of what three targets say is a code, in pixels; none where they are hardly a square's corners.
///
/// Any busy picture has three targets by accident. These agree in size, and the legs between them in length and at a right angle.
pub(crate) fn module_size(set: &FinderPatternSet) -> Option<f32> {
    let (one, corner, other) = (set.tr, set.tl, set.bl);
    let sizes = [one, corner, other].map(|pattern| pattern.size as f32);
    let (smallest, largest) = (sizes[0].min(sizes[1]).min(sizes[2]), sizes[0].max(sizes[1]).max(sizes[2]));
    let (along, down) = (leg(corner, one), leg(corner, other));
    let (long, short) = (along.2.max(down.2), along.2.min(down.2));
    let cosine = (along.0 * down.0 + along.1 * down.1) / (along.2 * down.2);
    let module = (sizes[0] + sizes[1] + sizes[2]) / 21.0;
    let modules = (along.2 + down.2) / 2.0 / module + 7.0;
    let square = largest <= 1.3 * smallest + 1.0 && long <= 1.25 * short && cosine.abs() < 0.25;
    (square && (20.0..=110.0).contains(&modules)).then_some(module)
}

/// From one target to another: across, down, and the distance.
fn leg(from: ConcentricPattern, to: ConcentricPattern) -> (f32, f32, f32) {
    let (across, down) = (to.p.x - from.p.x, to.p.y - from.p.y);
    (across, down, across.hypot(down))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rxing::Point;

    fn target(x: f32, y: f32, size: i32) -> ConcentricPattern {
        ConcentricPattern { p: Point { x, y }, size }
    }

    fn module(tr: ConcentricPattern, tl: ConcentricPattern, bl: ConcentricPattern) -> Option<f32> {
        module_size(&FinderPatternSet { bl, tl, tr })
    }

    #[test]
    fn three_targets_are_a_code_only_as_corners_of_a_square() {
        let (tr, tl, bl) = (target(310.0, 100.0, 21), target(100.0, 100.0, 21), target(100.0, 310.0, 21));
        assert_eq!(module(tr, tl, bl), Some(3.0));
        assert_eq!(module(target(310.0, 100.0, 40), tl, bl), None, "one is larger");
        assert_eq!(module(target(450.0, 100.0, 21), tl, bl), None, "one leg is longer");
        assert_eq!(module(target(280.0, 220.0, 21), tl, bl), None, "not a right angle");
        assert_eq!(module(target(120.0, 100.0, 21), tl, target(100.0, 120.0, 21)), None, "too close to each other");
    }

    #[test]
    fn light_is_judged_by_what_is_left_of_black_and_white() {
        let hint = |at: &dyn Fn(usize) -> u8| {
            let pixels: Vec<u8> = (0..320 * 240).map(|i| at(i % 320)).collect();
            Hint::for_light(&Luma::new(&pixels, 320, 240).expect("a frame"))
        };
        assert_eq!(hint(&|_| 12), Hint::TooDark);
        assert_eq!(hint(&|x| if x < 32 { 180 } else { 5 }), Hint::Nothing, "a screen in a dark room");
        assert_eq!(hint(&|_| 255), Hint::TooBright);
        assert_eq!(hint(&|x| if x < 120 { 255 } else { 90 }), Hint::Nothing, "a window behind");
        assert_eq!(hint(&|x| x as u8), Hint::Nothing);
    }

    #[test]
    fn codes_differ() {
        let mut codes = Hint::ALL.map(Hint::code).to_vec();
        codes.dedup();
        assert_eq!(codes.len(), Hint::ALL.len());
        assert!(codes.is_sorted());
    }
}
