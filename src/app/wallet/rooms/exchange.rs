//! The rooms in which two phones show one another codes, with no network: a person moves to a new phone, or lets a guardian's phone show
//! the code. The asking phone makes a key and shows a request; the other one answers with a grant; what that holds is shown from then on.
//!
//! The wish is kept before its key is made, and the key is named after it: killed at any moment, the asking phone goes on with the same
//! request. It is kept until what answers it is found stored.

mod granting;
mod views;

use super::{
    super::{
        Awaited, Wallet,
        form::Left,
        saved::{Form, Held, Saved},
    },
    RecordName, RoomName,
    view::{ExchangeEvent, OfferView},
};
use crate::{
    app::{Effect, QrView},
    cose::Unsigned,
    entropy::Entropy,
    keys::PublicKey,
    reason::{Layer, Reason},
    roles::holder::{Asking, DelegatedCredential},
    signature::{Unverified, Verified, check_all},
    text::{from_base64url, to_base64url},
    time::{UnixTime, defaults::DELEGATION_REQUEST_LIFETIME_S},
    token::{ClaimName, DelegationRequest, Relation, Told, to_text},
};
use granting::Given;
use serde::{Deserialize, Serialize};

const DAY_S: i64 = 86_400;
/// Longest text of a code that is looked at, in bytes: more than any QR code holds.
const MAX_TEXT: usize = 8 * 1024;
/// How long what is over stays in the lists, in seconds.
const KEPT_S: i64 = 7 * DAY_S;
/// Begins the names of keys that were made for a request.
const SLOT: &str = "delegate-";

/// What this phone asks for, and what it allowed others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Delegations {
    wish: Option<Wish>,
    given: Vec<Given>,
}

/// A request of this phone, from which it can be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wish {
    nonce: [u8; 16],
    name: String,
    guardian: Option<Relation>,
    scope: Vec<ClaimName>,
    lifetime_s: i64,
    asked_at: UnixTime,
}

/// What one of these rooms waits for.
#[derive(Debug)]
pub(in crate::app::wallet) enum Step {
    /// The key of the wish.
    Key,
    /// The signature of the request.
    Request(Unsigned, DelegationRequest),
    /// Whether a request is signed by its own key.
    RequestCheck(Box<Unverified<DelegationRequest>>),
    /// The signature of a grant.
    Grant(Unsigned, Given),
    /// Whether a grant is genuine; with its text.
    GrantCheck(Box<Unverified<DelegatedCredential>>, String),
}

/// What these rooms remember while one of them is open.
#[derive(Debug, Default)]
pub(super) struct State {
    request: Option<(DelegationRequest, OfferView)>,
    asked: Option<Verified<DelegationRequest>>,
    grant: Option<OfferView>,
    told: Option<OfferView>,
    problem: Option<Reason>,
}

impl Wish {
    fn asking(&self) -> Asking {
        let Self { name, guardian, scope, lifetime_s, .. } = self.clone();
        Asking { name, guardian, scope, lifetime_s }
    }
}

/// The name of the key that a request is for.
fn slot_of(nonce: &[u8; 16]) -> String {
    [SLOT, &to_base64url(nonce)].concat()
}

/// The request that a key was made for, by the key's name.
pub(super) fn nonce_of(slot: &str) -> Option<[u8; 16]> {
    from_base64url(slot.strip_prefix(SLOT)?)?.try_into().ok()
}

impl Wallet {
    pub(super) fn exchange(&mut self, event: ExchangeEvent, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        match event {
            ExchangeEvent::Agreed { scope, days } => self.agree(scope, days, now, effects),
            ExchangeEvent::Asked { name, guardian, scope, days } => {
                let asking = Asking { name, guardian, scope, lifetime_s: i64::from(days).saturating_mul(DAY_S) };
                self.ask(asking, now, entropy, effects);
            }
            ExchangeEvent::Closed => {
                let state = &mut self.rooms.exchange;
                (state.asked, state.grant, state.told, state.problem) = (None, None, None, None);
            }
            ExchangeEvent::Told => self.rooms.exchange.told = self.telling(now),
            ExchangeEvent::Dropped => self.drop_wish(effects),
            // Only what is this phone's own can be renewed.
            ExchangeEvent::EndedAll if self.is_lent() => {}
            ExchangeEvent::EndedAll => self.end_all(now, effects),
            ExchangeEvent::Read { text } => self.read(text.trim(), effects),
        }
    }

    fn delegations(&self) -> Delegations {
        self.record(RecordName::Delegations)
    }

    fn is_exchanging(&self) -> bool {
        self.tickets.any(|awaited| matches!(awaited, Awaited::Exchange(_)))
    }

    /// There is nothing on this phone that a move would take the place of.
    const fn is_new(&self) -> bool {
        self.saved.held.is_none() && self.saved.application.is_none()
    }

    /// Whether what answers a wish is stored: its key is in use then.
    fn is_granted(&self, wish: &Wish) -> bool {
        let slot = slot_of(&wish.nonce);
        self.in_use(&slot) || self.is_lent_by(&slot)
    }

    /// A new request, in place of the former one.
    fn ask(&mut self, asking: Asking, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        let possible = if asking.guardian.is_some() { self.has_room() } else { self.is_new() };
        if !possible {
            return;
        }
        let Asking { name, guardian, scope, lifetime_s } = match asking.tidy() {
            Ok(asking) => asking,
            Err(reason) => return self.rooms.exchange.problem = Some(reason),
        };
        self.drop_wish(effects);
        let wish = Wish { nonce: entropy.bytes(), name, guardian, scope, lifetime_s, asked_at: now };
        self.keep_record(RecordName::Delegations, &Delegations { wish: Some(wish), ..self.delegations() }, effects);
        self.exchange_go_on(effects);
    }

    /// What was asked for is not wanted any more; its key goes, unless it was granted.
    fn drop_wish(&mut self, effects: &mut Vec<Effect>) {
        self.tickets.keep(|awaited| !matches!(awaited, Awaited::Exchange(_)));
        self.rooms.exchange = State::default();
        let mut kept = self.delegations();
        if let Some(wish) = kept.wish.take() {
            if !self.is_granted(&wish) {
                effects.push(Effect::DropKey { slot: slot_of(&wish.nonce) });
            }
            self.keep_record(RecordName::Delegations, &kept, effects);
        }
    }

    /// Makes the request that is wished for in this room, unless it is there.
    pub(in crate::app::wallet) fn exchange_go_on(&mut self, effects: &mut Vec<Effect>) {
        let Some(room @ (RoomName::Delegations | RoomName::Moving)) = self.rooms.open else { return };
        let ready = self.has_needed(room);
        if self.is_locked() || !ready || self.is_exchanging() || self.rooms.exchange.request.is_some() {
            return;
        }
        let moving = room == RoomName::Moving;
        let of_room = |wish: &Wish| wish.guardian.is_none() == moving && (!moving || self.is_new()) && !self.is_granted(wish);
        if let Some(wish) = self.delegations().wish.filter(of_room) {
            let ticket = self.tickets.give(Awaited::Exchange(Step::Key));
            effects.push(Effect::MakeKey { ticket, slot: slot_of(&wish.nonce) });
        }
    }

    pub(in crate::app::wallet) fn exchange_key_made(&mut self, public_key: &str, effects: &mut Vec<Effect>) {
        let Some(wish) = self.delegations().wish else { return };
        let key = from_base64url(public_key).and_then(|point| PublicKey::from_sec1(&point)).ok_or(Reason::KeyUnusable);
        match key.and_then(|key| wish.asking().request(key, wish.nonce, wish.asked_at)) {
            Ok(request) => {
                let unsigned = request.to_unsigned();
                let message = to_base64url(&unsigned.message());
                let ticket = self.tickets.give(Awaited::Exchange(Step::Request(unsigned, request)));
                effects.push(Effect::Sign { ticket, slot: slot_of(&wish.nonce), message });
            }
            Err(reason) => self.rooms.exchange.problem = Some(reason),
        }
    }

    pub(in crate::app::wallet) fn exchange_signed(&mut self, step: Step, signature: &str, effects: &mut Vec<Effect>) {
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.rooms.exchange.problem = Some(Reason::KeyUnusable);
        };
        match step {
            Step::Request(unsigned, request) => {
                let text = to_text(&unsigned.finish(&signature));
                let expires_at = request.issued_at.plus(DELEGATION_REQUEST_LIFETIME_S);
                let qr = QrView::draw(&text, request.issued_at, expires_at);
                let offer = OfferView { qr, text, guardian: request.guardian };
                self.rooms.exchange.request = Some((request, offer));
                // It goes from the screen then.
                effects.push(Effect::Tick { at: expires_at });
            }
            Step::Grant(unsigned, given) => self.granted(unsigned, given, &signature, effects),
            _ => {}
        }
    }

    pub(in crate::app::wallet) fn exchange_checked(
        &mut self,
        step: Step,
        results: &[Option<u32>],
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let taken = match step {
            Step::RequestCheck(request) => match request.accept(results) {
                Ok(request) => self.consider(request, now),
                Err(_) => Err(Reason::BadSignature { layer: Layer::DelegationRequest }),
            },
            Step::GrantCheck(delegated, text) => match delegated.accept(results) {
                Ok(delegated) => self.take_grant(delegated.into_inner(), text, now, effects),
                Err(0) => Err(Reason::BadSignature { layer: Layer::Credential }),
                Err(_) => Err(Reason::BadSignature { layer: Layer::Delegation }),
            },
            _ => Ok(()),
        };
        self.rooms.exchange.problem = taken.err();
    }

    pub(in crate::app::wallet) fn exchange_failed(&mut self, step: Step, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        // The browser's backend failed to check at all: the core's own is always there.
        let results = match &step {
            Step::RequestCheck(request) => check_all(request.checks()),
            Step::GrantCheck(delegated, _) => check_all(delegated.checks()),
            _ => return self.rooms.exchange.problem = Some(reason),
        };
        self.exchange_checked(step, &results, now, effects);
    }

    /// A code of the other phone: the answer, where this phone asks; a request otherwise.
    fn read(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.is_exchanging() {
            return;
        }
        let state = &mut self.rooms.exchange;
        (state.asked, state.grant, state.problem) = (None, None, None);
        // What was shown on this person's behalf: plain words, which the person wants listed.
        if self.rooms.exchange.request.is_none()
            && let Ok(told) = Told::from_text(text)
        {
            return self.rooms.exchange.problem = self.listen(told, effects).err();
        }
        let read = match &self.rooms.exchange.request {
            _ if text.len() > MAX_TEXT => Err(Reason::TextTooLong),
            // How old the trust list is does not matter here: it is about who issued this, and a gate has its own.
            Some((request, _)) => self.rooms.visits.bundle().ok_or(Reason::BundleMissing).and_then(|bundle| {
                let delegated = DelegatedCredential::receive(text, request, bundle)?;
                Ok((delegated.checks().to_vec(), Step::GrantCheck(Box::new(delegated), text.to_owned())))
            }),
            None => DelegationRequest::from_text(text).map(|request| (request.checks().to_vec(), Step::RequestCheck(Box::new(request)))),
        };
        match read {
            Ok((checks, step)) => {
                let ticket = self.tickets.give(Awaited::Exchange(step));
                effects.push(Effect::Check { ticket, checks });
            }
            Err(reason) => self.rooms.exchange.problem = Some(reason),
        }
    }

    /// A genuine answer: after a move it is what this phone holds; otherwise it becomes one more pass of this phone.
    fn take_grant(&mut self, delegated: DelegatedCredential, text: String, now: UnixTime, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        let (expired_at, relation) = (delegated.terms().expires_at, delegated.terms().guardian);
        if expired_at <= now {
            return Err(Reason::Expired { layer: Layer::Delegation, expired_at });
        }
        let Some(slot) = self.rooms.exchange.request.as_ref().map(|(request, _)| slot_of(&request.nonce)) else { return Ok(()) };
        if relation.is_some() {
            if !self.is_lent_by(&slot) {
                let held = Held { credential: text, slot, from: now, ..Held::default() };
                self.add_lent(Saved { relation, held: Some(held), ..Saved::default() }, now, effects);
            }
        } else if self.is_new() {
            self.move_in(delegated, text, slot, now, effects);
        }
        Ok(())
    }

    fn move_in(&mut self, delegated: DelegatedCredential, text: String, slot: String, now: UnixTime, effects: &mut Vec<Effect>) {
        self.rooms.exchange.request = None;
        self.saved.held = Some(Held { credential: text, slot: slot.clone(), from: now, ..Held::default() });
        (self.saved.form, self.saved.restored) = (Form::default(), false);
        (self.left, self.replaced, self.problem) = (Left::default(), None, None);
        self.save(effects);
        self.rooms.open = None;
        self.show(delegated.into(), slot, now, effects);
    }

    /// Forgets what is over for long, and a wish that was granted or that nobody came back to.
    pub(super) fn clean_exchange(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        // A key that a pass is shown with is only known by all passes.
        if !self.is_read(RecordName::Delegations) || !self.knows_all_passes() {
            return;
        }
        let mut delegations = self.delegations();
        let before = delegations.clone();
        delegations.given.retain(|given| now.since(given.expires_at) < KEPT_S);
        if let Some(wish) = delegations.wish.take_if(|wish| self.is_granted(wish) || now.since(wish.asked_at) >= DAY_S)
            && !self.is_granted(&wish)
        {
            effects.push(Effect::DropKey { slot: slot_of(&wish.nonce) });
        }
        if delegations != before {
            self.keep_record(RecordName::Delegations, &delegations, effects);
        }
    }
}
