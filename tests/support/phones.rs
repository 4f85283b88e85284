//! Two phones with a wallet each, and a gate: what tests of codes going from one to the other have in common.
#![allow(dead_code)]

use crate::{
    picture::read_back,
    shell::{Device, Network, World},
};
use tongma::{
    app::{
        verifier::{Source, Verifier, VerifierEvent, VerifierScreen},
        wallet::{CodeView, ExchangeEvent, RoomEvent, RoomName, Wallet, WalletEvent, WalletScreen},
    },
    roles::Verdict,
    time::UnixTime,
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

/// What a gate says of the code that a phone shows.
pub fn verdict(gate: &mut Device<'_, Verifier>, phone: &Phone<'_>) -> Verdict {
    let text = read_back(code(phone).qr.as_ref().unwrap());
    gate.send(VerifierEvent::TextRead { text, source: Source::Paste });
    match &gate.view().screen {
        VerifierScreen::Verdict { verdict, .. } => verdict.clone(),
        other => panic!("no verdict but {other:?}"),
    }
}
