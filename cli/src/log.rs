//! Logs of gates on the command line.

use super::{
    Done,
    arguments::LogCommand,
    output::{Output, read_text},
};
use tongma::{roles::log::check, text::to_base64url};

pub(super) fn run(output: &Output, command: &LogCommand) -> Done {
    let LogCommand::Verify { files, key } = command;
    let mut all_good = true;
    for path in files {
        let checked = check(&read_text(path)?, key.as_ref());
        all_good &= checked.is_ok();
        if output.json() {
            output.value(&match &checked {
                Ok((entries, key)) => serde_json::json!({ "path": path, "good": true, "entries": entries, "key": key }),
                Err(fault) => serde_json::json!({ "path": path, "good": false, "fault": fault.to_string() }),
            })?;
        } else {
            output.line(&match &checked {
                Ok((entries, key)) => format!("{}\tgood: {entries} entries, signed by {}", path.display(), to_base64url(key.to_sec1())),
                Err(fault) => format!("{}\t{fault}", path.display()),
            })?;
        }
    }
    Ok(all_good)
}
