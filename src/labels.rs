//! Labels that drafts and this program assign, in one place: a draft that moves is followed here.

/// SD-CWT, pinned to draft-ietf-spice-sd-cwt-08.
pub mod sd_cwt {
    /// `typ` of an issuer's SD-CWT.
    pub const TYP: i64 = 293;
    /// `typ` of a holder's key binding token.
    pub const KBT_TYP: i64 = 294;
    /// Unprotected header: the disclosures.
    pub const SD_CLAIMS: i64 = 17;
    /// Protected header: the hash of disclosures; SHA-256 when absent.
    pub const SD_ALG: i64 = 170;
    /// COSE's number for SHA-256.
    pub const SHA_256: i64 = -16;
    /// Protected header of a key binding token: the SD-CWT that it presents (`kcwt`).
    pub const KCWT: i64 = 13;
    /// Simple value that, as a map's key, holds the hashes of redacted claims.
    pub const REDACTED_KEYS: u8 = 59;
    /// Tag of a redacted array element.
    pub const REDACTED_ELEMENT: u64 = 60;
}

/// CWT claims (RFC 8392 §3, RFC 8747 §3, RFC 9711, Token Status List).
pub mod claim {
    /// Issuer.
    pub const ISS: i64 = 1;
    /// Subject; in a status list, the list's URI.
    pub const SUB: i64 = 2;
    /// Audience.
    pub const AUD: i64 = 3;
    /// End of validity.
    pub const EXP: i64 = 4;
    /// Time of issue.
    pub const IAT: i64 = 6;
    /// Identifier of the token.
    pub const CTI: i64 = 7;
    /// Confirmation: the holder's key.
    pub const CNF: i64 = 8;
    /// The COSE_Key within [`CNF`].
    pub const CNF_COSE_KEY: i64 = 1;
    /// Challenge of the verifier, in a key binding token.
    pub const CNONCE: i64 = 39;
    /// Reference to a status list (draft-ietf-oauth-status-list-21).
    pub const STATUS: i64 = 65535;
    /// A status list's entries.
    pub const STATUS_LIST: i64 = 65533;
    /// After how many seconds a status list should be fetched anew.
    pub const TTL: i64 = 65534;
    /// What changed in a status list.
    pub const STATUS_DELTA: i64 = -65545;
    /// This program's form of an application.
    pub const APPLICATION: i64 = -65538;
    /// This program's body of a request to the authority.
    pub const REQUEST: i64 = -65546;
    /// This program's place of a challenge or of a venue code.
    pub const PLACE: i64 = -65540;
    /// This program's terms of a delegation, or of a request for one.
    pub const DELEGATION: i64 = -65541;
    /// This program's mark of a group in a presentation.
    pub const GROUP: i64 = -65550;
    /// The venue code within a challenge.
    pub const VENUE: i64 = -65542;
    /// This program's health claims.
    pub const HEALTH: i64 = -65537;
}

/// Keys within [`claim::HEALTH`].
pub mod health {
    /// Colour: 1 green, 2 yellow, 3 red.
    pub const COLOUR: i64 = 1;
    /// Region, GB/T 2260 as a number.
    pub const REGION: i64 = 2;
    /// Code of the reason for the colour.
    pub const REASON: i64 = 3;
    /// Kind of credential.
    pub const KIND: i64 = 4;
    /// Relation of a guardian who holds the credential for somebody.
    pub const RELATION: i64 = 5;
    /// Identifier of the rule that gave the colour.
    pub const RULE: i64 = 6;
    /// Since when the colour holds.
    pub const SINCE: i64 = 7;
    /// Kind of the identity document, by number; of a paper code.
    pub const DOCUMENT_KIND: i64 = 8;
    /// Masked name; this and all above can be redacted.
    pub const NAME: i64 = 10;
    /// Masked number of the identity document.
    pub const DOCUMENT: i64 = 11;
    /// Result and time of a nucleic-acid test.
    pub const TEST: i64 = 12;
    /// Vaccination doses.
    pub const VACCINATION: i64 = 13;
}

/// Keys within [`claim::APPLICATION`].
pub mod form {
    /// Full name.
    pub const NAME: i64 = 1;
    /// Kind of the identity document, by number.
    pub const DOCUMENT_KIND: i64 = 2;
    /// Its number.
    pub const DOCUMENT_NUMBER: i64 = 3;
    /// Mobile phone.
    pub const PHONE: i64 = 4;
    /// Current address.
    pub const ADDRESS: i64 = 5;
    /// What is declared.
    pub const DECLARATION: i64 = 6;
    /// Statement of truth.
    pub const TRUTH: i64 = 7;
    /// Version of the text agreed to.
    pub const CONSENT: i64 = 8;
    /// What the guardian who applies is to the person, by number.
    pub const RELATION: i64 = 9;
    /// The guardian's consent.
    pub const GUARDIAN: i64 = 10;
    /// The region whose code is wanted, GB/T 2260.
    pub const REGION: i64 = 11;
    /// All of them.
    pub const ALL: [i64; 11] =
        [NAME, DOCUMENT_KIND, DOCUMENT_NUMBER, PHONE, ADDRESS, DECLARATION, TRUTH, CONSENT, RELATION, GUARDIAN, REGION];
}

/// Keys within a declaration.
pub mod declaration {
    /// Was in a listed region.
    pub const BEEN: i64 = 1;
    /// Contact with cases.
    pub const CONTACT: i64 = 2;
    /// Symptoms, as bits.
    pub const SYMPTOMS: i64 = 3;
    /// Body temperature in tenths of °C.
    pub const TEMPERATURE: i64 = 4;
}

/// Keys within [`claim::PLACE`].
pub mod place {
    /// Code of its kind.
    pub const KIND: i64 = 1;
    /// Region, GB/T 2260 as a number.
    pub const REGION: i64 = 2;
    /// Its name.
    pub const NAME: i64 = 3;
}

/// CBOR tag of a live challenge, from the range that nobody else assigns ("TMC"). What is signed has COSE's tag 18, so neither can be
/// taken for the other.
pub const CHALLENGE_TAG: u64 = 0x54_4d43;

/// CBOR tag of a list of what was shown on somebody's behalf ("TMS").
pub const TOLD_TAG: u64 = 0x54_4d53;

/// CBOR tag of a grant ("TMD"): a delegation, and which request it answers.
pub const GRANT_TAG: u64 = 0x54_4d44;

/// `typ` of a delegation. A number of the range for experiments (CoAP content formats, RFC 7252 §12.3): a media type would take thirty
/// bytes of every code that a guardian shows. So it is with the three below.
pub const DELEGATION_TYP: i64 = 65_101;
/// `typ` of a venue code.
pub const VENUE_TYP: i64 = 65_102;
/// `typ` of a request for a delegation.
pub const DELEGATION_REQUEST_TYP: i64 = 65_103;
/// `typ` of a paper code.
pub const PAPER_TYP: i64 = 65_104;

/// CBOR tag of a parcel of trust data, from the same range ("TMP"); nobody signs the whole.
pub const PARCEL_TAG: u64 = 0x54_4d50;
/// CBOR tag of a part of a parcel in a QR code.
pub const PARCEL_PART_TAG: u64 = PARCEL_TAG + 1;

/// `typ` of an application.
pub const APPLICATION_TYP: &str = "application/tongma-application+cwt";
/// `typ` of an appeal.
pub const APPEAL_TYP: &str = "application/tongma-appeal+cwt";
/// `typ` of the question what became of an appeal.
pub const APPEAL_INQUIRY_TYP: &str = "application/tongma-appeal-inquiry+cwt";
/// `typ` of a renewal.
pub const RENEWAL_TYP: &str = "application/tongma-renewal+cwt";
/// `typ` of a new key's proof within a renewal.
pub const POSSESSION_TYP: &str = "application/tongma-possession+cwt";
/// `typ` of a declaration or check-in.
pub const REPORT_TYP: &str = "application/tongma-report+cwt";
/// `typ` of a trust bundle.
pub const BUNDLE_TYP: &str = "application/tongma-bundle+cwt";
/// `typ` of what changed in a status list.
pub const STATUS_DELTA_TYP: &str = "application/tongma-status-delta+cwt";
/// `typ` of a status list (draft-ietf-oauth-status-list-21 §5.2).
pub const STATUS_LIST_TYP: &str = "application/statuslist+cwt";

/// Protected header of a bundle: the root key that signed it, for who has no other way to know it. Never a ground for trust.
pub const STATED_ROOT: i64 = -65539;

/// The audience of every gate that did not show a challenge of its own.
pub const ANY_AUDIENCE: &str = "tm:any";

/// What the audience of a gate that shows challenges begins with; the gate's own random identifier follows.
pub const GATE_AUDIENCE: &str = "tm:gate/";
