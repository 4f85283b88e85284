//! Reading: a camera's frames one after another, or one picture with patience.

pub use super::hint::Hint;
pub use super::luma::{FrameError, Luma, luma_from_rgba};
use super::{
    detect::Look,
    ladder::{FIRST, LIVE, Rung, STILL},
};

/// What a code says and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct ScannedText {
    /// The text: UTF-8 where the code's bytes are, ISO 8859-1 otherwise.
    pub text: String,
    /// The corners in pixels of the frame: the code's own top left, top right, bottom right and bottom left.
    pub corners: [(f32, f32); 4],
}

/// Reads a live camera. Each frame gets the look that worked last and one other, which changes from frame to frame.
///
/// All looks at one frame would take longer than the next frame takes to come, and a hand moves meanwhile. When every look had its
/// turn and none has seen anything like a code, nobody stands at the gate: then each frame gets one look, and the phone stays cool.
#[derive(Clone, Debug)]
pub struct Scanner {
    favourite: Rung,
    misses: usize,
    /// The module size of a code that could not be read, in pixels, and the frames for which that is still worth saying.
    seen: Option<(f32, usize)>,
    hint: Hint,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Scanner {
    /// A scanner that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { favourite: FIRST, misses: 0, seen: None, hint: Hint::Nothing }
    }

    /// Looks at the next frame.
    pub fn scan(&mut self, frame: &Luma<'_>) -> Option<ScannedText> {
        let idle = self.seen.is_none() && self.misses >= LIVE.len();
        let looks = if !idle {
            [Some(self.favourite), LIVE.get(self.misses % LIVE.len()).copied()]
        } else if self.misses.is_multiple_of(2) {
            [Some(FIRST), None]
        } else {
            [LIVE.get(self.misses / 2 % LIVE.len()).copied(), None]
        };
        for rung in looks.into_iter().flatten() {
            match rung.look(frame) {
                Look::Read(found) => {
                    *self = Self { favourite: rung, misses: 0, seen: None, hint: Hint::Read };
                    return Some(found);
                }
                // Each rung has its turn once until this is forgotten: a tiny code is seen by one of them only.
                Look::Seen(module) => self.seen = Some((module, LIVE.len())),
                Look::Nothing => {}
            }
        }
        self.misses = self.misses.wrapping_add(1);
        // The favourite is only good for the next pass in the same light. After two frames the common case is likelier.
        if self.misses >= 2 {
            self.favourite = FIRST;
        }
        self.hint = match self.seen {
            Some((module, _)) => Hint::for_module(module),
            None => Hint::for_light(frame),
        };
        self.seen = self.seen.and_then(|(module, frames)| Some((module, frames.checked_sub(1)?)));
        None
    }

    /// What the last frame came to, and what would help. Without an own look at the frame, apart from some thousand pixels.
    #[must_use]
    pub fn hint(&self) -> Hint {
        self.hint
    }
}

/// Reads a picture, with every rung of the ladder.
#[must_use]
pub fn scan_still(picture: &Luma<'_>) -> Option<ScannedText> {
    STILL.iter().find_map(|rung| rung.read(picture))
}

/// Reads whatever a fuzzer makes up: the first byte is the width, the rest are pixels, and no bytes may cause a panic.
pub fn fuzz(data: &[u8]) {
    let Some((&width, pixels)) = data.split_first() else { return };
    let width = usize::from(width);
    let height = pixels.len().checked_div(width).unwrap_or(0);
    let pixels = pixels.get(..width * height).unwrap_or_default();
    if let Ok(luma) = Luma::new(pixels, width, height) {
        let _ = scan_still(&luma);
        let _ = Scanner::new().scan(&luma);
    }
}
