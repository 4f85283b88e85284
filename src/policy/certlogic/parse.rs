//! From JSON to a tree: every operator and number of operands is judged here, once.

use super::{LogicError, MAX_DEPTH, MAX_NODES, TimeUnit};
use serde_json::Value as Json;
use std::cmp::Ordering;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    And(Vec<Node>),
    Array(Vec<Node>),
    Bool(bool),
    BirthDate(Box<[Node; 1]>),
    /// Two or three whole numbers.
    Compare(Comparison, Vec<Node>),
    /// Two or three times.
    CompareTimes(Comparison, Vec<Node>),
    Equal(Box<[Node; 2]>),
    FromUvci(Box<Node>, i64),
    If(Box<[Node; 3]>),
    In(Box<[Node; 2]>),
    Int(i64),
    Not(Box<[Node; 1]>),
    Plus(Box<[Node; 2]>),
    PlusTime(Box<Node>, i64, TimeUnit),
    Reduce(Box<[Node; 3]>),
    Text(Box<str>),
    Var(Box<[Fragment]>),
}

/// A step of a path: a member's name, and its index where it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) name: Box<str>,
    pub(super) index: Option<usize>,
}

/// An order that neighbours among the operands must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) operator: &'static str,
    ordering: Ordering,
    negated: bool,
}

impl Comparison {
    const fn new(operator: &'static str, ordering: Ordering, negated: bool) -> Self {
        Self { operator, ordering, negated }
    }

    /// Whether all neighbours are in this order.
    pub(super) fn holds<T: Ord>(self, operands: &[T]) -> bool {
        operands.windows(2).all(|pair| (pair[0].cmp(&pair[1]) == self.ordering) != self.negated)
    }
}

#[derive(Default)]
pub(super) struct Parser {
    nodes: u32,
}

impl Parser {
    pub(super) fn node(&mut self, json: &Json, depth: u8) -> Result<Node, LogicError> {
        self.nodes += 1;
        if depth >= MAX_DEPTH {
            return Err(LogicError::TooDeep);
        }
        if self.nodes > MAX_NODES {
            return Err(LogicError::TooLarge);
        }
        match json {
            Json::String(text) => Ok(Node::Text(text.as_str().into())),
            Json::Bool(value) => Ok(Node::Bool(*value)),
            Json::Number(_) => integer(json).map(Node::Int).ok_or(LogicError::Literal),
            Json::Array(items) => self.nodes(items, depth).map(Node::Array),
            Json::Object(members) => match members.iter().next() {
                Some((operator, operands)) if members.len() == 1 => self.operation(operator, operands, depth),
                _ => Err(LogicError::Literal),
            },
            Json::Null => Err(LogicError::Literal),
        }
    }

    fn nodes(&mut self, items: &[Json], depth: u8) -> Result<Vec<Node>, LogicError> {
        items.iter().map(|item| self.node(item, depth + 1)).collect()
    }

    fn operation(&mut self, operator: &str, operands: &Json, depth: u8) -> Result<Node, LogicError> {
        use Ordering::{Greater, Less};
        if operator == "var" {
            return path(operands);
        }
        let items = operands.as_array().map(Vec::as_slice).unwrap_or_default();
        let times = |operator, ordering, negated| (Comparison::new(operator, ordering, negated), true);
        let numbers = |operator, ordering, negated| (Comparison::new(operator, ordering, negated), false);
        let (comparison, of_times) = match operator {
            "and" if items.len() >= 2 => return self.nodes(items, depth).map(Node::And),
            "and" => return Err(LogicError::Malformed { operator: "and" }),
            "if" => return self.exactly("if", items, depth).map(Node::If),
            "===" => return self.exactly("===", items, depth).map(Node::Equal),
            "in" => return self.exactly("in", items, depth).map(Node::In),
            "+" => return self.exactly("+", items, depth).map(Node::Plus),
            "!" => return self.exactly("!", items, depth).map(Node::Not),
            "reduce" => return self.exactly("reduce", items, depth).map(Node::Reduce),
            "dccDateOfBirth" => return self.exactly("dccDateOfBirth", items, depth).map(Node::BirthDate),
            "plusTime" => return self.plus_time(items, depth),
            "extractFromUVCI" => return self.uvci_part(items, depth),
            "after" => times("after", Greater, false),
            "before" => times("before", Less, false),
            "not-after" => times("not-after", Greater, true),
            "not-before" => times("not-before", Less, true),
            ">" => numbers(">", Greater, false),
            "<" => numbers("<", Less, false),
            "<=" => numbers("<=", Greater, true),
            ">=" => numbers(">=", Less, true),
            _ => return Err(LogicError::UnknownOperator(operator.chars().take(32).collect())),
        };
        if !matches!(items.len(), 2 | 3) {
            return Err(LogicError::Malformed { operator: comparison.operator });
        }
        let operands = self.nodes(items, depth)?;
        Ok(if of_times { Node::CompareTimes(comparison, operands) } else { Node::Compare(comparison, operands) })
    }

    fn exactly<const N: usize>(&mut self, operator: &'static str, items: &[Json], depth: u8) -> Result<Box<[Node; N]>, LogicError> {
        if items.len() != N {
            return Err(LogicError::Malformed { operator });
        }
        Box::try_from(self.nodes(items, depth)?).map_err(|_| LogicError::Malformed { operator })
    }

    fn plus_time(&mut self, items: &[Json], depth: u8) -> Result<Node, LogicError> {
        let [operand, amount, unit] = items else { return Err(LogicError::Malformed { operator: "plusTime" }) };
        match (integer(amount), unit.as_str().and_then(TimeUnit::from_name)) {
            (Some(amount), Some(unit)) => Ok(Node::PlusTime(Box::new(self.node(operand, depth + 1)?), amount, unit)),
            _ => Err(LogicError::Malformed { operator: "plusTime" }),
        }
    }

    fn uvci_part(&mut self, items: &[Json], depth: u8) -> Result<Node, LogicError> {
        match items {
            [operand, index] if integer(index).is_some() => {
                Ok(Node::FromUvci(Box::new(self.node(operand, depth + 1)?), integer(index).unwrap_or(-1)))
            }
            _ => Err(LogicError::Malformed { operator: "extractFromUVCI" }),
        }
    }
}

/// A whole number, also when it is written with a fraction of zero.
fn integer(json: &Json) -> Option<i64> {
    match super::Value::of(json) {
        super::Value::Int(value) => Some(value),
        _ => None,
    }
}

fn path(operand: &Json) -> Result<Node, LogicError> {
    let text = operand.as_str().ok_or(LogicError::Malformed { operator: "var" })?;
    if text.is_empty() {
        return Ok(Node::Var(Box::default()));
    }
    let fragments: Vec<_> = text.split('.').map(|name| Fragment { name: name.into(), index: index(name) }).collect();
    if fragments.len() > usize::from(MAX_DEPTH) {
        return Err(LogicError::TooDeep);
    }
    Ok(Node::Var(fragments.into()))
}

fn index(name: &str) -> Option<usize> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) { name.parse().ok() } else { None }
}
