//! Reason codes: why an answer is not a plain yes.
//!
//! A reason carries the facts that its sentence needs; the sentences (what happened, what to do) are in the
//! Fluent files under the same code: `reason-<code>` and `remedy-<code>`.

mod fact;
mod rank;
#[cfg(test)]
mod tests;

pub use fact::{Fact, Layer, LooksLike};

use crate::time::UnixTime;
use fact::Facts;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeMap};

/// Declares the reasons once: variant, code, and facts with their names at the boundary. What serde would derive for so many
/// variants is a quarter of the whole WASM module; this is a table.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $({ $($(#[$field_doc:meta])* $field:ident = $name:literal: $type:ty,)* })?,)*) => {
        /// Why a verdict is not *pass*, or why an action did not succeed.
        ///
        /// Codes are stable: [`Reason::code`] is what logs, JSON and Fluent identifiers use. At the boundary a reason is
        /// `{"code": …}` with its facts beside the code.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[cfg_attr(feature = "ts", ts(tag = "code"))]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* #[cfg_attr(feature = "ts", ts(rename = $code))] $variant $({
                $($(#[$field_doc])* #[cfg_attr(feature = "ts", ts(rename = $name))] $field: $type,)*
            })?,)*
        }

        impl Reason {
            /// All codes.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code in kebab case, such as `bad-signature`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }

            /// The facts of this reason by name.
            fn facts_by_name(&self) -> Vec<(&'static str, Fact)> {
                match self { $(Self::$variant $({ $($field),* })? => vec![$($(($name, Fact::from($field.clone()))),*)?],)* }
            }

            /// A reason from its code and facts; none when the code is unknown or a fact is missing.
            fn from_parts(code: &str, facts: &Facts) -> Option<Self> {
                // Reasons without facts don't look at them.
                let _ = facts;
                Some(match code {
                    $($code => Self::$variant $({ $($field: facts.get($name)?.clone().try_into().ok()?),* })?,)*
                    _ => return None,
                })
            }
        }
    };
}

reasons! {
    // --- the text
    /// The text is no pass of any known kind.
    NotAPass = "not-a-pass" {
        /// What it looks like.
        looks_like = "looksLike": LooksLike,
    },
    /// A code of a later version of this format (`TM2:` …).
    PrefixVersion = "prefix-version" {
        /// The version digit found.
        version = "version": u8,
    },
    /// The text was changed to lower case on its way.
    TextLowerCase = "text-lower-case",
    /// A hand scanner types with another keyboard layout than the system's, and not every character can be told.
    ScannerLayout = "scanner-layout",
    /// Longer than any code can be.
    TextTooLong = "text-too-long",
    /// Not base45 (RFC 9285): cut, padded or altered.
    TextMalformed = "text-malformed",
    // --- CBOR
    /// The token ends early.
    CborTruncated = "cbor-truncated",
    /// Bytes follow the token.
    CborTrailingBytes = "cbor-trailing-bytes",
    /// An indefinite length (RFC 8949 §3.2) where only definite ones are allowed.
    CborIndefinite = "cbor-indefinite",
    /// A number or length not in its shortest form (RFC 8949 §4.1).
    CborNotMinimal = "cbor-not-minimal",
    /// A map names a key twice.
    CborDuplicateKey = "cbor-duplicate-key",
    /// Nested deeper than allowed.
    CborTooDeep = "cbor-too-deep",
    /// Larger than allowed.
    CborTooLarge = "cbor-too-large",
    /// Not well-formed CBOR otherwise.
    CborMalformed = "cbor-malformed",
    // --- what is compressed, and what comes in parts
    /// The content unpacks to more than any pass holds.
    ZipBomb = "zip-bomb",
    /// One part of a pass in several codes; the others are still to be read.
    MoreParts = "more-parts" {
        /// Parts read.
        have = "have": u8,
        /// Parts that there are.
        of = "of": u8,
    },
    /// Parts of two different passes.
    PartsMixed = "parts-mixed",
    // --- the token
    /// A token of another type than asked for at this place.
    WrongType = "wrong-type" {
        /// The layer at which it was found.
        layer = "layer": Layer,
    },
    /// A genuine-looking credential where a presentation is needed: it lacks the holder's consent.
    CredentialNotPresentation = "credential-not-presentation",
    /// A field is missing, of the wrong shape, or unknown where nothing unknown is allowed.
    TokenMalformed = "token-malformed" {
        /// The layer at which it was found.
        layer = "layer": Layer,
    },
    /// A signature algorithm that is not accepted here.
    AlgorithmNotAllowed = "algorithm-not-allowed" {
        /// The layer at which it was found.
        layer = "layer": Layer,
    },
    /// A signature of a kind that this build can't check.
    AlgorithmMissing = "algorithm-missing",
    // --- trust
    /// No trust bundle is at hand yet.
    BundleMissing = "bundle-missing",
    /// The bundle is not signed by the pinned root key.
    BundleWrongRoot = "bundle-wrong-root",
    /// The bundle is older than the one already held.
    BundleRolledBack = "bundle-rolled-back" {
        /// Sequence number held.
        held = "held": u32,
        /// Sequence number offered.
        offered = "offered": u32,
    },
    /// The bundle's own validity is over.
    BundleExpired = "bundle-expired" {
        /// When it ended.
        expired_at = "expiredAt": UnixTime,
    },
    /// The bundle is older than verdicts may rest on.
    BundleTooOld = "bundle-too-old" {
        /// When it was made.
        issued_at = "issuedAt": UnixTime,
    },
    /// The issuer is not in the trust list.
    UnknownIssuer = "unknown-issuer" {
        /// The issuer's identifier as the token states it; unverified, so not for display as a fact.
        issuer = "issuer": String,
    },
    /// The issuer is known, but none of its keys fits.
    UnknownKey = "unknown-key",
    /// The issuer's key may not be used for this.
    KeyUse = "key-use" {
        /// The layer that it signed.
        layer = "layer": Layer,
    },
    /// The issuer's key may not be used for this region.
    KeyRegion = "key-region" {
        /// Region code (GB/T 2260) of the credential.
        region = "region": u32,
    },
    /// The validity of the key that is said to have signed it has not begun or is over.
    KeyNotValid = "key-not-valid",
    /// A signature does not verify: forged or damaged.
    BadSignature = "bad-signature" {
        /// The layer that it should have signed.
        layer = "layer": Layer,
    },
    // --- disclosures
    /// A disclosure that the credential does not know.
    DisclosureUnmatched = "disclosure-unmatched",
    /// A disclosure given twice, or a claim named twice.
    DisclosureDoubled = "disclosure-doubled",
    /// A disclosure of the wrong shape.
    DisclosureMalformed = "disclosure-malformed",
    // --- time
    /// The clock of this device is earlier than data that it already holds, or, when applying, ahead of the authority's.
    ClockWrong = "clock-wrong" {
        /// The clock's time.
        now = "now": UnixTime,
        /// The time that it can't be before; when applying, the authority's time.
        not_before = "notBefore": UnixTime,
    },
    /// Its validity is over.
    Expired = "expired" {
        /// The layer that expired.
        layer = "layer": Layer,
        /// When it ended.
        expired_at = "expiredAt": UnixTime,
    },
    /// Its validity has not begun.
    NotYetValid = "not-yet-valid" {
        /// The layer that is not yet valid.
        layer = "layer": Layer,
        /// When it begins.
        valid_from = "validFrom": UnixTime,
    },
    /// A presentation that claims to live longer than 15 minutes.
    LifetimeTooLong = "lifetime-too-long" {
        /// The lifetime that it claims, in seconds.
        lifetime_s = "lifetimeS": i64,
    },
    /// The times of the layers contradict one another.
    TimesInconsistent = "times-inconsistent",
    // --- audience
    /// Made for another place.
    AudienceMismatch = "audience-mismatch",
    /// This place showed a challenge, and the presentation does not answer any.
    NonceMissing = "nonce-missing",
    /// Not the code that a gate shows for wallets.
    NotAChallenge = "not-a-challenge",
    /// The presentation answers another challenge.
    NonceMismatch = "nonce-mismatch",
    // --- status
    /// The status list that the credential names is not at hand.
    StatusMissing = "status-missing" {
        /// The list's URI.
        uri = "uri": String,
    },
    /// The status list is older than verdicts may rest on.
    StatusTooOld = "status-too-old" {
        /// When it was made.
        issued_at = "issuedAt": UnixTime,
    },
    /// The status list does not reach to the credential's index.
    StatusIndexOutOfRange = "status-index-out-of-range" {
        /// The credential's index.
        idx = "idx": u32,
    },
    /// The issuer has revoked the credential.
    Revoked = "revoked",
    /// The issuer has suspended the credential: treat as red.
    Suspended = "suspended",
    /// The issuer has turned the credential yellow since it was issued.
    TurnedYellow = "turned-yellow",
    /// A status value without a meaning here.
    StatusUnknown = "status-unknown" {
        /// The value found.
        value = "value": u8,
    },
    // --- the place's rule
    /// The code is yellow.
    ColourYellow = "colour-yellow",
    /// The code is red.
    ColourRed = "colour-red",
    /// A fever at a medical institution: the way leads to its fever clinic.
    FeverClinic = "fever-clinic",
    /// The person may enter with a mask only.
    MaskRequired = "mask-required",
    /// With this code nobody may enter a place of this kind.
    PlaceForbidden = "place-forbidden",
    /// With this code people may enter a place of this kind for certain purposes only.
    PlaceRestricted = "place-restricted",
    /// No code was shown where one is asked for: another proof is needed.
    ProofMissing = "proof-missing",
    /// The body temperature is 37.3 °C or more.
    TemperatureHigh = "temperature-high",
    /// The place asks for a negative test, and the code shows none that is recent enough.
    TestMissing = "test-missing",
    /// At a strict gate: this very code was checked here before.
    SeenBefore = "seen-before",
    /// At a strict gate: the data that verdicts rest on are soon too old.
    DataAgeing = "data-ageing",
    /// A genuine pass of another system: nothing binds it to a phone, so the document tells whose it is.
    ForeignNotBound = "foreign-not-bound",
    /// A genuine pass of another system that names nobody.
    NobodyNamed = "nobody-named",
    // --- the rules themselves
    /// A rule came to no answer.
    RuleFailed = "rule-failed" {
        /// The rule's identifier.
        rule = "rule": String,
    },
    /// A rule or set of rules can't be read.
    RuleMalformed = "rule-malformed" {
        /// The identifier, as far as it could be read.
        rule = "rule": String,
        /// What is wrong: a field's name, or a fault of the logic.
        fault = "fault": String,
    },
    /// A rule is not in force any more.
    RuleExpired = "rule-expired" {
        /// The rule's identifier.
        rule = "rule": String,
        /// When it ended.
        expired_at = "expiredAt": UnixTime,
    },
    /// A rule is not in force yet.
    RuleNotYetValid = "rule-not-yet-valid" {
        /// The rule's identifier.
        rule = "rule": String,
        /// When it begins.
        valid_from = "validFrom": UnixTime,
    },
    /// There is no set of rules of this name.
    RulesUnknown = "rules-unknown" {
        /// The name asked for.
        name = "name": String,
    },
    // --- applying
    /// A field of the form is empty.
    FieldEmpty = "field-empty",
    /// A field of the form is too long.
    FieldTooLong = "field-too-long",
    /// The name holds characters that no name has.
    NameMalformed = "name-malformed",
    /// The document's number does not have the shape of its kind.
    DocumentMalformed = "document-malformed",
    /// The check digit of the ID number does not fit (GB 11643).
    DocumentCheckDigit = "document-check-digit",
    /// The birth date within the ID number does not exist.
    DocumentBirthDate = "document-birth-date",
    /// The phone number does not have the shape of one.
    PhoneMalformed = "phone-malformed",
    /// The authority refused the application.
    ApplicationRefused = "application-refused",
    /// The authority's answer is not one that it can have given.
    AnswerMalformed = "answer-malformed",
    /// The credential received is bound to another key.
    CredentialForeignKey = "credential-foreign-key",
    // --- the device
    /// The network or the authority can't be reached; what was entered is kept.
    Offline = "offline",
    /// The authority has a fault of its own.
    ServerFault = "server-fault" {
        /// HTTP status.
        status = "status": u16,
    },
    /// The person or the system refused the camera.
    CameraRefused = "camera-refused",
    /// There is no camera.
    CameraAbsent = "camera-absent",
    /// Another program uses the camera.
    CameraInUse = "camera-in-use",
    /// No code was found in the picture.
    NothingRead = "nothing-read",
    /// The picture can't be opened.
    PictureUnreadable = "picture-unreadable",
    /// The device has no room left.
    StorageFull = "storage-full",
    /// The browser refuses to store (private mode, settings).
    StorageRefused = "storage-refused",
    /// What is stored can't be read: damaged, or its key is gone.
    StorageDamaged = "storage-damaged",
    /// What is stored was written by a newer version of the program.
    StorageNewer = "storage-newer" {
        /// The version found.
        version = "version": u32,
    },
    /// Another tab of this program is at work with the same data.
    OtherTab = "other-tab",
    /// The page is open in another tab, and only one may be at work.
    AlreadyOpen = "already-open",
    /// The device's key is gone or can't be used.
    KeyUnusable = "key-unusable",
    /// The browser lacks something that is needed.
    BrowserTooOld = "browser-too-old",
    /// A fault of this program.
    Internal = "internal",
}

impl Reason {
    /// The facts of this reason as JSON, for a sentence or a log.
    #[must_use]
    pub fn facts(&self) -> serde_json::Map<String, serde_json::Value> {
        self.facts_by_name().into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect()
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.facts_by_name();
        let mut map = serializer.serialize_map(Some(facts.len() + 1))?;
        map.serialize_entry("code", self.code())?;
        for (name, fact) in facts {
            map.serialize_entry(name, &fact)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let facts = Facts::deserialize(deserializer)?;
        let reason = match facts.get("code") {
            Some(Fact::Text(code)) => Self::from_parts(code, &facts),
            _ => None,
        };
        reason.ok_or_else(|| D::Error::custom("not a reason"))
    }
}
