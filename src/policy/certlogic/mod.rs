//! CertLogic: the language of the EU's business rules (specification 1.3.2, `eu-dcc-business-rules`).
//!
//! An expression is read once into a small tree ([`Expression::parse`]) and evaluated as often as needed over a JSON value, the
//! data context. It creates no text and copies no data: values are borrowed from the expression and the context, so the memory
//! of an evaluation is bounded by its steps.
//!
//! Where the published implementations differ, this one does what the specification says, and else what the one in JavaScript
//! does: `and` stops at the first falsy operand, time is counted in UTC, a day that a month doesn't have runs over into the
//! next month (29 February and a year is 1 March). Equality is that of texts, numbers, booleans and null; of anything else, on
//! which they differ, it is an error.

mod date;
mod evaluate;
mod parse;
#[cfg(test)]
mod tests;
mod value;

pub use date::{DateTime, TimeUnit};
pub use value::Value;

use evaluate::Evaluation;
use std::fmt;

/// The deepest nesting of an expression, and of the lists that it makes.
pub const MAX_DEPTH: u8 = 64;
/// The most parts that an expression has.
pub const MAX_NODES: u32 = 10_000;
/// The most steps of one evaluation.
pub const MAX_STEPS: u32 = 100_000;

/// An expression that was read and is well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression(parse::Node);

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// `UnknownOperator`, `Malformed`, `Literal`, `TooDeep`, `TooLarge`.
    pub fn parse(json: &serde_json::Value) -> Result<Self, LogicError> {
        parse::Parser::default().node(json, 0).map(Self)
    }

    /// The value of the expression over a data context.
    ///
    /// # Errors
    /// `WrongType`, `Undecided`, `BadTime`, `OutOfRange`, `TooDeep`, `TooManySteps`.
    pub fn evaluate<'a>(&'a self, context: &'a serde_json::Value) -> Result<Value<'a>, LogicError> {
        Evaluation::default().value(&self.0, &Value::of(context))
    }

    /// Whether a rule with this logic holds: true is yes, anything falsy is no.
    ///
    /// # Errors
    /// As [`Expression::evaluate`], and `NotBoolean` for a truthy value that isn't `true`.
    pub fn holds(&self, context: &serde_json::Value) -> Result<bool, LogicError> {
        match self.evaluate(context)? {
            Value::Bool(holds) => Ok(holds),
            other if other.truth() == Some(false) => Ok(false),
            _ => Err(LogicError::NotBoolean),
        }
    }
}

/// Why an expression can't be read, or why it has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogicError {
    /// A text that is no date or date-time of the allowed formats.
    BadTime,
    /// A literal that isn't allowed: null, a fraction, an object of another size than one.
    Literal,
    /// An operation with a wrong number of operands, or a wrong literal among them.
    Malformed {
        /// The operator.
        operator: &'static str,
    },
    /// A rule's logic came to a truthy value other than `true`.
    NotBoolean,
    /// A number or time leaves its range.
    OutOfRange,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More parts than [`MAX_NODES`].
    TooLarge,
    /// More steps than [`MAX_STEPS`].
    TooManySteps,
    /// A condition came to a time, which is neither truthy nor falsy.
    Undecided,
    /// No operator of CertLogic.
    UnknownOperator(String),
    /// An operand of a type that the operator doesn't take.
    WrongType {
        /// The operator.
        operator: &'static str,
    },
}

impl fmt::Display for LogicError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadTime => formatter.write_str("no date or date-time of an allowed format"),
            Self::Literal => formatter.write_str("a literal that is not allowed"),
            Self::Malformed { operator } => write!(formatter, "wrong operands of {operator}"),
            Self::NotBoolean => formatter.write_str("neither true nor falsy"),
            Self::OutOfRange => formatter.write_str("a number or time out of range"),
            Self::TooDeep => formatter.write_str("nested too deep"),
            Self::TooLarge => formatter.write_str("too many parts"),
            Self::TooManySteps => formatter.write_str("too many steps"),
            Self::Undecided => formatter.write_str("a condition that is neither truthy nor falsy"),
            Self::UnknownOperator(operator) => write!(formatter, "unknown operator {operator}"),
            Self::WrongType { operator } => write!(formatter, "an operand of {operator} has the wrong type"),
        }
    }
}

impl std::error::Error for LogicError {}
