//! Signature checks as data: parsing yields what is to be checked, a backend checks it.

use crate::keys::{HashName, PublicKey};
use serde::{Deserialize, Serialize};

/// One signature to check: any of the keys may be the right one, for a key identifier is only a hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SignatureCheck {
    /// Keys to try, in this order.
    pub keys: Vec<PublicKey>,
    /// The hash that the signature is over.
    pub hash: HashName,
    /// The bytes that were signed (COSE `Sig_structure`, RFC 9052 §4.4; JWS signing input, RFC 7515 §5.1), base64url at the boundary.
    #[serde(with = "crate::text::bytes")]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub message: Vec<u8>,
    /// r ‖ s, or the number of RSASSA-PSS; base64url at the boundary.
    #[serde(with = "crate::text::bytes")]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub signature: Vec<u8>,
}

/// For each check the index of the key that verified it, or none.
pub type CheckResults = Vec<Option<u32>>;

/// A value whose signatures have not been checked yet. It can't be looked into.
#[derive(Clone, Debug)]
pub struct Unverified<T> {
    value: T,
    checks: Vec<SignatureCheck>,
}

/// A value whose signatures were all checked and found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Unverified<T> {
    pub(crate) fn new(value: T, checks: Vec<SignatureCheck>) -> Self {
        Self { value, checks }
    }

    /// The same, made part of something else.
    #[cfg(any(feature = "everyday", feature = "verifier"))]
    pub(crate) fn map<U>(self, part: impl FnOnce(T) -> U) -> Unverified<U> {
        Unverified { value: part(self.value), checks: self.checks }
    }

    /// The signatures to check.
    #[must_use]
    pub fn checks(&self) -> &[SignatureCheck] {
        &self.checks
    }

    /// A part of a greater whole, which takes over the checks.
    pub(crate) fn into_parts(self) -> (T, Vec<SignatureCheck>) {
        (self.value, self.checks)
    }

    /// Takes the results of a backend, one a check; on failure the index of the first check that did not verify.
    ///
    /// # Errors
    /// The index of the first signature that is not good, or 0 when the number of results is not that of the checks.
    pub fn accept(self, results: &[Option<u32>]) -> Result<Verified<T>, usize> {
        self.look(results)?;
        Ok(Verified(self.value))
    }

    /// As [`Unverified::accept`], of what stays where it is.
    ///
    /// # Errors
    /// As [`Unverified::accept`].
    pub fn look(&self, results: &[Option<u32>]) -> Result<Verified<&T>, usize> {
        if results.len() != self.checks.len() {
            return Err(0);
        }
        for (index, (check, result)) in self.checks.iter().zip(results).enumerate() {
            let good = result.is_some_and(|key| (key as usize) < check.keys.len());
            if !good {
                return Err(index);
            }
        }
        Ok(Verified(&self.value))
    }

    /// Checks with the core's own arithmetic and accepts.
    ///
    /// # Errors
    /// As [`Unverified::accept`].
    pub fn check_here(self) -> Result<Verified<T>, usize> {
        let results = check_all(&self.checks);
        self.accept(&results)
    }
}

impl<T> Verified<T> {
    /// The value.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }

    /// Gives the value away.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// The backend that is always there: the core itself.
#[must_use]
pub fn check_all(checks: &[SignatureCheck]) -> CheckResults {
    checks
        .iter()
        .map(|check| {
            let index = check.keys.iter().position(|key| key.verify_hashed(check.hash, &check.message, &check.signature))?;
            u32::try_from(index).ok()
        })
        .collect()
}
