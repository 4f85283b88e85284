//! F4: what each party does with the tokens.

mod verdict;

pub use verdict::{Outcome, Verdict};
