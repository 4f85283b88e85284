//! The server under clients that are slow, many, or stay.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority;
use crate::support::http;
use authority::{application, key, signed_by};
use http::{CWT, now, read_answer, start};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    sync::{Arc, Barrier},
    time::{Duration, Instant},
};
use tongma::roles::holder::HeldCredential;
use tongma_authority::server::Limits;

#[test]
fn a_slow_client_is_cut() {
    let short = Limits { headers: Duration::from_millis(500), body: Duration::from_millis(500), ..Limits::default() };
    let server = start("slow", short);
    let trickle = |head: &str| {
        let mut stream = server.connect();
        stream.write_all(head.as_bytes()).unwrap();
        let mut writer = stream.try_clone().unwrap();
        let began = Instant::now();
        // Always alive, never done.
        let writing = std::thread::spawn(move || {
            while writer.write_all(b"x").is_ok() && began.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        let answer = read_answer(&mut stream);
        let took = began.elapsed();
        let _ = stream.shutdown(Shutdown::Both);
        writing.join().unwrap();
        assert!(took >= Duration::from_millis(400) && took < Duration::from_secs(5), "{head:?}: {took:?}");
        answer
    };
    let late = trickle(&format!("POST /api/applications HTTP/1.1\r\nhost: x\r\n{CWT}content-length: 8000\r\n\r\n"));
    let late = late.expect("an answer");
    late.is_plain_refusal(408, "body");
    late.is_secure("body");
    assert_eq!(late.header("connection"), "close");
    assert!(trickle("GET /wallet/ HTTP/1.1\r\nx: ").is_none(), "headers");
    assert!(trickle("").is_none(), "nothing");
    assert_eq!(server.get("/wallet/", "").status, 200);
}

#[test]
fn connections_are_counted_and_end() {
    let server = start("places", Limits { connections: 2, headers: Duration::from_secs(5), ..Limits::default() });
    let (one, _two) = (server.connect(), server.connect());
    std::thread::sleep(Duration::from_millis(300));
    let mut third = server.connect();
    third.write_all(b"GET /wallet/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    third.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    assert!(third.read(&mut [0; 1]).is_err(), "there is no place yet");
    drop(one);
    third.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
    assert_eq!(read_answer(&mut third).expect("an answer").status, 200);

    let server = start("lifetime", Limits { connection: Duration::from_secs(1), ..Limits::default() });
    let mut kept = server.connect();
    let began = Instant::now();
    // Busy all the time: one request after the other on the same connection.
    while kept.write_all(b"HEAD /wallet/ HTTP/1.1\r\nhost: x\r\n\r\n").is_ok() && began.elapsed() < Duration::from_secs(10) {
        if !matches!(kept.read(&mut [0; 4096]), Ok(1..)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(began.elapsed() > Duration::from_millis(900) && began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn one_connection_serves_many_requests_and_ends_with_the_server() {
    let mut server = start("kept", Limits::default());
    let mut stream = server.connect();
    for _ in 0..3 {
        stream.write_all(b"GET /wallet/index.html HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"<!doctype html>") {
            let mut part = [0; 4096];
            let length = stream.read(&mut part).unwrap();
            assert!(length > 0, "closed after {}", String::from_utf8_lossy(&bytes));
            bytes.extend(&part[..length]);
        }
    }
    let began = Instant::now();
    drop(server.stop.take());
    assert!(matches!(stream.read(&mut [0; 1]), Ok(0)), "an idle connection is closed");
    assert!(server.thread.take().unwrap().join().is_ok());
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(TcpStream::connect(server.address).is_err());
    server.thread = Some(std::thread::spawn(|| {}));
}

#[test]
fn many_apply_at_once() {
    let server = Arc::new(start("many", Limits::default()));
    let barrier = Arc::new(Barrier::new(48));
    // 40 persons, and one of them nine times.
    let threads: Vec<_> = (0..48_u8)
        .map(|index| {
            let (server, barrier) = (server.clone(), barrier.clone());
            let person = if index < 40 { index + 1 } else { 1 };
            let body = signed_by(&key(person), &application(person, now()));
            std::thread::spawn(move || {
                barrier.wait();
                let answer = server.apply(&body);
                (person, answer.status, answer.text().to_owned())
            })
        })
        .collect();
    let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|(_, status, _)| *status == 200), "{answers:?}");
    let texts: BTreeMap<_, BTreeSet<_>> = answers.iter().fold(BTreeMap::new(), |mut texts, (person, _, text)| {
        texts.entry(person).or_insert_with(BTreeSet::new).insert(text);
        texts
    });
    assert!(texts.len() == 40 && texts.values().all(|texts| texts.len() == 1), "each person has one answer");
    let indices: BTreeSet<_> =
        answers.iter().map(|(_, _, text)| HeldCredential::read(text).unwrap().claims().status.as_ref().unwrap().idx).collect();
    assert_eq!(indices.len(), 40, "each person has an own index");
    let database = rusqlite::Connection::open(server.scratch.path().join("data/authority.db")).unwrap();
    assert_eq!(database.query_row("SELECT count(*) FROM status", [], |row| row.get::<_, u32>(0)).unwrap(), 40);
}

#[test]
fn a_fault_of_the_authority_is_a_500_without_details() {
    let server = start("fault", Limits::default());
    let database = rusqlite::Connection::open(server.scratch.path().join("data/authority.db")).unwrap();
    database.execute_batch("DROP TABLE answers").unwrap();
    let answer = server.apply(&signed_by(&key(7), &application(7, now())));
    answer.is_plain_refusal(500, "fault");
    assert_eq!(answer.text(), "500 Internal Server Error\n");
    assert_eq!(server.get("/wallet/", "").status, 200);
}
