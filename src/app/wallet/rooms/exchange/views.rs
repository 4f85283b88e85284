//! What these rooms show.

use super::{
    super::super::{Wallet, saved::Held},
    granting::Given,
};
use crate::{
    app::wallet::{DelegationsView, ExchangeView, GivenView, OfferView},
    roles::holder::Pass,
    time::UnixTime,
};

impl Wallet {
    pub(in super::super) fn exchange_view(&self, now: UnixTime) -> ExchangeView {
        let state = &self.rooms.exchange;
        let pass = self.saved.held.as_ref().and_then(|Held { credential, .. }| Pass::read(credential).ok());
        let lent = pass.as_ref().is_some_and(Pass::is_lent);
        let fresh = |offer: &&OfferView| offer.qr.as_ref().is_none_or(|qr| now < qr.expires_at);
        ExchangeView {
            code: self.saved.held.is_some(),
            moved: !lent && pass.is_some_and(|pass| pass.terms().is_some()),
            lent,
            request: state.request.as_ref().map(|(_, offer)| offer).filter(fresh).cloned(),
            asked: self.asked_view(),
            grant: state.grant.clone(),
            told: state.told.clone(),
            busy: self.is_exchanging(),
            problem: state.problem.clone(),
            untrusting: self.rooms.visits.bundle().is_none() && !self.is_learning(),
        }
    }

    pub(in super::super) fn delegations_view(&self, now: UnixTime) -> DelegationsView {
        let (ending, refused, ended_at) = self.ending();
        let mut given = self.delegations().given;
        given.retain(|given| given.pass == self.saved.pass);
        given.sort_by_key(|given| std::cmp::Reverse(given.issued_at));
        DelegationsView {
            exchange: self.exchange_view(now),
            given: given.into_iter().map(|given| given.view(ended_at, now)).collect(),
            behalf: self.saved.relation.is_some(),
            showings: self.showings(now),
            room: self.has_room(),
            most: self.most(),
            ending,
            waiting_for: refused.or_else(|| self.rooms.trouble.clone()).filter(|_| ending),
        }
    }
}

impl Given {
    /// All that was given before the code was renewed in place of every other one ended with that.
    fn view(self, ended_at: Option<UnixTime>, now: UnixTime) -> GivenView {
        let Self { name, guardian, scope, issued_at, expires_at, showings, .. } = self;
        let withdrawn = ended_at.is_some_and(|ended_at| ended_at >= issued_at && ended_at < expires_at);
        GivenView { name, guardian, scope, issued_at, expires_at, over: withdrawn || expires_at <= now, withdrawn, showings }
    }
}
