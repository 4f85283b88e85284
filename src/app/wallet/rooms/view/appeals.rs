//! What the room of appeals shows, and what happens in it.

use super::Sent;
use crate::{
    app::{FileView, QrView, wallet::FieldView},
    reason::Reason,
    time::UnixTime,
    token::{AppealAnswer, Wish},
};
use serde::{Deserialize, Serialize};

/// Appeals and corrections: what is being written, and those that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppealsView {
    /// What it is about; the word of a `Wish`.
    pub wish: FieldView,
    /// What is wrong, and why.
    pub wrong: FieldView,
    /// What the person wants; may stay empty.
    pub wanted: FieldView,
    /// Why what waits is not sent yet.
    pub waiting_for: Option<Reason>,
    /// The appeals, the newest first.
    pub appeals: Vec<AppealView>,
    /// One of them, signed, when it was asked for.
    pub file: Option<AppealFileView>,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppealView {
    /// What it is called here.
    pub id: String,
    /// What it is about.
    pub wish: Wish,
    /// What was written; plain text.
    pub text: String,
    /// When.
    pub written_at: UnixTime,
    /// What became of sending it.
    pub sent: Sent,
    /// Why it was refused, or is not sent any more.
    pub refused: Option<Reason>,
    /// What the authority said last; plain text in it.
    pub answer: Option<AppealAnswer>,
}

/// A signed appeal to take along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppealFileView {
    /// As a file.
    pub file: FileView,
    /// As a QR code; none where it is too long for one.
    pub qr: Option<QrView>,
}

/// A field of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AppealField {
    /// What it is about.
    Wish,
    /// What is wrong.
    Wrong,
    /// What the person wants.
    Wanted,
}

/// What happens in the room of appeals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AppealEvent {
    /// A field changed.
    Changed {
        /// Which.
        field: AppealField,
        /// What it holds now.
        value: String,
    },
    /// One that is not with the authority is thrown away.
    Dropped {
        /// Which.
        id: String,
    },
    /// A field was left: what was written is kept.
    FieldLeft,
    /// One is to be taken along.
    FileAsked {
        /// Which.
        id: String,
    },
    /// It was taken.
    FileTaken,
    /// What was written is sent.
    Sent,
    /// What was refused or given up is sent once more.
    SentAgain {
        /// Which.
        id: String,
    },
}
