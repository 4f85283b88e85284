//! What a page and a worker have in common, found on the global object.

use crate::reason::Reason;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn fetch(url: &str, init: &web_sys::RequestInit) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    pub(super) fn set_timeout(handler: &Function, milliseconds: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    pub(super) fn clear_timeout(timer: &JsValue);
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub(super) fn console_error(text: &str);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(super) fn performance_now() -> f64;
}

/// A member of the global object; none where this browser lacks it.
pub(super) fn member<T: JsCast>(name: &str) -> Option<T> {
    let value = Reflect::get(&js_sys::global(), &name.into()).ok()?;
    if value.is_undefined() || value.is_null() { None } else { Some(value.unchecked_into()) }
}

/// The browser's cryptography.
pub(super) fn crypto() -> Result<web_sys::Crypto, Reason> {
    member("crypto").ok_or(Reason::BrowserTooOld)
}

/// WebCrypto; absent in pages that are not served securely.
pub(super) fn subtle() -> Result<web_sys::SubtleCrypto, Reason> {
    let crypto = crypto()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).map_err(|_| Reason::BrowserTooOld)?;
    if subtle.is_undefined() { Err(Reason::BrowserTooOld) } else { Ok(subtle.unchecked_into()) }
}

/// Asks the browser not to throw stored data away when it is short of room. It may say no; nothing depends on it.
pub(super) fn ask_for_persistence() {
    let Some(storage) = member::<JsValue>("navigator").and_then(|navigator| Reflect::get(&navigator, &"storage".into()).ok()) else {
        return;
    };
    let persist = Reflect::get(&storage, &"persist".into()).ok().and_then(|persist| persist.dyn_into::<Function>().ok());
    let _ = persist.and_then(|persist| persist.call0(&storage).ok());
}

/// Lets everything else go on for a moment.
#[cfg(all(feature = "wallet", not(feature = "everyday")))]
pub(super) async fn pause() {
    let moment = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, 10);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(moment).await;
}

/// Starts the page anew.
#[cfg(feature = "wallet")]
pub(super) fn reload() {
    if let Some(location) = member::<web_sys::Location>("location") {
        let _ = location.reload();
    }
}

/// An object literal.
pub(super) fn object(pairs: &[(&str, &JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh object can't fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}
