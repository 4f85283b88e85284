use crate::reason::Reason;
use minicbor::{
    Decoder, Encoder,
    data::{Tag, Type},
};

/// One CBOR item. Numbers are those of 64 bits with sign; floats come from [`decode_leniently`](super::decode_leniently) only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An integer from −2⁶³ to 2⁶³ − 1.
    Int(i64),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map, in the order read.
    Map(Map),
    /// A tagged item.
    Tag(u64, Box<Value>),
    /// A simple value: 20 false, 21 true, 22 null …
    Simple(u8),
    /// The bits of a float of 64 bits.
    Float(u64),
}

/// A map's pairs. Keys are unique in what was decoded; encoding sorts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map(pub Vec<(Value, Value)>);

/// Makes a map with integer keys, leaving out what is none.
#[must_use]
pub fn map<const N: usize>(pairs: [(i64, Option<Value>); N]) -> Value {
    Value::Map(Map(pairs.into_iter().filter_map(|(key, value)| Some((Value::Int(key), value?))).collect()))
}

impl Map {
    /// The value under an integer key.
    #[must_use]
    pub fn get(&self, key: i64) -> Option<&Value> {
        self.find(&Value::Int(key))
    }

    /// The value under any key.
    #[must_use]
    pub fn find(&self, key: &Value) -> Option<&Value> {
        self.0.iter().find_map(|(found, value)| (found == key).then_some(value))
    }

    /// Whether all keys are among these integers.
    #[must_use]
    pub fn only(&self, keys: &[i64]) -> bool {
        self.0.iter().all(|(key, _)| matches!(key, Value::Int(key) if keys.contains(key)))
    }
}

impl Value {
    /// A Boolean.
    #[must_use]
    pub const fn bool(value: bool) -> Self {
        Self::Simple(if value { 21 } else { 20 })
    }

    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The integer, if it is one.
    #[must_use]
    pub const fn as_int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// The whole part of a number: foreign issuers write times as floats as well. None for other items and what has no whole part.
    #[must_use]
    pub fn as_whole(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            // Beyond 2⁵³ a float does not tell one second from the next.
            Self::Float(bits) => Some(f64::from_bits(*bits).floor()).filter(|whole| whole.abs() < 9.0e15).map(|whole| whole as i64),
            _ => None,
        }
    }

    /// The bytes, if it is a byte string.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The Boolean, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Simple(20) => Some(false),
            Self::Simple(21) => Some(true),
            _ => None,
        }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The map, if it is one.
    #[must_use]
    pub const fn as_map(&self) -> Option<&Map> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    /// The deterministic encoding (RFC 8949 §4.2.1).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut encoder = Encoder::new(&mut *out);
        // Writing to a vector can't fail: the error type has no value.
        let _: Result<_, minicbor::encode::Error<core::convert::Infallible>> = match self {
            Self::Int(value) => encoder.i64(*value).map(drop),
            Self::Bytes(bytes) => encoder.bytes(bytes).map(drop),
            Self::Text(text) => encoder.str(text).map(drop),
            // The library writes 20 to 23 in two bytes, which is not well-formed.
            Self::Simple(value @ 0..24) => {
                out.push(0xe0 | value);
                Ok(())
            }
            Self::Simple(value) => encoder.simple(*value).map(drop),
            Self::Float(bits) => encoder.f64(f64::from_bits(*bits)).map(drop),
            Self::Tag(tag, item) => {
                let done = encoder.tag(Tag::new(*tag)).map(drop);
                item.write(out);
                done
            }
            Self::Array(items) => {
                let done = encoder.array(items.len() as u64).map(drop);
                items.iter().for_each(|item| item.write(out));
                done
            }
            Self::Map(Map(pairs)) => {
                let done = encoder.map(pairs.len() as u64).map(drop);
                let mut encoded: Vec<_> = pairs.iter().map(|(key, value)| (key.encode(), value)).collect();
                encoded.sort_unstable_by(|one, two| one.0.cmp(&two.0));
                for (key, value) in encoded {
                    out.extend_from_slice(&key);
                    value.write(out);
                }
                done
            }
        };
    }
}

/// Reads what [`super::scan`] has found strict.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Reason> {
    item(&mut Decoder::new(bytes)).map_err(|_| Reason::CborMalformed)
}

fn item(decoder: &mut Decoder<'_>) -> Result<Value, minicbor::decode::Error> {
    let wrong = minicbor::decode::Error::message;
    Ok(match decoder.datatype()? {
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
            Value::Int(decoder.i64()?)
        }
        Type::Bytes => Value::Bytes(decoder.bytes()?.to_vec()),
        Type::String => Value::Text(decoder.str()?.to_owned()),
        Type::Array => {
            let count = decoder.array()?.ok_or_else(|| wrong("indefinite"))?;
            Value::Array((0..count).map(|_| item(decoder)).collect::<Result<_, _>>()?)
        }
        Type::Map => {
            let count = decoder.map()?.ok_or_else(|| wrong("indefinite"))?;
            let pairs = (0..count).map(|_| Ok((item(decoder)?, item(decoder)?)));
            Value::Map(Map(pairs.collect::<Result<_, minicbor::decode::Error>>()?))
        }
        Type::Tag => {
            let tag = decoder.tag()?.as_u64();
            Value::Tag(tag, Box::new(item(decoder)?))
        }
        Type::Bool => Value::bool(decoder.bool()?),
        Type::Null => {
            decoder.null()?;
            Value::Simple(22)
        }
        Type::Undefined => {
            decoder.undefined()?;
            Value::Simple(23)
        }
        Type::Simple => Value::Simple(decoder.simple()?),
        _ => return Err(wrong("unexpected item")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::{Limits, decode};
    use proptest::prelude::*;

    #[test]
    fn maps_are_sorted_by_their_encoded_keys() {
        let value = Value::Map(Map(vec![
            (Value::text("a"), Value::Int(1)),
            (Value::Simple(59), Value::Int(2)),
            (Value::Int(-1), Value::Int(3)),
            (Value::Int(100), Value::Int(4)),
            (Value::Int(10), Value::Int(5)),
        ]));
        assert_eq!(value.encode(), [0xa5, 10, 5, 0x18, 100, 4, 0x20, 3, 0x61, b'a', 1, 0xf8, 59, 2]);
    }

    #[test]
    fn integers_beyond_64_signed_bits_are_refused() {
        assert_eq!(decode(&[0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0], Limits::TOKEN), Err(Reason::CborMalformed));
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::Int),
            proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
            ".{0,12}".prop_map(Value::Text),
            prop_oneof![0_u8..24, 32_u8..=255].prop_map(Value::Simple),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                (any::<u64>(), inner.clone()).prop_map(|(tag, item)| Value::Tag(tag, Box::new(item))),
                proptest::collection::btree_map(any::<i64>(), inner, 0..4)
                    .prop_map(|pairs| Value::Map(Map(pairs.into_iter().map(|(key, value)| (Value::Int(key), value)).collect()))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_strict_and_reads_back(value in values()) {
            let bytes = value.encode();
            let back = decode(&bytes, Limits::TOKEN);
            prop_assert_eq!(back.map(|value| value.encode()), Ok(bytes));
        }

        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = decode(&bytes, Limits::TOKEN) {
                let _ = value.encode();
            }
        }
    }
}
