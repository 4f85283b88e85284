//! The code page: a presentation that renews itself.

use super::{
    Awaited, CodeView, QrView, Stage, Wallet,
    answering::{Answering, showing},
};
use crate::{
    app::Effect,
    cose::Unsigned,
    reason::Reason,
    roles::holder::Pass,
    text::{from_base64url, to_base64url},
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, PRESENTATION_RENEW_BEFORE_S},
    },
    token::{Binding, ClaimName, MONITORING, to_text},
};

/// The credential on the screen, and its newest presentation.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) held: Pass,
    /// Name of the key that it is bound to.
    pub(super) slot: String,
    pub(super) qr: Option<QrView>,
    /// The challenge of a gate that is answered.
    pub(super) answering: Option<Answering>,
    /// The text of a venue code that was scanned in place of a gate's, until the next event.
    pub(super) venue: Option<String>,
}

impl Wallet {
    /// Shows a credential; its first presentation is being signed.
    pub(super) fn show(&mut self, held: Pass, slot: String, now: UnixTime, effects: &mut Vec<Effect>) {
        self.lent = held.is_lent();
        self.stage = Stage::Code(Box::new(Shown { held, slot, qr: None, answering: None, venue: None }));
        self.look(now, effects);
    }

    /// Somebody begins to look at the code: a fresh one. It is now, and not while the code is shown, that the credential's age counts.
    fn look(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        effects.push(Effect::Wake { on: true });
        self.present(now, effects);
        if let Stage::Code(shown) = &self.stage {
            self.stale = shown.held.ages_at() <= now && !self.is_locked();
        }
        #[cfg(feature = "everyday")]
        self.errands_anew(now, effects);
    }

    /// Prepares a new presentation and asks for its signature.
    pub(super) fn present(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let Stage::Code(shown) = &mut self.stage else { return };
        if let Some((credential, slot)) = self.saved.held.as_ref().map(|held| held.on(now))
            && slot != shown.slot
            && let Ok(held) = Pass::read(credential)
        {
            (shown.held, shown.slot) = (held, slot.to_owned());
        }
        if shown.answering.as_ref().is_some_and(|answering| answering.until <= now) {
            (shown.answering, shown.qr) = (None, None);
        }
        let issued_at = shown.held.begins_at();
        if now.plus(CLOCK_SLACK_S) < issued_at {
            self.notices.add(Reason::ClockWrong { now, not_before: issued_at });
        } else {
            self.notices.remove("clock-wrong");
        }
        match shown.held.present(&showing(shown.answering.as_ref(), self.saved.disclosed()), now) {
            Ok((unsigned, binding)) => {
                let (slot, message) = (shown.slot.clone(), to_base64url(&unsigned.message()));
                self.tickets.keep(|awaited| !matches!(awaited, Awaited::Presentation(..)));
                let ticket = self.tickets.give(Awaited::Presentation(unsigned, binding));
                effects.push(Effect::Sign { ticket, slot, message });
            }
            Err(reason) => self.replace(reason, effects),
        }
    }

    pub(super) fn presentation_signed(&mut self, unsigned: Unsigned, binding: Binding, signature: &str, effects: &mut Vec<Effect>) {
        let Stage::Code(shown) = &mut self.stage else { return };
        let Some(signature) = from_base64url(signature).filter(|signature| signature.len() == 64) else {
            return self.replace(Reason::KeyUnusable, effects);
        };
        // An answer ends with its challenge, and the everyday code comes back.
        let until = shown.answering.as_ref().map(|answering| answering.until);
        let expires_at = until.unwrap_or(binding.expires_at);
        shown.qr = QrView::draw(&to_text(&unsigned.finish(&signature)), binding.issued_at, expires_at);
        if shown.qr.is_none() {
            return self.replace(Reason::Internal, effects);
        }
        effects.push(Effect::Tick { at: until.unwrap_or_else(|| renew_at(&binding)) });
        #[cfg(feature = "everyday")]
        self.note_front(binding.issued_at, effects);
    }

    /// The page is in front again: a fresh code, whatever became of the old one.
    pub(super) fn come_back(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        match &self.stage {
            Stage::Code(_) => self.look(now, effects),
            Stage::Applying(_) => self.retry(effects),
            Stage::Form if self.saved.held.is_some() => self.resume(now, effects),
            Stage::Form | Stage::Locked | Stage::Starting | Stage::Blocked(_) => {}
        }
    }

    pub(super) fn tick(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        match &self.stage {
            Stage::Code(_) => {
                self.present(now, effects);
                #[cfg(feature = "everyday")]
                self.errands_again(now, effects);
            }
            Stage::Applying(_) => self.retry(effects),
            _ => {}
        }
    }

    /// The credential can't be shown: to the form, saying why. It is kept until a new one is there, for a wrong clock may be
    /// set right, and a key may work again.
    pub(super) fn replace(&mut self, reason: Reason, effects: &mut Vec<Effect>) {
        // What is only over can be renewed yet, with no form; what somebody lets this phone show can't.
        self.stale = matches!(reason, Reason::Expired { .. }) && !self.is_locked() && !self.is_lent();
        self.replaced = Some(reason);
        self.open_form(effects);
    }

    /// What is held is somebody else's, who lets this phone show it: nothing is applied for or renewed in its place.
    pub(super) const fn is_lent(&self) -> bool {
        self.lent && self.saved.held.is_some()
    }

    pub(super) fn code_view(&self, shown: &Shown, _now: UnixTime) -> CodeView {
        let claims = shown.held.claims();
        // The screen shows what the code shows, and no more: it is read as well.
        let disclosed = self.saved.disclosed();
        let text = |name| shown.held.shown(name, &disclosed).and_then(|value| value.as_text()).map(str::to_owned);
        let name = text(ClaimName::Name);
        let number = if claims.claims.contains_key(&ClaimName::Document) { text(ClaimName::Document) } else { name.clone() };
        let number = number.and(self.saved.held.as_ref()).map(|held| held.document_number.clone());
        CodeView {
            name: name.unwrap_or_default(),
            document_number: number.unwrap_or_default(),
            test: text(ClaimName::Test),
            vaccination: text(ClaimName::Vaccination),
            monitoring: claims.reason.as_ref().is_some_and(|reason| reason.code == MONITORING),
            colour: claims.colour,
            region: claims.region,
            issuer: claims.issuer.clone(),
            qr: shown.qr.clone(),
            answering: shown.answering.as_ref().map(Answering::view),
            venue: shown.venue.clone(),
            guardian: shown.held.terms().and_then(|terms| terms.guardian),
            credential_issued_at: shown.held.begins_at(),
            credential_expires_at: shown.held.ends_at(),
            errands: self.saved.errands || self.stale || self.saved.relation.is_some(),
            whom: self.saved.whom(),
            #[cfg(feature = "everyday")]
            reached: self.reached(_now),
        }
    }
}

/// Two minutes before the end, so that whoever scans has time; near a credential's own end, halfway through what is left.
pub(super) fn renew_at(binding: &Binding) -> UnixTime {
    let before = PRESENTATION_RENEW_BEFORE_S.min(binding.expires_at.since(binding.issued_at) / 2);
    binding.expires_at.plus(-before)
}
