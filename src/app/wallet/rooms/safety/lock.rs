//! The lock: a random key seals what is private; a passcode opens that key.
//!
//! Each try is stored before it is judged, so neither killing nor reloading the page makes a wrong one undone.

use super::{
    super::super::{Awaited, LockedView, Wallet, saved::Saved},
    LockView,
    passkey::Passkey,
};
use crate::{
    app::Effect,
    json,
    reason::Reason,
    sealing::{Hardness, SALT_BYTES, SealingKey},
    text::{from_base64url, to_base64url},
    time::{UnixTime, defaults::CLOCK_SLACK_S},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The shortest passcode, in characters.
const LEAST: usize = 6;
/// After so many wrong passcodes waiting begins.
const FREE_TRIES: u32 = 3;
/// Seconds to wait after the tries that follow; the last holds for all later ones.
const WAITS_S: [i64; 6] = [30, 60, 300, 900, 3600, 14_400];
pub(super) const KEY: &[u8] = b"tongma wallet key";
const STATE: &[u8] = b"tongma wallet state";

/// What is kept of a lock; all of it may be read by whoever reads the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app::wallet) struct Lock {
    memory_kib: u32,
    passes: u32,
    salt: String,
    /// The key of everything private, sealed under that of the passcode.
    key: String,
    /// The private part of the state, sealed.
    state: String,
    pub(super) show_code: bool,
    pub(super) close_after_s: u32,
    /// What opens it beside the passcode.
    pub(super) passkey: Option<Passkey>,
    /// Wrong passcodes since the last right one, and when the last one was tried.
    pub(super) tries: u32,
    tried_at: UnixTime,
    /// The records are being sealed, or opened for good: that goes on at the next opening.
    pub(super) turning: Option<Turning>,
}

/// Which way the records are being written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app::wallet) enum Turning {
    On,
    Off,
}

/// What follows a right passcode.
#[derive(Debug)]
pub(in crate::app::wallet) enum Then {
    Change(Zeroizing<String>),
    Open,
    TurnOff,
}

impl Lock {
    pub(super) const fn view(&self) -> LockView {
        LockView { show_code: self.show_code, close_after_s: self.close_after_s, passkey: self.passkey.is_some() }
    }

    /// When the next passcode may be tried, if that is not now.
    fn wait_until(&self) -> Option<UnixTime> {
        let past = self.tries.checked_sub(FREE_TRIES)?;
        let at = usize::try_from(past).unwrap_or(usize::MAX).min(WAITS_S.len() - 1);
        WAITS_S.get(at).map(|wait_s| self.tried_at.plus(*wait_s))
    }

    /// The key of a passcode.
    fn key_of(&self, passcode: &str) -> Result<SealingKey, Reason> {
        let salt = from_base64url(&self.salt).and_then(|salt| <[u8; SALT_BYTES]>::try_from(salt).ok());
        let hardness = Hardness::bounded(self.memory_kib, self.passes);
        let (Some(salt), Some(hardness)) = (salt, hardness) else { return Err(Reason::StorageDamaged) };
        SealingKey::of_secret(passcode, &salt, hardness).ok_or(Reason::Internal)
    }
}

impl Wallet {
    pub(super) fn lock_held(&self) -> Option<Lock> {
        json::from_str(self.saved.lock.as_deref()?).ok()
    }

    /// Changes the lock in memory; what is to stay has to be saved.
    pub(super) fn put_lock(&mut self, lock: &Lock) {
        match json::to_string(lock) {
            Ok(lock) => self.saved.lock = Some(lock),
            Err(_) => self.notices.add(Reason::Internal),
        }
    }

    /// There is a lock, and nobody has opened it.
    pub(in crate::app::wallet) const fn is_locked(&self) -> bool {
        self.saved.lock.is_some() && self.rooms.safety.key.is_none()
    }

    pub(in super::super) fn is_busy(&self) -> bool {
        self.rooms.safety.resealing.is_some() || self.tickets.any(|awaited| matches!(awaited, Awaited::Attempt(..) | Awaited::Turned))
    }

    pub(in crate::app::wallet) fn locked_view(&self, now: UnixTime) -> LockedView {
        let lock = self.lock_held();
        let wait_until = lock.as_ref().and_then(Lock::wait_until).filter(|until| now < *until);
        let passkey = lock.and_then(|lock| lock.passkey).map(|passkey| passkey.view());
        LockedView { wait_until: wait_until.map(next_minute), busy: self.is_busy(), code: self.saved.held.is_some(), passkey }
    }

    /// Wraps the key under that of a new passcode.
    fn wrap(&mut self, lock: &mut Lock, key: &SealingKey, passcode: &str) -> Result<(), Reason> {
        let entropy = self.rooms.safety.entropy.as_mut().ok_or(Reason::Internal)?;
        lock.salt = to_base64url(&entropy.bytes::<SALT_BYTES>());
        (lock.memory_kib, lock.passes) = (Hardness::USUAL.memory_kib, Hardness::USUAL.passes);
        let by = lock.key_of(passcode)?;
        let wrapped = key.wrapped(&by, KEY, entropy).ok_or(Reason::Internal)?;
        lock.key = to_base64url(&wrapped);
        Ok(())
    }

    /// Turns the lock on. The records follow when the lock itself is stored: until then nothing is sealed under a key that could be lost.
    pub(super) fn turn_on(&mut self, passcode: Zeroizing<String>, show_code: bool, close_after_s: u32, effects: &mut Vec<Effect>) {
        if self.saved.lock.is_some() || self.is_busy() {
            return;
        }
        if let Err(reason) = long_enough(&passcode, LEAST) {
            return self.notices.add(reason);
        }
        let Some(entropy) = &mut self.rooms.safety.entropy else { return self.notices.add(Reason::Internal) };
        let key = SealingKey::generate(entropy);
        let mut lock = Lock { show_code, close_after_s, turning: Some(Turning::On), ..Lock::default() };
        if let Err(reason) = self.wrap(&mut lock, &key, &passcode) {
            return self.notices.add(reason);
        }
        self.notices.remove("secret-short");
        self.rooms.safety.key = Some(key);
        self.put_lock(&lock);
        self.save_as(Awaited::Turned, effects);
    }

    pub(super) fn set_lock(&mut self, show_code: bool, close_after_s: u32, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held().filter(|_| !self.is_locked()) else { return };
        (lock.show_code, lock.close_after_s) = (show_code, close_after_s);
        self.put_lock(&lock);
        self.save(effects);
    }

    /// Notes a try; it is judged when the note is stored.
    pub(super) fn attempt(&mut self, passcode: Zeroizing<String>, then: Then, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held().filter(|_| !self.is_busy()) else { return };
        if let Then::Change(next) = &then
            && let Err(reason) = long_enough(next, LEAST)
        {
            return self.notices.add(reason);
        }
        if lock.tried_at.since(now) > CLOCK_SLACK_S {
            // The clock was set back: the whole wait begins anew by the clock of now, neither shorter nor until long after.
            lock.tried_at = now;
            self.put_lock(&lock);
            self.save(effects);
        }
        if let Some(until) = lock.wait_until().filter(|until| now < *until) {
            return self.notices.add(Reason::PasscodeWait { again_at: next_minute(until) });
        }
        lock.tries = lock.tries.saturating_add(1);
        lock.tried_at = now;
        self.put_lock(&lock);
        self.save_as(Awaited::Attempt(passcode, then), effects);
    }

    /// Judges a try that is noted.
    pub(in crate::app::wallet) fn attempted(&mut self, passcode: &str, then: Then, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(mut lock) = self.lock_held() else { return };
        let key = lock.key_of(passcode).and_then(|by| {
            let wrapped = from_base64url(&lock.key).ok_or(Reason::StorageDamaged)?;
            by.unwrap_key(&wrapped, KEY).ok_or(Reason::PasscodeWrong)
        });
        let key = match key {
            Ok(key) => key,
            Err(reason) => return self.notices.add(reason),
        };
        self.forget_refusals();
        lock.tries = 0;
        match then {
            Then::Open => return self.unlock(key, &lock, now, effects),
            Then::Change(next) => {
                if let Err(reason) = self.wrap(&mut lock, &key, &next) {
                    return self.notices.add(reason);
                }
            }
            Then::TurnOff => lock.turning = Some(Turning::Off),
        }
        let off = lock.turning == Some(Turning::Off);
        self.put_lock(&lock);
        if off { self.save_as(Awaited::Turned, effects) } else { self.save(effects) }
    }

    pub(super) fn forget_refusals(&mut self) {
        for code in ["passcode-wrong", "passcode-wait", "passkey-wrong", "passkey-unusable", "secret-short"] {
            self.notices.remove(code);
        }
    }

    pub(super) fn unlock(&mut self, key: SealingKey, lock: &Lock, now: UnixTime, effects: &mut Vec<Effect>) {
        match private_part(lock, &key) {
            Some(private) => self.take_private(private),
            // Whatever can be shown is; the form serves for the rest.
            None => self.notices.add(Reason::StorageDamaged),
        }
        self.rooms.safety.key = Some(key);
        self.put_lock(lock);
        self.forget_left_behind(effects);
        self.save(effects);
        self.resume(now, effects);
        self.enter_again(lock.turning.is_some(), effects);
    }

    fn take_private(&mut self, private: Saved) {
        let public = std::mem::take(&mut self.saved);
        self.saved = Saved { language: public.language, deployment: public.deployment, lock: public.lock, ..private };
    }

    /// What another tab stored was taken over: its private part is opened, if the key is still that one.
    pub(in crate::app::wallet) fn open_again(&mut self) {
        if self.saved.lock.is_none() {
            self.rooms.safety.key = None;
            return;
        }
        let private = self.lock_held().zip(self.rooms.safety.key.as_ref()).and_then(|(lock, key)| private_part(&lock, key));
        match private {
            Some(private) => self.take_private(private),
            None => self.forget_key(),
        }
    }

    /// The state as it is to be stored: with a lock, its private part is sealed.
    pub(in crate::app::wallet) fn sealed_state(&mut self) -> Result<Saved, Reason> {
        let Some(mut lock) = self.lock_held().filter(|_| !self.is_locked()) else { return Ok(self.saved.clone()) };
        let mut private = self.without_lock();
        let plain = Zeroizing::new(private.json()?);
        lock.state = to_base64url(&self.seal(plain.as_bytes(), STATE).ok_or(Reason::Internal)?);
        let held = self.saved.held.clone().filter(|_| lock.show_code);
        let disclose = if lock.show_code { private.disclose } else { 0 };
        let lock = json::to_string(&lock).map_err(|_| Reason::Internal)?;
        self.saved.lock = Some(lock.clone());
        let Saved { language, deployment, sign, relation, more_people, .. } = private;
        let public = Saved { language, deployment, held, disclose, lock: Some(lock), ..Saved::default() };
        // Whose code it is has to stand beside it, and is nobody's business otherwise.
        Ok(if public.held.is_some() { Saved { sign, relation, more_people, ..public } } else { public })
    }

    /// The state as it would be without a lock.
    pub(in crate::app::wallet) fn without_lock(&self) -> Saved {
        Saved { lock: None, ..self.saved.clone() }
    }

    /// The key of an open lock.
    pub(in crate::app::wallet) const fn sealing_key(&self) -> Option<&SealingKey> {
        self.rooms.safety.key.as_ref()
    }

    /// Whether records are to be sealed: not where the lock is being turned off.
    pub(in crate::app::wallet) fn seals_records(&self) -> bool {
        self.lock_held().is_some_and(|lock| lock.turning != Some(Turning::Off))
    }

    /// Seals under the key of an open lock.
    pub(in crate::app::wallet) fn seal(&mut self, plain: &[u8], context: &[u8]) -> Option<Vec<u8>> {
        let safety = &mut self.rooms.safety;
        safety.key.as_ref()?.seal(plain, context, safety.entropy.as_mut()?)
    }
}

fn private_part(lock: &Lock, key: &SealingKey) -> Option<Saved> {
    json::from_slice(&key.open(&from_base64url(&lock.state)?, STATE)?).ok()
}

/// The full minute after a time: minutes are what is told, and none that is over.
const fn next_minute(time: UnixTime) -> UnixTime {
    time.plus((-time.0).rem_euclid(60))
}

/// Too short a secret is found by trying.
pub(super) fn long_enough(secret: &str, least: usize) -> Result<(), Reason> {
    if secret.chars().count() < least {
        return Err(Reason::SecretShort { least: u32::try_from(least).unwrap_or_default() });
    }
    Ok(())
}
