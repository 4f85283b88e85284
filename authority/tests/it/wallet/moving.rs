//! From one phone to the next with no network, and what the authority says afterwards.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::phones;
use crate::support::picture;
use crate::support::shell;
use phones::{DAY, NOW, Phone, back, code, enter, exchange, two, verdict};
use picture::read_back;
use shell::{Device, Network, World};
use tongma::{
    app::{
        ShellEvent,
        verifier::{Verifier, VerifierEvent},
        wallet::{ExchangeEvent, ExchangeView, OfferView, RenewalView, RoomEvent, RoomName, RoomView, WalletEvent, WalletScreen},
    },
    base45,
    cose::Unsigned,
    entropy::Entropy,
    keys::SecretKey,
    reason::{Layer, Reason},
    roles::holder::{Asking, DelegatedCredential, Granting, HeldCredential, Pass},
    text::from_base64url,
    time::UnixTime,
    token::{DelegationRequest, Grant, Relation, challenge::StatedPlace, to_text},
};
use tongma_authority::{AuthorityError, VenueRequest};

fn view(phone: &Phone<'_>) -> ExchangeView {
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Moving(view) } => view.as_ref().clone(),
        other => panic!("not in the room of moving but {other:?}"),
    }
}

/// The text of a code, which is what its picture says.
fn scanned(offer: Option<OfferView>) -> String {
    let offer = offer.expect("a code to show");
    assert_eq!(read_back(&offer.qr.unwrap()), offer.text);
    offer.text
}

fn asks(new: &mut Phone<'_>) -> String {
    enter(new, RoomName::Moving);
    exchange(new, ExchangeEvent::Asked { name: "新手机".into(), guardian: None, scope: Vec::new(), days: 180 });
    scanned(view(new).request)
}

fn read(phone: &mut Phone<'_>, text: &str) -> Option<&'static str> {
    exchange(phone, ExchangeEvent::Read { text: text.into() });
    match &phone.view().screen {
        WalletScreen::Room { room: RoomView::Moving(view) } => view.problem.as_ref().map(Reason::code),
        _ => None,
    }
}

fn grants(old: &mut Phone<'_>, request: &str) -> String {
    enter(old, RoomName::Moving);
    assert_eq!(read(old, request), None);
    let asked = view(old).asked.expect("somebody asks");
    assert_eq!((asked.name.as_str(), asked.guardian, asked.days), ("新手机", None, 180));
    assert_eq!(view(old).grant, None, "nothing before the person agrees");
    exchange(old, ExchangeEvent::Agreed { scope: Vec::new(), days: asked.days });
    scanned(view(old).grant)
}

fn moved(world: &World) -> (Phone<'_>, Phone<'_>) {
    let (mut old, mut new) = two(world);
    let request = asks(&mut new);
    let grant = grants(&mut old, &request);
    assert_eq!(read(&mut new, &grant), None);
    assert!(code(&new).qr.is_some());
    (old, new)
}

fn told(gate: &mut Device<'_, Verifier>, phone: &Phone<'_>) -> String {
    let verdict = verdict(gate, phone);
    let outcome = serde_json::to_value(verdict.outcome).unwrap();
    [outcome.as_str(), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn saved(phone: &Phone<'_>) -> serde_json::Value {
    serde_json::from_slice(&from_base64url(phone.stored.as_ref().unwrap()).unwrap()).unwrap()
}

#[test]
fn a_code_moves_with_no_network_and_a_gate_takes_it() {
    let world = World::new(NOW);
    let mut gate = Device::<Verifier>::new(&world, NOW);
    gate.open();
    let (mut old, mut new) = moved(&world);
    assert!(new.fetched.iter().all(|path| path == "bundle.cbor"), "asked for in vain, but for that of the first opening");
    let first = code(&new).clone();
    assert_eq!((first.name.as_str(), first.guardian), ("甲**", None));
    assert!(first.credential_expires_at <= NOW.plus(7 * DAY), "it ends with the credential");
    let shown = verdict(&mut gate, &new);
    assert_eq!((shown.reason, shown.guardian), (None, None), "it is the holder's");
    // It is there at every opening, for the module that has no rooms as well: all that it needs is in the state.
    new.records.clear();
    new.open();
    new.pass(3600);
    assert!(code(&new).qr.is_some());
    gate.now = new.now;
    assert_eq!(told(&mut gate, &new), "pass");
    // Both work until the old one is wiped, and nobody says otherwise.
    old.now = new.now;
    back(&mut old);
    assert_eq!(told(&mut gate, &old), "pass");
    let seen = saved(&new);
    assert!(seen["held"]["credential"].as_str().unwrap().starts_with("TM1:") && seen["version"] == 3);
    // It says how long it lasts, and what to do then.
    enter(&mut new, RoomName::Renewal);
    let WalletScreen::Room { room: RoomView::Renewal(RenewalView { moved, expires_at, .. }) } = &new.view().screen else { panic!() };
    assert!(*moved && *expires_at == first.credential_expires_at);
    // With no network until the end the form says why there is no code.
    back(&mut new);
    new.pass(8 * DAY);
    assert!(matches!(&new.view().screen, WalletScreen::Apply(form) if form.replaced.is_some()));
}

#[test]
fn with_a_network_it_becomes_the_new_phones_own_and_the_old_one_ends() {
    let world = World::new(NOW);
    let mut gate = Device::<Verifier>::new(&world, NOW);
    gate.open();
    let (mut old, mut new) = moved(&world);
    let slots: Vec<_> = new.keys.keys().filter(|slot| slot.starts_with("delegate-")).cloned().collect();
    assert_eq!(slots.len(), 1);
    new.network = Network::Up;
    new.shell(ShellEvent::Shown);
    assert!(new.fetched.iter().any(|path| path.ends_with("renewals")));
    let held = saved(&new)["held"].clone();
    assert_eq!(held["later"].as_array().unwrap().len(), 6);
    assert!(matches!(Pass::read(held["credential"].as_str().unwrap()), Ok(Pass::Own(_))));
    assert!(slots.iter().all(|slot| !new.keys.contains_key(slot)), "the key of the move has done its work");
    enter(&mut new, RoomName::Renewal);
    let WalletScreen::Room { room: RoomView::Renewal(view) } = &new.view().screen else { panic!() };
    assert!(!view.moved);
    back(&mut new);
    // At the latest when gates have the newest list, the code is on one phone only.
    gate.send(VerifierEvent::RefreshAsked);
    assert_eq!(told(&mut gate, &new), "pass");
    back(&mut old);
    assert_eq!(told(&mut gate, &old), "invalid revoked");
    // And the old phone learns it when it wants a newer one.
    old.network = Network::Up;
    enter(&mut old, RoomName::Renewal);
    old.send(WalletEvent::Room(RoomEvent::RenewalAsked));
    let WalletScreen::Room { room: RoomView::Renewal(view) } = &old.view().screen else { panic!() };
    assert_eq!(view.refused, Some(Reason::Revoked));
    // What moved here can move on now.
    let mut third = Phone::new(&world, NOW);
    third.open();
    let request = asks(&mut third);
    let grant = grants(&mut new, &request);
    assert_eq!(read(&mut third, &grant), None);
    assert!(code(&third).qr.is_some());
}

#[test]
fn a_phone_that_knows_no_trust_list_says_what_to_do() {
    let world = World::new(NOW);
    let (mut old, mut new) = two(&world);
    new.kept = false;
    let request = asks(&mut new);
    assert!(view(&new).untrusting);
    let grant = grants(&mut old, &request);
    assert_eq!(read(&mut new, &grant), Some("bundle-missing"));
    new.network = Network::Up;
    new.shell(ShellEvent::Shown);
    assert!(!view(&new).untrusting);
    new.network = Network::Down;
    assert_eq!(read(&mut new, &grant), None);
    assert!(code(&new).qr.is_some(), "the same answer, once there is one");
}

/// The text without its last bytes.
fn cut(text: &str) -> String {
    let bytes = base45::decode(&text[4..]).unwrap();
    ["TM1:", &base45::encode(&bytes[..bytes.len() - 2])].concat()
}

/// The text with its last byte altered.
fn forged(text: &str) -> String {
    let mut bytes = base45::decode(&text[4..]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    ["TM1:", &base45::encode(&bytes)].concat()
}

/// A text cut where no base45 can end: one character behind a group of three. Cut elsewhere it may say something, now and then.
fn uneven(text: &str) -> &str {
    let whole = (text.len() - "TM1:".len()) / 3 * 3;
    &text[.."TM1:".len() + whole - 2]
}

#[test]
fn what_is_no_request_is_told_and_nothing_is_granted() {
    let world = World::new(NOW);
    let (mut old, mut new) = two(&world);
    let place = StatedPlace { kind: "mall".into(), region: 360_102, name: None };
    let poster = world.authority.issue_venue(&VenueRequest { place, valid_for_s: DAY, revocable: false }, NOW).unwrap().0;
    let own = read_back(code(&old).qr.as_ref().unwrap());
    let request = asks(&mut new);
    enter(&mut old, RoomName::Moving);
    let long = "A".repeat(9000);
    for (text, expected) in [
        ("https://example.org", "not-a-pass"),
        ("", "not-a-pass"),
        (poster.as_str(), "wrong-type"),
        (&own, "wrong-type"),
        (uneven(&request), "text-malformed"),
        (&cut(&request), "cbor-truncated"),
        (&forged(&request), "bad-signature"),
        (&long, "text-too-long"),
    ] {
        assert_eq!(read(&mut old, text), Some(expected), "{}", &text[..text.len().min(20)]);
        assert_eq!((view(&old).asked, view(&old).grant), (None, None));
        exchange(&mut old, ExchangeEvent::Agreed { scope: Vec::new(), days: 180 });
        assert_eq!(view(&old).grant, None, "there is nothing to agree to");
    }
    // The clocks of the two phones may differ by two minutes, and a request can be granted for ten.
    for (old_at, expected) in [(-121, Some("not-yet-valid")), (-120, None), (0, None), (719, None), (720, Some("expired"))] {
        old.now = NOW.plus(old_at);
        assert_eq!(read(&mut old, &request), expected, "{old_at}");
    }
    // Each is answered once.
    old.now = NOW;
    let grant = grants(&mut old, &request);
    assert_eq!(read(&mut old, &request), Some("request-answered"));
    old.open();
    enter(&mut old, RoomName::Moving);
    assert_eq!(read(&mut old, &request), Some("request-answered"), "also after a restart");
    assert_eq!(read(&mut new, &grant), None);
    // What came here is not passed on before it is this phone's own.
    let mut third = Phone::new(&world, NOW);
    third.open();
    let request = asks(&mut third);
    enter(&mut new, RoomName::Moving);
    assert!(view(&new).moved);
    assert_eq!(read(&mut new, &request), Some("delegation-chain"));
}

#[test]
fn what_is_no_answer_to_the_own_request_is_told_and_nothing_is_taken() {
    let world = World::new(NOW);
    let (mut old, mut new) = two(&world);
    let own = read_back(code(&old).qr.as_ref().unwrap());
    let request = asks(&mut new);
    let grant = grants(&mut old, &request);
    let mut other = Phone::new(&world, NOW);
    other.open();
    let foreign = asks(&mut other);
    assert_eq!(read(&mut other, &grant), Some("grant-mismatch"), "another phone scanned it");
    for (text, expected) in [
        (own.as_str(), "wrong-type"),
        (&foreign, "wrong-type"),
        ("https://example.org", "not-a-pass"),
        // One character of a group of three can't stand alone.
        (&grant[..grant.len() - (grant.len() - 4) % 3 - 2], "text-malformed"),
        (&cut(&grant), "cbor-truncated"),
        (&forged(&grant), "bad-signature"),
    ] {
        assert_eq!(read(&mut new, text), Some(expected));
        assert!(new.stored.is_none() || saved(&new)["held"].is_null());
    }
    // The request was thrown away for a newer one: the former answer is none.
    let newer = asks(&mut new);
    assert_eq!(read(&mut new, &grant), Some("grant-mismatch"));
    assert_eq!(new.keys.len(), 1, "the key of the former went");
    // An answer that comes too late.
    let grant = grants(&mut old, &newer);
    new.now = NOW.plus(7 * DAY);
    assert_eq!(read(&mut new, &grant), Some("expired"));
    // However far this phone's clock is behind, the code is dated by the other one, and the clock is told of.
    new.now = NOW.plus(-3600);
    assert_eq!(read(&mut new, &grant), None);
    assert_eq!(code(&new).qr.as_ref().unwrap().issued_at, NOW);
    assert_eq!(new.view().notices.iter().map(Reason::code).collect::<Vec<_>>(), ["clock-wrong"]);
}

#[test]
fn a_request_goes_on_after_a_restart_and_ends() {
    let world = World::new(NOW);
    let (mut old, mut new) = two(&world);
    let request = asks(&mut new);
    new.open();
    assert!(matches!(new.view().screen, WalletScreen::Apply(_)));
    enter(&mut new, RoomName::Moving);
    assert_eq!(scanned(view(&new).request), request);
    let grant = grants(&mut old, &request);
    new.pass(601);
    assert_eq!(view(&new).request, None, "its ten minutes are over");
    assert_eq!(read(&mut new, &grant), None);
    assert!(code(&new).qr.is_some(), "granted in time is granted");

    let mut idle = Phone::new(&world, NOW);
    idle.open();
    asks(&mut idle);
    idle.send(WalletEvent::Room(RoomEvent::Left));
    assert!(matches!(idle.view().screen, WalletScreen::Apply(_)), "back to the form");
    idle.now = NOW.plus(DAY);
    idle.open();
    enter(&mut idle, RoomName::Moving);
    assert_eq!((view(&idle).request, idle.keys.len()), (None, 0), "nobody came back to it");
}

#[test]
fn a_phone_in_use_takes_no_code_in_its_place() {
    let world = World::new(NOW);
    let (mut old, _) = two(&world);
    let before = old.stored.clone();
    enter(&mut old, RoomName::Moving);
    exchange(&mut old, ExchangeEvent::Asked { name: "新手机".into(), guardian: None, scope: Vec::new(), days: 180 });
    assert_eq!((view(&old).request, old.stored.clone()), (None, before));
}

fn sign(key: &SecretKey, unsigned: Unsigned) -> tongma::cbor::Value {
    let signature = key.sign(&unsigned.message());
    unsigned.finish(&signature)
}

/// What the authority says to a renewal by what was granted here.
#[test]
fn only_a_move_can_be_renewed_and_only_by_its_own_key() {
    let world = World::new(NOW);
    let mut phone = Phone::new(&world, NOW);
    phone.apply_with("0");
    let held = HeldCredential::read(&phone.answers[0]).unwrap();
    let holder = phone.keys.values().next().unwrap();
    let [delegate, fresh] = [1, 2].map(|seed| SecretKey::generate(&mut Entropy::new([seed; 32])));
    let granted = |guardian: Option<Relation>, by: &SecretKey, days: i64| {
        let asking = Asking { name: "新手机".into(), guardian, scope: Vec::new(), lifetime_s: days * DAY };
        let request = asking.request(delegate.public(), [days as u8; 16], NOW).unwrap();
        let text = to_text(&sign(&delegate, request.to_unsigned()));
        let request = DelegationRequest::from_text(&text).unwrap().check_here().unwrap();
        let (unsigned, _) = held.delegate(&request, &Granting::all_of(request.get()), &[], NOW).unwrap();
        let text = Grant { nonce: request.get().nonce, delegation: sign(by, unsigned) }.to_text();
        Pass::from(DelegatedCredential::read(&text).unwrap())
    };
    let renew = |pass: &Pass, by: &SecretKey, id: u8, now: UnixTime| {
        let possession = sign(&fresh, pass.possession(fresh.public(), [id; 16], now));
        let renewal = sign(by, pass.renewal(vec![possession], true, [id; 16], now));
        world.authority.renew(&renewal.encode(), now).map_err(|error| match error {
            AuthorityError::Refused(reason) => reason,
            other => panic!("{other}"),
        })
    };
    assert_eq!(renew(&granted(Some(Relation::Child), holder, 3), &delegate, 1, NOW), Err(Reason::CredentialForeignKey));
    assert_eq!(renew(&granted(None, &fresh, 3), &delegate, 2, NOW), Err(Reason::BadSignature { layer: Layer::Delegation }));
    let good = granted(None, holder, 3);
    assert_eq!(renew(&good, &fresh, 3, NOW), Err(Reason::BadSignature { layer: Layer::Request }));
    let late = NOW.plus(33 * DAY);
    let expired_at = NOW.plus(3 * DAY);
    assert_eq!(renew(&good, &delegate, 4, late), Err(Reason::Expired { layer: Layer::Delegation, expired_at }));
    assert!(renew(&good, &delegate, 5, NOW.plus(4 * DAY)).is_ok(), "what is over can be renewed for a while, as any credential");
    assert_eq!(renew(&good, &delegate, 6, NOW.plus(4 * DAY)), Err(Reason::Revoked), "once: it was replaced");
}
