//! What the suites of foreign passes have in common: a trust list made from a row's keys, and the verifier's public way.

use crate::output::{Failure, read};

use serde_json::Value as Json;
use std::path::Path;
use tongma::{
    entropy::Entropy,
    formats::health_card::Collector,
    keys::SecretKey,
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, TrustStore, verify_gathering},
    },
    table::Table,
    time::UnixTime,
    token::trust::{ForeignKey, Lifetimes, TrustBundle},
};

/// The rows of a file with one JSON object a line.
pub(super) fn rows(path: &Path) -> Result<Vec<Json>, Failure> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    let rows = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    rows.collect::<Result<_, _>>().map_err(|error| Failure::Text(format!("{}: {error}", path.display())))
}

/// What a verifier holds that trusts these keys, at this time.
pub(super) fn store(keys: impl IntoIterator<Item = ForeignKey>, now: UnixTime) -> Result<TrustStore, Failure> {
    let root = SecretKey::generate(&mut Entropy::new([1; 32]));
    let bundle = TrustBundle {
        seq: 1,
        issued_at: now,
        expires_at: now.plus(86_400),
        issuers: Table::default(),
        lists: Table::default(),
        lifetimes: Lifetimes::default(),
        foreign: keys.into_iter().collect(),
        people: None,
        rules: Vec::new(),
    };
    let mut store = TrustStore::default();
    store.accept_bundle(TrustBundle::open(&bundle.sign(&root), &root.public())?)?;
    Ok(store)
}

/// The verdict after the last of the texts.
pub(super) fn judge(store: &TrustStore, texts: &[String], now: UnixTime) -> Option<Verdict> {
    let mut parts = Collector::default();
    texts.iter().map(|text| verify_gathering(store, &Expectation::default(), &mut parts, text, now)).last()
}

/// Whether a verdict takes the pass for genuine and valid.
pub(super) fn accepts(verdict: &Verdict) -> bool {
    verdict.outcome == Outcome::Restricted && verdict.reason.as_deref() == Some("foreign-not-bound")
}

/// A row's clock, in whole seconds.
pub(super) fn clock(row: &Json) -> UnixTime {
    UnixTime(row["clock"].as_f64().unwrap_or_default().floor() as i64)
}
