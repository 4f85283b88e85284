//! The diary and the room of the colour: check-ins and declarations on a device whose network and process fail at every moment.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, Network, World};
use tongma::{
    app::{
        ShellEvent,
        wallet::{ColourView, DiaryEvent, DiaryField, DiaryView, RoomEvent, RoomName, RoomView, Sent, Wallet, WalletEvent, WalletScreen},
    },
    reason::Reason,
    text::from_base64url,
    time::UnixTime,
    token::Colour,
};

/// 16:00 in China.
const NOW: UnixTime = UnixTime(1_800_000_000);
/// When that day begins there.
const TODAY: UnixTime = UnixTime(NOW.0 - 16 * 3600);
const DAY: i64 = 86_400;

type Phone<'w> = Device<'w, Wallet>;

fn with_code<'w>(world: &'w World, symptoms: &str) -> Phone<'w> {
    let mut phone = Phone::new(world, NOW);
    phone.apply_with(symptoms);
    phone
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn diary(phone: &Phone<'_>) -> DiaryView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Diary(diary) } => diary.as_ref().clone(),
        _ => panic!("not in the diary"),
    }
}

fn colour(phone: &mut Phone<'_>) -> ColourView {
    enter(phone, RoomName::Colour);
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Colour(colour) } => colour.clone(),
        _ => panic!("not in the room of the colour"),
    }
}

fn event(phone: &mut Phone<'_>, event: DiaryEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Diary(event)));
}

fn answer(phone: &mut Phone<'_>, field: DiaryField, value: &str) {
    event(phone, DiaryEvent::Changed { field, value: value.into() });
}

fn check_in(phone: &mut Phone<'_>, symptoms: &str, temperature: &str) {
    enter(phone, RoomName::Diary);
    answer(phone, DiaryField::Symptoms, symptoms);
    answer(phone, DiaryField::Temperature, temperature);
    event(phone, DiaryEvent::Sent);
}

fn today(phone: &Phone<'_>) -> Option<Sent> {
    diary(phone).days.last().unwrap().sent
}

/// Out of the room and into it again: what was refused is not told any more.
fn again(phone: &mut Phone<'_>) {
    enter(phone, RoomName::Diary);
}

#[test]
fn a_check_in_is_checked_sent_and_counted_once_a_day() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "1");
    check_in(&mut phone, "", "");
    let view = diary(&phone);
    assert_eq!((view.symptoms.problem, view.temperature.problem), (Some(Reason::FieldEmpty), Some(Reason::FieldEmpty)));
    check_in(&mut phone, "0", "98.6");
    assert_eq!(diary(&phone).temperature.problem, Some(Reason::MeasurementImplausible));
    assert_eq!(today(&phone), None);
    phone.pass(DAY);
    check_in(&mut phone, "0", "36.6");
    let view = diary(&phone);
    assert_eq!(
        (view.days.len(), view.days[13].sent, view.days[13].temperature, view.days[13].normal),
        (14, Some(Sent::Taken), Some(366), true)
    );
    assert_eq!((view.days_normal, view.days_left), (Some(1), Some(13)));
    let asked = phone.fetched.len();
    check_in(&mut phone, "0", "36.7");
    assert_eq!(phone.fetched.len(), asked, "there is one of today");
}

#[test]
fn the_colour_says_why_and_fourteen_normal_days_lead_to_green() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "1");
    let view = colour(&mut phone);
    assert_eq!(
        (view.colour, view.reason.as_deref(), view.rule.as_deref()),
        (Colour::Yellow, Some("declared-symptoms"), Some("JX-C-SYMPTOMS"))
    );
    assert_eq!((view.since, view.issuer.as_str(), view.region, view.standing), (Some(TODAY), "tm:36", 360_000, None));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(phone.view().screen, WalletScreen::Code(_)), "from the colour back to the code");
    for day in 1..=5 {
        phone.pass(DAY);
        check_in(&mut phone, "0", "36.6");
        assert_eq!(diary(&phone).days_normal, Some(day));
    }
    let standing = colour(&mut phone).standing.unwrap();
    assert_eq!((standing.colour, standing.normal_days + standing.days_to_green), (Colour::Yellow, 14));
}

#[test]
fn what_can_not_be_sent_waits_and_goes_by_itself_the_same_day() {
    let world = World::new(NOW);
    let html = b"<html><script>alert(1)</script>".to_vec();
    let standing = br#"{"colour":"green"}"#.to_vec();
    for (network, reason) in [
        (Network::Down, "offline"),
        (Network::SaysFor("declarations", 408, Vec::new()), "offline"),
        (Network::SaysFor("declarations", 429, Vec::new()), "offline"),
        (Network::SaysFor("declarations", 503, html.clone()), "server-fault"),
        (Network::SaysFor("declarations", 200, html), "answer-malformed"),
        (Network::SaysFor("declarations", 200, standing), "answer-malformed"),
        (Network::SaysFor("declarations", 200, vec![b' '; 1 << 20]), "answer-malformed"),
    ] {
        for reopened in [false, true] {
            let mut phone = with_code(&world, "0");
            phone.network = network.clone();
            check_in(&mut phone, "0", "36.6");
            assert_eq!((today(&phone), diary(&phone).waiting_for.map(|reason| reason.code())), (Some(Sent::Waiting), Some(reason)));
            phone.network = Network::Up;
            if reopened {
                phone.open();
            } else {
                phone.shell(ShellEvent::Shown);
            }
            again(&mut phone);
            assert_eq!((today(&phone), diary(&phone).waiting_for), (Some(Sent::Taken), None), "{reason}");
            let WalletScreen::Code(code) = &phone.open().screen else { panic!("no code") };
            assert!(!code.errands, "nothing waits any more");
        }
    }
}

#[test]
fn answers_that_can_not_be_read_end_it_and_what_was_entered_is_kept() {
    let world = World::new(NOW);
    for body in [b"<html><script>alert(1)</script>".to_vec(), br#"{"colour":"green"}"#.to_vec(), vec![b'['; 1 << 20]] {
        let mut phone = with_code(&world, "0");
        phone.network = Network::SaysFor("declarations", 200, body);
        check_in(&mut phone, "0", "36.6");
        assert!((diary(&phone).stopped, diary(&phone).waiting_for.is_some()) == (false, true), "the first one may be the network's");
        // All day: with the next codes, with the page coming back, after a restart.
        phone.pass(3600);
        phone.shell(ShellEvent::Shown);
        phone.open();
        phone.pass(3600);
        assert_eq!(phone.fetched.iter().filter(|path| path.ends_with("declarations")).count(), 3);
        again(&mut phone);
        let view = diary(&phone);
        assert_eq!((view.stopped, view.waiting_for, view.days[13].sent), (true, None, Some(Sent::Stopped)));
        assert_eq!(view.days[13].temperature, Some(366), "what was entered is there");
        let WalletScreen::Code(code) = &phone.open().screen else { panic!("no code") };
        assert!(!code.errands, "nothing goes by itself any more");
        // By hand, when the network is a right one.
        phone.network = Network::Up;
        again(&mut phone);
        event(&mut phone, DiaryEvent::SentAgain);
        assert_eq!((today(&phone), diary(&phone).stopped, diary(&phone).refused), (Some(Sent::Taken), false, None));
    }
    // While it is looked at, the reason is told.
    let mut phone = with_code(&world, "0");
    phone.network = Network::SaysFor("declarations", 200, Vec::new());
    check_in(&mut phone, "0", "36.6");
    phone.shell(ShellEvent::Shown);
    phone.shell(ShellEvent::Shown);
    assert_eq!(diary(&phone).refused, Some(Reason::AnswerUnusable));
    phone.now = NOW.plus(DAY);
    again(&mut phone);
    assert!(!diary(&phone).stopped, "yesterday's is never sent as today's");
    event(&mut phone, DiaryEvent::SentAgain);
    assert_eq!(today(&phone), None);
}

#[test]
fn yesterdays_check_in_is_never_sent_as_todays() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "0");
    phone.network = Network::Down;
    check_in(&mut phone, "0", "36.6");
    phone.network = Network::Up;
    phone.now = NOW.plus(DAY);
    phone.open();
    again(&mut phone);
    assert_eq!(phone.fetched.iter().filter(|path| path.ends_with("declarations")).count(), 1, "the one of yesterday that failed");
    let days = diary(&phone).days;
    assert_eq!((days[12].sent, days[13].sent), (Some(Sent::Waiting), None));
    check_in(&mut phone, "0", "36.7");
    assert_eq!((today(&phone), diary(&phone).days_normal), (Some(Sent::Taken), Some(1)));
}

#[test]
fn a_refusal_is_told_by_its_code_and_never_as_text() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "0");
    let known = serde_json::to_vec(&Reason::CredentialUnknown).unwrap();
    for (body, reason) in [(b"<b>no</b>".to_vec(), Reason::ApplicationRefused), (known, Reason::CredentialUnknown)] {
        phone.network = Network::SaysFor("declarations", 422, body);
        check_in(&mut phone, "0", "36.6");
        assert_eq!((diary(&phone).refused, today(&phone)), (Some(reason), None), "it can be done again");
    }
    phone.network = Network::Up;
    check_in(&mut phone, "0", "36.6");
    assert_eq!(today(&phone), Some(Sent::Taken));
}

#[test]
fn the_own_declaration_changes_once_a_day_and_check_ins_keep_to_it() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "0");
    enter(&mut phone, RoomName::Diary);
    event(&mut phone, DiaryEvent::ChangeAsked);
    let view = diary(&phone);
    assert_eq!(
        (view.been.value.as_str(), view.contact.value.as_str(), view.symptoms.value.as_str()),
        ("no", "no", "0"),
        "nothing is entered twice"
    );
    answer(&mut phone, DiaryField::Been, "yes");
    event(&mut phone, DiaryEvent::Sent);
    assert_eq!(diary(&phone).change_again_at, Some(UnixTime(NOW.0 + 8 * 3600)), "midnight in China");
    assert_eq!(colour(&mut phone).standing.unwrap().colour, Colour::Red, "a listed region");
    again(&mut phone);
    event(&mut phone, DiaryEvent::ChangeAsked);
    assert_eq!(diary(&phone).been.value, "yes");
    let asked = phone.fetched.len();
    event(&mut phone, DiaryEvent::Sent);
    assert!(matches!(diary(&phone).refused, Some(Reason::DeclaredToday { .. })));
    assert_eq!(phone.fetched.len(), asked);
    check_in(&mut phone, "0", "36.6");
    assert_eq!(colour(&mut phone).standing.unwrap().colour, Colour::Red, "a check-in takes nothing back");
}

#[test]
fn killed_at_every_effect_a_check_in_is_noted_once() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = with_code(&world, "0");
        phone.answers.clear();
        enter(&mut phone, RoomName::Diary);
        answer(&mut phone, DiaryField::Symptoms, "0");
        answer(&mut phone, DiaryField::Temperature, "36.6");
        phone.killed_after = Some(after);
        event(&mut phone, DiaryEvent::Sent);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        phone.open();
        again(&mut phone);
        // Killed before anything was kept: the day is as it was.
        if today(&phone).is_none() {
            check_in(&mut phone, "0", "36.6");
        }
        assert_eq!((today(&phone), diary(&phone).days_normal), (Some(Sent::Taken), Some(1)), "killed after {after}");
        phone.answers.dedup();
        assert_eq!(phone.answers.len(), 1, "killed after {after}: answered once");
        if done {
            break;
        }
    }
    assert!(killed > 4, "only {killed} places to be killed at");
}

#[test]
fn everything_is_forgotten_after_14_days_also_if_no_room_is_entered() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "0");
    check_in(&mut phone, "0", "36.6");
    let before = String::from_utf8(from_base64url(&phone.records["diary"]).unwrap()).unwrap();
    assert!(before.contains("366"));
    phone.now = NOW.plus(13 * DAY);
    phone.open();
    assert!(phone.records.contains_key("diary"));
    phone.now = NOW.plus(14 * DAY);
    phone.open();
    assert!(!phone.records.contains_key("diary"));
}

#[test]
fn what_the_authority_says_is_text_and_bounded() {
    let world = World::new(NOW);
    let mut phone = with_code(&world, "1");
    let reason = "<img src=x onerror=alert(1)>".repeat(40);
    let body = format!(
        r#"{{"colour":"red","reason":"{reason}","rule":"<b>","since":1,"normalDays":4294967295,"daysToGreen":4294967295,"checkedIn":true,"renew":false}}"#
    );
    phone.network = Network::SaysFor("declarations", 200, body.into_bytes());
    check_in(&mut phone, "0", "36.6");
    let view = diary(&phone);
    assert!(view.days_normal.unwrap() <= 14 && view.days_left.unwrap() <= 14);
    assert!(colour(&mut phone).standing.unwrap().reason.unwrap().len() <= 100);
}
