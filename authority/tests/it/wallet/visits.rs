//! The room of venue codes: the decision before a poster, and the visits, on a device whose network, storage and process fail at every moment.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::shell;
use shell::{Device, Network, World};
use tongma::{
    app::{
        Deployment, ShellEvent,
        wallet::{CodeView, RoomEvent, RoomName, RoomView, SafetyEvent, VisitsEvent, VisitsView, Wallet, WalletEvent, WalletScreen},
    },
    base45,
    entropy::Entropy,
    keys::{PublicKey, SecretKey},
    reason::Reason,
    roles::{Outcome, visit::Evidence},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{
        Challenge,
        challenge::{StatedPlace, audience},
        from_text,
        trust::TrustBundle,
    },
};
use tongma_authority::VenueRequest;

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;

type Phone<'w> = Device<'w, Wallet>;

fn with_symptoms<'w>(world: &'w World, symptoms: &str) -> Phone<'w> {
    let mut phone = Phone::new(world, NOW);
    phone.apply_with(symptoms);
    phone
}

fn with_code(world: &World) -> Phone<'_> {
    with_symptoms(world, "0")
}

fn poster_of(world: &World, kind: &str, region: u32) -> String {
    let place = StatedPlace { kind: kind.into(), region, name: Some("八一大道商场东门".into()) };
    world.authority.issue_venue(&VenueRequest { place, valid_for_s: 30 * DAY, revocable: false }, NOW).unwrap().0
}

fn poster(world: &World) -> String {
    poster_of(world, "mall", 360_102)
}

fn live(poster: &str, now: UnixTime) -> String {
    let challenge = Challenge {
        audience: audience(*b"\0\x01\x02gate\xff"),
        nonce: *b"0123456789abcdef",
        issued_at: now,
        expires_at: now.plus(120),
        place: None,
        poster: Some(from_text(poster).unwrap()),
    };
    challenge.to_text()
}

/// The last byte of a text's token altered: of a poster that is its signature.
fn forged(text: &str) -> String {
    let mut bytes = base45::decode(text.strip_prefix("TM1:").unwrap()).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    format!("TM1:{}", base45::encode(&bytes))
}

fn event(phone: &mut Phone<'_>, event: VisitsEvent) {
    phone.send(WalletEvent::Room(RoomEvent::Visits(event)));
}

fn scan(phone: &mut Phone<'_>, text: &str) {
    event(phone, VisitsEvent::Scanned { text: text.into() });
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn visits(phone: &Phone<'_>) -> VisitsView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Visits(visits) } => visits.clone(),
        other => panic!("not in the room of visits: {}", serde_json::to_value(other).unwrap()["type"]),
    }
}

fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        _ => panic!("no code"),
    }
}

/// The answer, and the code of its reason.
fn told(phone: &Phone<'_>) -> (Outcome, String) {
    let verdict = visits(phone).decided.expect("a decision").verdict;
    (verdict.outcome, verdict.reason.unwrap_or_default())
}

#[test]
fn a_poster_is_decided_over_at_once_and_noted_also_with_no_network() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Visits);
    let view = visits(&phone);
    assert_eq!((view.code, view.reading, view.trust_made_at, view.visits.len()), (true, false, Some(NOW), 0));
    scan(&mut phone, &poster(&world));
    let view = visits(&phone);
    let decided = view.decided.as_ref().unwrap();
    assert_eq!((decided.verdict.outcome, decided.live), (Outcome::Pass, false));
    assert_eq!(decided.verdict.rule.as_ref().unwrap().set, "nanchang");
    let place = decided.place.as_ref().unwrap();
    assert_eq!((place.name.as_str(), place.kind.as_str(), place.region), ("八一大道商场东门", "mall", 360_102));
    assert_eq!(view.visits.iter().map(|visit| (visit.at, visit.evidence)).collect::<Vec<_>>(), [(NOW, Evidence::Poster)]);
    let asked = phone.fetched.len();
    event(&mut phone, VisitsEvent::Closed);
    assert_eq!(visits(&phone).decided, None);

    // The rules are kept, also over a restart; asking for newer ones is in nobody's way.
    phone.network = Network::Down;
    phone.pass(3 * 3600);
    phone.open();
    scan(&mut phone, &poster_of(&world, "school", 360_102));
    let view = visits(&phone);
    assert_eq!((told(&phone), view.trouble), ((Outcome::Pass, String::new()), Some(Reason::Offline)));
    assert_eq!((view.visits.len(), view.visits[0].kind.as_str()), (2, "school"), "the newest first");
    assert_eq!(phone.fetched.len(), asked + 1);
    // The same place again is the same visit.
    scan(&mut phone, &poster(&world));
    scan(&mut phone, &poster(&world));
    assert_eq!(visits(&phone).visits.len(), 4, "each poster has an identifier of its own");
    let again = poster(&world);
    scan(&mut phone, &again);
    scan(&mut phone, &again);
    assert_eq!(visits(&phone).visits.len(), 5);
}

#[test]
fn nothing_of_a_visit_leaves_the_phone() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let asked = phone.fetched.len();
    scan(&mut phone, &poster(&world));
    scan(&mut phone, &live(&poster(&world), NOW));
    assert_eq!(phone.fetched[asked..], ["bundle.cbor"], "the same file for everybody");
}

#[test]
fn the_newest_colour_and_the_rules_of_the_bundle_decide() {
    let world = World::new(NOW);
    let mut phone = with_symptoms(&world, "1");
    scan(&mut phone, &poster(&world));
    assert_eq!(told(&phone), (Outcome::Restricted, "colour-yellow".to_owned()));

    // The authority publishes a stricter set for the province; the room learns of it when it is entered again.
    let mut set: serde_json::Value = serde_json::from_str(include_str!("../../../../src/policy/rules/jiangxi.json")).unwrap();
    set["Common"]["Version"] = "1.0.1".into();
    let mut rule = set["Rules"][0].clone();
    (rule["Identifier"], rule["Reason"], rule["Logic"]) = ("XX-CLOSED".into(), "place-forbidden".into(), false.into());
    set["Rules"].as_array_mut().unwrap().insert(0, rule);
    world.authority.add_rules(&set.to_string(), NOW.plus(60)).unwrap();
    phone.pass(2 * 3600);
    enter(&mut phone, RoomName::Menu);
    scan(&mut phone, &poster_of(&world, "mall", 360_700));
    let verdict = visits(&phone).decided.unwrap().verdict;
    assert_eq!((verdict.outcome, verdict.rule.unwrap().identifier.as_str()), (Outcome::Stop, "XX-CLOSED"));
}

#[test]
fn what_is_old_forwarded_forged_or_foreign_has_its_reason_and_is_no_visit() {
    let world = World::new(NOW);
    let stranger = World::new(NOW);
    let good = poster(&world);
    let own = |phone: &Phone<'_>| {
        let saved: serde_json::Value = serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap();
        saved["held"]["credential"].as_str().unwrap().to_owned()
    };
    let credential = own(&with_code(&world));
    let cases = [
        ("a poster of last month", good.clone(), 30 * DAY, Outcome::Invalid, "expired"),
        ("a picture of a gate's screen, sent on", live(&good, NOW), 240, Outcome::Invalid, "expired"),
        ("forged", forged(&good), 0, Outcome::Invalid, "bad-signature"),
        ("forged within a gate's screen", live(&forged(&good), NOW), 0, Outcome::Invalid, "bad-signature"),
        ("of somebody else's authority", poster(&stranger), 0, Outcome::CannotTell, "unknown-key"),
        ("of a kind that is not known here", poster_of(&world, "moon-base", 360_102), 0, Outcome::CannotTell, "rules-unknown"),
        ("the own credential", credential, 0, Outcome::Invalid, "wrong-type"),
        ("a web address", "https://example.org/".into(), 0, Outcome::Invalid, "not-a-pass"),
        ("markup", "<img src=x onerror=alert(1)>".into(), 0, Outcome::Invalid, "not-a-pass"),
        ("huge", format!("TM1:{}", "A".repeat(8000)), 0, Outcome::Invalid, "text-too-long"),
    ];
    for (name, text, later, outcome, reason) in cases {
        let mut phone = with_code(&world);
        phone.now = NOW.plus(later);
        // The credential was renewed meanwhile, as far as this test goes, and so were the trust data.
        world.authority.publish(phone.now).unwrap();
        if later > DAY {
            phone = Phone::new(&world, NOW.plus(later));
            phone.open();
            phone.apply();
        }
        scan(&mut phone, &text);
        assert_eq!(told(&phone), (outcome, reason.to_owned()), "{name}");
        let noted = visits(&phone).visits.len();
        assert_eq!(noted, usize::from(reason == "rules-unknown"), "{name}: only a genuine code is a visit");
    }
    let mut phone = with_code(&world);
    scan(&mut phone, &"A".repeat(1 << 20));
    assert!(visits(&phone).decided.is_none() && !visits(&phone).reading, "no code is as long");
}

/// The embedded authority may sign for everywhere; here its key is good for its own province alone, under a root of the test's.
#[test]
fn a_poster_of_a_province_that_is_not_its_issuers_is_refused() {
    let world = World::new(NOW);
    let root = SecretKey::generate(&mut Entropy::new([8; 32]));
    let point = from_base64url(&world.deployment.root_key).unwrap();
    let bundle = TrustBundle::open(&world.public("bundle.cbor").unwrap(), &PublicKey::from_sec1(&point).unwrap());
    let mut bundle = bundle.unwrap().into_inner();
    let mut issuer = bundle.issuers.get("tm:36").unwrap().clone();
    issuer.keys.iter_mut().for_each(|key| key.regions = vec![360_000]);
    bundle.issuers.insert("tm:36".to_owned(), issuer);
    let mut phone = Phone::new(&world, NOW);
    phone.network = Network::SaysFor("bundle.cbor", 200, bundle.sign(&root));
    let deployment = Deployment { root_key: to_base64url(root.public().to_sec1()), ..world.deployment.clone() };
    phone.open_with(None, Some(deployment));
    phone.apply();
    scan(&mut phone, &poster_of(&world, "mall", 330_106));
    assert_eq!((told(&phone), visits(&phone).visits.len()), ((Outcome::Invalid, "key-region".to_owned()), 0));
    scan(&mut phone, &poster(&world));
    assert_eq!((told(&phone).0, visits(&phone).visits.len()), (Outcome::Pass, 1));
}

#[test]
fn what_can_not_be_told_yet_is_told_when_the_network_is_back() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.network = Network::Down;
    scan(&mut phone, &poster(&world));
    assert_eq!(told(&phone), (Outcome::CannotTell, "bundle-missing".to_owned()));
    assert_eq!((visits(&phone).trouble, visits(&phone).visits.len()), (Some(Reason::Offline), 0));
    phone.network = Network::Up;
    phone.shell(ShellEvent::Shown);
    assert_eq!((told(&phone), visits(&phone).visits.len()), ((Outcome::Pass, String::new()), 1));

    // Rules that are too old tell nothing; the clock is not to be wrong either.
    phone.network = Network::Down;
    phone.now = NOW.plus(6 * DAY);
    phone.open();
    scan(&mut phone, &poster(&world));
    assert_eq!(told(&phone).0, Outcome::Pass);
    phone.now = NOW.plus(-2 * 3600);
    phone.open();
    scan(&mut phone, &poster(&world));
    assert_eq!(told(&phone), (Outcome::CannotTell, "clock-wrong".to_owned()));
    let mut later = Phone::new(&world, NOW.plus(15 * DAY));
    later.open();
    later.apply();
    later.records = phone.records.clone();
    later.network = Network::Down;
    scan(&mut later, &poster(&world));
    assert_eq!(told(&later), (Outcome::CannotTell, "bundle-too-old".to_owned()));
    world.authority.publish(later.now).unwrap();
    later.network = Network::Up;
    later.shell(ShellEvent::Shown);
    assert_eq!(told(&later).0, Outcome::Pass);
}

#[test]
fn trust_data_that_are_none_are_told_and_those_held_stay() {
    let world = World::new(NOW);
    let stranger = World::new(NOW);
    let old = world.public("bundle.cbor").unwrap();
    world.authority.publish(NOW.plus(2 * DAY)).unwrap();
    let cases = [
        (Network::Says(200, b"<html>Log in to the network</html>".to_vec()), "answer-malformed"),
        (Network::Says(200, vec![0x9f; 1 << 20]), "answer-malformed"),
        (Network::Says(200, Vec::new()), "answer-malformed"),
        (Network::Says(503, b"<b>".to_vec()), "server-fault"),
        (Network::Says(200, stranger.public("bundle.cbor").unwrap()), "bundle-wrong-root"),
        (Network::Says(200, old), "bundle-rolled-back"),
        (Network::Down, "offline"),
    ];
    for (network, reason) in cases {
        let mut phone = Phone::new(&world, NOW.plus(2 * DAY));
        phone.open();
        phone.apply();
        enter(&mut phone, RoomName::Visits);
        let kept = phone.records["trust"].clone();
        phone.pass(2 * 3600);
        enter(&mut phone, RoomName::Menu);
        phone.network = network;
        scan(&mut phone, &poster(&world));
        assert_eq!(visits(&phone).trouble.map(|trouble| trouble.code()), Some(reason));
        assert_eq!((told(&phone).0, &phone.records["trust"]), (Outcome::Pass, &kept), "{reason}");
        // A stored one that was altered is fetched anew.
        let mut trust: serde_json::Value = serde_json::from_slice(&from_base64url(&kept).unwrap()).unwrap();
        trust["bundle"] = to_base64url(b"<html>").into();
        phone.records.insert("trust".into(), to_base64url(trust.to_string().as_bytes()));
        phone.network = Network::Up;
        phone.open();
        scan(&mut phone, &poster(&world));
        assert_eq!((told(&phone).0, visits(&phone).trouble), (Outcome::Pass, None), "{reason}");
    }
}

#[test]
fn visits_delete_themselves_after_14_days() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    scan(&mut phone, &poster(&world));
    phone.now = NOW.plus(DAY);
    scan(&mut phone, &poster(&world));
    // The page was open all the time.
    phone.now = NOW.plus(14 * DAY);
    enter(&mut phone, RoomName::Menu);
    enter(&mut phone, RoomName::Visits);
    assert_eq!(visits(&phone).visits.len(), 1, "one of the two is over");
    let stored = String::from_utf8(from_base64url(&phone.records["visits"]).unwrap()).unwrap();
    assert_eq!(stored.matches("\"at\"").count(), 1, "and not stored any more");
    phone.now = NOW.plus(15 * DAY - 1);
    phone.open();
    assert!(phone.records.contains_key("visits"));
    phone.now = NOW.plus(15 * DAY);
    phone.open();
    assert!(!phone.records.contains_key("visits"), "the whole record goes, though no room was entered");
}

#[test]
fn killed_at_every_effect_a_visit_is_noted_once() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = with_code(&world);
        let text = poster(&world);
        phone.killed_after = Some(after);
        scan(&mut phone, &text);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        phone.open();
        assert!(code(&phone).qr.is_some(), "killed after {after}");
        scan(&mut phone, &text);
        assert_eq!((told(&phone).0, visits(&phone).visits.len()), (Outcome::Pass, 1), "killed after {after}");
        phone.now = NOW.plus(14 * DAY);
        phone.open();
        assert!(!phone.records.contains_key("visits"), "killed after {after}: what is kept has its end");
        if done {
            break;
        }
    }
    assert!(killed > 7, "only {killed} places to be killed at");
}

#[test]
fn a_storage_that_fails_is_told_and_the_decision_is_there_nevertheless() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    phone.storage = Some(Reason::StorageFull);
    scan(&mut phone, &poster(&world));
    assert_eq!((told(&phone).0, phone.view().notices.as_slice()), (Outcome::Pass, [Reason::StorageFull].as_slice()));
    let damaged = to_base64url(b"{\"visits\":");
    phone.storage = None;
    phone.records.insert("visits".into(), damaged.clone());
    phone.open();
    scan(&mut phone, &poster(&world));
    assert_eq!((told(&phone).0, visits(&phone).visits.len()), (Outcome::Pass, 1));
    assert_eq!((phone.view().notices.as_slice(), &phone.records["visits-damaged"]), ([Reason::StorageDamaged].as_slice(), &damaged));
}

#[test]
fn a_poster_that_is_scanned_beside_the_code_leads_here_and_a_gates_screen_is_answered() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let text = poster(&world);
    phone.send(WalletEvent::ChallengeRead { text: text.clone() });
    assert_eq!((code(&phone).venue.as_ref(), phone.view().notices.len()), (Some(&text), 0));
    phone.shell(ShellEvent::Shown);
    assert_eq!(code(&phone).venue, None, "it is told once");

    // The gate waits for its answer; what its poster says is one tap away.
    let screen = live(&text, NOW);
    phone.send(WalletEvent::ChallengeRead { text: screen.clone() });
    assert_eq!(code(&phone).answering.as_ref().unwrap().venue.as_ref(), Some(&screen));
    scan(&mut phone, &screen);
    let view = visits(&phone);
    assert_eq!((view.decided.unwrap().live, view.visits[0].evidence), (true, Evidence::Live));
    event(&mut phone, VisitsEvent::Answered);
    assert!(code(&phone).answering.is_some() && code(&phone).qr.is_some());
    phone.send(WalletEvent::EverydayAsked);
    assert!(code(&phone).answering.is_none());
}

#[test]
fn without_a_code_there_is_nothing_to_decide_over() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    scan(&mut phone, &poster(&world));
    let view = visits(&phone);
    assert_eq!((view.code, view.reading, view.decided, view.visits.len()), (false, false, None, 0));
}

#[test]
fn behind_a_lock_a_scan_waits_and_nothing_is_stored_in_the_clear() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    enter(&mut phone, RoomName::Safety);
    let passcode = || "135790".to_owned();
    let safety = |phone: &mut Phone<'_>, event| {
        phone.send(WalletEvent::Room(RoomEvent::Safety(event)));
    };
    safety(&mut phone, SafetyEvent::LockTurnedOn { passcode: passcode(), show_code: true, close_after_s: 60 });
    phone.open();
    assert!(code(&phone).qr.is_some());
    scan(&mut phone, &poster(&world));
    assert!(matches!(phone.view().screen, WalletScreen::Locked(_)));
    safety(&mut phone, SafetyEvent::Unlock { passcode: passcode() });
    assert_eq!((told(&phone).0, visits(&phone).visits.len()), (Outcome::Pass, 1));
    let all = phone.records.values().chain(&phone.stored).map(|data| from_base64url(data).unwrap());
    assert!(all.into_iter().all(|data| !String::from_utf8_lossy(&data).contains("八一大道")));
    safety(&mut phone, SafetyEvent::LockNow);
    enter(&mut phone, RoomName::Visits);
    assert!(matches!(phone.view().screen, WalletScreen::Locked(_)));
}
