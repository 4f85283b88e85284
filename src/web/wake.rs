//! Keeping the screen awake while a code is shown.

use super::scope::member;
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock, while it is held. A browser may refuse or take it away at any time; that is no fault to tell anybody.
#[derive(Default)]
pub(super) struct Wake {
    sentinel: RefCell<Option<JsValue>>,
}

impl Wake {
    /// Takes or gives back the lock.
    pub(super) async fn set(&self, on: bool) {
        let held = self.sentinel.borrow_mut().take();
        if let Some(held) = held {
            let _ = call(&held, "release", None);
        }
        if on && let Some(sentinel) = acquire().await {
            self.sentinel.replace(Some(sentinel));
        }
    }
}

async fn acquire() -> Option<JsValue> {
    let navigator: JsValue = member("navigator")?;
    let lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(|lock| !lock.is_undefined())?;
    let promise = call(&lock, "request", Some(&"screen".into()))?;
    JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()
}

fn call(target: &JsValue, method: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let method: Function = Reflect::get(target, &method.into()).ok()?.dyn_into().ok()?;
    match argument {
        Some(argument) => method.call1(target, argument).ok(),
        None => method.call0(target).ok(),
    }
}
