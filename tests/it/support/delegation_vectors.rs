//! Presentations under a delegation, of one fault each: name, text, time, expected outcome and reason.

use super::*;
use tongma::{
    cose::header,
    labels::{DELEGATION_TYP, claim, sd_cwt},
    token::{Delegation, Grant, Relation, SdCwt, Terms},
};

type Row = (&'static str, String, UnixTime, &'static str);

/// The key of who shows the code of the world's holder.
pub fn guardian() -> SecretKey {
    SecretKey::generate(&mut Entropy::new([77; 32]))
}

/// The holder's claims, name and document redacted.
pub fn claims(world: &World, idx: u32) -> CredentialClaims {
    let mut claims = world.claims();
    claims.status = Some(StatusReference { idx, uri: LIST.into() });
    claims.claims.insert(ClaimName::Document, Value::text("1101**********002X"));
    claims
}

pub fn credential(world: &World, claims: &CredentialClaims) -> SdCwt {
    SdCwt::parse(&world.credential_by(&world.issuer, claims, &[ClaimName::Name, ClaimName::Document])).unwrap()
}

pub fn terms() -> Terms {
    Terms {
        delegate: guardian().public(),
        issued_at: NOW.plus(-3600),
        expires_at: NOW.plus(5 * 86_400),
        guardian: Some(Relation::Parent),
        scope: vec![ClaimName::Name],
    }
}

pub fn delegate(by: &SecretKey, credential: &SdCwt, terms: &Terms) -> Value {
    let unsigned = terms.to_unsigned(credential);
    let signature = by.sign(&unsigned.message());
    unsigned.finish(&signature)
}

pub fn show(by: &SecretKey, delegation: Value, binding: &Binding) -> String {
    let unsigned = Presentation::unsigned(delegation, binding);
    let signature = by.sign(&unsigned.message());
    to_text(&unsigned.finish(&signature))
}

fn parts(token: &Value) -> Vec<Value> {
    let Value::Tag(18, inner) = token else { panic!("no envelope") };
    inner.as_array().unwrap().to_vec()
}

fn envelope(parts: Vec<Value>) -> Value {
    Value::Tag(18, Box::new(Value::Array(parts)))
}

/// The claims of a delegation, with another value under a key.
fn claims_with(delegation: &Value, key: i64, value: Value) -> Vec<(Value, Value)> {
    let payload = tongma::cbor::decode(parts(delegation)[2].as_bytes().unwrap(), tongma::cbor::Limits::FILE).unwrap();
    let mut claims = payload.as_map().unwrap().0.clone();
    claims.retain(|(found, _)| found != &Value::Int(key));
    claims.push((Value::Int(key), value));
    claims
}

pub fn rows(world: &World) -> Vec<Row> {
    let mut all = people(world);
    all.extend(times(world));
    all.extend(shapes(world));
    all
}

/// Who signs what, and what is shown.
fn people(world: &World) -> Vec<Row> {
    let held = credential(world, &claims(world, 9));
    let binding = world.binding();
    let good = delegate(&world.holder, &held, &terms());
    let of = |terms: Terms| show(&guardian(), delegate(&world.holder, &held, &terms), &binding);
    let indexed = |idx| show(&guardian(), delegate(&world.holder, &credential(world, &claims(world, idx)), &terms()), &binding);
    // The signature stays that over the true payload.
    let altered = |key: i64, value: Value| {
        let mut parts = parts(&good);
        parts[2] = Value::Bytes(Value::Map(Map(claims_with(&good, key, value))).encode());
        show(&guardian(), envelope(parts), &binding)
    };
    let details = |relation: i64, scope: &[i64]| {
        let payload = tongma::cbor::decode(parts(&good)[2].as_bytes().unwrap(), tongma::cbor::Limits::FILE).unwrap();
        let named = payload.as_map().unwrap().get(claim::DELEGATION).unwrap().as_array().unwrap()[2].clone();
        let scope = scope.iter().map(|key| Value::Int(*key)).collect();
        altered(claim::DELEGATION, Value::Array(vec![Value::Int(relation), Value::Array(scope), named]))
    };
    let around = |credential: Value| {
        let mut parts = parts(&good);
        parts[1] = Value::Map(Map(vec![(Value::Int(sd_cwt::KCWT), credential)]));
        show(&guardian(), envelope(parts), &binding)
    };
    let (parsed, within) = Delegation::parse(&good).unwrap();
    let stranger = SecretKey::generate(&mut Entropy::new([78; 32]));
    let grant = Grant { nonce: [1; 16], delegation: good.clone() };
    let own = Terms { guardian: None, scope: Vec::new(), ..terms() };
    vec![
        ("by a guardian", show(&guardian(), good.clone(), &binding), NOW, "pass"),
        ("by a guardian, nothing disclosed", show(&guardian(), parsed.with_only(&within, |_| false), &binding), NOW, "pass"),
        ("by the person's new phone", of(own), NOW, "pass"),
        ("by a guardian, revoked", indexed(1), NOW, "invalid revoked"),
        ("by a guardian, suspended", indexed(2), NOW, "stop suspended"),
        ("by a guardian, without the name", around(held.with_only(|_| false)), NOW, "pass"),
        ("by a guardian, more than was granted", around(held.with_only(|_| true)), NOW, "invalid delegation-scope"),
        ("by a guardian, scope widened", details(1, &[10, 11]), NOW, "invalid bad-signature"),
        ("by a guardian, relation altered", details(2, &[10]), NOW, "invalid bad-signature"),
        ("by a guardian, end altered", altered(claim::EXP, Value::Int(terms().expires_at.0 + 1)), NOW, "invalid bad-signature"),
        (
            "by a guardian, key replaced",
            altered(claim::CNF, Value::Map(Map(vec![(Value::Int(claim::CNF_COSE_KEY), stranger.public().to_cose())]))),
            NOW,
            "invalid bad-signature",
        ),
        ("delegated by a stranger", show(&guardian(), delegate(&stranger, &held, &terms()), &binding), NOW, "invalid bad-signature"),
        ("delegated by the guardian", show(&guardian(), delegate(&guardian(), &held, &terms()), &binding), NOW, "invalid bad-signature"),
        ("a delegation shown by a stranger", show(&stranger, good.clone(), &binding), NOW, "invalid bad-signature"),
        ("a delegation shown by the holder", show(&world.holder, good.clone(), &binding), NOW, "invalid bad-signature"),
        (
            "a delegation to the holder",
            show(&world.holder, delegate(&world.holder, &held, &Terms { delegate: world.holder.public(), ..terms() }), &binding),
            NOW,
            "invalid delegation-to-self",
        ),
        (
            "a delegation of another credential",
            around(credential(world, &claims(world, 10)).with_only(|_| false)),
            NOW,
            "invalid delegation-mismatch",
        ),
        ("a delegation of a delegation", around(good.clone()), NOW, "invalid delegation-chain"),
        ("a delegation of a presentation", around(value_of(&world.good())), NOW, "invalid wrong-type"),
        ("a bare delegation", to_text(&good), NOW, "invalid wrong-type"),
        ("a grant", grant.to_text(), NOW, "invalid wrong-type"),
    ]
}

fn times(world: &World) -> Vec<Row> {
    const DAY: i64 = 86_400;
    let with = |claims: &CredentialClaims, issued: i64, ends: i64, binding: (i64, i64)| {
        let terms = Terms { issued_at: NOW.plus(issued), expires_at: NOW.plus(ends), ..terms() };
        let binding = Binding { issued_at: NOW.plus(binding.0), expires_at: NOW.plus(binding.1), ..world.binding() };
        show(&guardian(), delegate(&world.holder, &credential(world, claims), &terms), &binding)
    };
    let week = claims(world, 9);
    let lives = |issued, ends, binding| with(&week, issued, ends, binding);
    let mut year = claims(world, 9);
    year.expires_at = NOW.plus(365 * DAY);
    let everyday = (-60, 840);
    vec![
        ("a delegation that is over", lives(-DAY, -10, (-60, -10)), NOW, "invalid expired"),
        ("a delegation in its last second", lives(-3600, 600, (-60, 600)), NOW.plus(599), "pass"),
        ("a delegation at its end", lives(-3600, 600, (-60, 600)), NOW.plus(600), "invalid expired"),
        ("a delegation from a clock ahead, within the slack", lives(120, DAY, (120, 840)), NOW, "pass"),
        ("a delegation from a clock too far ahead", lives(121, DAY, (121, 840)), NOW, "invalid not-yet-valid"),
        ("a delegation of 180 days", with(&year, -60, 180 * DAY - 60, everyday), NOW, "pass"),
        ("a delegation of more than 180 days", with(&year, -60, 180 * DAY - 59, everyday), NOW, "invalid delegation-too-long"),
        ("a delegation as long as the credential", lives(-3600, 6 * DAY, everyday), NOW, "pass"),
        ("a delegation that outlives the credential", lives(-3600, 6 * DAY + 1, everyday), NOW, "invalid times-inconsistent"),
        ("a delegation older than the credential", lives(-DAY - 1, DAY, everyday), NOW, "invalid times-inconsistent"),
        ("a presentation that outlives the delegation", lives(-3600, 839, everyday), NOW, "invalid times-inconsistent"),
        ("a presentation older than the delegation", lives(-59, DAY, everyday), NOW, "invalid times-inconsistent"),
    ]
}

/// What the holder signs, in another shape.
fn shapes(world: &World) -> Vec<Row> {
    let held = credential(world, &claims(world, 9));
    let good = delegate(&world.holder, &held, &terms());
    let kcwt = (sd_cwt::KCWT, held.with_only(|_| false));
    let typ = |typ: i64| (header::TYP, Value::Int(typ));
    let unprotected = |pairs: Vec<(i64, Value)>| Map(pairs.into_iter().map(|(key, value)| (Value::Int(key), value)).collect());
    let signed = |protected: Vec<(i64, Value)>, outside: Vec<(i64, Value)>, claims: Vec<(Value, Value)>| {
        let token = world.sign_raw(&world.holder, protected, unprotected(outside), &Value::Map(Map(claims)));
        show(&guardian(), token, &world.binding())
    };
    let same = || claims_with(&good, claim::IAT, Value::Int(terms().issued_at.0));
    let named = same().iter().find(|(key, _)| key == &Value::Int(claim::DELEGATION)).unwrap().1.as_array().unwrap()[2].clone();
    let details = |relation: i64, scope: &[i64], named: Value| {
        let scope = scope.iter().map(|key| Value::Int(*key)).collect();
        let details = Value::Array(vec![Value::Int(relation), Value::Array(scope), named]);
        signed(vec![typ(DELEGATION_TYP)], vec![kcwt.clone()], claims_with(&good, claim::DELEGATION, details))
    };
    let mut more = same();
    more.push((Value::Int(99), Value::Int(1)));
    let mut less = same();
    less.retain(|(key, _)| key != &Value::Int(claim::EXP));
    let malformed = "invalid token-malformed";
    let rows = vec![
        ("a delegation signed by hand", signed(vec![typ(DELEGATION_TYP)], vec![kcwt.clone()], same()), "pass"),
        ("a delegation of another type", signed(vec![typ(65_102)], vec![kcwt.clone()], same()), "invalid wrong-type"),
        ("a delegation without a credential", signed(vec![typ(DELEGATION_TYP)], vec![], same()), malformed),
        ("a delegation with its credential protected", signed(vec![typ(DELEGATION_TYP), kcwt.clone()], vec![], same()), malformed),
        ("a delegation with more outside", signed(vec![typ(DELEGATION_TYP)], vec![kcwt.clone(), (99, Value::Int(1))], same()), malformed),
        ("a delegation with an unknown claim", signed(vec![typ(DELEGATION_TYP)], vec![kcwt.clone()], more), malformed),
        ("a delegation without an end", signed(vec![typ(DELEGATION_TYP)], vec![kcwt.clone()], less), malformed),
        ("a delegation to an unknown relation", details(7, &[10], named.clone()), malformed),
        ("a delegation to a relation below zero", details(-1, &[10], named.clone()), malformed),
        ("a delegation of unknown data", details(1, &[14], named.clone()), malformed),
        ("a delegation of data out of order", details(1, &[11, 10], named.clone()), malformed),
        ("a delegation of data named twice", details(1, &[10, 10], named.clone()), malformed),
        ("a move with a list of data", details(0, &[10], named), malformed),
        ("a delegation with half a fingerprint", details(1, &[10], Value::Bytes(vec![0; 8])), malformed),
        ("a delegation with another fingerprint", details(1, &[10], Value::Bytes(vec![0; 16])), "invalid delegation-mismatch"),
    ];
    rows.into_iter().map(|(name, text, expect)| (name, text, NOW, expect)).collect()
}
