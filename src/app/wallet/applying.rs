//! From the form to the credential: key, signature, bundle, answer. Each step can be taken again, and is answered once.

use super::{
    ApplyingView, Awaited, Stage, Wallet,
    form::{self, Left},
    saved::{Applying, Declared, Form, Held},
};
use crate::{
    app::{Effect, Resource, of_answer},
    cose::Unsigned,
    entropy::Entropy,
    keys::PublicKey,
    reason::Reason,
    roles::holder::HeldCredential,
    signature::Unverified,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Application, Ward, identity, trust::TrustBundle},
};

/// Seconds between tries: the first soon, later ones rarer.
const PAUSES_S: [i64; 5] = [3, 10, 30, 60, 300];

/// An application under way, as far as it need not survive a restart.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    tries: usize,
    reason: Option<Reason>,
    next_try_at: Option<UnixTime>,
    key: Option<PublicKey>,
    body: Option<String>,
    bundle: Option<Box<TrustBundle>>,
}

impl Wallet {
    pub(super) fn submit(&mut self, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        if !matches!(self.stage, Stage::Form) || self.is_lent() {
            return;
        }
        self.problem = None;
        if !self.step_done(now, effects) {
            return;
        }
        if self.saved.deployment.is_none() {
            self.problem = Some(Reason::Offline);
            return;
        }
        let id = to_base64url(&entropy.bytes::<16>());
        self.saved.application = Some(Applying { slot: format!("holder-{id}"), id, since: now });
        self.stage = Stage::Applying(Waiting::default());
        // Whatever else was asked of the authority: a new credential comes now.
        self.tickets.keep(Awaited::of_storage);
        self.save(effects);
        self.retry(effects);
    }

    /// Takes the next step, or the same one again.
    pub(super) fn retry(&mut self, effects: &mut Vec<Effect>) {
        let (Stage::Applying(waiting), Some(application)) = (&mut self.stage, &self.saved.application) else { return };
        if self.tickets.any(|awaited| !awaited.of_storage()) {
            return;
        }
        waiting.next_try_at = None;
        // A new signature each time: the authority takes none that is older than some minutes.
        waiting.body = None;
        let ticket = self.tickets.give(Awaited::ApplicationKey);
        effects.push(Effect::MakeKey { ticket, slot: application.slot.clone() });
    }

    pub(super) fn key_made(&mut self, public_key: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let key = from_base64url(public_key).and_then(|point| PublicKey::from_sec1(&point));
        let id = self.saved.application.as_ref().and_then(|application| from_base64url(&application.id)?.try_into().ok());
        let (Some(key), Some(id), Some(deployment)) = (key, id, &self.saved.deployment) else {
            return self.withdraw(Some(Reason::KeyUnusable), effects);
        };
        // Begun by a version that asked for less.
        let particulars = match self.saved.form.particulars() {
            Ok(particulars) => particulars,
            Err(reason) => return self.withdraw(Some(reason), effects),
        };
        let Stage::Applying(waiting) = &mut self.stage else { return };
        waiting.key = Some(key.clone());
        let Form { name, document_kind, document_number, phone, guardian, region, .. } = &self.saved.form;
        let application = Application {
            audience: deployment.authority.clone(),
            issued_at: now,
            id,
            key,
            name: identity::normalise(name),
            document_kind: *document_kind,
            document_number: identity::normalise_document(document_number),
            phone: identity::normalise_phone(phone),
            particulars: Some(particulars),
            ward: self.saved.relation.map(|relation| Ward { relation, consent: guardian == form::YES }),
            region: *region,
        };
        let unsigned = application.to_unsigned();
        let message = to_base64url(&unsigned.message());
        let slot = self.saved.application.as_ref().map(|application| application.slot.clone()).unwrap_or_default();
        let ticket = self.tickets.give(Awaited::ApplicationSignature(unsigned));
        effects.push(Effect::Sign { ticket, slot, message });
    }

    pub(super) fn application_signed(&mut self, unsigned: Unsigned, signature: &str, effects: &mut Vec<Effect>) {
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.withdraw(Some(Reason::KeyUnusable), effects);
        };
        let Stage::Applying(waiting) = &mut self.stage else { return };
        waiting.body = Some(to_base64url(&unsigned.finish(&signature).encode()));
        let ticket = self.tickets.give(Awaited::Bundle);
        effects.push(Effect::Fetch { ticket, resource: Resource::Bundle });
    }

    pub(super) fn bundle_fetched(&mut self, status: u16, body: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        match self.read_bundle(status, body) {
            Ok(bundle) => {
                let checks = bundle.checks().to_vec();
                let ticket = self.tickets.give(Awaited::BundleCheck(Box::new(bundle)));
                effects.push(Effect::Check { ticket, checks });
            }
            Err(reason) => self.wait(reason, now, effects),
        }
    }

    /// Reads the answer to the question for the trust bundle.
    pub(super) fn read_bundle(&self, status: u16, body: &str) -> Result<Unverified<TrustBundle>, Reason> {
        let root = self.saved.deployment.as_ref().and_then(|deployment| from_base64url(&deployment.root_key));
        let root = root.and_then(|point| PublicKey::from_sec1(&point));
        match (status, from_base64url(body), root) {
            (200, Some(bytes), Some(root)) => TrustBundle::parse(&bytes, &root).map_err(of_answer),
            (200, None, _) => Err(Reason::AnswerMalformed),
            (200, _, None) => Err(Reason::BundleWrongRoot),
            _ => Err(Reason::ServerFault { status }),
        }
    }

    pub(super) fn bundle_checked(
        &mut self,
        bundle: Unverified<TrustBundle>,
        results: &[Option<u32>],
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let Ok(bundle) = bundle.accept(results) else { return self.wait(Reason::BundleWrongRoot, now, effects) };
        let Stage::Applying(waiting) = &mut self.stage else { return };
        waiting.bundle = Some(Box::new(bundle.into_inner()));
        let Some(body) = waiting.body.clone() else { return };
        let ticket = self.tickets.give(Awaited::Answer);
        effects.push(Effect::Fetch { ticket, resource: Resource::Application { body } });
    }

    pub(super) fn answered(&mut self, status: u16, body: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let body = from_base64url(body).unwrap_or_default();
        match status {
            200 => {}
            // The connection was too slow, or too much was asked: nothing is said of the application itself.
            408 | 429 => return self.wait(Reason::Offline, now, effects),
            // The authority says why, in a code that is known here; what it sends is never shown as text.
            400..=499 => {
                let reason = crate::json::from_slice(&body).unwrap_or(Reason::ApplicationRefused);
                return self.withdraw(Some(reason), effects);
            }
            _ => return self.wait(Reason::ServerFault { status }, now, effects),
        }
        let Stage::Applying(waiting) = &self.stage else { return };
        let (Some(bundle), Some(key)) = (&waiting.bundle, &waiting.key) else { return };
        let received = String::from_utf8(body).map_err(|_| Reason::AnswerMalformed).and_then(|text| {
            if &HeldCredential::read(&text)?.claims().holder != key {
                return Err(Reason::CredentialForeignKey);
            }
            Ok((HeldCredential::receive(&text, bundle)?, text))
        });
        match received {
            Ok((held, text)) => {
                let checks = held.checks().to_vec();
                let ticket = self.tickets.give(Awaited::CredentialCheck(Box::new(held), text));
                effects.push(Effect::Check { ticket, checks });
            }
            Err(reason @ Reason::CredentialForeignKey) => self.wait(reason, now, effects),
            Err(_) => self.wait(Reason::AnswerMalformed, now, effects),
        }
    }

    pub(super) fn credential_checked(
        &mut self,
        held: Unverified<HeldCredential>,
        text: String,
        results: &[Option<u32>],
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let Ok(held) = held.accept(results) else { return self.wait(Reason::AnswerMalformed, now, effects) };
        let Some(application) = self.saved.application.take() else { return };
        let document_number = identity::mask_document(&identity::normalise_document(&self.saved.form.document_number));
        let slot = application.slot;
        let born = self.saved.form.born().filter(|born| self.saved.relation.is_some() && identity::age(*born, now) < identity::GROWN_UP);
        self.saved.born = born;
        let former = self.saved.held.replace(Held { credential: text, slot: slot.clone(), document_number, ..Held::default() });
        // What was entered has done its work; the masked number stays, and for 14 days what was declared.
        let Form { health, .. } = std::mem::take(&mut self.saved.form);
        self.saved.declared = Some(Declared { at: now, health });
        self.left = Left::default();
        self.replaced = None;
        self.saved.restored = false;
        self.problem = None;
        self.save(effects);
        effects.extend(former.into_iter().flat_map(Held::slots).map(|slot| Effect::DropKey { slot }));
        self.show(held.into_inner().into(), slot, now, effects);
    }

    /// Tries again later; nothing that was entered is lost.
    pub(super) fn wait(&mut self, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Applying(waiting) = &mut self.stage else { return };
        let pause = PAUSES_S[waiting.tries.min(PAUSES_S.len() - 1)];
        waiting.tries += 1;
        waiting.reason = Some(reason);
        waiting.next_try_at = Some(now.plus(pause));
        effects.push(Effect::Tick { at: now.plus(pause) });
    }

    /// Back to the form with what was entered; the key of this application is not used again.
    pub(super) fn withdraw(&mut self, reason: Option<Reason>, effects: &mut Vec<Effect>) {
        if !matches!(self.stage, Stage::Applying(_)) {
            return;
        }
        self.tickets.keep(Awaited::of_storage);
        if let Some(application) = self.saved.application.take() {
            effects.push(Effect::DropKey { slot: application.slot });
        }
        self.step_after(reason.as_ref());
        self.problem = reason;
        self.stage = Stage::Form;
        self.save(effects);
    }

    pub(super) fn applying_view(&self, waiting: &Waiting, now: UnixTime) -> ApplyingView {
        ApplyingView {
            since: self.saved.application.as_ref().map_or(now, |application| application.since),
            waiting_for: waiting.reason.clone(),
            next_try_at: waiting.next_try_at,
            whom: self.saved.whom(),
            others: self.saved.more_passes > 0,
        }
    }
}
