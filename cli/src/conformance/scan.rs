//! Frames and photographs with the text that is in them: how many are read, by group.

use super::super::{
    output::{Failure, Output, read, read_text},
    scan::read_code,
};
use super::Tally;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// A line of `frames.jsonl`; the pictures lie in `frames/` beside it.
#[derive(Deserialize)]
struct Row {
    file: String,
    payload: String,
    #[serde(default)]
    group: String,
}

/// A picture, and the text in it; none where nothing may be read.
struct Case {
    picture: PathBuf,
    text: Option<String>,
    group: String,
}

/// A picture agrees when its text, or nothing where there is none, was read; a picture that was not read disagrees, as does
/// one that was read wrongly.
pub(super) fn run(output: &Output, path: &Path) -> Result<Tally, Failure> {
    let cases = if path.is_dir() { folder(path)? } else { listed(path)? };
    let mut tally = Tally::default();
    let mut groups: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for case in &cases {
        let got = read_code(&case.picture)?.map(|text| lines(&text));
        let name = case.picture.file_name().unwrap_or_default().to_string_lossy();
        let right = got.as_deref() == case.text.as_deref().map(lines).as_deref();
        tally.row(&name, (!right).then(|| got.map_or_else(|| "not read".to_owned(), |text| format!("read as {text:?}"))));
        let [read, all] = groups.entry(&case.group).or_default();
        *read += u32::from(right);
        *all += 1;
    }
    if !output.json() {
        groups.iter().try_for_each(|(group, [read, all])| output.line(&format!("{group}\t{read}/{all}")))?;
    }
    Ok(tally)
}

/// Line ends differ between systems, and do not matter.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}

fn listed(path: &Path) -> Result<Vec<Case>, Failure> {
    let frames = path.with_file_name("frames");
    let text = read_text(path)?;
    let rows = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let row: Row = serde_json::from_str(line).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
        Ok(Case { picture: frames.join(row.file), text: Some(row.payload), group: row.group })
    });
    rows.collect()
}

/// Pictures with their text in a file of the same name that ends in `.txt`; without one nothing may be read.
fn folder(path: &Path) -> Result<Vec<Case>, Failure> {
    let entries = std::fs::read_dir(path).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
    let mut pictures: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    pictures.retain(|path| {
        path.extension().is_some_and(|kind| ["jpg", "jpeg", "png", "webp"].iter().any(|known| kind.eq_ignore_ascii_case(known)))
    });
    pictures.sort();
    let group = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let cases = pictures.into_iter().map(|picture| {
        let beside = picture.with_extension("txt");
        let text = if beside.is_file() { Some(String::from_utf8_lossy(&read(&beside)?).into_owned()) } else { None };
        Ok(Case { picture, text, group: group.clone() })
    });
    cases.collect()
}
