//! A lock that this tab or worker holds as long as it lives.

use super::scope::member;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Takes a lock and never gives it back; true when it is ours. With `at_once` false is answered where another holds it,
/// otherwise it is waited for. A browser without locks gives every tab its own.
pub(super) async fn taken(name: &str, at_once: bool) -> bool {
    let Some(locks) = locks() else { return true };
    let Ok(request) = Reflect::get(&locks, &"request".into()).and_then(JsCast::dyn_into::<Function>) else { return true };
    let options = super::scope::object(&[("ifAvailable", &at_once.into())]);
    let granted = Promise::new(&mut |resolve, _| {
        let refused = resolve.clone();
        // Whoever got the lock keeps it until the promise ends that is answered here: never.
        let held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let ours = !lock.is_null();
            let _ = resolve.call1(&JsValue::NULL, &ours.into());
            if ours { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        // Where nothing may be stored, locks are refused as well; each tab is then alone with its data.
        let alone = Closure::once_into_js(move || refused.call1(&JsValue::NULL, &true.into()).is_ok());
        let asked = request.call3(&locks, &name.into(), &options, &held);
        let caught = asked.and_then(|asked| Reflect::get(&asked, &"catch".into())?.dyn_into::<Function>()?.call1(&asked, &alone));
        if caught.is_err() {
            let _ = alone.unchecked_into::<Function>().call0(&JsValue::NULL);
        }
    });
    JsFuture::from(granted).await.is_ok_and(|ours| ours.is_truthy())
}

fn locks() -> Option<JsValue> {
    let navigator: JsValue = member("navigator")?;
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| !locks.is_undefined() && !locks.is_null())
}
