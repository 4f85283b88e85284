//! From text to verdict in one call, or in two around the check of the signatures, for programs that have no use for a gate's machine.

use super::{ERROR, time};
use crate::{
    json,
    keys::PublicKey,
    policy::Place,
    reason::Reason,
    roles::{
        Outcome, Verdict,
        verifier::{Begun, Expectation, Pending, TrustStore, begin},
    },
    signature::{CheckResults, SignatureCheck, check_all},
    text::from_base64url,
    token::{status::StatusList, trust::TrustBundle},
};
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};
use wasm_bindgen::prelude::wasm_bindgen;

/// What is trusted; bytes are base64url.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trust {
    root_key: String,
    bundle: String,
    status_lists: Vec<String>,
}

/// What is asked of a presentation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    audience: Option<String>,
    nonce: Option<String>,
    place: Option<Place>,
}

/// The texts that were begun, by their tickets. How many there are is the caller's matter, who brings each ticket back.
#[derive(Default)]
struct AllBegun {
    last: u32,
    waiting: VecDeque<(u32, Rc<TrustStore>, Box<Pending>)>,
}

/// What [`begin_text`] gives.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    Checks { ticket: u32, checks: Vec<SignatureCheck> },
    Verdict(Box<Verdict>),
}

thread_local! {
    /// What is trusted; until it is told, nothing.
    static HELD: RefCell<Result<Rc<TrustStore>, Reason>> = const { RefCell::new(Err(Reason::BundleMissing)) };
    static BEGUN: RefCell<AllBegun> = RefCell::default();
}

impl Trust {
    /// The bundle must be good; a status list that is not is as good as none, and the verdict says so.
    fn store(&self) -> Result<TrustStore, Reason> {
        let bytes = |text: &str| from_base64url(text).unwrap_or_default();
        let root = PublicKey::from_sec1(&bytes(&self.root_key)).ok_or(Reason::BundleWrongRoot)?;
        let bundle = TrustBundle::open(&bytes(&self.bundle), &root)?;
        let mut store = TrustStore::default();
        store.accept_bundle(bundle)?;
        for list in &self.status_lists {
            let parsed = store.bundle().map(|bundle| StatusList::parse(&bytes(list), bundle));
            if let Some(Ok(Ok(list))) = parsed.map(|parsed| parsed.map(crate::signature::Unverified::check_here)) {
                store.accept_list(list);
            }
        }
        Ok(store)
    }
}

/// Tells what is trusted from now on (`{"rootKey", "bundle", "statusLists"}`); false where it has another shape. Whatever is wrong with the
/// data themselves, each verdict says.
#[wasm_bindgen(js_name = trustFromNow)]
#[must_use]
pub fn trust_from_now(trust: &str) -> bool {
    let trust = json::from_str::<Trust>(trust);
    let understood = trust.is_ok();
    // What can't be read is no reason to go on with what was trusted before.
    HELD.set(trust.map_or(Err(Reason::BundleMissing), |trust| trust.store().map(Rc::new)));
    understood
}

/// Reads a text; none where what is asked has another shape.
fn read(text: &str, asked: &str, now_s: f64) -> Option<(Begun, Rc<TrustStore>)> {
    let Asked { audience, nonce, place } = json::from_str(asked).ok()?;
    let nonce = match nonce {
        Some(nonce) => Some(from_base64url(&nonce)?),
        None => None,
    };
    let expectation = Expectation { audience, nonce, place, ..Expectation::default() };
    Some(HELD.with_borrow(|held| match held {
        Ok(store) => (begin(store, &expectation, text, time(now_s)), store.clone()),
        // A fault of what is trusted is none of the code.
        Err(reason) => (Begun::Done(Box::new(Verdict::refusal(Outcome::CannotTell, reason))), Rc::default()),
    }))
}

fn written(value: &impl Serialize) -> String {
    json::to_string(value).unwrap_or_else(|_| ERROR.into())
}

/// Verifies a text by what is trusted: takes what is asked (`{"audience", "nonce", "place"}`) and the time in seconds; gives a `Verdict`.
#[wasm_bindgen(js_name = verifyText)]
#[must_use]
pub fn verify_text(text: &str, asked: &str, now_s: f64) -> String {
    match read(text, asked, now_s) {
        Some((Begun::Done(verdict), _)) => written(&*verdict),
        Some((Begun::Pending(pending), store)) => written(&pending.finish(&store, &check_all(pending.checks()))),
        None => ERROR.into(),
    }
}

/// As [`verify_text`], for whoever has signatures checked elsewhere: gives `{"verdict": Verdict}` where no signature matters, else
/// `{"checks": {"ticket", "checks": SignatureCheck[]}}` for [`finish_text`].
#[wasm_bindgen(js_name = beginText)]
#[must_use]
pub fn begin_text(text: &str, asked: &str, now_s: f64) -> String {
    let step = match read(text, asked, now_s) {
        Some((Begun::Done(verdict), _)) => Step::Verdict(verdict),
        Some((Begun::Pending(pending), store)) => {
            let checks = pending.checks().to_vec();
            BEGUN.with_borrow_mut(|begun| {
                begun.last = begun.last.wrapping_add(1);
                begun.waiting.push_back((begun.last, store, pending));
                Step::Checks { ticket: begun.last, checks }
            })
        }
        None => return ERROR.into(),
    };
    written(&step)
}

/// Takes the ticket of a text that was begun, and for each of its checks the index of the key that verified it, or null; gives a `Verdict`.
#[wasm_bindgen(js_name = finishText)]
#[must_use]
pub fn finish_text(ticket: u32, results: &str) -> String {
    let Ok(results) = json::from_str::<CheckResults>(results) else { return ERROR.into() };
    let begun = BEGUN.with_borrow_mut(|begun| {
        let at = begun.waiting.iter().position(|(held, ..)| *held == ticket)?;
        begun.waiting.remove(at)
    });
    begun.map_or_else(|| ERROR.into(), |(_, store, pending)| written(&pending.finish(&store, &results)))
}
