//! The wallet machine: apply once, then show the code at every opening.

mod answering;
mod answers;
mod applying;
mod form;
mod heard;
#[cfg(feature = "everyday")]
mod rooms;
mod saved;
mod showing;
mod view;

#[cfg(feature = "everyday")]
pub use rooms::view::*;
pub use view::*;

use crate::{
    app::{Deployment, Effect, Language, Notices, Problem, Tickets, Update, saved::pin},
    cose::Unsigned,
    entropy::Entropy,
    reason::Reason,
    roles::holder::{HeldCredential, Pass},
    signature::Unverified,
    time::UnixTime,
    token::{Binding, trust::TrustBundle},
};
use saved::{Saved, record_name};
use showing::Shown;

/// The wallet of one person.
#[derive(Debug, Default)]
pub struct Wallet {
    saved: Saved,
    stage: Stage,
    languages: Vec<String>,
    notices: Notices,
    tickets: Tickets<Awaited>,
    /// Which fields of the form may show their problems.
    left: form::Left,
    unsaved: form::Unsaved,
    problem: Option<Reason>,
    replaced: Option<Reason>,
    /// The credential was found to need renewing when somebody began to look at the code.
    stale: bool,
    /// What was shown last is somebody else's, who lets this phone show it.
    lent: bool,
    #[cfg(feature = "everyday")]
    rooms: rooms::Rooms,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Starting,
    Blocked(Reason),
    Form,
    Locked,
    Applying(applying::Waiting),
    Code(Box<Shown>),
}

#[derive(Debug)]
enum Awaited {
    ApplicationKey,
    ApplicationSignature(Unsigned),
    Bundle,
    BundleCheck(Box<Unverified<TrustBundle>>),
    Answer,
    CredentialCheck(Box<Unverified<HeldCredential>>, String),
    Presentation(Unsigned, Binding),
    Store,
    /// A passcode to judge, once its try is noted.
    #[cfg(feature = "everyday")]
    Attempt(zeroize::Zeroizing<String>, rooms::Then),
    #[cfg(feature = "everyday")]
    Record(rooms::Record),
    /// Another pass is coming to the front.
    #[cfg(feature = "everyday")]
    Front(rooms::Bringing),
    #[cfg(feature = "everyday")]
    Resealed,
    #[cfg(feature = "everyday")]
    Turned,
    #[cfg(feature = "everyday")]
    ErrandSignature(Unsigned, rooms::Errand),
    #[cfg(feature = "everyday")]
    ErrandAnswer(rooms::Errand),
    #[cfg(feature = "everyday")]
    Renewal(rooms::Step),
    #[cfg(feature = "everyday")]
    Venue(rooms::Wanted),
    #[cfg(feature = "everyday")]
    Exchange(rooms::ExchangeStep),
    /// The code of somebody who walks along, by the number of the pass.
    #[cfg(feature = "everyday")]
    Group(u32, Unsigned, Binding),
    #[cfg(feature = "everyday")]
    Wiped,
}

impl Awaited {
    /// Whether it is the storage that has to answer: that goes on whatever becomes of the rest.
    const fn of_storage(&self) -> bool {
        #[cfg(feature = "everyday")]
        if matches!(
            self,
            Self::Attempt(..)
                | Self::Record(_)
                | Self::Front(_)
                | Self::Renewal(rooms::Step::Stored)
                | Self::Resealed
                | Self::Turned
                | Self::Wiped
        ) {
            return true;
        }
        matches!(self, Self::Store)
    }
}

impl Wallet {
    /// One step: what happened, when, and fresh randomness, to the whole view and the effects to carry out.
    pub fn update(&mut self, event: WalletEvent, now: UnixTime, entropy: &mut Entropy) -> Update<WalletView> {
        let mut effects = Vec::new();
        #[cfg(feature = "everyday")]
        self.rooms.stir(entropy);
        // The page takes it to its room at once.
        if let Stage::Code(shown) = &mut self.stage {
            shown.venue = None;
        }
        match event {
            WalletEvent::ApplyBack => self.step_back(now, &mut effects),
            WalletEvent::ApplySubmitted => self.submit(now, entropy, &mut effects),
            WalletEvent::ApplyWithdrawn => self.withdraw(None, &mut effects),
            WalletEvent::ChallengeRead { text } => self.answer(&text, now, &mut effects),
            WalletEvent::EverydayAsked => self.everyday(now, &mut effects),
            WalletEvent::FieldChanged { field, value } => self.field_changed(field, value, &mut effects),
            WalletEvent::FieldLeft { field } => self.field_left(field, &mut effects),
            WalletEvent::LanguageChosen { language } => {
                self.saved.language = Some(language);
                self.save(&mut effects);
            }
            WalletEvent::NoticeDismissed => self.notices.dismiss_first(),
            #[cfg(feature = "everyday")]
            WalletEvent::Room(event) => self.room(event, now, entropy, &mut effects),
            WalletEvent::RetryAsked => self.retry(&mut effects),
            WalletEvent::WelcomeSkipped => {
                self.saved.welcomed = true;
                self.save(&mut effects);
            }
            WalletEvent::Shell { event } => self.shell(event, now, &mut effects),
        }
        Update { view: self.view(now), effects }
    }

    fn open(&mut self, stored: Option<&str>, problem: Option<Problem>, deployment: Deployment, now: UnixTime, effects: &mut Vec<Effect>) {
        match stored.map(Saved::read) {
            None => self.saved = Saved::default(),
            Some(Ok(saved)) => self.saved = saved,
            Some(Err(reason @ Reason::StorageNewer { .. })) => return self.stage = Stage::Blocked(reason),
            Some(Err(reason)) => self.notices.add(reason),
        }
        if let Some(Problem { reason }) = problem {
            match reason {
                Reason::StorageNewer { .. } | Reason::BrowserTooOld => return self.stage = Stage::Blocked(reason),
                // Without a network the stored deployment serves.
                Reason::Offline if self.saved.deployment.is_some() => {}
                _ => self.notices.add(reason),
            }
        }
        if let Err(reason) = pin(&mut self.saved.deployment, deployment) {
            self.notices.add(reason);
        }
        self.forget_left_behind(effects);
        self.resume(now, effects);
    }

    /// What was read says that a pass came to the front: its record is of no use any more.
    fn forget_left_behind(&mut self, effects: &mut Vec<Effect>) {
        if std::mem::take(&mut self.saved.left_behind) {
            effects.push(Effect::Forget { record: record_name("pass", self.saved.pass) });
        }
    }

    /// Goes on where the stored state says.
    fn resume(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.saved.expire(now, |record| effects.push(Effect::Forget { record }));
        // Writes go on; whatever else was under way starts anew from what is stored.
        self.tickets.keep(Awaited::of_storage);
        if let Some((credential, slot)) = self.saved.held.as_ref().map(|held| held.on(now)) {
            match Pass::read(credential).map(|held| (held, slot.to_owned())) {
                Ok((held, slot)) => self.show(held, slot, now, effects),
                Err(_) => self.replace(Reason::StorageDamaged, effects),
            }
        } else if self.is_locked() {
            self.open_form(effects);
        } else if self.saved.application.is_some() {
            self.stage = Stage::Applying(applying::Waiting::default());
            self.retry(effects);
        } else {
            if self.saved.restored {
                self.replaced = Some(Reason::Restored);
            }
            self.open_form(effects);
        }
    }

    /// Only the module with all rooms can open a lock.
    #[cfg(not(feature = "everyday"))]
    const fn is_locked(&self) -> bool {
        self.saved.lock.is_some()
    }

    #[cfg(not(feature = "everyday"))]
    fn locked_view(&self, _now: UnixTime) -> LockedView {
        LockedView::default()
    }

    fn open_form(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Code(_)) {
            effects.push(Effect::Wake { on: false });
        }
        self.stage = if self.is_locked() { Stage::Locked } else { Stage::Form };
    }

    fn save(&mut self, effects: &mut Vec<Effect>) {
        self.save_as(Awaited::Store, effects);
    }

    fn save_as(&mut self, awaited: Awaited, effects: &mut Vec<Effect>) {
        // What a newer version stored is not for this one to overwrite.
        if matches!(self.stage, Stage::Blocked(_)) {
            return;
        }
        #[cfg(not(feature = "everyday"))]
        let state = self.saved.write();
        #[cfg(feature = "everyday")]
        let state = self.sealed_state().and_then(|mut saved| saved.write());
        match state {
            Ok(state) => {
                let ticket = self.tickets.give(awaited);
                if self.unsaved != form::Unsaved::Nothing {
                    self.unsaved = form::Unsaved::Given(ticket);
                }
                effects.push(Effect::Store { ticket, state });
            }
            Err(reason) => self.notices.add(reason),
        }
    }

    fn view(&self, now: UnixTime) -> WalletView {
        #[cfg(feature = "everyday")]
        if self.rooms.is_open() && self.is_locked() {
            return self.view_of(WalletScreen::Locked(self.locked_view(now)));
        }
        #[cfg(feature = "everyday")]
        if let Some(room) = self.room_view(now) {
            return self.view_of(WalletScreen::Room { room });
        }
        self.view_of(self.screen(now))
    }

    fn screen(&self, now: UnixTime) -> WalletScreen {
        match &self.stage {
            Stage::Starting => WalletScreen::Starting,
            Stage::Blocked(reason) => WalletScreen::Blocked { reason: reason.clone() },
            Stage::Form => WalletScreen::Apply(Box::new(self.form_view(now))),
            Stage::Locked => WalletScreen::Locked(self.locked_view(now)),
            Stage::Applying(waiting) => WalletScreen::Applying(self.applying_view(waiting, now)),
            Stage::Code(shown) => WalletScreen::Code(self.code_view(shown, now)),
        }
    }

    fn view_of(&self, screen: WalletScreen) -> WalletView {
        let language = self.saved.language.unwrap_or_else(|| Language::best_of(&self.languages));
        WalletView { language, display: self.saved.display, screen, notices: self.notices.all() }
    }
}
