//! Paper codes: vectors of one fault each (kept in `tests/vectors/papers.json` for other implementations), and what a gate says of them.
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
    labels::{PAPER_TYP, claim, health, sd_cwt},
    policy::{DeciCelsius, Place, PlaceKind},
    qr::encode::{EccLevel, smallest_version},
    roles::{
        Outcome, Verdict, issuer,
        verifier::{Begun, Expectation, TrustStore, begin, verify},
    },
    signature::check_all,
    time::UnixTime,
    token::{
        Colour, DocumentKind, Format, Paper, Serial, StatusReference, to_text,
        trust::{IssuerKey, KeyUse, KeyUses, TrustBundle},
    },
};

const DAY: i64 = 86_400;

/// The issuer's key for paper codes of Jiangxi.
fn key() -> SecretKey {
    SecretKey::generate(&mut Entropy::new([89; 32]))
}

fn bundle(world: &World) -> TrustBundle {
    let mut bundle = world.bundle();
    let mut issuer = bundle.issuers.get(ISSUER).unwrap().clone();
    issuer.keys.push(IssuerKey { key: key().public(), uses: KeyUses::of(&[KeyUse::Paper]), regions: vec![360_000] });
    bundle.issuers.insert(ISSUER.to_owned(), issuer);
    bundle
}

fn store(world: &World) -> TrustStore {
    world.store_of(&bundle(world), Some(&world.list(NOW.plus(-600))))
}

fn paper() -> Paper {
    Paper {
        issuer: ISSUER.into(),
        serial: Serial(*b"\0pap\xff"),
        issued_at: NOW.plus(-DAY),
        expires_at: NOW.plus(179 * DAY),
        region: 360_102,
        name: "甲**".into(),
        document_kind: DocumentKind::IdCard,
        document: "11**************2X".into(),
        status: StatusReference { idx: 9, uri: LIST.into() },
    }
}

fn with(change: impl Fn(&mut Paper)) -> Paper {
    let mut paper = paper();
    change(&mut paper);
    paper
}

fn at(idx: u32) -> Paper {
    with(|paper| paper.status.idx = idx)
}

fn printed(paper: &Paper) -> String {
    to_text(&issuer::issue_paper(&key(), paper))
}

/// The claims of a paper code as they are written.
fn claims(paper: &Paper) -> Map {
    let Value::Tag(18, parts) = issuer::issue_paper(&key(), paper) else { panic!("no envelope") };
    let payload = parts.as_array().unwrap()[2].as_bytes().unwrap().to_vec();
    tongma::cbor::decode(&payload, tongma::cbor::Limits::FILE).unwrap().as_map().unwrap().clone()
}

fn signed(typ: i64, unprotected: Map, claims: Map) -> String {
    let protected = vec![(header::KID, Value::Bytes(key().public().id().to_vec())), (header::TYP, Value::Int(typ))];
    let unsigned = Unsigned::new(protected, unprotected, &Value::Map(claims));
    let signature = key().sign(&unsigned.message());
    to_text(&unsigned.finish(&signature))
}

/// A paper code with its health claims changed.
fn within(change: impl Fn(&mut Vec<(Value, Value)>)) -> String {
    let mut all = claims(&paper());
    for (label, value) in &mut all.0 {
        if let (Value::Int(claim::HEALTH), Value::Map(inner)) = (&*label, value) {
            change(&mut inner.0);
        }
    }
    signed(PAPER_TYP, Map::default(), all)
}

fn without(label: i64) -> String {
    let mut all = claims(&paper());
    all.0.retain(|(key, _)| key != &Value::Int(label));
    signed(PAPER_TYP, Map::default(), all)
}

fn lacking(label: i64) -> String {
    within(|inner| inner.retain(|(key, _)| key != &Value::Int(label)))
}

struct Vector {
    name: &'static str,
    text: String,
    now: UnixTime,
    expect: &'static str,
}

const GREEN: &str = "restricted paper-not-bound";
const MALFORMED: &str = "invalid token-malformed";

fn vectors(world: &World) -> Vec<Vector> {
    let at_time = |name, text: String, now: UnixTime, expect| Vector { name, text, now, expect };
    let now = |name, text: String, expect| at_time(name, text, NOW, expect);
    let changed = |change: &dyn Fn(&mut Paper)| printed(&with(change));
    let by = |key: &SecretKey, paper: &Paper| to_text(&issuer::issue_paper(key, paper));
    let good = printed(&paper());
    let bytes = bytes_of(&good);
    let forged = {
        let unsigned = paper().to_unsigned(key().public().id());
        let signature = world.other.sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    };
    let more = |label: i64| {
        let mut all = claims(&paper());
        all.0.push((Value::Int(label), Value::Int(1)));
        signed(PAPER_TYP, Map::default(), all)
    };
    let kind = |number: i64| within(|inner| inner.push((Value::Int(health::DOCUMENT_KIND), Value::Int(number))));
    let outside = Map(vec![(Value::Int(99), Value::Int(1))]);
    vec![
        now("green", good.clone(), GREEN),
        now("line end of a hand scanner", format!("{good}\r\n"), GREEN),
        now("yellow", printed(&at(3)), "restricted colour-yellow"),
        now("red", printed(&at(2)), "stop colour-red"),
        now("lost or replaced", printed(&at(1)), "invalid paper-void"),
        now("the last index", printed(&at(63)), GREEN),
        now("an index out of range", printed(&at(64)), "invalid status-index-out-of-range"),
        now("another list", changed(&|paper| paper.status.uri = "tm:36/1".into()), "cannot-tell status-missing"),
        now("of 180 days", changed(&|paper| paper.expires_at = paper.issued_at.plus(180 * DAY)), GREEN),
        now("of more than 180 days", changed(&|paper| paper.expires_at = paper.issued_at.plus(180 * DAY + 1)), "invalid paper-too-long"),
        now("in its last second", changed(&|paper| paper.expires_at = NOW.plus(1)), GREEN),
        now("over", changed(&|paper| paper.expires_at = NOW), "invalid expired"),
        now("void outranks over", changed(&|paper| (paper.expires_at, paper.status.idx) = (NOW, 1)), "invalid paper-void"),
        now("not yet, within the slack", changed(&|paper| paper.issued_at = NOW.plus(120)), GREEN),
        now("not yet", changed(&|paper| paper.issued_at = NOW.plus(121)), "invalid not-yet-valid"),
        now(
            "over as it begins",
            changed(&|paper| (paper.issued_at, paper.expires_at) = (NOW.plus(9), NOW.plus(9))),
            "invalid times-inconsistent",
        ),
        now("forged", forged, "invalid bad-signature"),
        now("of a region that is not the key's", changed(&|paper| paper.region = 330_106), "invalid key-region"),
        now("by a key for credentials", by(&world.issuer, &paper()), "invalid key-use"),
        now("by a key that is not the issuer's", by(&world.other, &paper()), "cannot-tell unknown-key"),
        now("of an unknown issuer", changed(&|paper| paper.issuer = "tm:99".into()), "cannot-tell unknown-issuer"),
        now("in another issuer's name", changed(&|paper| paper.issuer = OTHER.into()), "cannot-tell unknown-key"),
        now("as a credential", signed(sd_cwt::TYP, Map::default(), claims(&paper())), "invalid credential-not-presentation"),
        now("as a presentation", signed(sd_cwt::KBT_TYP, Map::default(), claims(&paper())), MALFORMED),
        now("a credential as paper", signed(PAPER_TYP, Map::default(), world.claims().to_map()), MALFORMED),
        now("of a type of tomorrow", signed(PAPER_TYP + 1, Map::default(), claims(&paper())), "invalid wrong-type"),
        now("cut", text_of(&bytes[..bytes.len() - 1]), "invalid cbor-truncated"),
        now("padded", text_of(&[&bytes[..], &[0]].concat()), "invalid cbor-trailing-bytes"),
        now("with an unknown claim", more(99), MALFORMED),
        now("with a holder's key", more(claim::CNF), MALFORMED),
        now("with something outside", signed(PAPER_TYP, outside, claims(&paper())), MALFORMED),
        now("with a colour", within(|inner| inner.push((Value::Int(health::COLOUR), Value::Int(1)))), MALFORMED),
        now("without an issuer", without(claim::ISS), MALFORMED),
        now("without an end", without(claim::EXP), MALFORMED),
        now("without a beginning", without(claim::IAT), MALFORMED),
        now("without a serial", without(claim::CTI), MALFORMED),
        now("without a status", without(claim::STATUS), MALFORMED),
        now("without anybody", without(claim::HEALTH), MALFORMED),
        now("without a region", lacking(health::REGION), MALFORMED),
        now("without a name", lacking(health::NAME), MALFORMED),
        now("without a document", lacking(health::DOCUMENT), MALFORMED),
        now("a passport", kind(20), GREEN),
        now("an identity card in two spellings", kind(10), MALFORMED),
        now("an unknown kind of document", kind(21), MALFORMED),
        now("a name that turns the writing", changed(&|paper| paper.name = "甲\u{202e}".into()), MALFORMED),
        now("no number", changed(&|paper| paper.document = String::new()), MALFORMED),
        now("a number in small letters", changed(&|paper| paper.document = "e1*****89".into()), MALFORMED),
        now("a number too long", changed(&|paper| paper.document = "*".repeat(31)), MALFORMED),
        now("a region of seven digits", changed(&|paper| paper.region = 1_000_000), MALFORMED),
        at_time("with a list two days old", good.clone(), NOW.plus(2 * DAY - 600), GREEN),
        at_time("with a list that is too old", good.clone(), NOW.plus(2 * DAY - 599), "cannot-tell status-too-old"),
        at_time("with a bundle that is too old", good.clone(), NOW.plus(15 * DAY), "cannot-tell bundle-too-old"),
        at_time("with a wrong clock", good, NOW.plus(-2 * 3600), "cannot-tell clock-wrong"),
    ]
}

fn told(verdict: &Verdict) -> String {
    [Some(verdict.outcome.code()), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_vector_has_its_verdict() {
    let world = World::new();
    let store = store(&world);
    let judged = |vector: &Vector| verify(&store, &Expectation::default(), &vector.text, vector.now);
    let all = vectors(&world);
    let wrong: Vec<_> =
        all.iter().map(|vector| (vector.name, told(&judged(vector)), vector.expect)).filter(|(_, got, expect)| got != expect).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for vector in &all {
        let verdict = judged(vector);
        let shows = matches!(verdict.outcome, Outcome::Restricted | Outcome::Stop);
        assert_eq!((verdict.colour.is_some(), !verdict.disclosed.is_empty()), (shows, shows), "{}", vector.name);
    }
}

/// `UPDATE=1 cargo test --package tongma --test it file_is_current` writes the file anew.
#[test]
fn the_vector_file_is_current() {
    let world = World::new();
    let row = |vector: &Vector| json!({ "name": vector.name, "text": vector.text, "now": vector.now, "expect": vector.expect });
    let file = json!({
        "root": world.root.public(),
        "bundle": tongma::text::to_base64url(&bundle(&world).sign(&world.root)),
        "status": [tongma::text::to_base64url(&world.list(NOW.plus(-600)))],
        "vectors": vectors(&world).iter().map(row).collect::<Vec<Json>>(),
    });
    let text = serde_json::to_string_pretty(&file).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/papers.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "run with UPDATE=1");
}

#[test]
fn a_byte_altered_anywhere_shows_nobody() {
    let world = World::new();
    let store = store(&world);
    let bytes = bytes_of(&printed(&paper()));
    for index in 0..bytes.len() {
        for flip in [0x01, 0x80] {
            let mut altered = bytes.clone();
            altered[index] ^= flip;
            let verdict = verify(&store, &Expectation::default(), &text_of(&altered), NOW);
            assert!(matches!(verdict.outcome, Outcome::Invalid | Outcome::CannotTell), "byte {index} ^ {flip}: {verdict:?}");
            assert!(verdict.disclosed.is_empty() && verdict.colour.is_none(), "byte {index} ^ {flip}: {verdict:?}");
        }
    }
}

#[test]
fn it_fits_version_12_at_a_quarter() {
    let longest = with(|paper| paper.status.idx = (1 << 20) - 1);
    let text = printed(&longest);
    println!("{} bytes, {} characters, version {:?} at Q", bytes_of(&text).len(), text.len(), smallest_version(&text, EccLevel::Q));
    assert_eq!(smallest_version(&text, EccLevel::Q), Some(12));
}

#[test]
fn a_verdict_says_what_to_compare() {
    let world = World::new();
    let verdict = verify(&store(&world), &Expectation::default(), &printed(&paper()), NOW);
    assert_eq!((verdict.format, verdict.colour, verdict.region), (Format::Paper, Some(Colour::Green), Some(360_102)));
    assert_eq!((verdict.expires_at, verdict.presented_at), (Some(NOW.plus(179 * DAY)), None));
    let shown: Vec<_> = verdict.disclosed.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(shown, [("document", "11**************2X"), ("document-kind", "id-card"), ("name", "甲**"), ("serial", "01R6-2W7Z")]);
    assert_eq!(serde_json::to_value(&verdict).unwrap()["format"], "paper");
    let void = verify(&store(&world), &Expectation::default(), &printed(&at(1)), NOW);
    assert_eq!(void.format, Format::Paper);
    let without_data = verify(&TrustStore::default(), &Expectation::default(), &printed(&paper()), NOW);
    assert_eq!((told(&without_data).as_str(), without_data.format), ("cannot-tell bundle-missing", Format::Paper));
}

#[test]
fn the_rules_of_the_place_decide_and_the_document_is_asked_for_all_the_same() {
    let world = World::new();
    let store = store(&world);
    let judge = |paper: &Paper, kind: PlaceKind, temperature: Option<i32>| {
        let place = Place { kind, region: 330_106, temperature: temperature.map(DeciCelsius), ..Place::default() };
        verify(&store, &Expectation { place: Some(place), ..Expectation::default() }, &printed(paper), NOW)
    };
    let green = judge(&paper(), PlaceKind::Mall, None);
    assert_eq!(told(&green), GREEN);
    assert!(green.rule.is_some() && green.also.is_empty());
    let yellow = judge(&at(3), PlaceKind::Mall, None);
    assert_eq!(told(&yellow), "stop place-forbidden");
    let hospital = judge(&at(3), PlaceKind::MedicalInstitution, None);
    assert_eq!(
        (told(&hospital).as_str(), hospital.also.as_slice()),
        ("restricted place-restricted", &["mask-required".to_owned(), "paper-not-bound".to_owned()][..])
    );
    assert_eq!(told(&judge(&at(2), PlaceKind::Mall, None)), "stop colour-red");
    assert_eq!(told(&judge(&paper(), PlaceKind::Mall, Some(373))), "stop temperature-high");
    let void = judge(&at(1), PlaceKind::Mall, None);
    assert_eq!((told(&void).as_str(), void.rule), ("invalid paper-void", None));
}

#[test]
fn paper_answers_no_challenge() {
    let world = World::new();
    let asked = Expectation { nonce: Some(vec![1; 16]), ..Expectation::default() };
    let verdict = verify(&store(&world), &asked, &printed(&paper()), NOW);
    assert_eq!((told(&verdict).as_str(), verdict.disclosed.len()), ("cannot-tell paper-no-answer", 0));
    let void = verify(&store(&world), &asked, &printed(&at(1)), NOW);
    assert_eq!((told(&void).as_str(), void.also.as_slice()), ("invalid paper-void", &["paper-no-answer".to_owned()][..]));
}

#[test]
fn rules_see_that_it_is_paper() {
    let world = World::new();
    let store = store(&world);
    let Begun::Pending(pending) = begin(&store, &Expectation::default(), &printed(&at(3)), NOW) else { panic!("no signature") };
    let verdict = pending.finish(&store, &check_all(pending.checks()));
    let person = pending.person(&store, &verdict).unwrap();
    assert_eq!((person.paper, person.colour, person.region, person.data_age_s), (true, Some(Colour::Yellow), Some(360_102), Some(600)));
    // The result of another check is none.
    for results in [vec![], vec![None], vec![Some(7)], vec![Some(0), Some(0)]] {
        assert_eq!(told(&pending.finish(&store, &results)), "invalid bad-signature", "{results:?}");
    }
    assert_eq!(pending.expires_at(), NOW.plus(900), "worth a word for a quarter of an hour, not for half a year");
}

proptest! {
    #[test]
    fn round_trip(
        serial: [u8; 5], region in 0_u32..1_000_000, name in "[\\p{Han}A-Z][*]{0,2}", document in "[0-9A-Z*]{1,30}", kind in 0_usize..6,
        iat in -(1_i64 << 40)..1 << 40, lives in any::<i32>(), idx in any::<u32>(), uri in "[a-z:0-9/]{1,12}",
    ) {
        let kinds = [10, 14, 15, 20, 34, 99];
        let paper = Paper {
            issuer: ISSUER.into(),
            serial: Serial(serial),
            issued_at: UnixTime(iat),
            expires_at: UnixTime(iat).plus(lives.into()),
            region,
            name,
            document_kind: DocumentKind::from_number(kinds[kind]).unwrap(),
            document,
            status: StatusReference { idx, uri },
        };
        let token = issuer::issue_paper(&key(), &paper);
        prop_assert_eq!(&issuer::issue_paper(&key(), &paper), &token, "one content has one encoding");
        let (_, read) = Paper::read(&token).unwrap();
        prop_assert_eq!(read, paper);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let world = World::new();
        if let Ok(token) = tongma::token::from_text(&text_of(&bytes)) {
            let _ = Paper::parse(&token, &bundle(&world));
        }
    }
}
