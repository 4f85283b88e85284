//! F2: the tokens.

mod colour;

pub use colour::{Colour, DocumentKind};
