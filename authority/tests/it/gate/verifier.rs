//! The verifier machine: trust and status data of every kind, whatever the network and the storage do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::person;
use crate::support::shell;
use person::{NOW, Person};
use shell::{Device, Network, World};
use tongma::{
    app::{
        Language, ShellEvent,
        verifier::{DataState, Source, Verifier, VerifierEvent, VerifierScreen},
    },
    reason::Reason,
    roles::{
        Verdict,
        log::{FileFormat, LogFault, check},
    },
    text::{from_base64url, to_base64url},
    token::status,
};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

type Gate<'w> = Device<'w, Verifier>;

fn gate(world: &World) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.open();
    gate
}

fn read(gate: &mut Gate<'_>, text: &str) -> Verdict {
    gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Paste });
    verdict(gate)
}

fn verdict(gate: &Gate<'_>) -> Verdict {
    match &gate.view().screen {
        VerifierScreen::Verdict { verdict, .. } => verdict.clone(),
        other => panic!("no verdict but {other:?}"),
    }
}

fn told(verdict: &Verdict) -> String {
    let outcome = serde_json::to_value(verdict.outcome).unwrap();
    [outcome.as_str(), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn notices(gate: &Gate<'_>) -> Vec<&'static str> {
    gate.view().notices.iter().map(Reason::code).collect()
}

#[test]
fn online_once_a_gate_verifies_offline_until_its_data_are_too_old() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    assert_eq!((gate.view().bundle.state, gate.view().status.state), (DataState::Fresh, DataState::Fresh));
    gate.network = Network::Down;
    for (after, expected) in
        [(0, "pass"), (47 * HOUR, "pass"), (49 * HOUR, "cannot-tell status-too-old"), (15 * DAY, "cannot-tell bundle-too-old")]
    {
        gate.now = NOW.plus(after);
        gate.open_with(None, None);
        assert_eq!(told(&read(&mut gate, &person.shows(NOW.plus(after)))), expected, "after {} h", after / HOUR);
    }
    assert_eq!((gate.view().bundle.state, gate.view().status.state), (DataState::Stale, DataState::Stale));
    gate.network = Network::Up;
    world.authority.publish(gate.now).unwrap();
    gate.send(VerifierEvent::RefreshAsked);
    let now = gate.now;
    assert_eq!(told(&read(&mut gate, &person.shows(now))), "pass", "new data, and all is well");
}

#[test]
fn without_any_data_nothing_can_be_told() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = Gate::new(&world, NOW);
    gate.network = Network::Down;
    gate.open();
    assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "cannot-tell bundle-missing");
    gate.network = Network::SaysFor("0.cbor", 404, Vec::new());
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(notices(&gate), ["server-fault"]);
    assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "cannot-tell status-missing");
}

#[test]
fn bad_bundles_and_lists_are_refused_and_the_good_ones_stay() {
    let world = World::new(NOW);
    let stranger = World::new(NOW);
    let person = Person::new(&world, 1);
    let (bundle, list) = (world.public("bundle.cbor").unwrap(), world.public("status/0.cbor").unwrap());
    let cut = |bytes: &[u8]| bytes[..bytes.len() - 1].to_vec();
    let altered = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    let html = b"<!doctype html><title>Log in</title>".to_vec();
    let other_root = stranger.public("bundle.cbor").unwrap();
    let cases = [
        ("bundle.cbor", cut(&bundle), "answer-malformed"),
        ("bundle.cbor", altered(&bundle), "bundle-wrong-root"),
        ("bundle.cbor", other_root, "bundle-wrong-root"),
        ("bundle.cbor", html.clone(), "answer-malformed"),
        ("bundle.cbor", list.clone(), "answer-malformed"),
        ("0.cbor", cut(&list), "answer-malformed"),
        ("0.cbor", altered(&list), "answer-malformed"),
        ("0.cbor", html, "answer-malformed"),
        ("0.cbor", bundle.clone(), "answer-malformed"),
    ];
    std::fs::remove_file(world.authority.public_dir().join("status/0.delta.cbor")).unwrap();
    for (end, body, expected) in cases {
        let mut gate = gate(&world);
        gate.network = Network::SaysFor(end, 200, body);
        gate.send(VerifierEvent::RefreshAsked);
        assert!(notices(&gate).contains(&expected), "{end} {expected}: {:?}", notices(&gate));
        assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "pass", "{end} {expected}: the good data stay");
        gate.network = Network::Down;
        gate.open_with(None, None);
        assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "pass", "{end} {expected}: also after a restart");
    }
}

#[test]
fn an_older_bundle_is_refused() {
    let world = World::new(NOW);
    let old = world.public("bundle.cbor").unwrap();
    world.authority.publish(NOW.plus(3 * DAY)).unwrap();
    let mut gate = Gate::new(&world, NOW.plus(3 * DAY));
    gate.open();
    gate.network = Network::SaysFor("bundle.cbor", 200, old);
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(notices(&gate), ["bundle-rolled-back"]);
}

#[test]
fn a_change_of_status_reaches_the_gate_with_the_next_refresh() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    let text = person.shows(NOW);
    assert_eq!(told(&read(&mut gate, &text)), "pass");
    let steps = [
        (status::SUSPENDED, "stop suspended"),
        (status::VALID, "pass"),
        (status::YELLOW, "restricted turned-yellow"),
        (status::REVOKED, "invalid revoked"),
    ];
    for (value, expected) in steps {
        world.authority.set_status(person.idx, value, NOW).unwrap();
        gate.pass(HOUR);
        let now = gate.now;
        assert_eq!(told(&read(&mut gate, &person.shows(now))), expected);
    }
}

#[test]
fn a_clock_before_the_data_is_its_own_answer() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    gate.now = NOW.plus(-HOUR);
    gate.open();
    assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "cannot-tell clock-wrong");
}

#[test]
fn the_camera_passes_over_the_code_it_has_just_told() {
    let world = World::new(NOW);
    let (one, two) = (Person::new(&world, 1), Person::new(&world, 2));
    let mut gate = gate(&world);
    let see = |gate: &mut Gate<'_>, text: &str| {
        gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Camera });
    };
    let text = one.shows(NOW);
    see(&mut gate, &text);
    assert_eq!(verdict(&gate).seen_at, None);
    see(&mut gate, &two.shows(NOW));
    assert!(!gate.scanning, "a verdict is not replaced by what the camera sees behind it");
    gate.send(VerifierEvent::Dismissed);
    assert!(gate.scanning);
    see(&mut gate, &text);
    assert!(matches!(gate.view().screen, VerifierScreen::Scanning { .. }), "the same phone, still there");
    see(&mut gate, &two.shows(NOW));
    assert_eq!(told(&verdict(&gate)), "pass", "the next person is not held up");
    gate.send(VerifierEvent::Dismissed);
    gate.now = NOW.plus(10);
    see(&mut gate, &text);
    assert_eq!(verdict(&gate).seen_at, Some(NOW), "the second sight is told with the time of the first");
}

#[test]
fn a_storage_that_fails_does_not_stop_the_gate() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    for reason in [Reason::StorageFull, Reason::StorageRefused] {
        let mut gate = Gate::new(&world, NOW);
        gate.storage = Some(reason.clone());
        gate.open();
        assert_eq!(notices(&gate), [reason.code()]);
        assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "pass");
    }
}

#[test]
fn stored_data_of_a_newer_version_and_damaged_data_have_their_own_answers() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    let good = gate.stored.clone().unwrap();
    let newer = to_base64url(br#"{"version":2}"#);
    gate.stored = Some(newer.clone());
    gate.open();
    assert!(matches!(&gate.view().screen, VerifierScreen::Blocked { reason: Reason::StorageNewer { version: 2 } }));
    gate.send(VerifierEvent::LanguageChosen { language: Language::En });
    assert_eq!(gate.stored, Some(newer), "left alone");
    gate.stored = Some(to_base64url(b"no JSON"));
    gate.open();
    assert_eq!(notices(&gate), ["storage-damaged"]);
    // A stored bundle that was tampered with is checked like one from the network.
    let mut saved: serde_json::Value = serde_json::from_slice(&from_base64url(&good).unwrap()).unwrap();
    let mut bundle = from_base64url(saved["bundle"].as_str().unwrap()).unwrap();
    let last = bundle.len() - 1;
    bundle[last] ^= 1;
    saved["bundle"] = to_base64url(&bundle).into();
    gate.stored = Some(to_base64url(saved.to_string().as_bytes()));
    gate.network = Network::Down;
    gate.open_with(None, None);
    assert_eq!(notices(&gate), ["bundle-wrong-root"]);
    assert!(gate.scanning, "it goes on, and says of every code that it can't tell");
}

#[test]
fn cameras_and_pictures_that_fail_leave_the_other_sources() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    for reason in [Reason::CameraRefused, Reason::CameraAbsent, Reason::CameraInUse] {
        gate.send(VerifierEvent::CameraFailed { reason: reason.clone() });
        assert!(matches!(&gate.view().screen, VerifierScreen::Scanning { camera_problem: Some(told), .. } if *told == reason));
    }
    gate.send(VerifierEvent::CameraStarted);
    gate.send(VerifierEvent::PictureFailed { reason: Reason::NothingRead });
    assert!(matches!(
        &gate.view().screen,
        VerifierScreen::Scanning { camera_problem: None, picture_problem: Some(Reason::NothingRead), .. }
    ));
    gate.send(VerifierEvent::TextRead { text: person.shows(NOW), source: Source::Wedge });
    assert_eq!(told(&verdict(&gate)), "pass");
    gate.shell(ShellEvent::Hidden);
    gate.send(VerifierEvent::Dismissed);
    assert!(matches!(&gate.view().screen, VerifierScreen::Scanning { picture_problem: None, .. }));
}

fn log(gate: &mut Gate<'_>, format: FileFormat) -> String {
    gate.send(VerifierEvent::LogExportAsked { format });
    gate.view().log.file.as_ref().expect("a file").text.clone()
}

#[test]
fn the_log_counts_survives_restarts_and_holds_nothing_of_a_person() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    for round in 0..600 {
        gate.now = NOW.plus(round * 10);
        let text = if round % 3 == 0 { "https://example.org".to_owned() } else { person.shows(NOW.plus(round * 10)) };
        read(&mut gate, &text);
        if round % 100 == 0 {
            gate.open();
        }
    }
    let view = gate.view().log.clone();
    assert_eq!((view.entries, view.today.pass, view.today.invalid), (600, 400, 200));
    assert_eq!(log_parts(&gate), 10, "parts of 64");
    for format in [FileFormat::Csv, FileFormat::Json] {
        let text = log(&mut gate, format);
        assert_eq!(check(&text, None).map(|(entries, _)| entries), Ok(600));
        assert!(!text.contains('甲') && !text.contains("360000") && !text.contains("green"));
        gate.send(VerifierEvent::LogExportTaken);
        assert_eq!(gate.view().log.file, None);
    }
    // A part that is lost is a gap, and the file says so.
    gate.records.remove("log-256");
    assert_eq!(check(&log(&mut gate, FileFormat::Csv), None), Err(LogFault::Gap(256)));
}

/// How many parts of the log are stored.
fn log_parts(gate: &Gate<'_>) -> usize {
    gate.records.keys().filter(|name| name.starts_with("log-")).count()
}

#[test]
fn the_log_forgets_by_age_and_stays_whole() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    for number in 0..300 {
        gate.now = NOW.plus(number);
        read(&mut gate, "no pass");
    }
    gate.pass(29 * DAY);
    read(&mut gate, "no pass");
    gate.pass(2 * DAY);
    assert_eq!((gate.view().log.entries, gate.view().log.today.invalid), (45, 0), "the full parts are gone");
    assert_eq!(check(&log(&mut gate, FileFormat::Json), None).map(|(entries, _)| entries), Ok(45));
    gate.pass(60 * DAY);
    assert_eq!(gate.view().log.entries, 0);
    assert_eq!(log_parts(&gate), 0);
    read(&mut gate, "no pass");
    assert_eq!(check(&log(&mut gate, FileFormat::Json), None).map(|(entries, _)| entries), Ok(1));
}

#[test]
fn a_log_that_can_not_be_kept_or_read_is_told_and_stops_nobody() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world);
    read(&mut gate, "no pass");
    gate.storage = Some(Reason::StorageFull);
    assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "pass");
    assert_eq!(notices(&gate), ["storage-full"]);
    gate.storage = None;
    gate.records.insert("log-0".into(), "damaged".into());
    gate.open();
    assert_eq!(notices(&gate), ["storage-damaged"]);
    assert_eq!(told(&read(&mut gate, &person.shows(NOW))), "pass");
    assert_eq!(gate.view().log.entries, 1);
}
