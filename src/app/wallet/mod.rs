//! The wallet machine.
mod view;
pub use view::*;
