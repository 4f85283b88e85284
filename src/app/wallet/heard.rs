//! What the shell reports: each answer goes to whoever waits for it.

#[cfg(feature = "everyday")]
use super::rooms;
use super::{Awaited, Stage, Wallet, form, saved::Saved};
use crate::{
    app::{Effect, ShellEvent},
    reason::Reason,
    signature::check_all,
    time::UnixTime,
};

impl Wallet {
    pub(super) fn shell(&mut self, event: ShellEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            ShellEvent::Opened { stored, problem, languages, deployment } => {
                self.languages = languages;
                self.open(stored.as_deref(), problem, deployment, now, effects);
            }
            ShellEvent::StoredElsewhere { stored } => match Saved::read(&stored) {
                Ok(saved) => {
                    self.stored_elsewhere(saved, effects);
                    #[cfg(feature = "everyday")]
                    self.open_again();
                    #[cfg(feature = "everyday")]
                    self.passes_elsewhere(effects);
                    self.resume(now, effects);
                    #[cfg(feature = "everyday")]
                    self.visits_shown(now, effects);
                }
                Err(reason) => self.notices.add(reason),
            },
            ShellEvent::Shown => {
                #[cfg(feature = "everyday")]
                self.lock_if_due(now, true, effects);
                self.come_back(now, effects);
                #[cfg(feature = "everyday")]
                self.visits_shown(now, effects);
                #[cfg(feature = "everyday")]
                self.group_goes_on(now, effects);
            }
            ShellEvent::Ticked => {
                #[cfg(feature = "everyday")]
                self.lock_if_due(now, false, effects);
                #[cfg(feature = "everyday")]
                if self.group_goes_on(now, effects) {
                    return;
                }
                self.tick(now, effects);
            }
            ShellEvent::Hidden => {
                // The browser may end a page that is not seen, and the other tab may be the one that is seen now.
                self.save_form(effects);
                #[cfg(feature = "everyday")]
                self.hidden(now, effects);
            }
            #[cfg(not(feature = "everyday"))]
            ShellEvent::Loaded { .. } => {}
            #[cfg(feature = "everyday")]
            ShellEvent::Loaded { ticket, data } => {
                if let Some(Awaited::Record(record)) = self.tickets.take(ticket) {
                    self.record_loaded(record, data, effects);
                    self.clean(record, now, effects);
                    if record.name == rooms::RecordName::People {
                        self.list_read(effects);
                    }
                    self.passes_go_on(now, effects);
                    self.find_errands(now, effects);
                    self.errands(now, effects);
                    self.visits_go_on(now, effects);
                    self.exchange_go_on(effects);
                    self.showings_go_on(effects);
                }
            }
            ShellEvent::KeyMade { ticket, public_key } => match self.tickets.take(ticket) {
                Some(Awaited::ApplicationKey) => self.key_made(&public_key, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Renewal(_)) => self.renewal_key_made(&public_key, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Exchange(_)) => self.exchange_key_made(&public_key, effects),
                _ => {}
            },
            ShellEvent::Signed { ticket, signature } => match self.tickets.take(ticket) {
                Some(Awaited::ApplicationSignature(unsigned)) => self.application_signed(unsigned, &signature, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::ErrandSignature(unsigned, errand)) => self.errand_signed(unsigned, errand, &signature, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Renewal(step)) => self.renewal_signed(step, &signature, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Exchange(step)) => self.exchange_signed(step, &signature, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Group(number, unsigned, binding)) => self.group_signed(number, unsigned, &binding, &signature, effects),
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
                #[cfg(feature = "everyday")]
                Some(Awaited::ErrandAnswer(errand)) => self.errand_answered(errand, status, &body, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Renewal(step)) => self.renewal_fetched(&step, status, &body, now, effects),
                #[cfg(feature = "everyday")]
                Some(Awaited::Venue(wanted)) => self.venue_fetched(&wanted, status, body, now, effects),
                _ => {}
            },
            ShellEvent::Stored { ticket } => {
                self.form_stored(ticket, true);
                match self.tickets.take(ticket) {
                    #[cfg(feature = "everyday")]
                    Some(Awaited::Attempt(passcode, then)) => self.attempted(&passcode, then, now, effects),
                    #[cfg(feature = "everyday")]
                    Some(Awaited::Renewal(_)) => {
                        self.settle(now, effects);
                        self.errands(now, effects);
                    }
                    #[cfg(feature = "everyday")]
                    Some(Awaited::Front(step)) => self.front_stored(step, now, effects),
                    #[cfg(feature = "everyday")]
                    Some(Awaited::Resealed) => self.resealed(effects),
                    #[cfg(feature = "everyday")]
                    Some(Awaited::Turned) => self.turned(effects),
                    _ => {}
                }
            }
            ShellEvent::Failed { ticket, problem } => {
                // Another tab wrote first: what it wrote comes next, and what was entered here is written on top of it.
                let again = problem.reason == Reason::OtherTab && self.unsaved == form::Unsaved::Given(ticket);
                self.form_stored(ticket, false);
                if again && matches!(self.stage, Stage::Form) {
                    self.tickets.take(ticket);
                    return;
                }
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
            #[cfg(feature = "everyday")]
            Awaited::Renewal(step) => self.renewal_checked(step, results, now, effects),
            #[cfg(feature = "everyday")]
            Awaited::Venue(wanted) => self.venue_done(wanted, Ok(results), now, effects),
            #[cfg(feature = "everyday")]
            Awaited::Exchange(step) => self.exchange_checked(step, results, now, effects),
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
            Awaited::Venue(wanted) => self.venue_done(wanted, Err(reason), now, effects),
            #[cfg(feature = "everyday")]
            Awaited::Record(record) => self.record_failed(record, reason),
            #[cfg(feature = "everyday")]
            Awaited::Front(step) => self.front_failed(step, reason),
            #[cfg(feature = "everyday")]
            Awaited::Exchange(step) => self.exchange_failed(step, reason, now, effects),
            #[cfg(feature = "everyday")]
            Awaited::Group(number, ..) => self.group_failed(number, reason, effects),
            #[cfg(feature = "everyday")]
            Awaited::Resealed => self.not_resealed(reason),
            #[cfg(feature = "everyday")]
            Awaited::Turned => self.not_turned(reason),
            #[cfg(feature = "everyday")]
            Awaited::Attempt(..) | Awaited::Wiped => self.notices.add(reason),
            #[cfg(feature = "everyday")]
            Awaited::ErrandSignature(_, errand) => self.errand_failed(errand, reason, now, effects),
            #[cfg(feature = "everyday")]
            Awaited::ErrandAnswer(errand) => self.errand_unanswered(errand, reason, now, effects),
            #[cfg(feature = "everyday")]
            Awaited::Renewal(step) => self.renewal_failed(step, reason, now, effects),
        }
    }
}
