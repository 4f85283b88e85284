//! A running server with small pages, and a client of few means: what goes over the wire is what the test wrote.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used)]

use super::authority::Scratch;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::oneshot;
use tongma::time::UnixTime;
use tongma_authority::{
    Authority,
    server::{Limits, Server},
};

/// The one media type of applications.
pub const CWT: &str = "content-type: application/cwt\r\n";
/// The media type of refusals.
pub const TEXT: &str = "text/plain; charset=utf-8";

/// A server on a free port, ended with its owner.
pub struct Running {
    pub scratch: Scratch,
    pub address: SocketAddr,
    pub stop: Option<oneshot::Sender<()>>,
    pub thread: Option<JoinHandle<()>>,
}

/// What came back until the connection ended.
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

pub fn now() -> UnixTime {
    UnixTime(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap())
}

pub fn start(name: &str, limits: Limits) -> Running {
    let scratch = Scratch::new(&format!("server-{name}"));
    let pages = scratch.path().join("www");
    fs::create_dir_all(pages.join("wallet/.hidden")).unwrap();
    fs::create_dir_all(pages.join("verifier")).unwrap();
    for (file, content) in [
        ("wallet/index.html", "<!doctype html>"),
        ("wallet/app.js", "let plain"),
        ("wallet/app.js.br", "brotli"),
        ("wallet/app.js.gz", "gzip"),
        ("wallet/style.css", "a {}"),
        ("wallet/style.css.gz", "gzip only"),
        ("wallet/core.wasm", "\0asm"),
        ("wallet/files.json", "{}"),
        ("wallet/icon.svg", "<svg/>"),
        ("wallet/icon.png", "png"),
        ("wallet/app.webmanifest", "{}"),
        ("wallet/other.xyz", "?"),
        ("wallet/.env", "hidden"),
        ("wallet/.hidden/a.js", "hidden"),
        ("verifier/index.html", "<!doctype html>"),
        ("secret.txt", "outside"),
    ] {
        fs::write(pages.join(file), content).unwrap();
    }
    let authority = Authority::init(&scratch.path().join("data"), now()).unwrap();
    let (address, stop, thread) = serve(authority, pages, limits);
    Running { scratch, address, stop: Some(stop), thread: Some(thread) }
}

fn serve(authority: Authority, pages: PathBuf, limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::bind(authority, pages, ([127, 0, 0, 1], 0).into()).await.unwrap().with_limits(limits);
            tell.send(server.address()).unwrap();
            server.run(async { stopped.await.unwrap_or_default() }).await;
        });
    });
    (told.recv().unwrap(), stop, thread)
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(matches!(ended, Some(Ok(()))) || std::thread::panicking());
    }
}

pub fn read_answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..split]).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.to_lowercase(), value.into())).collect();
    Some(Answer { status, headers, body: bytes[split + 4..].to_vec() })
}

impl Running {
    /// Ends the server and starts another one with the same data.
    pub fn restart(&mut self, limits: Limits) {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap();
        let authority = Authority::open(&self.scratch.path().join("data")).unwrap();
        let (address, stop, thread) = serve(authority, self.scratch.path().join("www"), limits);
        (self.address, self.stop, self.thread) = (address, Some(stop), Some(thread));
    }

    pub fn ask(&self, path: &str, body: &[u8]) -> Answer {
        self.send("POST", path, CWT, body)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may answer and close before all of a large body is taken.
        let _ = stream.write_all(request);
        read_answer(&mut stream).expect("an answer")
    }

    pub fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
        let answer = self.raw(&[head.as_bytes(), body].concat());
        answer.is_secure(&format!("{method} {path}"));
        answer
    }

    pub fn get(&self, path: &str, headers: &str) -> Answer {
        self.send("GET", path, headers, b"")
    }

    pub fn apply(&self, body: &[u8]) -> Answer {
        self.ask("/api/applications", body)
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn is_secure(&self, what: &str) {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
        ] {
            assert_eq!(self.header(name), value, "{what}");
        }
        let policy: BTreeSet<_> = self.header("content-security-policy").split("; ").collect();
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types tongma",
        ] {
            assert!(policy.contains(part), "{what}: {part} is not in {policy:?}");
        }
        assert!(!self.header("content-security-policy").contains("unsafe-inline"));
        assert!(self.header("permissions-policy").starts_with("camera=(self), screen-wake-lock=(self), "), "{what}");
        assert!(!self.headers.contains_key("access-control-allow-origin") && !self.headers.contains_key("server"), "{what}");
    }

    /// A refusal without a reason of its own: a short text, never kept.
    pub fn is_plain_refusal(&self, status: u16, what: &str) {
        assert_eq!((self.status, self.header("content-type"), self.header("cache-control")), (status, TEXT, "no-store"), "{what}");
        assert!(self.text().starts_with(&status.to_string()) && self.text().len() < 60, "{what}: {}", self.text());
        assert_eq!(self.header("content-length"), self.body.len().to_string(), "{what}");
    }
}
