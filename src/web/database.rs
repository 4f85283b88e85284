//! IndexedDB as futures.

use super::scope::member;
use crate::reason::Reason;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode};

/// Version of the database's layout.
const VERSION: u32 = 1;
/// Store of key handles.
pub(super) const KEYS: &str = "keys";
/// Store of the state.
pub(super) const STATE: &str = "state";

/// Opens a database; makes its stores the first time.
pub(super) async fn open(name: &str) -> Result<IdbDatabase, Reason> {
    let factory: IdbFactory = member("indexedDB").ok_or(Reason::StorageRefused)?;
    let request = factory.open_with_u32(name, VERSION).map_err(|error| reason(&error))?;
    let upgrade = upgrade(&request);
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let database: IdbDatabase = result(&request).await?.unchecked_into();
    // A newer program in another tab may change the layout: let it, this tab will say that it has to be reloaded.
    let closing = database.clone();
    let close = Closure::<dyn FnMut()>::new(move || closing.close());
    database.set_onversionchange(Some(close.into_js_value().unchecked_ref()));
    Ok(database)
}

fn upgrade(request: &IdbOpenDbRequest) -> Closure<dyn FnMut()> {
    let request = request.clone();
    Closure::new(move || {
        let Ok(database) = request.result() else { return };
        let database: IdbDatabase = database.unchecked_into();
        for store in [KEYS, STATE] {
            // Fails only where it exists already.
            let _ = database.create_object_store(store);
        }
    })
}

/// Begins a transaction over both stores.
pub(super) fn begin(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<IdbTransaction, Reason> {
    let stores: js_sys::Array = [KEYS, STATE].iter().map(|name| JsValue::from_str(name)).collect();
    database.transaction_with_str_sequence_and_mode(&stores, mode).map_err(|error| reason(&error))
}

/// One store within a transaction.
pub(super) fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, Reason> {
    transaction.object_store(name).map_err(|error| reason(&error))
}

/// The value under a key; none where there is none.
pub(super) async fn get(store: &IdbObjectStore, key: &str) -> Result<Option<JsValue>, Reason> {
    let request = store.get(&key.into()).map_err(|error| reason(&error))?;
    let value = result(&request).await?;
    Ok((!value.is_undefined()).then_some(value))
}

/// Puts a value under a key.
pub(super) fn put(store: &IdbObjectStore, key: &str, value: &JsValue) -> Result<(), Reason> {
    store.put_with_key(value, &key.into()).map(drop).map_err(|error| reason(&error))
}

/// Waits until all of a transaction is on disk.
pub(super) async fn complete(transaction: &IdbTransaction) -> Result<(), Reason> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(Reason::StorageRefused, |error| reason(&error))),
    }
}

async fn result(request: &IdbRequest) -> Result<JsValue, Reason> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result().map_err(|error| reason(&error)),
        Err(_) => Err(match request.error() {
            Ok(Some(error)) => reason(&error),
            _ => Reason::StorageRefused,
        }),
    }
}

/// The reason for an exception of IndexedDB, by its name.
pub(super) fn reason(error: &JsValue) -> Reason {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Reason::StorageFull,
        // The browser does not say which version it found; any is newer than this one.
        // The other name is that of a connection that this tab has closed for a newer program.
        "VersionError" | "InvalidStateError" => Reason::StorageNewer { version: VERSION + 1 },
        _ => Reason::StorageRefused,
    }
}
