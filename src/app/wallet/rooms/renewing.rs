//! Renewal: a batch of credentials, one for each day, in exchange for the one that is held. It is asked for when somebody opens the page
//! and less than a third of the life is left, when the authority says that a better colour waits, or by hand.
//!
//! A renewal that was begun keeps its identifier, and its keys are named after it, until the credentials are stored: killed at any moment
//! it goes on with the same, and the authority answers the same. The former keys go only after that.

mod holdings;

use super::{
    super::{
        Awaited, Stage, Wallet,
        saved::{Bound, Form, Held},
    },
    RecordName,
    diary::{self, begin_of, day_of},
    errands::{Errand, given_up, read_answer},
};
use crate::{
    app::{Asked, Effect, Resource},
    cbor::Value,
    cose::Unsigned,
    json,
    keys::PublicKey,
    reason::{Layer, Reason},
    roles::holder::{HeldCredential, Pass},
    signature::{Unverified, check_all},
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Renewed, Standing, trust::TrustBundle},
};
pub(super) use holdings::Holdings;
use holdings::{PAUSE_S, slot_of};

/// Credentials of a batch: one for each day of their life.
const BATCH: usize = 7;

/// What the renewal that is under way waits for.
#[derive(Debug)]
pub(in crate::app::wallet) enum Step {
    Key,
    Possession(Unsigned),
    Signature(Unsigned),
    Bundle,
    BundleCheck(Box<Unverified<TrustBundle>>),
    Answer,
    Check(Box<Unverified<Received>>),
    Stored,
}

/// Credentials whose signatures are being checked.
#[derive(Debug)]
pub(in crate::app::wallet) struct Received {
    texts: Vec<String>,
    standing: Standing,
}

/// A renewal under way, as far as it need not survive a restart.
#[derive(Debug)]
pub(super) struct Renewing {
    id: [u8; 16],
    held: Pass,
    slot: String,
    keys: Vec<PublicKey>,
    possessions: Vec<Value>,
    body: String,
    bundle: Option<TrustBundle>,
}

impl Wallet {
    /// Begins, or goes on with what was begun before a restart.
    pub(super) fn renew(&mut self, held: Pass, slot: String, now: UnixTime, effects: &mut Vec<Effect>) {
        self.settle(now, effects);
        let mut holdings = self.holdings();
        let id = match holdings.id.filter(|id| !self.in_use(&slot_of(id, 0))) {
            Some(id) => id,
            None => {
                let Some(id) = self.rooms.safety.identifier() else { return };
                holdings.id = Some(id);
                self.keep_record(RecordName::Holdings, &holdings, effects);
                id
            }
        };
        let (keys, possessions) = (Vec::new(), Vec::new());
        self.rooms.renewing = Some(Renewing { id, held, slot, keys, possessions, body: String::new(), bundle: None });
        self.next_key(now, effects);
    }

    /// Another new key, or, when all are there, the renewal itself.
    fn next_key(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(renewing) = &self.rooms.renewing else { return };
        if renewing.keys.len() < BATCH {
            let slot = slot_of(&renewing.id, renewing.keys.len());
            let ticket = self.tickets.give(Awaited::Renewal(Step::Key));
            return effects.push(Effect::MakeKey { ticket, slot });
        }
        let unsigned = renewing.held.renewal(renewing.possessions.clone(), self.replaces(&renewing.held), renewing.id, now);
        let slot = renewing.slot.clone();
        self.sign_for_renewal(slot, &unsigned.message(), Step::Signature(unsigned), effects);
    }

    fn sign_for_renewal(&mut self, slot: String, message: &[u8], step: Step, effects: &mut Vec<Effect>) {
        let ticket = self.tickets.give(Awaited::Renewal(step));
        effects.push(Effect::Sign { ticket, slot, message: to_base64url(message) });
    }

    pub(in crate::app::wallet) fn renewal_key_made(&mut self, public_key: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(renewing) = &mut self.rooms.renewing else { return };
        let Some(key) = from_base64url(public_key).and_then(|point| PublicKey::from_sec1(&point)) else {
            return self.not_renewed(Reason::KeyUnusable, now, effects);
        };
        let slot = slot_of(&renewing.id, renewing.keys.len());
        let unsigned = renewing.held.possession(key.clone(), renewing.id, now);
        renewing.keys.push(key);
        self.sign_for_renewal(slot, &unsigned.message(), Step::Possession(unsigned), effects);
    }

    pub(in crate::app::wallet) fn renewal_signed(&mut self, step: Step, signature: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(renewing) = &mut self.rooms.renewing else { return };
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.not_renewed(Reason::KeyUnusable, now, effects);
        };
        match step {
            Step::Possession(unsigned) => {
                renewing.possessions.push(unsigned.finish(&signature));
                self.next_key(now, effects);
            }
            Step::Signature(unsigned) => {
                renewing.body = to_base64url(&unsigned.finish(&signature).encode());
                let ticket = self.tickets.give(Awaited::Renewal(Step::Bundle));
                effects.push(Effect::Fetch { ticket, resource: Resource::Bundle });
            }
            _ => {}
        }
    }

    pub(in crate::app::wallet) fn renewal_fetched(
        &mut self,
        step: &Step,
        status: u16,
        body: &str,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        if !matches!(step, Step::Bundle) {
            return match read_answer(status, body) {
                Ok(Ok(answer)) => match self.received(&answer, now) {
                    Some(received) => {
                        let checks = received.checks().to_vec();
                        let ticket = self.tickets.give(Awaited::Renewal(Step::Check(Box::new(received))));
                        effects.push(Effect::Check { ticket, checks });
                    }
                    None => self.renewal_unread(now, effects),
                },
                Ok(Err(reason)) => self.renewal_refused(reason, now, effects),
                Err(reason) => self.not_renewed(reason, now, effects),
            };
        }
        match self.read_bundle(status, body) {
            Ok(bundle) => {
                let checks = bundle.checks().to_vec();
                let ticket = self.tickets.give(Awaited::Renewal(Step::BundleCheck(Box::new(bundle))));
                effects.push(Effect::Check { ticket, checks });
            }
            Err(reason) => self.not_renewed(reason, now, effects),
        }
    }

    /// Reads the answer: a credential for each new key and no other, in their order, from an issuer that the bundle trusts, in force.
    fn received(&self, answer: &[u8], now: UnixTime) -> Option<Unverified<Received>> {
        let Renewing { keys, bundle, .. } = self.rooms.renewing.as_ref()?;
        let Renewed { credentials: texts, mut standing } = json::from_slice(answer).ok()?;
        diary::bound(&mut standing);
        if texts.len() != keys.len() {
            return None;
        }
        let mut checks = Vec::new();
        for (text, key) in texts.iter().zip(keys) {
            let (held, own) = HeldCredential::receive(text, bundle.as_ref()?).ok()?.into_parts();
            if &held.claims().holder != key || held.claims().expires_at <= now {
                return None;
            }
            checks.extend(own);
        }
        Some(Unverified::new(Received { texts, standing }, checks))
    }

    pub(in crate::app::wallet) fn renewal_checked(
        &mut self,
        step: Step,
        results: &[Option<u32>],
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        match step {
            Step::BundleCheck(bundle) => {
                let Ok(bundle) = bundle.accept(results) else { return self.not_renewed(Reason::BundleWrongRoot, now, effects) };
                self.learn_people(bundle.get().people, effects);
                let Some(renewing) = &mut self.rooms.renewing else { return };
                renewing.bundle = Some(bundle.into_inner());
                let body = renewing.body.clone();
                let ticket = self.tickets.give(Awaited::Renewal(Step::Answer));
                effects.push(Effect::Fetch { ticket, resource: Resource::Ask { asked: Asked::Renewals, body } });
            }
            Step::Check(received) => match received.accept(results) {
                Ok(received) => self.renewed(received.into_inner(), now, effects),
                Err(_) => self.renewal_unread(now, effects),
            },
            _ => {}
        }
    }

    /// The new credentials take the place of the former ones.
    fn renewed(&mut self, Received { texts, standing }: Received, now: UnixTime, effects: &mut Vec<Effect>) {
        let (Some(Renewing { id, held: by, .. }), Some(former)) = (self.rooms.renewing.take(), self.saved.held.clone()) else { return };
        let mut bound = texts.into_iter().enumerate().map(|(number, credential)| Bound { credential, slot: slot_of(&id, number) });
        let Some(Bound { credential, slot }) = bound.next() else { return };
        let today = day_of(now);
        let document_number = former.document_number.clone();
        let held = self.holdings();
        let former = held.former.into_iter().chain(former.slots()).collect();
        let replaced_at = if self.replaces(&by) { Some(now) } else { held.replaced_at };
        let holdings = Holdings { id: Some(id), former, wanted: held.wanted, replaced_at, ..Holdings::default() };
        self.keep_record(RecordName::Holdings, &holdings, effects);
        let diary = diary::Diary { standing: Some((now, standing)), ..self.record(RecordName::Diary) };
        self.keep_record(RecordName::Diary, &diary, effects);
        self.saved.held = Some(Held { credential, slot, document_number, from: begin_of(today), later: bound.collect() });
        // What is older than this in it goes when it was to go.
        self.saved.diary_until.get_or_insert(begin_of(today + diary::DAYS));
        self.saved.form = Form::default();
        (self.stale, self.replaced, self.rooms.trouble) = (false, None, None);
        self.save_as(Awaited::Renewal(Step::Stored), effects);
        match &self.stage {
            // An answer to a gate's challenge stays on the screen to its end.
            Stage::Code(shown) if shown.answering.is_some() => {}
            Stage::Code(_) => self.present(now, effects),
            _ => self.resume(now, effects),
        }
    }

    pub(in crate::app::wallet) fn renewal_failed(&mut self, step: Step, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        match step {
            // The browser's backend failed to work at all: the core's own is always there.
            Step::BundleCheck(bundle) => {
                let results = check_all(bundle.checks());
                self.renewal_checked(Step::BundleCheck(bundle), &results, now, effects);
            }
            Step::Check(received) => {
                let results = check_all(received.checks());
                self.renewal_checked(Step::Check(received), &results, now, effects);
            }
            // What is held in memory is good until the end; the next opening goes on from what was stored before, so its keys stay.
            Step::Stored => {
                self.rooms.unsaved = true;
                self.notices.add(reason);
            }
            Step::Answer if reason == Reason::AnswerMalformed => self.renewal_unread(now, effects),
            _ => self.not_renewed(reason, now, effects),
        }
    }

    /// It failed for now.
    fn not_renewed(&mut self, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        self.rooms.renewing = None;
        self.errand_failed(Errand::Renewal, reason, now, effects);
    }

    /// The answer can't be used.
    fn renewal_unread(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut holdings = self.holdings();
        match given_up(&mut holdings.unread) {
            Ok(()) => self.renewal_refused(Reason::AnswerUnusable, now, effects),
            Err(reason) => {
                self.keep_record(RecordName::Holdings, &holdings, effects);
                self.not_renewed(reason, now, effects);
            }
        }
    }

    fn renewal_refused(&mut self, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(Renewing { id, .. }) = self.rooms.renewing.take() else { return };
        let mut holdings = self.holdings();
        // Its answer was lost, and is forgotten there by now: the next one has other keys.
        if reason == Reason::KeyDoubled {
            holdings.id = None;
            effects.extend((0..BATCH).map(|number| Effect::DropKey { slot: slot_of(&id, number) }));
        }
        // A clock can be set right at any time.
        let passing = matches!(reason, Reason::ClockWrong { .. } | Reason::KeyDoubled | Reason::Expired { layer: Layer::Request, .. });
        if !passing {
            (holdings.wanted, holdings.unread, holdings.retry_at) = (false, 0, now.plus(PAUSE_S));
            holdings.refused = Some(reason.clone());
            self.stale = false;
        }
        self.keep_record(RecordName::Holdings, &holdings, effects);
        if matches!(self.stage, Stage::Form) {
            self.replaced = Some(reason.clone());
        }
        self.not_renewed(reason, now, effects);
    }
}
