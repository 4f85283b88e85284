//! One encrypted state and the keys, in IndexedDB.
//!
//! The state is AES-256-GCM under a key that can't be extracted. A revision number rises with every write; a write on top of
//! a revision that this tab has not read is refused, so that two tabs can't undo each other.

use super::{
    crypto::{generate_key, generate_state_key, open as decrypt, public_key, seal},
    database::{self, KEYS, STATE, begin, complete, get, put, store},
    scope::object,
};
use crate::{keys::PublicKey, reason::Reason};
use js_sys::{Reflect, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, CryptoKeyPair, IdbDatabase, IdbTransactionMode};

/// Key of the current state in its store; what could not be read is kept beside it.
const CURRENT: &str = "current";
const DAMAGED: &str = "damaged";
/// Slot of the key that encrypts the state.
const STATE_KEY: &str = "state";

/// The storage of one page.
pub struct Store {
    database: IdbDatabase,
    name: String,
    key: CryptoKey,
    revision: Cell<f64>,
}

/// What was found at opening.
pub struct Loaded {
    /// The storage.
    pub store: Store,
    /// The state; none at the very first opening.
    pub state: Option<Vec<u8>>,
    /// The state could not be read: it is kept aside, and a new one begins.
    pub damaged: bool,
}

/// What was found at reading again.
#[derive(Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// What this tab knows.
    Nothing,
    /// What another tab has written.
    State(Vec<u8>),
    /// Another tab has destroyed everything.
    Gone,
}

impl Store {
    /// Opens the storage and reads the state.
    ///
    /// # Errors
    /// `storage-newer`, `storage-refused`, `storage-full`, `browser-too-old`.
    pub async fn open(name: &str) -> Result<Loaded, Reason> {
        let database = database::open(name).await?;
        // A key is made before the transaction, which would end while waiting for it; it is dropped where there is one.
        let fresh = generate_state_key().await?;
        let transaction = begin(&database, IdbTransactionMode::Readwrite)?;
        let (keys, states) = (store(&transaction, KEYS)?, store(&transaction, STATE)?);
        let found = get(&keys, STATE_KEY).await?;
        let record = get(&states, CURRENT).await?;
        if found.is_none() {
            put(&keys, STATE_KEY, &fresh)?;
        }
        complete(&transaction).await?;
        let key = found.map_or(fresh, JsCast::unchecked_into);
        let store = Self { database, name: name.to_owned(), key, revision: Cell::new(revision(record.as_ref())) };
        let Some(record) = record else { return Ok(Loaded { store, state: None, damaged: false }) };
        match store.decrypt(&record).await {
            Ok(state) => Ok(Loaded { store, state: Some(state), damaged: false }),
            Err(_) => {
                store.set_aside(&record).await?;
                Ok(Loaded { store, state: None, damaged: true })
            }
        }
    }

    async fn decrypt(&self, record: &JsValue) -> Result<Vec<u8>, Reason> {
        let sealed = Reflect::get(record, &"data".into()).map_err(|_| Reason::StorageDamaged)?;
        let sealed: Uint8Array = sealed.dyn_into().map_err(|_| Reason::StorageDamaged)?;
        decrypt(&self.key, &sealed.to_vec(), &self.name).await
    }

    async fn set_aside(&self, record: &JsValue) -> Result<(), Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        put(&store(&transaction, STATE)?, DAMAGED, record)?;
        complete(&transaction).await
    }

    /// Writes the state in one transaction.
    ///
    /// # Errors
    /// `other-tab` when another tab has written since this one read; nothing is changed then. `storage-full`,
    /// `storage-refused`.
    pub async fn save(&self, state: &[u8]) -> Result<(), Reason> {
        // On top of what is read now, whatever another tab is found to have written while this is sealed.
        let known = self.revision.get();
        let sealed = seal(&self.key, state, &self.name).await?;
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        let states = store(&transaction, STATE)?;
        let held = revision(get(&states, CURRENT).await?.as_ref());
        // Compared as written: these are whole numbers, never calculated otherwise.
        if held.to_bits() != known.to_bits() {
            return Err(Reason::OtherTab);
        }
        let next = held + 1.0;
        let record = object(&[("revision", &next.into()), ("data", &Uint8Array::from(sealed.as_slice()))]);
        put(&states, CURRENT, &record)?;
        complete(&transaction).await?;
        self.revision.set(next);
        Ok(())
    }

    /// Reads the state again, as another tab has left it.
    ///
    /// # Errors
    /// `storage-damaged`, `storage-refused`.
    pub async fn reload(&self) -> Result<Elsewhere, Reason> {
        loop {
            let known = self.revision.get().to_bits();
            let transaction = begin(&self.database, IdbTransactionMode::Readonly)?;
            let record = get(&store(&transaction, STATE)?, CURRENT).await?;
            let found = revision(record.as_ref());
            let state = match record {
                None => Elsewhere::Gone,
                Some(_) if found.to_bits() == known => return Ok(Elsewhere::Nothing),
                Some(record) => Elsewhere::State(self.decrypt(&record).await?),
            };
            // This tab may have written while it read: then what it read is old.
            if self.revision.get().to_bits() == known {
                self.revision.set(found);
                return Ok(state);
            }
        }
    }

    /// Writes a record beside the state. It is sealed under its own name, so that one can't be put in another's place.
    ///
    /// # Errors
    /// `storage-full`, `storage-refused`.
    pub async fn keep(&self, record: &str, data: &[u8]) -> Result<(), Reason> {
        let sealed = seal(&self.key, data, &self.name_of(record)).await?;
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        put(&store(&transaction, STATE)?, &record_key(record), &Uint8Array::from(sealed.as_slice()))?;
        complete(&transaction).await
    }

    /// Reads a record; none where there is no such record.
    ///
    /// # Errors
    /// `storage-damaged`, `storage-refused`.
    pub async fn load(&self, record: &str) -> Result<Option<Vec<u8>>, Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readonly)?;
        let Some(sealed) = get(&store(&transaction, STATE)?, &record_key(record)).await? else { return Ok(None) };
        let sealed: Uint8Array = sealed.dyn_into().map_err(|_| Reason::StorageDamaged)?;
        decrypt(&self.key, &sealed.to_vec(), &self.name_of(record)).await.map(Some)
    }

    /// Forgets a record for good.
    ///
    /// # Errors
    /// `storage-refused`.
    pub async fn forget(&self, record: &str) -> Result<(), Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        store(&transaction, STATE)?.delete(&record_key(record).into()).map_err(|error| database::reason(&error))?;
        complete(&transaction).await
    }

    /// Destroys state, records and keys in one transaction. The storage is of no use afterwards.
    ///
    /// # Errors
    /// `storage-refused`.
    #[cfg(feature = "everyday")]
    pub async fn wipe(&self) -> Result<(), Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        for name in [KEYS, STATE] {
            store(&transaction, name)?.clear().map_err(|error| database::reason(&error))?;
        }
        complete(&transaction).await
    }

    fn name_of(&self, record: &str) -> String {
        format!("{}/{record}", self.name)
    }

    /// The key pair of a slot.
    ///
    /// # Errors
    /// `key-unusable` where there is none.
    pub async fn key(&self, slot: &str) -> Result<CryptoKeyPair, Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readonly)?;
        let pair = get(&store(&transaction, KEYS)?, slot).await?;
        pair.map(JsCast::unchecked_into).ok_or(Reason::KeyUnusable)
    }

    /// Makes a key in a slot, or finds the one that is there.
    ///
    /// # Errors
    /// `key-unusable`, `storage-full`, `storage-refused`.
    pub async fn make_key(&self, slot: &str) -> Result<PublicKey, Reason> {
        let fresh = generate_key().await?;
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        let keys = store(&transaction, KEYS)?;
        let found = get(&keys, slot).await?;
        if found.is_none() {
            let pair = object(&[("privateKey", &fresh.get_private_key()), ("publicKey", &fresh.get_public_key())]);
            put(&keys, slot, &pair)?;
        }
        complete(&transaction).await?;
        public_key(&found.map_or(fresh, JsCast::unchecked_into)).await
    }

    /// Forgets a key for good.
    ///
    /// # Errors
    /// `storage-refused`.
    pub async fn drop_key(&self, slot: &str) -> Result<(), Reason> {
        let transaction = begin(&self.database, IdbTransactionMode::Readwrite)?;
        store(&transaction, KEYS)?.delete(&slot.into()).map_err(|error| database::reason(&error))?;
        complete(&transaction).await
    }
}

fn record_key(record: &str) -> String {
    format!("record-{record}")
}

fn revision(record: Option<&JsValue>) -> f64 {
    let value = record.and_then(|record| Reflect::get(record, &"revision".into()).ok());
    value.and_then(|value| value.as_f64()).unwrap_or_default()
}
