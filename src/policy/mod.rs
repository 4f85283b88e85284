//! F3: the rules of places and colours, as data.
//!
//! [`certlogic`] is the language, [`rule`] the envelope of one rule, [`set`] a set of rules in which the strictest decides.
//! [`admission`] decides whether a person may enter a place, [`colour`] which colour a person's code has. The sets that come with
//! the program are the JSON files in `rules/`.

pub mod admission;
pub mod book;
pub mod certlogic;
pub mod colour;
pub mod place;
pub mod rule;
pub mod set;

pub use admission::{Admission, Decision, Person, PlaceRules, RuleDecision};
pub use book::Rulebook;
pub use place::{DeciCelsius, Place, PlaceKind};
pub use rule::Rule;
