//! The poster of a gate's place: the gate takes it, its challenge carries it, and a wallet that scans the screen notes the visit. And posters
//! that were withdrawn, before a wallet.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::picture;
use crate::support::shell;
use picture::read_back;
use shell::{Device, Network, World};
use tongma::{
    app::{
        Deployment, ShellEvent,
        verifier::{GateSettings, PosterView, Source, Verifier, VerifierEvent, VerifierScreen},
        wallet::{RoomEvent, RoomName, RoomView, VisitsEvent, VisitsView, Wallet, WalletEvent, WalletScreen},
    },
    base45,
    entropy::Entropy,
    keys::{PublicKey, SecretKey},
    policy::{Place, PlaceKind},
    reason::Reason,
    roles::{Outcome, issuer::issue_venue, visit::Evidence},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Challenge, Venue, challenge::StatedPlace, from_text, status, to_text, trust::TrustBundle},
};
use tongma_authority::VenueRequest;

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const NAME: &str = "八一大道商场东门";

type Gate<'w> = Device<'w, Verifier>;

fn issue(world: &World, kind: &str, region: u32, revocable: bool) -> (String, Venue) {
    let place = StatedPlace { kind: kind.into(), region, name: Some(NAME.into()) };
    world.authority.issue_venue(&VenueRequest { place, valid_for_s: 10 * DAY, revocable }, NOW).unwrap()
}

fn poster(world: &World) -> String {
    issue(world, "mall", 360_102, false).0
}

fn mall() -> Place {
    Place { kind: PlaceKind::Mall, region: 360_100, name: Some("商场".into()), ..Place::default() }
}

fn set_up(gate: &mut Gate<'_>, place: Option<Place>, challenge: bool) {
    gate.send(VerifierEvent::GateChanged { gate: GateSettings { place, challenge, ..GateSettings::default() } });
}

fn gate(world: &World) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.open();
    set_up(&mut gate, Some(mall()), true);
    gate
}

/// Reads a text as the venue code of the place; why it is not taken.
fn offer(gate: &mut Gate<'_>, text: &str) -> Option<Reason> {
    gate.send(VerifierEvent::Dismissed);
    gate.send(VerifierEvent::SettingsOpened);
    gate.send(VerifierEvent::PosterWanted);
    assert!(gate.scanning);
    gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Paste });
    let problem = match gate.view().screen.clone() {
        VerifierScreen::Poster { problem, .. } => problem,
        VerifierScreen::Settings { .. } => None,
        other => panic!("neither looking nor set up but {other:?}"),
    };
    assert_eq!(gate.scanning, problem.is_some(), "it is looked for until it is found");
    if problem.is_some() {
        gate.send(VerifierEvent::Dismissed);
        assert!(matches!(gate.view().screen, VerifierScreen::Settings { .. }) && !gate.scanning);
    }
    gate.send(VerifierEvent::Dismissed);
    assert!(matches!(gate.view().screen, VerifierScreen::Scanning { .. }) && gate.scanning);
    problem
}

fn shown(gate: &Gate<'_>) -> Challenge {
    Challenge::from_text(&read_back(gate.view().challenge.as_ref().expect("a challenge"))).unwrap()
}

fn problem(gate: &Gate<'_>) -> Option<&'static str> {
    gate.view().poster.as_ref().expect("a poster").problem.as_ref().map(Reason::code)
}

fn forged(text: &str) -> String {
    let mut bytes = base45::decode(text.strip_prefix("TM1:").unwrap()).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    format!("TM1:{}", base45::encode(&bytes))
}

type Phone<'w> = Device<'w, Wallet>;

fn with_code(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.apply();
    phone
}

fn visits(phone: &mut Phone<'_>, event: VisitsEvent) -> Option<VisitsView> {
    match &phone.send(WalletEvent::Room(RoomEvent::Visits(event))).screen {
        WalletScreen::Room { room: RoomView::Visits(visits) } => Some(visits.clone()),
        _ => None,
    }
}

/// Scans a code: the outcome, the reason, and how many visits there are.
fn scan(phone: &mut Phone<'_>, text: &str) -> (Outcome, String, usize) {
    let view = visits(phone, VisitsEvent::Scanned { text: text.into() }).expect("the room of visits");
    let verdict = view.decided.expect("a decision").verdict;
    (verdict.outcome, verdict.reason.unwrap_or_default(), view.visits.len())
}

#[test]
fn a_wallet_notes_a_live_visit_and_answers_only_when_asked() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    assert_eq!(shown(&gate).poster, None);
    let text = poster(&world);
    assert_eq!(offer(&mut gate, &text), None);
    let view = gate.view().poster.clone().unwrap();
    assert_eq!(view, PosterView { name: Some(NAME.into()), expires_at: Some(NOW.plus(10 * DAY)), problem: None });
    assert_eq!((shown(&gate).poster, shown(&gate).place), (Some(from_text(&text).unwrap()), None));
    assert!(gate.view().challenge.as_ref().unwrap().version <= 11);

    let mut phone = with_code(&world);
    let scanned = read_back(gate.view().challenge.as_ref().unwrap());
    let view = visits(&mut phone, VisitsEvent::Scanned { text: scanned }).expect("the room of visits");
    assert_eq!((view.decided.unwrap().verdict.outcome, view.visits[0].evidence), (Outcome::Pass, Evidence::Live));
    assert_eq!(view.visits[0].name, NAME);
    // What the person then shows at this gate, it takes.
    assert!(visits(&mut phone, VisitsEvent::Answered).is_none());
    let WalletScreen::Code(code) = &phone.view().screen else { panic!("no code") };
    assert!(code.answering.is_some());
    gate.send(VerifierEvent::TextRead { text: read_back(code.qr.as_ref().unwrap()), source: Source::Camera });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("no verdict") };
    assert_eq!(verdict.outcome, Outcome::Pass);
}

#[test]
fn what_is_no_good_poster_of_this_place_is_refused_with_its_reason() {
    let world = World::new(NOW);
    let stranger = World::new(NOW);
    let good = poster(&world);
    let (withdrawn, venue) = issue(&world, "mall", 360_102, true);
    world.authority.set_status(venue.status.unwrap().idx, status::REVOKED, NOW).unwrap();
    world.authority.publish(NOW).unwrap();
    let mut gate = gate(&world);
    assert_eq!(offer(&mut gate, &good), None);
    let live = read_back(gate.view().challenge.as_ref().unwrap());
    let refused = [
        (forged(&good), "bad-signature"),
        (poster(&stranger), "unknown-key"),
        (withdrawn, "revoked"),
        (issue(&world, "school", 360_102, false).0, "poster-elsewhere"),
        (issue(&world, "mall", 330_106, false).0, "poster-elsewhere"),
        (live, "wrong-type"),
        ("https://example.org/".into(), "wrong-type"),
        (String::new(), "wrong-type"),
        (good[..good.len() - 9].to_owned(), "cbor-truncated"),
        (format!("TM1:{}", "A".repeat(9000)), "text-too-long"),
        (good.replace("TM1:", "TM2:"), "prefix-version"),
    ];
    for (text, reason) in refused {
        assert_eq!(offer(&mut gate, &text).as_ref().map(Reason::code), Some(reason), "{}", &text[..text.len().min(40)]);
        assert_eq!(shown(&gate).poster, Some(from_text(&good).unwrap()), "{reason}: the one before stays");
    }
    gate.send(VerifierEvent::SettingsOpened);
    gate.send(VerifierEvent::PosterRemoved);
    gate.send(VerifierEvent::Dismissed);
    assert_eq!((gate.view().poster.clone(), shown(&gate).poster), (None, None));

    gate.now = NOW.plus(10 * DAY);
    world.authority.publish(gate.now).unwrap();
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(offer(&mut gate, &good).as_ref().map(Reason::code), Some("expired"));
    gate.now = NOW.plus(-DAY);
    assert_eq!(offer(&mut gate, &good).as_ref().map(Reason::code), Some("not-yet-valid"));
    let mut empty = Gate::new(&world, NOW);
    empty.network = Network::Down;
    empty.open();
    assert_eq!(offer(&mut empty, &good), Some(Reason::BundleMissing));
}

/// Here the issuer's key is good for its own province alone.
#[test]
fn a_poster_of_a_region_that_is_not_its_issuers_is_refused() {
    let world = World::new(NOW);
    let root = SecretKey::generate(&mut Entropy::new([8; 32]));
    let point = from_base64url(&world.deployment.root_key).unwrap();
    let bundle = TrustBundle::open(&world.public("bundle.cbor").unwrap(), &PublicKey::from_sec1(&point).unwrap());
    let mut bundle = bundle.unwrap().into_inner();
    let mut issuer = bundle.issuers.get("tm:36").unwrap().clone();
    issuer.keys.iter_mut().for_each(|key| key.regions = vec![360_000]);
    bundle.issuers.insert("tm:36".to_owned(), issuer);
    let mut gate = Gate::new(&world, NOW);
    gate.network = Network::SaysFor("bundle.cbor", 200, bundle.sign(&root));
    gate.open_with(None, Some(Deployment { root_key: to_base64url(root.public().to_sec1()), ..world.deployment.clone() }));
    set_up(&mut gate, None, true);
    assert_eq!(offer(&mut gate, &issue(&world, "mall", 330_106, false).0), Some(Reason::KeyRegion { region: 330_106 }));
    assert_eq!(offer(&mut gate, &poster(&world)), None, "a gate without a place takes any that is genuine");
}

#[test]
fn a_poster_that_is_no_good_any_more_is_left_out_and_told() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    let (text, venue) = issue(&world, "mall", 360_102, true);
    assert_eq!(offer(&mut gate, &text), None);
    let token = from_text(&text).unwrap();
    // It is kept, also with no network.
    gate.network = Network::Down;
    gate.open();
    assert_eq!((problem(&gate), shown(&gate).poster.as_ref()), (None, Some(&token)));
    // The place is another one: the gate speaks for itself.
    set_up(&mut gate, Some(Place { kind: PlaceKind::School, ..mall() }), true);
    assert_eq!((problem(&gate), shown(&gate).poster), (Some("poster-elsewhere"), None));
    assert_eq!(shown(&gate).place.unwrap().kind, "school");
    set_up(&mut gate, Some(mall()), true);
    assert_eq!((problem(&gate), shown(&gate).poster.as_ref()), (None, Some(&token)));
    // Withdrawn: the gate learns it with its status lists.
    world.authority.set_status(venue.status.unwrap().idx, status::REVOKED, NOW.plus(60)).unwrap();
    world.authority.publish(NOW.plus(60)).unwrap();
    gate.network = Network::Up;
    gate.now = NOW.plus(120);
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!((problem(&gate), shown(&gate).poster), (Some("revoked"), None));
    assert_eq!(shown(&gate).place.unwrap().kind, "mall");

    // At its end, while the page is open.
    assert_eq!(offer(&mut gate, &poster(&world)), None);
    gate.now = NOW.plus(10 * DAY - 30);
    world.authority.publish(gate.now).unwrap();
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(problem(&gate), None);
    gate.pass(60);
    assert_eq!((problem(&gate), shown(&gate).poster), (Some("expired"), None));
}

#[test]
fn a_hand_scanner_reads_the_poster_and_no_pass_is_judged_meanwhile() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    gate.send(VerifierEvent::PosterWanted);
    assert!(matches!(gate.view().screen, VerifierScreen::Scanning { .. }), "it is wanted in the settings alone");
    gate.send(VerifierEvent::SettingsOpened);
    gate.send(VerifierEvent::PosterWanted);
    let text = poster(&world);
    gate.send(VerifierEvent::ScannerTyped { text: "?".into(), keys: "?".into() });
    assert!(matches!(&gate.view().screen, VerifierScreen::Poster { problem: Some(_), .. }));
    gate.send(VerifierEvent::ScannerTyped { text: text.clone(), keys: text.clone() });
    assert!(matches!(&gate.view().screen, VerifierScreen::Settings { .. }), "{:?}", gate.view().screen);
    assert_eq!((problem(&gate), gate.view().log.entries), (None, 0));
}

#[test]
fn a_storage_that_fails_is_told_and_the_poster_serves_until_the_page_is_closed() {
    let world = World::new(NOW);
    let mut gate = gate(&world);
    gate.storage = Some(Reason::StorageFull);
    assert_eq!(offer(&mut gate, &poster(&world)), None);
    assert!(shown(&gate).poster.is_some() && gate.view().notices.contains(&Reason::StorageFull));
    gate.storage = None;
    gate.open();
    assert_eq!((gate.view().poster.clone(), shown(&gate).poster), (None, None));
}

/// A poster that can be withdrawn, and one that was, published an hour later.
fn withdrawn(world: &World) -> (String, String) {
    let (good, _) = issue(world, "mall", 360_102, true);
    let (bad, venue) = issue(world, "mall", 360_102, true);
    world.authority.set_status(venue.status.unwrap().idx, status::REVOKED, NOW.plus(3600)).unwrap();
    world.authority.publish(NOW.plus(3600)).unwrap();
    (good, bad)
}

#[test]
fn a_withdrawn_poster_is_refused_by_the_list_that_is_fetched_once_and_kept() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let (good, bad) = withdrawn(&world);
    phone.now = NOW.plus(7200);
    let asked = phone.fetched.len();
    assert_eq!(scan(&mut phone, &poster(&world)), (Outcome::Pass, String::new(), 1));
    assert_eq!(phone.fetched[asked..], ["bundle.cbor"], "one that can't be withdrawn needs no list");
    assert_eq!(scan(&mut phone, &bad), (Outcome::Invalid, "revoked".to_owned(), 1));
    assert_eq!(scan(&mut phone, &good), (Outcome::Pass, String::new(), 2));
    assert_eq!(phone.fetched[asked..], ["bundle.cbor", "status/0.cbor"]);
    // It is kept, for days with no network as well.
    phone.network = Network::Down;
    phone.now = NOW.plus(5 * DAY);
    phone.open();
    assert_eq!(scan(&mut phone, &bad), (Outcome::Invalid, "revoked".to_owned(), 2));
    // Within the gate's screen as well.
    let challenge = Challenge {
        audience: tongma::token::challenge::audience(*b"eastgate"),
        nonce: [7; 16],
        issued_at: phone.now,
        expires_at: phone.now.plus(60),
        place: None,
        poster: Some(from_text(&bad).unwrap()),
    };
    assert_eq!(scan(&mut phone, &challenge.to_text()), (Outcome::Invalid, "revoked".to_owned(), 2));
    assert_eq!(scan(&mut phone, &good), (Outcome::Pass, String::new(), 3));
}

#[test]
fn without_a_list_that_can_be_used_a_poster_counts_as_ever() {
    let world = World::new(NOW);
    let stranger = World::new(NOW);
    let list = world.public("status/0.cbor").unwrap();
    let (_, bad) = withdrawn(&world);
    let cut = world.public("status/0.cbor").unwrap();
    let cut = cut[..cut.len() / 2].to_vec();
    let answers = [
        (404, Vec::new()),
        (503, b"<b>".to_vec()),
        (200, b"<html>Log in to the network</html>".to_vec()),
        (200, vec![0x9f; 1 << 20]),
        (200, cut),
        (200, Vec::new()),
        (200, world.public("bundle.cbor").unwrap()),
        (200, stranger.public("status/0.cbor").unwrap()),
        (200, list),
    ];
    for (number, (status, body)) in answers.into_iter().enumerate() {
        let mut phone = with_code(&world);
        phone.now = NOW.plus(7200);
        phone.network = Network::SaysFor("status/0.cbor", status, body);
        assert_eq!(scan(&mut phone, &bad), (Outcome::Pass, String::new(), 1), "answer {number}");
        // Entered again with a good network, it is told.
        phone.network = Network::Up;
        phone.send(WalletEvent::Room(RoomEvent::Entered { room: RoomName::Menu }));
        phone.now = NOW.plus(2 * 7200);
        assert_eq!(scan(&mut phone, &bad).1, "revoked", "answer {number}");
    }
    // An older list than the one at hand does not bring the poster back.
    let mut phone = with_code(&world);
    phone.now = NOW.plus(7200);
    assert_eq!(scan(&mut phone, &bad).1, "revoked");
    phone.send(WalletEvent::Room(RoomEvent::Entered { room: RoomName::Menu }));
    phone.network = Network::SaysFor("status/0.cbor", 200, World::new(NOW).public("status/0.cbor").unwrap());
    phone.now = NOW.plus(4 * 3600);
    assert_eq!(scan(&mut phone, &bad).1, "revoked");
    // What was kept and can't be read any more is fetched anew.
    let mut kept: serde_json::Value = serde_json::from_slice(&from_base64url(&phone.records["trust"]).unwrap()).unwrap();
    assert_eq!(kept["lists"].as_array().unwrap().len(), 1);
    kept["lists"][0]["list"] = "!".into();
    phone.records.insert("trust".into(), to_base64url(kept.to_string().as_bytes()));
    phone.network = Network::Up;
    phone.open();
    assert_eq!(scan(&mut phone, &bad).1, "revoked");
}

#[test]
fn a_list_is_asked_for_in_its_room_alone_and_one_that_the_trust_list_does_not_name_never() {
    let world = World::new(NOW);
    let mut phone = with_code(&world);
    let (good, _) = withdrawn(&world);
    phone.now = NOW.plus(7200);
    scan(&mut phone, &good);
    let asked = phone.fetched.len();
    // The hours pass on the screen of the code, in the room, and in others.
    for room in [RoomName::Visits, RoomName::Menu, RoomName::Diary] {
        phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
        phone.pass(3 * 3600);
        phone.shell(ShellEvent::Shown);
    }
    assert!(!phone.fetched[asked..].iter().any(|path| path.starts_with("status/")), "{:?}", &phone.fetched[asked..]);
    // A poster of the own issuer that names a list of nobody.
    let pem = std::fs::read_to_string(world.authority.public_dir().join("../issuer.pem")).unwrap();
    let key = SecretKey::from_pem(&pem).unwrap();
    let (_, mut venue) = issue(&world, "mall", 360_102, true);
    venue.status.as_mut().unwrap().uri = "https://example.org/status/9".into();
    let text = to_text(&issue_venue(&key, &venue));
    assert_eq!(scan(&mut phone, &text).0, Outcome::Pass);
    assert!(!phone.fetched[asked..].iter().any(|path| path.starts_with("status/")));
}
