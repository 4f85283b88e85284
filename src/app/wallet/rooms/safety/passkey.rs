//! A passkey opens the lock as well: an authenticator's secret (WebAuthn Level 3 §10.1.4, PRF extension) seals the wallet's key once more.
//!
//! The page talks to the authenticator, which answers with a secret only after it has seen its owner. It can't be tried: it is 32 random bytes.

use super::{
    super::super::{Wallet, view::PasskeyView},
    lock::KEY,
};
use crate::{
    app::Effect,
    reason::Reason,
    sealing::SealingKey,
    text::{from_base64url, to_base64url},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Bytes of the salt, and of the secret that the authenticator makes of it.
const SECRET_BYTES: usize = 32;
/// Longest identifier of a credential (WebAuthn Level 3 §4).
const MAX_ID_BYTES: usize = 1023;

/// What is kept of a passkey; none of it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app::wallet) struct Passkey {
    id: String,
    salt: String,
    /// The key of everything private, sealed under the passkey's.
    key: String,
}

impl Passkey {
    pub(super) fn view(&self) -> PasskeyView {
        PasskeyView { id: self.id.clone(), salt: self.salt.clone() }
    }
}

/// The key that an authenticator's secret is.
fn key_of(secret: &Zeroizing<String>) -> Option<SealingKey> {
    let bytes = Zeroizing::new(from_base64url(secret)?);
    <[u8; SECRET_BYTES]>::try_from(bytes.as_slice()).ok().map(SealingKey::of_random)
}

impl Wallet {
    /// The page has made a passkey: from now on it opens the lock too.
    pub(super) fn add_passkey(&mut self, id: String, salt: String, secret: &Zeroizing<String>, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held().filter(|_| !self.is_locked() && !self.is_busy()) else { return };
        let sound = from_base64url(&id).is_some_and(|id| (1..=MAX_ID_BYTES).contains(&id.len()))
            && from_base64url(&salt).is_some_and(|salt| salt.len() == SECRET_BYTES);
        let by = key_of(secret).filter(|_| sound);
        let safety = &mut self.rooms.safety;
        let (Some(by), Some(key), Some(entropy)) = (by, &safety.key, &mut safety.entropy) else {
            return self.notices.add(Reason::PasskeyUnusable);
        };
        let Some(wrapped) = key.wrapped(&by, KEY, entropy) else { return self.notices.add(Reason::Internal) };
        self.forget_refusals();
        lock.passkey = Some(Passkey { id, salt, key: to_base64url(&wrapped) });
        self.put_lock(&lock);
        self.save(effects);
    }

    pub(super) fn remove_passkey(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held().filter(|_| !self.is_locked() && !self.is_busy()) else { return };
        lock.passkey = None;
        self.put_lock(&lock);
        self.save(effects);
    }

    /// The authenticator has seen its owner.
    pub(super) fn use_passkey(&mut self, secret: &Zeroizing<String>, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held().filter(|_| self.is_locked() && !self.is_busy()) else { return };
        let wrapped = lock.passkey.as_ref().and_then(|passkey| from_base64url(&passkey.key));
        let key = key_of(secret).zip(wrapped).and_then(|(by, wrapped)| by.unwrap_key(&wrapped, KEY));
        let Some(key) = key else { return self.notices.add(Reason::PasskeyWrong) };
        self.forget_refusals();
        lock.tries = 0;
        self.unlock(key, &lock, now, effects);
    }
}
