use super::value;
use axum::{
    body::Body,
    http::{HeaderName, header},
    response::Response,
};

/// What every answer carries.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types tongma",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(self), screen-wake-lock=(self), accelerometer=(), autoplay=(self), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-frame-options", "DENY"),
];

/// Puts the security headers on an answer, and a short text into a refusal that has none, such as those of the router itself.
pub(super) async fn secure(mut response: Response) -> Response {
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && !response.headers().contains_key(header::CONTENT_TYPE) {
        *response.body_mut() = Body::from(format!("{status}\n"));
        response.headers_mut().insert(header::CONTENT_TYPE, value("text/plain; charset=utf-8"));
        response.headers_mut().insert(header::CACHE_CONTROL, value("no-store"));
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    for (name, text) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), value(text));
    }
    response
}
