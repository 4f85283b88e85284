//! Venue codes on the command line: the issuer's poster, and what a holder reads off it.

use super::{
    Done,
    arguments::time,
    authority::Region,
    output::{Failure, Output, read_text},
    verify::load,
};
use clap::Args;
use serde::Deserialize;
use std::path::PathBuf;
use tongma::{
    policy::PlaceKind,
    reason::{Layer, Reason},
    roles::{Outcome, holder::HeldCredential, visit},
    time::{UnixTime, defaults::VENUE_LIFETIME_S},
    token::challenge::{StatedPlace, tidy_name},
};
use tongma_authority::{Authority, VenueRequest, server::now};

#[derive(Args, Debug)]
pub(super) struct VenueArguments {
    /// The authority's folder
    #[arg(long)]
    authority: PathBuf,
    /// What to say of the venue, as JSON: kind, region, name, and where wanted `valid_for_s` (at most 180 days), revocable
    #[arg(long)]
    claims: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct VisitArguments {
    /// The trust bundle
    #[arg(long)]
    bundle: PathBuf,
    /// A status list
    #[arg(long)]
    status: Vec<PathBuf>,
    /// deployment.json with the root key to pin (by default the one beside the bundle)
    #[arg(long)]
    root: Option<PathBuf>,
    /// File with the own credential's text, or - for standard input
    #[arg(long)]
    credential: PathBuf,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    at: Option<UnixTime>,
    /// The text of the poster, or of the gate's screen
    text: String,
}

/// The claims file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    kind: PlaceKind,
    region: Region,
    name: String,
    valid_for_s: Option<i64>,
    #[serde(default)]
    revocable: bool,
}

pub(super) fn issue(output: &Output, arguments: &VenueArguments) -> Done {
    let path = arguments.claims.display();
    let claims: Claims = serde_json::from_str(&read_text(&arguments.claims)?).map_err(|error| Failure::Text(format!("{path}: {error}")))?;
    let name = tidy_name(&claims.name).ok_or(Reason::FieldEmpty)?;
    let place = StatedPlace { kind: claims.kind.code().to_owned(), region: claims.region.number()?, name: Some(name) };
    let valid_for_s = claims.valid_for_s.unwrap_or(VENUE_LIFETIME_S);
    if !(1..=VENUE_LIFETIME_S).contains(&valid_for_s) {
        return Err(Failure::Text(format!("{path}: valid_for_s is at most {VENUE_LIFETIME_S} (180 days)")));
    }
    let request = VenueRequest { place, valid_for_s, revocable: claims.revocable };
    let (text, venue) = Authority::open(&arguments.authority)?.issue_venue(&request, now())?;
    if output.json() {
        let idx = venue.status.map(|status| status.idx);
        output.value(&serde_json::json!({ "venue": text, "expiresAt": venue.expires_at, "idx": idx }))?;
    } else {
        output.line(&text)?;
    }
    Ok(true)
}

/// What the phone of a holder says before the poster; the exit code is 0 for a pass.
pub(super) fn visit(output: &Output, arguments: &VisitArguments) -> Done {
    let at = arguments.at.unwrap_or_else(now);
    let store = load(output, &arguments.bundle, arguments.root.as_deref(), &arguments.status)?;
    let bundle = store.bundle().ok_or(Reason::BundleMissing)?;
    let held = HeldCredential::receive(read_text(&arguments.credential)?.trim_matches(['\r', '\n']), bundle)?;
    let held = held.check_here().map_err(|_| Reason::BadSignature { layer: Layer::Credential })?.into_inner();
    let scanned = visit::Scanned::read(&arguments.text, bundle, at)?;
    let scanned = scanned.check_here().map_err(|_| Reason::BadSignature { layer: Layer::Venue })?;
    let venue = &scanned.get().venue;
    let list = venue.status.as_ref().and_then(|reference| store.list(&reference.uri, &venue.issuer));
    let claims = held.claims();
    let verdict = visit::decide(&scanned, claims, claims.colour, bundle, list, at);
    let mut visits = Vec::new();
    visit::note(&mut visits, &scanned, at);
    let passes = verdict.outcome == Outcome::Pass;
    output.value(&serde_json::json!({ "verdict": verdict, "visit": visits.pop() }))?;
    Ok(passes)
}
