//! The nonce mode: a gate shows its challenge, a wallet answers it, and the answer is good there and then only.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::picture;
use crate::support::shell;
use picture::read_back;
use shell::{Device, World};
use tongma::{
    app::{
        QrView, ShellEvent,
        verifier::{GateSettings, Source, Verifier, VerifierEvent, VerifierScreen},
        wallet::{CodeView, Wallet, WalletEvent, WalletScreen},
    },
    policy::{Place, PlaceKind},
    reason::Reason,
    time::UnixTime,
    token::{Challenge, Presentation, from_text},
};

const NOW: UnixTime = UnixTime(1_800_000_000);

type Gate<'w> = Device<'w, Verifier>;
type Phone<'w> = Device<'w, Wallet>;

fn museum() -> Place {
    Place { kind: PlaceKind::Museum, region: 330_100, name: Some("城南博物馆 3 号门".into()), ..Place::default() }
}

fn gate_with(world: &World, settings: GateSettings) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.open();
    gate.send(VerifierEvent::GateChanged { gate: settings });
    gate
}

fn gate(world: &World) -> Gate<'_> {
    gate_with(world, GateSettings { place: Some(museum()), challenge: true, ..GateSettings::default() })
}

fn phone(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.apply();
    phone
}

fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        _ => panic!("no code"),
    }
}

fn shown(phone: &Phone<'_>) -> String {
    read_back(code(phone).qr.as_ref().expect("a code"))
}

fn asks(gate: &Gate<'_>) -> String {
    read_back(gate.view().challenge.as_ref().expect("a challenge"))
}

/// The wallet scans the gate's challenge; the text of its answer.
fn answer(phone: &mut Phone<'_>, gate: &Gate<'_>) -> String {
    phone.send(WalletEvent::ChallengeRead { text: asks(gate) });
    assert!(code(phone).answering.is_some(), "{:?}", phone.view().notices);
    shown(phone)
}

/// The verdict of a text, put away again.
fn told(gate: &mut Gate<'_>, text: &str) -> String {
    gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Wedge });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("no verdict but {:?}", gate.view().screen) };
    let told = [Some(verdict.outcome.code()), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    gate.send(VerifierEvent::Dismissed);
    told
}

#[test]
fn an_answer_is_good_at_the_gate_that_asked_and_the_everyday_code_is_not() {
    let world = World::new(NOW);
    let (mut gate, mut phone) = (gate(&world), phone(&world));
    assert_eq!(told(&mut gate, &shown(&phone)), "invalid nonce-missing");
    let text = answer(&mut phone, &gate);
    let answering = code(&phone).answering.clone().unwrap();
    assert_eq!((answering.kind.as_deref(), answering.name.as_deref()), (Some("museum"), Some("城南博物馆 3 号门")));
    assert_eq!(answering.region, Some(330_100));
    assert_eq!(told(&mut gate, &text), "pass");

    let mut other = self::gate(&world);
    assert_eq!(told(&mut other, &text), "invalid nonce-mismatch");
    let mut everyday = gate_with(&world, GateSettings { place: Some(museum()), ..GateSettings::default() });
    assert_eq!(told(&mut everyday, &text), "invalid audience-mismatch");
    assert_eq!(everyday.view().challenge, None, "a gate that asks for no answer shows nothing");
    phone.send(WalletEvent::EverydayAsked);
    assert_eq!(told(&mut everyday, &shown(&phone)), "pass", "and takes the everyday code");
}

#[test]
fn codes_are_small_enough_to_be_scanned_with_ease() {
    let world = World::new(NOW);
    let (gate, mut phone) = (gate(&world), phone(&world));
    let version = |qr: &QrView| qr.version;
    assert!(gate.view().challenge.as_ref().map(version).unwrap() <= 8);
    answer(&mut phone, &gate);
    assert!(code(&phone).qr.as_ref().map(version).unwrap() <= 14, "{:?}", code(&phone).qr.as_ref().map(version));
}

#[test]
fn the_challenge_changes_with_every_answer_and_every_minute() {
    let world = World::new(NOW);
    let (mut gate, mut phone) = (gate(&world), phone(&world));
    let first = asks(&gate);
    let text = answer(&mut phone, &gate);
    assert_eq!(told(&mut gate, &shown(&self::phone(&world))), "invalid nonce-missing");
    assert_eq!(asks(&gate), first, "what does not answer it leaves it as it is");
    assert_eq!(told(&mut gate, &text), "pass");
    let second = asks(&gate);
    assert_ne!(second, first);
    gate.pass(59);
    assert_eq!(asks(&gate), second);
    assert_eq!(told(&mut gate, &text), "pass", "who scanned just before is not sent back");
    gate.pass(1);
    let third = asks(&gate);
    assert_ne!(third, second);
    assert_eq!(told(&mut gate, &text), "invalid nonce-mismatch", "after a minute it is over");
    let nonce = |text: &str| Challenge::from_text(text).unwrap().nonce;
    assert!(nonce(&first) != nonce(&second) && nonce(&second) != nonce(&third) && nonce(&third) != nonce(&first));
}

#[test]
fn nothing_is_fetched_for_a_challenge() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    let mut phone = phone(&world);
    let fetched = (gate.fetched.len(), phone.fetched.len());
    answer(&mut phone, &gate);
    gate.pass(30 * 60);
    phone.pass(30 * 60);
    assert_eq!((gate.fetched.len(), phone.fetched.len()), fetched);
    gate.pass(31 * 60);
    assert!(gate.fetched.len() > fetched.0, "new data every hour as ever");
}

#[test]
fn a_gate_keeps_its_own_identifier() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    let audience = |gate: &Gate<'_>| Challenge::from_text(&asks(gate)).unwrap().audience;
    let first = audience(&gate);
    gate.open();
    assert_eq!(audience(&gate), first, "after a restart, and it asks again by itself");
    gate.send(VerifierEvent::GateChanged { gate: GateSettings { challenge: true, ..GateSettings::default() } });
    assert_eq!(audience(&gate), first);
    assert_eq!(Challenge::from_text(&asks(&gate)).unwrap().place, None, "a gate without a place states none");
    assert_ne!(audience(&self::gate(&world)), first);
}

#[test]
fn the_challenge_is_shown_while_codes_are_looked_for() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    gate.send(VerifierEvent::SettingsOpened);
    assert_eq!(gate.view().challenge, None);
    gate.send(VerifierEvent::Dismissed);
    assert!(gate.view().challenge.is_some());
    gate.send(VerifierEvent::TextRead { text: asks(&gate), source: Source::Paste });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("no verdict") };
    assert_eq!(verdict.reason.as_deref(), Some("wrong-type"), "a gate before a gate's camera");
    assert_eq!(gate.view().challenge, None);
    // The page slept for an hour: what it shows when it wakes is of now.
    gate.send(VerifierEvent::Dismissed);
    gate.now = NOW.plus(3000);
    gate.shell(ShellEvent::Shown);
    assert_eq!(Challenge::from_text(&asks(&gate)).unwrap().issued_at, gate.now);
}

#[test]
fn a_temperature_in_between_takes_its_time() {
    let world = World::new(NOW);
    let settings = GateSettings { place: Some(museum()), challenge: true, temperature: true, ..GateSettings::default() };
    let (mut gate, mut phone) = (gate_with(&world, settings), phone(&world));
    let text = answer(&mut phone, &gate);
    gate.send(VerifierEvent::TextRead { text, source: Source::Camera });
    gate.pass(200);
    gate.send(VerifierEvent::TemperatureEntered { text: "36.6".into() });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("no verdict") };
    assert_eq!(verdict.outcome.code(), "pass");
}

#[test]
fn the_everyday_code_comes_back_by_a_tap_and_by_itself() {
    let world = World::new(NOW);
    let (gate, mut phone) = (gate(&world), phone(&world));
    let audience = |phone: &Phone<'_>| Presentation::parse(&from_text(&shown(phone)).unwrap()).unwrap().binding.audience;
    answer(&mut phone, &gate);
    assert!(audience(&phone).starts_with("tm:gate/"));
    assert_eq!(code(&phone).qr.as_ref().unwrap().expires_at, NOW.plus(120), "the time left is the challenge's");
    phone.send(WalletEvent::EverydayAsked);
    assert_eq!((code(&phone).answering.clone(), audience(&phone).as_str()), (None, "tm:any"));
    answer(&mut phone, &gate);
    phone.pass(119);
    phone.shell(ShellEvent::Shown);
    assert!(audience(&phone).starts_with("tm:gate/"), "still asked, also after a look at something else");
    phone.pass(1);
    assert_eq!((code(&phone).answering.clone(), audience(&phone).as_str()), (None, "tm:any"));
    assert_eq!(code(&phone).qr.as_ref().unwrap().expires_at, NOW.plus(120 + 900));
}

#[test]
fn a_challenge_never_discloses_more() {
    let world = World::new(NOW);
    let (gate, mut phone) = (gate(&world), phone(&world));
    let everyday = Presentation::parse(&from_text(&shown(&phone)).unwrap()).unwrap();
    let answer = Presentation::parse(&from_text(&answer(&mut phone, &gate)).unwrap()).unwrap();
    assert_eq!(answer.credential, everyday.credential, "byte for byte, disclosures and all");
    assert_eq!(answer.binding.expires_at.since(answer.binding.issued_at), 900);
}

#[test]
fn what_is_no_challenge_of_now_is_told_and_nothing_is_lost() {
    let world = World::new(NOW);
    let (gate, mut phone) = (gate(&world), phone(&world));
    let good = asks(&gate);
    let own = shown(&phone);
    let cases = [
        ("https://example.org/", 0, "not-a-challenge"),
        ("", 0, "not-a-challenge"),
        (own.as_str(), 0, "not-a-challenge"),
        (&good[..good.len() - 3], 0, "not-a-challenge"),
        (&good.replace("TM1:", "TM2:"), 0, "prefix-version"),
        (&good, 240, "expired"),
        (&good, -121, "not-yet-valid"),
    ];
    for (text, later, expected) in cases {
        phone.now = NOW.plus(later);
        phone.send(WalletEvent::ChallengeRead { text: text.into() });
        let notices: Vec<_> = phone.view().notices.iter().map(Reason::code).filter(|code| *code != "clock-wrong").collect();
        assert_eq!(notices, [expected], "{text}");
        assert_eq!((code(&phone).answering.clone(), code(&phone).qr.is_some()), (None, true), "{text}");
        phone.send(WalletEvent::NoticeDismissed);
    }
    phone.now = NOW;
    phone.send(WalletEvent::ChallengeRead { text: "no".into() });
    phone.send(WalletEvent::ChallengeRead { text: good });
    assert!(phone.view().notices.is_empty(), "the good one after all");
}

#[test]
fn an_answer_takes_the_place_of_an_earlier_one() {
    let world = World::new(NOW);
    let (mut one, mut two, mut phone) = (gate(&world), gate(&world), phone(&world));
    answer(&mut phone, &one);
    let text = answer(&mut phone, &two);
    assert_eq!(told(&mut one, &text), "invalid nonce-mismatch");
    assert_eq!(told(&mut two, &text), "pass");
}

#[test]
fn clocks_may_differ_by_two_minutes() {
    let world = World::new(NOW);
    let mut phone = phone(&world);
    for ahead in [-119, -60, 60, 119] {
        let mut gate = gate(&world);
        phone.now = NOW.plus(ahead);
        let text = answer(&mut phone, &gate);
        assert_eq!(told(&mut gate, &text), "pass", "{ahead} s");
        let left = code(&phone).qr.as_ref().unwrap().expires_at.since(phone.now);
        assert!((60..=120).contains(&left), "{ahead} s: {left} s left");
        phone.send(WalletEvent::EverydayAsked);
    }
}

#[test]
fn without_a_code_there_is_no_answer() {
    let world = World::new(NOW);
    let gate = gate(&world);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.send(WalletEvent::ChallengeRead { text: asks(&gate) });
    phone.send(WalletEvent::EverydayAsked);
    assert!(matches!(phone.view().screen, WalletScreen::Apply(_)) && phone.view().notices.is_empty());
}

#[test]
fn a_busy_gate_forgets_the_oldest_challenges_first() {
    let world = World::new(NOW);
    let (mut gate, mut phone) = (gate(&world), phone(&world));
    let first = answer(&mut phone, &gate);
    assert_eq!(told(&mut gate, &first), "pass");
    let mut last = first.clone();
    for _ in 0..61 {
        last = answer(&mut phone, &gate);
        assert_eq!(told(&mut gate, &last), "pass");
    }
    assert_eq!(told(&mut gate, &last), "pass");
    assert_eq!(told(&mut gate, &first), "invalid nonce-mismatch");
}
