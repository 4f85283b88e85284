//! The side of the holder: what is asked for, and the answer.

use super::{
    super::super::{Awaited, Wallet},
    DAY_S, Delegations, RecordName, Step,
};
use crate::{
    app::{
        Effect, QrView,
        wallet::{AskedView, OfferView},
    },
    cose::Unsigned,
    reason::Reason,
    roles::holder::{Granting, Pass},
    signature::Verified,
    text::to_base64url,
    time::UnixTime,
    token::{ClaimName, DelegationRequest, Grant, OnBehalf, Relation, Terms, Told},
};
use serde::{Deserialize, Serialize};

/// A permission that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app::wallet) struct Given {
    /// Names the request that it answers, which is answered once.
    pub(super) nonce: [u8; 16],
    pub(super) name: String,
    pub(super) guardian: Option<Relation>,
    pub(super) scope: Vec<ClaimName>,
    pub(super) issued_at: UnixTime,
    pub(super) expires_at: UnixTime,
    /// Number of the pass that it is of.
    #[serde(default)]
    pub(super) pass: u32,
    /// What was shown by it, as the guardian's phone said when the two met last.
    #[serde(default)]
    pub(super) showings: Vec<OnBehalf>,
}

impl Wallet {
    /// A request that is signed by its own key: it is put before the person, if it can be granted at all.
    pub(super) fn consider(&mut self, request: Verified<DelegationRequest>, now: UnixTime) -> Result<(), Reason> {
        self.delegate(&request, &Granting::all_of(request.get()), now)?;
        self.rooms.exchange.asked = Some(request);
        Ok(())
    }

    /// The delegation that grants this, and the name of the key to sign it.
    fn delegate(
        &self,
        request: &Verified<DelegationRequest>,
        granting: &Granting,
        now: UnixTime,
    ) -> Result<(Unsigned, Terms, String), Reason> {
        let Delegations { wish, given } = self.record(RecordName::Delegations);
        let nonce = request.get().nonce;
        if wish.is_some_and(|wish| wish.nonce == nonce) {
            return Err(Reason::DelegationToSelf);
        }
        let (credential, slot) = self.saved.held.as_ref().map(|held| held.on(now)).ok_or(Reason::CredentialUnknown)?;
        // What others allowed this phone, or its person's former phone did, is not for it to pass on.
        let Pass::Own(held) = Pass::read(credential)? else { return Err(Reason::DelegationChain) };
        let answered: Vec<_> = given.iter().map(|given| given.nonce).collect();
        let (unsigned, terms) = held.delegate(request, granting, &answered, now)?;
        Ok((unsigned, terms, slot.to_owned()))
    }

    /// The person agrees, to as much as was asked for or to less.
    pub(super) fn agree(&mut self, scope: Vec<ClaimName>, days: u32, now: UnixTime, effects: &mut Vec<Effect>) {
        let Some(request) = self.rooms.exchange.asked.take() else { return };
        let DelegationRequest { nonce, name, guardian, lifetime_s, .. } = request.get().clone();
        let granting = Granting { scope, lifetime_s: i64::from(days).saturating_mul(DAY_S).min(lifetime_s) };
        match self.delegate(&request, &granting, now) {
            Ok((unsigned, Terms { issued_at, expires_at, scope, .. }, slot)) => {
                let message = to_base64url(&unsigned.message());
                let given = Given { nonce, name, guardian, scope, issued_at, expires_at, pass: self.saved.pass, showings: Vec::new() };
                let ticket = self.tickets.give(Awaited::Exchange(Step::Grant(unsigned, given)));
                effects.push(Effect::Sign { ticket, slot, message });
            }
            Err(reason) => self.rooms.exchange.problem = Some(reason),
        }
    }

    /// The guardian's phone says what it showed: it is listed beside what was granted.
    pub(super) fn listen(&mut self, told: Told, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        let mut kept = self.delegations();
        let given = kept.given.iter_mut().find(|given| given.nonce == told.nonce).ok_or(Reason::GrantMismatch)?;
        given.showings = told.showings;
        self.keep_record(RecordName::Delegations, &kept, effects);
        Ok(())
    }

    /// The grant is signed: it is noted, then shown.
    pub(super) fn granted(&mut self, unsigned: Unsigned, given: Given, signature: &[u8], effects: &mut Vec<Effect>) {
        let text = Grant { nonce: given.nonce, delegation: unsigned.finish(signature) }.to_text();
        let qr = QrView::draw(&text, given.issued_at, given.expires_at);
        self.rooms.exchange.grant = Some(OfferView { qr, text, guardian: given.guardian });
        let mut kept = self.delegations();
        kept.given.push(given);
        self.keep_record(RecordName::Delegations, &kept, effects);
    }

    pub(super) fn asked_view(&self) -> Option<AskedView> {
        let DelegationRequest { name, guardian, scope, lifetime_s, .. } = self.rooms.exchange.asked.as_ref()?.get();
        let credential = &self.saved.held.as_ref()?.credential;
        let held = Pass::read(credential).ok()?;
        let redactable = held.redactable();
        Some(AskedView {
            name: name.clone(),
            guardian: *guardian,
            scope: scope.iter().copied().filter(|name| redactable.contains(name)).collect(),
            days: u32::try_from(lifetime_s.saturating_add(DAY_S - 1) / DAY_S).unwrap_or(u32::MAX),
            ends_at: held.ends_at(),
        })
    }
}
