use super::{
    negotiation::{Encoding, encodings, holds},
    value,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::path::Path;
use tongma::labels::{STATUS_DELTA_TYP, STATUS_LIST_TYP};

/// A file below a folder, in the best encoding that is there and wanted.
pub(super) async fn file(folder: &Path, path: &str, request: &HeaderMap) -> Response {
    if !is_plain(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    for encoding in encodings(request) {
        if let Ok(bytes) = tokio::fs::read(folder.join(format!("{path}{}", encoding.ending()))).await {
            return content(bytes, encoding, mime(path), request);
        }
    }
    StatusCode::NOT_FOUND.into_response()
}

/// These bytes, unless the request holds them already.
pub(super) fn content(bytes: Vec<u8>, encoding: Encoding, mime: &'static str, request: &HeaderMap) -> Response {
    let tag = tag(&bytes, encoding);
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, value("no-cache"));
    headers.insert(header::VARY, value("accept-encoding"));
    let held = holds(request, &tag);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    if held {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, value(mime));
    if encoding != Encoding::Identity {
        headers.insert(header::CONTENT_ENCODING, value(encoding.name()));
    }
    (headers, bytes).into_response()
}

/// Letters, digits and `._-/` only, and no part that begins with a dot: nothing leads out of the folder.
fn is_plain(path: &str) -> bool {
    let characters = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
    characters && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// A strong tag: each encoding is a representation of its own.
fn tag(bytes: &[u8], encoding: Encoding) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}-{}\"", encoding.name())
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "cbor" if path.ends_with(".delta.cbor") => STATUS_DELTA_TYP,
        "cbor" if path.starts_with("status/") => STATUS_LIST_TYP,
        "cbor" => "application/cwt",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn nothing_leads_out_of_the_folder() {
        assert!(is_plain("wallet/icons/icon-192.png"));
        for path in [
            "",
            "../root.pem",
            "wallet/../../root.pem",
            "wallet/..%2froot.pem",
            "/etc/passwd",
            ".git/config",
            "wallet//x",
            "wallet/",
            "a\\b",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
