//! Signature checks by WebCrypto, with the core's own arithmetic where that is absent.

use super::crypto::{import, verify};
use crate::{
    keys::{HashName, KeyType, PublicKey},
    signature::{CheckResults, SignatureCheck, check_all},
};
use std::cell::RefCell;
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
        let mut results = Vec::with_capacity(checks.len());
        for check in checks {
            results.push(self.check_one(check).await);
        }
        results
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
