//! Paper codes printed at 300 dots an inch, 25 mm wide, and photographed: in twelve ways, the same in every run, at least 99 % are read.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use image::{GrayImage, codecs::jpeg::JpegEncoder, imageops};
use std::thread;
use tongma::{
    entropy::Entropy,
    keys::SecretKey,
    qr::{
        encode::{EccLevel, QrMatrix, encode},
        scan::{Luma, scan_still},
    },
    roles::issuer,
    time::UnixTime,
    token::{DocumentKind, Paper, Serial, StatusReference, to_text},
};

/// Dots of 25 mm at 300 an inch.
const DOTS: usize = 295;
/// White around the code, in modules.
const QUIET: f32 = 4.0;
/// Pictures of each way.
const EACH: u32 = 17;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn new(seed: u32) -> Self {
        Self(0x2545_F491_4F6C_DD1D ^ (u64::from(seed) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    /// From 0 to 1.
    fn part(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1 << 24) as f32
    }

    fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.part()
    }
}

/// What is printed: ink from 0 to 1, dot by dot.
struct Print {
    ink: Vec<f32>,
    side: usize,
    margin: usize,
}

impl Print {
    /// Module edges fall on whole dots, as printers put them.
    fn new(code: &QrMatrix) -> Self {
        let margin = (QUIET * DOTS as f32 / code.size as f32).ceil() as usize;
        let side = DOTS + 2 * margin;
        let module = |dot: usize| dot.checked_sub(margin).map(|dot| dot * code.size / DOTS).filter(|module| *module < code.size);
        let dark = |dot: usize| matches!((module(dot % side), module(dot / side)), (Some(x), Some(y)) if code.modules[y * code.size + x]);
        Self { ink: (0..side * side).map(|dot| f32::from(u8::from(dark(dot)))).collect(), side, margin }
    }

    /// Toner that ran out in stripes and specks, and dirt.
    fn worn(&mut self, chance: &mut Chance) {
        for _ in 0..3 {
            let (at, width, left) = (chance.next() as usize % self.side, 1 + chance.next() as usize % 3, chance.between(0.25, 0.6));
            let across = chance.next().is_multiple_of(2);
            for dot in 0..self.ink.len() {
                let along = if across { dot % self.side } else { dot / self.side };
                if (at..at + width).contains(&along) {
                    self.ink[dot] *= left;
                }
            }
        }
        for ink in &mut self.ink {
            match chance.next() % 100 {
                0..=3 => *ink = 0.0,
                4 => *ink = 0.8,
                _ => {}
            }
        }
    }

    /// Folded twice: along the folds ink came off and a shadow lies.
    fn folded(&mut self, chance: &mut Chance) {
        for _ in 0..2 {
            let (angle, at) = (chance.between(0.0, std::f32::consts::PI), chance.between(0.2, 0.8) * self.side as f32);
            let (sin, cos) = angle.sin_cos();
            let middle = self.side as f32 / 2.0;
            for dot in 0..self.ink.len() {
                let (x, y) = ((dot % self.side) as f32 - middle, (dot / self.side) as f32 - middle);
                let far = (x * cos + y * sin + middle - at).abs();
                if far < 2.5 {
                    self.ink[dot] = self.ink[dot] * 0.35 + 0.22;
                }
            }
        }
    }

    /// What lies on the paper, from black to white: ink runs a little.
    fn dried(&self) -> GrayImage {
        let dots = self.ink.iter().map(|ink| (255.0 * (1.0 - ink)) as u8).collect();
        imageops::blur(&GrayImage::from_raw(self.side as u32, self.side as u32, dots).unwrap(), 0.6)
    }
}

/// How it is photographed.
#[derive(Clone, Copy, Debug)]
struct Shot {
    /// Pixels of a module.
    module: f32,
    /// Degrees.
    turn: f32,
    /// How much farther one edge is than the other.
    tilt: (f32, f32),
    /// Standard deviation, in pixels.
    defocus: f32,
    /// How far the hand moved, in steps of some two pixels.
    motion: usize,
    black: f32,
    white: f32,
    /// How much darker one side is.
    shade: f32,
    glare: bool,
    noise: f32,
    quality: u8,
}

const STEADY: Shot = Shot {
    module: 3.6,
    turn: 0.0,
    tilt: (0.0, 0.0),
    defocus: 0.6,
    motion: 0,
    black: 45.0,
    white: 215.0,
    shade: 0.1,
    glare: false,
    noise: 4.0,
    quality: 85,
};

const WAYS: [&str; 12] = [
    "steady",
    "rotation",
    "perspective",
    "small",
    "defocus",
    "motion",
    "low light",
    "low contrast",
    "glare",
    "worn",
    "folded",
    "combination",
];

fn shot(way: &str, chance: &mut Chance) -> Shot {
    match way {
        "rotation" => Shot { turn: chance.between(-180.0, 180.0), ..STEADY },
        "perspective" => Shot { tilt: (chance.between(-0.12, 0.12), chance.between(-0.12, 0.12)), ..STEADY },
        "small" => Shot { module: chance.between(2.3, 2.7), defocus: 0.4, ..STEADY },
        "defocus" => Shot { defocus: chance.between(1.0, 1.5), ..STEADY },
        "motion" => Shot { motion: 1 + chance.next() as usize % 2, ..STEADY },
        "low light" => Shot { black: 18.0, white: chance.between(70.0, 90.0), noise: 7.0, ..STEADY },
        "low contrast" => Shot { black: 110.0, white: chance.between(160.0, 175.0), ..STEADY },
        "glare" => Shot { glare: true, ..STEADY },
        "combination" => Shot {
            turn: chance.between(-25.0, 25.0),
            tilt: (chance.between(-0.15, 0.15), chance.between(-0.15, 0.15)),
            defocus: chance.between(0.7, 1.0),
            black: 60.0,
            white: chance.between(150.0, 190.0),
            shade: 0.35,
            noise: 6.0,
            quality: 65,
            ..STEADY
        },
        _ => STEADY,
    }
}

impl Shot {
    fn take(&self, print: &Print, chance: &mut Chance) -> (Vec<u8>, usize) {
        let dots = (print.side - 2 * print.margin) as f32 / 65.0;
        let scale = dots / self.module;
        let side = ((print.side as f32 / scale) * 1.3) as usize;
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let (middle, centre) = (side as f32 / 2.0, print.side as f32 / 2.0);
        let spot = (middle + chance.between(-40.0, 40.0), middle + chance.between(-40.0, 40.0));
        let paper = print.dried();
        let dots = paper.as_raw();
        // The paper ends a little behind the white that the code needs; it lies on a table.
        let edge = -12..print.side as i32 + 12;
        let mut light = vec![0_u8; side * side];
        for row in 0..side {
            let y = row as f32 - middle;
            for column in 0..side {
                let x = column as f32 - middle;
                let far = (1.0 + (self.tilt.0 * x + self.tilt.1 * y) / middle) * scale;
                let (x, y) = (((x * cos + y * sin) * far + centre) as i32, ((y * cos - x * sin) * far + centre) as i32);
                let on_print = x >= 0 && y >= 0 && (x as usize) < print.side && (y as usize) < print.side;
                light[row * side + column] = if on_print {
                    dots[y as usize * print.side + x as usize]
                } else if edge.contains(&x) && edge.contains(&y) {
                    255
                } else {
                    115
                };
            }
        }
        let mut photo = imageops::blur(&GrayImage::from_raw(side as u32, side as u32, light).unwrap(), self.defocus);
        for _ in 0..self.motion {
            photo = imageops::filter3x3(&photo, &[0.0, 0.0, 0.0, 0.33, 0.34, 0.33, 0.0, 0.0, 0.0]);
        }
        let contrast = (self.white - self.black) / 255.0;
        for (column, row, pixel) in photo.enumerate_pixels_mut() {
            let mut value = (self.black + contrast * f32::from(pixel.0[0])) * (1.0 - self.shade * column as f32 / side as f32);
            if self.glare {
                let far = ((column as f32 - spot.0).powi(2) + (row as f32 - spot.1).powi(2)) / 500.0;
                value += 120.0 * (-far).exp();
            }
            pixel.0[0] = (value + self.noise * (chance.part() + chance.part() - 1.0) * 2.5).clamp(0.0, 255.0) as u8;
        }
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, self.quality).encode_image(&photo).unwrap();
        (image::load_from_memory(&jpeg).unwrap().into_luma8().into_raw(), side)
    }
}

fn text(number: u32) -> String {
    let key = SecretKey::generate(&mut Entropy::new([89; 32]));
    let paper = Paper {
        issuer: "tm:36".into(),
        serial: Serial([1, 2, 3, (number >> 8) as u8, number as u8]),
        issued_at: UnixTime(1_800_000_000),
        expires_at: UnixTime(1_800_000_000 + 180 * 86_400),
        region: 360_102,
        name: "甲**".into(),
        document_kind: DocumentKind::IdCard,
        document: "11**************2X".into(),
        status: StatusReference { idx: 1_000_000 + number, uri: "tm:36/0".into() },
    };
    to_text(&issuer::issue_paper(&key, &paper))
}

fn is_read(way: usize, number: u32) -> bool {
    let name = WAYS[way];
    let seed = way as u32 * EACH + number;
    let mut chance = Chance::new(seed);
    let text = text(seed);
    let code = encode(&text, EccLevel::Q).unwrap();
    assert_eq!(code.size, 65);
    let mut print = Print::new(&code);
    if matches!(name, "worn" | "combination") {
        print.worn(&mut chance);
    }
    if name == "folded" {
        print.folded(&mut chance);
    }
    let (picture, side) = shot(name, &mut chance).take(&print, &mut chance);
    if let Some(folder) = std::env::var_os("PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("print-{}-{number:02}.png", name.replace(' ', "-")));
        GrayImage::from_raw(side as u32, side as u32, picture.clone()).unwrap().save(path).unwrap();
    }
    scan_still(&Luma::new(&picture, side, side).unwrap()).is_some_and(|found| found.text == text)
}

#[test]
fn printed_and_photographed_it_is_read() {
    let counts: Vec<u32> = thread::scope(|scope| {
        let lanes: Vec<_> = (0..2)
            .map(|lane| {
                let way =
                    move |way: usize| (0..EACH).filter(|number| number % 2 == lane).filter(|number| is_read(way, *number)).count() as u32;
                scope.spawn(move || (0..WAYS.len()).map(way).collect::<Vec<_>>())
            })
            .collect();
        let lanes: Vec<_> = lanes.into_iter().map(|lane| lane.join().unwrap()).collect();
        (0..WAYS.len()).map(|way| lanes.iter().map(|lane| lane[way]).sum()).collect()
    });
    let (read, all) = (counts.iter().sum::<u32>(), EACH * WAYS.len() as u32);
    for (way, read) in WAYS.iter().zip(&counts) {
        println!("{way}: {read} of {EACH}");
    }
    println!("{read} of {all}");
    assert!(all >= 200 && read * 100 >= all * 99, "{read} of {all}: {counts:?}");
}
