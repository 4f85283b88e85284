//! What the rooms show, and what happens in them.

mod appeals;
mod diary;
mod exchange;
mod group;
mod people;
mod renewal;

pub use super::details::{ClaimView, DetailsEvent, DetailsView};
pub use super::diary::Sent;
pub use super::records::RecordName;
pub use super::visits_view::*;
use crate::{
    app::{FileView, wallet::DisplaySettings},
    time::UnixTime,
    token::{Colour, Standing},
};
pub use appeals::*;
pub use diary::*;
pub use exchange::*;
pub use group::*;
pub use people::*;
pub use renewal::*;
use serde::{Deserialize, Serialize};

/// A room that can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomName {
    /// Appeals and corrections, and what became of them.
    Appeals,
    /// Why the colour is not green, and what helps.
    Colour,
    /// All that is stored: how old, how large, to take along or to destroy.
    Data,
    /// Permissions to show a code, given and held.
    Delegations,
    /// All that the code discloses, and what it is to show.
    Details,
    /// Daily check-ins, and what was declared.
    Diary,
    /// How the page looks.
    Display,
    /// People who walk together.
    Group,
    /// All passes on this phone, and whose they are.
    People,
    /// The age of the code, and its renewal.
    Renewal,
    /// What it does, and what to do when something does not.
    Help,
    /// The list of rooms.
    Menu,
    /// From one phone to the next.
    Moving,
    /// Lock and backup.
    Safety,
    /// Venue codes, and the visits of 14 days.
    Visits,
}

/// What a room shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomView {
    /// Appeals and corrections.
    Appeals(Box<AppealsView>),
    /// The colour.
    Colour(ColourView),
    /// All that is stored.
    Data(StorageView),
    /// Permissions to show a code.
    Delegations(Box<DelegationsView>),
    /// All that the code discloses.
    Details(Box<DetailsView>),
    /// Daily check-ins.
    Diary(Box<DiaryView>),
    /// How the page looks.
    Display(DisplaySettings),
    /// People who walk together.
    Group(Box<GroupView>),
    /// Help, which is always the same.
    Help,
    /// The list of rooms.
    Menu(MenuView),
    /// From one phone to the next.
    Moving(Box<ExchangeView>),
    /// What the room needs is being read.
    Opening,
    /// All passes.
    People(Box<PeopleView>),
    /// The age of the code.
    Renewal(RenewalView),
    /// Lock and backup.
    Safety(SafetyView),
    /// Venue codes and visits.
    Visits(VisitsView),
}

/// The list of rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MenuView {
    /// The screen of the code has no way to read a gate's code: it is here.
    pub scanner: bool,
    /// The code in front is somebody else's, who lets this phone show it: nothing is entered or asked for that person here.
    pub lent: bool,
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
    /// A passkey opens it too.
    #[serde(default)]
    pub passkey: bool,
}

/// What happens in the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RoomEvent {
    /// In the room of appeals.
    Appeals(AppealEvent),
    /// In the room of all data.
    Data(DataEvent),
    /// In the room of details.
    Details(DetailsEvent),
    /// In the diary.
    Diary(DiaryEvent),
    /// The page is to look like this.
    Display(DisplaySettings),
    /// In the rooms where two phones show one another codes.
    Exchange(ExchangeEvent),
    /// A room is entered.
    Entered {
        /// Which.
        room: RoomName,
    },
    /// In the room of people who walk together.
    Group(GroupEvent),
    /// Back: to the list of rooms, and from there to the code.
    Left,
    /// In the room of people.
    People(PeopleEvent),
    /// The code is to be renewed now.
    RenewalAsked,
    /// In the room of safety.
    Safety(SafetyEvent),
    /// In the room of visits.
    Visits(VisitsEvent),
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
    /// The authenticator can't do what is needed, or did not.
    PasskeyFailed,
    /// A passkey was made that shall open the lock too.
    PasskeyMade {
        /// Its identifier, base64url.
        id: String,
        /// What the authenticator's secret is made of: 32 bytes, base64url.
        salt: String,
        /// That secret: 32 bytes, base64url.
        secret: String,
    },
    /// No passkey shall open it any more.
    PasskeyRemoved,
    /// A locked wallet is to be opened: the authenticator has seen its owner.
    PasskeyUsed {
        /// Its secret: 32 bytes, base64url.
        secret: String,
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

/// A colour that is not green: what the code says of it, and what the authority said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ColourView {
    /// The colour.
    pub colour: Colour,
    /// Code of the reason; not always one of those that are known here.
    pub reason: Option<String>,
    /// Identifier of the rule that decided.
    pub rule: Option<String>,
    /// Since when.
    pub since: Option<UnixTime>,
    /// Who issued the code.
    pub issuer: String,
    /// Region code (GB/T 2260).
    pub region: u32,
    /// How the person stands, as the authority said with the last check-in.
    pub standing: Option<Standing>,
    /// When it said so.
    pub told_at: Option<UnixTime>,
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
