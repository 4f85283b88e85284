//! Declarations, renewals and appeals over real connections, and the command line that decides beside a running server.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority;
use crate::support::http;
use crate::support::requests as support;
use authority::{key, signed_by};
use http::{Running, now, start};
use serde_json::Value as Json;
use std::process::{Command, Output};
use support::{Person, document, form, ill, well};
use tongma::{
    app::Deployment,
    cbor::Value,
    keys::PublicKey,
    reason::Reason,
    text::from_base64url,
    time::UnixTime,
    token::{
        Appeal, AppealInquiry, Declaration, Report, ReportKind, Wish,
        status::{REVOKED, StatusList, VALID, YELLOW},
        trust::TrustBundle,
    },
};
use tongma_authority::server::Limits;

fn applied(server: &Running, seed: u8, now: UnixTime) -> Person {
    let answer = server.apply(&signed_by(&key(seed), &form(seed, now)));
    assert_eq!(answer.status, 200, "{}", answer.text());
    Person::with(key(seed), answer.text().to_owned())
}

fn told(server: &Running, path: &str, token: &Value) -> (u16, Json) {
    let answer = server.ask(path, &token.encode());
    assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("application/json", "no-store"));
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

fn status(server: &Running, person: &Person) -> u8 {
    let deployment: Deployment = serde_json::from_slice(&server.get("/deployment.json", "").body).unwrap();
    let root = PublicKey::from_sec1(&from_base64url(&deployment.root_key).unwrap()).unwrap();
    let bundle = TrustBundle::open(&server.get("/public/bundle.cbor", "").body, &root).unwrap().into_inner();
    let list = server.get(&format!("/public/{}", bundle.list("tm:36/0").unwrap().path), "").body;
    StatusList::parse(&list, &bundle).unwrap().check_here().unwrap().get().get(person.idx()).unwrap()
}

fn report(kind: ReportKind, declaration: Declaration) -> Report {
    Report { kind, declaration }
}

/// A request of each kind, with its path.
fn requests(person: &Person, now: UnixTime) -> [(&'static str, Value); 3] {
    [
        ("/api/declarations", person.request(report(ReportKind::CheckIn, well()), 1, now)),
        ("/api/renewals", person.renewal(&[101, 102], false, 2, now)),
        ("/api/appeals", person.request(Appeal { wish: Wish::Data, text: "<img src=x onerror=alert(1)>".into() }, 3, now)),
    ]
}

#[test]
fn each_is_answered_once_also_at_once_and_after_a_restart() {
    let mut server = start("requests", Limits::default());
    let now = now();
    let person = applied(&server, 1, now);
    let asked = requests(&person, now);
    let first: Vec<_> = asked
        .iter()
        .map(|(path, token)| {
            let answers: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| told(&server, path, token))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(answers.iter().all(|answer| answer == &answers[0] && answer.0 == 200), "{path}: {answers:?}");
            answers[0].1.clone()
        })
        .collect();
    assert_eq!((&first[0]["colour"], &first[0]["normalDays"], &first[0]["checkedIn"]), (&"green".into(), &1.into(), &true.into()));
    assert_eq!(first[1]["credentials"].as_array().unwrap().len(), 2);
    assert_eq!((&first[2]["state"], &first[2]["why"]), (&"received".into(), &Json::Null));
    server.restart(Limits::default());
    for ((path, token), answer) in asked.iter().zip(&first) {
        assert_eq!(&told(&server, path, token), &(200, answer.clone()), "{path}");
    }
    let batch = Person::with(key(101), first[1]["credentials"][0].as_str().unwrap().to_owned());
    let inquiry = AppealInquiry { number: first[2]["number"].as_u64().unwrap().try_into().unwrap() };
    assert_eq!(told(&server, "/api/appeals/state", &batch.request(inquiry, 5, now)), (200, first[2].clone()));
    let other = applied(&server, 2, now);
    assert_eq!(
        told(&server, "/api/appeals/state", &other.request(inquiry, 5, now)),
        (422, serde_json::json!({ "code": "appeal-unknown" }))
    );
    // What turns the colour is in the published list when the answer is there.
    let (status_code, standing) = told(&server, "/api/declarations", &batch.request(report(ReportKind::Declaration, ill()), 6, now));
    assert_eq!((status_code, &standing["colour"], &standing["rule"]), (200, &"yellow".into(), &"JX-C-SYMPTOMS".into()));
    assert_eq!((status(&server, &person), status(&server, &batch), status(&server, &other)), (YELLOW, YELLOW, VALID));
}

#[test]
fn what_is_bad_is_refused_with_its_status_and_reason() {
    let server = start("bad-requests", Limits::default());
    let now = now();
    let (one, two) = (applied(&server, 1, now), applied(&server, 2, now));
    for (path, token) in requests(&one, now).into_iter().chain([("/api/appeals/state", one.request(AppealInquiry { number: 1 }, 4, now))]) {
        let good = token.encode();
        assert_eq!(server.get(path, "").status, 405, "{path}");
        server.send("POST", path, "content-type: text/plain\r\n", &good).is_plain_refusal(415, path);
        server.send("POST", path, "", &good).is_plain_refusal(415, path);
        server.ask(path, &vec![0; 8193]).is_plain_refusal(413, path);
        let answers = |body: &[u8]| {
            let answer = server.ask(path, body);
            let reason: Reason = serde_json::from_slice(&answer.body).unwrap();
            (answer.status, reason.code())
        };
        assert_eq!(answers(&[0xff]), (400, "cbor-indefinite"), "{path}");
        assert_eq!(answers(&good[..good.len() - 1]), (400, "cbor-truncated"), "{path}");
        assert_eq!(answers(&vec![0x58; 5000]), (400, "cbor-too-large"), "{path}");
        assert_eq!(answers(&signed_by(&key(1), &form(1, now))), (400, "wrong-type"), "{path}");
        let mut forged = good.clone();
        *forged.last_mut().unwrap() ^= 1;
        assert_eq!(answers(&forged), (422, "bad-signature"), "{path}");
    }
    // Another person's report under one's own signature.
    let stolen = support::sign(&two.key, one.held.request(report(ReportKind::CheckIn, well()), [1; 16], now));
    assert_eq!(told(&server, "/api/declarations", &stolen), (422, serde_json::json!({ "code": "bad-signature", "layer": "request" })));
    let (code, reason) = told(&server, "/api/declarations", &one.request(report(ReportKind::CheckIn, well()), 1, now.plus(-700)));
    assert_eq!((code, &reason["code"], &reason["layer"]), (422, &"expired".into(), &"request".into()));
    let wrong_digit = tongma::token::Application { document_number: "110105194912310021".into(), ..form(3, now) };
    let answer = server.apply(&signed_by(&key(3), &wrong_digit));
    assert_eq!((answer.status, answer.text()), (422, r#"{"code":"document-check-digit"}"#));
    let old_program = tongma::token::Application { particulars: None, ..form(3, now) };
    let answer = server.apply(&signed_by(&key(3), &old_program));
    assert_eq!((answer.status, answer.text()), (422, r#"{"code":"declaration-missing"}"#));
}

fn run(server: &Running, words: &[&str]) -> Output {
    let folder = server.scratch.path();
    Command::new(env!("CARGO_BIN_EXE_tongma")).args(words).env("LANG", "en_GB.UTF-8").current_dir(folder).output().unwrap()
}

fn good(server: &Running, words: &[&str]) -> String {
    let done = run(server, words);
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn bad(server: &Running, words: &[&str]) -> String {
    let done = run(server, words);
    assert_eq!(done.status.code(), Some(2), "{words:?}");
    String::from_utf8(done.stderr).unwrap()
}

#[test]
fn the_command_line_sets_a_status_and_decides_appeals() {
    let server = start("deciding", Limits::default());
    let now = now();
    let person = applied(&server, 1, now);
    let (number, since) = (document(1), now.to_rfc3339());
    let set = ["authority", "status", "data", "--document", &number];
    let named = ["--by", "Dr. Li", "--why", "list of 7 January"];
    let done = good(&server, &[&set[..], &["--risk-area", "medium", "--isolation", "home", "--since", &since], &named].concat());
    assert!(done.contains("1 applicants"), "{done}");
    assert_eq!(status(&server, &person), YELLOW);
    let other = applied(&server, 2, now);
    good(&server, &[&["authority", "status", "data", "--document", &document(2), "--monitoring"], &named[..]].concat());
    assert_eq!(status(&server, &other), REVOKED);
    assert!(bad(&server, &[&set[..], &["--risk-area", "medium"]].concat()).contains("--by"));
    assert!(bad(&server, &[&set[..], &["--status", "well"], &named].concat()).contains("close-contact"));
    assert!(bad(&server, &[&set[..], &["--isolation", "home"], &named].concat()).contains("--since"));
    let wrong = ["authority", "status", "data", "--document", "110105194912310021"];
    assert!(bad(&server, &[&wrong[..], &named].concat()).contains("last character"));
    assert!(bad(&server, &[&set[..], &["--by", "x", "--why", " "]].concat()).contains("ground"));

    let words = "\u{1b}[31m<b>I was not there</b>\nnever";
    let appeal = Appeal { wish: Wish::Colour, text: words.into() };
    let (code, answer) = told(&server, "/api/appeals", &person.request(appeal, 1, now));
    assert_eq!(code, 200);
    let list = good(&server, &["authority", "appeals", "data", "list"]);
    assert!(list.contains("<b>I was not there</b>") && !list.contains('\u{1b}') && list.lines().count() == 1, "{list:?}");
    let json: Json = serde_json::from_str(&good(&server, &["--json", "authority", "appeals", "data", "list"])).unwrap();
    assert_eq!((&json["text"], &json["rule"], &json["number"]), (&words.into(), &"JX-C-MEDIUM-RISK".into(), &answer["number"]));
    let appeal_number = answer["number"].to_string();
    let decide = ["authority", "appeals", "data", "decide", &appeal_number];
    assert!(bad(&server, &[&decide[..], &["refuse", "--clear-status"], &named].concat()).contains("changes nothing"));
    assert!(good(&server, &[&decide[..], &["grant", "--clear-status"], &named].concat()).contains("granted"));
    assert_eq!(status(&server, &person), VALID);
    let inquiry = AppealInquiry { number: answer["number"].as_u64().unwrap().try_into().unwrap() };
    let (_, told) = told(&server, "/api/appeals/state", &person.request(inquiry, 2, now));
    assert_eq!((&told["state"], &told["why"]), (&"granted".into(), &"list of 7 January".into()));
    assert!(bad(&server, &[&decide[..], &["refuse"], &named].concat()).contains("decided before"));
    assert!(
        bad(&server, &["authority", "appeals", "data", "decide", "99", "refuse", "--by", "x", "--why", "y"]).contains("no such appeal")
    );
}
