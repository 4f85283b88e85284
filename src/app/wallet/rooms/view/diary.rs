//! What the diary shows, and what happens in it.

use super::Sent;
use crate::{app::wallet::FieldView, reason::Reason, time::UnixTime};
use serde::{Deserialize, Serialize};

/// The diary: 14 days of check-ins, and what is being entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DiaryView {
    /// The days, today last.
    pub days: Vec<DayView>,
    /// What was declared is being changed; a check-in otherwise.
    pub changing: bool,
    /// Was in a listed region: `yes`, `no`; for a change only.
    pub been: FieldView,
    /// Contact with cases: `no`, `unsure`, `yes`; for a change only.
    pub contact: FieldView,
    /// A bit a symptom, as a decimal number; 0 is none.
    pub symptoms: FieldView,
    /// Body temperature in °C.
    pub temperature: FieldView,
    /// When what was declared can be changed again; none where it can be now.
    pub change_again_at: Option<UnixTime>,
    /// Why what waits is not sent yet.
    pub waiting_for: Option<Reason>,
    /// What was sent today could not be answered in a way that can be read: it is sent again by hand only.
    pub stopped: bool,
    /// Why the last one was refused.
    pub refused: Option<Reason>,
    /// Normal check-ins in a row as the authority counts them.
    pub days_normal: Option<u32>,
    /// How many of them lead back to green.
    pub days_left: Option<u32>,
}

/// A day of the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DayView {
    /// When it begins, in China.
    pub begins_at: UnixTime,
    /// Its check-in, and what became of it.
    pub sent: Option<Sent>,
    /// The temperature of its check-in, in tenths of °C.
    pub temperature: Option<u16>,
    /// Whether it counts as a normal one.
    pub normal: bool,
}

/// A field of the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DiaryField {
    /// Was in a listed region.
    Been,
    /// Contact with cases.
    Contact,
    /// Symptoms.
    Symptoms,
    /// Body temperature.
    Temperature,
}

/// What happens in the diary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DiaryEvent {
    /// What was declared shall be changed.
    ChangeAsked,
    /// Or not.
    ChangeDropped,
    /// A field changed.
    Changed {
        /// Which.
        field: DiaryField,
        /// What it holds now.
        value: String,
    },
    /// The check-in or the change is sent.
    Sent,
    /// What was given up is sent once more.
    SentAgain,
}
