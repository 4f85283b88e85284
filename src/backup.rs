//! A backup: everything of a wallet but its keys, under a passphrase, as one text for a file.
//!
//! ```cddl
//! text      = "TMB:" base64url(backup)
//! backup    = #6.5524813([version: 1, memory-kib: uint, passes: uint, salt: bstr .size 16, sealed: bstr, check: bstr .size 16])
//! ; sealed  = nonce (12 bytes), AES-256-GCM of contents, tag; the key is Argon2id of the passphrase; bound to all that stands before it
//! ; check   = first half of SHA-256 over sealed: so damage is not taken for a wrong passphrase. It protects nothing.
//! contents  = [state: bstr, [* [name: tstr, record: bstr]]]
//! ```

use crate::{
    cbor::{Limits, Value, decode},
    entropy::Entropy,
    reason::Reason,
    sealing::{Hardness, SALT_BYTES, SealingKey},
    text::{from_base64url, to_base64url},
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How the text of a backup begins.
pub const PREFIX: &str = "TMB:";
/// The CBOR tag of a backup.
const TAG: u64 = 0x54_4d4d;
const VERSION: i64 = 1;

/// What a backup holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The state.
    pub state: Vec<u8>,
    /// The records beside it, by their names.
    pub records: Vec<(String, Vec<u8>)>,
}

/// A backup that was read, and is still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    hardness: Hardness,
    salt: [u8; SALT_BYTES],
    sealed: Vec<u8>,
}

impl Contents {
    /// Seals everything under a passphrase.
    ///
    /// # Errors
    /// `internal` where there is no memory for it.
    pub fn seal(&self, passphrase: &str, hardness: Hardness, entropy: &mut Entropy) -> Result<Backup, Reason> {
        let record = |(name, data): &(String, Vec<u8>)| Value::Array(vec![Value::text(name), Value::Bytes(data.clone())]);
        let records = self.records.iter().map(record).collect();
        let plain = Zeroizing::new(Value::Array(vec![Value::Bytes(self.state.clone()), Value::Array(records)]).encode());
        let salt = entropy.bytes();
        let key = SealingKey::of_secret(passphrase, &salt, hardness).ok_or(Reason::Internal)?;
        let sealed = key.seal(&plain, &context(hardness, &salt), entropy).ok_or(Reason::Internal)?;
        Ok(Backup { hardness, salt, sealed })
    }

    fn read(plain: &[u8]) -> Option<Self> {
        let value = decode(plain, Limits::FILE).ok()?;
        let [state, records] = value.as_array()? else { return None };
        let record = |record: &Value| match record.as_array()? {
            [name, data] => Some((name.as_text()?.to_owned(), data.as_bytes()?.to_vec())),
            _ => None,
        };
        Some(Self { state: state.as_bytes()?.to_vec(), records: records.as_array()?.iter().map(record).collect::<Option<_>>()? })
    }
}

impl Backup {
    /// Its text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut parts = head(self.hardness, &self.salt);
        parts.extend([Value::Bytes(self.sealed.clone()), Value::Bytes(check(&self.sealed).to_vec())]);
        let mut text = String::from(PREFIX);
        text.push_str(&to_base64url(&Value::Tag(TAG, Box::new(Value::Array(parts))).encode()));
        text
    }

    /// Reads the text of a backup; spaces and line ends around it are of the file.
    ///
    /// # Errors
    /// `backup-foreign` for any other text, `backup-newer`, `backup-damaged`.
    pub fn from_text(text: &str) -> Result<Self, Reason> {
        let body = text.trim_ascii().strip_prefix(PREFIX).ok_or(Reason::BackupForeign)?;
        let bytes = from_base64url(body).ok_or(Reason::BackupDamaged)?;
        let Ok(Value::Tag(TAG, parts)) = decode(&bytes, Limits::FILE) else { return Err(Reason::BackupDamaged) };
        let parts = parts.as_array().unwrap_or_default();
        match parts.first().and_then(Value::as_int) {
            Some(VERSION) => Self::of(parts).ok_or(Reason::BackupDamaged),
            Some(version) if version > VERSION => Err(Reason::BackupNewer { version: u32::try_from(version).unwrap_or(u32::MAX) }),
            _ => Err(Reason::BackupDamaged),
        }
    }

    fn of(parts: &[Value]) -> Option<Self> {
        let [_, memory_kib, passes, salt, sealed, sum] = parts else { return None };
        let number = |value: &Value| u32::try_from(value.as_int()?).ok();
        let hardness = Hardness::bounded(number(memory_kib)?, number(passes)?)?;
        let sealed = sealed.as_bytes()?.to_vec();
        (sum.as_bytes()? == check(&sealed)).then_some(Self { hardness, salt: salt.as_bytes()?.try_into().ok()?, sealed })
    }

    /// Opens it.
    ///
    /// # Errors
    /// `passphrase-wrong`; `backup-damaged` when what is within is none of this program's; `internal` where there is no memory for it.
    pub fn open(&self, passphrase: &str) -> Result<Contents, Reason> {
        let key = SealingKey::of_secret(passphrase, &self.salt, self.hardness).ok_or(Reason::Internal)?;
        let plain = key.open(&self.sealed, &context(self.hardness, &self.salt)).ok_or(Reason::PassphraseWrong)?;
        Contents::read(&plain).ok_or(Reason::BackupDamaged)
    }
}

fn head(hardness: Hardness, salt: &[u8; SALT_BYTES]) -> Vec<Value> {
    let number = |number: u32| Value::Int(i64::from(number));
    vec![Value::Int(VERSION), number(hardness.memory_kib), number(hardness.passes), Value::Bytes(salt.to_vec())]
}

/// All that stands before the sealed part: changed, it opens no more.
fn context(hardness: Hardness, salt: &[u8; SALT_BYTES]) -> Vec<u8> {
    Value::Array(head(hardness, salt)).encode()
}

fn check(sealed: &[u8]) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(sealed).into();
    hash.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const LIGHT: Hardness = Hardness { memory_kib: 8192, passes: 1 };

    fn backup() -> Backup {
        let contents = Contents { state: b"{}".to_vec(), records: vec![("visits".into(), b"[1]".to_vec())] };
        contents.seal("correct horse", LIGHT, &mut Entropy::new([5; 32])).unwrap()
    }

    fn with(change: impl Fn(&mut Vec<Value>)) -> String {
        let text = backup().to_text();
        let Value::Tag(_, parts) = decode(&from_base64url(&text[4..]).unwrap(), Limits::FILE).unwrap() else { unreachable!() };
        let mut parts = parts.as_array().unwrap().to_vec();
        change(&mut parts);
        format!("{PREFIX}{}", to_base64url(&Value::Tag(TAG, Box::new(Value::Array(parts))).encode()))
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        let text = backup().to_text();
        assert_eq!(Backup::from_text(&format!("{text}\r\n")), Ok(backup()));
        assert_eq!(backup().open("wrong horse"), Err(Reason::PassphraseWrong));
        assert_eq!(Backup::from_text("TM1:ABC"), Err(Reason::BackupForeign));
        assert_eq!(Backup::from_text(&text[..text.len() - 8]), Err(Reason::BackupDamaged), "cut");
        assert_eq!(Backup::from_text(&format!("{text}AAAA")), Err(Reason::BackupDamaged), "longer");
        assert_eq!(Backup::from_text(&with(|parts| parts[0] = Value::Int(2))), Err(Reason::BackupNewer { version: 2 }));
        let huge = with(|parts| parts[1] = Value::Int(4_000_000));
        assert_eq!(Backup::from_text(&huge), Err(Reason::BackupDamaged), "more memory than a phone has");
        let flipped = with(|parts| parts[4] = Value::Bytes(vec![0; 40]));
        assert_eq!(Backup::from_text(&flipped), Err(Reason::BackupDamaged), "the check tells");
        let lighter = with(|parts| parts[1] = Value::Int(8193));
        assert_eq!(Backup::from_text(&lighter).unwrap().open("correct horse"), Err(Reason::PassphraseWrong), "the head is bound");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn what_was_sealed_comes_back(state: Vec<u8>, records: Vec<(String, Vec<u8>)>, passphrase in ".{8,20}", seed: [u8; 32]) {
            let contents = Contents { state, records };
            let backup = contents.seal(&passphrase, LIGHT, &mut Entropy::new(seed)).unwrap();
            let again = Backup::from_text(&backup.to_text()).unwrap();
            prop_assert_eq!(&again, &backup);
            prop_assert_eq!(again.open(&passphrase).unwrap(), contents);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_read_that_would_be_written_otherwise(bytes: Vec<u8>) {
            let text = format!("{PREFIX}{}", to_base64url(&bytes));
            if let Ok(backup) = Backup::from_text(&text) {
                prop_assert_eq!(backup.to_text(), text);
            }
        }
    }
}
