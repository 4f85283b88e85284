//! A backup and its way back. Keys are not in it, so what comes back has to be bound anew by the authority.

use super::{
    super::{
        super::{RecordName, RoomName, Wallet, saved::Saved},
        Record,
    },
    lock::long_enough,
};
use crate::{
    app::{Effect, FileView, wallet::Awaited},
    backup::{Backup, Contents},
    json,
    reason::Reason,
    roles::holder::Pass,
    sealing::Hardness,
    time::UnixTime,
};
use zeroize::Zeroizing;

/// The shortest passphrase: a file can be tried without end, a phone can't.
const LEAST: usize = 10;

impl Wallet {
    pub(super) fn back_up(&mut self, passphrase: Zeroizing<String>, now: UnixTime) {
        match self.sealed_backup(&passphrase, now) {
            Ok(file) => {
                self.notices.remove("secret-short");
                self.rooms.safety.backup = Some(file);
            }
            Err(reason) => self.notices.add(reason),
        }
    }

    fn sealed_backup(&mut self, passphrase: &str, now: UnixTime) -> Result<FileView, Reason> {
        long_enough(passphrase, LEAST)?;
        let mut state = self.without_lock();
        let state = state.json()?.into_bytes();
        let record = |record: Record| (record.key(), self.rooms.records.json(record).to_vec());
        // Whoever restores it fetches a newer trust list, the list of passes follows from them, and what was shown is of the codes that stay here.
        let left_out = |record: &Record| matches!(record.name, RecordName::Trust | RecordName::People | RecordName::Showings);
        let own = self.needed(RoomName::Safety).into_iter().filter(|record| !left_out(record));
        let records = own.map(record).filter(|(_, json)| !json.is_empty()).collect();
        let entropy = self.rooms.safety.entropy.as_mut().ok_or(Reason::Internal)?;
        let text = Contents { state, records }.seal(passphrase, Hardness::USUAL, entropy)?.to_text();
        let date = now.to_rfc3339().chars().take(10).collect::<String>();
        Ok(FileView { name: format!("tongma-{date}.backup.txt"), media_type: "text/plain".to_owned(), text })
    }

    /// Only an empty wallet takes a backup: nothing is overwritten by one.
    pub(super) const fn is_restorable(&self) -> bool {
        self.saved.more_passes == 0 && self.saved.held.is_none() && self.saved.application.is_none() && self.saved.lock.is_none()
    }

    pub(super) fn restore(&mut self, file: &str, passphrase: Zeroizing<String>, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.is_restorable() {
            return;
        }
        match self.opened_backup(file, &passphrase) {
            Ok((saved, records)) => {
                for code in ["passphrase-wrong", "backup-foreign", "backup-damaged", "backup-newer"] {
                    self.notices.remove(code);
                }
                // Records first: until the state says that it was restored, it can be done again.
                for (record, json) in records {
                    self.put_record(record, json, Awaited::Store, effects);
                }
                self.saved = saved;
                self.save(effects);
                self.rooms.open = None;
                self.resume(now, effects);
            }
            Err(reason) => self.notices.add(reason),
        }
    }

    #[allow(clippy::type_complexity)]
    fn opened_backup(&self, file: &str, passphrase: &str) -> Result<(Saved, Vec<(Record, Vec<u8>)>), Reason> {
        let Contents { state, records } = Backup::from_text(file)?.open(passphrase)?;
        let saved = Saved::of_json(&state).map_err(|reason| match reason {
            Reason::StorageNewer { version } => Reason::BackupNewer { version },
            _ => Reason::BackupDamaged,
        })?;
        if records.iter().any(|(_, record)| json::from_slice::<serde::de::IgnoredAny>(record).is_err()) {
            return Err(Reason::BackupDamaged);
        }
        let root = |saved: &Saved| saved.deployment.as_ref().map(|deployment| deployment.root_key.clone());
        if let (Some(here), Some(there)) = (root(&self.saved), root(&saved))
            && here != there
        {
            return Err(Reason::BundleWrongRoot);
        }
        let deployment = self.saved.deployment.clone().or_else(|| saved.deployment.clone());
        let saved = Saved { lock: None, deployment, ..unbound(saved) };
        let named = |(name, json): (String, Vec<u8>)| match Record::of_key(&name)? {
            record if record.name == RecordName::Pass => {
                let saved = Saved::of_json(&json).ok()?;
                (!is_lent(&saved)).then_some((record, unbound(saved).json().ok()?.into_bytes()))
            }
            record => Some((record, json)),
        };
        // What was read of another wallet's passes, if only that there are none, is of no use here.
        Ok((saved, records.into_iter().filter_map(named).collect()))
    }
}

/// What others allow is bound to keys that stayed behind, and nobody can apply for it.
fn is_lent(saved: &Saved) -> bool {
    saved.held.as_ref().is_some_and(|held| Pass::read(&held.credential).is_ok_and(|pass| pass.is_lent()))
}

/// The keys that credentials are bound to stayed behind, and what was under way is answered there.
fn unbound(saved: Saved) -> Saved {
    let restored = saved.held.is_some() && !is_lent(&saved) || saved.restored;
    Saved { held: None, application: None, restored, ..saved }
}
