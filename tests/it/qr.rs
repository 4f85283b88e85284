//! QR codes there and back: what is drawn is read, whatever is done to the picture, and nothing is read into noise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use tongma::qr::encode::{EccLevel, QUIET_ZONE, QrMatrix, QrTooLong, encode, smallest_version};
use tongma::qr::scan::{FrameError, Hint, Luma, Scanner, fuzz, luma_from_rgba, scan_still};

/// A grey picture of our own.
struct Picture {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Picture {
    fn draw(code: &QrMatrix, scale: usize) -> Self {
        let side = (code.size + 2 * QUIET_ZONE) * scale;
        let module = |pixel: usize| (pixel / scale).checked_sub(QUIET_ZONE).filter(|&m| m < code.size);
        let dark = |x, y| matches!((module(x), module(y)), (Some(x), Some(y)) if code.modules[y * code.size + x]);
        Self::paint(side, side, |x, y| if dark(x, y) { 30 } else { 225 })
    }

    fn paint(width: usize, height: usize, at: impl Fn(usize, usize) -> u8) -> Self {
        let at = &at;
        Self { pixels: (0..height).flat_map(|y| (0..width).map(move |x| at(x, y))).collect(), width, height }
    }

    fn inverted(&self) -> Self {
        Self::paint(self.width, self.height, |x, y| 255 - self.pixels[y * self.width + x])
    }

    fn turned(&self) -> Self {
        Self::paint(self.height, self.width, |x, y| self.pixels[(self.height - 1 - x) * self.width + y])
    }

    fn luma(&self) -> Luma<'_> {
        Luma::new(&self.pixels, self.width, self.height).unwrap()
    }

    fn text(&self) -> Option<String> {
        scan_still(&self.luma()).map(|found| found.text)
    }
}

fn drawn(text: &str) -> Picture {
    Picture::draw(&encode(text, EccLevel::L).unwrap(), 3)
}

/// Numbers that look random and are the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn lengths_up_to_version_20_come_back() {
    for length in [1, 25, 26, 114, 395, 650, 900, 1249] {
        let text = "TM1:6BF*+A/0 $%.-Z9".chars().cycle().take(length).collect::<String>();
        let code = encode(&text, EccLevel::L).unwrap();
        assert_eq!(code.size, 17 + 4 * usize::from(code.version));
        assert_eq!(code.modules.len(), code.size * code.size);
        assert_eq!(Picture::draw(&code, 3).text().as_deref(), Some(text.as_str()), "{length} characters");
    }
}

#[test]
fn the_corners_are_where_the_code_is() {
    let code = encode("TM1:CORNERS OF A CODE", EccLevel::M).unwrap();
    let found = scan_still(&Picture::draw(&code, 6).luma()).unwrap();
    let (near, far) = (24.0_f32, (24 + 6 * code.size) as f32);
    for (found, expected) in found.corners.iter().zip([(near, near), (far, near), (far, far), (near, far)]) {
        assert!((found.0 - expected.0).abs() < 4.0 && (found.1 - expected.1).abs() < 4.0, "{found:?} for {expected:?}");
    }
}

#[test]
fn inverted_and_turned_codes_are_read() {
    let text = "TM1:".to_owned() + &"BB8 %69 VD92EX0".repeat(20);
    let picture = drawn(&text);
    assert_eq!(picture.inverted().text().as_ref(), Some(&text));
    assert_eq!(picture.turned().text().as_ref(), Some(&text));
    assert_eq!(picture.turned().turned().text().as_ref(), Some(&text));
    assert_eq!(picture.turned().inverted().text().as_ref(), Some(&text));
}

#[test]
fn a_live_scanner_reaches_each_kind_within_one_round_and_from_rest_within_two() {
    let text = "TM1:".to_owned() + &"LIVE".repeat(60);
    let (dark, light) = (drawn(&text), drawn(&text).inverted());
    let blank = Picture::paint(640, 480, |_, _| 128);
    let mut scanner = Scanner::new();
    for (picture, frames) in [(&dark, 8), (&light, 8), (&blank, 8), (&dark, 16), (&blank, 8), (&light, 16)] {
        let found = (0..frames).find_map(|_| scanner.scan(&picture.luma()));
        assert_eq!(found.map(|found| found.text), (!std::ptr::eq(picture, &raw const blank)).then(|| text.clone()));
    }
}

#[test]
fn what_would_help_is_told() {
    let after_a_round = |picture: &Picture| {
        let mut scanner = Scanner::new();
        for _ in 0..8 {
            assert_eq!(scanner.scan(&picture.luma()), None);
        }
        scanner.hint()
    };
    // Nobody can read a code with a hand before it, but it is seen to be one, and how large it is.
    let covered = |scale| {
        let mut picture = Picture::draw(&encode(&"TM1:HINT".repeat(30), EccLevel::L).unwrap(), scale);
        let (from, to) = (picture.width * 3 / 8, picture.width * 5 / 8);
        for y in from..to {
            picture.pixels[y * picture.width..][from..to].fill(128);
        }
        picture
    };
    assert_eq!(after_a_round(&covered(2)), Hint::Closer);
    assert_eq!(after_a_round(&covered(4)), Hint::HoldStill);
    assert_eq!(after_a_round(&Picture::paint(640, 480, |x, _| 100 + (x / 8) as u8)), Hint::Nothing);
    assert_eq!(after_a_round(&Picture::paint(640, 480, |x, y| (x * y % 11) as u8)), Hint::TooDark);
    assert_eq!(after_a_round(&Picture::paint(640, 480, |x, _| if x < 400 { 255 } else { 130 })), Hint::TooBright);
    let mut scanner = Scanner::new();
    assert!(scanner.scan(&drawn("TM1:READ").luma()).is_some());
    assert_eq!(scanner.hint(), Hint::Read);
    // What was seen is forgotten when it is gone.
    let blank = Picture::paint(640, 480, |_, _| 128);
    assert_eq!(scanner.scan(&covered(2).luma()), None);
    assert_eq!(scanner.hint(), Hint::Closer);
    for _ in 0..10 {
        scanner.scan(&blank.luma());
    }
    assert_eq!(scanner.hint(), Hint::Nothing);
}

#[test]
fn text_beyond_ascii_comes_back() {
    for text in ["通码：离线也能用", "Zürich", "TM1:ÄÖ", "", "https://example.org/?q=1"] {
        assert_eq!(drawn(text).text().as_deref(), Some(text));
    }
}

#[test]
fn capacities_are_those_of_alphanumeric_mode() {
    for (length, level, version) in [
        (25, EccLevel::L, 1),
        (26, EccLevel::L, 2),
        (395, EccLevel::L, 10),
        (396, EccLevel::L, 11),
        (311, EccLevel::M, 10),
        (221, EccLevel::Q, 10),
        (174, EccLevel::H, 10),
        (4296, EccLevel::L, 40),
    ] {
        let text = ":".repeat(length);
        assert_eq!(smallest_version(&text, level), Some(version));
        assert_eq!(encode(&text, level).map(|code| code.version), Ok(version));
    }
    let text = ":".repeat(4297);
    assert_eq!(smallest_version(&text, EccLevel::L), None);
    assert_eq!(encode(&text, EccLevel::L), Err(QrTooLong { length: 4297 }));
}

#[test]
fn the_path_covers_exactly_the_dark_modules() {
    let code = encode("TM1:PATH", EccLevel::M).unwrap();
    let side = code.size + 2 * QUIET_ZONE;
    let mut covered = vec![false; side * side];
    for run in code.svg_path().split_terminator('z') {
        let numbers: Vec<usize> = run.split(['M', ' ', 'h', 'v', '-']).filter_map(|n| n.parse().ok()).collect();
        let &[x, y, length, 1, back] = numbers.as_slice() else { panic!("{run}") };
        assert_eq!(length, back);
        covered[y * side + x..][..length].fill(true);
    }
    for (i, dark) in covered.into_iter().enumerate() {
        let inside = |n: usize| n.checked_sub(QUIET_ZONE).filter(|&n| n < code.size);
        let expected = inside(i % side).zip(inside(i / side)).is_some_and(|(x, y)| code.modules[y * code.size + x]);
        assert_eq!(dark, expected, "{i}");
    }
}

#[test]
fn frames_are_checked() {
    assert_eq!(Luma::new(&[], 0, 4).err(), Some(FrameError::Empty));
    assert_eq!(Luma::new(&[], 4, 0).err(), Some(FrameError::Empty));
    assert_eq!(Luma::new(&[0; 5], 2, 3).err(), Some(FrameError::Length { expected: 6, found: 5 }));
    assert_eq!(Luma::new(&[], usize::MAX, 2).err(), Some(FrameError::TooLarge));
    assert_eq!(Luma::new(&[], 16_384, 16_384).err(), Some(FrameError::TooLarge));
    assert_eq!(luma_from_rgba(&[0; 7], 1, 2), Err(FrameError::Length { expected: 8, found: 7 }));
    assert_eq!(luma_from_rgba(&[], usize::MAX, usize::MAX), Err(FrameError::TooLarge));
    assert_eq!(luma_from_rgba(&[255, 255, 255, 0, 0, 200, 100, 255], 2, 1), Ok(vec![255, 125]));
}

#[test]
fn nothing_is_read_where_there_is_no_code() {
    for (width, height) in [(1, 1), (1, 300), (300, 1), (39, 41), (40, 40), (320, 240)] {
        assert_eq!(Picture::paint(width, height, |_, _| 200).text(), None);
        assert_eq!(Picture::paint(width, height, |x, y| if (x / 3 + y / 3) % 2 == 0 { 0 } else { 255 }).text(), None);
        let speckle = Picture { pixels: noise(width * height), width, height };
        assert_eq!(speckle.text(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pass_text_comes_back(text in "[0-9A-Z $%*+./:-]{1,1249}", inverted: bool) {
        let picture = drawn(&text);
        let picture = if inverted { picture.inverted() } else { picture };
        prop_assert_eq!(picture.text(), Some(text));
    }

    #[test]
    fn any_text_comes_back(text in "\\PC{0,60}") {
        prop_assert_eq!(drawn(&text).text(), Some(text));
    }

    #[test]
    fn no_bytes_cause_a_panic(data in proptest::collection::vec(any::<u8>(), 0..20_000)) {
        fuzz(&data);
    }
}
