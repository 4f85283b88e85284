//! F6: the server: pages, what the authority publishes, and applications. It logs nothing of a person.

mod files;
mod headers;

use crate::{
    authority::{Authority, AuthorityError},
    time::UnixTime,
};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// Largest application, in bytes.
const MAX_APPLICATION: usize = 8 * 1024;
/// How often bundle and lists are signed anew.
const REPUBLISH_EVERY: Duration = Duration::from_secs(3600);

struct Site {
    authority: Authority,
    pages: PathBuf,
}

/// Serves until interrupted. `pages` is the folder with `wallet/` and `verifier/`.
///
/// # Errors
/// When the address can't be used.
pub async fn serve(authority: Authority, pages: PathBuf, address: SocketAddr) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    let site = Arc::new(Site { authority, pages });
    tokio::spawn(republish(site.clone()));
    axum::serve(listener, router(site)).with_graceful_shutdown(interrupted()).await
}

/// The routes, for tests as well.
fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/wallet/") }))
        .route("/wallet", get(|| async { Redirect::to("/wallet/") }))
        .route("/verifier", get(|| async { Redirect::to("/verifier/") }))
        .route("/deployment.json", get(deployment))
        .route("/public/{*path}", get(published))
        .route("/wallet/", get(page))
        .route("/wallet/{*path}", get(page))
        .route("/verifier/", get(page))
        .route("/verifier/{*path}", get(page))
        .route("/api/applications", post(apply).layer(DefaultBodyLimit::max(MAX_APPLICATION)))
        .layer(middleware::map_response(headers::secure))
        .with_state(site)
}

async fn deployment(State(site): State<Arc<Site>>) -> Response {
    let body = serde_json::to_vec(&site.authority.deployment()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], body).into_response()
}

async fn page(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    files::file(&site.pages, &path, &headers).await
}

async fn published(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches("/public/").to_owned();
    files::file(&site.authority.public_dir(), &path, &headers).await
}

/// Answers an application: 200 with the credential's text, 422 with a reason, 400 when it can't be read.
async fn apply(State(site): State<Arc<Site>>, body: Bytes) -> Response {
    let answered = tokio::task::spawn_blocking(move || site.authority.apply(&body, now())).await;
    match answered {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response(),
        Ok(Err(AuthorityError::Refused(reason))) => {
            let status = if reason.code().starts_with("cbor-") { StatusCode::BAD_REQUEST } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, [(header::CONTENT_TYPE, "application/json")], serde_json::to_vec(&reason).unwrap_or_default()).into_response()
        }
        Ok(Err(error)) => {
            eprintln!("application not answered: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn republish(site: Arc<Site>) {
    loop {
        let site = site.clone();
        let published = tokio::task::spawn_blocking(move || site.authority.publish(now())).await;
        if let Ok(Err(error)) = published {
            eprintln!("not published: {error}");
        }
        tokio::time::sleep(REPUBLISH_EVERY).await;
    }
}

/// The system's clock, at the edge where it belongs.
pub(crate) fn now() -> UnixTime {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Where signals can't be had, the process is simply ended.
    let _ = tokio::signal::ctrl_c().await;
}

/// A header value of plain ASCII.
const fn value(text: &'static str) -> HeaderValue {
    HeaderValue::from_static(text)
}
