//! The verifier on the command line: texts in, verdicts out, one a line.

use super::{
    Done,
    arguments::Verify,
    output::{Failure, Output, read},
    policy::{place, rules},
    stream,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tongma::{
    app::Deployment,
    formats::health_card::Collector,
    keys::PublicKey,
    reason::{Layer, Reason},
    roles::{
        Outcome, Verdict,
        verifier::{Begun, Expectation, Group, Pending, Seen, TrustStore, begin_gathering},
    },
    signature::check_all,
    text::from_base64url,
    time::UnixTime,
    token::{
        parcel::{self, ItemKind},
        status::{StatusDelta, StatusList},
        trust::TrustBundle,
    },
};
use tongma_authority::server::now;

pub(super) fn run(output: &Output, arguments: &Verify) -> Done {
    let store = load(output, &arguments.bundle, arguments.root.as_deref(), &arguments.status)?;
    let expectation = Expectation {
        audience: arguments.aud.clone(),
        nonce: arguments.nonce.as_ref().map(|nonce| nonce.0.clone()),
        place: place(&arguments.place),
        rules: rules(&arguments.place)?,
        ..Expectation::default()
    };
    let at = arguments.at;
    let store = Arc::new(store);
    let reading = store.clone();
    // Codes of one pass may come one behind the other, so they are read in their order.
    let mut parts = Collector::default();
    let mut begin = move |text: &str| {
        let at = at.unwrap_or_else(now);
        (begin_gathering(&reading, &expectation, &mut parts, text, at), at)
    };
    let judge = move |(begun, at)| judge(&store, begun, at);
    let mut seen = Seen::default();
    let mut all_pass = true;
    let mut group = arguments.group.then(Group::default);
    let mut tell = |judged: Judged| {
        let Judged { mut verdict, identity, pending, at } = judged;
        // Here and not on the other cores: which sight is the first is told by the order of the texts.
        verdict.seen_at = identity.and_then(|(identity, until)| seen.note(identity, until, at));
        if let (Some(group), Some(pending)) = (&mut group, pending)
            && let Err(reason) = pending.group().ok_or(Reason::GroupMixed).and_then(|mark| group.join(mark, &pending, verdict.clone(), at))
        {
            verdict = Verdict::refusal(Outcome::of(&reason), &reason);
        }
        all_pass &= verdict.outcome == Outcome::Pass;
        output.value(&verdict)
    };
    if arguments.texts.is_empty() || arguments.texts == ["-"] {
        stream::run(std::io::stdin(), begin, judge, tell)?;
    } else {
        arguments.texts.iter().try_for_each(|text| tell(judge(begin(text))))?;
    }
    if let Some(verdict) = group.and_then(|group| group.verdict()) {
        all_pass &= verdict.outcome == Outcome::Pass;
        output.value(&verdict)?;
    }
    Ok(all_pass)
}

struct Judged {
    verdict: Verdict,
    /// Names the presentation for a second sight, and its end; only of genuine ones.
    identity: Option<([u8; 32], UnixTime)>,
    /// The code, where it is genuine.
    pending: Option<Box<Pending>>,
    at: UnixTime,
}

fn judge(store: &TrustStore, begun: Begun, at: UnixTime) -> Judged {
    match begun {
        Begun::Done(verdict) => Judged { verdict: *verdict, identity: None, pending: None, at },
        Begun::Pending(pending) => {
            let verdict = pending.finish(store, &check_all(pending.checks()));
            let identity = verdict.colour.is_some().then(|| (pending.identity(), pending.expires_at()));
            let pending = verdict.colour.is_some().then_some(pending);
            Judged { verdict, identity, pending, at }
        }
    }
}

/// What is trusted by these files.
pub(super) fn load(output: &Output, bundle: &Path, root: Option<&Path>, status: &[PathBuf]) -> Result<TrustStore, Failure> {
    let bytes = read(bundle)?;
    // A parcel has its items in an order in which each can be judged.
    let (bytes, mut items) = match parcel::decode(&bytes) {
        Ok(items) => {
            let (bundles, items): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| ItemKind::of(item) == Some(ItemKind::Bundle));
            (bundles.into_iter().next().ok_or(Reason::BundleMissing)?, items)
        }
        Err(_) => (bytes, Vec::new()),
    };
    let pinned = root.map_or_else(|| beside(bundle), Path::to_owned);
    let root = if root.is_some() || pinned.exists() {
        root_in(&pinned)?
    } else {
        output.note("No root key is pinned: whoever gave this bundle is trusted. Name the authority's deployment.json with --root.");
        TrustBundle::stated_root(&bytes).ok_or(Reason::BundleWrongRoot)?
    };
    let mut store = TrustStore::default();
    store.accept_bundle(TrustBundle::open(&bytes, &root)?)?;
    let mut names = vec![bundle.display().to_string(); items.len()];
    for path in status {
        match std::fs::read(path) {
            Ok(bytes) => {
                items.push(bytes);
                names.push(path.display().to_string());
            }
            Err(_) => output.note(&output.reason(&Reason::StatusMissing { uri: path.display().to_string() })),
        }
    }
    for (item, name) in items.iter().zip(names) {
        // A list that can't be used is as good as none: the verdicts say so.
        if let Err(reason) = take(&mut store, item) {
            output.note(&format!("{name}: {}", output.reason(&reason)));
        }
    }
    Ok(store)
}

/// Takes a status list, or what changed in one.
fn take(store: &mut TrustStore, bytes: &[u8]) -> Result<(), Reason> {
    let bundle = store.bundle().ok_or(Reason::BundleMissing)?;
    let forged = |_| Reason::BadSignature { layer: Layer::StatusList };
    if ItemKind::of(bytes) == Some(ItemKind::Delta) {
        let delta = StatusDelta::parse(bytes, bundle)?.check_here().map_err(forged)?;
        return store.accept_delta(&delta);
    }
    let list = StatusList::parse(bytes, bundle)?.check_here().map_err(forged)?;
    store.accept_list(list);
    Ok(())
}

/// The deployment's description lies beside the bundle where an authority publishes.
fn beside(bundle: &Path) -> PathBuf {
    bundle.with_file_name("deployment.json")
}

/// The root key that is published beside a bundle.
pub(super) fn pinned_root(bundle: &Path) -> Result<PublicKey, Failure> {
    root_in(&beside(bundle))
}

fn root_in(path: &Path) -> Result<PublicKey, Failure> {
    let deployment: Deployment =
        serde_json::from_slice(&read(path)?).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
    let root = from_base64url(&deployment.root_key).and_then(|point| PublicKey::from_sec1(&point));
    root.ok_or_else(|| Failure::Text(format!("{}: no root key in it", path.display())))
}
