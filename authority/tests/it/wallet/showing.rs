//! What the code shows: the room of its details, the person's choice of what is disclosed, and the first opening.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::picture;
use crate::support::shell;
use picture::read_back;
use shell::{Device, World};
use tongma::{
    app::{
        ShellEvent,
        wallet::{
            CodeView, DetailsEvent, DetailsView, RoomEvent, RoomName, RoomView, SafetyEvent, VisitsEvent, Wallet, WalletEvent, WalletScreen,
        },
    },
    cbor::Value,
    entropy::Entropy,
    keys::SecretKey,
    reason::Reason,
    roles::{Outcome, issuer},
    table::Table,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{ClaimName, Colour, ColourReason, CredentialClaims, Presentation, challenge::StatedPlace, from_text, to_text},
};
use tongma_authority::{Request, VenueRequest};

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const SLOT: &str = "holder-test";
const TEST: &str = "negative 2027-01-14T08:00:00+08:00";

type Phone<'w> = Device<'w, Wallet>;

fn key() -> SecretKey {
    SecretKey::generate(&mut Entropy::new([5; 32]))
}

fn claims() -> Table<ClaimName, Value> {
    let said =
        [("110***********002X", ClaimName::Document), ("甲**", ClaimName::Name), (TEST, ClaimName::Test), ("3/3", ClaimName::Vaccination)];
    let mut table = Table::default();
    for (text, name) in said {
        table.insert(name, Value::text(text));
    }
    table
}

/// A phone that holds this credential.
fn holding<'w>(world: &'w World, credential: &str) -> Phone<'w> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.apply();
    let mut saved = saved(&phone);
    saved["held"] = serde_json::json!({ "credential": credential, "slot": SLOT, "documentNumber": "110***********002X" });
    phone.stored = Some(to_base64url(saved.to_string().as_bytes()));
    phone.keys.insert(SLOT.to_owned(), key());
    phone.open();
    phone
}

/// A phone whose credential hides everything that it can.
fn with_redacted(world: &World) -> Phone<'_> {
    let request = Request {
        colour: Colour::Green,
        region: 360_000,
        claims: claims(),
        redact: ClaimName::ALL.to_vec(),
        valid_for_s: 7 * DAY,
        reason: None,
        relation: None,
    };
    let (credential, _) = world.authority.issue(&request, &key().public(), NOW).unwrap();
    holding(world, &credential)
}

fn saved(phone: &Phone<'_>) -> serde_json::Value {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

fn code<'p>(phone: &'p Phone<'_>) -> &'p CodeView {
    match &phone.view().screen {
        WalletScreen::Code(code) => code,
        _ => panic!("no code"),
    }
}

fn enter(phone: &mut Phone<'_>, room: RoomName) {
    phone.send(WalletEvent::Room(RoomEvent::Entered { room }));
}

fn details(phone: &mut Phone<'_>) -> DetailsView {
    enter(phone, RoomName::Details);
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Details(details) } => details.as_ref().clone(),
        _ => panic!("not in the room of details"),
    }
}

fn choose(phone: &mut Phone<'_>, claims: &[ClaimName]) {
    enter(phone, RoomName::Details);
    phone.send(WalletEvent::Room(RoomEvent::Details(DetailsEvent::Chosen { claims: claims.to_vec() })));
    phone.send(WalletEvent::Room(RoomEvent::Left));
}

/// What of the claims the screen shows.
fn on_screen(phone: &Phone<'_>) -> (String, String, Option<String>, Option<String>) {
    let code = code(phone);
    (code.name.clone(), code.document_number.clone(), code.test.clone(), code.vaccination.clone())
}

/// What a reader of the code on the screen learns of the person.
fn disclosed(phone: &Phone<'_>) -> Vec<ClaimName> {
    let text = read_back(code(phone).qr.as_ref().unwrap());
    let presentation = Presentation::parse(&from_text(&text).unwrap()).unwrap();
    let claims = CredentialClaims::from_map(&presentation.credential.reveal().unwrap()).unwrap();
    claims.claims.iter().map(|(name, _)| *name).collect()
}

#[test]
fn all_that_the_everyday_code_discloses_is_told() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.open();
    phone.apply();
    let view = details(&mut phone);
    assert_eq!((view.colour, view.region, view.issuer.as_str()), (Colour::Green, 360_000, "tm:36"));
    assert_eq!((view.issued_at, view.expires_at, view.code_until), (NOW, NOW.plus(7 * DAY), Some(NOW.plus(900))));
    assert_eq!((view.reason, view.rule, view.monitoring), (None, None, false));
    let claims: Vec<_> = view.claims.iter().map(|claim| (claim.name, claim.value.as_str(), claim.chosen)).collect();
    assert_eq!(claims, [(ClaimName::Name, "甲**", None)], "nothing of it is the person's choice");
    assert!(view.status.unwrap().starts_with("tm:36/0 · ") && view.key.len() == 6);
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert_eq!(on_screen(&phone), ("甲**".into(), code(&phone).document_number.clone(), None, None));
    assert!(code(&phone).document_number.ends_with('X'));
}

#[test]
fn what_is_disclosed_is_chosen_before_and_remembered() {
    let world = World::new(NOW);
    let mut phone = with_redacted(&world);
    assert_eq!(disclosed(&phone), []);
    assert_eq!(on_screen(&phone), (String::new(), String::new(), None, None), "the colour alone, on the screen as well");
    let chosen = |view: DetailsView| view.claims.into_iter().map(|claim| (claim.name, claim.chosen)).collect::<Vec<_>>();
    assert_eq!(chosen(details(&mut phone)), ClaimName::ALL.map(|name| (name, Some(false))));

    choose(&mut phone, &[ClaimName::Name]);
    assert_eq!(on_screen(&phone), ("甲**".into(), String::new(), None, None));
    assert_eq!(disclosed(&phone), [ClaimName::Name]);
    choose(&mut phone, &[ClaimName::Vaccination, ClaimName::Test, ClaimName::Document, ClaimName::Name]);
    let all = ("甲**".into(), "110***********002X".into(), Some(TEST.into()), Some("3/3".into()));
    assert_eq!((on_screen(&phone), disclosed(&phone)), (all.clone(), ClaimName::ALL.to_vec()));
    phone.network = shell::Network::Down;
    phone.open();
    assert_eq!((on_screen(&phone), &saved(&phone)["disclose"]), (all, &serde_json::json!(15)));
    choose(&mut phone, &[]);
    assert_eq!((on_screen(&phone), disclosed(&phone)), ((String::new(), String::new(), None, None), vec![]));
}

#[test]
fn a_code_of_the_former_choice_is_not_shown_any_more() {
    let world = World::new(NOW);
    let mut phone = with_redacted(&world);
    choose(&mut phone, &[ClaimName::Name, ClaimName::Test]);
    enter(&mut phone, RoomName::Details);
    phone.send(WalletEvent::Room(RoomEvent::Details(DetailsEvent::Chosen { claims: Vec::new() })));
    assert_eq!(details(&mut phone).code_until, None, "it is gone before the room is left");
    phone.send(WalletEvent::Room(RoomEvent::Left));
    assert_eq!(disclosed(&phone), []);
}

#[test]
fn killed_at_every_effect_the_choice_is_the_former_or_the_new_one() {
    let mut killed = 0;
    for after in 0.. {
        let world = World::new(NOW);
        let mut phone = with_redacted(&world);
        choose(&mut phone, &[ClaimName::Name]);
        phone.killed_after = Some(after);
        choose(&mut phone, &[ClaimName::Document]);
        let done = !phone.dead;
        killed += usize::from(phone.dead);
        phone.killed_after = None;
        phone.open();
        let shown = on_screen(&phone);
        assert!(shown.0.is_empty() != shown.1.is_empty(), "killed after {after}: {shown:?}");
        if done {
            assert_eq!(shown.1, "110***********002X");
            break;
        }
    }
    assert!(killed > 1, "only {killed} places to be killed at");
}

#[test]
fn a_choice_that_could_not_be_stored_is_told_of() {
    let world = World::new(NOW);
    let mut phone = with_redacted(&world);
    phone.storage = Some(Reason::StorageFull);
    choose(&mut phone, &[ClaimName::Name]);
    assert_eq!((code(&phone).name.as_str(), phone.view().notices.as_slice()), ("甲**", [Reason::StorageFull].as_slice()));
    phone.open();
    assert_eq!(code(&phone).name, "");
}

#[test]
fn a_locked_wallet_that_shows_its_code_keeps_to_the_choice() {
    let world = World::new(NOW);
    for show_code in [true, false] {
        let mut phone = with_redacted(&world);
        choose(&mut phone, &[ClaimName::Name]);
        enter(&mut phone, RoomName::Safety);
        let safety = |phone: &mut Phone<'_>, event| {
            phone.send(WalletEvent::Room(RoomEvent::Safety(event)));
        };
        safety(&mut phone, SafetyEvent::LockTurnedOn { passcode: "135790".into(), show_code, close_after_s: 60 });
        safety(&mut phone, SafetyEvent::LockNow);
        if show_code {
            assert_eq!(code(&phone).name, "甲**");
            phone.open();
            assert_eq!(code(&phone).name, "甲**");
        } else {
            assert_eq!(saved(&phone)["disclose"], 0, "sealed with the rest");
            safety(&mut phone, SafetyEvent::Unlock { passcode: "135790".into() });
            phone.send(WalletEvent::Room(RoomEvent::Left));
            phone.send(WalletEvent::Room(RoomEvent::Left));
            assert_eq!(code(&phone).name, "甲**");
        }
    }
}

#[test]
fn health_monitoring_is_shown_and_counts_before_a_poster() {
    let world = World::new(NOW);
    // The issuer's own key, for its authority issues no such credential.
    let issuer_key = SecretKey::generate(&mut Entropy::new([6; 32]));
    let monitored = CredentialClaims {
        issuer: "tm:36".into(),
        issued_at: NOW,
        expires_at: NOW.plus(7 * DAY),
        holder: key().public(),
        colour: Colour::Green,
        region: 330_000,
        reason: Some(ColourReason { code: "health-monitoring".into(), rule: None, since: Some(NOW) }),
        kind: 0,
        relation: None,
        status: None,
        claims: claims(),
    };
    let credential = to_text(&issuer::issue(&issuer_key, &monitored, &[], &mut Entropy::new([7; 32])));
    let mut phone = holding(&world, &credential);
    assert!(code(&phone).monitoring && code(&phone).test.as_deref() == Some(TEST));
    assert!(details(&mut phone).monitoring);
    let place = StatedPlace { kind: "school".into(), region: 360_102, name: Some("第一小学".into()) };
    let poster = world.authority.issue_venue(&VenueRequest { place, valid_for_s: DAY, revocable: false }, NOW).unwrap().0;
    phone.send(WalletEvent::Room(RoomEvent::Visits(VisitsEvent::Scanned { text: poster })));
    let WalletScreen::Room { room: RoomView::Visits(visits) } = &phone.view().screen else { panic!("not in the room of visits") };
    assert_ne!(visits.decided.as_ref().unwrap().verdict.outcome, Outcome::CannotTell);
}

#[test]
fn the_pictures_of_the_first_opening_are_put_away_for_good() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    let welcome = |phone: &Phone<'_>| match &phone.view().screen {
        WalletScreen::Apply(form) => form.welcome,
        _ => panic!("no form"),
    };
    phone.open();
    assert!(welcome(&phone));
    phone.open();
    assert!(welcome(&phone), "who did not put them away may see them again");
    phone.send(WalletEvent::WelcomeSkipped);
    assert!(!welcome(&phone));
    phone.open();
    assert!(!welcome(&phone));
    phone.apply();
    // Too late to be renewed.
    phone.now = NOW.plus(40 * DAY);
    phone.open();
    phone.shell(ShellEvent::Shown);
    assert!(!welcome(&phone), "nor who has to apply again");
}
