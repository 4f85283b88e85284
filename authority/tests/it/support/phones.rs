//! Two phones with a wallet each, and a gate: what tests of codes going from one to the other have in common.
#![allow(dead_code)]

use super::{
    picture::read_back,
    shell::{Device, Network, World},
};
use tongma::{
    app::{
        verifier::{Source, Verifier, VerifierEvent, VerifierScreen},
        wallet::{CodeView, DelegationsView, ExchangeEvent, RoomEvent, RoomName, RoomView, Wallet, WalletEvent, WalletScreen},
    },
    roles::Verdict,
    time::UnixTime,
    token::Relation,
};

pub const NOW: UnixTime = UnixTime(1_800_000_000);
pub const DAY: i64 = 86_400;

pub type Phone<'w> = Device<'w, Wallet>;

/// A phone with a code, and one that has only opened the page; both without a network from now on.
pub fn two(world: &World) -> (Phone<'_>, Phone<'_>) {
    let (mut holder, mut other) = (Phone::new(world, NOW), Phone::new(world, NOW));
    holder.apply_with("0");
    other.open();
    other.kept = true;
    (holder.network, other.network) = (Network::Down, Network::Down);
    other.fetched.clear();
    (holder, other)
}

pub fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

pub fn back(phone: &mut Phone<'_>) {
    for _ in 0..2 {
        phone.send(WalletEvent::Room(RoomEvent::Left));
    }
}

pub fn exchange(phone: &mut Phone<'_>, event: ExchangeEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Exchange(event)));
}

pub fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        other => panic!("no code but {other:?}"),
    }
}

/// The holder lets the other phone show the code for a day; it is in front there then.
pub fn lend(holder: &mut Phone<'_>, guardian: &mut Phone<'_>, relation: Relation) {
    enter(guardian, RoomName::Delegations);
    exchange(guardian, ExchangeEvent::Asked { name: "李四".into(), guardian: Some(relation), scope: Vec::new(), days: 1 });
    let request = delegations(guardian).exchange.request.expect("a request").text;
    enter(holder, RoomName::Delegations);
    exchange(holder, ExchangeEvent::Read { text: request });
    exchange(holder, ExchangeEvent::Agreed { scope: Vec::new(), days: 1 });
    let grant = delegations(holder).exchange.grant.expect("a grant").text;
    exchange(guardian, ExchangeEvent::Read { text: grant });
    assert_eq!(code(guardian).guardian, Some(relation));
}

pub fn delegations(phone: &Phone<'_>) -> DelegationsView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Delegations(view) } => view.as_ref().clone(),
        other => panic!("not in the room of delegations but {other:?}"),
    }
}

/// What a gate says of the code that a phone shows.
pub fn verdict(gate: &mut Device<'_, Verifier>, phone: &Phone<'_>) -> Verdict {
    let text = read_back(code(phone).qr.as_ref().unwrap());
    gate.send(VerifierEvent::TextRead { text, source: Source::Paste });
    match &gate.view().screen {
        VerifierScreen::Verdict { verdict, .. } => verdict.clone(),
        other => panic!("no verdict but {other:?}"),
    }
}
