//! Renewal: by itself in time, at once where a better colour waits, one credential a day; on a device that fails at every moment.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use serde_json::Value as Json;
use shell::{Device, Network, World};
use std::collections::{BTreeMap, BTreeSet};
use tongma::{
    app::{
        ShellEvent,
        wallet::{
            ApplyField, ApplyView, CodeView, DiaryEvent, DiaryField, DiaryView, RenewalView, RoomEvent, RoomName, RoomView, SafetyEvent,
            Sent, Wallet, WalletEvent, WalletScreen,
        },
    },
    cbor::{self, Limits, Value},
    entropy::Entropy,
    keys::SecretKey,
    policy::colour::{Isolation, RiskArea},
    reason::{Layer, Reason},
    roles::holder::{HeldCredential, Showing},
    text::from_base64url,
    time::UnixTime,
    token::{ClaimName, Colour, DocumentKind},
};
use tongma_authority::{Decider, Finding};

/// 16:00 in China.
const NOW: UnixTime = UnixTime(1_800_000_000);
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

type Phone<'w> = Device<'w, Wallet>;

fn phone_of<'w>(world: &'w World, symptoms: &str, number: &str) -> Phone<'w> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.fill();
    phone.enter(ApplyField::Symptoms, symptoms);
    phone.enter(ApplyField::DocumentNumber, number);
    phone.submit();
    phone.answers.clear();
    phone.fetched.clear();
    phone
}

fn with_code(world: &World) -> Phone<'_> {
    phone_of(world, "0", "11010519491231002X")
}

fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        _ => panic!("no code"),
    }
}

fn form<'p>(phone: &'p Phone<'_>) -> &'p ApplyView {
    match &phone.view().screen {
        WalletScreen::Apply(form) => form,
        _ => panic!("no form"),
    }
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn age(phone: &mut Phone<'_>) -> RenewalView {
    enter(phone, RoomName::Renewal);
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Renewal(view) } => view.clone(),
        _ => panic!("not in the room of the code's age"),
    }
}

fn leave(phone: &mut Phone<'_>) {
    for _ in 0..2 {
        phone.send(WalletEvent::Room(RoomEvent::Left));
    }
}

fn saved(phone: &Phone<'_>) -> Json {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

/// All that is held: the texts of the credentials with the names of their keys, the first day's first.
fn held(phone: &Phone<'_>) -> Vec<(String, String)> {
    let held = saved(phone)["held"].clone();
    let of = |bound: &Json| (bound["credential"].as_str().unwrap().to_owned(), bound["slot"].as_str().unwrap().to_owned());
    std::iter::once(of(&held)).chain(held["later"].as_array().unwrap().iter().map(of)).collect()
}

fn renewals(phone: &Phone<'_>) -> usize {
    phone.fetched.iter().filter(|path| path.ends_with("renewals")).count()
}

fn check_in(phone: &mut Phone<'_>) -> DiaryView {
    enter(phone, RoomName::Diary);
    for (field, value) in [(DiaryField::Symptoms, "0"), (DiaryField::Temperature, "36.6")] {
        phone.send(WalletEvent::Room(RoomEvent::Diary(DiaryEvent::Changed { field, value: value.into() })));
    }
    phone.send(WalletEvent::Room(RoomEvent::Diary(DiaryEvent::Sent)));
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Diary(diary) } => diary.as_ref().clone(),
        _ => panic!("not in the diary"),
    }
}

#[test]
fn it_is_asked_for_in_the_last_third_and_only_when_somebody_looks() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    // The page stays open: codes are renewed by the hundred, and nothing is asked.
    phone.pass(5 * DAY);
    assert!(code(&phone).qr.is_some() && !code(&phone).errands);
    assert_eq!(phone.fetched, Vec::<String>::new(), "nothing while a code is shown");
    for fresh in [0, 2 * DAY, 4 * DAY] {
        phone.now = NOW.plus(fresh);
        phone.open();
        phone.shell(ShellEvent::Shown);
        assert_eq!(phone.fetched, Vec::<String>::new(), "there is time enough after {fresh} s");
    }
    phone.now = NOW.plus(5 * DAY);
    phone.shell(ShellEvent::Shown);
    assert_eq!(phone.fetched, ["bundle.cbor", "/api/renewals"]);
    assert!(code(&phone).qr.is_some());
    assert_eq!((held(&phone).len(), phone.keys.len()), (7, 7), "the former key is gone");
    let view = age(&mut phone);
    assert_eq!((view.codes, view.under_way, view.refused), (7, false, None));
    // Dated by the day, for all who are renewed on it.
    assert_eq!((view.issued_at, view.expires_at), (NOW.plus(5 * DAY - 16 * HOUR), NOW.plus(12 * DAY - 16 * HOUR)));
    leave(&mut phone);
    phone.open();
    assert_eq!(renewals(&phone), 1, "fresh again");
    assert!(code(&phone).document_number.contains('*'), "the masked number stays");
}

/// Paths to all that is in a token, with what stands there; byte strings that hold further items are opened.
fn leaves(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Bytes(bytes) => match cbor::decode(bytes, Limits::TOKEN) {
            Ok(inner @ (Value::Array(_) | Value::Map(_) | Value::Tag(..))) => leaves(&inner, &format!("{path}>"), found),
            _ => drop(found.insert(format!("{path}={bytes:02x?}"))),
        },
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| leaves(item, &format!("{path}/{at}"), found)),
        Value::Map(map) => map.0.iter().for_each(|(key, item)| leaves(item, &format!("{path}/{key:?}"), found)),
        Value::Tag(tag, inner) => leaves(inner, &format!("{path}#{tag}"), found),
        other => drop(found.insert(format!("{path}={other:?}"))),
    }
}

/// What a gate gets to see on a day.
fn presented(phone: &Phone<'_>, day: usize, now: UnixTime) -> BTreeSet<String> {
    let (text, slot) = held(phone)[day].clone();
    let (unsigned, _) = HeldCredential::read(&text).unwrap().present(&Showing::default(), now).unwrap();
    let signature = phone.keys[&slot].sign(&unsigned.message());
    let mut found = BTreeSet::new();
    leaves(&unsigned.finish(&signature), "", &mut found);
    found
}

#[test]
fn visits_of_two_days_share_nothing_that_a_stranger_does_not_share() {
    let world = World::new(NOW);
    let (mut one, mut other) = (with_code(&world), phone_of(&world, "0", "110105194912310097"));
    for (phone, hours) in [(&mut one, 0), (&mut other, 3)] {
        phone.now = NOW.plus(5 * DAY + hours * HOUR);
        phone.shell(ShellEvent::Shown);
        assert_eq!(held(phone).len(), 7);
    }
    let day = |day: i64| NOW.plus((5 + day) * DAY);
    let first = presented(&one, 0, day(0));
    for later in 1..7 {
        let again = presented(&one, later as usize, day(later as i64));
        let stranger = presented(&other, later as usize, day(later as i64));
        let both: Vec<_> = first.intersection(&again).collect();
        // Of a key's second coordinate there is one bit, which two of the same person may share by chance.
        let telling: Vec<_> = both.iter().filter(|leaf| !stranger.contains(**leaf) && !leaf.contains("=Simple(")).collect();
        assert!(telling.is_empty(), "{telling:?}");
        // What it is that both have: the issuer and its key, region, colour, masked name, the day of renewal.
        assert!(both.iter().any(|leaf| leaf.contains("甲**")), "the masked name is in the clear");
        // Both are read whole: keys, signatures, indices are among the leaves.
        assert!(again.len() > 15 && again.difference(&first).count() >= 6, "{again:?}");
    }
}

#[test]
fn salts_of_two_credentials_differ() {
    let world = World::new(NOW);
    let request = tongma_authority::Request {
        colour: Colour::Green,
        region: 360_000,
        claims: [(ClaimName::Name, Value::text("甲**"))].into(),
        redact: vec![ClaimName::Name],
        valid_for_s: DAY,
        reason: None,
        relation: None,
    };
    let salted = |seed: u8| {
        let key = SecretKey::generate(&mut Entropy::new([seed; 32]));
        let (text, _) = world.authority.issue(&request, &key.public(), NOW).unwrap();
        let (unsigned, _) =
            HeldCredential::read(&text).unwrap().present(&Showing { disclose: vec![ClaimName::Name], ..Showing::default() }, NOW).unwrap();
        let mut found = BTreeSet::new();
        leaves(&unsigned.finish(&[0; 64]), "", &mut found);
        found
    };
    let (one, two) = (salted(1), salted(2));
    let salts = |found: &BTreeSet<String>| found.iter().filter(|leaf| leaf.matches(", ").count() == 15).cloned().collect::<BTreeSet<_>>();
    assert_eq!((salts(&one).len(), salts(&one).intersection(&salts(&two)).count()), (1, 0));
}

#[test]
fn each_day_has_its_credential_and_the_last_one_serves_for_the_rest() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(5 * DAY);
    phone.shell(ShellEvent::Shown);
    let (batch, begin) = (held(&phone), NOW.plus(5 * DAY - 16 * HOUR));
    // All keys but that of a day are taken away: the code is signed with the one.
    let mut away = BTreeMap::new();
    let mut only = |phone: &mut Phone<'_>, day: usize| {
        away.append(&mut phone.keys);
        phone.keys.extend(away.remove_entry(&batch[day].1));
    };
    phone.network = Network::Down;
    for day in 0..7 {
        only(&mut phone, day);
        for second in [0, DAY / 2, DAY - 1] {
            phone.now = begin.plus(day as i64 * DAY + second).max(NOW.plus(5 * DAY));
            phone.open();
            assert!(code(&phone).qr.is_some(), "day {day}, second {second}");
        }
        if day < 6 {
            // At midnight in China, while it is shown.
            only(&mut phone, day + 1);
            phone.pass(900);
            assert!(code(&phone).qr.is_some(), "after midnight of day {day}");
        }
    }
    // A clock that is set back shows the first one.
    only(&mut phone, 0);
    phone.now = NOW;
    phone.open();
    assert!(code(&phone).qr.is_some());
}

#[test]
fn what_is_over_is_renewed_with_no_form() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(20 * DAY);
    phone.network = Network::Down;
    phone.open();
    assert!(form(&phone).renewing && matches!(form(&phone).replaced, Some(Reason::Expired { layer: Layer::Credential, .. })));
    phone.network = Network::Up;
    phone.shell(ShellEvent::Shown);
    assert!(code(&phone).qr.is_some());
    assert_eq!((held(&phone).len(), phone.answers.len()), (7, 1));

    // Too late: the authority says so, and the form is there.
    let mut phone = with_code(&world);
    phone.now = NOW.plus(38 * DAY);
    phone.open();
    assert!(!form(&phone).renewing);
    assert_eq!(form(&phone).replaced.as_ref().map(Reason::code), Some("expired"));
    let asked = renewals(&phone);
    phone.shell(ShellEvent::Shown);
    phone.open();
    assert_eq!((form(&phone).renewing, renewals(&phone)), (false, asked), "not asked again for a day");
    phone.apply();
    assert!(code(&phone).qr.is_some());
}

#[test]
fn killed_at_every_effect_it_is_answered_once_and_no_key_stays_behind() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = with_code(&world);
        phone.now = NOW.plus(5 * DAY);
        phone.killed_after = Some(after);
        phone.shell(ShellEvent::Shown);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        phone.now = phone.now.plus(60);
        phone.open();
        assert!(code(&phone).qr.is_some(), "killed after {after}");
        age(&mut phone);
        assert_eq!((held(&phone).len(), phone.keys.len()), (7, 7), "killed after {after}");
        assert!(held(&phone).iter().all(|(_, slot)| phone.keys.contains_key(slot)), "killed after {after}");
        phone.answers.dedup();
        assert_eq!(phone.answers.len(), 1, "killed after {after}: one renewal");
        leave(&mut phone);
        assert!(code(&phone).qr.is_some() && !code(&phone).errands);
        if done {
            break;
        }
    }
    assert!(killed > 25, "only {killed} places to be killed at");
}

#[test]
fn an_answer_that_was_lost_for_longer_than_it_is_kept_is_asked_for_with_other_keys() {
    let world = World::new(NOW);
    let mut lost = 0;
    while lost < 100 {
        let mut phone = with_code(&world);
        phone.now = NOW.plus(5 * DAY);
        phone.killed_after = Some(lost);
        phone.shell(ShellEvent::Shown);
        phone.killed_after = None;
        lost += 1;
        if phone.answers.is_empty() {
            continue;
        }
        phone.now = NOW.plus(13 * DAY);
        phone.open();
        phone.shell(ShellEvent::Shown);
        assert!(code(&phone).qr.is_some());
        assert_eq!((phone.answers.len(), phone.keys.len()), (2, 7));
        return;
    }
    panic!("the answer was never lost");
}

#[test]
fn what_the_network_does_to_it_is_told_and_the_code_is_shown_nevertheless() {
    let world = World::new(NOW);
    for (network, reason) in [
        (Network::Down, "offline"),
        (Network::SaysFor("renewals", 408, Vec::new()), "offline"),
        (Network::SaysFor("renewals", 429, Vec::new()), "offline"),
        (Network::SaysFor("renewals", 503, b"<html>".to_vec()), "server-fault"),
        (Network::SaysFor("bundle.cbor", 404, Vec::new()), "server-fault"),
        (Network::SaysFor("bundle.cbor", 200, b"<html>".to_vec()), "answer-malformed"),
    ] {
        let mut phone = with_code(&world);
        phone.now = NOW.plus(5 * DAY);
        phone.network = network;
        phone.shell(ShellEvent::Shown);
        assert!(code(&phone).qr.is_some() && code(&phone).errands, "{reason}");
        assert_eq!(age(&mut phone).waiting_for.map(|reason| reason.code()), Some(reason));
        leave(&mut phone);
        let asked = phone.fetched.len();
        phone.pass(6 * HOUR);
        assert_eq!(phone.fetched.len(), asked, "{reason}: not while the code is shown");
        phone.network = Network::Up;
        phone.shell(ShellEvent::Shown);
        assert_eq!((held(&phone).len(), phone.keys.len()), (7, 7), "{reason}");
        assert!(!code(&phone).errands);
    }
}

#[test]
fn answers_that_can_not_be_right_are_not_taken_and_asked_for_three_times_at_most() {
    let world = World::new(NOW);
    let stranger = {
        let mut phone = phone_of(&world, "0", "110105194912310097");
        phone.now = NOW.plus(5 * DAY);
        phone.shell(ShellEvent::Shown);
        phone.answers[0].clone()
    };
    let standing =
        r#""standing":{"colour":"green","reason":null,"rule":"x","since":1,"normalDays":0,"daysToGreen":0,"checkedIn":false,"renew":true}"#;
    let text = held(&with_code(&world))[0].0.clone();
    for body in [
        "<html><script>alert(1)</script>".to_owned(),
        "x".repeat(1 << 20),
        "{}".to_owned(),
        stranger,
        format!(r#"{{"credentials":[],{standing}}}"#),
        format!(r#"{{"credentials":["<img src=x onerror=alert(1)>"],{standing}}}"#),
        format!(r#"{{"credentials":{},{standing}}}"#, serde_json::to_string(&vec![text; 7]).unwrap()),
    ] {
        let mut phone = with_code(&world);
        let before = held(&phone);
        phone.now = NOW.plus(5 * DAY);
        phone.network = Network::SaysFor("renewals", 200, body.into_bytes());
        for _ in 0..9 {
            phone.shell(ShellEvent::Shown);
            phone.pass(900);
        }
        assert_eq!((renewals(&phone), held(&phone)), (3, before));
        assert!(code(&phone).qr.is_some() && !code(&phone).errands);
        let view = age(&mut phone);
        assert_eq!((view.refused, view.waiting_for), (Some(Reason::AnswerUnusable), None));
        leave(&mut phone);
        phone.network = Network::Up;
        // By hand at once, by itself the day after.
        if phone.answers.is_empty() {
            phone.now = phone.now.plus(DAY);
            phone.open();
        }
        assert_eq!((held(&phone).len(), phone.keys.len()), (7, 7));
        assert_eq!(age(&mut phone).refused, None);
    }
}

#[test]
fn a_refusal_is_told_and_can_be_overcome_by_hand() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(5 * DAY);
    phone.network = Network::SaysFor("renewals", 422, serde_json::to_vec(&Reason::TooManyCredentials).unwrap());
    phone.shell(ShellEvent::Shown);
    phone.shell(ShellEvent::Shown);
    assert_eq!(renewals(&phone), 1);
    assert_eq!(age(&mut phone).refused, Some(Reason::TooManyCredentials));
    phone.network = Network::Up;
    phone.send(WalletEvent::Room(RoomEvent::RenewalAsked));
    assert_eq!((age(&mut phone).refused, held(&phone).len()), (None, 7));

    // A wrong clock is put right, and that is all.
    let mut phone = with_code(&world);
    phone.now = NOW.plus(5 * DAY);
    let wrong = Reason::ClockWrong { now: phone.now, not_before: NOW };
    phone.network = Network::SaysFor("renewals", 422, serde_json::to_vec(&wrong).unwrap());
    phone.shell(ShellEvent::Shown);
    assert_eq!(age(&mut phone).waiting_for, Some(wrong));
    phone.network = Network::Up;
    phone.shell(ShellEvent::Shown);
    assert_eq!(held(&phone).len(), 7);
}

#[test]
fn a_storage_that_is_full_loses_no_key() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(5 * DAY);
    phone.storage = Some(Reason::StorageFull);
    phone.shell(ShellEvent::Shown);
    assert_eq!(phone.view().notices, [Reason::StorageFull]);
    assert!(code(&phone).qr.is_some());
    phone.pass(HOUR);
    phone.shell(ShellEvent::Shown);
    assert_eq!(renewals(&phone), 1, "once is enough");
    phone.storage = None;
    phone.open();
    assert!(code(&phone).qr.is_some(), "from what was stored before, whose key is there");
    assert_eq!(held(&phone).len(), 7, "and once more");
}

#[test]
fn a_locked_wallet_asks_for_nothing_until_it_is_opened() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    let on = SafetyEvent::LockTurnedOn { passcode: "secret".into(), show_code: true, close_after_s: 60 };
    phone.send(WalletEvent::Room(RoomEvent::Safety(on)));
    phone.now = NOW.plus(5 * DAY);
    phone.open();
    assert!(code(&phone).qr.is_some() && !code(&phone).errands);
    assert_eq!(phone.fetched, Vec::<String>::new());
    enter(&mut phone, RoomName::Menu);
    phone.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::Unlock { passcode: "secret".into() })));
    assert_eq!(renewals(&phone), 1);
    // The batch is shown without the passcode, as the one was.
    phone.now = NOW.plus(6 * DAY);
    phone.open();
    assert!(code(&phone).qr.is_some());
    assert_eq!((held(&phone).len(), phone.keys.len()), (7, 7));
}

#[test]
fn an_application_takes_the_place_of_a_renewal() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.now = NOW.plus(10 * DAY);
    phone.network = Network::Down;
    phone.open();
    phone.apply();
    phone.network = Network::Up;
    phone.shell(ShellEvent::Shown);
    assert!(code(&phone).qr.is_some());
    assert_eq!((held(&phone).len(), renewals(&phone)), (1, 0));
}

#[test]
fn fourteen_check_ins_lead_to_a_green_code() {
    let world = World::new(NOW);
    let mut phone = phone_of(&world, "1", "11010519491231002X");
    assert_eq!(code(&phone).colour, Colour::Yellow);
    let mut check_ins = 0;
    for day in 1..=14 {
        phone.now = NOW.plus(day * DAY);
        phone.open();
        assert_eq!((code(&phone).colour, day), (Colour::Yellow, day));
        let diary = check_in(&mut phone);
        check_ins += usize::from(diary.days[13].sent == Some(Sent::Taken));
        assert_eq!(diary.days_normal, Some(u32::try_from(day).unwrap()));
        leave(&mut phone);
    }
    // The answer to the last one said that a renewal gives a better colour: it is on the screen.
    assert_eq!((code(&phone).colour, check_ins), (Colour::Green, 14));
    assert!(code(&phone).qr.is_some() && !code(&phone).errands);
    phone.open();
    assert_eq!(code(&phone).colour, Colour::Green);
    enter(&mut phone, RoomName::Colour);
    assert!(
        matches!(&phone.view().screen, WalletScreen::Room { room: RoomView::Colour(view) }
            if view.colour == Colour::Green && view.standing.as_ref().is_some_and(|standing| !standing.renew)),
        "how the person stands is that of the renewal"
    );
}

#[test]
fn killed_at_every_effect_the_green_code_comes_all_the_same() {
    // What comes later is the renewal itself, see above.
    for after in 0..14 {
        let world = World::new(NOW);
        let decider = Decider { by: "甲", why: "乙" };
        let known = |finding: Finding| {
            world.authority.set_finding((DocumentKind::IdCard, "11010519491231002X"), &finding, decider, NOW).unwrap();
        };
        known(Finding { risk_area: Some(RiskArea::Medium), isolation: Some((Isolation::Home, NOW)), status: None, ..Finding::default() });
        let mut phone = with_code(&world);
        assert_eq!(code(&phone).colour, Colour::Yellow);
        known(Finding::default());
        phone.killed_after = Some(after);
        check_in(&mut phone);
        assert!(phone.dead);
        phone.killed_after = None;
        phone.now = phone.now.plus(60);
        phone.open();
        if check_in(&mut phone).days[13].sent != Some(Sent::Taken) {
            panic!("killed after {after}: not taken");
        }
        leave(&mut phone);
        assert_eq!(code(&phone).colour, Colour::Green, "killed after {after}");
    }
}
