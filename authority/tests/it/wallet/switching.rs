//! Another pass is brought to the front while something is under way for the one that is there: nothing lands in the wrong one.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::family;
use crate::support::picture;
use crate::support::shell;
use family::{code, enter_people, family, people};
use picture::read_back;
use serde_json::Value as Json;
use shell::{Device, World};
use std::collections::BTreeSet;
use tongma::{
    app::{
        ShellEvent,
        wallet::{DiaryEvent, DiaryField, PeopleEvent, RoomEvent, RoomName, RoomView, Sent, Wallet, WalletEvent, WalletScreen},
    },
    roles::{
        Outcome,
        verifier::{Expectation, TrustStore, verify},
    },
    text::from_base64url,
    time::UnixTime,
    token::{status::StatusList, trust::TrustBundle},
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const NAMES: [&str; 3] = ["甲**", "甲**", "乙**"];
const BATCH: usize = 7;

type Phone<'w> = Device<'w, Wallet>;

fn phone_of_family(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    family(&mut phone);
    phone
}

fn room(phone: &mut Phone<'_>, event: RoomEvent) {
    phone.send(WalletEvent::Room(event));
}

/// The keys that a pass's credentials are bound to.
fn slots(pass: &Json) -> impl Iterator<Item = &str> {
    let held = &pass["held"];
    let later = held["later"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|bound| &bound["slot"]);
    std::iter::once(&held["slot"]).chain(later).filter_map(Json::as_str)
}

fn json(text: &str) -> Json {
    serde_json::from_slice(&from_base64url(text).unwrap()).unwrap()
}

/// Each code is its person's, good at a gate, and every key that is there is one of a credential.
fn whole(phone: &mut Phone<'_>, told: &str) {
    let world = phone.world;
    let root = tongma::keys::PublicKey::from_sec1(&from_base64url(&world.deployment.root_key).unwrap()).unwrap();
    for (number, name) in (0..).zip(NAMES) {
        enter_people(phone);
        people(phone, PeopleEvent::Brought { number });
        let bundle = TrustBundle::open(&world.public("bundle.cbor").unwrap(), &root).unwrap();
        let list = StatusList::parse(&world.public("status/0.cbor").unwrap(), bundle.get()).unwrap().check_here().unwrap();
        let mut store = TrustStore::default();
        store.accept_bundle(bundle).unwrap();
        store.accept_list(list);
        let verdict = verify(&store, &Expectation::default(), &read_back(code(phone).qr.as_ref().unwrap()), phone.now);
        assert_eq!((verdict.outcome, verdict.disclosed["name"].as_str()), (Outcome::Pass, name), "{told}: {number}");
    }
    let beside: Vec<Json> = phone.records.iter().filter(|(name, _)| name.starts_with("pass")).map(|(_, record)| json(record)).collect();
    let state = json(phone.stored.as_ref().unwrap());
    let bound: Vec<&str> = beside.iter().chain([&state]).flat_map(slots).collect();
    let once: BTreeSet<&str> = bound.iter().copied().collect();
    assert_eq!(bound.len(), once.len(), "{told}: two credentials for one key");
    assert_eq!(once, phone.keys.keys().map(String::as_str).collect(), "{told}");
}

/// Begins something for the pass in front, and brings another one there after each number of effects, until it is done before that.
fn at_every_effect(begin: impl Fn(&mut Phone<'_>), end: impl Fn(&mut Phone<'_>, &str)) -> usize {
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = phone_of_family(&world);
        phone.now = NOW.plus(5 * DAY);
        world.authority.publish(phone.now).unwrap();
        phone.meanwhile = Some((after, WalletEvent::Room(RoomEvent::People(PeopleEvent::Brought { number: 0 }))));
        begin(&mut phone);
        let told = format!("after {after}");
        let done = phone.meanwhile.take().is_some();
        end(&mut phone, &told);
        if done {
            return after;
        }
    }
    unreachable!()
}

#[test]
fn a_renewal_in_the_middle_of_which_another_pass_comes_to_the_front() {
    let places = at_every_effect(
        |phone| {
            phone.shell(ShellEvent::Shown);
        },
        |phone, told| {
            whole(phone, told);
            for number in 0..3 {
                enter_people(phone);
                people(phone, PeopleEvent::Brought { number });
                phone.shell(ShellEvent::Shown);
            }
            whole(phone, told);
            assert_eq!(phone.keys.len(), NAMES.len() * BATCH, "{told}: all are renewed");
        },
    );
    assert!(places > 25, "only {places} places");
}

fn check_ins(phone: &mut Phone<'_>, number: u32) -> Vec<Sent> {
    enter_people(phone);
    people(phone, PeopleEvent::Brought { number });
    phone.shell(ShellEvent::Shown);
    room(phone, RoomEvent::Entered { room: RoomName::Diary });
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Diary(diary) } => diary.days.iter().filter_map(|day| day.sent).collect(),
        other => panic!("not in the diary: {other:?}"),
    }
}

#[test]
fn a_check_in_in_the_middle_of_which_another_pass_comes_to_the_front() {
    let places = at_every_effect(
        |phone| {
            let meanwhile = phone.meanwhile.take();
            room(phone, RoomEvent::Entered { room: RoomName::Diary });
            for (field, value) in [(DiaryField::Symptoms, "0"), (DiaryField::Temperature, "36.6")] {
                room(phone, RoomEvent::Diary(DiaryEvent::Changed { field, value: value.into() }));
            }
            phone.meanwhile = meanwhile;
            room(phone, RoomEvent::Diary(DiaryEvent::Sent));
        },
        |phone, told| {
            assert_eq!(check_ins(phone, 2), [Sent::Taken], "{told}");
            assert_eq!((check_ins(phone, 0), check_ins(phone, 1)), (vec![], vec![]), "{told}: nobody else's");
            whole(phone, told);
        },
    );
    assert!(places >= 4, "only {places} places");
}
