//! Pictures of QR codes from elsewhere: how many are read, and that none is read wrongly.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use tongma::qr::scan::{Luma, luma_from_rgba, scan_still};

/// A picture of the suite with what it says, if anything, and the group it is counted in.
struct Case {
    path: PathBuf,
    group: String,
    expected: Option<String>,
}

/// The frames are too large for the repository; none where they are not at hand, which continuous integration forbids.
fn folder() -> Option<PathBuf> {
    let folder =
        std::env::var_os("TONGMA_FRAMES").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/scan"), PathBuf::from);
    if folder.join("frames.jsonl").is_file() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no frames in {}", folder.display());
    println!("skipped: no frames in {}", folder.display());
    None
}

fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

fn pictures(folder: PathBuf) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let is_picture = |path: &PathBuf| path.extension().is_some_and(|end| end == "jpg" || end == "png");
    entries.map(|entry| entry.unwrap().path()).filter(is_picture).collect()
}

fn synthetic(folder: &Path) -> Vec<Case> {
    let lines = std::fs::read_to_string(folder.join("frames.jsonl")).unwrap();
    let case = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| line[name].as_str().unwrap().to_owned();
        Case { path: folder.join("frames").join(field("file")), group: field("group"), expected: Some(normalised(&field("payload"))) }
    };
    lines.lines().map(case).collect()
}

fn photographs(folder: &Path) -> Vec<Case> {
    let sets = ["qrcode-1", "qrcode-3"].into_iter();
    sets.flat_map(|set| pictures(folder.join("zxing").join(set)).into_iter().map(move |path| (set, path)))
        .map(|(set, path)| {
            let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap();
            Case { path, group: set.to_owned(), expected: Some(normalised(&expected)) }
        })
        .collect()
}

fn without_code(folder: &Path) -> Vec<Case> {
    // Each of them climbs the whole ladder, which takes seconds without optimisation.
    let step = if cfg!(debug_assertions) { 5 } else { 1 };
    let case = |path| Case { path, group: "no-code".to_owned(), expected: None };
    pictures(folder.join("no-code")).into_iter().step_by(step).map(case).collect()
}

fn read(path: &Path) -> Option<String> {
    let picture = image::open(path).unwrap().into_rgba8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let grey = luma_from_rgba(picture.as_raw(), width, height).unwrap();
    scan_still(&Luma::new(&grey, width, height).unwrap()).map(|found| normalised(&found.text))
}

/// Counts what is read in each group; a wrong text fails at once.
fn count(cases: &[Case]) -> BTreeMap<&str, (usize, usize)> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let part = |part: &[Case]| -> Vec<bool> {
        let read_right = |case: &Case| {
            let text = read(&case.path);
            assert!(text.is_none() || text == case.expected, "{}: wrong text {text:?}", case.path.display());
            text.is_some()
        };
        part.iter().map(read_right).collect()
    };
    let parts = cases.chunks(cases.len().div_ceil(workers).max(1));
    let read: Vec<bool> = thread::scope(|scope| {
        let parts: Vec<_> = parts.map(|cases| scope.spawn(move || part(cases))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let mut counts = BTreeMap::new();
    for (case, read) in cases.iter().zip(read) {
        let (right, all) = counts.entry(case.group.as_str()).or_insert((0, 0));
        *right += usize::from(read);
        *all += 1;
    }
    counts
}

fn right(counts: &BTreeMap<&str, (usize, usize)>) -> usize {
    println!("{counts:?}");
    counts.values().map(|(right, _)| right).sum()
}

#[test]
fn dense_codes_on_screens() {
    let Some(folder) = folder() else { return };
    let cases = synthetic(&folder);
    assert!(right(&count(&cases)) * 153 >= 148 * cases.len(), "fewer codes are read than before");
}

#[test]
fn photographs_of_codes() {
    let Some(folder) = folder() else { return };
    let cases = photographs(&folder);
    assert!(right(&count(&cases)) * 62 >= 60 * cases.len(), "fewer codes are read than before");
}

#[test]
fn frames_without_a_code() {
    let Some(folder) = folder() else { return };
    assert_eq!(right(&count(&without_code(&folder))), 0);
}
