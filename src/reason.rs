//! Reason codes: why an answer is not a plain yes.
//!
//! A reason carries the facts that its sentence needs; the sentences (what happened, what to do) are in the
//! Fluent files under the same code: `reason-<code>` and `remedy-<code>`.

mod boundary;
#[macro_use]
mod declare;
mod fact;
mod rank;
#[cfg(test)]
mod tests;

pub use fact::{Fact, Layer, LooksLike};

use crate::time::UnixTime;
use fact::Facts;

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
    // --- delegation
    /// A delegation within a delegation: who acts for somebody can't pass that on.
    DelegationChain = "delegation-chain",
    /// The delegation is for another credential than the one that comes with it.
    DelegationMismatch = "delegation-mismatch",
    /// Data that the holder did not allow the guardian to show.
    DelegationScope = "delegation-scope",
    /// A delegation, or a request for one, of more than 180 days.
    DelegationTooLong = "delegation-too-long",
    /// A delegation to the holder's own key.
    DelegationToSelf = "delegation-to-self",
    /// A grant that answers another request.
    GrantMismatch = "grant-mismatch",
    /// A request for a delegation that was granted before.
    RequestAnswered = "request-answered",
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
    /// A status list or its changes are older than what is held.
    ListOlder = "list-older" {
        /// When that which is held was made.
        held_at = "heldAt": UnixTime,
        /// When the other was made.
        offered_at = "offeredAt": UnixTime,
    },
    /// The changes of a status list begin after the list that is held: the whole list is needed.
    DeltaOtherBase = "delta-other-base" {
        /// When the list that is held was made.
        held_at = "heldAt": UnixTime,
        /// Since when the changes are told.
        since_at = "sinceAt": UnixTime,
    },
    /// With its changes a status list is not what its issuer says that it is.
    DeltaMismatch = "delta-mismatch",
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
    // --- data by file or codes
    /// A part of a parcel of trust data; others are still to be read.
    ParcelParts = "parcel-parts" {
        /// Parts read.
        have = "have": u16,
        /// Parts that there are.
        of = "of": u16,
    },
    /// A part of another parcel than those before: it begins anew.
    ParcelOther = "parcel-other" {
        /// Parts that there are.
        of = "of": u16,
    },
    /// A parcel is cut or altered, or is none.
    ParcelDamaged = "parcel-damaged",
    /// A parcel is larger than any can be.
    ParcelTooLarge = "parcel-too-large",
    /// A parcel was taken in.
    ParcelTaken = "parcel-taken" {
        /// Items that were taken.
        taken = "taken": u16,
        /// Items that it had.
        of = "of": u16,
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
    /// The form lacks the declaration of health: the program that made it is too old.
    DeclarationMissing = "declaration-missing",
    /// The person did not state that what was entered is true.
    TruthNotStated = "truth-not-stated",
    /// The person did not agree to the text in force.
    ConsentMissing = "consent-missing" {
        /// Version of the text in force.
        version = "version": u32,
    },
    /// No living person has this body temperature.
    MeasurementImplausible = "measurement-implausible",
    // --- asking the authority later
    /// What was declared was changed today already.
    DeclaredToday = "declared-today" {
        /// When it can be changed again.
        again_at = "againAt": UnixTime,
    },
    /// The authority knows no credential of the asking key.
    CredentialUnknown = "credential-unknown",
    /// A new key is named twice, or has a credential already.
    KeyDoubled = "key-doubled",
    /// A new key did not prove that it is there, for this renewal.
    KeyNotProven = "key-not-proven",
    /// More keys than a renewal may name.
    TooManyKeys = "too-many-keys" {
        /// The most that it may name.
        most = "most": u32,
    },
    /// More credentials than a person gets in a day.
    TooManyCredentials = "too-many-credentials",
    /// More undecided appeals than a person may have.
    TooManyAppeals = "too-many-appeals",
    /// There is no appeal of this person with this number.
    AppealUnknown = "appeal-unknown",
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
