//! F5: the wallet and the verifier as pure state machines.
//!
//! `update(event, now, entropy)` changes the state and returns the whole view and the effects that the shell has to carry
//! out. A shell (browser, mini-program, test) sends what happened back as a [`ShellEvent`]. The machines know no clock,
//! randomness, storage, network or language: texts are codes with arguments.
//!
//! ```
//! use tongma::{
//!     app::{Deployment, ShellEvent, wallet::{Wallet, WalletEvent, WalletScreen}},
//!     entropy::Entropy,
//!     time::UnixTime,
//! };
//!
//! let mut wallet = Wallet::default();
//! let deployment = Deployment { authority: "tm:36".into(), ..Deployment::default() };
//! let opened = ShellEvent::Opened { stored: None, problem: None, languages: vec!["en".into()], deployment };
//! // A seed of the platform's secure source, another one for each event.
//! let update = wallet.update(WalletEvent::Shell { event: opened }, UnixTime(1_790_000_000), &mut Entropy::new([7; 32]));
//! assert!(matches!(update.view.screen, WalletScreen::Apply(_)));
//! for effect in update.effects {
//!     // Carry it out, and send what came of it as the next event: here there is a wallet of nobody.
//!     drop(effect);
//! }
//! ```

#[cfg(feature = "draw")]
mod drawing;
mod effect;
#[cfg(any(feature = "everyday", feature = "verifier"))]
mod file;
mod language;
mod notices;
mod saved;
mod tickets;
#[cfg(feature = "verifier")]
pub mod verifier;
#[cfg(feature = "wallet")]
pub mod wallet;
#[cfg(any(feature = "web", test))]
mod writes;

#[cfg(feature = "draw")]
pub use drawing::QrView;
#[cfg(feature = "everyday")]
pub use effect::Asked;
pub use effect::{Deployment, Effect, Problem, Resource, ShellEvent, Ticket};
#[cfg(any(feature = "everyday", feature = "verifier"))]
pub use file::FileView;
pub use language::Language;
#[cfg(feature = "web")]
pub(crate) use writes::{Write, Writes};

use crate::reason::Reason;
use notices::Notices;
use serde::{Deserialize, Serialize};
use tickets::Tickets;

/// What one event leads to: what to show, and what to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Update<V> {
    /// The whole view after the event.
    pub view: V,
    /// What the shell has to carry out, in this order.
    pub effects: Vec<Effect>,
}

/// Why fetched data are not used. Who signed them, and when, is told; however else they are broken, the fault is the answer's:
/// the sentences about codes would send a person to scan something again.
fn of_answer(reason: Reason) -> Reason {
    match reason {
        Reason::BundleMissing | Reason::BundleWrongRoot | Reason::BundleRolledBack { .. } => reason,
        _ => Reason::AnswerMalformed,
    }
}
