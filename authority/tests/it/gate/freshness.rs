//! Status lists in shards and deltas, and how old the data of a gate are.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::person;
use crate::support::shell;
use person::{NOW, Person};
use shell::{Device, Network, World};
use tongma::{
    app::verifier::{DataState, Source, Verifier, VerifierEvent, VerifierScreen},
    reason::Reason,
    time::UnixTime,
    token::{parcel, status},
};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
const DELTA: &str = "0.delta.cbor";

type Gate<'w> = Device<'w, Verifier>;

fn gate_at(world: &World, now: UnixTime) -> Gate<'_> {
    let mut gate = Gate::new(world, now);
    gate.open();
    gate
}

fn read(gate: &mut Gate<'_>, person: &Person) -> String {
    let text = person.shows(gate.now);
    gate.send(VerifierEvent::TextRead { text, source: Source::Paste });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("{:?}", gate.view().screen) };
    let outcome = serde_json::to_value(verdict.outcome).unwrap();
    let rule = verdict.rule.as_ref().map(|rule| rule.identifier.clone());
    let told = [outcome.as_str().map(str::to_owned), verdict.reason.clone(), rule];
    told.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn notices(gate: &Gate<'_>) -> Vec<&'static str> {
    gate.view().notices.iter().map(Reason::code).collect()
}

fn refresh(gate: &mut Gate<'_>) -> Vec<String> {
    gate.fetched.clear();
    gate.send(VerifierEvent::RefreshAsked);
    gate.fetched.clone()
}

fn restart_offline(gate: &mut Gate<'_>) {
    gate.network = Network::Down;
    gate.open_with(None, None);
    gate.network = Network::Up;
}

#[test]
fn a_refresh_takes_what_changed_and_keeps_it() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate_at(&world, NOW);
    assert_eq!(gate.fetched, ["bundle.cbor", "status/0.cbor"], "the first time the whole list");
    for (value, expected) in [(status::SUSPENDED, "stop suspended"), (status::VALID, "pass"), (status::YELLOW, "restricted turned-yellow")]
    {
        gate.now = gate.now.plus(60);
        world.authority.set_status(person.idx, value, gate.now).unwrap();
        assert_eq!(refresh(&mut gate), ["bundle.cbor", "status/0.delta.cbor"]);
        assert_eq!(read(&mut gate, &person), expected);
        restart_offline(&mut gate);
        assert_eq!(read(&mut gate, &person), expected, "after a restart without a network");
    }
    assert_eq!(notices(&gate), [""; 0]);
    let whole = gate.records["list-tm:36/0"].len();
    assert!(gate.records["deltas-tm:36/0"].len() < whole, "one delta takes the place of the one before");
}

#[test]
fn weeks_of_deltas_stay_few_and_right() {
    let world = World::new(NOW);
    let people: Vec<_> = (1..=4).map(|number| Person::new(&world, number)).collect();
    let mut gate = gate_at(&world, NOW);
    let mut whole = 0;
    for day in 1_i64..=40 {
        gate.now = NOW.plus(day * DAY / 2);
        let turn = usize::try_from(day).unwrap();
        world.authority.set_status(people[turn % 4].idx, [status::SUSPENDED, status::VALID][turn / 4 % 2], gate.now).unwrap();
        world.authority.publish(gate.now).unwrap();
        whole += refresh(&mut gate).iter().filter(|path| *path == "status/0.cbor").count();
        let deltas = gate
            .records
            .get("deltas-tm:36/0")
            .map_or(0, |record| parcel::decode(&tongma::text::from_base64url(record).unwrap()).unwrap().len());
        assert!(deltas <= 8, "{deltas}");
        if day % 3 == 0 {
            restart_offline(&mut gate);
        }
        let held: Vec<_> = people.iter().map(|person| read(&mut gate, person).contains("suspended")).collect();
        let fresh = gate_at(&world, gate.now);
        let mut fresh = fresh;
        let right: Vec<_> = people.iter().map(|person| read(&mut fresh, person).contains("suspended")).collect();
        assert_eq!(held, right, "day {day}/2");
    }
    assert!(whole <= 2, "{whole} whole lists in twenty days");
}

#[test]
fn where_the_changes_do_not_fit_the_whole_list_is_fetched() {
    let (world, stranger) = (World::new(NOW), World::new(NOW));
    let person = Person::new(&world, 1);
    let path = |name: &str| world.authority.public_dir().join(name);
    let old = world.public("status/0.delta.cbor").unwrap();
    let later = NOW.plus(HOUR);
    let prepared = || {
        let gate = gate_at(&world, NOW);
        assert_eq!(gate.view().status.issued_at, Some(NOW));
        gate
    };
    let mut gates: Vec<_> = (0..8).map(|_| prepared()).collect();
    let mut very_old = prepared();
    world.authority.set_status(person.idx, status::REVOKED, later).unwrap();
    let good = world.public("status/0.delta.cbor").unwrap();
    let altered = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let cases = [
        (404, Vec::new()),
        (500, Vec::new()),
        (200, Vec::new()),
        (200, good[..good.len() - 1].to_vec()),
        (200, altered(good.len() - 1)),
        (200, altered(good.len() / 2)),
        (200, stranger.public("status/0.delta.cbor").unwrap()),
        (200, world.public("bundle.cbor").unwrap()),
    ];
    for (gate, (status, body)) in gates.iter_mut().zip(cases) {
        gate.now = later;
        gate.network = Network::SaysFor(DELTA, status, body);
        assert_eq!(refresh(gate), ["bundle.cbor", "status/0.delta.cbor", "status/0.cbor"]);
        assert_eq!(notices(gate), [""; 0], "nothing to tell: the whole list came");
        assert_eq!(read(gate, &person), "invalid revoked");
    }
    // An answer that the network had kept is older than what is held: nobody is sent to fetch more.
    let gate = &mut gates[0];
    gate.network = Network::SaysFor(DELTA, 200, old);
    assert_eq!(refresh(gate), ["bundle.cbor", "status/0.delta.cbor"]);
    assert_eq!(read(gate, &person), "invalid revoked");
    // Who was away for longer than a delta tells.
    very_old.now = NOW.plus(4 * DAY);
    world.authority.publish(very_old.now).unwrap();
    assert_eq!(refresh(&mut very_old), ["bundle.cbor", "status/0.delta.cbor", "status/0.cbor"]);
    assert_eq!(read(&mut very_old, &person), "invalid revoked");
    // A change that the authority's table does not know: the result is not what the issuer states.
    let mut gate = gate_at(&world, NOW.plus(4 * DAY));
    let database = rusqlite::Connection::open(world.authority.public_dir().parent().unwrap().join("authority.db")).unwrap();
    let other = Person::new(&world, 2);
    database.execute("UPDATE status SET status = 2 WHERE idx = ?", [other.idx]).unwrap();
    gate.now = NOW.plus(4 * DAY + HOUR);
    world.authority.publish(gate.now).unwrap();
    assert_eq!(refresh(&mut gate).len(), 3);
    assert_eq!(read(&mut gate, &other), "stop suspended");
    assert!(path("status/0.delta.cbor").exists());
}

#[test]
fn a_person_of_any_shard_is_judged_by_its_own_list() {
    let world = World::new(NOW);
    world.authority.want_lists(3, NOW).unwrap();
    let people: Vec<_> = (0..30).map(|number| Person::new(&world, number)).collect();
    let shard = |wanted: u32| people.iter().find(|person| person.idx >> 20 == wanted).unwrap();
    let mut gate = gate_at(&world, NOW);
    assert_eq!(gate.fetched.len(), 4);
    for number in 0..3 {
        assert_eq!(read(&mut gate, shard(number)), "pass", "shard {number}");
    }
    gate.now = NOW.plus(HOUR);
    world.authority.set_status(shard(2).idx, status::REVOKED, gate.now).unwrap();
    refresh(&mut gate);
    restart_offline(&mut gate);
    assert_eq!([0, 1, 2].map(|number| read(&mut gate, shard(number))), ["pass", "pass", "invalid revoked"]);
    // One list that is not there is told of before somebody stands there with its code.
    gate.records.remove("list-tm:36/1");
    restart_offline(&mut gate);
    assert_eq!((gate.view().status.state, gate.view().status.missing), (DataState::Ageing, 1));
    assert_eq!(read(&mut gate, shard(1)), "cannot-tell status-missing");
    assert_eq!(read(&mut gate, shard(0)), "pass");
    assert_eq!(refresh(&mut gate).iter().filter(|path| *path == "status/1.cbor").count(), 1);
    assert_eq!((gate.view().status.state, gate.view().status.missing), (DataState::Fresh, 0));
}

#[test]
fn lights_change_in_their_time_without_a_network() {
    let world = World::new(NOW);
    let mut gate = gate_at(&world, NOW);
    gate.network = Network::Down;
    let mut seen = vec![(0, gate.view().status.state, gate.view().bundle.state)];
    for hour in 1..=15 * 24 {
        gate.pass(HOUR);
        let now = (hour, gate.view().status.state, gate.view().bundle.state);
        if seen.last().is_none_or(|(_, status, bundle)| (*status, *bundle) != (now.1, now.2)) {
            seen.push(now);
        }
    }
    let (fresh, ageing, stale) = (DataState::Fresh, DataState::Ageing, DataState::Stale);
    assert_eq!(seen, [(0, fresh, fresh), (37, ageing, fresh), (48, stale, fresh), (253, stale, ageing), (336, stale, stale)]);
    assert_eq!(notices(&gate), ["bundle-too-old"], "nobody was told to look for the network, for nobody asked");
    // By itself as soon as there is a network again.
    gate.network = Network::Up;
    world.authority.publish(gate.now).unwrap();
    gate.pass(HOUR);
    assert_eq!((gate.view().status.state, gate.view().bundle.state), (fresh, fresh));
    assert_eq!(notices(&gate), [""; 0]);
    // Between two refreshes the light changes at its minute.
    world.authority.publish(gate.now).unwrap();
    let mut gate = gate_at(&world, gate.now);
    gate.network = Network::Down;
    gate.pass(36 * HOUR - 10);
    assert_eq!(gate.view().status.state, fresh);
    gate.pass(20);
    assert_eq!(gate.view().status.state, ageing);
}
