//! The wallet machine: apply once, then show the code at every opening.

mod answering;
mod applying;
mod form;
#[cfg(feature = "everyday")]
mod rooms;
mod saved;
mod showing;
mod view;

#[cfg(feature = "everyday")]
pub use rooms::view::*;
pub use view::*;

use crate::{
    app::{Deployment, Effect, Language, Notices, Problem, ShellEvent, Tickets, Update, saved::pin},
    cose::Unsigned,
    entropy::Entropy,
    reason::Reason,
    roles::holder::HeldCredential,
    signature::{Unverified, check_all},
    time::UnixTime,
    token::{Binding, trust::TrustBundle},
};
use saved::{Held, Saved};
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
    problem: Option<Reason>,
    replaced: Option<Reason>,
    #[cfg(feature = "everyday")]
    rooms: rooms::Rooms,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Starting,
    Blocked(Reason),
    Form,
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
    #[cfg(feature = "everyday")]
    Record(rooms::RecordName),
    #[cfg(feature = "everyday")]
    Wiped,
}

impl Awaited {
    /// Whether it is the storage that has to answer: that goes on whatever becomes of the rest.
    const fn of_storage(&self) -> bool {
        #[cfg(feature = "everyday")]
        if matches!(self, Self::Record(_) | Self::Wiped) {
            return true;
        }
        matches!(self, Self::Store)
    }
}

impl Wallet {
    /// One step: what happened, when, and fresh randomness, to the whole view and the effects to carry out.
    pub fn update(&mut self, event: WalletEvent, now: UnixTime, entropy: &mut Entropy) -> Update<WalletView> {
        let mut effects = Vec::new();
        match event {
            WalletEvent::ApplySubmitted => self.submit(now, entropy, &mut effects),
            WalletEvent::ApplyWithdrawn => self.withdraw(None, &mut effects),
            WalletEvent::ChallengeRead { text } => self.answer(&text, now, &mut effects),
            WalletEvent::EverydayAsked => self.everyday(now, &mut effects),
            WalletEvent::FieldChanged { field, value } => self.saved.form.set(field, value),
            WalletEvent::FieldLeft { field } => {
                self.left.note(field, &self.saved.form);
                self.save(&mut effects);
            }
            WalletEvent::LanguageChosen { language } => {
                self.saved.language = Some(language);
                self.save(&mut effects);
            }
            WalletEvent::NoticeDismissed => self.notices.dismiss_first(),
            #[cfg(feature = "everyday")]
            WalletEvent::Room(event) => self.room(event, now, &mut effects),
            WalletEvent::RetryAsked => self.retry(&mut effects),
            WalletEvent::Shell { event } => self.shell(event, now, &mut effects),
        }
        Update { view: self.view(now), effects }
    }

    fn shell(&mut self, event: ShellEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            ShellEvent::Opened { stored, problem, languages, deployment } => {
                self.languages = languages;
                self.open(stored.as_deref(), problem, deployment, now, effects);
            }
            ShellEvent::StoredElsewhere { stored } => match Saved::read(&stored) {
                Ok(saved) => {
                    self.saved = saved;
                    self.resume(now, effects);
                }
                Err(reason) => self.notices.add(reason),
            },
            ShellEvent::Shown => self.come_back(now, effects),
            ShellEvent::Ticked => self.tick(now, effects),
            ShellEvent::Hidden => {}
            #[cfg(not(feature = "everyday"))]
            ShellEvent::Loaded { .. } => {}
            #[cfg(feature = "everyday")]
            ShellEvent::Loaded { ticket, data } => {
                if let Some(Awaited::Record(name)) = self.tickets.take(ticket) {
                    self.record_loaded(name, data, effects);
                }
            }
            ShellEvent::KeyMade { ticket, public_key } => {
                if let Some(Awaited::ApplicationKey) = self.tickets.take(ticket) {
                    self.key_made(&public_key, now, effects);
                }
            }
            ShellEvent::Signed { ticket, signature } => match self.tickets.take(ticket) {
                Some(Awaited::ApplicationSignature(unsigned)) => self.application_signed(unsigned, &signature, effects),
                Some(Awaited::Presentation(unsigned, binding)) => self.presentation_signed(unsigned, binding, &signature, effects),
                _ => {}
            },
            ShellEvent::Checked { ticket, results } => {
                if let Some(awaited) = self.tickets.take(ticket) {
                    self.checked(awaited, &results, now, effects);
                }
            }
            ShellEvent::Fetched { ticket, status, body } => match self.tickets.take(ticket) {
                Some(Awaited::Bundle) => self.bundle_fetched(status, &body, now, effects),
                Some(Awaited::Answer) => self.answered(status, &body, now, effects),
                _ => {}
            },
            ShellEvent::Stored { ticket } => {
                self.tickets.take(ticket);
            }
            ShellEvent::Failed { ticket, problem } => {
                if let Some(awaited) = self.tickets.take(ticket) {
                    self.failed(awaited, problem.reason, now, effects);
                }
            }
        }
    }

    fn checked(&mut self, awaited: Awaited, results: &[Option<u32>], now: UnixTime, effects: &mut Vec<Effect>) {
        match awaited {
            Awaited::BundleCheck(bundle) => self.bundle_checked(*bundle, results, now, effects),
            Awaited::CredentialCheck(held, text) => self.credential_checked(*held, text, results, now, effects),
            _ => {}
        }
    }

    fn failed(&mut self, awaited: Awaited, reason: Reason, now: UnixTime, effects: &mut Vec<Effect>) {
        match awaited {
            Awaited::ApplicationKey | Awaited::ApplicationSignature(..) => self.withdraw(Some(reason), effects),
            Awaited::Bundle | Awaited::Answer => self.wait(reason, now, effects),
            // The browser's backend failed to work at all: the core's own is always there.
            Awaited::BundleCheck(bundle) => {
                let results = check_all(bundle.checks());
                self.bundle_checked(*bundle, &results, now, effects);
            }
            Awaited::CredentialCheck(held, text) => {
                let results = check_all(held.checks());
                self.credential_checked(*held, text, &results, now, effects);
            }
            Awaited::Presentation(..) => self.replace(reason, effects),
            Awaited::Store => self.notices.add(reason),
            #[cfg(feature = "everyday")]
            Awaited::Record(name) => self.record_failed(name, reason),
            #[cfg(feature = "everyday")]
            Awaited::Wiped => self.notices.add(reason),
        }
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
        self.resume(now, effects);
    }

    /// Goes on where the stored state says.
    fn resume(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        // Writes go on; whatever else was under way starts anew from what is stored.
        self.tickets.keep(Awaited::of_storage);
        if let Some(Held { credential, .. }) = &self.saved.held {
            match HeldCredential::read(credential) {
                Ok(held) => self.show(held, now, effects),
                Err(_) => self.replace(Reason::StorageDamaged, effects),
            }
        } else if self.saved.application.is_some() {
            self.stage = Stage::Applying(applying::Waiting::default());
            self.retry(effects);
        } else {
            self.open_form(effects);
        }
    }

    fn open_form(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.stage, Stage::Code(_)) {
            effects.push(Effect::Wake { on: false });
        }
        self.stage = Stage::Form;
    }

    fn save(&mut self, effects: &mut Vec<Effect>) {
        // What a newer version stored is not for this one to overwrite.
        if matches!(self.stage, Stage::Blocked(_)) {
            return;
        }
        match self.saved.write() {
            Ok(state) => {
                let ticket = self.tickets.give(Awaited::Store);
                effects.push(Effect::Store { ticket, state });
            }
            Err(reason) => self.notices.add(reason),
        }
    }

    fn view(&self, now: UnixTime) -> WalletView {
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
            Stage::Form => WalletScreen::Apply(self.form_view(now)),
            Stage::Applying(waiting) => WalletScreen::Applying(self.applying_view(waiting, now)),
            Stage::Code(shown) => WalletScreen::Code(self.code_view(shown)),
        }
    }

    fn view_of(&self, screen: WalletScreen) -> WalletView {
        let language = self.saved.language.unwrap_or_else(|| Language::best_of(&self.languages));
        WalletView { language, display: self.saved.display, screen, notices: self.notices.all() }
    }
}
