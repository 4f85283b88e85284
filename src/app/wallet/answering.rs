//! Answering a gate's challenge: a presentation for this gate only, which shows what the everyday code shows and no more.

use super::{AnsweringView, Stage, Wallet};
use crate::{
    app::Effect,
    cbor::Value,
    cose::Sign1,
    labels::VENUE_TYP,
    reason::{Layer, Reason},
    roles::holder::Showing,
    time::{
        UnixTime,
        defaults::{CHALLENGE_LIFETIME_S, CHALLENGE_RENEW_S},
    },
    token::{Challenge, ClaimName, from_text},
};

/// A challenge that is answered.
#[derive(Debug)]
pub(super) struct Answering {
    challenge: Challenge,
    /// Its text, where a venue code is within.
    venue: Option<String>,
    /// When the everyday code comes back, by this phone's clock.
    pub(super) until: UnixTime,
}

impl Answering {
    /// A gate takes an answer for a minute at least after its challenge was seen there, however the two clocks differ.
    fn new(challenge: Challenge, text: &str, now: UnixTime) -> Self {
        let until = challenge.expires_at.max(now.plus(CHALLENGE_RENEW_S)).min(now.plus(CHALLENGE_LIFETIME_S));
        let venue = challenge.poster.as_ref().map(|_| text.to_owned());
        Self { challenge, venue, until }
    }

    /// The place, as the gate says.
    #[cfg(feature = "everyday")]
    pub(super) const fn place(&self) -> Option<&crate::token::challenge::StatedPlace> {
        self.challenge.place.as_ref()
    }

    pub(super) fn view(&self) -> AnsweringView {
        let place = self.challenge.place.as_ref();
        AnsweringView {
            kind: place.map(|place| place.kind.clone()),
            name: place.and_then(|place| place.name.clone()),
            region: place.map(|place| place.region),
            venue: self.venue.clone(),
        }
    }
}

/// For whom the code is. What is disclosed is the person's choice and never depends on who asks.
pub(super) fn showing(answering: Option<&Answering>, disclose: Vec<ClaimName>) -> Showing {
    let everyday = Showing { disclose, ..Showing::default() };
    match answering {
        None => everyday,
        Some(Answering { challenge, .. }) => {
            Showing { audience: challenge.audience.clone(), nonce: Some(challenge.nonce.to_vec()), ..everyday }
        }
    }
}

/// Whether a text is that of a venue's poster, by its type alone.
fn is_venue(text: &str) -> bool {
    let typed = |token| Sign1::parse(&token, Layer::Venue)?.demand_type(&Value::Int(VENUE_TYP));
    from_text(text).and_then(typed).is_ok()
}

impl Wallet {
    /// Answers a challenge; what is none is told, and the code stays as it is.
    pub(super) fn answer(&mut self, text: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Code(shown) = &mut self.stage else { return };
        match Challenge::from_text(text).and_then(|challenge| challenge.fitness(now).map(|()| challenge)) {
            Ok(challenge) => {
                shown.answering = Some(Answering::new(challenge, text, now));
                // The everyday code must not be taken for the answer while that is being signed.
                shown.qr = None;
                for code in ["not-a-challenge", "expired", "not-yet-valid", "prefix-version"] {
                    self.notices.remove(code);
                }
                self.present(now, effects);
            }
            Err(reason @ (Reason::Expired { .. } | Reason::NotYetValid { .. } | Reason::PrefixVersion { .. })) => self.notices.add(reason),
            Err(_) if is_venue(text) => shown.venue = Some(text.to_owned()),
            // However it is damaged, what to do is the same.
            Err(_) => self.notices.add(Reason::NotAChallenge),
        }
    }

    /// Back to the everyday code.
    pub(super) fn everyday(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Code(shown) = &mut self.stage else { return };
        if shown.answering.take().is_some() {
            shown.qr = None;
            self.present(now, effects);
        }
    }
}
