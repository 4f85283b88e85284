//! What the rooms show, and what happens in them.

pub use super::records::RecordName;
use crate::app::FileView;
use serde::{Deserialize, Serialize};

/// A room that can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomName {
    /// All that is stored: how old, how large, to take along or to destroy.
    Data,
    /// The list of rooms.
    Menu,
    /// Lock and backup.
    Safety,
}

/// What a room shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomView {
    /// All that is stored.
    Data(StorageView),
    /// The list of rooms.
    Menu(MenuView),
    /// What the room needs is being read.
    Opening,
    /// Lock and backup.
    Safety(SafetyView),
}

/// The list of rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MenuView {}

/// All that is stored on this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StorageView {
    /// What there is, by kind.
    pub stored: Vec<StoredView>,
    /// A file to take along, when it was asked for.
    pub file: Option<FileView>,
    /// Everything is about to be destroyed: the person has to say so once more.
    pub wiping: bool,
    /// Version of the program.
    pub version: String,
}

/// One kind of stored data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StoredView {
    /// Which record; none for the state itself: the code on the screen, the form, the settings.
    pub record: Option<RecordName>,
    /// Its size in bytes, before it is encrypted.
    pub bytes: u32,
}

/// Lock and backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SafetyView {
    /// The lock, where there is one.
    pub lock: Option<LockView>,
    /// Something is being written: nothing of the lock can be changed for the moment.
    pub busy: bool,
    /// A backup to save, when it was asked for.
    pub backup: Option<FileView>,
    /// The wallet is empty, so a backup can come back into it.
    pub restorable: bool,
}

/// How a lock is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LockView {
    /// The code is shown without the passcode.
    pub show_code: bool,
    /// After so many seconds in the background the wallet locks itself.
    pub close_after_s: u32,
}

/// What happens in the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomEvent {
    /// In the room of all data.
    Data(DataEvent),
    /// A room is entered.
    Entered {
        /// Which.
        room: RoomName,
    },
    /// Back: to the list of rooms, and from there to the code.
    Left,
    /// In the room of safety.
    Safety(SafetyEvent),
}

/// What happens in the room of safety, and before a locked wallet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename_all_fields = "camelCase"))]
pub enum SafetyEvent {
    /// The person wants a backup.
    BackupAsked {
        /// Under this passphrase.
        passphrase: String,
    },
    /// The backup was taken.
    BackupTaken,
    /// The wallet is to be locked now.
    LockNow,
    /// The lock is set otherwise.
    LockSet {
        /// The code is shown without the passcode.
        show_code: bool,
        /// After so many seconds in the background the wallet locks itself.
        close_after_s: u32,
    },
    /// No lock is wanted any more.
    LockTurnedOff {
        /// The passcode.
        passcode: String,
    },
    /// A lock is wanted.
    LockTurnedOn {
        /// The passcode.
        passcode: String,
        /// The code is shown without the passcode.
        show_code: bool,
        /// After so many seconds in the background the wallet locks itself.
        close_after_s: u32,
    },
    /// Another passcode is wanted.
    PasscodeChanged {
        /// The one until now.
        passcode: String,
        /// The one from now on.
        next: String,
    },
    /// A backup is to come back.
    RestoreAsked {
        /// Its text.
        file: String,
        /// Its passphrase.
        passphrase: String,
    },
    /// A locked wallet is to be opened.
    Unlock {
        /// The passcode.
        passcode: String,
    },
}

impl std::fmt::Debug for SafetyEvent {
    /// Says nothing: there are secrets in it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SafetyEvent")
    }
}

/// What happens in the room of all data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DataEvent {
    /// The person wants a file with everything in it.
    FileAsked,
    /// The file was taken.
    FileTaken,
    /// The person wants everything destroyed.
    WipeAsked,
    /// And says so once more.
    WipeConfirmed,
    /// Or not.
    WipeDeclined,
}
