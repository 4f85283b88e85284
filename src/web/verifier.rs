//! What the verifier's worker calls.

use super::shell::{Machine, Shell};
use crate::{
    app::{
        ShellEvent, Update,
        verifier::{Source, Verifier, VerifierEvent, VerifierView},
    },
    entropy::Entropy,
    qr::scan::{Hint, Luma, Scanner, luma_from_rgba, scan_still},
    reason::Reason,
    time::UnixTime,
};
use js_sys::Function;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::wasm_bindgen;

impl Machine for Verifier {
    type Event = VerifierEvent;
    type View = VerifierView;
    const DATABASE: &'static str = "tongma-verifier";
    // Two would write one log.
    const ONE_TAB: bool = true;

    fn from_shell(event: ShellEvent) -> VerifierEvent {
        VerifierEvent::Shell { event }
    }

    fn step(&mut self, event: VerifierEvent, now: UnixTime, entropy: &mut Entropy) -> Update<VerifierView> {
        self.update(event, now, entropy)
    }
}

thread_local! {
    static SHELL: RefCell<Option<Rc<Shell<Verifier>>>> = const { RefCell::new(None) };
    static SCANNER: RefCell<Scanner> = RefCell::new(Scanner::new());
}

/// Starts the verifier: `onView` is called with the view as JSON whenever it changes, `onScan` with true or false when the
/// camera is wanted or not. Call once.
#[wasm_bindgen(js_name = verifierStart)]
pub async fn start(languages: Vec<String>, on_view: Function, on_scan: Function, now_ms: f64) {
    let shell = Shell::<Verifier>::new(on_view, Some(on_scan));
    shell.set_clock(now_ms);
    SHELL.set(Some(shell.clone()));
    shell.open(languages).await;
}

/// Sends a `VerifierEvent` as JSON, with the page's clock in milliseconds.
#[wasm_bindgen(js_name = verifierSend)]
pub fn send(event: &str, now_ms: f64) {
    if let Some(shell) = SHELL.with_borrow(Clone::clone) {
        shell.set_clock(now_ms);
        shell.send(event);
    }
}

/// The page is in front again or the network is back; or the page went to the background.
#[wasm_bindgen(js_name = verifierVisible)]
pub fn visible(on: bool, now_ms: f64) {
    event(VerifierEvent::Shell { event: if on { ShellEvent::Shown } else { ShellEvent::Hidden } }, now_ms);
}

/// Looks for a code in one camera frame (RGBA, row by row). Gives the code of a [`Hint`](crate::qr::scan::Hint): `read` when one was
/// read, and then the machine has it already; otherwise what would help.
#[wasm_bindgen(js_name = verifierFrame)]
pub fn frame(rgba: &[u8], width: u32, height: u32, now_ms: f64) -> String {
    let (width, height) = (width as usize, height as usize);
    let Ok(pixels) = luma_from_rgba(rgba, width, height) else { return Hint::Nothing.code().into() };
    let Ok(luma) = Luma::new(&pixels, width, height) else { return Hint::Nothing.code().into() };
    let (found, hint) = SCANNER.with_borrow_mut(|scanner| (scanner.scan(&luma), scanner.hint()));
    if let Some(found) = found {
        event(VerifierEvent::TextRead { text: found.text, source: Source::Camera }, now_ms);
    }
    hint.code().into()
}

/// Looks for a code in a picture with every means. The machine is told in any case.
#[wasm_bindgen(js_name = verifierPicture)]
pub fn picture(rgba: &[u8], width: u32, height: u32, now_ms: f64) {
    let pixels = luma_from_rgba(rgba, width as usize, height as usize);
    let read = match &pixels {
        Ok(pixels) => match Luma::new(pixels, width as usize, height as usize) {
            Ok(luma) => scan_still(&luma).ok_or(Reason::NothingRead),
            Err(_) => Err(Reason::PictureUnreadable),
        },
        Err(_) => Err(Reason::PictureUnreadable),
    };
    event(
        match read {
            Ok(found) => VerifierEvent::TextRead { text: found.text, source: Source::Picture },
            Err(reason) => VerifierEvent::PictureFailed { reason },
        },
        now_ms,
    );
}

fn event(event: VerifierEvent, now_ms: f64) {
    if let Some(shell) = SHELL.with_borrow(Clone::clone) {
        shell.set_clock(now_ms);
        shell.event(event);
    }
}
