//! The structure that the compiler can't keep: within the core a lower floor never imports a higher one, and only the top knows the world
//! outside. That the core imports neither the authority nor the command line is the compiler's: they are packages above it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The floors, lowest first. A new module needs a place here and in ARCHITECTURE.md.
const FLOORS: [&[&str]; 7] = [
    &["base45", "cbor", "der", "entropy", "json", "reason", "sentences", "table", "text", "time"],
    &["cose", "keys", "sealing", "signature"],
    &["backup", "formats", "labels", "token"],
    &["policy", "qr"],
    &["roles"],
    &["app"],
    &["lib", "wasm", "web"],
];
const TOP: usize = 6;
const BINDINGS: [&str; 3] = ["wasm_bindgen", "web_sys", "js_sys"];
const OUTSIDE: [&str; 9] = ["std::time", "SystemTime", "Instant", "getrandom", "std::fs", "std::net", "std::env", "println!", "dbg!"];
const LONGEST: usize = 400;
/// The sources of all packages.
const SOURCES: [&str; 6] = ["src", "authority/src", "cli/src", "tools/bindgen/src", "tools/style-sheets/src", "tools/test-runner/src"];
const TOP_LEVEL: [&str; 22] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "authority",
    "benches",
    "cli",
    "clippy.toml",
    "deny.toml",
    "docs",
    "fuzz",
    "pkg-scripts",
    "rustfmt.toml",
    "src",
    "tests",
    "tools",
    "webdriver.json",
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules that a source names after `crate::`, also within braces.
fn imports(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in source.split("crate::").skip(1) {
        let mut depth = 0_i32;
        let mut word = String::new();
        let mut fresh = true;
        for character in part.chars() {
            match character {
                '{' => {
                    depth += 1;
                    fresh = depth == 1;
                }
                '}' => depth -= 1,
                ',' if depth == 1 => fresh = true,
                _ if character.is_alphanumeric() || character == '_' => {
                    if fresh {
                        word.push(character);
                    }
                    continue;
                }
                _ => {}
            }
            if !word.is_empty() {
                found.push(std::mem::take(&mut word));
                fresh = character == ',' && depth == 1;
            }
            if depth <= 0 {
                break;
            }
        }
        found.extend((!word.is_empty()).then_some(word));
    }
    found
}

/// What is wrong with one file of a module.
fn faults(module: &str, source: &str) -> Vec<String> {
    let Some(own) = floor(module) else {
        return vec![format!("the module {module} has no floor: give it one in tests/it/structure/floors.rs and ARCHITECTURE.md")];
    };
    let mut faults: Vec<_> = imports(source)
        .into_iter()
        .filter_map(|name| floor(&name).filter(|other| *other > own).map(|other| format!("F{own} {module} imports F{other} {name}")))
        .collect();
    if !matches!(module, "wasm" | "web") {
        faults.extend(BINDINGS.iter().filter(|name| source.contains(**name)).map(|name| format!("{module} names {name}")));
    }
    if own < TOP {
        faults.extend(OUTSIDE.iter().filter(|name| source.contains(**name)).map(|name| format!("{module} knows {name}")));
    }
    faults
}

fn is_too_long(source: &str) -> bool {
    source.lines().count() > LONGEST
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn floors_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for path in files(&root) {
        let module =
            path.strip_prefix(&root).unwrap().components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let found = faults(&module, &fs::read_to_string(&path).unwrap());
        all.extend(found.into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn files_fit_a_head() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all: Vec<_> = SOURCES.iter().flat_map(|folder| files(&root.join(folder))).collect();
    let long: Vec<_> = all.iter().filter(|path| is_too_long(&fs::read_to_string(path).unwrap())).collect();
    assert!(all.len() > 200 && long.is_empty(), "{long:#?}");
}

#[test]
fn planted_faults_are_found() {
    assert_eq!(imports("use crate::{a::{x, y}, b, c::d}; crate::e::f()"), ["a", "b", "c", "e"]);
    assert_eq!(faults("cbor", "use crate::{reason::Reason, roles::Verdict};"), ["F0 cbor imports F4 roles"]);
    assert_eq!(faults("token", "use js_sys::Date;"), ["token names js_sys"]);
    assert_eq!(faults("app", "std::time::Duration"), ["app knows std::time"]);
    assert!(is_too_long(&"\n".repeat(401)) && !is_too_long(&"\n".repeat(400)));
    assert_eq!(faults("lucky", "").len(), 1);
    assert!(faults("roles", "use crate::{token::SdCwt, reason::Reason};").is_empty());
}

#[test]
fn the_top_level_is_tidy() {
    let listed = Command::new("git").args(["ls-files"]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let Ok(listed) = listed else { return println!("git is absent: the top level is not looked at") };
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut foreign: Vec<_> = text.lines().map(|line| line.split('/').next().unwrap_or_default()).collect();
    foreign.dedup();
    foreign.retain(|name| !name.starts_with('.') && *name != "www" && !TOP_LEVEL.contains(name));
    assert!(foreign.is_empty(), "{foreign:?}");
}
