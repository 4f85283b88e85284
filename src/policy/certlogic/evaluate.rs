use super::{DateTime, LogicError, MAX_STEPS, Value, parse::Node};

/// One evaluation, with the steps that it took so far.
#[derive(Default)]
pub(super) struct Evaluation {
    steps: u32,
}

/// What stands before the parts of a UVCI; it may be left out (EU guidelines on vaccination proofs, annex 2).
const UVCI_PREFIX: &str = "URN:UVCI:";

impl Evaluation {
    pub(super) fn value<'a>(&mut self, node: &'a Node, context: &Value<'a>) -> Result<Value<'a>, LogicError> {
        self.spend(1)?;
        match node {
            Node::And(operands) => self.and(operands, context),
            Node::Array(items) => {
                let items = self.values(items, context)?;
                Value::list(items).ok_or(LogicError::TooDeep)
            }
            Node::BirthDate(operand) => match self.value(&operand[0], context)? {
                Value::Text(text) => DateTime::parse_birth_date(text).map(Value::Time),
                _ => Err(LogicError::WrongType { operator: "dccDateOfBirth" }),
            },
            Node::Bool(value) => Ok(Value::Bool(*value)),
            Node::Compare(comparison, operands) => {
                let integers = self.operands(operands, context, |value| match value {
                    Value::Int(value) => Ok(*value),
                    _ => Err(LogicError::WrongType { operator: comparison.operator }),
                })?;
                Ok(Value::Bool(comparison.holds(&integers[..operands.len()])))
            }
            Node::CompareTimes(comparison, operands) => {
                let times = self.operands(operands, context, |value| match value {
                    Value::Time(time) => Ok(time.0),
                    _ => Err(LogicError::WrongType { operator: comparison.operator }),
                })?;
                Ok(Value::Bool(comparison.holds(&times[..operands.len()])))
            }
            Node::Equal(operands) => {
                let [one, two] = self.pair(operands, context)?;
                self.equal(&one, &two, "===").map(Value::Bool)
            }
            Node::FromUvci(operand, index) => match self.value(operand, context)? {
                Value::Null => Ok(Value::Null),
                Value::Text(text) => self.fragment(text, *index),
                _ => Err(LogicError::WrongType { operator: "extractFromUVCI" }),
            },
            Node::If(parts) => {
                let [guard, then, otherwise] = &**parts;
                let guard = self.value(guard, context)?.truth().ok_or(LogicError::Undecided)?;
                self.value(if guard { then } else { otherwise }, context)
            }
            Node::In(operands) => {
                let [member, array] = self.pair(operands, context)?;
                self.member(&member, &array).map(Value::Bool)
            }
            Node::Int(value) => Ok(Value::Int(*value)),
            Node::Not(operand) => {
                let truth = self.value(&operand[0], context)?.truth().ok_or(LogicError::Undecided)?;
                Ok(Value::Bool(!truth))
            }
            Node::Plus(operands) => match self.pair(operands, context)? {
                [Value::Int(one), Value::Int(two)] => one.checked_add(two).map(Value::Int).ok_or(LogicError::OutOfRange),
                _ => Err(LogicError::WrongType { operator: "+" }),
            },
            Node::PlusTime(operand, amount, unit) => match self.value(operand, context)? {
                Value::Text(text) => DateTime::parse_any(text)?.plus(*amount, *unit).map(Value::Time),
                _ => Err(LogicError::WrongType { operator: "plusTime" }),
            },
            Node::Reduce(parts) => self.reduce(parts, context),
            Node::Text(text) => Ok(Value::Text(text)),
            Node::Var(path) => {
                self.spend(path.len())?;
                Ok(path.iter().fold(context.clone(), |value, fragment| value.member(fragment)))
            }
        }
    }

    fn spend(&mut self, steps: usize) -> Result<(), LogicError> {
        self.steps = self.steps.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        if self.steps > MAX_STEPS { Err(LogicError::TooManySteps) } else { Ok(()) }
    }

    fn values<'a>(&mut self, nodes: &'a [Node], context: &Value<'a>) -> Result<Vec<Value<'a>>, LogicError> {
        nodes.iter().map(|node| self.value(node, context)).collect()
    }

    fn pair<'a>(&mut self, nodes: &'a [Node; 2], context: &Value<'a>) -> Result<[Value<'a>; 2], LogicError> {
        Ok([self.value(&nodes[0], context)?, self.value(&nodes[1], context)?])
    }

    /// The two or three operands of a comparison.
    fn operands<'a>(
        &mut self,
        nodes: &'a [Node],
        context: &Value<'a>,
        read: impl Fn(&Value<'a>) -> Result<i64, LogicError>,
    ) -> Result<[i64; 3], LogicError> {
        let mut operands = [0; 3];
        for (operand, node) in operands.iter_mut().zip(nodes) {
            *operand = read(&self.value(node, context)?)?;
        }
        Ok(operands)
    }

    /// The first falsy operand, or else the last one.
    fn and<'a>(&mut self, operands: &'a [Node], context: &Value<'a>) -> Result<Value<'a>, LogicError> {
        let mut last = Value::Bool(true);
        for operand in operands {
            last = self.value(operand, context)?;
            if !last.truth().ok_or(LogicError::Undecided)? {
                break;
            }
        }
        Ok(last)
    }

    fn equal(&mut self, one: &Value<'_>, two: &Value<'_>, operator: &'static str) -> Result<bool, LogicError> {
        if let (Value::Text(one), Value::Text(two)) = (one, two) {
            self.spend(one.len().min(two.len()) / 64)?;
        }
        one.equals(two).ok_or(LogicError::WrongType { operator })
    }

    fn member(&mut self, member: &Value<'_>, array: &Value<'_>) -> Result<bool, LogicError> {
        let length = array.array_len().ok_or(LogicError::WrongType { operator: "in" })?;
        if member.is_compound() || matches!(member, Value::Time(_)) {
            return Err(LogicError::WrongType { operator: "in" });
        }
        for index in 0..length {
            self.spend(1)?;
            if self.equal(member, &array.item(index), "in")? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn reduce<'a>(&mut self, parts: &'a [Node; 3], context: &Value<'a>) -> Result<Value<'a>, LogicError> {
        let [operand, lambda, initial] = parts;
        let array = self.value(operand, context)?;
        let mut accumulator = self.value(initial, context)?;
        let length = match &array {
            Value::Null => 0,
            array => array.array_len().ok_or(LogicError::WrongType { operator: "reduce" })?,
        };
        for index in 0..length {
            let scope = Value::scope(accumulator, array.item(index)).ok_or(LogicError::TooDeep)?;
            accumulator = self.value(lambda, &scope)?;
        }
        Ok(accumulator)
    }

    /// A part of a UVCI: what stands between `/`, `#` and `:`.
    fn fragment<'a>(&mut self, uvci: &'a str, index: i64) -> Result<Value<'a>, LogicError> {
        self.spend(uvci.len() / 64)?;
        let parts = uvci.strip_prefix(UVCI_PREFIX).unwrap_or(uvci);
        let part = usize::try_from(index).ok().and_then(|index| parts.split(['/', '#', ':']).nth(index));
        Ok(part.map_or(Value::Null, Value::Text))
    }
}
