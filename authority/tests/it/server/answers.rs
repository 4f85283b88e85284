//! The server over real connections.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority;
use crate::support::http;
use authority::{application, key, signed_by};
use http::{CWT, TEXT, now, start};
use std::collections::BTreeSet;
use tongma::{
    cbor::{Map, Value},
    cose::{Unsigned, header},
    keys::PublicKey,
    labels::APPLICATION_TYP,
    roles::holder::HeldCredential,
    token::{status::StatusList, trust::TrustBundle},
};
use tongma_authority::server::Limits;

#[test]
fn pages_have_their_types() {
    let server = start("types", Limits::default());
    for (path, place) in [("/", "/wallet/"), ("/wallet", "/wallet/"), ("/verifier", "/verifier/")] {
        let answer = server.get(path, "");
        assert_eq!((answer.status, answer.header("location")), (303, place));
    }
    for (path, kind) in [
        ("/wallet/", "text/html; charset=utf-8"),
        ("/verifier/", "text/html; charset=utf-8"),
        ("/wallet/app.js?x=/../y", "text/javascript; charset=utf-8"),
        ("/wallet/style.css", "text/css; charset=utf-8"),
        ("/wallet/core.wasm", "application/wasm"),
        ("/wallet/files.json", "application/json"),
        ("/wallet/icon.svg", "image/svg+xml"),
        ("/wallet/icon.png", "image/png"),
        ("/wallet/app.webmanifest", "application/manifest+json"),
        ("/wallet/other.xyz", "application/octet-stream"),
        ("/public/bundle.cbor", "application/cwt"),
        ("/public/status/0.cbor", "application/statuslist+cwt"),
        ("/public/deployment.json", "application/json"),
        ("/deployment.json", "application/json"),
    ] {
        let answer = server.get(path, "");
        assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (200, kind, "no-cache"), "{path}");
        let head = server.send("HEAD", path, "", b"");
        assert_eq!((head.status, head.header("content-type"), head.body.len()), (200, kind, 0), "{path}");
        assert_eq!(head.header("content-length"), answer.body.len().to_string(), "{path}");
        assert_eq!(head.header("etag"), answer.header("etag"), "{path}");
    }
    let missing = server.send("HEAD", "/wallet/none", "", b"");
    assert_eq!((missing.status, missing.body.len()), (404, 0));
}

#[test]
fn the_wanted_encoding_is_sent_and_a_held_one_is_not() {
    let server = start("encodings", Limits::default());
    let mut tags = BTreeSet::new();
    for (accept, encoding, body) in [
        ("accept-encoding: gzip, deflate, br\r\n", "br", "brotli"),
        ("accept-encoding: gzip\r\n", "gzip", "gzip"),
        ("accept-encoding: gzip\r\naccept-encoding: br\r\n", "br", "brotli"),
        ("accept-encoding: br;q=0, gzip;q=0.5\r\n", "gzip", "gzip"),
        ("accept-encoding: gzip;q=0.5, br;q=0.9\r\n", "br", "brotli"),
        ("accept-encoding: gzip;q=0.9, br;q=0.5\r\n", "gzip", "gzip"),
        ("accept-encoding: *\r\n", "br", "brotli"),
        ("accept-encoding: *;q=0.1, br;q=0\r\n", "gzip", "gzip"),
        ("accept-encoding: *;q=0\r\n", "", "let plain"),
        ("accept-encoding: identity\r\n", "", "let plain"),
        ("", "", "let plain"),
    ] {
        let answer = server.get("/wallet/app.js", accept);
        assert_eq!((answer.status, answer.header("content-encoding"), answer.text()), (200, encoding, body), "{accept}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        let tag = answer.header("etag").to_owned();
        for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), format!("W/\"a,b\" , W/{tag},"), "*".into()] {
            let again = server.get("/wallet/app.js", &format!("{accept}if-none-match: {held}\r\n"));
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, &*tag), "{accept} {held}");
            assert_eq!((again.header("vary"), again.header("cache-control")), ("accept-encoding", "no-cache"));
        }
        for other in ["\"x\"".into(), tag.trim_matches('"').to_owned(), tag.to_uppercase()] {
            assert_eq!(server.get("/wallet/app.js", &format!("{accept}if-none-match: {other}\r\n")).status, 200, "{other}");
        }
        tags.insert(tag);
    }
    assert_eq!(tags.len(), 3, "each encoding has a tag of its own");
    let only = server.get("/wallet/style.css", "accept-encoding: br, gzip\r\n");
    assert_eq!((only.header("content-encoding"), only.text()), ("gzip", "gzip only"));
    for path in ["/deployment.json", "/public/status/0.cbor"] {
        let tag = server.get(path, "").header("etag").to_owned();
        assert_eq!(server.get(path, &format!("if-none-match: {tag}\r\n")).status, 304, "{path}");
    }
    assert_eq!(server.get("/wallet/none", "if-none-match: *\r\n").status, 404);
}

#[test]
fn nothing_outside_and_nothing_hidden_is_served() {
    let server = start("traversal", Limits::default());
    let outside = ["secret.txt", "data/root.pem"];
    let mut paths: Vec<String> = ["/wallet/", "/verifier/", "/public/"]
        .into_iter()
        .flat_map(|base| {
            [
                "../",
                "../../",
                "%2e%2e/",
                "%2E%2E/",
                ".%2e/",
                "..%2f",
                "%2e%2e%2f",
                "..%5c",
                "..\\",
                "....//",
                "..;/",
                "./../",
                "x/../../",
                "%252e%252e/",
                "%c0%ae%c0%ae/",
                "/",
                "//",
                "..%00/",
                "status/../../",
            ]
            .into_iter()
            .flat_map(move |way| outside.into_iter().map(move |file| format!("{base}{way}{file}")))
        })
        .collect();
    for (folder, file) in [("public", "root.pem"), ("public", "authority.db"), ("wallet", "secret.txt")] {
        paths.extend(["../", "%2e%2e/", "..%2f", "..%5c"].map(|way| format!("/{folder}/{way}{file}")));
    }
    let plain = [
        "/wallet//index.html",
        "/wallet/.env",
        "/wallet/%2eenv",
        "/wallet/.hidden/a.js",
        "/wallet/missing.js",
        "/wallet/app.js/",
        "/wallet/app.js%00",
        "/wallet/app.js%00.html",
        "/wallet/app%2ejs",
        "/wallet/icons/",
        "/secret.txt",
        "/data/root.pem",
        "/public/",
        "/public",
        "/public/status",
        "/public/status/",
        "/public/status/9.cbor",
        "/api",
        "/api/",
        "/api/applications/",
        "/api/applications/1",
        "/favicon.ico",
        "/wallet/C:/secret.txt",
        "/wallet/~",
        "/wallet/app.js::$DATA",
    ];
    paths.extend(plain.map(str::to_owned));
    for path in &paths {
        let answer = server.get(path, "");
        answer.is_plain_refusal(404, path);
    }
    assert!(paths.len() > 130);
    // Not even a request line: hyper itself refuses these.
    for line in ["GET /wallet/\0 HTTP/1.1", "GET  HTTP/1.1", "GET /a b HTTP/1.1", "G\u{e9}T / HTTP/1.1", "GET / HTTP/9.9"] {
        assert_eq!(server.raw(format!("{line}\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes()).status, 400, "{line:?}");
    }
    let long = format!("GET /wallet/ HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "x".repeat(20_000));
    assert_eq!(server.raw(long.as_bytes()).status, 431);
}

#[test]
fn other_methods_are_refused_with_those_allowed() {
    let server = start("methods", Limits::default());
    for (method, path, allow) in [
        ("POST", "/wallet/", "GET,HEAD"),
        ("POST", "/", "GET,HEAD"),
        ("DELETE", "/public/bundle.cbor", "GET,HEAD"),
        ("PUT", "/deployment.json", "GET,HEAD"),
        ("PATCH", "/verifier/index.html", "GET,HEAD"),
        ("TRACE", "/wallet/app.js", "GET,HEAD"),
        ("OPTIONS", "/api/applications", "POST"),
        ("GET", "/api/applications", "POST"),
        ("BREW", "/api/applications", "POST"),
    ] {
        let answer = server.send(method, path, "", b"");
        answer.is_plain_refusal(405, &format!("{method} {path}"));
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}

#[test]
fn what_is_published_is_what_the_deployment_pins() {
    let server = start("published", Limits::default());
    let deployment: serde_json::Value = serde_json::from_slice(&server.get("/deployment.json", "").body).unwrap();
    assert_eq!(deployment["authority"], "tm:36");
    let root: PublicKey = serde_json::from_value(deployment["rootKey"].clone()).unwrap();
    let bundle = TrustBundle::open(&server.get("/public/bundle.cbor", "").body, &root).unwrap().into_inner();
    let list = server.get(&format!("/public/{}", bundle.list("tm:36/0").unwrap().path), "").body;
    let list = StatusList::parse(&list, &bundle).unwrap().check_here().unwrap().into_inner();
    assert_eq!(list.get((1 << 20) - 1), Ok(0));
    assert_eq!(bundle.seq, 1);

    let form = signed_by(&key(7), &application(7, now()));
    let first = server.apply(&form);
    assert_eq!((first.status, first.header("cache-control"), first.header("content-type")), (200, "no-store", TEXT));
    assert!(!first.headers.contains_key("etag"));
    assert_eq!(server.apply(&form).body, first.body);
    let signed_again = signed_by(&key(7), &application(7, now().plus(1)));
    assert_eq!(server.apply(&signed_again).body, first.body);
    let other = server.apply(&signed_by(&key(8), &application(8, now())));
    assert_eq!(other.status, 200);
    assert_ne!(other.body, first.body);
    let held = HeldCredential::receive(first.text(), &bundle).unwrap().check_here().unwrap().into_inner();
    assert_eq!(held.claims().holder, key(7).public());
}

#[test]
fn what_is_no_application_is_400_and_a_refused_one_422_with_its_reason() {
    let server = start("refusals", Limits::default());
    let signed = |protected: Vec<(i64, Value)>, payload: &Value| {
        let unsigned = Unsigned::new(protected, Map::default(), payload);
        let signature = key(7).sign(&unsigned.message());
        unsigned.finish(&signature).encode()
    };
    let typed = || vec![(header::TYP, Value::text(APPLICATION_TYP))];
    let good = signed_by(&key(7), &application(7, now()));
    let mut other_algorithm = good.clone();
    // The protected header begins with the algorithm: {1: -9, …}; -8 is one on another curve.
    let at = good.windows(2).position(|window| window == [0x01, 0x28]).unwrap();
    other_algorithm[at + 1] = 0x27;
    for (what, body, code) in [
        ("nothing", Vec::new(), "cbor-truncated"),
        ("a text", b"no".to_vec(), "cbor-truncated"),
        ("indefinite", vec![0xff], "cbor-indefinite"),
        ("more behind it", [&good[..], &[0]].concat(), "cbor-trailing-bytes"),
        ("half", good[..good.len() / 2].to_vec(), "cbor-truncated"),
        ("no envelope", vec![0xa0], "token-malformed"),
        ("another type", signed(Vec::new(), &Value::Int(1)), "wrong-type"),
        ("no claims", signed(typed(), &Value::Map(Map::default())), "token-malformed"),
        ("another algorithm", other_algorithm, "algorithm-not-allowed"),
    ] {
        let answer = server.apply(&body);
        assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (400, "application/json", "no-store"));
        let reason: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(reason["code"], code, "{what}");
    }
    let mut phone = application(7, now());
    phone.phone = "1".into();
    let refused = server.apply(&signed_by(&key(7), &phone));
    assert_eq!((refused.status, refused.text()), (422, r#"{"code":"phone-malformed"}"#));
    let forged = server.apply(&signed_by(&key(8), &application(7, now())));
    assert_eq!((forged.status, forged.text()), (422, r#"{"code":"bad-signature","layer":"application"}"#));
    let ahead = server.apply(&signed_by(&key(7), &application(7, now().plus(3600))));
    let reason: serde_json::Value = serde_json::from_slice(&ahead.body).unwrap();
    assert_eq!((ahead.status, &reason["code"]), (422, &"clock-wrong".into()));
    assert!(reason["now"].as_i64() > reason["notBefore"].as_i64().map(|time| time + 3000));
}

#[test]
fn bodies_are_of_one_type_and_bounded() {
    let server = start("bodies", Limits::default());
    let good = signed_by(&key(7), &application(7, now()));
    for kind in ["", "content-type: text/plain\r\n", "content-type: application/json\r\n", "content-type: application/cwtx\r\n"] {
        server.send("POST", "/api/applications", kind, &good).is_plain_refusal(415, kind);
    }
    for kind in ["content-type: application/cwt; charset=binary\r\n", "Content-Type: APPLICATION/CWT\r\n"] {
        assert_eq!(server.send("POST", "/api/applications", kind, &good).status, 200, "{kind}");
    }
    server.apply(&vec![0; 8193]).is_plain_refusal(413, "one too many");
    server.apply(&vec![0; 65_536]).is_plain_refusal(413, "much too many");
    // At the limit it is read, and found to be no application.
    assert_eq!(server.apply(&vec![0; 8192]).status, 400);
    let chunked = format!("POST /api/applications HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{CWT}transfer-encoding: chunked\r\n\r\n");
    let body = |length: usize| [chunked.as_bytes(), format!("{length:x}\r\n").as_bytes(), &vec![0; length], b"\r\n0\r\n\r\n"].concat();
    server.raw(&body(8193)).is_plain_refusal(413, "in chunks");
    assert_eq!(server.raw(&[chunked.as_bytes(), b"zz\r\n"].concat()).status, 400);
    // A length that is only claimed is refused before anything is sent.
    let claimed = format!("POST /api/applications HTTP/1.1\r\nhost: x\r\n{CWT}content-length: 99999999999\r\n\r\n");
    let answer = server.raw(claimed.as_bytes());
    answer.is_plain_refusal(413, "claimed");
    answer.is_secure("claimed");
}
