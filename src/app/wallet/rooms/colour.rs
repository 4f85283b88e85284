//! The room of a colour that is not green (or green under daily health monitoring): why, by which rule, since when and by whom, and what leads back to green.

use super::{
    super::{Stage, Wallet},
    view::ColourView,
};
use crate::time::UnixTime;

impl Wallet {
    pub(super) fn colour_view(&self, _now: UnixTime) -> Option<ColourView> {
        let Stage::Code(shown) = &self.stage else { return None };
        let claims = shown.held.claims();
        let (told_at, standing) = self.standing().unzip();
        let reason = claims.reason.as_ref();
        Some(ColourView {
            colour: claims.colour,
            reason: reason.map(|reason| reason.code.clone()),
            rule: reason.and_then(|reason| reason.rule.clone()),
            since: reason.and_then(|reason| reason.since),
            issuer: claims.issuer.clone(),
            region: claims.region,
            standing,
            told_at,
        })
    }
}
