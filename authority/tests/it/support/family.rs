//! A family on one phone: a guardian, a child under 14, and an elder.
#![allow(dead_code, clippy::panic, clippy::unwrap_used)]

use super::shell::Device;
use tongma::{
    app::wallet::{
        ApplyField, CodeView, PassView, PeopleEvent, PeopleView, RoomEvent, RoomName, RoomView, Sign, Wallet, WalletEvent, WalletScreen,
    },
    token::Relation,
};

/// Born on 1 January 2015.
pub const CHILD: [(ApplyField, &str); 2] = [(ApplyField::Name, "甲小宝"), (ApplyField::DocumentNumber, "110105201501010025")];
/// Born in 1940.
pub const ELDER: [(ApplyField, &str); 2] = [(ApplyField::Name, "乙老太"), (ApplyField::DocumentNumber, "110105194001010034")];

pub fn people(phone: &mut Device<'_, Wallet>, event: PeopleEvent) {
    phone.send(WalletEvent::Room(RoomEvent::People(event)));
}

pub fn enter_people(phone: &mut Device<'_, Wallet>) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room: RoomName::People }));
}

/// Goes to the room and adds somebody; the form is there then.
pub fn begin(phone: &mut Device<'_, Wallet>, relation: Relation, sign: Sign) {
    enter_people(phone);
    people(phone, PeopleEvent::Added { relation, sign });
}

/// Fills the form in for somebody and sends it.
pub fn fill(phone: &mut Device<'_, Wallet>, who: &[(ApplyField, &str)]) {
    phone.fill();
    for (field, value) in who.iter().chain(&[(ApplyField::Guardian, "yes")]) {
        phone.enter(*field, value);
    }
    for _ in 0..4 {
        if matches!(phone.view().screen, WalletScreen::Apply(_)) {
            phone.send(WalletEvent::ApplySubmitted);
        }
    }
}

pub fn add(phone: &mut Device<'_, Wallet>, relation: Relation, sign: Sign, who: &[(ApplyField, &str)]) {
    begin(phone, relation, sign);
    fill(phone, who);
}

/// All passes, as the room shows them.
pub fn passes(phone: &mut Device<'_, Wallet>) -> Vec<PassView> {
    enter_people(phone);
    people_view(phone).passes.clone()
}

/// The same; none where the list could not be read.
pub fn passes_read(phone: &mut Device<'_, Wallet>) -> Option<Vec<PassView>> {
    enter_people(phone);
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::People(people) } => Some(people.passes.clone()),
        _ => None,
    }
}

pub fn people_view<'p>(phone: &'p Device<'_, Wallet>) -> &'p PeopleView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::People(people) } => people,
        other => panic!("not in the room of people: {other:?}"),
    }
}

/// Brings the pass of this name to the front.
pub fn bring(phone: &mut Device<'_, Wallet>, name: &str) {
    let number = passes(phone).into_iter().find(|pass| pass.name == name).unwrap_or_else(|| panic!("no pass of {name}")).number;
    people(phone, PeopleEvent::Brought { number });
}

pub fn code<'p>(phone: &'p Device<'_, Wallet>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        other => panic!("no code: {other:?}"),
    }
}

/// Own pass, a child's and an elder's; the elder's is in front.
pub fn family(phone: &mut Device<'_, Wallet>) {
    phone.open();
    phone.apply();
    add(phone, Relation::Parent, Sign::Star, &CHILD);
    add(phone, Relation::Child, Sign::House, &ELDER);
}
