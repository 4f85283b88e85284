//! F2: the tokens, and their text in a QR code.
//!
//! Every token is a COSE_Sign1; its text is `TM1:` and base45. The type within (`typ`, header 16) tells the tokens apart, and
//! each reading function demands its own. A gate's live challenge, the grant around a delegation and a parcel of signed tokens are signed
//! by nobody; each has a tag of its own.

mod answer;
mod appeal;
mod application;
pub mod challenge;
mod claims;
mod colour;
mod declaration;
mod delegation;
mod delegation_request;
mod format;
mod group;
pub mod identity;
#[cfg(feature = "everyday")]
mod on_behalf;
mod paper;
pub mod parcel;
mod presentation;
mod renewal;
mod request;
mod sd_cwt;
pub mod status;
mod text;
pub mod trust;
mod venue;

pub use answer::{AppealAnswer, AppealState, Renewed, Standing};
pub use appeal::{Appeal, AppealInquiry, MAX_TEXT, Wish};
pub use application::{Application, CONSENT_VERSION, Particulars, Ward};
pub use challenge::Challenge;
pub use claims::{ClaimName, ColourReason, CredentialClaims, MONITORING, StatusReference};
pub use colour::{Colour, DocumentKind};
pub use declaration::{Contact, Declaration, FEVER, Report, ReportKind, Symptom, Symptoms, tenths_of_degrees};
pub use delegation::{Delegation, Relation, Terms};
pub use delegation_request::{DelegationRequest, Grant};
pub use format::Format;
pub use group::GroupMark;
#[cfg(feature = "everyday")]
pub use on_behalf::{OnBehalf, Told};
pub use paper::{Paper, Serial};
pub use presentation::{Binding, Presentation};
pub use renewal::{MAX_KEYS, Possession, Renewal};
pub use request::{Body, Head, Request};
pub use sd_cwt::{SdCwt, issue};
pub use text::{PREFIX, from_text, to_text};
pub use venue::Venue;
