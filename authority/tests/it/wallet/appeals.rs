//! The room of appeals: written, sent when there is a network, taken along, asked after; on a device that fails at every moment.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, Network, World};
use tongma::{
    app::{
        ShellEvent,
        wallet::{
            AppealEvent, AppealField, AppealView, AppealsView, ApplyField, RoomEvent, RoomName, RoomView, SafetyEvent, Sent, Wallet,
            WalletEvent, WalletScreen,
        },
    },
    reason::Reason,
    time::UnixTime,
    token::{Appeal, AppealState, Colour, Request, Wish, from_text},
};
use tongma_authority::{AppealDecision, Decider};

/// 16:00 in China.
const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;

type Phone<'w> = Device<'w, Wallet>;

/// Somebody whose code is yellow.
fn with_code(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.fill();
    phone.enter(ApplyField::Symptoms, "1");
    phone.submit();
    phone.answers.clear();
    phone.fetched.clear();
    phone
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn event(phone: &mut Phone<'_>, event: AppealEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Appeals(event)));
}

fn room(phone: &Phone<'_>) -> AppealsView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Appeals(view) } => view.as_ref().clone(),
        _ => panic!("not in the room of appeals"),
    }
}

/// The one appeal that there is.
fn one(phone: &Phone<'_>) -> AppealView {
    let mut appeals = room(phone).appeals;
    assert_eq!(appeals.len(), 1);
    appeals.remove(0)
}

fn state(phone: &Phone<'_>) -> Option<AppealState> {
    one(phone).answer.map(|answer| answer.state)
}

fn write(phone: &mut Phone<'_>, field: AppealField, value: &str) {
    event(phone, AppealEvent::Changed { field, value: value.into() });
    event(phone, AppealEvent::FieldLeft);
}

const WRONG: &str = "我只是对花粉过敏。";
const WANTED: &str = "请改回绿码。<img src=x onerror=alert(1)>";

fn filled(world: &World) -> Phone<'_> {
    let mut phone = with_code(world);
    enter(&mut phone, RoomName::Appeals);
    write(&mut phone, AppealField::Wish, "colour");
    write(&mut phone, AppealField::Wrong, WRONG);
    write(&mut phone, AppealField::Wanted, WANTED);
    phone
}

fn asked(phone: &Phone<'_>, end: &str) -> usize {
    phone.fetched.iter().filter(|path| path.ends_with(end)).count()
}

fn decide(world: &World, decision: AppealDecision, why: &str, now: UnixTime) {
    let number = world.authority.appeals().unwrap().last().unwrap().answer.number;
    world.authority.decide_appeal(number, decision, Decider { by: "乙", why }, now).unwrap();
}

#[test]
fn it_says_what_is_missing_and_keeps_what_is_written() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Appeals);
    assert_eq!((room(&phone).wish.problem, room(&phone).wrong.problem), (None, None), "nobody is corrected before");
    event(&mut phone, AppealEvent::Sent);
    assert_eq!((room(&phone).wish.problem, room(&phone).wrong.problem), (Some(Reason::FieldEmpty), Some(Reason::FieldEmpty)));
    write(&mut phone, AppealField::Wish, "<b>colour</b>");
    assert_eq!(room(&phone).wish.value, "", "a word that is none");
    write(&mut phone, AppealField::Wish, "data");
    write(&mut phone, AppealField::Wrong, &"字".repeat(995));
    write(&mut phone, AppealField::Wanted, "123456");
    event(&mut phone, AppealEvent::Sent);
    assert_eq!(room(&phone).wrong.problem, Some(Reason::FieldTooLong), "both are one text");
    write(&mut phone, AppealField::Wanted, &"x".repeat(1 << 20));
    assert_eq!(room(&phone).wanted.value, "123456", "there is an end");
    assert!(room(&phone).appeals.is_empty() && phone.fetched.is_empty());
    phone.open();
    enter(&mut phone, RoomName::Appeals);
    assert_eq!((room(&phone).wish.value.as_str(), room(&phone).wrong.value.chars().count()), ("data", 995), "also over a restart");
}

#[test]
fn it_is_sent_decided_and_a_granted_one_gives_a_green_code() {
    let world = World::new(NOW);
    let mut phone = filled(&world);
    event(&mut phone, AppealEvent::Sent);
    assert_eq!((one(&phone).sent, state(&phone), one(&phone).wish), (Sent::Taken, Some(AppealState::Received), Wish::Colour));
    assert_eq!((room(&phone).wrong.value.as_str(), room(&phone).wish.value.as_str()), ("", ""), "the next one begins empty");
    let held = world.authority.appeals().unwrap().remove(0);
    assert_eq!((held.text, held.rule.as_str()), (format!("{WRONG}\n{WANTED}"), "JX-C-SYMPTOMS"));
    // Nothing is asked while the code is shown.
    phone.send(WalletEvent::Room(RoomEvent::Left));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    phone.pass(3 * 3600);
    assert_eq!(asked(&phone, "state"), 0);
    enter(&mut phone, RoomName::Appeals);
    assert_eq!((asked(&phone, "state"), state(&phone)), (1, Some(AppealState::Received)), "once for each time the room is entered");
    decide(&world, AppealDecision::Granted { clear_finding: false, clear_declarations: true }, "化验<b>正常</b>", phone.now);
    enter(&mut phone, RoomName::Appeals);
    assert_eq!((state(&phone), one(&phone).answer.unwrap().why.as_deref()), (Some(AppealState::Granted), Some("化验<b>正常</b>")));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    let WalletScreen::Code(code) = &phone.view().screen else { panic!("no code") };
    assert_eq!((code.colour, code.errands), (Colour::Green, false));
    let before = phone.fetched.len();
    enter(&mut phone, RoomName::Appeals);
    assert_eq!(phone.fetched.len(), before, "what is decided is not asked after");
    // 30 days later it is forgotten here as there.
    phone.now = phone.now.plus(31 * DAY);
    phone.open();
    enter(&mut phone, RoomName::Appeals);
    assert!(room(&phone).appeals.is_empty());
}

#[test]
fn a_refused_one_says_why() {
    let world = World::new(NOW);
    let mut phone = filled(&world);
    event(&mut phone, AppealEvent::Sent);
    decide(&world, AppealDecision::Refused, &"长".repeat(3000), NOW);
    enter(&mut phone, RoomName::Appeals);
    let answer = one(&phone).answer.unwrap();
    assert_eq!((answer.state, answer.why.unwrap().chars().count()), (AppealState::Refused, 1000));
    assert_eq!(asked(&phone, "renewals"), 0);
}

#[test]
fn with_no_network_it_waits_and_goes_by_itself_days_later() {
    let world = World::new(NOW);
    let html = b"<html><script>alert(1)</script>".to_vec();
    for (network, reason) in [
        (Network::Down, "offline"),
        (Network::SaysFor("appeals", 429, Vec::new()), "offline"),
        (Network::SaysFor("appeals", 500, html.clone()), "server-fault"),
        (Network::SaysFor("appeals", 200, html), "answer-malformed"),
    ] {
        let mut phone = filled(&world);
        phone.network = network;
        event(&mut phone, AppealEvent::Sent);
        assert_eq!((one(&phone).sent, room(&phone).waiting_for.map(|reason| reason.code())), (Sent::Waiting, Some(reason)));
        phone.now = NOW.plus(3 * DAY);
        phone.network = Network::Up;
        let WalletScreen::Code(code) = &phone.open().screen else { panic!("no code") };
        assert!(!code.errands, "{reason}: it is gone");
        enter(&mut phone, RoomName::Appeals);
        assert_eq!((one(&phone).sent, room(&phone).waiting_for), (Sent::Taken, None), "{reason}");
        decide(&world, AppealDecision::Refused, "x", phone.now);
    }
}

#[test]
fn answers_that_can_not_be_read_end_it_and_the_text_is_kept() {
    let world = World::new(NOW);
    for body in [b"<html>".to_vec(), br#"{"number":-1,"state":"received"}"#.to_vec(), vec![b' '; 1 << 20]] {
        let mut phone = filled(&world);
        phone.network = Network::SaysFor("appeals", 200, body);
        event(&mut phone, AppealEvent::Sent);
        for _ in 0..5 {
            phone.pass(900);
            phone.shell(ShellEvent::Shown);
            phone.open();
        }
        assert_eq!(asked(&phone, "appeals"), 3);
        enter(&mut phone, RoomName::Appeals);
        assert_eq!((one(&phone).sent, one(&phone).refused), (Sent::Stopped, Some(Reason::AnswerUnusable)));
        assert_eq!(one(&phone).text, format!("{WRONG}\n{WANTED}"));
        phone.network = Network::Up;
        let id = one(&phone).id;
        event(&mut phone, AppealEvent::SentAgain { id });
        assert_eq!((one(&phone).sent, one(&phone).refused), (Sent::Taken, None));
        decide(&world, AppealDecision::Refused, "x", phone.now);
    }
}

#[test]
fn a_refusal_is_told_by_its_code_and_can_be_tried_again_or_thrown_away() {
    let world = World::new(NOW);
    let mut phone = filled(&world);
    for number in 0..4 {
        write(&mut phone, AppealField::Wish, "other");
        write(&mut phone, AppealField::Wrong, &format!("第 {number} 次"));
        event(&mut phone, AppealEvent::Sent);
    }
    let newest = room(&phone).appeals.remove(0);
    assert_eq!((newest.sent, newest.refused), (Sent::Refused, Some(Reason::TooManyAppeals)));
    event(&mut phone, AppealEvent::SentAgain { id: newest.id.clone() });
    assert_eq!(room(&phone).appeals[0].refused, Some(Reason::TooManyAppeals));
    decide(&world, AppealDecision::Refused, "x", phone.now);
    event(&mut phone, AppealEvent::SentAgain { id: newest.id });
    assert_eq!((room(&phone).appeals[0].sent, room(&phone).appeals.len()), (Sent::Taken, 4));

    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Appeals);
    phone.network = Network::SaysFor("appeals", 422, b"<b>no</b>".to_vec());
    write(&mut phone, AppealField::Wish, "other");
    write(&mut phone, AppealField::Wrong, "x");
    event(&mut phone, AppealEvent::Sent);
    assert_eq!(one(&phone).refused, Some(Reason::ApplicationRefused), "never as text");
    event(&mut phone, AppealEvent::Dropped { id: "!".into() });
    let id = one(&phone).id;
    event(&mut phone, AppealEvent::Dropped { id });
    assert!(room(&phone).appeals.is_empty());
}

#[test]
fn it_can_be_taken_along_signed_and_counts_once() {
    let world = World::new(NOW);
    let mut phone = filled(&world);
    phone.network = Network::Down;
    event(&mut phone, AppealEvent::Sent);
    let id = one(&phone).id;
    event(&mut phone, AppealEvent::FileAsked { id: id.clone() });
    let file = room(&phone).file.unwrap();
    assert!(file.qr.is_some_and(|qr| qr.version > 5));
    assert_eq!((file.file.name.as_str(), file.file.media_type.as_str()), ("tongma-appeal-2027-01-15.txt", "text/plain"));
    let token = from_text(&file.file.text).unwrap();
    let appeal = Request::<Appeal>::read(&token).unwrap().check_here().unwrap().into_inner();
    assert_eq!((appeal.body.wish, appeal.body.text), (Wish::Colour, format!("{WRONG}\n{WANTED}")));
    // Brought to a counter days later, and sent as well when the network is back: one appeal.
    let later = NOW.plus(3 * DAY);
    let brought = world.authority.appeal_brought(&token.encode(), later).unwrap();
    assert_eq!(world.authority.appeal_brought(&token.encode(), later).unwrap(), brought, "twice is once");
    phone.network = Network::Up;
    phone.now = later;
    phone.open();
    enter(&mut phone, RoomName::Appeals);
    assert_eq!((state(&phone), world.authority.appeals().unwrap().len()), (Some(AppealState::Received), 1));
    // One bit changed is no appeal.
    let mut bytes = token.encode();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(world.authority.appeal_brought(&bytes, later).is_err());
    assert!(world.authority.appeal_brought(b"<html>", later).is_err());

    // The longest text is too long for a QR code; the file is there.
    write(&mut phone, AppealField::Wish, "other");
    write(&mut phone, AppealField::Wrong, &"字".repeat(1000));
    event(&mut phone, AppealEvent::Sent);
    let id = room(&phone).appeals[0].id.clone();
    event(&mut phone, AppealEvent::FileAsked { id });
    let file = room(&phone).file.unwrap();
    assert!(file.qr.is_none());
    event(&mut phone, AppealEvent::FileTaken);
    assert!(room(&phone).file.is_none());
    event(&mut phone, AppealEvent::FileAsked { id: "AAAA".into() });
    assert!(room(&phone).file.is_none());
}

#[test]
fn killed_at_every_effect_it_is_taken_once() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = filled(&world);
        phone.killed_after = Some(after);
        event(&mut phone, AppealEvent::Sent);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        // On another day, when a batch would show another credential.
        phone.now = NOW.plus(2 * DAY);
        phone.open();
        enter(&mut phone, RoomName::Appeals);
        // Killed before anything was kept: what was written is there.
        if room(&phone).appeals.is_empty() {
            assert_eq!(room(&phone).wrong.value, WRONG, "killed after {after}");
            event(&mut phone, AppealEvent::Sent);
        }
        assert_eq!((one(&phone).sent, world.authority.appeals().unwrap().len()), (Sent::Taken, 1), "killed after {after}");
        if done {
            break;
        }
    }
    assert!(killed > 5, "only {killed} places to be killed at");
}

#[test]
fn killed_at_every_effect_a_granted_one_leads_to_the_green_code() {
    for after in 0..12 {
        let world = World::new(NOW);
        let mut phone = filled(&world);
        event(&mut phone, AppealEvent::Sent);
        decide(&world, AppealDecision::Granted { clear_finding: false, clear_declarations: true }, "x", NOW);
        phone.open();
        phone.killed_after = Some(after);
        enter(&mut phone, RoomName::Appeals);
        assert!(phone.dead);
        phone.killed_after = None;
        phone.open();
        enter(&mut phone, RoomName::Appeals);
        assert_eq!(state(&phone), Some(AppealState::Granted), "killed after {after}");
        phone.send(WalletEvent::Room(RoomEvent::Left));
        phone.send(WalletEvent::Room(RoomEvent::Left));
        assert!(matches!(&phone.view().screen, WalletScreen::Code(code) if code.colour == Colour::Green), "killed after {after}");
    }
}

#[test]
fn under_a_lock_nothing_of_it_can_be_read_or_written() {
    let world = World::new(NOW);
    let mut phone = filled(&world);
    phone.network = Network::Down;
    event(&mut phone, AppealEvent::Sent);
    enter(&mut phone, RoomName::Safety);
    let on = SafetyEvent::LockTurnedOn { passcode: "secret".into(), show_code: true, close_after_s: 60 };
    phone.send(WalletEvent::Room(RoomEvent::Safety(on)));
    let failed = asked(&phone, "appeals");
    phone.network = Network::Up;
    phone.open();
    enter(&mut phone, RoomName::Appeals);
    assert!(matches!(phone.view().screen, WalletScreen::Locked(_)));
    event(&mut phone, AppealEvent::Sent);
    assert_eq!(asked(&phone, "appeals"), failed);
    phone.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::Unlock { passcode: "secret".into() })));
    assert_eq!((one(&phone).sent, one(&phone).text), (Sent::Taken, format!("{WRONG}\n{WANTED}")));
}
