//! The diary: daily check-ins (健康打卡) and changes of what was declared, the last 14 days of them, and what the authority answered.

use super::{
    super::{Wallet, answers::Answers},
    RecordName,
    errands::given_up,
    view::{DayView, DiaryEvent, DiaryField, DiaryView},
};
use crate::{
    app::{Effect, wallet::FieldView},
    entropy::Entropy,
    json,
    reason::Reason,
    time::{UnixTime, defaults::DECLARED_KEPT_S},
    token::{Contact, Declaration, ReportKind, Standing, Symptoms},
};
use serde::{Deserialize, Serialize};

const DAY_S: i64 = 86_400;
/// Longest code of a reason or a rule, in characters.
const MAX_WORD: usize = 100;
/// Days that are kept and shown, today among them.
pub(super) const DAYS: i64 = DECLARED_KEPT_S / DAY_S;

/// The day of a time in China, as a number: the authority counts so.
pub(super) const fn day_of(time: UnixTime) -> i64 {
    time.plus(8 * 3600).0.div_euclid(DAY_S)
}

/// When a day begins in China.
pub(super) const fn begin_of(day: i64) -> UnixTime {
    UnixTime(day * DAY_S).plus(-8 * 3600)
}

/// An answer is not signed: what it says is text, and no more of it than there can be.
pub(super) fn bound(standing: &mut Standing) {
    let most = u32::try_from(DAYS).unwrap_or(u32::MAX);
    standing.normal_days = standing.normal_days.min(most);
    standing.days_to_green = standing.days_to_green.min(most);
    for text in standing.reason.iter_mut().chain([&mut standing.rule]) {
        *text = text.chars().take(MAX_WORD).collect();
    }
}

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Diary {
    pub(super) entries: Vec<Entry>,
    /// How the person stands with the authority, and when it said so.
    pub(super) standing: Option<(UnixTime, Standing)>,
}

/// A check-in or a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// Of the request, however often it is sent.
    pub(super) id: [u8; 16],
    pub(super) kind: ReportKind,
    pub(super) day: i64,
    pub(super) sent: Sent,
    /// How many answers to it could not be read.
    #[serde(default)]
    unread: u8,
    been: bool,
    contact: Contact,
    symptoms: u8,
    temperature: Option<u16>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Sent {
    /// The authority has it.
    Taken,
    /// The authority refused it.
    Refused,
    /// The answers to it could not be read: it is kept, and not sent by itself any more.
    Stopped,
    /// It waits to be sent.
    Waiting,
}

impl Entry {
    pub(super) fn declaration(&self) -> Declaration {
        Declaration {
            been_to_listed_region: self.been,
            contact: self.contact,
            symptoms: Symptoms::from_bits(self.symptoms.into()).unwrap_or_default(),
            temperature: self.temperature,
        }
    }
}

/// What the room remembers while it is open.
#[derive(Debug, Default)]
pub(super) struct State {
    /// What is being entered.
    answers: Answers,
    /// What was declared is being changed.
    changing: bool,
    /// It was sent once as it is, so its problems are shown.
    tried: bool,
    /// Why the authority refused the last one.
    refused: Option<Reason>,
}

impl Wallet {
    pub(super) fn diary(&mut self, event: DiaryEvent, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        let state = &mut self.rooms.diary;
        match event {
            DiaryEvent::Changed { field, value } => {
                let answer = match field {
                    DiaryField::Been => &mut state.answers.been,
                    DiaryField::Contact => &mut state.answers.contact,
                    DiaryField::Symptoms => &mut state.answers.symptoms,
                    DiaryField::Temperature => &mut state.answers.temperature,
                };
                if value.len() <= 40 {
                    *answer = value;
                }
            }
            DiaryEvent::ChangeAsked => {
                let declared = self.saved.declared.as_ref().map(|declared| declared.health.clone());
                let (_, been, contact) = self.latest();
                let been = if been { "yes" } else { "no" }.to_owned();
                let answers = Answers { been, contact: contact.word().to_owned(), ..declared.unwrap_or_default() };
                self.rooms.diary = State { changing: true, answers, ..State::default() };
            }
            DiaryEvent::ChangeDropped => self.rooms.diary = State::default(),
            DiaryEvent::Sent => self.report(now, entropy, effects),
            DiaryEvent::SentAgain => self.report_again(now, effects),
        }
    }

    /// Puts what was entered into the diary, from where it is sent.
    fn report(&mut self, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        let mut diary: Diary = self.record(RecordName::Diary);
        let (declared_on, been, contact) = self.latest();
        let state = &mut self.rooms.diary;
        state.tried = true;
        state.refused = None;
        let today = day_of(now);
        let kind = if state.changing { ReportKind::Declaration } else { ReportKind::CheckIn };
        // A check-in asks for less: the rest stays as it was declared, for the authority goes by the newest.
        if !state.changing {
            state.answers.been = if been { "yes" } else { "no" }.to_owned();
            contact.word().clone_into(&mut state.answers.contact);
        }
        let Ok(declaration) = state.answers.declaration() else { return };
        if kind == ReportKind::CheckIn && declaration.temperature.is_none() {
            return;
        }
        if kind == ReportKind::Declaration && declared_on == Some(today) {
            state.refused = Some(Reason::DeclaredToday { again_at: begin_of(today + 1) });
            return;
        }
        if diary.entries.iter().any(|entry| entry.day == today && entry.kind == kind && entry.sent != Sent::Refused) {
            return;
        }
        diary.entries.retain(|entry| entry.day > today - DAYS && entry.day <= today);
        diary.entries.push(Entry {
            id: entropy.bytes(),
            kind,
            day: today,
            sent: Sent::Waiting,
            unread: 0,
            been: declaration.been_to_listed_region,
            contact: declaration.contact,
            symptoms: declaration.symptoms.bits(),
            temperature: declaration.temperature,
        });
        self.rooms.diary = State::default();
        // The mark first: a mark without anything that waits is taken away again.
        self.saved.diary_until = Some(begin_of(today + DAYS));
        self.mark_errands(effects);
        self.keep_record(RecordName::Diary, &diary, effects);
        self.errands_anew(now, effects);
    }

    /// Sends what was given up today once more.
    fn report_again(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut diary: Diary = self.record(RecordName::Diary);
        for entry in diary.entries.iter_mut().filter(|entry| entry.sent == Sent::Stopped && entry.day == day_of(now)) {
            (entry.sent, entry.unread) = (Sent::Waiting, 0);
        }
        self.rooms.diary.refused = None;
        self.mark_errands(effects);
        self.keep_record(RecordName::Diary, &diary, effects);
        self.errands_anew(now, effects);
    }

    /// The day on which the declaration of the application was changed last, and what the newest one says beside symptoms and temperature.
    fn latest(&self) -> (Option<i64>, bool, Contact) {
        let diary: Diary = self.record(RecordName::Diary);
        let declared = self
            .saved
            .declared
            .as_ref()
            .map(|declared| (None, declared.health.been().unwrap_or_default(), declared.health.contact().unwrap_or_default()));
        let own = diary.entries.iter().rev().find(|entry| entry.kind == ReportKind::Declaration && entry.sent != Sent::Refused);
        own.map(|entry| (Some(entry.day), entry.been, entry.contact)).or(declared).unwrap_or_default()
    }

    /// What the authority says to an entry.
    ///
    /// # Errors
    /// Why it has to be sent once more.
    pub(super) fn report_answered(
        &mut self,
        id: &[u8; 16],
        answer: Result<Vec<u8>, Reason>,
        now: UnixTime,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Reason> {
        let mut diary: Diary = self.record(RecordName::Diary);
        let mut outcome = Ok(());
        let Some(entry) = diary.entries.iter_mut().find(|entry| entry.id == *id) else { return outcome };
        match answer.map(|body| json::from_slice::<Standing>(&body)) {
            Ok(Ok(mut standing)) => {
                entry.sent = Sent::Taken;
                if standing.renew {
                    self.want_renewal(effects);
                }
                bound(&mut standing);
                diary.standing = Some((now, standing));
            }
            Ok(Err(_)) => {
                outcome = given_up(&mut entry.unread);
                if let Ok(()) = outcome {
                    entry.sent = Sent::Stopped;
                    self.rooms.diary.refused = Some(Reason::AnswerUnusable);
                }
            }
            Err(reason) => {
                entry.sent = Sent::Refused;
                self.rooms.diary.refused = Some(reason);
            }
        }
        self.keep_record(RecordName::Diary, &diary, effects);
        outcome
    }

    /// Forgets what is older than 14 days.
    pub(super) fn clean_diary(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let today = day_of(now);
        let mut diary: Diary = self.record(RecordName::Diary);
        let before = (diary.entries.len(), diary.standing.is_some());
        diary.entries.retain(|entry| entry.day > today - DAYS);
        diary.standing.take_if(|(at, _)| now.since(*at) >= DECLARED_KEPT_S);
        if before != (diary.entries.len(), diary.standing.is_some()) {
            self.keep_record(RecordName::Diary, &diary, effects);
        }
    }

    /// How the person stands, as far as this phone was told.
    pub(super) fn standing(&self) -> Option<(UnixTime, Standing)> {
        self.record::<Diary>(RecordName::Diary).standing
    }

    pub(super) fn diary_view(&self, now: UnixTime) -> DiaryView {
        let Diary { entries, standing } = self.record(RecordName::Diary);
        let state = &self.rooms.diary;
        let today = day_of(now);
        let day = |day: i64| {
            let of_day = || entries.iter().filter(|entry| entry.day == day && entry.sent != Sent::Refused);
            let check_in = of_day().find(|entry| entry.kind == ReportKind::CheckIn);
            DayView {
                begins_at: begin_of(day),
                sent: check_in.map(|entry| entry.sent),
                temperature: check_in.and_then(|entry| entry.temperature),
                normal: check_in.is_some_and(|entry| entry.declaration().normal())
                    && of_day().all(|entry| entry.declaration().symptoms.is_none()),
            }
        };
        let of_today = |sent: Sent| entries.iter().any(|entry| entry.day == today && entry.sent == sent);
        let (declared_on, ..) = self.latest();
        let field = |value: &str, problem: Option<Reason>| FieldView { value: value.to_owned(), problem: problem.filter(|_| state.tried) };
        let answers = &state.answers;
        let temperature = match answers.temperature() {
            Ok(None) if !state.changing => Some(Reason::FieldEmpty),
            read => read.err(),
        };
        DiaryView {
            changing: state.changing,
            been: field(&answers.been, answers.been().err()),
            contact: field(&answers.contact, answers.contact().err()),
            symptoms: field(&answers.symptoms, answers.symptoms().err()),
            temperature: field(&answers.temperature, temperature),
            days: (today - DAYS + 1..=today).map(day).collect(),
            change_again_at: (declared_on == Some(today)).then(|| begin_of(today + 1)),
            waiting_for: self.rooms.trouble.clone().filter(|_| of_today(Sent::Waiting)),
            stopped: of_today(Sent::Stopped),
            refused: state.refused.clone(),
            days_normal: standing.as_ref().map(|(_, standing)| standing.normal_days),
            days_left: standing.as_ref().map(|(_, standing)| standing.days_to_green),
        }
    }
}
