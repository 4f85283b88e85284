//! A person with a phone lets a guardian's phone show the code: asked for, reduced, granted, shown, taken back.
#![cfg(feature = "cli")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/phones.rs"]
mod phones;
#[path = "support/picture.rs"]
mod picture;
#[path = "support/shell.rs"]
mod shell;

use phones::{DAY, NOW, Phone, back, code, enter, exchange, two, verdict};
use shell::{Device, Network, World};
use tongma::{
    app::{
        ShellEvent,
        verifier::{Verifier, VerifierEvent},
        wallet::{DelegationsView, ExchangeEvent, RoomEvent, RoomName, RoomView, SafetyEvent, WalletEvent, WalletScreen},
    },
    reason::Reason,
    roles::Outcome,
    token::{ClaimName, Relation},
};

fn view(phone: &Phone<'_>) -> DelegationsView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Delegations(view) } => view.as_ref().clone(),
        other => panic!("not in the room of delegations but {other:?}"),
    }
}

fn asks(guardian: &mut Phone<'_>, scope: &[ClaimName], days: u32) -> String {
    enter(guardian, RoomName::Delegations);
    let asked = ExchangeEvent::Asked { name: "李四".into(), guardian: Some(Relation::Child), scope: scope.into(), days };
    exchange(guardian, asked);
    view(guardian).exchange.request.expect("a request").text
}

fn read(phone: &mut Phone<'_>, text: &str) -> Option<&'static str> {
    exchange(phone, ExchangeEvent::Read { text: text.into() });
    view(phone).exchange.problem.as_ref().map(Reason::code)
}

fn grants(holder: &mut Phone<'_>, request: &str, days: u32) -> String {
    enter(holder, RoomName::Delegations);
    assert_eq!(read(holder, request), None);
    exchange(holder, ExchangeEvent::Agreed { scope: Vec::new(), days });
    view(holder).exchange.grant.expect("a grant").text
}

/// A guardian who holds what was granted for a day.
fn granted(world: &World) -> (Phone<'_>, Phone<'_>) {
    let (mut holder, mut guardian) = two(world);
    let request = asks(&mut guardian, &[], 1);
    let grant = grants(&mut holder, &request, 1);
    assert_eq!(read(&mut guardian, &grant), None);
    (holder, guardian)
}

fn shows(guardian: &mut Phone<'_>) {
    enter(guardian, RoomName::Delegations);
    let id = view(guardian).grants[0].id.clone();
    exchange(guardian, ExchangeEvent::Shown { id });
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
    let held = view(&guardian).grants;
    assert_eq!(
        (held.len(), held[0].name.as_str(), held[0].guardian, held[0].expires_at),
        (1, "甲**", Some(Relation::Child), NOW.plus(DAY))
    );
    assert_eq!(view(&guardian).exchange.request, None);
    shows(&mut guardian);
    assert_eq!((code(&guardian).guardian, code(&guardian).name.as_str()), (Some(Relation::Child), "甲**"));
    let shown = verdict(&mut gate, &guardian);
    assert_eq!((shown.outcome, shown.guardian), (Outcome::Pass, Some(Relation::Child)));
    // It renews itself as any code, to the end of the permission, and then says so.
    guardian.pass(DAY - 60);
    assert_eq!(code(&guardian).qr.as_ref().unwrap().expires_at, NOW.plus(DAY));
    guardian.pass(3600);
    assert!(matches!(guardian.view().screen, WalletScreen::Apply(_)));
    assert_eq!(guardian.view().notices.iter().map(Reason::code).collect::<Vec<_>>(), ["expired"]);
    enter(&mut guardian, RoomName::Delegations);
    assert!(view(&guardian).grants[0].over);
    // What is over goes by itself after a while, and its key with it.
    guardian.now = NOW.plus(9 * DAY);
    guardian.open();
    enter(&mut guardian, RoomName::Delegations);
    assert_eq!((view(&guardian).grants.len(), guardian.keys.len()), (0, 0));
}

#[test]
fn beside_the_own_code_it_is_shown_for_a_while_and_goes_at_the_next_opening() {
    let world = World::new(NOW);
    let mut holder = Phone::new(&world, NOW);
    holder.apply_with("0");
    let mut guardian = Phone::new(&world, NOW);
    guardian.open();
    guardian.fill();
    guardian.enter(tongma::app::wallet::ApplyField::DocumentNumber, "110105194912310038");
    guardian.enter(tongma::app::wallet::ApplyField::Name, "丁戊");
    guardian.submit();
    assert_eq!(code(&guardian).name, "丁*");
    let request = asks(&mut guardian, &[], 1);
    let grant = grants(&mut holder, &request, 1);
    assert_eq!(read(&mut guardian, &grant), None);
    shows(&mut guardian);
    guardian.pass(1800);
    guardian.shell(ShellEvent::Shown);
    assert_eq!((code(&guardian).name.as_str(), code(&guardian).document_number.as_str()), ("甲**", ""));
    guardian.send(WalletEvent::EverydayAsked);
    assert_eq!((code(&guardian).name.as_str(), code(&guardian).guardian), ("丁*", None));
    shows(&mut guardian);
    guardian.open();
    assert_eq!(code(&guardian).name, "丁*", "at every opening the own code");
    // The key is gone: the own code is there again, and why is told.
    shows(&mut guardian);
    guardian.keys.retain(|slot, _| !slot.starts_with("delegate"));
    guardian.pass(1800);
    assert_eq!(code(&guardian).name, "丁*");
    assert_eq!(guardian.view().notices.iter().map(Reason::code).collect::<Vec<_>>(), ["key-unusable"]);
    // Thrown away.
    enter(&mut guardian, RoomName::Delegations);
    let id = view(&guardian).grants[0].id.clone();
    exchange(&mut guardian, ExchangeEvent::Removed { id });
    assert_eq!(view(&guardian).grants, []);
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
    shows(&mut guardian);
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
    let (mut holder, mut guardian) = granted(&world);
    holder.network = Network::Up;
    enter(&mut holder, RoomName::Renewal);
    holder.send(WalletEvent::Room(RoomEvent::RenewalAsked));
    enter(&mut holder, RoomName::Delegations);
    assert!(!view(&holder).given[0].over);
    gate.send(VerifierEvent::RefreshAsked);
    shows(&mut guardian);
    assert_eq!(verdict(&mut gate, &guardian).outcome, Outcome::Pass);
}

#[test]
fn a_lock_seals_what_was_granted_and_takes_somebody_elses_code_from_the_screen() {
    let world = World::new(NOW);
    let (_, mut guardian) = granted(&world);
    enter(&mut guardian, RoomName::Safety);
    let on = SafetyEvent::LockTurnedOn { passcode: "135790".into(), show_code: true, close_after_s: 60 };
    guardian.send(WalletEvent::Room(RoomEvent::Safety(on)));
    assert!(guardian.records.values().all(|record| {
        let bytes = tongma::text::from_base64url(record).unwrap();
        !String::from_utf8_lossy(&bytes).contains("TM1:")
    }));
    shows(&mut guardian);
    assert!(code(&guardian).guardian.is_some());
    guardian.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::LockNow)));
    assert!(matches!(guardian.view().screen, WalletScreen::Locked(_)));
    exchange(&mut guardian, ExchangeEvent::Shown { id: String::new() });
    assert!(matches!(guardian.view().screen, WalletScreen::Locked(_)));
}
