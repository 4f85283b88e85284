//! F6: the bare boundary, for shells that bring effects of their own: JSON in, JSON out.
//!
//! A step takes the event, the time in seconds and 32 random bytes, and gives the `Update`. Whatever is wrong with the input
//! comes back as `{"error": {"code": "internal"}}`. With nothing but `scan` it is the module that a wallet loads for its camera.

#[cfg(all(feature = "sealing", feature = "p256"))]
mod sealed;
#[cfg(all(feature = "verifier", feature = "p256"))]
mod verifying;

#[cfg(feature = "verifier")]
use crate::policy::Rule;
#[cfg(feature = "scan")]
use crate::qr::scan::{Luma, Scanner, luma_from_rgba, scan_still};
#[cfg(any(feature = "wallet", feature = "verifier"))]
use crate::{
    entropy::Entropy,
    json,
    signature::check_all,
    text::{from_base64url, to_base64url},
    time::UnixTime,
};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(any(feature = "wallet", feature = "verifier"))]
const ERROR: &str = r#"{"error":{"code":"internal"}}"#;

#[cfg(any(feature = "wallet", feature = "verifier"))]
fn entropy(seed: &[u8]) -> Option<Entropy> {
    seed.try_into().ok().map(Entropy::new)
}

#[cfg(any(feature = "wallet", feature = "verifier"))]
#[allow(clippy::cast_possible_truncation)]
fn time(now_s: f64) -> UnixTime {
    UnixTime(now_s as i64)
}

#[cfg(feature = "wallet")]
thread_local! {
    static WALLET: RefCell<crate::app::wallet::Wallet> = RefCell::default();
}

/// One step of the wallet.
#[cfg(feature = "wallet")]
#[wasm_bindgen(js_name = walletUpdate)]
#[must_use]
pub fn wallet_update(event: &str, now_s: f64, seed: &[u8]) -> String {
    let (Ok(event), Some(mut entropy)) = (json::from_str(event), entropy(seed)) else { return ERROR.into() };
    let update = WALLET.with_borrow_mut(|wallet| wallet.update(event, time(now_s), &mut entropy));
    json::to_string(&update).unwrap_or_else(|_| ERROR.into())
}

/// Forgets the wallet in memory: the next event is the first one.
#[cfg(feature = "wallet")]
#[wasm_bindgen(js_name = walletReset)]
pub fn wallet_reset() {
    WALLET.take();
}

#[cfg(feature = "verifier")]
thread_local! {
    static VERIFIER: RefCell<crate::app::verifier::Verifier> = RefCell::default();
}

/// One step of the verifier.
#[cfg(feature = "verifier")]
#[wasm_bindgen(js_name = verifierUpdate)]
#[must_use]
pub fn verifier_update(event: &str, now_s: f64, seed: &[u8]) -> String {
    let (Ok(event), Some(mut entropy)) = (json::from_str(event), entropy(seed)) else { return ERROR.into() };
    let update = VERIFIER.with_borrow_mut(|verifier| verifier.update(event, time(now_s), &mut entropy));
    json::to_string(&update).unwrap_or_else(|_| ERROR.into())
}

/// Forgets the verifier in memory: the next event is the first one.
#[cfg(feature = "verifier")]
#[wasm_bindgen(js_name = verifierReset)]
pub fn verifier_reset() {
    VERIFIER.take();
}

/// Checks signatures with the core's own p256: takes `SignatureCheck[]`, gives `(number | null)[]`.
#[cfg(any(feature = "wallet", feature = "verifier"))]
#[wasm_bindgen(js_name = checkSignatures)]
#[must_use]
pub fn check_signatures(checks: &str) -> String {
    let Ok(checks) = json::from_str::<Vec<_>>(checks) else { return ERROR.into() };
    json::to_string(&check_all(&checks)).unwrap_or_else(|_| ERROR.into())
}

/// A key's point with both coordinates, for a WebCrypto that takes no other; base64url in, base64url out.
#[cfg(any(feature = "wallet", feature = "verifier"))]
#[wasm_bindgen(js_name = expandKey)]
#[must_use]
pub fn expand_key(point: &str) -> Option<String> {
    let key = crate::keys::PublicKey::from_sec1(&from_base64url(point)?)?;
    key.expanded().map(|point| to_base64url(&point))
}

#[cfg(feature = "verifier")]
thread_local! {
    static RULES: RefCell<Vec<(Rule, serde_json::Value)>> = RefCell::default();
}

/// Keeps a rule in the EU's envelope and the data to judge by it (`{"payload", "external"}`) for [`rules_that_hold`]; false when one of
/// them can't be read.
#[cfg(feature = "verifier")]
#[wasm_bindgen(js_name = keepRule)]
#[must_use]
pub fn keep_rule(rule: &str, data: &str) -> bool {
    let rule = json::from_str(rule).ok().and_then(|rule| Rule::parse(&rule).ok());
    let Some(pair) = rule.zip(json::from_str(data).ok()) else { return false };
    RULES.with_borrow_mut(|rules| rules.push(pair));
    true
}

/// Judges all rules that are kept, each by its own data; gives how many hold.
#[cfg(feature = "verifier")]
#[wasm_bindgen(js_name = rulesThatHold)]
#[must_use]
pub fn rules_that_hold() -> usize {
    RULES.with_borrow(|rules| rules.iter().filter(|(rule, data)| rule.logic.holds(data) == Ok(true)).count())
}

#[cfg(feature = "scan")]
thread_local! {
    static SCANNER: RefCell<Scanner> = RefCell::default();
}

/// Looks for a code in the next camera frame (RGBA, row by row); gives its text. Each frame gets only some of the looks that
/// there are: the next one gets others. `first` says that a new stream begins.
#[cfg(feature = "scan")]
#[wasm_bindgen(js_name = scanFrame)]
#[must_use]
pub fn scan_frame(rgba: &[u8], width: u32, height: u32, first: bool) -> Option<String> {
    let pixels = luma_from_rgba(rgba, width as usize, height as usize).ok()?;
    let luma = Luma::new(&pixels, width as usize, height as usize).ok()?;
    SCANNER.with_borrow_mut(|scanner| {
        if first {
            *scanner = Scanner::new();
        }
        scanner.scan(&luma).map(|found| found.text)
    })
}

/// Looks for a code in a picture (RGBA, row by row) in every way there is; gives its text.
#[cfg(feature = "scan")]
#[wasm_bindgen(js_name = scanPicture)]
#[must_use]
pub fn scan_picture(rgba: &[u8], width: u32, height: u32) -> Option<String> {
    let pixels = luma_from_rgba(rgba, width as usize, height as usize).ok()?;
    let luma = Luma::new(&pixels, width as usize, height as usize).ok()?;
    scan_still(&luma).map(|found| found.text)
}
