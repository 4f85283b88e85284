//! Reading codes from picture files.

use super::{Done, output::Output};
use crate::qr::scan::{Luma, scan_still};
use std::path::{Path, PathBuf};

pub(super) fn run(output: &Output, images: &[PathBuf]) -> Done {
    let mut all = true;
    for path in images {
        let text = read(path);
        all &= text.is_some();
        if output.json() {
            output.value(&serde_json::json!({ "path": path, "text": text }))?;
        } else {
            output.line(&format!("{}\t{}", path.display(), text.as_deref().unwrap_or("-")))?;
        }
    }
    Ok(all)
}

fn read(path: &Path) -> Option<String> {
    let picture = match image::open(path) {
        Ok(picture) => picture.into_luma8(),
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return None;
        }
    };
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let luma = Luma::new(picture.as_raw(), width, height).ok()?;
    scan_still(&luma).map(|found| found.text)
}
