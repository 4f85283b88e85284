//! The mark that ties the presentations of people who walk together (同行), one in each.
//!
//! ```cddl
//! group = [id: bstr .size 8, position: uint, of: uint, ? next: tstr]
//! ```
//! The wallet that shows them draws the identifier at random for one showing, so a code can't be moved into another group. Each names the one
//! after it (the last names the first): a gate that has seen all but one can say who is missing. Positions count from 0.

use super::challenge::is_tidy;
use crate::cbor::Value;

/// What a presentation says of its group. The holder of the code says it, the issuer doesn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMark {
    /// Names the group; random.
    pub id: [u8; 8],
    /// Which one of them this is, from 0.
    pub position: u8,
    /// How many they are: 2 to [`GroupMark::MAX`].
    pub of: u8,
    /// The name of the next one, as that one's code shows it; see [`super::challenge::tidy_name`].
    pub next: Option<String>,
}

impl GroupMark {
    /// The most people of one group: a school class.
    pub const MAX: u8 = 30;

    pub(super) fn to_value(&self) -> Value {
        let mut items = vec![Value::Bytes(self.id.to_vec()), Value::Int(self.position.into()), Value::Int(self.of.into())];
        items.extend(self.next.as_deref().map(Value::text));
        Value::Array(items)
    }

    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let Value::Array(items) = value else { return None };
        let (id, position, of, next) = match items.as_slice() {
            [id, position, of] => (id, position, of, None),
            [id, position, of, next] => (id, position, of, Some(next.as_text()?)),
            _ => return None,
        };
        let small = |value: &Value| u8::try_from(value.as_int()?).ok();
        let mark = Self { id: id.as_bytes()?.try_into().ok()?, position: small(position)?, of: small(of)?, next: next.map(str::to_owned) };
        let good = (2..=Self::MAX).contains(&mark.of) && mark.position < mark.of && mark.next.as_deref().is_none_or(is_tidy);
        good.then_some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark() -> impl Strategy<Value = GroupMark> {
        (any::<[u8; 8]>(), 2..=GroupMark::MAX, any::<u8>(), proptest::option::of("[甲乙a-z]{1,4}"))
            .prop_map(|(id, of, position, next)| GroupMark { id, position: position % of, of, next })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(mark in mark()) {
            prop_assert_eq!(GroupMark::from_value(&mark.to_value()), Some(mark));
        }

        #[test]
        fn what_counts_wrongly_is_refused(mut mark in mark(), position in any::<u8>(), of in any::<u8>()) {
            (mark.position, mark.of) = (position, of);
            let good = (2..=30).contains(&of) && position < of;
            prop_assert_eq!(GroupMark::from_value(&mark.to_value()).is_some(), good);
        }
    }

    #[test]
    fn names_are_tidy_and_identifiers_of_their_length() {
        let mark = GroupMark { id: [1; 8], position: 0, of: 2, next: Some("\u{202e}甲".into()) };
        assert_eq!(GroupMark::from_value(&mark.to_value()), None);
        let items = [Value::Bytes(vec![1; 7]), Value::Int(0), Value::Int(2)];
        assert_eq!(GroupMark::from_value(&Value::Array(items.to_vec())), None);
        assert_eq!(GroupMark::from_value(&Value::Array(items[..2].to_vec())), None);
    }
}
