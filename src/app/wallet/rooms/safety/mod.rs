//! The room of safety: a lock with a passcode, which a passkey may open too, and a backup under a passphrase.

mod backup;
mod lock;
mod locking;
mod passkey;
mod resealing;

pub(in crate::app::wallet) use lock::Then;

use super::view::{LockView, SafetyEvent, SafetyView};
use crate::{
    app::{Effect, FileView, wallet::Wallet},
    entropy::Entropy,
    reason::Reason,
    sealing::SealingKey,
    time::UnixTime,
};

/// What is remembered while the page is open; the key is there as long as the wallet is unlocked.
#[derive(Debug, Default)]
pub(super) struct State {
    key: Option<SealingKey>,
    entropy: Option<Entropy>,
    hidden_at: Option<UnixTime>,
    /// How many records are still being written anew after the lock was turned.
    resealing: Option<usize>,
    /// A record could not be read: what is sealed and what not is not changed then.
    unreadable: bool,
    backup: Option<FileView>,
}

impl State {
    /// The rooms' own share of an event's randomness.
    pub(super) fn stir(&mut self, entropy: &mut Entropy) {
        self.entropy = Some(Entropy::new(entropy.bytes()));
    }

    /// A new identifier.
    pub(super) fn identifier(&mut self) -> Option<[u8; 16]> {
        self.entropy.as_mut().map(Entropy::bytes)
    }

    /// A record could not be read.
    pub(super) const fn unreadable(&mut self) {
        self.unreadable = true;
    }

    /// The room is left: a file that was made is not kept.
    pub(super) fn leave(&mut self) {
        self.backup = None;
    }
}

impl Wallet {
    pub(super) fn safety(&mut self, event: SafetyEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            SafetyEvent::BackupAsked { passphrase } => self.back_up(passphrase.into(), now),
            SafetyEvent::BackupTaken => self.rooms.safety.backup = None,
            SafetyEvent::LockTurnedOn { passcode, show_code, close_after_s } => {
                self.turn_on(passcode.into(), show_code, close_after_s, effects)
            }
            SafetyEvent::LockNow => self.lock(now, effects),
            SafetyEvent::LockTurnedOff { passcode } => self.attempt(passcode.into(), lock::Then::TurnOff, now, effects),
            SafetyEvent::LockSet { show_code, close_after_s } => self.set_lock(show_code, close_after_s, effects),
            SafetyEvent::PasskeyFailed => self.notices.add(Reason::PasskeyUnusable),
            SafetyEvent::PasskeyMade { id, salt, secret } => self.add_passkey(id, salt, &secret.into(), effects),
            SafetyEvent::PasskeyRemoved => self.remove_passkey(effects),
            SafetyEvent::PasskeyUsed { secret } => self.use_passkey(&secret.into(), now, effects),
            SafetyEvent::PasscodeChanged { passcode, next } => self.attempt(passcode.into(), lock::Then::Change(next.into()), now, effects),
            SafetyEvent::RestoreAsked { file, passphrase } => self.restore(&file, passphrase.into(), now, effects),
            SafetyEvent::Unlock { passcode } => self.attempt(passcode.into(), lock::Then::Open, now, effects),
        }
    }

    pub(super) fn safety_view(&self) -> SafetyView {
        SafetyView {
            lock: self.lock_held().map(|lock| lock.view()),
            busy: self.is_busy(),
            backup: self.rooms.safety.backup.clone(),
            restorable: self.is_restorable(),
        }
    }
}
