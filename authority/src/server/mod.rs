//! The server: pages, what the authority publishes, and what wallets ask. It logs nothing of a person.
//!
//! ```text
//! GET  /wallet/…  /verifier/…     the built pages; br or gzip where the file is there in it
//! GET  /public/…                  bundle and status lists
//! GET  /deployment.json           root key and audience
//! POST /api/applications          application/cwt: 200 with the credential's text; 400, 422 with a reason as JSON;
//!                                 408, 413, 415, 500, 503 with a short text
//! POST /api/declarations          likewise, 200 with a `Standing` as JSON: declarations and check-ins
//! POST /api/renewals              200 with a `Renewed`
//! POST /api/appeals, …/state      200 with an `AppealAnswer`
//! ```
//!
//! The server keeps itself alive: time and number of connections are bounded ([`Limits`]), and so are sizes. It does not
//! know one client from another; where single clients must be held back, a proxy that sees their addresses stands before it.

mod connections;
mod files;
mod headers;
mod negotiation;

use crate::{Authority, AuthorityError};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use negotiation::Encoding;
use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore, time::timeout};
use tongma::{reason::Reason, time::UnixTime};

/// Largest request, in bytes.
const MAX_APPLICATION: usize = 8 * 1024;
/// What is read of a larger body, in bytes: whoever is still sending would not see an answer.
const MAX_READ: usize = 8 * MAX_APPLICATION;
/// Requests that are worked on at once; more wait. The pages and files are served meanwhile.
const APPLYING: usize = 8;
/// How often the status list is signed anew.
const REPUBLISH_EVERY: Duration = Duration::from_secs(3600);
/// When it is tried again after it failed.
const REPUBLISH_AGAIN: Duration = Duration::from_secs(60);

/// How much of the server a client may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time for a whole request line with its headers, and for the pause before it; then the connection is closed.
    pub headers: Duration,
    /// Time for the whole body of a request; then the answer is 408.
    pub body: Duration,
    /// Lifetime of a connection, whatever happens on it. A file that takes longer to load is cut.
    pub connection: Duration,
    /// Connections at once; more wait for a place.
    pub connections: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { headers: Duration::from_secs(10), body: Duration::from_secs(10), connection: Duration::from_secs(300), connections: 1000 }
    }
}

/// A server that has its address, and does not serve yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
    authority: Authority,
    pages: PathBuf,
}

struct Site {
    authority: Authority,
    pages: PathBuf,
    body_time: Duration,
    applying: Semaphore,
}

impl Server {
    /// Takes the address; port 0 is any that is free. `pages` is the folder with `wallet/` and `verifier/`.
    ///
    /// # Errors
    /// When the address can't be used.
    pub async fn bind(authority: Authority, pages: PathBuf, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, limits: Limits::default(), authority, pages })
    }

    /// With other limits than the usual ones.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The address, with the port that was free.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop`, and then for as long as answers are under way, at most ten seconds.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, limits, authority, pages, .. } = self;
        let site = Arc::new(Site { authority, pages, body_time: limits.body, applying: Semaphore::new(APPLYING) });
        let republishing = tokio::spawn(republish(site.clone()));
        connections::run(listener, router(site), limits, stop).await;
        republishing.abort();
    }
}

/// Serves until interrupted. `pages` is the folder with `wallet/` and `verifier/`.
///
/// # Errors
/// When the address can't be used.
pub async fn serve(authority: Authority, pages: PathBuf, address: SocketAddr) -> io::Result<()> {
    let server = Server::bind(authority, pages, address).await?;
    eprintln!("listening on http://{}", server.address());
    server.run(interrupted()).await;
    Ok(())
}

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
        .route("/api/applications", asked("text/plain; charset=utf-8", Authority::apply))
        .route("/api/declarations", asked("application/json", Authority::report))
        .route("/api/renewals", asked("application/json", Authority::renew))
        .route("/api/appeals", asked("application/json", Authority::appeal))
        .route("/api/appeals/state", asked("application/json", Authority::appeal_state))
        .layer(middleware::map_response(headers::secure))
        .with_state(site)
}

async fn deployment(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let body = serde_json::to_vec(&site.authority.deployment()).unwrap_or_default();
    files::content(body, Encoding::Identity, "application/json", &headers)
}

async fn page(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    files::file(&site.pages, &path, &headers).await
}

async fn published(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().strip_prefix("/public/").unwrap_or_default();
    files::file(&site.authority.public_dir(), path, &headers).await
}

/// How the authority answers what is asked.
type Answering = fn(&Authority, &[u8], UnixTime) -> Result<String, AuthorityError>;

/// A place where something is asked of the authority; its answers are of this type.
fn asked(kind: &'static str, answering: Answering) -> MethodRouter<Arc<Site>> {
    post(move |site, headers, request| ask(site, headers, request, kind, answering)).layer(DefaultBodyLimit::max(MAX_READ))
}

async fn ask(State(site): State<Arc<Site>>, headers: HeaderMap, request: Request, kind: &'static str, answering: Answering) -> Response {
    // Another site's form can't send this type without asking first, and nobody answers that question.
    if !negotiation::is_of_type(&headers, "application/cwt") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    match body(&headers, request, site.body_time).await {
        Ok(body) => answer(site, body, kind, answering).await,
        Err(status) => ([(header::CONNECTION, "close")], status).into_response(),
    }
}

/// The body of a request, or the status that says why not.
async fn body(headers: &HeaderMap, request: Request, time: Duration) -> Result<Bytes, StatusCode> {
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if stated.is_some_and(|length| length > MAX_READ) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let read = timeout(time, Bytes::from_request(request, &())).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    let body = read.map_err(|rejection| rejection.status())?;
    if body.len() > MAX_APPLICATION { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(body) }
}

async fn answer(site: Arc<Site>, body: Bytes, kind: &'static str, answering: Answering) -> Response {
    let Ok(_place) = site.applying.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let working = site.clone();
    let answered = tokio::task::spawn_blocking(move || answering(&working.authority, &body, now())).await;
    match answered {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response(),
        Ok(Err(AuthorityError::Refused(reason))) => {
            let json = serde_json::to_vec(&reason).unwrap_or_default();
            (refusal(&reason), [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], json).into_response()
        }
        Ok(Err(error)) => {
            eprintln!("request not answered: {error}");
            let full = matches!(error, AuthorityError::ListFull);
            if full { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR }.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// 400 for what is no such request at all, 422 for one that is refused.
fn refusal(reason: &Reason) -> StatusCode {
    match reason {
        Reason::WrongType { .. } | Reason::TokenMalformed { .. } | Reason::AlgorithmNotAllowed { .. } => StatusCode::BAD_REQUEST,
        reason if reason.code().starts_with("cbor-") => StatusCode::BAD_REQUEST,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn republish(site: Arc<Site>) {
    loop {
        let working = site.clone();
        let published = tokio::task::spawn_blocking(move || working.authority.publish(now())).await;
        if let Ok(Err(error)) = &published {
            eprintln!("not published: {error}");
        }
        tokio::time::sleep(if matches!(published, Ok(Ok(()))) { REPUBLISH_EVERY } else { REPUBLISH_AGAIN }).await;
    }
}

/// The system's clock, at the edge where it belongs.
#[must_use]
pub fn now() -> UnixTime {
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
