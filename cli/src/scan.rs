//! Reading codes from picture files.

use super::{
    Done,
    output::{Failure, Output},
};
use std::path::{Path, PathBuf};
use tongma::qr::scan::{Luma, scan_still};

pub(super) fn run(output: &Output, images: &[PathBuf]) -> Done {
    let mut all = true;
    for path in images {
        // One bad picture does not keep the others from being read.
        let text = read_code(path).unwrap_or_else(|failure| {
            output.failure(&failure);
            None
        });
        all &= text.is_some();
        if output.json() {
            output.value(&serde_json::json!({ "path": path, "text": text }))?;
        } else {
            output.line(&format!("{}\t{}", path.display(), text.as_deref().unwrap_or("-")))?;
        }
    }
    Ok(all)
}

/// The text of the code in a picture, looked at in every way there is; none where nothing was read.
///
/// # Errors
/// When the picture can't be opened.
pub(super) fn read_code(path: &Path) -> Result<Option<String>, Failure> {
    let picture = image::open(path).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?.into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    Ok(Luma::new(picture.as_raw(), width, height).ok().and_then(|luma| scan_still(&luma)).map(|found| found.text))
}
