//! What the verifier shows.

use crate::{app::Language, reason::Reason, roles::Verdict, time::UnixTime};
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
    /// Looking for a code.
    Scanning {
        /// Why the camera can't be used; the other sources can.
        camera_problem: Option<Reason>,
        /// What came of the last picture file, when nothing was read from it.
        picture_problem: Option<Reason>,
    },
    /// Before the state is read.
    Starting,
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
    /// The person chose a language.
    LanguageChosen {
        /// Which.
        language: Language,
    },
    /// The first notice was read.
    NoticeDismissed,
    /// A picture file gave no text.
    PictureFailed {
        /// Why: `nothing-read` or `picture-unreadable`.
        reason: Reason,
    },
    /// The person wants new trust and status data now.
    RefreshAsked,
    /// The shell reports. In the browser it is Rust as well, so no page can send this.
    #[cfg_attr(feature = "web", serde(skip_deserializing))]
    Shell {
        /// What.
        event: crate::app::ShellEvent,
    },
    /// A text was read.
    TextRead {
        /// The text as it came.
        text: String,
        /// Where from.
        source: Source,
    },
}
