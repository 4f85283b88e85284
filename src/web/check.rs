//! Signature checks by WebCrypto. Where a browser lacks a kind, the core's own arithmetic stands in if the build has it.

use super::crypto::{import, verify};
use crate::{
    keys::{HashName, KeyType, PublicKey},
    signature::{CheckResults, SignatureCheck, check_all},
};
use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};
use web_sys::CryptoKey;

/// Imported keys that are kept: issuers come again, holders don't.
const KEPT: usize = 32;

/// Checks signatures; remembers the last keys that it imported.
#[derive(Default)]
pub struct Checker {
    imported: RefCell<Vec<(PublicKey, CryptoKey)>>,
}

impl Checker {
    /// For each check the index of the key that verifies it. The results are those of
    /// [`check_all`](crate::signature::check_all).
    pub async fn check(&self, checks: &[SignatureCheck]) -> CheckResults {
        if super::scope::subtle().is_err() {
            return check_all(checks);
        }
        together(checks.iter().map(|check| self.check_one(check))).await
    }

    async fn check_one(&self, check: &SignatureCheck) -> Option<u32> {
        // WebCrypto answers false for a wrong length; r and s of zero or beyond the order it refuses as well.
        for (index, key) in (0..).zip(&check.keys) {
            // Only P-384 goes with more than one hash, here as in the core.
            if check.hash != HashName::Sha256 && key.key_type() != KeyType::P384 {
                continue;
            }
            let Some(imported) = self.import(key).await else { continue };
            let verified = verify(key.key_type(), &imported, check.hash, &check.message, &check.signature).await;
            // Not every browser has every curve with every hash: then it is an error, not false.
            if verified.unwrap_or_else(|_| key.verify_hashed(check.hash, &check.message, &check.signature)) {
                return Some(index);
            }
        }
        None
    }

    /// A key off its curve can't be imported and so verifies nothing.
    async fn import(&self, key: &PublicKey) -> Option<CryptoKey> {
        // By their bytes: a point off the curve must not be taken for the one that shares its x.
        let held = self.imported.borrow().iter().find(|(held, _)| held.to_sec1() == key.to_sec1()).map(|(_, imported)| imported.clone());
        if held.is_some() {
            return held;
        }
        let imported = import(key).await.ok()?;
        let mut all = self.imported.borrow_mut();
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((key.clone(), imported.clone()));
        Some(imported)
    }
}

/// Waits for all of them at once: the browser checks on threads of its own, and all signatures of a pass are known from the start.
async fn together<T, F: Future<Output = T>>(futures: impl Iterator<Item = F>) -> Vec<T> {
    let mut running: Vec<(Pin<Box<F>>, Option<T>)> = futures.map(|future| (Box::pin(future), None)).collect();
    poll_fn(|context| {
        let mut waiting = false;
        for (future, done) in running.iter_mut().filter(|(_, done)| done.is_none()) {
            match future.as_mut().poll(context) {
                Poll::Ready(value) => *done = Some(value),
                Poll::Pending => waiting = true,
            }
        }
        if waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    running.into_iter().filter_map(|(_, done)| done).collect()
}
