use super::{DateTime, MAX_DEPTH, parse::Fragment};
use std::rc::Rc;

/// What an expression comes to. Texts, arrays and objects are borrowed from the expression or the data context.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, or one beyond the whole numbers.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A time; only `plusTime` and `dccDateOfBirth` make one.
    Time(DateTime),
    /// An array or object of the data context.
    Json(&'a serde_json::Value),
    /// A list that the expression made.
    List(List<'a>),
    /// The data context within a `reduce`.
    Scope(Scope<'a>),
}

/// A list that an expression made. It is shared, never copied.
#[derive(Clone, Debug)]
pub struct List<'a> {
    items: Rc<[Value<'a>]>,
    depth: u8,
}

/// What a `reduce` gives its lambda: `accumulator` and `current`.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    pair: Rc<(Value<'a>, Value<'a>)>,
    depth: u8,
}

impl<'a> Value<'a> {
    /// A value of the data context.
    #[must_use]
    pub fn of(json: &'a serde_json::Value) -> Self {
        /// Up to here every whole number is itself as a float, too.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Self::Int(value),
                #[allow(clippy::cast_possible_truncation)]
                (None, Some(value)) if value.fract() == 0.0 && value.abs() <= EXACT => Self::Int(value as i64),
                (None, value) => Self::Float(value.unwrap_or(f64::NAN)),
            },
            serde_json::Value::String(text) => Self::Text(text),
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => Self::Json(json),
        }
    }

    /// A list of values; none when it would be nested too deep.
    pub(super) fn list(items: Vec<Self>) -> Option<Self> {
        let depth = items.iter().map(Self::depth).max().unwrap_or(0) + 1;
        (depth <= MAX_DEPTH).then(|| Self::List(List { items: items.into(), depth }))
    }

    /// The data context of a lambda; none when it would be nested too deep.
    pub(super) fn scope(accumulator: Self, current: Self) -> Option<Self> {
        let depth = accumulator.depth().max(current.depth()) + 1;
        (depth <= MAX_DEPTH).then(|| Self::Scope(Scope { pair: Rc::new((accumulator, current)), depth }))
    }

    /// How deep the lists nest that the expression made: a long chain of them would not be dropped without a deep stack.
    const fn depth(&self) -> u8 {
        match self {
            Self::List(List { depth, .. }) | Self::Scope(Scope { depth, .. }) => *depth,
            _ => 0,
        }
    }

    /// Whether it is truthy or falsy (specification, “Truthy and falsy values”); none for a time, which is neither.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Null => Some(false),
            Self::Bool(value) => Some(*value),
            Self::Int(value) => Some(*value != 0),
            Self::Float(value) => Some(*value != 0.0),
            Self::Text(text) => Some(!text.is_empty()),
            Self::Time(_) => None,
            Self::Json(serde_json::Value::Array(items)) => Some(!items.is_empty()),
            Self::Json(serde_json::Value::Object(members)) => Some(!members.is_empty()),
            Self::Json(_) => None,
            Self::List(list) => Some(!list.items.is_empty()),
            Self::Scope(_) => Some(true),
        }
    }

    /// Whether two values are equal; none for a pair of lists, objects or times, on which implementations differ.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, Self::Null) => Some(true),
            (Self::Bool(one), Self::Bool(two)) => Some(one == two),
            (Self::Int(one), Self::Int(two)) => Some(one == two),
            (Self::Float(one), Self::Float(two)) => Some(one == two),
            (Self::Text(one), Self::Text(two)) => Some(one == two),
            (Self::Time(_), Self::Time(_)) => None,
            (one, two) if one.is_compound() && two.is_compound() => None,
            _ => Some(false),
        }
    }

    /// Whether it has parts: an array, object, list or scope.
    pub(super) const fn is_compound(&self) -> bool {
        matches!(self, Self::Json(_) | Self::List(_) | Self::Scope(_))
    }

    /// How many items it has, when it is an array.
    pub(super) fn array_len(&self) -> Option<usize> {
        match self {
            Self::Json(serde_json::Value::Array(items)) => Some(items.len()),
            Self::List(list) => Some(list.items.len()),
            _ => None,
        }
    }

    /// One item of an array; null where there is none.
    pub(super) fn item(&self, index: usize) -> Self {
        match self {
            Self::Json(serde_json::Value::Array(items)) => items.get(index).map_or(Self::Null, Value::of),
            Self::List(list) => list.items.get(index).cloned().unwrap_or(Self::Null),
            _ => Self::Null,
        }
    }

    /// One member, by name or index; null where there is none.
    pub(super) fn member(&self, fragment: &Fragment) -> Self {
        match self {
            Self::Json(serde_json::Value::Object(members)) => members.get(&*fragment.name).map_or(Self::Null, Value::of),
            Self::Scope(scope) => match &*fragment.name {
                "accumulator" => scope.pair.0.clone(),
                "current" => scope.pair.1.clone(),
                _ => Self::Null,
            },
            _ => fragment.index.map_or(Self::Null, |index| self.item(index)),
        }
    }
}
