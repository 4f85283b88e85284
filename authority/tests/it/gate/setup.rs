//! A gate that is set up: rules of its place, the temperature beside the code, people without a code, and its log.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::person;
use crate::support::picture;
use crate::support::shell;
use person::{NOW, Person};
use picture::read_back;
use shell::{Device, World};
use tongma::{
    app::verifier::{DataState, GateSettings, Source, Verifier, VerifierEvent, VerifierScreen},
    policy::{DeciCelsius, Place, PlaceKind},
    roles::{Verdict, log::FileFormat},
    token::{Challenge, DocumentKind, status},
};
use tongma_authority::PaperRequest;

type Gate<'w> = Device<'w, Verifier>;

fn gate(world: &World, kind: PlaceKind, temperature: bool) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.open();
    gate.send(VerifierEvent::SettingsOpened);
    assert!(matches!(&gate.view().screen, VerifierScreen::Settings { kinds } if kinds.contains(&PlaceKind::School)));
    let place = Place { kind, region: 330_100, name: Some("  第一小学 ".into()), ..Place::default() };
    gate.send(VerifierEvent::GateChanged { gate: GateSettings { place: Some(place), temperature, ..GateSettings::default() } });
    gate.send(VerifierEvent::Dismissed);
    assert!(gate.scanning);
    gate
}

fn read(gate: &mut Gate<'_>, text: &str) {
    gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Paste });
}

fn verdict<'g>(gate: &'g Gate<'_>) -> &'g Verdict {
    match &gate.view().screen {
        VerifierScreen::Verdict { verdict, .. } => verdict,
        other => panic!("no verdict but {other:?}"),
    }
}

fn told(gate: &Gate<'_>) -> String {
    let verdict = verdict(gate);
    [Some(verdict.outcome.code()), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_rule_of_the_place_decides_and_is_named() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    world.authority.set_status(person.idx, status::YELLOW, NOW).unwrap();
    let mut school = gate(&world, PlaceKind::School, false);
    read(&mut school, &person.shows(NOW));
    assert!(told(&school).starts_with("stop"), "{}", told(&school));
    let rule = verdict(&school).rule.clone().expect("a rule");
    assert!(rule.description.contains_key("zh-CN") && rule.description.contains_key("en"));
    school.send(VerifierEvent::LogExportAsked { format: FileFormat::Csv });
    let log = school.view().log.file.as_ref().expect("a file").text.clone();
    assert!(log.contains(&format!(",stop,{},{},school,", verdict(&school).reason.as_deref().unwrap(), rule.identifier)), "{log}");
    assert!(!log.contains("第一小学"), "the log says what kind of place it is, no more");
}

#[test]
fn settings_survive_a_restart_and_are_trimmed() {
    let world = World::new(NOW);
    let mut gate = gate(&world, PlaceKind::Museum, true);
    gate.open();
    let settings = gate.view().gate.clone();
    assert!(settings.temperature);
    assert_eq!(settings.place.map(|place| (place.kind, place.name)), Some((PlaceKind::Museum, Some("第一小学".into()))));
}

#[test]
fn the_temperature_is_asked_of_who_may_enter_and_decides_with_the_code() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world, PlaceKind::Museum, true);
    for (entered, expected) in [("36.8", "pass"), ("37.3", "stop temperature-high"), ("37.2", "pass")] {
        read(&mut gate, &person.shows(NOW));
        assert!(matches!(gate.view().screen, VerifierScreen::Temperature { refused: false }));
        read(&mut gate, "nobody's code comes in between");
        gate.send(VerifierEvent::TemperatureEntered { text: "98,6".into() });
        assert!(matches!(gate.view().screen, VerifierScreen::Temperature { refused: true }));
        gate.send(VerifierEvent::TemperatureEntered { text: entered.into() });
        assert_eq!(told(&gate), expected, "{entered}");
        gate.send(VerifierEvent::Dismissed);
    }
    // A person is not the place: the next one is measured anew.
    assert_eq!(gate.view().gate.place.as_ref().and_then(|place| place.temperature), None::<DeciCelsius>);
    read(&mut gate, "no pass at all");
    assert_eq!(told(&gate), "invalid not-a-pass", "who is refused already is not measured");
    gate.send(VerifierEvent::Dismissed);
    read(&mut gate, &person.shows(NOW));
    gate.send(VerifierEvent::Dismissed);
    assert!(gate.scanning, "given up");
}

#[test]
fn a_person_without_a_code_shows_another_proof() {
    let world = World::new(NOW);
    let mut gate = gate(&world, PlaceKind::Museum, false);
    gate.send(VerifierEvent::ProofsOpened);
    let VerifierScreen::Proofs { accepted } = gate.view().screen.clone() else { panic!("no proofs") };
    assert!(!accepted.is_empty());
    gate.send(VerifierEvent::ProofShown { proof: "a smile".into() });
    assert!(matches!(gate.view().screen, VerifierScreen::Proofs { .. }), "only what the rules accept");
    gate.send(VerifierEvent::ProofShown { proof: accepted[0].clone() });
    assert_eq!(told(&gate), "pass");
    assert!(verdict(&gate).rule.is_some() && verdict(&gate).colour.is_none());
    assert_eq!(gate.view().log.today.pass, 1, "counted like any other answer");
}

#[test]
fn without_a_place_nobody_is_asked_for_proofs() {
    let world = World::new(NOW);
    let mut gate = Gate::new(&world, NOW);
    gate.open();
    gate.send(VerifierEvent::ProofsOpened);
    assert!(matches!(gate.view().screen, VerifierScreen::Scanning { .. }));
}

#[test]
fn a_paper_code_is_compared_measured_and_told_twice_within_some_minutes_only() {
    let world = World::new(NOW);
    let request = PaperRequest {
        name: "甲乙丙".into(),
        document_kind: DocumentKind::IdCard,
        document_number: "11010519491231002X".into(),
        region: 360_102,
        valid_for_s: 180 * 86_400,
    };
    let paper = world.authority.issue_paper(&request, NOW).unwrap().unwrap();
    let mut gate = gate(&world, PlaceKind::Museum, true);
    let seen = |gate: &mut Gate<'_>, later: i64| {
        gate.now = NOW.plus(later);
        read(gate, &paper.text);
        gate.send(VerifierEvent::TemperatureEntered { text: "36.8".into() });
        assert_eq!(told(gate), "restricted paper-not-bound");
        assert!(verdict(gate).rule.is_some());
        let seen = verdict(gate).seen_at;
        gate.send(VerifierEvent::Dismissed);
        seen
    };
    assert_eq!(seen(&mut gate, 0), None);
    assert_eq!(seen(&mut gate, 899), Some(NOW));
    assert_eq!(seen(&mut gate, 900), None, "another visit of the same person");
    assert_eq!(seen(&mut gate, 901), Some(NOW.plus(900)));
    assert_eq!(gate.view().log.today.restricted, 4);
    let settings = GateSettings { strict: true, ..gate.view().gate.clone() };
    gate.send(VerifierEvent::GateChanged { gate: settings });
    read(&mut gate, &paper.text);
    assert_eq!(told(&gate), "cannot-tell paper-no-answer", "a strict gate takes none, and says what else counts");
}

fn strict(world: &World) -> Gate<'_> {
    let mut gate = gate(world, PlaceKind::Museum, false);
    let settings = GateSettings { strict: true, ..gate.view().gate.clone() };
    gate.send(VerifierEvent::GateChanged { gate: settings });
    gate
}

/// The code that answers what the gate shows now.
fn answer(gate: &Gate<'_>, person: &Person) -> String {
    let text = read_back(gate.view().challenge.as_ref().expect("a strict gate asks"));
    person.answers(&Challenge::from_text(&text).unwrap(), gate.now)
}

#[test]
fn a_strict_gate_always_asks_and_takes_no_everyday_code() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = strict(&world);
    assert!(!gate.view().gate.challenge && gate.view().challenge.is_some());
    read(&mut gate, &person.shows(NOW));
    assert_eq!(told(&gate), "invalid nonce-missing");
    gate.send(VerifierEvent::Dismissed);
    let text = answer(&gate, &person);
    read(&mut gate, &text);
    assert_eq!(told(&gate), "pass");
    gate.open();
    assert!(gate.view().gate.strict, "kept");
}

#[test]
fn at_a_strict_gate_a_warning_takes_a_look() {
    let world = World::new(NOW);
    let (one, two) = (Person::new(&world, 1), Person::new(&world, 2));
    let mut gate = strict(&world);
    let text = answer(&gate, &one);
    read(&mut gate, &text);
    assert_eq!(told(&gate), "pass");
    read(&mut gate, &text);
    assert_eq!(told(&gate), "restricted seen-before");
    assert!(verdict(&gate).seen_at.is_some() && verdict(&gate).rule.is_some());
    assert_eq!((gate.view().log.today.pass, gate.view().log.today.restricted), (1, 1), "the log has what was told");
    gate.send(VerifierEvent::Dismissed);

    // Less than a quarter of its time is left to the status list, and the network is away.
    gate.network = shell::Network::Down;
    let until = gate.view().status.usable_until.expect("a list");
    gate.pass(until.since(NOW) * 4 / 5);
    assert_eq!(gate.view().status.state, DataState::Ageing);
    let text = answer(&gate, &two);
    read(&mut gate, &text);
    assert_eq!(told(&gate), "restricted data-ageing");
    read(&mut gate, &text);
    assert_eq!(told(&gate), "restricted seen-before");
    assert_eq!(verdict(&gate).also, ["data-ageing"]);
    gate.send(VerifierEvent::Dismissed);

    // Who does not pass anyway is told the rule's reason first.
    world.authority.set_status(two.idx, status::YELLOW, gate.now).unwrap();
    gate.network = shell::Network::Up;
    gate.send(VerifierEvent::RefreshAsked);
    let text = answer(&gate, &two);
    read(&mut gate, &text);
    read(&mut gate, &text);
    assert!(told(&gate).starts_with("stop"), "{}", told(&gate));
    assert!(!verdict(&gate).also.contains(&"seen-before".to_owned()), "who is stopped is stopped");
}

#[test]
fn elsewhere_a_warning_stays_one() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world, PlaceKind::Museum, false);
    read(&mut gate, &person.shows(NOW));
    read(&mut gate, &person.shows(NOW));
    assert_eq!(told(&gate), "pass");
    assert!(verdict(&gate).seen_at.is_some());
}

fn type_in(gate: &mut Gate<'_>, text: &str, keys: &str) {
    gate.send(VerifierEvent::ScannerTyped { text: text.into(), keys: keys.into() });
}

#[test]
fn a_hand_scanner_is_understood_with_marks_and_locks() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate(&world, PlaceKind::Museum, false);
    let text = person.shows(NOW);
    for typed in [text.clone(), format!("]Q1{text}\u{3}"), text.to_lowercase()] {
        type_in(&mut gate, &typed, "");
        assert_eq!(told(&gate), "pass");
    }
    type_in(&mut gate, "\u{fffd}", &text);
    assert_eq!(told(&gate), "pass", "the keys alone");
    // A German scanner at an American system: an Italian one would write the same but for Y and Z, so the signature decides.
    let german = |character| match character {
        'Y' => 'Z',
        'Z' => 'Y',
        ':' => '>',
        '+' => ']',
        '*' => '}',
        '/' => '&',
        '-' => '/',
        other => other,
    };
    let garbled: String = text.chars().map(german).collect();
    assert!(text.contains(['Y', 'Z']));
    type_in(&mut gate, &garbled, &garbled);
    assert_eq!(told(&gate), "pass");
    // On a German keyboard, where an accent swallowed a letter.
    type_in(&mut gate, "TM1Ö\u{fffd}ÀBC", "");
    assert_eq!(told(&gate), "cannot-tell scanner-layout");
    type_in(&mut gate, "6901234567892", "6901234567892");
    assert_eq!(told(&gate), "invalid not-a-pass");
    gate.send(VerifierEvent::Dismissed);
    gate.send(VerifierEvent::SettingsOpened);
    type_in(&mut gate, "TM1Ö\u{fffd}ÀBC", "");
    assert!(matches!(gate.view().screen, VerifierScreen::Settings { .. }), "not while the gate is set up");
}
