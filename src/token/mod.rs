//! F2: the tokens, and their text in a QR code.
//!
//! Every token is a COSE_Sign1; its text is `TM1:` and base45. The type within (`typ`, header 16) tells the tokens apart, and
//! each reading function demands its own. A gate's live challenge is signed by nobody, nor is a parcel of
//! signed tokens; each has a tag of its own.

mod application;
pub mod challenge;
mod claims;
mod colour;
mod format;
pub mod identity;
pub mod parcel;
mod presentation;
mod sd_cwt;
pub mod status;
mod text;
pub mod trust;

pub use application::Application;
pub use challenge::Challenge;
pub use claims::{ClaimName, CredentialClaims, StatusReference};
pub use colour::{Colour, DocumentKind};
pub use format::Format;
pub use presentation::{Binding, Presentation};
pub use sd_cwt::{SdCwt, issue};
pub use text::{PREFIX, from_text, to_text};
