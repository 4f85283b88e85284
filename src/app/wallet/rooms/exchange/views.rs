//! What these rooms show.

use super::{
    super::super::{Wallet, saved::Held},
    Granted,
    granting::Given,
};
use crate::{
    app::wallet::{DelegationsView, ExchangeView, GivenView, GrantView, OfferView},
    roles::holder::Pass,
    text::to_base64url,
    time::UnixTime,
    token::ClaimName,
};

impl Wallet {
    pub(in super::super) fn exchange_view(&self, now: UnixTime) -> ExchangeView {
        let state = &self.rooms.exchange;
        let held = self.saved.held.as_ref();
        let fresh = |offer: &&OfferView| offer.qr.as_ref().is_none_or(|qr| now < qr.expires_at);
        ExchangeView {
            code: held.is_some(),
            moved: held.and_then(|Held { credential, .. }| Pass::read(credential).ok()).is_some_and(|pass| pass.terms().is_some()),
            request: state.request.as_ref().map(|(_, offer)| offer).filter(fresh).cloned(),
            asked: self.asked_view(),
            grant: state.grant.clone(),
            busy: self.is_exchanging(),
            problem: state.problem.clone(),
            untrusting: self.rooms.visits.bundle().is_none() && !self.is_learning(),
        }
    }

    pub(in super::super) fn delegations_view(&self, now: UnixTime) -> DelegationsView {
        let (ending, refused, ended_at) = self.ending();
        let mut given = self.delegations().given;
        given.sort_by_key(|given| std::cmp::Reverse(given.issued_at));
        let grants = self.grants().grants;
        DelegationsView {
            exchange: self.exchange_view(now),
            given: given.into_iter().map(|given| given.view(ended_at, now)).collect(),
            grants: grants.iter().rev().filter_map(|granted| granted.view(now)).collect(),
            ending,
            waiting_for: refused.or_else(|| self.rooms.trouble.clone()).filter(|_| ending),
        }
    }
}

impl Given {
    /// All that was given before the code was renewed in place of every other one ended with that.
    fn view(self, ended_at: Option<UnixTime>, now: UnixTime) -> GivenView {
        let Self { name, guardian, scope, issued_at, expires_at, .. } = self;
        let withdrawn = ended_at.is_some_and(|ended_at| ended_at >= issued_at && ended_at < expires_at);
        GivenView { name, guardian, scope, issued_at, expires_at, over: withdrawn || expires_at <= now, withdrawn }
    }
}

impl Granted {
    fn view(&self, now: UnixTime) -> Option<GrantView> {
        let pass = Pass::read(&self.text).ok()?;
        let terms = pass.terms()?;
        let name = pass.shown(ClaimName::Name, &terms.scope).and_then(|name| name.as_text()).unwrap_or_default();
        Some(GrantView {
            id: to_base64url(&self.nonce),
            name: name.to_owned(),
            guardian: terms.guardian,
            colour: pass.claims().colour,
            scope: terms.scope.clone(),
            expires_at: terms.expires_at,
            over: terms.expires_at <= now,
        })
    }
}
