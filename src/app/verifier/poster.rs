//! The poster of a gate's place: the challenge carries it, so that a wallet that scans the screen knows where it is.

use super::{Awaited, PosterView, Stage, Verifier, typed};
use crate::{
    app::Effect,
    cbor::Value,
    reason::{Layer, Reason},
    signature::{Unverified, Verified, check_all},
    time::UnixTime,
    token::{Venue, from_text, trust::covers},
};

/// A venue code as it was received, and what it says.
pub(super) type Poster = (Value, Venue);

impl Verifier {
    pub(super) fn want_poster(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Settings) {
            self.stage = Stage::Poster(None);
            effects.push(Effect::Scan { on: true });
        }
    }

    pub(super) fn remove_poster(&mut self, effects: &mut Vec<Effect>) {
        if self.saved.poster.take().is_some() {
            self.poster = None;
            self.save(effects);
        }
    }

    /// A text that should be a poster's.
    pub(super) fn poster_read(&mut self, text: &str, effects: &mut Vec<Effect>) {
        match self.parse_poster(text) {
            Ok(poster) => self.check_poster(poster, Some(text.to_owned()), effects),
            Err(reason) => self.stage = Stage::Poster(Some(reason)),
        }
    }

    /// What a hand scanner typed: of several texts that may have been meant, the one that is a poster's.
    pub(super) fn poster_typed(&mut self, text: &str, keys: &str, effects: &mut Vec<Effect>) {
        match typed(text, keys) {
            Ok(texts) => match texts.iter().find(|text| self.parse_poster(text).is_ok()).or_else(|| texts.first()).cloned() {
                Some(text) => self.poster_read(&text, effects),
                None => self.stage = Stage::Poster(Some(Reason::ScannerLayout)),
            },
            Err(reason) => self.stage = Stage::Poster(Some(reason)),
        }
    }

    /// The poster that is kept, by a bundle that may be another one.
    pub(super) fn judge_poster(&mut self, effects: &mut Vec<Effect>) {
        let Some(text) = &self.saved.poster else { return };
        match self.parse_poster(text) {
            Ok(poster) => self.check_poster(poster, None, effects),
            Err(reason) => self.poster = Some(Err(reason)),
        }
    }

    fn parse_poster(&self, text: &str) -> Result<Unverified<Poster>, Reason> {
        let bundle = self.store.bundle().ok_or(Reason::BundleMissing)?;
        match from_text(text) {
            Ok(token @ Value::Tag(18, _)) => Ok(Venue::parse(&token, bundle)?.map(|venue| (token, venue))),
            Ok(_) | Err(Reason::NotAPass { .. }) => Err(Reason::WrongType { layer: Layer::Venue }),
            Err(reason) => Err(reason),
        }
    }

    fn check_poster(&mut self, poster: Unverified<Poster>, text: Option<String>, effects: &mut Vec<Effect>) {
        let checks = poster.checks().to_vec();
        let ticket = self.tickets.give(Awaited::Poster(Box::new(poster), text));
        effects.push(Effect::Check { ticket, checks });
    }

    /// The signature was checked; without results the core does it. With a text it is one that was read just now.
    pub(super) fn poster_checked(
        &mut self,
        poster: Unverified<Poster>,
        text: Option<String>,
        results: Option<&[Option<u32>]>,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) {
        let results = results.map_or_else(|| check_all(poster.checks()), <[_]>::to_vec);
        let judged = poster.accept(&results).map(Verified::into_inner).map_err(|_| Reason::BadSignature { layer: Layer::Venue });
        let Some(text) = text else {
            // It may have been put away meanwhile.
            self.poster = self.saved.poster.as_ref().map(|_| judged);
            return;
        };
        if !matches!(self.stage, Stage::Poster(_)) {
            return;
        }
        match judged.and_then(|poster| self.poster_fitness(&poster.1, now).map(|()| poster)) {
            Ok(poster) => {
                // The former one may be under way.
                self.tickets.keep(|awaited| !matches!(awaited, Awaited::Poster(..)));
                self.poster = Some(Ok(poster));
                self.saved.poster = Some(text);
                self.save(effects);
                self.stage = Stage::Settings;
                effects.push(Effect::Scan { on: false });
            }
            Err(reason) => self.stage = Stage::Poster(Some(reason)),
        }
    }

    /// Whether it may be shown now, at this place.
    fn poster_fitness(&self, venue: &Venue, now: UnixTime) -> Result<(), Reason> {
        self.store.bundle().ok_or(Reason::BundleMissing)?.fitness(now)?;
        venue.fitness(now)?;
        venue.check_status(venue.status.as_ref().and_then(|reference| self.store.list(&reference.uri, &venue.issuer)))?;
        let (here, there) = (self.saved.gate.place.as_ref(), &venue.place);
        let same = here
            .is_none_or(|here| here.kind.code() == there.kind && (covers(here.region, there.region) || covers(there.region, here.region)));
        if same { Ok(()) } else { Err(Reason::PosterElsewhere) }
    }

    /// The poster for the challenge; one that is not good now is left out.
    pub(super) fn poster_shown(&self, now: UnixTime) -> Option<&Value> {
        let (token, venue) = self.poster.as_ref()?.as_ref().ok()?;
        self.poster_fitness(venue, now).is_ok().then_some(token)
    }

    pub(super) fn poster_view(&self, now: UnixTime) -> Option<PosterView> {
        self.poster.as_ref().map(|poster| match poster {
            Ok((_, venue)) => PosterView {
                name: venue.place.name.clone(),
                expires_at: Some(venue.expires_at),
                problem: self.poster_fitness(venue, now).err(),
            },
            Err(reason) => PosterView { name: None, expires_at: None, problem: Some(reason.clone()) },
        })
    }
}
