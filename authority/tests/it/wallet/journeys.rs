//! Two shells, one behaviour: the journey that the pages' module and the mini-program walk (`www/e2e/journeys.test.mjs`), on the app floor.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use serde_json::Value;
use shell::{Device, World};
use tongma::{app::wallet::Wallet, time::UnixTime};

const JOURNEY: &str = include_str!("../../../../tests/journeys/wallet.json");
const NOW: UnixTime = UnixTime(1_800_000_000);

/// Where a view differs from what is expected of it: all that is named must be there; `last` names the last of a list.
fn difference(expected: &Value, found: &Value, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(names), Value::Array(list)) if names.contains_key("last") => {
            difference(&names["last"], list.last().unwrap_or(&Value::Null), &format!("{at}.last"))
        }
        (Value::Object(names), Value::Object(_)) => {
            names.iter().find_map(|(name, expected)| difference(expected, &found[name], &format!("{at}.{name}")))
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => expected
            .iter()
            .zip(found)
            .enumerate()
            .find_map(|(index, (expected, found))| difference(expected, found, &format!("{at}[{index}]"))),
        _ => (expected != found).then(|| format!("{at}: {expected} expected, {found} found")),
    }
}

#[test]
fn the_wallet_walks_the_journey() {
    let journey: Value = serde_json::from_str(JOURNEY).unwrap();
    let world = World::new(NOW);
    let mut phone = Device::<Wallet>::new(&world, NOW);
    phone.open();
    let steps = journey["steps"].as_array().unwrap();
    for (number, step) in steps.iter().enumerate() {
        if let Some(event) = step.get("send") {
            phone.send(serde_json::from_value(event.clone()).unwrap_or_else(|error| panic!("step {number}: {event}: {error}")));
        }
        let view = serde_json::to_value(phone.view()).unwrap();
        if let Some(difference) = step.get("view").and_then(|expected| difference(expected, &view, "view")) {
            panic!("step {number}, {}: {difference}", step["send"]);
        }
    }
}
