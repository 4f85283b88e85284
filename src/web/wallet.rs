//! What the wallet's page calls.

use super::shell::{Machine, Shell};
use crate::{
    app::{
        ShellEvent, Update,
        wallet::{Wallet, WalletEvent, WalletView},
    },
    entropy::Entropy,
    time::UnixTime,
};
use js_sys::Function;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};

impl Machine for Wallet {
    type Event = WalletEvent;
    type View = WalletView;
    const DATABASE: &'static str = "tongma-wallet";
    // What one tab gets, the other shows.
    #[cfg(feature = "verifier")]
    const ONE_TAB: bool = false;

    fn from_shell(event: ShellEvent) -> WalletEvent {
        WalletEvent::Shell { event }
    }

    fn step(&mut self, event: WalletEvent, now: UnixTime, entropy: &mut Entropy) -> Update<WalletView> {
        self.update(event, now, entropy)
    }
}

thread_local! {
    static SHELL: RefCell<Option<Rc<Shell<Wallet>>>> = const { RefCell::new(None) };
}

/// Starts the wallet: `onView` is called with the view as JSON whenever it changes. Call once.
#[wasm_bindgen(js_name = walletStart)]
pub async fn start(languages: Vec<String>, on_view: Function) {
    let shell = Shell::<Wallet>::new(on_view, None);
    SHELL.set(Some(shell.clone()));
    shell.open(languages).await;
    listen(&shell);
}

/// Ends the wallet when all it has to write is written; what comes later is ignored. Another module goes on from what is stored.
#[cfg(not(feature = "everyday"))]
#[wasm_bindgen(js_name = walletStop)]
pub async fn stop() {
    if let Some(shell) = SHELL.take() {
        shell.stop().await;
    }
}

/// Sends a `WalletEvent` as JSON.
#[wasm_bindgen(js_name = walletSend)]
pub fn send(event: &str) {
    if let Some(shell) = SHELL.with_borrow(Clone::clone) {
        shell.send(event);
    }
}

/// The page comes and goes, and so does the network.
fn listen(shell: &Rc<Shell<Wallet>>) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let seen = document.clone();
    let shown = on(shell, move || match seen.visibility_state() {
        web_sys::VisibilityState::Visible => ShellEvent::Shown,
        _ => ShellEvent::Hidden,
    });
    let _ = document.add_event_listener_with_callback("visibilitychange", shown.unchecked_ref());
    for event in ["pageshow", "online"] {
        let back = on(shell, || ShellEvent::Shown);
        let _ = window.add_event_listener_with_callback(event, back.unchecked_ref());
    }
}

fn on(shell: &Rc<Shell<Wallet>>, event: impl Fn() -> ShellEvent + 'static) -> wasm_bindgen::JsValue {
    let shell = shell.clone();
    Closure::<dyn FnMut()>::new(move || shell.shell_event(event())).into_js_value()
}
