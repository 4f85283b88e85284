//! The verifier machine.
mod view;
pub use view::*;
