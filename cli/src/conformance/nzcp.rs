//! NZ COVID Passes of minhealthnz/nzcovidpass-spec and vaxxnz/nzcp-js; the first line holds the DID documents.

use super::{Tally, foreign};
use crate::output::Failure;
use std::path::Path;
use tongma::formats::jwk;

pub(super) fn run(path: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let rows = foreign::rows(path)?;
    let Some((meta, rows)) = rows.split_first() else { return Ok(tally) };
    for row in rows {
        let now = foreign::clock(row);
        let text = row["uri"].as_str().unwrap_or_default();
        let document = &meta[&format!("did_{}", row["did"].as_str().unwrap_or_default())];
        let keys = jwk::from_did_document(document).ok_or_else(|| Failure::Text(format!("{}: no DID document", row["id"])))?;
        let Some(verdict) = foreign::judge(&foreign::store(keys, now)?, &[text.to_owned()], now) else { continue };
        let reason = verdict.reason.as_deref().unwrap_or_default();
        let wanted = match row["why"].as_str().unwrap_or_default() {
            "" => "foreign-not-bound",
            why if why.starts_with("nbf") => "not-yet-valid",
            why if why.starts_with("exp") => "expired",
            _ => "bad-signature",
        };
        let name = row["id"].as_str().unwrap_or_default();
        let accept = row["expect"] == "accept";
        let fits = foreign::accepts(&verdict) == accept && reason == wanted && accept == verdict.disclosed.contains_key("birth-date");
        tally.row(name, (!fits).then(|| format!("{:?} {reason}, expected {wanted}", verdict.outcome)));
    }
    Ok(tally)
}
