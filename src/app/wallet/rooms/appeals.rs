//! The room of appeals and corrections (申诉、健康信息纠错): written here, sent when there is a network, or taken along as a signed file or
//! QR code; and what became of them.

use super::{
    super::Wallet,
    RecordName, RoomName,
    diary::Sent,
    errands::{Errand, given_up},
    view::{AppealEvent, AppealField, AppealFileView, AppealView, AppealsView},
};
use crate::{
    app::{Effect, FileView, QrView, wallet::FieldView},
    cbor::Value,
    entropy::Entropy,
    json,
    reason::Reason,
    text::{from_base64url, to_base64url},
    time::UnixTime,
    token::{Appeal, AppealAnswer, AppealState, MAX_TEXT, Wish, to_text},
};
use serde::{Deserialize, Serialize};

/// The most that are kept; the authority takes no more than three undecided ones.
const MOST: usize = 20;
/// How long one is kept after its decision, in seconds: as long as the authority knows it.
const KEPT_S: i64 = 30 * 86_400;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Appeals {
    entries: Vec<Entry>,
    /// What is being written.
    draft: Draft,
}

/// An appeal as it is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Draft {
    wish: Option<Wish>,
    wrong: String,
    wanted: String,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    id: [u8; 16],
    pub(super) wish: Wish,
    pub(super) text: String,
    written_at: UnixTime,
    sent: Sent,
    unread: u8,
    /// Why it was refused, or not sent any more.
    refused: Option<Reason>,
    pub(super) answer: Option<AppealAnswer>,
}

/// What the room remembers while it is open.
#[derive(Debug, Default)]
pub(super) struct State {
    draft: Option<Draft>,
    /// It was sent once as it is, so its problems are shown.
    tried: bool,
    /// Those that were asked after since the room was entered.
    asked: Vec<[u8; 16]>,
    pub(super) file: Option<AppealFileView>,
}

impl Draft {
    /// What is wrong, and what the person wants, as one text.
    fn appeal(&self) -> Option<Appeal> {
        let text = [&self.wrong, &self.wanted].map(|text| text.trim()).into_iter().filter(|text| !text.is_empty());
        Some(Appeal { wish: self.wish?, text: text.collect::<Vec<_>>().join("\n") })
    }

    /// Why it can't be sent.
    fn problem(&self) -> Option<Reason> {
        if self.wrong.trim().is_empty() {
            return Some(Reason::FieldEmpty);
        }
        self.appeal().and_then(|appeal| appeal.check().err())
    }
}

/// No more than there can be, however long it is that came.
fn bound(answer: &mut AppealAnswer) {
    if let Some(why) = &mut answer.why {
        *why = why.chars().take(MAX_TEXT).collect();
    }
}

/// A signed appeal to take along. A QR code of it can be too large for any.
pub(super) fn file(token: &Value, now: UnixTime) -> AppealFileView {
    let text = to_text(token);
    let date = now.to_rfc3339().chars().take(10).collect::<String>();
    let qr = QrView::draw(&text, now, now);
    AppealFileView { file: FileView { name: format!("tongma-appeal-{date}.txt"), media_type: "text/plain".to_owned(), text }, qr }
}

impl Wallet {
    fn appeals_kept(&self) -> Appeals {
        self.record(RecordName::Appeals)
    }

    fn keep_appeals(&mut self, appeals: &Appeals, effects: &mut Vec<Effect>) {
        self.keep_record(RecordName::Appeals, appeals, effects);
    }

    pub(super) fn appeal(&self, id: &[u8; 16]) -> Option<Entry> {
        self.appeals_kept().entries.into_iter().find(|entry| entry.id == *id)
    }

    /// What is being written: where nothing was entered since the room was, as it was left.
    fn draft(&self) -> Draft {
        self.rooms.appeals.draft.clone().unwrap_or_else(|| self.appeals_kept().draft)
    }

    pub(super) fn appeals(&mut self, event: AppealEvent, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        match event {
            AppealEvent::Changed { field, value } => {
                let mut draft = self.draft();
                match field {
                    AppealField::Wish => draft.wish = Wish::ALL.into_iter().find(|wish| word(*wish) == value),
                    // Longer ones are told of, not cut; but there is an end.
                    AppealField::Wrong if value.len() <= 8 * MAX_TEXT => draft.wrong = value,
                    AppealField::Wanted if value.len() <= 8 * MAX_TEXT => draft.wanted = value,
                    _ => {}
                }
                self.rooms.appeals.draft = Some(draft);
            }
            AppealEvent::FieldLeft => {
                let mut appeals = self.appeals_kept();
                if let Some(draft) = self.rooms.appeals.draft.clone().filter(|draft| *draft != appeals.draft) {
                    appeals.draft = draft;
                    self.keep_appeals(&appeals, effects);
                }
            }
            AppealEvent::Sent => self.write_appeal(now, entropy, effects),
            AppealEvent::SentAgain { id } => self.change(&id, now, effects, |entry| {
                (entry.sent, entry.unread, entry.refused) = (Sent::Waiting, 0, None);
            }),
            AppealEvent::Dropped { id } => {
                let mut appeals = self.appeals_kept();
                appeals.entries.retain(|entry| to_base64url(&entry.id) != id || entry.sent == Sent::Taken);
                self.keep_appeals(&appeals, effects);
            }
            AppealEvent::FileAsked { id } => {
                let id = from_base64url(&id).and_then(|id| id.try_into().ok());
                if let Some(id) = id.filter(|_| !self.is_asking()) {
                    self.begin(Errand::AppealFile(id), now, effects);
                }
            }
            AppealEvent::FileTaken => self.rooms.appeals.file = None,
        }
    }

    /// Puts what was written among the appeals, from where it is sent.
    fn write_appeal(&mut self, now: UnixTime, entropy: &mut Entropy, effects: &mut Vec<Effect>) {
        let draft = self.draft();
        self.rooms.appeals.tried = true;
        let Some(Appeal { wish, text }) = draft.appeal().filter(|_| draft.problem().is_none()) else { return };
        let mut appeals = self.appeals_kept();
        let (sent, refused, answer) = (Sent::Waiting, None, None);
        appeals.entries.push(Entry { id: entropy.bytes(), wish, text, written_at: now, sent, unread: 0, refused, answer });
        let surplus = appeals.entries.len().saturating_sub(MOST);
        appeals.entries.drain(..surplus);
        appeals.draft = Draft::default();
        self.rooms.appeals = State::default();
        // The mark first: a mark without anything that waits is taken away again.
        self.mark_errands(effects);
        self.keep_appeals(&appeals, effects);
        self.errands_anew(now, effects);
    }

    /// Changes an appeal that is to be sent.
    fn change(&mut self, id: &str, now: UnixTime, effects: &mut Vec<Effect>, change: impl FnOnce(&mut Entry)) {
        let mut appeals = self.appeals_kept();
        let unsent = |entry: &&mut Entry| to_base64url(&entry.id) == id && matches!(entry.sent, Sent::Refused | Sent::Stopped);
        let Some(entry) = appeals.entries.iter_mut().find(unsent) else { return };
        change(entry);
        self.mark_errands(effects);
        self.keep_appeals(&appeals, effects);
        self.errands_anew(now, effects);
    }

    /// What is to be sent, and, in the room, what is to be asked after.
    pub(super) fn waiting_appeals(&self) -> Vec<Errand> {
        let state = &self.rooms.appeals;
        let here = self.rooms.open == Some(RoomName::Appeals);
        let errand = |entry: &Entry| match (entry.sent, &entry.answer) {
            (Sent::Waiting, _) => Some(Errand::Appeal(entry.id)),
            (Sent::Taken, Some(answer)) if here && answer.decided_at.is_none() && !state.asked.contains(&entry.id) => {
                Some(Errand::AppealState(entry.id))
            }
            _ => None,
        };
        self.appeals_kept().entries.iter().filter_map(errand).collect()
    }

    /// What the authority says to an appeal.
    ///
    /// # Errors
    /// Why it has to be sent once more.
    pub(super) fn appeal_answered(
        &mut self,
        id: &[u8; 16],
        said: Result<Vec<u8>, Reason>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Reason> {
        let mut appeals = self.appeals_kept();
        let mut outcome = Ok(());
        let Some(entry) = appeals.entries.iter_mut().find(|entry| entry.id == *id) else { return outcome };
        match said.map(|body| json::from_slice::<AppealAnswer>(&body)) {
            Ok(Ok(mut answer)) => {
                bound(&mut answer);
                (entry.sent, entry.answer) = (Sent::Taken, Some(answer));
                self.rooms.appeals.asked.push(*id);
            }
            Ok(Err(_)) => {
                outcome = given_up(&mut entry.unread);
                if let Ok(()) = outcome {
                    (entry.sent, entry.refused) = (Sent::Stopped, Some(Reason::AnswerUnusable));
                }
            }
            Err(reason) => (entry.sent, entry.refused) = (Sent::Refused, Some(reason)),
        }
        self.keep_appeals(&appeals, effects);
        outcome
    }

    /// What became of an appeal. One that was granted may have changed the colour.
    ///
    /// # Errors
    /// Why that is not known.
    pub(super) fn appeal_told(&mut self, id: &[u8; 16], said: Result<Vec<u8>, Reason>, effects: &mut Vec<Effect>) -> Result<(), Reason> {
        self.rooms.appeals.asked.push(*id);
        let mut answer: AppealAnswer = json::from_slice(&said?).map_err(|_| Reason::AnswerMalformed)?;
        bound(&mut answer);
        let mut appeals = self.appeals_kept();
        let Some(entry) = appeals.entries.iter_mut().find(|entry| entry.id == *id) else { return Ok(()) };
        // Mark and wish first: killed in between, the answer is asked for once more.
        if answer.state == AppealState::Granted {
            self.mark_errands(effects);
            self.want_renewal(effects);
        }
        entry.answer = Some(answer);
        self.keep_appeals(&appeals, effects);
        Ok(())
    }

    /// Forgets what was decided long ago.
    pub(super) fn clean_appeals(&mut self, now: UnixTime, effects: &mut Vec<Effect>) {
        let mut appeals = self.appeals_kept();
        let before = appeals.entries.len();
        let decided_at = |entry: &Entry| entry.answer.as_ref().and_then(|answer| answer.decided_at);
        appeals.entries.retain(|entry| decided_at(entry).is_none_or(|at| now.since(at) < KEPT_S));
        if appeals.entries.len() != before {
            self.keep_appeals(&appeals, effects);
        }
    }

    pub(super) fn appeals_view(&self) -> AppealsView {
        let (state, draft) = (&self.rooms.appeals, self.draft());
        let entries = self.appeals_kept().entries;
        let field = |value: &str, problem: Option<Reason>| FieldView { value: value.to_owned(), problem: problem.filter(|_| state.tried) };
        AppealsView {
            wish: field(draft.wish.map_or("", word), draft.wish.is_none().then_some(Reason::FieldEmpty)),
            wrong: field(&draft.wrong, draft.problem()),
            wanted: field(&draft.wanted, None),
            waiting_for: self.rooms.trouble.clone().filter(|_| entries.iter().any(|entry| entry.sent == Sent::Waiting)),
            appeals: entries.into_iter().rev().map(Entry::view).collect(),
            file: state.file.clone(),
        }
    }
}

impl Entry {
    fn view(self) -> AppealView {
        let Self { id, wish, text, written_at, sent, refused, answer, .. } = self;
        AppealView { id: to_base64url(&id), wish, text, written_at, sent, refused, answer }
    }
}

/// The word of a wish in the form.
const fn word(wish: Wish) -> &'static str {
    match wish {
        Wish::Colour => "colour",
        Wish::Data => "data",
        Wish::Other => "other",
    }
}
