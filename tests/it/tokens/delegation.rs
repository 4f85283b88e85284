//! Delegation from request to verdict, with real keys: what is granted, what is not, and how large it is.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support;
use proptest::prelude::*;
use support::{delegation_vectors as vectors, *};
use tongma::{
    cbor::{Map, Value},
    cose::header,
    keys::SecretKey,
    labels::{DELEGATION_REQUEST_TYP, claim},
    policy::{Place, PlaceKind},
    qr::encode::{EccLevel, smallest_version},
    reason::Reason,
    roles::{
        Outcome,
        holder::{Asking, DelegatedCredential, Granting, HeldCredential, Showing},
        verifier::{Expectation, verify},
    },
    signature::Verified,
    time::UnixTime,
    token::{
        ClaimName, Colour, CredentialClaims, Delegation, DelegationRequest, Grant, Relation, StatusReference, Terms, challenge::tidy_name,
        to_text,
    },
};

const DAY: i64 = 86_400;

fn held(world: &World) -> HeldCredential {
    let claims = vectors::claims(world, 9);
    HeldCredential::read(&to_text(&world.credential_by(&world.issuer, &claims, &[ClaimName::Name, ClaimName::Document]))).unwrap()
}

fn asking() -> Asking {
    Asking { name: "李四".into(), guardian: Some(Relation::Child), scope: vec![ClaimName::Name], lifetime_s: 3 * DAY }
}

fn signed(key: &SecretKey, request: &DelegationRequest) -> String {
    let unsigned = request.to_unsigned();
    let signature = key.sign(&unsigned.message());
    to_text(&unsigned.finish(&signature))
}

fn asked(asking: Asking, at: UnixTime) -> (DelegationRequest, Verified<DelegationRequest>) {
    let request = asking.request(vectors::guardian().public(), [5; 16], at).unwrap();
    let read = DelegationRequest::from_text(&signed(&vectors::guardian(), &request)).unwrap().check_here().unwrap();
    (request, read)
}

fn grant(world: &World, held: &HeldCredential, request: &Verified<DelegationRequest>, granting: &Granting) -> String {
    let (unsigned, _) = held.delegate(request, granting, &[], NOW).unwrap();
    let signature = world.holder.sign(&unsigned.message());
    Grant { nonce: request.get().nonce, delegation: unsigned.finish(&signature) }.to_text()
}

fn shown(delegated: &DelegatedCredential, showing: &Showing) -> String {
    let (unsigned, _) = delegated.present(showing, NOW).unwrap();
    let signature = vectors::guardian().sign(&unsigned.message());
    to_text(&unsigned.finish(&signature))
}

#[test]
fn from_request_to_verdict() {
    let world = World::new();
    let (held, store) = (held(&world), world.store());
    let (request, read) = asked(asking(), NOW.plus(-30));
    assert_eq!(read.get(), &request);
    let text = grant(&world, &held, &read, &Granting::all_of(&request));
    let delegated = DelegatedCredential::receive(&text, &request, &world.bundle()).unwrap().check_here().unwrap().into_inner();
    assert_eq!(delegated.claims().claims.keys().copied().collect::<Vec<_>>(), [ClaimName::Name], "what is not granted is not handed over");
    assert_eq!(delegated.terms().expires_at, NOW.plus(3 * DAY));

    let bare = verify(&store, &Expectation::default(), &shown(&delegated, &Showing::default()), NOW);
    assert_eq!((bare.outcome, bare.guardian, bare.disclosed.len()), (Outcome::Pass, Some(Relation::Child), 0));
    let named = Showing { disclose: vec![ClaimName::Name], ..Showing::default() };
    let verdict = verify(&store, &Expectation::default(), &shown(&delegated, &named), NOW);
    assert_eq!(verdict.disclosed.get("name").map(String::as_str), Some("甲**"));
    assert_eq!(serde_json::to_value(&verdict).unwrap()["guardian"], "child");
    assert_eq!(verify(&store, &Expectation::default(), &world.good(), NOW).guardian, None);

    let more = Showing { disclose: vec![ClaimName::Document], ..Showing::default() };
    assert_eq!(delegated.present(&more, NOW).unwrap_err(), Reason::DelegationScope);
    let late = delegated.present(&Showing::default(), NOW.plus(3 * DAY)).unwrap_err();
    assert_eq!((late.code(), late.facts()["layer"].as_str()), ("expired", Some("delegation")));
    // The presentation ends with the delegation at the latest.
    let (_, binding) = delegated.present(&Showing::default(), NOW.plus(3 * DAY - 60)).unwrap();
    assert_eq!(binding.expires_at, NOW.plus(3 * DAY));
}

#[test]
fn a_gate_that_asks_gets_its_answer_from_a_guardian_too() {
    let world = World::new();
    let (request, read) = asked(asking(), NOW);
    let text = grant(&world, &held(&world), &read, &Granting::all_of(&request));
    let delegated = DelegatedCredential::read(&text).unwrap();
    let gate = Expectation { audience: Some("tm:gate/AAECZ2F0Zf8".into()), nonce: Some(vec![7; 16]), ..Expectation::default() };
    let answer = Showing { audience: "tm:gate/AAECZ2F0Zf8".into(), nonce: Some(vec![7; 16]), ..Showing::default() };
    assert_eq!(verify(&world.store(), &gate, &shown(&delegated, &answer), NOW).outcome, Outcome::Pass);
    let plain = verify(&world.store(), &gate, &shown(&delegated, &Showing::default()), NOW);
    assert_eq!(plain.reason.as_deref(), Some("nonce-missing"));
}

#[test]
fn a_holder_grants_as_much_as_was_asked_for_or_less() {
    let world = World::new();
    let held = held(&world);
    let all = |request: &DelegationRequest| Granting::all_of(request);
    let (request, read) = asked(asking(), NOW);
    let nothing = Granting { scope: Vec::new(), lifetime_s: DAY };
    let (_, terms) = held.delegate(&read, &nothing, &[], NOW).unwrap();
    assert_eq!((terms.scope.len(), terms.expires_at), (0, NOW.plus(DAY)));
    let (_, terms) = held.delegate(&read, &Granting { lifetime_s: 30 * DAY, ..all(&request) }, &[], NOW).unwrap();
    assert_eq!(terms.expires_at, held.claims().expires_at, "never longer than the credential");

    let refused = |read: &Verified<DelegationRequest>, granting: &Granting, answered: &[[u8; 16]], now: UnixTime| {
        held.delegate(read, granting, answered, now).unwrap_err().code()
    };
    assert_eq!(refused(&read, &all(&request), &[[5; 16]], NOW), "request-answered");
    assert_eq!(refused(&read, &Granting { scope: vec![ClaimName::Document], ..all(&request) }, &[], NOW), "delegation-scope");
    assert_eq!(refused(&read, &Granting { lifetime_s: 181 * DAY, ..all(&request) }, &[], NOW), "delegation-too-long");
    assert_eq!(refused(&read, &Granting { lifetime_s: 0, ..all(&request) }, &[], NOW), "times-inconsistent");
    assert_eq!(refused(&read, &all(&request), &[], NOW.plus(7 * DAY)), "expired");
    // Ten minutes, and two for the clocks.
    assert!(held.delegate(&read, &all(&request), &[], NOW.plus(719)).is_ok());
    assert_eq!(refused(&read, &all(&request), &[], NOW.plus(720)), "expired");
    assert!(held.delegate(&read, &all(&request), &[], NOW.plus(-120)).is_ok());
    assert_eq!(refused(&read, &all(&request), &[], NOW.plus(-121)), "not-yet-valid");
    let own = asking().request(world.holder.public(), [5; 16], NOW).unwrap();
    let own = DelegationRequest::from_text(&signed(&world.holder, &own)).unwrap().check_here().unwrap();
    assert_eq!(refused(&own, &all(own.get()), &[], NOW), "delegation-to-self");
    // The holder's clock is behind the issuer's: the delegation is dated by the credential.
    let (_, read) = asked(asking(), NOW.plus(-DAY - 60));
    let (_, terms) = held.delegate(&read, &all(read.get()), &[], NOW.plus(-DAY - 60)).unwrap();
    assert_eq!(terms.issued_at, held.claims().issued_at);
}

#[test]
fn a_grant_answers_one_request_of_one_phone() {
    let world = World::new();
    let bundle = world.bundle();
    let (request, read) = asked(asking(), NOW);
    let text = grant(&world, &held(&world), &read, &Granting::all_of(&request));
    let refused = |text: &str, request: &DelegationRequest| DelegatedCredential::receive(text, request, &bundle).unwrap_err().code();
    assert_eq!(refused(&text, &DelegationRequest { nonce: [6; 16], ..request.clone() }), "grant-mismatch");
    assert_eq!(refused(&text, &DelegationRequest { key: world.other.public(), ..request.clone() }), "grant-mismatch");
    assert_eq!(refused(&text, &DelegationRequest { guardian: Some(Relation::Spouse), ..request.clone() }), "grant-mismatch");
    assert_eq!(
        refused(&text, &DelegationRequest { scope: Vec::new(), ..request.clone() }),
        "grant-mismatch",
        "wider than what was asked for"
    );
    assert_eq!(refused(&world.good(), &request), "wrong-type");
    let mut stranger = bundle.clone();
    stranger.issuers = [(OTHER.to_owned(), bundle.issuers.get(OTHER).unwrap().clone())].into();
    assert_eq!(DelegatedCredential::receive(&text, &request, &stranger).unwrap_err().code(), "unknown-issuer");
    // Whoever stands between the phones can't grant in the holder's place, nor make an issuer's credential.
    let (unsigned, _) = held(&world).delegate(&read, &Granting::all_of(&request), &[], NOW).unwrap();
    let signature = world.other.sign(&unsigned.message());
    let forged = Grant { nonce: request.nonce, delegation: unsigned.finish(&signature) }.to_text();
    assert_eq!(DelegatedCredential::receive(&forged, &request, &bundle).unwrap().check_here().unwrap_err(), 1);
    let claims = vectors::claims(&world, 9);
    let false_credential = HeldCredential::read(&to_text(&world.credential_by(&world.other, &claims, &[]))).unwrap();
    let unissued = grant(&world, &false_credential, &read, &Granting::all_of(&request));
    // Its kid names no key of the issuer.
    assert_eq!(refused(&unissued, &request), "unknown-key");
}

#[test]
fn a_byte_altered_anywhere_in_what_two_phones_exchange_is_noticed() {
    let world = World::new();
    let bundle = world.bundle();
    let (request, read) = asked(asking(), NOW);
    let text = grant(&world, &held(&world), &read, &Granting::all_of(&request));
    let whole = DelegatedCredential::receive(&text, &request, &bundle).unwrap().check_here().unwrap();
    let bytes = bytes_of(&text);
    for index in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[index] ^= 1;
        if let Ok(received) = DelegatedCredential::receive(&text_of(&altered), &request, &bundle)
            && let Ok(received) = received.check_here()
        {
            // Outside of what is signed there are the disclosures alone: they can be lost, never altered.
            let (received, whole) = (received.get().claims(), whole.get().claims());
            assert!(received.claims.is_empty(), "byte {index}");
            assert_eq!(CredentialClaims { claims: whole.claims.clone(), ..received.clone() }, *whole, "byte {index}");
        }
    }
    let bytes = bytes_of(&signed(&vectors::guardian(), &request));
    for index in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[index] ^= 1;
        let read = DelegationRequest::from_text(&text_of(&altered));
        assert!(read.is_err() || read.unwrap().check_here().is_err(), "byte {index}");
    }
}

#[test]
fn a_byte_altered_anywhere_in_a_guardians_code_never_passes() {
    let world = World::new();
    let store = world.store();
    let (request, read) = asked(asking(), NOW);
    let delegated = DelegatedCredential::read(&grant(&world, &held(&world), &read, &Granting::all_of(&request))).unwrap();
    let bytes = bytes_of(&shown(&delegated, &Showing { disclose: vec![ClaimName::Name], ..Showing::default() }));
    for index in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[index] ^= 1;
        let verdict = verify(&store, &Expectation::default(), &text_of(&altered), NOW);
        assert!(matches!(verdict.outcome, Outcome::Invalid | Outcome::CannotTell), "byte {index}: {verdict:?}");
        assert!(verdict.disclosed.is_empty() && verdict.colour.is_none() && verdict.guardian.is_none(), "byte {index}: {verdict:?}");
    }
}

#[test]
fn requests_have_one_fault_each() {
    let key = vectors::guardian();
    let good = asking().request(key.public(), [5; 16], NOW).unwrap();
    let code = |text: &str| match DelegationRequest::from_text(text).map(|read| read.check_here().is_ok()) {
        Ok(true) => "good",
        Ok(false) => "bad-signature",
        Err(reason) => reason.code(),
    };
    let with = |change: &dyn Fn(&mut DelegationRequest)| {
        let mut request = good.clone();
        change(&mut request);
        code(&signed(&key, &request))
    };
    assert_eq!(code(&signed(&key, &good)), "good");
    assert_eq!(with(&|request| request.lifetime_s = 180 * DAY), "good");
    assert_eq!(with(&|request| request.lifetime_s = 180 * DAY + 1), "delegation-too-long");
    assert_eq!(with(&|request| request.lifetime_s = 0), "token-malformed");
    assert_eq!(with(&|request| request.name = String::new()), "token-malformed");
    assert_eq!(with(&|request| request.name = "李\u{202e}四".into()), "token-malformed");
    assert_eq!(with(&|request| request.name = "李".repeat(61)), "token-malformed");
    assert_eq!(with(&|request| request.guardian = None), "token-malformed", "a move asks for no list of data");
    assert_eq!(code(&signed(&World::new().other, &good)), "bad-signature", "no proof of possession");
    let world = World::new();
    assert_eq!(code(&world.good()), "wrong-type");
    let live = include_str!("../../vectors/challenges.json");
    let live: serde_json::Value = serde_json::from_str(live).unwrap();
    assert_eq!(code(live[0]["text"].as_str().unwrap()), "wrong-type");
    let typ = vec![(header::TYP, Value::Int(DELEGATION_REQUEST_TYP))];
    let bare = world.sign_raw(&key, typ.clone(), Map::default(), &Value::Map(Map(vec![(Value::Int(claim::IAT), Value::Int(NOW.0))])));
    assert_eq!(code(&to_text(&bare)), "token-malformed");
    assert_eq!(code("https://example.org"), "not-a-pass");
    assert_eq!(asking().request(key.public(), [5; 16], NOW).map(|request| request.scope), Ok(vec![ClaimName::Name]));
    let refused = |asking: Asking| asking.request(key.public(), [5; 16], NOW).unwrap_err().code();
    assert_eq!(refused(Asking { name: " \u{200b}".into(), ..asking() }), "field-empty");
    assert_eq!(refused(Asking { lifetime_s: 181 * DAY, ..asking() }), "delegation-too-long");
    assert_eq!(refused(Asking { lifetime_s: -1, ..asking() }), "times-inconsistent");
}

#[test]
fn a_move_hands_everything_over_and_is_no_guardianship() {
    let world = World::new();
    let (request, read) = asked(Asking { guardian: None, scope: vec![ClaimName::Name], ..asking() }, NOW);
    assert!(request.scope.is_empty());
    let delegated = DelegatedCredential::read(&grant(&world, &held(&world), &read, &Granting::all_of(&request))).unwrap();
    let both = Showing { disclose: vec![ClaimName::Name, ClaimName::Document], ..Showing::default() };
    let verdict = verify(&world.store(), &Expectation::default(), &shown(&delegated, &both), NOW);
    assert_eq!((verdict.outcome, verdict.guardian, verdict.disclosed.len()), (Outcome::Pass, None, 2));
}

/// The greatest status index, the name in the clear as in the everyday credential, or redacted and disclosed.
#[test]
fn sizes() {
    let world = World::new();
    let mut claims = world.claims();
    claims.status = Some(StatusReference { idx: (1 << 20) - 1, uri: LIST.into() });
    for (redact, budget) in [(&[][..], 17), (&[ClaimName::Name][..], 19)] {
        let held = HeldCredential::read(&to_text(&world.credential_by(&world.issuer, &claims, redact))).unwrap();
        let (request, read) = asked(asking(), NOW);
        let text = grant(&world, &held, &read, &Granting::all_of(&request));
        let delegated = DelegatedCredential::read(&text).unwrap();
        let code = shown(&delegated, &Showing { disclose: redact.to_vec(), ..Showing::default() });
        let told =
            |text: &str| format!("{} bytes, {} characters, {:?}", bytes_of(text).len(), text.len(), smallest_version(text, EccLevel::M));
        let asked = signed(&vectors::guardian(), &request);
        println!("request {}; grant {}; code {}", told(&asked), told(&text), told(&code));
        assert!(smallest_version(&asked, EccLevel::M).unwrap() <= 10, "{}", told(&asked));
        assert!(smallest_version(&text, EccLevel::M).unwrap() <= budget, "{}", told(&text));
        assert!(smallest_version(&code, EccLevel::M).unwrap() <= budget, "{}", told(&code));
    }
}

#[test]
fn the_rules_that_come_with_the_program_treat_a_guardian_as_the_holder() {
    let world = World::new();
    let (request, read) = asked(asking(), NOW);
    let delegated = DelegatedCredential::read(&grant(&world, &held(&world), &read, &Granting::all_of(&request))).unwrap();
    let place = Place { kind: PlaceKind::Mall, region: 360_102, ..Place::default() };
    let at = Expectation { place: Some(place), ..Expectation::default() };
    let verdict = verify(&world.store(), &at, &shown(&delegated, &Showing::default()), NOW);
    assert_eq!((verdict.outcome, verdict.guardian, verdict.colour), (Outcome::Pass, Some(Relation::Child), Some(Colour::Green)));
}

proptest! {
    #[test]
    fn requests_and_terms_survive_the_wire(
        name in ".{0,80}", relation in 0_usize..=6, scope in 0_usize..16, lifetime in 1_i64..=180 * DAY,
        issued in -(1_i64 << 40)..1 << 40, nonce in any::<[u8; 16]>(),
    ) {
        let guardian = relation.checked_sub(1).map(|at| Relation::ALL[at]);
        let by_key = [ClaimName::Name, ClaimName::Document, ClaimName::Test, ClaimName::Vaccination];
        let listed = by_key.into_iter().enumerate().filter(|(bit, _)| scope >> bit & 1 == 1).map(|(_, name)| name);
        let scope: Vec<_> = listed.filter(|_| guardian.is_some()).collect();
        let key = vectors::guardian();
        if let Some(name) = tidy_name(&name) {
            let request =
                DelegationRequest { name, guardian, scope: scope.clone(), lifetime_s: lifetime, key: key.public(), nonce, issued_at: UnixTime(issued) };
            let read = DelegationRequest::from_text(&signed(&key, &request)).unwrap().check_here().unwrap();
            prop_assert_eq!(read.into_inner(), request);
        }
        let world = World::new();
        let held = vectors::credential(&world, &vectors::claims(&world, 9));
        let terms = Terms { delegate: key.public(), issued_at: UnixTime(issued), expires_at: UnixTime(issued + lifetime), guardian, scope };
        let token = vectors::delegate(&world.holder, &held, &terms);
        let grant = Grant { nonce, delegation: token.clone() };
        prop_assert_eq!(Grant::from_text(&grant.to_text()), Ok(grant));
        let (delegation, within) = Delegation::parse(&token).unwrap();
        prop_assert_eq!(&delegation.terms, &terms);
        prop_assert!(within.disclosed_keys().all(|key| terms.grants(key)));
        prop_assert_eq!(delegation.with_only(&within, |key| terms.grants(key)), token);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = DelegationRequest::from_text(&text_of(&bytes));
        let _ = Grant::from_text(&text_of(&bytes));
        let _ = DelegatedCredential::read(&text_of(&bytes));
    }
}
