//! People who walk together, as a wallet shows them: the passes of one phone as one group, read by a gate.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::family;
use crate::support::phones;
use crate::support::picture;
use crate::support::shell;
use family::{CHILD, bring, family, people};
use phones::{DAY, NOW, Phone, enter};
use picture::read_back;
use shell::{Device, World};
use tongma::{
    app::{
        ShellEvent,
        verifier::{Source, Verifier, VerifierEvent, VerifierScreen},
        wallet::{
            ApplyField, GroupEvent, GroupView, PeopleEvent, RoomEvent, RoomName, RoomView, SafetyEvent, Sign, WalletEvent, WalletScreen,
        },
    },
    policy::colour::Status,
    reason::Reason,
    token::{Colour, DocumentKind, Relation},
};
use tongma_authority::{Decider, Finding};

fn view<'p>(phone: &'p Phone<'_>) -> &'p GroupView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Group(view) } => view,
        other => panic!("not in the room of the group but {other:?}"),
    }
}

fn group(phone: &mut Phone<'_>, event: GroupEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Group(event)));
}

/// Names of those who walk along.
fn along<'p>(phone: &'p Phone<'_>) -> Vec<&'p str> {
    view(phone).members.iter().filter(|member| member.along).map(|member| member.name.as_str()).collect()
}

/// The texts of the codes that are shown.
fn shown(phone: &mut Phone<'_>) -> Vec<String> {
    enter(phone, RoomName::Group);
    group(phone, GroupEvent::Shown);
    texts(phone)
}

fn texts(phone: &Phone<'_>) -> Vec<String> {
    view(phone).codes.iter().map(|code| read_back(&code.qr)).collect()
}

/// What a gate says after it has read these.
fn told<'t>(gate: &mut Device<'_, Verifier>, texts: impl IntoIterator<Item = &'t String>) -> String {
    gate.now = gate.now.plus(10);
    for text in texts {
        gate.send(VerifierEvent::TextRead { text: text.clone(), source: Source::Camera });
    }
    match &gate.view().screen {
        VerifierScreen::Group { group, .. } => {
            let who = group.members.iter().map(|member| member.verdict.as_ref().and_then(|verdict| verdict.guardian));
            let all = [group.outcome.code()].into_iter().chain(group.reason.as_deref()).collect::<Vec<_>>().join(" ");
            format!("{all} {:?}", who.flatten().map(Relation::name).collect::<Vec<_>>())
        }
        VerifierScreen::Scanning { .. } => {
            gate.view().group.as_ref().map_or_else(String::new, |group| format!("{}/{}", group.have, group.of))
        }
        other => panic!("{other:?}"),
    }
}

fn gate(world: &World) -> Device<'_, Verifier> {
    let mut gate = Device::new(world, NOW);
    gate.open();
    gate
}

fn phone_of_family(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    family(&mut phone);
    phone
}

#[test]
fn a_family_is_shown_at_once_and_read_in_any_order() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    enter(&mut phone, RoomName::Group);
    assert_eq!(along(&phone), ["乙**", "甲**", "甲**"], "all of them, the one in front first");
    assert_eq!((view(&phone).pace_ms, view(&phone).most, view(&phone).codes.len()), (500, 30, 0));
    let texts = shown(&mut phone);
    assert!(
        view(&phone).codes.iter().all(|code| code.qr.version <= 15),
        "{:?}",
        view(&phone).codes.iter().map(|code| code.qr.version).max()
    );
    let mut gate = gate(&world);
    assert_eq!(told(&mut gate, [&texts[2], &texts[0], &texts[2]]), "2/3");
    assert_eq!(gate.view().group.as_ref().unwrap().members[1].name.as_deref(), Some("甲**"), "whoever is missing is named");
    assert_eq!(told(&mut gate, [&texts[1]]), r#"pass ["child", "parent"]"#);
    // Each showing is a group of its own.
    gate.send(VerifierEvent::Dismissed);
    let again = shown(&mut phone);
    told(&mut gate, [&again[0]]);
    gate.send(VerifierEvent::TextRead { text: texts[1].clone(), source: Source::Camera });
    assert!(matches!(&gate.view().screen, VerifierScreen::Verdict { verdict, .. } if verdict.reason.as_deref() == Some("group-mixed")));
}

#[test]
fn who_stays_is_not_shown_and_the_pace_is_kept() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    enter(&mut phone, RoomName::Group);
    group(&mut phone, GroupEvent::Chosen { number: 0, along: false });
    group(&mut phone, GroupEvent::PaceSet { ms: 1000 });
    group(&mut phone, GroupEvent::PaceSet { ms: 1 });
    assert_eq!((along(&phone), view(&phone).pace_ms), (vec!["乙**", "甲**"], 1000));
    group(&mut phone, GroupEvent::Shown);
    assert_eq!(told(&mut gate(&world), &texts(&phone)), r#"pass ["child", "parent"]"#);
    // Alone is no group.
    group(&mut phone, GroupEvent::Ended);
    group(&mut phone, GroupEvent::Chosen { number: 1, along: false });
    group(&mut phone, GroupEvent::Shown);
    assert_eq!(view(&phone).codes, []);
    phone.open();
    enter(&mut phone, RoomName::Group);
    assert_eq!((along(&phone).len(), view(&phone).pace_ms), (3, 1000));
    // Out by the way back: from the codes to the choice, to the list, to the code.
    group(&mut phone, GroupEvent::Shown);
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert_eq!(view(&phone).codes, []);
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(&phone.view().screen, WalletScreen::Room { room: RoomView::People(_) }));
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(&phone.view().screen, WalletScreen::Code(_)));
}

#[test]
fn the_codes_are_renewed_under_the_same_mark_as_long_as_they_are_shown() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let first = shown(&mut phone);
    let mut gate = gate(&world);
    phone.pass(780);
    let second = texts(&phone);
    assert!(first.iter().zip(&second).all(|(one, other)| one != other));
    assert!(view(&phone).codes.iter().all(|code| code.qr.expires_at == NOW.plus(780 + 900)));
    gate.now = NOW.plus(780);
    assert_eq!(
        told(&mut gate, [&first[0], &second[1], &second[2]]),
        r#"pass ["child", "parent"]"#,
        "the older is good for two minutes more"
    );
    phone.pass(1200);
    phone.shell(ShellEvent::Shown);
    assert!(view(&phone).codes.iter().all(|code| code.qr.expires_at > phone.now.plus(700)));
    // The code in front is made anew when it is there again.
    group(&mut phone, GroupEvent::Ended);
    phone.pass(3600);
    for _ in 0..2 {
        phone.send(WalletEvent::Room(RoomEvent::Left));
    }
    assert!(family::code(&phone).qr.as_ref().unwrap().expires_at > phone.now.plus(700));
}

#[test]
fn what_stands_against_somebody_is_told_before_anything_is_shown() {
    let world = World::new(NOW);
    let contact = Finding { status: Some(Status::CloseContact), ..Finding::default() };
    let by = Decider { by: "Dr. Li", why: "list of contacts" };
    world.authority.set_finding((DocumentKind::IdCard, CHILD[1].1), &contact, by, NOW).unwrap();
    let mut phone = phone_of_family(&world);
    enter(&mut phone, RoomName::Group);
    let colours: Vec<_> = view(&phone).members.iter().map(|member| member.colour).collect();
    assert_eq!(colours, [Some(Colour::Green), Some(Colour::Green), Some(Colour::Red)]);
    let texts = shown(&mut phone);
    assert_eq!(told(&mut gate(&world), &texts), r#"stop colour-red ["child", "parent"]"#, "one red among green");

    // Somebody who was not applied for yet, a key that is gone, and codes that are over.
    family::begin(&mut phone, Relation::Other, Sign::Moon);
    bring(&mut phone, "乙**");
    enter(&mut phone, RoomName::Group);
    assert_eq!(along(&phone).len(), 3);
    assert_eq!(view(&phone).members.last().unwrap().colour, None);
    let child = phone.keys.keys().nth(1).unwrap().clone();
    phone.keys.remove(&child);
    group(&mut phone, GroupEvent::Shown);
    assert_eq!(view(&phone).codes, []);
    let faults: Vec<_> = view(&phone).members.iter().filter_map(|member| member.fault.as_ref().map(Reason::code)).collect();
    assert_eq!((faults, along(&phone).len()), (vec!["key-unusable"], 2));
    group(&mut phone, GroupEvent::Shown);
    assert_eq!(view(&phone).codes.len(), 2, "the others go all the same");
    phone.now = NOW.plus(8 * DAY);
    phone.network = shell::Network::Down;
    phone.open();
    enter(&mut phone, RoomName::Group);
    assert!(view(&phone).members.iter().take(3).all(|member| !member.along && member.fault.as_ref().map(Reason::code) == Some("expired")));
    group(&mut phone, GroupEvent::Shown);
    assert_eq!(view(&phone).codes, []);
}

#[test]
fn somebody_whose_code_is_lent_walks_along_and_a_lock_ends_it() {
    let world = World::new(NOW);
    let mut holder = Phone::new(&world, NOW);
    holder.open();
    holder.fill();
    holder.enter(ApplyField::Name, "丁戊");
    holder.enter(ApplyField::DocumentNumber, "110105194912310038");
    holder.submit();
    let mut phone = phone_of_family(&world);
    phones::lend(&mut holder, &mut phone, Relation::Spouse);
    enter(&mut phone, RoomName::Group);
    assert_eq!(along(&phone), ["丁*", "甲**", "甲**", "乙**"]);
    let texts = shown(&mut phone);
    assert_eq!(told(&mut gate(&world), &texts), r#"pass ["spouse", "parent", "child"]"#);
    let on = SafetyEvent::LockTurnedOn { passcode: "135790".into(), show_code: true, close_after_s: 0 };
    enter(&mut phone, RoomName::Safety);
    phone.send(WalletEvent::Room(RoomEvent::Safety(on)));
    shown(&mut phone);
    phone.shell(ShellEvent::Hidden);
    phone.shell(ShellEvent::Shown);
    enter(&mut phone, RoomName::Group);
    group(&mut phone, GroupEvent::Shown);
    assert!(matches!(phone.view().screen, WalletScreen::Locked(_)), "somebody else's codes need the passcode");
    // Somebody goes away meanwhile.
    phone.send(WalletEvent::Room(RoomEvent::Safety(SafetyEvent::Unlock { passcode: "135790".into() })));
    people(&mut phone, PeopleEvent::RemovalAsked { number: 1 });
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    enter(&mut phone, RoomName::Group);
    assert_eq!(along(&phone), ["丁*", "甲**", "乙**"]);
}

/// A number of an identity card of somebody born in 2015, with its check digit.
fn card(serial: u32) -> String {
    let digits = format!("11010520150101{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", b"10X98765432"[sum as usize % 11] as char)
}

#[test]
fn a_class_of_thirty_where_the_trust_list_lets_a_phone_have_so_many() {
    let world = World::new(NOW);
    world.authority.set_people(30, NOW).unwrap();
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    let room = |phone: &mut Phone<'_>| {
        family::enter_people(phone);
        (family::people_view(phone).room, family::people_view(phone).most)
    };
    assert_eq!(room(&mut phone), (true, 20), "no room has read the trust list yet");
    enter(&mut phone, RoomName::Delegations);
    assert_eq!(room(&mut phone), (true, 30));
    for serial in 0..29 {
        let number = card(serial);
        let who = [(ApplyField::Name, "甲小宝"), (ApplyField::DocumentNumber, number.as_str())];
        family::add(&mut phone, Relation::Carer, Sign::Star, &who);
    }
    assert_eq!(room(&mut phone), (false, 30));
    let texts = shown(&mut phone);
    assert_eq!(texts.len(), 30);
    let told = told(&mut gate(&world), texts.iter().rev());
    assert!(told.starts_with("pass [") && told.matches("carer").count() == 29, "{told}");
}
