//! What the verifier shows.

use super::GateSettings;
use crate::{
    app::{FileView, Language, QrView},
    policy::PlaceKind,
    reason::Reason,
    roles::{Verdict, log::FileFormat, verifier::GroupVerdict},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};

/// The whole verifier page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct VerifierView {
    /// Language of the texts.
    pub language: Language,
    /// The one screen that is shown.
    pub screen: VerifierScreen,
    /// Age of the trust bundle.
    pub bundle: DataView,
    /// Age of the oldest status list held.
    pub status: DataView,
    /// What the person should know beside it.
    pub notices: Vec<Reason>,
    /// The log of this gate.
    pub log: LogView,
    /// How this gate is set up.
    pub gate: GateSettings,
    /// The challenge for wallets to scan, while codes are looked for at a gate that wants it answered. A new one comes at the end of
    /// its validity.
    pub challenge: Option<QrView>,
    /// What is there of a group that walks together, while members are missing.
    pub group: Option<GroupVerdict>,
    /// The venue code that the challenge carries, once the bundle has judged it.
    pub poster: Option<PosterView>,
}

/// The venue code of a gate's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PosterView {
    /// Its name; none where nothing vouches for it.
    pub name: Option<String>,
    /// Its end.
    pub expires_at: Option<UnixTime>,
    /// Why it is left out of the challenge.
    pub problem: Option<Reason>,
}

/// The log of a gate: counts, never persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LogView {
    /// Answers since midnight in Beijing.
    pub today: Counts,
    /// How many entries are kept.
    pub entries: u32,
    /// Since when, at least.
    pub since: Option<UnixTime>,
    /// An export that is ready to be saved.
    pub file: Option<FileView>,
}

/// How often each answer was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct Counts {
    pub cannot_tell: u32,
    pub invalid: u32,
    pub pass: u32,
    pub restricted: u32,
    pub stop: u32,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum VerifierScreen {
    /// Nothing can be done: the reason says what would help.
    Blocked {
        /// Why.
        reason: Reason,
    },
    /// Signatures are being checked.
    Checking,
    /// The answer for a group, until it is dismissed.
    Group {
        /// The answer.
        group: GroupVerdict,
        /// When it was given.
        checked_at: UnixTime,
    },
    /// Looking for the venue code of the gate's place.
    Poster {
        /// Why the camera can't be used.
        camera_problem: Option<Reason>,
        /// What came of the last picture file, when nothing was read from it.
        picture_problem: Option<Reason>,
        /// Why what was read is not taken.
        problem: Option<Reason>,
    },
    /// A person has no code: which other proof is there?
    Proofs {
        /// The kinds that are accepted here.
        accepted: Vec<String>,
    },
    /// Looking for a code.
    Scanning {
        /// Why the camera can't be used; the other sources can.
        camera_problem: Option<Reason>,
        /// What came of the last picture file, when nothing was read from it.
        picture_problem: Option<Reason>,
        /// What is there of a pass, or of a parcel of trust data, that comes in several codes.
        gathered: Option<Reason>,
    },
    /// The gate is set up.
    Settings {
        /// The kinds of place there are.
        kinds: Vec<PlaceKind>,
    },
    /// Before the state is read.
    Starting,
    /// The temperature beside the code.
    Temperature {
        /// What was entered is no temperature of a person.
        refused: bool,
    },
    /// The answer, until it is dismissed.
    Verdict {
        /// The answer.
        verdict: Verdict,
        /// When it was given.
        checked_at: UnixTime,
    },
}

/// How old something is, and whether a verdict may rest on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DataView {
    /// The light.
    pub state: DataState,
    /// When it was made.
    pub issued_at: Option<UnixTime>,
    /// After this no verdict rests on it.
    pub usable_until: Option<UnixTime>,
    /// Status lists that the bundle names and that are not there.
    pub missing: u32,
}

/// Whether a verdict may rest on data of this age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DataState {
    /// It may.
    Fresh,
    /// It may, but not for long: less than a quarter of its time is left.
    Ageing,
    /// It may not any more.
    Stale,
    /// There is none.
    #[default]
    Missing,
}

/// Where a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Source {
    /// The camera.
    Camera,
    /// Pasted or typed.
    Paste,
    /// A picture file.
    Picture,
    /// A hand scanner that types like a keyboard.
    Wedge,
}

/// What happens to the verifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum VerifierEvent {
    /// The camera works.
    CameraStarted,
    /// The camera can't be used.
    CameraFailed {
        /// Why.
        reason: Reason,
    },
    /// Back to scanning.
    Dismissed,
    /// The gate is set up anew.
    GateChanged {
        /// All of its settings.
        gate: GateSettings,
    },
    /// Nobody further of the group that is being read is waited for.
    GroupClosed,
    /// What was read of a group is of no use.
    GroupDropped,
    /// The person chose a language.
    LanguageChosen {
        /// Which.
        language: Language,
    },
    /// The person wants the log as a file.
    LogExportAsked {
        /// Of this kind.
        format: FileFormat,
    },
    /// The file was saved.
    LogExportTaken,
    /// The first notice was read.
    NoticeDismissed,
    /// A picture file gave no text.
    PictureFailed {
        /// Why: `nothing-read` or `picture-unreadable`.
        reason: Reason,
    },
    /// A parcel of trust data was opened as a file.
    ParcelRead {
        /// Its bytes, base64url without padding.
        data: String,
    },
    /// The challenge is to carry no venue code any more.
    PosterRemoved,
    /// The venue code of the gate's place is about to be read.
    PosterWanted,
    /// Another proof was shown and looked at.
    ProofShown {
        /// Its kind, one of those accepted.
        proof: String,
    },
    /// A person has no code.
    ProofsOpened,
    /// The person wants new trust and status data now.
    RefreshAsked,
    /// A hand scanner typed a text; see [`typed`](super::typed).
    ScannerTyped {
        /// The characters that the system wrote.
        text: String,
        /// What the same keys write on a US keyboard with no lock on; U+FFFD for each key that is not known.
        keys: String,
    },
    /// The settings are wanted.
    SettingsOpened,
    /// The shell reports. In the browser it is Rust as well, so no page can send this.
    #[cfg_attr(feature = "web", serde(skip_deserializing))]
    Shell {
        /// What.
        event: crate::app::ShellEvent,
    },
    /// The temperature was measured.
    TemperatureEntered {
        /// Degrees Celsius with at most one decimal, such as `36.8`.
        text: String,
    },
    /// A text was read.
    TextRead {
        /// The text as it came.
        text: String,
        /// Where from.
        source: Source,
    },
}
