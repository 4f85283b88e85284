use super::value;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Encodings by preference, with the endings of their files.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// A file below a folder, in the best encoding that is there and wanted.
pub(super) async fn file(folder: &Path, path: &str, request: &HeaderMap) -> Response {
    if !is_plain(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let wanted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut found = None;
    for (encoding, ending) in ENCODINGS {
        // `br;q=0` refuses it; nothing else of quality values matters for two encodings.
        let accepted = wanted
            .split(',')
            .map(str::trim)
            .any(|item| item == encoding || item.starts_with(&format!("{encoding};q=0.")) || item == format!("{encoding};q=1"));
        if accepted && let Ok(bytes) = tokio::fs::read(folder.join(format!("{path}.{ending}"))).await {
            found = Some((bytes, Some(encoding)));
            break;
        }
    }
    let (bytes, encoding) = match found {
        Some(found) => found,
        None => match tokio::fs::read(folder.join(path)).await {
            Ok(bytes) => (bytes, None),
            Err(_) => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let tag = tag(&bytes, encoding);
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, value("no-cache"));
    headers.insert(header::VARY, value("accept-encoding"));
    headers.insert(header::ETAG, tag.clone());
    if request.get(header::IF_NONE_MATCH) == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, value(mime(path)));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, value(encoding));
    }
    (headers, bytes).into_response()
}

/// Letters, digits and `._-/` only, and no part that begins with a dot: nothing leads out of the folder.
fn is_plain(path: &str) -> bool {
    let characters = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
    characters && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

fn tag(bytes: &[u8], encoding: Option<&str>) -> HeaderValue {
    let hash = Sha256::digest(bytes);
    let text: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let text = format!("\"{text}-{}\"", encoding.unwrap_or("id"));
    HeaderValue::from_str(&text).unwrap_or_else(|_| value("\"\""))
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "cbor" => "application/cwt",
        "css" => "text/css; charset=utf-8",
        "ftl" => "text/plain; charset=utf-8",
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
