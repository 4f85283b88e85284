//! Drawing codes: for paper, and for trying out gates.

use super::{
    Done,
    output::{Output, read_text},
};
use crate::{
    qr::encode::{EccLevel, QUIET_ZONE, encode},
    reason::Reason,
};
use std::path::Path;

pub(super) fn run(output: &Output, text: &str) -> Done {
    let read = if text == "-" { read_text(Path::new(text))?.trim_end_matches(['\r', '\n']).to_owned() } else { text.to_owned() };
    let code = encode(&read, EccLevel::M).or_else(|_| encode(&read, EccLevel::L)).map_err(|_| Reason::TextTooLong)?;
    let side = code.size + 2 * QUIET_ZONE;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{}\"/></svg>",
        code.svg_path()
    );
    if output.json() {
        output.value(&serde_json::json!({ "version": code.version, "side": side, "svg": svg }))?;
    } else {
        output.line(&svg)?;
    }
    Ok(true)
}
