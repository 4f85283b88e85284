//! eu-digital-green-certificates/dgc-business-rules-testdata: a line a rule with its tests.

use super::Tally;
use crate::output::{Failure, read_text};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use tongma::policy::Rule;

#[derive(Deserialize)]
struct Line {
    rule: Value,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    name: String,
    #[serde(default)]
    payload: Value,
    external: Value,
    expected: bool,
}

pub(super) fn run(path: &Path) -> Result<Tally, Failure> {
    let text = read_text(path)?;
    let mut tally = Tally::default();
    for (index, line) in text.lines().enumerate() {
        let at = || format!("{}:{}", path.display(), index + 1);
        let Line { rule, tests } = serde_json::from_str(line).map_err(|error| Failure::Text(format!("{}: {error}", at())))?;
        match Rule::parse(&rule) {
            Ok(rule) => {
                for Test { name, payload, external, expected } in tests {
                    let got = rule.logic.holds(&json!({ "payload": payload, "external": external }));
                    tally.compare(&format!("{} {name}", rule.identifier), &got, &Ok(expected));
                }
            }
            Err(reason) => tally.row(&at(), Some(format!("{reason:?}"))),
        }
    }
    Ok(tally)
}
