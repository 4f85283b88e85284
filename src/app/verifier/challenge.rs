//! The gate's challenge: a wallet answers it, for this gate and this minute only.

use super::{Stage, Verifier};
use crate::{
    app::{Effect, QrView},
    entropy::Entropy,
    policy::Place,
    roles::verifier::Pending,
    text::{from_base64url, to_base64url},
    time::{
        UnixTime,
        defaults::{CHALLENGE_LIFETIME_S, CHALLENGE_RENEW_S},
    },
    token::challenge::{Challenge, StatedPlace, audience, tidy_name},
};

/// How many challenges beside the newest one can be good: an answer a second for a minute.
const MAX_EARLIER: usize = 60;

/// The challenge that is shown, and earlier ones: who scanned just before it changed is not sent back.
#[derive(Debug, Default)]
pub(super) struct Challenges {
    shown: Option<(Challenge, QrView)>,
    earlier: Vec<([u8; 16], UnixTime)>,
}

impl Challenges {
    /// Puts the challenge away; answers to it stay good for a minute, never longer than it says itself. That one presentation comes
    /// twice within it is told like any second sight.
    pub(super) fn retire(&mut self, now: UnixTime) {
        let Some((challenge, _)) = self.shown.take() else { return };
        if self.earlier.len() >= MAX_EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push((challenge.nonce, challenge.expires_at.min(now.plus(CHALLENGE_RENEW_S))));
    }

    /// What an answer has to repeat: the newest nonce, and those before it.
    pub(super) fn nonces(&self, now: UnixTime) -> (Option<Vec<u8>>, Vec<Vec<u8>>) {
        let newest = self.shown.as_ref().map(|(challenge, _)| challenge.nonce.to_vec());
        let earlier = self.earlier.iter().filter(|(_, until)| now < *until).map(|(nonce, _)| nonce.to_vec()).collect();
        (newest, earlier)
    }

    /// When the challenge that is shown has to change.
    pub(super) fn changes_at(&self) -> Option<UnixTime> {
        self.shown.as_ref().map(|(challenge, _)| challenge.issued_at.plus(CHALLENGE_RENEW_S))
    }
}

impl Verifier {
    /// Sees to it that there is a challenge of this minute, where the gate asks for answers to one.
    pub(super) fn challenge(&mut self, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        if !self.saved.gate.asks() || matches!(self.stage, Stage::Starting | Stage::Blocked(_)) {
            self.challenges.shown = None;
            return;
        }
        if let Some((shown, _)) = &self.challenges.shown {
            // A clock that was set back makes a new one as well, and so does another poster.
            if (0..CHALLENGE_RENEW_S).contains(&now.since(shown.issued_at)) && shown.poster.as_ref() == self.poster_shown(now) {
                return;
            }
            self.challenges.retire(now);
        }
        self.challenges.earlier.retain(|(_, until)| now < *until);
        let gate = self.gate_id(entropy, effects);
        let poster = self.poster_shown(now).cloned();
        let challenge = Challenge {
            audience: audience(gate),
            nonce: entropy.bytes(),
            issued_at: now,
            expires_at: now.plus(CHALLENGE_LIFETIME_S),
            // What the poster says, the gate does not say again.
            place: self.saved.gate.place.as_ref().filter(|_| poster.is_none()).map(state),
            poster,
        };
        let qr = QrView::draw(&challenge.to_text(), challenge.issued_at, challenge.issued_at.plus(CHALLENGE_RENEW_S));
        self.challenges.shown = qr.map(|qr| (challenge, qr));
        self.wake_up(now, effects);
    }

    /// The gate's own identifier, made once and kept: random, so that it tells nothing of the place.
    fn gate_id(&mut self, entropy: &mut Entropy, effects: &mut Vec<Effect>) -> [u8; 8] {
        if let Some(id) = self.own_id() {
            return id;
        }
        let id = entropy.bytes();
        self.saved.gate_id = Some(to_base64url(&id));
        self.save(effects);
        id
    }

    pub(super) fn own_id(&self) -> Option<[u8; 8]> {
        from_base64url(self.saved.gate_id.as_deref()?)?.try_into().ok()
    }

    /// A challenge that was answered is shown no more.
    pub(super) fn answered(&mut self, pending: &Pending, now: UnixTime) {
        let newest = self.challenges.shown.as_ref().map(|(challenge, _)| challenge.nonce.as_slice());
        if newest.is_some() && newest == pending.nonce() {
            self.challenges.retire(now);
        }
    }

    /// The challenge to show while codes are looked for.
    pub(super) fn challenge_view(&self) -> Option<QrView> {
        let looking = matches!(self.stage, Stage::Scanning | Stage::Checking);
        self.challenges.shown.as_ref().filter(|_| looking).map(|(_, qr)| qr.clone())
    }
}

fn state(place: &Place) -> StatedPlace {
    StatedPlace { kind: place.kind.code().to_owned(), region: place.region.min(999_999), name: place.name.as_deref().and_then(tidy_name) }
}
