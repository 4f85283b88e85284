//! Fetching from the own origin, and from nowhere else.

use super::scope::{fetch, object, set_timeout};
use crate::{app::Resource, reason::Reason, text::from_base64url};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response};

/// After this a request is given up, in milliseconds.
const TIMEOUT_MS: i32 = 20_000;
/// The service worker answers this with the bundle that came with the page.
#[cfg(feature = "everyday")]
const FIRST_BUNDLE: &str = "/public/bundle.cbor?first";
/// Largest answer, in bytes.
const MAX_BODY: u32 = 8 << 20;

/// Fetches a resource: its HTTP status and body.
///
/// # Errors
/// `offline` when there is no answer, `answer-malformed` when it is too large.
pub(super) async fn get(resource: &Resource) -> Result<(u16, Vec<u8>), Reason> {
    match resource {
        Resource::Bundle => send("/public/bundle.cbor", None).await,
        #[cfg(feature = "everyday")]
        Resource::FirstBundle => send(FIRST_BUNDLE, None).await,
        Resource::StatusList { path } => send(&format!("/public/{path}"), None).await,
        Resource::Application { body } => post("/api/applications", body).await,
        #[cfg(feature = "everyday")]
        Resource::Ask { asked, body } => post(asked.path(), body).await,
    }
}

async fn post(path: &str, body: &str) -> Result<(u16, Vec<u8>), Reason> {
    send(path, Some(&from_base64url(body).ok_or(Reason::Internal)?)).await
}

/// The deployment's description, which the service worker keeps for offline use.
pub(super) async fn deployment() -> Result<Vec<u8>, Reason> {
    match send("/deployment.json", None).await? {
        (200, body) => Ok(body),
        _ => Err(Reason::Offline),
    }
}

async fn send(path: &str, body: Option<&[u8]>) -> Result<(u16, Vec<u8>), Reason> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(&Uint8Array::from(body));
        init.set_headers(&object(&[("content-type", &"application/cwt".into())]));
    }
    let aborter = AbortController::new().map_err(|_| Reason::BrowserTooOld)?;
    init.set_signal(Some(&aborter.signal()));
    let give_up = wasm_bindgen::closure::Closure::once_into_js(move || aborter.abort());
    let timer = set_timeout(give_up.unchecked_ref(), TIMEOUT_MS);
    let answer = receive(path, &init).await;
    super::scope::clear_timeout(&timer);
    answer
}

async fn receive(path: &str, init: &RequestInit) -> Result<(u16, Vec<u8>), Reason> {
    let wait = |promise: Promise| async { JsFuture::from(promise).await.map_err(|_| Reason::Offline) };
    let answer: Response = wait(fetch(path, init).map_err(|_| Reason::Offline)?).await?.unchecked_into();
    let body = wait(answer.array_buffer().map_err(|_| Reason::Offline)?).await?;
    let body = Uint8Array::new(&body);
    if body.length() > MAX_BODY { Err(Reason::AnswerMalformed) } else { Ok((answer.status(), body.to_vec())) }
}
