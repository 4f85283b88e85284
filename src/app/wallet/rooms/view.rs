//! What the rooms show, and what happens in them.

pub use super::records::RecordName;
use crate::app::{FileView, wallet::DisplaySettings};
use serde::{Deserialize, Serialize};

/// A room that can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomName {
    /// All that is stored: how old, how large, to take along or to destroy.
    Data,
    /// How the page looks.
    Display,
    /// What it does, and what to do when something does not.
    Help,
    /// The list of rooms.
    Menu,
}

/// What a room shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomView {
    /// All that is stored.
    Data(StorageView),
    /// How the page looks.
    Display(DisplaySettings),
    /// Help, which is always the same.
    Help,
    /// The list of rooms.
    Menu(MenuView),
    /// What the room needs is being read.
    Opening,
}

/// The list of rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MenuView {
    /// The screen of the code has no way to read a gate's code: it is here.
    pub scanner: bool,
}

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

/// What happens in the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomEvent {
    /// In the room of all data.
    Data(DataEvent),
    /// The page is to look like this.
    Display(DisplaySettings),
    /// A room is entered.
    Entered {
        /// Which.
        room: RoomName,
    },
    /// Back: to the list of rooms, and from there to the code.
    Left,
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
