//! Passes of several people in one wallet.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::family;
use crate::support::picture;
use crate::support::shell;
use family::{CHILD, ELDER, add, begin, bring, code, enter_people, family, fill, passes, people, people_view};
use picture::read_back;
use shell::{Device, Network, World};
use std::collections::BTreeSet;
use tongma::{
    app::{
        ShellEvent,
        wallet::{
            ApplyField, ApplyStep, DataEvent, DiaryEvent, DiaryField, PeopleEvent, RoomEvent, RoomName, RoomView, SafetyEvent, Sent, Sign,
            Wallet, WalletEvent, WalletScreen,
        },
    },
    reason::Reason,
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, TrustStore, verify},
    },
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Colour, Relation, status::StatusList, trust::TrustBundle},
};

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const PASSCODE: &str = "135790";
const PASSPHRASE: &str = "甲乙丙丁 correct horse";
const NAMES: [&str; 3] = ["甲**", "甲**", "乙**"];

type Phone<'w> = Device<'w, Wallet>;

fn phone_of_family(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    family(&mut phone);
    phone
}

fn room(phone: &mut Phone<'_>, event: RoomEvent) {
    phone.send(WalletEvent::Room(event));
}

fn enter(phone: &mut Phone<'_>, name: RoomName) {
    room(phone, RoomEvent::Entered { room: name });
}

/// What a gate says to the code on the screen.
fn at_the_gate(phone: &Phone<'_>) -> Verdict {
    let world = phone.world;
    let root = tongma::keys::PublicKey::from_sec1(&from_base64url(&world.deployment.root_key).unwrap()).unwrap();
    let bundle = TrustBundle::open(&world.public("bundle.cbor").unwrap(), &root).unwrap();
    let list = StatusList::parse(&world.public("status/0.cbor").unwrap(), bundle.get()).unwrap().check_here().unwrap();
    let mut store = TrustStore::default();
    store.accept_bundle(bundle).unwrap();
    store.accept_list(list);
    let text = read_back(code(phone).qr.as_ref().unwrap());
    verify(&store, &Expectation::default(), &text, phone.now)
}

/// Names of the records that lie beside the state.
fn records(phone: &Phone<'_>) -> BTreeSet<String> {
    phone.records.keys().cloned().collect()
}

fn state(phone: &Phone<'_>) -> serde_json::Value {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

fn check_in(phone: &mut Phone<'_>) {
    enter(phone, RoomName::Diary);
    for (field, value) in [(DiaryField::Symptoms, "0"), (DiaryField::Temperature, "36.6")] {
        room(phone, RoomEvent::Diary(DiaryEvent::Changed { field, value: value.into() }));
    }
    room(phone, RoomEvent::Diary(DiaryEvent::Sent));
}

fn check_ins(phone: &mut Phone<'_>) -> Vec<Sent> {
    enter(phone, RoomName::Diary);
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Diary(diary) } => diary.days.iter().filter_map(|day| day.sent).collect(),
        other => panic!("not in the diary: {other:?}"),
    }
}

#[test]
fn each_code_is_its_person_s_and_says_who_shows_it() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let expected = [(0, None, Sign::Disc), (1, Some(Relation::Parent), Sign::Star), (2, Some(Relation::Child), Sign::House)];
    for ((number, relation, sign), name) in expected.into_iter().zip(NAMES) {
        enter_people(&mut phone);
        people(&mut phone, PeopleEvent::Brought { number });
        let shown = code(&phone);
        let whom = shown.whom.unwrap();
        assert_eq!((shown.name.as_str(), whom.relation, whom.sign), (name, relation, sign));
        assert!(shown.qr.as_ref().unwrap().version <= 13, "{name}");
        let verdict = at_the_gate(&phone);
        assert_eq!((verdict.outcome, verdict.guardian, verdict.disclosed["name"].as_str()), (Outcome::Pass, relation, name));
    }
    assert_eq!(phone.keys.len(), 3, "each is bound to a key of its own");
    let view = passes(&mut phone);
    assert_eq!(view.iter().map(|pass| (pass.number, pass.front)).collect::<Vec<_>>(), [(2, true), (0, false), (1, false)]);
    assert!(view.iter().all(|pass| pass.colour == Some(Colour::Green) && pass.expires_at == Some(NOW.plus(7 * DAY))));
}

#[test]
fn one_person_alone_needs_no_sign() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    assert_eq!(code(&phone).whom, None);
    assert_eq!(passes(&mut phone).len(), 1);
    assert_eq!(records(&phone), BTreeSet::new(), "nothing is kept for it");
}

#[test]
fn the_guardian_consents_for_a_child_and_for_nobody_else() {
    let world = World::new(NOW);
    let step = |phone: &Phone<'_>| match &phone.view().screen {
        WalletScreen::Apply(form) => Some((form.step, form.guarded, form.guardian.problem.clone())),
        _ => None,
    };
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    begin(&mut phone, Relation::Parent, Sign::Star);
    phone.fill();
    for (field, value) in CHILD {
        phone.enter(field, value);
    }
    phone.send(WalletEvent::ApplySubmitted);
    assert_eq!(step(&phone), Some((ApplyStep::Guardian, true, None)));
    phone.send(WalletEvent::ApplySubmitted);
    assert_eq!(step(&phone), Some((ApplyStep::Guardian, true, Some(Reason::GuardianConsentMissing))));
    phone.enter(ApplyField::Guardian, "yes");
    phone.send(WalletEvent::ApplySubmitted);
    assert_eq!(step(&phone), Some((ApplyStep::Health, true, None)));
    phone.send(WalletEvent::ApplyBack);
    assert_eq!(step(&phone).unwrap().0, ApplyStep::Guardian);
    phone.submit();
    phone.submit();
    assert!(code(&phone).qr.is_some());

    begin(&mut phone, Relation::Child, Sign::House);
    phone.fill();
    for (field, value) in ELDER {
        phone.enter(field, value);
    }
    phone.send(WalletEvent::ApplySubmitted);
    assert_eq!(step(&phone), Some((ApplyStep::Health, false, None)));
}

#[test]
fn a_form_for_somebody_else_can_be_left_and_taken_up_again() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    begin(&mut phone, Relation::Parent, Sign::Star);
    phone.enter(ApplyField::Name, "甲小宝");
    assert!(matches!(&phone.view().screen, WalletScreen::Apply(form) if form.others && !form.welcome && form.whom.is_some()));
    phone.open();
    assert!(matches!(&phone.view().screen, WalletScreen::Apply(form) if form.name.value == "甲小宝"));
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    assert_eq!(code(&phone).whom.unwrap().relation, None);
    phone.open();
    assert!(code(&phone).qr.is_some(), "the own code comes first again");
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    assert!(matches!(&phone.view().screen, WalletScreen::Apply(form) if form.name.value == "甲小宝"));
    fill(&mut phone, &CHILD);
    assert_eq!(code(&phone).whom.unwrap().relation, Some(Relation::Parent));
    assert!(!records(&phone).contains("pass-1"), "what was entered does not lie there any more");
}

#[test]
fn an_application_under_way_goes_on_when_it_comes_back() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    phone.network = Network::Down;
    add(&mut phone, Relation::Parent, Sign::Star, &CHILD);
    assert!(matches!(&phone.view().screen, WalletScreen::Applying(view) if view.others));
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    assert!(code(&phone).qr.is_some());
    assert!(passes(&mut phone).iter().any(|pass| pass.number == 1 && pass.applying));
    phone.network = Network::Up;
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    assert_eq!(code(&phone).whom.unwrap().sign, Sign::Star);
}

#[test]
fn diaries_are_each_person_s_own_and_go_after_14_days() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    check_in(&mut phone);
    bring(&mut phone, "甲**");
    assert_eq!(check_ins(&mut phone), []);
    check_in(&mut phone);
    assert!(records(&phone).is_superset(&["diary".to_owned(), "diary-2".to_owned()].into()), "{:?}", records(&phone));
    phone.now = phone.now.plus(14 * DAY);
    phone.network = Network::Down;
    phone.open();
    assert!(!records(&phone).iter().any(|name| name.starts_with("diary")), "{:?}", records(&phone));
}

#[test]
fn what_waits_for_somebody_else_is_told_and_goes_when_that_code_comes_back() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    phone.network = Network::Down;
    check_in(&mut phone);
    assert_eq!(check_ins(&mut phone), [Sent::Waiting]);
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    phone.network = Network::Up;
    phone.open();
    assert!(passes(&mut phone).iter().all(|pass| pass.errands == (pass.number == 2)));
    people(&mut phone, PeopleEvent::Brought { number: 2 });
    assert_eq!(check_ins(&mut phone), [Sent::Taken]);
}

#[test]
fn the_order_is_the_person_s_and_so_is_the_sign() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let order = |phone: &mut Phone<'_>| passes(phone).iter().map(|pass| pass.number).collect::<Vec<_>>();
    assert_eq!(order(&mut phone), [2, 0, 1]);
    people(&mut phone, PeopleEvent::Moved { number: 0, up: true });
    people(&mut phone, PeopleEvent::Moved { number: 7, up: true });
    assert_eq!(order(&mut phone), [2, 0, 1], "it is the first of them already");
    people(&mut phone, PeopleEvent::Moved { number: 0, up: false });
    people(&mut phone, PeopleEvent::SignChosen { number: 2, sign: Sign::Moon });
    people(&mut phone, PeopleEvent::SignChosen { number: 1, sign: Sign::Heart });
    people(&mut phone, PeopleEvent::SignChosen { number: 7, sign: Sign::Drop });
    phone.open();
    assert_eq!(order(&mut phone), [2, 1, 0]);
    let signs = |phone: &Phone<'_>| people_view(phone).passes.iter().map(|pass| pass.whom.sign).collect::<Vec<_>>();
    assert_eq!(signs(&phone), [Sign::Moon, Sign::Heart, Sign::Disc]);
    // In the pass itself, too: it is the same where the list is lost.
    phone.records.remove("people");
    phone.open();
    passes(&mut phone);
    assert_eq!(signs(&phone), [Sign::Moon, Sign::Disc, Sign::Heart]);
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    assert_eq!(code(&phone).whom.unwrap().sign, Sign::Heart);
}

#[test]
fn removing_takes_pass_keys_and_records_after_a_question() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    check_in(&mut phone);
    let slots: Vec<String> = phone.keys.keys().cloned().collect();
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    people(&mut phone, PeopleEvent::RemovalAsked { number: 1 });
    people(&mut phone, PeopleEvent::RemovalDeclined);
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    assert_eq!((phone.keys.len(), people_view(&phone).passes.len()), (3, 3), "nothing without the question");
    // Of one that is not in front.
    people(&mut phone, PeopleEvent::RemovalAsked { number: 1 });
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    assert_eq!((phone.keys.len(), people_view(&phone).passes.len()), (2, 2));
    assert!(!records(&phone).iter().any(|name| name.ends_with("-1")), "{:?}", records(&phone));
    // Of the one in front.
    assert!(records(&phone).contains("diary-2"));
    people(&mut phone, PeopleEvent::RemovalAsked { number: 2 });
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    assert_eq!((phone.keys.len(), people_view(&phone).passes.len()), (1, 1));
    assert!(!records(&phone).iter().any(|name| name.ends_with("-2")), "{:?}", records(&phone));
    assert_eq!(slots.iter().filter(|slot| phone.keys.contains_key(*slot)).count(), 1);
    // The last one stays.
    people(&mut phone, PeopleEvent::RemovalAsked { number: 0 });
    people(&mut phone, PeopleEvent::RemovalConfirmed);
    phone.open();
    assert!(code(&phone).qr.is_some() && code(&phone).whom.is_none());
    assert_eq!(state(&phone)["others"], serde_json::json!([]));
}

#[test]
fn the_lock_seals_all_of_them_and_opens_them_again() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let in_clear = |phone: &Phone<'_>| {
        let all = phone.records.values().map(|data| from_base64url(data).unwrap()).collect::<Vec<_>>();
        all.iter().filter(|data| String::from_utf8_lossy(data).contains("TM1:")).count()
    };
    assert_eq!(in_clear(&phone), 2);
    enter(&mut phone, RoomName::Safety);
    room(&mut phone, RoomEvent::Safety(SafetyEvent::LockTurnedOn { passcode: PASSCODE.into(), show_code: true, close_after_s: 60 }));
    assert_eq!(in_clear(&phone), 0);
    phone.open();
    assert_eq!(code(&phone).whom.unwrap().sign, Sign::House, "whose code it is stands beside it");
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    room(&mut phone, RoomEvent::Safety(SafetyEvent::Unlock { passcode: PASSCODE.into() }));
    assert_eq!(people_view(&phone).passes.len(), 3);
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    assert_eq!((code(&phone).whom.unwrap().sign, in_clear(&phone)), (Sign::Star, 0));
    enter(&mut phone, RoomName::Safety);
    room(&mut phone, RoomEvent::Safety(SafetyEvent::LockTurnedOff { passcode: PASSCODE.into() }));
    assert_eq!(in_clear(&phone), 2);
}

#[test]
fn a_backup_has_all_of_them_to_be_applied_for_anew() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    check_in(&mut phone);
    enter(&mut phone, RoomName::Safety);
    room(&mut phone, RoomEvent::Safety(SafetyEvent::BackupAsked { passphrase: PASSPHRASE.into() }));
    let file = match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Safety(view) } => view.backup.clone().unwrap().text,
        other => panic!("{other:?}"),
    };
    room(&mut phone, RoomEvent::Safety(SafetyEvent::RestoreAsked { file: file.clone(), passphrase: PASSPHRASE.into() }));
    assert_eq!(phone.keys.len(), 3, "not over passes");

    let mut other = Phone::new(&world, NOW);
    other.open();
    enter(&mut other, RoomName::Safety);
    room(&mut other, RoomEvent::Safety(SafetyEvent::RestoreAsked { file, passphrase: PASSPHRASE.into() }));
    other.open();
    let found: BTreeSet<_> =
        passes(&mut other).iter().map(|pass| (pass.number, pass.whom.relation.map(Relation::name), pass.colour)).collect();
    assert_eq!(found, [(0, None, None), (1, Some("parent"), None), (2, Some("child"), None)].into());
    assert!(records(&other).contains("diary-2"));
    for (number, who) in [(1, CHILD), (2, ELDER)] {
        enter_people(&mut other);
        people(&mut other, PeopleEvent::Brought { number });
        assert!(matches!(&other.view().screen, WalletScreen::Apply(form) if form.replaced == Some(Reason::Restored)));
        fill(&mut other, &who);
        assert!(code(&other).qr.is_some());
    }
}

#[test]
fn all_data_are_in_the_file_and_go_with_everything() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    check_in(&mut phone);
    enter(&mut phone, RoomName::Data);
    room(&mut phone, RoomEvent::Data(DataEvent::FileAsked));
    let file: serde_json::Value = match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Data(data) } => serde_json::from_str(&data.file.clone().unwrap().text).unwrap(),
        other => panic!("{other:?}"),
    };
    for name in ["pass", "pass-1"] {
        assert!(file[name]["held"]["credential"].as_str().unwrap().starts_with("TM1:"), "{name}");
    }
    assert_eq!(file["diary-2"]["entries"].as_array().map(Vec::len), Some(1));
    room(&mut phone, RoomEvent::Data(DataEvent::WipeAsked));
    room(&mut phone, RoomEvent::Data(DataEvent::WipeConfirmed));
    assert!(phone.keys.is_empty() && phone.records.is_empty() && phone.stored.is_none());
}

#[test]
fn a_list_that_is_lost_or_damaged_is_made_anew() {
    let world = World::new(NOW);
    for damage in [None, Some(to_base64url(b"{\"passes\":[{")), Some(to_base64url(b"{}"))] {
        let mut phone = phone_of_family(&world);
        match &damage {
            None => phone.records.remove("people"),
            Some(damaged) => phone.records.insert("people".into(), damaged.clone()),
        };
        phone.open();
        let mut found: Vec<_> = passes(&mut phone).into_iter().map(|pass| pass.number).collect();
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2], "{damage:?}");
        people(&mut phone, PeopleEvent::Brought { number: 1 });
        assert!(code(&phone).qr.is_some());
    }
}

#[test]
fn a_damaged_pass_is_kept_aside_and_applied_for_anew() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    phone.records.insert("pass-1".into(), to_base64url(b"{\"held\""));
    phone.open();
    enter_people(&mut phone);
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    assert!(matches!(&phone.view().screen, WalletScreen::Apply(form) if form.whom.unwrap().relation == Some(Relation::Parent)));
    assert_eq!(phone.view().notices, [Reason::StorageDamaged]);
    fill(&mut phone, &CHILD);
    assert!(code(&phone).qr.is_some() && records(&phone).contains("pass-1-damaged"));
}

#[test]
fn where_nothing_can_be_read_or_stored_the_pass_in_front_stays() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    enter_people(&mut phone);
    phone.storage = Some(Reason::StorageFull);
    people(&mut phone, PeopleEvent::Brought { number: 1 });
    phone.storage = None;
    assert_eq!(phone.view().notices, [Reason::StorageFull]);
    phone.open();
    assert_eq!(code(&phone).whom.unwrap().sign, Sign::House);
    assert_eq!(passes(&mut phone).len(), 3);
}

#[test]
fn another_tab_that_brought_another_pass_to_the_front_is_followed() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let mut other = Phone::new(&world, NOW);
    (other.stored, other.records) = (phone.stored.clone(), phone.records.clone());
    other.keys = std::mem::take(&mut phone.keys);
    other.open();
    enter_people(&mut phone);
    enter_people(&mut other);
    people(&mut other, PeopleEvent::Brought { number: 1 });
    add(&mut other, Relation::Other, Sign::Moon, &[(ApplyField::Name, "丙某某"), (ApplyField::DocumentNumber, "11010520091231001X")]);
    let stored = other.stored.clone().unwrap();
    (phone.stored, phone.records, phone.keys) = (other.stored.clone(), other.records.clone(), other.keys);
    phone.shell(ShellEvent::StoredElsewhere { stored });
    assert_eq!(people_view(&phone).passes.iter().map(|pass| pass.number).collect::<BTreeSet<_>>(), [0, 1, 2, 3].into());
    people(&mut phone, PeopleEvent::Brought { number: 2 });
    assert_eq!(code(&phone).whom.unwrap().sign, Sign::House);
    bring(&mut phone, "丙**");
    assert!(code(&phone).qr.is_some());
}

#[test]
fn a_phone_holds_passes_of_20_people() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    for _ in 1..20 {
        begin(&mut phone, Relation::Carer, Sign::Heart);
    }
    enter_people(&mut phone);
    assert_eq!((people_view(&phone).passes.len(), people_view(&phone).room), (20, false));
    people(&mut phone, PeopleEvent::Added { relation: Relation::Carer, sign: Sign::Heart });
    assert_eq!(people_view(&phone).passes.len(), 20);
}

#[test]
fn a_ward_who_turns_14_or_18_is_told_of() {
    let world = World::new(NOW);
    let mut phone = phone_of_family(&world);
    let reached = |phone: &mut Phone<'_>| passes(phone).iter().filter_map(|pass| Some((pass.number, pass.reached?))).collect::<Vec<_>>();
    phone.network = Network::Down;
    for (birthday, before, after) in [(1_861_891_200, None, 14), (1_988_121_600, Some(14), 18)] {
        phone.now = UnixTime(birthday - 1);
        phone.open();
        assert_eq!(reached(&mut phone), before.map(|age| (1, age)).into_iter().collect::<Vec<_>>());
        phone.now = UnixTime(birthday);
        phone.open();
        assert_eq!(reached(&mut phone), [(1, after)]);
    }
}

#[test]
fn the_code_of_a_ward_who_turns_14_says_so() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    // Born on 17 January 2013: 14 two days after NOW.
    add(&mut phone, Relation::Parent, Sign::Star, &[(ApplyField::Name, "甲小宝"), (ApplyField::DocumentNumber, "110105201301170024")]);
    assert_eq!(code(&phone).reached, None);
    phone.now = UnixTime(1_800_115_200);
    phone.shell(ShellEvent::Shown);
    assert_eq!(code(&phone).reached, Some(14));
    assert!(code(&phone).qr.is_some());
}

#[test]
fn opening_reads_and_does_the_same_with_a_thousand_passes() {
    let world = World::new(NOW);
    let mut one = Phone::new(&world, NOW);
    one.open();
    one.apply();
    let mut many = phone_of_family(&world);
    bring(&mut many, "乙**");
    enter_people(&mut many);
    people(&mut many, PeopleEvent::Brought { number: 0 });
    // A thousand credentials, and 14 days of everybody's records.
    let pass: serde_json::Value = serde_json::from_slice(&from_base64url(&many.records["pass-1"]).unwrap()).unwrap();
    let list: serde_json::Value = serde_json::from_slice(&from_base64url(&many.records["people"]).unwrap()).unwrap();
    let mut passes = list["passes"].as_array().unwrap().clone();
    for number in 3..1000 {
        let mut next = (pass.clone(), passes[1].clone());
        for value in [&mut next.0["pass"], &mut next.1["number"]] {
            *value = number.into();
        }
        many.records.insert(format!("pass-{number}"), to_base64url(next.0.to_string().as_bytes()));
        passes.push(next.1);
    }
    many.records.insert("people".into(), to_base64url(serde_json::json!({ "passes": passes }).to_string().as_bytes()));
    let mut saved = state(&many);
    (saved["next"], saved["morePasses"]) = (1000.into(), 999.into());
    many.stored = Some(to_base64url(saved.to_string().as_bytes()));
    let opened = |phone: &mut Phone<'_>| {
        phone.effects = 0;
        phone.fetched.clear();
        phone.open();
        assert!(code(phone).qr.is_some());
        (phone.effects, phone.fetched.len())
    };
    assert_eq!(opened(&mut one), opened(&mut many));
    // The best of many runs each, in turn: what else the machine does only makes them longer.
    let mut best = [u128::MAX; 2];
    for _ in 0..20 {
        for _ in 0..20 {
            for (phone, best) in [&mut one, &mut many].into_iter().zip(&mut best) {
                let begun = std::time::Instant::now();
                phone.open();
                *best = (*best).min(begun.elapsed().as_micros());
            }
        }
        if best[1] * 10 <= best[0] * 11 {
            break;
        }
    }
    assert!(best[1] * 10 <= best[0] * 11, "{best:?} µs");
    enter_people(&mut many);
    assert_eq!(people_view(&many).passes.len(), 1000);
    people(&mut many, PeopleEvent::Brought { number: 700 });
    assert!(code(&many).qr.is_some());
}
