//! A person with a phone lets a guardian's phone show the code: asked for, reduced, granted, shown, taken back.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::family;
use crate::support::phones;
use crate::support::picture;
use crate::support::shell;
use family::{passes, people};
use phones::{DAY, NOW, Phone, back, code, delegations as view, enter, exchange, two, verdict};
use shell::{Device, Network, World};
use tongma::{
    app::{
        ShellEvent,
        verifier::{Verifier, VerifierEvent},
        wallet::{
            ApplyField, ApplyView, DiaryEvent, ExchangeEvent, GroupEvent, PeopleEvent, RoomEvent, RoomName, RoomView, SafetyEvent, Sign,
            WalletEvent, WalletScreen,
        },
    },
    reason::Reason,
    roles::Outcome,
    token::{
        Challenge, ClaimName, Relation,
        challenge::{StatedPlace, audience},
    },
};

fn asks(guardian: &mut Phone<'_>, scope: &[ClaimName], days: u32) -> String {
    enter(guardian, RoomName::Delegations);
    let asked = ExchangeEvent::Asked { name: "李四".into(), guardian: Some(Relation::Child), scope: scope.into(), days };
    exchange(guardian, asked);
    view(guardian).exchange.request.expect("a request").text
}

fn read(phone: &mut Phone<'_>, text: &str) -> Option<&'static str> {
    exchange(phone, ExchangeEvent::Read { text: text.into() });
    match &phone.view().screen {
        // What was granted is on the screen.
        WalletScreen::Code(_) => None,
        _ => view(phone).exchange.problem.as_ref().map(Reason::code),
    }
}

fn grants(holder: &mut Phone<'_>, request: &str, days: u32) -> String {
    enter(holder, RoomName::Delegations);
    assert_eq!(read(holder, request), None);
    exchange(holder, ExchangeEvent::Agreed { scope: Vec::new(), days });
    view(holder).exchange.grant.expect("a grant").text
}

/// A guardian who holds what was granted for a day, and shows it.
fn granted(world: &World) -> (Phone<'_>, Phone<'_>) {
    let (mut holder, mut guardian) = two(world);
    lends(&mut holder, &mut guardian);
    (holder, guardian)
}

fn lends(holder: &mut Phone<'_>, guardian: &mut Phone<'_>) {
    let request = asks(guardian, &[], 1);
    let grant = grants(holder, &request, 1);
    assert_eq!(read(guardian, &grant), None);
}

/// A guardian with a code of the own; the lent one is in front.
fn beside_the_own(world: &World) -> (Phone<'_>, Phone<'_>) {
    let mut holder = Phone::new(world, NOW);
    holder.apply_with("0");
    let mut guardian = Phone::new(world, NOW);
    guardian.open();
    guardian.fill();
    guardian.enter(ApplyField::DocumentNumber, "110105194912310038");
    guardian.enter(ApplyField::Name, "丁戊");
    guardian.submit();
    assert_eq!(code(&guardian).name, "丁*");
    lends(&mut holder, &mut guardian);
    (holder, guardian)
}

fn brings(phone: &mut Phone<'_>, number: u32) {
    passes(phone);
    people(phone, PeopleEvent::Brought { number });
}

/// The screen in place of a lent code that can't be shown any more.
fn form<'p>(phone: &'p Phone<'_>) -> &'p ApplyView {
    match &phone.view().screen {
        WalletScreen::Apply(form) => form,
        other => panic!("not at the form but {other:?}"),
    }
}

/// Names of the keys that others allow this phone to show something with.
fn lent_keys(phone: &Phone<'_>) -> usize {
    phone.keys.keys().filter(|slot| slot.starts_with("delegate-")).count()
}

#[test]
fn a_guardian_shows_what_the_holder_allowed_and_a_gate_sees_it() {
    let world = World::new(NOW);
    let mut gate = Device::<Verifier>::new(&world, NOW);
    gate.open();
    let (mut holder, mut guardian) = two(&world);
    let request = asks(&mut guardian, &[ClaimName::Name, ClaimName::Test], 30);
    enter(&mut holder, RoomName::Delegations);
    assert_eq!(read(&mut holder, &request), None);
    let asked = view(&holder).exchange.asked.unwrap();
    assert_eq!((asked.name.as_str(), asked.guardian, asked.days), ("李四", Some(Relation::Child), 30));
    assert_eq!(asked.scope, [], "the everyday code keeps nothing back that could be allowed");
    // Less than was asked for.
    exchange(&mut holder, ExchangeEvent::Agreed { scope: Vec::new(), days: 1 });
    let given = view(&holder).given;
    assert_eq!((given.len(), given[0].name.as_str(), given[0].expires_at, given[0].over), (1, "李四", NOW.plus(DAY), false));
    let grant = view(&holder).exchange.grant.unwrap().text;

    assert_eq!(read(&mut guardian, &grant), None);
    let shown = code(&guardian);
    assert_eq!((shown.guardian, shown.name.as_str(), shown.credential_expires_at), (Some(Relation::Child), "甲**", NOW.plus(DAY)));
    assert_eq!(shown.whom.unwrap().relation, Some(Relation::Child), "said large, as for every pass of several");
    let shown = verdict(&mut gate, &guardian);
    assert_eq!((shown.outcome, shown.guardian), (Outcome::Pass, Some(Relation::Child)));
    // A pass among the others.
    let listed = passes(&mut guardian);
    assert_eq!(listed.iter().map(|pass| (pass.name.as_str(), pass.lent.is_some())).collect::<Vec<_>>(), [("甲**", true), ("", false)]);
    assert_eq!((listed[0].expires_at, listed[0].reached, listed[0].whom.sign), (Some(NOW.plus(DAY)), None, Sign::Square));
    enter(&mut guardian, RoomName::Delegations);
    assert_eq!(view(&guardian).exchange.request, None, "what was asked for is answered");
    back(&mut guardian);
    // It renews itself as any code, to the end of the permission, and then says so; nothing is applied for in its place.
    guardian.pass(DAY - 60);
    assert_eq!(code(&guardian).qr.as_ref().unwrap().expires_at, NOW.plus(DAY));
    guardian.pass(3600);
    for _ in 0..2 {
        let over = form(&guardian);
        assert!(over.lent && over.others && !over.renewing);
        assert_eq!(over.replaced, Some(Reason::Expired { layer: tongma::reason::Layer::Delegation, expired_at: NOW.plus(DAY) }));
        guardian.fill();
        guardian.submit();
        guardian.open();
    }
    assert!(guardian.fetched.iter().all(|path| path == "bundle.cbor"), "{:?}", guardian.fetched);
    // Asked for once more, it takes the place of the former one.
    holder.now = guardian.now;
    lends(&mut holder, &mut guardian);
    assert_eq!(code(&guardian).name, "甲**");
    let again = passes(&mut guardian);
    assert_eq!((again.len(), again[0].whom.sign, again[0].person, lent_keys(&guardian)), (2, Sign::Square, 1, 1));
    // What is over goes by itself after a while, and its key with it.
    brings(&mut guardian, 0);
    guardian.now = NOW.plus(11 * DAY);
    guardian.open();
    assert_eq!((passes(&mut guardian).len(), guardian.keys.len()), (1, 0));
}

#[test]
fn beside_the_own_code_it_is_one_more_pass_and_what_was_used_last_opens_first() {
    let world = World::new(NOW);
    let (_, mut guardian) = beside_the_own(&world);
    guardian.pass(1800);
    guardian.shell(ShellEvent::Shown);
    assert_eq!((code(&guardian).name.as_str(), code(&guardian).document_number.as_str()), ("甲**", ""));
    guardian.open();
    assert_eq!(code(&guardian).name, "甲**");
    brings(&mut guardian, 0);
    assert_eq!((code(&guardian).name.as_str(), code(&guardian).guardian), ("丁*", None));
    guardian.open();
    assert_eq!(code(&guardian).name, "丁*");
    // Nothing is entered, renewed, passed on or taken back for somebody who only lets the code be shown.
    brings(&mut guardian, 1);
    guardian.fetched.clear();
    enter(&mut guardian, RoomName::Menu);
    let WalletScreen::Room { room: RoomView::Menu(menu) } = &guardian.view().screen else { panic!() };
    assert!(menu.lent);
    enter(&mut guardian, RoomName::Diary);
    guardian.send(WalletEvent::Room(RoomEvent::Diary(DiaryEvent::Sent)));
    guardian.send(WalletEvent::Room(RoomEvent::RenewalAsked));
    enter(&mut guardian, RoomName::Delegations);
    guardian.fetched.clear();
    exchange(&mut guardian, ExchangeEvent::EndedAll);
    assert!(view(&guardian).exchange.lent && !view(&guardian).exchange.moved && !view(&guardian).ending);
    assert_eq!(guardian.fetched, [""; 0]);
    back(&mut guardian);
    // The key is gone: why is told, and the own code is there.
    guardian.keys.retain(|slot, _| !slot.starts_with("delegate"));
    guardian.pass(1800);
    assert!(form(&guardian).lent);
    assert_eq!(form(&guardian).replaced.as_ref().map(Reason::code), Some("key-unusable"));
    passes(&mut guardian);
    people(&mut guardian, PeopleEvent::RemovalAsked { number: 1 });
    people(&mut guardian, PeopleEvent::RemovalConfirmed);
    assert_eq!(passes(&mut guardian).iter().map(|pass| pass.name.as_str()).collect::<Vec<_>>(), ["丁*"]);
    back(&mut guardian);
    assert_eq!(code(&guardian).name, "丁*");
}

#[test]
fn killed_at_any_moment_the_permission_is_there_or_can_be_scanned_again() {
    let world = World::new(NOW);
    for effects in 0.. {
        let (mut holder, mut guardian) = two(&world);
        let request = asks(&mut guardian, &[], 1);
        let grant = grants(&mut holder, &request, 1);
        guardian.killed_after = Some(effects);
        exchange(&mut guardian, ExchangeEvent::Read { text: grant.clone() });
        let done = !guardian.dead;
        guardian.killed_after = None;
        guardian.open();
        if matches!(guardian.view().screen, WalletScreen::Apply(_)) {
            enter(&mut guardian, RoomName::Delegations);
            assert_eq!(read(&mut guardian, &grant), None, "after {effects}");
        }
        assert_eq!(code(&guardian).name, "甲**", "after {effects}");
        // Whatever was left of the request goes, and the key with which the code is shown stays.
        brings(&mut guardian, 0);
        enter(&mut guardian, RoomName::Delegations);
        exchange(&mut guardian, ExchangeEvent::Dropped);
        brings(&mut guardian, 1);
        assert!(code(&guardian).qr.is_some() && lent_keys(&guardian) == 1, "after {effects}");
        if done {
            assert!(effects > 5);
            return;
        }
    }
}

#[test]
fn nothing_more_than_asked_for_is_granted_and_nothing_to_oneself() {
    let world = World::new(NOW);
    let (mut holder, mut guardian) = two(&world);
    let request = asks(&mut guardian, &[ClaimName::Name], 3);
    enter(&mut holder, RoomName::Delegations);
    assert_eq!(read(&mut holder, &request), None);
    exchange(&mut holder, ExchangeEvent::Agreed { scope: vec![ClaimName::Document], days: 3 });
    assert_eq!(view(&holder).exchange.problem, Some(Reason::DelegationScope));
    assert_eq!((view(&holder).exchange.grant, view(&holder).given.len()), (None, 0));
    assert_eq!(read(&mut holder, &request), None);
    exchange(&mut holder, ExchangeEvent::Agreed { scope: Vec::new(), days: 180 });
    assert_eq!(view(&holder).given[0].expires_at, NOW.plus(3 * DAY), "for as long as was asked for at most");
    exchange(&mut holder, ExchangeEvent::Closed);
    assert_eq!(view(&holder).exchange.grant, None);
    assert_eq!(read(&mut holder, &request), Some("request-answered"));
    // One's own request, read by another room of the same phone.
    let own = asks(&mut holder, &[], 1);
    enter(&mut holder, RoomName::Moving);
    exchange(&mut holder, ExchangeEvent::Read { text: own });
    let WalletScreen::Room { room: RoomView::Moving(moving) } = &holder.view().screen else { panic!() };
    assert_eq!((moving.problem.clone(), moving.asked.clone()), (Some(Reason::DelegationToSelf), None));
    // What can't be asked for.
    enter(&mut guardian, RoomName::Delegations);
    exchange(&mut guardian, ExchangeEvent::Dropped);
    assert_eq!((view(&guardian).exchange.request, guardian.keys.len()), (None, 0));
    for (name, days, expected) in [(" ", 1, "field-empty"), ("李四", 181, "delegation-too-long"), ("李四", 0, "times-inconsistent")] {
        exchange(&mut guardian, ExchangeEvent::Asked { name: name.into(), guardian: Some(Relation::Other), scope: Vec::new(), days });
        assert_eq!(view(&guardian).exchange.problem.as_ref().map(Reason::code), Some(expected));
    }
    assert_eq!(guardian.keys.len(), 0);
}

#[test]
fn taken_back_the_former_code_ends_with_every_permission_on_it() {
    let world = World::new(NOW);
    let mut gate = Device::<Verifier>::new(&world, NOW);
    gate.open();
    let (mut holder, mut guardian) = granted(&world);
    // With no network it waits, also over a restart.
    enter(&mut holder, RoomName::Delegations);
    exchange(&mut holder, ExchangeEvent::EndedAll);
    assert!(view(&holder).ending && !view(&holder).given[0].over);
    assert_eq!(view(&holder).waiting_for, Some(Reason::Offline));
    holder.open();
    holder.now = NOW.plus(60);
    holder.network = Network::Up;
    holder.shell(ShellEvent::Shown);
    enter(&mut holder, RoomName::Delegations);
    let after = view(&holder);
    assert!(!after.ending && after.given[0].withdrawn && after.given[0].over, "{after:?}");
    assert_eq!(verdict(&mut gate, &guardian).outcome, Outcome::Pass, "a gate that has not heard of it");
    gate.send(VerifierEvent::RefreshAsked);
    guardian.pass(900);
    gate.now = guardian.now;
    assert_eq!(verdict(&mut gate, &guardian).reason.as_deref(), Some("revoked"));
    back(&mut holder);
    assert_eq!(verdict(&mut gate, &holder).outcome, Outcome::Pass, "the holder has a code all the time");
    // What is given from now on is good.
    holder.now = guardian.now;
    let request = asks(&mut guardian, &[], 1);
    let grant = grants(&mut holder, &request, 1);
    assert_eq!(read(&mut guardian, &grant), None);
    assert!(!view(&holder).given[0].withdrawn);
}

#[test]
fn an_ordinary_renewal_ends_nothing_that_was_given() {
    let world = World::new(NOW);
    let mut gate = Device::<Verifier>::new(&world, NOW);
    gate.open();
    let (mut holder, guardian) = granted(&world);
    holder.network = Network::Up;
    enter(&mut holder, RoomName::Renewal);
    holder.send(WalletEvent::Room(RoomEvent::RenewalAsked));
    enter(&mut holder, RoomName::Delegations);
    assert!(!view(&holder).given[0].over);
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(verdict(&mut gate, &guardian).outcome, Outcome::Pass);
}

#[test]
fn a_lock_seals_what_was_granted_and_a_backup_leaves_it_out() {
    let world = World::new(NOW);
    let (_, mut guardian) = beside_the_own(&world);
    brings(&mut guardian, 0);
    enter(&mut guardian, RoomName::Safety);
    let passphrase = "甲乙丙丁 correct horse";
    guardian.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::BackupAsked { passphrase: passphrase.into() })));
    let WalletScreen::Room { room: RoomView::Safety(safety) } = &guardian.view().screen else { panic!() };
    let file = safety.backup.clone().unwrap().text;
    let mut other = Phone::new(&world, NOW);
    other.open();
    enter(&mut other, RoomName::Safety);
    other.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::RestoreAsked { file, passphrase: passphrase.into() })));
    assert_eq!(passes(&mut other).len(), 1, "its key stayed behind, and nobody else can ask for it");

    let on = SafetyEvent::LockTurnedOn { passcode: "135790".into(), show_code: true, close_after_s: 60 };
    guardian.send(WalletEvent::Room(RoomEvent::Safety(on)));
    assert!(guardian.records.values().all(|record| {
        let bytes = tongma::text::from_base64url(record).unwrap();
        !String::from_utf8_lossy(&bytes).contains("TM1:")
    }));
    // The code may be shown, and is the one that was in front.
    brings(&mut guardian, 1);
    guardian.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::LockNow)));
    assert_eq!((code(&guardian).guardian, code(&guardian).whom.unwrap().relation), (Some(Relation::Child), Some(Relation::Child)));
    guardian.open();
    assert_eq!(code(&guardian).name, "甲**");
}

/// A gate of a school asks for an answer to its challenge.
fn challenge(at: tongma::time::UnixTime, nonce: u8) -> String {
    let place = StatedPlace { kind: "school".into(), region: 360_100, name: Some("第一小学".into()) };
    let expires_at = at.plus(120);
    Challenge { audience: audience([5; 8]), nonce: [nonce; 16], issued_at: at, expires_at, place: Some(place), poster: None }.to_text()
}

#[test]
fn what_was_shown_for_somebody_is_noted_and_listed_where_that_person_wants_it() {
    let world = World::new(NOW);
    let (mut holder, mut guardian) = beside_the_own(&world);
    // Shown, renewed on the screen, and again later; for a school's gate in between.
    guardian.pass(800);
    guardian.send(WalletEvent::ChallengeRead { text: challenge(guardian.now, 1) });
    guardian.pass(7200);
    guardian.open();
    enter(&mut guardian, RoomName::Delegations);
    let noted = view(&guardian).showings;
    let places: Vec<_> = noted.iter().map(|showing| showing.place.as_ref().and_then(|place| place.name.as_deref())).collect();
    assert_eq!(places, [None, Some("第一小学"), None], "{noted:?}");
    assert_eq!((noted[2].at, noted[2].until), (NOW, NOW.plus(780)));
    assert_eq!(noted[0].at, NOW.plus(800 + 120));
    assert!(noted.iter().all(|showing| showing.disclosed == [ClaimName::Name]), "{noted:?}");
    assert!(view(&guardian).behalf);

    // The person whose code it is wants to know.
    exchange(&mut guardian, ExchangeEvent::Told);
    let told = view(&guardian).exchange.told.unwrap();
    assert!(told.qr.as_ref().unwrap().version <= 10, "{:?}", told.qr.as_ref().map(|qr| qr.version));
    assert_eq!(picture::read_back(told.qr.as_ref().unwrap()), told.text);
    exchange(&mut guardian, ExchangeEvent::Closed);
    assert_eq!(view(&guardian).exchange.told, None);
    enter(&mut holder, RoomName::Delegations);
    assert_eq!(view(&holder).given[0].showings, []);
    for _ in 0..2 {
        assert_eq!(read(&mut holder, &told.text), None);
        assert_eq!(view(&holder).given[0].showings, noted);
    }
    holder.open();
    enter(&mut holder, RoomName::Delegations);
    assert_eq!(view(&holder).given[0].showings, noted);
    // A list for somebody else, and one of a permission that this phone never gave.
    let (mut stranger, _) = two(&world);
    enter(&mut stranger, RoomName::Delegations);
    assert_eq!(read(&mut stranger, &told.text), Some("grant-mismatch"));
    // The own code is shown for nobody.
    brings(&mut guardian, 0);
    enter(&mut guardian, RoomName::Delegations);
    exchange(&mut guardian, ExchangeEvent::Told);
    let own = view(&guardian);
    assert!(!own.behalf && own.showings.is_empty() && own.exchange.told.is_none());
    assert!(guardian.records.contains_key("showings-1") && !guardian.records.contains_key("showings"));
}

#[test]
fn the_log_of_a_ward_ends_after_thirty_days_and_goes_with_the_pass() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    family::family(&mut phone);
    let noted = |phone: &mut Phone<'_>| {
        enter(phone, RoomName::Delegations);
        view(phone).showings.len()
    };
    assert_eq!(noted(&mut phone), 1);
    // A group is shown for each of its members.
    enter(&mut phone, RoomName::Group);
    phone.now = NOW.plus(3600);
    phone.send(WalletEvent::Room(RoomEvent::Group(GroupEvent::Shown)));
    assert_eq!(noted(&mut phone), 2);
    brings(&mut phone, 1);
    assert_eq!(noted(&mut phone), 2, "that it is on the screen is the same showing");
    phone.now = NOW.plus(20 * DAY);
    phone.open();
    assert!(noted(&mut phone) >= 2);
    phone.now = NOW.plus(29 * DAY + 23 * 3600);
    brings(&mut phone, 0);
    phone.now = NOW.plus(30 * DAY + 3601);
    phone.open();
    brings(&mut phone, 2);
    assert_eq!(noted(&mut phone), 1, "what it showed today");
    passes(&mut phone);
    people(&mut phone, PeopleEvent::RemovalAsked { number: 1 });
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    assert!(!phone.records.contains_key("showings-1"));
    // A lock seals it.
    enter(&mut phone, RoomName::Safety);
    let on = SafetyEvent::LockTurnedOn { passcode: "135790".into(), show_code: true, close_after_s: 60 };
    phone.send(WalletEvent::Room(RoomEvent::Safety(on)));
    let sealed = tongma::text::from_base64url(&phone.records["showings-2"]).unwrap();
    assert_eq!(sealed[0], 1);
    phone.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::LockNow)));
    phone.now = phone.now.plus(7200);
    phone.shell(ShellEvent::Shown);
    phone.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::Unlock { passcode: "135790".into() })));
    assert!(noted(&mut phone) >= 1, "what is shown while it is locked can't be noted");
}
