//! The verifier machine: texts in, verdicts out.

mod challenge;
mod data;
mod gate;
mod group;
mod intake;
mod logging;
mod parcel;
mod poster;
mod view;
mod wedge;

pub use view::*;
pub use wedge::typed;

use crate::{
    app::{Effect, Language, Notices, ShellEvent, Tickets, Update},
    entropy::Entropy,
    formats::health_card::Collector,
    policy::PlaceKind,
    reason::Reason,
    roles::{
        Outcome, Verdict,
        verifier::{Begun, Group, GroupVerdict, Pending, Seen, TrustStore, begin, begin_gathering},
    },
    signature::{Unverified, check_all},
    text::from_base64url,
    time::UnixTime,
    token::parcel::{Gathering, ItemKind},
};
use challenge::Challenges;
use data::Saved;
pub use gate::GateSettings;
use gate::Measured;
use intake::{Examined, Intake, Item};
use logging::{Exporting, Log};
use poster::Poster;

/// The verifier of one gate.
#[derive(Debug, Default)]
pub struct Verifier {
    saved: Saved,
    store: TrustStore,
    seen: Seen,
    /// The codes read so far of a pass that comes in several.
    parts: Collector,
    stage: Stage,
    camera_problem: Option<Reason>,
    picture_problem: Option<Reason>,
    notices: Notices,
    tickets: Tickets<Awaited>,
    languages: Vec<String>,
    /// The person asked for new data, so a failure is worth a word.
    refresh_asked: bool,
    /// The text last read, and until when the camera passes over it: a phone is not taken away in the instant of its verdict.
    last: Option<(String, UnixTime)>,
    challenges: Challenges,
    /// The poster that is kept, as the bundle judges it.
    poster: Option<Result<Poster, Reason>>,
    /// When new data are asked for by itself.
    refresh_at: UnixTime,
    log: Log,
    exporting: Option<Exporting>,
    /// What is there of a pass, or of a parcel, in several codes.
    gathered: Option<Reason>,
    /// The parts read so far of a parcel of trust data.
    gathering: Gathering,
    /// The members read so far of a group that walks together.
    group: Group,
    /// The group last answered for, and until when the camera passes over its codes.
    walked: Option<([u8; 8], UnixTime)>,
    intake: Intake,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Starting,
    Blocked(Reason),
    Scanning,
    Checking,
    Settings,
    /// A venue code is looked for; why the one before was not taken.
    Poster(Option<Reason>),
    Proofs,
    /// A temperature is asked for; true when what was entered is none.
    Temperature(Measured, bool),
    Verdict(Box<Verdict>, UnixTime),
    /// The answer for a group.
    Group(Box<GroupVerdict>, UnixTime),
}

#[derive(Debug)]
enum Awaited {
    Presentation(Box<Pending>),
    /// A venue code; its text where it was read just now.
    Poster(Box<Unverified<Poster>>, Option<String>),
    Fetch(ItemKind, Option<String>),
    Examined(Box<Examined>, Item),
    Record(ItemKind, String),
    Log,
    LogPart,
    LogKey,
    LogSignature,
    Store,
}

impl Verifier {
    /// One step: what happened, when, and fresh randomness, to the whole view and the effects to carry out.
    pub fn update(&mut self, event: VerifierEvent, now: UnixTime, entropy: &mut Entropy) -> Update<VerifierView> {
        let mut effects = Vec::new();
        // Before the event, so that what is read is held against challenges of now; and after it, for settings may have changed.
        self.challenge(now, entropy, &mut effects);
        match event {
            VerifierEvent::CameraStarted => self.camera_problem = None,
            VerifierEvent::CameraFailed { reason } => self.camera_problem = Some(reason),
            VerifierEvent::Dismissed => self.dismiss(now, &mut effects),
            VerifierEvent::GateChanged { gate } => self.set_up(gate, &mut effects),
            VerifierEvent::GroupClosed => self.group_closed(now, &mut effects),
            VerifierEvent::GroupDropped => self.group = Group::default(),
            VerifierEvent::LanguageChosen { language } => {
                self.saved.language = Some(language);
                self.save(&mut effects);
            }
            VerifierEvent::LogExportAsked { format } => self.export_log(format, &mut effects),
            VerifierEvent::LogExportTaken => self.exporting = None,
            VerifierEvent::NoticeDismissed => self.notices.dismiss_first(),
            VerifierEvent::PictureFailed { reason } => self.picture_problem = Some(reason),
            VerifierEvent::ParcelRead { data } => match from_base64url(&data) {
                Some(bytes) => self.unpack(&bytes, now, &mut effects),
                None => self.notices.add(Reason::ParcelDamaged),
            },
            VerifierEvent::PosterRemoved => self.remove_poster(&mut effects),
            VerifierEvent::PosterWanted => self.want_poster(&mut effects),
            VerifierEvent::ProofShown { proof } => self.proof_shown(proof, now, &mut effects),
            VerifierEvent::ProofsOpened => self.open_proofs(&mut effects),
            VerifierEvent::RefreshAsked => {
                self.refresh_asked = true;
                self.refresh(&mut effects);
            }
            VerifierEvent::ScannerTyped { text, keys } => self.scanner_typed(&text, &keys, now, &mut effects),
            VerifierEvent::SettingsOpened => self.open_settings(&mut effects),
            VerifierEvent::Shell { event } => self.shell(event, now, &mut effects),
            VerifierEvent::TemperatureEntered { text } => self.temperature_entered(&text, now, &mut effects),
            VerifierEvent::TextRead { text, source } => self.read(&text, source, now, &mut effects),
        }
        self.challenge(now, entropy, &mut effects);
        Update { view: self.view(now), effects }
    }

    fn shell(&mut self, event: ShellEvent, now: UnixTime, effects: &mut Vec<Effect>) {
        match event {
            ShellEvent::Opened { stored, problem, languages, deployment } => {
                self.languages = languages;
                self.open(stored.as_deref(), problem, deployment, now, effects);
            }
            ShellEvent::Checked { ticket, results } => match self.tickets.take(ticket) {
                Some(Awaited::Presentation(pending)) => self.conclude(pending, results, now, effects),
                Some(Awaited::Examined(examined, item)) => self.examined(*examined, item, Some(&results), now, effects),
                Some(Awaited::Poster(poster, text)) => self.poster_checked(*poster, text, Some(&results), now, effects),
                _ => {}
            },
            ShellEvent::Failed { ticket, problem } => match self.tickets.take(ticket) {
                // The browser's backend failed to work at all: the core's own is always there.
                Some(Awaited::Presentation(pending)) => {
                    let results = check_all(pending.checks());
                    self.conclude(pending, results, now, effects);
                }
                Some(Awaited::Examined(examined, item)) => self.examined(*examined, item, None, now, effects),
                Some(Awaited::Poster(poster, text)) => self.poster_checked(*poster, text, None, now, effects),
                Some(Awaited::Record(kind, uri)) => self.record_loaded(kind, uri, None, now, effects),
                Some(Awaited::Store) => self.notices.add(problem.reason),
                Some(Awaited::Log) => {
                    self.notices.add(problem.reason);
                    self.log_loaded(None, now, effects);
                }
                Some(Awaited::LogPart | Awaited::LogKey | Awaited::LogSignature) => self.export_failed(problem.reason),
                Some(Awaited::Fetch(..)) => self.fetch_failed(problem, now, effects),
                None => {}
            },
            ShellEvent::Fetched { ticket, status, body } => {
                if let Some(Awaited::Fetch(kind, uri)) = self.tickets.take(ticket) {
                    self.fetched(kind, uri, status, &body, now, effects);
                }
            }
            // Woken for a challenge alone.
            ShellEvent::Ticked if now < self.refresh_at => self.wake_up(now, effects),
            ShellEvent::Shown | ShellEvent::Ticked => {
                // Nobody holds up the rest of a pass for that long.
                self.parts.clear();
                self.gathered = None;
                self.seen.expire(now);
                self.forget_old_entries(now, effects);
                self.refresh_next(now, effects);
            }
            ShellEvent::Stored { ticket } => {
                self.tickets.take(ticket);
            }
            ShellEvent::Loaded { ticket, data } => match self.tickets.take(ticket) {
                Some(Awaited::Log) => self.log_loaded(data.as_deref(), now, effects),
                Some(Awaited::LogPart) => self.part_loaded(data.as_deref(), effects),
                Some(Awaited::Record(kind, uri)) => self.record_loaded(kind, uri, data.as_deref(), now, effects),
                _ => {}
            },
            ShellEvent::KeyMade { ticket, public_key } => {
                if let Some(Awaited::LogKey) = self.tickets.take(ticket) {
                    self.log_key_made(public_key, now, effects);
                }
            }
            ShellEvent::Signed { ticket, signature } => {
                if let Some(Awaited::LogSignature) = self.tickets.take(ticket) {
                    self.log_signed(&signature);
                }
            }
            // Only one tab of a gate is at work, so none stores behind its back.
            ShellEvent::Hidden | ShellEvent::StoredElsewhere { .. } => {}
        }
    }

    /// Whether a text from there is read now.
    const fn is_ready(&self, source: Source) -> bool {
        match self.stage {
            Stage::Scanning | Stage::Poster(_) => true,
            // The camera sees the same code as long as it is held there; a hand scanner was triggered on purpose.
            Stage::Verdict(..) | Stage::Group(..) => !matches!(source, Source::Camera),
            // Nobody's code may take the place of somebody else's temperature.
            Stage::Starting | Stage::Blocked(_) | Stage::Checking | Stage::Settings | Stage::Proofs | Stage::Temperature(..) => false,
        }
    }

    fn scanner_typed(&mut self, text: &str, keys: &str, now: UnixTime, effects: &mut Vec<Effect>) {
        if !self.is_ready(Source::Wedge) {
            return;
        }
        if matches!(self.stage, Stage::Poster(_)) {
            return self.poster_typed(text, keys, effects);
        }
        // Of several texts that may have been meant only one can be signed well.
        let expectation = self.expectation(now);
        let signed = |text: &String| match begin(&self.store, &expectation, text, now) {
            Begun::Done(_) => false,
            Begun::Pending(pending) => check_all(pending.checks()).iter().all(Option::is_some),
        };
        let meant = typed(text, keys).and_then(|mut texts| {
            let one = if texts.len() > 1 { texts.into_iter().find(signed) } else { texts.pop() };
            one.ok_or(Reason::ScannerLayout)
        });
        match meant {
            Ok(text) => self.read(&text, Source::Wedge, now, effects),
            Err(reason) => self.show(Verdict::refusal(Outcome::of(&reason), &reason), now, effects),
        }
    }

    fn read(&mut self, text: &str, source: Source, now: UnixTime, effects: &mut Vec<Effect>) {
        let still_there = source == Source::Camera && self.last.as_ref().is_some_and(|(last, until)| last == text && now < *until);
        if !self.is_ready(source) || still_there {
            return;
        }
        self.picture_problem = None;
        let poster = matches!(self.stage, Stage::Poster(_));
        // What was refused is told once, as long as it is held there.
        self.last = Some((text.to_owned(), if poster { now.plus(SAME_CODE_S) } else { now }));
        if poster {
            return self.poster_read(text, effects);
        }
        if self.part_read(text, now, effects) {
            return;
        }
        match begin_gathering(&self.store, &self.expectation(now), &mut self.parts, text, now) {
            // The rest of a card is awaited where codes are read: nothing was decided that could be dismissed.
            Begun::Done(verdict) if verdict.reason.as_deref() == Some("more-parts") => {
                let fact = |name| verdict.facts.get(name).and_then(serde_json::Value::as_u64).and_then(|fact| u8::try_from(fact).ok());
                self.gathered = fact("have").zip(fact("of")).map(|(have, of)| Reason::MoreParts { have, of });
                if matches!(self.stage, Stage::Verdict(..)) {
                    self.scan(effects);
                }
            }
            Begun::Done(verdict) => self.show(*verdict, now, effects),
            Begun::Pending(pending) => {
                if !self.group_admits(&pending, source, now, effects) {
                    return;
                }
                let checks = pending.checks().to_vec();
                let ticket = self.tickets.give(Awaited::Presentation(pending));
                effects.push(Effect::Check { ticket, checks });
                self.stage = Stage::Checking;
            }
        }
    }

    fn conclude(&mut self, pending: Box<Pending>, results: Vec<Option<u32>>, now: UnixTime, effects: &mut Vec<Effect>) {
        if self.wants_temperature(&pending, &results) {
            self.stage = Stage::Temperature(Measured::Code(pending, results), false);
            effects.push(Effect::Scan { on: false });
        } else {
            self.tell(&pending, &results, now, effects);
        }
    }

    fn tell(&mut self, pending: &Pending, results: &[Option<u32>], now: UnixTime, effects: &mut Vec<Effect>) {
        let mut verdict = pending.finish(&self.store, results);
        self.answered(pending, now);
        if verdict.colour.is_some() {
            verdict.seen_at = self.seen.note(pending.identity(), pending.expires_at(), now);
        }
        self.be_strict(&mut verdict, now);
        self.join_group(pending, verdict, now, effects);
    }

    fn show(&mut self, verdict: Verdict, now: UnixTime, effects: &mut Vec<Effect>) {
        self.gathered = None;
        self.note(&verdict, now, effects);
        self.stage = Stage::Verdict(Box::new(verdict), now);
        effects.push(Effect::Scan { on: false });
    }

    fn dismiss(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        self.picture_problem = None;
        if matches!(self.stage, Stage::Poster(_)) {
            self.stage = Stage::Settings;
            return effects.push(Effect::Scan { on: false });
        }
        if matches!(self.stage, Stage::Verdict(..) | Stage::Group(..) | Stage::Settings | Stage::Proofs | Stage::Temperature(..)) {
            if let Some((_, until)) = &mut self.last {
                *until = now.plus(SAME_CODE_S);
            }
            if let (Stage::Group(..), Some((_, until))) = (&self.stage, &mut self.walked) {
                *until = now.plus(SAME_CODE_S);
            }
            self.scan(effects);
        }
    }

    fn scan(&mut self, effects: &mut Vec<Effect>) {
        self.stage = Stage::Scanning;
        effects.push(Effect::Scan { on: true });
    }

    fn language(&self) -> Language {
        self.saved.language.unwrap_or_else(|| Language::best_of(&self.languages))
    }

    fn view(&self, now: UnixTime) -> VerifierView {
        let screen = match &self.stage {
            Stage::Starting => VerifierScreen::Starting,
            Stage::Blocked(reason) => VerifierScreen::Blocked { reason: reason.clone() },
            Stage::Scanning => VerifierScreen::Scanning {
                camera_problem: self.camera_problem.clone(),
                picture_problem: self.picture_problem.clone(),
                gathered: self.gathered.clone(),
            },
            Stage::Checking => VerifierScreen::Checking,
            Stage::Settings => VerifierScreen::Settings { kinds: PlaceKind::ALL.to_vec() },
            Stage::Poster(problem) => VerifierScreen::Poster {
                camera_problem: self.camera_problem.clone(),
                picture_problem: self.picture_problem.clone(),
                problem: problem.clone(),
            },
            Stage::Proofs => VerifierScreen::Proofs { accepted: self.proofs() },
            Stage::Temperature(_, refused) => VerifierScreen::Temperature { refused: *refused },
            Stage::Group(group, checked_at) => VerifierScreen::Group { group: (**group).clone(), checked_at: *checked_at },
            Stage::Verdict(verdict, checked_at) => VerifierScreen::Verdict { verdict: (**verdict).clone(), checked_at: *checked_at },
        };
        VerifierView {
            language: self.language(),
            screen,
            bundle: self.bundle_view(now),
            status: self.status_view(now),
            notices: self.notices.all(),
            log: self.log_view(now),
            gate: self.saved.gate.clone(),
            challenge: self.challenge_view(),
            group: self.group.verdict(),
            poster: self.poster_view(now),
        }
    }
}

/// How long after its verdict the camera passes over the same code, in seconds.
const SAME_CODE_S: i64 = 5;

/// How often a verifier asks for new data while it is open, in seconds.
const REFRESH_EVERY_S: i64 = 3600;
