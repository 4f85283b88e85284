//! Tongma (通码): a pass wallet and an offline verifier.
//!
//! The crate knows no clock, randomness, storage, network or language: the time and 32 random bytes are arguments, and what is to be said is a
//! code. Signatures are checked by whoever can: what is parsed names its checks ([`signature`]).
//!
//! From issuing to the verdict (features `wallet`, `verifier` and `p256`, or the default ones):
//!
#![cfg_attr(all(feature = "wallet", feature = "verifier", feature = "p256"), doc = "```")]
#![cfg_attr(not(all(feature = "wallet", feature = "verifier", feature = "p256")), doc = "```ignore")]
//! use tongma::{
//!     cbor::Value,
//!     entropy::Entropy,
//!     keys::SecretKey,
//!     roles::{
//!         Outcome,
//!         holder::{HeldCredential, Showing},
//!         issuer,
//!         verifier::{Expectation, TrustStore, verify},
//!     },
//!     table::Table,
//!     time::UnixTime,
//!     token::{
//!         ClaimName, Colour, CredentialClaims, to_text,
//!         trust::{ForeignKeys, Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, TrustBundle},
//!     },
//! };
//!
//! # fn main() -> Result<(), tongma::reason::Reason> {
//! // In earnest the seed comes from the platform's secure source, another one for each use.
//! let mut entropy = Entropy::new([7; 32]);
//! let [root, authority, phone] = [(); 3].map(|()| SecretKey::generate(&mut entropy));
//! let now = UnixTime(1_790_000_000);
//!
//! // The root key signs whom verifiers trust.
//! let key = IssuerKey { key: authority.public(), uses: KeyUses::of(&[KeyUse::Credential]), regions: vec![360_000] };
//! let bundle = TrustBundle {
//!     seq: 1,
//!     issued_at: now,
//!     expires_at: now.plus(14 * 86_400),
//!     issuers: Table::from([("tm:36".to_owned(), Issuer { name: Table::from([("en".to_owned(), "Jiangxi".to_owned())]), keys: vec![key] })]),
//!     lists: Table::default(),
//!     lifetimes: Lifetimes::default(),
//!     foreign: ForeignKeys::default(),
//!     rules: Vec::new(),
//!     people: None,
//! };
//! let published = bundle.sign(&root);
//!
//! // Issue: the credential is bound to the phone's key, and the name can be kept back.
//! let claims = CredentialClaims {
//!     issuer: "tm:36".to_owned(),
//!     issued_at: now,
//!     expires_at: now.plus(7 * 86_400),
//!     holder: phone.public(),
//!     colour: Colour::Green,
//!     region: 360_000,
//!     reason: None,
//!     kind: 0,
//!     relation: None,
//!     status: None,
//!     claims: Table::from([(ClaimName::Name, Value::Text("甲**".to_owned()))]),
//! };
//! let credential = to_text(&issuer::issue(&authority, &claims, &[ClaimName::Name], &mut entropy));
//!
//! // Present: for 15 minutes, with the name.
//! let held = HeldCredential::read(&credential)?;
//! let showing = Showing { disclose: vec![ClaimName::Name], ..Showing::default() };
//! let (unsigned, _) = held.present(&showing, now)?;
//! let signature = phone.sign(&unsigned.message());
//! let code = to_text(&unsigned.finish(&signature));
//!
//! // Verify: with nothing but what the gate holds.
//! let mut store = TrustStore::default();
//! store.accept_bundle(TrustBundle::open(&published, &root.public())?)?;
//! let verdict = verify(&store, &Expectation::default(), &code, now.plus(60));
//! assert_eq!(verdict.outcome, Outcome::Pass);
//! assert_eq!(verdict.disclosed["name"], "甲**");
//!
//! let verdict = verify(&store, &Expectation::default(), &code, now.plus(15 * 60));
//! assert_eq!(verdict.reason.as_deref(), Some("expired"));
//! # Ok(())
//! # }
//! ```

#[cfg(any(feature = "wallet", feature = "verifier"))]
pub mod app;
#[cfg(feature = "everyday")]
pub mod backup;
pub mod base45;
pub mod cbor;
pub mod cose;
pub mod der;
pub mod entropy;
#[cfg(feature = "verifier")]
pub mod formats;
pub mod json;
pub mod keys;
pub mod labels;
// The light wallet decides nothing about places.
#[cfg(any(feature = "everyday", feature = "verifier"))]
pub mod policy;
pub mod qr;
pub mod reason;
pub mod roles;
#[cfg(feature = "sealing")]
pub mod sealing;
pub mod sentences;
pub mod signature;
pub mod table;
pub mod text;
pub mod time;
pub mod token;
// The pages have a boundary of their own in `web`.
#[cfg(all(feature = "wasm", not(feature = "web")))]
pub mod wasm;
#[cfg(feature = "web")]
pub mod web;
