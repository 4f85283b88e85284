//! Trust data for a gate without a network: one file, and the QR codes of it.

use super::{
    Done,
    arguments::ParcelCommand,
    draw::{is_dark, picture},
    output::{Failure, Output, read, write},
};
use serde_json::json;
use std::{fmt::Write as _, io::Write as _, path::Path, time::Duration};
use tongma::{
    qr::encode::{EccLevel, QUIET_ZONE, QrMatrix, encode},
    reason::Reason,
    token::parcel::{self, Gathering, ItemKind, Part},
};

/// Pixels of a module in a picture.
const SCALE: u32 = 6;

pub(super) fn run(output: &Output, command: ParcelCommand) -> Done {
    match command {
        ParcelCommand::Make { bundle, status, out } => make(output, bundle.iter().chain(&status), out.as_deref()),
        ParcelCommand::Show { file } => {
            for item in parcel::decode(&read(&file)?)? {
                let kind = match ItemKind::of(&item) {
                    Some(ItemKind::Bundle) => "bundle",
                    Some(ItemKind::List) => "status-list",
                    Some(ItemKind::Delta) => "status-delta",
                    None => "unknown",
                };
                if output.json() {
                    output.value(&json!({ "type": kind, "bytes": item.len() }))?;
                } else {
                    output.line(&format!("{kind} {} bytes", item.len()))?;
                }
            }
            Ok(true)
        }
        ParcelCommand::Qr { file, out, terminal: _, part_bytes, fps, rounds } => {
            let bytes = read(&file)?;
            parcel::decode(&bytes)?;
            let codes = parcel::split(&bytes, part_bytes.into())?.iter().map(|text| draw(text)).collect::<Result<Vec<_>, _>>()?;
            match out {
                Some(folder) => pictures(output, &codes, &folder, fps),
                None => play(&codes, fps, rounds),
            }
        }
        ParcelCommand::Join { out } => join(output, &out),
    }
}

fn make<'p>(output: &Output, paths: impl Iterator<Item = &'p std::path::PathBuf>, out: Option<&Path>) -> Done {
    let mut items = Vec::new();
    for path in paths {
        let bytes = read(path)?;
        let kind = ItemKind::of(&bytes);
        let kind = kind.ok_or_else(|| Failure::Text(format!("{}: no bundle, status list or delta", path.display())))?;
        items.push((kind, bytes));
    }
    // Each is judged by what stands before it.
    items.sort_by_key(|(kind, _)| *kind);
    let items: Vec<_> = items.into_iter().map(|(_, bytes)| bytes).collect();
    let bytes = parcel::encode(&items);
    parcel::decode(&bytes)?;
    match out {
        Some(path) => {
            write(path, &bytes)?;
            output.line(&format!("{}: {} items, {} bytes", path.display(), items.len(), bytes.len()))?;
        }
        None => std::io::stdout().lock().write_all(&bytes).map_err(|error| Failure::Text(format!("standard output: {error}")))?,
    }
    Ok(true)
}

fn join(output: &Output, out: &Path) -> Done {
    let mut gathering = Gathering::default();
    for line in std::io::stdin().lines() {
        let line = line.map_err(|error| Failure::Text(format!("standard input: {error}")))?;
        let Some(part) = Part::from_text(&line) else { return Err(Reason::ParcelDamaged.into()) };
        match gathering.take(part?) {
            Ok(bytes) => {
                write(out, &bytes)?;
                output.line(&format!("{}: {} bytes", out.display(), bytes.len()))?;
                return Ok(true);
            }
            Err(Reason::ParcelParts { have, of }) if have < of => {}
            Err(reason @ Reason::ParcelOther { .. }) => output.note(&output.reason(&reason)),
            Err(reason) => return Err(reason.into()),
        }
    }
    Err(Failure::Text("codes are missing".to_owned()))
}

fn draw(text: &str) -> Result<QrMatrix, Failure> {
    encode(text, EccLevel::L).map_err(|error| Failure::Text(format!("a code of {} characters is too long", error.length)))
}

fn pictures(output: &Output, codes: &[QrMatrix], folder: &Path, fps: u16) -> Done {
    let failed = |error: &dyn std::fmt::Display| Failure::Text(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let of = codes.len();
    let mut images = String::new();
    for (number, code) in codes.iter().enumerate() {
        let name = format!("{:04}.png", number + 1);
        picture(code, SCALE).save(folder.join(&name)).map_err(|error| failed(&error))?;
        let _ = write!(images, "<figure><img src=\"{name}\" alt=\"\"><figcaption>{} / {of}</figcaption></figure>", number + 1);
    }
    let page = PAGE.replace("{images}", &images).replace("{pause}", &(1000 / fps.max(1)).to_string());
    write(&folder.join("index.html"), page.as_bytes())?;
    let version = codes.iter().map(|code| code.version).max().unwrap_or_default();
    output.line(&format!("{}: {of} codes, up to version {version}; index.html plays them and prints all", folder.display()))?;
    Ok(true)
}

/// Plays the codes on a screen, and prints all of them, each with its number.
const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>Tongma</title>
<style>
body { margin: 0; background: #fff; font: 1rem sans-serif; text-align: center }
figure { margin: 0; display: none } figure.on { display: block }
img { width: min(100vw, 92vh); image-rendering: pixelated }
@media print { figure { display: inline-block; width: 45%; break-inside: avoid } img { width: 100% } }
</style>
{images}
<script>
const all = document.querySelectorAll(\"figure\");
let at = -1;
const next = () => { all[at]?.classList.remove(\"on\"); at = (at + 1) % all.length; all[at].classList.add(\"on\"); };
next();
setInterval(next, {pause});
</script>
";

/// Two rows of modules in a line of half blocks, dark on light whatever the terminal's colours are.
fn play(codes: &[QrMatrix], fps: u16, rounds: Option<u32>) -> Done {
    let mut round = 0;
    while rounds.is_none_or(|rounds| round < rounds) {
        round += 1;
        for (number, code) in codes.iter().enumerate() {
            let side = code.size + 2 * QUIET_ZONE;
            let mut text = String::from("\x1b[H\x1b[2J");
            for y in (0..side).step_by(2) {
                text.push_str("\x1b[30;107m");
                text.extend((0..side).map(|x| match (is_dark(code, x, y), is_dark(code, x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                }));
                text.push_str("\x1b[0m\n");
            }
            let _ = writeln!(text, "{} / {}", number + 1, codes.len());
            let mut out = std::io::stdout().lock();
            let shown = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            shown.map_err(|error| Failure::Text(format!("standard output: {error}")))?;
            drop(out);
            std::thread::sleep(Duration::from_millis(1000 / u64::from(fps.max(1))));
        }
    }
    Ok(true)
}
