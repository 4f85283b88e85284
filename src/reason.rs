//! Reason codes: why an answer is not a plain yes.
//!
//! A reason carries the facts that its sentence needs; the sentences (what happened, what to do) are in the
//! Fluent files under the same code: `reason-<code>` and `remedy-<code>`.

use crate::time::UnixTime;
use serde::{Deserialize, Serialize};

/// What a scanned text that is not a pass of any known kind looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum LooksLike {
    /// Nothing that is recognised.
    Other,
    /// A payment code.
    Payment,
    /// A web address.
    Url,
    /// Access data of a wireless network.
    WiFi,
}

/// The layer of a presentation that a reason speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Layer {
    /// An application to the authority.
    Application,
    /// The trust bundle.
    Bundle,
    /// The issuer's credential.
    Credential,
    /// The holder's key binding token.
    Presentation,
    /// The issuer's status list.
    StatusList,
}

/// Why a verdict is not *pass*, or why an action did not succeed.
///
/// Codes are stable: `code()` is what logs, JSON and Fluent identifiers use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename_all_fields = "camelCase"))]
#[non_exhaustive]
pub enum Reason {
    // --- the text
    /// The text is no pass of any known kind.
    NotAPass {
        /// What it looks like.
        looks_like: LooksLike,
    },
    /// A code of a later version of this format (`TM2:` …).
    PrefixVersion {
        /// The version digit found.
        version: u8,
    },
    /// The text was changed to lower case on its way.
    TextLowerCase,
    /// Longer than any code can be.
    TextTooLong,
    /// Not base45 (RFC 9285): cut, padded or altered.
    TextMalformed,
    // --- CBOR
    /// The token ends early.
    CborTruncated,
    /// Bytes follow the token.
    CborTrailingBytes,
    /// An indefinite length (RFC 8949 §3.2) where only definite ones are allowed.
    CborIndefinite,
    /// A number or length not in its shortest form (RFC 8949 §4.1).
    CborNotMinimal,
    /// A map names a key twice.
    CborDuplicateKey,
    /// Nested deeper than allowed.
    CborTooDeep,
    /// Larger than allowed.
    CborTooLarge,
    /// Not well-formed CBOR otherwise.
    CborMalformed,
    // --- the token
    /// A token of another type than asked for at this place.
    WrongType {
        /// The layer at which it was found.
        layer: Layer,
    },
    /// A genuine-looking credential where a presentation is needed: it lacks the holder's consent.
    CredentialNotPresentation,
    /// A field is missing, of the wrong shape, or unknown where nothing unknown is allowed.
    TokenMalformed {
        /// The layer at which it was found.
        layer: Layer,
    },
    /// A signature algorithm that is not accepted here.
    AlgorithmNotAllowed {
        /// The layer at which it was found.
        layer: Layer,
    },
    // --- trust
    /// No trust bundle is at hand yet.
    BundleMissing,
    /// The bundle is not signed by the pinned root key.
    BundleWrongRoot,
    /// The bundle is older than the one already held.
    BundleRolledBack {
        /// Sequence number held.
        held: u32,
        /// Sequence number offered.
        offered: u32,
    },
    /// The bundle's own validity is over.
    BundleExpired {
        /// When it ended.
        expired_at: UnixTime,
    },
    /// The bundle is older than verdicts may rest on.
    BundleTooOld {
        /// When it was made.
        issued_at: UnixTime,
    },
    /// The issuer is not in the trust list.
    UnknownIssuer {
        /// The issuer's identifier as the token states it; unverified, so not for display as a fact.
        issuer: String,
    },
    /// The issuer is known, but none of its keys fits.
    UnknownKey,
    /// The issuer's key may not be used for this.
    KeyUse {
        /// The layer that it signed.
        layer: Layer,
    },
    /// The issuer's key may not be used for this region.
    KeyRegion {
        /// Region code (GB/T 2260) of the credential.
        region: u32,
    },
    /// A signature does not verify: forged or damaged.
    BadSignature {
        /// The layer that it should have signed.
        layer: Layer,
    },
    // --- disclosures
    /// A disclosure that the credential does not know.
    DisclosureUnmatched,
    /// A disclosure given twice, or a claim named twice.
    DisclosureDoubled,
    /// A disclosure of the wrong shape.
    DisclosureMalformed,
    // --- time
    /// The clock of this device is earlier than data that it already holds.
    ClockWrong {
        /// The clock's time.
        now: UnixTime,
        /// The time that it can't be before.
        not_before: UnixTime,
    },
    /// Its validity is over.
    Expired {
        /// The layer that expired.
        layer: Layer,
        /// When it ended.
        expired_at: UnixTime,
    },
    /// Its validity has not begun.
    NotYetValid {
        /// The layer that is not yet valid.
        layer: Layer,
        /// When it begins.
        valid_from: UnixTime,
    },
    /// A presentation that claims to live longer than 15 minutes.
    LifetimeTooLong {
        /// The lifetime that it claims, in seconds.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        lifetime_s: i64,
    },
    /// The times of the layers contradict one another.
    TimesInconsistent,
    // --- audience
    /// Made for another place.
    AudienceMismatch,
    /// This place showed a challenge, and the presentation does not answer any.
    NonceMissing,
    /// The presentation answers another challenge.
    NonceMismatch,
    // --- status
    /// The status list that the credential names is not at hand.
    StatusMissing {
        /// The list's URI.
        uri: String,
    },
    /// The status list is older than verdicts may rest on.
    StatusTooOld {
        /// When it was made.
        issued_at: UnixTime,
    },
    /// The status list does not reach to the credential's index.
    StatusIndexOutOfRange {
        /// The credential's index.
        idx: u32,
    },
    /// The issuer has revoked the credential.
    Revoked,
    /// The issuer has suspended the credential: treat as red.
    Suspended,
    /// The issuer has turned the credential yellow since it was issued.
    TurnedYellow,
    /// A status value without a meaning here.
    StatusUnknown {
        /// The value found.
        value: u8,
    },
    // --- the place's rule
    /// The code is yellow.
    ColourYellow,
    /// The code is red.
    ColourRed,
    // --- applying
    /// A field of the form is empty.
    FieldEmpty,
    /// A field of the form is too long.
    FieldTooLong,
    /// The name holds characters that no name has.
    NameMalformed,
    /// The document's number does not have the shape of its kind.
    DocumentMalformed,
    /// The check digit of the ID number does not fit (GB 11643).
    DocumentCheckDigit,
    /// The birth date within the ID number does not exist.
    DocumentBirthDate,
    /// The phone number does not have the shape of one.
    PhoneMalformed,
    /// The authority refused the application.
    ApplicationRefused,
    /// The authority's answer is not one that it can have given.
    AnswerMalformed,
    /// The credential received is bound to another key.
    CredentialForeignKey,
    // --- the device
    /// The network or the authority can't be reached; what was entered is kept.
    Offline,
    /// The authority has a fault of its own.
    ServerFault {
        /// HTTP status.
        status: u16,
    },
    /// The person or the system refused the camera.
    CameraRefused,
    /// There is no camera.
    CameraAbsent,
    /// Another program uses the camera.
    CameraInUse,
    /// No code was found in the picture.
    NothingRead,
    /// The picture can't be opened.
    PictureUnreadable,
    /// The device has no room left.
    StorageFull,
    /// The browser refuses to store (private mode, settings).
    StorageRefused,
    /// What is stored can't be read: damaged, or its key is gone.
    StorageDamaged,
    /// What is stored was written by a newer version of the program.
    StorageNewer {
        /// The version found.
        version: u32,
    },
    /// Another tab of this program is at work with the same data.
    OtherTab,
    /// The device's key is gone or can't be used.
    KeyUnusable,
    /// The browser lacks something that is needed.
    BrowserTooOld,
    /// A fault of this program.
    Internal,
}

impl Reason {
    /// The stable code in kebab case, such as `bad-signature`.
    #[must_use]
    pub fn code(&self) -> String {
        self.parts().0
    }

    /// The facts of this reason by name, for a sentence or a log.
    #[must_use]
    pub fn facts(&self) -> serde_json::Map<String, serde_json::Value> {
        self.parts().1
    }

    fn parts(&self) -> (String, serde_json::Map<String, serde_json::Value>) {
        let Ok(serde_json::Value::Object(mut map)) = serde_json::to_value(self) else {
            return ("internal".into(), serde_json::Map::new());
        };
        let code = map.remove("code").and_then(|code| code.as_str().map(str::to_owned));
        (code.unwrap_or_else(|| "internal".into()), map)
    }

    /// Which of several reasons a person should see: the highest.
    ///
    /// What makes every other answer worthless ranks first (a wrong clock, no trust data), then forgery, then what the
    /// issuer says (revoked), then time, audience, data age, and last the place's rule.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::ClockWrong { .. } | Self::Internal => 100,
            Self::BundleMissing | Self::BundleExpired { .. } | Self::BundleTooOld { .. } => 90,
            Self::BadSignature { .. } => 85,
            Self::UnknownIssuer { .. } | Self::UnknownKey => 80,
            Self::KeyUse { .. } | Self::KeyRegion { .. } => 75,
            Self::Revoked => 70,
            Self::Expired { .. } | Self::NotYetValid { .. } => 60,
            Self::LifetimeTooLong { .. } | Self::TimesInconsistent => 58,
            Self::AudienceMismatch | Self::NonceMissing | Self::NonceMismatch => 55,
            Self::StatusMissing { .. } | Self::StatusTooOld { .. } => 45,
            Self::StatusIndexOutOfRange { .. } | Self::StatusUnknown { .. } => 50,
            Self::Suspended => 30,
            Self::ColourRed => 29,
            Self::TurnedYellow => 20,
            Self::ColourYellow => 19,
            _ => 65,
        }
    }
}
