//! What the wallet shows.

pub use crate::app::QrView;
use crate::{
    app::Language,
    reason::Reason,
    time::UnixTime,
    token::{Colour, DocumentKind, Relation},
};
use serde::{Deserialize, Serialize};

/// The whole wallet page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WalletView {
    /// Language of the texts.
    pub language: Language,
    /// How the page looks.
    pub display: DisplaySettings,
    /// The one screen that is shown.
    pub screen: WalletScreen,
    /// What the person should know beside it, most important first; each can be dismissed.
    pub notices: Vec<Reason>,
}

/// How the page looks, as the person chose; nothing of it is the rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DisplaySettings {
    /// Dark on white, with edges.
    pub contrast: bool,
    /// Few things on the screen, all of them large; what is shown can be read aloud.
    pub elder: bool,
    /// Larger text.
    pub large: bool,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum WalletScreen {
    /// The form.
    Apply(Box<ApplyView>),
    /// An application is under way; it goes on by itself, also after reopening.
    Applying(ApplyingView),
    /// Nothing can be done: the reason says what would help.
    Blocked {
        /// Why.
        reason: Reason,
    },
    /// The code.
    Code(CodeView),
    /// The person has locked the wallet; the module with all rooms opens it.
    Locked(LockedView),
    /// A room beside the code; only the module that has them shows one.
    #[cfg(feature = "everyday")]
    Room {
        /// Which, and what it shows.
        room: super::RoomView,
    },
    /// Before the state is read.
    Starting,
}

/// The application form (申领).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ApplyView {
    /// The step that is shown; the fields of the others are there all the same.
    pub step: ApplyStep,
    /// Full name.
    pub name: FieldView,
    /// Kind of the identity document.
    pub document_kind: DocumentKind,
    /// Number of the identity document.
    pub document_number: FieldView,
    /// Mobile phone.
    pub phone: FieldView,
    /// Where the person is staying.
    pub address: FieldView,
    /// Was in a listed region within 14 days: `yes`, `no`.
    pub been: FieldView,
    /// Contact with cases: `no`, `unsure`, `yes`.
    pub contact: FieldView,
    /// A bit a symptom, as a decimal number, in the order of `Symptom`; 0 is none.
    pub symptoms: FieldView,
    /// Body temperature in °C; may stay empty.
    pub temperature: FieldView,
    /// The statement that all is true: `yes`.
    pub truth: FieldView,
    /// Agreement to what becomes of it: `yes`.
    pub consent: FieldView,
    /// Why the last attempt failed; what was entered is kept.
    pub problem: Option<Reason>,
    /// The credential that was held before is of no use any more for this reason.
    pub replaced: Option<Reason>,
    /// It was somebody else's, who let this phone show it: there is no form, for that person can allow it again.
    pub lent: bool,
    /// The credential that is over is renewed by itself, with no form: the module that has the rooms does it.
    pub renewing: bool,
    /// It is the first opening: three pictures may say what this is, in nobody's way.
    pub welcome: bool,
    /// The guardian's consent, for a child: `yes`. Asked for in a step of its own, which others don't have.
    pub guardian: FieldView,
    /// There is that step.
    pub guarded: bool,
    /// For whom it is, where this phone holds passes of several people.
    pub whom: Option<WhomView>,
    /// There are other passes to go back to.
    pub others: bool,
    /// The region whose code is wanted, GB/T 2260, where it is not the authority's own.
    pub region: Option<u32>,
}

/// Whose pass it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WhomView {
    /// What the person is told apart by.
    pub sign: Sign,
    /// What the guardian, whose phone this is, is to the person; none where it is the phone's own person.
    pub relation: Option<Relation>,
}

/// A sign that a person is told apart by, beside the name: a shape, so that it needs no colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Sign {
    /// A disc.
    #[default]
    Disc,
    /// A square.
    Square,
    /// A triangle.
    Triangle,
    /// A star.
    Star,
    /// A heart.
    Heart,
    /// A moon.
    Moon,
    /// A drop.
    Drop,
    /// A house.
    House,
}

#[cfg(feature = "everyday")]
impl Sign {
    /// All of them.
    pub const ALL: [Self; 8] = [Self::Disc, Self::Square, Self::Triangle, Self::Star, Self::Heart, Self::Moon, Self::Drop, Self::House];
}

/// A step of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ApplyStep {
    /// Name, document, phone.
    #[default]
    Who,
    /// The guardian's consent, where it is for a child.
    Guardian,
    /// Address, and what is declared.
    Health,
    /// The statement of truth, and what the person agrees to.
    Statement,
}

/// One field of the form. A problem appears only after the field was left or the form sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldView {
    /// What was entered.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<Reason>,
}

/// An application under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ApplyingView {
    /// When it was sent first.
    pub since: UnixTime,
    /// Why it is not answered yet, if that is known: offline, a fault of the server.
    pub waiting_for: Option<Reason>,
    /// When it is tried again by itself.
    pub next_try_at: Option<UnixTime>,
    /// For whom it is, where this phone holds passes of several people.
    pub whom: Option<WhomView>,
    /// There are other passes to go back to.
    pub others: bool,
}

/// A wallet that its person has locked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LockedView {
    /// When the next passcode may be tried, after too many wrong ones: the full minute after it.
    pub wait_until: Option<UnixTime>,
    /// A passcode is being tried.
    pub busy: bool,
    /// The code can be shown all the same.
    pub code: bool,
    /// The passkey that opens it too.
    pub passkey: Option<PasskeyView>,
}

/// A passkey, as the page needs it to ask for its secret (WebAuthn PRF extension).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PasskeyView {
    /// Its identifier, base64url.
    pub id: String,
    /// What the secret is made of: 32 bytes, base64url.
    pub salt: String,
}

/// The code page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CodeView {
    /// Masked name; empty where the code does not show it.
    pub name: String,
    /// Masked number of the identity document; empty where the person lets the code show the colour alone.
    pub document_number: String,
    /// Result and time of a nucleic-acid test, where the code shows them: `negative 2026-11-20T08:00:00+08:00`.
    pub test: Option<String>,
    /// Vaccination doses, where the code shows them.
    pub vaccination: Option<String>,
    /// The person is under daily health monitoring (日常健康监测).
    pub monitoring: bool,
    /// Colour, as far as this phone knows: the credential's, changed by the newest status list held.
    pub colour: Colour,
    /// Region code (GB/T 2260).
    pub region: u32,
    /// Who issued it.
    pub issuer: String,
    /// The QR code; none for the moment in which it is being signed.
    pub qr: Option<QrView>,
    /// The code answers the challenge of a gate: only there it is good for anything.
    pub answering: Option<AnsweringView>,
    /// Text of a venue's poster that was scanned just now: the module with the rooms judges it.
    pub venue: Option<String>,
    /// The code is somebody else's, who lets this phone show it: what the person of this phone is to that one.
    pub guardian: Option<Relation>,
    /// When the credential was issued.
    pub credential_issued_at: UnixTime,
    /// When the credential ends.
    pub credential_expires_at: UnixTime,
    /// Something waits to be sent, the credential is to be renewed, or it is noted that somebody else's was shown: the module that has the
    /// rooms does it.
    pub errands: bool,
    /// Whose it is, where this phone holds passes of several people: said large, so that no code is shown for the wrong person.
    pub whom: Option<WhomView>,
    /// The age that the person has reached since the guardian applied, where something changes with it: 14 or 18. The module that has the rooms
    /// says it.
    #[cfg(feature = "everyday")]
    pub reached: Option<u8>,
}

/// A gate whose challenge is answered, as it describes itself. Nobody vouches for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AnsweringView {
    /// Code of its kind of place, where it says so; not always one of those that are known here.
    pub kind: Option<String>,
    /// Its name, where it says so.
    pub name: Option<String>,
    /// Its region, GB/T 2260, where it says so.
    pub region: Option<u32>,
    /// Its whole text, where a venue code is within: the module with the rooms judges that.
    pub venue: Option<String>,
}

/// A field of the application form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ApplyField {
    /// Full name.
    Name,
    /// Kind of the identity document; values are those of [`DocumentKind`].
    DocumentKind,
    /// Number of the identity document.
    DocumentNumber,
    /// Mobile phone.
    Phone,
    /// Where the person is staying.
    Address,
    /// Was in a listed region.
    Been,
    /// Contact with cases.
    Contact,
    /// Symptoms.
    Symptoms,
    /// Body temperature.
    Temperature,
    /// The statement of truth.
    Truth,
    /// The consent.
    Consent,
    /// The guardian's consent.
    Guardian,
}

/// What happens to the wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum WalletEvent {
    /// One step of the form back.
    ApplyBack,
    /// The step of the form is done; after the last one the application is sent.
    ApplySubmitted,
    /// The person gives up the application under way; the form comes back with what was entered.
    ApplyWithdrawn,
    /// A code was read that should be a gate's challenge.
    ChallengeRead {
        /// Its text.
        text: String,
    },
    /// The everyday code is wanted again.
    EverydayAsked,
    /// A field changed.
    FieldChanged {
        /// Which.
        field: ApplyField,
        /// What it holds now.
        value: String,
    },
    /// A field was left: its problem may be shown.
    FieldLeft {
        /// Which.
        field: ApplyField,
    },
    /// The person chose a language.
    LanguageChosen {
        /// Which.
        language: Language,
    },
    /// The first notice was read.
    NoticeDismissed,
    /// The person wants the waiting application tried again now.
    RetryAsked,
    /// The pictures of the first opening are put away for good.
    WelcomeSkipped,
    /// Something beside the code; the page loads the module that has it first.
    #[cfg(feature = "everyday")]
    Room(super::RoomEvent),
    /// The shell reports. In the browser it is Rust as well, so no page can send this.
    #[cfg_attr(feature = "web", serde(skip_deserializing))]
    Shell {
        /// What.
        event: crate::app::ShellEvent,
    },
}
