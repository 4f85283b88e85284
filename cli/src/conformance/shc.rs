//! SMART Health Cards of the specification and its developers' tools; the first line holds keys and revocations.

use super::{Tally, foreign};
use crate::output::Failure;
use serde_json::Value as Json;
use std::path::Path;
use tongma::{
    formats::{health_card::to_text, jwk},
    roles::{Outcome, Verdict, verifier::TrustStore},
    token::trust::ForeignKey,
};

/// The issuer of the examples.
const ISSUER: &str = "https://spec.smarthealth.cards/examples/issuer";
/// Where keys are filed that are not this issuer's.
const OTHER: &str = "https://other.example";

pub(super) fn run(path: &Path) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    let rows = foreign::rows(path)?;
    let Some((meta, rows)) = rows.split_first() else { return Ok(tally) };
    let failed = || Failure::Text("the issuers' keys can't be read".to_owned());
    let bad = serde_json::json!({ "keys": [meta["jwks_badcrl"]] });
    let mut keys = jwk::from_jwks(&meta["jwks"], ISSUER, &meta["crl"]).ok_or_else(failed)?;
    for others in [&meta["jwks_not_smart"], &bad] {
        keys.extend(jwk::from_jwks(others, OTHER, &Json::Null).ok_or_else(failed)?);
    }
    for row in rows {
        // Payloads and bundles without a signature are no cards; rows that only warn judge style, unless they say more.
        let strict_only = row["note"].as_str().is_some_and(|note| note.contains("signature is good"));
        let expect = match row["expect"].as_str() {
            Some("accept") => Some(true),
            Some("reject") => Some(false),
            _ => strict_only.then_some(true),
        };
        match (expect, cards(row)) {
            (Some(accept), Some(cards)) => tally.row(row["id"].as_str().unwrap_or_default(), difference(row, accept, &keys, &cards)?),
            _ => tally.skipped += 1,
        }
    }
    Ok(tally)
}

/// The cards of a row, each as the texts of its codes; none where a row holds something else.
fn cards(row: &Json) -> Option<Vec<Vec<String>>> {
    let inputs = &row["inputs"];
    let whole = inputs.as_str().map(|text| vec![text.to_owned()]);
    let texts: Vec<String> = whole.or_else(|| inputs.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect())?;
    let jws = |value: &Json| Some(vec![to_text(value.as_str()?)]);
    match row["kind"].as_str()? {
        "qrnumeric" => Some(vec![texts]),
        "jws" => Some(vec![vec![to_text(texts.first()?.trim())]]),
        "healthcard" | "fhirhealthcard" => {
            // Something may stand behind the object.
            let file = serde_json::Deserializer::from_str(texts.first()?).into_iter::<Json>().next()?.ok()?;
            let members = file["verifiableCredential"].as_array().map(|all| all.iter().collect::<Vec<_>>());
            let parameters = file["parameter"].as_array().map(|all| {
                all.iter().filter(|one| one["name"] == "verifiableCredential").map(|one| &one["valueString"]).collect::<Vec<_>>()
            });
            members.or(parameters)?.into_iter().map(jws).collect()
        }
        _ => None,
    }
}

fn difference(row: &Json, accept: bool, keys: &[ForeignKey], cards: &[Vec<String>]) -> Result<Option<String>, Failure> {
    let now = foreign::clock(row);
    let store: TrustStore = foreign::store(keys.to_vec(), now)?;
    let verdicts: Vec<_> = cards.iter().filter_map(|texts| foreign::judge(&store, texts, now)).collect();
    // One example is a laboratory report that names nobody: genuine, though no gate can use it.
    let genuine = |verdict: &Verdict| match verdict.reason.as_deref() {
        Some("nobody-named") => verdict.outcome == Outcome::CannotTell,
        _ => foreign::accepts(verdict) && verdict.disclosed.contains_key("name"),
    };
    let all = !verdicts.is_empty() && verdicts.iter().all(genuine);
    let told = || verdicts.iter().filter_map(|verdict| verdict.reason.clone()).collect::<Vec<_>>();
    Ok((all != accept).then(|| format!("got {:?}, expected {}", told(), if accept { "genuine" } else { "a refusal" })))
}
