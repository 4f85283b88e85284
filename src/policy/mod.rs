//! F3: the rules of places and colours, as data.

pub mod certlogic;
pub mod rule;

pub use rule::Rule;
