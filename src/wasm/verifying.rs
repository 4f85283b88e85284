//! From text to verdict in one call, for programs that have no use for a gate's machine.

use super::{ERROR, time};
use crate::{
    json,
    keys::PublicKey,
    policy::Place,
    reason::Reason,
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, TrustStore, verify},
    },
    text::from_base64url,
    token::{status::StatusList, trust::TrustBundle},
};
use serde::Deserialize;
use std::cell::RefCell;
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

type Held = (String, Result<TrustStore, Reason>);

thread_local! {
    /// Whoever verifies many codes brings the same trust data each time.
    static HELD: RefCell<Option<Held>> = RefCell::default();
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

/// Verifies a text: takes what is trusted (`{"rootKey", "bundle", "statusLists"}`), what is asked (`{"audience", "nonce", "place"}`), and
/// the time in seconds; gives a `Verdict`. What is trusted is read once as long as it stays the same.
#[wasm_bindgen(js_name = verifyText)]
#[must_use]
pub fn verify_text(text: &str, trust: &str, asked: &str, now_s: f64) -> String {
    let Ok(Asked { audience, nonce, place }) = json::from_str(asked) else { return ERROR.into() };
    let nonce = match nonce.as_deref().map(from_base64url) {
        Some(None) => return ERROR.into(),
        nonce => nonce.flatten(),
    };
    let expectation = Expectation { audience, nonce, place, ..Expectation::default() };
    HELD.with_borrow_mut(|held| {
        if held.as_ref().is_none_or(|(known, _)| known != trust) {
            let Ok(read) = json::from_str::<Trust>(trust) else { return ERROR.into() };
            *held = Some((trust.to_owned(), read.store()));
        }
        let verdict = match held {
            Some((_, Ok(store))) => verify(store, &expectation, text, time(now_s)),
            // A fault of what is trusted is none of the code.
            Some((_, Err(reason))) => Verdict::refusal(Outcome::CannotTell, reason),
            None => return ERROR.into(),
        };
        json::to_string(&verdict).unwrap_or_else(|_| ERROR.into())
    })
}
