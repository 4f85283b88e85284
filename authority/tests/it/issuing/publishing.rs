//! The embedded authority: its folder, its credentials and their status, applications answered once.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority as support;
use std::{
    fs,
    path::Path,
    sync::{Arc, Barrier},
};
use support::{Scratch, application, key, published, root, signed_by};
use tongma::{
    cbor::Value,
    cose::Unsigned,
    reason::{Layer, Reason},
    roles::{
        Outcome,
        holder::{HeldCredential, Showing},
        verifier::{Expectation, TrustStore, verify},
    },
    signature::Verified,
    time::UnixTime,
    token::{
        Application, ClaimName, Colour,
        status::{REVOKED, SUSPENDED, StatusList, VALID, YELLOW},
        to_text,
        trust::TrustBundle,
    },
};
use tongma_authority::{Authority, AuthorityError, Request};

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;

fn init(name: &str) -> (Scratch, Authority) {
    let scratch = Scratch::new(&format!("authority-{name}"));
    let authority = Authority::init(scratch.path(), NOW).unwrap();
    (scratch, authority)
}

fn issue(authority: &Authority) -> (String, u32) {
    let request = Request {
        colour: Colour::Green,
        region: 360_000,
        claims: [(ClaimName::Name, Value::text("甲**"))].into(),
        redact: Vec::new(),
        valid_for_s: 7 * DAY,
        reason: None,
        relation: None,
    };
    authority.issue(&request, &key(9).public(), NOW).unwrap()
}

fn apply(authority: &Authority, form: &Application, now: UnixTime) -> Result<String, Reason> {
    authority.apply(&signed_by(&key(9), form), now).map_err(|error| match error {
        AuthorityError::Refused(reason) => reason,
        other => panic!("{other}"),
    })
}

fn database(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("authority.db")).unwrap()
}

fn count(folder: &Path, table: &str) -> u32 {
    database(folder).query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_authority_is_whole_and_not_made_twice() {
    let (scratch, authority) = init("new");
    let first = published(&authority);
    assert_eq!((first.bundle.seq, first.bundle.issued_at), (1, NOW));
    assert_eq!(first.list.get((1 << 20) - 1), Ok(VALID));
    assert_eq!(first.list.get(1 << 20), Err(Reason::StatusIndexOutOfRange { idx: 1 << 20 }));
    let before = fs::read(scratch.path().join("root.pem")).unwrap();
    assert!(matches!(Authority::init(scratch.path(), NOW), Err(AuthorityError::Exists(_))));
    assert_eq!(fs::read(scratch.path().join("root.pem")).unwrap(), before);
    assert_eq!(Authority::open(scratch.path()).unwrap().deployment(), authority.deployment());
    assert_eq!(Authority::open_or_init(scratch.path(), NOW).unwrap().deployment(), authority.deployment());
    assert!(matches!(Authority::open(&scratch.path().join("none")), Err(AuthorityError::File(..))));
    let names: Vec<_> = fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains(".new")), "{names:?}");
}

#[cfg(unix)]
#[test]
fn secrets_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (scratch, authority) = init("modes");
    // The journal stands beside the database while it is open, and has the same rows.
    issue(&authority);
    for name in ["root.pem", "issuer.pem", "authority.db", "authority.db-wal"] {
        let mode = fs::metadata(scratch.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn an_interrupted_start_can_be_repeated() {
    let (scratch, authority) = init("interrupted");
    drop(authority);
    let issuer = fs::read(scratch.path().join("issuer.pem")).unwrap();
    // Everything but the root key, which comes last; then less and less.
    for missing in ["root.pem", "public", "authority.db", "issuer.pem"] {
        for gone in [missing, "root.pem"] {
            let path = scratch.path().join(gone);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { drop(fs::remove_file(path)) }
        }
        if missing == "authority.db" {
            let _ = fs::remove_file(scratch.path().join("authority.db-wal"));
            let _ = fs::remove_file(scratch.path().join("authority.db-shm"));
        }
        let again = Authority::init(scratch.path(), NOW).unwrap();
        assert_eq!(published(&again).list.uri(), "tm:36/0", "{missing}");
        assert_eq!(fs::read(scratch.path().join("issuer.pem")).unwrap() == issuer, missing != "issuer.pem", "{missing}");
    }
}

#[test]
fn of_two_that_start_at_once_one_makes_the_keys() {
    let scratch = Scratch::new("authority-race");
    let barrier = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (folder, barrier) = (scratch.path().to_owned(), barrier.clone());
            std::thread::spawn(move || {
                barrier.wait();
                Authority::init(&folder, NOW).map(|authority| authority.deployment())
            })
        })
        .collect();
    let made: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    let deployment = Authority::open(scratch.path()).unwrap().deployment();
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    for made in made {
        assert!(matches!(&made, Ok(own) if *own == deployment) || matches!(made, Err(AuthorityError::Exists(_))), "{made:?}");
    }
}

#[test]
fn a_lost_a_newer_and_a_damaged_folder_are_named() {
    let (scratch, authority) = init("damaged");
    drop(authority);
    let folder = scratch.path();
    database(folder).pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Authority::open(folder), Err(AuthorityError::DatabaseNewer(99))));
    database(folder).pragma_update(None, "user_version", 1).unwrap();
    assert!(Authority::open(folder).is_ok());
    let (key_file, pem) = (folder.join("issuer.pem"), fs::read(folder.join("issuer.pem")).unwrap());
    fs::write(&key_file, "no key").unwrap();
    assert!(matches!(Authority::open(folder), Err(AuthorityError::KeyMalformed(path)) if path == key_file));
    fs::write(&key_file, pem).unwrap();
    // A lost database is refused, an emptied one as well: starting anew would make revoked credentials valid again.
    for empty in [false, true] {
        for name in ["authority.db", "authority.db-wal", "authority.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        if empty {
            fs::write(folder.join("authority.db"), "").unwrap();
        }
        assert!(matches!(Authority::open(folder), Err(AuthorityError::DatabaseLost(_))), "{empty}");
        assert!(matches!(Authority::open_or_init(folder, NOW), Err(AuthorityError::DatabaseLost(_))), "{empty}");
    }
}

#[test]
fn status_changes_are_published_at_once() {
    let (_scratch, authority) = init("status");
    let ((_, one), (_, two)) = (issue(&authority), issue(&authority));
    assert_ne!(one, two);
    for status in [SUSPENDED, YELLOW, VALID, REVOKED, REVOKED] {
        authority.set_status(one, status, NOW).unwrap();
        let list = published(&authority).list;
        assert_eq!((list.get(one), list.get(two)), (Ok(status), Ok(VALID)));
    }
    for status in [VALID, SUSPENDED] {
        assert!(matches!(authority.set_status(one, status, NOW), Err(AuthorityError::Revoked(idx)) if idx == one));
    }
    let unused = (0..).find(|idx| ![one, two].contains(idx)).unwrap();
    for idx in [unused, 1 << 20, u32::MAX] {
        assert!(matches!(authority.set_status(idx, REVOKED, NOW), Err(AuthorityError::IndexUnknown(found)) if found == idx));
    }
    assert_eq!(published(&authority).list.get(one), Ok(REVOKED));
}

#[test]
fn the_bundle_rises_when_it_must_and_the_list_each_time() {
    let (scratch, authority) = init("seq");
    let bundle = |authority: &Authority| (published(authority).bundle.seq, published(authority).bundle.issued_at);
    let (_, idx) = issue(&authority);
    authority.set_status(idx, SUSPENDED, NOW.plus(3600)).unwrap();
    assert_eq!(bundle(&authority), (1, NOW));
    assert_eq!(published(&authority).list.issued_at(), NOW.plus(3600));
    authority.publish(NOW.plus(DAY - 1)).unwrap();
    assert_eq!(bundle(&authority), (1, NOW));
    authority.publish(NOW.plus(DAY)).unwrap();
    assert_eq!(bundle(&authority), (2, NOW.plus(DAY)));
    // A clock that was wrong and is right again.
    authority.publish(NOW.plus(-100 * DAY)).unwrap();
    assert_eq!(bundle(&authority), (3, NOW.plus(-100 * DAY)));
    authority.publish(NOW).unwrap();
    assert_eq!(bundle(&authority), (4, NOW));
    // Gone or damaged, it is signed anew.
    fs::remove_file(authority.public_dir().join("bundle.cbor")).unwrap();
    authority.publish(NOW.plus(1)).unwrap();
    assert_eq!(bundle(&authority), (5, NOW.plus(1)));
    fs::write(authority.public_dir().join("bundle.cbor"), "?").unwrap();
    authority.publish(NOW.plus(2)).unwrap();
    assert_eq!(bundle(&authority), (6, NOW.plus(2)));
    // A database from a backup knows an earlier number; what verifiers hold must not be undercut.
    database(scratch.path()).execute("UPDATE counters SET value = 2", []).unwrap();
    authority.publish(NOW.plus(2 * DAY)).unwrap();
    assert_eq!(bundle(&authority), (7, NOW.plus(2 * DAY)));
    // Another key of the issuer is another content.
    drop(authority);
    fs::write(scratch.path().join("issuer.pem"), key(77).to_pem().unwrap().as_bytes()).unwrap();
    let authority = Authority::open(scratch.path()).unwrap();
    authority.publish(NOW.plus(2 * DAY + 1)).unwrap();
    assert_eq!(bundle(&authority), (8, NOW.plus(2 * DAY + 1)));
}

#[test]
fn an_application_is_answered_once() {
    let (scratch, authority) = init("once");
    let form = application(9, NOW);
    let first = apply(&authority, &form, NOW).unwrap();
    let held = HeldCredential::read(&first).unwrap();
    assert_eq!(held.claims().claims.get(&ClaimName::Name).and_then(Value::as_text), Some("甲**"));
    assert_eq!(held.claims().holder, key(9).public());
    let signed_again = Application { issued_at: NOW.plus(60), ..form.clone() };
    assert_eq!(apply(&authority, &signed_again, NOW.plus(60)), Ok(first.clone()));
    assert_eq!(apply(&authority, &form, NOW.plus(6 * DAY)), Ok(first.clone()));
    assert_eq!(count(scratch.path(), "status"), 1);
    let other = Application { id: [8; 16], ..form.clone() };
    assert_ne!(apply(&authority, &other, NOW), Ok(first.clone()));
    assert_eq!(count(scratch.path(), "status"), 2);
    // Once the credential has ended, its text answers nothing any more, whether it is forgotten already or not.
    let end = NOW.plus(7 * DAY);
    let late = Err(Reason::Expired { layer: Layer::Application, expired_at: NOW.plus(600) });
    assert_eq!(apply(&authority, &form, end), late);
    let renewed = apply(&authority, &Application { issued_at: end, ..form.clone() }, end).unwrap();
    assert_ne!(renewed, first);
    assert_eq!(count(scratch.path(), "answers"), 2);
    authority.publish(end.plus(8 * DAY)).unwrap();
    assert_eq!((count(scratch.path(), "answers"), count(scratch.path(), "status")), (0, 3));
    drop(authority);
    let files = fs::read_dir(scratch.path()).unwrap().filter_map(|entry| fs::read(entry.unwrap().path()).ok());
    for file in files {
        for secret in ["甲乙丙", "11010519491231002", "13800138000", &first] {
            assert!(!file.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is on the disk");
        }
    }
}

#[test]
fn an_application_sent_many_times_at_once_is_answered_once() {
    let (scratch, authority) = init("concurrent");
    let authorities = [Arc::new(authority), Arc::new(Authority::open(scratch.path()).unwrap())];
    let barrier = Arc::new(Barrier::new(12));
    let threads: Vec<_> = (0..12)
        .map(|index| {
            let (authority, barrier) = (authorities[index % 2].clone(), barrier.clone());
            std::thread::spawn(move || {
                barrier.wait();
                apply(&authority, &application(9, NOW), NOW).unwrap()
            })
        })
        .collect();
    let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!((count(scratch.path(), "status"), count(scratch.path(), "answers")), (1, 1));
}

#[test]
fn one_refusal_for_each_fault_and_no_trace_of_it() {
    let (scratch, authority) = init("refusals");
    let altered = |alter: &dyn Fn(&mut Application)| {
        let mut form = application(9, NOW);
        alter(&mut form);
        apply(&authority, &form, NOW)
    };
    assert_eq!(altered(&|form| form.audience = "tm:33".into()), Err(Reason::AudienceMismatch));
    let old = Reason::Expired { layer: Layer::Application, expired_at: NOW.plus(-1) };
    assert_eq!(altered(&|form| form.issued_at = NOW.plus(-601)), Err(old));
    // The phone's clock is ahead: its time, and the authority's.
    let ahead = Reason::ClockWrong { now: NOW.plus(121), not_before: NOW };
    assert_eq!(altered(&|form| form.issued_at = NOW.plus(121)), Err(ahead));
    assert_eq!(altered(&|form| form.name = String::new()), Err(Reason::FieldEmpty));
    assert_eq!(altered(&|form| form.name = "甲1".into()), Err(Reason::NameMalformed));
    assert_eq!(altered(&|form| form.document_number = "110105194912310021".into()), Err(Reason::DocumentCheckDigit));
    assert_eq!(altered(&|form| form.phone = "12".into()), Err(Reason::PhoneMalformed));
    assert_eq!(altered(&|form| form.key = key(3).public()), Err(Reason::BadSignature { layer: Layer::Application }));
    let bytes = |bytes: &[u8]| authority.apply(bytes, NOW).map_err(|error| error.to_string());
    assert_eq!(bytes(&[0xff]), Err("refused: cbor-indefinite".into()));
    let foreign = Unsigned::new(Vec::new(), tongma::cbor::Map::default(), &Value::Int(1));
    let signature = key(9).sign(&foreign.message());
    assert_eq!(bytes(&foreign.finish(&signature).encode()), Err("refused: wrong-type".into()));
    assert_eq!((count(scratch.path(), "status"), count(scratch.path(), "answers")), (0, 0));
    assert!(altered(&|form| form.issued_at = NOW.plus(-600)).is_ok());
    assert!(altered(&|form| (form.id, form.issued_at) = ([1; 16], NOW.plus(120))).is_ok());
}

#[test]
fn a_full_list_leads_to_another_one_and_many_are_refused() {
    let (scratch, authority) = init("full");
    let fill =
        "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 1048575) INSERT INTO status SELECT i, 0, 0 FROM n";
    database(scratch.path()).execute(fill, []).unwrap();
    authority.apply(&signed_by(&key(9), &application(9, NOW)), NOW).unwrap();
    let (_, idx) = issue(&authority);
    assert_eq!(idx >> 20, 1);
    authority.set_status(idx, REVOKED, NOW).unwrap();
    let bundle = published(&authority).bundle;
    assert_eq!(bundle.lists.keys().collect::<Vec<_>>(), ["tm:36/0", "tm:36/1"]);
    let list = fs::read(authority.public_dir().join("status/1.cbor")).unwrap();
    let list = StatusList::parse(&list, &bundle).unwrap().check_here().unwrap().into_inner();
    assert_eq!(list.get(idx & 0xf_ffff), Ok(REVOKED));
    assert!(matches!(authority.want_lists(1025, NOW), Err(AuthorityError::ListFull)));
}

/// A gate's store from what is published.
fn store(authority: &Authority) -> TrustStore {
    let read = |name: &str| fs::read(authority.public_dir().join(name)).unwrap();
    let bundle: Verified<TrustBundle> = TrustBundle::open(&read("bundle.cbor"), &root(authority)).unwrap();
    let list = StatusList::parse(&read("status/0.cbor"), bundle.get()).unwrap().check_here().unwrap();
    let mut store = TrustStore::default();
    store.accept_bundle(bundle).unwrap();
    store.accept_list(list);
    store
}

#[test]
fn what_is_issued_passes_a_gate_until_it_is_revoked() {
    let (_scratch, authority) = init("gate");
    let text = apply(&authority, &application(9, NOW), NOW).unwrap();
    let held = HeldCredential::receive(&text, &published(&authority).bundle).unwrap().check_here().unwrap().into_inner();
    let idx = held.claims().status.as_ref().unwrap().idx;
    let (unsigned, _) = held.present(&Showing::default(), NOW).unwrap();
    let signature = key(9).sign(&unsigned.message());
    let code = to_text(&unsigned.finish(&signature));
    let judge = |authority: &Authority| verify(&store(authority), &Expectation::default(), &code, NOW);
    let verdict = judge(&authority);
    assert_eq!((verdict.outcome, verdict.reason.as_deref()), (Outcome::Pass, None));
    assert_eq!(verdict.disclosed.get("name").map(String::as_str), Some("甲**"));
    authority.set_status(idx, SUSPENDED, NOW).unwrap();
    assert_eq!(judge(&authority).outcome, Outcome::Stop);
    authority.set_status(idx, VALID, NOW).unwrap();
    assert_eq!(judge(&authority).outcome, Outcome::Pass);
    authority.set_status(idx, REVOKED, NOW).unwrap();
    assert_eq!((judge(&authority).outcome, judge(&authority).reason.as_deref()), (Outcome::Invalid, Some("revoked")));
}
