//! The ladder: which ways of looking at a frame there are, and in which order they are worth their time.
//!
//! No single way reads all codes. On 153 synthetic frames of dense codes the first rung alone reads 124, all together 152;
//! photographs of screens need the shrunk ones, small codes the doubled ones, a bright edge or bands the local means.

use super::luma::{Luma, double, middle, shrink};
use super::scan::ScannedText;
use super::{
    detect::{self, Look},
    threshold,
};
use rxing::common::BitMatrix;

/// One way of looking at a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// What size the frame is brought to.
    pub scale: Scale,
    /// How black is told from white.
    pub threshold: Threshold,
    /// Looks for light modules on dark.
    pub inverted: bool,
}

/// The size a frame is brought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Twice the size.
    Doubled,
    /// At twice the size, of a large frame only the middle half of each side, where people aim: for the dear look at a small code.
    Middle,
    /// Each side divided by this number.
    Shrunk(usize),
    /// As it is.
    Whole,
}

/// How black is told from white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// By blocks of 8 × 8 pixels and their neighbours.
    Blocks,
    /// By the mean of the square that reaches this many cells of 2 × 2 pixels to each side.
    Mean(usize),
}

/// Pixels of a frame that is doubled as a whole in the time that the middle of a usual one takes: 640 × 480.
const SMALL: usize = 640 * 480;

/// The first look at any frame.
pub const FIRST: Rung = Rung::new(Scale::Whole, Threshold::Blocks);

/// What a live camera's frames take turns with, after [`FIRST`].
pub const LIVE: [Rung; 8] = [
    Rung::new(Scale::Shrunk(2), Threshold::Mean(6)),
    Rung::new(Scale::Whole, Threshold::Mean(10)),
    FIRST.inverted(),
    Rung::new(Scale::Whole, Threshold::Mean(6)),
    Rung::new(Scale::Shrunk(3), Threshold::Blocks),
    Rung::new(Scale::Middle, Threshold::Blocks),
    Rung::new(Scale::Shrunk(2), Threshold::Blocks),
    Rung::new(Scale::Shrunk(2), Threshold::Mean(6)).inverted(),
];

/// What a picture gets, in this order: the rung that adds most for its time comes next.
pub const STILL: [Rung; 18] = [
    FIRST,
    Rung::new(Scale::Shrunk(2), Threshold::Mean(6)),
    Rung::new(Scale::Whole, Threshold::Mean(10)),
    FIRST.inverted(),
    Rung::new(Scale::Shrunk(3), Threshold::Blocks),
    Rung::new(Scale::Shrunk(2), Threshold::Blocks),
    Rung::new(Scale::Whole, Threshold::Mean(6)),
    Rung::new(Scale::Doubled, Threshold::Blocks),
    Rung::new(Scale::Shrunk(2), Threshold::Mean(3)),
    Rung::new(Scale::Shrunk(3), Threshold::Mean(4)),
    Rung::new(Scale::Whole, Threshold::Mean(4)),
    Rung::new(Scale::Whole, Threshold::Mean(20)),
    Rung::new(Scale::Doubled, Threshold::Mean(15)),
    Rung::new(Scale::Shrunk(2), Threshold::Mean(6)).inverted(),
    Rung::new(Scale::Whole, Threshold::Mean(10)).inverted(),
    Rung::new(Scale::Shrunk(6), Threshold::Blocks),
    Rung::new(Scale::Whole, Threshold::Mean(3)),
    Rung::new(Scale::Doubled, Threshold::Mean(6)),
];

impl Rung {
    const fn new(scale: Scale, threshold: Threshold) -> Self {
        Self { scale, threshold, inverted: false }
    }

    const fn inverted(mut self) -> Self {
        self.inverted = true;
        self
    }

    /// Looks at a frame in this way. The corners are in pixels of `luma`.
    #[must_use]
    pub fn read(self, luma: &Luma<'_>) -> Option<ScannedText> {
        match self.look(luma) {
            Look::Read(found) => Some(found),
            Look::Seen(_) | Look::Nothing => None,
        }
    }

    /// Looks at a frame in this way, and tells of what it sees and can't read. Places and sizes are in pixels of `luma`.
    pub(crate) fn look(self, luma: &Luma<'_>) -> Look {
        self.scaled(luma).unwrap_or(Look::Nothing)
    }

    fn scaled(self, luma: &Luma<'_>) -> Option<Look> {
        let (frame, pixel, origin) = match self.scale {
            Scale::Doubled => (double(luma)?, 0.5, (0, 0)),
            Scale::Middle if luma.pixels().len() <= SMALL => (double(luma)?, 0.5, (0, 0)),
            Scale::Middle => {
                let (part, origin) = middle(luma)?;
                (double(&part.luma())?, 0.5, origin)
            }
            Scale::Shrunk(factor) => (shrink(luma, factor)?, factor as f32, (0, 0)),
            Scale::Whole => return self.bits(luma).map(|bits| detect::read(&bits)),
        };
        Some(match detect::read(&self.bits(&frame.luma())?) {
            Look::Read(mut found) => {
                found.corners = found.corners.map(|(x, y)| (x * pixel + origin.0 as f32, y * pixel + origin.1 as f32));
                Look::Read(found)
            }
            Look::Seen(module) => Look::Seen(module * pixel),
            Look::Nothing => Look::Nothing,
        })
    }

    fn bits(self, luma: &Luma<'_>) -> Option<BitMatrix> {
        let mut bits = match self.threshold {
            Threshold::Blocks => threshold::blocks(luma)?,
            Threshold::Mean(reach) => threshold::local_mean(luma, reach)?,
        };
        if self.inverted {
            bits.flip_self();
        }
        Some(bits)
    }
}
