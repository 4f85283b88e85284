//! Venue codes: vectors of one fault each (kept in `tests/vectors/venues.json` for other implementations), the decision on the holder's
//! own phone, and the visits that it keeps.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::*;
use tongma::{
    cbor::{Map, Value},
    cose::{Unsigned, header},
    entropy::Entropy,
    keys::SecretKey,
    labels::{VENUE_TYP, claim},
    policy::{Place, PlaceKind},
    qr::encode::{EccLevel, smallest_version},
    reason::Reason,
    roles::{
        Outcome, Verdict, issuer,
        verifier::{Expectation, verify},
        visit::{self, Evidence, Scanned, Visit},
    },
    signature::Verified,
    time::UnixTime,
    token::{
        Challenge, Colour, StatusReference, Venue,
        challenge::{StatedPlace, audience, tidy_name},
        status::StatusList,
        to_text,
        trust::{IssuerKey, KeyUse, KeyUses, TrustBundle},
    },
};

const DAY: i64 = 86_400;

/// The issuer's key for the venues of Jiangxi.
fn key() -> SecretKey {
    SecretKey::generate(&mut Entropy::new([88; 32]))
}

fn bundle(world: &World) -> TrustBundle {
    let mut bundle = world.bundle();
    let mut issuer = bundle.issuers.get(ISSUER).unwrap().clone();
    issuer.keys.push(IssuerKey { key: key().public(), uses: KeyUses::of(&[KeyUse::Venue]), regions: vec![360_000] });
    bundle.issuers.insert(ISSUER.to_owned(), issuer);
    bundle
}

fn venue() -> Venue {
    Venue {
        issuer: ISSUER.into(),
        id: *b"\0venue\xff\x01",
        place: StatedPlace { kind: "mall".into(), region: 360_102, name: Some("八一大道商场东门入口处".into()) },
        issued_at: NOW.plus(-DAY),
        expires_at: NOW.plus(179 * DAY),
        status: None,
    }
}

fn poster(venue: &Venue) -> String {
    to_text(&issuer::issue_venue(&key(), venue))
}

fn challenge(poster: Option<Value>) -> Challenge {
    Challenge {
        audience: audience(*b"\0\x01\x02gate\xff"),
        nonce: *b"0123456789abcdef",
        issued_at: NOW,
        expires_at: NOW.plus(120),
        place: None,
        poster,
    }
}

fn live(venue: &Venue) -> String {
    challenge(Some(issuer::issue_venue(&key(), venue))).to_text()
}

struct Vector {
    name: &'static str,
    text: String,
    now: UnixTime,
    expect: &'static str,
}

fn vectors(world: &World) -> Vec<Vector> {
    let at = |name, text: String, later: i64, expect| Vector { name, text, now: NOW.plus(later), expect };
    let now = |name, text: String, expect| at(name, text, 0, expect);
    let with = |change: &dyn Fn(&mut Venue)| {
        let mut venue = venue();
        change(&mut venue);
        poster(&venue)
    };
    let placed = |place: StatedPlace| with(&|venue| venue.place = place.clone());
    let named = |name: Option<&str>| placed(StatedPlace { name: name.map(str::to_owned), ..venue().place });
    let by = |key: &SecretKey, venue: &Venue| to_text(&issuer::issue_venue(key, venue));
    let good = poster(&venue());
    let bytes = bytes_of(&good);
    let payload = |venue: &Venue| {
        let Value::Tag(18, parts) = issuer::issue_venue(&key(), venue) else { panic!("no envelope") };
        let payload = parts.as_array().unwrap()[2].as_bytes().unwrap().to_vec();
        tongma::cbor::decode(&payload, tongma::cbor::Limits::FILE).unwrap().as_map().unwrap().0.clone()
    };
    let raw = |typ: Value, unprotected: Map, claims: Vec<(Value, Value)>| {
        let protected = vec![(header::KID, Value::Bytes(key().public().id().to_vec())), (header::TYP, typ)];
        let unsigned = Unsigned::new(protected, unprotected, &Value::Map(Map(claims)));
        let signature = key().sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    };
    let typ = || Value::Int(VENUE_TYP);
    let mut more = payload(&venue());
    more.push((Value::Int(99), Value::Int(1)));
    let without = |label: i64| {
        let mut claims = payload(&venue());
        claims.retain(|(key, _)| key != &Value::Int(label));
        raw(typ(), Map::default(), claims)
    };
    let outside = Map(vec![(Value::Int(99), Value::Int(1))]);
    // The key's identifier is that of the issuer's key, the signature another's.
    let forged = {
        let unsigned = venue().to_unsigned(key().public().id());
        let signature = world.other.sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    };
    let withdrawn = |idx| with(&|venue| venue.status = Some(StatusReference { idx, uri: LIST.into() }));
    let malformed = "token-malformed";
    vec![
        now("good", good.clone(), "poster"),
        now("live", live(&venue()), "live"),
        now("line end of a hand scanner", format!("{good}\r\n"), "poster"),
        now("of 180 days", with(&|venue| venue.expires_at = venue.issued_at.plus(180 * DAY)), "poster"),
        now("of more than 180 days", with(&|venue| venue.expires_at = venue.issued_at.plus(180 * DAY + 1)), malformed),
        now("over as it begins", with(&|venue| venue.expires_at = venue.issued_at), malformed),
        now("in its last second", with(&|venue| venue.expires_at = NOW.plus(1)), "poster"),
        now("old", with(&|venue| venue.expires_at = NOW), "expired"),
        now("not yet, within the slack", with(&|venue| venue.issued_at = NOW.plus(120)), "poster"),
        now("not yet", with(&|venue| venue.issued_at = NOW.plus(121)), "not-yet-valid"),
        now("forged", forged, "bad-signature"),
        now("of a region that is not the key's", placed(StatedPlace { region: 330_106, ..venue().place }), "key-region"),
        now("by a key for credentials", by(&world.issuer, &venue()), "key-use"),
        now("by a key that is not the issuer's", by(&world.other, &venue()), "unknown-key"),
        now("of an unknown issuer", with(&|venue| venue.issuer = "tm:99".into()), "unknown-issuer"),
        now("in another issuer's name", with(&|venue| venue.issuer = OTHER.into()), "unknown-key"),
        now("withdrawn", withdrawn(1), "revoked"),
        now("can be withdrawn, and is not", withdrawn(9), "poster"),
        now("status out of range", withdrawn(64), "status-index-out-of-range"),
        now("of another type", raw(Value::Int(65_101), Map::default(), payload(&venue())), "wrong-type"),
        now("a presentation", world.good(), "wrong-type"),
        now("a challenge without a poster", challenge(None).to_text(), "wrong-type"),
        now("web address", "https://example.org/".into(), "not-a-pass"),
        now("cut", text_of(&bytes[..bytes.len() - 1]), "cbor-truncated"),
        now("padded", text_of(&[&bytes[..], &[0]].concat()), "cbor-trailing-bytes"),
        now("with an unknown claim", raw(typ(), Map::default(), more), malformed),
        now("with something outside", raw(typ(), outside, payload(&venue())), malformed),
        now("without an identifier", without(claim::CTI), malformed),
        now("without an end", without(claim::EXP), malformed),
        now("without a beginning", without(claim::IAT), malformed),
        now("without a place", without(claim::PLACE), malformed),
        now("without an issuer", without(claim::ISS), malformed),
        now("without a name", named(None), malformed),
        now("a name too long", named(Some(&"门".repeat(61))), malformed),
        now("a name that turns the writing", named(Some("门\u{202e}")), malformed),
        now("a name of two lines", named(Some("门\n门")), malformed),
        now("a kind in capitals", placed(StatedPlace { kind: "Mall".into(), ..venue().place }), malformed),
        now("a number", text_of(&[1]), "wrong-type"),
        at("live, at the end of the slack", live(&venue()), 239, "live"),
        at("a picture of the live one, forwarded", live(&venue()), 240, "expired"),
        at("live, from a clock too far ahead", live(&venue()), -121, "not-yet-valid"),
        now("live, its poster forged", challenge(Some(issuer::issue_venue(&world.issuer, &venue()))).to_text(), "key-use"),
        now("live, its poster old", live(&Venue { expires_at: NOW, ..venue() }), "expired"),
        now("live, no envelope within", challenge(Some(Value::Int(1))).to_text(), malformed),
        now(
            "live, stating a place of its own",
            Challenge { place: Some(venue().place), ..challenge(Some(issuer::issue_venue(&key(), &venue()))) }.to_text(),
            malformed,
        ),
    ]
}

fn scan(text: &str, bundle: &TrustBundle, now: UnixTime) -> Result<Verified<Scanned>, &'static str> {
    let scanned = Scanned::read(text, bundle, now).map_err(|reason| reason.code())?;
    scanned.check_here().map_err(|_| "bad-signature")
}

fn judge(world: &World, vector: &Vector) -> &'static str {
    let bundle = bundle(world);
    let list = StatusList::parse(&world.list(NOW.plus(-600)), &bundle).unwrap().check_here().unwrap().into_inner();
    match scan(&vector.text, &bundle, vector.now).map(|scanned| {
        let fit = scanned.get().fitness(Some(&list), vector.now);
        fit.map(|()| scanned.get().evidence()).map_err(|reason| reason.code())
    }) {
        Ok(Ok(Evidence::Poster)) => "poster",
        Ok(Ok(Evidence::Live)) => "live",
        Ok(Err(reason)) | Err(reason) => reason,
    }
}

#[test]
fn each_vector_has_its_answer() {
    let world = World::new();
    let all = vectors(&world);
    let wrong: Vec<_> =
        all.iter().map(|vector| (vector.name, judge(&world, vector), vector.expect)).filter(|(_, got, expect)| got != expect).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `UPDATE=1 cargo test --package tongma --test it file_is_current` writes the file anew.
#[test]
fn the_vector_file_is_current() {
    let world = World::new();
    let rows: Vec<Json> = vectors(&world)
        .iter()
        .map(|vector| json!({ "name": vector.name, "text": vector.text, "now": vector.now, "expect": vector.expect }))
        .collect();
    let file = json!({
        "root": world.root.public(),
        "bundle": tongma::text::to_base64url(&bundle(&world).sign(&world.root)),
        "status": [tongma::text::to_base64url(&world.list(NOW.plus(-600)))],
        "vectors": rows,
    });
    let text = serde_json::to_string_pretty(&file).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/venues.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "run with UPDATE=1");
}

#[test]
fn a_byte_altered_anywhere_is_noticed() {
    let world = World::new();
    let bundle = bundle(&world);
    let bytes = bytes_of(&poster(&venue()));
    for index in 0..bytes.len() {
        for flip in [0x01, 0x80] {
            let mut altered = bytes.clone();
            altered[index] ^= flip;
            assert!(scan(&text_of(&altered), &bundle, NOW).is_err(), "byte {index} ^ {flip}");
        }
    }
}

#[test]
fn data_that_are_too_old_or_a_wrong_clock_are_told_as_such() {
    let world = World::new();
    let bundle = bundle(&world);
    assert_eq!(scan(&poster(&venue()), &bundle, NOW.plus(-2 * 3600)).unwrap_err(), "clock-wrong");
    assert_eq!(scan(&poster(&venue()), &bundle, NOW.plus(15 * DAY)).unwrap_err(), "bundle-too-old");
    assert_eq!(scan(&poster(&venue()), &bundle, NOW.plus(31 * DAY)).unwrap_err(), "bundle-expired");
}

#[test]
fn sizes() {
    let version = |text: &str| smallest_version(text, EccLevel::M).unwrap();
    let told = |text: &str| format!("{} bytes, {} characters, version {}", bytes_of(text).len(), text.len(), version(text));
    let plain = poster(&venue());
    let revocable = poster(&Venue { status: Some(StatusReference { idx: (1 << 20) - 1, uri: LIST.into() }), ..venue() });
    let mut longest = venue();
    longest.place = StatedPlace { kind: "medical-institution".into(), name: Some("院".repeat(60)), ..longest.place };
    let (longest, live) = (poster(&longest), live(&venue()));
    println!("poster {}; revocable {}; longest {}; live {}", told(&plain), told(&revocable), told(&longest), told(&live));
    assert!(version(&plain) <= 10, "{}", told(&plain));
    assert!(version(&revocable) <= 12, "{}", told(&revocable));
    assert!(version(&live) <= 13, "{}", told(&live));
    assert!(version(&longest) <= 16, "{}", told(&longest));
}

/// The same rule, reason and outcome as at a gate of this place, for every colour and kind of place.
#[test]
fn the_phone_decides_as_a_gate_of_the_place_would() {
    let world = World::new();
    let (bundle, store) = (bundle(&world), world.store());
    for kind in PlaceKind::ALL {
        let venue = Venue { place: StatedPlace { kind: kind.code().into(), ..venue().place }, ..venue() };
        let scanned = scan(&poster(&venue), &bundle, NOW).unwrap();
        for colour in Colour::ALL {
            let mut claims = world.claims();
            claims.colour = colour;
            let own = visit::decide(&scanned, &claims, colour, &bundle, None, NOW);
            let place = Place { kind: *kind, region: 360_102, ..Place::default() };
            let gate = Expectation { place: Some(place), ..Expectation::default() };
            let theirs = verify(&store, &gate, &world.present(world.credential(&claims), &world.binding()), NOW);
            assert_eq!(
                (own.outcome, &own.reason, &own.rule, &own.also, own.colour, own.region),
                (theirs.outcome, &theirs.reason, &theirs.rule, &theirs.also, theirs.colour, theirs.region),
                "{} {}",
                kind.code(),
                colour.name()
            );
        }
    }
}

#[test]
fn what_the_phone_can_not_say_has_its_reason() {
    let world = World::new();
    let bundle = bundle(&world);
    let scanned = scan(&poster(&venue()), &bundle, NOW).unwrap();
    let told = |verdict: Verdict| (verdict.outcome, verdict.reason.unwrap_or_default());
    let say = |scanned: &Verified<Scanned>, now: UnixTime| told(visit::decide(scanned, &world.claims(), Colour::Green, &bundle, None, now));
    assert_eq!(say(&scanned, NOW), (Outcome::Pass, String::new()));
    // A colour that the phone learnt of since counts.
    let red = visit::decide(&scanned, &world.claims(), Colour::Red, &bundle, None, NOW);
    assert_eq!(told(red), (Outcome::Stop, "colour-red".to_owned()));
    assert_eq!(say(&scanned, NOW.plus(6 * DAY)), (Outcome::Invalid, "expired".to_owned()), "the own credential is over");
    assert_eq!(say(&scanned, NOW.plus(-2 * 3600)), (Outcome::CannotTell, "clock-wrong".to_owned()));
    assert_eq!(say(&scanned, NOW.plus(15 * DAY)), (Outcome::CannotTell, "bundle-too-old".to_owned()));
    let moon = Venue { place: StatedPlace { kind: "moon-base".into(), ..venue().place }, ..venue() };
    assert_eq!(say(&scan(&poster(&moon), &bundle, NOW).unwrap(), NOW), (Outcome::CannotTell, "rules-unknown".to_owned()));
    let withdrawn = Venue { status: Some(StatusReference { idx: 1, uri: LIST.into() }), ..venue() };
    let withdrawn = scan(&poster(&withdrawn), &bundle, NOW).unwrap();
    assert_eq!(say(&withdrawn, NOW).0, Outcome::Pass, "without the list a phone can't know");
    let list = StatusList::parse(&world.list(NOW.plus(-600)), &bundle).unwrap().check_here().unwrap().into_inner();
    let known = visit::decide(&withdrawn, &world.claims(), Colour::Green, &bundle, Some(&list), NOW);
    assert_eq!(told(known), (Outcome::Invalid, "revoked".to_owned()));
}

#[test]
fn visits_say_what_they_rest_on_and_go_after_14_days() {
    let world = World::new();
    let bundle = bundle(&world);
    let poster = scan(&poster(&venue()), &bundle, NOW).unwrap();
    let live = scan(&live(&venue()), &bundle, NOW).unwrap();
    let mut visits = Vec::new();
    visit::note(&mut visits, &poster, NOW);
    let expected = Visit {
        at: NOW,
        venue: "AHZlbnVl_wE".into(),
        name: "八一大道商场东门入口处".into(),
        kind: "mall".into(),
        evidence: Evidence::Poster,
    };
    assert_eq!(visits, std::slice::from_ref(&expected));
    assert_eq!(serde_json::to_value(&visits[0]).unwrap()["evidence"], "poster");
    visit::note(&mut visits, &live, NOW.plus(599));
    assert_eq!(visits, [Visit { evidence: Evidence::Live, ..expected }], "the same visit, better shown");
    visit::note(&mut visits, &poster, NOW.plus(600));
    assert_eq!((visits.len(), visits[1].evidence), (2, Evidence::Poster));
    visit::forget(&mut visits, NOW.plus(14 * DAY - 1));
    assert_eq!(visits.len(), 2);
    visit::forget(&mut visits, NOW.plus(14 * DAY));
    assert_eq!(visits.len(), 1);
    // A clock that went back to the beginning of its time wipes nothing.
    visit::forget(&mut visits, UnixTime(0));
    assert_eq!(visits.len(), 1);
    visit::note(&mut visits, &poster, NOW.plus(15 * DAY));
    assert_eq!(visits.iter().map(|visit| visit.at).collect::<Vec<_>>(), [NOW.plus(15 * DAY)]);
    // And there is an end to them.
    for number in 0..1600 {
        visit::note(&mut visits, &poster, NOW.plus(15 * DAY + 600 * (number + 1)));
    }
    assert_eq!((visits.len(), visits[0].at), (1500, NOW.plus(15 * DAY + 600 * 101)));
}

#[test]
fn a_gates_live_code_is_its_challenge_too() {
    let text = live(&venue());
    let read = Challenge::from_text(&text).unwrap();
    assert_eq!((read.to_text(), read.fitness(NOW)), (text, Ok(())));
    assert!(matches!(Challenge::from_text(&poster(&venue())), Err(Reason::NotAChallenge)));
}

proptest! {
    #[test]
    fn round_trip(
        kind in "[a-z][a-z-]{0,31}", region in 0_u32..10_000, name in ".{1,80}", id in any::<[u8; 8]>(),
        iat in -(1_i64 << 40)..1 << 40, lives in 1..=180 * DAY, idx in proptest::option::of(0_u32..1 << 20),
    ) {
        let Some(name) = tidy_name(&name) else { return Ok(()) };
        let venue = Venue {
            issuer: ISSUER.into(),
            id,
            place: StatedPlace { kind, region: 360_000 + region, name: Some(name) },
            issued_at: UnixTime(iat),
            expires_at: UnixTime(iat + lives),
            status: idx.map(|idx| StatusReference { idx, uri: LIST.into() }),
        };
        let world = World::new();
        let token = issuer::issue_venue(&key(), &venue);
        let read = Venue::parse(&token, &bundle(&world)).unwrap().check_here().unwrap();
        prop_assert_eq!(read.into_inner(), venue);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let world = World::new();
        let _ = Scanned::read(&text_of(&bytes), &bundle(&world), NOW);
    }
}
