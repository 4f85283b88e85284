//! Verdicts: vectors of one fault each, kept in `tests/vectors/verdicts.json`, which the browser's tests read as well.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support;
use serde_json::{Value as Json, json};
use support::*;
use tongma::{
    cbor::{Map, Value},
    cose::header,
    labels::{claim, sd_cwt},
    roles::{
        Outcome,
        verifier::{Expectation, TrustStore, verify},
    },
    time::UnixTime,
    token::{Binding, ClaimName, Colour, StatusReference, from_text, to_text},
};

/// One vector: a text, the circumstances, and what the verdict must be.
struct Vector {
    name: &'static str,
    text: String,
    now: UnixTime,
    audience: Option<&'static str>,
    nonce: Option<Vec<u8>>,
    expect: &'static str,
}

fn vector(name: &'static str, text: String, expect: &'static str) -> Vector {
    Vector { name, text, now: NOW, audience: None, nonce: None, expect }
}

fn at(mut vector: Vector, now: UnixTime) -> Vector {
    vector.now = now;
    vector
}

fn asked(mut vector: Vector, audience: Option<&'static str>, nonce: Option<&[u8]>) -> Vector {
    vector.audience = audience;
    vector.nonce = nonce.map(<[u8]>::to_vec);
    vector
}

fn vectors(world: &World) -> Vec<Vector> {
    let mut all = text_vectors(world);
    all.extend(token_vectors(world));
    all.extend(trust_vectors(world));
    all.extend(time_vectors(world));
    all.extend(audience_vectors(world));
    all.extend(status_vectors(world));
    let delegated = support::delegation_vectors::rows(world);
    all.extend(delegated.into_iter().map(|(name, text, now, expect)| at(vector(name, text, expect), now)));
    all.extend(support::foreign_vectors::rows().into_iter().map(|(name, text, expect)| vector(name, text, expect)));
    all
}

fn text_vectors(world: &World) -> Vec<Vector> {
    let good = world.good();
    let bytes = bytes_of(&good);
    vec![
        vector("good", good.clone(), "pass"),
        vector("line end of a hand scanner", format!("{good}\r\n"), "pass"),
        vector("web address", "https://example.org/".into(), "invalid not-a-pass"),
        vector("wi-fi", "WIFI:S:x;T:WPA;P:y;;".into(), "invalid not-a-pass"),
        vector("payment", "wxp://f2f0".into(), "invalid not-a-pass"),
        vector("nothing", String::new(), "invalid not-a-pass"),
        vector("later version", good.replace("TM1:", "TM3:"), "invalid prefix-version"),
        vector("lower case", good.to_lowercase(), "invalid text-lower-case"),
        vector("a character outside the alphabet", good.replace("TM1:", "TM1:_"), "invalid text-malformed"),
        vector("cut", text_of(&bytes[..bytes.len() - 1]), "invalid cbor-truncated"),
        vector("padded", text_of(&[bytes.clone(), vec![0]].concat()), "invalid cbor-trailing-bytes"),
        vector("doubled", text_of(&[bytes.clone(), bytes.clone()].concat()), "invalid cbor-trailing-bytes"),
        vector("too long", format!("TM1:{}", "0".repeat(5000)), "invalid text-too-long"),
        vector("indefinite", text_of(&[0x9f, 0xff]), "invalid cbor-indefinite"),
        vector("not minimal", text_of(&[0xd8, 18, 0x80]), "invalid cbor-not-minimal"),
        vector("duplicate key", text_of(&[0xa2, 1, 1, 1, 1]), "invalid cbor-duplicate-key"),
        vector("too deep", text_of(&[0x81; 64]), "invalid cbor-too-deep"),
        vector("bad utf-8", text_of(&[0x61, 0xff]), "invalid cbor-malformed"),
        vector("a number", text_of(&[1]), "invalid token-malformed"),
        vector("empty bytes", "TM1:".into(), "invalid cbor-truncated"),
    ]
}

fn binding_map(binding: &Binding) -> Vec<(Value, Value)> {
    vec![
        (Value::Int(claim::AUD), Value::text(&binding.audience)),
        (Value::Int(claim::EXP), Value::Int(binding.expires_at.0)),
        (Value::Int(claim::IAT), Value::Int(binding.issued_at.0)),
    ]
}

fn token_vectors(world: &World) -> Vec<Vector> {
    let credential = world.credential(&world.claims());
    let binding = world.binding();
    let payload = Value::Map(Map(binding_map(&binding)));
    let typ = |typ: i64| (header::TYP, Value::Int(typ));
    let kcwt = |value: &Value| (sd_cwt::KCWT, value.clone());
    let kbt = |protected: Vec<(i64, Value)>, payload: &Value| to_text(&world.sign_raw(&world.holder, protected, Map::default(), payload));
    let redacted = world.credential_by(&world.issuer, &world.claims(), &[ClaimName::Name]);
    let disclosures = disclosures_of(&redacted);
    let with = |items: Vec<Value>| world.present(with_disclosures(&redacted, items), &binding);
    let foreign = disclosures_of(&world.credential_by(&world.issuer, &world.claims(), &[ClaimName::Name]));
    let mut altered = foreign[0].as_bytes().unwrap().to_vec();
    *altered.last_mut().unwrap() ^= 1;
    let list = from_bytes(&world.list(NOW));
    let bundle = from_bytes(&world.bundle().sign(&world.root));
    let less = |key: i64| {
        let pairs = binding_map(&binding).into_iter().filter(|(found, _)| found != &Value::Int(key)).collect();
        kbt(vec![kcwt(&credential), typ(294)], &Value::Map(Map(pairs)))
    };
    vec![
        vector("a credential for a presentation", to_text(&credential), "invalid credential-not-presentation"),
        vector("a status list for a presentation", to_text(&list), "invalid wrong-type"),
        vector("a bundle for a presentation", to_text(&bundle), "invalid wrong-type"),
        vector("another type of key binding", kbt(vec![kcwt(&credential), typ(295)], &payload), "invalid wrong-type"),
        vector("no type", kbt(vec![kcwt(&credential)], &payload), "invalid wrong-type"),
        vector("a presentation within", kbt(vec![kcwt(&value_of(&world.good())), typ(294)], &payload), "invalid wrong-type"),
        vector("no credential within", kbt(vec![typ(294)], &payload), "invalid token-malformed"),
        vector(
            "an unknown protected header",
            kbt(vec![kcwt(&credential), typ(294), (2, Value::Int(1))], &payload),
            "invalid token-malformed",
        ),
        vector("payload is no map", kbt(vec![kcwt(&credential), typ(294)], &Value::Int(1)), "invalid token-malformed"),
        vector("no audience", less(claim::AUD), "invalid token-malformed"),
        vector("no end", less(claim::EXP), "invalid token-malformed"),
        vector("no beginning", less(claim::IAT), "invalid token-malformed"),
        vector("another algorithm", with_algorithm(&world.good(), -8), "invalid algorithm-not-allowed"),
        vector("the holder's signature by another key", swapped_signature(world, &world.good()), "invalid bad-signature"),
        vector("disclosed", with(disclosures.clone()), "pass"),
        vector("kept back", with(vec![]), "pass"),
        vector("disclosure doubled", with([disclosures.clone(), disclosures.clone()].concat()), "invalid disclosure-doubled"),
        vector("disclosure altered", with(vec![Value::Bytes(altered)]), "invalid disclosure-unmatched"),
        vector("disclosure of a wrong shape", with(vec![Value::Bytes(vec![0x80])]), "invalid disclosure-malformed"),
        vector("disclosure with a short salt", with(vec![Value::Bytes(vec![0x83, 0x41, 1, 1, 10])]), "invalid disclosure-malformed"),
        vector(
            "disclosures are no array",
            world.present(with_unprotected(&redacted, Value::Int(1)), &binding),
            "invalid disclosure-malformed",
        ),
    ]
}

fn trust_vectors(world: &World) -> Vec<Vector> {
    let binding = world.binding();
    let claims = world.claims();
    let shown = |key, claims| world.present(world.credential_by(key, claims, &[]), &binding);
    let mut unknown = claims.clone();
    unknown.issuer = "tm:99".into();
    let mut other = claims.clone();
    other.issuer = OTHER.into();
    let mut zhejiang = claims.clone();
    zhejiang.region = 330_100;
    vec![
        vector("unknown issuer", shown(&world.issuer, &unknown), "cannot-tell unknown-issuer"),
        vector("unknown key", shown(&world.holder, &claims), "cannot-tell unknown-key"),
        vector("the right key of the wrong issuer", shown(&world.issuer, &other), "cannot-tell unknown-key"),
        vector("a key for status lists only", shown(&world.status_only, &claims), "invalid key-use"),
        vector("a key for another region", shown(&world.regional, &claims), "invalid key-region"),
        vector("a key for this region", shown(&world.regional, &zhejiang), "pass"),
        vector("the issuer's signature altered", altered_credential(world), "invalid bad-signature"),
    ]
}

fn time_vectors(world: &World) -> Vec<Vector> {
    let bound = |issued: i64, expires: i64| {
        let binding = Binding { issued_at: NOW.plus(issued), expires_at: NOW.plus(expires), ..world.binding() };
        world.present(world.credential(&world.claims()), &binding)
    };
    let lived = |issued: i64, expires: i64| {
        let mut claims = world.claims();
        (claims.issued_at, claims.expires_at) = (NOW.plus(issued), NOW.plus(expires));
        world.present(world.credential(&claims), &world.binding())
    };
    let hour = 3600;
    vec![
        at(vector("the last second", world.good(), "pass"), NOW.plus(839)),
        at(vector("the end", world.good(), "invalid expired"), NOW.plus(840)),
        at(vector("sixteen minutes later", world.good(), "invalid expired"), NOW.plus(900)),
        vector("a holder's clock two minutes ahead", bound(120, 1020), "pass"),
        vector("a holder's clock further ahead", bound(121, 1021), "invalid not-yet-valid"),
        vector("a lifetime over 15 minutes", bound(-1, 900), "invalid lifetime-too-long"),
        vector("a lifetime below zero", bound(60, 59), "invalid times-inconsistent"),
        vector("a presentation that outlives its credential", lived(-hour, 839), "invalid times-inconsistent"),
        vector("a presentation before its credential", lived(-59, hour), "invalid times-inconsistent"),
        vector("a credential that is over", lived(-2 * hour, -hour), "invalid expired"),
        at(vector("this clock an hour back", world.good(), "cannot-tell clock-wrong"), NOW.plus(-600 - hour)),
        at(vector("this clock a day ahead", world.good(), "invalid expired"), NOW.plus(24 * hour)),
        at(vector("the bundle too old", world.good(), "cannot-tell bundle-too-old"), NOW.plus(14 * 24 * hour)),
        at(vector("the bundle's own end", world.good(), "cannot-tell bundle-expired"), NOW.plus(31 * 24 * hour)),
    ]
}

fn audience_vectors(world: &World) -> Vec<Vector> {
    let nonce: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8];
    let bound = |audience: &str, nonce: Option<&[u8]>| {
        let binding = Binding { audience: audience.into(), nonce: nonce.map(<[u8]>::to_vec), ..world.binding() };
        world.present(world.credential(&world.claims()), &binding)
    };
    let gate = Some("tm:36/gate-1");
    vec![
        vector("made for one place, asked by none", bound("tm:36/gate-1", None), "invalid audience-mismatch"),
        asked(vector("made for this place", bound("tm:36/gate-1", None), "pass"), gate, None),
        asked(vector("made for all places", bound("tm:any", None), "pass"), gate, None),
        asked(vector("made for another place", bound("tm:36/gate-2", None), "invalid audience-mismatch"), gate, None),
        asked(vector("the challenge answered", bound("tm:36/gate-1", Some(nonce)), "pass"), gate, Some(nonce)),
        asked(vector("no answer to the challenge", bound("tm:36/gate-1", None), "invalid nonce-missing"), gate, Some(nonce)),
        asked(vector("an answer to another challenge", bound("tm:36/gate-1", Some(&[9; 8])), "invalid nonce-mismatch"), gate, Some(nonce)),
        asked(
            vector("the challenge answered for all places", bound("tm:any", Some(nonce)), "invalid audience-mismatch"),
            gate,
            Some(nonce),
        ),
    ]
}

fn status_vectors(world: &World) -> Vec<Vector> {
    let indexed = |idx: u32, uri: &str, colour: Colour| {
        let mut claims = world.claims();
        claims.colour = colour;
        claims.status = Some(StatusReference { idx, uri: uri.into() });
        world.present(world.credential(&claims), &world.binding())
    };
    let mut without = world.claims();
    without.status = None;
    vec![
        vector("revoked", indexed(1, LIST, Colour::Green), "invalid revoked"),
        vector("suspended", indexed(2, LIST, Colour::Green), "stop suspended"),
        vector("turned yellow", indexed(3, LIST, Colour::Green), "restricted turned-yellow"),
        vector("red stays red", indexed(3, LIST, Colour::Red), "stop colour-red"),
        vector("yellow", indexed(9, LIST, Colour::Yellow), "restricted colour-yellow"),
        vector("red", indexed(9, LIST, Colour::Red), "stop colour-red"),
        vector("the last index", indexed(63, LIST, Colour::Green), "pass"),
        vector("an index out of range", indexed(64, LIST, Colour::Green), "invalid status-index-out-of-range"),
        vector("another list", indexed(9, "tm:36/1", Colour::Green), "cannot-tell status-missing"),
        vector("no status", world.present(world.credential(&without), &world.binding()), "pass"),
        at(vector("expired outranks an old list", world.good(), "invalid expired"), NOW.plus(3 * 86_400)),
    ]
}

fn from_bytes(bytes: &[u8]) -> Value {
    tongma::cbor::decode(bytes, tongma::cbor::Limits::FILE).unwrap()
}

/// The four parts of an envelope.
fn parts(token: &Value) -> Vec<Value> {
    let Value::Tag(18, inner) = token else { panic!("no envelope") };
    inner.as_array().unwrap().to_vec()
}

fn envelope(parts: Vec<Value>) -> Value {
    Value::Tag(18, Box::new(Value::Array(parts)))
}

fn disclosures_of(token: &Value) -> Vec<Value> {
    parts(token)[1].as_map().unwrap().get(sd_cwt::SD_CLAIMS).unwrap().as_array().unwrap().to_vec()
}

fn with_unprotected(token: &Value, disclosures: Value) -> Value {
    let mut parts = parts(token);
    parts[1] = Value::Map(Map(vec![(Value::Int(sd_cwt::SD_CLAIMS), disclosures)]));
    envelope(parts)
}

fn with_disclosures(token: &Value, items: Vec<Value>) -> Value {
    with_unprotected(token, Value::Array(items))
}

fn with_algorithm(text: &str, algorithm: i64) -> String {
    let mut parts = parts(&value_of(text));
    let Value::Map(mut protected) = from_bytes(parts[0].as_bytes().unwrap()) else { panic!("no map") };
    protected.0.retain(|(key, _)| key != &Value::Int(header::ALG));
    protected.0.push((Value::Int(header::ALG), Value::Int(algorithm)));
    parts[0] = Value::Bytes(Value::Map(protected).encode());
    to_text(&envelope(parts))
}

fn swapped_signature(world: &World, text: &str) -> String {
    let mut parts = parts(&value_of(text));
    let (protected, payload) = (parts[0].as_bytes().unwrap(), parts[2].as_bytes().unwrap());
    parts[3] = Value::Bytes(world.other.sign(&tongma::cose::to_be_signed(protected, payload)).to_vec());
    to_text(&envelope(parts))
}

fn altered_credential(world: &World) -> String {
    let mut parts = parts(&world.credential(&world.claims()));
    let mut signature = parts[3].as_bytes().unwrap().to_vec();
    signature[40] ^= 1;
    parts[3] = Value::Bytes(signature);
    world.present(envelope(parts), &world.binding())
}

fn judge(store: &TrustStore, vector: &Vector) -> String {
    let expectation = Expectation { audience: vector.audience.map(str::to_owned), nonce: vector.nonce.clone(), ..Expectation::default() };
    let verdict = verify(store, &expectation, &vector.text, vector.now);
    let outcome = serde_json::to_value(verdict.outcome).unwrap();
    let outcome = outcome.as_str().unwrap();
    verdict.reason.map_or_else(|| outcome.to_owned(), |reason| format!("{outcome} {reason}"))
}

#[test]
fn each_vector_has_its_verdict() {
    let world = World::new();
    let store = world.store();
    let wrong: Vec<_> = vectors(&world)
        .iter()
        .map(|vector| (vector.name, judge(&store, vector), vector.expect))
        .filter(|(_, got, expect)| got != expect)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The file is what the browser's tests read. `UPDATE=1 cargo test --package tongma --test it file_is_current` writes it anew.
#[test]
fn the_vector_file_is_current() {
    let world = World::new();
    let vectors: Vec<Json> = vectors(&world)
        .iter()
        .map(|vector| {
            json!({
                "name": vector.name, "text": vector.text, "now": vector.now, "audience": vector.audience,
                "nonce": vector.nonce.as_deref().map(tongma::text::to_base64url), "expect": vector.expect,
            })
        })
        .collect();
    let file = json!({
        "root": world.root.public(),
        "bundle": tongma::text::to_base64url(&world.bundle().sign(&world.root)),
        "status": [tongma::text::to_base64url(&world.list(NOW.plus(-600)))],
        "vectors": vectors,
    });
    let text = serde_json::to_string_pretty(&file).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/verdicts.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "run with UPDATE=1");
}

#[test]
fn a_byte_altered_anywhere_never_passes() {
    let world = World::new();
    let store = world.store();
    let bytes = bytes_of(&world.present(world.credential_by(&world.issuer, &world.claims(), &[ClaimName::Name]), &world.binding()));
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
fn without_a_bundle_or_a_list_nobody_can_tell() {
    let world = World::new();
    let verdict = verify(&TrustStore::default(), &Expectation::default(), &world.good(), NOW);
    assert_eq!((verdict.outcome, verdict.reason.as_deref()), (Outcome::CannotTell, Some("bundle-missing")));
    let store = world.store_of(&world.bundle(), None);
    let verdict = verify(&store, &Expectation::default(), &world.good(), NOW);
    assert_eq!((verdict.outcome, verdict.reason.as_deref()), (Outcome::CannotTell, Some("status-missing")));
    let store = world.store_of(&world.bundle(), Some(&world.list(NOW.plus(-49 * 3600))));
    let verdict = verify(&store, &Expectation::default(), &world.good(), NOW);
    assert_eq!((verdict.outcome, verdict.reason.as_deref()), (Outcome::CannotTell, Some("status-too-old")));
}

#[test]
fn the_everyday_presentation_fits_its_budget() {
    let world = World::new();
    let mut claims = world.claims();
    claims.status = Some(StatusReference { idx: (1 << 20) - 1, uri: LIST.into() });
    let text = world.present(world.credential(&claims), &world.binding());
    let version = tongma::qr::encode::smallest_version(&text, tongma::qr::encode::EccLevel::M);
    assert!(
        version.is_some_and(|version| version <= 13),
        "{} bytes, {} characters, version {version:?}",
        bytes_of(&text).len(),
        text.len()
    );
}

#[test]
fn what_is_disclosed_is_what_the_holder_chose() {
    let world = World::new();
    let store = world.store();
    let redacted = world.credential_by(&world.issuer, &world.claims(), &[ClaimName::Name]);
    let shown = verify(&store, &Expectation::default(), &world.present(redacted.clone(), &world.binding()), NOW);
    assert_eq!(shown.disclosed.get("name").map(String::as_str), Some("甲**"));
    let hidden = verify(&store, &Expectation::default(), &world.present(with_disclosures(&redacted, vec![]), &world.binding()), NOW);
    assert!(hidden.disclosed.is_empty());
    assert!(from_text(&world.good()).is_ok());
}
