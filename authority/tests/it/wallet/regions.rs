//! Codes of several regions of one person: each by the rules of its region, none takes another away, and the one that fits a place is offered there.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::authority;
use crate::support::family;
use crate::support::shell;
use authority::{application, key, published, signed_by};
use family::{code, enter_people, fill, passes, people, people_view};
use shell::{Device, World};
use tongma::{
    app::wallet::{PeopleEvent, RoomEvent, RoomName, RoomView, VisitsEvent, VisitsView, Wallet, WalletEvent, WalletScreen},
    reason::Reason,
    roles::holder::HeldCredential,
    text::from_base64url,
    time::UnixTime,
    token::{
        Application, Colour, CredentialClaims, Declaration, Particulars, Symptom, Symptoms,
        challenge::StatedPlace,
        status::{REVOKED, VALID},
    },
};
use tongma_authority::{Authority, AuthorityError, VenueRequest};

const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;
const JIANGXI: u32 = 360_000;
const ZHEJIANG: u32 = 330_000;

type Phone<'w> = Device<'w, Wallet>;

fn visits(phone: &Phone<'_>) -> VisitsView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Visits(visits) } => visits.clone(),
        other => panic!("not in the room of visits: {}", serde_json::to_value(other).unwrap()["type"]),
    }
}

fn claims(text: &str) -> CredentialClaims {
    HeldCredential::read(text).unwrap().claims().clone()
}

/// The credential in front.
fn front(phone: &Phone<'_>) -> CredentialClaims {
    let state: serde_json::Value = serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap();
    claims(state["held"]["credential"].as_str().unwrap())
}

fn status(authority: &Authority, claims: &CredentialClaims) -> u8 {
    published(authority).list.get(claims.status.as_ref().unwrap().idx).unwrap()
}

/// Scans the poster of a place in a region.
fn scan_poster(phone: &mut Phone<'_>, region: u32) -> VisitsView {
    let place = StatedPlace { kind: "mall".into(), region, name: Some("东门".into()) };
    let (text, _) = phone.world.authority.issue_venue(&VenueRequest { place, valid_for_s: 30 * DAY, revocable: false }, NOW).unwrap();
    phone.send(WalletEvent::Room(RoomEvent::Entered { room: RoomName::Visits }));
    phone.send(WalletEvent::Room(RoomEvent::Visits(VisitsEvent::Scanned { text })));
    visits(phone)
}

fn with_both(world: &World) -> Phone<'_> {
    let mut phone = Phone::new(world, NOW);
    phone.open();
    phone.apply();
    enter_people(&mut phone);
    assert_eq!(people_view(&phone).regions, [ZHEJIANG]);
    people(&mut phone, PeopleEvent::RegionAdded { region: ZHEJIANG });
    assert!(matches!(&phone.view().screen, WalletScreen::Apply(form) if form.region == Some(ZHEJIANG) && form.others));
    fill(&mut phone, &[]);
    phone
}

#[test]
fn one_person_has_a_code_of_each_region_and_both_stay_good() {
    let world = World::new(NOW);
    let mut phone = with_both(&world);
    assert_eq!(code(&phone).region, ZHEJIANG);
    let listed = passes(&mut phone);
    assert_eq!(listed.iter().map(|pass| (pass.region, pass.person)).collect::<Vec<_>>(), [(ZHEJIANG, 0), (JIANGXI, 0)]);
    assert!(listed.iter().all(|pass| pass.colour == Some(Colour::Green)));
    assert_eq!(people_view(&phone).regions, [0; 0], "there is no third one");
    // Nothing else can be asked for.
    people(&mut phone, PeopleEvent::RegionAdded { region: ZHEJIANG });
    people(&mut phone, PeopleEvent::RegionAdded { region: 110_000 });
    assert_eq!(passes(&mut phone).len(), 2);
    let other = front(&phone);
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    assert_eq!(code(&phone).region, JIANGXI);
    let own = front(&phone);
    assert_eq!((own.region, other.region), (JIANGXI, ZHEJIANG));
    assert_eq!([own, other].map(|claims| status(&world.authority, &claims)), [VALID, VALID]);
    phone.open();
    assert_eq!(code(&phone).region, JIANGXI);
}

#[test]
fn the_code_that_fits_a_place_is_offered_there() {
    let world = World::new(NOW);
    let mut phone = with_both(&world);
    let there = scan_poster(&mut phone, 360_102);
    assert_eq!(there.fitting, Some(0), "the one of Jiangxi");
    people(&mut phone, PeopleEvent::Brought { number: 0 });
    assert_eq!(code(&phone).region, JIANGXI);
    assert_eq!(scan_poster(&mut phone, 360_102).fitting, None, "it is in front");
    assert_eq!(scan_poster(&mut phone, 330_106).fitting, Some(1));
    assert_eq!(scan_poster(&mut phone, 110_105).fitting, None, "there is none of Beijing");
    phone.network = shell::Network::Down;
    phone.pass(8 * DAY);
    phone.open();
    assert_eq!(scan_poster(&mut phone, 330_106).fitting, None, "it is over");
}

#[test]
fn a_region_s_rules_decide_over_its_own_codes_only() {
    let world = World::new(NOW);
    let unwell = Declaration { symptoms: Symptoms::from_iter([Symptom::ColdLike]), ..Declaration::default() };
    let apply = |seed: u8, region: Option<u32>, declaration: Declaration| {
        let rest = application(seed, NOW).particulars.map(|rest| Particulars { declaration, ..rest });
        let form = Application { region, particulars: rest, ..application(seed, NOW) };
        world.authority.apply(&signed_by(&key(seed), &form), NOW)
    };
    let applied = |seed, region, declaration| claims(&apply(seed, region, declaration).unwrap());
    let well = applied(1, None, Declaration::default());
    let ill = applied(2, Some(ZHEJIANG), unwell);
    assert_eq!((well.region, well.colour), (JIANGXI, Colour::Green));
    assert_eq!(ill.region, ZHEJIANG);
    assert!(ill.reason.as_ref().is_some_and(|reason| reason.rule.as_ref().is_some_and(|rule| rule.starts_with("ZJ"))), "{:?}", ill.reason);
    let revoked = |claims| status(&world.authority, claims) == REVOKED;
    assert!(!revoked(&well), "what is declared to one changes nothing of the other");
    let again = applied(3, Some(ZHEJIANG), Declaration::default());
    assert_eq!([&well, &ill, &again].map(revoked), [false, true, false], "it takes the place of the former one of the same region");
    let own = applied(4, Some(JIANGXI), Declaration::default());
    assert_eq!([&well, &again, &own].map(revoked), [true, false, false], "the authority's own region, said or not");
    let unknown = apply(5, Some(110_000), Declaration::default());
    assert!(matches!(unknown, Err(AuthorityError::Refused(Reason::RulesUnknown { name })) if name == "110000"));
}
