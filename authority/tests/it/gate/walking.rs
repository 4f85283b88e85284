//! People who walk together: one answer for the group and one for each, whatever the order of their codes; nobody is mixed in.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::person;
use crate::support::shell;
use person::{NOW, Person};
use shell::{Device, World};
use tongma::{
    app::verifier::{Counts, GateSettings, Source, Verifier, VerifierEvent, VerifierScreen},
    policy::{Place, PlaceKind},
    roles::verifier::GroupVerdict,
    time::UnixTime,
    token::{Colour, GroupMark, status},
};

type Gate<'w> = Device<'w, Verifier>;

const NAMES: [&str; 4] = ["甲**", "乙**", "丙*", "丁*"];

fn gate(world: &World) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.open();
    gate
}

fn family(world: &World, colours: [Colour; 4]) -> Vec<Person> {
    (0..4).map(|number| Person::with(world, number, NAMES[usize::from(number)], colours[usize::from(number)])).collect()
}

fn mark(position: u8) -> GroupMark {
    GroupMark { id: [7; 8], position, of: 4, next: Some(NAMES[usize::from(position + 1) % 4].into()) }
}

fn codes(people: &[Person], at: UnixTime) -> Vec<String> {
    people.iter().zip(0..).map(|(person, position)| person.walks(mark(position), at)).collect()
}

fn scan(gate: &mut Gate<'_>, text: &str) {
    gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Camera });
}

/// What the page says: `3/4` while members are missing, else the answer for all, or for one.
fn told(gate: &Gate<'_>) -> String {
    let words = |outcome: tongma::roles::Outcome, reason: Option<&str>| {
        [Some(outcome.code()), reason].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    match &gate.view().screen {
        VerifierScreen::Group { group, .. } => format!("group {}", words(group.outcome, group.reason.as_deref())),
        VerifierScreen::Verdict { verdict, .. } => words(verdict.outcome, verdict.reason.as_deref()),
        VerifierScreen::Scanning { .. } => {
            gate.view().group.as_ref().map_or_else(|| "nobody".into(), |group| format!("{}/{}", group.have, group.of))
        }
        other => panic!("{other:?}"),
    }
}

fn answer(gate: &Gate<'_>) -> GroupVerdict {
    match &gate.view().screen {
        VerifierScreen::Group { group, .. } => group.clone(),
        other => panic!("{other:?}"),
    }
}

fn missing(group: &GroupVerdict) -> Vec<Option<&str>> {
    group.members.iter().filter(|member| member.verdict.is_none()).map(|member| member.name.as_deref()).collect()
}

#[test]
fn codes_come_in_any_order_again_and_again_and_whoever_is_missing_is_named() {
    let world = World::new(NOW);
    let texts = codes(&family(&world, [Colour::Green; 4]), NOW);
    let mut gate = gate(&world);
    for (position, have) in [(2, "1/4"), (0, "2/4"), (2, "2/4"), (0, "2/4"), (3, "3/4")] {
        scan(&mut gate, &texts[position]);
        assert_eq!(told(&gate), have);
    }
    assert_eq!(missing(gate.view().group.as_ref().unwrap()), [Some("乙**")]);
    scan(&mut gate, &texts[1]);
    assert_eq!(told(&gate), "group pass");
    let group = answer(&gate);
    let names: Vec<_> = group.members.iter().map(|member| member.name.clone().unwrap()).collect();
    assert_eq!((names.as_slice(), group.colour), (NAMES.map(String::from).as_slice(), Some(Colour::Green)));
    assert!(group.members.iter().all(|member| member.verdict.as_ref().unwrap().seen_at.is_none()));
    assert_eq!(gate.view().log.today, Counts { pass: 4, ..Counts::default() }, "persons are counted, and nobody twice");
    assert_eq!(gate.view().group, None);

    // The phone is still there, and goes on with its codes.
    gate.send(VerifierEvent::Dismissed);
    scan(&mut gate, &texts[3]);
    assert_eq!(told(&gate), "nobody");
    gate.now = NOW.plus(6);
    scan(&mut gate, &texts[3]);
    assert_eq!(told(&gate), "1/4");
    let again = gate.view().group.clone().unwrap();
    assert!(again.members[3].verdict.as_ref().unwrap().seen_at.is_some(), "a second sight is told of each");
}

#[test]
fn one_red_among_green_stops_the_group_and_yellow_restricts_it() {
    for (colours, expected) in [
        ([Colour::Green, Colour::Red, Colour::Yellow, Colour::Green], "group stop colour-red"),
        ([Colour::Green, Colour::Green, Colour::Yellow, Colour::Green], "group restricted colour-yellow"),
    ] {
        let world = World::new(NOW);
        let mut gate = gate(&world);
        for text in codes(&family(&world, colours), NOW) {
            scan(&mut gate, &text);
        }
        assert_eq!(told(&gate), expected);
        let outcomes: Vec<_> = answer(&gate).members.iter().map(|member| member.verdict.as_ref().unwrap().colour.unwrap()).collect();
        assert_eq!(outcomes, colours, "each has an answer of the own");
    }
}

#[test]
fn a_group_that_is_not_whole_can_be_ended_and_is_never_a_pass() {
    let world = World::new(NOW);
    let texts = codes(&family(&world, [Colour::Green; 4]), NOW);
    let mut gate = gate(&world);
    scan(&mut gate, &texts[0]);
    gate.send(VerifierEvent::GroupClosed);
    assert_eq!(told(&gate), "group cannot-tell group-incomplete");
    let group = answer(&gate);
    assert_eq!((group.have, group.of, missing(&group)), (1, 4, vec![Some("乙**"), None, None]));
    assert_eq!(group.facts.get("have").and_then(serde_json::Value::as_u64), Some(1));

    gate.send(VerifierEvent::Dismissed);
    gate.now = NOW.plus(10);
    scan(&mut gate, &texts[0]);
    gate.send(VerifierEvent::GroupDropped);
    assert_eq!(told(&gate), "nobody");
    gate.send(VerifierEvent::GroupClosed);
    assert_eq!(told(&gate), "nobody", "nothing to end");
}

#[test]
fn nobody_is_mixed_in_or_counted_twice() {
    let world = World::new(NOW);
    let people = family(&world, [Colour::Green; 4]);
    let stranger = Person::with(&world, 9, "戊*", Colour::Green);
    let texts = codes(&people, NOW);
    let mut gate = gate(&world);
    scan(&mut gate, &texts[0]);
    let cases = [
        (stranger.shows(NOW), "cannot-tell group-mixed"),
        (stranger.walks(GroupMark { id: [8; 8], ..mark(1) }, NOW), "cannot-tell group-mixed"),
        (stranger.walks(GroupMark { of: 5, ..mark(1) }, NOW), "cannot-tell group-mixed"),
        (stranger.walks(mark(0), NOW.plus(1)), "invalid group-doubled"),
        (people[0].walks(mark(1), NOW.plus(1)), "invalid group-doubled"),
    ];
    for (text, expected) in cases {
        scan(&mut gate, &text);
        assert_eq!(told(&gate), expected);
        gate.send(VerifierEvent::Dismissed);
        assert_eq!(told(&gate), "1/4", "and the group waits");
    }
    // Renewed meanwhile: the newer code of the same person.
    scan(&mut gate, &people[0].walks(mark(0), NOW.plus(2)));
    assert_eq!(told(&gate), "1/4");
    // Whoever left without a word is not waited for.
    let later = NOW.plus(121 + 2);
    gate.now = later;
    scan(&mut gate, &stranger.shows(later));
    assert_eq!(told(&gate), "pass");
    assert_eq!(gate.view().group, None);
}

#[test]
fn what_is_no_pass_says_nothing_of_a_person_and_the_group_waits() {
    let world = World::new(NOW);
    let people = family(&world, [Colour::Green; 4]);
    let mut gate = gate(&world);
    gate.now = NOW.plus(950);
    scan(&mut gate, &people[0].walks(mark(0), NOW.plus(950)));
    scan(&mut gate, &people[1].walks(mark(1), NOW));
    assert_eq!(told(&gate), "invalid expired");
    gate.send(VerifierEvent::Dismissed);
    world.authority.set_status(people[2].idx, status::REVOKED, NOW).unwrap();
    let mut later = self::gate(&world);
    scan(&mut later, &people[2].walks(mark(2), NOW));
    assert_eq!(told(&later), "invalid revoked");
    assert_eq!(told(&gate), "1/4");
}

#[test]
fn a_gate_that_measures_asks_for_each_temperature() {
    let world = World::new(NOW);
    let texts = codes(&family(&world, [Colour::Green; 4]), NOW);
    let mut gate = gate(&world);
    let place = Place { kind: PlaceKind::Museum, region: 330_100, ..Place::default() };
    gate.send(VerifierEvent::GateChanged { gate: GateSettings { place: Some(place), temperature: true, ..GateSettings::default() } });
    for (text, temperature) in texts.iter().zip(["36.5", "36.8", "38.5", "36.0"]) {
        scan(&mut gate, text);
        assert!(matches!(gate.view().screen, VerifierScreen::Temperature { .. }));
        gate.send(VerifierEvent::TemperatureEntered { text: temperature.into() });
    }
    let group = answer(&gate);
    let admitted: Vec<_> = group.members.iter().map(|member| member.verdict.as_ref().unwrap().outcome.code()).collect();
    assert_ne!(admitted[2], "pass");
    assert_eq!((admitted[0], admitted[1], admitted[3]), ("pass", "pass", "pass"));
    assert_ne!(group.outcome.code(), "pass");
}

#[test]
fn a_class_of_thirty() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    for position in 0..30 {
        let mark = GroupMark { id: [3; 8], position, of: 30, next: None };
        scan(&mut gate, &Person::new(&world, position).walks(mark, NOW));
    }
    assert_eq!(told(&gate), "group pass");
}
